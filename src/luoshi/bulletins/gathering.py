"""The facts of a paper, read from ledger and reports as they stand: constant many queries, whatever the number of tasks.

How a task stands: done when the ledger says so; late after its day; otherwise by the percentage last reported against the time gone
by (core.progress.pace). Without a report it waits for one. Indicators are judged by core.progress.lights.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet

from luoshi.core.plan.wording import actual_words, number
from luoshi.core.progress.goals import Datum
from luoshi.core.progress.lights import light
from luoshi.core.progress.pace import Span, time_share
from luoshi.core.progress.promising import goal_of
from luoshi.core.progress.releases import national_clock
from luoshi.core.progress.rules import Level, Rules
from luoshi.core.writing.facts import Blocker, Decision, Facts, IndicatorFact, State, TaskFact
from luoshi.core.writing.names import called, chinese_day
from luoshi.ledger.models import Indicator, Plan, Task
from luoshi.ledger.queries import with_owners
from luoshi.ledger.queries.promises import PromiseKey, promise_key
from luoshi.meetings.models import Meeting as Held
from luoshi.org.models import Government, Unit, UnitName
from luoshi.reporting.models import Figure, Report
from luoshi.reporting.queries.latest import latest_reports, unsettled
from luoshi.supervision.queries.lights import rules_for

Say = Callable[[Unit], str]
MAIN = 30  # indicators in a paper, 主要指标
GRACE = 5  # percentage points that a reported percentage may lie behind the time gone by
STANDINGS: dict[Level, State] = {
    "done": "done",
    "ok": "on_time",
    "near": "on_time",
    "behind": "lagging",
    "bad": "lagging",
    "late": "lagging",
    "waiting": "not_due",
    "silent": "unknown",
}


def gather(plan: Plan, period: str, as_of: dt.date, unit_id: int | None = None) -> Facts:
    """The facts of a plan on one day; with a unit only what that unit answers for or helps with."""
    year = plan.year or as_of.year
    tasks: QuerySet[Task] = QuerySet(Task).filter(plan=plan).exclude(state="dropped")
    indicators: QuerySet[Indicator] = QuerySet(Indicator).filter(plan=plan)
    if unit_id is not None:
        tasks = tasks.filter(assignments__unit=unit_id).distinct()
        indicators = indicators.filter(task__assignments__unit=unit_id).distinct()
    reports = latest_reports(plan.pk, as_of)
    say = saying(plan.government)
    made = tuple(
        _task(task, reports.get((task.pk, task.lead_unit_id)), year, as_of, say)
        for task in with_owners(tasks).order_by("order")
    )
    return Facts(
        plan.government.name,
        plan.title,
        period,
        as_of,
        year,
        tasks=made,
        indicators=_indicators(indicators, year, as_of, say, rules_for(plan.government_id, as_of)),
        blockers=tuple(_blockers(reports.values(), {task.key for task in made}, say)),
    )


def decided(meeting: Held) -> tuple[Decision, ...]:
    """What a meeting decided, each tied to its row; what was only recorded as well, what was struck out not."""
    say = saying(meeting.government)
    rows = meeting.decisions.exclude(state="struck").exclude(text="").select_related("unit")
    return tuple(
        Decision(
            f"decision:{row.pk}",
            row.text.strip().rstrip("。；"),
            say(row.unit) if row.unit else "",
            tuple(map(say, row.helpers.all())),
            chinese_day(row.due) if row.due else "",
        )
        for row in rows.prefetch_related("helpers").order_by("pk")
    )


def saying(government: Government) -> Say:
    """How papers of this government call a unit: by its 规范化简称 in the register (县发改局), else by its full name without
    the county's. A short name that two units share names neither."""
    shorts: dict[str, set[int]] = {}
    rows = UnitName.objects.filter(unit__government=government, kind="short", valid_to=None)
    for unit_id, name in rows.values_list("unit", "name").order_by("pk"):
        shorts.setdefault(name, set()).add(unit_id)
    firsts: dict[int, str] = {}
    for name, units in shorts.items():
        if len(units) == 1 and name.startswith(government.name[-1]):
            firsts.setdefault(units.pop(), name)
    return lambda unit: firsts.get(unit.pk) or called(unit.full_name, government.name)


def _task(task: Task, report: Report | None, year: int, as_of: dt.date, say: Say) -> TaskFact:
    first = task.accountable
    lead = say(first.unit) if first else ""
    units = (say(share.unit) for share in task.assignments.all())
    made = TaskFact(
        key=f"task:{task.pk}",
        number=str(task.order),
        action=task.action.name if task.action else "未列入行动的任务",
        text=task.heading or task.text.split("\n")[0],
        lead=lead,
        units=tuple(unit for unit in units if unit != lead),
        leader="、".join(leader.name for leader in task.leaders.all()),
        deadline=_within(task.due, year),
        progress=report.done if report else "",
        reason=report.blocker or (report.get_cause_display() if report.cause else "") if report else "",
        remedy=report.next_step if report else "",
        sentence=task.quote,
    )
    state, gap, short = _standing(task, report, year, as_of)
    return replace(made, state=state, gap=gap, short=short)


