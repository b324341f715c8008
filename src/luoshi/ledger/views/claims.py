"""认领: what waits for the own unit, taken on in one press or contested; objections, answered by the office."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused
from luoshi.ledger import excel
from luoshi.ledger.forms import AddUnitForm, ContestForm, GroundsForm, ReassignForm, UpholdForm
from luoshi.ledger.models import Assignment
from luoshi.ledger.queries.waiting import ANSWERS, TAKES, claims, objections, standing
from luoshi.ledger.services import assigning
from luoshi.ledger.views.asked import ask, ask_of, carried_out, let_in, share_of, task_of
from luoshi.org.actors import actor_of
from luoshi.org.queries.units import concrete_units
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import posted
from luoshi.ui.downloads import download

PER_PAGE = 200
SHARES = Prefetch("task__assignments", Assignment.objects.select_related("unit"))
Shares = QuerySet[Assignment]


@require_safe
def waiting(request: Request) -> HttpResponse:
    """Shares to take on (all ticked, so that one press takes all but the exceptions), objections to answer."""
    actor = actor_of(request.user)
    own, contested, units = _asked(request, actor)
    page = Paginator(own.prefetch_related(SHARES), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "contested": list(contested[:PER_PAGE]),
        "standing": units,
        "takes": actor.holds(*TAKES.posts),
    }
    return render(request, "ledger/claims.html", context)


def _asked(request: Request, actor: Actor) -> tuple[Shares, Shares, Iterable[dict[str, Any]]]:
    """What waits to be taken on, what waits for an answer, how the units stand: of all plans, or of one."""
    plan = whole(request.GET.get("plan", ""))
    own, contested = (
        found.select_related("unit", "task__plan", "task__action").order_by("task__plan", "task__order", "pk")
        for found in (claims(actor), objections(actor))
    )
    if plan:
        own, contested = own.filter(task__plan=plan), contested.filter(task__plan=plan)
    return own, contested, standing(actor, plan) if actor.holds(*ANSWERS.posts) else []


@require_safe
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    own, contested, units = _asked(request, actor_of(request.user))
    data = excel.claims(own.prefetch_related(SHARES), contested.prefetch_related(SHARES), units)
    return download(data, "认领")


@require_POST
def accept(request: Request) -> HttpResponse:
    """Take on the ticked shares."""
    actor = actor_of(request.user)
    ticked = [pk for value in request.POST.getlist("shares") if (pk := whole(value)) is not None]
    if not ticked:
        raise Refused("没有选中任何任务，请先勾选要认领的任务。")
    found = Assignment.objects.visible_to(actor).filter(pk__in=ticked)
    taken = assigning.accept(found.select_related("unit", "task__plan", "task__action").order_by("pk"), actor)
    if not taken.count:
        raise Refused(taken.refused[0] if taken.refused else "所选的任务已不在台账中，请刷新页面后再看。")
    messages.success(request, f"已认领{taken.count}项任务。")
    for sentence in taken.refused:
        messages.warning(request, sentence)
    return redirect("ledger:claims")


@require_POST
def accept_one(request: Request, pk: int) -> HttpResponse:
    """Take on one share, from the page of its task."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    let_in(share, "accept", actor)
    assigning.accept([share], actor)
    messages.success(request, f"已由{share.unit.full_name}认领。")
    return redirect("ledger:task", share.task_id)


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: Request, pk: int) -> HttpResponse:
    """Say why the share is not the unit's."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    let_in(share, "contest", actor)
    form = ContestForm(posted(request))

    if carried_out(request, form, lambda: assigning.contest(share, form.cleaned_data["reason"], actor)):
        messages.success(request, "异议已提交，由政府办答复。答复之前这一项不用办理。")
        return redirect("ledger:claims")
    return ask(
        request,
        form,
        title="提出异议",
        lead=f"这项任务把{share.unit.full_name}列为{share.get_role_display()}单位。不属于本单位的职责，请写明理由。",
        button="提出异议",
        back=reverse("ledger:claims"),
        crumb="认领",
        task=share.task,
    )


@require_POST
def retract(request: Request, pk: int) -> HttpResponse:
    """Take the objection back."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    assigning.retract(share, actor)
    messages.success(request, "异议已撤回，这一项重新等待认领。")
    return redirect("ledger:task", share.task_id)


