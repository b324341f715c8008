"""How alike the wordings of two tasks are: shared pairs of signs, the rare ones weighing more.

No dictionary of words is needed: 隐性, 性债, 债务 together are as telling as 隐性债务. A pair that stands in every
seventh task of both plans (建设, 推进) tells nothing and is left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum, log
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.model import Plan, Task
from luoshi.core.source.clean import FOLD

_NOT_HAN = pattern(rf"(?:(?!{HAN})[\s\S])+")
_BLANK = pattern(r"\s+")
_CLAUSE = pattern(r"[。;；:：\n]")
_HEAD = pattern(r"^[\s\d(（一二三四五六七八九十)）、.．—]+")
_LEVEL = pattern(r"[省市县区](?=[一-鿿]{1,8}?[局委办厅院部会处])")
_TITLE = 24  # signs of a first clause that can be a title
_COMMON = 0.15  # share of all tasks from which a pair of signs is everybody's
_FEW = 8  # with fewer tasks nothing is everybody's
_LITTLE = 0.3  # what a pair that is everybody's weighs in a title
_ECHO = 0.06  # like titles count only where the texts share at least this much

Pairs = frozenset[str]


class Wording(NamedTuple):
    """A task's words.

    body    its text without owners, as pairs of signs
    titles  what may be its title: the heading, the first clause
    runs    its text as runs of Chinese signs with blanks between
    text    its text as printed, without number and blanks
    """

    body: Pairs
    titles: tuple[Pairs, ...]
    runs: str
    text: str


class Alike(NamedTuple):
    """`score` from 0 to 1; `body` the weighted share of common pairs; `within` how much of the second text is in the
    first, and `around` how much of the first is in the second; `titled` how alike the titles are."""

    score: float
    body: float
    within: float
    around: float
    titled: float


def read_wording(plan: Plan, task: Task) -> Wording:
    """The words of a task: its text up to the owners, with the heading of its table row."""
    start, end = task.span
    owners = [o.span.start for o in task.owners if o.span and o.span.start > start + 10]
    printed = plan.source.text[start : min(owners, default=end)]
    first = _CLAUSE.split(_HEAD.sub("", printed), 1)[0]
    titles = dict.fromkeys(t for t in (task.heading or "", first) if 0 < len(t) <= _TITLE)
    text = _BLANK.sub("", _HEAD.sub("", printed))
    whole = text if (task.heading or "") in text else f"{task.heading};{text}"
    runs = _runs(whole)
    return Wording(pairs_of(runs), tuple(pairs_of(_runs(t)) for t in titles), runs, text.translate(FOLD))


def _runs(text: str) -> str:
    """Chinese signs only, a blank where others stood; the level before an office taken off (县发改局 -> 发改局)."""
    return _LEVEL.sub("", _NOT_HAN.sub(" ", text))


def pairs_of(text: str) -> Pairs:
    """Neighbouring signs of a text.

    >>> sorted(pairs_of("化解债务"))
    ['债务', '化解', '解债']
    """
    return frozenset(a + b for a, b in pairwise(text) if a != " " != b)


def weigh(*sides: Sequence[Wording]) -> dict[str, float]:
    """Weight of each pair of signs over all tasks given; those that are everybody's have none."""
    often = Counter(pair for side in sides for wording in side for pair in wording.body)
    count = sum(map(len, sides))
    limit = max(count * _COMMON, _FEW)
    return {pair: log(1 + count / n) for pair, n in often.items() if n <= limit}


def alike_pairs(
    left: Sequence[Wording], right: Sequence[Wording], weights: dict[str, float], least: float
) -> Iterator[tuple[int, int, Alike]]:
    """(place in left, place in right, how alike) of all pairs of tasks that score `least` or more."""
    where: dict[str, list[int]] = {}
    for j, wording in enumerate(right):
        for pair in wording.body & weights.keys():
            where.setdefault(pair, []).append(j)
    totals = [_weight(w.body, weights) for w in right]
    for i, wording in enumerate(left):
        own = _weight(wording.body, weights)
        shared = _shared(wording, where, weights)
        for j in sorted(shared):
            if 2 * shared[j] >= min(_ECHO, least) * (own + totals[j]):
                found = _alike(wording, right[j], (shared[j], own, totals[j]), weights)
                if found.score >= least:
                    yield i, j, found


def _shared(a: Wording, where: dict[str, list[int]], weights: dict[str, float]) -> dict[int, float]:
    """Place of each text that has pairs in common with `a` -> their weight. Sorted, so that sums come out alike."""
    shared: dict[int, float] = {}
    for pair in sorted(a.body & where.keys()):
        weight = weights[pair]
        for j in where[pair]:
            shared[j] = shared.get(j, 0.0) + weight
    return shared


def _alike(a: Wording, b: Wording, sums: tuple[float, float, float], weights: dict[str, float]) -> Alike:
    common, one, other = sums
    body = 2 * common / (one + other)
    titled = max((_share(x, y, weights) for x in a.titles for y in b.titles), default=0.0)
    score = max(body, (body + titled) / 2) if body >= _ECHO else body
    return Alike(round(score, 3), body, common / other, common / one, titled)


def _weight(pairs: Pairs, weights: dict[str, float]) -> float:
    return fsum(weights[p] for p in pairs if p in weights)


def _share(a: Pairs, b: Pairs, weights: dict[str, float]) -> float:
    """The weighted share of common pairs of two titles; a pair that is everybody's counts a little here."""
    both, one, other = (fsum(weights.get(p, _LITTLE) for p in pairs) for pairs in (a & b, a, b))
    return 2 * both / (one + other or 1.0)


def longest_run(a: Wording, b: Wording, weights: dict[str, float]) -> tuple[float, str]:
    """(weight, words) of the weightiest run of signs that both texts have: “康复救助残疾儿童”.

    Every part of a common run is common, so the end of the window never goes back.
    """
    best, words = 0.0, ""
    for run in a.runs.split():
        end = 0
        for start in range(len(run) - 1):
            grown = max(end, start + 2)
            while grown <= len(run) and run[start:grown] in b.runs:
                grown += 1
            if grown - 1 > end and grown - 1 - start >= 2:
                end = grown - 1
                weight = fsum(weights.get(x + y, 0.0) for x, y in pairwise(run[start:end]))
                if weight > best:
                    best, words = weight, run[start:end]
    return best, words
