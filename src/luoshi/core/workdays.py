"""Chinese working days with 调休: which day is one, counting them, and moving a day off a holiday by a stated rule.

The calendar is data (workdays.toml), one table a year, each 已公布, 暂估 or, where there is none, 未编. A county may lay days
of its own over it (a flood, a local rest day). Every answer that leans on a year that is not published can be said so
(`caveat`).

>>> days = national()
>>> days.is_workday(date(2024, 2, 18)), days.is_workday(date(2024, 2, 12)), days.name(date(2024, 2, 12))
(True, False, '春节')
>>> days.add(date(2024, 9, 30), 3).isoformat()
'2024-10-10'
"""

import tomllib
from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, NamedTuple

Status = Literal["published", "estimated", "none"]
STATUSES: dict[Status, str] = {"published": "已公布", "estimated": "暂估", "none": "未编"}
Rule = Literal["later", "earlier", "within", "stay"]
RULES: dict[Rule, str] = {
    "later": "遇节假日顺延到节后第一个工作日",
    "earlier": "遇节假日提前到节前最后一个工作日",
    "within": "遇节假日提前到本期内最后一个工作日，本期都放假的顺延到节后第一个工作日",
    "stay": "遇节假日不变",
}
_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_REST = 60  # days; a calendar that rests longer is a slip of the pen


class Year(NamedTuple):
    """The calendar of one year: `rest` day → name of the holiday, `work` the days of the weekend that are worked."""

    year: int
    status: Status
    source: str
    rest: Mapping[date, str]
    work: frozenset[date]


