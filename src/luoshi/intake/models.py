"""What stands between reading and ledger: items a person may still correct, every correction, and names decided."""

from typing import Any

from django.db import models

from luoshi.core.check.findings import KINDS, SEVERITIES, Rule, rules
from luoshi.core.plan.wording import target_words
from luoshi.intake.doubts import OPEN_ENDED, kind_of
from luoshi.ledger.models import Plan

OTHER = "other"
FINDING_KINDS = {**KINDS, OTHER: "其他"}


class DraftItem(models.Model):
    """One thing the machine read, or a person added. `data` has the fields of `core.plan.export` for its kind,
    without place and doubts; a task's units are `owners` [{name, role: lead|units, start, end}] alone.

    version counts saves: a save that names an older one is refused (Stale).
    doubts  [{code, question, answer: null | "settled" | "left", by}]
    """

    class Kind(models.TextChoices):
        DOCUMENT = "document", "方案信息"
        ACTION = "action", "行动"
        TASK = "task", "任务"
        INDICATOR = "indicator", "指标"
        TASK_FORCE = "task_force", "专班"
        MECHANISM = "mechanism", "机制"
        QUOTA = "quota", "名额"

    class Status(models.TextChoices):
        OPEN = "open", "待核"
        CONFIRMED = "confirmed", "已核"
        DELETED = "deleted", "已删"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="draft_items")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    data = models.JSONField(default=dict)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    order = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)
    doubts = models.JSONField(default=list)
    edited_by = models.CharField(max_length=50, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "读出的条目"
        ordering = ["start", "order", "pk"]
        indexes = [models.Index(fields=["plan", "start"], name="draft_plan_start")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def name(self) -> str:
        """What the item is called on a list."""
        data = self.data
        return str(
            data.get("name") or data.get("heading") or data.get("title") or data.get("activity")
            or data.get("what") or data.get("quote") or ""
        )  # fmt: skip

    @property
    def open_doubts(self) -> list[dict[str, Any]]:
        """Questions nobody has answered; a deleted item asks nothing."""
        return [] if self.status == "deleted" else [d for d in self.doubts if not d.get("answer")]

    @property
    def asks_about(self) -> str:
        """The kinds of its open questions, "|" between them."""
        return "|".join(dict.fromkeys(kind_of(doubt["code"]) for doubt in self.open_doubts))

    @property
    def asks_for_more(self) -> bool:
        """Whether one of its open questions is who else stands behind 等."""
        return any(doubt["code"] == OPEN_ENDED for doubt in self.open_doubts)

    @property
    def target(self) -> str:
        """An indicator's target in words."""
        if self.kind != "indicator":
            return ""
        keys = ("kind", "op", "value", "unit", "value_high", "base", "reference")
        return target_words(*(self.data.get(key) for key in keys), name=self.data.get("name") or "")

    def owners(self, role: str) -> list[str]:
        """Names in printed order; role "lead" or "units"."""
        return [o["name"] for o in self.data.get("owners", []) if o["role"] == role]


class Edit(models.Model):
    """One step of a person, enough to take it back: `changes` is [{item, before, after}] of whole snapshots."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="edits")
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=50)
    at = models.DateTimeField()
    about = models.CharField(max_length=200)
    changes = models.JSONField()
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = "修改记录"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["plan", "person_id"], name="edit_plan_person")]

    def __str__(self) -> str:
        return f"{self.person_name} {self.about}"


class UnitChoice(models.Model):
    """A person's word on what unit a printed name means in this plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="unit_choices")
    printed = models.CharField("原文写法", max_length=200)
    unit = models.ForeignKey("org.Unit", models.CASCADE, related_name="+")
    chosen_by = models.CharField(max_length=50)
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "单位对应"
        constraints = [models.UniqueConstraint(fields=["plan", "printed"], name="one_choice_per_name")]

    def __str__(self) -> str:
        return f"{self.printed} → {self.unit_id}"


class PlanCheck(models.Model):
    """The last check of a plan: when, by whom, how long the paper is, and what a further check needs.

    version       counts checks: of two at once, the slower is told (Stale)
    complete      False when the checks failed or were too slow; the findings are then those of the check before
    knows_units   whether the register knew enough units to ask for names outside it
    left_out      findings beyond what one page can show
    shape         proofreading.shape: the text's name, format, real tables and parts
    """

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="check_up")
    at = models.DateTimeField("检查时间")
    by = models.CharField("检查人", max_length=50)
    version = models.PositiveIntegerField(default=1)
    complete = models.BooleanField(default=True)
    knows_units = models.BooleanField(default=False)
    left_out = models.PositiveIntegerField(default=0)
    body = models.PositiveIntegerField("正文字数", default=0)
    whole = models.PositiveIntegerField("全文字数", default=0)
    shape = models.JSONField(default=dict)

    class Meta:
        verbose_name = "检查"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}"


class PlanFinding(models.Model):
    """One finding of core/check in a stored plan, and a person's word that it stays as it is (不改).

    others   [{quote, note, start, end}] other places it points at
    mend     what could stand there instead; None when only a person can say
    waived_by, waived_at, waive_reason   set together, or none of them
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings")
    code = models.CharField("规则", max_length=40)
    severity = models.CharField("级别", max_length=10, choices=list(SEVERITIES.items()))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.CharField("原文", max_length=200)
    message = models.TextField("问题")
    path = models.CharField("位置", max_length=200, blank=True)
    others = models.JSONField("另一处", default=list)
    mend = models.TextField("建议", null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    waived_by = models.CharField("写明不改的人", max_length=50, blank=True)
    waived_at = models.DateTimeField("写明不改的时间", null=True, blank=True)
    waive_reason = models.CharField("不改的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "查出的问题"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["plan", "order"], name="finding_plan_order")]
        constraints = [
            models.CheckConstraint(
                name="waived_by_and_at",
                condition=models.Q(waived_at__isnull=True, waived_by="", waive_reason="")
                | (models.Q(waived_at__isnull=False) & ~models.Q(waived_by="") & ~models.Q(waive_reason="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_severity_display()} {self.title}"

    @property
    def rule(self) -> Rule:
        """Its row in the catalogue; a rule that a newer version no longer has keeps its findings until the next check."""
        return rules().get(self.code) or Rule(
            self.code, "这条规则已停用", "hint", OTHER, "请重新检查。", "", ""
        )

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def kind(self) -> str:
        """Slug of its kind (FINDING_KINDS)."""
        return self.rule.kind

    @property
    def kind_label(self) -> str:
        return FINDING_KINDS[self.kind]

    @property
    def key(self) -> str:
        """Its name on the page and among the marks of the source."""
        return f"f{self.pk}"
