"""How far the year has gone, and how much of a target a plan expects by then.

Everything is an exact fraction: shares are subtracted unrounded and rounded last. As counties count it (序时进度), a month that is
over is n/12, the first half of month n is (n−0.5)/12, and so is any day until the month is over; other ways of counting are
data of the rules.

>>> year = Span(date(2024, 1, 1), date(2024, 12, 31))
>>> time_share(date(2024, 8, 31), year), time_share(date(2024, 8, 15), year)
(Fraction(2, 3), Fraction(5, 8))
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from luoshi.core.periods import period_on

Method = Literal["half-month", "ten-day", "days"]
CurveKind = Literal["linear", "front", "seasonal", "step", "drawn"]
CURVES: dict[CurveKind, str] = {
    "linear": "按月均匀",
    "front": "前高后低",
    "seasonal": "按季节",
    "step": "到点完成",
    "drawn": "自定进度",
}
METHODS: dict[Method, str] = {
    "half-month": "满月按n/12、月内按(n-0.5)/12",
    "ten-day": "按旬",
    "days": "月内按天数折算",
}
_HALF = Fraction(1, 2)


class Span(NamedTuple):
    """The time a target is for, both days included."""

    first: date
    last: date


def _months(day: date, method: Method) -> Fraction:
    """Months gone by at the end of `day`, counted from year 0."""
    whole, last = Fraction(day.year * 12 + day.month), period_on("月", day).end.day
    if day.day == last:
        return whole
    if method == "half-month":
        return whole - _HALF
    if method == "ten-day":
        return whole - 1 + Fraction(min(-(-day.day // 10), 3), 3)
    return whole - 1 + Fraction(day.day, last)


def time_share(day: date, span: Span, method: Method = "half-month") -> Fraction:
    """The share of the span that has gone by at the end of `day`, 0 to 1. ValueError when the span ends before it begins."""
    if span.last < span.first:
        raise ValueError("目标的起止日期颠倒了，请核对。")
    if day < span.first:
        return Fraction(0)
    if day >= span.last:
        return Fraction(1)
    start = _months(span.first - timedelta(days=1), method)
    whole = _months(span.last, method) - start
    return min((_months(day, method) - start) / whole, Fraction(1)) if whole else Fraction(1)


class Curve(NamedTuple):
    """What a plan expects when: corners (time share → planned share), rising from (0, 0) to (1, 1). Between two corners the
    line is straight, for a step it stays on the height of the corner before."""

    kind: CurveKind
    corners: tuple[tuple[Fraction, Fraction], ...]
    why: str = ""

    def at(self, share: Fraction) -> Fraction:
        """The planned share, 0 to 1, once `share` of the time has gone by."""
        if share >= self.corners[-1][0]:
            return self.corners[-1][1]
        for (x0, y0), (x1, y1) in pairwise(self.corners):
            if x0 <= share < x1:
                return y0 if self.kind == "step" else y0 + (y1 - y0) * (share - x0) / (x1 - x0)
        return Fraction(0)


_ORIGIN = (Fraction(0), Fraction(0))
_END = (Fraction(1), Fraction(1))
LINEAR = Curve("linear", (_ORIGIN, _END))


def curve(kind: CurveKind, corners: Sequence[tuple[Fraction, Fraction]], why: str = "") -> Curve:
    """A curve through these corners; ValueError with a Chinese sentence when it falls, starts late or does not arrive."""
    whole = [*corners]
    if not whole or whole[0][0] > 0:
        whole.insert(0, _ORIGIN)
    if whole[-1][0] < 1:
        whole.append(_END)
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(whole))
    if not rising or whole[0][1] < 0 or whole[-1] != _END:
        raise ValueError("计划进度应按时间先后填写，只升不降，年底（到期）为100%，请核对。")
    return Curve(kind, tuple(whole), why)


def front_loaded(quarters: Sequence[Fraction | int], why: str = "") -> Curve:
    """Percentages planned at the ends of equal parts of the span, usually the four quarters: 35, 60, 80, 100.

    >>> front_loaded([35, 60, 80, 100]).at(Fraction(1, 2))
    Fraction(3, 5)
    """
    n = len(quarters)
    corners = [(Fraction(i, n), Fraction(p) / 100) for i, p in enumerate(quarters, 1)]
    return curve("front", corners or [(Fraction(1), Fraction(0))], why)


def seasonal(weights: Sequence[Fraction | int], why: str = "") -> Curve:
    """Weights of equal parts of the span, usually twelve months as they were in past years; they need no common sum.

    >>> seasonal([1, 3]).at(Fraction(1, 2))
    Fraction(1, 4)
    """
    total = sum(weights, Fraction(0))
    if not total or min(weights) < 0:
        raise ValueError("各月权重不能为负，也不能都是0，请核对。")
    n = len(weights)
    sums = accumulate(Fraction(w) for w in weights)
    return curve("seasonal", [(Fraction(i, n), s / total) for i, s in enumerate(sums, 1)], why)


def steps(corners: Sequence[tuple[Fraction, Fraction]] = (), why: str = "") -> Curve:
    """Nothing is expected until each corner is reached; without corners all of it at the end (年底一次验收).

    >>> steps().at(Fraction(11, 12)), steps([(Fraction(1, 2), Fraction(2, 5))]).at(Fraction(2, 3))
    (Fraction(0, 1), Fraction(2, 5))
    """
    return curve("step", corners or [_END], why)


def drawn(points: Sequence[tuple[date, Fraction]], span: Span, method: Method, why: str = "") -> Curve:
    """Drawn by hand: on which day which share of the target is planned."""
    return curve("drawn", [(time_share(day, span, method), share) for day, share in points], why)
