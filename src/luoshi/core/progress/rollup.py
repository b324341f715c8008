"""Many lights as one: counts, a weighted completion and a colour by the stated rule.

Cancelled, pending, not yet due and unreported items leave the denominator, and their weight goes to the others in proportion: a
missing figure is never a zero. The order of the items does not matter.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.progress.lights import Input, Light, Receipt
from luoshi.core.progress.rounding import percent
from luoshi.core.progress.rules import LEVELS, Level, Look, Rules

_RED = frozenset[Level](("bad", "late"))
_YELLOW = frozenset[Level](("behind", "near"))


class Item(NamedTuple):
    """One light in a roll-up. A `key` item that is red makes the whole red."""

    name: str
    light: Light
    weight: Fraction = Fraction(1)
    key: bool = False


class Total(NamedTuple):
    """`counts` of every level, in order; `completion` is the weighted mean of what is counted (each at most 100 %), None where
    nothing has a completion; `shares` the weight each counted item has after redistribution, by name."""

    level: Level
    look: Look
    counts: dict[Level, int]
    completion: Fraction | None
    shares: dict[str, Fraction]
    receipt: Receipt

    @property
    def counted(self) -> int:
        """How many items the total is of."""
        return len(self.shares)


def roll_up(items: Sequence[Item], day: date, rules: Rules) -> Total:
    """One total. ValueError for a negative weight or two items of one name.

    Red when red items carry the rule's share of the weight or a key item is red; yellow when anything is red or yellow items
    carry the rule's share; done when all are; grey when nothing is counted.
    """
    ordered = sorted(items, key=lambda i: i.name)
    if any(a.name == b.name for a, b in pairwise(ordered)):
        raise ValueError("汇总的项目有重名，不能分清各自的权重，请核对。")
    if any(i.weight < 0 for i in ordered):
        raise ValueError("权重不能为负，请核对。")
    counted = [i for i in ordered if i.light.counted and i.weight]
    whole = sum((i.weight for i in counted), Fraction(0))
    shares = {i.name: i.weight / whole for i in counted}
    level = _level(counted, shares, rules)
    completion = _completion(counted, shares)
    counts = {level_: sum(i.light.level == level_ for i in ordered) for level_ in LEVELS}
    inputs = tuple(
        Input(i.name, i.light.look.word, f"权重{percent(shares[i.name], rules.digits)}") for i in counted
    )
    left = [i for i in ordered if i.name not in shares]
    notes = tuple(f"{i.name}：{i.light.look.word}，不计入，权重按比例分给其余项。" for i in left)
    formula = rules.rollup.words + "。"
    if completion is not None:
        formula += f"加权完成率（每项最多按100%）= {percent(completion, rules.digits)}。"
    receipt = Receipt(formula, inputs, rules.version, rules.basis, None, day, notes)
    return Total(level, rules.looks[level], counts, completion, shares, receipt)


def _level(counted: Sequence[Item], shares: dict[str, Fraction], rules: Rules) -> Level:
    if not counted:
        return "waiting"
    red = sum((shares[i.name] for i in counted if i.light.level in _RED), Fraction(0)) * 100
    yellow = sum((shares[i.name] for i in counted if i.light.level in _YELLOW), Fraction(0)) * 100
    if red and (red >= rules.rollup.red or any(i.key and i.light.level in _RED for i in counted)):
        return "bad"
    if red or (yellow and yellow >= rules.rollup.yellow):
        return "behind"
    return "done" if all(i.light.level == "done" for i in counted) else "ok"


def _completion(counted: Sequence[Item], shares: dict[str, Fraction]) -> Fraction | None:
    """The weighted mean over the items that have a completion; a finished task counts as whole."""
    having = [
        (shares[i.name], Fraction(1) if i.light.level == "done" else i.light.completion) for i in counted
    ]
    known = [(w, c) for w, c in having if c is not None]
    whole = sum((w for w, _ in known), Fraction(0))
    if not whole:
        return None
    return sum((w * min(max(c, Fraction(0)), Fraction(1)) for w, c in known), Fraction(0)) / whole
