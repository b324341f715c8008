"""One page for a leader, phone width first: what needs me, my duties, what is red, what moved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.reminding import LOOK
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.reminders.models import Look
from luoshi.reminders.queries import leading
from luoshi.reminders.queries.glance import reds, stale_reds
from luoshi.reminders.queries.scopes import scope
from luoshi.reminders.queries.silences import silences
from luoshi.reminders.waiting import led, lines


@require_safe
def page(request: Request) -> HttpResponse:
    """What a leader sees in forty seconds; home of whoever holds that post."""
    actor = actor_of(request.user)
    demand(LOOK, Look(person_id=actor.person_id), "look", actor)
    request.waiting_lines = lines(actor)
    most = None if request.GET.get("all") == "1" else leading.MOST
    return render(request, "reminders/leader.html", context_of(actor, request.waiting_lines, most))


def context_of(actor: Actor, waiting: list[Any], most: int | None) -> dict[str, Any]:
    """Everything on the page: each list cut to five, with how many more there are; what needs the leader to `most` (None: all
    of it)."""
    within, today = scope(actor), timezone.localdate()
    plans = leading.plans_of(actor)
    now, known_at = leading.glances(actor, plans, within, today)
    day, own = leading.since(actor)
    before, _ = leading.glances(actor, plans, within, day) if day < today else (now, known_at)
    moved = leading.changes(actor, within, day, before, now)
    red = reds(now)
    duties = [line for line in waiting if line.key.startswith(("duty:", "duties:"))]
    needs = leading.own_lines([line for line in waiting if line not in duties], actor, within)
    silent = silences(actor, within)
    shown = needs[:most]
    room = None if most is None else most - len(shown)
    return {
        "needs": shown,
        "silent": silent[:room],
        "asked": len(needs) + len(silent),
        "own_count": len(needs),
        "silent_count": len(silent),
        "more": len(needs) + len(silent) - len(shown) - len(silent[:room]),
        "red": leading.with_second_opinion(actor, red[: leading.MOST]),
        "red_count": len(red),
        "red_stale": stale_reds(now),
        "red_more": max(len(red) - leading.MOST, 0),
        "plan": plans[0] if plans else None,
        "moved": moved[: leading.MOST],
        "moved_count": len(moved),
        "moved_more": max(len(moved) - leading.MOST, 0),
        "since": day,
        "own": own,
        "known_at": known_at,
        "causes": leading.tally(actor, within),
        "duties": duties[: leading.MOST],
        "led": led(actor),
        "all": within.tasks is None,
    }


@require_POST
def seen(request: Request) -> HttpResponse:
    """看过了: from today on, only what moves later is told. Kept for this leader alone."""
    actor = actor_of(request.user)
    demand(LOOK, Look(person_id=actor.person_id), "look", actor)
    Look.objects.update_or_create(person_id=actor.person_id, defaults={"day": timezone.localdate()})
    messages.success(request, "记下了，下次只列今天以后的变化。")
    return redirect("home")
