"""What waits for a person: asked of the tables of every life, never stored."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from luoshi.bulletins.queries.lists import waiting as papers_waiting
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.flow.plan import PLAN
from luoshi.intake.queries import plan_lines
from luoshi.intake.services.receiving import may_receive
from luoshi.ledger.models import Plan
from luoshi.ledger.queries import assignments_waiting, claims_by_plan, contested_by_plan, plans_in_ledger

CHECKED_BY = PLAN.moves["adopt"].posts
TAKEN_BY, ANSWERED_BY = ASSIGNMENT.moves["accept"].posts, ASSIGNMENT.moves["uphold"].posts


@dataclass(frozen=True, slots=True)
class PlanWaiting:
    """A plan to be checked: how many items were read, how many questions are left."""

    plan: Plan
    total: int
    doubts: int


def shares(actor: Actor) -> QuerySet[Plan, dict[str, Any]]:
    """Per plan in the ledger, what the own unit has in it: {pk, title, lead, support, next_deadline}, in one query."""
    own = Q(tasks__assignments__unit=actor.unit_id)
    ahead = Q(tasks__deadline_day__gte=timezone.localdate())
    return (
        plans_in_ledger(actor)
        .filter(own)
        .values("pk", "title", "number")
        .annotate(
            lead=Count("tasks", Q(tasks__assignments__role="lead")),
            support=Count("tasks", Q(tasks__assignments__role="support")),
            next_deadline=Min("tasks__deadline_day", filter=ahead),
        )
    )


def led(actor: Actor) -> QuerySet[Plan, dict[str, Any]]:
    """Per plan in the ledger, the tasks that name this leader: {pk, title, number, count, next_deadline}."""
    ahead = Q(tasks__deadline_day__gte=timezone.localdate())
    return (
        plans_in_ledger(actor)
        .filter(tasks__leaders__name=actor.holder_name)
        .values("pk", "title", "number")
        .annotate(count=Count("tasks", distinct=True), next_deadline=Min("tasks__deadline_day", filter=ahead))
    )


def waiting(actor: Actor) -> dict[str, Any]:
    """The home page's context: plans in review (for those who may adopt them), whether one may be uploaded, and
    what the own unit has in the ledger."""
    lines = plan_lines(actor, ("review",)) if actor.holds(*CHECKED_BY) else []
    return {
        "lines": [PlanWaiting(line.plan, sum(line.counts.values()), line.doubts) for line in lines],
        "claims": claims_by_plan(actor) if actor.holds(*TAKEN_BY) else [],
        "contested": contested_by_plan(actor) if actor.holds(*ANSWERED_BY) else [],
        "papers": list(papers_waiting(actor)[:20]),
        "may_receive": may_receive(actor) is None,
        "shares": shares(actor) if actor.unit_id else [],
        "led": led(actor) if actor.holds("leader") else [],
    }


def how_many(actor: Actor) -> int:
    """The count on the rail: plans to check, shares to take on, objections to answer; at most a query for each kind
    (none for those for whom nothing can wait)."""
    count = 0
    if actor.holds(*CHECKED_BY):
        count += Plan.objects.visible_to(actor).filter(state="review").count()
    if actor.holds(*TAKEN_BY, *ANSWERED_BY):
        count += assignments_waiting(actor).count()
    return count
