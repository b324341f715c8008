"""Preparing a meeting: setting it up, freezing its pack, beginning and ending it."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.meeting import MEETING
from luoshi.journal.moves import Refused, Stale, demand, move, record
from luoshi.ledger.models import Action, Plan
from luoshi.meetings.gathering import canonical, gather
from luoshi.meetings.models import KINDS, Decision, Mark, Meeting, Pack
from luoshi.meetings.services.keeping import keep_duties
from luoshi.meetings.services.recording import tidy, track
from luoshi.org.models import Person, Post, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting as filled in."""

    kind: str
    title: str
    plans: Sequence[Plan]
    day: dt.date
    chair: Person | None = None
    programme: Action | None = None
    units: Sequence[Unit] = ()
    time: str = ""
    place: str = ""
    topics: str = ""


@transaction.atomic
def create(draft: Draft, *, by: Actor) -> Meeting:
    """A new meeting. Raises Denied, Refused for a scope that does not fit."""
    meeting = Meeting(government_id=by.government_id, created_by=by.name)
    _fill(meeting, draft)
    demand(MEETING, meeting, "create", by)
    _refuse_unsound(draft)
    meeting.save()
    meeting.plans.set(draft.plans)
    meeting.units.set(draft.units)
    record(meeting, "create", by, {name: [None, text] for name, text in _said(meeting).items() if text})
    return meeting


@transaction.atomic
def edit(meeting: Meeting, draft: Draft, *, by: Actor) -> bool:
    """Change it before it begins; False when nothing differs. Raises Denied, Refused."""
    demand(MEETING, meeting, "edit", by)
    _refuse_unsound(draft)
    old = _said(meeting)
    _fill(meeting, draft)
    demand(MEETING, meeting, "edit", by)  # nobody moves a meeting out of their own reach
    meeting.plans.set(draft.plans)
    meeting.units.set(draft.units)
    new = _said(meeting)
    changes = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if not changes:
        return False
    record(meeting, "edit", by, changes)
    meeting.save(update_fields=[*COLUMNS, "chair", "chair_name", "chair_title"])
    return True


COLUMNS = ("kind", "title", "programme", "day", "time", "place", "topics")


def _fill(meeting: Meeting, draft: Draft) -> None:
    for name in COLUMNS:
        setattr(meeting, name, getattr(draft, name))
    meeting.chair = draft.chair
    meeting.chair_name = draft.chair.name if draft.chair else ""
    meeting.chair_title = _title(draft.chair) if draft.chair else ""


def _title(person: Person) -> str:
    posts = Post.objects.filter(person=person, slug="leader", valid_to=None)
    return next(iter(posts.values_list("title", flat=True)), "")


def _refuse_unsound(draft: Draft) -> None:
    if draft.programme and draft.programme.plan_id not in [plan.pk for plan in draft.plans]:
        raise Refused(f"“{draft.programme}”不在所选的方案里，请同时选上它所在的方案，或不限行动。")


def _said(meeting: Meeting) -> dict[str, str]:
    """What it says, in words, for the journal."""
    listed: dict[str, Any] = {"plans": [], "units": []}
    if meeting.pk:
        listed["plans"] = [plan.title for plan in meeting.plans.order_by("pk")]
        listed["units"] = [unit.full_name for unit in meeting.units.order_by("rank", "pk")]
    return {
        "kind": KINDS[meeting.kind],
        "title": meeting.title,
        "programme": meeting.action,
        "chair": meeting.chaired,
        "day": meeting.day.isoformat(),
        "time": meeting.time,
        "place": meeting.place,
        "topics": meeting.topics,
        "plans": "、".join(listed["plans"]),
        "units": "、".join(listed["units"]),
    }


# The pack


@transaction.atomic
def freeze(meeting: Meeting, as_of: dt.date, reason: str = "", *, by: Actor) -> Pack:
    """Gather the pack as of a day (today at the latest) and freeze it; anew with a reason where there is one already.

    Raises Denied, Refused."""
    verb = "freeze" if meeting.state == "planned" else "refreeze"
    demand(MEETING, meeting, verb, by, reason)
    if as_of > timezone.localdate():
        raise Refused("数据截至日期还没有到，请改为今天或以前的日期。")
    if not meeting.plans.exists():
        raise Refused("会议还没有选方案，没有材料可定。请先修改会议安排，选上方案。")
    text = canonical(gather(meeting, as_of, by))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    last = meeting.packs.order_by("-number").first()
    old = last.sha256 if last else ""
    told = {"数据截至": [None, as_of.isoformat()], "校验值": [old or None, sha256]}
    move(meeting, verb, by, reason, **told)
    pack = Pack(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        as_of=as_of,
        text=text,
        sha256=sha256,
        reason=reason.strip()[:200],
        made_by=by.name,
    )
    try:
        with transaction.atomic():
            pack.save()
    except IntegrityError:
        raise Stale("材料刚刚已由他人重新定过，请刷新页面后再看。") from None
    return pack


@transaction.atomic
def mark(meeting: Meeting, key: str, text: str, *, by: Actor) -> Mark:
    """A leader notes something on a line of the pack, or on the whole. Raises Denied, Refused."""
    demand(MEETING, meeting, "mark", by)
    pack = meeting.packs.last()
    if key and (pack is None or key not in {row.key for row in pack.agenda.rows()}):
        raise Refused("这一条已不在会议材料里，请刷新页面后再批注。")
    record(meeting, "mark", by, {"text": [None, text]})
    return Mark.objects.create(
        meeting=meeting, key=key, text=text, person_id=by.person_id, person_name=by.holder_name, unit_name=by.unit_name
    )  # fmt: skip


# Beginning and ending


@transaction.atomic
def hold(meeting: Meeting, *, by: Actor) -> None:
    """The meeting begins: from now on decisions are written down. Raises Denied, Refused before its day."""
    today = timezone.localdate()
    demand(MEETING, meeting, "hold", by)
    if meeting.day > today:
        raise Refused(
            f"会议定在{meeting.day.month}月{meeting.day.day}日，还没有到。提前开的，请先修改会议安排里的日期。"
        )
    move(meeting, "hold", by)
    meeting.held_on = meeting.day
    meeting.save(update_fields=["held_on"])


@transaction.atomic
def close(meeting: Meeting, *, by: Actor) -> int:
    """The meeting is over: what was decided is tracked from now on, and the duty of its chair is kept. Returns how many
    are tracked. Raises Denied."""
    tidy(meeting, by=by)
    noted = list(Decision.objects.filter(meeting=meeting, state="noted").select_related("meeting__programme"))
    meeting.loose = sum(one.is_loose for one in noted)
    move(meeting, "close", by)
    meeting.closed_at = timezone.now()
    meeting.save(update_fields=["closed_at"])
    keep_duties(meeting, by=by)
    return track(noted, by=by)
