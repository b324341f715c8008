"""How promises went, period by period: the light of what was reported *for* each period, whenever it came in.

The light of a past day (`lights.lines_of` on that day) is another thing: it knows only what was reported by then.
"""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from luoshi.core.periods import Length, Period, periods_between
from luoshi.core.progress.goals import Datum, Goal, combined
from luoshi.core.progress.lights import light
from luoshi.core.progress.pace import LINEAR, time_share
from luoshi.core.progress.releases import national_clock
from luoshi.core.progress.rules import Level, Rules
from luoshi.ledger.models import Plan
from luoshi.reporting.models import Round
from luoshi.supervision.queries.lights import Line, Reckoning

GRAVITY: tuple[Level, ...] = (
    "bad",
    "late",
    "behind",
    "near",
    "silent",
    "ok",
    "done",
    "waiting",
    "off",
)
"""Levels, the one to look at first first."""
REMEMBERED = 8192
"""Courses kept in memory: some ten plans of the size of a county's, by month and by 旬."""


class Point(NamedTuple):
    """A promise in one period: its level ("" where nothing can be said), the planned share of the target at the end of the
    period, the share reached and the value itself, as reported for the period."""

    level: Level | None = None
    planned: Fraction | None = None
    reached: Fraction | None = None
    actual: Fraction | None = None


class Calendar(NamedTuple):
    """The periods of a year, the day it is all seen from, in which of them reports were due by then, and the rules in force on it."""

    length: Length
    year: int
    day: dt.date
    asked: frozenset[int]
    rules: Rules

    @property
    def periods(self) -> tuple[Period, ...]:
        """In order."""
        return _periods(self.length, self.year)

    @property
    def now(self) -> int | None:
        """The period of the day."""
        return next((at for at, period in enumerate(self.periods) if period.contains(self.day)), None)


@cache
def _periods(length: Length, year: int) -> tuple[Period, ...]:
    return periods_between(length, dt.date(year, 1, 1), dt.date(year, 12, 31))


def calendar(reckoning: Reckoning, length: Length) -> Calendar:
    """One query: the rounds that were due."""
    ends = ended_rounds(reckoning.plan, reckoning.day)
    periods = _periods(length, reckoning.year)
    asked = {at for at, period in enumerate(periods) if any(period.contains(end) for end in ends)}
    return Calendar(length, reckoning.year, reckoning.day, frozenset(asked), reckoning.rules)


def ended_rounds(plan: Plan, day: dt.date) -> list[dt.date]:
    """The last days of the periods of rounds that were due before the day."""
    return list(Round.objects.filter(plan=plan, due__lt=day).values_list("until", flat=True))


def is_paced(goal: Goal) -> bool:
    """Whether a share of the target is planned for every day (else the value stands against the target as it is)."""
    if goal.value is None or goal.kind in ("rank", "zero", "relative"):
        return False
    return goal.curve is not None or not (goal.is_rate or (not goal.flow and goal.base is None))


def course(line: Line, days: Calendar) -> tuple[Point, ...]:
    """A promise over all periods."""
    if line.goal is None:
        return tuple(Point() for _ in days.periods)
    return _course(line.goal, line.data, days)


@lru_cache(maxsize=REMEMBERED)
def _course(goal: Goal, data: tuple[Datum, ...], days: Calendar) -> tuple[Point, ...]:
    """Nothing but its arguments decides it, so what was reckoned once is remembered: past periods hardly ever change."""
    paced = is_paced(goal)
    return tuple(_point(goal, data, at, days, paced) for at in range(len(days.periods)))


def _point(goal: Goal, data: Sequence[Datum], at: int, days: Calendar, paced: bool) -> Point:
    period = days.periods[at]
    planned = None
    if paced:
        planned = (goal.curve or LINEAR).at(time_share(period.end, goal.span, days.rules.time))
    known = [d for d in data if d.as_of <= period.end and d.known <= days.day]
    if not known or known[-1].as_of < period.start:
        return Point(_unreported(goal, at, days), planned)
    found = light(goal, known, days.day, days.rules, national_clock())
    judged = found.receipt.as_of
    if judged is None or judged < period.start:  # cancelled or pending; or said, but not released
        return Point("waiting" if found.level == "silent" or judged else found.level, planned)
    return Point(found.level, planned, found.completion, combined(goal, known))


def _unreported(goal: Goal, at: int, days: Calendar) -> Level | None:
    """Silent where a figure should be there, nothing where none was asked for."""
    period = days.periods[at]
    if goal.status != "set" or period.end < goal.span.first or at not in days.asked:
        return None
    clock = national_clock()
    series = clock.series(goal.statistic) if goal.statistic else None
    if series:
        official = clock.at_hand(series, days.day)
        ends = periods_between(series.every, period.start, period.end)
        return "silent" if official and ends and ends[-1].end <= official.end else None
    return "silent" if period.start <= goal.span.last else None
