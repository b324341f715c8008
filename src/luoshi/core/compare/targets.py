"""Two targets for the same indicator: same, raised, lowered, or not to be compared.

Raised means asking more, whichever way the number runs: 失业率 5.5%以内 -> 5%以内 is raised. When the number stays and
only the word beside it moves (6% -> 6%以上, 7%左右 -> 7%) the promise is `firmer`, the other way `softer`: neither
counts as 加码, both are shown.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from luoshi.core.compare.model import FAR, SIDES, Relation, Verdict
from luoshi.core.indicators.folding import fold
from luoshi.core.indicators.names import canonical
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Indicator
from luoshi.core.plan.wording import number, target_words
from luoshi.core.quantity import MEASURES, Quantity

COUNTED = frozenset(unit for unit, (dimension, _) in MEASURES.items() if unit == dimension)
# Words that count the same things: 规模工业企业 12家 and 10户. 个 counts whatever is no person.
_COUNTS = (
    frozenset("家户个"),
    frozenset("人名位"),
    frozenset("个项件"),
    frozenset("座处个所"),
    frozenset("台部辆"),
)
_LOWER = pattern(
    r"失业|事故|死亡|亡人|浓度|能耗|排放|发案|[费利]率|污染|成本|费用|拖欠|负债|债务率|不良|时限|物价|消费价格|返贫|漏损"
)
_EACH = pattern(r"人均|户均|亩均|地均|平均|每[万千百]?[人户亩]|千人口|万人口|单位|标准|占")
_FLOW = pattern(
    r"[量额]$|面积|里程|人次|就业|出栏|培训|签约|上云|上平台|贷款|改造|保障性租赁住房|高标准农田|个转企"
)
_BASIS = {
    "growth": "增长幅度", "level": "总量或水平", "new": "新增数量", "share": "比率", "decrease": "下降幅度", "rank": "位次",
    "zero": "清零或破零", "relative": "与另一指标之比",
}  # fmt: skip
_FIRM = {"~": 0, "=": 1, ">=": 2, "<=": 2, ">": 3, "<": 3}
Way = Literal["up", "down"]
_BOUND: dict[str, Way] = {">=": "up", ">": "up", "<=": "down", "<": "down"}


def same_measure(a: Indicator, b: Indicator) -> bool:
    """Whether two units measure alike: one dimension, or counting words that stand for each other."""
    return _alike(a.unit or "", b.unit or "")


@lru_cache(maxsize=4096)
def _alike(a: str, b: str) -> bool:
    one, other = Quantity(Decimal(0), a).dimension, Quantity(Decimal(0), b).dimension
    if one == other:
        return True
    return one in COUNTED and other in COUNTED and any(one in group and other in group for group in _COUNTS)


def basis(i: Indicator) -> str:
    """What the number measures, in a reader's words; 净增 (less those that fell out) is not 新增."""
    if i.kind == "new" and ("净增" in i.name or f"净增{i.name}" in i.quote):
        return "净增数量"
    return _BASIS[i.kind]


def same_basis(a: Indicator, b: Indicator) -> bool:
    """Whether two targets can be set against each other: growth never against level; 新增 against 总量 only for what
    is counted over the year anyway (产量, 就业, 成交额)."""
    if a.kind == b.kind:
        return basis(a) == basis(b)
    kinds = {a.kind, b.kind}
    if kinds == {"level", "share"}:
        return True
    if kinds == {"level", "new"}:
        return _FLOW.search(_name(a)) is not None and _FLOW.search(_name(b)) is not None
    return kinds == {"zero", "level"} and all(i.value in (0, None) for i in (a, b))


def _name(i: Indicator) -> str:
    known = canonical(i.name, i.kind)
    return known.name if known else i.name


def equal(a: Indicator, b: Indicator) -> bool:
    """Whether two statements promise the same number: value, upper end and reference; not the word beside it."""
    if not same_measure(a, b) or (a.value is None) != (b.value is None):
        return False
    if a.kind == "relative" or b.kind == "relative":
        return fold(a.reference or "") == fold(b.reference or "") and a.value == b.value
    return _range(a) == _range(b)


def _range(i: Indicator) -> tuple[Decimal, Decimal]:
    """Value and upper end in the dimension's first unit; without an upper end the value twice."""
    return _in_base(i.value or 0.0, i.value_high, i.unit or "")


@lru_cache(maxsize=4096)
def _in_base(value: float, high: float | None, unit: str) -> tuple[Decimal, Decimal]:
    low = Quantity(Decimal(str(value)), unit).in_base
    return low, low if high is None else Quantity(Decimal(str(high)), unit).in_base


