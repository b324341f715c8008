"""What waits for a person: one list, asked of the tables of every life and never stored."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from luoshi.bulletins.queries.lists import waiting as papers_waiting
from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.flow.bulletin import BULLETIN
from luoshi.core.flow.milestone import MILESTONE, UNIT
from luoshi.core.flow.plan import PLAN
from luoshi.dispatch.models import Duty
from luoshi.dispatch.queries.rhythms import to_keep
from luoshi.intake.queries import plan_lines
from luoshi.intake.services.receiving import may_receive
from luoshi.ledger.models import Milestone, Plan
from luoshi.ledger.queries import (
    claims_by_plan,
    contested_by_plan,
    plans_in_ledger,
    steps_due,
    steps_to_confirm,
)
from luoshi.meetings.queries import waiting as meetings
from luoshi.projects.models import Reconciliation
from luoshi.projects.queries.books import waiting as books_waiting
from luoshi.reminders.models import Digest, Escalation
from luoshi.reporting.queries.waiting import Waiting, waiting_reports
from luoshi.supervision.queries import waiting as orders

PAPER_STEPS = {"reviewed": "去签发", "signed": "去编号", "numbered": "去印发"}
CHECKED_BY = PLAN.moves["adopt"].posts
SIGNED_BY = BULLETIN.moves["sign"].posts
TAKEN_BY, ANSWERED_BY = ASSIGNMENT.moves["accept"].posts, ASSIGNMENT.moves["uphold"].posts
DONE_BY, CONFIRMED_BY = UNIT, MILESTONE.moves["confirm"].posts
MOST_STEPS = 50
MEETING_STEPS = {"planned": "去定材料", "packed": "去看材料", "held": "去结束"}
IF_NOT_MEETING = {
    "planned": "材料没有定，会上没有可看的。",
    "packed": "会前没有批注的，按材料的顺序开。",
    "held": "不结束会议，议定事项不发给责任单位。",
}
MOST_DUTIES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: what, until when (None: no day set), where, what to press, and what happens otherwise.

    `key` tells it from all others, whoever looks at it, for as long as the same thing is to be done; `unit` is the unit that
    does it (None: an office or a leader), `action` the action it belongs to; `told` how far up silence has gone. What several
    units have left undone alike is told up the line as one: `group`, `together` in words, `gathered` where all of it is shown.
    """

    what: str
    address: str
    button: str
    if_not: str
    due: dt.date | None = None
    note: str = ""
    reminded: int = 0
    key: str = ""
    unit: int | None = None
    action: str = ""
    told: str = ""
    group: str = ""
    together: str = ""
    gathered: str = ""

    @property
    def late(self) -> bool:
        """Whether the day is over."""
        return self.due is not None and self.due < timezone.localdate()


def lines(actor: Actor) -> list[Line]:
    """Everything that waits for this person, the nearest day first, what has no day after it."""
    found = [
        *_reports(actor),
        *_orders(actor),
        *_decisions(actor),
        *_plans(actor),
        *_shares(actor),
        *_steps(actor),
        *_papers(actor),
        *_projects(actor),
        *_duties(actor),
    ]
    return sorted(found, key=lambda line: line.due or dt.date.max)


def _reports(actor: Actor) -> Iterator[Line]:
    yield from map(report_line, waiting_reports(actor))


def report_line(one: Waiting) -> Line:
    """A line about a round, or about the rounds left behind of a series."""
    group = f"report:{one.kind}:{one.series or one.round}"
    return Line(
        one.what, one.address, one.button, one.if_not, one.due, reminded=one.reminded, key=f"{group}:{one.unit or 0}", unit=one.unit,
        action=one.programme, group=group, together=one.together, gathered=one.gathered,
    )  # fmt: skip


def _orders(actor: Actor) -> Iterator[Line]:
    """Orders whose turn it is."""
    for turn in orders.turns(actor):
        yield order_line(actor, turn)


def order_line(actor: Actor, turn: orders.Turn, action: str = "") -> Line:
    """A line about an order; of a unit's post it is the own unit's."""
    order = turn.order
    unit = f"承办：{order.unit}" if order.unit else ""
    doing = actor.unit_id if actor.holds(*orders.UNIT_POSTS) and not actor.holds(*orders.JUDGES) else None
    return Line(
        what=f"{turn.what}：{order.title}",
        address=reverse("supervision:order", args=[order.pk]),
        button="去办理",
        if_not="逾期未办的发督查单，逐级升级。",
        due=turn.due,
        note="，".join(filter(None, (order.number, unit))),
        key=f"order:{order.pk}:{doing or order.state}",
        unit=doing,
        action=action,
    )


