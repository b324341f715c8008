"""The promises of two plans, matched one to one and judged."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luoshi.core.compare.model import SIDES, IndicatorPair, Near, Promise, Relation
from luoshi.core.compare.targets import demand, equal, judge, same_basis, same_measure
from luoshi.core.indicators.names import FOLDED, LIKELY, Likeness, bare, canonical, likely_pairs
from luoshi.core.plan.model import Indicator
from luoshi.core.source.clean import FOLD
from luoshi.core.source.text import Span

_BASIS, _MEASURE, _VALUE = 0.06, 0.04, 0.02  # what agreement beside the name adds, when several names compete
_LEAST = 0.5
_GENERIC = 3  # a name of so few signs (企业, 贷款) means one thing only where basis and unit agree too
_TELLING = 4  # signs from which a name found in running text means the indicator


class _Match(NamedTuple):
    rank: float
    i: int
    j: int
    likeness: Likeness
    said: tuple[Indicator, Indicator]
    value: bool


def compare_indicators(
    a: Sequence[Promise], b: Sequence[Promise], relation: Relation, texts: tuple[str, str] = ("", "")
) -> tuple[IndicatorPair, ...]:
    """Every promise of both plans exactly once: pairs and what is dropped in the order of `a`, then what is new.

    `texts` are the texts of the two plans: a promise alone is looked for there by name.
    """
    candidates = list(_candidates(a, b))
    chosen = _one_to_one(candidates)
    by_a = {m.i: m for m in chosen}
    taken = {m.j for m in chosen}
    folded = [text.translate(FOLD) for text in texts]
    found = []
    for i, promise in enumerate(a):
        if i in by_a:
            found.append(_pair(by_a[i], promise, b[by_a[i].j], relation))
        else:
            near = _nearest([m for m in candidates if m.i == i], 1)
            reason, mention = _absence(promise, near, SIDES[relation][1], folded[1])
            found.append(
                IndicatorPair("dropped", reason, promise, None, promise.first, near=near, mention=mention)
            )
    for j, promise in enumerate(b):
        if j not in taken:
            near = _nearest([m for m in candidates if m.j == j], 0)
            reason, mention = _absence(promise, near, SIDES[relation][0], folded[0])
            found.append(
                IndicatorPair("new", reason, None, promise, None, promise.first, near=near, mention=mention)
            )
    return tuple(found)


def _nearest(candidates: Sequence[_Match], other: int) -> Near | None:
    """The statement of the other plan that comes nearest to a promise without a partner."""
    best = max(candidates, key=lambda m: m.rank, default=None)
    return Near(best.said[other], best.likeness.score >= LIKELY) if best else None


def _absence(promise: Promise, near: Near | None, whose: str, text: str) -> tuple[str, Span | None]:
    """Why a promise stands alone, and where the other plan's text names it all the same."""
    if near and near.sure:
        return f"{whose}对这项指标另有说法：{near.said.name}{demand(near.said)}", None
    mention = _mention(promise.first, text)
    if mention:
        return f"{whose}文中提到“{text[mention.start : mention.end]}”，没有读出目标，请核对", mention
    if near:
        return f"{whose}没有同名指标，“{near.said.name}”是否同一项请核对", None
    return f"{whose}没有对应的指标", None


def _mention(i: Indicator, text: str) -> Span | None:
    """The first place where a text names an indicator by any of its names of four signs and more."""
    known = canonical(i.name, i.kind)
    names = (i.name.translate(FOLD), *((known.name, *known.aliases) if known else ()))
    places = [(at, len(name)) for name in names if len(name) >= _TELLING and (at := _find(text, name)) >= 0]
    return Span(min(places)[0], sum(min(places))) if places else None


def _find(text: str, name: str) -> int:
    """Where the name stands by itself; 出口总额 does not stand in 进出口总额."""
    at = text.find(name)
    while at > 0 and name.startswith("出口") and text[at - 1] == "进":
        at = text.find(name, at + 1)
    return at


def _pair(match: _Match, a: Promise, b: Promise, relation: Relation) -> IndicatorPair:
    verdict = judge(*match.said, relation)
    name = match.likeness
    return IndicatorPair(
        verdict.status, verdict.reason, a, b, *match.said, name.score, name.evidence, name.score < FOLDED
    )


def _one_to_one(candidates: Sequence[_Match]) -> list[_Match]:
    """Best matches first, each promise once."""
    best: dict[tuple[int, int], _Match] = {}
    for match in candidates:
        if match.likeness.score < LIKELY and not match.value:
            continue
        key = match.i, match.j
        if key not in best or _order(match) < _order(best[key]):
            best[key] = match
    chosen: list[_Match] = []
    left, right = set[int](), set[int]()
    for match in sorted(best.values(), key=lambda m: (-m.rank, m.i + m.j, m.i)):
        if match.i not in left and match.j not in right:
            chosen.append(match)
            left.add(match.i)
            right.add(match.j)
    return chosen


def _order(match: _Match) -> tuple[float, int, int]:
    """Likeliest first, then what stands earliest and closest in both texts: the same whichever plan comes first."""
    one, other = (said.span.start for said in match.said)
    return -match.rank, one + other, abs(one - other)


def _candidates(a: Sequence[Promise], b: Sequence[Promise]) -> Iterator[_Match]:
    """Pairs of statements whose names allow it, each with its rank; `value`: they promise the same number."""
    one = [(i, said) for i, promise in enumerate(a) for said in _faces(promise)]
    other = [(j, said) for j, promise in enumerate(b) for said in _faces(promise)]
    names = [[bare(said.name, said.kind) for _, said in side] for side in (one, other)]
    for x, y, likeness in likely_pairs(names[0], names[1], _LEAST):
        (i, left), (j, right) = one[x], other[y]
        basis, measure = same_basis(left, right), same_measure(left, right)
        value = basis and measure and equal(left, right)
        rank = likeness.score + _BASIS * basis + _MEASURE * measure + _VALUE * value
        generic = min(len(names[0][x]), len(names[1][y])) <= _GENERIC and not canonical(left.name)
        if (likeness.score >= LIKELY and not generic) or (basis and measure):
            yield _Match(rank, i, j, likeness, (left, right), value)


def _faces(promise: Promise) -> list[Indicator]:
    """The first statement of each wording: what overview, annex and table say alike need be looked at once."""
    faces = {(s.name, s.kind, s.op, s.value, s.value_high, s.unit): s for s in reversed(promise.statements)}
    return sorted(faces.values(), key=lambda s: s.span)