def extensive(i: Indicator) -> bool:
    """Whether the number grows with the size of the place (55万户, 330万吨) and so says nothing between two places."""
    if i.kind not in ("new", "level") or "/" in (i.unit or "") or _EACH.search(i.name):
        return False
    dimension = Quantity(Decimal(0), i.unit or "").dimension
    return dimension not in ("time", "ratio", "points", "score", "concentration", "times", "")


def way_of(a: Indicator, b: Indicator) -> Way | None:
    """Which way more is asked: up or down with the number; None where one states a floor and the other a ceiling."""
    printed: set[Way] = {_BOUND[i.op] for i in (a, b) if i.op in _BOUND}
    if len(printed) == 2:
        return None
    if printed:
        return printed.pop()
    if "rank" in (a.kind, b.kind):
        return "down"
    return "down" if any(map(_better_low, (a, b))) else "up"


def _better_low(i: Indicator) -> bool:
    if i.kind not in ("level", "share", "new", "zero"):
        return False
    known = canonical(i.name, i.kind)
    return known.direction in ("lower", "zero") if known else _LOWER.search(i.name) is not None


def judge(a: Indicator, b: Indicator, relation: Relation) -> Verdict:
    """How target `b` stands to target `a` of the same indicator."""
    one, other = SIDES[relation]
    if not same_basis(a, b):
        return Verdict("rebased", f"{one}说的是{basis(a)}，{other}说的是{basis(b)}，不能直接相比")
    if not same_measure(a, b):
        return Verdict("rebased", f"计量单位不同（{a.unit or '无'}、{b.unit or '无'}），不能直接相比")
    if "relative" in (a.kind, b.kind):
        return _relative(a, b)
    if a.value is None or b.value is None:
        if a.value == b.value:
            return Verdict("same", "目标相同")
        return Verdict("unclear", f"{one if a.value is None else other}没有给出数值")
    if relation in FAR and extensive(a) and extensive(b):
        return _portion(a, b, relation)
    return _numbers(a, b)


def demand(i: Indicator | None) -> str:
    """The target in words; "" for none. 净增 is said, 破零 is no 清零.

    >>> demand(None)
    ''
    """
    if i is None:
        return ""
    if i.kind == "zero" and i.value in (0, None):
        return "破零" if i.op in (">", ">=") else "清零"
    words = target_words(i.kind, i.op, i.value, i.unit, i.value_high, i.base, i.reference, i.name)
    return "净增" + words.removeprefix("新增") if basis(i) == "净增数量" else words


def _relative(a: Indicator, b: Indicator) -> Verdict:
    """高于经济增速 against 与经济增长同步: the same yardstick is needed."""
    if _yardstick(a) != _yardstick(b):
        return Verdict(
            "rebased", f"参照不同（{a.reference or '未写'}、{b.reference or '未写'}），不能直接相比"
        )
    return _words(a, b)


def _yardstick(i: Indicator) -> str:
    return fold(i.reference or "").removesuffix("增速").removesuffix("增长")


def _portion(a: Indicator, b: Indicator, relation: Relation) -> Verdict:
    """Totals of two places: the lower one's part of the upper one's, or just both."""
    one, other = SIDES[relation]
    if not a.value:
        return Verdict("portion", "总量指标，两地规模不同，不比高低")
    part = _range(b)[0] / _range(a)[0]
    share = number(round(float(part * 100), 1))
    if relation == "peers":
        return Verdict("portion", f"总量指标，{other}是{one}的{share}%；两地规模不同，不比高低")
    if part > 1:
        return Verdict("portion", f"{other}的数比{one}全部还多（{share}%），请核对口径")
    return Verdict("portion", f"总量指标，{other}占{one}的{share}%")


def _numbers(a: Indicator, b: Indicator) -> Verdict:
    one, other = _range(a), _range(b)
    if one == other:
        return _words(a, b)
    way = way_of(a, b)
    if way is None:
        return Verdict("rebased", "一份写的是下限，一份写的是上限，不能直接相比")
    up = other > one
    gap = Decimal(str(b.value)) - Decimal(str(a.value)) if a.unit == b.unit else None
    unit = "个百分点" if a.unit == "%" else a.unit or ""
    words = f"{'高' if up else '低'}了{number(abs(gap))}{unit}" if gap else f"数值变{'大' if up else '小'}"
    turned = "" if way == "up" else "（此项越低越好）"
    return Verdict("raised" if up == (way == "up") else "lowered", words + turned)


def _words(a: Indicator, b: Indicator) -> Verdict:
    """Equal numbers: the word beside them decides."""
    one, other = _FIRM[a.op], _FIRM[b.op]
    if one == other:
        return Verdict("same", "目标相同")
    if other > one:
        return Verdict("firmer", "数值未变，措辞更硬")
    return Verdict("softer", "数值未变，措辞更松")
