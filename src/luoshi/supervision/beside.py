"""The lights and the orders of a task, on the task's own page."""

from typing import NamedTuple

from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.ledger.beside import Panel, register
from luoshi.ledger.models import Task
from luoshi.supervision.models import Order
from luoshi.supervision.queries.lights import Line, lines_of_task

PLACE = 10


class Standing(NamedTuple):
    """How the task stands: a light for each of its promises (or its own, without one), and the orders on it, the newest first."""

    lines: list[Line]
    orders: list[Order]


def standing_of(actor: Actor, task: Task) -> Standing:
    """As of today, in a fixed number of queries."""
    orders = Order.objects.visible_to(actor).filter(task=task).select_related("unit").order_by("-pk")
    return Standing(lines_of_task(task, timezone.localdate()), list(orders))


def _panel(actor: Actor, task: Task) -> Panel | None:
    return Panel("supervision/_beside.html", standing_of(actor, task))


register(PLACE, _panel)
