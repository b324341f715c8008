"""A promise as lights see it, and the figures measured against it, whatever the units they were written in."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from luoshi.core.plan.model import Op
from luoshi.core.progress.pace import Curve, Span
from luoshi.core.quantity import Quantity

Kind = Literal["new", "level", "growth", "share", "decrease", "limit", "rank", "zero", "relative"]
Status = Literal["set", "pending", "cancelled"]
Cumulation = Literal["sum", "to-date", "latest"]
Zero = Literal["never", "clear", "break"]
Source = Literal["统计", "部门", "自报"]
CUMULATIONS: dict[Cumulation, str] = {"sum": "各期相加", "to-date": "取最新累计数", "latest": "取最新一期"}
AT_MOST: frozenset[Op] = frozenset(("<=", "<"))
RATES = ("%", "％", "个百分点", "百分点")


class Goal(NamedTuple):
    """What is promised for a span of time.

    value      in `unit`; None while it is still to be handed down (待下达), for 不发生 and for relative goals without a number
    base       where the count starts: 从80到90 is judged by the way covered between them
    curve      None: linear for what adds up over the year, none for rates and limits (they are compared as they are)
    flow       adds up over the span (产值, 新增); a stock (企业总数, 浓度) is judged by the way from its base, or is only met or not
    statistic  the name under which the statistics office releases it; "" when a department counts it
    zero       of a zero goal: never happens | is cleared | is broken (破零)
    """

    name: str
    kind: Kind
    op: Op
    value: Decimal | None
    unit: str
    span: Span
    base: Decimal | None = None
    lower_is_better: bool = False
    curve: Curve | None = None
    flow: bool = True
    status: Status = "set"
    statistic: str = ""
    cumulation: Cumulation = "to-date"
    zero: Zero = "never"
    reference: str = ""

    @property
    def reversed(self) -> bool:
        """Whether less is better."""
        return self.lower_is_better or self.kind in ("limit", "rank") or self.op in AT_MOST

    @property
    def is_rate(self) -> bool:
        """Whether it is compared in percentage points and never prorated."""
        return self.unit in RATES or self.kind == "relative"


class Datum(NamedTuple):
    """One figure: of the period from `first` (None: of the whole span so far) to `as_of`, known since `known`.

    A later `known` for the same period is a revision; the older one stays, so that a past day recomputes to the same light.
    `reference` is the figure it is compared with, for relative goals (同期经济增速)."""

    value: Decimal
    unit: str
    as_of: date
    known: date
    source: Source = "自报"
    first: date | None = None
    reference: Decimal | None = None


def converted(value: Decimal, unit: str, wanted: str) -> Fraction:
    """`value` of `unit` in `wanted`, exactly. ValueError with one sentence when the two do not measure the same.

    >>> converted(Decimal("11000"), "万元", "亿元")
    Fraction(11, 10)
    """
    if unit == wanted:
        return Fraction(value)
    one, other = Quantity(value, unit), Quantity(Decimal(1), wanted)
    if not one.dimension or one.dimension != other.dimension:
        raise ValueError(
            f"填报的计量单位是“{unit}”，目标的计量单位是“{wanted}”，不能换算，请改成同一种单位。"
        )
    return Fraction(one.in_base) / Fraction(other.in_base)


def at_hand(data: Sequence[Datum], day: date) -> tuple[Datum, ...]:
    """What was known on `day`, the last revision of each period, in order of period."""
    newest: dict[tuple[date | None, date], Datum] = {}
    for datum in sorted(data, key=lambda d: (d.known, d.value)):
        if datum.known <= day and datum.as_of <= day:
            newest[datum.first, datum.as_of] = datum
    return tuple(sorted(newest.values(), key=lambda d: (d.as_of, d.first or d.as_of)))


def combined(goal: Goal, data: Sequence[Datum]) -> Fraction | None:
    """The figures as one number in the unit of the goal; None without figures. A period without a figure is not a zero: with
    `sum`, what is missing is missing (the light says so)."""
    within = [d for d in data if goal.span.first <= d.as_of]
    if not within:
        return None
    if goal.cumulation == "sum":
        return sum((_in_unit(goal, d) for d in within), Fraction(0))
    return _in_unit(goal, within[-1])


def _in_unit(goal: Goal, datum: Datum) -> Fraction:
    """Places, occurrences and comparisons have whatever unit they were reported in."""
    free = not goal.unit or goal.kind in ("rank", "relative")
    return Fraction(datum.value) if free else converted(datum.value, datum.unit, goal.unit)
