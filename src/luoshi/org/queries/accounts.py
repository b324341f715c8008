"""What the keepers of the system read about accounts. No post in the business is needed for it, and none is shown."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.account import ACCOUNT
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.journal.moves import demand
from luoshi.org.models import Account, Person
from luoshi.org.queries.people import visible_people, with_posts

IDLE = dt.timedelta(days=90)
"""Accounts nobody has used for so long are looked at, and closed where they are no longer needed (GB/T 22239 清多余账户)."""

STATES: dict[str, tuple[str, Callable[[dt.datetime], Q]]] = {
    "none": ("没有账号", lambda now: Q(account=None)),
    "first": ("待改密码", lambda now: Q(account__state="first", account__once_until__gt=now)),
    "expired": ("一次性密码已过期", lambda now: Q(account__state="first", account__once_until__lte=now)),
    "active": ("在用", lambda now: Q(account__state="active")),
    "locked": ("输错密码锁定", lambda now: Q(account__locked_until__gt=now)),
    "idle": (
        "90天没有登录",
        lambda now: (
            Q(account__state="active")
            & (Q(account__last_login=None) | Q(account__last_login__lte=now - IDLE))
        ),
    ),
    "suspended": ("已暂停", lambda now: Q(account__state="suspended")),
    "closed": ("已停用", lambda now: Q(account__state="closed")),
}


def ask_to_see(actor: Actor) -> None:
    """Raises Denied for whoever may not see accounts."""
    demand(ACCOUNT, _case(actor), "see", actor)


def may(actor: Actor, verb: str, account: Account | None = None) -> bool:
    """Whether the table of core/flow/account.py lets this person do it (without `account`: to one still to be opened)."""
    return isinstance(ACCOUNT.judge(account or _case(actor), verb, actor, note="。"), Move)


def people_of(actor: Actor, pks: Iterable[int]) -> list[Person]:
    """These people of the own government with account and `current_posts`; others are left out."""
    people = visible_people(actor).filter(pk__in=list(pks)).select_related("account")
    return list(with_posts(people).order_by("pk"))


def find_accounts(actor: Actor, words: str = "", state: str = "") -> QuerySet[Person]:
    """People on the list with their accounts and `current_posts`, by name, account or unit, and by a key of STATES."""
    people = visible_people(actor).filter(Q(state="current") | ~Q(account__state="closed") & ~Q(account=None))
    for word in words.split():
        people = people.filter(
            Q(name__icontains=word)
            | Q(account__username__icontains=word)
            | Q(posts__valid_to=None, posts__unit__full_name__icontains=word)
        )
    if state in STATES:
        people = people.filter(STATES[state][1](timezone.now()))
    return with_posts(people.distinct().select_related("account")).order_by("pk")


def _case(actor: Actor) -> Account:
    return Account(person=Person(government_id=actor.government_id), state="first")
