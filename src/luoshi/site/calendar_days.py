"""What rooms above the calendar put on a person's own: the days of their unit's orders, the meetings they attend."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import UNIT
from luoshi.dispatch.sources import Entry, register
from luoshi.journal.queries import revised
from luoshi.meetings.models import Meeting
from luoshi.supervision.models import Order


def orders(actor: Actor, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Orders that the own unit works on, on their last day; outside the house only the number is told."""
    if not actor.holds(*UNIT) or actor.unit_id is None:
        return
    rows = (
        Order.objects.visible_to(actor)
        .open()
        .filter(unit=actor.unit_id, deadline__gte=first, deadline__lte=last)
    )
    found = list(rows)
    again = revised(Order, ("reopen",), [order.pk for order in found])
    for order in found:
        sent = timezone.make_aware(dt.datetime.combine(order.sent_on or first, dt.time()))
        reopened, last = again.get(order.pk, (0, sent))
        yield Entry(
            order.deadline or last,
            "order",
            f"{order.number}{order.title}时限",
            reverse("supervision:order", args=[order.pk]),
            word=order.get_state_display(),
            mine=True,
            uid=f"order-{order.pk}",
            sequence=order.moved + reopened,
            stamp=last,
            public=f"督办事项{order.number}时限",
        )


def meetings(actor: Actor, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Meetings that the own unit attends, or that this person chairs; outside the house only the kind is told."""
    person = actor.principal.person_id if actor.principal else actor.person_id
    mine = Q(chair=person)
    if actor.holds(*UNIT) and actor.unit_id is not None:
        mine |= Q(pk__in=Meeting.units.through.objects.filter(unit=actor.unit_id).values("meeting"))
    rows = Meeting.objects.filter(mine, government=actor.government_id, day__gte=first, day__lte=last)
    found = list(rows.exclude(state="cancelled"))
    edits = revised(Meeting, ("edit",), [meeting.pk for meeting in found])
    for meeting in found:
        changed, last = edits.get(meeting.pk, (0, meeting.created_at))
        yield Entry(
            meeting.day,
            "meeting",
            f"{meeting.time}{meeting.title}",
            reverse("meetings:meeting", args=[meeting.pk]),
            word=meeting.get_state_display(),
            who=meeting.place,
            mine=True,
            uid=f"meeting-{meeting.pk}",
            sequence=changed,
            stamp=last,
            public=f"{meeting.time}{meeting.get_kind_display()}",
        )


def put() -> None:
    """Have them on every calendar."""
    register(orders)
    register(meetings)
