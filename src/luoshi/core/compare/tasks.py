"""The duties of two plans: who has which, who shed it, who moved its owner or its term."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from luoshi.core.compare.dates import deadline_change
from luoshi.core.compare.model import FAR, Change, Duty, Relation, TaskPair, TaskStatus
from luoshi.core.compare.owners import owner_changes, same_unit
from luoshi.core.compare.texts import Alike, Wording, alike_pairs, longest_run, weigh

SURE = 0.35  # so alike, two wordings are one task whoever has it
LIKELY = 0.25  # so alike, where line of action or owner agrees too
POSSIBLE = 0.19  # enough where both agree
ECHOED = 0.14  # enough where one of them agrees and both texts say one telling thing in the same words
_TELLING, _LONG = (
    15.0,
    40.0,
)  # weight of such a run: four rare signs (公共资源交易); more than 40 tells no more
_ACTION, _OWNER, _RUN = 0.03, 0.03, 0.002  # what each adds where several tasks compete
_ONE_LINE, _ONE_OFFICE = "行动对应", "主责单位相同"
_COPIED = 2.0  # rank of tasks printed alike, above all others
_SHORTEST = 3  # signs of a run worth showing
_PART = 0.5  # a task is a piece of another when so much of it stands there


class Side(NamedTuple):
    """The duties of one plan with their words, in order."""

    duties: Sequence[Duty]
    words: Sequence[Wording]


class _Match(NamedTuple):
    rank: float
    i: int
    j: int
    alike: Alike
    supports: tuple[str, ...]
    one_line: bool


class _Desk(NamedTuple):
    """What lies on the desk while two plans are compared: both sides, the weights of their words, which lines of
    action belong together, how the plans are related and how many years lie between them."""

    a: Side
    b: Side
    weights: dict[str, float]
    actions: Collection[tuple[str, str]]
    relation: Relation
    years: int


def compare_tasks(
    a: Side, b: Side, actions: Collection[tuple[str, str]], relation: Relation, years: int = 0
) -> tuple[TaskPair, ...]:
    """Every duty of both plans exactly once, in the order of `a`, then what is new.

    `actions` are the pairs of lines of action that were matched; `years` is how far b's year lies after a's.
    """
    desk = _Desk(a, b, weigh(a.words, b.words), actions, relation, years)
    matches = _matches(desk)
    chosen = _one_to_one(matches)
    pieces = _pieces(matches, chosen)
    by_a = {m.i: m for m in chosen}
    taken = {m.j for m in chosen} | {j for _, j in pieces}
    gone = {i for i, _ in pieces}
    found: list[TaskPair] = []
    for i, duty in enumerate(a.duties):
        if i in by_a:
            match = by_a[i]
            more_b = [j for (k, j) in pieces if k == i]
            more_a = [k for (k, j) in pieces if j == match.j and k not in by_a]
            found.append(_pair(desk, match, sorted([i, *more_a]), sorted([match.j, *more_b])))
        elif i not in gone:
            found.append(TaskPair("dropped", (duty,), ()))
    found += [TaskPair("new", (), (duty,)) for j, duty in enumerate(b.duties) if j not in taken]
    return tuple(found)


def _matches(desk: _Desk) -> list[_Match]:
    """All pairs that may be one task, best first, with what supports them beside the words."""
    a, b = desk.a, desk.b
    found = [*_word_for_word(desk)]
    copied = {(m.i, m.j) for m in found}
    for i, j, alike in alike_pairs(a.words, b.words, desk.weights, ECHOED):
        supports = _supports(a.duties[i], b.duties[j], desk.actions)
        if (not supports and alike.score < SURE) or (i, j) in copied:
            continue
        sure = alike.score >= SURE  # then no run is needed to tell
        weight = _LONG if sure else longest_run(a.words[i], b.words[j], desk.weights)[0]
        enough = LIKELY if len(supports) < 2 else POSSIBLE
        if alike.score >= enough or weight >= _TELLING:
            helped = sum(_ACTION if s == _ONE_LINE else _OWNER for s in supports)
            rank = alike.score + helped + _RUN * min(weight, _LONG)
            one_line = _ONE_LINE in supports or not (a.duties[i].first.action or b.duties[j].first.action)
            found.append(_Match(rank, i, j, alike, supports, one_line))
    return sorted(found, key=lambda m: (-m.rank, m.i + m.j, abs(m.i - m.j)))


def _word_for_word(desk: _Desk) -> Iterator[_Match]:
    """Tasks printed alike are one task, even where all their words are everybody's or none is Chinese."""
    places: dict[str, list[int]] = {}
    for j, words in enumerate(desk.b.words):
        places.setdefault(words.text, []).append(j)
    for i, words in enumerate(desk.a.words):
        for j in places.get(words.text, ()):
            supports = _supports(desk.a.duties[i], desk.b.duties[j], desk.actions)
            yield _Match(_COPIED + len(supports), i, j, Alike(1.0, 1.0, 1.0, 1.0, 1.0), supports, True)


