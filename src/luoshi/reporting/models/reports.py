"""What a unit reports on a task in a round: words, a percentage, figures of its indicators, evidence where there is some."""

from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import FILLABLE, REPORT, SENT
from luoshi.reporting.models.rounds import Round, Sheet

CAUSES = [
    ("funds", "资金"),
    ("land", "用地用林"),
    ("approval", "审批手续"),
    ("bidding", "招标合同"),
    ("policy", "政策不明"),
    ("joint", "部门协同"),
    ("superior", "等上级下达"),
    ("enterprise", "企业自身"),
    ("people", "人手力量"),
    ("weather", "天气灾害"),
    ("other", "其他"),
]
"""What stands in the way."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports."""

    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """What the rows `see` and `see_shared` of core/flow/report.py let the actor see, as one condition."""
        own, shared = REPORT.moves["see"], REPORT.moves["see_shared"]
        mine = self.filter(government_id=actor.government_id)
        if actor.holds(*(slug for slug in own.posts if slug not in own.bound)):
            return mine
        seen = Q(pk__in=[])
        for slug in actor.posts:
            if slug in own.posts:
                seen |= _within(actor, slug, "unit")
            if slug in shared.posts:
                seen |= _within(actor, slug, "lead_unit") & Q(state__in=shared.sources)
        return mine.filter(seen)

    def given(self) -> "ReportQuerySet":
        """Those that were sent and not returned."""
        return self.filter(state__in=SENT)


def _within(actor: Actor, slug: str, field: str) -> Q:
    """What `Actor.reaches` says of one row, for all of them."""
    scope = actor.scopes[actor.posts.index(slug)] if actor.scopes else actor.scope
    if scope == "government":
        return Q(pk__isnull=False)
    if scope == "actions":
        return Q(task__action__name__in=actor.covers)
    if scope in ("unit", "subtree") and actor.unit_id is not None:
        units = [actor.unit_id, *actor.below] if scope == "subtree" else [actor.unit_id]
        return Q(**{f"{field}__in": units})
    return Q(pk__in=[])


class Report(models.Model):
    """A unit's report on one task in one round. `state` changes only through `journal.moves`.

    `version` counts writes: who writes what they saw under an older one is told. `sent` is the content as last sent;
    `asked` to `typed` are counts for the burden meter: figures asked, left out because given elsewhere, taken over as
    prefilled, typed anew. `missing` to `untouched` stand in the way of sending; queries set them before the verb is
    judged, as they do `head_signs`.
    """

    life = REPORT
    missing = unanswered = 0
    head_signs = False

    government = models.ForeignKey("org.Government", models.PROTECT, related_name="reports")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="reports")
    round = models.ForeignKey(Round, models.CASCADE, related_name="reports", verbose_name="轮次")
    task = models.ForeignKey("ledger.Task", models.PROTECT, related_name="reports", verbose_name="任务")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="reports", verbose_name="单位")
    lead_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="led_reports", verbose_name="牵头单位"
    )
    until = models.DateField("时段止")
    order = models.PositiveIntegerField("序号")
    state = models.CharField("状态", max_length=10, choices=REPORT.choices(), default="draft")
    version = models.PositiveIntegerField("版本", default=1)
    percent = models.PositiveSmallIntegerField("完成进度", null=True, blank=True)
    done = models.TextField("工作进展", blank=True)
    cause = models.CharField("问题原因", max_length=12, choices=CAUSES, blank=True)
    blocker = models.TextField("存在问题", blank=True)
    needs = models.CharField("需要谁协调", max_length=100, blank=True)
    next_step = models.TextField("下一步", blank=True)
    unchanged = models.BooleanField("无变化", default=False)
    filled_by = models.CharField("填报人", max_length=50, blank=True)
    filled_at = models.DateTimeField("填写时间", null=True, blank=True)
    sent_at = models.DateTimeField("提交时间", null=True, blank=True)
    late = models.BooleanField("迟报", default=False)
    answer = models.CharField("退回理由", max_length=500, blank=True)
    sent = models.JSONField(default=dict)
    asked = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)
    carried = models.PositiveSmallIntegerField(default=0)
    typed = models.PositiveSmallIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "填报"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "unit", "task"], name="one_report_per_share")]
        indexes = [
            models.Index(fields=["round", "state"], name="report_round_state"),
            models.Index(fields=["unit", "task", "until"], name="report_unit_task_until"),
            models.Index(fields=["lead_unit", "state"], name="report_lead_state"),
        ]

    def __str__(self) -> str:
        return f"{self.task}"

    @property
    def action(self) -> str:
        """The action of the task by name, as the rules of a post's reach know it."""
        return self.task.action.name if self.task.action else ""

    @property
    def lock(self) -> str:
        """Why nothing can be done any more; "" while the round is open, or open again for this unit."""
        if self.round.is_open or self.sheet.reopened:
            return ""
        day = timezone.localtime(self.round.closed_at) if self.round.closed_at else None
        when = f"{day.month}月{day.day}日" if day else ""
        return (
            f"{self.round.label}这一轮{when}已锁定，如需修改，请联系综合协调组（政府办）或专班办公室，"
            "写明理由后为本单位重新打开。"
        )

    @property
    def unsigned(self) -> int:
        """1 where the county wants the head's signature and it is not there yet."""
        return int(self.head_signs and self.state == "submitted")

    @property
    def untouched(self) -> int:
        """1 while nobody has filled it in."""
        return int(self.filled_at is None)

    @property
    def leads(self) -> bool:
        """Whether the unit itself answers for the task."""
        return self.unit_id == self.lead_unit_id

    @property
    def is_fillable(self) -> bool:
        """Whether its words may still be changed by the unit."""
        return self.state in FILLABLE and not self.lock


