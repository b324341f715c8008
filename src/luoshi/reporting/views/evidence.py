"""Evidence: attached to a row, taken off, downloaded by whoever may see the row."""

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from luoshi.journal.moves import Refused
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.reporting.models import Evidence, Report
from luoshi.reporting.queries.sheets import with_tasks
from luoshi.reporting.services import evidence as service


@require_POST
def attach(request: Request, pk: int) -> HttpResponseBase:
    """Keep a file with a row."""
    actor = actor_of(request.user)
    report = get_object_or_404(with_tasks(Report.objects.visible_to(actor)), pk=pk)
    file = request.FILES.get("file")
    if file is None:
        raise Refused("请选择要上传的文件。")
    kept = service.attach(report, file.name or "", file.read(), by=actor)
    messages.success(request, f"已附上“{kept.name}”。")
    return _back(report)


def _back(report: Report) -> HttpResponseBase:
    answer = redirect("reporting:sheet", report.round_id, report.unit_id)
    answer["Location"] += f"#row{report.pk}"
    return answer


def _evidence(request: Request, pk: int) -> Evidence:
    """A file of a report that the person may see; else 404."""
    evidence = get_object_or_404(Evidence, pk=pk)
    reports = with_tasks(Report.objects.visible_to(actor_of(request.user)))
    evidence.report = get_object_or_404(reports, pk=evidence.report_id)
    return evidence


@require_safe
def download(request: Request, pk: int) -> HttpResponseBase:
    """The file, to be saved, never shown inside the page."""
    evidence = _evidence(request, pk)
    return FileResponse(
        evidence.file.open(),
        as_attachment=True,
        filename=evidence.name,
        content_type="application/octet-stream",
    )


@require_POST
def detach(request: Request, pk: int) -> HttpResponseBase:
    """Take it off."""
    evidence = _evidence(request, pk)
    service.detach(evidence, by=actor_of(request.user))
    messages.success(request, f"已取下“{evidence.name}”。")
    return _back(evidence.report)
