"""The left rail: only the words that exist for this person, in the order of a plan's life."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from luoshi.core.flow.account import ACCOUNT
from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.journal import JOURNAL
from luoshi.core.flow.reminding import CHANNEL
from luoshi.org.actors import actor_of, seats_of
from luoshi.reminders.counting import count


@dataclass(frozen=True, slots=True)
class Place:
    """One word of the rail."""

    word: str
    address: str
    posts: tuple[str, ...] = ()


PLACES = (
    Place("待我办", "home"),
    Place("方案", "intake:plans", BUSINESS_POSTS),
    Place("台账", "ledger:index", BUSINESS_POSTS),
    Place("报送", "reporting:index", BUSINESS_POSTS),
    Place("日程", "dispatch:index", BUSINESS_POSTS),
    Place("会议", "meetings:index", BUSINESS_POSTS),
    Place("预警", "lights:index", BUSINESS_POSTS),
    Place("督办", "supervision:index", BUSINESS_POSTS),
    Place("项目", "projects:index", ("office", "leader", "head", "clerk")),
    Place("公文", "bulletins:index", BUSINESS_POSTS),
    Place("挂图", "board:index", BUSINESS_POSTS),
    Place("单位", "org:units"),
    Place("人员", "org:people"),
    Place("账号", "org:accounts", ACCOUNT.moves["see"].posts),
    Place("记录", "org:records", JOURNAL.moves["read"].posts),
    Place("提醒渠道", "reminders:channels", CHANNEL.moves["see"].posts),
)


def rail(request: HttpRequest) -> dict[str, Any]:
    """Template context: the rail, where to search, who is here, at how many desks they might sit. Nothing is offered
    to whoever still owes a password."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if user.state == "first":
        return {"rail": [], "actor": actor_of(user)}
    actor = actor_of(user)
    words = []
    for place in PLACES:
        if place.posts and not actor.holds(*place.posts):
            continue
        address = reverse(place.address)
        here = request.path == address if address == "/" else request.path.startswith(address)
        waiting = _waiting(request, actor) if place.address == "home" else 0
        words.append({"word": place.word, "address": address, "here": here, "count": waiting})
    search = reverse("ledger:search") if actor.holds(*BUSINESS_POSTS) else ""
    return {"rail": words, "actor": actor, "desks": len(seats_of(user)), "search": search}


def _waiting(request: HttpRequest, actor: Actor) -> int:
    """How many lines 待我办 has; its own page has read them already."""
    known = getattr(request, "waiting_lines", None)
    return count(actor) if known is None else len(known)
