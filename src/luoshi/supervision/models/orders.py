"""Orders (督办事项) and what happens to them. States change only through `journal.moves`; the tables are core/flow/order.py.

Names of constraints and indexes stay within 30 characters.
"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import BEFORE, EXTENSION, OPEN, ORDER, REVIEW, SHARE
from luoshi.core.orders.clocks import REVIEW_DAYS, Clock, Standing, clocks, standing
from luoshi.core.orders.words import AUTHORITIES, CAUSES, COLOURS, DAILY, METHODS, ORIGINS, TYPES
from luoshi.core.workdays import national

EVERYWHERE = ("office", "leader", "inspector", "assessor")
"""Posts that see every order of their government."""
UNTIMED = ("blocked",)


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders."""

    def visible_to(self, actor: Actor) -> "OrderQuerySet":
        """Offices, leaders, inspectors and assessors see all; a force office its actions; a unit what it was asked, from the
        day it was handed over."""
        mine = self.filter(government_id=actor.government_id)
        if actor.holds(*EVERYWHERE) or (actor.holds("force_office") and actor.reaches("force_office", None)):
            return mine
        seen = Q(pk__in=[])
        units = [unit for unit in (actor.unit_id, *actor.below) if unit is not None]
        if actor.holds("head", "clerk"):
            asked = Q(unit__in=units) | Q(shares__unit__in=units)
            seen |= asked & ~Q(state__in=BEFORE)
        if actor.holds("force_office"):
            seen |= Q(task__action__name__in=actor.covers) | Q(drafter_id=actor.person_id)
        return mine.filter(pk__in=mine.filter(seen).values("pk"))

    def open(self) -> "OrderQuerySet":
        """Handed over and not ended."""
        return self.filter(state__in=OPEN)


