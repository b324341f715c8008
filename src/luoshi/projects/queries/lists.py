"""The list of projects, filtered, with its sums."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.project import PROJECT
from luoshi.core.progress.rounding import percent
from luoshi.ledger.models import Task
from luoshi.ledger.queries import plans_in_ledger
from luoshi.org.forms.units import DayQuery
from luoshi.org.models import Unit
from luoshi.org.requests import whole
from luoshi.projects.models import Project, ProjectQuerySet
from luoshi.projects.models.projects import KINDS
from luoshi.projects.queries.standing import Standing, projects_of

LATE = "late"
"""The mark of projects with a milestone whose day is over."""
MOST_TASKS = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for."""

    words: str = ""
    batch: str = ""
    kind: str = ""
    state: str = ""
    unit: str = ""
    town: str = ""
    mark: str = ""
    day: dt.date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], today: dt.date) -> "Filters":
        """Whatever makes no sense filters nothing; no day after today."""
        day = DayQuery.said(query.get("day", ""))
        kind, state = query.get("kind", ""), query.get("state", "")
        unit, town = (query.get(name, "") for name in ("unit", "town"))
        return cls(
            words=query.get("q", "").replace("\0", "").strip()[:60],
            batch=query.get("batch", "").replace("\0", "")[:40],
            kind=kind if kind in KINDS else "",
            state=state if state in PROJECT.states else "",
            unit=unit if whole(unit) is not None else "",
            town=town if whole(town) is not None else "",
            mark=LATE if query.get("mark") == LATE else "",
            day=day if day and day < today else None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the day is asked."""
        return any((self.words, self.batch, self.kind, self.state, self.unit, self.town, self.mark))


READERS = ("office", "leader", "head", "clerk")
"""Who has to do with projects; the others see nothing of them."""


def let_in(actor: Actor) -> Actor:
    """The actor; 404 for whoever has nothing to do with projects."""
    if not actor.holds(*READERS):
        raise Http404
    return actor


def visible(actor: Actor) -> ProjectQuerySet:
    """The projects this person may see."""
    return Project.objects.visible_to(actor)


def find(actor: Actor, filters: Filters) -> list[Standing]:
    """The projects asked for, as they stood on the day."""
    rows: QuerySet[Project] = visible(actor)
    for word in filters.words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(developer__icontains=word)
            | Q(unit__full_name__icontains=word)
            | Q(place__icontains=word)
        )
    same = {"batch": filters.batch, "kind": filters.kind, "unit": filters.unit, "town": filters.town}
    rows = rows.filter(**{name: value for name, value in same.items() if value})
    found = projects_of(actor.government_id, filters.day, rows)
    if filters.state:
        found = [s for s in found if s.state == filters.state]
    return [s for s in found if s.late] if filters.mark else found


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over some projects, in 万元; what is not known adds nothing and is counted."""

    count: int
    total: Decimal
    year_plan: Decimal
    invested: Decimal
    silent: int
    share: str


def sums(rows: list[Standing]) -> Sums:
    """The last line of the list. The share is of projects of which both numbers are known."""
    going = [s for s in rows if s.state != "ended"]
    zero = Decimal(0)
    both = [(s.value("invested"), s.project.year_plan) for s in going]
    known = [(Fraction(a), Fraction(b)) for a, b in both if a is not None and b is not None]
    bottom = sum((b for _, b in known), Fraction(0))
    return Sums(
        len(rows),
        sum((s.project.total or zero for s in going), zero),
        sum((s.project.year_plan or zero for s in going), zero),
        sum((s.value("invested") or zero for s in going), zero),
        sum(s.value("invested") is None for s in going if s.state in ("begun", "finished")),
        percent(sum((a for a, _ in known), Fraction(0)) / bottom, 1) if bottom else "",
    )


def choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: batches, units and towns that occur among the visible projects; three queries."""
    rows = visible(actor)
    batches = dict.fromkeys(rows.exclude(batch="").order_by("number").values_list("batch", flat=True))
    found = {"batches": [(batch, batch) for batch in batches]}
    for name, related in (("units", "projects"), ("towns", "projects_here")):
        units = Unit.objects.filter(**{f"{related}__in": rows}).distinct().order_by("rank", "pk")
        found[name] = [(str(unit.pk), unit.full_name) for unit in units]
    return found


def tasks_for(actor: Actor, *also: int | None) -> Any:
    """Rows of the ledger a project may come from: those of the 项目清单, and those named."""
    plans = plans_in_ledger(actor) if actor.holds(*BUSINESS_POSTS) else plans_in_ledger(actor).none()
    rows = Task.objects.filter(plan__in=plans).filter(
        Q(list_kind="project") | Q(pk__in=[pk for pk in also if pk])
    )
    return rows.select_related("plan").order_by("-plan__adopted_at", "order")
