"""One figure: what it says now, every revision of it with who, when and why; and setting a frozen one right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.round import ROUND
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, posted
from luoshi.reporting import forms
from luoshi.reporting.models import BASES, Counting, Figure, Report
from luoshi.reporting.services import keeping
from luoshi.reporting.sheets import lists
from luoshi.reporting.views.rounds import can
from luoshi.ui.downloads import download


def _figure(request: Request, pk: int) -> Figure:
    """A figure of a report that the person may see; else 404."""
    seen = Report.objects.visible_to(actor_of(request.user))
    figures = Figure.objects.filter(report__in=seen).select_related(
        "indicator", "unit", "report__task", "report__round__plan", "report__round__programme"
    )
    return get_object_or_404(figures, pk=pk)


@require_POST
def count_by(request: Request, pk: int) -> HttpResponse:
    """How the indicator is asked for from the next round on."""
    keeping.count_by(_figure(request, pk), request.POST.get("basis", ""), by=actor_of(request.user))
    messages.success(request, "填报口径已变更，从下一轮起按新口径要数。")
    return redirect("reporting:figure", pk)


@require_safe
def export(request: Request, pk: int) -> HttpResponse:
    """Every revision as a workbook."""
    found = _figure(request, pk)
    return download(
        lists.revisions(found, found.revisions.order_by("-pk")), f"{found.indicator.name}修订记录"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: Request, pk: int) -> HttpResponse:
    """Show it; a post sets it right, with a reason."""
    actor, found = actor_of(request.user), _figure(request, pk)
    round = found.report.round
    form = forms.CorrectForm(posted(request))
    if request.method == "POST":
        demand(ROUND, round, "correct", actor, request.POST.get("note") or "-")

        def act() -> bool:
            keeping.correct(found, forms.decimal_of(form), form.cleaned_data["note"], by=actor)
            return True

        if attempt(form, act):
            messages.success(request, "已更正，原来的数留在修订记录里，锁定件已另留一份。")
            return redirect("reporting:figure", pk)
    kept = Counting.objects.filter(indicator=found.indicator_id).values_list("basis", flat=True).first()
    context: dict[str, Any] = {
        "basis": kept or "cumulative",
        "bases": BASES if can(round, "count_by", actor) else (),
        "figure": found,
        "round": round,
        "revisions": found.revisions.order_by("-pk"),
        "form": form if can(round, "correct", actor) else None,
    }
    return render(request, "reporting/figure.html", context, status=422 if form.errors else 200)
