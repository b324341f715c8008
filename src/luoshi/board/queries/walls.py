"""The snapshot of a plan on a day, from the ledger and from what was reported, in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, Prefetch
from django.http import QueryDict

from luoshi.board.queries.courses import GRAVITY, Calendar, Point, calendar, course
from luoshi.board.wall import BY, Band, Cell, Column, Lamp, Mark, Row, Strip, Wall
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import SENT
from luoshi.core.periods import Period
from luoshi.core.progress.rounding import percent, shown
from luoshi.core.progress.rules import LEVELS, Level, Look, Rules
from luoshi.ledger.models import Assignment, Indicator, Milestone, Plan, Task
from luoshi.ledger.queries.promises import promise_key
from luoshi.org.requests import whole
from luoshi.reporting.models import Report
from luoshi.supervision.queries.lights import Line, Reckoning, lines_of

DEKADS = ("上旬", "中旬", "下旬")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; "" asks nothing, an unknown value neither."""

    by: str = "month"
    action: str = ""
    unit: str = ""
    leader: str = ""
    light: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """From an address."""
        keys = {name: number for name in ("action", "unit") if (number := query.get(name, "").strip())}
        by, light = query.get("by", ""), query.get("light", "")
        return cls(
            by=by if by in BY else "month",
            leader=query.get("leader", "").strip()[:50],
            light=light if light in LEVELS else "",
            **{name: number if whole(number) is not None else "" for name, number in keys.items()},
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.action, self.unit, self.leader, self.light))

    def asks(self, task: Task) -> bool:
        """Whether a task is asked for (its light apart)."""
        return (
            (not self.action or task.action_id == int(self.action))
            and (not self.unit or int(self.unit) in {share.unit_id for share in task.assignments.all()})
            and (not self.leader or self.leader in {leader.name for leader in task.leaders.all()})
        )


class Choices(NamedTuple):
    """What the filters offer: (value, words)."""

    actions: list[tuple[int, str]]
    units: list[tuple[int, str]]
    leaders: list[str]
    lights: list[tuple[Level, str]]


class Drawn(NamedTuple):
    """A snapshot with what the page needs besides."""

    wall: Wall
    choices: Choices


def wall_of(actor: Actor, plan: Plan, day: dt.date, filters: Filters, county: str) -> Drawn:
    """The snapshot as this person may see it: the owners' own word stands where they may read the reports."""
    reckoning = Reckoning(plan, day)
    days = calendar(reckoning, BY[filters.by])
    tasks = _tasks(plan)
    desk = _Desk(days, _lines(actor, plan, day, tasks), _said(actor, plan, days), _steps(plan))
    rows = [(task, desk.row(task)) for task in tasks if filters.asks(task)]
    if filters.light:
        rows = [(task, kept) for task, row in rows if (kept := _lit(row, filters.light))]
    choices = _choices(tasks, days.rules)
    wall = Wall(
        county=county,
        title=plan.title,
        year=reckoning.year,
        day=day,
        by=filters.by,
        rule=days.rules.title,
        columns=tuple(Column(_label(period), period.start, period.end) for period in days.periods),
        now=days.now,
        bands=tuple(_bands(rows)),
        asked=_asked(filters, choices),
    )
    return Drawn(wall, choices)


def _tasks(plan: Plan) -> list[Task]:
    shares = Prefetch("assignments", Assignment.objects.select_related("unit"))
    found = Task._base_manager.filter(plan=plan).select_related("action").prefetch_related(shares, "leaders")
    return list(found.order_by("order", "pk"))


class _Held(NamedTuple):
    """A line of lights in the row of a task; `home` is the number of the row it is reported in, 0 for this one."""

    line: Line
    home: int = 0


