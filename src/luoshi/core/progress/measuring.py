"""How far an actual figure is from where it should be, by the kind of the promise: a gap on one of four scales."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from luoshi.core.progress.goals import Datum, Goal
from luoshi.core.progress.pace import CURVES, LINEAR, time_share
from luoshi.core.progress.rounding import percent, shown
from luoshi.core.progress.rules import Rules, Scale


class Measured(NamedTuple):
    """`gap` is positive when ahead, in `unit`; None when nothing can be said before the last day.

    met       the promise is kept as the figure stands
    final     once kept it stays kept (a count that only grows), or its time is over
    on_pace   at or above the plan; strictly above where the promise says 超过
    downwards a budget of something unwanted: what is used up counts against it
    broken    it can no longer be kept (a limit overrun, something that must not happen has happened)
    """

    scale: Scale
    gap: Fraction | None
    unit: str
    met: bool
    final: bool
    on_pace: bool
    formula: str
    inputs: tuple[tuple[str, str], ...] = ()
    completion: Fraction | None = None
    planned: Fraction | None = None
    broken: bool = False
    downwards: bool = False
    notes: tuple[str, ...] = ()


def measure(goal: Goal, actual: Fraction, last: Datum, rules: Rules) -> Measured:
    """The gap of `actual`, measured up to the day of `last`."""
    if goal.kind == "zero":
        return _zero(goal, actual, last, rules)
    if goal.kind == "relative":
        return _relative(goal, actual, last)
    assert goal.value is not None  # a pending goal is never measured
    target = Fraction(goal.value)
    if goal.kind == "rank":
        met, over = actual <= target, last.as_of >= goal.span.last
        formula = f"位次差 = 目标第{shown(target)}位 − 实际第{shown(actual)}位 = {shown(target - actual)}位"
        return Measured("places", target - actual, "位", met, over, met, formula)
    if goal.curve is None and (goal.is_rate or (not goal.flow and goal.base is None)):
        return _direct(goal, actual, target, last, rules)
    return _paced(goal, actual, target, last, rules)


def _paced(goal: Goal, actual: Fraction, target: Fraction, last: Datum, rules: Rules) -> Measured:
    """Completion against the planned share of the target (or of the way from the base to it)."""
    base = Fraction(goal.base) if goal.base is not None else Fraction(0)
    way = target - base
    share = time_share(last.as_of, goal.span, rules.time)
    curve = goal.curve or LINEAR
    planned = curve.at(share)
    inputs = (
        ("已过时间", percent(share, rules.digits)),
        ("计划进度", f"{percent(planned, rules.digits)}（{CURVES[curve.kind]}）"),
    )
    if way == 0:
        met = _holds(goal, actual, target)
        formula = f"目标与基数相同，只看是否达到：{'达到' if met else '没有达到'}"
        return Measured("progress", Fraction(0), "个百分点", met, False, met, formula, inputs)
    completion = (actual - base) / way
    downwards = goal.reversed and goal.base is None  # a budget of something unwanted: less used is better
    gap = (planned - completion if downwards else completion - planned) * 100
    done = f"（实际{shown(actual, 6)}{_less(base)}）÷（目标{shown(target, 6)}{_less(base)}）"
    formula = f"完成率 = {done} = {percent(completion, rules.digits)}；差 = " + (
        f"计划进度 − 完成率 = {shown(gap, rules.digits)}个百分点"
        if downwards
        else f"完成率 − 计划进度 = {shown(gap, rules.digits)}个百分点"
    )
    met = _holds(goal, actual, target)
    over = last.as_of >= goal.span.last
    return Measured(
        "progress", gap, "个百分点", met, over or (goal.flow and not downwards), gap >= 0, formula, inputs, completion, planned,
        broken=downwards and not met, downwards=downwards,
    )  # fmt: skip


def _less(base: Fraction) -> str:
    return f" − 基数{shown(base, 6)}" if base else ""


def _holds(goal: Goal, actual: Fraction, target: Fraction) -> bool:
    """Whether the promise is kept: 超过 and 低于 are strict."""
    if goal.reversed and goal.base is None:
        return actual < target if goal.op == "<" else actual <= target
    if goal.base is not None and target < Fraction(goal.base):
        return actual <= target
    return actual > target if goal.op == ">" else actual >= target


def _direct(goal: Goal, actual: Fraction, target: Fraction, last: Datum, rules: Rules) -> Measured:
    """The value against the target on the same basis, never prorated: in points for rates, in per cent of the target else."""
    about = rules.about if goal.op == "~" and goal.is_rate else Fraction(0)
    way = -1 if goal.reversed else 1
    raw = (actual - target) * way + about
    met = _holds(goal, actual, target) if not about else raw >= 0
    over = last.as_of >= goal.span.last
    here, there = f"实际{shown(actual, 6)}", f"目标{shown(target, 6)}"
    order = f"{there} − {here}" if way < 0 else f"{here} − {there}"
    notes = (f"“左右”按上下{shown(about)}个百分点以内算达到。",) if about else ()
    if goal.is_rate:
        unit, gap, scale = "个百分点", raw, "points"
        formula = f"差 = {order} = {shown(raw - about, 6)}个百分点"
    else:
        unit, scale = "%", "ratio"
        gap = raw / abs(target) * 100 if target else Fraction(0 if met else -100)
        formula = f"差 = （{order}）÷ 目标 = {shown(gap, rules.digits)}%"
        if not goal.reversed and not over:  # a stock without a base says nothing before its day
            return Measured("ratio", None, unit, met, over, met, formula, notes=notes)
    return Measured(scale, gap, unit, met, over, met, formula, notes=notes)  # type: ignore[arg-type]


def _zero(goal: Goal, actual: Fraction, last: Datum, rules: Rules) -> Measured:
    """不发生: once is too often. 破零: anything above nothing. 清零: down from the base along the curve, else on its day."""
    over = last.as_of >= goal.span.last
    said = f"实际{shown(actual, 6)}{goal.unit}"
    if goal.zero == "break":
        met = actual > 0
        gap = Fraction(0) if met else None if not over else Fraction(-100)
        return Measured(
            "ratio", gap, "%", met, True, met, f"破零：{said}，{'已破零' if met else '还没有破零'}"
        )
    met = actual == 0
    if goal.zero == "never":
        formula = f"不发生：{said}，{'没有发生' if met else '已经发生'}"
        gap = Fraction(0 if met else -100)
        return Measured("ratio", gap, "%", met, over, met, formula, broken=not met)
    if goal.base:
        cleared = goal._replace(value=Decimal(0), kind="level")
        return _paced(cleared, actual, Fraction(0), last, rules)
    gap = Fraction(0) if met else None if not over else Fraction(-100)
    return Measured("ratio", gap, "%", met, over, met, f"清零：{said}，{'已清零' if met else '还没有清零'}")


def _relative(goal: Goal, actual: Fraction, last: Datum) -> Measured:
    """Against another figure of the same time and basis, in points."""
    over = last.as_of >= goal.span.last
    if last.reference is None:
        words = f"还没有“{goal.reference or '参照指标'}”同期的数，不能比较"
        return Measured("points", None, "个百分点", False, False, False, words)
    wanted = Fraction(last.reference) + Fraction(goal.value or 0)
    gap = (wanted - actual) if goal.reversed else (actual - wanted)
    met = gap > 0 if goal.op in (">", "<") else gap >= 0
    formula = f"差 = 实际{shown(actual, 6)} − 参照{shown(Fraction(last.reference), 6)}"
    if goal.value:
        formula += f" − {shown(Fraction(goal.value), 6)}"
    formula += f" = {shown(gap if not goal.reversed else -gap, 6)}个百分点"
    return Measured("points", gap, "个百分点", met, over, met, formula)
