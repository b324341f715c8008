"""What to ask about a reported figure before it is sent: a sign, a slip of ten or of 万, a total that fell, a target far overshot.

The questions never refuse a figure: the unit may confirm it. They compare with the last figure of the same indicator, on the
same basis and in the same year, and with the target.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from luoshi.core.plan.wording import number

Basis = Literal["cumulative", "period"]

SLIPS = {10: "10", 100: "100", 1000: "1000", 10_000: "1万", 100_000_000: "1亿"}
NEAR = Decimal("0.15")  # how near to a power of ten a ratio must be to look like a slip
FAR = 2  # times the target from which on a figure is asked about
_COUNTED = ("new", "level", "share")
_UP_TO_100 = ("%", "％")


class Figure(NamedTuple):
    """A figure about to be sent, in the unit of its indicator. `last` is the one before it, None for the first of a year."""

    value: Decimal
    unit: str
    kind: str
    basis: Basis
    last: Decimal | None = None
    target: Decimal | None = None
    lower_is_better: bool = False


class Question(NamedTuple):
    """One thing to confirm: a stable code and one Chinese sentence."""

    code: str
    sentence: str


def questions(figure: Figure) -> tuple[Question, ...]:
    """Everything odd about the figure; empty when nothing is.

    >>> [q.code for q in questions(Figure(Decimal(5200), "万元", "level", "cumulative", Decimal(520), Decimal(6000)))]
    ['slip']
    >>> questions(Figure(Decimal(60), "家", "new", "cumulative", Decimal(52), Decimal(80)))
    ()
    """
    return tuple(_questions(figure))


def _questions(f: Figure) -> Iterator[Question]:
    said = f"{number(f.value)}{f.unit}"
    if f.value < 0 and f.kind in _COUNTED:
        yield Question("sign", f"填的是{said}，这项不应是负数，请核对。")
        return
    if f.kind == "share" and f.unit in _UP_TO_100 and f.value > 100:
        yield Question("over-hundred", f"填的是{said}，比例超过了100%，请核对。")
    slip = _slip(f)
    if slip:
        yield slip
    elif f.basis == "cumulative" and f.kind == "new" and f.last is not None and f.value < f.last:
        yield Question(
            "fell", f"累计数{said}比上期的{number(f.last)}{f.unit}还小，是否把当期数填成了累计数？请核对。"
        )
    elif _overshot(f):
        yield Question("overshot", f"填的是{said}，已超过目标{number(f.target)}{f.unit}的{FAR}倍，请核对。")


def _slip(f: Figure) -> Question | None:
    """A figure that is the last one with a nought or a unit too many or too few; else, for a first figure, the target so."""
    against, words = (f.last, "上期") if f.last else (f.target, "目标")
    if not against or not f.value or f.value < 0 or against < 0:
        return None
    ratio = f.value / against
    for power, said in SLIPS.items():
        if words == "目标" and power < 1000:
            continue  # a first figure may well be a tenth of its target
        if abs(ratio / power - 1) <= NEAR:
            sentence = f"填的数约是{words}{number(against)}{f.unit}的{said}倍，是否多写了零或弄错了计量单位？请核对。"
            return Question("slip", sentence)
        if words == "上期" and abs(ratio * power - 1) <= NEAR:
            sentence = f"填的数只有{words}{number(against)}{f.unit}的{said}分之一，是否少写了零或弄错了计量单位？请核对。"
            return Question("slip", sentence)
    return None


def _overshot(f: Figure) -> bool:
    return bool(f.target and f.target > 0 and not f.lower_is_better and f.value > FAR * f.target)
