"""When something is due, as counties say it: 每月25日前, 次月5日前, 3个工作日内, 月底前, 每周五.

The day named with 内 is itself still in time (民法典 art. 1259); 前 is read the same way, as offices do. Counting starts on the day after the event (art. 201); a term
that ends on a day off ends on the next working day (art. 203), unless the rule of the county says otherwise.
"""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from luoshi.core.numerals import parse_numeral
from luoshi.core.pattern import pattern
from luoshi.core.periods import Period, period_on
from luoshi.core.workdays import Rule, Workdays

Kind = Literal["month", "end", "week", "after"]

_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_MONTH = pattern(
    r"(?:每|当|本)?(?:月|季度?末月)?的?(?P<day>\d{1,2})[日号]?(?:之?前|以前)?"
    r"|(?P<next>次|下个?|隔)月的?(?P<nextday>\d{1,2})[日号]?(?:之?前|以前)?"
    r"|(?P<quarter>次季度?首月|下季度?首月|季度?后)的?(?P<quarterday>\d{1,2})[日号]?(?:之?前|以前|内)?"
    r"|次年(?P<month>\d{1,2})月(?:(?P<yearday>\d{1,2})[日号]|底|末)(?:之?前|以前)?"
)
_END = pattern(
    r"(?:每|本|当)?(?:个)?(?:月|季度?|旬|半年|年|期|双周|周|星期)?(?:底|末|终|月底|月末)(?:之?前|以前)?|当[日期天]"
)
_WEEK = pattern(r"(?P<next>下|次)?(?:每|本)?(?:周|星期)(?P<day>[一二三四五六日天])(?:之?前|以前|[上下]午)?")
_AFTER = pattern(
    rf"(?P<end>[期月旬季周年]后|(?:每?[期月旬季周年])?(?:结束|终了)后)?{_N}(?P<unit>个?工作日|个?自然日|日|天|个月|周)(?:之?内|以内)"
)


class Due(NamedTuple):
    """One way of saying when.

    month  the `day` (0: the last) of the month `months` after the last month of the period
    end    the last day of the period
    week   weekday `day` (0 Monday) of the week in which the period ends, `months` weeks later
    after  `number` days (working days when `working`; months or weeks in `step`) after the event or the end of the period
    """

    said: str
    kind: Kind
    months: int = 0
    day: int = 0
    number: int = 0
    step: Literal["day", "workday", "month"] = "day"

    def of_period(self, period: Period, days: Workdays) -> date:
        """The due day of a period, as said, before it is moved off a holiday.

        >>> from luoshi.core.periods import parse
        >>> from luoshi.core.workdays import national
        >>> parse_due("次月5日前").of_period(parse("2024年12月"), national()).isoformat()
        '2025-01-05'
        """
        if self.kind == "month":
            return _in_month(period.end, self.months, self.day)
        if self.kind == "end":
            return period.end
        if self.kind == "week":
            monday = period.end - timedelta(days=period.end.weekday())
            return monday + timedelta(days=7 * self.months + self.day)
        return self.after(period.end, days)

    def after(self, event: date, days: Workdays) -> date:
        """The due day after an event (签收, 交办), as said. ValueError for a form that needs a period.

        >>> from luoshi.core.workdays import national
        >>> parse_due("3个工作日内").after(date(2024, 4, 30), national()).isoformat()
        '2024-05-08'
        """
        if self.kind == "after":
            if self.step == "workday":
                return days.add(event, self.number)
            if self.step == "month":
                return _in_month(event, self.number, event.day)
            return event + timedelta(days=self.number)
        return self.of_period(period_on("日", event), days)

    def shifted(self, day: date, days: Workdays, rule: Rule, first: date | None = None) -> date:
        """`day` moved off holidays: working days need no moving, a term after an event ends later, the rest by the rule."""
        if self.step == "workday":
            return day
        return days.shift(day, "later" if self.kind == "after" else rule, first)


def _in_month(day: date, months: int, wanted: int) -> date:
    """The day of that number (0 or too large: the last) in the month `months` after the month of `day`."""
    at = day.year * 12 + day.month - 1 + months
    last = period_on("月", date(at // 12, at % 12 + 1, 1)).end
    return last if not wanted or wanted > last.day else last.replace(day=wanted)


def parse_due(text: str) -> Due:
    """Read one wording; ValueError with a Chinese sentence when it is none.

    >>> parse_due("每月25日前")
    Due(said='每月25日前', kind='month', months=0, day=25, number=0, step='day')
    >>> parse_due("月底前").kind, parse_due("当月底前").kind, parse_due("下周一前")[1:4], parse_due("次年3月底前")[2:4]
    ('end', 'end', ('week', 1, 0), (3, 0))
    """
    said = re.sub(r"\s", "", text)
    if m := _AFTER.fullmatch(said):
        return _counted(said, m)
    if m := _WEEK.fullmatch(said):
        return Due(said, "week", int(bool(m["next"])), min("一二三四五六日天".index(m["day"]), 6))
    if m := _MONTH.fullmatch(said):
        day = int(m["day"] or m["nextday"] or m["quarterday"] or m["yearday"] or 0)
        months = 1 if m["next"] or m["quarter"] else int(m["month"] or 0)
        if day <= 31 and months <= 12:
            return Due(said, "month", months, day)
    if _END.fullmatch(said):
        return Due(said, "end")
    raise ValueError(
        f"“{text}”不是一个期限，可写成：每月25日前、次月5日前、月底前、3个工作日内、15日内、1个月内、每周五、下周一前。"
    )


def _counted(said: str, m: re.Match[str]) -> Due:
    count = int(parse_numeral(m["n"].replace("两", "二")) or 0)
    unit = m["unit"]
    if unit == "周":
        return Due(said, "after", number=7 * count)
    if "工作" in unit:
        return Due(said, "after", number=count, step="workday")
    return Due(said, "after", number=count, step="month" if "月" in unit else "day")
