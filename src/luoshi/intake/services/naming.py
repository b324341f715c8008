"""What the printed names of units mean: accept, choose, create, mark as collective."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.intake.models import UnitChoice
from luoshi.journal.moves import Refused, record
from luoshi.ledger.models import Plan
from luoshi.org.models import Unit
from luoshi.org.services import BadName, add_alias, create_unit, set_members


@transaction.atomic
def choose(plan: Plan, choices: Mapping[str, Unit], actor: Actor, remember: bool = True) -> None:
    """Printed name → unit, for this plan; with `remember` the unit answers to the name in later plans too."""
    if not choices:
        raise Refused("没有选中任何名称，请先勾选。")
    for printed, unit in choices.items():
        _set(plan, printed, unit, actor)
        if remember:
            _remember(unit, printed, actor)
    first = "、".join(f"{name}是{unit.full_name}" for name, unit in list(choices.items())[:3])
    note = f"对应{len(choices)}个单位名称：{first}{'等' if len(choices) > 3 else ''}"
    record(plan, "correct", actor, {"count": len(choices)}, note=note)


def _set(plan: Plan, printed: str, unit: Unit, actor: Actor) -> None:
    UnitChoice.objects.update_or_create(
        plan=plan, printed=printed, defaults={"unit": unit, "chosen_by": actor.name}
    )


def _remember(unit: Unit, printed: str, actor: Actor) -> None:
    try:
        add_alias(unit, printed, by=actor)
    except BadName:
        return  # another unit answers to it elsewhere: the word of this plan stays with this plan


@transaction.atomic
def create_units(plan: Plan, names: Iterable[str], actor: Actor) -> list[Unit]:
    """A new unit for each printed name, all or none. Raises BadName."""
    units = {name: create_unit(name, by=actor) for name in names}
    choose(plan, units, actor, remember=False)
    return list(units.values())


@transaction.atomic
def mark_collective(plan: Plan, printed: str, members: Iterable[Unit], actor: Actor) -> Unit:
    """The name stands for several units (各乡镇人民政府). Raises BadName when no member is given."""
    chosen = list(members)
    if not chosen:
        raise BadName(f"“{printed}”还没有选所含单位，请至少选一个。")
    unit = create_unit(printed, by=actor, collective=True)
    set_members(unit, chosen, by=actor)
    choose(plan, {printed: unit}, actor, remember=False)
    return unit


@transaction.atomic
def forget(plan: Plan, printed: str, actor: Actor) -> None:
    """Take a person's word on a name back."""
    UnitChoice.objects.filter(plan=plan, printed=printed).delete()
    record(plan, "correct", actor, {"count": 1}, note=f"取消“{printed}”的单位对应")
