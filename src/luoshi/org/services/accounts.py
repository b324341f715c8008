"""Opening, suspending and closing accounts, and the passwords of their owners. Judged by core/flow/account.py."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, move, record
from luoshi.org.models import Account, Person
from luoshi.org.passwords import ONE_TIME_FOR, OneTimeHasher, one_time_password

MOST_AT_ONCE = 500
FIRST_NUMBER = 100_000


class BadAccount(Refused):
    """Nobody was chosen, or too many at once."""


class Slip(NamedTuple):
    """What one person is handed, shown once and kept nowhere: the password in clear stands only here."""

    name: str
    unit: str
    username: str
    password: str
    until: dt.datetime


@transaction.atomic
def issue(people: Sequence[Person], *, by: Actor) -> list[Slip]:
    """A one-time password for each, and an account for whoever has none; all or nobody.

    `people` come with `current_posts` (queries.accounts.people_of). Raises BadAccount, Denied.
    """
    if not people:
        raise BadAccount("没有选中任何人员，请先勾选。")
    if len(people) > MOST_AT_ONCE:
        raise BadAccount(f"一次最多为{MOST_AT_ONCE}人发放，请分批办理。")
    until = timezone.now() + ONE_TIME_FOR
    slips = []
    for person in people:
        account = getattr(person, "account", None) or _opened(person, by)
        password = one_time_password()
        move(account, "issue", by)
        account.password = make_password(password, hasher=OneTimeHasher())
        account.once_until, account.failures, account.locked_until = until, 0, None
        account.save(update_fields=["password", "once_until", "failures", "locked_until"])
        slips.append(Slip(person.name, _unit(person), account.username, password, until))
    return slips


@transaction.atomic
def unlock(account: Account, *, by: Actor) -> None:
    """Lift the lock that wrong passwords have put on. Raises Denied."""
    record(account, "unlock", by, {"locked_until": [str(account.locked_until), None]})
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["failures", "locked_until"])


@transaction.atomic
def close(account: Account, *, by: Actor) -> None:
    """Nobody logs in with it any more; sessions end at once. Raises Denied."""
    move(account, "close", by)


@transaction.atomic
def suspend(account: Account, *, by: Actor, note: str) -> None:
    """Until it is resumed nobody logs in with it; sessions end at once. Raises Denied."""
    move(account, "suspend", by, note)


@transaction.atomic
def resume(account: Account, *, by: Actor) -> None:
    """It may be used again, with the old password, which must be changed first. Raises Denied."""
    move(account, "resume", by)
    account.once_until = timezone.now() + ONE_TIME_FOR
    account.save(update_fields=["once_until"])


@transaction.atomic
def choose_password(account: Account, password: str, *, by: Actor) -> None:
    """The owner's own password, already checked for strength. Raises Denied."""
    if account.state == "first":
        move(account, "choose_password", by)
    else:
        record(account, "change_password", by, {})
    account.set_password(password)
    account.once_until = None
    account.save(update_fields=["password", "once_until"])


def _opened(person: Person, by: Actor) -> Account:
    account = Account(person=person, username=_free_username(person), state="first")
    account.set_unusable_password()
    account.save()
    record(account, "open", by, {"username": [None, account.username]})
    return account


def _free_username(person: Person) -> str:
    """Six digits, easily typed on any keyboard: the person's own number, or the next that nobody has."""
    number = FIRST_NUMBER + person.pk
    while Account.objects.filter(username=str(number)).exists():
        number += FIRST_NUMBER
    return str(number)


def _unit(person: Person) -> str:
    posts = getattr(person, "current_posts", [])
    return next((post.unit.full_name for post in posts if post.unit), "")
