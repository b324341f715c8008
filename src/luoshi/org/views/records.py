"""The record of who did what, for the auditor. Words of the business are left out; who, when and which verb are not."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.core.flow.actor import POSTS
from luoshi.journal.moves import Refused
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery
from luoshi.org.queries import records as reading
from luoshi.org.requests import Request
from luoshi.org.sheets import lists
from luoshi.org.views.answers import page_of
from luoshi.ui.downloads import download

PER_PAGE = 100
MOST = 20_000
"""Rows of one workbook: two years of a county's record; more is fetched in parts."""


@require_GET
def records(request: Request) -> HttpResponse:
    """Events of the own government, newest first, by person, post and days."""
    actor = actor_of(request.user)
    reading.ask_to_read(actor)
    asked = _asked(request)
    page = page_of(request, reading.find_events(actor, *asked), PER_PAGE)
    name, post, since, until = asked
    context: dict[str, Any] = {
        "page": page,
        "lines": [reading.line(event) for event in page.object_list],
        "q": name,
        "post": post,
        "since": since,
        "until": until,
        "posts": POSTS.items(),
    }
    template = "org/_records.html" if request.htmx else "org/records.html"
    return render(request, template, context)


def _asked(request: Request) -> tuple[str, str, dt.date | None, dt.date | None]:
    """Name, post, from which day, until which, as the address says."""
    since, until = (DayQuery.said(request.GET.get(key, "")) for key in ("since", "until"))
    return request.GET.get("q", ""), request.GET.get("post", ""), since, until


@require_GET
def export(request: Request) -> HttpResponse:
    """The record as filtered, as a workbook."""
    actor = actor_of(request.user)
    reading.ask_to_read(actor)
    events = list(reading.find_events(actor, *_asked(request))[: MOST + 1])
    if len(events) > MOST:
        raise Refused(f"符合条件的记录超过{MOST}条，一次导不完。请先选好从哪天到哪天，再导出。")
    return download(lists.records(map(reading.line, events)), "办理记录")
