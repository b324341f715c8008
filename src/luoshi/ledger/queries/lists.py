"""清单: the rows of a plan on one list, each as the cells of that list's columns, in a constant number of queries."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from luoshi.core.flow.actor import Actor
from luoshi.core.listing import LISTS, Column, read_project
from luoshi.ledger.models import Assignment, Milestone, Plan, Task
from luoshi.ledger.queries.rows import with_owners

Cell = str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: its task and its cells, in the order of the columns."""

    task: Task
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    @property
    def pairs(self) -> list[tuple[Column, Cell]]:
        """Each column with its cell."""
        return list(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Sight:
    """One list of a plan as it is shown and exported; `group` heads the lines of 责任清单 with a unit."""

    slug: str
    label: str
    lead: str
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def total(self) -> int:
        """How many lines."""
        return sum(len(lines) for _, lines in self.groups)


def counts(actor: Actor, plan: Plan) -> dict[str, int]:
    """How many rows stand on each list, in one query."""
    found = dict.fromkeys(LISTS, 0)
    for kind in (
        Task.objects.visible_to(actor).filter(plan=plan).order_by().values_list("list_kind", flat=True)
    ):
        found[kind] += 1
        found["duty"] += 1
    return found


def sight(actor: Actor, plan: Plan, slug: str, words: str = "") -> Sight:
    """The list `slug` of a plan, narrowed to rows with all these words."""
    tasks = Task.objects.visible_to(actor).filter(plan=plan)
    if slug != "duty":
        tasks = tasks.filter(list_kind=slug)
    for word in words.split():
        named = Q(assignments__unit__full_name__icontains=word) | Q(assignments__printed__icontains=word)
        tasks = tasks.filter(Q(heading__icontains=word) | Q(text__icontains=word) | named)
    steps = Prefetch("milestones", Milestone.objects.exclude(state="dropped").select_related("unit"))
    rows = list(with_owners(tasks.distinct()).prefetch_related(steps, "indicators").order_by("order"))
    label, lead, columns = LISTS[slug]
    groups = _duties(rows, columns) if slug == "duty" else (("", tuple(_line(t, columns) for t in rows)),)
    return Sight(slug, label, lead, columns, tuple(group for group in groups if group[1]))


def _line(task: Task, columns: tuple[Column, ...]) -> Line:
    read = read_project(task.text) if task.list_kind == "project" else {}
    return Line(task, columns, tuple(_cell(task, column, read) for column in columns))


def _cell(task: Task, column: Column, read: dict[str, str]) -> Cell:
    """What a person filled in, else what the row says of itself."""
    said = task.details.get(column.key, "") if column.by_hand else ""
    if not said and column.key in FILLED:
        return FILLED[column.key](task)
    said = said or read.get(column.key, "")
    return typed(said, column.form)


def typed(said: str, form: str) -> Cell:
    """The text of a cell as what it is: a number, a day, or words (what cannot be read stays words)."""
    if form == "text" or not said:
        return said if form == "text" else None
    try:
        return float(said) if form == "number" else dt.date.fromisoformat(said)
    except ValueError:
        return said


def _named(task: Task, role: str) -> str:
    return "、".join(a.printed for a in task.assignments.all() if a.role == role)


def _quarter(number: int) -> Callable[[Task], str]:
    def fill(task: Task) -> str:
        due = (m for m in task.milestones.all() if m.due and (m.due.month + 2) // 3 == number)
        return "；".join(f"{m.title}（{m.due:%-m月%-d日}）" for m in due)

    return fill


def _step(*words: str) -> Callable[[Task], Cell]:
    """The day of the first milestone whose title has one of these words."""

    def fill(task: Task) -> Cell:
        found = (m.done_on or m.due for m in task.milestones.all() if any(word in m.title for word in words))
        return next(found, None)

    return fill


def _next_steps(task: Task) -> str:
    ahead = [m for m in task.milestones.all() if m.state == "open"]
    return "；".join(f"{m.title}（{m.due:%-m月%-d日}）" if m.due else m.title for m in ahead[:2])


def _first(task: Task) -> str:
    share = task.accountable
    return share.unit.full_name if share else ""


FILLED: dict[str, Callable[[Task], Cell]] = {
    "order": lambda task: task.order,
    "action": lambda task: task.action.name if task.action else "",
    "name": lambda task: task.heading or task.quote[:40],
    "text": lambda task: task.text,
    "targets": lambda task: "；".join(
        f"{i.name}{'待下达' if i.target == 'pending' else i.words}" for i in task.indicators.all()
    ),
    "lead": lambda task: _named(task, "lead") or _first(task),
    "units": lambda task: _named(task, "support") + ("等" if task.open_ended else ""),
    "leaders": lambda task: "、".join(leader.name for leader in task.leaders.all()),
    "due": lambda task: task.due,
    "state": lambda task: task.get_state_display(),
    "begins": _step("开工"),
    "ends": _step("竣工", "完工", "投产"),
    "stage": _next_steps,
    "owner": _first,
    "apply": _next_steps,
    **{f"quarter{n}": _quarter(n) for n in range(1, 5)},
}
"""What fills a column from the row itself."""


def _duties(tasks: list[Task], columns: tuple[Column, ...]) -> list[tuple[str, tuple[Line, ...]]]:
    """The lines of 责任清单, under each unit in the order of the register."""
    shares: dict[str, list[tuple[Task, Assignment]]] = {}
    for task in tasks:
        for share in task.assignments.all():
            shares.setdefault(share.unit.full_name, []).append((task, share))
    ranks = {s.unit.full_name: (s.unit.rank, s.unit_id) for task in tasks for s in task.assignments.all()}
    return [
        (name, tuple(Line(task, columns, _duty(task, share, columns)) for task, share in shares[name]))
        for name in sorted(shares, key=ranks.__getitem__)
    ]


def _duty(task: Task, share: Assignment, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    pieces = (m.title for m in task.milestones.all() if m.doer_id == share.unit_id)
    own: dict[str, Any] = {
        "unit": share.unit.full_name,
        "role": "负总责" if share.accountable else share.get_role_display(),
        "pieces": "；".join(pieces),
        "claim": share.get_state_display(),
    }
    return tuple(own[c.key] if c.key in own else _cell(task, c, {}) for c in columns)
