"""What of the rounds can be found: the latest words of every unit on every task. Earlier ones stand on their sheets."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import SearchText
from luoshi.ledger.searching import Entry, Source, index, register
from luoshi.reporting.models import Report

KIND = "report"


def _reports(actor: Actor) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).select_related("task", "unit", "round")


def _report(report: Report) -> Entry:
    words = (report.done, report.blocker, report.next_step)
    return Entry(
        report.government_id,
        f"{report.unit.full_name}：{report.task}",
        "\n".join(filter(None, words)),
        f"{report.round.label}填报",
        f"{reverse('reporting:sheet', args=[report.round_id, report.unit_id])}#row{report.pk}",
    )


def index_sent(reports: Sequence[Report]) -> None:
    """Let search find what these reports say, in place of what the same units said on the same tasks before. Their task,
    unit and round are at hand. Call it in the transaction that sends them."""
    told = [report for report in reports if report.done or report.blocker or report.next_step]
    if not told:
        return
    shares = Report.objects.filter(
        unit__in={report.unit_id for report in told}, task__in={report.task_id for report in told}
    )
    before = shares.exclude(pk__in=[report.pk for report in told]).order_by().values("pk")
    SearchText.objects.filter(kind=KIND, object_id__in=before).delete()
    index(KIND, told)


register(Source(KIND, "填报", _reports, _report))
