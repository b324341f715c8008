"""What waits for a person in the rounds: to fill, returned, to sign, to collate, to accept, to answer; with the day, and
what happens if nothing is done. At most six queries, whatever waits."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.complaint import COMPLAINT
from luoshi.core.flow.report import FILLABLE, REPORT
from luoshi.core.periods import Period
from luoshi.reporting.models import Complaint, Report, Round, Sheet
from luoshi.reporting.queries.sheets import head_signs

WAITING = ("submitted", "signed", "collated")
HANDLERS = (*REPORT.moves["fill"].posts, *REPORT.moves["accept"].posts)
"""Posts for whom something can wait."""
IF_NOT = {
    "fill": "到期不报，催报并记为未报；逾期补报记为迟报，不影响采用。",
    "returned": "不改好重报，这些项按未报计。",
    "sign": "没有签字，不能汇总和采用。",
    "collate": "不汇总，政府办仍可直接采用，但少了牵头单位把关。",
    "accept": "不审核，这一轮不能锁定，通报里没有这些进展。",
    "answer": "不答复，提意见的单位看到的一直是“待答复”。",
}
BUTTONS = {
    "fill": "去填报",
    "returned": "去修改",
    "sign": "去签字",
    "collate": "去汇总",
    "accept": "去审核",
    "answer": "去答复",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of 待我办: `what` waits, how many, until when (None: no day set), where to go, and what otherwise happens.

    `round` and `unit` say whose sheet it is where it is one; `programme` is the action of its round, "" for the whole plan."""

    kind: str
    what: str
    count: int
    due: dt.date | None
    address: str
    reminded: int = 0
    round: int = 0
    unit: int | None = None
    programme: str = ""

    @property
    def late(self) -> bool:
        """Whether the day is over."""
        return self.due is not None and self.due < timezone.localdate()

    @property
    def if_not(self) -> str:
        """What happens if I do nothing."""
        return IF_NOT[self.kind]

    @property
    def button(self) -> str:
        """What to press."""
        return BUTTONS[self.kind]


def waiting_reports(actor: Actor) -> list[Waiting]:
    """All that waits for this person, the nearest day first."""
    live = _live(actor) if actor.holds(*HANDLERS) else None
    found = [*_to_answer(actor)]
    if live is not None:
        found += [*_to_fill(actor, live), *_to_handle(actor, live)]
    return sorted(found, key=lambda one: (one.due or dt.date.max, one.kind))


def _live(actor: Actor) -> QuerySet[Report] | None:
    """Reports that still move: of open rounds, or of sheets opened again; None when nothing does. The rounds are asked
    for first, so that years of closed ones cost nothing."""
    place = {"round__government": actor.government_id}
    opened = Round.objects.filter(government=actor.government_id, state="open").values_list("pk", "pk")
    again = Sheet.objects.filter(**place, reopened=True).values_list("round", "pk")
    rounds = [pk for pk, _ in opened]
    sheets = list(again)
    if not rounds and not sheets:
        return None
    moving = Q(round__in=rounds)
    if sheets:
        moving |= Q(round__in={pk for pk, _ in sheets}, sheet__in=[pk for _, pk in sheets])
    return Report.objects.visible_to(actor).filter(moving).order_by()


def _to_fill(actor: Actor, live: QuerySet[Report]) -> Iterator[Waiting]:
    """The own sheets with something to fill or to mend."""
    if not actor.holds(*REPORT.moves["fill"].posts) or actor.unit_id is None:
        return
    units = (actor.unit_id, *actor.below)
    rows: Any = (
        live.filter(unit__in=units, state__in=FILLABLE)
        .values("round", "unit", "unit__full_name", "sheet__reminded", *ROUND)
        .annotate(draft=Count("pk", filter=Q(state="draft")), back=Count("pk", filter=Q(state="returned")))
    )
    yield from to_fill(actor, rows)


def to_fill(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> Iterator[Waiting]:
    """Sheets in lines, from rows {round, unit, unit__full_name, sheet__reminded, ROUND…, draft, back} of the actor's units."""
    for row in rows:
        whose = "" if row["unit"] == actor.unit_id else f"{row['unit__full_name']}："
        address = _sheet(get_script_prefix(), row["round"], row["unit"])
        for kind, n in (("returned", row["back"]), ("fill", row["draft"])):
            if n:
                word = "被退回待修改" if kind == "returned" else "待填报"
                what = f"{whose}{_label(row)}填报，{n}项{word}"
                sheet = (row["round"], row["unit"], row["round__programme__name"] or "")
                yield Waiting(kind, what, n, row["round__due"], address, row["sheet__reminded"], *sheet)


@lru_cache(maxsize=1 << 14)
def _sheet(prefix: str, round: int, unit: int) -> str:
    """The address of a sheet, under where this server lives: a tick asks for thousands, and for the same ones every day."""
    return reverse("reporting:sheet", args=[round, unit])


ROUND = ("round__rhythm", "round__since", "round__until", "round__due", "round__programme__name")


def _label(row: Mapping[str, Any]) -> str:
    return Period(row["round__since"], row["round__until"], row["round__rhythm"]).label


def _to_handle(actor: Actor, live: QuerySet[Report]) -> Iterator[Waiting]:
    """What others sent and this person signs, collates or accepts; one query for all three."""
    office = actor.holds(*REPORT.moves["accept"].posts)
    lead = actor.holds(*REPORT.moves["collate"].posts) and actor.unit_id is not None
    signs = actor.holds("head") and head_signs(actor.government_id)
    if not (office or lead):
        return
    none = Q(pk__in=[])
    others = Q(lead_unit=actor.unit_id, state__in=("submitted", "signed")) & ~Q(unit=actor.unit_id)
    conditions = {
        "accept": Q(state__in=WAITING) if office else none,
        "collate": others if lead else none,
        "sign": Q(state="submitted", unit=actor.unit_id) if signs else none,
    }
    rows: Any = (
        live.filter(state__in=WAITING)
        .values("round", *ROUND)
        .annotate(**{kind: Count("pk", filter=about) for kind, about in conditions.items()})
    )
    yield from to_handle(actor, rows)


def to_handle(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> Iterator[Waiting]:
    """What is to be handled in lines, from rows {round, ROUND…, accept, collate, sign} a round."""
    words = {"accept": "待审核", "collate": "责任单位的填报待汇总", "sign": "待签字"}
    for row in rows:
        places = {
            "accept": reverse("reporting:review", args=[row["round"]]),
            "collate": reverse("reporting:collate", args=[row["round"]]),
            "sign": reverse("reporting:sheet", args=[row["round"], actor.unit_id or 0]),
        }
        for kind, word in words.items():
            if n := row[kind]:
                unit = None if kind == "accept" else actor.unit_id
                what = f"{_label(row)}填报，{n}项{word}"
                about = (row["round"], unit, row["round__programme__name"] or "")
                yield Waiting(kind, what, n, row["round__due"], places[kind], 0, *about)


def _to_answer(actor: Actor) -> Iterator[Waiting]:
    """Complaints that nobody has answered."""
    if actor.holds(*COMPLAINT.moves["answer"].posts):
        n = Complaint.objects.visible_to(actor).filter(state="open").count()
        if n:
            yield Waiting("answer", f"{n}条减负意见待答复", n, None, reverse("reporting:burden"))
