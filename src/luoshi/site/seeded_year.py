"""A year of reports that could have been: units with habits of their own, figures on their way to their targets, slips,
returns, silence; and the record of it all, chained."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import SPARED
from luoshi.core.periods import Period, period_on
from luoshi.core.plan.wording import number
from luoshi.journal.models import Event
from luoshi.journal.sealing import append_sealed
from luoshi.ledger.models import Indicator, Task
from luoshi.reporting.content import of_report
from luoshi.reporting.found import index_sent
from luoshi.reporting.models import CAUSES, Burden, Figure, Report, Revision, Round, Sheet, Snapshot
from luoshi.reporting.services.keeping import freeze
from luoshi.reporting.services.opening import Share, first_asked, leads_of, shares_of, tasks_asked, year_to
from luoshi.reporting.sparing import UNDECIDED
from luoshi.site.seeded_county import Place

BATCH = 400
DONE = ("已按时间节点推进，完成年度计划的{p}%。", "本期召开推进会{n}次，解决问题{n}个。", "前期手续已办结，进入实施阶段。", "完成现场核查，台账已更新。",
        "已与牵头单位会商，分工落实到股室。", "设备进场，累计完成工程量{p}%。", "已完成摸底，列出清单{n}项。")  # fmt: skip
FINISHED = ("已全部完成，资料归档。", "已完成并通过县级验收。", "已按要求办结，转入日常管理。")
NEXT = ("按计划推进下一节点。", "加快办理剩余手续。", "继续跟踪，月底前见效。", "与有关单位会商后实施。")
TROUBLE = (
    "到位资金与进度不匹配。",
    "用地手续尚未批复。",
    "招标文件需重新挂网。",
    "上级任务数还没有下达。",
    "需要部门共同出具意见。",
)
REASONS = (
    "请写明具体数量和完成时间。",
    "累计数比上期小，请核对口径。",
    "进展写得笼统，请补充到节点。",
    "请说明没有数的原因。",
)
SLIP = Decimal("1.5")  # what a careless unit makes of its figure
HURRY = (0.94, 1, 1, 1.04, 1.1, 1.3)  # how fast a task goes: one in six is done well before its day


@dataclass
class Habit:
    """How a unit reports: days after the opening it usually takes, how often it is silent, careless, unchanged."""

    delay: float
    silent: float
    careless: float
    idle: float


@dataclass
class Year:
    """The year in the making."""

    place: Place
    random: Random
    habits: dict[int, Habit]
    pace: dict[tuple[int, int], float]
    hurry: dict[int, float]
    leads: dict[int, int]
    firsts: dict[tuple[Task, int], list[Indicator]]
    left: frozenset[int] = frozenset()
    last: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    said: dict[tuple[int, int], Report] = field(default_factory=dict)
    burdens: dict[tuple[int, dt.date], Burden] = field(default_factory=dict)
    events: int = 0


def report(
    place: Place, rhythm: str, rounds: int, until: dt.date | None, seed: int, left: Collection[int] = ()
) -> Iterator[str]:
    """Write the rounds, the last of them still open; yields lines that say what was written. The units `left` have not
    begun with the open one, so that there is something to fill in."""
    shares = shares_of(tasks_asked(place.plan), {})
    random = Random(seed)
    units = sorted({share.unit_id for share in shares})
    habits = {
        unit: Habit(random.uniform(0.5, 5), random.choice((0, 0.01, 0.02, 0.1)), random.choice((0, 0.01, 0.04)), random.uniform(0.05, 0.3))
        for unit in units
    }  # fmt: skip
    pace = {
        (indicator.pk, share.unit_id): random.uniform(0.9, 1.2)
        for share in shares
        if share.leads
        for indicator in share.task.indicators.all()
    }
    hurry = {share.task.pk: random.choice(HURRY) for share in shares}
    year = Year(place, random, habits, pace, hurry, leads_of(shares), first_asked(shares), frozenset(left))
    periods = last_periods(rhythm, rounds, until or timezone.localdate())
    for at, period in enumerate(periods):
        with transaction.atomic():
            _round(year, shares, period, closed=at < len(periods) - 1)
    index_sent(list(year.said.values()))
    Burden.objects.bulk_create(year.burdens.values(), batch_size=BATCH)
    total = Report.objects.filter(government=place.government).count()
    yield f"{len(periods)}轮填报（{periods[0].label}至{periods[-1].label}）：{len(units)}个单位、{total}份填报、{year.events}条办理记录。"


def last_periods(rhythm: str, rounds: int, until: dt.date) -> list[Period]:
    """The last full periods before a day, the earliest first."""
    period = period_on(rhythm, until)  # type: ignore[arg-type]  # one of LENGTHS
    found: list[Period] = []
    while len(found) < rounds:
        period = period_on(period.length, period.start - dt.timedelta(days=1))
        found.insert(0, period)
    return found


def _round(year: Year, shares: Sequence[Share], period: Period, closed: bool) -> None:
    """One round: sheets, reports, figures, events; frozen when closed."""
    place, opens = year.place, period.end + dt.timedelta(days=1)
    due = opens + dt.timedelta(days=4)
    if not closed:
        due = max(due, timezone.localdate() + dt.timedelta(days=3))
    done_at = _at(due + dt.timedelta(days=2), 17)
    round = Round.objects.create(
        government=place.government, plan=place.plan, rhythm=period.length, since=period.start, until=period.end,
        opens=opens, due=due, state="closed" if closed else "open", opened_by=place.office.name,
        closed_at=done_at if closed else None,
    )  # fmt: skip
    sheets = _sheets(round, shares)
    story = _Story(year, round, closed)
    reports = [story.tell(share, sheets[share.unit_id]) for share in shares]
    Report.objects.bulk_create(reports, batch_size=BATCH)
    figures = [figure for one in reports for figure in story.figures(one)]
    Figure.objects.bulk_create(figures, batch_size=BATCH)
    Revision.objects.bulk_create(
        [_revision(f) for f in figures if f.report.sent_at and f.report.state != "draft"], batch_size=BATCH
    )
    story.count(reports)
    events = [_event(place.office, round, "open", ("open", "open"), _at(opens, 9), {"reports": len(reports)})]
    events += sorted((e for one in reports for e in story.events(one)), key=lambda event: event.at)
    if closed:
        events.append(_event(place.office, round, "close", ("open", "closed"), done_at, {}))
    append_sealed(place.government.pk, events)
    year.events += len(events)
    if closed:
        frozen = freeze(round, "", place.office)
        Snapshot.objects.filter(pk=frozen.pk).update(made_at=done_at)


def _sheets(round: Round, shares: Sequence[Share]) -> dict[int, Sheet]:
    units = dict.fromkeys(share.unit_id for share in shares)
    rows = Sheet.objects.bulk_create([Sheet(round=round, unit_id=unit) for unit in units], batch_size=BATCH)
    return {sheet.unit_id: sheet for sheet in rows}


def _at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def _event(
    by: Actor,
    about: Any,
    verb: str,
    states: tuple[str, str],
    at: dt.datetime,
    data: dict[str, Any],
    note: str = "",
) -> Event:
    return Event(
        government_id=by.government_id, person_id=by.person_id, person_name=by.name, post=by.post, unit_id=by.unit_id,
        unit_name=by.unit_name, verb=verb, subject_type=about._meta.label_lower, subject_id=about.pk,
        from_state=states[0], to_state=states[1], data=data, note=note, at=at,
    )  # fmt: skip


def _revision(figure: Figure) -> Revision:
    return Revision(
        figure=figure, value=figure.value, absent=figure.absent, source=figure.source, as_of=figure.as_of,
        by=figure.report.filled_by, at=figure.report.sent_at,
    )  # fmt: skip


class _Story:
    """What happens in one round."""

    def __init__(self, year: Year, round: Round, closed: bool) -> None:
        self.year, self.round, self.closed = year, round, closed
        self.random = year.random
        self.since, self.until = year_to(round.period)
        self.share = Decimal((self.until - self.since).days + 1) / 365
        # A unit sends its sheet as a whole, on one day, or not at all.
        self.sent = {unit: self._sending(habit) for unit, habit in year.habits.items()}
        if not closed:
            self.sent |= dict.fromkeys(year.left)

    def _sending(self, habit: Habit) -> dt.datetime | None:
        day = max(0, round(self.random.gauss(habit.delay, 1.2)))
        silent = self.random.random() < habit.silent + (0 if self.closed else 0.35)
        minute = self.random.randrange(60)
        at = _at(self.round.opens + dt.timedelta(days=min(day, 6)), 9 + day % 8, minute)
        return None if silent or at > timezone.now() else at

    def tell(self, share: Share, sheet: Sheet) -> Report:
        """One report in its last state of the round."""
        at, key, random = self.sent[share.unit_id], (share.task.pk, share.unit_id), self.random
        habit, before = self.year.habits[share.unit_id], self.year.said.get((share.task.pk, share.unit_id))
        state, answer = self._state() if at else ("draft", "")
        if share.contested and not self.closed and at is None:
            state, answer = SPARED, UNDECIDED
        one = Report(
            state=state, answer=answer, government=self.year.place.government, sheet=sheet, round=self.round, task=share.task, unit_id=share.unit_id,
            lead_unit_id=share.unit_id if share.leads else self.year.leads.get(share.task.pk), until=self.until, order=share.task.order,
            asked=len(self.year.firsts.get(share[:2], ())),
        )  # fmt: skip
        if at is None:
            return one
        clerk = self.year.place.clerks[share.unit_id]
        one.version, one.filled_by, one.filled_at, one.sent_at = 2, clerk.name, at, at
        one.late = timezone.localtime(at).date() > self.round.due
        grown = min(
            100,
            round(self._gone(share.task) * 100 * self.year.hurry[share.task.pk] * random.uniform(0.96, 1.08)),
        )
        if before and random.random() < habit.idle:
            one.unchanged, one.percent, one.done = True, before.percent, before.done
            one.next_step = before.next_step
        else:
            one.percent = max(grown, before.percent or 0) if before else grown
            said = FINISHED if one.percent == 100 else DONE
            one.done = random.choice(said).format(p=one.percent, n=random.randint(1, 9))
            one.next_step = before.next_step if before and random.random() < 0.5 else random.choice(NEXT)
        if one.percent == 100:
            one.next_step = ""
        elif random.random() < 0.06:
            one.cause, one.blocker = random.choice(CAUSES)[0], random.choice(TROUBLE)
        filled = sum(bool(text) for text in of_report(one).values()) + one.asked
        one.carried = (filled if one.unchanged else min(filled, 2)) if before else 0
        one.typed = filled - one.carried
        one.sent = {**of_report(one), "figures": {}}
        self.year.said[key] = one
        return one

    def _gone(self, task: Task) -> float:
        """How much of a task's time is over: of the year's, or of what it has until its day."""
        last = task.deadline_day
        if last is None or last <= self.since:
            return float(self.share)
        return (self.until - self.since).days / (last - self.since).days

    def _state(self) -> tuple[str, str]:
        """Where a sent report has come to, and why it was returned if it was."""
        if self.closed:
            return "accepted", ""
        if self.random.random() < 0.05:
            return "returned", self.random.choice(REASONS)
        return self.random.choice(("submitted", "submitted", "collated", "accepted")), ""

    def figures(self, one: Report) -> Iterator[Figure]:
        """Its figures, with a slip now and then that was confirmed all the same."""
        if not one.asked:
            return
        for indicator in self.year.firsts[one.task, one.unit_id]:
            source = (
                "statistics" if indicator.kind == "growth" else self.random.choice(("department", "self"))
            )
            figure = Figure(
                indicator=indicator, unit_id=one.unit_id, report=one, since=self.since, until=self.until, as_of=self.until, source=source
            )  # fmt: skip
            if one.sent_at:
                self._value(figure, indicator, one)
            yield figure

    def _value(self, figure: Figure, indicator: Indicator, one: Report) -> None:
        key = (indicator.pk, one.unit_id)
        habit, before = self.year.habits[one.unit_id], self.year.last.get(key)
        if self.random.random() < 0.01:
            figure.absent = "统计数据尚未发布"
        else:
            figure.value = (
                before if one.unchanged and before is not None else self._grown(indicator, key, before)
            )
            self.year.last[key] = figure.value
            if self.random.random() < habit.careless:
                places = 0 if figure.value == figure.value.to_integral() else 1
                figure.value, figure.sure = round(figure.value * SLIP, places), True
        one.sent["figures"][str(indicator.pk)] = {"value": number(figure.value), "absent": figure.absent}

    def _grown(self, indicator: Indicator, key: tuple[int, int], before: Decimal | None) -> Decimal:
        """Where the indicator is by now: counts grow with the year (from where they were), rates move about their target."""
        target = indicator.value if indicator.value is not None else Decimal(10)
        pace = Decimal(str(round(self.year.pace[key], 4)))
        counted = indicator.kind in ("new", "level")
        whole = counted or indicator.kind == "rank"
        part = self.share * pace if counted else 1 + (pace - 1) / 5
        noise = Decimal(str(round(self.random.uniform(0.97, 1.03), 4)))
        places = 0 if target == target.to_integral() and whole else 1
        if counted and indicator.base is not None:  # 从5600元提高到6000元
            return round(indicator.base + (target - indicator.base) * part * noise, places)
        value = round(target * part * noise, places)
        same_year = self.until.month > 1 or self.until.day > 10
        return max(value, before) if counted and before is not None and same_year else value

    def count(self, reports: Sequence[Report]) -> None:
        """What the meter would have counted."""
        month, seen = self.round.opens.replace(day=1), set()
        for one in reports:
            row = self.year.burdens.setdefault((one.unit_id, month), Burden(unit_id=one.unit_id, month=month))
            row.rounds += one.unit_id not in seen
            row.items, row.figures = row.items + 1, row.figures + one.asked
            row.carried, row.typed = row.carried + one.carried, row.typed + one.typed
            seen.add(one.unit_id)

    def events(self, one: Report) -> Iterator[Event]:
        """What the journal would hold of it."""
        if one.sent_at is None:
            return
        clerk, office = self.year.place.clerks[one.unit_id], self.year.place.office
        at, minute = one.sent_at, dt.timedelta(minutes=1)
        said = {"percent": ["", str(one.percent)], "done": ["", one.done]}
        yield _event(clerk, one, "submit", ("draft", "submitted"), at, said)
        after = at + dt.timedelta(hours=4)
        if one.state == "returned":
            yield _event(office, one, "return", ("submitted", "returned"), after, {}, one.answer)
        elif one.state == "collated":
            yield _event(self._leader(one), one, "collate", ("submitted", "collated"), after, {})
        elif one.state == "accepted":
            if self.random.random() < 0.04:
                reason = self.random.choice(REASONS)
                yield _event(office, one, "return", ("submitted", "returned"), at + 30 * minute, {}, reason)
                yield _event(clerk, one, "submit", ("returned", "submitted"), at + 90 * minute, {})
            yield _event(office, one, "accept", ("submitted", "accepted"), after, {})

    def _leader(self, one: Report) -> Actor:
        return self.year.place.clerks[one.lead_unit_id or one.unit_id]
