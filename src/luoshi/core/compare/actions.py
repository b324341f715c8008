"""The lines of two programmes (八大行动, 七大攻坚) matched by their names and by the words of their tasks."""

from collections.abc import Sequence

from luoshi.core.compare.model import ActionPair, Duty
from luoshi.core.compare.texts import Wording, alike_pairs, pairs_of, weigh
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Action

_LEAST = 0.055
_COMMON_TAIL = pattern(r"(?:专项|提升|三年)?(?:行动|攻坚|工程|战役|计划)$")


def match_actions(
    a: Sequence[Action],
    b: Sequence[Action],
    duties: tuple[Sequence[Duty], Sequence[Duty]],
    words: tuple[Sequence[Wording], Sequence[Wording]],
) -> tuple[ActionPair, ...]:
    """Each action once, best pairs first; those without a partner stand alone."""
    left, right = (_words(x, d, w) for x, d, w in zip((a, b), duties, words, strict=True))
    found = [(alike.score, i, j) for i, j, alike in alike_pairs(left, right, weigh(left, right), 0.0)]
    same = [(1.0, i, j) for i, x in enumerate(a) for j, y in enumerate(b) if x.name == y.name]
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, i, j in sorted([*same, *found], key=lambda m: (-m[0], m[1], m[2])):
        if score >= _LEAST and i not in partner and j not in taken:
            partner[i] = j, score
            taken.add(j)
    pairs = [
        ActionPair(action, b[partner[i][0]], partner[i][1]) if i in partner else ActionPair(action, None)
        for i, action in enumerate(a)
    ]
    return (*pairs, *(ActionPair(None, action) for j, action in enumerate(b) if j not in taken))


def _words(actions: Sequence[Action], duties: Sequence[Duty], words: Sequence[Wording]) -> list[Wording]:
    """An action's words: its name and the words of its tasks."""
    found = []
    for action in actions:
        name = pairs_of(_COMMON_TAIL.sub("", action.name))
        bodies = (w.body for d, w in zip(duties, words, strict=True) if d.first.action == action.name)
        found.append(Wording(name.union(*bodies), (name,), action.name, action.name))
    return found
