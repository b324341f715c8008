"""Rhythms confirmed, what becomes of them (rounds, duties), the county's own days off, and who fetches a calendar.

States change only through `journal.moves`; the tables are core/flow/rhythm.py. Names of constraints and indexes stay
within 30 characters.
"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luoshi.core.dues import parse_due
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import DUTY, FEED, HOLIDAY, KEEPERS, RHYTHM, UNIT
from luoshi.core.occasions import Rhythm as Dated
from luoshi.core.periods import LENGTHS, Period
from luoshi.core.workdays import RULES

BECOMES = [("round", "报送轮次"), ("duty", "会议或调度"), ("paper", "简报、通报或总结"), ("none", "不排")]
"""What a rhythm becomes: rounds of reporting, duties of who bears it, papers due (a duty as well), nothing."""
BORNE = ("duty", "paper")
"""Rhythms of which somebody bears a duty."""


def one_of(one: str, other: str) -> Q:
    """Exactly one of two columns is filled."""
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": False}) | Q(
        **{f"{one}__isnull": False, f"{other}__isnull": True}
    )


class RhythmQuerySet(models.QuerySet["Rhythm"]):
    """Rhythms."""

    def visible_to(self, actor: Actor) -> "RhythmQuerySet":
        """What a plan prescribes is no secret inside its government; who kept it is (see Duty)."""
        mine = self.filter(government_id=actor.government_id)
        return mine if actor.holds(*RHYTHM.moves["see"].posts) else self.none()

    def timed(self) -> "RhythmQuerySet":
        """Those of which something comes due, of plans that run; also those that end on a day still ahead."""
        return self.filter(plan__state="adopted").exclude(becomes="none")


class Rhythm(models.Model):
    """A mechanism of a plan as confirmed: what it becomes, when it falls due, who answers.

    In force for the periods that end within [valid_from, valid_to). A change makes a new row that `follows` this one.
    `due_said` is a due day in words (core/dues.py), "" for the last working day of the period; `shift` the rule off
    holidays; `lead` working days before the due day on which it is first asked for. `next_on` is the next day on which
    the watch looks at it, None when nothing more comes of it.
    """

    life = RHYTHM

    government = models.ForeignKey(
        "org.Government", models.PROTECT, related_name="rhythms", verbose_name="政府"
    )
    plan = models.ForeignKey("ledger.Plan", models.PROTECT, related_name="rhythms", verbose_name="方案")
    mechanism = models.ForeignKey(
        "ledger.Mechanism", models.PROTECT, related_name="rhythms", verbose_name="机制"
    )
    also = models.ManyToManyField(
        "ledger.Mechanism", blank=True, related_name="covered_by", verbose_name="同一要求的其他各处"
    )
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="调整自"
    )
    who = models.CharField("谁", max_length=200, blank=True)
    activity = models.CharField("做什么", max_length=200)
    every = models.CharField("多久一次", max_length=4, choices=[(x, x) for x in LENGTHS], blank=True)
    at_least = models.BooleanField("至少", default=False)
    becomes = models.CharField("排成", max_length=6, choices=BECOMES)
    due_said = models.CharField("期限", max_length=30, blank=True)
    shift = models.CharField("遇节假日", max_length=8, choices=list(RULES.items()), default="within")
    lead = models.PositiveSmallIntegerField("提前几个工作日", default=3)
    state = models.CharField("状态", max_length=8, choices=RHYTHM.choices(), default="running")
    valid_from = models.DateField("起用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    document = models.CharField("依据", max_length=100, blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField("确认人", max_length=50)
    confirmed_at = models.DateTimeField("确认时间", default=timezone.now)
    next_on = models.DateField("下次办理日期", null=True, blank=True)

    objects = RhythmQuerySet.as_manager()

    class Meta:
        verbose_name = "节奏"
        ordering = ["plan", "mechanism__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism"], condition=Q(follows__isnull=True), name="one_first_rhythm"
            ),
        ]
        indexes = [
            models.Index(fields=["government", "state"], name="rhythm_gov_state"),
            models.Index(fields=["next_on"], name="rhythm_next_on"),
        ]

    def __str__(self) -> str:
        return f"{self.every}{self.activity}"

    @property
    def dated(self) -> Dated:
        """As core/occasions dates it."""
        due = parse_due(self.due_said) if self.due_said else None
        return Dated(self.who, self.activity, self.every or None, self.at_least, due, self.shift)  # type: ignore[arg-type]  # choices are rules

    @property
    def followed(self) -> int:
        """1 when a later row carries it on (core/flow/rhythm.py)."""
        return int(hasattr(self, "followed_by"))

    @property
    def lock(self) -> str:
        """Why nothing can be changed: its plan is closed."""
        return self.plan.stopped

    @property
    def every_in_words(self) -> str:
        """至少每半年一次, 每旬一次."""
        if not self.every:
            return "没有定周期"
        return f"{'至少' if self.at_least else ''}每{self.every}一次"

    def covers(self, period: Period) -> bool:
        """Whether a period is this row's: the one before or after it in history may have it instead."""
        return self.valid_from <= period.end and (self.valid_to is None or period.end < self.valid_to)


