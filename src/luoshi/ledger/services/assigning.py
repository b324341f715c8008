"""Shares in tasks: taken on, contested, answered, given to another unit; exactly one unit answers for a task.

Every change of who answers or who takes part leaves an amendment on the task and an event in the journal.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, Stale, demand, move, record
from luoshi.ledger.found import index_tasks
from luoshi.ledger.models import Amendment, Assignment, Task
from luoshi.ledger.services.changes import Change, Grounds, write_down
from luoshi.ledger.turns import Turn, Verb, tell
from luoshi.org.models import Unit

OWNER, ACCOUNTABLE = Amendment.What.OWNER, Amendment.What.ACCOUNTABLE


@dataclass(frozen=True, slots=True)
class Taken:
    """How many shares were taken on, and why others were not: a sentence for each reason."""

    count: int
    refused: tuple[str, ...]


@transaction.atomic
def accept(shares: Iterable[Assignment], by: Actor) -> Taken:
    """Take on many shares in one press. What cannot be taken on is told, and holds up nothing else."""
    count, refused = 0, []
    for share in shares:
        try:
            move(share, "accept", by)
            count += 1
        except Refused as reason:
            refused.append(reason.sentence)
    return Taken(count, tuple(dict.fromkeys(refused)))


@transaction.atomic
def contest(share: Assignment, reason: str, by: Actor) -> None:
    """Say that the share is not the unit's, and why. Raises Denied, Stale."""
    _answer(share, "contest", by, Grounds(reason))


@transaction.atomic
def retract(share: Assignment, by: Actor) -> None:
    """Take the objection back; the share waits again. Raises Denied, Stale."""
    _answer(share, "retract", by, Grounds(""))


@transaction.atomic
def uphold(share: Assignment, reason: str, by: Actor) -> None:
    """Answer an objection: the share stays, and counts as taken on. Raises Denied, Stale."""
    _answer(share, "uphold", by, Grounds(reason))


def _answer(share: Assignment, verb: Verb, by: Actor, grounds: Grounds) -> None:
    move(share, verb, by, note=grounds.reason)
    Assignment.objects.filter(pk=share.pk).update(note=grounds.reason.strip())
    tell(Turn(verb, share.task, share.unit), by)


@transaction.atomic
def reassign(share: Assignment, unit: Unit, grounds: Grounds, by: Actor) -> None:
    """Give the share to another unit, which may take it on or contest it. Raises Denied, Stale, Refused."""
    task, old = share.task, share.unit
    demand(share.life, share, "reassign", by, grounds.reason)
    _refuse_double(task, unit)
    move(share, "reassign", by, note=grounds.note, unit=[old.full_name, unit.full_name])
    named = {"unit": unit, "printed": unit.full_name, "note": grounds.reason.strip()}
    if not Assignment.objects.filter(pk=share.pk, unit=old).update(**named):
        raise Stale
    tell(Turn("reassign", task, old, unit), by)
    change = Change(
        OWNER,
        f"{share.get_role_display()} {old.full_name}",
        f"{share.get_role_display()} {unit.full_name}",
        {"unit": old.pk},
        {"unit": unit.pk},
    )
    write_down(task.plan, change, grounds, by, task)
    if share.accountable:
        _tell_who_answers(task, old, unit, grounds, by)
    index_tasks([task.pk])


def _tell_who_answers(task: Task, old: Unit | None, new: Unit, grounds: Grounds, by: Actor) -> None:
    before = {"unit": old.pk if old else None}
    change = Change(ACCOUNTABLE, old.full_name if old else "", new.full_name, before, {"unit": new.pk})
    write_down(task.plan, change, grounds, by, task)


