"""What the pages of the ledger read: rows filtered by the address, grouped as asked, in a constant number of queries."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict

from luoshi.core.flow.actor import Actor
from luoshi.ledger.deadlines import printed
from luoshi.ledger.models import Action, Assignment, Indicator, Mechanism, Plan, Quota, Task, TaskForce
from luoshi.org.models import Unit
from luoshi.org.requests import whole

VIEWS = {
    "action": "按行动",
    "unit": "按单位",
    "leader": "按领导",
    "indicator": "全部指标",
    "force": "专班和机制",
}
IN_LEDGER = ("adopted", "closed")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; "" or None asks nothing."""

    view: str = "action"
    plan: str = ""
    words: str = ""
    action: str = ""
    unit: str = ""
    role: str = ""
    leader: str = ""
    due: str = ""
    claim: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        view = query.get("view", "")
        values = {name: query.get(name, "").strip() for name in ("plan", "role", "leader", "due", "claim")}
        keys = {name: _key(query.get(name, "")) for name in ("action", "unit")}
        return cls(
            view=view if view in VIEWS else "action", words=query.get("q", "").strip(), **values, **keys
        )

    @property
    def narrowed(self) -> bool:
        return any((self.words, self.action, self.unit, self.role, self.leader, self.due, self.claim))


def _key(value: str) -> str:
    """A number a database can hold, else nothing."""
    number = whole(value)
    return "" if number is None else str(number)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `title` "" when there is nothing to say."""

    title: str
    rows: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer for one plan."""

    plans: list[Plan]
    actions: list[Action]
    units: list[Unit]
    leaders: list[str]
    deadlines: list[tuple[str, str]]


