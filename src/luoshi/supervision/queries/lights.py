"""Lights of a plan's indicators and tasks on a day, from what was reported by then: six columns that are never mixed."""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import OPEN
from luoshi.core.flow.report import SENT
from luoshi.core.progress.forecast import Forecast, Needed, forecast, needed
from luoshi.core.progress.goals import Cumulation, Datum, Goal, Source, at_hand, combined
from luoshi.core.progress.lights import Light, TaskState, light, task_light
from luoshi.core.progress.pace import Span
from luoshi.core.progress.promising import goal_of
from luoshi.core.progress.releases import Clock, national_clock
from luoshi.core.progress.rollup import Item, Total, roll_up
from luoshi.core.progress.rules import Rules, rules_on
from luoshi.core.workdays import national
from luoshi.ledger.models import Assignment, Indicator, Plan, Task
from luoshi.ledger.queries.promises import promise_key
from luoshi.reporting.models import Report, Revision, Round
from luoshi.supervision.models import LightRule, Order, Pace

SOURCES: dict[str, Source] = {"statistics": "统计", "department": "部门", "self": "自报"}
TABS = {
    "bad": "严重滞后和逾期",
    "behind": "滞后和临期",
    "silent": "未报数",
    "stale": "数据停滞",
    "waiting": "未到期和待下达",
    "good": "达到序时和完成",
}
"""What is behind, what is silent, what is stale and what nothing is due of: different things."""
_TAB_OF = {"bad": "bad", "late": "bad", "behind": "behind", "near": "behind", "silent": "silent", "waiting": "waiting", "off": "waiting"}  # fmt: skip


class Told(NamedTuple):
    """One revision of one figure as it was sent."""

    unit_id: int
    basis: str
    since: dt.date
    until: dt.date
    value: Decimal | None
    source: str
    at: dt.datetime

    @property
    def known(self) -> dt.date:
        """Since which day it is known."""
        return timezone.localtime(self.at).date()


def standing(rows: Iterable[Told], unit: str, day: dt.date, late: bool = False) -> tuple[Datum, ...]:
    """What stood on the day, in order of period, as lights read it: the last that was sent of each figure by then. What was
    sent again on the same day, or without a number, takes the place of what was sent before (0215). With `late` all counts
    that was sent about periods up to the day, whenever it came in."""
    last = {row[:4]: row for row in rows if (row.until if late else row.known) <= day}
    return tuple(
        Datum(
            row.value,
            unit,
            row.until,
            min(row.known, day),
            SOURCES[row.source],
            row.since if row.basis == "period" else None,
        )
        for row in last.values()
        if row.value is not None
    )


class Said(NamedTuple):
    """The owner's own word: per cent done, what was done, what stands in the way."""

    percent: int | None
    done: str
    blocker: str


@dataclass
class Line:
    """One indicator (or a task without one) with its light; `said` is the owner's own word, `order` an open order on the task,
    `places` how many times the plan says it (overview, annex, table: one promise, one light)."""

    task: Task | None
    indicator: Indicator | None
    light: Light
    goal: Goal | None = None
    data: tuple[Datum, ...] = ()
    said: Said | None = None
    order: Order | None = None
    moved: int = 0
    places: int = 1

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.indicator or self.task)

    @property
    def tab(self) -> str:
        """Where it stands; stale figures are shown apart, whatever their light."""
        if self.light.stale:
            return "stale"
        return _TAB_OF.get(self.light.level, "good")

    @property
    def unit(self) -> Assignment | None:
        """Who answers for it."""
        return self.task.accountable if self.task else None

    @property
    def actual(self) -> Fraction | None:
        """What was reached, as the light reckons it."""
        until = self.light.receipt.as_of
        known = [datum for datum in self.data if until is None or datum.as_of <= until]
        return combined(self.goal, known) if self.goal else None

    @property
    def contrary(self) -> bool:
        """The owner says 80 % and more while the reckoning is behind: a second opinion is worth a look."""
        return bool(
            self.said and (self.said.percent or 0) >= 80 and self.light.level in ("bad", "behind", "late")
        )


def own_rules(government: int) -> tuple[Rules, ...]:
    """All sets of rules a government laid down and did not withdraw, the newest first; one query."""
    rows = LightRule.objects.filter(government=government, state="set").order_by("-valid_from", "-number")
    return tuple(row.rules for row in rows)


def rules_for(government: int, day: dt.date) -> Rules:
    """The set in force for a government on a day."""
    return rules_on(day, own_rules(government))


