"""A plan's promises: what overview, annex and table state several times is one promise with several places."""

from collections.abc import Sequence

from luoshi.core.compare.model import Promise
from luoshi.core.compare.targets import basis, equal, same_basis, same_measure
from luoshi.core.indicators.names import KNOWN, LIKELY, bare, likely_pairs
from luoshi.core.plan.model import Indicator

_TOTALS = frozenset({"level", "new"})  # 达到7000万元 and 发放7000万元 of one thing are one promise
_GENERIC = 3  # a name of so few signs (企业, 贷款) may mean another thing in another place


def fold_promises(indicators: Sequence[Indicator]) -> tuple[Promise, ...]:
    """The promises of one plan, in the order of their first places.

    Joined are statements of one name (likeness 0.96 and more) measured alike, whatever their values: a plan that says
    15场 here and 10场 there has one promise that is torn; and statements of likely one name (0.75 and more) with the
    same value. Short names join only on the same value. A plan that says 新增6家 here and 净增6家 there is torn too.
    """
    names = [bare(i.name, i.kind) for i in indicators]
    group = list(range(len(indicators)))
    for i, j, found in likely_pairs(names, names, LIKELY):
        if i < j and _root(group, i) != _root(group, j):
            signs = min(len(names[i]), len(names[j]))
            if _one_promise(indicators[i], indicators[j], found.score, signs):
                _join(group, i, j)
    members: dict[int, list[Indicator]] = {}
    for i, indicator in enumerate(indicators):
        members.setdefault(_root(group, i), []).append(indicator)
    return tuple(Promise(tuple(found), _torn(found)) for found in members.values())


def _one_promise(a: Indicator, b: Indicator, score: float, signs: int) -> bool:
    """Whether two statements of one plan promise one thing; `signs`: length of the shorter name."""
    if not same_measure(a, b):
        return False
    known = score >= KNOWN
    if equal(a, b):
        return same_basis(a, b) or (known and _TOTALS.issuperset((a.kind, b.kind)))
    return known and signs > _GENERIC and same_basis(a, b) and a.kind == b.kind != "relative"


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _join(group: list[int], i: int, j: int) -> None:
    one, other = sorted((_root(group, i), _root(group, j)))
    group[other] = one


def _torn(statements: Sequence[Indicator]) -> bool:
    first = statements[0]
    return any(
        not equal(first, other) or (first.kind == other.kind and basis(first) != basis(other))
        for other in statements[1:]
    )
