"""What a meeting has before it, read from the ledger as of a day: decisions read again, lights now and at the last meeting, who is
silent, what needs its chair. The number of queries does not grow with the number of tasks.

`gather` gives plain values; `canonical` writes them down so that the same input gives the same bytes.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, Q

from luoshi.core.agenda import Asked, Lit, Row, agenda
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.decision import OPEN, TRACKED
from luoshi.core.flow.meeting import OVER
from luoshi.core.flow.report import FILLABLE
from luoshi.core.progress.lights import points
from luoshi.core.progress.rounding import shown
from luoshi.core.writing.names import chinese_day
from luoshi.ledger.models import Plan, TaskLeader
from luoshi.meetings.models import KINDS, Answer, Decision, Meeting, MeetingQuerySet, word_of
from luoshi.org.models import Post
from luoshi.org.queries.units import Say, saying
from luoshi.reporting.models import Report, Round
from luoshi.reporting.queries.latest import Latest, latest_reports, unsettled
from luoshi.supervision.models import Order, Reply
from luoshi.supervision.queries.lights import Line, lines_of

NAMED = 3
"""How many tasks a line names before it counts the rest."""
FORM = 1
"""The shape of a pack; a later one says so in its JSON."""
BAD_WEIGHT = 1000.0
MOST_BEHIND = 100.0
"""Nothing is further behind than not begun: gaps in other units weigh no more than that."""
MONTH = dt.timedelta(days=30)


def canonical(held: dict[str, Any]) -> str:
    """As it is frozen: keys sorted, no spaces; the same values give the same bytes."""
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def related(meeting: Meeting) -> MeetingQuerySet:
    """Meetings held that this one carries on: on one of its plans, or on plans that do not run any more (a new year's plan
    takes up what the old one left)."""
    rows = Meeting.objects.filter(government=meeting.government_id, state__in=OVER, day__lte=meeting.day)
    links = Meeting.plans.through.objects.all()
    shared = links.filter(plan__in=meeting.plans.values("pk")).values("meeting")
    running = links.filter(plan__state="adopted").values("meeting")
    return rows.filter(Q(pk__in=shared) | ~Q(pk__in=running)).exclude(pk=meeting.pk)


def previous(meeting: Meeting) -> Meeting | None:
    """The related meeting of the same kind (on the same action) that was held last."""
    rows = related(meeting).filter(kind=meeting.kind, programme=meeting.programme)
    return rows.order_by("-day", "-pk").first()


def gather(meeting: Meeting, as_of: dt.date, by: Actor) -> dict[str, Any]:
    """Everything of a pack, as plain values."""
    last = previous(meeting)
    before = last.day if last else as_of - MONTH
    plans = list(meeting.plans.select_related("government").order_by("pk"))
    say = saying(meeting.government)
    leaders = _leaders(plans)
    latest = {plan.pk: latest_reports(plan.pk, as_of) for plan in plans}
    lit = [
        one for plan in plans for one in _lit(meeting, plan, as_of, before, by, latest[plan.pk], leaders, say)
    ]
    found = agenda(
        again=_again(meeting, last, as_of, say),
        lit=[one for one, _ in lit],
        silent=_silent(meeting, plans, as_of, say, [line for _, line in lit]),
        blocked=[
            *_orders(meeting, plans, as_of, say, leaders),
            *_reports(meeting, latest, say, leaders),
        ],
        topics=meeting.topic_lines,
        leader=meeting.chair_name,
        everything=_over_all(meeting),
    )
    return {
        "form": FORM,
        "government": meeting.government.name,
        "kind": KINDS[meeting.kind],
        "title": meeting.title,
        "day": meeting.day.isoformat(),
        "time": meeting.time,
        "place": meeting.place,
        "chair": meeting.chaired,
        "units": [say(unit) for unit in meeting.units.order_by("rank", "pk")],
        "plans": [plan.title for plan in plans],
        "programme": meeting.action,
        "as_of": as_of.isoformat(),
        "compared": before.isoformat(),
        "last": {"title": last.title, "day": last.day.isoformat()} if last else None,
        "agenda": found.as_json(),
    }


def _over_all(meeting: Meeting) -> bool:
    """Whether the chair is in charge of the whole government: then everything reaches them."""
    if meeting.chair_id is None:
        return True
    posts = Post.objects.filter(person=meeting.chair_id, slug="leader", valid_to=None)
    return "government" in posts.values_list("scope", flat=True)


def _leaders(plans: Sequence[Plan]) -> dict[int, tuple[str, ...]]:
    """The leaders in charge of every task, by task."""
    found: dict[int, tuple[str, ...]] = {}
    rows = TaskLeader.objects.filter(task__plan__in=plans).order_by("order", "pk")
    for task, name in rows.values_list("task", "name"):
        found[task] = (*found.get(task, ()), name)
    return found


# What was decided before


def _again(meeting: Meeting, last: Meeting | None, day: dt.date, say: Say) -> Iterator[Row]:
    """All decisions of the last meeting, and what earlier ones of the series and special meetings still leave open."""
    special = Q(meeting__kind="topic")
    if meeting.programme_id:
        special &= Q(meeting__programme=meeting.programme)
    kin = Q(meeting__kind=meeting.kind, meeting__programme=meeting.programme) | special
    wanted = kin & Q(state__in=OPEN)
    if last is not None:
        wanted |= Q(meeting=last)
    rows = (
        Decision.objects.filter(wanted, meeting__in=related(meeting).values("pk"), state__in=TRACKED)
        .select_related("unit", "meeting", "order")
        .prefetch_related(Prefetch("answers", Answer.objects.order_by("at", "pk")))
        .order_by("pk")
    )
    for one in rows:
        yield _read_again(one, day, say)


def _read_again(one: Decision, day: dt.date, say: Say) -> Row:
    word = word_of(one.state, one.due, day)
    stand = "late" if word != one.get_state_display() else one.state
    said = [answer.text for answer in one.answers.all()]
    if one.order:
        word = f"{word}（{one.order.number or one.order.get_state_display()}）"
    late = (day - one.due).days if one.due and stand == "late" else 0
    moved = f"（已延期{one.moved}次）" if one.moved else ""
    return Row(
        key=f"decision:{one.pk}",
        title=one.text.strip().rstrip("。"),
        unit=say(one.unit) if one.unit else "",
        unit_id=one.unit_id or 0,
        level=stand,
        stand=word,
        due=(chinese_day(one.due) if one.due else "") + moved,
        gap=f"超期{late}天" if late else "",
        said=said[-1] if said else "",
        receipt=f"{one.meeting.title}（{chinese_day(one.meeting.spoken_on)}）",
        weight=float(late),
    )


# Lights


def _lit(
    meeting: Meeting, plan: Plan, day: dt.date, before: dt.date, by: Actor, latest: Latest, leaders: dict[int, tuple[str, ...]], say: Say
) -> Iterator[tuple[Lit, Line]]:  # fmt: skip
    """Every light of the plan in the scope of the meeting, with the one of the day before beside it."""
    then = {_key(line): line.light.level for line in lines_of(by, plan, before)}
    for line in lines_of(by, plan, day):
        if _within(meeting, line):
            yield Lit(_lit_row(line, latest, leaders, say), then.get(_key(line), "")), line


def _key(line: Line) -> str:
    return f"indicator:{line.indicator.pk}" if line.indicator else f"task:{line.task.pk if line.task else 0}"


def _within(meeting: Meeting, line: Line) -> bool:
    """Whether it is of the action that the meeting is on."""
    if meeting.programme_id is None:
        return True
    holder = line.task or line.indicator
    return bool(holder and holder.action_id == meeting.programme_id)


def _lit_row(line: Line, latest: Latest, leaders: dict[int, tuple[str, ...]], say: Say) -> Row:
    light, share = line.light, line.unit
    report = latest.get((line.task.pk, line.task.lead_unit_id)) if line.task else None
    return Row(
        key=_key(line),
        title=line.name.split("\n")[0],
        unit=say(share.unit) if share else "",
        unit_id=share.unit_id if share else 0,
        leader="、".join(leaders.get(line.task.pk, ())) if line.task else "",
        level=light.level,
        stand=light.look.word,
        due=line.task.due if line.task else "",
        target=line.indicator.words if line.indicator else "",
        actual=_actual(line),
        gap=_gap(line),
        said=_said(report),
        receipt=light.receipt.formula,
        weight=_weight(line, day=light.receipt.judged_on),
    )


def _actual(line: Line) -> str:
    """What was reached, as the light reckons it: periods added up where they add up."""
    actual = line.actual
    return f"{shown(actual, 6)}{line.goal.unit}" if line.goal and actual is not None else ""


def _gap(line: Line) -> str:
    """As the page of lights shows it; for a task past its day how many days."""
    found = line.light
    if found.gap is not None and not (line.goal is not None and line.goal.kind == "zero"):
        return f"{points(found.gap)}{found.gap_unit}"
    if found.level == "late" and line.task and line.task.deadline_day:
        return f"超期{(found.receipt.judged_on - line.task.deadline_day).days}天"
    return ""


def _weight(line: Line, day: dt.date) -> float:
    """How heavy it is among its kind: shares behind plan in points, days past the day."""
    found = line.light
    if found.level == "late" and line.task and line.task.deadline_day:
        return BAD_WEIGHT + (day - line.task.deadline_day).days
    if found.completion is not None and found.planned is not None:
        return round(min(float(found.planned - found.completion) * 100, MOST_BEHIND), 2)
    return round(min(abs(float(found.gap)), MOST_BEHIND), 2) if found.gap is not None else 0.0


def _said(report: Report | None) -> str:
    """The unit's own word: what was done, what stands in the way."""
    if report is None:
        return ""
    words = [report.done.strip().rstrip("。；")]
    if report.blocker.strip():
        words.append(f"问题：{report.blocker.strip().rstrip('。；')}")
    return "。".join(filter(None, words))


