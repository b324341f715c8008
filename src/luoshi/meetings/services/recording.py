"""Writing decisions down while they are spoken: row by row, as typed, by as many clerks as there are.

A row is known by its token before it has a key: written twice it is one row. Who writes over what they have not seen is told.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.decision import DECISION
from luoshi.core.flow.meeting import MEETING
from luoshi.core.spoken import day_of
from luoshi.core.units.matching import Entry, match
from luoshi.core.workdays import national
from luoshi.journal.moves import Refused, Stale, demand, move, move_all, record
from luoshi.meetings.models import Decision, Meeting
from luoshi.org.queries.units import RegisterRow

SURE = 0.9
"""From this likeness on, with nobody else as near, a name is taken for the unit."""
LONGEST = {"text": 500, "unit_said": 100, "due_said": 40, "helpers_said": 300}
LABELS = {"text": "议定事项", "unit_said": "责任单位", "due_said": "期限", "helpers_said": "配合单位"}
MOST = 200
"""Decisions of one meeting."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as typed."""

    text: str = ""
    unit_said: str = ""
    due_said: str = ""
    helpers_said: str = ""
    only_record: bool = False
    key: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(
            (self.text.strip(), self.unit_said.strip(), self.due_said.strip(), self.helpers_said.strip())
        )

    @classmethod
    def of(cls, row: Decision) -> "Typed":
        """What a row holds now."""
        return cls(row.text, row.unit_said, row.due_said, row.helpers_said, row.only_record, row.key)


@dataclass(slots=True)
class Resolved:
    """What the typed words come to, and what has to be asked."""

    unit: int | None = None
    helpers: list[int] = field(default_factory=list)
    due: dt.date | None = None
    questions: list[str] = field(default_factory=list)


class Conflict(Stale):
    """Somebody wrote the row after it was shown: `row` is what stands there, `yours` what was not saved."""

    def __init__(self, row: Decision, yours: Typed) -> None:
        when = timezone.localtime(row.written_at).strftime("%H:%M")
        super().__init__(
            f"{row.written_by}{when}改过这一条，您的改动没有覆盖上去。请看两处不同，改好后再保存一次。"
        )
        self.row, self.yours = row, yours

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """(field, yours, theirs) where the two differ."""
        theirs = Typed.of(self.row)
        return [
            (word, getattr(self.yours, name), getattr(theirs, name))
            for name, word in LABELS.items()
            if getattr(self.yours, name).strip() != getattr(theirs, name).strip()
        ]


def names_of(register: Iterable[RegisterRow]) -> list[Entry]:
    """The register as matching wants it, without collective names: nobody can answer for those."""
    return [Entry(row.unit_id, row.names) for row in register if not row.collective]


def resolve(typed: Typed, entries: Sequence[Entry], spoken: dt.date) -> Resolved:
    """Units by the register, the day by the language of meetings; every doubt is a question."""
    found = Resolved()
    if typed.unit_said.strip():
        found.unit, question = _unit(typed.unit_said, entries)
        found.questions += [question] * bool(question)
    elif not typed.only_record:
        found.questions.append("还没有写责任单位。")
    for name in filter(None, (part.strip() for part in typed.helpers_said.replace("，", "、").split("、"))):
        unit, question = _unit(name, entries)
        found.questions += [question] * bool(question)
        if unit and unit != found.unit and unit not in found.helpers:
            found.helpers.append(unit)
    if typed.due_said.strip():
        said = day_of(typed.due_said, spoken, national())
        found.due = said.day
        found.questions += [said.question] * bool(said.question)
    elif not typed.only_record:
        found.questions.append("还没有写期限。")
    return found


