"""The books of projects: what the owner unit, 发改 and 财政 say, each fortnight, each its own column; what a person settled.

Rows of entries and settlements are only ever added: the newest counts, and every past day can be read again.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from luoshi.core.flow.project import RECONCILIATION
from luoshi.core.periods import Length, period_on

BOOKS = {"owner": "项目单位", "planning": "发改", "finance": "财政"}
LIST = "list"
"""The book of a row that came with the list itself."""
MEASURES = {"invested": "累计完成投资", "granted": "下达资金", "arrived": "到位资金", "paid": "已支付资金"}
CARRIES = {
    "owner": ("invested", "arrived", "paid"),
    "planning": ("invested",),
    "finance": ("granted", "arrived", "paid"),
    LIST: tuple(MEASURES),
}
"""Book → the measures it carries. 下达资金 stands in one book only: nobody is asked what another knows better."""
TRUSTED = {
    "invested": ("owner", "planning", LIST),
    "granted": ("finance", LIST),
    "arrived": ("finance", "owner", LIST),
    "paid": ("finance", "owner", LIST),
}
"""Measure → whose number counts in rates and boards, the first that has one in the newest fortnight; a settled one before all."""
RHYTHMS = ("双周", "旬", "月")


def amount(label: str) -> Any:
    """万元; None: not said."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class ListRules(models.Model):
    """How a government keeps its list of projects: whose the books of 发改 and 财政 are, how often, what difference is none."""

    government = models.OneToOneField("org.Government", models.CASCADE, related_name="list_rules")
    planning_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发改的账由谁填"
    )
    finance_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="财政的账由谁填"
    )
    rhythm = models.CharField("多久对一次", max_length=4, choices=[(r, r) for r in RHYTHMS], default="双周")
    tolerance = models.DecimalField("容许相差", max_digits=10, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = "项目清单设置"

    def __str__(self) -> str:
        return self.rhythm


class Reconciliation(models.Model):
    """对账 of one fortnight. The units that keep the books, and the tolerance, are those of the day it was opened.

    carried  differences unsettled at the close of the one before, [{project, measure, said, since}]; `left` the same at this close
    text     what was frozen at the close, canonical JSON with its hash
    """

    life = RECONCILIATION
    empty = 0

    government = models.ForeignKey("org.Government", models.PROTECT, related_name="reconciliations")
    rhythm = models.CharField("频次", max_length=4, choices=[(r, r) for r in RHYTHMS], default="双周")
    since = models.DateField("从")
    until = models.DateField("到")
    due = models.DateField("截止日期")
    planning_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name="发改"
    )
    finance_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name="财政"
    )
    tolerance = models.DecimalField("容许相差", max_digits=10, decimal_places=2, default=Decimal(0))
    state = models.CharField("状态", max_length=8, choices=RECONCILIATION.choices(), default="open")
    carried = models.JSONField("上期遗留", default=list)
    left = models.JSONField("未了结", default=list)
    text = models.TextField("关账时的内容", blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    opened_by = models.CharField("发起人", max_length=50)
    opened_at = models.DateTimeField("发起时间", default=timezone.now)
    closed_at = models.DateTimeField("关账时间", null=True, blank=True)

    class Meta:
        verbose_name = "对账"
        ordering = ["-until", "-pk"]
        constraints = [models.UniqueConstraint(fields=["government", "until"], name="one_reconciliation")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The period by its days: 11月9日—22日, with its name for months and 旬."""
        if self.rhythm == "双周":
            last = (
                f"{self.until.month}月{self.until.day}日"
                if self.until.month != self.since.month
                else f"{self.until.day}日"
            )
            return f"{self.since.year}年{self.since.month}月{self.since.day}日—{last}"
        length: Length = "旬" if self.rhythm == "旬" else "月"
        return period_on(length, self.until).label

    def keeper(self, book: str) -> Any:
        """The unit that keeps a book; None for the owners'."""
        return {"planning": self.planning_unit, "finance": self.finance_unit}.get(book)


class Signed(models.Model):
    """Something a person said at a moment."""

    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    person_name = models.CharField("姓名", max_length=50)
    unit_name = models.CharField("单位", max_length=100, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["pk"]


class Entry(Signed):
    """What one book says of one project in one fortnight; corrected by a later row. Without a fortnight: what the list brought."""

    reconciliation = models.ForeignKey(
        Reconciliation, models.CASCADE, null=True, blank=True, related_name="entries"
    )
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="entries")
    book = models.CharField("账", max_length=8, choices=[*BOOKS.items(), (LIST, "清单")])
    invested = amount("累计完成投资")
    granted = amount("下达资金")
    arrived = amount("到位资金")
    paid = amount("已支付资金")
    stage = models.CharField("形象进度", max_length=200, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    unchanged = models.BooleanField("无变化", default=False)

    class Meta(Signed.Meta):
        verbose_name = "填报"
        indexes = [
            models.Index(fields=["reconciliation", "book"], name="entry_book"),
            models.Index(fields=["project", "book"], name="entry_project"),
        ]

    def __str__(self) -> str:
        return f"{self.get_book_display()}：{self.project}"

    @property
    def values(self) -> dict[str, Decimal | None]:
        """What its book carries."""
        return {measure: getattr(self, measure) for measure in CARRIES[self.book]}

    @property
    def as_of(self) -> dt.date:
        """The day its numbers are for."""
        return self.reconciliation.until if self.reconciliation else timezone.localtime(self.at).date()


class Settlement(Signed):
    """A person's word on one difference: what the books said then, why, and whose number stands ("" when none is judged right)."""

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="settlements")
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="settlements")
    measure = models.CharField("数据", max_length=10, choices=list(MEASURES.items()))
    said = models.JSONField("各方的数", default=dict)
    stands = models.CharField("以谁为准", max_length=8, choices=list(BOOKS.items()), blank=True)
    value = amount("认定的数")
    words = models.CharField("说明", max_length=300)

    class Meta(Signed.Meta):
        verbose_name = "差异了结"

    def __str__(self) -> str:
        return self.words[:40]


class Bid(Signed):
    """What the county won of all that the level above handed out (争资), up to a day, in 万元, with where it is written."""

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="bids")
    on = models.DateField("截至")
    won = models.DecimalField("争取到的资金", max_digits=14, decimal_places=2)
    available = models.DecimalField("上级下达总额", max_digits=14, decimal_places=2)
    ground = models.CharField("依据", max_length=200)

    class Meta(Signed.Meta):
        verbose_name = "争资"

    def __str__(self) -> str:
        return self.ground
