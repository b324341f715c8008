"""The facts of a paper, read from ledger and reports as they stand: constant many queries, whatever the number of tasks.

How a task stands: done when the ledger says so; late after its day; otherwise by the percentage last reported against the time gone
by (core.progress.pace). Without a report it waits for one. Indicators have the light that the page of lights gives them.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet

from luoshi.core.plan.wording import actual_words, number
from luoshi.core.progress.pace import Span, time_share
from luoshi.core.progress.rounding import rounded
from luoshi.core.progress.rules import Level
from luoshi.core.writing.facts import Blocker, Decision, Facts, IndicatorFact, State, TaskFact
from luoshi.core.writing.names import chinese_day
from luoshi.ledger.models import Indicator, Plan, Task
from luoshi.ledger.queries import with_owners
from luoshi.ledger.queries.promises import PromiseKey, promise_key
from luoshi.meetings.models import Meeting as Held
from luoshi.org.queries.units import Say, saying
from luoshi.reporting.models import Report
from luoshi.reporting.queries.latest import latest_reports, unsettled
from luoshi.supervision.queries.lights import Line, lines_of_papers

NUMBERED = re.compile(r"^\s*(?:[（(]\d{1,3}[)）]|\d{1,3}[.．、])\s*")
CLOSING = re.compile(r"[（(](?:[^（）()]|[（(][^（）()]*[)）])*[)）]。?$")
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


def gather(plan: Plan, period: str, as_of: dt.date, unit_id: int | None = None, whole: bool = False) -> Facts:
    """The facts of a plan on one day; with a unit only what that unit answers for or helps with; `whole` with all that the plan
    says of each task."""
    year = plan.year or as_of.year
    say = saying(plan.government)
    tasks = {task.pk: task for task in with_owners(QuerySet(Task).filter(plan=plan)).order_by("order")}
    reports = latest_reports(plan.pk, as_of)
    made = tuple(
        _task(task, reports.get((task.pk, task.lead_unit_id)), year, as_of, say, whole)
        for task in tasks.values()
        if task.state != "dropped" and _is_of(task, unit_id)
    )
    return Facts(
        plan.government.name,
        plan.title,
        period,
        as_of,
        year,
        tasks=made,
        indicators=_indicators(plan, tasks, as_of, unit_id, say),
        blockers=tuple(_blockers(reports.values(), {task.key for task in made}, say)),
    )


def _is_of(task: Task | None, unit_id: int | None) -> bool:
    """Whether the unit answers for it or helps; of all units when none is meant."""
    return unit_id is None or bool(task and any(share.unit_id == unit_id for share in task.assignments.all()))


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


def _task(task: Task, report: Report | None, year: int, as_of: dt.date, say: Say, whole: bool) -> TaskFact:
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
        content=_content(task) if whole else "",
    )
    state, gap, short = _standing(task, report, year, as_of)
    return replace(made, state=state, gap=gap, short=short)


def _content(task: Task) -> str:
    """What the plan says of it, without its number and without the bracket that names its units: they have their own columns."""
    words = "".join(task.text.split("\n"))
    closing = CLOSING.search(words)
    if closing and any(share.printed in closing[0] for share in task.assignments.all()):
        words = words[: closing.start()]
    return NUMBERED.sub("", words)


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
    plan: Plan, tasks: dict[int, Task], as_of: dt.date, unit_id: int | None, say: Say
) -> tuple[IndicatorFact, ...]:
    """The main ones, each by the light of its promise as the page of lights reckons it (0215): what the overview promises is
    reported where a task promises it again. `tasks` are all of the plan, with their owners at hand."""
    found: list[Indicator] = list(QuerySet(Indicator).filter(plan=plan).order_by("order", "pk"))
    for row in found:
        row.task = tasks[row.task_id] if row.task_id else None
    rows = _main([row for row in found if _is_of(row.task, unit_id)])
    keys = {row.pk: promise_key(row) for row in found}
    wanted = {keys[row.pk] for row in rows}
    lines: dict[PromiseKey, list[Line]] = {}
    for line in lines_of_papers(plan, (row for row in found if keys[row.pk] in wanted), as_of):
        if line.indicator:
            lines.setdefault(keys[line.indicator.pk], []).append(line)
    return tuple(_indicator(row, _line(row, lines[keys[row.pk]]), say) for row in rows)


def _line(row: Indicator, lines: list[Line]) -> Line:
    """The row's own; else the first that was reported on, else the first."""
    own = (line for line in lines if line.indicator and line.indicator.pk == row.pk and line.data)
    return next(own, None) or next((line for line in lines if line.data), lines[0])


def _main(rows: list[Indicator]) -> list[Indicator]:
    """The indicators a paper has room for: those of the plan as a whole, which stand outside all tasks; without such, the first."""
    whole = [row for row in rows if row.task_id is None]
    return (whole or rows)[:MAIN]


def _indicator(row: Indicator, line: Line, say: Say) -> IndicatorFact:
    first = line.unit
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
    lit = line.light
    expected = (
        Decimal(str(round(float(lit.planned) * float(row.value), 2))) if lit.planned and row.value else None
    )
    actual = None if line.actual is None else rounded(line.actual, 6)
    return replace(
        made,
        actual=actual,
        reached=actual_words(row.kind, actual, row.unit, row.name),
        expected=expected,
        state=STANDINGS.get(lit.level, "unknown"),
        source=line.data[-1].source if line.data else "",
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
