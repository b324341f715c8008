"""台账: the ledger by action, unit, leader; all indicators; task forces and mechanisms; one task; the source; Excel."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.listing import classify
from luoshi.journal.queries import histories
from luoshi.ledger import excel
from luoshi.ledger.beside import panels
from luoshi.ledger.models import LIST_KINDS, Plan, Task
from luoshi.ledger.paper import Mark, lay_out
from luoshi.ledger.queries import rows as queries
from luoshi.ledger.queries.rows import VIEWS, Filters
from luoshi.ledger.services.listing import columns_by_hand
from luoshi.ledger.views.asked import Line, offers
from luoshi.org.actors import actor_of
from luoshi.org.requests import whole
from luoshi.ui.downloads import download


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The ledger of one plan, as the address asks."""
    actor, filters = actor_of(request.user), Filters.of(request.GET)
    plans = list(queries.plans_in_ledger(actor))
    plan = _asked(plans, filters)
    if plan is None:
        return render(request, "ledger/index.html", {"plan": None})
    context = {
        "plan": plan,
        "filters": filters,
        "views": VIEWS,
        "claim_states": ASSIGNMENT.choices(),
        "query": _address(request, "view"),
        **_rows(actor, plan, filters),
    }
    if request.htmx:
        return render(request, "ledger/_rows.html", context)
    more = {"choices": queries.choices(plans, plan), "verbs": offers(plan, actor)}
    return render(request, "ledger/index.html", {**context, **more})


def _asked(plans: list[Plan], filters: Filters) -> Plan | None:
    """The plan the address names, else the newest one."""
    return next((plan for plan in plans if str(plan.pk) == filters.plan), plans[0] if plans else None)


def _rows(actor: Actor, plan: Plan, filters: Filters) -> dict[str, Any]:
    if filters.view == "indicator":
        indicators = queries.indicators_of(actor, plan, filters)
        return {"indicators": indicators, "total": len(indicators)}
    if filters.view == "force":
        forces, mechanisms, quotas = queries.forces_of(actor, plan, filters)
        total = len(forces) + len(mechanisms) + len(quotas)
        return {"forces": forces, "mechanisms": mechanisms, "quotas": quotas, "total": total}
    tasks = queries.tasks_of(actor, plan, filters)
    return {"groups": queries.grouped(tasks, filters), "total": len(tasks)}


def _address(request: HttpRequest, *without: str) -> str:
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return query.urlencode()


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: who answers for it, its targets, its sentence in context, what happened."""
    actor = actor_of(request.user)
    found = get_object_or_404(queries.with_life(Task.objects.visible_to(actor)), pk=pk)
    text = (found.paper or found.plan).source.text
    context = {
        "task": found,
        "before": text[max(0, found.start - 120) : found.start].strip(),
        "words": text[found.start : found.end].strip(),
        "after": text[found.end : found.end + 120].strip(),
        "indicators": [Line(indicator, offers(indicator, actor)) for indicator in found.indicators.all()],
        "milestones": [Line(step, offers(step, actor)) for step in found.milestones.all()],
        "progress": progress(found),
        "moved": sum(a.what == "deadline" for a in found.amendments.all()),
        "shares": [Line(share, offers(share, actor)) for share in found.assignments.all()],
        "verbs": offers(found, actor),
        "listed": classify(found.heading, found.text),
        "list_kinds": LIST_KINDS,
        "described": described(found),
        "panels": panels(actor, found),
        "events": histories(
            [found, *found.assignments.all(), *found.milestones.all(), *found.indicators.all(), found.plan],
            15,
        ),
    }
    return render(request, "ledger/task.html", context)


@require_safe
def export_task(request: HttpRequest, pk: int) -> HttpResponse:
    """What hangs on a task as a workbook."""
    rows = queries.with_life(Task.objects.visible_to(actor_of(request.user)))
    found = get_object_or_404(rows, pk=pk)
    return download(excel.task(found), f"任务{found.order}")


def described(task: Task) -> list[tuple[str, str]]:
    """What was filled in for the task's list: (column, text)."""
    said = ((column.label, task.details.get(column.key, "")) for column in columns_by_hand(task))
    return [(label, text) for label, text in said if text]


def progress(task: Task) -> int | None:
    """How much of the milestones is done, in percent by weight; None without any that counts."""
    counted = [step for step in task.milestones.all() if step.state != "dropped"]
    total = sum(step.weight for step in counted)
    done = sum(step.weight for step in counted if step.state in ("done", "confirmed"))
    return round(100 * done / total) if total else None


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's own words, with the place `?at=start-end` glowing."""
    plan = get_object_or_404(Plan.objects.visible_to(actor_of(request.user)).select_related("source"), pk=pk)
    start, end = (whole(value) for value in request.GET.get("at", "").partition("-")[::2])
    here = [] if start is None or end is None else [Mark(start, end, "here", "here")]
    return render(
        request,
        "ledger/source.html",
        {"plan": plan, "files": plan.files.all(), "blocks": lay_out(plan.source, here)},
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The ledger as filtered, as a workbook."""
    actor, filters = actor_of(request.user), Filters.of(request.GET)
    plan = _asked(list(queries.plans_in_ledger(actor)), filters)
    if plan is None:
        raise Http404
    if filters.view == "indicator":
        data = excel.indicators(plan, queries.indicators_of(actor, plan, filters))
    elif filters.view == "force":
        data = excel.forces(plan, *queries.forces_of(actor, plan, filters))
    else:
        groups = queries.grouped(queries.tasks_of(actor, plan, filters), filters)
        data = excel.ledger(plan, VIEWS[filters.view], groups)
    return download(data, f"{plan.title}台账（{VIEWS[filters.view]}）")


@require_safe
def breakdown(request: HttpRequest, pk: int) -> HttpResponse:
    """任务责任分解表 of a plan, ready to print on A4."""
    actor = actor_of(request.user)
    plan = get_object_or_404(queries.plans_in_ledger(actor), pk=pk)
    groups = queries.grouped(queries.tasks_of(actor, plan, Filters()), Filters())
    return download(excel.breakdown(plan, groups), f"{plan.title}任务责任分解表")
