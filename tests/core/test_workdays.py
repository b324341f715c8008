"""Working days with 调休, and due days in the words of counties."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.dues import parse_due
from luoshi.core.periods import parse, period_on
from luoshi.core.workdays import RULES, national, read_calendar

DAYS = national()
IN_CALENDAR = st.dates(date(2023, 1, 1), date(2030, 12, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "worked", "name"),
    [
        ("2024-02-09", True, ""),  # 除夕 was a working day in 2024
        ("2024-02-10", False, "春节"),
        ("2024-02-18", True, "调休上班"),
        ("2024-02-04", True, "调休上班"),
        ("2024-09-14", True, "调休上班"),
        ("2024-09-15", False, "中秋节"),
        ("2024-03-02", False, "周末"),
        ("2025-01-28", False, "春节"),
        ("2025-02-08", True, "调休上班"),
        ("2025-10-06", False, "国庆节、中秋节"),
        ("2026-02-14", True, "调休上班"),
        ("2026-02-23", False, "春节"),
        ("2026-09-20", True, "调休上班"),
        ("2023-10-07", True, "调休上班"),
        ("2027-02-08", False, "春节"),
        ("2031-10-01", False, "国庆节"),
        ("2031-10-06", True, ""),
    ],
)
def test_days(day, worked, name):
    assert (DAYS.is_workday(on(day)), DAYS.name(on(day))) == (worked, name)


@pytest.mark.parametrize(("year", "count"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_notice_says(year, count):
    """365 or 366 days less weekends and holidays, with the swapped weekends put back; counted by hand from the notices."""
    assert DAYS.between(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize(
    ("year", "status", "says"),
    [
        (2024, "published", ""),
        (2026, "published", ""),
        (2027, "estimated", "尚未公布"),
        (2035, "none", "还没有录入"),
    ],
)
def test_what_a_year_leans_on_is_said(year, status, says):
    assert DAYS.status(year) == status
    assert says in DAYS.caveat(date(year, 6, 1))
    assert DAYS.source(year)


def test_days_of_the_county_lie_over_the_calendar():
    flood = DAYS.overlaid({on("2024-07-01"): False, on("2024-07-06"): True})
    assert (flood.is_workday(on("2024-07-01")), flood.name(on("2024-07-01"))) == (False, "本地放假")
    assert (flood.is_workday(on("2024-07-06")), flood.name(on("2024-07-06"))) == (True, "本地上班")
    assert DAYS.is_workday(on("2024-07-01"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[2024", "读不了"),
        ('[2024]\nstatus = "x"', "没有写明"),
        ('[2024]\nstatus = "published"\nsource = "s"\nrest = {"春节" = "02-30"}\nwork = []', "不是日期"),
        ('[2024]\nstatus = "published"\nsource = "s"\nrest = {"春节" = "02-10"}\nwork = ["02-10"]', "既写成放假又写成上班"),
    ],
)  # fmt: skip
def test_a_bad_calendar_is_refused_in_one_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        read_calendar(text)


def test_a_calendar_without_working_days_does_not_hang():
    never = DAYS.overlaid({date(2024, 1, 1) + timedelta(days=i): False for i in range(200)})
    with pytest.raises(ValueError, match="没有工作日"):
        never.on_or_after(on("2024-01-01"))


@given(IN_CALENDAR, st.integers(-30, 30).filter(bool))
def test_counting_undoes_adding(day, count):
    there = DAYS.add(day, count)
    assert DAYS.is_workday(there)
    assert DAYS.between(day, there) == count or (count < 0 and not DAYS.is_workday(day))


@given(IN_CALENDAR, st.sampled_from(sorted(RULES)), st.integers(0, 20))
def test_shifting_ends_on_a_working_day_and_is_done_once(day, rule, back):
    moved = DAYS.shift(day, rule, day - timedelta(days=back))
    assert rule == "stay" or DAYS.is_workday(moved)
    assert DAYS.shift(moved, rule, day - timedelta(days=back)) == moved


@pytest.mark.parametrize(
    ("said", "period", "day", "moved"),
    [
        ("每月25日前", "2024年3月", "2024-03-25", "2024-03-25"),
        ("每月25日前", "2024年8月", "2024-08-25", "2024-08-23"),  # a Sunday
        ("25日前", "2024年第一季度", "2024-03-25", "2024-03-25"),
        ("次月5日前", "2024年3月", "2024-04-05", "2024-04-03"),  # 清明
        ("次月5日前", "2024年12月", "2025-01-05", "2025-01-03"),
        ("次季首月10日前", "2024年第二季度", "2024-07-10", "2024-07-10"),
        ("月底前", "2024年8月", "2024-08-31", "2024-08-30"),
        ("季末前", "2024年第三季度", "2024-09-30", "2024-09-30"),
        ("年底前", "2024年", "2024-12-31", "2024-12-31"),
        ("旬末", "2024年2月上旬", "2024-02-10", "2024-02-09"),
        ("每月31日前", "2024年2月", "2024-02-29", "2024-02-29"),
        ("每周五", "2024年第7周", "2024-02-16", "2024-02-18"),  # 春节 week: only the Sunday is worked
        ("下周一前", "2024年第10周", "2024-03-11", "2024-03-11"),
        ("期后3个工作日内", "2024年9月", "2024-10-10", "2024-10-10"),
        ("月后15日内", "2024年8月", "2024-09-15", "2024-09-18"),  # 中秋: a counted term ends later
        ("次年3月底前", "2024年", "2025-03-31", "2025-03-31"),
        ("次年1月20日前", "2024年", "2025-01-20", "2025-01-20"),
    ],
)
def test_due_days_of_periods(said, period, day, moved):
    due, of = parse_due(said), parse(period)
    found = due.of_period(of, DAYS)
    assert found == on(day)
    assert due.shifted(found, DAYS, "within", of.start) == on(moved)


@pytest.mark.parametrize(
    ("said", "event", "day", "moved"),
    [
        ("3个工作日内", "2024-02-08", "2024-02-19", "2024-02-19"),
        ("三个工作日内", "2024-04-26", "2024-04-30", "2024-04-30"),
        ("15日内", "2024-09-25", "2024-10-10", "2024-10-10"),
        ("7天内", "2024-09-25", "2024-10-02", "2024-10-08"),
        ("30个自然日内", "2024-01-11", "2024-02-10", "2024-02-18"),
        ("1个月内", "2024-01-31", "2024-02-29", "2024-02-29"),
        ("两周内", "2024-03-01", "2024-03-15", "2024-03-15"),
        ("当日", "2024-03-01", "2024-03-01", "2024-03-01"),
    ],
)
def test_due_days_after_an_event(said, event, day, moved):
    due = parse_due(said)
    found = due.after(on(event), DAYS)
    assert found == on(day)
    assert due.shifted(found, DAYS, "later") == on(moved)


@pytest.mark.parametrize("text", ["", "尽快", "每月45日前", "次年13月底前", "长期", "25", "周八"])
def test_no_due_day(text):
    if text == "25":
        assert parse_due(text).day == 25
        return
    with pytest.raises(ValueError, match="不是一个期限"):
        parse_due(text)


@given(st.text(max_size=12))
def test_any_text_is_a_due_day_or_one_sentence(text):
    with suppress(ValueError):
        assert parse_due(text).of_period(period_on("月", date(2024, 5, 1)), DAYS) >= date(2024, 4, 1)


@given(IN_CALENDAR, st.integers(0, 800))
def test_counting_between_two_days_is_counting_them_one_by_one(first, length):
    last = first + timedelta(days=length)
    one_by_one = sum(DAYS.is_workday(first + timedelta(days=n)) for n in range(1, length + 1))
    assert (DAYS.between(first, last), DAYS.between(last, first)) == (one_by_one, -one_by_one)