@transaction.atomic
def make_accountable(share: Assignment, grounds: Grounds, by: Actor) -> None:
    """Let this unit answer for the task from now on, and no other. Raises Denied, Stale, Refused."""
    task = share.task
    first = task.assignments.select_related("unit").filter(accountable=True).first()
    if first and first.pk == share.pk:
        raise Refused(f"{share.unit.full_name}已经对这项任务负总责，不用再指定。")
    names = [first.unit.full_name if first else "", share.unit.full_name]
    record(share, "account", by, {"accountable": names}, note=grounds.note)
    shares = Assignment.objects.filter(task=task)
    if first and not shares.filter(pk=first.pk, accountable=True).update(accountable=False):
        raise Stale
    if not shares.filter(pk=share.pk, accountable=False).update(accountable=True):
        raise Stale
    share.accountable = True
    _tell_who_answers(task, first.unit if first else None, share.unit, grounds, by)


@transaction.atomic
def add_unit(task: Task, unit: Unit, role: str, grounds: Grounds, by: Actor) -> Assignment:
    """One more unit in a task; the first one of a task without any answers for it. Raises Denied, Refused."""
    demand(task.life, task, "add_unit", by)
    _refuse_double(task, unit)
    last = task.assignments.aggregate(last=Max("order"))["last"] or 0
    alone = not task.assignments.filter(accountable=True).exists()
    share = Assignment.objects.create(
        task=task, unit=unit, role=role, printed=unit.full_name, order=last + 1, accountable=alone
    )
    named = f"{share.get_role_display()} {unit.full_name}"
    record(task, "add_unit", by, {"units": [None, named]}, note=grounds.note)
    write_down(task.plan, Change(OWNER, "", named, {"unit": None}, {"unit": unit.pk}), grounds, by, task)
    if alone:
        _tell_who_answers(task, None, unit, grounds, by)
    index_tasks([task.pk])
    return share


@transaction.atomic
def release(share: Assignment, grounds: Grounds, by: Actor) -> None:
    """Take a unit out of a task it does not answer for. Raises Denied, Refused where reports hang on the share."""
    task, unit = share.task, share.unit
    named = f"{share.get_role_display()} {unit.full_name}"
    record(share, "release", by, {"unit": [unit.full_name, None]}, note=grounds.note)
    write_down(task.plan, Change(OWNER, named, "", {"unit": unit.pk}, {"unit": None}), grounds, by, task)
    _remove(share)
    index_tasks([task.pk])


@transaction.atomic
def expand(share: Assignment, by: Actor) -> int:
    """A collective name becomes the shares of its members; returns how many were added. Raises Denied, Refused.

    Where the collective name answers for the task, its first member does from now on.
    """
    task, name = share.task, share.unit.full_name
    record(
        share, "expand", by, {"unit": [name, "、".join(unit.full_name for unit in share.unit.members.all())]}
    )
    known = set(task.assignments.values_list("unit", flat=True))
    members = [unit for unit in share.unit.members.order_by("rank", "pk") if unit.pk not in known]
    if not members:
        raise Refused(f"“{name}”所含的单位都已经在这项任务里，请直接免除“{name}”的责任。")
    answers, role, order = share.accountable, share.role, share.order
    grounds = Grounds(f"展开统称“{name}”")
    _remove(share)
    Assignment.objects.bulk_create(
        Assignment(task=task, unit=unit, role=role, printed=name, order=order, accountable=answers and n == 0)
        for n, unit in enumerate(members)
    )
    label = share.get_role_display()
    names = "、".join(unit.full_name for unit in members)
    change = Change(
        OWNER,
        f"{label} {name}",
        f"{label} {names}",
        {"unit": share.unit_id},
        {"units": [u.pk for u in members]},
    )
    write_down(task.plan, change, grounds, by, task)
    if answers:
        _tell_who_answers(task, share.unit, members[0], grounds, by)
    index_tasks([task.pk])
    return len(members)


def _remove(share: Assignment) -> None:
    try:
        Assignment.objects.filter(pk=share.pk).delete()
    except ProtectedError as error:
        sentence = f"{share.unit.full_name}在这项任务里已经有填报，不能从任务中去掉，请改派给其他单位。"
        raise Refused(sentence) from error


def _refuse_double(task: Task, unit: Unit) -> None:
    if task.assignments.filter(unit=unit).exists():
        raise Refused(f"{unit.full_name}已经是这项任务的责任单位，请另选一个单位。")
