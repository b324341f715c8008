"""大比拼: a board is drafted, published, fed with figures where they are reported, closed and frozen."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.project import BOARD
from luoshi.core.progress.competing import ENTERED, FORMULAS
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.org.models import Unit
from luoshi.projects.models import Board, Group, Measure, Showing
from luoshi.projects.queries.boards import tables


class Unsound(Refused):
    """The board cannot stand so."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A measure as filled in; a counted one takes name, words, unit and digits from its formula."""

    formula: str
    basis: str
    name: str = ""
    words: str = ""
    unit: str = ""
    digits: int = 2
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Grouped:
    """A group as filled in."""

    name: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A board as filled in."""

    title: str
    theme: str
    by: str
    since: dt.date
    until: dt.date
    measures: Sequence[Stated]
    groups: Sequence[Grouped]


@transaction.atomic
def set_up(draft: Draft, *, by: Actor) -> Board:
    """A new board, not yet published. Raises Denied, Unsound."""
    found = Board(government_id=by.government_id)
    demand(BOARD, found, "create", by)
    _refuse_unsound(draft)
    _fill(found, draft)
    record(found, "create", by, {"title": [None, draft.title]})
    return found


@transaction.atomic
def rewrite(found: Board, draft: Draft, *, by: Actor) -> None:
    """Change a board that is not published. Raises Denied, Unsound."""
    demand(BOARD, found, "edit", by)
    _refuse_unsound(draft)
    if Showing.objects.filter(measure__board=found).exists():
        raise Refused("已有单位报数，指标和分组不能再改。请重新发布，或结束本榜后另设一榜。")
    record(found, "edit", by, {"title": [found.title, draft.title]})
    found.measures.all().delete()
    found.groups.all().delete()
    _fill(found, draft)


def _fill(found: Board, draft: Draft) -> None:
    found.title, found.theme, found.by = draft.title, draft.theme, draft.by
    found.since, found.until = draft.since, draft.until
    found.save()
    for n, stated in enumerate(draft.measures, 1):
        counted = FORMULAS.get(stated.formula)
        Measure.objects.create(
            board=found, order=n, formula=stated.formula, basis=stated.basis, lower_is_better=stated.lower_is_better,
            name=counted.name if counted else stated.name, words=counted.words if counted else stated.words,
            unit=counted.unit if counted else stated.unit, digits=counted.digits if counted else stated.digits,
        )  # fmt: skip
    for n, grouped in enumerate(draft.groups, 1):
        group = Group.objects.create(board=found, order=n, name=grouped.name)
        group.units.set(grouped.units)


def _refuse_unsound(draft: Draft) -> None:
    if draft.until < draft.since:
        raise Unsound("结束日期早于开始日期，请核对。")
    names = [group.name for group in draft.groups]
    if len(set(names)) < len(names):
        raise Unsound("有两个组同名，请改一个名称。")
    units = [unit.pk for group in draft.groups for unit in group.units]
    if len(set(units)) < len(units):
        raise Unsound("有单位写在了两个组里，一个单位只在一个组里比。")
    if draft.by == "project" and any(stated.formula == ENTERED for stated in draft.measures):
        raise Unsound("按项目比的指标由项目数据算出，不能选“由各单位报数”。")
    if draft.by != "project" and any(not group.units for group in draft.groups):
        raise Unsound("每个组都要写明有哪些单位。")


def step(found: Board, verb: str, *, by: Actor, note: str = "") -> None:
    """publish, recall. Raises Denied."""
    move(found, verb, by, note)


@transaction.atomic
def enter(measure: Measure, unit: Unit, value: Decimal | None, absent: str, *, by: Actor) -> bool:
    """What a unit has to show for a measure; False when it is what stands there already. Raises Denied, Refused."""
    if measure.formula != ENTERED:
        raise Refused("这项指标由项目数据算出，不需要报数。")
    if not any(unit.pk == one.pk for group in measure.board.groups.all() for one in group.units.all()):
        raise Refused(f"{unit.full_name}不在这个榜的组里，请核对。")
    last = Showing.objects.filter(measure=measure, unit=unit).last()
    if last and (last.value, last.absent) == (value, absent):
        return False
    made = Showing(
        measure=measure, unit=unit, value=value, absent=absent, person_id=by.person_id, person_name=by.name, unit_name=by.unit_name,
    )  # fmt: skip
    demand(BOARD, made, "enter", by)
    made.save()
    before = None if last is None or last.value is None else f"{last.value:f}"
    record(made, "enter", by, {"value": [before, "" if value is None else f"{value:f}"]})
    return True


@transaction.atomic
def close(found: Board, *, by: Actor) -> None:
    """End a board: its places are kept as they are today. Raises Denied."""
    demand(BOARD, found, "close", by)
    kept = [
        {
            "measure": table.measure.name,
            "rule": table.ranking.rule,
            "placed": [[p.group, p.place, p.name, p.shown, p.tied] for p in table.ranking.placed],
            "unplaced": [[row.group, row.name, row.why] for row in table.unplaced],
        }
        for table in tables(found)
    ]
    move(found, "close", by)
    found.frozen, found.closed_at = kept, timezone.now()
    found.save(update_fields=["frozen", "closed_at"])
