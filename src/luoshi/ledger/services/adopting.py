"""Writing the ledger. `adopt_plan` is the only place where what was read becomes rows."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from luoshi.core.listing import classify
from luoshi.ledger.deadlines import last_day
from luoshi.ledger.found import index_plan
from luoshi.ledger.models import (
    Action,
    Assignment,
    Indicator,
    Mechanism,
    Plan,
    Quota,
    Seat,
    SourceText,
    Task,
    TaskForce,
    TaskLeader,
)

AnyModel = TypeVar("AnyModel", bound=models.Model)
SEATS = {
    "conveners": Seat.Role.CONVENER,
    "first_deputies": Seat.Role.FIRST_DEPUTY,
    "deputies": Seat.Role.DEPUTY,
    "members": Seat.Role.MEMBER,
}
NUMBERED = {Indicator.Kind.ZERO, Indicator.Kind.RELATIVE}
"""Kinds of indicator whose target needs no number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One confirmed item: `data` as in core.plan.export, place in the source, questions left open."""

    kind: str
    data: Mapping[str, Any]
    start: int
    end: int
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What `adopt_plan` needs while it writes: the plan, its text, and units by printed name."""

    plan: Plan
    source: SourceText
    units: Mapping[str, int]

    def row(self, entry: Entry, order: int) -> dict[str, Any]:
        """The columns every row has."""
        return {
            "plan": self.plan,
            "order": order,
            "path": entry.data.get("path") or "",
            "quote": entry.data.get("quote") or "",
            "start": entry.start,
            "end": entry.end,
            "questions": "\n".join(entry.questions),
        }


def adopt_plan(plan: Plan, entries: Iterable[Entry], units: Mapping[str, int]) -> None:
    """Write all rows of a plan, in the order of its text. `units` maps every printed owner to a unit's id.

    Call it inside the transaction that adopts the plan; KeyError for an owner without a unit undoes it all.
    """
    book = Book(plan, plan.source, units)
    kinds: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.start, e.end)):
        kinds.setdefault(entry.kind, []).append(entry)
    actions = _enter_actions(book, kinds.get("action", []))
    tasks = _enter_tasks(book, kinds.get("task", []), actions)
    _enter_indicators(book, kinds.get("indicator", []), tasks, actions)
    _enter_task_forces(book, kinds.get("task_force", []))
    _write(
        Mechanism(
            actor=e.data["actor"] or "", activity=e.data["activity"], every=e.data["every"] or "",
            at_least=bool(e.data["at_least"]), **book.row(e, n),
        )
        for n, e in enumerate(kinds.get("mechanism", []), 1)
    )  # fmt: skip
    _write(
        Quota(
            who=e.data["who"] or "", what=e.data["what"], at_least=_decimal(e.data["at_least"]),
            per=e.data["per"] or "", **book.row(e, n),
        )
        for n, e in enumerate(kinds.get("quota", []), 1)
    )  # fmt: skip
    index_plan(plan)


def _write(rows: Iterable[AnyModel]) -> list[AnyModel]:
    """Insert rows of one table. Words longer than their column are cut: the quote, which has no limit, holds them all."""
    ready = list(rows)
    for row in ready:
        for column in row._meta.concrete_fields:
            if isinstance(column, models.CharField) and column.max_length:
                setattr(row, column.attname, getattr(row, column.attname)[: column.max_length])
    return type(ready[0])._default_manager.bulk_create(ready) if ready else []


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _enter_actions(book: Book, entries: Sequence[Entry]) -> list[Action]:
    return _write(Action(name=e.data["name"], **book.row(e, n)) for n, e in enumerate(entries, 1))


def _enter_tasks(book: Book, entries: Sequence[Entry], actions: Sequence[Action]) -> list[Task]:
    by_name = {action.name: action for action in reversed(actions)}
    tasks = _write(_task(book, e, n, by_name) for n, e in enumerate(entries, 1))
    pairs = list(zip(tasks, entries, strict=True))
    _write(a for task, e in pairs for a in _assignments(task, e, book.units))
    _write(
        TaskLeader(task=task, name=name, order=n)
        for task, e in pairs
        for n, name in enumerate(e.data["leaders"], 1)
    )
    return tasks


