"""项目: the list on any day, one project, what changes about it, the settings of the list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Offer
from luoshi.core.flow.project import PROJECT, STEPS
from luoshi.core.progress.rounding import percent
from luoshi.journal.moves import demand
from luoshi.journal.queries import history
from luoshi.ledger.models import Task
from luoshi.org.actors import actor_of
from luoshi.org.queries.units import concrete_units
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, form_page, page_of, posted
from luoshi.projects.forms import ListRulesForm, MilestonesForm, ProjectForm, StepForm, initial_of
from luoshi.projects.models import Entry, Project
from luoshi.projects.models.books import BOOKS, MEASURES
from luoshi.projects.models.projects import BACK, DAYS, KINDS
from luoshi.projects.queries import lists, projects_of
from luoshi.projects.queries.books import books_to_fill, reconciliations, rules_of
from luoshi.projects.services import listing
from luoshi.projects.sheets import lists as tables
from luoshi.ui.downloads import download

PER_PAGE, SHOWN = 100, 30
UNSAID = "（待填）"
"""Stands for the note while a page is only shown."""
PLAIN = ("create", "edit", "report", "milestones")
"""Verbs that have pages of their own."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list on a day, with its sums."""
    actor = lists.let_in(actor_of(request.user))
    today = timezone.localdate()
    filters = lists.Filters.of(request.GET.dict(), today)
    found = lists.find(actor, filters)
    page = page_of(request, found, PER_PAGE)  # type: ignore[arg-type]
    context: dict[str, Any] = {
        "filters": filters,
        "day": filters.day or today,
        "page": page,
        "lines": [(s, "" if s.share is None else percent(s.share, 1)) for s in page],
        "sums": lists.sums(found),
    }
    if getattr(request, "htmx", False):
        return render(request, "projects/_rows.html", context)
    open_books = [
        (r, [(slug, BOOKS[slug]) for slug in books_to_fill(actor, r)])
        for r in reconciliations(actor).filter(state="open")
    ]
    context |= {
        "kinds": KINDS,
        "states": PROJECT.choices(),
        "choices": lists.choices(actor),
        "may_keep": listing.may_keep(actor),
        "open_books": open_books,
        "today": today,
    }
    return render(request, "projects/index.html", context)


def project_for(actor: Actor, pk: int) -> Project:
    """A project this person may see; else 404."""
    rows = lists.visible(actor).select_related("unit", "town", "task__plan")
    return get_object_or_404(rows.prefetch_related("milestones"), pk=pk)


def _entries(project: Project) -> QuerySet[Entry]:
    """What the books said of a project, the newest first."""
    return project.entries.select_related("reconciliation").order_by("-pk")


@require_safe
def export_entries(request: HttpRequest, pk: int) -> HttpResponse:
    """What the books said of a project as a workbook."""
    found = project_for(actor_of(request.user), pk)
    return download(tables.entries(found, _entries(found)), f"{found.name}各期报的数")


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: where it stands, what was said of it by whom, its milestones, its sentence, what happened."""
    actor = actor_of(request.user)
    found = project_for(actor, pk)
    standing = projects_of(actor.government_id, only=Project.objects.filter(pk=pk))[0]
    entries = _entries(found)[:SHOWN]
    offers = [o for o in PROJECT.offers(found, actor) if o.move.verb not in PLAIN and _fits(o)]
    forward = (
        STEPS if found.registered else (*STEPS, "register")
    )  # 履约 once registered is corrected from the side
    context = {
        "project": found,
        "standing": standing,
        "share": "" if standing.share is None else percent(standing.share, 1),
        "said": [(label, standing.said.get(measure)) for measure, label in MEASURES.items()],
        "first": [o for o in offers if o.move.verb in forward],
        "side": [o for o in offers if o.move.verb not in forward],
        "may_edit": _may(found, "edit", actor),
        "may_milestones": _may(found, "milestones", actor),
        "entries": entries,
        "settlements": found.settlements.select_related("reconciliation").order_by("-pk"),
        "events": history(found, 40),
    }
    return render(request, "projects/project.html", context)


def _fits(offer: Offer) -> bool:
    """Leaves out what says nothing here: the other of two ways back."""
    return not (offer.move.verb in BACK and offer.denial)


def _may(found: Project, verb: str, actor: Actor) -> bool:
    return any(o.move.verb == verb and not o.denial for o in PROJECT.offers(found, actor))


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Take a project on. `?task=` takes a row of the ledger along."""
    actor = actor_of(request.user)
    listing.ask_to_keep(actor)
    task = _task(actor, request.GET.get("task", ""))
    form = ProjectForm(
        posted(request), units=concrete_units(actor), tasks=lists.tasks_for(actor, task.pk if task else None), initial=_from_task(task)
    )  # fmt: skip
    if request.method == "POST" and (made := attempt(form, lambda: listing.take_on(form.draft(), by=actor))):
        messages.success(request, f"已列入清单，{made.number}号。")
        return redirect("projects:project", made.pk)
    context = {"title": "列入项目", "back": reverse("projects:index"), "crumb": "项目"}
    return form_page(request, form, context, "projects/form.html")


