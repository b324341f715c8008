"""单位对应 and 建账: the two steps between review and ledger."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Denial
from luoshi.intake import queries
from luoshi.intake.doubts import OPEN_ENDED
from luoshi.intake.findings import count, findings_of
from luoshi.intake.models import DraftItem
from luoshi.intake.services import adopting, naming
from luoshi.intake.views.review import may_correct, plan_of
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.models import Unit
from luoshi.org.queries import find_units, register
from luoshi.org.requests import whole


@require_safe
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """Every printed name and the unit it means; `?collective=` asks what a name stands for."""
    plan = plan_of(request, pk)
    if name := request.GET.get("collective"):
        known = find_units(actor_of(request.user)).exclude(kind="collective")
        towns_first = sorted(known, key=lambda unit: (unit.kind != "town", unit.kind, unit.rank))
        return render(request, "intake/collective.html", {"plan": plan, "name": name, "units": towns_first})
    lines = queries.name_lines(plan, queries.items_of(plan))
    context = {
        "plan": plan,
        "lines": lines,
        "open": sum(not line.match.settled for line in lines),
        "guesses": sum(line.match.state == "guess" for line in lines),
        "units": find_units(actor_of(request.user)),
        "may_correct": may_correct(request, plan),
    }
    return render(request, "intake/units.html", context)


@require_POST
def name_units(request: HttpRequest, pk: int) -> HttpResponse:
    """verb=accept|create on the ticked names; choose, collective or forget on one name."""
    plan, actor = plan_of(request, pk), actor_of(request.user)
    verb, names = request.POST.get("verb", ""), request.POST.getlist("names")
    if verb == "accept":
        naming.choose(plan, _guesses(plan, names), actor)
    elif not names:
        raise Refused("没有选中任何名称，请先勾选。")
    elif verb == "create":
        naming.create_units(plan, names, actor)
    elif verb == "collective":
        ticked = {whole(unit) for unit in request.POST.getlist("units")} - {None}
        naming.mark_collective(plan, names[0], find_units(actor).filter(pk__in=ticked), actor)
    elif verb == "forget":
        naming.forget(plan, names[0], actor)
    else:
        unit = _called(request.POST.get("called", "").strip(), actor)
        naming.choose(plan, {names[0]: unit}, actor, remember="remember" in request.POST)
    return redirect("intake:units", pk=plan.pk)


def _guesses(plan: Plan, names: list[str]) -> dict[str, Unit]:
    """What the register guesses for the ticked names; for all guessed ones when none is ticked."""
    lines = queries.name_lines(plan, queries.items_of(plan))
    wanted = [line for line in lines if line.match.state == "guess" and (not names or line.name in names)]
    return {line.name: line.unit for line in wanted if line.unit}


def _called(name: str, actor: Actor) -> Unit:
    """The unit in force that answers to exactly this name."""
    row = next((row for row in register(actor.government_id) if name in row.names), None)
    if row is None:
        raise Refused(f"名录里没有叫“{name}”的单位。请从列表中选一个，或新建这个单位。")
    return Unit.objects.get(pk=row.unit_id)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be entered, what still stands in the way; POST enters it."""
    plan, actor = plan_of(request, pk), actor_of(request.user)
    if request.method == "POST":
        adopting.adopt(plan, actor)
        messages.success(request, f"《{plan.title}》已建账，台账如下。")
        return redirect("ledger:index")
    items = queries.items_of(plan)
    verdict = plan.life.judge(queries.count_what_is_left(plan, items), "adopt", actor)
    alive = queries.live(items)
    left = [(i, d) for i in alive for d in i.doubts if d.get("answer") == "left"]
    kinds = Counter(item.kind for item in alive)
    context = {
        "plan": plan,
        "denial": verdict if isinstance(verdict, Denial) else None,
        "counts": [(DraftItem.Kind(kind).label, kinds[kind]) for kind in queries.TABS if kind != "document"],
        "unconfirmed": sum(item.status == "open" and not item.open_doubts for item in alive),
        "units": len(queries.printed_names(items)),
        "left": [(item, doubt["question"]) for item, doubt in left if doubt["code"] != OPEN_ENDED],
        "open_lists": sum(doubt["code"] == OPEN_ENDED for _, doubt in left),
        "errors": count(findings_of(plan)).error,
    }
    return render(request, "intake/adopt.html", context)
