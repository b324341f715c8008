"""What of the ledger waits for a person: shares to take on, and objections to answer. Asked of the table, never stored."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.flow.machine import Move
from luoshi.core.flow.milestone import MILESTONE, UNIT
from luoshi.ledger.models import Assignment, Milestone, Task

FINISHES, CONFIRMS = MILESTONE.moves["finish"], MILESTONE.moves["confirm"]
AHEAD = 14
"""Days before its date from which on a milestone waits for whoever does it."""
TAKES, ANSWERS = ASSIGNMENT.moves["accept"], ASSIGNMENT.moves["uphold"]


def within(actor: Actor, row: Move, unit: str = "unit", action: str = "task__action__name") -> Q:
    """The rows of a table that a verb's posts of this person reach, as the machine judges them.

    `unit` and `action` are the look-ups of what the machine asks the case for.
    """
    found = Q(pk__in=[])
    for slug in row.posts:
        if not actor.holds(slug):
            continue
        scope = actor.scopes[actor.posts.index(slug)] if actor.scopes else actor.scope
        if slug not in row.bound or scope == "government":
            return Q()
        if scope == "actions":
            found |= Q(**{f"{action}__in": actor.covers})
        elif scope in ("unit", "subtree") and actor.unit_id is not None:
            found |= Q(**{f"{unit}__in": [actor.unit_id, *(actor.below if scope == "subtree" else ())]})
    return found


def _rows(actor: Actor, row: Move) -> QuerySet[Assignment]:
    """Shares in running tasks of open plans, in a state that this verb leaves, within this person's reach."""
    running = Assignment.objects.visible_to(actor).filter(task__plan__state="adopted", task__state="running")
    return running.filter(within(actor, row), state__in=row.sources)


def claims(actor: Actor) -> QuerySet[Assignment]:
    """Shares that wait to be taken on by this person's unit."""
    return _rows(actor, TAKES)


def objections(actor: Actor) -> QuerySet[Assignment]:
    """Shares whose objection waits for this person's answer."""
    return _rows(actor, ANSWERS)


def assignments_waiting(actor: Actor) -> QuerySet[Assignment]:
    """All shares that wait for this person: those of the own unit to take on, contested ones for the office.

    Everything a line shows is at hand; the task's own shares and indicators are prefetched by whoever lists them.
    """
    found = claims(actor) | objections(actor)
    return found.select_related("unit", "task__plan", "task__action").order_by(
        "task__plan", "task__order", "pk"
    )


def claims_by_plan(actor: Actor) -> QuerySet[Assignment, dict[str, Any]]:
    """Per plan how many shares wait to be taken on: {task__plan, task__plan__title, count}."""
    return _by_plan(claims(actor))


def contested_by_plan(actor: Actor) -> QuerySet[Assignment, dict[str, Any]]:
    """Per plan how many objections wait for an answer."""
    return _by_plan(objections(actor))


def standing(actor: Actor, plan: int | None = None) -> QuerySet[Assignment, dict[str, Any]]:
    """Per unit how its shares stand in what this person answers for, the silent ones first: {unit, unit__full_name, waiting,
    contested, accepted}."""
    found = Assignment.objects.visible_to(actor).filter(
        within(actor, ANSWERS), task__plan__state="adopted", task__state="running"
    )
    if plan is not None:
        found = found.filter(task__plan=plan)
    states = {state: Count("pk", Q(state=state)) for state in ASSIGNMENT.states}
    by_unit = found.order_by().values("unit", "unit__full_name").annotate(**states)
    return by_unit.order_by("-waiting", "unit__rank", "unit")


def steps_due(actor: Actor, ahead: int = AHEAD) -> QuerySet[Milestone]:
    """Milestones that this person's unit does, open, due within so many days or overdue; the nearest first."""
    row = replace(FINISHES, posts=tuple(slug for slug in FINISHES.posts if slug in UNIT))
    own = within(actor, row) & Q(unit__isnull=False)
    as_lead = Q(unit=None, task__in=Task.objects.filter(_leads(actor, row)))
    found = _open_steps(actor).filter(own | as_lead, state__in=row.sources)
    found = found.filter(due__lte=timezone.localdate() + dt.timedelta(days=ahead))
    return found.select_related("task__plan", "unit").order_by("due", "pk")


def _leads(actor: Actor, row: Move) -> Q:
    """Tasks that this person's unit answers for."""
    shares = Assignment.objects.filter(within(actor, row), accountable=True)
    return Q(pk__in=shares.values("task"))


def confirming(actor: Actor) -> QuerySet[Milestone]:
    """Milestones said to be done that wait for this person's word."""
    return _open_steps(actor).filter(within(actor, CONFIRMS), state__in=CONFIRMS.sources)


def steps_to_confirm(actor: Actor) -> QuerySet[Milestone, dict[str, Any]]:
    """Per plan how many milestones said to be done wait for this person's word: {task__plan, task__plan__title, count}."""
    by_plan = confirming(actor).order_by("task__plan").values("task__plan", "task__plan__title")
    return by_plan.annotate(count=Count("pk"), task=Min("task"))


def _open_steps(actor: Actor) -> QuerySet[Milestone]:
    running = Task.objects.visible_to(actor).filter(plan__state="adopted", state="running")
    return Milestone.objects.filter(task__in=running)


def _by_plan(found: QuerySet[Assignment]) -> QuerySet[Assignment, dict[str, Any]]:
    by_plan = found.order_by("task__plan").values("task__plan", "task__plan__title")
    return by_plan.annotate(count=Count("pk"))
