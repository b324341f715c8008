"""Accounts on screen, for those who keep the system, and the sheet of one-time passwords to be printed and cut."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.core.flow.account import ACCOUNT
from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Person
from luoshi.org.passwords import ONE_TIME_FOR
from luoshi.org.queries import accounts as reading
from luoshi.org.queries.people import visible_people
from luoshi.org.requests import Request, whole
from luoshi.org.services import accounts as services
from luoshi.org.sheets import lists
from luoshi.org.views.answers import page_of
from luoshi.ui.downloads import download

PER_PAGE = 100
DOINGS = {"unlock": services.unlock, "resume": services.resume, "close": services.close}
"""Verbs of ACCOUNT that want nothing but a button."""


@require_GET
def accounts(request: Request) -> HttpResponse:
    """Everybody on the list with the state of their account."""
    actor = actor_of(request.user)
    reading.ask_to_see(actor)
    words, state = request.GET.get("q", ""), request.GET.get("state", "")
    page = page_of(request, reading.find_accounts(actor, words, state), PER_PAGE)
    context: dict[str, Any] = {
        "page": page,
        "people": page.object_list,
        "q": words,
        "state": state,
        "states": [(key, label) for key, (label, _) in reading.STATES.items()],
        "may_issue": reading.may(actor, "issue"),
    }
    if request.htmx:
        return render(request, "org/_accounts.html", context)
    context["without"] = reading.find_accounts(actor, state="none").count() if context["may_issue"] else 0
    return render(request, "org/accounts.html", context)


@require_GET
def export(request: Request) -> HttpResponse:
    """The accounts as filtered, as a workbook."""
    actor = actor_of(request.user)
    reading.ask_to_see(actor)
    found = reading.find_accounts(actor, request.GET.get("q", ""), request.GET.get("state", ""))
    return download(lists.accounts(found), "账号")


@require_POST
def issue(request: Request) -> HttpResponse:
    """One-time passwords for those ticked, or for all without an account: the answer is the sheet, shown this once."""
    actor = actor_of(request.user)
    if request.POST.get("all") == "none":
        chosen = reading.find_accounts(actor, state="none").values_list("pk", flat=True)
    else:
        chosen = [pk for said in request.POST.getlist("people") if (pk := whole(said))]  # type: ignore[assignment]
    slips = services.issue(reading.people_of(actor, chosen), by=actor)
    context = {
        "slips": slips,
        "address": request.build_absolute_uri(reverse("login")),
        "days": ONE_TIME_FOR.days,
    }
    return render(request, "org/slips.html", context)


@require_GET
def account(request: Request, pk: int) -> HttpResponse:
    """The account of one person (by the person's key), with what may be done to it."""
    actor = actor_of(request.user)
    reading.ask_to_see(actor)
    one = get_object_or_404(visible_people(actor), pk=pk)
    mine = Account.objects.filter(person=one).select_related("person").first()
    offers = [
        offer
        for offer in (ACCOUNT.offers(mine, actor) if mine else ())
        if offer.move.verb in (*DOINGS, "suspend", "issue")
    ]
    context = {
        "person": one,
        "account": mine,
        "offers": offers,
        "may_issue": not mine and reading.may(actor, "open"),
        "deeds": history(mine) if mine else [],
    }
    return render(request, "org/account.html", context)


@require_POST
def do(request: Request, pk: int, verb: str) -> HttpResponse:
    """Unlock, suspend, resume or close the account of a person."""
    actor = actor_of(request.user)
    one: Person = get_object_or_404(visible_people(actor), pk=pk)
    mine = get_object_or_404(Account.objects.select_related("person"), person=one)
    if verb == "suspend":
        services.suspend(mine, by=actor, note=request.POST.get("note", "")[:200])
    else:
        DOINGS[verb](mine, by=actor)
    messages.success(request, f"{one.name}的账号：{ACCOUNT.moves[verb].label}，已办理。")
    return redirect("org:account", pk)
