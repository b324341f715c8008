"""Receivers, moments, and a small county with one sheet due on Friday 20 March 2026."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone

from luoshi.reporting.models import Round
from tests.people import Member
from tests.receivers import Heard, listening
from tests.reporting import Ledger, ledger

DUE = dt.date(2026, 3, 20)


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment of 2026 here."""
    return timezone.make_aware(dt.datetime(2026, month, day, hour, minute))


@pytest.fixture
def mailbox() -> Iterator[Heard]:
    with listening("mail") as heard:
        yield heard


@pytest.fixture
def robot() -> Iterator[Heard]:
    with listening("robot") as heard:
        yield heard


@pytest.fixture
def book(wang: Member, li: Member) -> Ledger:
    return ledger(wang, li)


@pytest.fixture
def march(book: Ledger, liu: Member) -> Round:
    """Of two units: 王科长 heads and clerks one, 小李 is clerk of the other."""
    round = book.round(liu.actor, "2026年2月")
    Round.objects.filter(pk=round.pk).update(due=DUE)
    round.due = DUE
    return round
