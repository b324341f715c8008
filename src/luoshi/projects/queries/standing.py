"""How every project stands on a day: its days, and of each number the newest that was said by then, by whom."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from luoshi.core.flow.project import PROJECT
from luoshi.core.progress.rates import Project as Facts
from luoshi.org.models import Government
from luoshi.projects.models import Entry, Milestone, Project, Settlement
from luoshi.projects.models.books import BOOKS, CARRIES, MEASURES, TRUSTED

SETTLED = "settled"


class Said(NamedTuple):
    """One number (万元) and where it comes from: the book (a slug of BOOKS, "list", or "settled"), the day it is for, who, when."""

    value: Decimal
    book: str
    as_of: dt.date
    who: str
    at: dt.datetime

    @property
    def source(self) -> str:
        """The book in words."""
        return {SETTLED: "对账认定", "list": "清单"}.get(self.book) or BOOKS[self.book]


@dataclass
class Standing:
    """One project on `day`. `said` has a measure (invested, granted, arrived, paid) only where a number is known."""

    project: Project
    day: dt.date
    said: dict[str, Said] = field(default_factory=dict)
    stage: str = ""
    stage_on: dt.date | None = None

    @property
    def state(self) -> str:
        """A slug of core/flow/project.py, on the day."""
        return self.project.state_on(self.day)

    @property
    def label(self) -> str:
        """The state in words."""
        return PROJECT.label(self.state)

    def value(self, measure: str) -> Decimal | None:
        """The number of a measure, None where none is known."""
        found = self.said.get(measure)
        return found.value if found else None

    @property
    def invested(self) -> Said | None:
        """累计完成投资."""
        return self.said.get("invested")

    @property
    def share(self) -> Fraction | None:
        """累计完成 of 年度计划; None where either is not known."""
        done, planned = self.value("invested"), self.project.year_plan
        return Fraction(done) / Fraction(planned) if done is not None and planned else None

    @property
    def milestones(self) -> list[Milestone]:
        """Its milestones, in order."""
        return list(self.project.milestones.all())

    @property
    def late(self) -> list[Milestone]:
        """Milestones whose day is over and that were not reached."""
        return [milestone for milestone in self.milestones if milestone.late_on(self.day)]

    @property
    def next(self) -> Milestone | None:
        """The next milestone that is not reached."""
        return next(
            (
                milestone
                for milestone in self.milestones
                if milestone.done is None or milestone.done > self.day
            ),
            None,
        )

    @property
    def facts(self) -> Facts:
        """As rates and boards see it."""
        p = self.project
        return Facts(
            p.name, p.batch, p.signed, p.registered, p.begun, p.producing, p.should_begin, p.contract,
            self.value("arrived"), p.year_plan, self.value("invested"), self.value("granted"), self.value("paid"),
        )  # fmt: skip


def projects_of(
    government: Government | int, as_of: dt.date | None = None, only: QuerySet[Project] | None = None
) -> list[Standing]:
    """All projects of a government (or those of `only`) as they stood on a day (today), in a fixed number of queries.

    A number is what was said up to the end of that day: the newest fortnight first, and of it the book that TRUSTED names first.
    """
    day = as_of or timezone.localdate()
    rows = Project.objects.all() if only is None else only
    projects = rows.filter(government=government).select_related("unit", "town", "task__plan")
    found = {p.pk: Standing(p, day) for p in projects.prefetch_related("milestones")}
    entries = Entry.objects.filter(project__in=found, at__date__lte=day).select_related("reconciliation")
    settled = Settlement.objects.filter(project__in=found, at__date__lte=day, value__isnull=False)
    _tell(found, list(entries.order_by("pk")), list(settled.order_by("pk").select_related("reconciliation")))
    return list(found.values())


def _tell(found: dict[int, Standing], entries: Iterable[Entry], settled: Iterable[Settlement]) -> None:
    """Put the numbers in their places."""
    latest = {(e.project_id, e.reconciliation_id, e.book): e for e in entries}
    ranked: dict[tuple[int, str], tuple[tuple[dt.date, int], Said]] = {}
    for entry in latest.values():
        on = timezone.localtime(entry.at).date()
        for measure, value in entry.values.items():
            if value is not None and entry.book in TRUSTED[measure]:
                rank = (entry.as_of, -TRUSTED[measure].index(entry.book))
                _offer(
                    ranked,
                    (entry.project_id, measure),
                    rank,
                    Said(value, entry.book, min(entry.as_of, on), entry.person_name, entry.at),
                )
        standing = found[entry.project_id]
        if entry.stage and (standing.stage_on is None or entry.as_of >= standing.stage_on):
            standing.stage, standing.stage_on = entry.stage, entry.as_of
    for one in settled:
        until = one.reconciliation.until
        if one.value is not None and holds(one, latest):
            said = Said(one.value, SETTLED, until, one.person_name, one.at)
            _offer(ranked, (one.project_id, one.measure), (until, 1), said)
    for (project, measure), (_, said) in ranked.items():
        found[project].said[measure] = said


def _offer(
    ranked: dict[tuple[int, str], tuple[tuple[dt.date, int], Said]],
    key: tuple[int, str],
    rank: tuple[dt.date, int],
    said: Said,
) -> None:
    if key not in ranked or rank >= ranked[key][0]:
        ranked[key] = (rank, said)


def holds(one: Settlement, latest: dict[tuple[int, int | None, str], Entry]) -> bool:
    """Whether the books still say what was settled."""
    now = {}
    for book in BOOKS:
        entry = latest.get((one.project_id, one.reconciliation_id, book))
        if entry and one.measure in CARRIES[book]:
            value = entry.values[one.measure]
            now[book] = "" if value is None else f"{value:.2f}"
    return all(now.get(book, said) == said for book, said in one.said.items())


assert set(TRUSTED) == set(MEASURES)