@dataclass(frozen=True)
class Reckoning:
    """What lights of one plan on one day are judged by; `late` where a paper tells of the time up to the day, and counts what
    was reported of it afterwards."""

    plan: Plan
    day: dt.date
    trial: Rules | None = None
    late: bool = False

    @cached_property
    def rules(self) -> Rules:
        """The rules in force on the day, the government's own before those of the system; or those that are tried out."""
        return self.trial or rules_on(self.day, own_rules(self.plan.government_id))

    @property
    def clock(self) -> Clock:
        """When official figures are out."""
        return national_clock()

    @cached_property
    def due(self) -> dt.date | None:
        """Up to which day figures should be at hand: the end of the last round whose due day is over."""
        rounds = Round.objects.filter(plan=self.plan, due__lt=self.day)
        found: dt.date | None = rounds.aggregate(last=Max("until"))["last"]
        return found

    @property
    def year(self) -> int:
        """The year the plan is for."""
        return self.plan.year or self.day.year

    @cached_property
    def paces(self) -> dict[int, Pace]:
        """The planned curves in force on the day, by indicator."""
        rows = Pace.objects.filter(indicator__plan=self.plan, at__date__lte=self.day).order_by("at", "pk")
        return {pace.indicator_id: pace for pace in rows}

    def goal(self, indicator: Indicator, data: Sequence[Told] = ()) -> Goal:
        """The goal of an indicator, due by its task's day where that lies in the year, by the curve drawn for it."""
        first, last = dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        task = indicator.task
        if task and task.deadline_day and first <= task.deadline_day <= last:
            last = task.deadline_day
        goal = goal_of(indicator, self.year, Span(first, last))
        cumulation: Cumulation = "to-date"
        if goal.is_rate or not goal.flow:
            cumulation = "latest"
        elif data and data[-1].basis == "period":
            cumulation = "sum"
        status = goal.status
        if indicator.target == Indicator.Target.PENDING:
            status = "pending"
        if task and task.state == "dropped":
            status = "cancelled"
        pace = self.paces.get(indicator.pk)
        return goal._replace(cumulation=cumulation, status=status, curve=pace.curve if pace else None)


def told(plan: Plan, *only: int) -> dict[int, list[Told]]:
    """Everything that was sent about the indicators of a plan (or some of them), by indicator, in order; one query."""
    rows = Revision.objects.filter(figure__indicator__plan=plan, figure__report__state__in=SENT)
    if only:
        rows = rows.filter(figure__indicator__in=only)
    found: dict[int, list[Told]] = {}
    columns = ("figure__indicator", *(f"figure__{name}" for name in ("unit", "basis", "since", "until")))
    for indicator, *row in rows.order_by("figure__until", "pk").values_list(
        *columns, "value", "source", "at"
    ):
        found.setdefault(indicator, []).append(Told(*row))
    return found


def _of_one_unit(rows: Sequence[Told], lead: int | None) -> list[Told]:
    """What the unit that answers for it said; else what the first that reported a number said."""
    units = [row.unit_id for row in rows if row.value is not None]
    chosen = lead if lead in units else units[0] if units else None
    return [row for row in rows if row.unit_id == chosen]


def indicators(plan: Plan) -> QuerySet[Indicator]:
    """The indicators of a plan with all that their lights need, in a fixed number of queries."""
    return (
        Indicator._base_manager.filter(plan=plan)
        .select_related("task__action", "action")
        .prefetch_related(Prefetch("task__assignments", Assignment.objects.select_related("unit")))
        .annotate(changes=Count("amendments", Q(amendments__what="target")))
        .order_by("order", "pk")
    )


def _promises(rows: Iterable[Indicator], said: Container[int]) -> Iterator[tuple[Indicator, int]]:
    """One row a promise: what has the same name, kind, target and unit is one, and stands where it is reported, else where
    somebody owns it; with how many places say it."""
    groups: dict[tuple[object, ...], list[Indicator]] = {}
    for row in rows:
        groups.setdefault(promise_key(row), []).append(row)
    for same in groups.values():
        owned = [row for row in same if row.task_id]
        heard = [row for row in owned if row.pk in said]
        owners = {row.task.lead_unit_id for row in owned if row.task}
        if len(owners) > 1:  # two units promise the same: two promises
            yield from ((row, 1) for row in owned)
        else:
            yield (heard or owned or same)[0], len(same)


def line_of(indicator: Indicator, reckoning: Reckoning, rows: Sequence[Told], places: int = 1) -> Line:
    """The light of one indicator, from what was told of it."""
    task = indicator.task
    mine = _of_one_unit(rows, task.lead_unit_id if task else None)
    goal = reckoning.goal(indicator, mine)
    data = standing(mine, indicator.unit, reckoning.day, reckoning.late)
    found = light(goal, data, reckoning.day, reckoning.rules, reckoning.clock, reckoning.due)
    return Line(task, indicator, found, goal, data, moved=getattr(indicator, "changes", 0), places=places)


