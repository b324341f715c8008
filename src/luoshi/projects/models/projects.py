"""Projects of the county's list and their milestones. All money is in 万元, two places."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.project import ASKED, PROJECT
from luoshi.projects.models.books import CARRIES, ListRules

KINDS = {
    "industry": "产业发展",
    "infrastructure": "基础设施",
    "livelihood": "社会民生",
    "ecology": "生态环保",
    "rural": "农业农村",
    "other": "其他",
}
EVERYWHERE = ("office", "leader")
"""Posts that see every project of their government."""
UNIT = ("head", "clerk")
DAYS = {
    "sign": "signed",
    "register": "registered",
    "begin": "begun",
    "finish": "finished",
    "produce": "producing",
}
"""Verb → the day it sets."""
BACK = {"unsign": "signed", "unbegin": "begun", "unbegin_signed": "begun", "unfinish": "finished", "unproduce": "producing"}  # fmt: skip
"""Verb → the day it takes away."""


def money(label: str, **more: Any) -> Any:
    """An amount in 万元; None: not known."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True, **more)


def day(label: str) -> Any:
    """A day that may not have come."""
    return models.DateField(label, null=True, blank=True)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects."""

    def visible_to(self, actor: Actor) -> "ProjectQuerySet":
        """The office and leaders see all, so do the units that keep the books of 发改 and 财政; a unit its own projects and those
        on its ground; nobody else any."""
        mine = self.filter(government_id=actor.government_id)
        if actor.holds(*EVERYWHERE):
            return mine
        if not actor.holds(*UNIT):
            return mine.none()
        units = [unit for unit in (actor.unit_id, *actor.below) if unit is not None]
        keeps = ListRules.objects.filter(government=actor.government_id)
        keeps = keeps.filter(Q(planning_unit__in=units) | Q(finance_unit__in=units))
        return mine.filter(Q(unit__in=units) | Q(town__in=units) | Q(models.Exists(keeps)))

    def asked(self, book: str = "owner") -> "ProjectQuerySet":
        """Those of which a book is asked (`Project.asks`)."""
        if book == "planning":
            return self.filter(state__in=ASKED).exclude(state="signed")
        return self.filter(state__in=ASKED, **({"fiscal": True} if book == "finance" else {}))


class Project(models.Model):
    """One project. `unit` answers for it and reports its figures; `developer` (业主) builds it; `town` is the ground it stands on.

    A day that is None has not come. `task` is the row of the ledger whose sentence it comes from.
    """

    life = PROJECT

    government = models.ForeignKey("org.Government", models.PROTECT, related_name="projects")
    number = models.PositiveIntegerField("编号")
    name = models.CharField("项目名称", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=list(KINDS.items()), default="industry")
    batch = models.CharField("批次", max_length=40, blank=True)
    content = models.CharField("建设内容和规模", max_length=500, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="projects", verbose_name="责任单位")
    developer = models.CharField("业主", max_length=100, blank=True)
    town = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="projects_here", verbose_name="属地"
    )
    place = models.CharField("地点", max_length=100, blank=True)
    task = models.ForeignKey(
        "ledger.Task", models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="台账任务"
    )
    total = money("总投资")
    year_plan = money("年度计划投资")
    contract = money("合同引资额")
    asked = money("争取资金")
    fiscal = models.BooleanField("有财政资金", default=False)
    signed = day("签约日期")
    registered = day("履约日期")
    should_begin = day("计划开工")
    begun = day("开工日期")
    should_finish = day("计划竣工")
    finished = day("竣工日期")
    should_produce = day("计划投产")
    producing = day("投产日期")
    ended = day("终止日期")
    state = models.CharField("状态", max_length=10, choices=PROJECT.choices(), default="reserve")
    created_at = models.DateTimeField("列入时间", auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "项目"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["government", "number"], name="project_number"),
            models.UniqueConstraint(
                fields=["government", "name"], condition=~Q(state="ended"), name="project_name"
            ),
        ]
        indexes = [models.Index(fields=["government", "state"], name="project_gov_state")]

    def __str__(self) -> str:
        return self.name

    def asks(self, book: str) -> tuple[str, ...]:
        """The measures this book is asked of it: nothing is invested before it began, 财政 answers for its own money only."""
        if self.state not in ASKED:
            return ()
        begun = ("invested",) if self.state != "signed" else ()
        if book == "planning":
            return begun
        if book == "finance":
            return CARRIES["finance"] if self.fiscal else ()
        return (*begun, "arrived", *(("paid",) if self.fiscal else ()))

    @property
    def was_signed(self) -> int:
        """1 when a signing is on record (core/flow/project.py)."""
        return int(self.signed is not None)

    @property
    def never_signed(self) -> int:
        """1 when none is."""
        return int(self.signed is None)

    def state_on(self, when: dt.date) -> str:
        """Where it stood on a day, by its days."""
        past = (
            ("ended", self.ended),
            ("producing", self.producing),
            ("finished", self.finished),
            ("begun", self.begun),
        )
        for state, on in (*past, ("signed", self.signed)):
            if on is not None and on <= when:
                return state
        return "reserve"

    @property
    def ground(self) -> str:
        """Where it stands: town and place."""
        return "".join(filter(None, (str(self.town or ""), self.place)))


class Milestone(models.Model):
    """A milestone (节点) of a project: planned for a day, reached on one."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    order = models.PositiveSmallIntegerField("次序", default=0)
    title = models.CharField("节点", max_length=60)
    planned = day("计划完成")
    done = day("实际完成")

    class Meta:
        verbose_name = "节点"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    def late_on(self, when: dt.date) -> bool:
        """Whether its day was over and it was not reached."""
        return self.planned is not None and self.planned < when and (self.done is None or self.done > when)
