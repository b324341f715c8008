"""清单: five lists of a plan with their own columns; a row put on another list, and what its list asks, filled in."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.listing import LISTS, read_project
from luoshi.ledger import excel
from luoshi.ledger.models import LIST_KINDS, Plan, Task
from luoshi.ledger.queries import lists as queries
from luoshi.ledger.queries.rows import plans_in_ledger
from luoshi.ledger.services import listing
from luoshi.ledger.views.asked import ask_of, carried_out, let_in, task_of
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import posted
from luoshi.ui.downloads import download


@require_safe
def show(request: Request, slug: str) -> HttpResponse:
    """One list of one plan."""
    actor = actor_of(request.user)
    plans = list(plans_in_ledger(actor))
    plan = _asked(plans, request)
    if plan is None:
        return render(request, "ledger/list.html", {"plan": None})
    words = request.GET.get("q", "").strip()
    numbers = queries.counts(actor, plan)
    context = {
        "plan": plan,
        "plans": plans,
        "sight": queries.sight(actor, plan, slug, words),
        "lists": [(key, found.label, numbers[key]) for key, found in LISTS.items()],
        "words": words,
    }
    return render(request, "ledger/list.html", context)


@require_safe
def export(request: Request, slug: str) -> HttpResponse:
    """The list as a workbook."""
    actor = actor_of(request.user)
    plan = _asked(list(plans_in_ledger(actor)), request)
    if plan is None:
        raise Http404
    found = queries.sight(actor, plan, slug, request.GET.get("q", "").strip())
    return download(excel.listed(plan, found), f"{plan.title}{found.label}")


def _asked(plans: list[Plan], request: Request) -> Plan | None:
    """The plan the address names, else the newest one."""
    wanted = request.GET.get("plan", "")
    return next((plan for plan in plans if str(plan.pk) == wanted), plans[0] if plans else None)


@require_POST
def classify(request: Request, pk: int) -> HttpResponse:
    """Put a row on another list."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    let_in(task, "classify", actor)
    if listing.put_on_list(task, request.POST.get("kind", ""), actor):
        messages.success(request, f"这一项现在列在{dict(LIST_KINDS)[task.list_kind]}。")
    return redirect("ledger:task", task.pk)


class DetailsForm(forms.Form):
    """What a task's list asks beyond the row; a field a column."""

    def __init__(self, *args: object, task: Task) -> None:
        super().__init__(*args, initial=read_project(task.text) | task.details)  # type: ignore[arg-type]
        for column in listing.columns_by_hand(task):
            widget = {"type": "date"} if column.form == "day" else {"autocomplete": "off"}
            if column.form == "number":
                widget["inputmode"] = "decimal"
            self.fields[column.key] = forms.CharField(
                label=column.label, required=False, widget=forms.TextInput(widget)
            )


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, pk: int) -> HttpResponse:
    """Fill in what the list asks."""
    actor = actor_of(request.user)
    task = task_of(actor, pk)
    let_in(task, "describe", actor)
    form = DetailsForm(posted(request), task=task)

    if carried_out(request, form, lambda: listing.describe(task, form.cleaned_data, actor)):
        messages.success(request, "清单信息已保存。")
        return redirect("ledger:task", task.pk)
    label = LISTS[task.list_kind].label
    return ask_of(
        request,
        form,
        task,
        title=f"填写{label}的信息",
        lead=f"{label}里方案没有写的几栏，在这里补上；不知道的空着。已填的来自方案原文，可以改。",
        button="保存",
    )
