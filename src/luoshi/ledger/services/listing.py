"""Lists: a row put on another list by hand, and what its list asks beyond the row."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.core.listing import KINDS, LISTS, Column, classify
from luoshi.journal.moves import Refused, Stale, demand, record
from luoshi.ledger.models import Task

LONGEST = 200


def columns_by_hand(task: Task) -> tuple[Column, ...]:
    """What a person may fill in for this task: its list's columns, and its weight in 责任清单."""
    extra = (column for column in LISTS["duty"].columns if column.by_hand)
    return (*(column for column in LISTS[task.list_kind].columns if column.by_hand), *extra)


@transaction.atomic
def put_on_list(task: Task, kind: str, by: Actor) -> bool:
    """Put the row on another list; "" lets the rule decide again. False when nothing changes. Raises Denied, Refused."""
    demand(task.life, task, "classify", by)
    if kind not in ("", *KINDS):
        raise Refused("没有这种清单，请从列表中选一个。")
    target, by_hand = kind or classify(task.heading, task.text).kind, bool(kind)
    if (task.list_kind, task.list_by_hand) == (target, by_hand):
        return False
    rows = Task.objects.filter(pk=task.pk, list_kind=task.list_kind)
    record(task, "classify", by, {"list_kind": [task.list_kind, target]})
    if not rows.update(list_kind=target, list_by_hand=by_hand):
        raise Stale
    task.list_kind, task.list_by_hand = target, by_hand
    return True


@transaction.atomic
def describe(task: Task, said: Mapping[str, str], by: Actor) -> bool:
    """Fill in what the list asks; False when nothing changes. Raises Denied, Stale, Refused for a cell that cannot be."""
    demand(task.life, task, "describe", by)
    seen = dict(task.details)
    details = dict(seen)
    changes = {}
    for column in columns_by_hand(task):
        value = _sound(column, said.get(column.key, "").strip())
        if value != seen.get(column.key, ""):
            changes[column.label] = [seen.get(column.key, ""), value]
            details[column.key] = value
    if not changes:
        return False
    record(task, "describe", by, changes)
    fresh = Task.objects.select_for_update().get(pk=task.pk)
    if fresh.details != seen:
        raise Stale
    Task.objects.filter(pk=task.pk).update(details={key: value for key, value in details.items() if value})
    return True


def _sound(column: Column, value: str) -> str:
    """The cell as it is kept. Raises Refused with the sentence for the person."""
    if len(value) > LONGEST:
        raise Refused(f"“{column.label}”不能超过{LONGEST}个字，请写得短一些。")
    if not value:
        return ""
    try:
        if column.form == "number":
            number = float(value)
            if not 0 <= number < 10**12:
                raise ValueError
            return f"{number:.6f}".rstrip("0").rstrip(".")
        return dt.date.fromisoformat(value).isoformat() if column.form == "day" else value
    except ValueError as error:
        form = "不小于0的数字，如8000" if column.form == "number" else "年-月-日，如2026-03-01"
        raise Refused(f"“{column.label}”应为{form}，现在是“{value[:20]}”，请改正。") from error
