"""What every page here is asked: a plan, a day, and whether it is thrown on a wall (large letters, no rail)."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Plan
from luoshi.ledger.queries import plans_in_ledger
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery


@dataclass(frozen=True, slots=True)
class Asked:
    """`plan` is the one asked for, else the newest in the ledger; None where this person sees none. `day` is today at the
    latest."""

    actor: Actor
    plans: list[Plan]
    plan: Plan | None
    day: dt.date
    large: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """From the address."""
        actor = actor_of(request.user)
        plans = list(plans_in_ledger(actor).select_related("government"))
        wanted, today = request.GET.get("plan", ""), timezone.localdate()
        plan = next((p for p in plans if str(p.pk) == wanted), plans[0] if plans else None)
        day = min(DayQuery.said(request.GET.get("day", "")) or today, today)
        return cls(actor, plans, plan, day, request.GET.get("large") == "1")

    @property
    def past(self) -> bool:
        """Whether a day before today is asked for."""
        return self.day < timezone.localdate()

    @property
    def query(self) -> str:
        """The address's question, so that links keep it: "plan=3&day=2026-10-31"; the day only where it is past."""
        said = [f"plan={self.plan.pk}"] if self.plan else []
        said += [f"day={self.day.isoformat()}"] if self.past else []
        return "&".join([*said, *(["large=1"] if self.large else [])])
