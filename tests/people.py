"""The cast: who appears in the tests, with the posts they hold in 青禾县 (and one neighbour)."""

from dataclasses import dataclass

from django.test import Client

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.post import DEFAULT_SCOPE
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Government, Person, Post, Unit

PASSWORD = "qinghe-2026"
RAIL = 4
"""Queries the rail may ask on every page of an office: all rooms at once, and the rounds, the books of projects where some are open."""
IDLE = 2
"""Where none is open."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: the account, and the Actor behind it."""

    account: Account
    actor: Actor


def government(name: str = "青禾县", level: str = "county") -> Government:
    """A government by name, made on first use."""
    return Government.objects.get_or_create(name=name, defaults={"level": level})[0]


def unit(full_name: str, place: Government, **fields: object) -> Unit:
    """A unit by name, made on first use."""
    return Unit.objects.get_or_create(full_name=full_name, government=place, defaults=fields)[0]


def cast(username: str, name: str, unit_name: str, *posts: str, place: str = "青禾县") -> Member:
    """Somebody with an account, sitting in a unit, holding posts (those of an office reach the whole government)."""
    home = government(place)
    desk = unit(unit_name, home)
    person = Person.objects.create(name=name, government=home)
    for slug in posts:
        Post.objects.create(person=person, slug=slug, unit=desk, scope=DEFAULT_SCOPE[slug])
    account = Account.objects.create_user(username, PASSWORD, person=person)
    return Member(account, actor_of(account))


def at_work(member: Member, seat: str = "") -> Actor:
    """The actor as the next request meets them: posts asked for anew, at a desk of their choice."""
    account = Account.objects.get(pk=member.account.pk)
    account.seat = seat
    return actor_of(account)


def desks_of(**members: Member) -> dict[str, Client]:
    """A browser for each, logged in: walks go from desk to desk."""
    desks = {name: Client() for name in members}
    for name, member in members.items():
        desks[name].force_login(member.account)
    return desks
