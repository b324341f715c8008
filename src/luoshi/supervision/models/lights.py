"""What lights are judged by: the planned curve of an indicator, a county's own rules."""

from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils import timezone

from luoshi.core.flow.light_rule import LIGHT_RULE
from luoshi.core.flow.pace import PACE
from luoshi.core.progress.pace import CURVES, METHODS, Curve, curve
from luoshi.core.progress.rules import LEVELS, Rules, rules_from
from luoshi.supervision.models.orders import Written


class Pace(Written):
    """The planned curve of an indicator as drawn on a day: per cent planned at the end of each month of its time (equal
    parts of the span). A later one takes its place from its day on; the older one stays, so that a past day has the light it had."""

    life = PACE
    state = "set"
    never_prorated = not_issued = 0

    indicator = models.ForeignKey("ledger.Indicator", models.CASCADE, related_name="paces")
    kind = models.CharField("形状", max_length=10, choices=list(CURVES.items()), default="drawn")
    points = models.JSONField("各期计划", default=list)
    why = models.CharField("理由", max_length=500)

    class Meta(Written.Meta):
        verbose_name = "计划进度"
        indexes = [models.Index(fields=["indicator", "at"], name="pace_indicator_at")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def government_id(self) -> int:
        """The government of the plan."""
        return self.indicator.plan.government_id

    @property
    def unit_id(self) -> int | None:
        """The unit that answers for the indicator."""
        return self.indicator.task.lead_unit_id if self.indicator.task else None

    @property
    def action(self) -> str:
        """The action of its task."""
        task = self.indicator.task
        return task.action.name if task and task.action else ""

    @property
    def curve(self) -> Curve:
        """As lights use it. ValueError with a Chinese sentence when it falls or does not arrive."""
        n = len(self.points)
        corners = [(Fraction(i, n), Fraction(p, 100)) for i, p in enumerate(self.points, 1)]
        return curve(self.kind, corners, self.why)  # type: ignore[arg-type]


class LightRule(Written):
    """A county's own rules of lights, in force from a day on; a later one takes its place, the older one stays for its days.

    Bands in the units of core/progress/rules.toml; `looks`: level → [colour, word, shape].
    """

    life = LIGHT_RULE

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="light_rules")
    number = models.PositiveIntegerField("序号")
    title = models.CharField("名称", max_length=40)
    valid_from = models.DateField("从哪天起")
    basis = models.CharField("依据", max_length=300)
    time = models.CharField("序时算法", max_length=10, choices=list(METHODS.items()))
    grace, progress, points, ratio, places, about = (
        models.DecimalField(label, max_digits=6, decimal_places=2)
        for label in ("达到序时的宽限", "进度黄灯", "增速黄灯", "限值黄灯", "位次黄灯", "“左右”的范围")
    )
    near_workdays = models.PositiveSmallIntegerField("临期工作日")
    red = models.DecimalField("汇总红灯", max_digits=5, decimal_places=2)
    yellow = models.DecimalField("汇总黄灯", max_digits=5, decimal_places=2)
    looks = models.JSONField("颜色、名称和形状", default=dict)
    state = models.CharField("状态", max_length=10, choices=LIGHT_RULE.choices(), default="set")

    class Meta(Written.Meta):
        verbose_name = "灯规则"
        constraints = [models.UniqueConstraint(fields=["government", "number"], name="light_rule_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def in_force(self) -> int:
        """1 from its day on (core/flow/light_rule.py)."""
        return int(self.valid_from <= timezone.localdate())

    @property
    def rules(self) -> Rules:
        """As lights use them. ValueError with a Chinese sentence when they do not hold."""
        band = {
            name: f"{getattr(self, name):f}" for name in ("grace", "progress", "points", "ratio", "places")
        }
        part = {
            "title": self.title, "from": self.valid_from, "basis": self.basis, "time": self.time, "about": f"{self.about:f}",
            "near_workdays": self.near_workdays, "digits": 2, "band": band,
            "rollup": {"words": rollup_words(self.red, self.yellow), "red": f"{self.red:f}", "yellow": f"{self.yellow:f}"},
            "look": {level: self.looks.get(level) for level in LEVELS},
        }  # fmt: skip
        return rules_from(f"本地{self.number}号", part)


def rollup_words(red: Decimal, yellow: Decimal) -> str:
    """The rule of totals in words."""
    parts = f"红灯占{red.normalize():f}%以上，或重点项有红灯，为红；有红灯，或黄灯占{yellow.normalize():f}%以上，为黄；其余为绿"
    return f"按权重：{parts}。取消、待下达、未到期和未报数的不计入，权重按比例分给其余项"
