"""Boards as they stand on a day: counted from projects or from what was reported, ranked in groups, with the movement since before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.progress.boards import Board as Ranking
from luoshi.core.progress.boards import Placed, Row, board
from luoshi.core.progress.competing import ENTERED, FORMULAS
from luoshi.core.progress.rates import Project as Facts
from luoshi.org.models import Unit
from luoshi.projects.models import Board, Group, Measure, Project, Showing
from luoshi.projects.queries.books import units_of
from luoshi.projects.queries.standing import Standing, projects_of

BEFORE = 14
"""Days back to which movement is told."""


def boards_of(actor: Actor) -> QuerySet[Board]:
    """The office and leaders see all (drafts only the office); a unit those in which it, or a project of its, takes part."""
    rows = Board.objects.filter(government=actor.government_id)
    if actor.holds("office"):
        return rows
    rows = rows.exclude(state="draft")
    if actor.holds("leader"):
        return rows
    units = units_of(actor)
    named = Group.objects.filter(board=OuterRef("pk"), units__in=units)
    owned = Project.objects.filter(unit__in=units).values("batch")
    batches = Group.objects.filter(board=OuterRef("pk"), name__in=owned)
    return rows.filter(Q(Exists(named)) | Q(by="project") & Q(Exists(batches)))


def whole(boards: QuerySet[Board]) -> QuerySet[Board]:
    """With measures and groups at hand."""
    return boards.prefetch_related("measures", Prefetch("groups__units", Unit.objects.order_by("rank", "pk")))


class Shown(NamedTuple):
    """One line of a ranking as a page shows it: where its number comes from, what was said of it."""

    placed: Placed
    address: str
    note: str


@dataclass(frozen=True)
class Table:
    """One measure of a board, ranked."""

    measure: Measure
    ranking: Ranking
    groups: list[tuple[str, list[Shown]]]
    before: dt.date

    @property
    def unplaced(self) -> tuple[Row, ...]:
        """Those without a number."""
        return self.ranking.unplaced


class Value(NamedTuple):
    """What a competitor has: the number, or why there is none; where it comes from."""

    value: Fraction | None
    why: str = ""
    address: str = ""
    note: str = ""


Key = tuple[str, str]
"""Group and name."""


def tables(found: Board, day: dt.date | None = None) -> list[Table]:
    """Every measure of a board on a day (today, its last day at most), in a fixed number of queries."""
    today = min(day or timezone.localdate(), found.until)
    earlier = today - dt.timedelta(days=BEFORE)
    now, then = _everybody(found, today), _everybody(found, earlier)
    return [
        _table(found, measure, now[measure.pk], then[measure.pk], earlier) for measure in found.measures.all()
    ]


def _table(
    found: Board, measure: Measure, now: Mapping[Key, Value], then: Mapping[Key, Value], earlier: dt.date
) -> Table:
    places: dict[Key, int] = {}
    if earlier >= found.since:
        past = board(measure.ranked, [Row(name, group, v.value) for (group, name), v in then.items()])
        places = {(p.group, p.name): p.place for p in past.placed}
    rows = [
        Row(name, group, v.value, v.why or "没有报数", places.get((group, name)))
        for (group, name), v in now.items()
    ]
    ranking = board(measure.ranked, rows)
    order = [group.name for group in found.groups.all()]
    groups: dict[str, list[Shown]] = {name: [] for name in order}
    for placed in ranking.placed:
        value = now[placed.group, placed.name]
        groups[placed.group].append(Shown(placed, value.address, value.note))
    return Table(measure, ranking, [(name, rows) for name, rows in groups.items() if rows], earlier)


def _everybody(found: Board, day: dt.date) -> dict[int, dict[Key, Value]]:
    """Measure → group and name → value, on a day."""
    measures = list(found.measures.all())
    counted = [m for m in measures if m.formula != ENTERED]
    standings = [s for s in projects_of(found.government_id, day) if s.state != "ended"] if counted else []
    values: dict[int, dict[Key, Value]] = {m.pk: _counted(found, m, standings, day) for m in counted}
    entered = [m for m in measures if m.formula == ENTERED]
    if entered:
        latest: dict[tuple[int, int], Showing] = {}
        rows = Showing.objects.filter(measure__in=entered, at__date__lte=day).order_by("pk")
        for row in rows:
            latest[row.measure_id, row.unit_id] = row
        for measure in entered:
            values[measure.pk] = {
                (group.name, str(unit)): _reported(latest.get((measure.pk, unit.pk)))
                for group in found.groups.all()
                for unit in group.units.all()
            }
    return values


def _reported(row: Showing | None) -> Value:
    if row is None:
        return Value(None, "没有报数")
    if row.value is None:
        return Value(None, row.absent or "没有报数")
    at = timezone.localtime(row.at)
    return Value(Fraction(row.value), note=f"{row.person_name}，{at.month}月{at.day}日报")


def _counted(found: Board, measure: Measure, standings: list[Standing], day: dt.date) -> dict[Key, Value]:
    tally = FORMULAS[measure.formula].tally
    address = reverse("projects:index")
    values: dict[Key, Value] = {}
    for group in found.groups.all():
        if found.by == "project":
            for standing in standings:
                if standing.project.batch == group.name:
                    value = tally([standing.facts], found.since, day)
                    link = reverse("projects:project", args=[standing.project.pk])
                    values[group.name, standing.project.name] = Value(value, _why(standing, measure), link)
            continue
        for unit in group.units.all():
            own = _own(standings, found.by, unit)
            why = "没有项目" if not own else "项目缺数"
            link = f"{address}?{found.by}={unit.pk}"
            values[group.name, str(unit)] = Value(
                tally(own, found.since, day), why, link, f"{len(own)}个项目" if own else ""
            )
    return values


def _own(standings: list[Standing], by: str, unit: Unit) -> list[Facts]:
    return [s.facts for s in standings if getattr(s.project, f"{by}_id") == unit.pk]


def _why(standing: Standing, measure: Measure) -> str:
    if measure.formula in ("done", "invested"):
        return "没有报累计完成投资" if standing.invested is None else "没有年度计划投资"
    return "没有到期" if measure.formula == "due" else "没有报数"
