"""Meetings of the demo county (invented): last month's 调度会 with what became of its decisions, the next one with its pack frozen."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.workdays import national
from luoshi.ledger.models import Plan
from luoshi.meetings.models import Decision, Meeting
from luoshi.meetings.queries.one import tasks_behind
from luoshi.meetings.services import following, preparing, recording
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Unit
from luoshi.org.queries.units import register

OFFICE, LEADER = "wenyining", "luhuaiyuan"
PLACE = "县政府三楼会议室"
HEADS = {"青禾县住房和城乡建设局": "qiaosongyan", "青禾县教育局": "yinzhixing"}
ATTEND = (
    "青禾县发展和改革局",
    "青禾县财政局",
    "青禾县住房和城乡建设局",
    "青禾县教育局",
    "青禾县交通运输局",
    "青禾县应急管理局",
)
DECIDED = (
    # what, who, until when as spoken, who helps
    ("城区12处内涝点剩下的3处，封顶前先架临时泵", "县住建局", "两周内", "县应急管理局"),
    ("全县中小学食堂明厨亮灶改造的结算材料补齐并送审", "县教育局", "下月底前", "县财政局"),
    ("第四季度项目资金缺口逐个列出，报常务副县长", "县财政局", "月底前", "县发改局"),
)


def load(county: str) -> Iterator[str]:
    """Hold one meeting and prepare the next when there are none yet; yields a line that says so."""
    plan = Plan.objects.filter(government__name=county, state="adopted").select_related("government").first()
    if plan is None or Meeting.objects.filter(government=plan.government).exists():
        return
    with transaction.atomic():
        today = timezone.localdate()
        held = _held(plan, national().on_or_before(today - dt.timedelta(days=38)))
        ahead = _prepare(plan, national().on_or_after(today + dt.timedelta(days=1)))
    n = held.decisions.count()
    yield f"会议：{held.title}议定{n}条，{ahead.title}材料已定。"


def _actor(login: str) -> Actor:
    return actor_of(Account.objects.get(username=login))


def _prepare(plan: Plan, day: dt.date) -> Meeting:
    """A meeting of the county head on all of the plan, with its pack as of the day before or today."""
    leader = Account.objects.get(username=LEADER).person
    units = list(Unit.objects.filter(government=plan.government, full_name__in=ATTEND).order_by("rank"))
    title = f"{day.year}年{day.month}月重点任务调度会"
    draft = preparing.Draft(
        "dispatch", title, [plan], day, leader, None, units, "15:00", PLACE, "冬春农田水利建设安排"
    )
    meeting = preparing.create(draft, by=_actor(OFFICE))
    preparing.freeze(meeting, min(day, timezone.localdate()), by=_actor(OFFICE))
    return meeting


def _held(plan: Plan, day: dt.date) -> Meeting:
    """One that was held and ended: a decision done, one late, one under way."""
    office = _actor(OFFICE)
    meeting = _prepare(plan, day)
    preparing.hold(meeting, by=office)
    entries, tasks = recording.names_of(register(plan.government)), tasks_behind(meeting.packs.last())
    for n, words in enumerate(DECIDED):
        typed = recording.Typed(*words)
        recording.write(meeting, f"demo{n}", typed, 0, entries, tasks, by=office)
    preparing.close(meeting, by=office)
    when = timezone.make_aware(dt.datetime.combine(day, dt.time(17, 20)))
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=when, created_at=when - dt.timedelta(days=3))
    meeting.packs.update(made_at=when - dt.timedelta(days=1))
    meeting.decisions.update(written_at=when)
    first, second, _ = meeting.decisions.select_related("meeting__programme").order_by("pk")
    _said(first, "3处临时泵都已装好，雨天试运行正常。", done=True)
    _said(second, "已补齐28所学校的结算材料，还差4所的监理签字。", done=False)
    return meeting


def _said(one: Decision, text: str, done: bool) -> None:
    """The unit's sentence, and the office's word on it."""
    head = _actor(HEADS[str(one.unit)])
    if not done:
        following.report(one, text, by=head)
        return
    following.answer(one, text, by=head)
    following.accept(one, by=_actor(OFFICE))
