"""Meetings, their frozen packs, what was decided and what became of it. States change only through `journal.moves`.

Names of constraints and indexes stay within 30 characters.
"""

import datetime as dt
import json
from functools import cached_property
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luoshi.core.agenda import Agenda, standing
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.decision import DECISION, TRACKED
from luoshi.core.flow.meeting import MEETING, PACKED
from luoshi.supervision.models import Written

KINDS = {
    "dispatch": "调度会",
    "joint": "联席会议",
    "review": "讲评会",
    "reconcile": "对账会",
    "topic": "专题会",
}
EVERYWHERE = ("office", "leader", "inspector")
"""Posts that see every meeting of their government whole."""
UNIT_POSTS = ("head", "clerk")
LATE_WORD = "逾期未办"


def _units(actor: Actor) -> list[int]:
    """The units whose business the actor's unit posts see."""
    if not actor.holds(*UNIT_POSTS):
        return []
    return [unit for unit in (actor.unit_id, *actor.below) if unit is not None]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def whole_to(self, actor: Actor) -> "MeetingQuerySet":
        """Those of which the actor sees everything: pack, all decisions. Offices, leaders and inspectors all of them, the
        office of a task force those on its actions."""
        mine = self.filter(government_id=actor.government_id)
        if actor.holds(*EVERYWHERE) or (actor.holds("force_office") and actor.reaches("force_office", None)):
            return mine
        if actor.holds("force_office"):
            return mine.filter(programme__name__in=actor.covers)
        return mine.none()

    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """Those, and the ones that the actor's unit attends."""
        mine = self.filter(government_id=actor.government_id)
        seen = Q(pk__in=self.whole_to(actor).values("pk"))
        if units := _units(actor):
            attended = Meeting.units.through.objects.filter(unit__in=units).values("meeting")
            seen |= Q(pk__in=attended)
        return mine.filter(seen)


