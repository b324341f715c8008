"""Lights of a plan's indicators and tasks on a day, from what was reported by then: six columns that are never mixed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Max, Prefetch, Q, QuerySet
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
from luoshi.reporting.models import Figure, Report, Revision, Round
from luoshi.supervision.models import Order

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


@dataclass
class Line:
    """One indicator (or a task without one) with its light; `said` is the owner's own word, `order` an open order on the task."""

    task: Task | None
    indicator: Indicator | None
    light: Light
    goal: Goal | None = None
    data: tuple[Datum, ...] = ()
    said: Report | None = None
    order: Order | None = None
    moved: int = 0

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
    def contrary(self) -> bool:
        """The owner says 80 % and more while the reckoning is behind: a second opinion is worth a look."""
        return bool(
            self.said and (self.said.percent or 0) >= 80 and self.light.level in ("bad", "behind", "late")
        )


@dataclass(frozen=True)
class Reckoning:
    """What lights of one plan on one day are judged by."""

    plan: Plan
    day: dt.date

    @cached_property
    def rules(self) -> Rules:
        """The rules in force on the day."""
        return rules_on(self.day)

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

    def goal(self, indicator: Indicator, data: Sequence[tuple[Figure, Datum]]) -> Goal:
        """The goal of an indicator, due by its task's day where that lies in the year."""
        first, last = dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        task = indicator.task
        if task and task.deadline_day and first <= task.deadline_day <= last:
            last = task.deadline_day
        goal = goal_of(indicator, self.year, Span(first, last))
        cumulation: Cumulation = "to-date"
        if goal.is_rate or not goal.flow:
            cumulation = "latest"
        elif data and data[-1][0].basis == "period":
            cumulation = "sum"
        status = goal.status
        if indicator.target == Indicator.Target.PENDING:
            status = "pending"
        if task and task.state == "dropped":
            status = "cancelled"
        return goal._replace(cumulation=cumulation, status=status)


def _data(figures: Iterable[Figure], lead: int | None, unit: str) -> list[tuple[Figure, Datum]]:
    """What was sent, revision by revision, of the unit that answers for it (else of the first that reported)."""
    rows = list(figures)
    units = [figure.unit_id for figure in rows]
    chosen = lead if lead in units else units[0] if units else None
    found = []
    for figure in rows:
        if figure.unit_id != chosen or figure.report.state not in SENT:
            continue
        for revision in figure.revisions.all():
            if revision.value is not None:
                first = figure.since if figure.basis == "period" else None
                known = timezone.localtime(revision.at).date()
                datum = Datum(
                    Decimal(revision.value), unit, figure.until, known, SOURCES[revision.source], first
                )
                found.append((figure, datum))
    return sorted(found, key=lambda pair: (pair[1].as_of, pair[1].known))


def indicators(plan: Plan) -> QuerySet[Indicator]:
    """The indicators of a plan with all that their lights need, in a fixed number of queries."""
    figures = Figure.objects.select_related("report").prefetch_related(
        Prefetch("revisions", Revision.objects.order_by("pk"))
    )
    return (
        Indicator._base_manager.filter(plan=plan)
        .select_related("task__action", "action")
        .prefetch_related(
            Prefetch("figures", figures.order_by("until", "pk")),
            Prefetch("task__assignments", Assignment.objects.select_related("unit")),
        )
        .annotate(changes=Count("amendments", Q(amendments__what="target")))
        .order_by("order", "pk")
    )


def line_of(indicator: Indicator, reckoning: Reckoning) -> Line:
    """The light of one indicator."""
    task = indicator.task
    pairs = _data(indicator.figures.all(), task.lead_unit_id if task else None, indicator.unit)
    goal = reckoning.goal(indicator, pairs)
    data = tuple(datum for _, datum in pairs)
    found = light(goal, data, reckoning.day, reckoning.rules, reckoning.clock, reckoning.due)
    return Line(task, indicator, found, goal, data, moved=getattr(indicator, "changes", 0))


def lines_of(actor: Actor, plan: Plan, day: dt.date) -> list[Line]:
    """Every indicator of the plan, and every task that has none, with the owner's own word and the open order beside it."""
    reckoning = Reckoning(plan, day)
    found = [line_of(indicator, reckoning) for indicator in indicators(plan)]
    measured = {line.task.pk for line in found if line.task}
    tasks = Task._base_manager.filter(plan=plan).exclude(pk__in=measured).select_related("action")
    tasks = tasks.prefetch_related(Prefetch("assignments", Assignment.objects.select_related("unit")))
    moves = dict(
        Task._base_manager.filter(plan=plan)
        .annotate(n=Count("amendments", Q(amendments__what="deadline")))
        .values_list("pk", "n")
    )
    for task in tasks:
        state = TaskState(
            task.deadline_day, None, "cancelled" if task.state == "dropped" else "set", moves[task.pk]
        )
        if task.state == "done":
            state = state._replace(done=day, deadline=task.deadline_day)
        found.append(
            Line(task, None, task_light(state, day, reckoning.rules, national()), moved=moves[task.pk])
        )
    _beside(actor, plan, found)
    return found


def _beside(actor: Actor, plan: Plan, lines: Sequence[Line]) -> None:
    """The latest report of the unit that answers, and an open order, for every line; two queries."""
    reports = Report.objects.visible_to(actor).filter(task__plan=plan, state__in=SENT).order_by("until", "pk")
    said = {(report.task_id, report.unit_id): report for report in reports}
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
