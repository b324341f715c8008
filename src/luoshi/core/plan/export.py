"""Plan -> JSON in the form of gold/SCHEMA.md, plus start/end and doubts on every item; and the bundle with its source."""

from collections.abc import Sequence
from typing import Any

from luoshi.core.plan.model import Doubt, Plan, Task
from luoshi.core.source.text import SourceText, Span


def _place(span: Span, doubts: tuple[Doubt, ...]) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "doubts": [{"code": d.code, "question": d.question} for d in doubts],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "path": task.path,
        "action": task.action,
        "form": task.form,
        "heading": task.heading,
        "quote": task.quote,
        "lead": list(task.lead),
        "units": list(task.units),
        "owners": [
            {
                "name": o.name,
                "role": o.role,
                "start": o.span.start if o.span else None,
                "end": o.span.end if o.span else None,
            }
            for o in task.owners
        ],
        "open_ended": task.open_ended,
        "leaders": list(task.leaders),
        "deadline": task.deadline,
        **_place(task.span, task.doubts),
    }


def as_json(plan: Plan, defects: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The object that `luoshi read --format json` prints; `defects` are findings as core.check.export tells them."""
    document = plan.document
    return {
        "source": plan.source.name,
        "document": {
            "title": document.title,
            "number": document.number,
            "issuer": document.issuer,
            "date": document.date,
            "year": document.year,
            "doubts": [{"code": d.code, "question": d.question} for d in document.doubts],
        },
        "actions": [
            {"name": a.name, "quote": a.quote, "path": a.path, **_place(a.span, a.doubts)}
            for a in plan.actions
        ],
        "tasks": [_task(t) for t in plan.tasks],
        "indicators": [
            {
                "quote": i.quote,
                "name": i.name,
                "kind": i.kind,
                "op": i.op,
                "value": i.value,
                "unit": i.unit,
                "value_high": i.value_high,
                "base": i.base,
                "reference": i.reference,
                "path": i.path,
                **_place(i.span, i.doubts),
            }
            for i in plan.indicators
        ],
        "task_forces": [
            {
                "name": f.name,
                "conveners": list(f.conveners),
                "first_deputies": list(f.first_deputies),
                "deputies": list(f.deputies),
                "members": list(f.members),
                "office": f.office,
                "quote": f.quote,
                **_place(f.span, f.doubts),
            }
            for f in plan.task_forces
        ],
        "mechanisms": [
            {
                "actor": m.actor,
                "activity": m.activity,
                "every": m.every,
                "at_least": m.at_least,
                "quote": m.quote,
                **_place(m.span, m.doubts),
            }
            for m in plan.mechanisms
        ],
        "quotas": [
            {
                "who": q.who,
                "what": q.what,
                "at_least": q.at_least,
                "per": q.per,
                "quote": q.quote,
                **_place(q.span, q.doubts),
            }
            for q in plan.quotas
        ],
        "defects": list(defects),
        "outline": [
            {"path": s.path, "heading": s.heading, "level": s.level, "start": s.span.start, "end": s.span.end}
            for s in plan.outline
        ],
        "notes": [{"code": n.code, "message": n.message} for n in plan.source.notes],
    }


def _range(span: Span) -> list[int]:
    return [span.start, span.end]


def _source(source: SourceText) -> dict[str, Any]:
    return {
        "name": source.name,
        "format": source.format,
        "sha256": source.sha256,
        "text": source.text,
        "tables": [
            {
                "span": _range(t.span),
                "rows": t.rows,
                "cols": t.cols,
                "cells": [
                    {
                        "row": c.row,
                        "col": c.col,
                        "span": _range(c.span),
                        "rowspan": c.rowspan,
                        "colspan": c.colspan,
                    }
                    for c in t.cells
                ],
            }
            for t in source.tables
        ],
        "furniture": [_range(s) for s in source.furniture],
        "notes": [{"code": n.code, "message": n.message} for n in source.notes],
        "pages": list(source.pages),
        "parts": [{"name": p.name, "sha256": p.sha256, "span": _range(p.span)} for p in source.parts],
    }


def bundle(plan: Plan, defects: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """What `luoshi read --format bundle` prints: the text all offsets refer to, and the plan. Spans are [start, end]."""
    return {"source": _source(plan.source), "plan": as_json(plan, defects)}
