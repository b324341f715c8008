"""Where a count will stand at the end of its time, as an honest range, and what the rest of the time needs.

Three plain ways are reckoned and all of them shown: as the plan's curve goes on, as the whole time so far went, as the last periods
went. The range runs from the lowest to the highest; with fewer than two figures there is none, and that is said.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from luoshi.core.progress.goals import Datum, Goal, at_hand, combined
from luoshi.core.progress.pace import LINEAR, Method, time_share
from luoshi.core.progress.rounding import shown

_RECENT = 3  # periods that the latest pace is taken from
_LEAST = 2  # figures needed before anything is said


class Way(NamedTuple):
    """One way of reckoning the end: its name and what it leads to."""

    name: str
    value: Fraction


class Forecast(NamedTuple):
    """`low` to `high` in the unit of the goal; `ways` that led there; one sentence for the reader."""

    low: Fraction | None
    high: Fraction | None
    ways: tuple[Way, ...]
    sentence: str


def forecast(goal: Goal, data: Sequence[Datum], day: date, method: Method = "half-month") -> Forecast:
    """The range at the end of the goal's span, from what is known on `day`. Only counts that add up are forecast: the mean of a
    rate over the year says nothing about its end."""
    known = [d for d in at_hand(data, day) if d.as_of >= goal.span.first]
    if goal.is_rate or not goal.flow or goal.kind in ("rank", "zero", "relative"):
        return Forecast(None, None, (), "这类指标不按进度推算全年。")
    if len(known) < _LEAST:
        return Forecast(None, None, (), f"只有{len(known)}期数，还不能推算全年，至少要{_LEAST}期。")
    points = [
        (time_share(d.as_of, goal.span, method), value)
        for i, d in enumerate(known, 1)
        if (value := combined(goal, known[:i])) is not None
    ]
    ways = tuple(_ways(goal, points))
    if not ways:
        return Forecast(None, None, (), "各期数据在同一时点，还不能推算全年。")
    values = [w.value for w in ways]
    low, high = min(values), max(values)
    said = "、".join(f"{w.name}{shown(w.value)}{goal.unit}" for w in ways)
    return Forecast(
        low, high, ways, f"预计到期时为{shown(low)}—{shown(high)}{goal.unit}：{said}。这是推算，不是数据。"
    )


def _ways(goal: Goal, points: Sequence[tuple[Fraction, Fraction]]) -> list[Way]:
    share, actual = points[-1]
    if share >= 1:
        return [Way("已到期，实际", actual)]
    ways = []
    planned = (goal.curve or LINEAR).at(share)
    if goal.curve is not None and planned:
        ways.append(Way("按计划进度推算", actual / planned))
    if share:
        ways.append(Way("按到目前的平均速度", actual / share))
    earlier = points[max(0, len(points) - 1 - _RECENT)]
    if share > earlier[0]:
        speed = (actual - earlier[1]) / (share - earlier[0])
        ways.append(Way("按最近几期的速度", actual + speed * (1 - share)))
    return ways


class Needed(NamedTuple):
    """What is `left` to do, what each of the remaining months must bring (None when the time is over), the pace so far."""

    left: Fraction
    per_month: Fraction | None
    so_far: Fraction | None
    sentence: str


def needed(goal: Goal, actual: Fraction, as_of: date, method: Method = "half-month") -> Needed:
    """The run rate that the rest of the time needs. ValueError for a goal without a number."""
    if goal.value is None:
        raise ValueError("目标还没有下达，不能推算剩余月份的任务。")
    months = Fraction(
        (goal.span.last.year - goal.span.first.year) * 12 + goal.span.last.month - goal.span.first.month + 1
    )
    share = time_share(as_of, goal.span, method)
    left = Fraction(goal.value) - actual
    so_far = actual / (share * months) if share else None
    if left <= 0:
        over = f"超过{shown(-left)}{goal.unit}" if left else "正好达到"
        return Needed(Fraction(0), Fraction(0), so_far, f"已达到目标，{over}。")
    if share >= 1:
        return Needed(left, None, so_far, f"已到期，差{shown(left)}{goal.unit}。")
    each = left / (months * (1 - share))
    sentence = f"还差{shown(left)}{goal.unit}，剩余时间每月须完成{shown(each)}{goal.unit}"
    if so_far is not None:
        sentence += f"，此前每月{shown(so_far)}{goal.unit}"
    return Needed(left, each, so_far, sentence + "。")


def remaining_mean(target: Decimal, mean: Decimal, gone: int, whole: int) -> Fraction | None:
    """What the mean of the remaining days may be for the mean of the year to meet a limit (PM2.5年剩余日控制值); None once the
    year is over. `gone` and `whole` are days.

    >>> remaining_mean(Decimal(50), Decimal(47), 244, 366) == 56
    True
    """
    if whole <= gone:
        return None
    return (Fraction(target) * whole - Fraction(mean) * gone) / (whole - gone)


def remaining_days(target: int, done: int, gone: int, whole: int) -> tuple[int, int]:
    """Days still needed (优良天数) and days that may still be missed; the second is negative when the target is out of reach.

    >>> remaining_days(330, 245, 263, 366)
    (85, 18)
    """
    left = max(target - done, 0)
    return left, (whole - gone) - left
