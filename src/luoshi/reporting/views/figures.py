"""One figure: what it says now, every revision of it with who, when and why; and setting a frozen one right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from luoshi.core.flow.round import ROUND
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, posted
from luoshi.reporting import forms
from luoshi.reporting.models import Figure, Report
from luoshi.reporting.services import keeping
from luoshi.reporting.views.rounds import can


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: Request, pk: int) -> HttpResponse:
    """Show it; a post sets it right, with a reason."""
    actor = actor_of(request.user)
    seen = Report.objects.visible_to(actor)
    figures = Figure.objects.filter(report__in=seen).select_related(
        "indicator", "unit", "report__task", "report__round__plan", "report__round__programme"
    )
    found = get_object_or_404(figures, pk=pk)
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
    context: dict[str, Any] = {
        "figure": found,
        "round": round,
        "revisions": found.revisions.order_by("-pk"),
        "form": form if can(round, "correct", actor) else None,
    }
    return render(request, "reporting/figure.html", context, status=422 if form.errors else 200)
