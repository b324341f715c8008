"""What the calendar of a plan could be: its mechanisms, what the rules propose for each, who is meant, on which days."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.core.flow.actor import Actor
from luoshi.core.occasions import Occasion, Rhythm
from luoshi.core.rhythms import Clause, Proposal, in_days, propose, why_moved
from luoshi.core.workdays import Workdays
from luoshi.dispatch.models import BORNE
from luoshi.dispatch.models import Rhythm as Confirmed
from luoshi.dispatch.queries.calendar import short
from luoshi.dispatch.queries.naming import Named, Register
from luoshi.dispatch.services.confirming import Choice, Terms
from luoshi.ledger.models import Mechanism, Plan, Task

SHOWN = 3
"""Dates shown of a rhythm before it is confirmed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One rhythm to be confirmed: the places of the plan that say it, the proposal, who is meant."""

    mechanism: Mechanism
    also: tuple[Mechanism, ...]
    proposal: Proposal
    named: Named
    within: str = ""

    @property
    def question(self) -> str:
        """What a person has to settle, in one or two sentences; "" when nothing."""
        said = [self.proposal.question]
        if self.proposal.becomes in BORNE and self.named.unknown:
            words = "、".join(self.named.unknown)
            said.append(f"“{words}”在本县没有对应到单位或领导，请写明由谁办。")
        return "".join(filter(None, said))

    def terms(self, office: int | None) -> Terms:
        """As proposed; where nobody is found the county office answers, so that it is not lost."""
        rhythm, units, posts = self.proposal.rhythm, list(self.named.units), list(self.named.posts)
        if self.proposal.becomes in BORNE and not (units or posts) and office:
            units = [office]
        return Terms(
            every=rhythm.every or "" if self.proposal.becomes != "none" else "",
            becomes=self.proposal.becomes,
            due_said=rhythm.due.said if rhythm.due else "",
            shift=rhythm.rule,
            lead=self.proposal.lead,
            at_least=rhythm.at_least,
            units=units,
            posts=posts,
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """The first days of a rhythm in a year, how many there are, and those that were moved off a holiday."""

    first: tuple[Occasion, ...]
    count: int
    moved: tuple[Occasion, ...]

    @property
    def lines(self) -> list[tuple[str, dt.date]]:
        """(period, due day) of the first ones."""
        return [(short(one.period), one.due) for one in self.first]


def to_confirm(plan: Plan, register: Register) -> list[Line]:
    """The rhythms of a plan that nobody has confirmed yet, in the order of the plan; two queries besides the register's."""
    known = Confirmed.objects.filter(Q(mechanism=OuterRef("pk")) | Q(also=OuterRef("pk")))
    left = cast("QuerySet[Mechanism]", Mechanism.objects.filter(~Exists(known), plan=plan).order_by("order"))
    rows = {row.pk: row for row in left}
    places = _places(plan)
    within = {pk: _within(row, places) for pk, row in rows.items()}
    clauses = [
        Clause(row.pk, row.actor, row.activity, row.every, row.at_least, row.quote, within[row.pk])
        for row in rows.values()
    ]
    return [
        Line(
            rows[proposal.keys[0]],
            tuple(rows[key] for key in proposal.keys[1:]),
            proposal,
            register.named(proposal.rhythm.actor, within[proposal.keys[0]]),
            within[proposal.keys[0]],
        )
        for proposal in propose(clauses)
    ]


def _places(plan: Plan) -> list[tuple[int, str]]:
    """Where the tasks of a plan begin, and the action of each."""
    tasks = cast("QuerySet[Task]", Task.objects.filter(plan=plan).order_by("start"))
    return [(start, action or "") for start, action in tasks.values_list("start", "action__name")]


def _within(row: Mechanism, places: list[tuple[int, str]]) -> str:
    """The action among whose tasks a 专班 is named without saying which; "" for what is of the whole plan."""
    if row.actor not in ("专班", "专班办公室"):
        return ""
    at = bisect_left(places, (row.start, ""))
    before = places[at - 1][1] if at else ""
    after = places[at][1] if at < len(places) else before
    return before if before == after else ""


def as_proposed(lines: Sequence[Line], register: Register) -> list[Choice]:
    """Every proposal taken as it is."""
    office = register.office.pk if register.office else None
    return [Choice(line.mechanism, line.terms(office), line.also) for line in lines]


def dates(rhythm: Rhythm, since: dt.date, days: Workdays) -> Dates:
    """When a rhythm falls due from a day to the end of its year; the whole of the next one where none is left."""
    found = in_days(rhythm, since, since.replace(month=12, day=31), days)
    if not found:
        found = in_days(rhythm, since, dt.date(since.year + 1, 12, 31), days)
    return Dates(found[:SHOWN], len(found), tuple(one for one in found if why_moved(one)))


def plans_to_confirm(actor: Actor) -> QuerySet[Plan]:
    """Plans in the ledger with a rhythm nobody has confirmed; in one query."""
    known = Confirmed.objects.filter(Q(mechanism=OuterRef("pk")) | Q(also=OuterRef("pk")))
    left = Mechanism.objects.filter(~Exists(known), plan=OuterRef("pk"))
    return Plan.objects.visible_to(actor).filter(Exists(left), state="adopted")
