"""Splitting a task: milestones with a day and a weight, pieces for single units; each with a small life of its own."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, Stale, demand, move, record
from luoshi.ledger.models import Amendment, Milestone, Task
from luoshi.ledger.services.changes import Change, Grounds, write_down
from luoshi.org.models import Unit

MOST = 60
"""Milestones of one task; more is a plan of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as filled in; `unit` None for one of the task as a whole."""

    title: str
    due: dt.date | None
    weight: int
    unit: Unit | None

    @property
    def words(self) -> str:
        """In one line, for the journal."""
        parts = [self.unit.full_name if self.unit else "", f"{self.due:%Y-%m-%d}" if self.due else ""]
        told = "，".join(filter(None, parts))
        return f"{self.title}（{told}）" if told else self.title


@transaction.atomic
def add_milestone(task: Task, step: Step, by: Actor) -> Milestone:
    """One more milestone or piece. Raises Denied, Refused (too many, a unit that has no part in the task)."""
    demand(task.life, task, "split", by)
    _refuse_stranger(task, step.unit)
    if task.milestones.count() >= MOST:
        raise Refused(f"一项任务最多{MOST}个节点，请合并一些再添加。")
    milestone = Milestone.objects.create(
        task=task, title=step.title, due=step.due, weight=step.weight, unit=step.unit
    )
    record(task, "split", by, {"milestones": [None, step.words]})
    return milestone


@transaction.atomic
def edit_milestone(milestone: Milestone, step: Step, grounds: Grounds, by: Actor) -> bool:
    """Change a milestone; False when nothing differs. Another day wants a reason. Raises Denied, Stale, Refused."""
    demand(milestone.life, milestone, "edit", by)
    seen = Step(milestone.title, milestone.due, milestone.weight, milestone.unit)
    if seen == step:
        return False
    _refuse_stranger(milestone.task, step.unit)
    moved = seen.due != step.due and seen.due is not None
    if moved and not grounds.reason.strip():
        raise Refused("完成日期有变动，请写明理由。")
    rows = Milestone.objects.filter(
        pk=milestone.pk, title=seen.title, due=seen.due, weight=seen.weight, unit=seen.unit
    )
    if not rows.update(title=step.title, due=step.due, weight=step.weight, unit=step.unit):
        raise Stale
    changes = {
        "title": [seen.title, step.title],
        "due": [_day(seen.due), _day(step.due)],
        "weight": [seen.weight, step.weight],
        "unit": [_name(seen.unit), _name(step.unit)],
    }
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record(milestone, "edit", by, changed, note=grounds.note)
    if moved:
        old, new = changes["due"]
        change = Change(
            Amendment.What.MILESTONE,
            f"{seen.title}：{old}",
            f"{step.title}：{new or '未定'}",
            {"due": old},
            {"due": new},
        )
        write_down(milestone.task.plan, change, grounds, by, task=milestone.task, milestone=milestone)
    return True


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _name(unit: Unit | None) -> str:
    return unit.full_name if unit else ""


@transaction.atomic
def step_on(milestone: Milestone, verb: str, by: Actor, note: str = "") -> None:
    """Finish, undo, confirm, reject, drop or restore. Raises Denied, Stale."""
    move(milestone, verb, by, note=note)
    done = {"finish": timezone.localdate(), "undo": None, "reject": None}
    if verb in done:
        Milestone.objects.filter(pk=milestone.pk).update(done_on=done[verb])


@transaction.atomic
def end_or_resume(task: Task, verb: str, by: Actor, note: str = "") -> None:
    """finish, drop or resume a task. Raises Denied, Stale."""
    move(task, verb, by, note=note)


def _refuse_stranger(task: Task, unit: Unit | None) -> None:
    if unit is not None and not task.assignments.filter(unit=unit).exists():
        raise Refused(f"{unit.full_name}不是这项任务的责任单位，请先把它补充为责任单位。")
