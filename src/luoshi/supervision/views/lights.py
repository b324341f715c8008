"""预警: red, silent, stale and waiting apart; every light opens its receipt; any past day can be seen again."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.pace import PACE
from luoshi.core.plan.wording import number
from luoshi.core.progress.lights import points
from luoshi.core.progress.rounding import percent
from luoshi.journal.moves import demand
from luoshi.ledger.models import Indicator, Plan
from luoshi.ledger.queries import plans_in_ledger
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, posted
from luoshi.reporting.models import Figure, Revision
from luoshi.supervision import excel
from luoshi.supervision.forms import PaceForm
from luoshi.supervision.models import Pace
from luoshi.supervision.queries import lights
from luoshi.supervision.services.pacing import case_of, draw
from luoshi.supervision.views.pages import may_draw_up
from luoshi.ui.downloads import download


def _asked(request: HttpRequest, actor: Actor) -> tuple[list[Plan], Plan | None, dt.date]:
    """The plans in the ledger, the one asked for (else the newest), and the day (today at the latest)."""
    plans = list(plans_in_ledger(actor))
    wanted = request.GET.get("plan", "")
    plan = next((p for p in plans if str(p.pk) == wanted), plans[0] if plans else None)
    today = timezone.localdate()
    return plans, plan, min(DayQuery.said(request.GET.get("day", "")) or today, today)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The lights of one plan, tab by tab, with a total an action."""
    actor = actor_of(request.user)
    plans, plan, day = _asked(request, actor)
    if plan is None:
        return render(request, "supervision/lights.html", {"plan": None})
    reckoning = lights.Reckoning(plan, day)
    lines = lights.lines_of(actor, plan, day)
    counts = {slug: sum(line.tab == slug for line in lines) for slug in lights.TABS}
    asked = request.GET.get("tab", "")
    tab = asked if asked in lights.TABS else next((s for s, n in counts.items() if n), "good")
    context: dict[str, Any] = {
        "plan": plan,
        "plans": plans,
        "day": day,
        "past": day < timezone.localdate(),
        "tabs": [(slug, word, counts[slug]) for slug, word in lights.TABS.items()],
        "tab": tab,
        "counts": counts,
        "stale_reds": sum(line.tab == "stale" and line.light.level in ("bad", "late") for line in lines),
        "rows": [(line, _gap(line)) for line in lines if line.tab == tab],
        "totals": [
            (name, total, "" if total.completion is None else percent(total.completion, 1))
            for name, total in lights.totals(lines, day, reckoning.rules)
        ],
        "rules": reckoning.rules,
        "clock": reckoning.clock,
        "may_draw_up": may_draw_up(actor),
    }
    return render(request, "supervision/lights.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Every light of the plan on the day as a workbook."""
    actor = actor_of(request.user)
    _, plan, day = _asked(request, actor)
    if plan is None:
        raise Http404
    lines = lights.lines_of(actor, plan, day)
    totals = lights.totals(lines, day, lights.Reckoning(plan, day).rules)
    return download(excel.lights(plan, lines, totals, day), "预警")


def _gap(line: lights.Line) -> str:
    found = line.light
    silent = found.gap is None or (line.goal is not None and line.goal.kind == "zero")
    return "" if silent or found.gap is None else f"{points(found.gap)}{found.gap_unit}"


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """How one light came about: formula, inputs, rule and its ground, every figure and revision, forecast and run rate."""
    actor = actor_of(request.user)
    indicator = _seen(actor, pk)
    today = timezone.localdate()
    day = min(DayQuery.said(request.GET.get("day", "")) or today, today)
    reckoning = lights.Reckoning(indicator.plan, day)
    said = lights.told(indicator.plan, pk).get(pk, ())
    line = lights.line_of(lights.indicators(indicator.plan).get(pk=pk), reckoning, said)
    forecast, needed = lights.outlook(line, day)
    context = {
        "line": line,
        "indicator": indicator,
        "day": day,
        "past": day < today,
        "gap": _gap(line),
        "rules": reckoning.rules,
        "forecast": forecast,
        "needed": needed,
        "figures": [
            (
                figure,
                revision,
                "没有数" if revision.value is None else number(revision.value) + indicator.unit,
            )
            for figure, revision in _figures(indicator)
        ],
        "paces": indicator.paces.order_by("at", "pk"),
        "may_pace": isinstance(PACE.judge(case_of(indicator), "draw", actor, "（待填）"), Move),
        "amendments": indicator.amendments.order_by("pk"),
        "may_draw_up": may_draw_up(actor),
    }
    return render(request, "supervision/receipt.html", context)


def _figures(indicator: Indicator) -> list[tuple[Figure, Revision]]:
    """Every number ever given, the latest period first."""
    rows = indicator.figures.select_related("unit").prefetch_related("revisions").order_by("-until")
    return [(figure, revision) for figure in rows for revision in figure.revisions.all()]


@require_safe
def export_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number ever given for an indicator as a workbook."""
    indicator = _seen(actor_of(request.user), pk)
    return download(excel.figures(indicator, _figures(indicator)), f"{indicator.name}报过的数")


@require_http_methods(["GET", "POST"])
def pace(request: Request, pk: int) -> HttpResponse:
    """Draw the planned curve of an indicator."""
    actor = actor_of(request.user)
    indicator = _seen(actor, pk)
    demand(PACE, case_of(indicator), "draw", actor, "（待填）")
    now = indicator.paces.last()
    initial = (
        {"kind": now.kind, "why": "", **{f"p{n}": p for n, p in enumerate(now.points, 1)}} if now else {}
    )
    months = lights.Reckoning(indicator.plan, timezone.localdate()).goal(indicator).span.last.month
    form = PaceForm(posted(request), initial=initial, months=months)

    def act() -> Pace:
        return draw(indicator, form.cleaned_data["kind"], form.points(), form.cleaned_data["why"], by=actor)

    if request.method == "POST" and attempt(form, act) is not None:
        messages.success(request, "计划进度已改，从今天起按新的进度亮灯，以前的灯不变。")
        return redirect("lights:receipt", indicator.pk)
    return form_page(request, form, {"indicator": indicator}, "supervision/pace.html")


def _seen(actor: Actor, pk: int) -> Indicator:
    plans = plans_in_ledger(actor) if actor.holds(*BUSINESS_POSTS) else Plan.objects.none()
    rows = Indicator._base_manager.select_related("plan", "task__action").prefetch_related(
        "task__assignments"
    )
    return get_object_or_404(rows, pk=pk, plan__in=plans)
