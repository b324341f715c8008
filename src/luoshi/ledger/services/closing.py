"""结账与结转: the close of a plan's year, and its unfinished tasks carried over to a plan of the next, linked both ways."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.ledger.deadlines import last_day, printed
from luoshi.ledger.found import index_plan
from luoshi.ledger.models import (
    Action,
    Amendment,
    Assignment,
    Indicator,
    Milestone,
    Plan,
    SourceText,
    Task,
    TaskLeader,
)
from luoshi.ledger.services.changes import Change, Grounds, write_down


@transaction.atomic
def close(plan: Plan, grounds: Grounds, by: Actor) -> None:
    """Freeze a plan: from now on every verb in it is refused with the reason. Raises Denied (objections open), Stale."""
    open_ones = Assignment.objects.filter(task__plan=plan, task__state="running", state="contested")
    plan.contested = open_ones.count()
    move(plan, "close", by, note=grounds.note)


@dataclass(frozen=True, slots=True)
class Carry:
    """Where unfinished tasks go: an adopted plan, or None for a new one of this title; a new deadline for all, or ""."""

    into: Plan | None
    title: str = ""
    deadline: str = ""
    document: str = ""


@transaction.atomic
def carry_over(plan: Plan, tasks: Sequence[Task], carry: Carry, by: Actor) -> Plan:
    """Copy unfinished tasks of a closed plan into one of the next year; returns that plan.

    A copy keeps its words (and the paper they stand in), units, leaders, indicators and open milestones; its units take it on
    anew. Raises Denied, Refused (nothing chosen, finished or already carried, a plan that is not open).
    """
    demand(plan.life, plan, "carry_over", by)
    _refuse_unfit(plan, tasks, carry)
    target = carry.into or _new_plan(plan, carry, by)
    actions: dict[int, Action] = {}
    last = target.tasks.aggregate(last=Max("order"))["last"] or 0
    lasting = target.indicators.aggregate(last=Max("order"))["last"] or 0
    for order, task in enumerate(tasks, last + 1):
        copy = _copy(task, target, _action(task, target, actions), order)
        lasting = _copy_parts(task, copy, lasting)
        record(copy, "carry", by, {"plan": [plan.title, target.title]})
        if carry.deadline and carry.deadline != copy.deadline:
            _set_deadline(copy, carry, by)
    index_plan(target)
    record(plan, "carry_over", by, {}, note=f"{len(tasks)}项没有办完的任务结转到《{target.title}》")
    return target


def _refuse_unfit(plan: Plan, tasks: Sequence[Task], carry: Carry) -> None:
    if not tasks:
        raise Refused("没有选中任何任务，请先勾选要结转的任务。")
    if any(task.plan_id != plan.pk or task.state != "running" for task in tasks):
        raise Refused("只有没有办完的任务可以结转，请刷新页面后重新勾选。")
    if Task.objects.filter(carried_from__in=tasks).exists():
        raise Refused("所选的任务中有的已经结转过，请刷新页面后重新勾选。")
    if carry.into is None and not carry.title.strip():
        raise Refused("请填写新方案的名称，或选择一份已建账的方案。")
    if carry.into is not None and (carry.into.state != "adopted" or carry.into.pk == plan.pk):
        raise Refused("结转只能转入另一份已建账、没有结账的方案，请重新选择。")
    if carry.deadline and last_day(carry.deadline) is None:
        raise Refused("没有读懂新的时限，请写成2027年9月30日、2027年9月、2027年三季度或2027年。")


def _new_plan(plan: Plan, carry: Carry, by: Actor) -> Plan:
    """An adopted plan without a paper of its own: every row keeps its words in the old one."""
    target = Plan.objects.create(
        government_id=plan.government_id,
        title=carry.title.strip()[:300],
        year=plan.year + 1 if plan.year else None,
        number=carry.document.strip()[:100],
        state="review",
        created_by=by.name,
        adopted_by=by.name,
        adopted_at=timezone.now(),
    )
    SourceText.objects.create(plan=target, text="")
    move(target, "adopt", by, note=f"由《{plan.title}》结转")
    return target


def _action(task: Task, target: Plan, known: dict[int, Action]) -> Action | None:
    """The action of the same name in the other plan, made on first use."""
    old = task.action
    if old is None:
        return None
    if old.pk not in known:
        same = Action.objects.filter(plan=target, name=old.name).first()
        known[old.pk] = same or Action.objects.create(
            plan=target,
            paper_id=old.text_of,
            order=old.order,
            path=old.path,
            quote=old.quote,
            start=old.start,
            end=old.end,
            name=old.name,
        )
    return known[old.pk]


def _copy(task: Task, target: Plan, action: Action | None, order: int) -> Task:
    kept = ("path", "quote", "start", "end", "questions", "form", "heading", "text", "deadline", "deadline_day",
            "open_ended", "list_kind", "list_by_hand", "details")  # fmt: skip
    return Task.objects.create(
        plan=target,
        paper_id=task.text_of,
        action=action,
        order=order,
        carried_from=task,
        **{name: getattr(task, name) for name in kept},
    )


def _copy_parts(task: Task, copy: Task, lasting: int) -> int:
    """Units, leaders, indicators and open milestones; returns the last number of an indicator."""
    Assignment.objects.bulk_create(
        Assignment(
            task=copy,
            unit_id=a.unit_id,
            role=a.role,
            accountable=a.accountable,
            printed=a.printed,
            order=a.order,
        )
        for a in task.assignments.all()
    )
    TaskLeader.objects.bulk_create(
        TaskLeader(task=copy, name=leader.name, order=leader.order) for leader in task.leaders.all()
    )
    Milestone.objects.bulk_create(
        Milestone(task=copy, unit_id=m.unit_id, title=m.title, due=m.due, weight=m.weight)
        for m in task.milestones.all()
        if m.state == "open"
    )
    kept = ("path", "quote", "start", "end", "questions", "name", "kind", "op", "value", "unit", "value_high", "base",
            "reference", "target")  # fmt: skip
    rows = [
        Indicator(
            plan=copy.plan,
            paper_id=i.text_of,
            task=copy,
            action=copy.action,
            order=order,
            **{name: getattr(i, name) for name in kept},
        )
        for order, i in enumerate(task.indicators.all(), lasting + 1)
    ]
    Indicator.objects.bulk_create(rows)
    return lasting + len(rows)


def _set_deadline(task: Task, carry: Carry, by: Actor) -> None:
    """The deadline in the new year; the old one stays in the changes."""
    old, seen = printed(task.deadline) or "未写明", task.deadline
    day = last_day(carry.deadline)
    Task.objects.filter(pk=task.pk).update(deadline=carry.deadline, deadline_day=day)
    change = Change(
        Amendment.What.DEADLINE,
        old,
        printed(carry.deadline),
        {"deadline": seen},
        {"deadline": carry.deadline},
    )
    write_down(
        task.plan, change, Grounds(f"由《{task.carried_from.plan.title}》结转", carry.document), by, task
    )
