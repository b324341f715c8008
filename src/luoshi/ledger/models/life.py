"""What becomes of the rows in the year: milestones and pieces of a task, and every change of what was promised."""

from django.db import models
from django.utils import timezone

from luoshi.core.flow.milestone import MILESTONE
from luoshi.ledger.models.rows import Indicator, OfTask, Plan, Task


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones."""

    def open(self) -> "MilestoneQuerySet":
        """Those still to be done."""
        return self.filter(state="open")


class Milestone(OfTask, models.Model):
    """A step of a task with its day (节点), or, with a `unit`, the piece of the task that this unit does.

    `weight` is its share among the task's milestones, in any whole numbers. `state` changes only through `journal.moves`.
    """

    life = MILESTONE

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name="承担单位"
    )
    title = models.CharField("节点", max_length=200)
    due = models.DateField("完成日期", null=True, blank=True)
    weight = models.PositiveSmallIntegerField("权重", default=1)
    state = models.CharField("状态", max_length=10, choices=MILESTONE.choices(), default="open")
    done_on = models.DateField("实际完成", null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "节点"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["unit", "state"], name="milestone_unit_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def lead_unit_id(self) -> int | None:
        """The unit that answers for the task, and plans it."""
        return self.task.lead_unit_id

    @property
    def doer_id(self) -> int | None:
        """The unit that does it: its own, else the one that answers for the task."""
        return self.unit_id or self.lead_unit_id

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nobody has said that it is done."""
        return self.state == "open" and self.due is not None and self.due < timezone.localdate()


class Amendment(models.Model):
    """One change of what was promised (变更): what it was, what it became, why, by which document, by whom, when.

    `before` and `after` hold the very values, so that the changes of a row, replayed in order, end at what it says today;
    `old` and `new` say them in words. Written once, with the change itself, never altered.
    """

    class What(models.TextChoices):
        TARGET = "target", "目标"
        DEADLINE = "deadline", "时限"
        ACCOUNTABLE = "accountable", "负总责单位"
        OWNER = "owner", "责任单位"
        MILESTONE = "milestone", "节点日期"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="amendments")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="amendments")
    indicator = models.ForeignKey(Indicator, models.CASCADE, null=True, related_name="amendments")
    milestone = models.ForeignKey(Milestone, models.CASCADE, null=True, related_name="amendments")
    what = models.CharField("变更内容", max_length=12, choices=What.choices)
    old = models.CharField("原为", max_length=300, blank=True)
    new = models.CharField("改为", max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField("理由", max_length=500)
    document = models.CharField("依据", max_length=100, blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField("变更人", max_length=50)
    unit_name = models.CharField("所在单位", max_length=100, blank=True)
    at = models.DateTimeField("变更时间")

    class Meta:
        verbose_name = "变更"
        ordering = ["pk"]
        indexes = [models.Index(fields=["task", "what"], name="amendment_task_what")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}：{self.old} → {self.new}"
