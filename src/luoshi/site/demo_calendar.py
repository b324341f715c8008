"""The calendar of the demo county: the rhythms of its overall plan confirmed two months ago, most duties kept, one missed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.dispatch import watch
from luoshi.dispatch.models import Duty, Rhythm
from luoshi.dispatch.queries.naming import Register
from luoshi.dispatch.queries.proposals import as_proposed, to_confirm
from luoshi.dispatch.services import confirming, duties
from luoshi.dispatch.services.confirming import Choice
from luoshi.ledger.models import Plan

BACK = 45
"""Days that the calendar has been in force."""
MISSED = "分管副县长"


def load(county: str, office: Actor) -> Iterator[str]:
    """Once, for the adopted plan; yields a line to print."""
    plan = Plan.objects.filter(government__name=county, state="adopted").order_by("pk").first()
    if plan is None or Rhythm.objects.filter(plan=plan).exists():
        return
    today = timezone.localdate()
    with transaction.atomic():
        register = Register(plan.government_id, plan)
        choices = [_chosen(one, register) for one in as_proposed(to_confirm(plan, register), register)]
        made = confirming.confirm(plan, choices, today - dt.timedelta(days=BACK), by=office)
    watch.tick(timezone.now())
    with transaction.atomic():
        kept, left = _keep(plan, office, today)
    timed = sum(rhythm.becomes != "none" for rhythm in made)
    yield f"《{plan.title}》的日程：{len(made)}个节奏，{timed}个排入日程；职责已完成{kept}项，逾期未办{left}项。"


def _chosen(choice: Choice, register: Register) -> Choice:
    """This county asks its units once a month, by the fifth of the next; the 旬调度 of the task forces is a meeting."""
    one = choice.mechanism
    if (one.actor, one.every, one.activity) == ("各专班", "月", "通报"):
        terms = replace(choice.terms, becomes="round", due_said="次月5日前", units=(), posts=())
    elif choice.terms.becomes == "round":
        terms = replace(choice.terms, becomes="duty", posts=list(register.named(one.actor).posts))
    else:
        return choice
    return replace(choice, terms=terms)


def _keep(plan: Plan, office: Actor, today: dt.date) -> tuple[int, int]:
    """Everything whose day is over was done in time, but one; two of those ahead are done already."""
    rows = (
        Duty.objects.filter(rhythm__plan=plan, due__lt=today)
        .select_related("rhythm__plan")
        .order_by("due", "pk")
    )
    over = list(rows)
    missed = next((duty for duty in reversed(over) if duty.rhythm.who == MISSED), over[-1] if over else None)
    kept = 0
    for duty in over:
        if duty != missed:
            duties.keep(
                duty, duty.due - dt.timedelta(days=duty.pk % 3 if duty.due > duty.since else 0), by=office
            )
            kept += 1
    return kept, int(missed is not None)
