"""Comparison -> JSON: every row with both sides' words, quotes, paths and offsets."""

from typing import Any

from luoshi.core.compare.model import (
    RELATION_LABELS,
    Comparison,
    Duty,
    IndicatorPair,
    Promise,
    Surplus,
    TaskPair,
)
from luoshi.core.compare.sheets import tally
from luoshi.core.compare.wording import (
    EXCESS_LABELS,
    STATUS_LABELS,
    TASK_LABELS,
    explain,
    owners_of,
    title_of,
)
from luoshi.core.indicators.names import canonical
from luoshi.core.plan.model import Indicator, Plan, Task


def as_json(c: Comparison) -> dict[str, Any]:
    """The object that `luoshi compare --format json` prints. surpluses and unanswered point into the two lists by
    place, so that nothing is told twice."""
    at_indicator = {id(p): n for n, p in enumerate(c.indicators)}
    at_task = {id(p): n for n, p in enumerate(c.tasks)}
    return {
        "relation": c.relation,
        "relation_label": RELATION_LABELS[c.relation],
        "guessed": c.guessed,
        "basis": c.basis,
        "notes": list(c.notes),
        "a": _plan(c.a),
        "b": _plan(c.b),
        "tally": {title: tally(c, title) for title in ("指标", "任务", "加码")},
        "actions": [
            {"a": p.a.name if p.a else None, "b": p.b.name if p.b else None, "score": p.score}
            for p in c.actions
        ],
        "indicators": [_indicator(c, p) for p in c.indicators],
        "tasks": [_task(c, p) for p in c.tasks],
        "surpluses": [_surplus(s, at_indicator, at_task) for s in c.surpluses],
        "unanswered": [
            {"indicator": at_indicator.get(id(p)), "task": at_task.get(id(p))} for p in c.unanswered
        ],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    d = plan.document
    return {
        "source": plan.source.name,
        "sha256": plan.source.sha256,
        "title": d.title,
        "number": d.number,
        "issuer": d.issuer,
        "date": d.date,
        "year": d.year,
    }


def _indicator(c: Comparison, p: IndicatorPair) -> dict[str, Any]:
    said = p.said_b or p.said_a
    known = canonical(said.name, said.kind) if said else None
    return {
        "status": p.status,
        "label": STATUS_LABELS[c.relation][p.status],
        "name": p.name,
        "canonical": known.name if known else None,
        "reason": p.reason,
        "explanation": explain(p, c.relation),
        "score": p.score,
        "evidence": p.evidence,
        "renamed": p.renamed,
        "near": {"sure": p.near.sure, **_target(p.near.said)} if p.near else None,
        "mention": {"start": p.mention.start, "end": p.mention.end} if p.mention else None,
        "a": _promise(p.a, p.said_a),
        "b": _promise(p.b, p.said_b),
    }


def _promise(promise: Promise | None, said: Indicator | None) -> dict[str, Any] | None:
    if promise is None or said is None:
        return None
    return {**_target(said), "torn": promise.torn, "places": [_target(i) for i in promise.statements]}


def _target(i: Indicator) -> dict[str, Any]:
    return {
        "name": i.name,
        "kind": i.kind,
        "op": i.op,
        "value": i.value,
        "value_high": i.value_high,
        "unit": i.unit,
        "base": i.base,
        "reference": i.reference,
        **_place(i),
    }


def _place(item: Indicator | Task) -> dict[str, Any]:
    return {"path": item.path, "quote": item.quote, "start": item.span.start, "end": item.span.end}


def _task(c: Comparison, p: TaskPair) -> dict[str, Any]:
    return {
        "status": p.status,
        "label": TASK_LABELS[c.relation][p.status],
        "score": p.score,
        "evidence": p.evidence,
        "changes": [{"kind": x.kind, "words": x.words, "items": list(x.items)} for x in p.changes],
        "a": [_duty(d) for d in p.a],
        "b": [_duty(d) for d in p.b],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "title": title_of(duty),
        "action": duty.first.action,
        "owners": [{"name": o.name, "role": o.role} for o in duty.owners],
        "owner_words": owners_of([duty]),
        "deadline": duty.deadline,
        "places": [{"form": t.form, **_place(t)} for t in duty.statements],
    }


def _surplus(s: Surplus, at_indicator: dict[int, int], at_task: dict[int, int]) -> dict[str, Any]:
    return {
        "kind": s.kind,
        "label": EXCESS_LABELS[s.kind],
        "words": s.words,
        "indicator": at_indicator.get(id(s.indicator)) if s.indicator else None,
        "task": at_task.get(id(s.task)) if s.task else None,
    }
