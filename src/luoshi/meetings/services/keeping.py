"""A meeting held keeps the duty of its chair (市长至少半年调度一次) for the period it falls in."""

from django.db.models import Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.rhythm import DUTY, LIVE
from luoshi.dispatch.models import Duty, DutyQuerySet
from luoshi.dispatch.services.duties import keep
from luoshi.meetings.models import Meeting

WORDS = {
    "dispatch": ("调度",),
    "joint": ("联席", "会商", "调度"),
    "review": ("讲评", "点评"),
    "reconcile": ("对账",),
    "topic": ("专题", "研究"),
}
"""What the activity of a rhythm says when a meeting of this kind keeps it."""


def duties_of(meeting: Meeting) -> DutyQuerySet:
    """The duties of its chair that a meeting of this kind, on these plans, is about."""
    wanted = Q(pk__in=[])
    for word in WORDS[meeting.kind]:
        wanted |= Q(rhythm__activity__icontains=word)
    rows = Duty.objects.filter(wanted, government=meeting.government_id, person=meeting.chair_id)
    return rows.filter(rhythm__plan__in=meeting.plans.values("pk")).select_related(
        "rhythm__plan", "person", "unit"
    )


def keep_duties(meeting: Meeting, *, by: Actor) -> list[Duty]:
    """Keep what it answers for, as core.occasions.kept reckons: of each rhythm the period it falls in, else the one before while
    its moved day is not over. What the closer may not keep is left to the office."""
    if meeting.chair_id is None:
        return []
    day = meeting.spoken_on
    reached = Q(until__gte=day) | Q(due__gte=day)
    rows = duties_of(meeting).filter(reached, since__lte=day, state__in=LIVE).order_by("rhythm", "-since")
    chosen: dict[int, Duty] = {}
    for duty in rows:
        held = chosen.get(duty.rhythm_id)
        if held is None or (held.until < day <= duty.until):
            chosen[duty.rhythm_id] = duty
    kept = []
    for duty in chosen.values():
        if isinstance(DUTY.judge(duty, "keep", by), Move):
            keep(duty, day, meeting.title, by=by)
            kept.append(duty)
    return kept