@require_http_methods(["GET", "HEAD", "POST"])
def uphold(request: Request, pk: int) -> HttpResponse:
    """Answer an objection: the share stays."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    let_in(share, "uphold", actor)
    form = UpholdForm(posted(request))

    if carried_out(request, form, lambda: assigning.uphold(share, form.cleaned_data["reason"], actor)):
        messages.success(request, f"已答复：维持{share.unit.full_name}的责任，这一项视为已认领。")
        return redirect("ledger:claims")
    return ask(
        request,
        form,
        title="维持原分工",
        lead=f"{share.unit.full_name}提出的异议：{share.note}",
        button="维持原分工",
        back=reverse("ledger:claims"),
        crumb="认领",
        task=share.task,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: Request, pk: int) -> HttpResponse:
    """Give the share to another unit."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    let_in(share, "reassign", actor)
    contested = share.state == "contested"
    form = ReassignForm(posted(request), units=concrete_units(actor), contested=contested)

    if carried_out(
        request, form, lambda: assigning.reassign(share, form.cleaned_data["unit"], form.grounds(), actor)
    ):
        messages.success(request, f"已改派给{form.cleaned_data['unit']}，等该单位认领。")
        return redirect("ledger:claims") if contested else redirect("ledger:task", share.task_id)
    told = (
        f"{share.unit.full_name}提出的异议：{share.note}"
        if contested
        else f"现在由{share.unit.full_name}承担。"
    )
    return ask_of(
        request,
        form,
        share.task,
        title="改派",
        lead=f"{told}改派后，新的单位重新认领，改动记入变更。",
        button="改派",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request, pk: int) -> HttpResponse:
    """Let this unit answer for the task."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    let_in(share, "account", actor)
    form = GroundsForm(posted(request))

    if carried_out(request, form, lambda: assigning.make_accountable(share, form.grounds(), actor)):
        messages.success(request, f"已由{share.unit.full_name}对这项任务负总责。")
        return redirect("ledger:task", share.task_id)
    return ask_of(
        request,
        form,
        share.task,
        title=f"由{share.unit.full_name}负总责",
        lead="一项任务只有一个单位负总责。指定之后，原来的单位仍在责任单位之中，改动记入变更。",
        button="指定",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, pk: int) -> HttpResponse:
    """Take a unit out of a task."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    let_in(share, "release", actor)
    form = GroundsForm(posted(request))

    if carried_out(request, form, lambda: assigning.release(share, form.grounds(), actor)):
        messages.success(request, f"已免除{share.unit.full_name}在这项任务中的责任。")
        return redirect("ledger:task", share.task_id)
    return ask_of(
        request,
        form,
        share.task,
        title=f"免除{share.unit.full_name}的责任",
        lead="免除之后，这个单位不再承担这项任务，改动记入变更。",
        button="免除",
    )


@require_POST
def expand(request: Request, pk: int) -> HttpResponse:
    """A collective name becomes the shares of its members."""
    actor = actor_of(request.user)
    share = share_of(actor, pk)
    count = assigning.expand(share, actor)
    messages.success(request, f"已把“{share.unit.full_name}”展开为{count}个单位，各自认领。")
    return redirect("ledger:task", share.task_id)


@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request: Request, pk: int) -> HttpResponse:
    """One more unit in a task."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    let_in(task, "add_unit", actor)
    form = AddUnitForm(posted(request), units=concrete_units(actor))

    def act() -> None:
        said = form.cleaned_data
        assigning.add_unit(task, said["unit"], said["role"], form.grounds(), actor)

    if carried_out(request, form, act):
        messages.success(request, f"已补充{form.cleaned_data['unit']}，等该单位认领。")
        return redirect("ledger:task", task.pk)
    return ask_of(
        request,
        form,
        task,
        title="补充责任单位",
        lead="方案以“等”结尾、没有写全的单位，或后来参加的单位，在这里补上。",
        button="补充",
    )