def _decisions(actor: Actor) -> Iterator[Line]:
    """What meetings decided, to carry out or to confirm; packs to freeze or to read, meetings to end."""
    yield from map(meeting_line, meetings.turns(actor))


def meeting_line(turn: meetings.Turn) -> Line:
    """A line about a meeting, or about one of its decisions."""
    one, meeting = turn.decision, turn.meeting
    if one is None:
        return Line(
            what=f"{turn.what}：{meeting.title}",
            address=reverse("meetings:meeting", args=[meeting.pk]),
            button=MEETING_STEPS[meeting.state],
            if_not=IF_NOT_MEETING[meeting.state],
            due=turn.due,
            key=f"meeting:{meeting.pk}:{meeting.state}",
            action=meeting.action,
        )
    doing = one.state == "open"
    missed = "逾期没有反馈的，下次会议先读这一条。" if doing else "没有确认的仍算在办，下次会议还要读。"
    return Line(
        what=f"{turn.what}：{one}",
        address=reverse("meetings:decision", args=[one.pk]),
        button="去反馈" if doing else "去确认",
        if_not=missed,
        due=turn.due,
        note=f"{meeting.title}，责任单位：{one.unit}",
        key=f"decision:{one.pk}:{one.state}",
        unit=one.unit_id if doing else None,
        action=meeting.action,
    )


def _plans(actor: Actor) -> Iterator[Line]:
    """Plans to check and adopt."""
    for line in plan_lines(actor, ("review",)) if actor.holds(*CHECKED_BY) else ():
        doubts = f"还有{line.doubts}处疑问" if line.doubts else "疑问已处理完"
        yield Line(
            what=f"核对方案《{line.plan.title}》",
            address=reverse("intake:review", args=[line.plan.pk]),
            button="去核对" if line.doubts else "去建账",
            if_not="不建账，其中的任务不进台账，各单位看不到。",
            note=f"读出{sum(line.counts.values())}条，{doubts}，{line.plan.created_by}录入",
        )


def _shares(actor: Actor) -> Iterator[Line]:
    """Shares in tasks to take on, objections to answer; a line a plan."""
    address = reverse("ledger:claims")
    for line in claims_by_plan(actor) if actor.holds(*TAKEN_BY) else ():
        yield Line(
            what=f"认领《{line['task__plan__title']}》的{line['count']}项任务",
            address=f"{address}?plan={line['task__plan']}",
            button="去认领",
            if_not="没有认领的任务一直标为待认领，政府办看得到。",
        )
    for line in contested_by_plan(actor) if actor.holds(*ANSWERED_BY) else ():
        yield Line(
            what=f"答复《{line['task__plan__title']}》的{line['count']}项异议",
            address=f"{address}?plan={line['task__plan']}",
            button="去答复",
            if_not="没有答复的任务无人承担，方案也不能结账。",
        )


def _steps(actor: Actor) -> Iterator[Line]:
    """Milestones to report as done, those to confirm."""
    for step in steps_due(actor)[:MOST_STEPS] if actor.holds(*DONE_BY) else ():
        yield step_line(step)
    for line in steps_to_confirm(actor) if actor.holds(*CONFIRMED_BY) else ():
        yield Line(
            what=f"确认《{line['task__plan__title']}》报完成的{line['count']}个节点",
            address=f"{reverse('ledger:task', args=[line['task']])}#milestones",
            button="去确认",
            if_not="没有确认的节点仍按已完成计算，确认后才算核实。",
        )


def step_line(step: Milestone, unit: int | None = None, action: str = "") -> Line:
    """A line about a milestone; `unit` does it."""
    return Line(
        what=f"完成节点“{step.title}”",
        address=f"{reverse('ledger:task', args=[step.task_id])}#milestones",
        button="去报完成",
        if_not="到期没有报完成的节点，政府办看得到，任务也不能标为完成。",
        due=step.due,
        note=f"《{step.task.plan.title}》第{step.task.order}项",
        key=f"step:{step.pk}",
        unit=unit,
        action=action,
    )


def _papers(actor: Actor) -> Iterator[Line]:
    """Papers whose next step is this person's."""
    for paper in papers_waiting(actor):
        yield Line(
            what=f"{paper.get_kind_display()}：{paper.title}",
            address=reverse("bulletins:paper", args=[paper.pk]),
            button=PAPER_STEPS[paper.state],
            if_not="公文停在这一步，发不出去。",
        )


def _projects(actor: Actor) -> Iterator[Line]:
    """Books of projects to fill in, those to close."""
    for row, what, count in books_waiting(actor, timezone.localdate()):
        yield book_line(row, what, count, actor.unit_id)


