"""What waits for everybody at once of the rounds: sheets to fill, what is returned, to sign, to collate, to accept. The same as
`reporting.queries.waiting` says for one person, in a fixed number of queries, however many rounds lie open: rounds left behind are
added up in the database."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import FILLABLE, REPORT
from luoshi.org.models import Unit
from luoshi.reminders.waiting import Line, report_line
from luoshi.reporting.models import Report, Round, Sheet
from luoshi.reporting.queries import waiting as reporting
from luoshi.reporting.queries.sheets import head_signs
from luoshi.reporting.queries.waiting import HANDLED, WAITING, Pile, series_of

Row = dict[str, Any]
SEEN, SHARED = REPORT.moves["see"], REPORT.moves["see_shared"]
FILLS, ACCEPTS, COLLATES = REPORT.moves["fill"], REPORT.moves["accept"], REPORT.moves["collate"]
FREE = tuple(slug for slug in SEEN.posts if slug not in SEEN.bound)
SIGHTED = ("unit", "task__action__name")
WORDS = ("round", "sheet__reminded", *SIGHTED)
SERIES = ("round__plan", "round__programme", "round__rhythm")
ROUND = tuple(word.removeprefix("round__") for word in reporting.ROUND)
Sight = tuple[int, str, str, int | None]
"""What it depends on who sees a report: its unit, state, action and lead unit."""


@dataclass
class Asked:
    """Everything of the rounds of a government that may wait for somebody: reports counted by what tells their handlers apart.

    words       round → its words as rows of reporting have them; `starts`: series and first day → round
    fillable    unit → what is to be filled, by who sees it
    piles       unit → the rounds left behind in which it has not reported, where there are two of a series or more
    rows        what others handle, also by unit and by lead; those of rounds left behind by series, from a `first` to a `last` day
    filled      sheets of a unit in lines, for those who see the same of it
    """

    day: dt.date
    head_signs: bool = False
    words: dict[int, Row] = field(default_factory=dict)
    starts: dict[tuple[str, dt.date], int] = field(default_factory=dict)
    behind: frozenset[int] = frozenset()
    names: dict[int, str] = field(default_factory=dict)
    fillable: dict[int, dict[Sight, list[Row]]] = field(default_factory=lambda: defaultdict(dict))
    piles: dict[int, list[Pile]] = field(default_factory=lambda: defaultdict(list))
    rows: list[Row] = field(default_factory=list)
    by_unit: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_lead: dict[int | None, list[Row]] = field(default_factory=lambda: defaultdict(list))
    accepted: list[Line] | None = None
    filled: dict[tuple[bool, frozenset[Sight]], list[Line]] = field(default_factory=dict)

    def began(self, row: Row, end: str) -> Row:
        """The words of the round of a series that begins on a day (`first` or `last`) of a row."""
        return self.words[self.starts[series_of(row), row[end]]]


def asked(government_id: int, day: dt.date) -> Asked:
    """Ask the tables once."""
    found = Asked(day)
    again = dict(Sheet.objects.filter(round__government=government_id, reopened=True).values_list("pk", "round"))  # fmt: skip
    rounds = Round.objects.filter(Q(state="open") | Q(pk__in=set(again.values())), government=government_id)
    opened = {}
    for row in rounds.order_by().values("pk", "state", *ROUND):
        words = {f"round__{word}": row[word] for word in ROUND}
        found.words[row["pk"]] = words
        found.starts[series_of(words), words["round__since"]] = row["pk"]
        if row["state"] == "open":
            opened[row["pk"]] = words
    if not found.words:
        return found
    found.head_signs = head_signs(government_id)
    found.names = dict(Unit.objects.filter(government=government_id).values_list("pk", "full_name"))
    found.behind = reporting.left_behind(opened, day)
    alone = _piles(found) if found.behind else set()
    closed = [sheet for sheet, pk in again.items() if pk not in opened]
    _reports(found, [pk for pk in opened if pk not in found.behind], closed, alone)
    return found


def _piles(found: Asked) -> set[tuple[int, int]]:
    """Put down who has not reported in how many rounds left behind; (round, unit) where it is one round of a series alone."""
    owed = Report.objects.filter(sheet=OuterRef("pk"), state="draft")
    rows = Sheet.objects.filter(Exists(owed), round__in=found.behind).order_by().values("unit", *SERIES)
    alone = set()
    for row in rows.annotate(n=Count("pk"), first=Min("round__since"), last=Max("round__since")):
        unit = row["unit"]
        if row["n"] == 1:
            alone.add((found.starts[series_of(row), row["first"]], unit))
            continue
        first, last = found.began(row, "first"), found.began(row, "last")
        found.piles[unit].append(Pile("fill", row["n"], first, last, unit, found.names.get(unit, "")))
    return alone


def _reports(found: Asked, current: list[int], again: list[int], alone: set[tuple[int, int]]) -> None:
    """Put down the reports that wait, of the rounds that are current and of sheets opened again one by one."""
    mine = Report.objects.order_by()
    here, by_state = Q(round__in=current), (*WORDS, "state", "lead_unit")
    if again:
        here |= Q(sheet__in=again)
    single = Q(round__in={pk for pk, _ in alone}, unit__in={unit for _, unit in alone})
    drafts = mine.filter(here | single if alone else here, state="draft").values(*WORDS)
    for row in drafts.annotate(n=Count("pk")):  # whose lead is nobody's matter yet, and there are many
        if row["round"] not in found.behind or (row["round"], row["unit"]) in alone:
            _keep(found, {**row, "state": "draft", "lead_unit": None})
    sent = mine.filter(here, state__in=("returned", *WAITING)).values(*by_state)
    for row in sent.annotate(n=Count("pk")):
        _keep(found, row)
    if not found.behind:
        return
    back = mine.filter(round__in=found.behind, state="returned").values(*by_state)
    for row in back.annotate(n=Count("pk")):
        _keep(found, row)
    piled = mine.filter(round__in=found.behind, state__in=WAITING).values(*SIGHTED, "state", "lead_unit", *SERIES)  # fmt: skip
    for row in piled.annotate(n=Count("pk"), first=Min("round__since"), last=Max("round__since")):
        _keep(found, row)


def _keep(found: Asked, row: Row) -> None:
    """Put a row where it is looked for."""
    if row["state"] in FILLABLE:
        found.fillable[row["unit"]].setdefault(_sight(row), []).append(row)
    else:
        found.rows.append(row)
        found.by_unit[row["unit"]].append(row)
        found.by_lead[row["lead_unit"]].append(row)


def _sight(row: Row) -> Sight:
    return row["unit"], row["state"], row["task__action__name"] or "", row["lead_unit"]


def lines_at(actor: Actor, found: Asked) -> Iterator[Line]:
    """What waits at one desk; no query, but for whoever sees only some actions of a unit with rounds left behind."""
    units = () if actor.unit_id is None else (actor.unit_id, *actor.below)
    if actor.holds(*FILLS.posts):
        for unit in units:
            yield from _fill_lines(actor, unit, found)
    office = actor.holds(*ACCEPTS.posts)
    lead = actor.holds(*COLLATES.posts) and actor.unit_id is not None
    if office and not lead and actor.holds(*FREE):  # all offices see all: reckoned once
        if found.accepted is None:
            found.accepted = list(_handle_lines(actor, found))
        yield from found.accepted
    elif office or lead:
        yield from _handle_lines(actor, found)


def sees(actor: Actor, sight: Sight) -> bool:
    """Whether a report is visible, as core/flow/report.py says."""
    if actor.holds(*FREE):
        return True
    unit, state, action, lead = sight
    shared = state in SHARED.sources
    return any(
        (slug in SEEN.posts and actor.reaches(slug, unit, action))
        or (shared and slug in SHARED.posts and actor.reaches(slug, lead, action))
        for slug in actor.posts
    )


def _fill_lines(actor: Actor, unit: int, found: Asked) -> list[Line]:
    """The sheets of a unit that wait to be filled, in lines; those at one desk's side who see the same share them."""
    piles = found.piles.get(unit, ())
    if piles and not sees(actor, (unit, "draft", "", None)):  # some actions of it only
        live = reporting.live_of(actor, found.day)
        own = reporting.filling(actor, *live, units=(unit,)) if live else ()
        return [report_line(one) for one in own]
    rows = found.fillable.get(unit, {})
    seen = frozenset(sight for sight in rows if sees(actor, sight))
    key = (unit == actor.unit_id, seen | {(unit, "", "", None)})
    if key not in found.filled:
        sheets = _sheets(found, (row for sight in rows if sight in seen for row in rows[sight]))
        waiting = [*reporting.to_fill(actor, sheets), *(reporting.pile_line(actor, pile) for pile in piles)]
        found.filled[key] = [report_line(one) for one in waiting]
    return found.filled[key]


