"""Periods of the working calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.periods import LENGTHS, Period, parse, period_on, periods_between

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ANY_LENGTH = st.sampled_from(LENGTHS)


@pytest.mark.parametrize(
    ("length", "day", "label", "first", "last"),
    [
        ("年", "2024-05-01", "2024年", "2024-01-01", "2024-12-31"),
        ("半年", "2024-07-01", "2024年下半年", "2024-07-01", "2024-12-31"),
        ("季度", "2024-03-31", "2024年第一季度", "2024-01-01", "2024-03-31"),
        ("季度", "2024-10-01", "2024年第四季度", "2024-10-01", "2024-12-31"),
        ("两月", "2024-04-30", "2024年3—4月", "2024-03-01", "2024-04-30"),
        ("月", "2024-02-10", "2024年2月", "2024-02-01", "2024-02-29"),
        ("旬", "2023-02-21", "2023年2月下旬", "2023-02-21", "2023-02-28"),
        ("旬", "2024-03-10", "2024年3月上旬", "2024-03-01", "2024-03-10"),
        ("旬", "2024-03-31", "2024年3月下旬", "2024-03-21", "2024-03-31"),
        ("双周", "2024-01-14", "2024年第1周至2024年第2周", "2024-01-01", "2024-01-14"),
        ("双周", "2021-01-01", "2020年第52周至2020年第53周", "2020-12-21", "2021-01-03"),
        ("周", "2024-12-30", "2025年第1周", "2024-12-30", "2025-01-05"),
        ("日", "2024-03-05", "2024年3月5日", "2024-03-05", "2024-03-05"),
    ],
)
def test_a_day_lies_in_its_period(length, day, label, first, last):
    period = period_on(length, date.fromisoformat(day))
    assert (period.label, period.start.isoformat(), period.end.isoformat()) == (label, first, last)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024", "2024年"),
        ("2024年度", "2024年"),
        ("2024-Q3", "2024年第三季度"),
        ("2024年三季度", "2024年第三季度"),
        ("2024年第2季度", "2024年第二季度"),
        ("2024年上半年", "2024年上半年"),
        ("2024-03", "2024年3月"),
        ("2024年3月份", "2024年3月"),
        ("2024年1-2月", "2024年1—2月"),
        ("2024年11月下旬", "2024年11月下旬"),
        ("2024-W12", "2024年第12周"),
        ("2024/3/25", "2024年3月25日"),
        ("2024年3月25号", "2024年3月25日"),
    ],
)
def test_forms_that_are_read(text, label):
    assert parse(text).label == label


@pytest.mark.parametrize("text", ["", "明年", "2024年13月", "2024年第五季度", "三月", "2024年2月30日"])
def test_what_names_no_period_is_refused(text):
    with pytest.raises(ValueError, match="不是一个时段"):
        parse(text)


@given(ANY_LENGTH, DAYS)
def test_a_label_reads_back(length, day):
    period = period_on(length, day)
    assert parse(period.label) == period
    assert parse(period.label).length == length


@given(ANY_LENGTH, DAYS)
def test_periods_follow_without_gap_or_overlap(length, day):
    period = period_on(length, day)
    assert period.contains(day)
    assert period.next().start == period.end + timedelta(days=1)
    assert period < period.next()
    assert all(period_on(length, edge) == period for edge in (period.start, period.end))


@given(ANY_LENGTH, DAYS, st.integers(0, 800))
def test_between_two_days_lie_exactly_the_periods_that_close_there(length, day, span):
    last = day + timedelta(days=span)
    found = periods_between(length, day, last)
    assert all(day <= p.end <= last for p in found)
    assert list(found) == sorted(set(found), key=lambda p: p.start)
    closing = {period_on(length, day + timedelta(days=i)).end for i in range(span + 1)}
    assert {p.end for p in found} == {end for end in closing if end <= last}


def test_the_shorter_of_two_that_begin_together_comes_first():
    first = date(2024, 1, 1)
    order = [period_on(n, first) for n in ("日", "周", "旬", "月", "两月", "季度", "半年", "年")]
    backwards = order[::-1]
    assert sorted(backwards) == order
    assert isinstance(order[0], Period)
