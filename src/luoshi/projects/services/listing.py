"""The list of projects: taken on, corrected, led on from day to day, ended; its settings; what was won above (争资)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.project import PROJECT
from luoshi.journal.moves import Denied, Refused, demand, move, record
from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from luoshi.projects.models import Bid, ListRules, Milestone, Project
from luoshi.projects.models.projects import BACK, DAYS

TRIES = 5
EARLIER = {"registered": "signed", "finished": "begun", "producing": "finished"}
"""A day cannot lie before the one it follows."""


class Unsound(Refused):
    """The project cannot stand so."""


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A milestone as filled in."""

    title: str
    planned: dt.date | None = None
    done: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What the office says of a project; the days that have come are reported by verbs."""

    name: str
    unit: Unit
    kind: str = "industry"
    batch: str = ""
    content: str = ""
    developer: str = ""
    town: Unit | None = None
    place: str = ""
    task: Task | None = None
    total: Decimal | None = None
    year_plan: Decimal | None = None
    contract: Decimal | None = None
    asked: Decimal | None = None
    fiscal: bool = False
    should_begin: dt.date | None = None
    should_finish: dt.date | None = None
    should_produce: dt.date | None = None


COLUMNS = tuple(f.name for f in fields(Draft))


@dataclass(frozen=True, slots=True)
class Listed:
    """A project as the list brings it: the draft, the days that have come, its milestones."""

    draft: Draft
    days: Mapping[str, dt.date] = field(default_factory=dict)
    milestones: tuple[MilestoneDraft, ...] = ()


def may_keep(by: Actor) -> bool:
    """Whether this person keeps the list."""
    return by.holds(*PROJECT.moves["create"].posts)


def ask_to_keep(by: Actor) -> None:
    """Raises Denied for whoever does not keep the list."""
    demand(PROJECT, Project(government_id=by.government_id), "create", by)


@transaction.atomic
def take_on(draft: Draft, *, by: Actor) -> Project:
    """A new project at the end of the list, in reserve. Raises Denied, Unsound."""
    project = Project(government_id=by.government_id)
    for name in COLUMNS:
        setattr(project, name, getattr(draft, name))
    demand(PROJECT, project, "create", by)
    _refuse_unsound(project)
    _number(project)
    record(
        project, "create", by, {name: [None, said(project, name)] for name in COLUMNS if said(project, name)}
    )
    return project


def _number(project: Project) -> None:
    """Store it under the next number; of two at once the second takes the one after."""
    rows = Project.objects.filter(government_id=project.government_id)
    if rows.filter(name=project.name).exclude(state="ended").exists():
        raise Unsound(f"清单里已有项目“{project.name}”，请换一个名称，或在原来的项目上修改。")
    for _ in range(TRIES):
        project.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                project.save()
        except IntegrityError:
            continue
        return
    raise Refused("编号时有别的项目同时在编号，请稍后再存一次。")


@transaction.atomic
def correct(project: Project, draft: Draft, *, by: Actor) -> bool:
    """Set right what the list says of a project; False when nothing differs. Raises Denied, Unsound."""
    demand(PROJECT, project, "edit", by)
    before = {name: said(project, name) for name in COLUMNS}
    for name in COLUMNS:
        setattr(project, name, getattr(draft, name))
    _refuse_unsound(project)
    changes = {n: [before[n], said(project, n)] for n in COLUMNS if before[n] != said(project, n)}
    if not changes:
        return False
    if Project.objects.filter(government_id=project.government_id, name=project.name).exclude(state="ended").exclude(pk=project.pk).exists():  # fmt: skip
        raise Unsound(f"清单里已有项目“{project.name}”，请换一个名称。")
    record(project, "edit", by, changes)
    project.save(update_fields=list(changes))
    return True


def said(thing: models.Model, name: str) -> str:
    """A field as an event keeps it."""
    value: Any = getattr(thing, name)
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value) if value not in (None, "") else ""


def label(name: str) -> str:
    """What a field of a project is called."""
    return str(getattr(Project._meta.get_field(name), "verbose_name", name))


def _refuse_unsound(project: Project) -> None:
    for unit in filter(None, (project.unit, project.town)):
        if unit.government_id != project.government_id or unit.valid_to or unit.is_collective:
            raise Unsound(f"“{unit.full_name}”不是本地区在用的具体单位，请重新选择。")
    if project.task and project.task.plan.government_id != project.government_id:
        raise Unsound("选的台账任务不是本地区的，请重新选择。")
    planned = [
        (project.should_begin, "计划开工"),
        (project.should_finish, "计划竣工"),
        (project.should_produce, "计划投产"),
    ]
    known = [(day, name) for day, name in planned if day]
    for (first, one), (then, other) in pairwise(known):
        if then < first:
            raise Unsound(f"{other}（{then}）早于{one}（{first}），请核对。")
    if project.total is not None and project.year_plan is not None and project.year_plan > project.total:
        raise Unsound("年度计划投资大于总投资，请核对（单位都是万元）。")


@transaction.atomic
def lead_on(project: Project, verb: str, day: dt.date, *, by: Actor, note: str = "") -> None:
    """The project was signed, registered, begun, finished or went into production on a day. Raises Denied, Unsound."""
    name = DAYS[verb]
    if day > timezone.localdate():
        raise Unsound("日期还没有到，请等办成以后再登记。")
    before = EARLIER.get(name)
    first = getattr(project, before) if before else None
    if first and day < first:
        raise Unsound(f"这一天早于{label(EARLIER[name])}（{first}），请核对。")
    changes = {name: [said(project, name), day.isoformat()]}
    if PROJECT.moves[verb].target is None:
        record(project, verb, by, changes, note)
    else:
        move(project, verb, by, note, **changes)
    setattr(project, name, day)
    project.save(update_fields=[name])


@transaction.atomic
def take_back(project: Project, verb: str, note: str, *, by: Actor) -> None:
    """A step that was registered by mistake. Raises Denied."""
    names = (
        ("signed", "registered") if verb == "unsign" else (BACK[verb],)
    )  # what was not signed was not registered
    move(
        project,
        verb,
        by,
        note,
        **{name: [said(project, name), ""] for name in names if getattr(project, name)},
    )
    for name in names:
        setattr(project, name, None)
    project.save(update_fields=list(names))


@transaction.atomic
def end(project: Project, day: dt.date, reason: str, *, by: Actor) -> None:
    """终止, with the reason. Raises Denied, Unsound."""
    if day > timezone.localdate():
        raise Unsound("终止日期还没有到，请核对。")
    move(project, "end", by, reason, ended=["", day.isoformat()])
    project.ended = day
    project.save(update_fields=["ended"])


@transaction.atomic
def set_milestones(project: Project, milestones: Iterable[MilestoneDraft], *, by: Actor) -> bool:
    """The milestones of a project, in order; False when they are as they were. Raises Denied, Unsound."""
    demand(PROJECT, project, "milestones", by)
    wanted = list(milestones)
    for milestone in wanted:
        if milestone.done and milestone.done > timezone.localdate():
            raise Unsound(f"节点“{milestone.title}”的完成日期还没有到，请核对。")
    before, after = in_words(project.milestones.all()), in_words(wanted)
    if before == after:
        return False
    record(project, "milestones", by, {"milestones": [before, after]})
    project.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(
            project=project, order=n, title=milestone.title, planned=milestone.planned, done=milestone.done
        )
        for n, milestone in enumerate(wanted, 1)
    )
    return True


def in_words(milestones: Iterable[MilestoneDraft | Milestone]) -> str:
    """Milestones as one cell: 主体封顶 2026-06-30 / 2026-07-05；设备安装 2026-09-30."""
    parts = []
    for milestone in milestones:
        days = " / ".join(
            day.isoformat() if day else "" for day in (milestone.planned, milestone.done)
        ).rstrip(" /")
        parts.append(f"{milestone.title} {days}".strip())
    return "；".join(parts)


@transaction.atomic
def set_rules(rules: ListRules, *, by: Actor) -> None:
    """Who keeps which book, how often, what difference is none. Raises Denied, Unsound."""
    ask_to_keep(by)
    for unit in filter(None, (rules.planning_unit, rules.finance_unit)):
        if unit.government_id != by.government_id or unit.valid_to or unit.is_collective:
            raise Unsound(f"“{unit.full_name}”不是本地区在用的具体单位，请重新选择。")
    if rules.planning_unit_id and rules.planning_unit_id == rules.finance_unit_id:
        raise Unsound("发改和财政的账不能由同一个单位填，请分别选择。")
    ListRules.objects.update_or_create(
        government_id=by.government_id,
        defaults={
            "planning_unit": rules.planning_unit, "finance_unit": rules.finance_unit, "rhythm": rules.rhythm, "tolerance": rules.tolerance,
        },
    )  # fmt: skip


def may_bid(by: Actor, rules: ListRules | None) -> bool:
    """The office, and the units that keep the books of 发改 and 财政, write down what was won."""
    units = (rules.planning_unit_id, rules.finance_unit_id) if rules else ()
    keeps = by.unit_id is not None and by.unit_id in units
    return may_keep(by) or (by.holds("head", "clerk") and keeps)


def put_bid(on: dt.date, won: Decimal, available: Decimal, ground: str, *, by: Actor) -> Bid:
    """What was won of what was handed out, up to a day. Raises Denied, Unsound."""
    rules = ListRules.objects.filter(government_id=by.government_id).first()
    if not may_bid(by, rules):
        raise Denied(
            "not_you", "争资情况由综合协调组（政府办）和填发改、财政账的单位登记，您目前的岗位不能办理。"
        )
    if won > available:
        raise Unsound("争取到的资金大于上级下达总额，请核对（单位都是万元）。")
    return Bid.objects.create(
        government_id=by.government_id, on=on, won=won, available=available, ground=ground,
        person_id=by.person_id, person_name=by.name, unit_name=by.unit_name,
    )  # fmt: skip
