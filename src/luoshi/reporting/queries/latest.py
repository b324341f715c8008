"""What units said last, as papers and packs of meetings are made from it: one query a plan."""

import datetime as dt
from collections.abc import Iterable

from luoshi.reporting.models import Report

Latest = dict[tuple[int, int | None], Report]


def latest_reports(plan_id: int, as_of: dt.date) -> Latest:
    """The last report that was given about a period up to the day, by task and unit; units and tasks at hand."""
    rows = (
        Report.objects.filter(task__plan=plan_id, until__lte=as_of)
        .given()
        .select_related("unit", "task__action")
        .order_by("until", "pk")
    )
    return {(report.task_id, report.unit_id): report for report in rows}


def unsettled(reports: Iterable[Report]) -> list[Report]:
    """Those that say what a unit cannot settle alone, and whom it needs."""
    return [report for report in reports if report.needs and report.blocker]
