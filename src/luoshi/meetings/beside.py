"""What meetings decided on a task, on the task's own page."""

from luoshi.core.flow.actor import Actor
from luoshi.ledger.beside import Panel, register
from luoshi.ledger.models import Task
from luoshi.meetings.models import Decision

PLACE = 25


def decided_on(actor: Actor, task: Task) -> list[Decision]:
    """The decisions on the task that this person may see and somebody has, or had, to carry out, the newest first; one query."""
    seen = Decision.objects.visible_to(actor).tracked().filter(task=task)
    return list(seen.select_related("meeting", "unit").order_by("-meeting__day", "-pk"))


def _panel(actor: Actor, task: Task) -> Panel | None:
    found = decided_on(actor, task)
    return Panel("meetings/_beside.html", found) if found else None


register(PLACE, _panel)
