"""Duties: what I bear, one of them, kept in one press, several at once, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import DUTY, LIVE
from luoshi.dispatch import excel
from luoshi.dispatch.forms import KeepForm, ReasonForm
from luoshi.dispatch.models import Duty
from luoshi.dispatch.queries import rhythms as queries
from luoshi.dispatch.services import duties as services
from luoshi.dispatch.views.months import seen
from luoshi.journal.moves import demand
from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, form_page, page_of, posted
from luoshi.ui.downloads import download

PER_PAGE = 50
MOST = 200


def duty_of(actor: Actor, pk: int) -> Duty:
    """The duty of the address, if the person may see it; else 404."""
    return get_object_or_404(queries.duties_of(actor), pk=pk)


@require_safe
def duties(request: Request) -> HttpResponse:
    """My duties: what is to be kept first, then what has been."""
    actor = actor_of(request.user)
    seen(actor)
    context: dict[str, Any] = {
        "waiting": queries.to_keep(actor),
        "page": page_of(request, queries.kept_by(actor), PER_PAGE),
        "today": timezone.localdate(),
        "form": KeepForm(None, initial={"on": timezone.localdate()}),
    }
    return render(request, "dispatch/duties.html", context)


@require_safe
def export(request: Request) -> HttpResponse:
    """My duties as a workbook: what is to be kept, then what has been."""
    actor = actor_of(request.user)
    seen(actor)
    return download(excel.duties([*queries.to_keep(actor), *queries.kept_by(actor)]), "我的职责")


@require_POST
def keep_all(request: Request) -> HttpResponse:
    """Several of mine at once, done on the day of each period's end or today, whichever is earlier."""
    actor = actor_of(request.user)
    seen(actor)
    keys = [key for value in request.POST.getlist("duty")[:MOST] if (key := whole(value)) is not None]
    found = list(queries.duties_of(actor).filter(pk__in=keys, state__in=LIVE))
    form = KeepForm(request.POST)
    if not found:
        messages.error(request, "没有选中要登记的项目，请先勾选。")
    elif attempt(form, lambda: _keep(found, form, actor)) is None:
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
    else:
        messages.success(request, f"已登记{len(found)}项完成。")
    return redirect("dispatch:duties")


def _keep(found: list[Duty], form: KeepForm, actor: Actor) -> bool:
    said = form.cleaned_data
    for duty in found:
        services.keep(duty, said["on"], said["note"], by=actor)
    return True


@require_safe
def duty(request: Request, pk: int) -> HttpResponse:
    """One duty: whose, when, what it draws on, what was done."""
    actor = actor_of(request.user)
    found = duty_of(actor, pk)
    today = timezone.localdate()
    context = {
        "duty": found,
        "word": found.word(today),
        "offers": {offer.move.verb for offer in DUTY.offers(found, actor) if not offer.denial},
        "form": KeepForm(None, initial={"on": min(today, max(found.until, found.due))}),
        "round": queries.drawn_from(found),
        "events": history(found, 20),
    }
    return render(request, "dispatch/duty.html", context)


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """登记完成."""
    actor = actor_of(request.user)
    found = duty_of(actor, pk)
    demand(DUTY, found, "keep", actor)
    form = KeepForm(request.POST)

    def act() -> bool:
        services.keep(found, form.cleaned_data["on"], form.cleaned_data["note"], by=actor)
        return True

    if attempt(form, act):
        messages.success(request, f"{found}已登记完成。")
    else:
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
    return redirect("dispatch:duty", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    """撤销登记."""
    actor = actor_of(request.user)
    found = duty_of(actor, pk)
    demand(DUTY, found, "undo", actor, "。")
    form = ReasonForm(posted(request))

    def act() -> bool:
        services.undo(found, form.cleaned_data["reason"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, f"{found}已撤销登记。")
        return redirect("dispatch:duty", found.pk)
    context = {
        "title": "撤销登记",
        "lead": f"{found}，{found.who}，{found.kept_on}登记完成。",
        "button": "撤销登记",
        "back": f"/calendar/duties/{found.pk}/",
        "crumb": "职责",
    }
    return form_page(request, form, context)
