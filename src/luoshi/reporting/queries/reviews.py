"""What the office accepts or returns, and what a lead unit collates: exceptions first, the rest in one press."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.report import REPORT
from luoshi.reporting.models import Figure, Report, Round
from luoshi.reporting.queries.sheets import (
    Line,
    before_of,
    head_signs,
    line_of,
    with_last,
    with_last_value,
    with_tasks,
)

WAITING = ("submitted", "signed", "collated")
TO_COLLATE = ("submitted", "signed")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A row to be looked at: why it stands out (nothing for the rest)."""

    line: Line
    reasons: tuple[str, ...]

    @property
    def stands_out(self) -> bool:
        """Whether it should be read before it is taken."""
        return bool(self.reasons)


def waiting(round: Round, actor: Actor) -> QuerySet[Report]:
    """What waits for the office in a round, what stands out first: for the reasons that `_reasons` says in words."""
    odd = Figure.objects.filter(report=OuterRef("pk")).filter(
        Q(sure=True, report__unchanged=False) | Q(value__isnull=True)
    )
    told = Q(odd_one=True) | Q(late=True) | ~Q(cause="") | ~Q(blocker="") | Q(last_percent__gt=F("percent"))
    out = Case(When(told, then=Value(True)), default=Value(False), output_field=BooleanField())
    seen = Report.objects.visible_to(actor).filter(round=round, state__in=WAITING)
    annotated = seen.annotate(odd_one=Exists(odd), last_percent=Subquery(before_of().values("percent")[:1]))
    return annotated.annotate(out=out).order_by("-out", "order", "unit_id", "pk")


def plain_ones(queue: QuerySet[Report]) -> QuerySet[Report]:
    """Those of `waiting` that do not stand out."""
    return queue.filter(out=False)  # type: ignore[misc]  # annotated above


def to_collate(round: Round, actor: Actor) -> QuerySet[Report]:
    """What other units sent on tasks that the actor's unit leads."""
    seen = Report.objects.visible_to(actor).filter(round=round, lead_unit=actor.unit_id, state__in=TO_COLLATE)
    return seen.exclude(unit=actor.unit_id).order_by("order", "unit_id", "pk")


def weighed(page: Sequence[Report], actor: Actor) -> list[Weighed]:
    """The rows of one page, all of one round, in the order of the page, in four queries."""
    keys = [report.pk for report in page]
    found = {r.pk: r for r in with_last(with_tasks(Report.objects.filter(pk__in=keys)))}
    until = page[0].until if page else timezone.localdate()
    figures = with_last_value(Figure.objects.filter(report__in=keys), until).select_related("indicator")
    own: dict[int, list[Figure]] = {}
    for figure in figures:
        own.setdefault(figure.report_id, []).append(figure)
    lasts = Report.objects.in_bulk(
        [r.last_id for r in found.values() if r.last_id]  # type: ignore[attr-defined]
    )
    signs = head_signs(actor.government_id)
    rows = []
    for pk in keys:
        report = found[pk]
        report.head_signs = signs
        last = lasts.get(report.last_id)  # type: ignore[attr-defined]
        line = line_of(report, own.get(pk, []), [], last, actor)
        rows.append(Weighed(line, tuple(_reasons(line))))
    return rows


def _reasons(line: Line) -> list[str]:
    report = line.report
    back = line.last is not None and (report.percent or 0) < (line.last.percent or 0)
    told = [
        (any(cell.figure.sure for cell in line.cells) and not report.unchanged, "数字异常、单位已确认"),
        (any(cell.figure.value is None for cell in line.cells), "有指标没有数"),
        (back and report.percent is not None, "进度倒退"),
        (report.cause or report.blocker, "有问题要协调"),
        (report.late, "迟报"),
    ]
    return [word for yes, word in told if yes]


def judged(reports: Sequence[Report], verb: str, actor: Actor) -> list[Report]:
    """Those to which the table lets this person do it now."""
    return [report for report in reports if isinstance(REPORT.judge(report, verb, actor, "-"), Move)]


def chosen(reports: QuerySet[Report], keys: Sequence[int] | None, actor: Actor) -> list[Report]:
    """Reports by key (all when None) with what judging them needs."""
    rows = reports if keys is None else reports.filter(pk__in=keys)
    found = list(rows.select_related("round", "sheet", "unit", "task__action"))
    signs = head_signs(actor.government_id)
    for report in found:
        report.head_signs = signs
    return found