# Who is silent


def _silent(
    meeting: Meeting, plans: Sequence[Plan], day: dt.date, say: Say, lines: Iterable[Line]
) -> Iterator[Row]:
    """A line a unit: what it did not send in the last round that is over, and its indicators without a figure."""
    rounds = Round.objects.filter(plan__in=plans, due__lt=day).order_by("-until", "-pk")
    last: dict[tuple[int, int | None], Round] = {}
    for one in rounds.filter(Q(programme=None) | Q(programme=meeting.programme)):
        last.setdefault((one.plan_id, one.programme_id), one)
    owed = Report.objects.filter(round__in=last.values(), state__in=FILLABLE).select_related(
        "unit", "task", "round"
    )
    if meeting.programme_id:
        owed = owed.filter(task__action=meeting.programme_id)
    by_sheet: dict[tuple[int, int], list[Report]] = {}
    for report in owed.order_by("order", "pk"):
        by_sheet.setdefault((report.round_id, report.unit_id), []).append(report)
    without: dict[int, int] = {}
    for line in lines:
        if line.light.level == "silent" and line.unit:
            without[line.unit.unit_id] = without.get(line.unit.unit_id, 0) + 1
    told = set()
    for (round_id, unit_id), reports in by_sheet.items():
        first = reports[0]
        missing = "" if unit_id in told else _figures(without.get(unit_id, 0))
        told.add(unit_id)
        yield Row(
            key=f"sheet:{round_id}-{unit_id}",
            title=f"{first.round.label}填报没有报送{len(reports)}项" + missing,
            unit=say(first.unit),
            unit_id=unit_id,
            level="silent",
            stand="未报",
            due=chinese_day(first.round.due),
            said=_some([str(report.task) for report in reports]),
            weight=float(len(reports)),
        )


