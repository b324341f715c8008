"""What a unit was called on any day, where it came from and where it went. Read from rows that are never rewritten."""

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

from luoshi.org.models import Succession, Unit


class Era(NamedTuple):
    """The full name on [start, end); None is an open end."""

    start: dt.date | None
    end: dt.date | None
    name: str


class Turn(NamedTuple):
    """One turn in the life of a unit: `before` + the units + `after` make the sentence."""

    day: dt.date | None
    before: str
    units: tuple[Unit, ...] = ()
    after: str = ""


def eras(unit: Unit) -> list[Era]:
    """All full names in order. A former name was the full one until its valid_from; those without are of unknown time."""
    former: dict[dt.date, str] = {}
    for row in sorted(unit.names.all(), key=lambda row: row.pk):
        if row.kind == "former" and row.valid_from:
            former.setdefault(row.valid_from, row.name)
    found, start = [], unit.valid_from
    for end, name in sorted(former.items()):
        if start is None or start < end:
            found.append(Era(start, end, name))
        start = end
    return [*found, Era(start, unit.valid_to, unit.full_name)]


def called_on(unit: Unit, day: dt.date) -> str:
    """The full name on a day; "" when the unit was not in force then."""
    for era in eras(unit):
        if (era.start is None or era.start <= day) and (era.end is None or day < era.end):
            return era.name
    return ""


def timeline(unit: Unit) -> list[Turn]:
    """Every turn, the oldest first: founded, renamed, took over, gave away, ended. Four queries."""
    came = list(unit.taken_on.select_related("before").prefetch_related("before__handed_on"))
    went = list(unit.handed_on.select_related("after"))
    known = eras(unit)
    turns = [_founded(unit, known[0].name, [row for row in came if row.day == unit.valid_from])]
    turns += [Turn(era.start, f"由“{last.name}”更名为“{era.name}”") for last, era in pairwise(known)]
    turns += [
        Turn(row.day, "承接", (row.before,), "的部分职能" if _lives(row) else "的职能")
        for row in came
        if row.day != unit.valid_from
    ]
    for day in dict.fromkeys(row.day for row in went):
        heirs = tuple(row.after for row in went if row.day == day)
        if day != unit.valid_to:
            turns.append(Turn(day, "部分职能分设到", heirs))
    if unit.valid_to:
        turns.append(_ended(unit, unit.valid_to, [row.after for row in went if row.day == unit.valid_to]))
    return sorted(turns, key=lambda turn: turn.day or dt.date.min)


def _founded(unit: Unit, name: str, came: list[Succession]) -> Turn:
    units = tuple(row.before for row in came)
    if not units:
        return Turn(unit.valid_from, f"设立“{name}”" if unit.valid_from else f"“{name}”，设立日期没有登记")
    shared = any(_lives(row) or len(row.before.handed_on.all()) > 1 for row in came)
    how = "分设出" if shared else "合并设立" if len(units) > 1 else "改设为"
    return Turn(unit.valid_from, "由", units, f"{how}“{name}”")


def _ended(unit: Unit, day: dt.date, heirs: list[Unit]) -> Turn:
    if not heirs:
        return Turn(day, "撤销")
    if len(heirs) == 1:
        return Turn(day, "撤销，职能由", tuple(heirs), "承接")
    return Turn(day, "撤销，分设为", tuple(heirs))


def _lives(row: Succession) -> bool:
    """Whether the unit that gave lived on after that day: it gave only a part."""
    return row.before.valid_to is None or row.before.valid_to > row.day
