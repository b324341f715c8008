"""One unit's sheet in one round: every row with its last values, its questions, and what may be done, in a constant
number of queries."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Denial, Move
from luoshi.core.flow.report import FILLABLE, REPORT, SENT, SPARED
from luoshi.core.progress.figures import Figure as Odd
from luoshi.core.progress.figures import Question, questions
from luoshi.ledger.models import Milestone
from luoshi.ledger.queries.promises import promise_key
from luoshi.reporting.content import Content, carried, of_figure, of_report, stored
from luoshi.reporting.models import Figure, Report, ReportingRules, Round

LOWER = ("decrease", "zero")


class Cell(NamedTuple):
    """A figure on the sheet: the fields as shown, the last value, what is odd about the present one."""

    figure: Figure
    shown: dict[str, str]
    last: Decimal | None
    questions: tuple[Question, ...]
    errors: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether it has neither a number nor a reason why there is none."""
        return not (self.shown["value"] or self.shown["absent"])

    @property
    def unanswered(self) -> bool:
        """Whether something about it is still to be confirmed."""
        return bool(self.questions) and not self.shown["sure"]


@dataclass
class Line:
    """One row of the sheet. `shown` is what its fields hold: the stored words, or the last ones while it is untouched;
    `seen` its digest, by which a row that nobody touched is known."""

    report: Report
    shown: Content
    cells: list[Cell]
    served: list[Figure]
    last: Report | None
    denial: Denial | None
    seen: str = ""
    unready: str = ""
    wrong: list[str] = field(default_factory=list)
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    notice: str = ""

    @property
    def fresh(self) -> bool:
        """Whether it waits to be filled in."""
        return self.report.state == "draft" and self.report.filled_at is None

    @property
    def words(self) -> dict[str, str]:
        """The fields of the report."""
        return self.shown.words

    @property
    def may_repeat(self) -> bool:
        """Whether there is something to take over unchanged."""
        return (self.last is not None or bool(self.cells)) and all(
            cell.last is not None for cell in self.cells
        )

    @property
    def milestones(self) -> list[Milestone]:
        """The milestones that this unit does, those dropped left out (read from the prefetched ones)."""
        report = self.report
        return [
            one
            for one in report.task.milestones.all()
            if one.state != "dropped" and (one.unit_id or report.lead_unit_id) == report.unit_id
        ]

    @property
    def open(self) -> bool:
        """Whether the fields may be changed by the person who looks."""
        return self.denial is None


def head_signs(government_id: int) -> bool:
    """Whether this government wants the head's signature."""
    rules = ReportingRules.objects.filter(government=government_id).values_list("head_signs", flat=True)
    return bool(rules.first())


