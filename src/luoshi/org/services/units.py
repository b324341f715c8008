"""Writing the register of units. Every change is judged by core/flow/unit.py and leaves one event."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, record
from luoshi.org.models import Unit, UnitName, on


class BadName(Refused):
    """The name is empty, too long, or already answers for a unit."""


class BadDay(Refused):
    """The day lies where it cannot: ahead, or before the thing began."""


@transaction.atomic
def create_unit(
    full_name: str,
    kind: str = "department",
    *,
    by: Actor,
    collective: bool = False,
    day: dt.date | None = None,
    parent: Unit | None = None,
) -> Unit:
    """A new unit of the actor's government, in force from `day` (today). Raises BadName, BadDay, Denied."""
    name = free_name(full_name, by)
    unit = Unit(
        government_id=by.government_id,
        full_name=name,
        kind="collective" if collective else kind,
        rank=Unit.objects.filter(government=by.government_id).count() + 1,
        valid_from=past_day(day),
        parent=parent,
    )
    unit.save()
    record(unit, "create", by, {"full_name": [None, name], "kind": [None, unit.kind]})
    return unit


@transaction.atomic
def add_alias(unit: Unit, name: str, kind: str = "alias", *, by: Actor) -> UnitName:
    """Let a unit answer to one more name. Raises BadName when another unit has it, Denied."""
    row = unit.names.create(
        name=free_name(name, by), kind=kind, valid_from=None if kind == "former" else timezone.localdate()
    )
    record(unit, "add_name", by, {"names": [None, f"{row.name}（{row.get_kind_display()}）"]})
    return row


@transaction.atomic
def drop_name(row: UnitName, *, by: Actor) -> None:
    """From today the name no longer answers for its unit; old papers keep it. Raises Denied."""
    row.valid_to = timezone.localdate()
    row.save()
    record(row.unit, "drop_name", by, {"names": [row.name, None]})


@transaction.atomic
def rename_unit(unit: Unit, full_name: str, *, by: Actor, note: str = "", day: dt.date | None = None) -> None:
    """From `day` (today) a unit has a new full name; the old one stays as a former name.

    Raises BadName, BadDay (ahead, or before the unit or its last renaming), Denied.
    """
    old, new = unit.full_name, free_name(full_name, by, but=unit)
    since = past_day(day, unit.valid_from)
    last = unit.names.filter(kind="former", valid_from__gt=since).order_by("valid_from").last()
    if last and last.valid_from:
        raise BadDay(f"{unit.full_name}在{last.valid_from}已更过名，新名称的启用日期不能早于这一天，请核对。")
    unit.full_name = new
    unit.save()
    unit.names.filter(name__in=[old, new], valid_to=None).update(valid_to=timezone.localdate())
    unit.names.create(name=old, kind="former", valid_from=since)
    told = f"{note}（自{since}起）" if day else note
    record(unit, "rename", by, {"full_name": [old, new]}, told)


@transaction.atomic
def correct_unit(
    unit: Unit, *, by: Actor, kind: str, valid_from: dt.date | None, parent: Unit | None
) -> bool:
    """Set kind, founding day and superior unit right; False when nothing differs. Raises BadName, BadDay, Denied."""
    _refuse_circle(unit, parent)
    past_day(valid_from)
    asked = {"kind": kind, "valid_from": valid_from, "parent": parent}
    changes = {
        field: [_said(getattr(unit, field)), _said(value)]
        for field, value in asked.items()
        if getattr(unit, field) != value
    }
    if not changes:
        return False
    if (unit.kind == "collective") != (kind == "collective"):
        raise BadName("统称与具体单位不能互改类别，请到单位页设置所含单位。")
    record(unit, "correct", by, changes)
    unit.kind, unit.valid_from, unit.parent = kind, valid_from, parent
    unit.save()
    return True


@transaction.atomic
def set_members(unit: Unit, members: Iterable[Unit], *, by: Actor) -> None:
    """Say which units a collective name stands for, and mark it as collective. Raises Denied, BadName."""
    chosen = sorted(set(members), key=lambda member: (member.rank, member.pk))
    if unit in chosen or any(member.is_collective for member in chosen):
        raise BadName("统称只能由具体单位组成，请去掉其中的统称再保存。")
    if any(member.government_id != unit.government_id for member in chosen):
        raise BadName("所含单位必须是本地区的单位，请重新选择。")
    old = [member.full_name for member in unit.members.all()]
    unit.kind = "collective"
    unit.save()
    unit.members.set(chosen)
    record(unit, "set_members", by, {"members": [old, [member.full_name for member in chosen]]})


def past_day(day: dt.date | None, since: dt.date | None = None) -> dt.date:
    """The day itself (today when None), if it is not ahead and not before `since`. Raises BadDay."""
    today = timezone.localdate()
    day = day or today
    if day > today:
        raise BadDay("日期不能晚于今天。尚未生效的调整，请到生效那一天再登记。")
    if since and day < since:
        raise BadDay(f"日期不能早于单位的设立日期{since}，请核对。")
    return day


def free_name(text: str, by: Actor, but: Unit | None = None) -> str:
    """The name without blanks, if no unit in force (`but` this one) answers to it yet. Raises BadName."""
    name = "".join(text.split())
    if not name:
        raise BadName("单位名称不能为空，请填写名称。")
    if len(name) > 100:
        raise BadName("单位名称不能超过100个字，请核对是否把几个单位连在了一起。")
    today = timezone.localdate()
    answering = Unit.objects.filter(on(today), government=by.government_id)
    rows = UnitName.objects.filter(on(today), unit__in=answering, name=name)
    holders = answering.filter(Q(full_name=name) | Q(pk__in=rows.values("unit")))
    if but:
        holders = holders.exclude(pk=but.pk)
    holder = holders.first()
    if holder is None:
        return name
    if holder.full_name != name and rows.filter(unit=holder, kind__in=("former", "taken")).exists():
        raise BadName(
            f"“{name}”是{holder.full_name}的曾用名或承接的名称。如确需另设单位，请先在该单位停用这个名称。"
        )
    raise BadName(f"“{name}”已经是{holder.full_name}的名称，请直接选用该单位，或换一个名称。")


def _refuse_circle(unit: Unit, parent: Unit | None) -> None:
    """A unit cannot stand below itself; each step up is one look, and registers are three deep."""
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise BadName(f"{unit.full_name}不能以自己或自己的下属单位为上级单位，请重新选择。")
        above = above.parent
    if parent and (parent.is_collective or parent.government_id != unit.government_id):
        raise BadName("上级单位必须是本地区的具体单位，请重新选择。")


def _said(value: object) -> str | None:
    """A value as an event keeps it."""
    return None if value is None else str(value)