def plans_in_ledger(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.visible_to(actor).filter(state__in=IN_LEDGER).order_by("-adopted_at", "-pk")


def choices(plans: list[Plan], plan: Plan) -> Choices:
    tasks = Task.objects.filter(plan=plan)
    named, member = Q(assignments__task__plan=plan), Q(collectives__assignments__task__plan=plan)
    days = tasks.exclude(deadline_day=None).order_by("deadline_day").values_list("deadline_day", "deadline")
    return Choices(
        plans=plans,
        actions=list(Action.objects.filter(plan=plan)),
        units=list(Unit.objects.filter(named | member).distinct().order_by("rank", "pk")),
        leaders=list(
            tasks.exclude(leaders__name=None).order_by("leaders__name").values_list("leaders__name", flat=True).distinct()
        ),
        deadlines=list({day.isoformat(): printed(deadline) for day, deadline in days.distinct()}.items()),
    )  # fmt: skip


def with_owners(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with all that a row shows at hand."""
    shares = Prefetch("assignments", Assignment.objects.select_related("unit"))
    return tasks.select_related("action", "plan").prefetch_related(shares, "leaders")


def with_life(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with all that their own page shows: owners (and whom collective names stand for), milestones, changes."""
    shares = Prefetch(
        "assignments", Assignment.objects.select_related("unit").prefetch_related("unit__members")
    )
    targets = Prefetch("indicators", Indicator.objects.select_related("plan", "action"))
    return tasks.select_related(
        "action", "plan__source", "paper__source", "carried_from__plan", "carried_to__plan"
    ).prefetch_related(shares, "leaders", "milestones__unit", "amendments", targets)


def tasks_of(actor: Actor, plan: Plan, filters: Filters) -> list[Task]:
    """The tasks asked for, in the order of the paper."""
    tasks = Task.objects.visible_to(actor).filter(plan=plan)
    for word in filters.words.split():
        tasks = tasks.filter(
            Q(heading__icontains=word) | Q(text__icontains=word) | Q(assignments__unit__full_name__icontains=word)
            | Q(assignments__printed__icontains=word) | Q(leaders__name__icontains=word)
        )  # fmt: skip
    if filters.action:
        tasks = tasks.filter(action=filters.action)
    if filters.unit or filters.role or filters.claim:
        tasks = tasks.filter(_share(filters))
    if filters.leader:
        tasks = tasks.filter(leaders__name=filters.leader)
    tasks = tasks.filter(_due(filters.due))
    return list(
        with_owners(tasks.distinct())
        .annotate(
            targets=Count("indicators", distinct=True),
            moved=Count("amendments", Q(amendments__what="deadline"), distinct=True),
        )
        .order_by("order")
    )


def _share(filters: Filters) -> Q:
    """A unit's share is its own, or that of a collective name it belongs to."""
    share = Q()
    if filters.unit:
        share = Q(assignments__unit=filters.unit) | Q(assignments__unit__members=filters.unit)
    if filters.claim:
        share &= Q(assignments__state=filters.claim)
    if filters.role == "accountable":
        return share & Q(assignments__accountable=True)
    return share & Q(assignments__role=filters.role) if filters.role else share


def _due(due: str) -> Q:
    if due == "none":
        return Q(deadline_day=None)
    try:
        return Q(deadline_day__lte=dt.date.fromisoformat(due)) if due else Q()
    except ValueError:
        return Q()


def grouped(tasks: list[Task], filters: Filters) -> list[Group]:
    """Under headings as the view asks; a task stands under each of its units or leaders."""
    mine = _same_unit(filters) if filters.view == "unit" else set()
    keys: dict[str, Callable[[Task], Iterable[str]]] = {
        "action": lambda task: [task.action.name if task.action else "未列入行动"],
        "unit": lambda task: [s.unit.full_name for s in _shares(task, filters, mine)] or ["没有责任单位"],
        "leader": lambda task: [
            leader.name for leader in task.leaders.all() if filters.leader in ("", leader.name)
        ] or ["没有写明分管领导"],
    }  # fmt: skip
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        for key in keys[filters.view](task):
            groups.setdefault(key, []).append(task)
    return [Group(title, tuple(rows)) for title, rows in groups.items()]


def _same_unit(filters: Filters) -> set[int]:
    """The unit asked for and the collective names it belongs to; empty when all units are asked for."""
    if not filters.unit:
        return set()
    return {int(filters.unit), *Unit.objects.filter(members=filters.unit).values_list("pk", flat=True)}


def _shares(task: Task, filters: Filters, units: set[int]) -> list[Assignment]:
    """The shares of a task that the filters ask for."""
    return [
        share
        for share in task.assignments.all()
        if (not units or share.unit_id in units)
        and (filters.role in ("", share.role) or (filters.role == "accountable" and share.accountable))
    ]


def indicators_of(actor: Actor, plan: Plan, filters: Filters) -> list[Indicator]:
    """The indicators asked for; those inside a task answer to its units, leaders and deadline."""
    found = Indicator.objects.visible_to(actor).filter(plan=plan)
    for word in filters.words.split():
        found = found.filter(Q(name__icontains=word) | Q(quote__icontains=word))
    if filters.action:
        found = found.filter(action=filters.action)
    if filters.unit or filters.role or filters.leader or filters.due or filters.claim:
        found = found.filter(task__in=tasks_of(actor, plan, replace(filters, words="", action="")))
    shares = Prefetch("task__assignments", Assignment.objects.select_related("unit"))
    return list(
        found.select_related("action", "task").prefetch_related(shares, "amendments").order_by("order")
    )


def forces_of(
    actor: Actor, plan: Plan, filters: Filters
) -> tuple[list[TaskForce], list[Mechanism], list[Quota]]:
    """Task forces with their seats, mechanisms and quotas whose words match."""
    forces = TaskForce.objects.visible_to(actor).filter(plan=plan).prefetch_related("seats__unit")
    mechanisms = Mechanism.objects.visible_to(actor).filter(plan=plan)
    quotas = Quota.objects.visible_to(actor).filter(plan=plan)
    for word in filters.words.split():
        forces = forces.filter(Q(name__icontains=word) | Q(seats__name__icontains=word)).distinct()
        mechanisms = mechanisms.filter(Q(quote__icontains=word) | Q(actor__icontains=word))
        quotas = quotas.filter(Q(quote__icontains=word) | Q(who__icontains=word))
    return list(forces), list(mechanisms), list(quotas)
