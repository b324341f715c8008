"""Lights: expected by now against actual, for every kind of promise, each with its receipt.

Flows are compared with their planned curve; growth, shares, limits and ranks are never prorated: they stand against the target
on the same basis, in percentage points, per cent or places. Nothing due, nothing released yet, a target not handed down: grey,
never red, never green. The same goal, figures and day give the same light for ever: nothing here asks what day it is.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from luoshi.core.plan.wording import target_words
from luoshi.core.progress.goals import CUMULATIONS, Datum, Goal, at_hand, combined
from luoshi.core.progress.measuring import Measured, measure
from luoshi.core.progress.pace import METHODS
from luoshi.core.progress.releases import Clock
from luoshi.core.progress.rounding import shown
from luoshi.core.progress.rules import UNCOUNTED, Level, Look, Rules
from luoshi.core.workdays import Workdays

Freshness = Literal["current", "stale", "silent", "none"]


class Input(NamedTuple):
    """One thing a light was computed from."""

    label: str
    value: str
    source: str = ""


class Receipt(NamedTuple):
    """How a light came about, for anybody who asks: the formula in words, its inputs, the rule and where it comes from, the day
    of the data and the day it was judged on, what else has to be said."""

    formula: str
    inputs: tuple[Input, ...]
    rule: str
    basis: str
    as_of: date | None
    judged_on: date
    notes: tuple[str, ...] = ()


class Light(NamedTuple):
    """`gap` in `gap_unit`, unrounded, positive when ahead; `completion` and `planned` as shares where there are any.

    `stale`: judged, but on figures older than those that should be there by now."""

    level: Level
    look: Look
    receipt: Receipt
    gap: Fraction | None = None
    gap_unit: str = ""
    completion: Fraction | None = None
    planned: Fraction | None = None
    stale: bool = False

    @property
    def counted(self) -> bool:
        """Whether it takes part in totals."""
        return self.level not in UNCOUNTED

    @property
    def freshness(self) -> Freshness:
        """Stale and silent are told apart from bad."""
        if self.level == "silent":
            return "silent"
        if not self.counted:
            return "none"
        return "stale" if self.stale else "current"


def light(
    goal: Goal,
    data: Sequence[Datum],
    day: date,
    rules: Rules,
    clock: Clock,
    due: date | None = None,
) -> Light:
    """The light of a goal on `day`. `due` is the data day that reports should have reached by then (None: nothing was due);
    an official series takes it from the clock instead."""
    known = at_hand(data, day)
    if goal.status != "set" or (goal.value is None and goal.kind not in ("zero", "relative")):
        word = "已取消，不计入" if goal.status == "cancelled" else "目标待下达，不亮灯"
        return _unlit(goal, "off" if goal.status == "cancelled" else "waiting", word, day, rules)
    if day < goal.span.first:
        return _unlit(goal, "waiting", f"{goal.span.first.isoformat()}才开始", day, rules)
    if series := clock.series(goal.statistic) if goal.statistic else None:
        period = clock.at_hand(series, day)
        if period is None or period.end < goal.span.first:
            return _unlit(goal, "waiting", f"{series.why}，还没有到发布日", day, rules)
        due = min(period.end, goal.span.last)
        known = tuple(d for d in known if d.source == "统计" or d.as_of <= period.end)
    inside = tuple(d for d in known if d.as_of >= goal.span.first)
    if not inside:
        if due is None or due < goal.span.first:
            return _unlit(goal, "waiting", "还没有到该报数的时候", day, rules)
        return _unlit(goal, "silent", f"应有截至{due.isoformat()}的数，还没有报", day, rules)
    return _lit(goal, inside, day, rules, due)


def _unlit(goal: Goal, level: Level, why: str, day: date, rules: Rules) -> Light:
    receipt = Receipt(f"不计算：{why}。", (_target(goal),), rules.version, rules.basis, None, day)
    return Light(level, rules.looks[level], receipt)


def _target(goal: Goal) -> Input:
    kind = "level" if goal.kind == "limit" else goal.kind
    words = target_words(kind, goal.op, goal.value, goal.unit, base=goal.base, reference=goal.reference)
    return Input("目标", words, f"{goal.span.first.isoformat()}至{goal.span.last.isoformat()}")


def _lit(goal: Goal, known: tuple[Datum, ...], day: date, rules: Rules, due: date | None) -> Light:
    last = known[-1]
    actual = combined(goal, known)
    assert actual is not None  # there are figures
    found = measure(goal, actual, last, rules)
    stale = due is not None and last.as_of < min(due, goal.span.last)
    level = _level(goal, found, last, rules)
    notes = list(found.notes)
    if goal.cumulation == "sum" and (holes := _holes(goal, known)):
        notes.append(f"有{holes}处缺期没有报，合计不含这几期，缺的不当作0。")
        if level in (("ok", "done") if found.downwards else ("behind", "bad")):
            level = "silent"  # what is missing may turn it round: no light on half a sum
    if stale and due is not None:
        notes.append(f"数据停在{last.as_of.isoformat()}，应有截至{due.isoformat()}的数。")
    source = f"{last.source}，{last.known.isoformat()}报"
    inputs = (
        _target(goal),
        Input("实际", f"{shown(actual, 6)}{goal.unit}", f"{source}；{CUMULATIONS[goal.cumulation]}"),
        *(Input(label, value) for label, value in found.inputs),
        *([Input("序时算法", METHODS[rules.time])] if found.planned is not None else []),
        *([Input("档次", _band(found, rules))] if found.gap is not None and goal.kind != "zero" else []),
    )
    receipt = Receipt(found.formula, inputs, rules.version, rules.basis, last.as_of, day, tuple(notes))
    return Light(
        level, rules.looks[level], receipt, found.gap, found.unit, found.completion, found.planned, stale
    )


_BELOW = {"progress": "低于计划进度", "points": "低于目标", "ratio": "差目标", "places": "低于目标位次"}


def _band(found: Measured, rules: Rules) -> str:
    """The band on the scale of the gap, in words."""
    words, band = _BELOW[found.scale], f"{shown(rules.bands[found.scale])}{found.unit}"
    grace = f"{shown(rules.grace)}个百分点以内算达到，" if found.scale == "progress" and rules.grace else ""
    return f"{grace}{words}{band}以内为“{rules.looks['behind'].word}”，超过为“{rules.looks['bad'].word}”；到期没有达到的一律为“{rules.looks['bad'].word}”"


def _level(goal: Goal, found: Measured, last: Datum, rules: Rules) -> Level:
    gap, band = found.gap, rules.bands[found.scale]
    if gap is None:  # a stock without a base, before its day: kept or not due yet
        return ("done" if found.final else "ok") if found.met else "waiting"
    if found.met and found.final:
        return "done"
    if last.as_of >= goal.span.last and not found.met:
        return "bad"  # the time is up and the promise is not kept, however near it came
    if found.broken:
        return "bad"
    if found.on_pace or (found.scale == "progress" and gap > -rules.grace):
        return "ok"
    return "behind" if gap >= -band else "bad"


def _holes(goal: Goal, known: tuple[Datum, ...]) -> int:
    """How many times a sum jumps over days that no figure is for."""
    reached, holes = goal.span.first, 0
    for datum in known:
        holes += (datum.first or reached) > reached
        reached = max(reached, date.fromordinal(datum.as_of.toordinal() + 1))
    return holes


class TaskState(NamedTuple):
    """A task as lights see it: the day it is due, the day it was done, how often the day was moved."""

    deadline: date | None
    done: date | None = None
    status: Literal["set", "cancelled"] = "set"
    moved: int = 0


def task_light(task: TaskState, day: date, rules: Rules, days: Workdays) -> Light:
    """The light of a task without a number: done, near its day, late, or nothing due."""
    inputs = [Input("时限", task.deadline.isoformat() if task.deadline else "没有写明")]
    if task.moved:
        inputs.append(Input("时限变更", f"{task.moved}次"))
    level: Level
    if task.status == "cancelled":
        level, formula = "off", "已取消，不计入。"
    elif task.done is not None and task.done <= day:
        level, formula = "done", f"{task.done.isoformat()}完成。"
        if task.deadline and task.done > task.deadline:
            formula = f"{task.done.isoformat()}完成，比时限晚{(task.done - task.deadline).days}天。"
    elif task.deadline is None:
        level, formula = "waiting", "没有写明时限，不亮灯。"
    elif day > task.deadline:
        level, formula = "late", f"过时限{(day - task.deadline).days}天，没有完成。"
    else:
        left = days.between(day, task.deadline)
        level = "near" if left <= rules.near_workdays else "waiting"
        formula = f"离时限还有{left}个工作日，{rules.near_workdays}个工作日以内为临期。"
    notes = tuple(filter(None, [days.caveat(task.deadline) if task.deadline else ""]))
    receipt = Receipt(formula, tuple(inputs), rules.version, rules.basis, task.done, day, notes)
    return Light(level, rules.looks[level], receipt)


def points(value: Fraction, digits: int = 2) -> str:
    """A gap as papers print it, with its sign: +7.33, -1.36, 0.

    >>> points(Fraction(22, 3)), points(Fraction(-34, 25)), points(Fraction(0))
    ('+7.33', '-1.36', '0')
    """
    words = shown(value, digits)
    return words if words.startswith("-") or words == "0" else f"+{words}"
