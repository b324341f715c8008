"""What waits for a person in the rounds: to fill, returned, to sign, to collate, to accept, to answer; with the day, and
what happens if nothing is done. At most four queries, whatever waits.

A round is left behind when its day is over and a later one of its series (plan, action, rhythm) is open: what is still to be done
in two or more of these is one line (docs/decisions/0205). What was returned is a line a round, whenever it was: somebody waits for it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.complaint import COMPLAINT
from luoshi.core.flow.report import FILLABLE, REPORT
from luoshi.core.periods import Length, Period
from luoshi.reporting.models import Complaint, Report, ReportingRules, Round, Sheet

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
WORDS = {
    "fill": "没有报",
    "returned": "被退回没有改",
    "sign": "待签字",
    "collate": "责任单位的填报待汇总",
    "accept": "待审核",
}
"""How a round stands, said of several units or of several rounds at once."""
IF_NOT_LEFT = "补报记为迟报；不用补的，请政府办锁定，锁定后不再提醒。"
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

    `round` and `unit` say whose sheet it is where it is one; `programme` is the action of its round, "" for the whole plan. `series`
    is set on rounds left behind, in one line. What several units owe of one round (of one series) is `together` at `gathered`."""

    kind: str
    what: str
    count: int
    due: dt.date | None
    address: str
    reminded: int = 0
    round: int = 0
    unit: int | None = None
    programme: str = ""
    series: str = ""
    together: str = ""
    gathered: str = ""

    @property
    def late(self) -> bool:
        """Whether the day is over."""
        return self.due is not None and self.due < timezone.localdate()

    @property
    def if_not(self) -> str:
        """What happens if I do nothing."""
        return IF_NOT_LEFT if self.series and self.kind == "fill" else IF_NOT[self.kind]

    @property
    def button(self) -> str:
        """What to press."""
        return BUTTONS[self.kind]


Row = Mapping[str, Any]
ROUND = (
    "round__rhythm", "round__since", "round__until", "round__due", "round__programme__name", "round__plan", "round__programme",
)  # fmt: skip
"""What is read of a round to speak of it."""


def series_of(row: Row) -> str:
    """The series of a round: its plan, its action, its rhythm; from a row with the columns of ROUND."""
    return f"{row['round__plan']}-{row['round__programme'] or 0}-{row['round__rhythm']}"


def left_behind(rounds: Mapping[int, Row], day: dt.date) -> frozenset[int]:
    """Which of the open rounds (number → row) are left behind on a day."""
    latest: dict[str, dt.date] = {}
    for row in rounds.values():
        key = series_of(row)
        latest[key] = max(latest.get(key, row["round__since"]), row["round__since"])
    return frozenset(
        pk
        for pk, row in rounds.items()
        if row["round__due"] < day and row["round__since"] < latest[series_of(row)]
    )


class Pile(NamedTuple):
    """What is still to be done in rounds left behind of one series: `n` rounds to fill, or reports to handle, by a unit (None: an
    office), from the `first` round to the `last`."""

    kind: str
    n: int
    first: Row
    last: Row
    unit: int | None
    unit_name: str = ""


def waiting_reports(actor: Actor) -> list[Waiting]:
    """All that waits for this person, the nearest day first."""
    found = [*_to_answer(actor), *waiting_sheets(actor)]
    return sorted(found, key=lambda one: (one.due or dt.date.max, one.kind))


def waiting_sheets(actor: Actor) -> list[Waiting]:
    """What waits in the rounds themselves; three queries at most, one where no round is open."""
    live = live_of(actor, timezone.localdate()) if actor.holds(*HANDLERS) else None
    return [] if live is None else [*filling(actor, *live), *_to_handle(actor, *live)]


