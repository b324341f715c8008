"""How a number measures: growth, level, new, share or decrease."""

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_names import Left
from luoshi.core.plan.model import Kind
from luoshi.core.plan.patterns import words
from luoshi.core.quantity import MEASURES, dimension_of

STOCK, GROWTH, RATES = words("nouns.stock"), words("nouns.growth"), words("nouns.rates")
PASSING = pattern(r"[过超][0-9百千万亿]+元?.*(?:企业|户)$")
A_DAY = ("日处理", "日供", "日产", "日加工", "年产")  # how much at a time, not how much more
COUNTED = frozenset(unit for unit, (dimension, _) in MEASURES.items() if unit == dimension)


def _passes(name: str) -> bool:
    """过1000万元企业: a count of those that pass a mark."""
    return name.endswith(("企业", "户")) and PASSING.search(name) is not None


def kind_of(left: Left, unit: str, name: str, made: bool) -> Kind:
    """The verb next to the number decides, then the unit, then the name; `made`: a verb of making opens the clause."""
    dimension = dimension_of(unit)
    if left.down and not left.to:
        return "decrease"
    if dimension in ("time", "score", "") or (
        dimension not in ("ratio", "points", "times") and RATES.tail(name)
    ):
        return "level"
    if dimension in ("points", "times"):
        return "level" if name.endswith("倍数") else "growth"
    if dimension == "ratio":
        return "growth" if (left.up and not left.to) or GROWTH.tail(name) else "share"
    if left.up and not left.to:
        return "new" if dimension in COUNTED else "growth"
    if "新增" in name or "净增" in name:
        return "new"
    if left.produce and not left.to:
        return "level" if STOCK.tail(name) and not made else "new"
    if left.reach:
        return "new" if made and not STOCK.tail(name) and dimension in COUNTED else "level"
    if made and not name.endswith("数"):
        return "new"
    if name.startswith(A_DAY):
        return "level"
    if dimension in COUNTED and not STOCK.tail(name) and not _passes(name):
        return "new"
    return "level" if dimension not in ("length", "area") or STOCK.tail(name) else "new"
