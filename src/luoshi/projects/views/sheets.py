"""The list as a workbook: take it away, bring it back changed, look at what would change, then do it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.org.actors import actor_of
from luoshi.org.forms.fields import workbook_field
from luoshi.org.models import Government
from luoshi.org.requests import Request
from luoshi.org.sheets.columns import FIRST_ROW
from luoshi.org.views.answers import attempt, posted
from luoshi.projects.queries import lists
from luoshi.projects.services.listing import ask_to_keep
from luoshi.projects.sheets import projects as sheets
from luoshi.projects.sheets.reading import Row, read
from luoshi.ui.downloads import download

SHOWN = 200


class SheetForm(forms.Form):
    """The workbook that comes back."""

    file = workbook_field("项目清单")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as the page shows it."""
    actor = lists.let_in(actor_of(request.user))
    filters = lists.Filters.of(request.GET.dict(), timezone.localdate())
    return download(sheets.exported(lists.find(actor, filters), _title(actor)), _title(actor))


def _title(actor: Actor) -> str:
    return f"{Government.objects.get(pk=actor.government_id).name}项目清单"


@require_http_methods(["GET", "POST"])
def sheet(request: Request) -> HttpResponse:
    """The way in; a post shows what the workbook would change."""
    actor = actor_of(request.user)
    ask_to_keep(actor)
    form = SheetForm(posted(request), request.FILES or None)
    if request.method == "POST" and (rows := attempt(form, lambda: _received(form))):
        return _shown(request, rows, sheets.preview(rows, by=actor))
    if request.method == "POST" and not form.errors:
        form.add_error(None, "表格里没有项目，请核对后重新上传。")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "projects/import.html", {"form": form}, status=status)


def _received(form: SheetForm) -> list[Row]:
    upload = form.cleaned_data["file"]
    return read(upload.read(), upload.name, sheets.NAME, sheets.NAMES, sheets.CALLED)


@require_POST
def apply(request: Request) -> HttpResponse:
    """Do what was previewed; when the list has moved on meanwhile, show again what it would do now."""
    actor = actor_of(request.user)
    ask_to_keep(actor)
    rows = sheets.unpacked(request.POST.get("rows", ""))
    outcome = sheets.carry_out(rows, request.POST.get("digest", ""), by=actor)
    if not outcome.done:
        messages.warning(request, "在您核对期间清单有了变动，没有写入。请看现在会有哪些变化，再确认一次。")
        return _shown(request, rows, outcome)
    messages.success(request, f"已按表格办理，共{len(outcome.changes)}处变化。")
    return redirect("projects:index")


@require_POST
def faults(request: Request) -> HttpResponse:
    """The workbook again, with the faulty cells in red and a comment on each."""
    actor = actor_of(request.user)
    ask_to_keep(actor)
    rows = sheets.unpacked(request.POST.get("rows", ""))
    outcome = sheets.preview(rows, by=actor)
    return download(sheets.marked(rows, outcome.faults, _title(actor)), "项目清单（有误的格已标红）")


def _shown(request: Request, rows: list[Row], outcome: sheets.Outcome) -> HttpResponse:
    context: dict[str, Any] = {
        "count": len(rows),
        "changes": outcome.changes[:SHOWN],
        "more": max(0, len(outcome.changes) - SHOWN),
        "total": len(outcome.changes),
        "faults": [
            (f.row + FIRST_ROW, rows[f.row].get(sheets.NAME, ""), f.column, f.sentence)
            for f in outcome.faults[:SHOWN]
        ],
        "wrong": len(outcome.faults),
        "rows": sheets.packed(rows),
        "digest": outcome.digest,
    }
    return render(request, "projects/preview.html", context, status=422 if outcome.faults else 200)