def with_tasks(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Reports with all that judging and showing one needs."""
    return reports.select_related("round", "sheet", "unit", "lead_unit", "task__action")


def before_of() -> QuerySet[Report]:
    """For a subquery: what the same unit gave on the same task, for no later period, the latest first."""
    same = {"unit": OuterRef("unit"), "task": OuterRef("task"), "until__lte": OuterRef("until")}
    return Report.objects.given().filter(**same).exclude(pk=OuterRef("pk")).order_by("-until", "-pk")


def with_last(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Each with `last_id`: the latest one given before it."""
    return reports.annotate(last_id=Subquery(before_of().values("pk")[:1]))


def with_last_value(figures: QuerySet[Figure], until: dt.date) -> QuerySet[Figure]:
    """Figures of one period that ends on `until`, each with `last_value` and `last_source`: the latest one given before it in the same year, on the same basis."""
    before = (
        Figure.objects.given()
        .filter(
            indicator=OuterRef("indicator"),
            unit=OuterRef("unit"),
            basis=OuterRef("basis"),
            since__range=(
                until.replace(month=1, day=1),
                until,
            ),  # of the unique index, however long the history
            until__lt=OuterRef("until"),
        )
        .order_by("-until")
    )
    return figures.annotate(
        last_value=Subquery(before.values("value")[:1]), last_source=Subquery(before.values("source")[:1])
    )


def lines_of(reports: QuerySet[Report], actor: Actor, signs: bool) -> list[Line]:
    """The rows of a sheet (reports of one unit in one round), in the order of the plan, in five queries."""
    found = list(
        with_last(with_tasks(reports))
        .prefetch_related("evidence", "task__milestones", "task__indicators")
        .order_by("order", "pk")
    )
    if not found:
        return []
    figures = list(_figures(found))
    lasts = Report.objects.in_bulk([r.last_id for r in found if r.last_id])  # type: ignore[attr-defined]
    lines = []
    for report in found:
        report.head_signs = signs
        own = [f for f in figures if f.report_id == report.pk]
        served = _served(report, figures, own)
        last = lasts.get(report.last_id)  # type: ignore[attr-defined]
        lines.append(line_of(report, own, served, last, actor))
    return lines


def _served(report: Report, figures: Iterable[Figure], own: Sequence[Figure]) -> list[Figure]:
    """The figures given elsewhere for what this task promises: the same indicator in another round, the same promise in
    another task."""
    if not report.leads:
        return []
    asked = {promise_key(figure.indicator) for figure in own}
    wanted = {promise_key(row) for row in report.task.indicators.all()} - asked
    return [figure for figure in figures if promise_key(figure.indicator) in wanted]


def _figures(reports: Sequence[Report]) -> QuerySet[Figure]:
    """What these reports are asked, and what was asked of the same unit for the same days elsewhere."""
    first = reports[0]
    figures = Figure.objects.filter(
        unit=first.unit_id,
        since__in=(first.until.replace(month=1, day=1), first.round.since),
        until=first.until,
        indicator__task__in=[report.task_id for report in reports],
    )
    return with_last_value(figures, first.until).select_related("indicator", "report__round")


def line_of(
    report: Report, own: Iterable[Figure], served: list[Figure], last: Report | None, actor: Actor
) -> Line:
    """A row from its parts. Sets what stands in the way of sending on the report."""
    words = of_report(report)
    touched = report.filled_at is not None
    if not touched and last is not None:
        words |= {name: text for name, text in of_report(last).items() if name != "done"}
    cells = [cell_of(figure, touched) for figure in own]
    shown = Content(words, {cell.figure.pk: cell.shown for cell in cells})
    verdict = REPORT.judge(report, "fill", actor)
    denial = verdict if isinstance(verdict, Denial) else None
    line = Line(report, shown, cells, served, last, denial, shown.digest)
    weigh(line)
    return line


def cell_of(figure: Figure, touched: bool) -> Cell:
    """A figure as shown; untouched ones show the last value."""
    last = getattr(figure, "last_value", None)
    shown = of_figure(figure) if touched else carried(figure, last, getattr(figure, "last_source", None))
    return Cell(figure, shown, last, odd(figure, last) if touched else ())


def odd(figure: Figure, last: Decimal | None) -> tuple[Question, ...]:
    """What is to be asked about a stored figure."""
    if figure.value is None:
        return ()
    indicator = figure.indicator
    return questions(
        Odd(
            figure.value,
            indicator.unit,
            indicator.kind,
            "period" if figure.basis == "period" else "cumulative",
            last,
            indicator.value,
            indicator.op in ("<", "<=") or indicator.kind in LOWER,
        )
    )


def weigh(line: Line) -> None:
    """Set what stands in the way of sending this row, and say it in one sentence."""
    report = line.report
    report.missing = sum(cell.missing for cell in line.cells)
    report.unanswered = sum(cell.unanswered for cell in line.cells)
    needs = REPORT.moves["submit"].needs
    if report.state in FILLABLE:
        line.unready = next(
            (need.sentence.format(n=n) for need in needs if (n := getattr(report, need.count))), ""
        )


def sheet_reports(round: Round, unit_id: int, actor: Actor) -> QuerySet[Report]:
    """The reports of one unit in one round that the actor may see."""
    return Report.objects.visible_to(actor).filter(round=round, unit=unit_id)


def may(report: Report, verb: str, actor: Actor) -> bool:
    """Whether the table lets this person do it now (a reason, where one is wanted, comes with the form)."""
    return isinstance(REPORT.judge(report, verb, actor, "-"), Move)


def fresh_content(report: Report) -> tuple[Content, list[Figure]]:
    """The row as it is in the database now, with its own figures."""
    figures = list(with_last_value(report.figures.all(), report.until).select_related("indicator"))
    return stored(report, figures), figures


def shares(lines: Sequence[Line]) -> Mapping[str, int]:
    """How far the sheet is: rows by state, and how many wait to be filled."""
    owed = sum(line.report.state != SPARED for line in lines)
    count: dict[str, int] = {"total": owed, "fresh": sum(line.fresh for line in lines)}
    for line in lines:
        count[line.report.state] = count.get(line.report.state, 0) + 1
    count["given"] = sum(count.get(state, 0) for state in SENT)
    return count
