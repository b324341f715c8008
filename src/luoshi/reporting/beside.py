"""What was reported on a task, on the task's own page: the last word of every unit, the one that leads first."""

from typing import NamedTuple

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import SENT
from luoshi.ledger.beside import Panel, register
from luoshi.ledger.models import Task
from luoshi.reporting.models import Report

PLACE, MOST, EARLIER = 20, 200, 5
"""Reports read at most (those of some twenty units over a year of months), and how many earlier ones of the lead are listed."""


class Progress(NamedTuple):
    """`latest`: the last report of each unit; `earlier`: those of the lead unit before its last, the newest first."""

    latest: list[Report]
    earlier: list[Report]


def progress_of(actor: Actor, task: Task) -> Progress:
    """What this person may see of what was sent on the task; one query."""
    sent = Report.objects.visible_to(actor).filter(task=task, state__in=SENT).select_related("unit", "round")
    latest: dict[int, Report] = {}
    earlier: list[Report] = []
    for report in sent.order_by("-until", "pk")[:MOST]:
        if report.unit_id not in latest:
            latest[report.unit_id] = report
        elif report.leads and len(earlier) < EARLIER:
            earlier.append(report)
    return Progress(sorted(latest.values(), key=lambda r: (not r.leads, r.pk)), earlier)


def _panel(actor: Actor, task: Task) -> Panel | None:
    return Panel("reporting/_beside.html", progress_of(actor, task))


register(PLACE, _panel)
