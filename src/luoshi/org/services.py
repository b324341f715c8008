"""Writing the register of units. Every change is judged by core/flow/unit.py and leaves one event."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, record
from luoshi.org.models import Unit, UnitName, on


class BadName(Refused):
    """The name is empty, too long, or already answers for a unit."""


@transaction.atomic
def create_unit(full_name: str, kind: str = "department", *, by: Actor, collective: bool = False) -> Unit:
    """A new unit of the actor's government, in force from today. Raises BadName, Denied."""
    name = _free_name(full_name, by)
    unit = Unit(
        government_id=by.government_id,
        full_name=name,
        kind="collective" if collective else kind,
        rank=Unit.objects.filter(government=by.government_id).count() + 1,
        valid_from=timezone.localdate(),
    )
    unit.save()
    record(unit, "create", by, {"full_name": [None, name], "kind": [None, unit.kind]})
    return unit


@transaction.atomic
def add_alias(unit: Unit, name: str, kind: str = "alias", *, by: Actor) -> UnitName:
    """Let a unit answer to one more name. Raises BadName when another unit has it, Denied."""
    row = unit.names.create(name=_free_name(name, by), kind=kind, valid_from=timezone.localdate())
    record(unit, "add_name", by, {"names": [None, f"{row.name}（{row.get_kind_display()}）"]})
    return row


@transaction.atomic
def drop_name(row: UnitName, *, by: Actor) -> None:
    """From today the name no longer answers for its unit; old papers keep it. Raises Denied."""
    row.valid_to = timezone.localdate()
    row.save()
    record(row.unit, "drop_name", by, {"names": [row.name, None]})


@transaction.atomic
def rename_unit(unit: Unit, full_name: str, *, by: Actor, note: str = "") -> None:
    """Give a unit a new full name; the old one stays as a former name. Raises BadName, Denied."""
    old, new = unit.full_name, _free_name(full_name, by, but=unit)
    unit.full_name = new
    unit.save()
    unit.names.filter(name__in=[old, new], valid_to=None).update(valid_to=timezone.localdate())
    unit.names.create(name=old, kind="former", valid_from=timezone.localdate())
    record(unit, "rename", by, {"full_name": [old, new]}, note)


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


@transaction.atomic
def abolish_unit(unit: Unit, successor: Unit | None, *, by: Actor, note: str) -> None:
    """End a unit today; its duties go to `successor`. Raises Denied."""
    day = timezone.localdate()
    record(
        unit,
        "abolish",
        by,
        {"valid_to": [None, day.isoformat()], "successor": [None, str(successor or "")]},
        note,
    )
    unit.valid_to, unit.successor = day, successor
    unit.save()


def _free_name(text: str, by: Actor, but: Unit | None = None) -> str:
    """The name without blanks, if no unit in force (`but` this one) answers to it yet."""
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
    if holder := holders.first():
        raise BadName(f"“{name}”已经是{holder.full_name}的名称，请直接选用该单位，或换一个名称。")
    return name
