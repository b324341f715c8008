"""What was reported of the same indicator a year before: in last year's plan, or of the same row."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from luoshi.core.indicators.names import canonical
from luoshi.core.progress.goals import Datum, combined
from luoshi.ledger.models import Indicator
from luoshi.supervision.queries.lights import Line, Reckoning, standing, told


class Last(NamedTuple):
    """What was reported last year: the values by month (None where nothing was), and of which plan."""

    values: tuple[Fraction | None, ...]
    plan: str

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return any(value is not None for value in self.values)


def last_year(line: Line, year: int) -> Last:
    """By month; empty where there is nothing, or where it was counted in another unit. At most three queries."""
    indicator, goal = line.indicator, line.goal
    nothing = Last((None,) * 12, "")
    if indicator is None or goal is None:
        return nothing
    known = canonical(indicator.name, indicator.kind)
    rows = Indicator._base_manager.filter(
        plan__government=indicator.plan.government_id,
        plan__year=year - 1,
        kind=indicator.kind,
        unit=indicator.unit,
    ).select_related("plan", "task")
    for row in rows.order_by("plan", "order", "pk"):
        other = canonical(row.name, row.kind)
        if row.name == indicator.name or (known and other and known.name == other.name):
            day = line.light.receipt.judged_on
            data = standing(told(row.plan, row.pk).get(row.pk, ()), row.unit, day)
            values = _by_month(Reckoning(row.plan, day), row, data, year - 1)
            if any(value is not None for value in values):
                return Last(values, row.plan.title)
    return Last(_by_month(Reckoning(indicator.plan, line.light.receipt.judged_on), indicator, line.data, year - 1), indicator.plan.title)  # fmt: skip


def _by_month(
    reckoning: Reckoning, indicator: Indicator, data: Sequence[Datum], year: int
) -> tuple[Fraction | None, ...]:
    inside = [d for d in data if d.as_of.year == year]
    if not inside:
        return (None,) * 12
    goal = reckoning.goal(indicator)
    first, last = goal.span
    goal = goal._replace(span=type(goal.span)(first.replace(year=year), last.replace(year=year)))
    found: list[Fraction | None] = []
    for month in range(1, 13):
        upto = [d for d in inside if d.as_of.month <= month]
        here = any(d.as_of.month == month for d in inside)
        found.append(combined(goal, upto) if here else None)
    return tuple(found)
