"""A person's calendar to subscribe to: its page, and the calendar itself, which a telephone fetches without log-in."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.flow.account import IN_USE
from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.rhythm import FEED
from luoshi.dispatch import ics
from luoshi.dispatch.models import Feed
from luoshi.dispatch.queries.calendar import calendar_of
from luoshi.dispatch.services import feeds as services
from luoshi.dispatch.sources import Entry
from luoshi.dispatch.views.months import seen
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of, seats_of
from luoshi.org.models import Account
from luoshi.org.requests import Request

SALT = "luoshi.dispatch.feed"
BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=180)
WORDS = {
    "open": "已开通日历订阅。",
    "renew": "已更换订阅地址，原来的地址不能再用。",
    "revoke": "已停用日历订阅。",
}


def token_of(feed: Feed) -> str:
    """What makes the address secret: nobody can guess it, and the database alone does not tell it."""
    return salted_hmac(SALT, f"{feed.pk}:{feed.nonce}", algorithm="sha256").hexdigest()


@require_safe
def settings(request: Request) -> HttpResponse:
    """日历订阅: the address, and what may be done with it."""
    actor = actor_of(request.user)
    seen(actor)
    feed = services.feed_of(actor)
    address = ""
    if feed.state == "on":
        path = reverse("dispatch:feed_text", args=[feed.pk, token_of(feed)])
        address = request.build_absolute_uri(path)
    offers = {offer.move.verb for offer in FEED.offers(feed, actor)}
    context = {"feed": feed, "address": address, "offers": offers}
    return render(request, "dispatch/feed.html", context)


@require_POST
def act(request: Request, verb: str) -> HttpResponse:
    """Open it, renew its address, revoke it."""
    actor = actor_of(request.user)
    seen(actor)
    feed = services.feed_of(actor)
    demand(FEED, feed, verb, actor)
    if verb == "open":
        services.open_feed(by=actor)
    elif verb == "renew":
        services.renew(feed, by=actor)
    else:
        services.revoke(feed, by=actor)
    messages.success(request, WORDS[verb])
    return redirect("dispatch:feed")


@login_not_required
@require_safe
def text(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The calendar of the person to whom the address belongs; 404 whatever is wrong with it."""
    feed = Feed.objects.filter(pk=pk, state="on").select_related("person").first()
    if feed is None or not constant_time_compare(token, token_of(feed)):
        raise Http404
    account = Account.objects.filter(person=feed.person_id, state__in=IN_USE).select_related("person").first()
    if account is None:
        raise Http404
    today = timezone.localdate()
    entries: dict[str, Entry] = {}
    for actor in _at_every_desk(account):
        for entry in calendar_of(actor, today - BACK, today + AHEAD, mine=True).entries:
            entries.setdefault(entry.uid, entry)
    found = sorted(entries.values(), key=lambda one: (one.day, one.uid))
    name = f"落实日程·{feed.person.name}"
    data = ics.write(name, found, request.get_host().partition(":")[0], feed.renewed_at)
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(False, "luoshi.ics") or "inline"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _at_every_desk(account: Account) -> list[Actor]:
    """The person at each of their desks that has to do with plans."""
    today, found = timezone.localdate(), []
    for seat in seats_of(account, today):
        account.seat = seat.key
        actor = actor_of(account, today)
        if actor.holds(*BUSINESS_POSTS):
            found.append(actor)
    return found
