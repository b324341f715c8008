"""One fortnight's books: what each has to fill in, what was filled in, where they differ, what was settled, what was carried over."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.project import RECONCILIATION
from luoshi.core.progress.rates import reconcile
from luoshi.projects.amounts import plain
from luoshi.projects.models import Entry, ListRules, Project, ProjectQuerySet, Reconciliation, Settlement
from luoshi.projects.models.books import BOOKS, CARRIES, LIST, MEASURES

UNIT = ("head", "clerk")
NONE = "没有数"
Key = tuple[int, str]
"""Project and measure."""


def rules_of(government: int) -> ListRules:
    """How a government keeps its list; unsaved where nothing was set yet."""
    found = (
        ListRules.objects.filter(government=government)
        .select_related("planning_unit", "finance_unit")
        .first()
    )
    return found or ListRules(government_id=government)


def units_of(actor: Actor) -> list[int]:
    """The units for which a head or clerk speaks."""
    if not actor.holds(*UNIT):
        return []
    return [unit for unit in (actor.unit_id, *actor.below) if unit is not None]


def reconciliations(actor: Actor) -> QuerySet[Reconciliation]:
    """Those this person may see: whoever sees a project of it, or keeps one of its books."""
    rows = Reconciliation.objects.filter(government=actor.government_id)
    if actor.holds("office", "leader"):
        return rows
    keeps = Q(planning_unit__in=units_of(actor)) | Q(finance_unit__in=units_of(actor))
    return rows.filter(Q(Exists(Project.objects.visible_to(actor))) | keeps)


def books_to_fill(actor: Actor, reconciliation: Reconciliation) -> list[str]:
    """The books in which this person writes."""
    found = [b for b in BOOKS if isinstance(RECONCILIATION.judge(reconciliation, f"fill_{b}", actor), Move)]
    if "owner" in found and not owned(actor).exists():
        found.remove("owner")
    return found


def owned(actor: Actor) -> ProjectQuerySet:
    """Projects whose figures this person reports."""
    return Project.objects.filter(government=actor.government_id, unit__in=units_of(actor)).asked()


@dataclass
class Line:
    """A project on the sheet of one book: what was said last, what was said this time, what is typed now."""

    project: Project
    book: str
    last: Entry | None
    now: Entry | None
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """What is asked."""
        return (*self.project.asks(self.book), *(("stage",) if self.book == "owner" else ()))

    @cached_property
    def shown(self) -> dict[str, str]:
        """What stands in the fields: what was said this time, else last time."""
        return said_of(self.now or self.last, self.fields) | {"note": self.now.note if self.now else ""}

    @property
    def cells(self) -> list[tuple[str, str, str, str, str]]:
        """(field, label, last value, what stands in it, what is wrong with it) of every amount that is asked."""
        before = said_of(self.last, self.fields)
        return [
            (
                name,
                MEASURES[name],
                before[name],
                self.typed.get(name, self.shown[name]),
                self.errors.get(name, ""),
            )
            for name in self.project.asks(self.book)
        ]

    @property
    def columns(self) -> list[tuple[str, tuple[str, str, str, str, str] | None]]:
        """Every measure of the book with its cell; None where it is not asked of this project."""
        cells = {cell[0]: cell for cell in self.cells}
        return [(name, cells.get(name)) for name in CARRIES[self.book]]

    @property
    def stage(self) -> str:
        """The words in the field of 形象进度."""
        return self.typed.get("stage", self.shown.get("stage", ""))

    @property
    def note(self) -> str:
        """The words in the field of 说明."""
        return self.typed.get("note", self.shown["note"])

    @property
    def seen(self) -> int:
        """Which entry the page shows."""
        return self.now.pk if self.now else 0


def said_of(entry: Entry | None, fields: Iterable[str]) -> dict[str, str]:
    """An entry as its fields show it."""
    found = {}
    for name in fields:
        value = getattr(entry, name, None)
        found[name] = value or "" if name == "stage" else plain(value)
    return found


def lines_of(reconciliation: Reconciliation, book: str, actor: Actor) -> list[Line]:
    """The sheet of a book for this person, in three queries: owners see their own projects, the others all."""
    everything = Project.objects.filter(government=actor.government_id).asked(book)
    projects = owned(actor) if book == "owner" else everything
    rows = list(projects.select_related("unit", "town").order_by("unit__rank", "number"))
    entries = Entry.objects.filter(project__in=[p.pk for p in rows], book__in=(book, LIST))
    entries = entries.filter(Q(reconciliation=None) | Q(reconciliation__until__lte=reconciliation.until))
    now: dict[int, Entry] = {}
    last: dict[int, Entry] = {}
    for entry in entries.select_related("reconciliation").order_by("reconciliation__until", "pk"):
        if entry.reconciliation_id == reconciliation.pk:
            now[entry.project_id] = entry
        elif _newer(entry, last.get(entry.project_id)):
            last[entry.project_id] = entry
    return [Line(p, book, last.get(p.pk), now.get(p.pk)) for p in rows]


def _newer(entry: Entry, other: Entry | None) -> bool:
    """Of two earlier ones the later fortnight; what came with the list only where there is none (databases sort None apart)."""
    if other is None or entry.reconciliation is None or other.reconciliation is None:
        return other is None or (
            other.reconciliation is None and (entry.reconciliation is not None or entry.pk > other.pk)
        )
    return (entry.reconciliation.until, entry.pk) > (other.reconciliation.until, other.pk)


class Gap(NamedTuple):
    """A difference: the measure, what each book says ("" nothing), since when it stands open, how it was settled."""

    project: Project
    measure: str
    said: dict[str, str]
    sentence: str
    since: str
    settlement: Settlement | None

    @property
    def label(self) -> str:
        """The measure in words."""
        return MEASURES[self.measure]

    @property
    def columns(self) -> list[str]:
        """What 项目单位, 发改 and 财政 say; "—" where the book does not carry it."""
        return [
            (self.said[b] and plain(Decimal(self.said[b]))) or NONE if b in self.said else "—" for b in BOOKS
        ]

    @property
    def apart(self) -> str:
        """How much the farthest two differ, 万元."""
        values = [Decimal(v) for v in self.said.values() if v]
        return plain(max(values) - min(values)) if len(values) > 1 else ""


@dataclass
class Matching:
    """The books of one fortnight against each other."""

    reconciliation: Reconciliation
    gaps: list[Gap]
    lacking: list[Gap]
    agreed: list[Gap]
    reported: dict[str, int]
    asked: dict[str, int]
    unreported: dict[str, list[Project]]

    @property
    def open(self) -> list[Gap]:
        """Differences nobody has settled."""
        return [gap for gap in self.gaps if gap.settlement is None]

    @property
    def settled(self) -> list[Gap]:
        """Those somebody has."""
        return [gap for gap in self.gaps if gap.settlement]

    def gap(self, project: int, measure: str) -> Gap:
        """One of them; 404 where there is none."""
        for gap in self.gaps:
            if (gap.project.pk, gap.measure) == (project, measure):
                return gap
        raise Http404

    @property
    def standing(self) -> list[tuple[str, str, int, int, list[Project]]]:
        """(book, name, how many reported, how many are asked, who did not) of each book."""
        return [(b, name, self.reported[b], self.asked[b], self.unreported[b]) for b, name in BOOKS.items()]


def matching(reconciliation: Reconciliation, only: QuerySet[Project] | None = None) -> Matching:
    """What the books say of each other, in three queries; `only` narrows it to some projects."""
    rows = Project.objects.all() if only is None else only
    projects = {p.pk: p for p in rows.filter(government=reconciliation.government_id).select_related("unit")}
    entries: dict[tuple[int, str], Entry] = {}
    for entry in reconciliation.entries.order_by("pk"):
        if entry.project_id in projects:
            entries[entry.project_id, entry.book] = entry
    settled: dict[Key, list[Settlement]] = {}
    for one in reconciliation.settlements.order_by("pk"):
        settled.setdefault((one.project_id, one.measure), []).append(one)
    carried = {
        (row["project"], row["measure"]): row for row in reconciliation.carried if row["project"] in projects
    }
    gaps, lacking = _differences(reconciliation, projects, entries, settled, carried)
    known = {(gap.project.pk, gap.measure) for gap in gaps}
    half = {(gap.project.pk, gap.measure) for gap in lacking}
    agreed: list[Gap] = []
    for key, row in carried.items():
        if key in known:
            continue
        gap = _carried(projects[key[0]], row, settled.get(key, []))
        heard = key not in half and all((key[0], book) in entries for book in gap.said)
        (agreed if heard else gaps).append(gap)
    asked = {book: [p for p in projects.values() if p.asks(book)] for book in BOOKS}
    unreported = {book: [p for p in rows if (p.pk, book) not in entries] for book, rows in asked.items()}
    reported = {book: sum(1 for _, b in entries if b == book) for book in BOOKS}
    counts = {book: len(unreported[book]) + reported[book] for book in BOOKS}
    return Matching(reconciliation, gaps, lacking, agreed, reported, counts, unreported)


def _carried(project: Project, row: dict[str, object], settled: list[Settlement]) -> Gap:
    said = {str(k): str(v) for k, v in dict(row["said"]).items()}  # type: ignore[call-overload]
    found = next((s for s in reversed(settled) if s.said == said), None)
    return Gap(project, str(row["measure"]), said, str(row["sentence"]), str(row["since"]), found)


def _differences(
    reconciliation: Reconciliation, projects: dict[int, Project], entries: dict[tuple[int, str], Entry],
    settled: dict[Key, list[Settlement]], carried: dict[Key, dict[str, str]],
) -> tuple[list[Gap], list[Gap]]:  # fmt: skip
    """Differences beyond the tolerance, and measures that one book has and another has not."""
    books: dict[str, dict[str, dict[str, Decimal | None]]] = {}
    names = {f"{p.name}（{p.number}号）": p for p in projects.values()}
    for name, project in names.items():
        for book in BOOKS:
            if entry := entries.get((project.pk, book)):
                books.setdefault(book, {})[name] = {MEASURES[m]: v for m, v in entry.values.items()}
    labels = {label: measure for measure, label in MEASURES.items()}
    gaps: list[Gap] = []
    lacking: list[Gap] = []
    for found in reconcile({BOOKS[b]: rows for b, rows in books.items()}, reconciliation.tolerance):
        project, measure = names[found.project], labels[found.measure]
        said = {}
        for book in BOOKS:
            value = books.get(book, {}).get(found.project, {}).get(found.measure)
            if value is not None or (book in books and measure in project.asks(book)):
                said[book] = "" if value is None else f"{value:.2f}"
        if len(said) < 2:
            continue  # one book alone was asked
        key = (project.pk, measure)
        holding = next((s for s in reversed(settled.get(key, [])) if s.said == said), None)
        gap = Gap(
            project,
            measure,
            said,
            _sentence(project, measure, said),
            carried.get(key, {}).get("since", reconciliation.label),
            holding,
        )
        values = {Decimal(v) for v in said.values() if v}
        if bool(values) and max(values) - min(values) > reconciliation.tolerance:
            gaps.append(gap)
        elif "" in said.values():
            lacking.append(gap)
    return gaps, lacking


def _sentence(project: Project, measure: str, said: dict[str, str]) -> str:
    """What the books that were asked say: 甲的已支付资金：项目单位5、财政3，相差2。"""
    shown = {book: plain(Decimal(value)) if value else NONE for book, value in said.items()}
    values = [Decimal(value) for value in said.values() if value]
    apart = f"，相差{plain(max(values) - min(values))}" if len(set(values)) > 1 else ""
    return (
        f"{project.name}的{MEASURES[measure]}："
        + "、".join(f"{BOOKS[b]}{v}" for b, v in shown.items())
        + f"{apart}。"
    )


class Waiting(NamedTuple):
    """Something of a 对账 that waits for a person: which book (a slug, or "close"), how many projects."""

    reconciliation: Reconciliation
    what: str
    projects: int


OF_BOOK = {"planning": ~Q(state="signed"), "finance": Q(fiscal=True)}
"""Of the projects that are asked, those a book is asked of (`ProjectQuerySet.asked`)."""


def waiting(actor: Actor, today: dt.date) -> list[Waiting]:
    """What waits for this person among the books: one query for the office, two for those who fill books."""
    units = units_of(actor)
    if not (units or actor.holds("office")):
        return []
    rows = list(Reconciliation.objects.filter(government=actor.government_id, state="open"))
    found = []
    if actor.holds("office"):
        found += [Waiting(r, "close", 0) for r in rows if r.due < today]
    for row in rows if units else ():
        keeps = [b for b in ("planning", "finance") if getattr(row, f"{b}_unit_id") in units]
        asked = Project.objects.filter(government=actor.government_id).asked()
        only = OF_BOOK | {"owner": Q(unit__in=units)}
        counts = {book: Count("pk", only[book] & ~_said(row, book)) for book in ("owner", *keeps)}
        totals: dict[str, int] = asked.aggregate(**counts)
        found += [Waiting(row, book, n) for book, n in totals.items() if n]
    return found


def lacking(row: Reconciliation) -> tuple[dict[int, int], dict[str, int]]:
    """How many projects a fortnight still lacks: unit → in its own book; planning, finance → in theirs. Two queries."""
    asked = Project.objects.filter(government=row.government_id).asked().order_by()
    own = asked.filter(~_said(row, "owner")).values_list("unit").annotate(n=Count("pk"))
    keeps = {book: Count("pk", only & ~_said(row, book)) for book, only in OF_BOOK.items()}
    totals: dict[str, int] = asked.aggregate(**keeps)
    return {unit: n for unit, n in own if unit is not None}, totals


def _said(row: Reconciliation, book: str) -> Q:
    return Q(Exists(Entry.objects.filter(reconciliation=row, book=book, project=OuterRef("pk"))))
