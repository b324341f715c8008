"""结账与结转: the end of a plan's year, and what goes on in the next."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.core.flow.actor import Actor
from luoshi.ledger.deadlines import typed
from luoshi.ledger.forms import GroundsForm
from luoshi.ledger.models import Plan, Task
from luoshi.ledger.queries.rows import plans_in_ledger, with_life
from luoshi.ledger.services import closing
from luoshi.ledger.services.closing import Carry
from luoshi.ledger.views.asked import carried_out, let_in
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, posted


def _plan(actor: Actor, pk: int) -> Plan:
    return get_object_or_404(plans_in_ledger(actor), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """What is still open, and the close itself."""
    actor = actor_of(request.user)
    plan = _plan(actor, pk)
    tasks = Task.objects.filter(plan=plan)
    states = tasks.aggregate(
        running=Count("pk", Q(state="running")),
        done=Count("pk", Q(state="done")),
        dropped=Count("pk", Q(state="dropped")),
    )
    shares = tasks.filter(state="running").aggregate(
        contested=Count("assignments", Q(assignments__state="contested")),
        waiting=Count("assignments", Q(assignments__state="waiting")),
    )
    plan.contested = 0
    let_in(plan, "close", actor)
    form = GroundsForm(posted(request))

    if carried_out(request, form, lambda: closing.close(plan, form.grounds(), actor)):
        messages.success(request, f"《{plan.title}》已结账，内容只供查阅。没有办完的任务可以结转。")
        return redirect(f"{reverse('ledger:index')}?plan={plan.pk}")
    context = {"plan": plan, "form": form, **states, **shares}
    return render(request, "ledger/close.html", context, status=422 if form.errors else 200)


class CarryForm(forms.Form):
    """Where the chosen tasks go."""

    into = forms.ModelChoiceField(
        Plan.objects.none(),
        label="转入",
        required=False,
        empty_label="新建一份方案",
        error_messages={"invalid_choice": "所选的方案已不能转入，请刷新页面后重新选择。"},
    )
    title = forms.CharField(
        label="新方案的名称（转入已有方案时不填）",
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": "名称不能超过300个字，请写得短一些。"},
    )
    deadline = forms.CharField(
        label="新的时限（可不填，不填沿用原时限）",
        max_length=20,
        required=False,
        help_text="如2027年、2027年三季度、2027年6月30日。",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": "没有读懂这个时限，请写成2027年、2027年三季度或2027年6月30日。"},
    )
    document = forms.CharField(
        label="依据（可不填）",
        max_length=100,
        required=False,
        help_text="文号或会议名称。",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": "依据不能超过100个字，请只写文号或会议名称。"},
    )

    def __init__(self, *args: object, plan: Plan, actor: Actor) -> None:
        super().__init__(*args, initial={"title": f"{plan.title}（结转任务）"[:300]})  # type: ignore[arg-type]
        self.fields["into"].queryset = plans_in_ledger(actor).filter(state="adopted").exclude(pk=plan.pk)

    def clean_deadline(self) -> str:
        """As it is stored."""
        said = self.cleaned_data["deadline"].strip()
        deadline = typed(said) if said else ""
        if deadline is None:
            raise forms.ValidationError("没有读懂这个时限，请写成2027年、2027年三季度或2027年6月30日。")
        return deadline


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: Request, pk: int) -> HttpResponse:
    """Choose unfinished tasks (all ticked) and where they go."""
    actor = actor_of(request.user)
    plan = _plan(actor, pk)
    let_in(plan, "carry_over", actor)
    unfinished = Task.objects.filter(plan=plan, state="running", carried_to=None).order_by("order")
    form = CarryForm(posted(request), plan=plan, actor=actor)
    ticked = [key for value in request.POST.getlist("tasks") if (key := whole(value)) is not None]

    def act() -> Plan:
        said = form.cleaned_data
        tasks = list(with_life(Task.objects.filter(plan=plan, pk__in=ticked)).order_by("order"))
        asked = Carry(said["into"], said["title"], said["deadline"], said["document"])
        return closing.carry_over(plan, tasks, asked, actor)

    if request.method == "POST" and (target := attempt(form, act)):
        messages.success(request, f"已结转{len(ticked)}项任务到《{target.title}》，各单位重新认领。")
        return redirect(f"{reverse('ledger:index')}?plan={target.pk}")
    tasks = list(unfinished.select_related("action").prefetch_related("assignments__unit"))
    context = {
        "plan": plan,
        "form": form,
        "tasks": tasks,
        "ticked": set(ticked) if request.method == "POST" else {task.pk for task in tasks},
    }
    return render(request, "ledger/carry.html", context, status=422 if form.errors else 200)
