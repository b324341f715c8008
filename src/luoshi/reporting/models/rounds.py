"""A round of reporting, the sheet of every unit in it, and what was frozen when it closed."""

from django.db import models
from django.db.models import Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.round import ROUND
from luoshi.core.periods import LENGTHS, Length, Period

RHYTHMS: tuple[Length, ...] = tuple(length for length in LENGTHS if length != "日")
"""Rhythms of reporting: nobody is asked every day."""


class ReportingRules(models.Model):
    """How a government wants its reports: one row each; without a row, as the defaults say."""

    LABEL = "单位负责人签字后才能汇总、采用"

    government = models.OneToOneField("org.Government", models.CASCADE, related_name="reporting_rules")
    head_signs = models.BooleanField(LABEL, default=False)

    class Meta:
        verbose_name = "报送规则"


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds."""

    def visible_to(self, actor: Actor) -> "RoundQuerySet":
        """A round is seen inside its own government by every business post (the row `see` of core/flow/round.py)."""
        mine = self.filter(government_id=actor.government_id)
        return mine if actor.holds(*ROUND.moves["see"].posts) else self.none()


class Round(models.Model):
    """One round of one plan, or of one of its actions (`programme`): a rhythm, a period, due on the last day `due`.

    `waiting_for_office` is what still stands in the way of closing; services set it before the verb is judged.
    """

    life = ROUND
    waiting_for_office = 0

    government = models.ForeignKey("org.Government", models.PROTECT, related_name="rounds")
    plan = models.ForeignKey("ledger.Plan", models.PROTECT, related_name="rounds", verbose_name="方案")
    programme = models.ForeignKey(
        "ledger.Action", models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name="行动"
    )
    mechanism = models.ForeignKey(
        "ledger.Mechanism", models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name="机制"
    )
    rhythm = models.CharField("频次", max_length=4, choices=[(r, r) for r in RHYTHMS])
    since = models.DateField("时段起")
    until = models.DateField("时段止")
    opens = models.DateField("发起日期")
    due = models.DateField("截止日期")
    state = models.CharField("状态", max_length=8, choices=ROUND.choices(), default="open")
    opened_by = models.CharField("发起人", max_length=50)
    closed_at = models.DateTimeField("锁定时间", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "轮次"
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "rhythm", "since"],
                condition=Q(programme__isnull=True),
                name="one_round_of_plan",
            ),
            models.UniqueConstraint(
                fields=["plan", "programme", "rhythm", "since"],
                condition=Q(programme__isnull=False),
                name="one_round_of_action",
            ),
        ]
        indexes = [models.Index(fields=["government", "state", "until"], name="round_gov_state_until")]

    def __str__(self) -> str:
        return f"{self.label}填报"

    @property
    def period(self) -> Period:
        """The period reported on."""
        return Period(self.since, self.until, self.rhythm)  # type: ignore[arg-type]  # choices are lengths

    @property
    def label(self) -> str:
        """The period as a clerk would write it."""
        return self.period.label

    @property
    def series(self) -> str:
        """Its plan, its action and its rhythm: rounds of one series follow each other."""
        return f"{self.plan_id}-{self.programme_id or 0}-{self.rhythm}"

    @property
    def action(self) -> str:
        """The action by name, as the rules of a post's reach know it; "" for the whole plan."""
        return self.programme.name if self.programme else ""

    @property
    def is_open(self) -> bool:
        """Whether units fill it in."""
        return self.state == "open"


class Sheet(models.Model):
    """What one unit is asked for in one round: one page, one Excel file. `reopened` lifts the lock of a closed round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="sheets")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="reporting_sheets", verbose_name="单位")
    reminded = models.PositiveSmallIntegerField("催报次数", default=0)
    reopened = models.BooleanField("重新打开", default=False)
    reason = models.CharField("重新打开的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "填报表"
        ordering = ["unit__rank", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="one_sheet_per_unit")]
        indexes = [
            models.Index(fields=["unit", "round"], name="sheet_unit_round"),
            models.Index(fields=["round"], condition=Q(reopened=True), name="sheet_reopened"),
        ]


class Snapshot(models.Model):
    """A round as it stood when it was closed, or after a correction: canonical JSON with its SHA-256 (hex)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField("第几份")
    text = models.TextField("内容")
    sha256 = models.CharField("校验值", max_length=64)
    reason = models.CharField("理由", max_length=200, blank=True)
    made_by = models.CharField("经办人", max_length=50)
    made_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "锁定件"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="snapshot_number")]
