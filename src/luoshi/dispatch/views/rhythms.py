"""One rhythm: its sentence, its days, what was changed; changing, stopping, taking up again."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import KEEPERS, RHYTHM
from luoshi.dispatch.forms import ChangeForm, FromForm, initial_of
from luoshi.dispatch.models import Rhythm
from luoshi.dispatch.queries import rhythms as queries
from luoshi.dispatch.queries.days import workdays_of
from luoshi.dispatch.queries.naming import Register
from luoshi.dispatch.services import confirming
from luoshi.dispatch.views.plans import DUES
from luoshi.journal.moves import demand
from luoshi.journal.queries import histories
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, form_page, posted

VERBS = {
    "stop": ("停止节奏", "停止", "从所选日期起，最后一天在这天或以后的各期不再排；以前的记录都保留。"),
    "resume": ("恢复节奏", "恢复", "按停止前的周期、期限和承担单位接着排。"),
}


def rhythm_of(actor: Actor, pk: int) -> Rhythm:
    """The rhythm of the address, if the person may see it; else 404."""
    return get_object_or_404(queries.with_all(actor), pk=pk)


@require_safe
def rhythm(request: Request, pk: int) -> HttpResponse:
    """One rhythm and a year of its days (`?year=`)."""
    actor = actor_of(request.user)
    found = rhythm_of(actor, pk)
    rows = queries.line_of(actor, found)
    days, today = workdays_of(actor.government_id), timezone.localdate()
    asked = whole(request.GET.get("year", ""))
    year = asked if asked is not None and abs(asked - today.year) <= 50 else today.year
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    latest = rows[0]
    context: dict[str, Any] = {
        "rhythm": latest,
        "rows": rows,
        "year": year,
        "today": today,
        "times": queries.times(actor, rows, first, last, days),
        "offers": {offer.move.verb for offer in RHYTHM.offers(latest, actor) if not offer.denial},
        "keeps": actor.holds(*KEEPERS),
        "caveat": days.caveat(first),
        "events": histories(rows, 30),
    }
    return render(request, "dispatch/rhythm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Other terms from a day on."""
    actor = actor_of(request.user)
    found = rhythm_of(actor, pk)
    demand(RHYTHM, found, "change", actor, "。")
    names = Register(actor.government_id, found.plan)
    who = "、".join(str(bearer) for bearer in found.bearers.all())
    initial = initial_of(confirming.terms_of(found), who) | {"day": timezone.localdate()}
    form = ChangeForm(posted(request), names=names, initial=initial)

    def act() -> Rhythm:
        said = form.cleaned_data
        return confirming.change(found, form.terms(), said["day"], said["reason"], said["document"], by=actor)

    if request.method == "POST" and (later := attempt(form, act)):
        messages.success(request, "已调整，原来的安排留在下面的历史中。")
        return redirect("dispatch:rhythm", later.pk)
    context = {
        "title": "调整节奏",
        "lead": f"{found.who or '（没有写明由谁）'}“{found.activity}”，{found.every_in_words}。",
        "button": "调整",
        "back": f"/calendar/rhythms/{found.pk}/",
        "crumb": "日程",
        "choices": names.choices(),
        "dues": DUES,
    }
    return form_page(request, form, context, "dispatch/change.html")


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, pk: int, verb: str) -> HttpResponse:
    """Stop it from a day on, or take it up again."""
    actor = actor_of(request.user)
    found = rhythm_of(actor, pk)
    demand(RHYTHM, found, verb, actor, "。")
    form = FromForm(posted(request), initial={"day": timezone.localdate()})
    title, button, lead = VERBS[verb]

    def act() -> Rhythm:
        said = form.cleaned_data
        if verb == "stop":
            confirming.stop(found, said["day"], said["reason"], said["document"], by=actor)
            return found
        return confirming.resume(found, said["day"], said["reason"], said["document"], by=actor)

    if request.method == "POST" and (after := attempt(form, act)):
        messages.success(request, f"已{button}。")
        return redirect("dispatch:rhythm", after.pk)
    context = {
        "title": title,
        "lead": f"{found.who or '（没有写明由谁）'}“{found.activity}”，{found.every_in_words}。{lead}",
        "button": button,
        "back": f"/calendar/rhythms/{found.pk}/",
        "crumb": "日程",
    }
    return form_page(request, form, context)
