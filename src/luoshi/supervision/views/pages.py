"""督办: the list, one order, drawing one up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Offer
from luoshi.core.flow.order import EXTENSION, ORDER, REVIEW, SHARE
from luoshi.core.orders.words import CAUSES, ORIGINS, TYPES
from luoshi.core.workdays import national
from luoshi.journal.moves import Denied, demand
from luoshi.journal.queries import histories
from luoshi.ledger.models import Task
from luoshi.org.actors import actor_of
from luoshi.org.queries.units import concrete_units
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, page_of, posted
from luoshi.supervision import excel
from luoshi.supervision.forms import DraftForm, PlanForm, initial_of
from luoshi.supervision.models import Extension, InspectionPlan, Order
from luoshi.supervision.queries import lists
from luoshi.supervision.queries.likeness import inspections
from luoshi.supervision.queries.one import marks, order_for, turn_of
from luoshi.supervision.services import opening
from luoshi.ui.downloads import download

PER_PAGE = 50
SIDE = ("escalate", "hang", "unhang", "conclude", "cancel", "turn_down", "refuse", "reassign")
"""Verbs that stand behind the others on the page."""
APART = ("create", "edit")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Orders by tab and filter; what is over its time first."""
    actor = actor_of(request.user)
    filters = lists.Filters.of(request.GET.dict())
    page = page_of(request, lists.find_orders(actor, filters), PER_PAGE)  # type: ignore[arg-type]
    today = timezone.localdate()
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "lines": [lists.Line(order, order.standing(today)) for order in page],
    }
    if getattr(request, "htmx", False):
        return render(request, "supervision/_rows.html", context)
    counts = lists.counts(actor)
    context |= {
        "tabs": [(slug, word, counts[slug]) for slug, word in lists.GROUPS.items()],
        "counts": counts,
        "units": lists.units_asked(actor),
        "origins": ORIGINS,
        "types": TYPES,
        "cause_words": CAUSES,
        "marks": lists.MARKS,
        "looks": lists.LOOKS,
        "causes": lists.causes(actor),
        "may_draw_up": may_draw_up(actor),
        "inspected": _inspected(actor),
        "may_plan": actor.holds("office"),
    }
    return render(request, "supervision/index.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The orders that the filters ask for as a workbook."""
    filters = lists.Filters.of(request.GET.dict())
    found = lists.find_orders(actor_of(request.user), filters).prefetch_related("shares")
    return download(excel.orders(found, timezone.localdate()), f"督办事项{lists.GROUPS[filters.group]}")


def _inspected(actor: Actor) -> tuple[int, InspectionPlan | None] | None:
    """How many inspections the year has seen, against its plan; for those who draw orders up."""
    if not actor.holds("office", "inspector", "leader"):
        return None
    year = timezone.localdate().year
    plan = InspectionPlan.objects.filter(government=actor.government_id, year=year).first()
    return inspections(actor.government_id, year), plan


def may_draw_up(actor: Actor) -> bool:
    """Whether a new order may be drawn up by this person."""
    return actor.holds(*ORDER.moves["create"].posts)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """立项. `?task=` takes a task of the ledger along."""
    actor = actor_of(request.user)
    case = Order(government_id=actor.government_id, drafter_id=actor.person_id)
    if not actor.holds(*ORDER.moves["create"].posts):
        demand(ORDER, case, "create", actor)
    task = _task(actor, request.GET.get("task", ""))
    units = concrete_units(actor)
    form = DraftForm(posted(request), units=units, task=task, initial=_from_task(task) | _origin(request))
    if request.method == "POST":

        def act() -> Order:
            return opening.draw_up(form.draft(), by=actor, sure=form.cleaned_data["sure"])

        if order := attempt(form, act):
            return redirect("supervision:order", order.pk)
    return _draft_page(request, form, "立项", {"task": task})


def _task(actor: Actor, asked: str) -> Task | None:
    pk = whole(asked)
    if pk is None:
        return None
    return get_object_or_404(Task, pk=pk, plan__government_id=actor.government_id)


def _origin(request: Request) -> dict[str, str]:
    """Where the matter comes from, as the address says (a light says: a warning)."""
    said = request.GET.get("origin", "")
    return {"origin": said} if said in ORIGINS else {}


def _from_task(task: Task | None) -> dict[str, Any]:
    """What the ledger already knows about the matter."""
    if task is None:
        return {"type": "daily", "origin": "inspection", "clock": "ordinary"}
    shares = list(task.assignments.select_related("unit"))
    first = next((share.unit for share in shares if share.accountable), None)
    return {
        "title": str(task)[:120],
        "matter": task.text[:2000],
        "unit": first,
        "co_units": [
            share.unit_id for share in shares if share.unit != first and not share.unit.is_collective
        ],
        "origin": "ledger",
        "ground": task.plan.number or task.plan.title[:200],
        "leader": next((leader.name for leader in task.leaders.all()), ""),
        "type": "daily",
        "clock": "ordinary",
    }


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Set an order right before it is handed over."""
    actor = actor_of(request.user)
    order = order_for(actor, pk)
    demand(ORDER, order, "edit", actor)
    form = DraftForm(posted(request), units=concrete_units(actor), task=order.task, initial=initial_of(order))
    del form.fields["sure"]
    if request.method == "POST":

        def act() -> bool:
            opening.edit(order, form.draft(), by=actor)
            return True

        if attempt(form, act):
            return redirect("supervision:order", order.pk)
    return _draft_page(request, form, "修改立项", {"order": order, "task": order.task})


def _draft_page(request: Request, form: DraftForm, title: str, more: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "supervision/draft.html", {"form": form, "title": title, **more}, status=status)


@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: whose turn it is, what was said, how it stands, what happened."""
    actor = actor_of(request.user)
    found = order_for(actor, pk)
    offers = [o for o in ORDER.offers(found, actor) if o.move.verb not in APART and _fits(o, found)]
    shares = [(s, SHARE.offers(s, actor)) for s in found.shares.all()]
    extensions = [(e, _answers(EXTENSION.offers(e, actor))) for e in found.extensions.all()]
    conclusions = [
        (c, [(r, _answers(REVIEW.offers(r, actor))) for r in c.reviews.all()])
        for c in found.conclusions.all()
    ]
    context = {
        "order": found,
        "standing": found.standing(),
        "turn": turn_of(found),
        "first": [o for o in offers if o.move.verb not in SIDE],
        "side": [o for o in offers if o.move.verb in SIDE],
        "may_edit": any(o.move.verb == "edit" and not o.denial for o in ORDER.offers(found, actor)),
        "may_extend": found.state == "working" and _asks(found, actor),
        "may_review": _reviewable(actor, found),
        "shares": shares,
        "extensions": extensions,
        "conclusions": conclusions,
        "marks": marks(found),
        "asked": lists.asked_this_year(found.unit, found.year) if found.unit else 0,
        "caveat": national().caveat(found.deadline) if found.deadline else "",
        "events": histories([found, *found.shares.all(), *found.extensions.all()], 60),
    }
    return render(request, "supervision/order.html", context)


def _fits(offer: Offer, order: Order) -> bool:
    """Leaves out what says nothing here: taking down a plate that does not hang, a second way to approve."""
    verb = offer.move.verb
    if verb in ("hang", "unhang"):
        return order.hung == (verb == "unhang")
    return not (verb == "approve_daily" and offer.denial)


def _answers(offers: tuple[Offer, ...]) -> list[Offer]:
    """Offers that answer a request, without those that make one."""
    return [o for o in offers if o.move.verb not in ("ask", "apply")]


def _asks(order: Order, actor: Actor) -> bool:
    case = Extension(order=order, unit_id=order.unit_id or 0, old_deadline=order.deadline)
    waiting = any(e.state == "asked" for e in order.extensions.all())
    return not waiting and any(o.move.verb == "ask" and not o.denial for o in EXTENSION.offers(case, actor))


def _reviewable(actor: Actor, order: Order) -> list[int]:
    """The conclusions that this person's unit may still ask a review of."""
    if not (actor.holds("head") and actor.reaches("head", order.unit_id)):
        return []
    today = timezone.localdate()
    return [c.pk for c in order.conclusions.all() if not c.reviews.all() and today <= c.reviewable_until]


@require_POST
def plan(request: Request) -> HttpResponse:
    """How many inspections the year's filed plan allows; kept by the office."""
    actor = actor_of(request.user)
    if not actor.holds("office"):
        raise Denied(
            "not_you", "督查计划由综合协调组（政府办）登记，您目前的岗位不能办理，如有需要请与其联系。"
        )
    form = PlanForm(request.POST)
    if form.is_valid():
        InspectionPlan.objects.update_or_create(
            government_id=actor.government_id,
            year=timezone.localdate().year,
            defaults={"planned": form.cleaned_data["planned"]},
        )
    return redirect("supervision:index")
