"""An indicator while its sentence is being read."""

from dataclasses import dataclass
from decimal import Decimal

from luoshi.core.plan.model import Doubt, Kind
from luoshi.core.quantity import Op


@dataclass(frozen=True, slots=True)
class Draft:
    """As model.Indicator, with [start, end) in the sentence."""

    name: str
    kind: Kind
    op: Op
    value: Decimal | None
    unit: str | None
    start: int
    end: int
    high: Decimal | None = None
    base: Decimal | None = None
    reference: str | None = None
    doubts: tuple[Doubt, ...] = ()
