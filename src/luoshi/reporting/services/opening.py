"""Opening a round: one sheet per unit, one report per share in a task, one figure per indicator that nobody was asked yet."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import SPARED
from luoshi.core.flow.round import ROUND
from luoshi.core.periods import Period
from luoshi.journal.moves import Refused, demand, record
from luoshi.ledger.models import Action, Assignment, Indicator, Mechanism, Plan, Row, Task
from luoshi.ledger.queries.promises import PromiseKey, promise_key
from luoshi.org.models import Succession, Unit
from luoshi.reporting.models import Counting, Figure, Report, Round, Sheet
from luoshi.reporting.services.counting import count_asked
from luoshi.reporting.sparing import UNDECIDED

BATCH = 400


class CannotOpen(Refused):
    """The round as asked makes no sense; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round is to be: of which plan (or one of its actions), over which period, due when."""

    plan: Plan
    period: Period
    due: dt.date
    programme: Action | None = None
    mechanism: Mechanism | None = None


class Share(NamedTuple):
    """A unit that reports on a task; the one that leads is asked for its figures; one that contests its share need not report yet."""

    task: Task
    unit_id: int
    leads: bool
    contested: bool = False


def shares_of(tasks: Iterable[Task], heirs: Mapping[int, Sequence[int]]) -> list[Share]:
    """Who reports on what: every named unit once per task; a collective name stands for its members, a unit that is
    gone for those who took its duties over (`heirs`).

    Tasks come with assignments, their units and the units' members at hand. The accountable unit leads; where it is a
    collective name, each member leads its own piece.
    """
    found: dict[tuple[int, int], Share] = {}
    for task in tasks:
        for share in sorted(task.assignments.all(), key=lambda one: not one.accountable):
            named = share.unit.members.all() if share.unit.is_collective else [share.unit]
            for unit in named:
                for pk in (unit.pk,) if unit.valid_to is None else heirs.get(unit.pk, ()):
                    found.setdefault(
                        (task.pk, pk), Share(task, pk, share.accountable, share.state == "contested")
                    )
    return list(found.values())


def heirs_of(government_id: int) -> dict[int, list[int]]:
    """Unit that is gone → the units in force that took its duties over, however often they moved on; in two queries."""
    after: dict[int, list[int]] = {}
    for before, heir in Succession.objects.filter(before__government=government_id).values_list(
        "before", "after"
    ):
        after.setdefault(before, []).append(heir)
    gone = Unit.objects.filter(government=government_id, valid_to__isnull=False).values_list("pk", flat=True)
    left, found = set(gone), {}
    for unit in left:
        reached, ahead = [], [unit]
        for one in ahead:  # grows while it is walked
            ahead += [heir for heir in after.get(one, ()) if one in left and heir not in ahead]
            if one not in left:
                reached.append(one)
        found[unit] = reached
    return found


def leads_of(shares: Iterable[Share]) -> dict[int, int]:
    """Task → the one unit that leads it and collates what the others send; none where each member leads its own piece."""
    found: dict[int, list[int]] = {}
    for share in shares:
        if share.leads:
            found.setdefault(share.task.pk, []).append(share.unit_id)
    return {task: units[0] for task, units in found.items() if len(units) == 1}


def tasks_asked(plan: Plan, programme: Action | None = None) -> list[Task]:
    """The tasks of a round that are still under way, with all that opening needs, in a constant number of queries."""
    tasks = cast("QuerySet[Task]", Task.objects.filter(plan=plan, state="running"))
    if programme is not None:
        tasks = tasks.filter(action=programme)
    units = Assignment.objects.select_related("unit").prefetch_related("unit__members")
    return list(tasks.order_by("order").prefetch_related(Prefetch("assignments", units), "indicators"))


def open_round(asked: Asked, *, by: Actor) -> Round:
    """Open a round and ask every unit for its sheet. Raises CannotOpen, Denied."""
    today = timezone.localdate()
    round = Round(
        government_id=by.government_id,
        plan=asked.plan,
        programme=asked.programme,
        mechanism=asked.mechanism or _rhythm_of(asked),
        rhythm=asked.period.length,
        since=asked.period.start,
        until=asked.period.end,
        opens=today,
        due=asked.due,
        opened_by=by.name,
    )
    demand(ROUND, round, "open", by)
    _sound(asked, today)
    try:
        with transaction.atomic():
            round.save()
            shares = shares_of(tasks_asked(asked.plan, asked.programme), heirs_of(by.government_id))
            if not shares:
                raise CannotOpen(
                    "这份方案的任务还没有对应到具体单位，没有可以填报的人。请先在台账中补全责任单位。"
                )
            reports = ask(round, shares)
            record(round, "open", by, {"sheets": len({r.unit_id for r in reports}), "reports": len(reports)})
    except IntegrityError as error:
        raise CannotOpen(f"{asked.period.label}的填报已经发起过，不必再发。请直接打开那一轮。") from error
    return round


def _rhythm_of(asked: Asked) -> Mechanism | None:
    """The clause of the plan that asks for this rhythm, if there is one."""
    found = Mechanism.objects.filter(plan=asked.plan, every=asked.period.length).order_by("order").first()
    return cast("Mechanism | None", found)


@transaction.atomic
def extend_round(round: Round, *, by: Actor) -> int:
    """Ask in a running round for what has come into the ledger since: new tasks, units that were given a share.

    Returns how many reports were asked for. Raises CannotOpen when nothing is new, Denied.
    """
    demand(ROUND, round, "extend", by)
    asked = set(Report.objects.filter(round=round).values_list("task", "unit"))
    shares = shares_of(tasks_asked(round.plan, round.programme), heirs_of(by.government_id))
    fresh = [share for share in shares if (share.task.pk, share.unit_id) not in asked]
    if not fresh:
        raise CannotOpen("台账里没有这一轮还没有发到的任务和单位，不需要补发。")
    reports = ask(round, fresh, leads_of(shares))
    record(round, "extend", by, {"reports": len(reports)})
    return len(reports)


def _sound(asked: Asked, today: dt.date) -> None:
    if asked.plan.state != "adopted":
        raise CannotOpen("这份方案没有在台账中，不能发起填报。请先核对建账。")
    if asked.due < today:
        raise CannotOpen("截止日期已经过去，请选今天或以后的一天。")


def ask(round: Round, shares: Iterable[Share], leads: Mapping[int, int] | None = None) -> list[Report]:
    """Write sheets, reports and figures of a round. A promise is asked of a unit once, however many tasks state it; one whose
    figure over the same days was asked before is not asked again. The report counts those."""
    wanted = list(shares)
    units = dict.fromkeys(share.unit_id for share in wanted)
    Sheet.objects.bulk_create(
        [Sheet(round=round, unit_id=unit) for unit in units], batch_size=BATCH, ignore_conflicts=True
    )
    sheets = {sheet.unit_id: sheet for sheet in Sheet.objects.filter(round=round)}
    slots = _Slots(round)
    lead = leads_of(wanted) if leads is None else leads
    firsts = first_asked(wanted)
    asked = [[i for i in firsts.get(share[:2], ()) if not slots.known(i, share.unit_id)] for share in wanted]
    reports = [
        _report(round, sheets[share.unit_id], share, lead.get(share.task.pk), len(fresh))
        for share, fresh in zip(wanted, asked, strict=True)
    ]
    Report.objects.bulk_create(reports, batch_size=BATCH)
    figures = [
        slots.figure(indicator, report)
        for report, fresh in zip(reports, asked, strict=True)
        for indicator in fresh
    ]
    Figure.objects.bulk_create(figures, batch_size=BATCH)
    count_asked(round.opens, reports)
    return reports


def _report(round: Round, sheet: Sheet, share: Share, lead: int | None, fresh: int) -> Report:
    """The row to be filled in, of which so many figures are asked; a contested share is not asked for yet."""
    stated = len(share.task.indicators.all()) if share.leads else 0
    return Report(
        government_id=round.government_id,
        sheet=sheet,
        round=round,
        task=share.task,
        unit_id=share.unit_id,
        lead_unit_id=share.unit_id if share.leads else lead,
        until=round.until,
        order=share.task.order,
        asked=fresh,
        repeats=stated - fresh,
        state=SPARED if share.contested else "draft",
        answer=UNDECIDED if share.contested else "",
    )


def first_asked(shares: Iterable[Share]) -> dict[tuple[Task, int], list[Row]]:
    """(task, unit) → the indicators a unit is asked for there: a promise that overview, annex and table state is asked where
    the unit meets it first."""
    met: set[tuple[int, PromiseKey]] = set()
    found: dict[tuple[Task, int], list[Row]] = {}
    for share in shares:
        for row in share.task.indicators.all() if share.leads else ():
            key = share.unit_id, promise_key(row)
            if key not in met:
                met.add(key)
                found.setdefault((share.task, share.unit_id), []).append(row)
    return found


class _Slots:
    """Which figures a round asks for: over which days, on which basis, and which of them were asked before."""

    def __init__(self, round: Round) -> None:
        self.whole, self.part = year_to(round.period), (round.since, round.until)
        rows = Counting.objects.filter(indicator__plan=round.plan, basis="period")
        self.by_period = set(rows.values_list("indicator", flat=True))
        keys = {row.pk: promise_key(row) for row in Indicator.objects.filter(plan=round.plan)}
        days = Figure.objects.filter(indicator__plan=round.plan, until=round.until)
        self.asked = {
            (keys[indicator], unit, since)
            for indicator, unit, since in days.values_list("indicator_id", "unit_id", "since")
        }

    def days(self, indicator: Row) -> tuple[dt.date, dt.date]:
        """What a figure of it covers."""
        return self.part if indicator.pk in self.by_period else self.whole

    def known(self, indicator: Row, unit_id: int) -> bool:
        """Whether this unit was asked for it before."""
        return (promise_key(indicator), unit_id, self.days(indicator)[0]) in self.asked

    def figure(self, indicator: Row, report: Report) -> Figure:
        """The empty figure to be filled in."""
        since, until = self.days(indicator)
        basis = "period" if indicator.pk in self.by_period else "cumulative"
        return Figure(
            indicator_id=indicator.pk, unit_id=report.unit_id, report=report, since=since, until=until, as_of=until, basis=basis
        )  # fmt: skip


def year_to(period: Period) -> tuple[dt.date, dt.date]:
    """What a cumulative figure of the period covers: from the first day of the year in which it ends."""
    return dt.date(period.end.year, 1, 1), period.end
