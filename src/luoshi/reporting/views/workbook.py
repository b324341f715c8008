"""The unit's sheet as an Excel file: download, upload, and the file with what was wrong marked in it."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.flow.report import REPORT
from luoshi.journal.moves import Refused, demand
from luoshi.org.forms.fields import workbook_field
from luoshi.org.requests import Request, whole
from luoshi.reporting.content import posted
from luoshi.reporting.queries.sheets import Line
from luoshi.reporting.services import filling
from luoshi.reporting.sheets import reading, writing
from luoshi.reporting.views.sheet import Desk, desk_of, keep_line
from luoshi.ui import downloads


class UploadForm(forms.Form):
    """The workbook that comes back."""

    file = workbook_field("填好的表格")


def _fillable(desk: Desk) -> list[Line]:
    """The rows that may be filled in; raises Denied or Refused with the reason when there is none."""
    lines = [line for line in desk.lines if line.open]
    if not lines:
        demand(REPORT, desk.lines[0].report, "fill", desk.actor)
        raise Refused("这张表没有可以填写的任务。")
    return lines


@require_safe
def download(request: Request, pk: int, unit: int) -> HttpResponse:
    """The rows still to be filled, with their last values."""
    desk = desk_of(request, pk, unit)
    return downloads.download(writing.workbook(_title(desk), _fillable(desk)), _title(desk))


def _title(desk: Desk) -> str:
    return f"{desk.unit.full_name}{desk.round.label}填报表"


@require_POST
def upload(request: Request, pk: int, unit: int) -> HttpResponse:
    """Save what the file says, row by row; what cannot be saved is listed, and stays as it is here."""
    desk = desk_of(request, pk, unit)
    lines = _fillable(desk)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(str(form.errors["file"][0]))
    file = form.cleaned_data["file"]
    fields, same = reading.read(file.read(), file.name, lines)
    saved, stuck = 0, []
    for line in lines:
        if line.report.pk in same and line.fresh:
            continue
        if f"r{line.report.pk}-version" in fields:
            outcome = keep_line(fields, line, desk.actor)
            saved += outcome == 200
            if outcome > 400:
                stuck.append(line)
    repeated = [line for line in lines if line.report.pk in same and line.fresh]
    if repeated:
        saved += filling.confirm_unchanged(repeated, by=desk.actor)
    if not stuck:
        messages.success(request, f"已从表格读入，保存{saved}行。请看过后提交。")
        return redirect("reporting:sheet", pk, unit)
    context: dict[str, Any] = {
        "round": desk.round,
        "unit": desk.unit,
        "saved": saved,
        "stuck": stuck,
        "fields": json.dumps(fields, ensure_ascii=False),
    }
    return render(request, "reporting/uploaded.html", context, status=422)


@require_POST
def faults(request: Request, pk: int, unit: int) -> HttpResponse:
    """The workbook again as it was sent, the faulty cells in red with a comment on each; writes nothing."""
    desk = desk_of(request, pk, unit)
    fields = _unpacked(request.POST.get("fields", ""))
    wrong: dict[str, str] = {}
    lines = [line for line in _fillable(desk) if f"r{line.report.pk}-version" in fields]
    for line in lines:
        said = posted(fields, line.report, [cell.figure for cell in line.cells])
        wrong |= said.errors
        pk_ = line.report.pk
        stale = whole(fields[f"r{pk_}-version"]) != line.report.version
        if stale and said.digest not in (fields.get(f"r{pk_}-shown"), line.seen):
            when = (
                timezone.localtime(line.report.filled_at) if line.report.filled_at else timezone.localtime()
            )
            wrong[f"r{pk_}-version"] = (
                f"网页上{line.report.filled_by}{when:%H:%M}改过这一行，表格里的没有覆盖上去。"
            )
        line.shown.words = said.words
        line.cells = [cell._replace(shown=said.numbers[cell.figure.pk]) for cell in line.cells]
    return downloads.download(
        writing.workbook(_title(desk), lines, wrong), f"{_title(desk)}（有误的格已标红）"
    )


def _unpacked(text: str) -> dict[str, str]:
    try:
        fields = json.loads(text)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise Refused("请重新上传表格。")
    return fields
