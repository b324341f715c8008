"""大比拼 boards: what is compared, by which stated measures, in which comparable groups, and what was reported."""

from django.db import models

from luoshi.core.flow.project import BOARD
from luoshi.core.progress.boards import Measure as Ranked
from luoshi.core.progress.competing import BY, ENTERED, FORMULAS, THEMES
from luoshi.org.models import Unit
from luoshi.projects.models.books import Signed

DIGITS = 4


class Board(models.Model):
    """One board over one time. `by`: who competes (units, towns, or projects of a batch); results only, never activity."""

    life = BOARD

    government = models.ForeignKey("org.Government", models.PROTECT, related_name="boards")
    title = models.CharField("榜名", max_length=60)
    theme = models.CharField("主题", max_length=12, choices=list(THEMES.items()), default="building")
    by = models.CharField("谁来比", max_length=8, choices=list(BY.items()), default="unit")
    since = models.DateField("从")
    until = models.DateField("到")
    state = models.CharField("状态", max_length=8, choices=BOARD.choices(), default="draft")
    frozen = models.JSONField("结束时的名次", default=list)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    created_at = models.DateTimeField("设榜时间", auto_now_add=True)

    class Meta:
        verbose_name = "大比拼榜"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def no_measures(self) -> int:
        """1 while nothing says by what is compared."""
        return int(not self.measures.all())

    @property
    def no_groups(self) -> int:
        """1 while nobody is compared with anybody."""
        return int(not self.groups.all())


class Measure(models.Model):
    """One stated measure: counted from projects (a slug of FORMULAS) or reported by those who compete (ENTERED)."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="measures")
    order = models.PositiveSmallIntegerField("次序", default=0)
    formula = models.CharField(
        "怎样得来",
        max_length=10,
        choices=[*((s, f.name) for s, f in FORMULAS.items()), (ENTERED, "由各单位报数")],
    )
    name = models.CharField("指标", max_length=40)
    words = models.CharField("算法", max_length=200)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    digits = models.PositiveSmallIntegerField("保留小数", default=2)
    lower_is_better = models.BooleanField("越低越好", default=False)
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "比拼指标"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ranked(self) -> Ranked:
        """As core ranks by it."""
        return Ranked(self.name, self.unit, self.digits, self.lower_is_better)


class Group(models.Model):
    """Those who can be compared: units, or the projects of the batch that has its name."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="groups")
    order = models.PositiveSmallIntegerField("次序", default=0)
    name = models.CharField("组", max_length=40)
    units: "models.ManyToManyField[Unit, models.Model]" = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="单位"
    )

    class Meta:
        verbose_name = "组"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="one_group_of_board")]

    def __str__(self) -> str:
        return self.name


class Showing(Signed):
    """What one unit reported for one measure; corrected by a later row. Without a value `absent` says why."""

    life = BOARD

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="showings")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    value = models.DecimalField("数值", max_digits=16, decimal_places=DIGITS, null=True, blank=True)
    absent = models.CharField("没有数的原因", max_length=100, blank=True)

    class Meta(Signed.Meta):
        verbose_name = "比拼报数"

    def __str__(self) -> str:
        return f"{self.unit}：{self.measure}"

    @property
    def government_id(self) -> int:
        """The government of the board."""
        return self.measure.board.government_id

    @property
    def state(self) -> str:
        """Whether the board takes figures."""
        return self.measure.board.state
