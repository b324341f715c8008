"""What waits for a person among meetings and decisions: asked of the tables, never stored; two queries."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.decision import DECISION
from luoshi.core.flow.meeting import OFFICES
from luoshi.core.workdays import national
from luoshi.meetings.models import Decision, Meeting

AHEAD = 3
"""Working days before a meeting in which its pack should be frozen."""
TURNS = {"planned": "定会议材料", "packed": "看会议材料", "held": "结束会议"}


class Turn(NamedTuple):
    """Something that waits: what to do, with which decision or meeting, by when."""

    what: str
    decision: Decision | None
    meeting: Meeting
    due: dt.date | None


def turns(actor: Actor) -> list[Turn]:
    """Decisions to carry out or to confirm, packs to freeze or to read, meetings to end."""
    return [*_decisions(actor), *_meetings(actor)]


def decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions that the actor's unit carries out, or that the actor confirms."""
    wanted = Q(pk__in=[])
    if actor.holds("head", "clerk") and actor.unit_id is not None:
        wanted |= Q(state="open", unit=actor.unit_id)
    if actor.holds(*OFFICES):
        # nobody confirms the work of their own unit
        wanted |= Q(state="answered") & ~Q(unit=actor.unit_id)
    if not actor.holds("head", "clerk", *OFFICES):
        return Decision.objects.none()
    return Decision.objects.visible_to(actor).filter(wanted)


def _decisions(actor: Actor) -> list[Turn]:
    found = []
    for one in decisions(actor).select_related("meeting__programme", "unit").order_by("due", "pk"):
        what = "办理议定事项" if one.state == "open" else DECISION.moves["accept"].label
        found.append(Turn(what, one, one.meeting, one.due if one.state == "open" else None))
    return found


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Meetings about which the actor has something to do."""
    wanted = Q(pk__in=[])
    today = timezone.localdate()
    if actor.holds(*OFFICES):
        wanted |= Q(state="planned", day__lte=national().add(today, AHEAD)) | Q(state="held")
    if actor.holds("leader"):
        wanted |= Q(state="packed", day__gte=today, chair=_person(actor))
    if not actor.holds("leader", *OFFICES):
        return Meeting.objects.none()
    return Meeting.objects.whole_to(actor).filter(wanted)


def _meetings(actor: Actor) -> list[Turn]:
    rows = meetings(actor).select_related("programme").order_by("day", "pk")
    return [Turn(TURNS[one.state], None, one, one.day) for one in rows]


def _person(actor: Actor) -> int:
    """Whose posts these are: the principal's where somebody acts for them."""
    return actor.principal.person_id if actor.principal else actor.person_id