def _sheets(found: Asked, rows: Iterable[Row]) -> Iterator[Row]:
    """What is to be filled, added up by sheet."""
    counts: dict[tuple[int, int], Counter[str]] = {}
    first: dict[tuple[int, int], Row] = {}
    for row in rows:
        key = (row["round"], row["unit"])
        counts.setdefault(key, Counter())[row["state"]] += row["n"]
        first.setdefault(key, row)
    for key, row in first.items():
        words = {**found.words[row["round"]], "unit__full_name": found.names.get(row["unit"], "")}
        yield {**row, **words, "draft": counts[key]["draft"], "back": counts[key]["returned"]}


def _handle_lines(actor: Actor, found: Asked) -> Iterator[Line]:
    """What others sent, added up by round; of rounds left behind by series."""
    counts: dict[int, Counter[str]] = {}
    piles: dict[tuple[str, str], Pile] = {}
    for kind, row in _handled(actor, found):
        if "round" in row:
            counts.setdefault(row["round"], Counter())[kind] += row["n"]
        else:
            _add(piles, kind, row, found, actor)
    for kind, series in [key for key, pile in piles.items() if pile.first is pile.last]:
        pile = piles.pop((kind, series))  # one round of it alone is a round like others
        counts.setdefault(found.starts[series, pile.first["round__since"]], Counter())[kind] += pile.n
    for pk, n in counts.items():
        row = {"round": pk, **found.words[pk], **{kind: n[kind] for kind in HANDLED}}
        yield from map(report_line, reporting.to_handle(actor, [row]))
    for pile in piles.values():
        yield report_line(reporting.pile_line(actor, pile))


