"""The working days of one county: the calendar of the whole country with its own days laid over it."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.workdays import Workdays, national
from luoshi.dispatch.models import LocalDays

_DAY = dt.timedelta(days=1)


def workdays_of(government_id: int) -> Workdays:
    """In one query."""
    rows = list(LocalDays.objects.filter(government=government_id, state="in_force").order_by("pk"))
    if not rows:
        return national()
    return national().overlaid(
        {day: row.works for row in rows for day in days_of(row)},
        {day: row.name for row in rows for day in days_of(row)},
        {row.publishes: row.ground for row in rows if row.publishes},
    )


def days_of(row: LocalDays) -> Iterator[dt.date]:
    """Every day of an entry."""
    day = row.first
    while day <= row.last:
        yield day
        day += _DAY


class Run(NamedTuple):
    """Days in a row that are off, or worked against the week, by one name."""

    first: dt.date
    last: dt.date
    name: str
    works: bool

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def runs_of(year: int, known: Workdays) -> list[Run]:
    """Every holiday and every worked weekend day of a year."""
    found: list[Run] = []
    day, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    while day <= end:
        name, works = known.name(day), known.is_workday(day)
        if name and name != "周末":
            last = found[-1] if found else None
            if last and (last.name, last.works, last.last) == (name, works, day - _DAY):
                found[-1] = last._replace(last=day)
            else:
                found.append(Run(day, day, name, works))
        day += _DAY
    return found