class Workdays:
    """Working days by the calendars of some years, with `extra` days of the county laid over them (day → worked or not)."""

    def __init__(
        self,
        years: Iterable[Year],
        fixed: Mapping[str, str],
        extra: Mapping[date, bool] | None = None,
        names: Mapping[date, str] | None = None,
    ) -> None:
        self._years = {y.year: y for y in years}
        self._fixed = dict(fixed)
        self._extra = dict(extra or {})
        self._names = dict(names or {})
        self._counts: dict[int, tuple[int, ...]] = {}

    def overlaid(
        self,
        extra: Mapping[date, bool],
        names: Mapping[date, str] | None = None,
        published: Mapping[int, str] | None = None,
    ) -> "Workdays":
        """The same calendar with days of the county: True is worked, False is not; `names` says what they are called.
        `published` years count as published, by the notice named: entered by hand before the next release has them.

        >>> days = national().overlaid({date(2027, 2, 11): False}, {date(2027, 2, 11): "春节"}, {2027: "放假通知"})
        >>> days.status(2027), days.name(date(2027, 2, 11)), days.caveat(date(2027, 3, 1))
        ('published', '春节', '')
        """
        years = dict(self._years)
        for year, source in (published or {}).items():
            known = years.get(year) or self._by_law(year)
            years[year] = known._replace(status="published", source=source)
        return Workdays(
            years.values(), self._fixed, self._extra | dict(extra), self._names | dict(names or {})
        )

    def _by_law(self, year: int) -> Year:
        """A year without a calendar: the days that the law fixes."""
        rest = {date.fromisoformat(f"{year}-{day}"): name for day, name in self._fixed.items()}
        return Year(year, "none", "", rest, frozenset())

    def status(self, year: int) -> Status:
        """Whether the calendar of that year is published, estimated, or not there."""
        return self._years[year].status if year in self._years else "none"

    def source(self, year: int) -> str:
        """The notice the calendar was taken from; for a year without one, what stands in for it."""
        return (
            self._years[year].source
            if year in self._years
            else "没有这一年的放假安排，只按周末和固定日期的法定假日"
        )

    def is_workday(self, day: date) -> bool:
        """Whether people are at work on that day."""
        if day in self._extra:
            return self._extra[day]
        year = self._years.get(day.year)
        if year and day in year.work:
            return True
        return day.weekday() < _SATURDAY and not self._holiday(day)

    def name(self, day: date) -> str:
        """Why the day is off (春节, 周末, 本地放假) or worked against the week (调休上班); "" for an ordinary working day."""
        if day in self._extra:
            return self._names.get(day) or ("本地上班" if self._extra[day] else "本地放假")
        if self.is_workday(day):
            return "调休上班" if day.weekday() >= _SATURDAY else ""
        return self._holiday(day) or "周末"

    def _holiday(self, day: date) -> str:
        year = self._years.get(day.year)
        return year.rest.get(day, "") if year else self._fixed.get(f"{day:%m-%d}", "")

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        return next(self._walk(day, _DAY))

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`."""
        return next(self._walk(day, -_DAY))

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        idle = 0
        while idle <= _LONGEST_REST:
            if self.is_workday(day):
                idle = 0
                yield day
            idle += 1
            day += step
        raise ValueError(f"日历中{day.isoformat()}前后连续{_LONGEST_REST}天没有工作日，请检查放假安排。")

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is not counted (民法典 art. 201); before it when negative.

        >>> national().add(date(2024, 4, 26), 1).isoformat()  # the Sunday after is worked
        '2024-04-28'
        """
        if not count:
            return day
        step = _DAY if count > 0 else -_DAY
        days = self._walk(day + step, step)
        for _ in range(abs(count) - 1):
            next(days)
        return next(days)

    def between(self, first: date, last: date) -> int:
        """How many working days lie in (first, last]; negative when `last` comes first.

        >>> national().between(date(2024, 9, 30), date(2024, 10, 10))
        3
        """
        if last < first:
            return -self.between(last, first)
        whole = sum(self._counted(year)[-1] for year in range(first.year, last.year))
        return whole + self._worked(last) - self._worked(first)

    def _worked(self, day: date) -> int:
        """Working days of its year up to and with the day."""
        return self._counted(day.year)[day.timetuple().tm_yday]

    def _counted(self, year: int) -> tuple[int, ...]:
        """Working days of a year up to its n-th day, from n = 0; counted once, whoever asks how long ago something was."""
        if year not in self._counts:
            first = date(year, 1, 1)
            length = 366 if isleap(year) else 365
            worked = (self.is_workday(first + i * _DAY) for i in range(length))
            self._counts[year] = tuple(accumulate(worked, initial=0))
        return self._counts[year]

    def shift(self, day: date, rule: Rule, first: date | None = None) -> date:
        """`day` moved off a holiday by the rule; `within` does not go before `first`, the first day of the period.

        >>> national().shift(date(2024, 2, 10), "later").isoformat()
        '2024-02-18'
        """
        if rule == "stay" or self.is_workday(day):
            return day
        if rule == "later":
            return self.on_or_after(day)
        earlier = self.on_or_before(day)
        if rule == "within" and first is not None and earlier < first:
            return self.on_or_after(day)
        return earlier

    def caveat(self, *days: date) -> str:
        """One sentence when an answer leans on a year whose calendar is not published yet; "" else.

        >>> national().caveat(date(2024, 3, 1))
        ''
        >>> national().caveat(date(2031, 3, 1))
        '2031年的放假安排还没有录入，日期只按周末和固定日期的法定假日推算，公布后会自动更正。'
        """
        years = sorted({day.year for day in days})
        guessed = [y for y in years if self.status(y) == "estimated"]
        absent = [y for y in years if self.status(y) == "none"]
        said = []
        if guessed:
            named = "、".join(f"{y}年" for y in guessed)
            said.append(f"{named}的放假安排尚未公布，日期按法定假日暂估，公布后会自动更正。")
        if absent:
            named = "、".join(f"{y}年" for y in absent)
            said.append(
                f"{named}的放假安排还没有录入，日期只按周末和固定日期的法定假日推算，公布后会自动更正。"
            )
        return "".join(said)


def read_calendar(text: str) -> Workdays:
    """A calendar in the form of workdays.toml. Raises ValueError with one Chinese sentence for a table that makes no sense."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"放假安排文件读不了：{error}。") from error
    years = [_year(int(name), part) for name, part in table.items() if name.isdigit()]
    return Workdays(years, table.get("fixed", {}))


def _year(year: int, part: Mapping[str, Any]) -> Year:
    if part.get("status") not in ("published", "estimated"):
        raise ValueError(f"{year}年的放假安排没有写明是已公布（published）还是暂估（estimated）。")
    rest = {day: name for name, run in part["rest"].items() for day in _days(year, run)}
    work = frozenset(day for run in part["work"] for day in _days(year, run))
    if both := sorted(work & rest.keys()):
        raise ValueError(f"{both[0].isoformat()}既写成放假又写成上班，请核对。")
    return Year(year, part["status"], part["source"], rest, work)


def _days(year: int, run: str) -> Iterator[date]:
    first, _, last = run.partition("..")
    try:
        day, end = (date.fromisoformat(f"{year}-{part}") for part in (first, last or first))
    except ValueError as error:
        raise ValueError(f"{year}年放假安排中的“{run}”不是日期，应写成05-01或05-01..05-05。") from error
    while day <= end:
        yield day
        day += _DAY


@cache
def national() -> Workdays:
    """The calendar of the whole country, as far as it is known (workdays.toml)."""
    return read_calendar(Path(__file__).with_name("workdays.toml").read_text("utf-8"))