def _supports(a: Duty, b: Duty, actions: Collection[tuple[str, str]]) -> tuple[str, ...]:
    line = (a.first.action or "", b.first.action or "") in actions
    heads = [[o.name for o in d.owners if o.role == "lead"] or [o.name for o in d.owners[:1]] for d in (a, b)]
    office = any(same_unit(x, y) for x in heads[0] for y in heads[1])
    return (*([_ONE_LINE] if line else []), *([_ONE_OFFICE] if office else []))


def _one_to_one(matches: Sequence[_Match]) -> list[_Match]:
    chosen: list[_Match] = []
    left, right = set[int](), set[int]()
    for m in matches:
        if m.i not in left and m.j not in right:
            chosen.append(m)
            left.add(m.i)
            right.add(m.j)
    return chosen


def _pieces(matches: Sequence[_Match], chosen: Sequence[_Match]) -> set[tuple[int, int]]:
    """(i, j) where duty j is a further piece of a matched duty i, or i a further piece of a matched j.

    Evident means: more than half of the piece's words stand in the other, and both lie in matched lines of action.
    """
    left, right = {m.i for m in chosen}, {m.j for m in chosen}
    found: set[tuple[int, int]] = set()
    for m in matches:
        if not m.one_line or m.alike.score < POSSIBLE:
            continue
        split = m.i in left and m.j not in right and m.alike.within >= _PART
        merged = m.j in right and m.i not in left and m.alike.around >= _PART
        if split:
            right.add(m.j)
            found.add((m.i, m.j))
        elif merged:
            left.add(m.i)
            found.add((m.i, m.j))
    return found


def _pair(desk: _Desk, m: _Match, left: Sequence[int], right: Sequence[int]) -> TaskPair:
    one = tuple(desk.a.duties[i] for i in left)
    other = tuple(desk.b.duties[j] for j in right)
    words = desk.a.words[m.i], desk.b.words[m.j]
    changes = owner_changes(one, other, desk.relation)
    moved = deadline_change(one, other, desk.relation, desk.years)
    if moved:
        changes.append(moved)
    if desk.relation not in FAR and words[0].text != words[1].text:
        changes.append(Change("reworded", f"文字有改动，相同的约占{round(m.alike.body * 100)}%"))
    run = longest_run(*words, desk.weights)[1]
    shared = [f"都提到“{run}”"] if len(run) >= _SHORTEST else []
    evidence = "、".join((*shared, *m.supports, f"文字相近度{round(m.alike.score * 100)}%"))
    return TaskPair(_status(one, other, changes), one, other, m.alike.score, evidence, tuple(changes))


def _status(a: Sequence[Duty], b: Sequence[Duty], changes: Sequence[Change]) -> TaskStatus:
    if len(b) > 1:
        return "split"
    if len(a) > 1:
        return "merged"
    return "changed" if changes else "same"
