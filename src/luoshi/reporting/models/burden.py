"""What is asked of the units, counted as it is asked; and what they say about it."""

from django.db import models

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.complaint import COMPLAINT


class Burden(models.Model):
    """One unit in one month (its first day): rows and figures asked, figures not asked again, fields taken over, fields
    typed. Counted when a round opens and when a report is first sent; never recounted."""

    unit = models.ForeignKey("org.Unit", models.CASCADE, related_name="burdens")
    month = models.DateField("月份")
    rounds = models.PositiveIntegerField("轮次", default=0)
    items = models.PositiveIntegerField("填报项", default=0)
    figures = models.PositiveIntegerField("数据", default=0)
    repeats = models.PositiveIntegerField("免重复填报", default=0)
    carried = models.PositiveIntegerField("自动带入", default=0)
    typed = models.PositiveIntegerField("动手填写", default=0)

    class Meta:
        verbose_name = "填报负担"
        ordering = ["-month", "unit__rank"]
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_burden_per_month")]
        indexes = [models.Index(fields=["month", "unit"], name="burden_month_unit")]

    @property
    def asked(self) -> int:
        """All that was asked."""
        return self.items + self.figures

    @property
    def share(self) -> int | None:
        """Per cent of the filled fields that were taken over; None before anything was filled."""
        filled = self.carried + self.typed
        return round(100 * self.carried / filled) if filled else None


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints."""

    def visible_to(self, actor: Actor) -> "ComplaintQuerySet":
        """The office sees all, a unit its own."""
        mine = self.filter(government_id=actor.government_id)
        if actor.holds(*COMPLAINT.moves["answer"].posts):
            return mine
        if actor.unit_id is None or not actor.holds(*COMPLAINT.moves["file"].posts):
            return self.none()
        return mine.filter(unit_id=actor.unit_id)


class Complaint(models.Model):
    """A unit says that too much is asked, or something twice; the office answers."""

    KINDS = [("much", "填报太多"), ("twice", "重复填报"), ("unclear", "口径不清"), ("other", "其他")]
    life = COMPLAINT

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="complaints")
    unit = models.ForeignKey("org.Unit", models.CASCADE, related_name="complaints", verbose_name="单位")
    round = models.ForeignKey(
        "reporting.Round",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name="轮次",
    )
    kind = models.CharField("类别", max_length=8, choices=KINDS)
    words = models.TextField("意见")
    state = models.CharField("状态", max_length=10, choices=COMPLAINT.choices(), default="open")
    filed_by = models.CharField("提出人", max_length=50)
    filed_at = models.DateTimeField("提出时间", auto_now_add=True)
    answer = models.TextField("答复", blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "减负意见"
        ordering = ["-pk"]