def lines_of(actor: Actor, plan: Plan, day: dt.date, trial: Rules | None = None) -> list[Line]:
    """Every promise of the plan, and every task without a number, with the owner's own word and the open order beside it; by the
    rules in force on the day, or by those that are tried out."""
    reckoning, said = Reckoning(plan, day, trial), told(plan)
    found = [
        line_of(row, reckoning, said.get(row.pk, ()), places)
        for row, places in _promises(indicators(plan), said)
    ]
    tasks = Task._base_manager.filter(plan=plan, indicators=None).select_related("action")
    tasks = tasks.prefetch_related(Prefetch("assignments", Assignment.objects.select_related("unit")))
    moves = dict(
        Task._base_manager.filter(plan=plan)
        .annotate(n=Count("amendments", Q(amendments__what="deadline")))
        .values_list("pk", "n")
    )
    found += [_without_number(task, moves[task.pk], reckoning) for task in tasks]
    _beside(actor, plan, found)
    return found


def lines_of_task(task: Task, day: dt.date) -> list[Line]:
    """The lights of what one task promises, as `lines_of` gives them for the whole plan: a promise that stands in several
    places is judged where it is reported. A task without a number has its own light."""
    own = {promise_key(row) for row in task.indicators.all()}
    reckoning = Reckoning(task.plan, day)
    if not own:
        return [_without_number(task, sum(a.what == "deadline" for a in task.amendments.all()), reckoning)]
    rows = [row for row in indicators(task.plan) if promise_key(row) in own]
    said = told(task.plan, *(row.pk for row in rows))
    return [line_of(row, reckoning, said.get(row.pk, ()), places) for row, places in _promises(rows, said)]


def lines_of_papers(plan: Plan, rows: Iterable[Indicator], day: dt.date) -> list[Line]:
    """The lights of what these rows of the plan promise, for a paper about the time up to the day."""
    reckoning, found = Reckoning(plan, day, late=True), list(rows)
    said = told(plan, *(row.pk for row in found)) if found else {}
    return [line_of(row, reckoning, said.get(row.pk, ()), places) for row, places in _promises(found, said)]


def _without_number(task: Task, moved: int, reckoning: Reckoning) -> Line:
    day = reckoning.day
    state = TaskState(task.deadline_day, None, "cancelled" if task.state == "dropped" else "set", moved)
    if task.state == "done":
        state = state._replace(done=day, deadline=task.deadline_day)
    return Line(task, None, task_light(state, day, reckoning.rules, national()), moved=moved)


def _beside(actor: Actor, plan: Plan, lines: Sequence[Line]) -> None:
    """The latest report of the unit that answers, and an open order, for every line; two queries."""
    columns = ("task", "unit", "percent", "done", "blocker")
    reports = Report.objects.visible_to(actor).filter(task__plan=plan, state__in=SENT, unit=F("lead_unit"))
    said = {row[:2]: Said(*row[2:]) for row in reports.order_by("until", "pk").values_list(*columns)}
    orders = {o.task_id: o for o in Order.objects.visible_to(actor).filter(task__plan=plan, state__in=OPEN)}
    for line in lines:
        if line.task:
            line.said = said.get((line.task.pk, line.task.lead_unit_id or 0))
            line.order = orders.get(line.task.pk)


def totals(lines: Sequence[Line], day: dt.date, rules: Rules) -> list[tuple[str, Total]]:
    """One light an action, in the order of the plan; items without an action come last."""
    groups: dict[str, list[Item]] = {}
    for n, line in enumerate(lines):
        action = line.task.action if line.task else line.indicator.action if line.indicator else None
        groups.setdefault(action.name if action else "其他", []).append(
            Item(f"{line.name}（{n + 1}）", line.light)
        )
    return [(name, roll_up(items, day, rules)) for name, items in groups.items()]


def outlook(line: Line, day: dt.date) -> tuple[Forecast | None, Needed | None]:
    """Where it will end, and what the rest of the time needs; None where neither can be said."""
    goal = line.goal
    if goal is None or goal.value is None or goal.status != "set":
        return None, None
    known = at_hand(line.data, day)
    coming = forecast(goal, line.data, day)
    actual = combined(goal, known)
    if actual is None or goal.is_rate or not goal.flow or goal.reversed:
        return coming, None
    return coming, needed(goal, actual, known[-1].as_of)
