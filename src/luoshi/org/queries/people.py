"""What pages read about people and their posts."""

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS, Actor
from luoshi.core.flow.delegation import DELEGATION
from luoshi.core.flow.machine import Move
from luoshi.core.flow.person import PERSON
from luoshi.core.flow.post import POST, verb_for
from luoshi.journal.queries import Deed, histories
from luoshi.org.models import Account, Delegation, Person, Post, on

NO_POST = "none"
GIVEN_BY = {slug: POST.moves[verb_for(slug, "give")].posts for slug in POSTS}


def visible_people(actor: Actor) -> QuerySet[Person]:
    """Whose page this person may open: those of the own government."""
    return Person.objects.filter(government=actor.government_id)


def with_posts(people: QuerySet[Person]) -> QuerySet[Person]:
    """People with `current_posts`: a list of the posts in force today, units at hand, in two queries."""
    posts = Post.objects.filter(on(timezone.localdate())).select_related("unit")
    return people.prefetch_related(Prefetch("posts", posts, to_attr="current_posts"))


def find_people(
    actor: Actor, words: str = "", post: str = "", unit: int | None = None, state: str = "current"
) -> QuerySet[Person]:
    """People by name, unit or title, by a post in force (or without any: NO_POST), of one unit; with `current_posts`."""
    people = visible_people(actor).filter(state=state)
    held = Post.objects.filter(on(timezone.localdate()), person=OuterRef("pk"))
    for word in words.split():
        there = held.filter(
            Q(unit__full_name__icontains=word) | Q(unit__names__name=word) | Q(title__icontains=word)
        )
        people = people.filter(Q(name__icontains=word) | Exists(there))
    if post == NO_POST:
        people = people.filter(~Exists(held))
    elif post:
        people = people.filter(Exists(held.filter(slug=post)))
    if unit is not None:
        people = people.filter(Exists(held.filter(unit=unit)))
    return with_posts(people).order_by("pk")


def posts_of(person: Person) -> list[Post]:
    """All posts ever held, those in force first, the latest first; with unit and the post each continues."""
    rows = person.posts.select_related("unit", "person", "follows__person", "follows__unit")
    order = {"current": 0, "planned": 1, "ended": 2}
    return sorted(rows, key=lambda post: (order[post.state], -post.pk))


def delegations_of(person: Person) -> list[Delegation]:
    """Who acts or acted for this person, and for whom this person does."""
    rows = Delegation.objects.filter(Q(post__person=person) | Q(delegate=person))
    return list(rows.select_related("post__person", "post__unit", "delegate"))


def staff(unit_id: int) -> list[Post]:
    """The posts in force in a unit, with their holders."""
    return list(Post.objects.filter(on(timezone.localdate()), unit=unit_id).select_related("person"))


def record_of(person: Person) -> list[Deed]:
    """What was done about a person: the name, the posts, acting for others, the account; newest first."""
    account = Account.objects.filter(person=person)
    return histories([person, *person.posts.all(), *delegations_of(person), *account])


def givable(actor: Actor) -> list[str]:
    """The posts that this person may give."""
    return [slug for slug in POSTS if actor.holds(*GIVEN_BY[slug])]


def meant_for(slug: str, verb: str) -> bool:
    """Whether a row of POST is the one for this post: 三员 are granted and revoked, a clerk's post has its own hand-over."""
    if slug in SYSTEM_POSTS:
        return verb in ("grant", "revoke")
    return verb not in ("grant", "revoke", "hand_over" if slug == "clerk" else "hand_over_clerk")


def may(actor: Actor, verb: str, person: Person | None = None) -> bool:
    """Whether the table of core/flow/person.py lets this person do it."""
    return isinstance(PERSON.judge(person or Person(government_id=actor.government_id), verb, actor), Move)


def may_delegate(actor: Actor, post: Post) -> bool:
    """Whether this person may let somebody act in the post; nobody acts for one of 三员."""
    if post.slug in SYSTEM_POSTS:
        return False
    today = timezone.localdate()
    case = Delegation(post=post, valid_from=today, valid_to=today + dt.timedelta(days=1))
    return isinstance(DELEGATION.judge(case, "delegate", actor, note="。"), Move)
