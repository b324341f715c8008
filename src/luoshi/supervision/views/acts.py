"""One page for every verb: shown to whoever may do it, refused in a sentence to others, done by the service behind it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import EXTENSION, REVIEW
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.queries.units import concrete_units
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, posted
from luoshi.supervision.deeds import DEEDS, Deed
from luoshi.supervision.forms import ExtensionForm, NoteForm, ReassignForm, ReplyForm, VerifyForm
from luoshi.supervision.models import Extension, Order, Review
from luoshi.supervision.queries.likeness import flags_of
from luoshi.supervision.queries.one import (
    conclusion_for,
    extension_for,
    order_for,
    review_for,
    share_for,
)
from luoshi.supervision.services import doing

UNSAID = "（待填）"
"""Stands for the note while a page is only shown: whether one was written is the form's business."""


@require_http_methods(["GET", "POST"])
def order_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """A verb of an order."""
    return _act(request, order_for, pk, verb)


@require_http_methods(["GET", "POST"])
def share_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """A verb of a co-unit's part."""
    return _act(request, share_for, pk, verb)


@require_http_methods(["GET", "POST"])
def extension_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """A verb of a request for time."""
    return _act(request, extension_for, pk, verb)


@require_http_methods(["GET", "POST"])
def review_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """A verb of a request for review."""
    return _act(request, review_for, pk, verb)


def _act(request: Request, find: Callable[[Actor, int], models.Model], pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request.user)
    thing: Any = find(actor, pk)
    deed = DEEDS[type(thing)].get(verb)
    if deed is None:
        raise Http404
    row = demand(thing.life, thing, verb, actor, UNSAID)
    order = thing if isinstance(thing, Order) else thing.order
    form = _form(deed, thing, actor, request)

    def act() -> bool:
        deed.act(thing, form, actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, deed.told)
        return redirect("supervision:order", order.pk)
    context = {"order": order, "thing": thing}
    if isinstance(form, VerifyForm):
        context["flags"] = form.flags
        return _page(request, form, order, row.label, deed.lead, context, "supervision/verify.html")
    template = "supervision/reply.html" if isinstance(form, ReplyForm) else "org/form.html"
    return _page(request, form, order, row.label, deed.lead, context, template)


def _form(deed: Deed, thing: Any, actor: Actor, request: Request) -> forms.Form:
    more = dict(deed.arguments or {})
    if deed.form is ReassignForm:
        more["units"] = concrete_units(actor)
    if deed.form is VerifyForm:
        more["flags"] = flags_of(thing)
    return deed.form(posted(request), **more)


def _page(
    request: Request,
    form: forms.Form,
    order: Order,
    title: str,
    lead: str,
    more: dict[str, Any],
    template: str = "org/form.html",
) -> HttpResponse:
    context = {
        "title": f"{title}：{order.title}",
        "lead": lead,
        "button": title,
        "back": reverse("supervision:order", args=[order.pk]),
        "crumb": order.number or "督办事项",
        **more,
    }
    return form_page(request, form, context, template)


@require_http_methods(["GET", "POST"])
def extend(request: Request, pk: int) -> HttpResponse:
    """申请延期."""
    actor = actor_of(request.user)
    order = order_for(actor, pk)
    case = Extension(order=order, unit_id=order.unit_id or 0, old_deadline=order.deadline)
    demand(EXTENSION, case, "ask", actor, UNSAID)
    form = ExtensionForm(posted(request))

    def ask() -> Extension:
        said = form.cleaned_data
        return doing.ask_for_time(order, said["wanted"], said["reason"], by=actor)

    if request.method == "POST" and attempt(form, ask) is not None:
        messages.success(request, "已申请延期，答复前仍按原时限办理。")
        return redirect("supervision:order", order.pk)
    lead = f"现在的时限是{order.deadline}。延期要在到期前申请，同意后按新的日期办理。"
    return _page(request, form, order, "申请延期", lead, {})


@require_http_methods(["GET", "POST"])
def ask_review(request: Request, pk: int) -> HttpResponse:
    """申请复核."""
    actor = actor_of(request.user)
    conclusion = conclusion_for(actor, pk)
    order = conclusion.order
    case = Review(order=order, conclusion=conclusion, unit_id=order.unit_id or 0)
    demand(REVIEW, case, "apply", actor, UNSAID)
    form = NoteForm(posted(request), label="申请复核的理由", required="申请复核要写明理由。")

    def ask() -> Review:
        return doing.ask_for_review(conclusion, form.cleaned_data["note"], by=actor)

    if request.method == "POST" and attempt(form, ask) is not None:
        messages.success(request, "已申请复核，30日内作出决定。")
        return redirect("supervision:order", order.pk)
    lead = f"可在{conclusion.reviewable_until}前申请一次，30日内作出决定，作出原结论的人员回避。"
    return _page(request, form, order, "申请复核", lead, {})
