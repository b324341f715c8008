"""Periods of the working calendar: 年, 半年, 季度, 两月, 月, 旬, 双周, 周, 日.

>>> q = period_on("季度", date(2024, 8, 15))
>>> q.label, q.start.isoformat(), q.end.isoformat(), q.next().label
('2024年第三季度', '2024-07-01', '2024-09-30', '2024年第四季度')
>>> parse("2024年3月中旬").contains(date(2024, 3, 20))
True
>>> sorted([parse("2024年2月"), parse("2024年1月下旬")])[0].label
'2024年1月下旬'
"""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from luoshi.core.pattern import pattern

Length = Literal["日", "周", "双周", "旬", "月", "两月", "季度", "半年", "年"]
LENGTHS: tuple[Length, ...] = get_args(Length)
MONTHS: dict[Length, int] = {"月": 1, "两月": 2, "季度": 3, "半年": 6, "年": 12}
# Fortnights are counted from a Monday; the pairs run on over the turn of the year, so that each has 14 days.
FIRST_MONDAY = date(2001, 1, 1)
DEKADS = ("上旬", "中旬", "下旬")
QUARTERS = "一二三四"
HALVES = ("上半年", "下半年")


class Period(NamedTuple):
    """One period; `start` is its first day, `end` its last. Ordered by start, then by end (the shorter first)."""

    start: date
    end: date
    length: Length

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def next(self) -> "Period":
        """The period of the same length that begins the day after this one ends."""
        return period_on(self.length, self.end + timedelta(days=1))

    @property
    def label(self) -> str:
        """The name a clerk would write; `parse` reads it back."""
        first = self.start
        year = f"{first.year}年"
        match self.length:
            case "日":
                return f"{year}{first.month}月{first.day}日"
            case "周":
                return _week(first)
            case "双周":
                return f"{_week(first)}至{_week(self.end)}"
            case "旬":
                return f"{year}{first.month}月{DEKADS[min(first.day // 10, 2)]}"
            case "月":
                return f"{year}{first.month}月"
            case "两月":
                return f"{year}{first.month}—{self.end.month}月"
            case "季度":
                return f"{year}第{QUARTERS[first.month // 3]}季度"
            case "半年":
                return year + HALVES[first.month // 7]
            case "年":
                return year


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}年第{week}周"


def period_on(length: Length, day: date) -> Period:
    """The period of that length in which `day` lies.

    >>> period_on("双周", date(2021, 1, 4)).label
    '2021年第1周至2021年第2周'
    """
    if length == "日":
        return Period(day, day, length)
    if length == "周":
        start = day - timedelta(days=day.weekday())
        return Period(start, start + timedelta(days=6), length)
    if length == "双周":
        start = day - timedelta(days=(day - FIRST_MONDAY).days % 14)
        return Period(start, start + timedelta(days=13), length)
    if length == "旬":
        part = min((day.day - 1) // 10, 2)
        start = day.replace(day=1 + 10 * part)
        return Period(
            start, start + timedelta(days=9) if part < 2 else _month_end(day.year, day.month), length
        )
    months = MONTHS[length]
    first = (day.month - 1) // months * months + 1
    return Period(date(day.year, first, 1), _month_end(day.year, first + months - 1), length)


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


_YEAR = r"(?P<year>\d{4}) *(?:年度?)?"
_FORMS: tuple[tuple[Length, re.Pattern[str]], ...] = (
    ("双周", pattern(rf"{_YEAR}第?(?P<week>\d{{1,2}})周?(?:至|—|-)(?:\d{{4}}年)?第?\d{{1,2}}周")),
    ("周", pattern(rf"{_YEAR}(?:第|-W)(?P<week>\d{{1,2}})周?")),
    ("两月", pattern(rf"{_YEAR}(?P<month>\d{{1,2}})月?(?:—|-|至|、)\d{{1,2}}月")),
    ("旬", pattern(rf"{_YEAR}(?P<month>\d{{1,2}})月(?P<dekad>[上中下])旬")),
    ("日", pattern(r"(?P<year>\d{4})(?:年|-|/)(?P<month>\d{1,2})(?:月|-|/)(?P<day>\d{1,2})[日号]?")),
    ("季度", pattern(rf"{_YEAR}(?:-?Q(?P<q>[1-4])|第?(?P<quarter>[一二三四1-4])季度?)")),
    ("半年", pattern(rf"{_YEAR}(?P<half>[上下])半年")),
    ("月", pattern(r"(?P<year>\d{4})(?:年|-|/)(?P<month>\d{1,2})月?(?:份)?")),
    ("年", pattern(_YEAR)),
)


def parse(text: str) -> Period:
    """The period a label or an ISO form names; ValueError with a Chinese sentence when it names none.

    >>> [parse(t).length for t in ("2024年", "2024-Q3", "2024年上半年", "2024-03", "2024-03-25", "2024年第12周")]
    ['年', '季度', '半年', '月', '日', '周']
    """
    for length, form in _FORMS:
        found = form.fullmatch(text.strip())
        if found:
            try:
                return period_on(length, _first_day(found.groupdict()))
            except ValueError:  # a 13th month, a 30 February
                break
    raise ValueError(
        f"“{text}”不是一个时段，可写成：2024年、2024年上半年、2024年第三季度、2024年3月、2024年3月上旬、2024年第12周、2024年3月5日。"
    )


def _first_day(parts: dict[str, str | None]) -> date:
    year = int(parts["year"] or 0)
    if week := parts.get("week"):
        return date.fromisocalendar(year, int(week), 1)
    month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
    if dekad := parts.get("dekad"):
        day = 1 + 10 * "上中下".index(dekad)
    if quarter := parts.get("q") or parts.get("quarter"):
        month = 3 * (QUARTERS.index(quarter) if quarter in QUARTERS else int(quarter) - 1) + 1
    if half := parts.get("half"):
        month = 1 if half == "上" else 7
    return date(year, month, day)


def periods_between(length: Length, first: date, last: date) -> tuple[Period, ...]:
    """All periods of that length that end within [first, last], in order.

    >>> [p.label for p in periods_between("旬", date(2024, 2, 5), date(2024, 2, 29))]
    ['2024年2月上旬', '2024年2月中旬', '2024年2月下旬']
    """
    found = []
    period = period_on(length, first)
    while period.end <= last:
        found.append(period)
        period = period.next()
    return tuple(found)
