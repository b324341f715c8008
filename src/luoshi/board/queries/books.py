"""A plan on a day with all its lights and how they went by month: what every dashboard is made of."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from luoshi.board.queries.courses import Calendar, Point, calendar, course
from luoshi.board.queries.memory import remembered
from luoshi.board.queries.walls import lamp
from luoshi.board.wall import Lamp
from luoshi.core.flow.actor import Actor
from luoshi.core.progress.rules import LEVELS, Level, Rules
from luoshi.ledger.models import Plan
from luoshi.supervision.queries.lights import Line, Reckoning, lines_of


@dataclass(frozen=True)
class Book:
    """`lines` are promises and tasks without a number, each with today's light."""

    actor: Actor
    plan: Plan
    day: dt.date
    lines: Sequence[Line]
    days: Calendar

    @classmethod
    def of(cls, actor: Actor, plan: Plan, day: dt.date) -> "Book":
        """Read in a fixed number of queries."""

        def make() -> Book:
            return cls(actor, plan, day, lines_of(actor, plan, day), calendar(Reckoning(plan, day), "月"))

        return remembered(actor, ("book", plan.pk, day), make)

    def only(self, wanted: Callable[[Line], bool]) -> "Book":
        """The part of it that is wanted."""
        return replace(self, lines=[line for line in self.lines if wanted(line)])

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.days.rules

    @cached_property
    def courses(self) -> list[tuple[Line, tuple[Point, ...]]]:
        """Every promise with how it went."""
        return [(line, course(line, self.days)) for line in self.lines if line.indicator]

    @property
    def labels(self) -> list[str]:
        """Months up to the day."""
        return [f"{period.start.month}月" for period in self.days.periods if period.start <= self.day]

    @cached_property
    def months(self) -> list[Counter[Level]]:
        """How many promises had which light, month by month, as reported for the month."""
        return [
            Counter(level for _, points in self.courses if (level := points[at].level))
            for at in range(len(self.labels))
        ]

    def lamp(self, level: Level) -> Lamp:
        """A level as it is shown."""
        return lamp(level, self.rules.looks[level])

    @property
    def changed(self) -> list[tuple[Line, int, Level, int, Level]]:
        """Promises whose light is another than the last time: (line, month before, level, month, level), the latest months only."""
        found = []
        for line, points in self.courses:
            told = [
                (at, point.level)
                for at, point in enumerate(points)
                if point.level not in (None, "waiting", "off")
            ]
            if len(told) > 1 and told[-1][1] != told[-2][1]:
                (before, was), (now, is_) = told[-2], told[-1]
                if was and is_:
                    found.append((line, before, was, now, is_))
        return found


def counted(levels: Iterable[Level]) -> Counter[Level]:
    """How many of each."""
    return Counter(levels)


def in_words(counts: Counter[Level], book: Book) -> str:
    """严重滞后3项、滞后2项; in the order of LEVELS."""
    said = [f"{book.rules.looks[level].word}{counts[level]}项" for level in LEVELS if counts[level]]
    return "、".join(said) or "没有亮灯的项"