def live_of(actor: Actor, day: dt.date) -> tuple[QuerySet[Report], frozenset[int]] | None:
    """Reports that still move (of open rounds, or of sheets opened again) and the rounds left behind; None when nothing moves.
    The rounds are asked for first, so that years of closed ones cost nothing."""
    words = [name.removeprefix("round__") for name in ROUND]
    again = Exists(Sheet.objects.filter(round=OuterRef("pk"), reopened=True))
    asked = Round.objects.filter(Q(state="open") | again, government=actor.government_id).order_by()
    rounds, closed = {}, []
    for row in asked.values("pk", "state", *words):
        if row["state"] == "open":
            rounds[row["pk"]] = {f"round__{name}": row[name] for name in words}
        else:
            closed.append(row["pk"])
    if not rounds and not closed:
        return None
    moving = Q(round__in=list(rounds))
    if closed:
        moving |= Q(round__in=closed, sheet__reopened=True)
    behind = left_behind(rounds, day)
    return Report.objects.visible_to(actor).filter(moving).order_by(), behind


def filling(
    actor: Actor, live: QuerySet[Report], behind: frozenset[int], units: Iterable[int] | None = None
) -> Iterator[Waiting]:
    """The own sheets (those of `units` only, where given) with something to fill or to mend; one query."""
    if not actor.holds(*REPORT.moves["fill"].posts) or actor.unit_id is None:
        return
    whose = (actor.unit_id, *actor.below) if units is None else tuple(units)
    rows: Any = (
        live.filter(unit__in=whose, state__in=FILLABLE)
        .values("round", "unit", "unit__full_name", "sheet__reminded", *ROUND)
        .annotate(draft=Count("pk", filter=Q(state="draft")), back=Count("pk", filter=Q(state="returned")))
    )
    yield from to_fill(actor, rows, behind)


def to_fill(actor: Actor, rows: Iterable[Row], behind: frozenset[int] = frozenset()) -> Iterator[Waiting]:
    """Sheets in lines, from rows {round, unit, unit__full_name, sheet__reminded, ROUND…, draft, back} of the actor's units."""
    left: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        if row["back"]:
            yield _sheet_line(actor, "returned", row, row["back"])
        if row["draft"] and row["round"] in behind:
            left.setdefault((row["unit"], series_of(row)), []).append(row)
        elif row["draft"]:
            yield _sheet_line(actor, "fill", row, row["draft"])
    for found in left.values():
        if len(found) == 1:
            yield _sheet_line(actor, "fill", found[0], found[0]["draft"])
            continue
        first, last = _ends(found)
        yield pile_line(actor, Pile("fill", len(found), first, last, first["unit"], first["unit__full_name"]))


def _ends(rows: Iterable[Row]) -> tuple[Row, Row]:
    ordered = sorted(rows, key=lambda row: row["round__since"])
    return ordered[0], ordered[-1]


def _sheet_line(actor: Actor, kind: str, row: Row, n: int) -> Waiting:
    whose = "" if row["unit"] == actor.unit_id else f"{row['unit__full_name']}："
    address = _sheet(get_script_prefix(), row["round"], row["unit"])
    word = "被退回待修改" if kind == "returned" else "待填报"
    what = f"{whose}{_label(row)}填报，{n}项{word}"
    sheet = (row["round"], row["unit"], row["round__programme__name"] or "")
    said = _gathered(kind, row)
    return Waiting(kind, what, n, row["round__due"], address, row["sheet__reminded"], *sheet, "", *said)


def _gathered(kind: str, row: Row) -> tuple[str, str]:
    """What a line of one round is called for several units, and where all of them are shown."""
    return f"{_label(row)}填报{WORDS[kind]}", _round(get_script_prefix(), row["round"])


