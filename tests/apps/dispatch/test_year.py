"""A whole year with its holidays, day by day, for every rhythm of the five real plans (gold), against an oracle of its own."""

import datetime as dt
import json
import warnings
from pathlib import Path

import pytest

from luoshi.core.periods import LENGTHS
from luoshi.dispatch.models import Duty, Occasion, Rhythm
from luoshi.dispatch.queries.calendar import calendar_of
from luoshi.org.models import Unit
from luoshi.reporting.models import Round
from tests.dispatch import confirmed, days, expected, off, on, plan_of, watch

pytestmark = pytest.mark.django_db
GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"
PLANS = (
    "000_yuanjiang_2024",
    "001_xidongting_2025",
    "002_shaoyang_2024",
    "003_xinshao_2024",
    "004_yueyanglou_2023",
)
OWN = [
    {"actor": "各专班", "activity": "调度", "every": "旬"},
    {"actor": "各专班", "activity": "通报", "every": "月"},
    {"actor": "县长", "activity": "调度", "every": "半年", "at_least": True},
    {"actor": "县发展和改革局", "activity": "对账", "every": "双周"},
    {"actor": "县发展和改革局", "activity": "重大项目调度", "every": "周"},
    {"actor": "各专班", "activity": "讲评", "every": "两月"},
    {"actor": "各专班", "activity": "总结", "every": "季度"},
    {"actor": "县教育局", "activity": "报告", "every": "年"},
    {"actor": "县教育局", "activity": "会商", "every": "定期"},
]  # fmt: skip


def mechanisms(name: str) -> list[dict[str, object]]:
    """Those of a gold plan; `own` is ours and always there."""
    if name == "own":
        return OWN
    path = GOLD / f"{name}.json"
    if not path.exists():
        warnings.warn(f"NOT TESTED: gold plan {name} is not on this machine", stacklevel=1)
        pytest.skip(f"gold plan {name} is not on this machine")
    return json.loads(path.read_text("utf-8"))["mechanisms"]


@pytest.mark.parametrize(("name", "year"), [*((name, 2026) for name in PLANS), ("own", 2025)])
def test_every_rhythm_falls_on_the_right_days(name: str, year: int, liu, wang) -> None:
    """Day by day: rounds are opened, duties laid out, each due on the day the oracle says, shown on that day of the calendar;
    what has no period becomes nothing. Some days are watched twice."""
    rows = mechanisms(name)
    unit = Unit.objects.get(pk=wang.actor.unit_id)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    with on(first):
        plan = plan_of(rows, unit)
        confirmed(plan, first, liu.actor)
    watch(first, last, twice=days(dt.date(year, 3, 1), dt.date(year, 3, 31)))
    for row in plan.mechanisms.all():
        rhythm = Rhythm.objects.filter(mechanism=row).first() or Rhythm.objects.get(also=row)
        dated = row.every in LENGTHS
        assert (rhythm.becomes != "none") == dated, row.activity
        wanted = expected(row.every, year) if dated else []
        assert found(rhythm, year) == wanted, (row.actor, row.activity, row.every)
        assert all(not off(day) for day in wanted)
    assert Rhythm.objects.filter(plan=plan, becomes="round").count() <= 1
    assert shown(liu.actor, year) == sorted(
        {(day, rhythm.pk) for rhythm in borne(plan) for day in found(rhythm, year)}
    )


def found(rhythm: Rhythm, year: int) -> list[dt.date]:
    """The days on which a rhythm fell due, as the database has them."""
    if rhythm.becomes == "round":
        rows = Occasion.objects.filter(rhythm=rhythm, due__year=year)
        assert not rows.filter(round=None)
        assert all(row.due == row.round.due and row.since <= row.round.opens <= row.due for row in rows)
        return sorted(row.due for row in rows)
    return sorted(set(Duty.objects.filter(rhythm=rhythm, due__year=year).values_list("due", flat=True)))


def borne(plan) -> list[Rhythm]:
    return list(Rhythm.objects.filter(plan=plan, becomes__in=("duty", "paper")))


def shown(actor, year: int) -> list[tuple[dt.date, int]]:
    """(day, rhythm) of every entry of the county's calendar that is no round."""
    with on(dt.date(year, 12, 31)):
        entries = calendar_of(actor, dt.date(year, 1, 1), dt.date(year, 12, 31), mine=False).entries
    rounds = [entry for entry in entries if entry.kind == "round"]
    assert len(rounds) == Round.objects.filter(due__year=year).count()
    return sorted(
        (e.day, int(e.address.rstrip("/").rpartition("/")[2])) for e in entries if e.kind != "round"
    )


def test_a_missed_week_is_caught_up(liu, wang) -> None:
    """The watch sleeps for a week of June: all duties are as if it had not; the round of that week is not opened afterwards,
    and says so; every other round is there."""
    states = []
    first, last = dt.date(2026, 5, 25), dt.date(2026, 7, 5)
    weekly = [{"actor": "各专班", "activity": "调度", "every": "周"}, *OWN[2:5]]
    unit = Unit.objects.get(pk=wang.actor.unit_id)
    for title, gaps in (("每天", ()), ("停一周", [(dt.date(2026, 6, 8), dt.date(2026, 6, 14))])):
        with on(first):
            plan = plan_of(weekly, unit, title)
            confirmed(plan, first, liu.actor)
        for begun, ended in [(first, gaps[0][0] - dt.timedelta(days=1)), (gaps[0][1] + dt.timedelta(days=1), last)] if gaps else [(first, last)]:  # fmt: skip
            watch(begun, ended)
        duties = Duty.objects.filter(rhythm__plan=plan).order_by("rhythm__activity", "due", "unit", "person")
        states.append(
            list(
                duties.values_list(
                    "rhythm__activity", "since", "until", "due", "ask_on", "unit", "person", "state"
                )
            )
        )
        states.append(
            list(
                Occasion.objects.filter(rhythm__plan=plan).values_list(
                    "since", "due", "sentence", "round__state"
                )
            )
        )
    assert states[0] == states[2]
    whole, gap = {row[0]: row for row in states[1]}, {row[0]: row for row in states[3]}
    assert whole.keys() == gap.keys()
    odd = [since for since in whole if whole[since] != gap[since]]
    assert odd == [dt.date(2026, 6, 8)]
    assert gap[odd[0]][2] == "6月12日到期时没有发起，时间已过，不再补发；累计数并入下一轮。"
    assert gap[odd[0]][3] is None
