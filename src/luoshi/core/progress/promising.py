"""From an indicator as read in a plan to the goal a light judges: what kind of number it is, where it is released, what is pending."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol, SupportsFloat

from luoshi.core.indicators.names import canonical
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Op
from luoshi.core.progress.goals import RATES, Goal, Kind, Zero
from luoshi.core.progress.pace import Span
from luoshi.core.quantity import Quantity

_CLEARED = pattern(r"清零|化解|销号|清偿|出清|消除|办结|清仓|归零")
_FLOWING = frozenset(("money", "usd", "eur", "hkd", "mass", "coal", "energy", "time", "score"))
_PER = "/"


KINDS: Mapping[str, Kind] = {
    kind: kind
    for kind in ("new", "level", "growth", "share", "decrease", "limit", "rank", "zero", "relative")
}
OPS: Mapping[str, Op] = {op: op for op in ("=", ">=", ">", "<=", "<", "~")}


class Printed(Protocol):
    """An indicator as read in a plan (core.plan.model.Indicator) or as it stands in the ledger."""

    @property
    def quote(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def op(self) -> str: ...

    @property
    def value(self) -> SupportsFloat | None: ...

    @property
    def unit(self) -> str | None: ...

    @property
    def base(self) -> SupportsFloat | None: ...

    @property
    def reference(self) -> str | None: ...


def goal_of(indicator: Printed, year: int, span: Span | None = None) -> Goal:
    """The goal of an indicator of a plan for that year, or for `span` where the text names a term.

    Without a value it is pending; 人均, 每月 and other rates per something are stocks; money, weight and days add up.

    >>> from luoshi.core.plan.model import Indicator
    >>> from luoshi.core.source.text import Span as Place
    >>> read = Indicator("新增企业6家", Place(0, 6), "企业", "new", ">=", 6, "家")
    >>> goal = goal_of(read, 2024)
    >>> goal.flow, goal.status, goal.span.last.isoformat()
    (True, 'set', '2024-12-31')
    """
    known = canonical(indicator.name, indicator.kind)
    kind = KINDS[indicator.kind]
    unit = indicator.unit or ""
    value = None if indicator.value is None else Decimal(str(indicator.value))
    pending = value is None and kind not in ("zero", "relative")
    return Goal(
        name=indicator.name,
        kind=kind,
        op=OPS[indicator.op],
        value=value,
        unit=unit,
        span=span or Span(date(year, 1, 1), date(year, 12, 31)),
        base=None if indicator.base is None else Decimal(str(indicator.base)),
        lower_is_better=bool(known and known.direction == "lower" and kind in ("level", "share")),
        flow=_flows(kind, unit, indicator.base is not None),
        status="pending" if pending else "set",
        statistic=known.name if known else "",
        zero=_zero(indicator),
        reference=indicator.reference or "",
    )


def _flows(kind: Kind, unit: str, based: bool) -> bool:
    if kind in ("new", "growth"):
        return True
    if based or _PER in unit or unit in RATES:
        return False
    return Quantity(Decimal(1), unit).dimension in _FLOWING if unit else False


def _zero(indicator: Printed) -> Zero:
    if indicator.op == ">" or "破零" in indicator.quote:
        return "break"
    return "clear" if _CLEARED.search(indicator.quote) else "never"
