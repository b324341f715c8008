"""What rooms above the calendar put on a person's own: the days of their unit's orders."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import UNIT
from luoshi.dispatch.sources import Entry, register
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
    for order in rows:
        yield Entry(
            order.deadline or last,
            "order",
            f"{order.number}{order.title}时限",
            reverse("supervision:order", args=[order.pk]),
            word=order.get_state_display(),
            mine=True,
            uid=f"order-{order.pk}",
            sequence=order.moved,
            stamp=timezone.make_aware(dt.datetime.combine(order.sent_on or first, dt.time())),
            public=f"督办事项{order.number}时限",
        )


def put() -> None:
    """Have them on every calendar."""
    register(orders)
