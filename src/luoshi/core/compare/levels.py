"""Between levels: what the lower plan asks beyond the upper one (加码), and what nobody below answers (未承接)."""

from collections.abc import Sequence

from luoshi.core.compare.model import IndicatorPair, Surplus, TaskPair
from luoshi.core.compare.texts import Wording, alike_pairs, weigh

_ANSWERED = 0.15  # a task below with so much of an upper task's words answers part of it


def find_surpluses(indicators: Sequence[IndicatorPair], tasks: Sequence[TaskPair]) -> tuple[Surplus, ...]:
    """加码, the gravest kind first: targets raised, terms pulled forward, promises nobody above asked for, tasks of
    one's own. A firmer word (7%左右 -> 7%) is no 加码; neither is an upper target stated on another basis."""
    targets = (
        Surplus("target", f"目标比上级{p.reason}", indicator=p) for p in indicators if p.status == "raised"
    )
    terms = (
        Surplus("deadline", change.words, task=t)
        for t in tasks
        for change in t.changes
        if change.kind == "earlier"
    )
    own = (
        Surplus("promise", p.reason, indicator=p)
        for p in indicators
        if p.status == "new" and not (p.near and p.near.sure)
    )
    more = (Surplus("task", "上级没有相应任务", task=t) for t in tasks if t.status == "new")
    return (*targets, *terms, *own, *more)


def find_unanswered(
    indicators: Sequence[IndicatorPair],
    tasks: Sequence[TaskPair],
    below: Sequence[Wording],
    words_above: dict[int, Wording],
) -> tuple[IndicatorPair | TaskPair, ...]:
    """Upper promises and tasks without an answer below.

    A promise that the lower plan states on another basis is answered; one that it only names, or that has something
    like it below, is listed last with what was found. A task is answered already when some task
    below shares part of its words, even where another task above is its match: several may answer to one.
    `words_above` gives the wording of an upper task by the start of its span.
    """
    alone = [t for t in tasks if t.status == "dropped"]
    asked = [words_above[t.a[0].first.span.start] for t in alone]
    met = {i for i, _, _ in alike_pairs(asked, below, weigh(asked, below), _ANSWERED)}
    return (
        *sorted(
            (p for p in indicators if p.status == "dropped" and not (p.near and p.near.sure)),
            key=lambda p: p.mention is not None or p.near is not None,
        ),
        *(t for i, t in enumerate(alone) if i not in met),
    )
