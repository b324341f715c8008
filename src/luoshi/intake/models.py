"""What stands between reading and ledger: items a person may still correct, every correction, and names decided."""

from typing import Any

from django.db import models

from luoshi.core.plan.wording import target_words
from luoshi.intake.doubts import OPEN_ENDED, kind_of
from luoshi.ledger.models import Plan


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
        keys = ("kind", "op", "value", "unit", "value_high", "base", "reference")
        return target_words(*(self.data.get(key) for key in keys)) if self.kind == "indicator" else ""

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