def _lines(actor: Actor, plan: Plan, day: dt.date, tasks: Sequence[Task]) -> dict[int, list[_Held]]:
    """Lights by task. A promise that several tasks state is shown in each of them, with where it is reported."""
    lines = lines_of(actor, plan, day)
    numbers = {task.pk: task.order for task in tasks}
    found: dict[int, list[_Held]] = {}
    known: dict[tuple[object, ...], Line] = {}
    for line in lines:
        if line.task:
            found.setdefault(line.task.pk, []).append(_Held(line))
        if line.indicator and line.task:
            known.setdefault(promise_key(line.indicator), line)
    shown = {line.indicator.pk for line in lines if line.indicator}
    for row in Indicator._base_manager.filter(plan=plan, task__isnull=False).order_by("order", "pk"):
        same = known.get(promise_key(row))
        if row.pk in shown or row.task_id is None or same is None or same.task is None:
            continue
        held = found.setdefault(row.task_id, [])
        if all(other.line is not same for other in held):
            held.append(_Held(same, numbers.get(same.task.pk, 0)))
    return found


def _said(actor: Actor, plan: Plan, days: Calendar) -> dict[int, dict[int, int]]:
    """task → period → per cent done, as the unit that answers for it said last for the period."""
    reports = Report.objects.visible_to(actor).filter(
        task__plan=plan,
        state__in=SENT,
        unit=F("lead_unit"),
        until__gte=days.periods[0].start,
        until__lte=min(days.day, days.periods[-1].end),
    )
    place = {end: at for at, period in enumerate(days.periods) for end in _days(period)}
    found: dict[int, dict[int, int]] = {}
    for task, until, said in reports.order_by("until", "pk").values_list("task", "until", "percent"):
        if said is not None:
            found.setdefault(task, {})[place[until]] = said
    return found


def _days(period: Period) -> Iterator[dt.date]:
    return (period.start + dt.timedelta(n) for n in range((period.end - period.start).days + 1))


def _steps(plan: Plan) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    for step in Milestone.objects.filter(task__plan=plan).exclude(state="dropped").order_by("due", "pk"):
        found.setdefault(step.task_id, []).append(step)
    return found


@dataclass(frozen=True)
class _Desk:
    """Everything at hand from which rows are drawn."""

    days: Calendar
    lines: Mapping[int, list[_Held]]
    said: Mapping[int, Mapping[int, int]]
    steps: Mapping[int, list[Milestone]]

    def row(self, task: Task) -> Row:
        """One task."""
        held = sorted(self.lines.get(task.pk, []), key=lambda one: GRAVITY.index(one.line.light.level))
        steps = self.steps.get(task.pk, [])
        said = self.said.get(task.pk, {})
        marks, due = self._marks(steps), self._at(task.deadline_day)
        strips = [
            self._strip(one, n == 0, said if n == 0 else {}, marks if n == 0 else {}, due if n == 0 else None)
            for n, one in enumerate(held)
        ]
        return Row(
            task=task.pk,
            number=task.order,
            name=str(task),
            units=tuple(_units(task)),
            leaders=tuple(leader.name for leader in task.leaders.all()),
            deadline=task.due,
            strips=tuple(strips),
            undated=sum(step.due is None for step in steps),
        )

    def _strip(
        self,
        held: _Held,
        first: bool,
        said: Mapping[int, int],
        marks: Mapping[int, tuple[Mark, ...]],
        due: int | None,
    ) -> Strip:
        line = held.line
        points = course(line, self.days)
        unit = line.indicator.unit if line.indicator else ""
        cells = tuple(
            self._cell(point, unit, said.get(at), marks.get(at, ()), due == at)
            for at, point in enumerate(points)
        )
        if line.indicator is None:
            return Strip("", "", None, lamp(line.light.level, line.light.look), cells)
        target = line.indicator.words
        return Strip(
            line.name, target, line.indicator.pk, lamp(line.light.level, line.light.look), cells, held.home
        )

    def _cell(self, point: Point, unit: str, said: int | None, marks: tuple[Mark, ...], due: bool) -> Cell:
        actual = ""
        if point.reached is not None and point.planned is not None:
            actual = percent(point.reached, 0)
        elif point.actual is not None:
            actual = shown(point.actual) + unit
        return Cell(
            lamp=lamp(point.level, self.days.rules.looks[point.level]) if point.level else None,
            planned="" if point.planned is None else percent(point.planned, 0),
            actual=actual,
            said="" if said is None else f"{said}%",
            marks=marks,
            due=due,
        )

    def _marks(self, steps: Iterable[Milestone]) -> dict[int, tuple[Mark, ...]]:
        """Where milestones stand: what is done on the day it was done, and, where that is another period, as planned too."""
        found: dict[int, tuple[Mark, ...]] = {}
        for step in steps:
            planned, done = self._at(step.due), self._at(step.done_on)
            if step.state != "open":
                stands = [(planned if done is None else done, Mark("done", step.title))]
                if done is not None and planned != done:
                    stands.append((planned, Mark("planned", step.title)))
            else:
                missed = step.due is not None and step.due < self.days.day
                stands = [(planned, Mark("missed" if missed else "planned", step.title))]
            for at, mark in stands:
                if at is not None:
                    found[at] = (*found.get(at, ()), mark)
        return found

    def _at(self, day: dt.date | None) -> int | None:
        if day is None:
            return None
        return next((at for at, period in enumerate(self.days.periods) if period.contains(day)), None)


