"""变更: a pending target filled in, a target changed, a deadline moved; a task finished, dropped, taken up again."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.ledger.deadlines import printed
from luoshi.ledger.forms import DeadlineForm, TargetForm, WhyForm
from luoshi.ledger.models import Assignment, Indicator
from luoshi.ledger.services.amending import move_deadline, set_target
from luoshi.ledger.services.milestones import end_or_resume
from luoshi.ledger.views.asked import ask, ask_of, carried_out, let_in, task_of
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import posted


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: Request, pk: int) -> HttpResponse:
    """Fill in or change the target of an indicator."""
    actor = actor_of(request.user)
    shares = Prefetch("task__assignments", Assignment.objects.select_related("unit"))
    rows = (
        Indicator.objects.visible_to(actor).select_related("plan", "action", "task").prefetch_related(shares)
    )
    indicator = get_object_or_404(rows, pk=pk)
    pending = indicator.target == Indicator.Target.PENDING
    let_in(indicator, "issue" if pending else "change", actor)
    form = TargetForm(posted(request), indicator=indicator)

    back = (
        reverse("ledger:task", args=[indicator.task_id])
        if indicator.task_id
        else f"{reverse('ledger:index')}?view=indicator&plan={indicator.plan_id}"
    )
    if carried_out(request, form, lambda: set_target(indicator, form.target(), form.grounds(), actor)):
        messages.success(request, f"{indicator.name}的目标现在是{indicator.words}。")
        return redirect(back)
    now = "还没有下达" if pending else f"现在是{indicator.words}"
    return ask(
        request,
        form,
        title=f"{'下达' if pending else '变更'}目标：{indicator.name}",
        lead=f"方案原文：{indicator.quote}。目标{now}。填写后，原来的目标、依据和办理人都留在变更记录里。",
        button="下达目标" if pending else "变更目标",
        back=back,
        crumb="任务" if indicator.task_id else "指标",
        task=indicator.task,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: Request, pk: int) -> HttpResponse:
    """Move the deadline of a task."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    let_in(task, "defer", actor)
    form = DeadlineForm(posted(request), task=task)

    if carried_out(
        request, form, lambda: move_deadline(task, form.cleaned_data["deadline"], form.grounds(), actor)
    ):
        messages.success(request, f"时限已改为{printed(task.deadline)}。")
        return redirect("ledger:task", task.pk)
    return ask_of(
        request,
        form,
        task,
        title="变更时限",
        lead=f"现在的时限：{task.due or '未写明'}。每次变更都记下次数、理由和依据。",
        button="变更时限",
    )


@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """Say that a task is done."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    end_or_resume(task, "finish", actor)
    messages.success(request, "这项任务已标为完成。")
    return redirect("ledger:task", task.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, pk: int, verb: str) -> HttpResponse:
    """Drop a task, or take it up again, with a reason."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    let_in(task, verb, actor)
    form, label = WhyForm(posted(request)), task.life.moves[verb].label

    if carried_out(request, form, lambda: end_or_resume(task, verb, actor, form.cleaned_data["reason"])):
        messages.success(request, f"已{label}。")
        return redirect("ledger:task", task.pk)
    return ask_of(
        request,
        form,
        task,
        title=label,
        lead="取消的任务不再要求填报，也不计入完成情况，随时可以恢复。"
        if verb == "drop"
        else "恢复后，任务回到办理中。",
        button=label,
    )