def _add(piles: dict[tuple[str, str], Pile], kind: str, row: Row, found: Asked, actor: Actor) -> None:
    first, last = found.began(row, "first"), found.began(row, "last")
    unit = None if kind == "accept" else actor.unit_id
    key = (kind, series_of(row))
    old = piles.get(key, Pile(kind, 0, first, last, unit))
    ends = sorted((old.first, old.last, first, last), key=lambda one: one["round__since"])
    piles[key] = Pile(kind, old.n + row["n"], ends[0], ends[-1], unit)


def _handled(actor: Actor, found: Asked) -> Iterator[tuple[str, Row]]:
    """(what the actor does with it, row) of everything that they handle and see."""
    office = actor.holds(*ACCEPTS.posts)
    lead = actor.holds(*COLLATES.posts) and actor.unit_id is not None
    signs = actor.holds("head") and found.head_signs
    for row in found.rows if office else ():
        if sees(actor, _sight(row)):
            yield "accept", row
    for row in found.by_lead.get(actor.unit_id, ()) if lead else ():
        others = row["state"] in ("submitted", "signed") and row["unit"] != actor.unit_id
        if others and sees(actor, _sight(row)):
            yield "collate", row
    for row in found.by_unit.get(actor.unit_id or 0, ()) if signs and (office or lead) else ():
        if row["state"] == "submitted" and sees(actor, _sight(row)):
            yield "sign", row
