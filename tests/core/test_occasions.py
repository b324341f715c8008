"""Rhythms of plans on the days of a year."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.dues import parse_due
from luoshi.core.occasions import Rhythm, kept, occasions_of, schedule
from luoshi.core.periods import LENGTHS
from luoshi.core.workdays import national

DAYS = national()
GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
PLANS = {
    "000_yuanjiang_2024": 2024,
    "001_xidongting_2025": 2025,
    "002_shaoyang_2024": 2024,
    "003_xinshao_2024": 2024,
    "004_yueyanglou_2023": 2023,
}
# How many periods of each length end in a year; a week ends on its Sunday.
COUNTS = {"日": 366, "周": 52, "双周": 26, "旬": 36, "月": 12, "两月": 6, "季度": 4, "半年": 2, "年": 1}


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def dues(every: str, number: int, due: str = "", rule: str = "within") -> list[str]:
    rhythm = Rhythm("各专班", "调度", every, due=parse_due(due) if due else None, rule=rule)
    return [r.due.isoformat()[5:] for r in occasions_of(rhythm, *year(number), DAYS)]


@pytest.mark.parametrize(
    ("every", "number", "days"),
    [
        ("半年", 2024, "06-28 12-31"),
        ("季度", 2024, "03-29 06-28 09-30 12-31"),
        ("两月", 2024, "02-29 04-30 06-28 08-30 10-31 12-31"),
        ("月", 2024, "01-31 02-29 03-29 04-30 05-31 06-28 07-31 08-30 09-30 10-31 11-29 12-31"),
        ("月", 2025, "01-27 02-28 03-31 04-30 05-30 06-30 07-31 08-29 09-30 10-31 11-28 12-31"),
        ("年", 2026, "12-31"),
    ],
)
def test_long_rhythms(every, number, days):
    assert dues(every, number) == days.split()


@pytest.mark.parametrize(
    ("every", "number", "within", "days"),
    [
        # 2024: the tenth of February is 春节; the Friday before it is worked
        ("旬", 2024, ("02", "02"), "02-09 02-20 02-29"),
        # 2025: 春节 fills the last days of January
        ("旬", 2025, ("01", "02"), "01-10 01-20 01-27 02-10 02-20 02-28"),
        # 2025: a occasion of the first ten days of October, six of which are off
        ("旬", 2025, ("10", "10"), "10-10 10-20 10-31"),
        # 2024: the Sundays of 4 and 18 February are worked; the week between has only its Sunday
        ("周", 2024, ("02", "02"), "02-04 02-09 02-18 02-23"),
        # 2026: the week from 16 to 22 February is wholly off and moves to Tuesday the 24th
        ("周", 2026, ("02", "02"), "02-14 02-24 02-28"),
        ("双周", 2025, ("01", "02"), "01-10 01-26 02-08 02-21"),
    ],
)
def test_short_rhythms_around_holidays(every, number, within, days):
    found = [d for d in dues(every, number) if within[0] <= d[:2] <= within[1]]
    assert [d for d in days.split() if d not in found] == []


def test_a_whole_week_off_says_where_it_went():
    weekly = occasions_of(Rhythm("各专班", "调度", "周"), date(2026, 2, 16), date(2026, 2, 22), DAYS)
    assert [(r.due, r.note) for r in weekly] == [(date(2026, 2, 24), "2月22日春节放假，顺延到2月24日。")]


@pytest.mark.parametrize(
    ("due", "rule", "days"),
    [
        ("每月25日前", "within", "01-25 02-23 03-25"),
        ("每月25日前", "later", "01-25 02-26 03-25"),
        ("每月25日前", "stay", "01-25 02-25 03-25"),
        ("次月5日前", "later", "02-05 03-05 04-07"),
        ("期后3个工作日内", "within", "02-04 03-05 04-03"),
    ],
)
def test_the_countys_own_due_day(due, rule, days):
    assert dues("月", 2024, due, rule)[:3] == days.split()


def mechanisms() -> list[tuple[str, int, dict]]:
    return [
        (stem, number, item)
        for stem, number in PLANS.items()
        if (file := GOLD / f"{stem}.json").is_file()
        for item in json.loads(file.read_text("utf-8")).get("mechanisms", [])
    ]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the real plans (../shared/gold) are not on this machine")
@pytest.mark.parametrize(("stem", "number", "item"), mechanisms())
def test_every_rhythm_of_the_real_plans_falls_on_the_right_days(stem, number, item):
    rhythm = Rhythm(item["actor"] or "", item["activity"], item["every"], item["at_least"])
    made = schedule([rhythm], *year(number), DAYS)
    if item["every"] not in LENGTHS:
        assert not made.occasions
        assert len(made.undated) == 1
        assert made.undated[0].sentence.endswith("。")
        return
    # 2023 ends on a Sunday: its 52nd week ends in it, and so does the one that began in 2022
    assert len(made.occasions) in (COUNTS[item["every"]], COUNTS[item["every"]] + (item["every"] == "周"))
    for r in made.occasions:
        assert DAYS.is_workday(r.due)
        assert DAYS.is_workday(r.opens) or r.opens == r.due
        worked = DAYS.between(r.period.start, r.period.end) or DAYS.is_workday(r.period.start)
        assert not worked or r.period.contains(r.due)
        assert bool(r.note) == (r.said != r.due)
        later = [
            d
            for d in range(1, (r.period.end - r.due).days + 1)
            if DAYS.is_workday(date.fromordinal(r.due.toordinal() + d))
        ]
        assert not later, "the last working day of the period"


@pytest.mark.skipif(not GOLD.is_dir(), reason="the real plans (../shared/gold) are not on this machine")
def test_all_five_plans_were_read():
    assert {stem for stem, _, _ in mechanisms()} == set(PLANS) - {"002_shaoyang_2024"}  # names no rhythm
    assert len(mechanisms()) > 30


@given(st.sampled_from(LENGTHS), st.integers(2023, 2027), st.sampled_from(["within", "later", "earlier"]))
def test_rounds_are_in_order_and_one_a_period(every, number, rule):
    occasions = occasions_of(Rhythm("各专班", "调度", every, rule=rule), *year(number), DAYS)
    assert all(a.period.next() == b.period for a, b in pairwise(occasions))
    assert all(a.due <= b.due for a, b in pairwise(occasions))


def test_a_schedule_is_the_same_whatever_the_order_of_its_days():
    rhythms = [
        Rhythm("市长", "调度", "半年", True),
        Rhythm("办公室", "通报", "月"),
        Rhythm("", "督查", "适时"),
    ]
    made, turned = (schedule(r, *year(2027), DAYS) for r in (rhythms, rhythms[::-1]))
    assert sorted(made.occasions, key=repr) == sorted(turned.occasions, key=repr)
    assert "2027年" in made.caveat
    assert made.undated[0].sentence == "（没有写明由谁）“督查”写明适时开展，不排日程，开展一次登记一次。"


def test_leaders_own_duties_kept_and_missed():
    quarterly = occasions_of(Rhythm("常务副县长", "调度", "季度", True), *year(2024), DAYS)
    done = [date(2024, 1, 15), date(2024, 3, 1), date(2024, 6, 29), date(2024, 11, 1)]
    words = [s.word(date(2024, 11, 29)) for s in kept(quarterly, done)]
    assert words == ["已完成", "逾期完成", "逾期未办", "已完成"]
    assert [s.word(date(2024, 6, 28)) for s in kept(quarterly, [])] == [
        "逾期未办",
        "今日到期",
        "未到期",
        "未到期",
    ]
