"""All rooms' timed duties together over a simulated year: no flood of messages, nothing on days off; one room that fails stops no other."""

import datetime as dt
from collections import Counter

import pytest

from luoshi.dispatch.models import Duty
from luoshi.org.models import Unit
from luoshi.reminders.models import Digest
from luoshi.reporting.models import Round
from luoshi.site import watching
from tests.dispatch import confirmed, days, off, on, plan_of

pytestmark = pytest.mark.django_db
ROWS = [
    {"actor": "各专班", "activity": "调度", "every": "旬"},
    {"actor": "县发展和改革局", "activity": "重大项目调度", "every": "周"},
    {"actor": "县教育局", "activity": "通报", "every": "月"},
    {"actor": "县发展和改革局、县教育局", "activity": "总结", "every": "季度"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction lives on the connection that a watch would close."""
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)


def test_nobody_is_told_twice_a_day_or_on_a_day_off(liu, wang, li) -> None:
    """A year in which nobody does anything, some days looked at three times: the worst case for reminders."""
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    with on(first):
        confirmed(plan_of(ROWS, Unit.objects.get(pk=wang.actor.unit_id)), first, liu.actor)
    for day in days(first, last):
        for hour in (8, 11, 16) if day.day == 10 else (9,):
            with on(day, hour) as now:
                done = watching.run(now)
                assert not done.faults, (day, done.faults)
    assert (Round.objects.count(), Duty.objects.filter(due__year=2026).count()) == (36, 53 + 12 + 8)
    told = Counter(Digest.objects.values_list("person", "day"))
    assert told
    assert max(told.values()) == 1
    assert not [day for _, day in told if off(day)]
    working = sum(not off(day) for day in days(first, last))
    assert max(Counter(person for person, _ in told).values()) <= working


def test_one_room_that_fails_stops_no_other(monkeypatch, liu) -> None:
    def broken(now: dt.datetime) -> watching.Done:
        raise RuntimeError("a room fell in")

    seen = []
    chores = (
        ("提醒", broken),
        ("清理", lambda now: seen.append(now) or watching.Done(["清理了1个过时的临时文件。"], [])),
    )
    monkeypatch.setattr(watching, "CHORES", chores)
    done = watching.run()
    assert done == (["清理：清理了1个过时的临时文件。"], ["提醒：系统出错，详情见日志，下次会再试。"])
    assert len(seen) == 1
