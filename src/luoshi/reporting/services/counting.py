"""The burden meter: counted while it happens, so that showing it costs a row per unit and month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from luoshi.reporting.models import Burden, Report

COUNTED = ("rounds", "items", "figures", "repeats", "carried", "typed")


def count_asked(day: dt.date, reports: Iterable[Report]) -> None:
    """A round opened on `day` asks for these."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for report in reports:
        one = sums[report.unit_id]
        one["rounds"] = 1
        one["items"] += 1
        one["figures"] += report.asked
        one["repeats"] += report.repeats
    _add(day, sums)


def count_filled(day: dt.date, reports: Iterable[Report]) -> None:
    """These were sent for the first time; `day` is when their round opened."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for report in reports:
        sums[report.unit_id]["carried"] += report.carried
        sums[report.unit_id]["typed"] += report.typed
    _add(day, sums)


def _add(day: dt.date, sums: dict[int, dict[str, int]]) -> None:
    """Add to the rows of the month; rows that there are not yet begin at zero."""
    month = day.replace(day=1)
    Burden.objects.bulk_create(
        [Burden(unit_id=unit, month=month) for unit in sums], ignore_conflicts=True, batch_size=400
    )
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for unit, counts in sums.items():
        alike[tuple(counts[name] for name in COUNTED)].append(unit)
    for values, units in alike.items():
        grown = {name: F(name) + n for name, n in zip(COUNTED, values, strict=True) if n}
        if grown:
            Burden.objects.filter(unit__in=units, month=month).update(**grown)
