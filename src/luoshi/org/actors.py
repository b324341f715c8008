"""From a logged-in account to the Actor that the rules know.

A person sits at one desk at a time: the posts held in one unit, or one that somebody has delegated. Rights of two
desks never add up; the session remembers which one was chosen.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from luoshi.core.flow.account import IN_USE
from luoshi.core.flow.actor import POSTS, Actor, Principal, Scope
from luoshi.org.models import Account, Delegation, Person, Post, Unit, on

WEIGHT = {slug: i for i, slug in enumerate(POSTS)}
WIDEST = [scope for scope, _ in Post.SCOPES]


Tree = Mapping[int | None, list[int]]
"""Unit → the units right under it."""


class Seat(NamedTuple):
    """A desk: the posts of one unit, the most important first; `principal` is set where they are somebody else's."""

    key: str
    posts: tuple[Post, ...]
    unit: Unit | None
    principal: Person | None


def seats_of(account: Account, day: dt.date | None = None) -> tuple[Seat, ...]:
    """The desks of a person on `day` (today): own ones by weight, then those of others; one query, once per request."""
    if day is None and account.known_seats is not None:
        known: tuple[Seat, ...] = account.known_seats
        return known
    today = day or timezone.localdate()
    acting = Delegation.objects.filter(on(today), delegate=account.person_id).values("post")
    rows = Post.objects.filter(on(today), Q(person=account.person_id) | Q(pk__in=acting))
    posts = sorted(rows.select_related("unit", "person"), key=lambda post: (WEIGHT[post.slug], post.pk))
    own = [post for post in posts if post.person_id == account.person_id]
    seats = (
        *_grouped(own),
        *_grouped((post for post in posts if post.person_id != account.person_id), others=True),
    )
    if day is None:
        account.known_seats = seats
    return seats


def _grouped(posts: Iterable[Post], others: bool = False) -> Iterable[Seat]:
    """Posts by unit (and principal). A post outside all units goes with the first of them."""
    desks: dict[tuple[int, int], list[Post]] = {}
    for post in posts:
        home = next((key for key in desks if key[0] == post.person_id), None)
        desk = home if post.unit_id is None and home else (post.person_id, post.unit_id or 0)
        desks.setdefault(desk, []).append(post)
    for (person, unit_id), held in desks.items():
        unit = next((post.unit for post in held if post.unit), None)
        key = f"for-{person}-{unit_id}" if others else f"own-{unit_id}"
        yield Seat(key, tuple(held), unit, held[0].person if others else None)


def actor_of(account: Account | AnonymousUser, day: dt.date | None = None) -> Actor:
    """The person behind an account at their chosen desk, with the posts in force there on `day` (today).

    Asked once per account object: a request has one, so a page asks the database once. Raises TypeError for a
    stranger, whom the entrance never lets this far.
    """
    if not isinstance(account, Account):
        raise TypeError("a stranger is no actor")
    if day is None and account.known_actor:
        return account.known_actor
    seats = seats_of(account, day)
    chosen = next((seat for seat in seats if seat.key == account.seat), seats[0] if seats else None)
    actor = _at(account.person, chosen)
    if day is None:
        account.known_actor = actor
    return actor


class Desk(NamedTuple):
    """A desk with who sits at it; `away` while all its posts are delegated to others."""

    seat: Seat
    actor: Actor
    away: bool


def desks_on(government_id: int, day: dt.date) -> Iterator[Desk]:
    """Every desk of everybody in a government who may log in, on `day`; in three queries, however many there are."""
    people = Person.objects.filter(government=government_id, account__state__in=IN_USE).in_bulk()
    acting = Delegation.objects.filter(on(day), post__person__government=government_id)
    delegates: dict[int, list[int]] = {}
    for post_id, delegate in acting.values_list("post", "delegate"):
        if delegate in people:
            delegates.setdefault(post_id, []).append(delegate)
    held: dict[int, tuple[list[Post], list[Post]]] = {pk: ([], []) for pk in people}
    rows = Post.objects.filter(on(day), person__government=government_id).select_related("unit", "person")
    for post in sorted(rows, key=lambda post: (WEIGHT[post.slug], post.pk)):
        if post.person_id in held:
            held[post.person_id][0].append(post)
        for delegate in delegates.get(post.pk, ()):
            held[delegate][1].append(post)
    tree = _tree(government_id, day)
    for pk, (own, others) in held.items():
        for seat in (*_grouped(own), *_grouped(others, others=True)):
            away = seat.principal is None and all(post.pk in delegates for post in seat.posts)
            yield Desk(seat, _at(people[pk], seat, tree), away)


def _at(person: Person, seat: Seat | None, tree: Tree | None = None) -> Actor:
    """The actor at a desk; somebody without any post has no rights but their own."""
    if seat is None:
        return Actor(person.pk, person.name, (), None, "", person.government_id, "unit")
    slugs = tuple(dict.fromkeys(post.slug for post in seat.posts))
    scopes = tuple(_widest(post for post in seat.posts if post.slug == slug) for slug in slugs)
    covers = dict.fromkeys(action for post in seat.posts for action in post.covers)
    return Actor(
        person_id=person.pk,
        name=person.name,
        posts=slugs,
        unit_id=seat.unit.pk if seat.unit else None,
        unit_name=seat.unit.full_name if seat.unit else "",
        government_id=person.government_id,
        scope=_widest(seat.posts),
        scopes=scopes,
        covers=tuple(covers),
        below=_below(seat.unit, tree) if seat.unit and "subtree" in scopes else (),
        principal=Principal(seat.principal.pk, seat.principal.name) if seat.principal else None,
    )


def _widest(posts: Iterable[Post]) -> Scope:
    return min((post.reach for post in posts), key=WIDEST.index, default="unit")


def _below(unit: Unit, tree: Tree | None) -> tuple[int, ...]:
    """All units under this one, however deep; one query where the tree is not at hand."""
    if tree is None:
        tree = _tree(unit.government_id, timezone.localdate())
    found = list(tree.get(unit.pk, []))
    for pk in found:  # grows while it is walked: every child's children come after it
        found += tree.get(pk, [])
    return tuple(found)


def _tree(government_id: int, day: dt.date) -> Tree:
    children: dict[int | None, list[int]] = {}
    rows = Unit.objects.filter(on(day), government=government_id)
    for pk, parent in rows.values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    return children
