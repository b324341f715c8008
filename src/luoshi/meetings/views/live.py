"""The record of a meeting while it is held: usable by keyboard, saved as typed, by several clerks at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.meeting import MEETING
from luoshi.core.units.matching import Entry
from luoshi.journal.moves import Denied, Refused, demand
from luoshi.meetings.forms import unit_names
from luoshi.meetings.models import Decision, Meeting
from luoshi.meetings.queries.one import parts_of, tasks_behind, whole_meeting
from luoshi.meetings.services import recording
from luoshi.meetings.services.recording import Conflict, Typed
from luoshi.org.actors import actor_of
from luoshi.org.queries.units import concrete_units, register
from luoshi.org.requests import Request, whole

TOKEN = 16


@dataclass
class Slip:
    """A row of the record as it is shown: stored, or blank and only known by its token."""

    token: str
    typed: Typed = field(default_factory=Typed)
    version: int = 0
    row: Decision | None = None
    questions: Sequence[str] = ()
    notice: str = ""
    differences: Sequence[tuple[str, str, str]] = ()
    source: str = ""


def _slip(row: Decision, entries: Sequence[Entry], titles: dict[str, str]) -> Slip:
    typed = Typed.of(row)
    found = recording.resolve(typed, entries, row.meeting.spoken_on)
    questions = found.questions if row.text.strip() else []
    return Slip(row.token, typed, row.version, row, questions, source=titles.get(row.key, ""))


def _titles(meeting: Meeting) -> dict[str, str]:
    pack = meeting.packs.last()
    return {row.key: row.title for row in pack.agenda.rows()} if pack else {}


def _meeting(request: Request, pk: int, verb: str = "write") -> tuple[Actor, Meeting]:
    actor = actor_of(request.user)
    meeting = whole_meeting(actor, pk)
    demand(MEETING, meeting, verb, actor)
    return actor, meeting


def _rows(meeting: Meeting) -> list[Decision]:
    rows = Decision.objects.filter(meeting=meeting, state="noted").select_related("unit", "meeting")
    return list(rows.prefetch_related("helpers").order_by("pk"))


@require_safe
def live(request: Request, pk: int) -> HttpResponse:
    """The page: what is on the agenda to the left, what was decided to the right, an empty row at the end."""
    actor, meeting = _meeting(request, pk)
    pack = meeting.packs.last()
    titles = _titles(meeting)
    entries = recording.names_of(register(meeting.government_id))
    proposals = {one.key: one for one in pack.agenda.proposals} if pack else {}
    asked = request.GET.get("from", "")
    rows = _rows(meeting)
    blank = Slip(secrets.token_hex(TOKEN))
    if asked in titles:
        proposal = proposals.get(asked)
        typed = Typed(proposal.text, proposal.unit, key=asked) if proposal else Typed(key=asked)
        blank = Slip(blank.token, typed, source=titles[asked])
    context: dict[str, Any] = {
        "meeting": meeting,
        "parts": parts_of(pack, actor) if pack else [],
        "proposals": set(proposals),
        "slips": [_slip(row, entries, titles) for row in rows],
        "blank": blank,
        "units": unit_names(concrete_units(actor)),
        "seen": max((row.pk for row in rows), default=0),
        "done": meeting.decisions.exclude(state__in=("noted", "struck")).count(),
    }
    return render(request, "meetings/live.html", context)


def _typed(request: Request) -> Typed:
    """The fields as sent; what no column can hold is cut out here, length is the service's business."""
    said = {name: request.POST.get(name, "").replace("\0", "") for name in recording.LABELS}
    return Typed(
        **said, only_record=bool(request.POST.get("only_record")), key=request.POST.get("key", "")[:40]
    )


@require_POST
def save(request: Request, pk: int) -> HttpResponse:
    """One row, saved while typing: the parts around its fields that changed, and a fresh row below a new one."""
    actor, meeting = _meeting(request, pk)
    token = "".join(sign for sign in request.POST.get("token", "") if sign.isalnum())[:40]
    if not token:
        raise Refused("页面已过期，请刷新后再记，已经保存的都在。")
    typed, version = _typed(request), whole(request.POST.get("version", "")) or 0
    entries = recording.names_of(register(meeting.government_id))
    titles, status = _titles(meeting), 200
    fresh = None
    try:
        row = recording.write(
            meeting, token, typed, version, entries, tasks_behind(meeting.packs.last()), by=actor
        )
        slip = _slip(row, entries, titles) if row else Slip(token, typed)
        if row and row.version == 1 and version == 0:
            fresh = Slip(secrets.token_hex(TOKEN))
    except Conflict as conflict:
        status = 409
        slip = Slip(
            token, typed, conflict.row.version, conflict.row, (), conflict.sentence, conflict.differences
        )
    except Denied:
        raise
    except Refused as reason:
        status = 422
        slip = Slip(token, typed, version, notice=reason.sentence)
    if not request.htmx:
        if status > 400:
            messages.error(request, slip.notice)
        return redirect("meetings:live", pk)
    context = {"slip": slip, "blank": fresh, "meeting": meeting}
    return render(request, "meetings/_saved.html", context, status=status)


@require_POST
def strike(request: Request, pk: int, row: int) -> HttpResponse:
    """Take a row out."""
    actor, meeting = _meeting(request, pk)
    found = get_object_or_404(Decision.objects.select_related("meeting__programme"), pk=row, meeting=meeting)
    recording.strike(found, by=actor)
    messages.success(request, f"已删去“{found}”。")
    return redirect("meetings:live", pk)


@require_safe
def others(request: Request, pk: int) -> HttpResponse:
    """Whether somebody else wrote rows since the page was shown; asked every few seconds."""
    actor, meeting = _meeting(request, pk)
    seen = whole(request.GET.get("seen", "")) or 0
    rows = Decision.objects.filter(meeting=meeting, state="noted", pk__gt=seen).exclude(text="")
    names = sorted(set(rows.exclude(written_by=actor.name).values_list("written_by", flat=True)))
    n = rows.exclude(written_by=actor.name).count() if names else 0
    return render(request, "meetings/_others.html", {"names": names, "n": n, "meeting": meeting})
