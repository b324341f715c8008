"""节点: splitting a task into steps and pieces, and what is said of each."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.core.flow.actor import Actor
from luoshi.ledger.forms import EditStepForm, StepForm, WhyForm
from luoshi.ledger.models import Assignment, Milestone, Task
from luoshi.ledger.services import milestones as services
from luoshi.ledger.services.changes import Grounds
from luoshi.ledger.views.asked import ask, ask_of, carried_out, let_in, task_of
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import posted


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """One more milestone or piece."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    let_in(task, "split", actor)
    form = StepForm(posted(request), task=task)

    if carried_out(request, form, lambda: services.add_milestone(task, form.step(), actor)):
        messages.success(request, f"已添加节点“{form.cleaned_data['title']}”。")
        return redirect("ledger:task", task.pk)
    return ask_of(
        request,
        form,
        task,
        title="添加节点",
        lead="把任务拆成一步一步的节点，写明到哪一天办成什么；分给一个单位的，选上承担单位，由它报完成。",
        button="添加",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a milestone."""
    actor = actor_of(request.user)
    milestone = _milestone(actor, pk)
    let_in(milestone, "edit", actor)
    form = EditStepForm(posted(request), milestone=milestone)

    if carried_out(
        request,
        form,
        lambda: services.edit_milestone(milestone, form.step(), Grounds(form.cleaned_data["reason"]), actor),
    ):
        messages.success(request, "节点已修改。")
        return _back(milestone)
    return _ask(request, form, milestone, "修改节点", "改完成日期要写明理由，并记入变更。", "保存")


@require_POST
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """finish, undo, confirm, restore: one press."""
    actor = actor_of(request.user)
    milestone = _milestone(actor, pk)
    services.step_on(milestone, verb, actor)
    messages.success(request, f"“{milestone.title}”现在是{milestone.life.label(milestone.state)}。")
    return _back(milestone)


@require_http_methods(["GET", "HEAD", "POST"])
def say_why(request: Request, pk: int, verb: str) -> HttpResponse:
    """reject and drop: with a reason."""
    actor = actor_of(request.user)
    milestone = _milestone(actor, pk)
    let_in(milestone, verb, actor)
    form, label = WhyForm(posted(request)), milestone.life.moves[verb].label

    if carried_out(
        request, form, lambda: services.step_on(milestone, verb, actor, form.cleaned_data["reason"])
    ):
        messages.success(request, f"“{milestone.title}”现在是{milestone.life.label(milestone.state)}。")
        return _back(milestone)
    return _ask(request, form, milestone, label, "请写明理由，承担单位会看到。", label)


def _milestone(actor: Actor, pk: int) -> Milestone:
    tasks = Task.objects.visible_to(actor)
    shares = Prefetch("task__assignments", Assignment.objects.select_related("unit"))
    rows = Milestone.objects.filter(task__in=tasks).select_related("unit", "task__plan", "task__action")
    return get_object_or_404(rows.prefetch_related(shares), pk=pk)


def _back(milestone: Milestone) -> HttpResponse:
    return redirect(f"{reverse('ledger:task', args=[milestone.task_id])}#milestones")


def _ask(
    request: Request, form: StepForm | WhyForm, milestone: Milestone, title: str, lead: str, button: str
) -> HttpResponse:
    back = f"{reverse('ledger:task', args=[milestone.task_id])}#milestones"
    context = {"title": f"{title}：{milestone.title}", "lead": lead, "button": button}
    return ask(request, form, **context, back=back, crumb="任务", task=milestone.task)
