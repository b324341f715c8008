"""Meetings for tests: one on a plan with rounds reported, packed, held, with decisions."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from luoshi.ledger.models import Plan
from luoshi.meetings.models import Decision, Meeting
from luoshi.meetings.services import preparing, recording
from luoshi.org.models import Unit
from luoshi.org.queries.units import register
from tests.people import Member


def meeting_of(
    office: Member,
    plan: Plan,
    state: str = "planned",
    *,
    day: dt.date | None = None,
    chair: Member | None = None,
    units: tuple[Member, ...] = (),
    **more: object,
) -> Meeting:
    """A meeting of the office's county on a plan, walked to a state by the office."""
    attend = list(Unit.objects.filter(pk__in=[one.actor.unit_id for one in units]))
    fields = {
        "kind": "dispatch",
        "title": "重点任务调度会",
        "time": "15:00",
        "place": "三楼会议室",
        "units": attend,
        **more,
    }
    person = chair.account.person if chair else None
    draft = preparing.Draft(plans=[plan], day=day or timezone.localdate(), chair=person, **fields)
    meeting = preparing.create(draft, by=office.actor)
    if state != "planned":
        preparing.freeze(meeting, min(meeting.day, timezone.localdate()), by=office.actor)
    if state in ("held", "closed"):
        preparing.hold(meeting, by=office.actor)
    if state == "closed":
        preparing.close(meeting, by=office.actor)
    return Meeting.objects.get(pk=meeting.pk)


def note(meeting: Meeting, by: Member, *words: str, token: str = "", **more: object) -> Decision:
    """Write a decision down: what, who, until when, who helps."""
    entries = recording.names_of(register(meeting.government_id))
    token = token or f"t{Decision.objects.count()}"
    typed = recording.Typed(*words, **more)
    row = recording.write(meeting, token, typed, 0, entries, {}, by=by.actor)
    assert row is not None
    return row


def tracked(office: Member, doer: Member, plan: Plan, due: dt.date | None = None, **more: object) -> Decision:
    """A decision that the doer's unit has to carry out, of a meeting that is over."""
    meeting = meeting_of(office, plan, "held", **more)
    row = note(meeting, office, "补齐用地手续", doer.actor.unit_name, "两周内")
    preparing.close(meeting, by=office.actor)
    if due:
        Decision.objects.filter(pk=row.pk).update(due=due)
    return Decision.objects.select_related("meeting__programme", "unit").get(pk=row.pk)


def met(office: Member, doer: Member, plan: Plan) -> Callable[[str, str], object]:
    """What stands for each argument of the addresses of meetings: every one in a state in which it is served, packs not frozen
    (nothing is printed)."""
    decision = tracked(office, doer, plan)
    planned = meeting_of(office, plan, units=(doer,))
    held = meeting_of(office, plan, "held", units=(doer,))
    noted = note(held, office, "还在写的事", only_record=True)

    def known(address: str, name: str) -> object:
        if name == "row":
            return noted.pk
        if name == "verb":
            return "answer" if "decisions" in address else "close"
        if "decisions" in address:
            return decision.pk
        ahead = any(part in address for part in ("edit", "freeze", "pack."))
        return planned.pk if ahead else held.pk

    return known
