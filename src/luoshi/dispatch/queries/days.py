"""The working days of one county: the calendar of the whole country with its own days laid over it."""

import datetime as dt
from collections.abc import Iterator

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
