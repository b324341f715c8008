"""What is done to one post, a page each: adjust, end, transfer, hand over, let somebody act in it; and choosing a desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.core.flow.actor import POSTS, Actor
from luoshi.core.flow.post import POST, verb_for
from luoshi.journal.moves import Denied, demand
from luoshi.org.actors import actor_of, seats_of
from luoshi.org.forms.people import DelegateForm, EndForm, HandOverForm, TermsForm, TransferForm, terms_of
from luoshi.org.models import Delegation, Person, Post
from luoshi.org.queries import people as reading
from luoshi.org.queries.units import concrete_units
from luoshi.org.requests import Request
from luoshi.org.services import posts as services
from luoshi.org.services.delegations import delegate as let_act
from luoshi.org.services.delegations import recall as take_back
from luoshi.org.services.people import register_person
from luoshi.org.views.answers import attempt, form_page, posted

SEAT = "seat"
"""Where the session keeps the chosen desk."""


@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Title, scope, actions, days."""
    actor, post = _asked(request, pk, "change")
    form = TermsForm(posted(request), initial=terms_of(post))

    def act() -> bool:
        return services.change_post(post, form.terms(), by=actor)

    if request.method == "POST" and attempt(form, act) is not None:
        return _done(request, post, f"{post.person.name}的岗位已调整。")
    return _page(
        request, form, post, "调整岗位", "更正职务、范围和任职日期。换单位请办理调任，换人请办理移交。"
    )


@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """The end of a post."""
    actor, post = _asked(request, pk, "end")
    form = EndForm(posted(request))

    def act() -> Post:
        services.end_post(post, form.cleaned_data["day"], by=actor, note=form.cleaned_data["note"])
        return post

    if request.method == "POST" and attempt(form, act) is not None:
        return _done(request, post, f"{post.person.name}的{POSTS[post.slug]}岗位已登记结束。")
    lead = "从所填日期起不再以这个岗位办事。这个岗位上的待办仍属于该单位，由接任的人办理。"
    return _page(request, form, post, "结束岗位", lead)


@require_http_methods(["GET", "POST"])
def transfer(request: Request, pk: int) -> HttpResponse:
    """The same post in another unit."""
    actor, post = _asked(request, pk, "transfer")
    form = TransferForm(posted(request), units=concrete_units(actor))

    def act() -> Post:
        said = form.cleaned_data
        return services.transfer(post, said["unit"], said["day"], by=actor, note=said["note"])

    if request.method == "POST" and attempt(form, act) is not None:
        return _done(request, post, f"{post.person.name}已调任{form.cleaned_data['unit']}。")
    return _page(request, form, post, "调任", "同一个人到另一个单位任同样的岗位。原单位的待办留在原单位。")


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, pk: int) -> HttpResponse:
    """One form ends the old person's post and starts the new one's; what waits stays with the post."""
    actor, post = _asked(request, pk, "hand_over")
    form = HandOverForm(
        posted(request), people=_others(actor, post), may_register=reading.may(actor, "create")
    )

    def act() -> Post:
        said = form.cleaned_data
        with transaction.atomic():
            person: Person = said["person"] or register_person(said["name"], by=actor)
            return services.hand_over(post, person, said["day"], by=actor, note=said["note"])

    if request.method == "POST" and (went_on := attempt(form, act)):
        sentence = (
            f"{POSTS[post.slug]}已由{post.person.name}移交给{went_on.person.name}，待办随岗位转给接任的人。"
        )
        if not hasattr(went_on.person, "account"):
            sentence += "接任的人还没有账号，请系统管理员发放一次性密码。"
        return _done(request, went_on, sentence)
    lead = (
        "一次办完：原任到接任日期为止，接任的人从当天起任职。等这个岗位办的事都留在岗位上，由接任的人接着办。"
    )
    return _page(request, form, post, "移交岗位", lead)


@require_http_methods(["GET", "POST"])
def delegate(request: Request, pk: int) -> HttpResponse:
    """From day to day somebody else acts in the post."""
    actor = actor_of(request.user)
    post = _post(actor, pk)
    if not reading.may_delegate(actor, post):
        raise Denied("not_you", "委托代办由任职的本人或政府办办理，且限在任的业务岗位，您不能办理这一项。")
    form = DelegateForm(posted(request), people=_others(actor, post))

    def act() -> Delegation:
        said = form.cleaned_data
        first = said["first"] or timezone.localdate()
        return let_act(post, said["person"], first, said["last"], by=actor, reason=said["note"])

    if request.method == "POST" and (acting := attempt(form, act)):
        sentence = f"已委托{acting.delegate.name}代办到{acting.last_day}，到期自动结束，需要时可以提前收回。"
        return _done(request, post, sentence)
    lead = "代办期间两人都能以这个岗位办事，代办的每一件都记明“代谁办理”。到期自动结束。"
    return _page(request, form, post, "委托代办", lead)


@require_POST
def recall(request: Request, pk: int) -> HttpResponse:
    """End a delegation before its time."""
    actor = actor_of(request.user)
    rows = Delegation.objects.filter(post__person__government=actor.government_id)
    acting = get_object_or_404(rows.select_related("post__person", "delegate"), pk=pk)
    take_back(acting, by=actor)
    return _done(request, acting.post, f"已收回对{acting.delegate.name}的委托。")


@require_http_methods(["GET", "POST"])
def seats(request: Request) -> HttpResponse:
    """The desks one may sit at; a post chooses one for this log-in."""
    found = seats_of(request.user)
    if request.method == "POST":
        key = request.POST.get(SEAT, "")
        if any(seat.key == key for seat in found):
            request.session[SEAT] = key
            messages.success(request, "已换到所选的岗位。")
            return redirect("home")
        messages.error(request, "所选的岗位已经不在任，请重新选择。")
        return redirect("org:seats")
    rows = [(seat, "、".join(dict.fromkeys(POSTS[post.slug] for post in seat.posts))) for seat in found]
    current = request.user.seat if any(seat.key == request.user.seat for seat in found) else ""
    context = {"seats": rows, "current": current or (found[0].key if found else "")}
    return render(request, "org/seats.html", context)


def _post(actor: Actor, pk: int) -> Post:
    rows = Post.objects.filter(person__government=actor.government_id)
    return get_object_or_404(rows.select_related("person", "unit"), pk=pk)


def _asked(request: Request, pk: int, what: str) -> tuple[Actor, Post]:
    """The actor and the post. Whoever may not is told so before filling in a form (Denied)."""
    actor = actor_of(request.user)
    post = _post(actor, pk)
    demand(POST, post, verb_for(post.slug, what), actor)
    return actor, post


def _others(actor: Actor, post: Post) -> QuerySet[Person]:
    people = reading.visible_people(actor).filter(state="current").exclude(pk=post.person_id)
    return reading.with_posts(people).order_by("name", "pk")


def _done(request: Request, post: Post, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("org:person", post.person_id)


def _page(request: Request, form: forms.Form, post: Post, title: str, lead: str) -> HttpResponse:
    where = f"{post.unit}" if post.unit else ""
    context: dict[str, Any] = {
        "title": f"{title}：{post.person.name}，{where}{POSTS[post.slug]}",
        "lead": lead,
        "button": title,
        "back": reverse("org:person", args=[post.person_id]),
        "crumb": post.person.name,
    }
    return form_page(request, form, context)