def _task(actor: Actor, asked: str) -> Task | None:
    pk = whole(asked)
    return None if pk is None else lists.tasks_for(actor, pk).filter(pk=pk).first()


def _from_task(task: Task | None) -> dict[str, Any]:
    """What the ledger already knows of the project; nobody types it again."""
    if task is None:
        return {"kind": "industry"}
    kept = task.details
    lead = task.assignments.filter(accountable=True).first()
    return {
        "name": str(task)[:100],
        "content": task.text[:500],
        "task": task.pk,
        "unit": lead.unit_id if lead else None,
        "developer": str(kept.get("owner", ""))[:100],
        "total": kept.get("total", ""),
        "year_plan": kept.get("year_plan", ""),
        "should_begin": kept.get("begins", ""),
        "should_finish": kept.get("ends", ""),
        "kind": "industry",
    }


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Set right what the list says of a project."""
    actor = actor_of(request.user)
    found = project_for(actor, pk)
    demand(PROJECT, found, "edit", actor)
    form = ProjectForm(
        posted(request),
        units=concrete_units(actor),
        tasks=lists.tasks_for(actor, found.task_id),
        initial=initial_of(found),
    )

    def act() -> bool:
        listing.correct(found, form.draft(), by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        return redirect("projects:project", pk)
    context = {
        "title": "修改项目",
        "back": reverse("projects:project", args=[pk]),
        "crumb": project_for(actor, pk).name,
    }
    return form_page(request, form, context, "projects/form.html")


@require_http_methods(["GET", "POST"])
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """Lead a project on, take a step back, end it."""
    actor = actor_of(request.user)
    found = project_for(actor, pk)
    if verb not in (*DAYS, *BACK, "end"):
        raise Http404
    move = demand(PROJECT, found, verb, actor, UNSAID)
    form = StepForm(
        posted(request),
        dated=verb not in BACK,
        reasoned=verb not in DAYS,
        initial={"day": timezone.localdate()},
    )

    def act() -> bool:
        said = form.cleaned_data
        if verb in DAYS:
            listing.lead_on(found, verb, said["day"], by=actor)
        elif verb in BACK:
            listing.take_back(found, verb, said["note"], by=actor)
        else:
            listing.end(found, said["day"], said["note"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, f"已{move.label}。")
        return redirect("projects:project", pk)
    lead = {
        "end": "终止后不再要数，签约批次的四率仍计入这个项目。",
        "register": "完成工商注册登记的日期。",
    }.get(verb, "")
    context = {
        "title": f"{move.label}：{found.name}", "lead": lead, "button": move.label, "back": reverse("projects:project", args=[pk]),
        "crumb": found.name,
    }  # fmt: skip
    return form_page(request, form, context)


@require_http_methods(["GET", "POST"])
def milestones(request: Request, pk: int) -> HttpResponse:
    """The milestones of a project: planned for a day, reached on one."""
    actor = actor_of(request.user)
    found = project_for(actor, pk)
    demand(PROJECT, found, "milestones", actor)
    form = MilestonesForm(posted(request), milestones=list(found.milestones.all()))

    def act() -> bool:
        listing.set_milestones(found, form.milestones(), by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        return redirect("projects:project", pk)
    return form_page(request, form, {"project": found}, "projects/milestones.html")


@require_http_methods(["GET", "POST"])
def settings(request: Request) -> HttpResponse:
    """Whose the books are."""
    actor = actor_of(request.user)
    listing.ask_to_keep(actor)
    now = rules_of(actor.government_id)
    initial = {
        "planning_unit": now.planning_unit_id, "finance_unit": now.finance_unit_id, "rhythm": now.rhythm, "tolerance": now.tolerance,
    }  # fmt: skip
    form = ListRulesForm(posted(request), units=concrete_units(actor), initial=initial)

    def act() -> bool:
        listing.set_rules(form.rules(), by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "已保存，从下一期对账起用。")
        return redirect("projects:books")
    context = {
        "title": "项目清单设置", "lead": "三本账各由谁填。项目单位的账由各项目的责任单位填，不用在这里选。", "button": "保存",
        "back": reverse("projects:books"), "crumb": "双周对账",
    }  # fmt: skip
    return form_page(request, form, context)