BASES = [("cumulative", "累计"), ("period", "当期")]


class Counting(models.Model):
    """How an indicator is reported from the next round on: as the total of the year so far (without a row), or as what
    the period alone brought."""

    indicator = models.OneToOneField("ledger.Indicator", models.CASCADE, related_name="counting")
    basis = models.CharField("口径", max_length=10, choices=BASES)

    class Meta:
        verbose_name = "填报口径"


class FigureQuerySet(models.QuerySet["Figure"]):
    """Figures."""

    def given(self) -> "FigureQuerySet":
        """Those whose report was sent and not returned, with a number in them."""
        return self.filter(report__state__in=SENT, value__isnull=False)


class Figure(models.Model):
    """The value of one indicator for one unit over [since, until]: asked once, whatever rounds need it.

    A cumulative figure begins with the year, so that the one of December is the one of the year. `report` is where it
    was asked. `absent` says why there is no number; `sure` that an odd one was confirmed as it stands.
    """

    SOURCES = [("statistics", "统计"), ("department", "部门"), ("self", "自报")]

    indicator = models.ForeignKey(
        "ledger.Indicator", models.PROTECT, related_name="figures", verbose_name="指标"
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="figures", verbose_name="单位")
    report = models.ForeignKey(Report, models.CASCADE, related_name="figures", verbose_name="填报")
    since = models.DateField("时段起")
    until = models.DateField("时段止")
    basis = models.CharField("口径", max_length=10, choices=BASES, default="cumulative")
    value = models.DecimalField("数值", max_digits=20, decimal_places=6, null=True, blank=True)
    absent = models.CharField("没有数的原因", max_length=200, blank=True)
    source = models.CharField("来源", max_length=10, choices=SOURCES, default="self")
    as_of = models.DateField("截至日期")
    sure = models.BooleanField("已确认无误", default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "数据"
        ordering = ["indicator__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "since", "until"], name="one_figure_per_period"
            )
        ]
        indexes = [models.Index(fields=["unit", "until"], name="figure_unit_until")]

    @property
    def label(self) -> str:
        """The months it covers: 1月至3月累计, or the period's own."""
        word = "累计" if self.basis == "cumulative" else "当期"
        return f"{self.since.month}月{self.since.day}日至{self.until.month}月{self.until.day}日{word}"


class Revision(models.Model):
    """A figure as it was sent, returned and sent again, or corrected: the latest is the one in force."""

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="revisions")
    value = models.DecimalField("数值", max_digits=20, decimal_places=6, null=True)
    absent = models.CharField("没有数的原因", max_length=200, blank=True)
    source = models.CharField("来源", max_length=10, choices=Figure.SOURCES)
    as_of = models.DateField("截至日期")
    reason = models.CharField("理由", max_length=200, blank=True)
    by = models.CharField("经手人", max_length=50)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "数据修订"
        ordering = ["pk"]


def attachments() -> FileSystemStorage:
    """Where evidence lies: under the data folder, never under static."""
    return FileSystemStorage()


class Evidence(models.Model):
    """A file that shows something, never asked for: stored once under its hash, whoever attached it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence")
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("格式", max_length=10)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节")
    file = models.FileField(storage=attachments, max_length=200)
    added_by = models.CharField("添加人", max_length=50)
    added_at = models.DateTimeField("添加时间", auto_now_add=True)

    class Meta:
        verbose_name = "佐证"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="evidence_once")]
