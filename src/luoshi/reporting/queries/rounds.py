"""Rounds as the pages show them: the list, and one round unit by unit: who is silent, who has sent, who was late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import FILLABLE, REPORT, SENT, SPARED, UNIT
from luoshi.org.models import Unit
from luoshi.reporting.models import Report, Round, Sheet
from luoshi.reporting.queries.waiting import handled_by

WAITING = ("submitted", "signed", "collated")
STANDS = {
    "silent": "未报",
    "part": "未报全",
    "returned": "退回待改",
    "sent": "待审核",
    "accepted": "已采用",
    "spared": "不用报",
}
"""How a unit stands in a round, worst first."""

TALLY = {
    "total": Count("pk", filter=~Q(state=SPARED)),
    "given": Count("pk", filter=Q(state__in=SENT)),
    "waiting": Count("pk", filter=Q(state__in=WAITING)),
    "accepted": Count("pk", filter=Q(state="accepted")),
    "returned": Count("pk", filter=Q(state="returned")),
    "late": Count("pk", filter=Q(late=True)),
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a round."""

    unit: Unit
    sheet: Sheet
    total: int
    given: int
    waiting: int
    accepted: int
    returned: int
    late: int

    @property
    def stands(self) -> str:
        """A key of STANDS."""
        if not self.total:
            return SPARED
        if self.returned:
            return "returned"
        if self.given < self.total:
            return "part" if self.given else "silent"
        return "sent" if self.waiting else "accepted"

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return STANDS[self.stands]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round of the list, with the counts of the reports that the actor may see."""

    round: Round
    counts: dict[str, int]


def rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds the actor may see, the latest period first."""
    return Round.objects.visible_to(actor).select_related("plan", "programme").order_by("-until", "-pk")


LEFT = {
    "fill": "还没有报全的各轮",
    "sign": "有填报待签字的各轮",
    "collate": "有责任单位的填报待汇总的各轮",
    "accept": "有填报待审核的各轮",
}
"""What can be left to do in open rounds, and what a list of these is called."""


def left(actor: Actor, kind: str) -> QuerySet[Round]:
    """The open rounds in which something is left to do (a key of LEFT), for the actor or, of what is to be filled, for anybody
    whose reports they see; the earliest first."""
    if kind == "fill":
        wanted: Q | None = Q(state="draft")
        if actor.holds(*UNIT) and not actor.holds(*REPORT.moves["accept"].posts):
            wanted = Q(state="draft", unit__in=[unit for unit in (actor.unit_id, *actor.below) if unit])
    else:
        wanted = handled_by(actor).get(kind)
    if wanted is None:
        return Round.objects.none()
    waiting = Report.objects.visible_to(actor).filter(wanted, round=OuterRef("pk"))
    return rounds(actor).filter(Exists(waiting), state="open").order_by("since", "pk")


def tallied(page: Sequence[Round], actor: Actor) -> list[RoundLine]:
    """The rounds of one page with their counts, in one query."""
    seen = Report.objects.visible_to(actor).filter(round__in=[one.pk for one in page])
    counts = _tally(seen, "round")
    return [RoundLine(one, counts.get(one.pk, dict.fromkeys(TALLY, 0))) for one in page]


def _tally(reports: QuerySet[Report], by: str) -> dict[int, dict[str, int]]:
    """The counts of TALLY for every value of a column, in one query."""
    rows: list[dict[str, Any]] = list(reports.order_by().values(by).annotate(**TALLY))
    return {row[by]: {name: row[name] for name in TALLY} for row in rows}


def unit_lines(round: Round, actor: Actor) -> list[UnitLine]:
    """Every unit of a round that the actor may see, those who owe most first, in two queries."""
    counts = _tally(Report.objects.visible_to(actor).filter(round=round), "unit")
    sheets = Sheet.objects.filter(round=round, unit__in=counts).select_related("unit")
    lines = [UnitLine(sheet.unit, sheet, **counts[sheet.unit_id]) for sheet in sheets]
    weight = list(STANDS)
    return sorted(lines, key=lambda line: (weight.index(line.stands), line.unit.rank, line.unit.pk))


def summary(lines: Sequence[UnitLine]) -> dict[str, int]:
    """How many units stand how, and the reports in sum."""
    stands = [line.stands for line in lines]
    return {
        **{key: stands.count(key) for key in STANDS},
        "units": len(lines),
        "reports": sum(line.total for line in lines),
        "given_reports": sum(line.given for line in lines),
        "waiting_reports": sum(line.waiting for line in lines),
        "late_units": sum(bool(line.late) for line in lines),
    }


def owing(round: Round) -> QuerySet[Report]:
    """What units have still to send."""
    return Report.objects.filter(round=round, state__in=FILLABLE)