def _task(book: Book, e: Entry, n: int, actions: Mapping[str, Action]) -> Task:
    text, heading = content(book.source, e), e.data["heading"] or ""
    return Task(
        action=actions.get(e.data["action"]),
        form=e.data["form"],
        heading=heading,
        text=text,
        deadline=e.data["deadline"] or "",
        deadline_day=last_day(e.data["deadline"]),
        open_ended=bool(e.data["open_ended"]),
        list_kind=classify(heading, text).kind,
        **book.row(e, n),
    )


def content(source: SourceText, entry: Entry) -> str:
    """The words of a task: for a row of a table, its cell that begins with the quote; else the whole place."""
    start, end = entry.start, entry.end
    if entry.data["form"] == "table":
        at = source.text.find(entry.data["quote"] or "\0", start, end)
        cells = (cell for grid in source.grids for row in grid["rows"] for cell in row["cells"])
        start, end = next(((a, b) for a, b in cells if a <= at < b <= end), (start, end))
    return "\n".join(line for raw in source.text[start:end].splitlines() if (line := raw.strip()))


def _assignments(task: Task, entry: Entry, units: Mapping[str, int]) -> list[Assignment]:
    """One share per unit; who is named first (a lead unit before others) answers for the task."""
    owners = sorted(entry.data["owners"], key=lambda o: o["role"] != "lead")
    found: dict[int, Assignment] = {}
    for order, owner in enumerate(owners, 1):
        role = Assignment.Role.LEAD if owner["role"] == "lead" else Assignment.Role.SUPPORT
        unit = units[owner["name"]]
        share = Assignment(task=task, unit_id=unit, role=role, printed=owner["name"], order=order)
        share.accountable = not found
        found.setdefault(unit, share)
    return list(found.values())


def _enter_indicators(
    book: Book, entries: Sequence[Entry], tasks: Sequence[Task], actions: Sequence[Action]
) -> None:
    tasks = sorted(tasks, key=lambda t: t.start)
    starts = [task.start for task in tasks]
    reach = _reach(book.source, actions)
    rows = []
    for n, e in enumerate(entries, 1):
        i = bisect_right(starts, e.start) - 1
        task = tasks[i] if i >= 0 and e.start < tasks[i].end else None
        within = [action for start, end, action in reach if start <= e.start < end]
        rows.append(
            Indicator(
                task=task,
                action=task.action if task and task.action else (within[-1] if within else None),
                name=e.data["name"],
                kind=e.data["kind"],
                op=e.data["op"],
                value=_decimal(e.data["value"]),
                unit=e.data["unit"] or "",
                value_high=_decimal(e.data["value_high"]),
                base=_decimal(e.data["base"]),
                reference=e.data["reference"] or "",
                target=Indicator.Target.PENDING
                if e.data["value"] is None and e.data["kind"] not in NUMBERED
                else Indicator.Target.SET,
                **book.row(e, n),
            )
        )
    _write(rows)


def _reach(source: SourceText, actions: Sequence[Action]) -> list[tuple[int, int, Action]]:
    """How far each action reaches: the innermost section of the outline its heading opens."""
    found = []
    for action in actions:
        sections = [s for s in source.outline if s["start"] <= action.start < s["end"]]
        if sections:
            found.append((sections[-1]["start"], sections[-1]["end"], action))
    return found


def _enter_task_forces(book: Book, entries: Sequence[Entry]) -> None:
    forces = _write(
        TaskForce(name=e.data["name"], office=e.data["office"] or "", **book.row(e, n))
        for n, e in enumerate(entries, 1)
    )
    seats = []
    for force, e in zip(forces, entries, strict=True):
        named = [(role, name) for key, role in SEATS.items() for name in e.data[key]]
        named += [(Seat.Role.OFFICE, e.data["office"])] if e.data["office"] else []
        seats += [
            Seat(task_force=force, role=role, name=name, unit_id=book.units.get(name), order=n)
            for n, (role, name) in enumerate(named, 1)
        ]
    _write(seats)