def book_line(row: Reconciliation, what: str, count: int, unit: int | None) -> Line:
    """A line about a book of projects: to fill in for a unit, or (what "close") to close."""
    if what == "close":
        return Line(
            what=f"{row.label}对账已到截止日，了结差异后关账",
            address=reverse("projects:book", args=[row.pk]),
            button="去关账",
            if_not="不关账，下一期发起不了。",
            due=row.due,
            key=f"book:{row.pk}:close",
        )
    book = {"owner": "本单位", "planning": "发改的账", "finance": "财政的账"}[what]
    return Line(
        what=f"{book}：填{count}个项目的数",
        address=reverse("projects:sheet", args=[row.pk, what]),
        button="去填",
        if_not="没有报的项目记为没有数，不当作零，政府办看得到。",
        due=row.due,
        note=f"{row.label}对账，没有变化的可以一次确认",
        key=f"book:{row.pk}:{what}:{unit}",
        unit=unit,
    )


def _duties(actor: Actor) -> Iterator[Line]:
    yield from duty_lines(actor, to_keep(actor))


def duty_lines(actor: Actor, waiting: Sequence[Duty]) -> Iterator[Line]:
    """Duties of the calendar to keep, nearest first: the first few, and one line for the others. What a person bears is theirs
    alone; only a unit's duty has a unit."""
    for duty in waiting[:MOST_DUTIES]:
        yield Line(
            what=f"{duty}",
            address=reverse("dispatch:duty", args=[duty.pk]),
            button="去登记",
            if_not="不登记，到期后记为逾期未办，只有本人（本单位）和政府办看得到。",
            due=duty.due,
            note=duty.why.rstrip("。"),
            key=f"duty:{duty.pk}",
            unit=duty.unit_id,
        )
    if left := waiting[MOST_DUTIES:]:
        yield Line(
            what=f"另有{len(left)}项职责待登记",
            address=reverse("dispatch:duties"),
            button="去登记",
            if_not="可以勾选几项，一次登记。",
            due=left[0].due,
            key=f"duties:{actor.person_id}:{actor.unit_id or 0}",
        )


def shares(actor: Actor) -> QuerySet[Plan, Any]:
    """Per plan in the ledger, what the own unit has in it: {pk, title, lead, support, next_deadline}, in one query."""
    own = Q(tasks__assignments__unit=actor.unit_id)
    ahead = Q(tasks__deadline_day__gte=timezone.localdate())
    return (
        plans_in_ledger(actor)
        .filter(own)
        .values("pk", "title", "number")
        .annotate(
            lead=Count("tasks", Q(tasks__assignments__role="lead")),
            support=Count("tasks", Q(tasks__assignments__role="support")),
            next_deadline=Min("tasks__deadline_day", filter=ahead),
        )
    )


def led(actor: Actor) -> QuerySet[Plan, Any]:
    """Per plan in the ledger, the tasks that name this leader: {pk, title, number, count, next_deadline}."""
    ahead = Q(tasks__deadline_day__gte=timezone.localdate())
    return (
        plans_in_ledger(actor)
        .filter(tasks__leaders__name=actor.holder_name)
        .values("pk", "title", "number")
        .annotate(count=Count("tasks", distinct=True), next_deadline=Min("tasks__deadline_day", filter=ahead))
    )


TOLD = {"head": "已告知本单位负责人", "office": "已告知政府办"}


def with_told(actor: Actor, found: list[Line]) -> list[Line]:
    """The lines, each with how far up the line its silence has gone; one query, none when nothing is late."""
    late = [line.key for line in found if line.late and line.key]
    if not late:
        return found
    rows = Escalation.objects.filter(government=actor.government_id, key__in=late)
    told: dict[str, set[str]] = {}
    for key, role in rows.values_list("key", "role"):
        told.setdefault(key, set()).add(role)
    words = {key: TOLD["office" if "office" in roles else "head"] for key, roles in told.items()}
    return [replace(line, told=words.get(line.key, "")) for line in found]


def waiting(actor: Actor) -> dict[str, Any]:
    """The home page's context: what waits, whether a plan may be uploaded, what the own unit has in the ledger."""
    return {
        "lines": with_told(actor, lines(actor)),
        "unread": Digest.objects.filter(person=actor.person_id, unread=True).count(),
        "may_receive": may_receive(actor) is None,
        "business": actor.holds(*BUSINESS_POSTS),
        "shares": shares(actor) if actor.unit_id else [],
        "led": led(actor) if actor.holds("leader") else [],
    }