def _figures(n: int) -> str:
    return f"，另有{n}项指标没有数" if n else ""


def _some(names: list[str]) -> str:
    """The first few by name, the rest as a number."""
    shown = "；".join(name.split("\n")[0][:30] for name in names[:NAMED])
    return f"{shown}；等{len(names)}项" if len(names) > NAMED else shown


# What cannot be settled alone


def _orders(
    meeting: Meeting, plans: Sequence[Plan], day: dt.date, say: Say, leaders: dict[int, tuple[str, ...]]
) -> Iterator[Asked]:
    """Orders that their unit reported as not to be done (做不到)."""
    rows = Order.objects.filter(government=meeting.government_id, state="blocked", sent_on__lte=day)
    scope = Q(task__plan__in=plans)
    if meeting.programme_id:
        scope &= Q(task__action=meeting.programme_id)
    else:
        scope |= Q(task=None)
    replies = Prefetch("replies", Reply.objects.order_by("at", "pk"))
    for order in rows.filter(scope).select_related("unit").prefetch_related(replies).order_by("pk"):
        said = [reply.text for reply in order.replies.all() if reply.kind == Reply.CANNOT]
        row = Row(
            key=f"order:{order.pk}",
            title=order.title,
            unit=say(order.unit) if order.unit else "",
            unit_id=order.unit_id or 0,
            leader=order.leader,
            level="blocked",
            stand="做不到待研究",
            due=chinese_day(order.deadline) if order.deadline else "",
            said="。".join(
                filter(None, [order.get_cause_display(), *(text.rstrip("。") for text in said[-1:])])
            ),
            needs=order.help_needed,
            receipt=order.number,
            weight=BAD_WEIGHT,
        )
        yield Asked(row, leaders.get(order.task_id, ()) if order.task_id else ())


def _reports(
    meeting: Meeting, latest: dict[int, Latest], say: Say, leaders: dict[int, tuple[str, ...]]
) -> Iterator[Asked]:
    """Reports that name whom they need."""
    for reports in latest.values():
        for report in unsettled(reports.values()):
            if meeting.programme_id and report.task.action_id != meeting.programme_id:
                continue
            named = leaders.get(report.task_id, ())
            row = Row(
                key=f"report:{report.pk}",
                title=str(report.task).split("\n")[0],
                unit=say(report.unit),
                unit_id=report.unit_id,
                leader="、".join(named),
                level="blocked",
                stand="需协调",
                due=report.task.due,
                said=report.blocker.strip().rstrip("。"),
                needs=report.needs,
            )
            yield Asked(row, named)
