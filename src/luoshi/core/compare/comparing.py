"""compare: the line-up of the steps from two plans to a Comparison; reads as a table of contents."""

from luoshi.core.compare.actions import match_actions
from luoshi.core.compare.duties import fold_duties
from luoshi.core.compare.guess import Guess, guess_relation
from luoshi.core.compare.indicators import compare_indicators
from luoshi.core.compare.levels import find_surpluses, find_unanswered
from luoshi.core.compare.model import Comparison, Relation
from luoshi.core.compare.promises import fold_promises
from luoshi.core.compare.tasks import Side, compare_tasks
from luoshi.core.plan.model import Plan


def compare(a: Plan, b: Plan, relation: Relation | None = None) -> Comparison:
    """Set plan `b` beside plan `a`: levels (a above b), years (a before b), versions (draft, issued), peers (two places).

    Without `relation` it is guessed from the documents. Pure: same plans, same comparison.
    """
    guess = guess_relation(a, b)
    chosen = relation or guess.relation
    promises = fold_promises(a.indicators), fold_promises(b.indicators)
    (duties_a, words_a), (duties_b, words_b) = fold_duties(a), fold_duties(b)
    actions = match_actions(a.actions, b.actions, (duties_a, duties_b), (words_a, words_b))
    lines = {(p.a.name, p.b.name) for p in actions if p.a and p.b}
    indicators = compare_indicators(*promises, chosen, (a.source.text, b.source.text))
    sides = Side(duties_a, words_a), Side(duties_b, words_b)
    tasks = compare_tasks(*sides, lines, chosen, _years_apart(a, b, chosen)) if a.tasks and b.tasks else ()
    upper = chosen == "levels"
    above = {d.first.span.start: w for d, w in zip(duties_a, words_a, strict=True)}
    return Comparison(
        a=a,
        b=b,
        relation=chosen,
        guessed=relation is None,
        basis=guess.basis,
        actions=actions,
        indicators=indicators,
        tasks=tasks,
        surpluses=find_surpluses(indicators, tasks) if upper else (),
        unanswered=find_unanswered(indicators, tasks, words_b, above) if upper else (),
        notes=_notes(a, b, guess, relation),
    )


def _years_apart(a: Plan, b: Plan, relation: Relation) -> int:
    """How many years terms may move without having moved."""
    if relation != "years" or not a.document.year or not b.document.year:
        return 0
    return b.document.year - a.document.year


def _notes(a: Plan, b: Plan, guess: Guess, relation: Relation | None) -> tuple[str, ...]:
    """What a reader must know before the tables: an order that looks wrong, a side without tasks or indicators."""
    found = [guess.warning] if guess.warning and relation in (None, guess.relation) else []
    for which, plan in (("前", a), ("后", b)):
        for what, items in (("任务", plan.tasks), ("指标", plan.indicators)):
            if not items:
                found.append(f"{which}一份“{plan.source.name}”没有读出{what}，{what}没有对照。")
    return tuple(found)