class Bearer(models.Model):
    """Who bears the duties of a rhythm: a unit, or the holder of a post (a leader, the office of a task force)."""

    rhythm = models.ForeignKey(Rhythm, models.CASCADE, related_name="bearers")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    post = models.ForeignKey(
        "org.Post", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="岗位"
    )

    class Meta:
        verbose_name = "由谁办"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("unit", "post"), name="bearer_is_one"),
            models.UniqueConstraint(
                fields=["rhythm", "unit"], condition=Q(unit__isnull=False), name="one_bearing_unit"
            ),
            models.UniqueConstraint(
                fields=["rhythm", "post"], condition=Q(post__isnull=False), name="one_bearing_post"
            ),
        ]

    def __str__(self) -> str:
        if self.unit:
            return self.unit.full_name
        return f"{self.post.person.name}（{self.post}）" if self.post else ""


class Occasion(models.Model):
    """One time a rhythm of rounds fell due, as it went: the round that serves it, or why none was opened."""

    rhythm = models.ForeignKey(Rhythm, models.PROTECT, related_name="occasions")
    since = models.DateField("时段起")
    until = models.DateField("时段止")
    due = models.DateField("截止日期")
    round = models.ForeignKey(
        "reporting.Round", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="轮次"
    )
    sentence = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "应办时点"
        ordering = ["until", "pk"]
        constraints = [models.UniqueConstraint(fields=["rhythm", "since"], name="one_occasion")]

    @property
    def period(self) -> Period:
        """The period it is about."""
        return Period(self.since, self.until, self.rhythm.every)  # type: ignore[arg-type]  # choices are lengths


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties."""

    def visible_to(self, actor: Actor) -> "DutyQuerySet":
        """The row `see` of DUTY as one condition: the office sees all, a unit its own, a person their own."""
        mine = self.filter(government_id=actor.government_id)
        return mine if actor.holds(*KEEPERS) else mine.filter(borne_by(actor))

    def borne(self, actor: Actor) -> "DutyQuerySet":
        """What this person, or their unit, bears."""
        return self.filter(borne_by(actor), government_id=actor.government_id)


def borne_by(actor: Actor) -> Q:
    """What is the actor's own: personal duties (or the principal's, when acting for one), and those of the unit."""
    own = Q(person_id=actor.principal.person_id if actor.principal else actor.person_id)
    units = [unit for unit in (actor.unit_id, *actor.below) if unit is not None and actor.holds(*UNIT)]
    return own | Q(unit_id__in=units) if units else own


class Duty(models.Model):
    """What somebody has to do in one period: hold the 调度, write the 简报. Private to who bears it, and the office.

    Exactly one of `unit` and `person` bears it (`post` is why the person does). `said` is the day before it was moved off
    a holiday, `why` says why; `ask_on` the day from which it waits for them; `moved` how often its day was set anew.
    """

    life = DUTY

    government = models.ForeignKey(
        "org.Government", models.PROTECT, related_name="duties", verbose_name="政府"
    )
    rhythm = models.ForeignKey(Rhythm, models.PROTECT, related_name="duties", verbose_name="节奏")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="单位"
    )
    person = models.ForeignKey(
        "org.Person", models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="人员"
    )
    post = models.ForeignKey(
        "org.Post", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="岗位"
    )
    since = models.DateField("时段起")
    until = models.DateField("时段止")
    opens = models.DateField("起始日期")
    ask_on = models.DateField("提醒日期")
    said = models.DateField("原定日期")
    due = models.DateField("期限")
    why = models.CharField("改期原因", max_length=100, blank=True)
    moved = models.PositiveSmallIntegerField("改期次数", default=0)
    state = models.CharField("状态", max_length=8, choices=DUTY.choices(), default="waiting")
    kept_on = models.DateField("完成日期", null=True, blank=True)
    kept_by = models.CharField("登记人", max_length=50, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    changed_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "职责"
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("unit", "person"), name="duty_is_of_one"),
            models.UniqueConstraint(
                fields=["rhythm", "unit", "since"], condition=Q(unit__isnull=False), name="one_duty_of_unit"
            ),
            models.UniqueConstraint(
                fields=["rhythm", "person", "since"],
                condition=Q(person__isnull=False),
                name="one_duty_of_person",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "state", "due"], name="duty_gov_state_due"),
            models.Index(fields=["unit", "state"], name="duty_unit_state"),
            models.Index(fields=["person", "state"], name="duty_person_state"),
        ]

    def __str__(self) -> str:
        return f"{self.label}{self.rhythm.activity}"

    @property
    def period(self) -> Period:
        """The period it is about."""
        return Period(self.since, self.until, self.rhythm.every)  # type: ignore[arg-type]  # choices are lengths

    @property
    def label(self) -> str:
        """The period as a clerk would write it."""
        return self.period.label

    @property
    def who(self) -> str:
        """Who bears it, by name."""
        return str(self.unit or self.person)

    @property
    def lock(self) -> str:
        """Why nothing can be done about it: the plan is closed."""
        return self.rhythm.lock

    def word(self, today: dt.date | None = None) -> str:
        """How it stands: 已完成, 逾期完成, 逾期未办, 今日到期, 未到期, 不再要求."""
        day = today or timezone.localdate()
        if self.state == "void":
            return DUTY.label("void")
        if self.state == "kept":
            return "已完成" if self.kept_on and self.kept_on <= self.due else "逾期完成"
        if day > self.due:
            return "逾期未办"
        return "今日到期" if day == self.due else "未到期"


class LocalDays(models.Model):
    """Days off, or worked, of one county, laid over the calendar of the whole country: [first, last], with its ground.

    `publishes` names the year whose official arrangement they belong to: that year then counts as published here.
    """

    life = HOLIDAY

    government = models.ForeignKey(
        "org.Government", models.PROTECT, related_name="local_days", verbose_name="政府"
    )
    first = models.DateField("起始日期")
    last = models.DateField("结束日期")
    works = models.BooleanField("上班", default=False)
    name = models.CharField("名称", max_length=30)
    ground = models.CharField("依据", max_length=200)
    publishes = models.PositiveSmallIntegerField("公布年度", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=HOLIDAY.choices(), default="in_force")
    entered_by = models.CharField("登记人", max_length=50)
    entered_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "放假安排"
        ordering = ["first", "pk"]
        indexes = [models.Index(fields=["government", "state"], name="days_gov_state")]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """A person's calendar to subscribe to. The address is made of the server's key and `nonce`: renewed by a new nonce."""

    life = FEED

    person = models.OneToOneField("org.Person", models.CASCADE, related_name="feed", verbose_name="人员")
    nonce = models.CharField(max_length=43)
    state = models.CharField("状态", max_length=4, choices=FEED.choices(), default="off")
    renewed_at = models.DateTimeField("地址更换时间", default=timezone.now)

    class Meta:
        verbose_name = "日历订阅"

    @property
    def government_id(self) -> int:
        """The person's government."""
        return self.person.government_id