class Meeting(models.Model):
    """One meeting. `programme` narrows it to one action of its plans. `chair_name` is kept as it was on the day.

    `loose` is how many decisions lack a unit or a day; services set it before closing is judged.
    """

    life = MEETING
    loose = 0

    government = models.ForeignKey(
        "org.Government", models.PROTECT, related_name="meetings", verbose_name="政府"
    )
    kind = models.CharField("种类", max_length=10, choices=list(KINDS.items()), default="dispatch")
    title = models.CharField("名称", max_length=100)
    plans = models.ManyToManyField("ledger.Plan", related_name="meetings", verbose_name="方案")
    programme = models.ForeignKey(
        "ledger.Action", models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="行动"
    )
    chair = models.ForeignKey(
        "org.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人"
    )
    chair_name = models.CharField("主持人姓名", max_length=50, blank=True)
    chair_title = models.CharField("主持人职务", max_length=50, blank=True)
    units = models.ManyToManyField("org.Unit", related_name="meetings", verbose_name="参会单位")
    day = models.DateField("日期")
    time = models.CharField("时间", max_length=20, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    topics = models.TextField("其他议题", blank=True)
    state = models.CharField("状态", max_length=10, choices=MEETING.choices(), default="planned")
    held_on = models.DateField("开会日期", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    created_by = models.CharField("筹备人", max_length=50)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会议"
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["government", "state", "day"], name="meeting_gov_state_day"),
            models.Index(fields=["government", "kind", "day"], name="meeting_gov_kind_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def action(self) -> str:
        """The action it is on, for posts that reach only some; "" for all of its plans."""
        return self.programme.name if self.programme else ""

    @property
    def is_packed(self) -> bool:
        """Whether its pack is frozen."""
        return self.state in PACKED

    @property
    def chaired(self) -> str:
        """Who chairs it, with the office held: 副县长沈亦舟."""
        return self.chair_title + self.chair_name

    @property
    def topic_lines(self) -> list[str]:
        """Further matters, one a line."""
        return [line.strip() for line in self.topics.splitlines() if line.strip()]

    @property
    def spoken_on(self) -> dt.date:
        """The day from which terms like 两周内 count: the day it was held, else the day it is set for."""
        return self.held_on or self.day


def printed_packs() -> FileSystemStorage:
    """Where printed packs lie: under the data folder, never under static."""
    return FileSystemStorage()


class Pack(models.Model):
    """The material of a meeting as frozen: canonical JSON with its SHA-256 (hex). The last one is in force; the files are
    printed from it once and kept."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="packs")
    number = models.PositiveSmallIntegerField("第几稿")
    as_of = models.DateField("数据截至")
    text = models.TextField("内容")
    sha256 = models.CharField("校验值", max_length=64)
    reason = models.CharField("理由", max_length=200, blank=True)
    made_by = models.CharField("经办人", max_length=50)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    docx = models.FileField(storage=printed_packs, max_length=200, blank=True)
    pdf = models.FileField(storage=printed_packs, max_length=200, blank=True)

    class Meta:
        verbose_name = "会议材料"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_pack_per_number")]

    def __str__(self) -> str:
        return f"第{self.number}稿"

    @cached_property
    def held(self) -> dict[str, Any]:
        """What it says (luoshi.meetings.gathering)."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @cached_property
    def agenda(self) -> Agenda:
        """Its agenda."""
        return Agenda.from_json(self.held["agenda"])


class Mark(Written):
    """What a leader noted on a line of the pack (`key`), or on the whole (""). Seen by leaders and those who prepare."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="marks")
    key = models.CharField(max_length=40, blank=True)
    text = models.CharField("批注", max_length=500)

    class Meta(Written.Meta):
        verbose_name = "批注"

    def __str__(self) -> str:
        return self.text[:40]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """All of a meeting that is seen whole; a unit its own, and those it helps with, once they are tracked."""
        seen = Q(meeting__in=Meeting.objects.whole_to(actor).values("pk"))
        if units := _units(actor):
            helped = Decision.helpers.through.objects.filter(unit__in=units).values("decision")
            seen |= (Q(unit__in=units) | Q(pk__in=helped)) & Q(state__in=TRACKED)
        return self.filter(seen, meeting__government_id=actor.government_id)

    def tracked(self) -> "DecisionQuerySet":
        """Those that somebody has, or had, to carry out."""
        return self.filter(state__in=TRACKED)


class Decision(models.Model):
    """One thing a meeting decided (议定事项): what, who answers for it, until when, who helps.

    unit_said, due_said, helpers_said  as typed; `unit`, `due`, `helpers` what they were resolved to, where they could be
    key      the line of the agenda it came from ("" for none); `task` the task of the ledger behind that line
    token    told by the page that wrote it first, so that writing it twice makes one row
    version  counts writes: who writes over what they have not seen is told (docs/decisions/0141)
    """

    life = DECISION

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions", verbose_name="会议")
    token = models.CharField(max_length=40)
    text = models.TextField("议定事项", blank=True)
    unit_said = models.CharField("责任单位（所写）", max_length=100, blank=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="责任单位"
    )
    helpers_said = models.CharField("配合单位（所写）", max_length=300, blank=True)
    helpers = models.ManyToManyField("org.Unit", related_name="helped_decisions", verbose_name="配合单位")
    due_said = models.CharField("期限（所写）", max_length=40, blank=True)
    due = models.DateField("完成期限", null=True, blank=True)
    first_due = models.DateField("最初期限", null=True, blank=True)
    moved = models.PositiveSmallIntegerField("延期次数", default=0)
    only_record = models.BooleanField("只记录", default=False)
    key = models.CharField(max_length=40, blank=True)
    task = models.ForeignKey(
        "ledger.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="台账任务",
    )
    state = models.CharField("状态", max_length=10, choices=DECISION.choices(), default="noted")
    version = models.PositiveIntegerField("版本", default=1)
    written_by = models.CharField("记录人", max_length=50)
    written_at = models.DateTimeField("记录时间", default=timezone.now)
    done_on = models.DateField("办结日期", null=True, blank=True)
    order = models.ForeignKey(
        "supervision.Order",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="督办事项",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "议定事项"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "token"], name="decision_written_once")]
        indexes = [models.Index(fields=["unit", "state"], name="decision_unit_state")]

    def __str__(self) -> str:
        return self.text.strip()[:60] or "（还没有写内容）"

    @property
    def government_id(self) -> int:
        """The government of the meeting."""
        return self.meeting.government_id

    @property
    def action(self) -> str:
        """The action of the meeting."""
        return self.meeting.action

    @property
    def doers(self) -> tuple[int, ...]:
        """The unit that answers for it."""
        return (self.unit_id,) if self.unit_id else ()

    @property
    def no_owner(self) -> int:
        """1 while no unit answers for it."""
        return int(self.unit_id is None)

    @property
    def is_loose(self) -> bool:
        """Whether it cannot be tracked yet: no unit, or no day."""
        return not self.only_record and (self.unit_id is None or self.due is None)

    @property
    def stand(self) -> str:
        """Its slug today: late where its day is over and nothing was answered."""
        return standing(self.state, self.due, timezone.localdate())

    @property
    def word(self) -> str:
        """How it stands, in words."""
        return word_of(self.state, self.due, timezone.localdate())


def word_of(state: str, due: dt.date | None, day: dt.date) -> str:
    """How a decision stands on a day, in words."""
    return LATE_WORD if standing(state, due, day) == "late" else DECISION.label(state)


class Answer(Written):
    """What was said about a decision: by its unit, or by the office."""

    REPORT, DONE, BACK, LATER, OTHER = "report", "done", "back", "later", "other"
    KINDS = [(REPORT, "进展"), (DONE, "报办结"), (BACK, "退回"), (LATER, "延期"), (OTHER, "说明")]

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="answers")
    kind = models.CharField("类别", max_length=8, choices=KINDS)
    text = models.CharField("内容", max_length=1000)

    class Meta(Written.Meta):
        verbose_name = "议定事项反馈"

    def __str__(self) -> str:
        return self.text[:40]