def _within(due: str, year: int) -> str:
    """A deadline as a paper of its year writes it: 9月30日. The year stays where nothing else was said, or another is meant."""
    return due.removeprefix(f"{year}年") or due


def _standing(task: Task, report: Report | None, year: int, as_of: dt.date) -> tuple[State, str, float]:
    """State, what a paper says of the gap, and by how much."""
    if task.state == "done" or (report and report.percent == 100):
        return "done", "", 0
    last = task.deadline_day or dt.date(year, 12, 31)
    if last < as_of:
        return "lagging", f"超过时限{(as_of - last).days}天", 100 + (as_of - last).days
    if report is None or report.percent is None:
        return "unknown", "", 0
    begin = min(dt.date(last.year, 1, 1), last)
    # What was said of the end of October is held against the end of October, whenever the paper is written.
    gone = time_share(min(as_of, report.until), Span(begin, last)) * 100
    behind = gone - report.percent
    if report.percent == 0 and gone > GRACE:
        return "not_started", f"应完成{number(round(float(gone), 1))}%，尚未启动", float(gone)
    if behind > GRACE:
        return "lagging", f"完成{report.percent}%，差{number(round(float(behind), 1))}个百分点", float(behind)
    return "on_time", "", 0


def _indicators(
    indicators: QuerySet[Indicator], year: int, as_of: dt.date, say: Say, rules: Rules
) -> tuple[IndicatorFact, ...]:
    found = list(
        indicators.select_related("task").prefetch_related("task__assignments__unit").order_by("order")
    )
    rows = _main(found)
    # What the overview promises is reported where a task promises it again.
    keys = {row.pk: promise_key(row) for row in found}
    wanted = {keys[row.pk] for row in rows}
    told = [row for row in found if keys[row.pk] in wanted]
    owners = {keys[row.pk]: row.task for row in reversed(told) if row.task}
    given: dict[PromiseKey, dict[int, list[Figure]]] = {}
    for figure in Figure.objects.filter(indicator__in=told, until__lte=as_of).given().order_by("until", "pk"):
        given.setdefault(keys[figure.indicator_id], {}).setdefault(figure.indicator_id, []).append(figure)
    made = []
    for row in rows:
        key = keys[row.pk]
        heard = given.get(key, {})
        figures = heard.get(row.pk) or next(iter(heard.values()), [])
        made.append(_indicator(row, row.task or owners.get(key), figures, year, as_of, say, rules))
    return tuple(made)


def _main(rows: list[Indicator]) -> list[Indicator]:
    """The indicators a paper has room for: those of the plan as a whole, which stand outside all tasks; without such, the first."""
    whole = [row for row in rows if row.task_id is None]
    return (whole or rows)[:MAIN]


def _indicator(
    row: Indicator,
    task: Task | None,
    figures: list[Figure],
    year: int,
    as_of: dt.date,
    say: Say,
    rules: Rules,
) -> IndicatorFact:
    first = task.accountable if task else None
    made = IndicatorFact(
        f"indicator:{row.pk}",
        row.name,
        row.unit,
        row.op,
        row.value,
        owner=say(first.unit) if first else "",
        sentence=row.quote,
        wanted=row.words,
    )
    if row.target == "pending":
        return replace(made, target=None, state="pending")
    sources = dict(Figure.SOURCES)
    data = [
        Datum(figure.value, row.unit, figure.until, figure.until, sources[figure.source])  # type: ignore[arg-type]
        for figure in figures
        if figure.value is not None
    ]
    lit = light(goal_of(row, year), data, as_of, rules, national_clock())
    last = figures[-1] if figures else None
    expected = (
        Decimal(str(round(float(lit.planned) * float(row.value), 2))) if lit.planned and row.value else None
    )
    return replace(
        made,
        actual=last.value if last else None,
        reached=actual_words(row.kind, last.value, row.unit, row.name) if last else "",
        expected=expected,
        state=STANDINGS.get(lit.level, "unknown"),
        source=last.get_source_display() if last else "",
    )


def _blockers(reports: Iterable[Report], keys: set[str], say: Say) -> Iterable[Blocker]:
    """What units cannot settle alone, as they named whom they need."""
    for report in unsettled(reports):
        if f"task:{report.task_id}" in keys:
            yield Blocker(
                f"task:{report.task_id}",
                report.blocker.strip().rstrip("。"),
                say(report.unit),
                report.needs,
            )
