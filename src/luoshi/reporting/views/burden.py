"""The burden meter: every unit in a month (the office), one's own unit month by month; and saying that it is too much."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.complaint import COMPLAINT
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.report import REPORT
from luoshi.core.periods import period_on
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.models import Government
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, page_of, posted, told
from luoshi.reporting import forms
from luoshi.reporting.models import Complaint
from luoshi.reporting.queries import burden as queries
from luoshi.reporting.queries.sheets import head_signs
from luoshi.reporting.services import complaining
from luoshi.reporting.sheets import lists
from luoshi.ui.downloads import download

PER_PAGE = 50
SHOWN = 50
"""Complaints on the page, those without an answer first."""


@require_safe
def burden(request: Request) -> HttpResponse:
    """For the offices a month unit by unit; for a unit its own months. Complaints below, as far as one may see them."""
    actor = actor_of(request.user)
    demand(COMPLAINT, Complaint(government_id=actor.government_id), "file", actor)
    complaints = _complaints(actor)
    context: dict[str, Any] = {
        "complaint": forms.ComplaintForm(None),
        "complaints": complaints[:SHOWN],
        "may_answer": actor.holds(*COMPLAINT.moves["answer"].posts),
        "own": queries.months_of(actor.unit_id) if actor.unit_id else [],
        "office": actor.holds(*REPORT.moves["accept"].posts),
    }
    if context["office"]:
        month = queries.month_of(request.GET.get("month", ""))
        period = period_on("月", month)
        page = page_of(request, queries.asked_in(month, actor), PER_PAGE)
        before = period_on("月", month.replace(day=1) - (period.end - period.start))
        context |= {
            "page": page,
            "sum": queries.summed(month, actor),
            "period": period,
            "before": before.start,
            "after": period.next().start,
        }
    return render(request, "reporting/burden.html", context)


def _complaints(actor: Actor) -> QuerySet[Complaint]:
    """As far as one may see them, those without an answer first."""
    return Complaint.objects.visible_to(actor).select_related("unit").order_by("-state", "-pk")


@require_safe
def export(request: Request) -> HttpResponse:
    """The month as a workbook, for the offices."""
    actor = actor_of(request.user)
    demand(COMPLAINT, Complaint(government_id=actor.government_id), "file", actor)
    month = queries.month_of(request.GET.get("month", ""))
    rows = queries.asked_in(month, actor)
    if not actor.holds(*REPORT.moves["accept"].posts):
        rows = rows.filter(unit=actor.unit_id)
    own = queries.months_of(actor.unit_id) if actor.unit_id else []
    return download(
        lists.burden(month, rows, own, _complaints(actor)), f"{month.year}年{month.month}月填报负担"
    )


@require_POST
def complain(request: Request) -> HttpResponse:
    """File a complaint."""
    actor, form = actor_of(request.user), forms.ComplaintForm(request.POST)
    demand(COMPLAINT, Complaint(government_id=actor.government_id), "file", actor)

    def act() -> Complaint:
        return complaining.complain(form.cleaned_data["kind"], form.cleaned_data["words"], by=actor)

    if not attempt(form, act):
        return told(request, form, "reporting:burden")
    messages.success(request, "意见已送政府办，答复后在这里看到。")
    return redirect("reporting:burden")


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a complaint."""
    actor = actor_of(request.user)
    complaint = get_object_or_404(Complaint.objects.visible_to(actor), pk=pk)
    complaining.answer(complaint, request.POST.get("note", ""), by=actor)
    messages.success(request, "已答复。")
    return redirect("reporting:burden")


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: Request) -> HttpResponse:
    """How this government wants its reports."""
    actor = actor_of(request.user)
    place = get_object_or_404(Government, pk=actor.government_id)
    demand(GOVERNMENT, place, "set_rules", actor)
    form = forms.RulesForm(posted(request), initial={"head_signs": head_signs(place.pk)})

    def act() -> bool:
        complaining.set_rules(place, form.cleaned_data["head_signs"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "报送规则已保存，马上生效。")
        return redirect("reporting:index")
    context = {
        "title": "报送规则",
        "lead": "不勾选时，联络员提交后即可汇总、采用。",
        "button": "保存",
        "back": "/reporting/",
        "crumb": "报送",
    }
    return form_page(request, form, context)