def lamp(level: Level, look: Look) -> Lamp:
    """A level as it is shown."""
    return Lamp(level, look.colour, look.word, look.shape)


def _units(task: Task) -> Iterator[str]:
    """The unit that answers for the task; its other lead units after it."""
    shares = sorted(task.assignments.all(), key=lambda share: (not share.accountable, share.order))
    for share in shares:
        if share.accountable or share.role == "lead":
            yield share.unit.full_name


def _lit(row: Row, level: str) -> Row | None:
    """The row with its strips of that light; None without any."""
    strips = tuple(strip for strip in row.strips if strip.lamp.level == level)
    return row._replace(strips=strips) if strips else None


def _bands(rows: Iterable[tuple[Task, Row]]) -> Iterator[Band]:
    """By action, in the order of the paper; tasks outside all actions last."""
    groups: dict[tuple[int, str], list[Row]] = {}
    for task, row in rows:
        key = (task.action.pk, task.action.name) if task.action else (0, "")
        groups.setdefault(key, []).append(row)
    for (pk, name), found in sorted(groups.items(), key=lambda item: item[0][0] == 0):
        yield Band(pk, name, tuple(found))


def _label(period: Period) -> str:
    if period.length == "月":
        return f"{period.start.month}月"
    return f"{period.start.month}月{DEKADS[min(period.start.day // 10, 2)]}"


def _choices(tasks: Iterable[Task], rules: Rules) -> Choices:
    actions: dict[int, str] = {}
    units: dict[int, tuple[int, str]] = {}
    leaders: dict[str, None] = {}
    for task in tasks:
        if task.action:
            actions[task.action.pk] = task.action.name
        for share in task.assignments.all():
            units[share.unit_id] = (share.unit.rank, share.unit.full_name)
        for leader in task.leaders.all():
            leaders[leader.name] = None
    ranked = sorted(units.items(), key=lambda item: (item[1][0], item[0]))
    lights = [(level, rules.looks[level].word) for level in LEVELS]
    return Choices(list(actions.items()), [(pk, name) for pk, (_, name) in ranked], sorted(leaders), lights)


def _asked(filters: Filters, choices: Choices) -> str:
    """What is filtered, in words, for the head of the paper."""
    actions, units = dict(choices.actions), dict(choices.units)
    lights: dict[str, str] = dict(choices.lights)
    said = [
        actions.get(int(filters.action)) if filters.action else None,
        units.get(int(filters.unit)) if filters.unit else None,
        f"{filters.leader}分管" if filters.leader else None,
        f"灯：{lights[filters.light]}" if filters.light else None,
    ]
    return "，".join(word for word in said if word)
