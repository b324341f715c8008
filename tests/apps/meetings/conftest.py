"""What tests of meetings share: a plan of three tasks with June reported, and who sits where."""

import datetime as dt

import pytest
from django.utils import timezone

from luoshi.reporting.models import Round
from tests.people import Member, cast
from tests.reporting import Ledger, fill_all, ledger


@pytest.fixture
def book(liu: Member, wang: Member, li: Member) -> Ledger:
    """Three tasks; in the last round that is over 王科长's unit reported, 小李's did not."""
    made = ledger(wang, li)
    today = timezone.localdate()
    type(made.plan).objects.filter(pk=made.plan.pk).update(year=today.year)
    made.plan.refresh_from_db()
    last = today.replace(day=1) - dt.timedelta(days=1)
    round = made.round(liu.actor, f"{last.year}年{last.month}月", days=5)
    fill_all(round, made.wang, wang.actor)
    Round.objects.filter(pk=round.pk).update(due=today - dt.timedelta(days=1))
    return made


@pytest.fixture
def lu(db) -> Member:
    """陆县长, in charge of everything."""
    return cast("lu", "陆县长", "青禾县人民政府", "leader")
