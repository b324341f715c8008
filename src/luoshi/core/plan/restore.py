"""The way back from JSON (export.as_json) to a Plan: what was read once is not read again, corrections of persons count."""

from collections.abc import Mapping
from typing import Any

from luoshi.core.plan.model import (
    Action,
    Document,
    Doubt,
    Indicator,
    Mechanism,
    Owner,
    Plan,
    Quota,
    Section,
    Task,
    TaskForce,
)
from luoshi.core.source.text import SourceText, Span

Told = Mapping[str, Any]


def restore(told: Told, source: SourceText) -> Plan:
    """The plan that `as_json` told; `source` is the text that its offsets refer to. Raises KeyError where a field is missing.

    The ways are inverse: restore(as_json(plan), plan.source) == plan. `lead`, `units` and `notes` are not asked: owners and
    source say the same.
    """
    return Plan(
        source=source,
        document=_document(told["document"]),
        actions=tuple(map(_action, told["actions"])),
        tasks=tuple(map(_task, told["tasks"])),
        indicators=tuple(map(_indicator, told["indicators"])),
        task_forces=tuple(map(_task_force, told["task_forces"])),
        mechanisms=tuple(map(_mechanism, told["mechanisms"])),
        quotas=tuple(map(_quota, told["quotas"])),
        outline=tuple(Section(s["path"], s["heading"], _span(s), s["level"]) for s in told["outline"]),
    )


def _span(told: Told) -> Span:
    return Span(told["start"], told["end"])


def _doubts(told: Told) -> tuple[Doubt, ...]:
    return tuple(Doubt(d["code"], d["question"]) for d in told["doubts"])


def _document(told: Told) -> Document:
    return Document(told["title"], told["number"], told["issuer"], told["date"], told["year"], _doubts(told))


def _action(told: Told) -> Action:
    return Action(told["name"], told["quote"], _span(told), told["path"], _doubts(told))


def _owner(told: Told) -> Owner:
    return Owner(told["name"], told["role"], None if told["start"] is None else _span(told))


def _task(told: Told) -> Task:
    return Task(
        path=told["path"],
        action=told["action"],
        form=told["form"],
        heading=told["heading"],
        quote=told["quote"],
        span=_span(told),
        owners=tuple(map(_owner, told["owners"])),
        open_ended=told["open_ended"],
        leaders=tuple(told["leaders"]),
        deadline=told["deadline"],
        doubts=_doubts(told),
    )


def _indicator(told: Told) -> Indicator:
    return Indicator(
        quote=told["quote"],
        span=_span(told),
        name=told["name"],
        kind=told["kind"],
        op=told["op"],
        value=told["value"],
        unit=told["unit"],
        value_high=told["value_high"],
        base=told["base"],
        reference=told["reference"],
        path=told["path"],
        doubts=_doubts(told),
    )


def _task_force(told: Told) -> TaskForce:
    return TaskForce(
        name=told["name"],
        quote=told["quote"],
        span=_span(told),
        conveners=tuple(told["conveners"]),
        first_deputies=tuple(told["first_deputies"]),
        deputies=tuple(told["deputies"]),
        members=tuple(told["members"]),
        office=told["office"],
        doubts=_doubts(told),
    )


def _mechanism(told: Told) -> Mechanism:
    return Mechanism(
        told["actor"],
        told["activity"],
        told["every"],
        told["at_least"],
        told["quote"],
        _span(told),
        _doubts(told),
    )


def _quota(told: Told) -> Quota:
    return Quota(
        told["who"], told["what"], told["at_least"], told["per"], told["quote"], _span(told), _doubts(told)
    )
