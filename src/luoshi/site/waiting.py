"""What waits for a person: asked of the tables of every life, never stored."""

from dataclasses import dataclass
from typing import Any

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.plan import PLAN
from luoshi.intake.queries import plan_lines
from luoshi.intake.services.receiving import may_receive
from luoshi.ledger.models import Plan

CHECKED_BY = PLAN.moves["adopt"].posts


@dataclass(frozen=True, slots=True)
class PlanWaiting:
    """A plan to be checked: how many items were read, how many questions are left."""

    plan: Plan
    total: int
    doubts: int


def waiting(actor: Actor) -> dict[str, Any]:
    """The home page's context: plans in review (for those who may adopt them), and whether one may be uploaded."""
    lines = plan_lines(actor) if actor.holds(*CHECKED_BY) else []
    return {
        "lines": [
            PlanWaiting(line.plan, sum(line.counts.values()), line.doubts)
            for line in lines
            if line.plan.state == "review"
        ],
        "may_receive": may_receive(actor) is None,
    }


def how_many(actor: Actor) -> int:
    """The count on the rail, in one query (none for those for whom nothing can wait)."""
    if not actor.holds(*CHECKED_BY):
        return 0
    return Plan.objects.visible_to(actor).filter(state="review").count()
