"""From a logged-in account to the Actor that the rules know."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, Actor
from luoshi.org.models import Account, Post, on

WEIGHT = {slug: i for i, slug in enumerate(POSTS)}
WIDEST = [scope for scope, _ in Post.SCOPES]


def actor_of(account: Account | AnonymousUser, day: dt.date | None = None) -> Actor:
    """The person behind an account with the posts in force on `day` (today), the most important first.

    Asked once per account object: a request has one, so a page asks the database once. Raises TypeError for a
    stranger, whom the entrance never lets this far.
    """
    if not isinstance(account, Account):
        raise TypeError("a stranger is no actor")
    if day is None and account.known_actor:
        return account.known_actor
    person = account.person
    held = person.posts.filter(on(day or timezone.localdate())).select_related("unit")
    posts = sorted(held, key=lambda post: WEIGHT[post.slug])
    unit = next((post.unit for post in posts if post.unit), None)
    actor = Actor(
        person_id=person.pk,
        name=person.name,
        posts=tuple(dict.fromkeys(post.slug for post in posts)),
        unit_id=unit.pk if unit else None,
        unit_name=unit.full_name if unit else "",
        government_id=person.government_id,
        scope=min((post.reach for post in posts), key=WIDEST.index, default="unit"),
    )
    if day is None:
        account.known_actor = actor
    return actor
