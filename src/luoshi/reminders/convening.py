"""What waits for everybody at once of meetings, of the calendar and of the books of projects: the same as each room says for one
person, in a fixed number of queries (and two for each fortnight whose books are open)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.decision import UNIT
from luoshi.core.flow.meeting import OFFICES
from luoshi.core.flow.rhythm import LIVE
from luoshi.core.flow.rhythm import UNIT as BEARING
from luoshi.core.workdays import national
from luoshi.dispatch.models import Duty
from luoshi.meetings.models import EVERYWHERE, Decision, Meeting
from luoshi.meetings.queries.waiting import AHEAD, TURNS, Turn
from luoshi.projects.models import Reconciliation
from luoshi.projects.queries.books import lacking, units_of
from luoshi.reminders.waiting import Line, book_line, duty_lines, meeting_line


@dataclass
class Convened:
    """Decisions by unit, meetings before and just after their day, duties by bearer, open books with what they lack."""

    day: dt.date
    decisions: dict[int, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    meetings: list[Meeting] = field(default_factory=list)
    of_unit: dict[int, list[Duty]] = field(default_factory=lambda: defaultdict(list))
    of_person: dict[int, list[Duty]] = field(default_factory=lambda: defaultdict(list))
    books: list[tuple[Reconciliation, dict[int, int], dict[str, int]]] = field(default_factory=list)


def convened(government_id: int, day: dt.date) -> Convened:
    """Ask the tables once."""
    found = Convened(day)
    decisions = Decision.objects.filter(meeting__government=government_id, state="open", due__isnull=False)
    for one in decisions.select_related("meeting__programme", "unit").order_by("due", "pk"):
        if one.unit_id is not None:
            found.decisions[one.unit_id].append(one)
    meetings = Meeting.objects.filter(government=government_id, state__in=list(TURNS))
    found.meetings = list(meetings.select_related("programme").order_by("day", "pk"))
    duties = Duty.objects.filter(
        government=government_id, state__in=LIVE, ask_on__lte=day, rhythm__plan__state="adopted"
    )
    for duty in duties.select_related("rhythm", "unit", "person").order_by("due", "pk"):
        if duty.unit_id is not None:
            found.of_unit[duty.unit_id].append(duty)
        elif duty.person_id is not None:
            found.of_person[duty.person_id].append(duty)
    for row in Reconciliation.objects.filter(government=government_id, state="open"):
        found.books.append((row, *lacking(row)))
    return found


def lines_at(actor: Actor, found: Convened) -> Iterator[Line]:
    """What waits at one desk; no query."""
    yield from map(meeting_line, _turns(actor, found))
    yield from duty_lines(actor, _duties(actor, found))
    yield from _books(actor, found)


def _turns(actor: Actor, found: Convened) -> Iterator[Turn]:
    if actor.holds(*UNIT) and actor.unit_id is not None:
        for one in found.decisions.get(actor.unit_id, ()):
            yield Turn("办理议定事项", one, one.meeting, one.due)
    office, leader = actor.holds(*OFFICES), actor.holds("leader")
    for meeting in found.meetings if office or leader else ():
        if _waits(actor, meeting, found.day) and _sees(actor, meeting):
            yield Turn(TURNS[meeting.state], None, meeting, meeting.day)


def _waits(actor: Actor, meeting: Meeting, day: dt.date) -> bool:
    """Whether something is to be done about a meeting by a post of the actor."""
    if actor.holds(*OFFICES):
        soon = meeting.state == "planned" and meeting.day <= national().add(day, AHEAD)
        if soon or meeting.state == "held":
            return True
    chairs = meeting.chair_id == (actor.principal.person_id if actor.principal else actor.person_id)
    return actor.holds("leader") and meeting.state == "packed" and meeting.day >= day and chairs


def _sees(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor sees a meeting whole (`MeetingQuerySet.whole_to`)."""
    if actor.holds(*EVERYWHERE) or actor.reaches("force_office", None):
        return True
    return actor.holds("force_office") and bool(meeting.action) and meeting.action in actor.covers


def _duties(actor: Actor, found: Convened) -> list[Duty]:
    """What the actor bears, and their units (`dispatch.models.borne_by`); the nearest first."""
    if not actor.holds(*BUSINESS_POSTS):
        return []
    person = actor.principal.person_id if actor.principal else actor.person_id
    mine = list(found.of_person.get(person, ()))
    if actor.holds(*BEARING):
        for unit in (actor.unit_id, *actor.below):
            mine += found.of_unit.get(unit, ()) if unit is not None else ()
    return sorted(mine, key=lambda duty: (duty.due, duty.pk))


def _books(actor: Actor, found: Convened) -> Iterator[Line]:
    if actor.holds("office"):
        for row, _, _ in found.books:
            if row.due < found.day:
                yield book_line(row, "close", 0, None)
    units = set(units_of(actor))
    for row, own, totals in found.books if units else ():
        if n := sum(own.get(unit, 0) for unit in units):
            yield book_line(row, "owner", n, actor.unit_id)
        for book in ("planning", "finance"):
            if getattr(row, f"{book}_unit_id") in units and totals[book]:
                yield book_line(row, book, totals[book], actor.unit_id)
