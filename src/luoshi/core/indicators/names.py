"""Two printed names: the same indicator or not, how surely, and by what evidence.

`canonical` knows what the language calls by several names (GDP, 地区生产总值); it never guesses. `likeness` scores any
two names. What the number beside a name says (新增 6家, 增长 7%) is the kind's business, not the name's: where the kind
is known, `bare` takes its words off the name first.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from luoshi.core.indicators.folding import Parts, bag_of, fold, parts
from luoshi.core.indicators.known import Known, known
from luoshi.core.indicators.marks import Difference, differ
from luoshi.core.pattern import pattern

EXACT, FOLDED, KNOWN, PLAIN, QUOTED, ORDER = 1.0, 0.98, 0.96, 0.95, 0.85, 0.92
OWN = 0.75  # of the squared share: names that each have signs of their own
GENERIC = 0.7  # 企业, 项目, 产量: two signs that many longer names end with
_CLOSE = frozenset(
    {"新增", "新建", "总数", "以上", "国级", "省级", "市级"}
)  # what two known indicators may differ by and still be likely one promise
OTHER = 0.2  # two indicators of the table that the language keeps apart
LIKELY = 0.75  # from here on the same promise, as far as the name goes
POSSIBLE = 0.5  # from here on worth a look when number, unit and place agree

_GROWN = pattern(r"(?:同比|年均)?(?:增长速度|增长率|增速|增幅|涨幅|增长)$")
_ADDED = pattern(r"^(?:新增|净?新增加|增加)(?!值)")


class Likeness(NamedTuple):
    """`score` from 0 (strangers) to 1 (the very name); `evidence` a Chinese clause for a reader."""

    score: float
    evidence: str


SAME = Likeness(EXACT, "名称相同")
STRANGERS = Likeness(0.0, "名称没有相同的词")


@cache
def _by_fold() -> dict[str, Known]:
    """Every name and alias, folded."""
    return {fold(name): k for k in known() for name in (k.name, *k.aliases)}


@lru_cache(maxsize=8192)
def canonical(name: str, kind: str = "") -> Known | None:
    """The indicator of the language that a printed name stands for, or None. `kind` as in plan.model, where known:
    新增 6家 高新技术企业 is 新增高新技术企业, and 地区生产总值增速 that grows is 地区生产总值.

    >>> canonical("全县社消零总额").name, canonical("规模工业增加值").name
    ('社会消费品零售总额', '规模以上工业增加值')
    >>> canonical("高新技术企业").name, canonical("高新技术企业", "new").name, canonical("净增高企").name
    ('高新技术企业', '新增高新技术企业', '净增高新技术企业')
    >>> canonical("财政收入") is canonical("企业") is None
    True
    """
    table = _by_fold()
    name = bare(name, kind)
    folded = fold(name)
    if kind == "new" and (found := table.get("新增" + folded)):
        return found
    return table.get(folded)


def bare(name: str, kind: str) -> str:
    """The name without the words that its kind says already; 净增 stays, for it is not 新增.

    >>> bare("地区生产总值增速", "growth"), bare("新增高新技术企业", "new"), bare("净增高新技术企业", "new")
    ('地区生产总值', '高新技术企业', '净增高新技术企业')
    """
    rest = name
    if kind == "growth":
        rest = _GROWN.sub("", name)
    elif kind == "new":
        rest = _ADDED.sub("", name)
    return rest if len(rest) >= 2 else name


def likeness(a: str, b: str) -> Likeness:
    """How surely two printed names mean one indicator.

    1.0 the same name; 0.98 the same but for words that carry nothing; 0.96 two names of one known indicator; 0.2 two
    indicators that the language keeps apart. Otherwise the words that tell indicators apart are lifted out of both
    (core/indicators/marks.py): where they exclude each other (城镇 | 农村) the score is capped near 0.2, where only one
    name has one (新增) its factor is taken. What is left is compared sign by sign: the share of common signs when one
    is the other with more words, much less than that share when each has words the other lacks.

    >>> likeness("GDP", "地区生产总值").score, likeness("农村居民收入", "城镇居民收入").score
    (0.98, 0.2)
    >>> likeness("新增规模以上工业企业", "规模工业企业").evidence
    '其余用字相同，只有一个写了“新增”'
    """
    if a == b:
        return SAME
    one, left = _read(a)
    other, right = _read(b)
    if one.whole == other.whole and one.marks == other.marks:
        return Likeness(FOLDED, f"去掉不影响含义的字后都是“{one.whole}”")
    if left is not None and left is right:
        return Likeness(KNOWN, f"都是“{left.name}”的叫法")
    if one.pairs.isdisjoint(other.pairs):
        return STRANGERS
    gap = differ(one.marks, other.marks)
    scored = _score(one, other, gap)
    if (
        left
        and right
        and scored.score > OTHER
        and not (one.core == other.core and _CLOSE.issuperset(gap.more))
    ):
        return Likeness(OTHER, f"“{left.name}”与“{right.name}”是两项指标")
    return scored


@lru_cache(maxsize=8192)
def _read(name: str) -> tuple[Parts, Known | None]:
    return parts(name), canonical(name)


def _score(a: Parts, b: Parts, gap: Difference) -> Likeness:
    """Names that the table does not settle: the signs that are no marks, then the marks."""
    if a.core == b.core and a.core:
        alike, evidence = PLAIN, "其余用字相同"
    elif (
        (a.quoted == b.whole or b.quoted == a.whole)
        and not gap.apart
        and a.marks.get("measure") == b.marks.get("measure")
    ):
        return Likeness(QUOTED, f"都说“{min(a.whole, b.whole, key=len)}”")
    else:
        alike, evidence = _signs(a, b)
    if gap.apart:
        score = min(alike * gap.factor, gap.cap)
        return Likeness(round(score, 3), f"一个是“{gap.apart[0]}”，一个是“{gap.apart[1]}”")
    if gap.more:
        evidence = f"{evidence}，只有一个写了“{'、'.join(gap.more)}”"
    return Likeness(round(alike * gap.factor, 3), evidence)


def _signs(a: Parts, b: Parts) -> tuple[float, str]:
    """Score and evidence of two cores sign by sign; of the whole names where one is hardly more than marks."""
    bare_names = len(a.core) < 2 or len(b.core) < 2
    one, other = (a.whole, b.whole) if bare_names else (a.core, b.core)
    common = len(bag_of(one) & bag_of(other)) if bare_names else len(a.bag & b.bag)
    share = 2 * common / (len(one) + len(other))
    less, more = min(len(one), len(other)), max(len(one), len(other))
    if common == more:
        return ORDER, "用字相同，次序不同"
    if common == less:
        short, long = sorted((one, other), key=len)
        weight = (PLAIN if in_order(short, long) else 0.85) * (GENERIC if less <= 2 else 1)
        return share * weight, f"“{long}”比“{short}”多几个字"
    return OWN * share * share, f"有{common}个字相同"


def in_order(short: str, long: str) -> bool:
    """Whether all signs of `short` stand in `long` in the same order."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def likely_pairs(
    left: Sequence[str], right: Sequence[str], least: float = POSSIBLE
) -> Iterator[tuple[int, int, Likeness]]:
    """(place in left, place in right, likeness) of all pairs that score `least` or more, in order of place.

    Only names that share two neighbouring signs or a known indicator are looked at; equal names are judged once.
    """
    where: dict[str, list[int]] = {}
    places: dict[str, list[int]] = {}
    for j, name in enumerate(right):
        places.setdefault(name, []).append(j)
    names = list(places)
    for n, name in enumerate(names):
        for word in _keys(name):
            where.setdefault(word, []).append(n)
    judged: dict[str, list[tuple[int, Likeness]]] = {}
    for i, name in enumerate(left):
        if name not in judged:
            near = {names[n] for word in _keys(name) for n in where.get(word, ())}
            scored = ((other, likeness(name, other)) for other in near if _may_reach(name, other, least))
            judged[name] = sorted(
                (j, found) for other, found in scored if found.score >= least for j in places[other]
            )
        yield from ((i, j, found) for j, found in judged[name])


def _may_reach(a: str, b: str, least: float) -> bool:
    """Whether two names can score `least` at all: most that share two signs (产业基地, 示范基地) cannot."""
    one, left = _read(a)
    other, right = _read(b)
    shorter = min(len(one.core), len(other.core))
    known = left is not None and left is right
    if shorter < 2 or one.quoted or other.quoted or known or one.core == other.core:
        return True
    common = len(one.bag & other.bag)
    share = 2 * common / (len(one.core) + len(other.core))
    return share * PLAIN >= least if common == shorter else OWN * share * share >= least


@lru_cache(maxsize=8192)
def _keys(name: str) -> frozenset[str]:
    read, found = _read(name)
    shared = read.pairs | {read.whole}
    return shared | {found.name} if found else shared
