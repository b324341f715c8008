"""The left rail: only the words that exist for this person, in the order of a plan's life."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from luoshi.org.actors import actor_of
from luoshi.site.waiting import how_many

BUSINESS = ("office", "force_office", "head", "clerk", "leader", "inspector", "assessor")


@dataclass(frozen=True, slots=True)
class Place:
    """One word of the rail."""

    word: str
    address: str
    posts: tuple[str, ...] = ()


PLACES = (
    Place("待我办", "home"),
    Place("方案", "intake:plans", BUSINESS),
    Place("台账", "ledger:index", BUSINESS),
    Place("单位", "org:units"),
)


def rail(request: HttpRequest) -> dict[str, Any]:
    """Template context: the rail, and who is here."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    actor = actor_of(user)
    words = []
    for place in PLACES:
        if place.posts and not actor.holds(*place.posts):
            continue
        address = reverse(place.address)
        here = request.path == address if address == "/" else request.path.startswith(address)
        count = how_many(actor) if place.address == "home" else 0
        words.append({"word": place.word, "address": address, "here": here, "count": count})
    return {"rail": words, "actor": actor}