class Order(models.Model):
    """One matter, one number. `unit` is the one that answers for it (牵头); co-units have a Share each.

    deadline  the last day, set when it is handed over (from the clock) or named outright; `first_deadline` never changes.
    colour    of the slip (三色督查单), "" for none; hung: 挂牌督办
    """

    life = ORDER
    open_flags = 0

    government = models.ForeignKey(
        "org.Government", models.PROTECT, related_name="orders", verbose_name="政府"
    )
    year = models.PositiveSmallIntegerField("年度")
    count = models.PositiveIntegerField("序号", null=True, blank=True)
    number = models.CharField("编号", max_length=40, blank=True)
    title = models.CharField("事项", max_length=120)
    matter = models.TextField("办理要求")
    origin = models.CharField("来源", max_length=12, choices=list(ORIGINS.items()), default="inspection")
    ground = models.CharField("依据", max_length=200, blank=True)
    type = models.CharField("督查类型", max_length=10, choices=list(TYPES.items()), default=DAILY)
    authority = models.CharField("授权来源", max_length=12, choices=list(AUTHORITIES.items()), blank=True)
    authority_ground = models.CharField("授权依据", max_length=200, blank=True)
    methods = models.JSONField("督查方式", default=list)
    task = models.ForeignKey(
        "ledger.Task", models.PROTECT, null=True, blank=True, related_name="orders", verbose_name="台账任务"
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="orders", verbose_name="承办单位"
    )
    leader = models.CharField("分管领导", max_length=50, blank=True)
    clock = models.CharField("期限模板", max_length=20, blank=True)
    deadline = models.DateField("办理时限", null=True, blank=True)
    first_deadline = models.DateField("最初时限", null=True, blank=True)
    moved = models.PositiveSmallIntegerField("延期次数", default=0)
    sent_on = models.DateField("交办日期", null=True, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ORDER.choices(), default="draft")
    colour = models.CharField("督查单", max_length=6, blank=True)
    hung = models.BooleanField("挂牌督办", default=False)
    cause = models.CharField("做不到的原因", max_length=10, choices=list(CAUSES.items()), blank=True)
    help_needed = models.CharField("需要的帮助", max_length=500, blank=True)
    drafter = models.ForeignKey("org.Person", models.PROTECT, related_name="+", verbose_name="立项人")
    created_at = models.DateTimeField("立项时间", auto_now_add=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "督办事项"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["government", "year", "count"], name="order_number"),
        ]
        indexes = [
            models.Index(fields=["government", "state"], name="order_gov_state"),
            models.Index(fields=["unit", "state"], name="order_unit_state"),
            models.Index(fields=["government", "deadline"], name="order_gov_deadline"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def action(self) -> str:
        """The action it belongs to, for posts that reach only some."""
        return self.task.action.name if self.task and self.task.action else ""

    @property
    def template(self) -> Clock | None:
        """Its clock, if it has one that still exists."""
        return clocks().get(self.clock)

    @property
    def no_unit(self) -> int:
        """1 while nobody answers for it."""
        return int(self.unit_id is None)

    @property
    def no_deadline(self) -> int:
        """1 while neither a day nor a clock is set."""
        return int(self.deadline is None and self.template is None)

    @property
    def by_leader_only(self) -> int:
        """1 for the kinds of government inspection (条例 art. 11, 14)."""
        return int(self.type != DAILY)

    @property
    def drafters(self) -> tuple[int, ...]:
        """Who drew it up."""
        return (self.drafter_id,)

    @property
    def doers(self) -> tuple[int, ...]:
        """The units that carry it out."""
        return tuple(filter(None, (self.unit_id, *(share.unit_id for share in self.shares.all()))))

    @property
    def hands(self) -> tuple[int, ...]:
        """The people who replied."""
        return tuple(reply.person_id for reply in self.replies.all())

    @property
    def no_reply(self) -> int:
        """1 while the unit has said nothing since it was last sent back."""
        return int(not any(reply.kind == Reply.PROGRESS for reply in self.replies.all()))

    @property
    def shares_waiting(self) -> int:
        """Co-units whose part is not gathered."""
        return sum(share.state != "taken" for share in self.shares.all())

    @property
    def extension_open(self) -> int:
        """1 while an extension waits for its answer."""
        return sum(extension.state == "asked" for extension in self.extensions.all())

    @property
    def judges(self) -> tuple[int, ...]:
        """Who verified and concluded: they do not decide a review."""
        verified = tuple(v.person_id for v in self.verifications.all())
        return verified + tuple(c.person_id for c in self.conclusions.all())

    @property
    def closing(self) -> str:
        """The unit's last word on how it was done."""
        finished = [reply.text for reply in self.replies.all() if reply.kind == Reply.FINISH]
        return finished[-1] if finished else ""

    def standing(self, today: dt.date | None = None) -> Standing:
        """Against its deadline."""
        ended = self.ended_on if self.state == "closed" else None
        stopped = self.state in ("dropped", "cancelled", *UNTIMED, *BEFORE)
        return standing(self.deadline, today or timezone.localdate(), national(), ended, stopped)

    @property
    def slip(self) -> str:
        """The name of its colour: 蓝单（提醒）."""
        return "{}（{}）".format(*COLOURS[self.colour]) if self.colour else ""

    @property
    def methods_in_words(self) -> str:
        """How it is inspected."""
        return "，".join(METHODS[slug] for slug in self.methods if slug in METHODS)


class OfOrder(models.Model):
    """What belongs to an order and is judged as a case of its own."""

    order: "models.ForeignKey[Order, Order]"

    class Meta:
        abstract = True

    @property
    def government_id(self) -> int:
        """The government of the order."""
        return self.order.government_id

    @property
    def action(self) -> str:
        """The action of the order."""
        return self.order.action

    @property
    def doers(self) -> tuple[int, ...]:
        """The units that carry the order out."""
        return self.order.doers

    @property
    def hands(self) -> tuple[int, ...]:
        """The people who replied to the order."""
        return self.order.hands

    @property
    def lead_unit_id(self) -> int | None:
        """The unit that gathers."""
        return self.order.unit_id


class Share(OfOrder):
    """What a co-unit (配合单位) adds; the lead unit gathers it."""

    life = SHARE

    order = models.ForeignKey(Order, models.CASCADE, related_name="shares")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="order_shares", verbose_name="配合单位")
    state = models.CharField("状态", max_length=10, choices=SHARE.choices(), default="waiting")
    text = models.TextField("配合情况", blank=True)
    given_by = models.CharField("报送人", max_length=50, blank=True)
    given_at = models.DateTimeField("报送时间", null=True, blank=True)
    note = models.CharField("退回理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "配合情况"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["order", "unit"], name="one_share_of_order")]

    def __str__(self) -> str:
        return str(self.unit)


class Written(models.Model):
    """Something a person wrote on a day."""

    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    person_name = models.CharField("姓名", max_length=50)
    unit_name = models.CharField("单位", max_length=100, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


class Reply(Written):
    """What the unit says: progress, that it is done, or that it cannot be done."""

    PROGRESS, FINISH, CANNOT = "progress", "finish", "cannot"
    KINDS = [(PROGRESS, "进展"), (FINISH, "报结"), (CANNOT, "做不到")]

    order = models.ForeignKey(Order, models.CASCADE, related_name="replies")
    kind = models.CharField("类别", max_length=10, choices=KINDS)
    text = models.TextField("内容")

    class Meta(Written.Meta):
        verbose_name = "反馈"

    def __str__(self) -> str:
        return self.text[:40]


class Evidence(models.Model):
    """What a reply points at, if anything: its name, its own day, where it lies. Never required."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="evidence")
    name = models.CharField("佐证", max_length=100)
    day = models.DateField("佐证日期")
    place = models.CharField("文号或存放处", max_length=200, blank=True)

    class Meta:
        verbose_name = "佐证"
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.name


class Verification(Written):
    """What somebody else found: passed or sent back, in their own words, with an answer to every flag that was up."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="verifications")
    passed = models.BooleanField("通过")
    words = models.TextField("核验意见")
    answers = models.JSONField("对提示的说明", default=dict)

    class Meta(Written.Meta):
        verbose_name = "核验"

    def __str__(self) -> str:
        return self.words[:40]


class Recheck(Written):
    """回头看 after an order was struck off: it holds, or it has come back."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="rechecks")
    holds = models.BooleanField("没有反弹")
    words = models.TextField("回头看情况")

    class Meta(Written.Meta):
        verbose_name = "回头看"

    def __str__(self) -> str:
        return self.words[:40]


class Extension(OfOrder, Written):
    """A request for more time, made before the deadline."""

    life = EXTENSION

    order = models.ForeignKey(Order, models.CASCADE, related_name="extensions")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=EXTENSION.choices(), default="asked")
    old_deadline = models.DateField("原时限", null=True)
    wanted = models.DateField("申请延到")
    reason = models.CharField("理由", max_length=500)
    decided_by = models.CharField("答复人", max_length=50, blank=True)
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    class Meta(Written.Meta):
        verbose_name = "延期申请"

    def __str__(self) -> str:
        return f"延到{self.wanted}"

    @property
    def past_due(self) -> int:
        """Days since the deadline, 0 before it."""
        return max((timezone.localdate() - self.old_deadline).days, 0) if self.old_deadline else 0


class Conclusion(Written):
    """督查结论 (条例 art. 16), with the day it was given to the unit."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="conclusions")
    words = models.TextField("督查结论")
    given_on = models.DateField("送达日期")

    class Meta(Written.Meta):
        verbose_name = "督查结论"

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def reviewable_until(self) -> dt.date:
        """The last day on which the unit may ask for review."""
        return self.given_on + dt.timedelta(days=REVIEW_DAYS)


class Review(OfOrder, Written):
    """A unit asks for review of a conclusion (条例 art. 17)."""

    life = REVIEW

    order = models.ForeignKey(Order, models.CASCADE, related_name="reviews")
    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="reviews")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=REVIEW.choices(), default="asked")
    reason = models.TextField("申请理由")
    decided_by = models.CharField("决定人", max_length=50, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decision = models.TextField("复核决定", blank=True)

    class Meta(Written.Meta):
        verbose_name = "结论复核"
        constraints = [
            models.UniqueConstraint(fields=["conclusion"], condition=Q(state="asked"), name="one_open_review")
        ]

    def __str__(self) -> str:
        return self.reason[:40]

    @property
    def too_late(self) -> int:
        """1 when the thirty days are over."""
        return int(timezone.localdate() > self.conclusion.reviewable_until)

    @property
    def judges(self) -> tuple[int, ...]:
        """Who made the conclusion."""
        return self.order.judges

    @property
    def decide_by(self) -> dt.date:
        """The last day for the decision: thirty natural days after the request."""
        return timezone.localtime(self.at).date() + dt.timedelta(days=REVIEW_DAYS)


class InspectionPlan(models.Model):
    """How many inspections (other than daily supervision) the year's filed plan allows (条例 art. 15)."""

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="inspection_plans")
    year = models.PositiveSmallIntegerField("年度")
    planned = models.PositiveSmallIntegerField("计划次数")

    class Meta:
        verbose_name = "督查计划"
        constraints = [models.UniqueConstraint(fields=["government", "year"], name="one_plan_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年{self.planned}次"
