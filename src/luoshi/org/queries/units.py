"""What pages and upper rooms read about units."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.unit import UNIT
from luoshi.core.writing.names import called
from luoshi.org.models import Government, Unit, UnitName, on

Say = Callable[[Unit], str]
ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One unit in force as matching sees it: every name it answers to, the full name first."""

    unit_id: int
    names: tuple[str, ...]
    collective: bool


def register(government: Government | int) -> list[RegisterRow]:
    """All units of a government in force today, in two queries. Names of units merged into one are among its names."""
    names = UnitName.objects.filter(on(timezone.localdate()))
    units = Unit.objects.filter(on(timezone.localdate()), government=government)
    return [
        RegisterRow(
            unit.pk,
            tuple(dict.fromkeys([unit.full_name, *(row.name for row in unit.names.all())])),
            unit.is_collective,
        )
        for unit in units.prefetch_related(Prefetch("names", names))
    ]


def saying(government: Government) -> Say:
    """How papers of this government call a unit: by its 规范化简称 in the register (县发改局), else by its full name without
    the county's. A short name that two units share names neither."""
    shorts: dict[str, set[int]] = {}
    rows = UnitName.objects.filter(unit__government=government, kind="short", valid_to=None)
    for unit_id, name in rows.values_list("unit", "name").order_by("pk"):
        shorts.setdefault(name, set()).add(unit_id)
    firsts: dict[int, str] = {}
    for name, units in shorts.items():
        if len(units) == 1 and name.startswith(government.name[-1]):
            firsts.setdefault(units.pop(), name)
    return lambda unit: firsts.get(unit.pk) or called(unit.full_name, government.name)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """The units whose page this person may open: those of the own government."""
    return Unit.objects.filter(government=actor.government_id)


def concrete_units(actor: Actor) -> QuerySet[Unit]:
    """Units in force that something can be given to: no collective names."""
    return visible_units(actor).filter(valid_to=None).exclude(kind="collective").order_by("rank", "pk")


def find_units(actor: Actor, words: str = "", kind: str = "", day: dt.date | None = None) -> QuerySet[Unit]:
    """Units in force on `day` (today) by any of their names and by kind (or those no longer in force: ABOLISHED), with
    names and members at hand."""
    units = visible_units(actor)
    current = units.filter(on(day or timezone.localdate()))
    units = units.exclude(pk__in=current) if kind == ABOLISHED else current
    for word in words.split():
        units = units.filter(Q(full_name__icontains=word) | Q(names__name__icontains=word))
    if kind and kind != ABOLISHED:
        units = units.filter(kind=kind)
    return units.distinct().prefetch_related("names", "members").order_by("rank", "pk")


def may(actor: Actor, verb: str, unit: Unit | None = None) -> bool:
    """Whether the table of core/flow/unit.py lets this person do it (without `unit`: to one still to be made). What
    only still wants its reason counts as allowed."""
    case = unit or Unit(government_id=actor.government_id)
    return isinstance(UNIT.judge(case, verb, actor, note="。"), Move)