def _unit(name: str, entries: Sequence[Entry]) -> tuple[int | None, str]:
    """The unit a name means, or what has to be asked."""
    found = match(name.strip(), entries)
    if not found:
        return None, f"名录里没有“{name.strip()[:20]}”，请写单位的全称或简称。"
    best = [one for one in found if one.score == found[0].score]
    if found[0].score >= SURE and len(best) == 1:
        return int(str(best[0].key)), ""
    names = {entry.key: entry.names[0] for entry in entries}
    shown = "、".join(names[one.key] for one in found[:3])
    return None, f"“{name.strip()[:20]}”是指哪个单位：{shown}？请写清楚。"


@transaction.atomic
def write(
    meeting: Meeting, token: str, typed: Typed, version: int, entries: Sequence[Entry], tasks: Mapping[str, int], *, by: Actor
) -> Decision | None:  # fmt: skip
    """Write a row as typed; None where nothing was typed and nothing stands. `tasks` holds the task behind each line of
    the agenda. Raises Denied, Conflict, Refused for a text that is too long."""
    demand(MEETING, meeting, "write", by)
    for name, most in LONGEST.items():
        if len(getattr(typed, name)) > most:
            raise Refused(f"“{LABELS[name]}”不能超过{most}个字，请写得短一些。")
    row = Decision.objects.select_for_update().filter(meeting=meeting, token=token).first()
    if row is None:
        return None if typed.is_blank else _begin(meeting, token, typed, entries, tasks, by)
    row.meeting = meeting
    if Typed.of(row) == typed:
        return row
    demand(DECISION, row, "note", by)
    if row.version != version:
        raise Conflict(row, typed)
    return _store(row, typed, entries, tasks, by)


def _begin(
    meeting: Meeting, token: str, typed: Typed, entries: Sequence[Entry], tasks: Mapping[str, int], by: Actor
) -> Decision:
    if Decision.objects.filter(meeting=meeting).count() >= MOST:
        raise Refused(f"一次会议最多记{MOST}条，请把相近的合并。")
    row = Decision(meeting=meeting, token=token, written_by=by.name, version=0)
    demand(DECISION, row, "note", by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Stale from None
    return _store(row, typed, entries, tasks, by)


def _store(
    row: Decision, typed: Typed, entries: Sequence[Entry], tasks: Mapping[str, int], by: Actor
) -> Decision:
    found = resolve(typed, entries, row.meeting.spoken_on)
    now = timezone.now()
    columns = {
        "text": typed.text,
        "unit_said": typed.unit_said,
        "due_said": typed.due_said,
        "helpers_said": typed.helpers_said,
        "only_record": typed.only_record,
        "key": typed.key if typed.key in tasks else "",
        "task_id": tasks.get(typed.key) or None,
        "unit_id": found.unit,
        "due": found.due,
        "written_by": by.name,
        "written_at": now,
        "version": row.version + 1,
    }
    if not Decision.objects.filter(pk=row.pk, version=row.version).update(**columns):
        raise Stale
    for name, value in columns.items():
        setattr(row, name, value)
    row.helpers.set(found.helpers)
    record(row, "note", by, {"text": [None, typed.text[:200]]})
    return row


@transaction.atomic
def strike(row: Decision, *, by: Actor) -> None:
    """Take a row out of the record. Raises Denied."""
    demand(MEETING, row.meeting, "write", by)
    move(row, "strike", by)


def tidy(meeting: Meeting, *, by: Actor) -> None:
    """Rows that were emptied again are no decisions."""
    rows = Decision.objects.filter(meeting=meeting, state="noted").select_related("meeting__programme")
    for row in rows:
        if not row.text.strip():
            move(row, "strike", by, "没有内容")


def track(rows: Sequence[Decision], *, by: Actor) -> int:
    """At the end of a meeting: what has a unit and a day is tracked, what is only a record stays one."""
    kept = [row for row in rows if row.only_record]
    tracked = [row for row in rows if not row.only_record]
    move_all(kept, "state", by)
    move_all(tracked, "track", by)
    for row in tracked:
        Decision.objects.filter(pk=row.pk).update(first_due=row.due)
    return len(tracked)
