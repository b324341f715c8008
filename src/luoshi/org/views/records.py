"""The record of who did what, for the auditor. Words of the business are left out; who, when and which verb are not."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.core.flow.actor import POSTS
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery
from luoshi.org.queries import records as reading
from luoshi.org.requests import Request
from luoshi.org.views.answers import page_of

PER_PAGE = 100


@require_GET
def records(request: Request) -> HttpResponse:
    """Events of the own government, newest first, by person, post and days."""
    actor = actor_of(request.user)
    reading.ask_to_read(actor)
    name, post = request.GET.get("q", ""), request.GET.get("post", "")
    since, until = (DayQuery.said(request.GET.get(key, "")) for key in ("since", "until"))
    page = page_of(request, reading.find_events(actor, name, post, since, until), PER_PAGE)
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