def pile_line(actor: Actor, pile: Pile) -> Waiting:
    """Rounds left behind, in one line; its day is the one of the first."""
    whose = "" if pile.unit in (actor.unit_id, None) else f"{pile.unit_name}："
    first, last = _label(pile.first), _label(pile.last)
    what = f"{whose}{first}至{last}各轮填报，{pile.n}项{WORDS[pile.kind]}"
    if pile.kind == "fill":
        what = f"{whose}还有{pile.n}轮填报没有报，最早的是{first}"
    address = f"{reverse('reporting:index')}?left={pile.kind}"
    together = f"每{pile.first['round__rhythm']}填报，以前的轮次{WORDS[pile.kind]}"
    return Waiting(
        pile.kind, what, pile.n, pile.first["round__due"], address, 0, 0, pile.unit, pile.first["round__programme__name"] or "",
        series_of(pile.first), together, address,
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _sheet(prefix: str, round: int, unit: int) -> str:
    """The address of a sheet, under where this server lives: a tick asks for thousands, and for the same ones every day."""
    return reverse("reporting:sheet", args=[round, unit])


@lru_cache(maxsize=1 << 10)
def _round(prefix: str, round: int) -> str:
    return reverse("reporting:round", args=[round])


def _label(row: Row) -> str:
    return _words(row["round__since"], row["round__until"], row["round__rhythm"])


@lru_cache(maxsize=1 << 10)
def _words(since: dt.date, until: dt.date, rhythm: Length) -> str:
    """What a period is called; the same few for all sheets."""
    return Period(since, until, rhythm).label


def _to_handle(actor: Actor, live: QuerySet[Report], behind: frozenset[int]) -> Iterator[Waiting]:
    """What others sent and this person signs, collates or accepts; one query for all three."""
    office = actor.holds(*REPORT.moves["accept"].posts)
    lead = actor.holds(*REPORT.moves["collate"].posts) and actor.unit_id is not None
    if not (office or lead):
        return
    wanted = handled_by(actor)
    none = Q(pk__in=[])
    rows: Any = (
        live.filter(state__in=WAITING)
        .values("round", *ROUND)
        .annotate(**{kind: Count("pk", filter=wanted.get(kind, none)) for kind in HANDLED})
    )
    yield from to_handle(actor, rows, behind)


HANDLED = ("accept", "collate", "sign")


def handled_by(actor: Actor) -> dict[str, Q]:
    """Which reports the actor accepts, collates, signs; without those that they never do."""
    found = {}
    if actor.holds(*REPORT.moves["accept"].posts):
        found["accept"] = Q(state__in=WAITING)
    if actor.holds(*REPORT.moves["collate"].posts) and actor.unit_id is not None:
        found["collate"] = Q(lead_unit=actor.unit_id, state__in=("submitted", "signed")) & ~Q(
            unit=actor.unit_id
        )
    if actor.holds("head"):
        signs = ReportingRules.objects.filter(government=actor.government_id, head_signs=True)
        found["sign"] = Q(Exists(signs), state="submitted", unit=actor.unit_id)
    return found


def to_handle(actor: Actor, rows: Iterable[Row], behind: frozenset[int] = frozenset()) -> Iterator[Waiting]:
    """What is to be handled in lines, from rows {round, ROUND…, accept, collate, sign} a round."""
    left: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for kind in HANDLED:
            if row[kind] and row["round"] in behind:
                left.setdefault((kind, series_of(row)), []).append(row)
            elif row[kind]:
                yield _round_line(actor, kind, row)
    for (kind, _), found in left.items():
        if len(found) == 1:
            yield _round_line(actor, kind, found[0])
            continue
        first, last = _ends(found)
        unit = None if kind == "accept" else actor.unit_id
        yield pile_line(actor, Pile(kind, sum(row[kind] for row in found), first, last, unit))


def _round_line(actor: Actor, kind: str, row: Row) -> Waiting:
    places = {
        "accept": ("reporting:review", [row["round"]]),
        "collate": ("reporting:collate", [row["round"]]),
        "sign": ("reporting:sheet", [row["round"], actor.unit_id or 0]),
    }
    name, arguments = places[kind]
    unit, n = None if kind == "accept" else actor.unit_id, row[kind]
    about = (row["round"], unit, row["round__programme__name"] or "")
    what, address = f"{_label(row)}填报，{n}项{WORDS[kind]}", reverse(name, args=arguments)
    return Waiting(kind, what, n, row["round__due"], address, 0, *about, "", *_gathered(kind, row))


def complaints(actor: Actor) -> QuerySet[Complaint]:
    """Complaints that wait for this person's answer."""
    if not actor.holds(*COMPLAINT.moves["answer"].posts):
        return Complaint.objects.none()
    return Complaint.objects.visible_to(actor).filter(state="open")


def _to_answer(actor: Actor) -> Iterator[Waiting]:
    """Complaints that nobody has answered."""
    if n := complaints(actor).count():
        yield Waiting("answer", f"{n}条减负意见待答复", n, None, reverse("reporting:burden"))
