"""What `luoshi keep-watch` asks of this room: remind whoever is to be reminded now, and send what is queued.

Idempotent: asked twice, it does nothing the second time. After a missed week it sends one digest, not seven. A day on which
nothing is due costs three queries, and so does a day off.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.milestone import MILESTONE
from luoshi.core.flow.order import BEFORE, OPEN
from luoshi.core.flow.rhythm import LIVE
from luoshi.core.reminding.deciding import may_send
from luoshi.core.reminding.rules import Rules, default_rules
from luoshi.core.workdays import national
from luoshi.dispatch.models import Duty, LocalDays
from luoshi.dispatch.queries.days import workdays_of
from luoshi.ledger.models import Milestone
from luoshi.meetings.models import Decision, Meeting
from luoshi.meetings.queries.waiting import TURNS
from luoshi.org.models import Government
from luoshi.projects.models import Reconciliation
from luoshi.reminders.queries.rules import all_rules
from luoshi.reminders.services.delivering import deliver
from luoshi.reminders.services.digests import remind
from luoshi.reporting.models import Round, Sheet
from luoshi.supervision.models import Extension, Order, Review

SLACK = dt.timedelta(days=7)
"""A county may have days off of its own: what is due after these is looked at too."""


def tick(now: dt.datetime) -> list[str]:
    """Do what is due at this moment in every government. Returns a Chinese line for each thing that was done."""
    local = timezone.localtime(now).replace(tzinfo=None)
    own, default = all_rules(), default_rules(local.date())
    said = []
    known = (default, *own.values())
    local_days = LocalDays.objects.filter(state="in_force", first__lte=local.date(), last__gte=local.date())
    if any(may_send(local, rules, national()) for rules in known) or local_days.exists():
        for government in _with_something_due(local.date(), known):
            rules = own.get(government.pk, default)
            at_work = may_send(local, rules, workdays_of(government.pk))
            if at_work and (made := remind(government.pk, now, rules)):
                said.append(f"{government}：提醒{len(made)}人。")
    return said + deliver(now, own, default)


def _with_something_due(day: dt.date, rules: tuple[Rules, ...]) -> QuerySet[Government]:
    """Governments where anything has its day within the time that is told ahead, or behind it; one query."""
    until = national().add(day, max(one.ahead for one in rules)) + SLACK
    here = OuterRef("pk")
    found = {
        "round": Round.objects.filter(government=here, state="open", due__lte=until),
        "sheet": Sheet.objects.filter(round__government=here, reopened=True),
        "order": Order.objects.filter(government=here, state__in=(*BEFORE, *OPEN), deadline__lte=until),
        "review": Review.objects.filter(order__government=here, state="asked"),
        "extension": Extension.objects.filter(order__government=here, state="asked"),
        "decision": Decision.objects.filter(meeting__government=here, state="open", due__lte=until),
        "meeting": Meeting.objects.filter(government=here, state__in=list(TURNS), day__lte=until),
        "duty": Duty.objects.filter(government=here, state__in=LIVE, due__lte=until),
        "book": Reconciliation.objects.filter(government=here, state="open", due__lte=until),
        "step": Milestone.objects.filter(
            task__plan__government=here, state__in=MILESTONE.moves["finish"].sources, due__lte=until
        ),
    }
    some = Q()
    for rows in found.values():
        some |= Q(Exists(rows))
    return Government.objects.filter(some).order_by("pk")
