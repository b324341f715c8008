"""What one promise is that a plan states in several places: overview, annex and table say the same target."""

from typing import cast

from luoshi.core.indicators.names import canonical
from luoshi.ledger.models import Indicator, Row

PromiseKey = tuple[object, ...]


def promise_key(statement: Row) -> PromiseKey:
    """`statement` is an Indicator (managers of rows give their base). Equal for statements of one promise: one name (as the field calls it), one kind, one target in one unit.

    Two units that promise the same are still two promises: whoever compares adds the unit.
    """
    row = cast(Indicator, statement)
    known = canonical(row.name, row.kind)
    name = known.name if known else row.name
    return name, row.kind, row.op, row.value, row.value_high, row.unit, row.base, row.reference
