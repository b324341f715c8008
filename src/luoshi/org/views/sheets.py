"""Units and people as a workbook: take it away, bring it back changed, look at what would change, then do it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.core.flow.actor import Actor
from luoshi.org.actors import actor_of
from luoshi.org.forms.fields import workbook_field
from luoshi.org.models import Government
from luoshi.org.requests import Request
from luoshi.org.sheets.applying import Outcome, ask_to_exchange, carry_out, packed, preview, unpacked
from luoshi.org.sheets.columns import Rows, said
from luoshi.org.sheets.reading import read
from luoshi.org.sheets.rows import exported
from luoshi.org.sheets.writing import workbook
from luoshi.org.views.answers import attempt, posted
from luoshi.ui.downloads import download

SHOWN = 200
"""Changes and faults listed on the page; all of them are in the workbook, or done."""


class SheetForm(forms.Form):
    """The workbook that comes back."""

    file = workbook_field("改好的表格")


@require_http_methods(["GET", "POST"])
def sheet(request: Request) -> HttpResponse:
    """The way out and the way in; a post shows what the workbook would change."""
    actor = actor_of(request.user)
    ask_to_exchange(actor)
    form = SheetForm(posted(request), request.FILES or None)
    if request.method == "POST" and (rows := attempt(form, lambda: _received(form))):
        return _shown(request, rows, preview(rows, by=actor))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "org/sheet.html", {"form": form}, status=status)


@require_POST
def apply(request: Request) -> HttpResponse:
    """Do what was previewed; when the register has moved on meanwhile, show again what it would do now."""
    actor = actor_of(request.user)
    ask_to_exchange(actor)
    rows = unpacked(request.POST.get("rows", ""))
    outcome = carry_out(rows, request.POST.get("digest", ""), by=actor)
    if not outcome.done:
        messages.warning(request, "在您核对期间名录有了变动，没有写入。请看现在会有哪些变化，再确认一次。")
        return _shown(request, rows, outcome)
    messages.success(request, f"已按表格办理，共{len(outcome.changes)}处变化。")
    return redirect("org:people" if "people" in rows else "org:units")


@require_POST
def faults(request: Request) -> HttpResponse:
    """The workbook again, with the faulty cells in red and a comment on each."""
    actor = actor_of(request.user)
    rows = unpacked(request.POST.get("rows", ""))
    outcome = preview(rows, by=actor)
    return download(workbook(_place(actor), rows, outcome.faults), "单位和人员（有误的格已标红）")


@require_GET
def export(request: Request) -> HttpResponse:
    """Units and people as they are today."""
    actor = actor_of(request.user)
    ask_to_exchange(actor)
    return download(workbook(_place(actor), exported(actor.government_id)), "单位和人员")


def _received(form: SheetForm) -> Rows:
    upload = form.cleaned_data["file"]
    return read(upload.read(), upload.name)


def _shown(request: Request, rows: Rows, outcome: Outcome) -> HttpResponse:
    context: dict[str, Any] = {
        "changes": outcome.changes[:SHOWN],
        "more": max(0, len(outcome.changes) - SHOWN),
        "total": len(outcome.changes),
        "faults": [(("单位" if f.sheet == "units" else "人员"), said(f)) for f in outcome.faults[:SHOWN]],
        "wrong": len(outcome.faults),
        "rows": packed(rows),
        "digest": outcome.digest,
        "counts": [
            (name, len(rows[key])) for key, name in (("units", "单位"), ("people", "人员")) if key in rows
        ],
    }
    return render(request, "org/preview.html", context, status=422 if outcome.faults else 200)


def _place(actor: Actor) -> str:
    return get_object_or_404(Government, pk=actor.government_id).name
