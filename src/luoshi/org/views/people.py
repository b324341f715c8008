"""People on screen: the list, a person, coming and going."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import POSTS, Actor
from luoshi.core.flow.delegation import DELEGATION
from luoshi.core.flow.machine import Denial, Move
from luoshi.core.flow.post import POST
from luoshi.org.actors import actor_of
from luoshi.org.forms.people import PersonNameForm, PostForm
from luoshi.org.models import Delegation, Person, Post, Unit
from luoshi.org.queries import people as reading
from luoshi.org.queries.units import concrete_units
from luoshi.org.requests import Request, whole
from luoshi.org.services import people as services
from luoshi.org.services.posts import give_post
from luoshi.org.sheets import lists
from luoshi.org.views.answers import attempt, page_of, posted, told
from luoshi.ui.downloads import download

PER_PAGE = 50
LEFT = "left"
DONE = {"leave": "已登记{}离开，岗位随之结束，账号已停用。", "back": "{}已恢复在册，请重新登记岗位。"}
PAGES = {
    "change": "change_post",
    "grant": "change_post",
    "end": "end_post",
    "revoke": "end_post",
    "transfer": "transfer",
    "hand_over": "hand_over",
    "hand_over_clerk": "hand_over",
}
"""Verbs of POST that have a page of their own → the name of its route."""


class Line(NamedTuple):
    """A post on a person's page, with what may be done to it: (label, address)."""

    post: Post
    doings: list[tuple[str, str]]


class Acting(NamedTuple):
    """A delegation on a person's page; `given` by this person or received; whether it may be recalled."""

    delegation: Delegation
    given: bool
    recall: bool


@require_http_methods(["GET", "POST"])
def people(request: Request) -> HttpResponse:
    """Everybody on the list, with filters; a post registers somebody."""
    actor = actor_of(request.user)
    form = PersonNameForm(posted(request))
    if request.method == "POST":
        if made := attempt(form, lambda: services.register_person(form.cleaned_data["name"], by=actor)):
            messages.success(request, f"已登记{made.name}，请在下面登记岗位。")
            return redirect("org:person", made.pk)
        return told(request, form, "org:people")
    found, unit = _found(request, actor)
    page = page_of(request, found, PER_PAGE)
    context: dict[str, Any] = {
        "page": page,
        "people": page.object_list,
        **{name: request.GET.get(name, "") for name in ("q", "post", "state")},
        "unit": unit,
        "posts": [*POSTS.items(), (reading.NO_POST, "没有岗位")],
    }
    if request.htmx:
        return render(request, "org/_people.html", context)
    context["create"] = form if reading.may(actor, "create") else None
    context["exchange"] = reading.may(actor, "exchange")
    return render(request, "org/people.html", context)


def _found(request: Request, actor: Actor) -> tuple[QuerySet[Person], Unit | None]:
    """The people that the address asks for, and the unit if it names one."""
    words, post, state = (request.GET.get(name, "") for name in ("q", "post", "state"))
    unit = Unit.objects.filter(
        government=actor.government_id, pk=whole(request.GET.get("unit", "")) or 0
    ).first()
    state = LEFT if state == LEFT else "current"
    return reading.find_people(actor, words, post, unit.pk if unit else None, state), unit


@require_safe
def export(request: Request) -> HttpResponse:
    """The people as filtered, as a workbook."""
    return download(lists.people(_found(request, actor_of(request.user))[0]), "人员")


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person: posts, who acts for whom, and what was done."""
    actor, one = asked(request, pk)
    givable = reading.givable(actor) if one.state == "current" else []
    form = PostForm(units=concrete_units(actor), givable=givable) if givable else None
    return render(request, "org/person.html", _context(actor, one, form))


@require_POST
def posts(request: Request, pk: int) -> HttpResponse:
    """Give a person a post."""
    actor, one = asked(request, pk)
    form = PostForm(request.POST, units=concrete_units(actor), givable=POSTS)

    def act() -> Post:
        said = form.cleaned_data
        return give_post(one, said["slug"], said["unit"], form.terms(), by=actor)

    if post := attempt(form, act):
        messages.success(request, f"已登记：{one.name}任{post.unit or ''}{POSTS[post.slug]}。")
        return redirect("org:person", pk)
    form.fields["slug"].choices = [(s, POSTS[s]) for s in reading.givable(actor)]  # type: ignore[attr-defined]
    return render(request, "org/person.html", _context(actor, one, form), status=422)


@require_POST
def rename(request: Request, pk: int) -> HttpResponse:
    """Set a name right."""
    actor, one = asked(request, pk)
    form = PersonNameForm(request.POST)
    if form.is_valid():
        services.correct_name(one, form.cleaned_data["name"], by=actor)
        messages.success(request, f"姓名已更正为{one.name}。")
    return told(request, form, "org:person", pk)


@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """Somebody goes."""
    actor, one = asked(request, pk)
    services.leave(one, by=actor, note=request.POST.get("note", "")[:200])
    messages.success(request, DONE["leave"].format(one.name))
    return redirect("org:person", pk)


@require_POST
def come_back(request: Request, pk: int) -> HttpResponse:
    """Somebody is here again."""
    actor, one = asked(request, pk)
    services.come_back(one, by=actor)
    messages.success(request, DONE["back"].format(one.name))
    return redirect("org:person", pk)


def asked(request: Request, pk: int) -> tuple[Actor, Person]:
    """The actor, and the person of an address; 404 outside the own government."""
    actor = actor_of(request.user)
    return actor, get_object_or_404(reading.visible_people(actor), pk=pk)


def _context(actor: Actor, one: Person, form: PostForm | None) -> dict[str, Any]:
    lines = [Line(post, _doings(actor, post)) for post in reading.posts_of(one)]
    return {
        "person": one,
        "lines": lines,
        "held": [line.post for line in lines if line.post.state == "current"],
        "acting": [
            Acting(row, row.person_id == one.pk, _may_recall(actor, row))
            for row in reading.delegations_of(one)
        ],
        "form": form,
        "name_form": PersonNameForm(initial={"name": one.name}, auto_id="name_%s"),
        "may_correct": reading.may(actor, "correct", one),
        "may_leave": reading.may(actor, "leave", one),
        "may_come_back": reading.may(actor, "come_back", one),
        "deeds": reading.record_of(one),
    }


def _doings(actor: Actor, post: Post) -> list[tuple[str, str]]:
    """The buttons of a post: rows of the table that have a page and are meant for this post."""
    found = []
    for offer in POST.offers(post, actor):
        page = PAGES.get(offer.move.verb)
        if page and reading.meant_for(post.slug, offer.move.verb):
            label = "调整" if page == "change_post" else offer.move.label
            found.append((label, reverse(f"org:{page}", args=[post.pk])))
    if reading.may_delegate(actor, post):
        found.append(("委托代办", reverse("org:delegate", args=[post.pk])))
    return found


def _may_recall(actor: Actor, row: Delegation) -> bool:
    verdict: Move | Denial = DELEGATION.judge(row, "recall", actor)
    return isinstance(verdict, Move)
