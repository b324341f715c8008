"""What the units were asked in a month, and what one unit was asked month by month."""

import datetime as dt
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.periods import parse
from luoshi.reporting.models import Burden

COUNTS = ("items", "figures", "repeats", "carried", "typed")
MONTHS = 12


def month_of(text: str) -> dt.date:
    """The first day of the month that an address names ("2026-03"), else of this one."""
    try:
        period = parse(text)
    except ValueError:
        period = None
    if period is None or period.length != "月":
        return timezone.localdate().replace(day=1)
    return period.start


def asked_in(month: dt.date, actor: Actor) -> QuerySet[Burden]:
    """Per unit, who was asked most first."""
    rows = Burden.objects.filter(month=month, unit__government=actor.government_id).select_related("unit")
    return rows.order_by("-items", "-figures", "unit__rank", "unit_id")


def summed(month: dt.date, actor: Actor) -> dict[str, Any]:
    """The month in one line: units, sums, and the share taken over (per cent, None before anything was filled)."""
    sums: dict[str, Any] = asked_in(month, actor).aggregate(
        units=Count("pk"), most=Max("items"), **{name: Sum(name) for name in COUNTS}
    )
    said = {name: value or 0 for name, value in sums.items()}
    filled = said["carried"] + said["typed"]
    said["share"] = round(100 * said["carried"] / filled) if filled else None
    return said


def months_of(unit_id: int) -> list[Burden]:
    """The last twelve months of one unit that have anything in them, the latest first."""
    return list(Burden.objects.filter(unit=unit_id).select_related("unit").order_by("-month")[:MONTHS])
