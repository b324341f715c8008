"""An indicator while its sentence is being read."""

from decimal import Decimal
from typing import NamedTuple

from luoshi.core.plan.model import Doubt, Kind
from luoshi.core.quantity import Op


class Draft(NamedTuple):
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
