"""One indicator: planned against actual by month, the days official figures come out, last year's line, where it will end."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from luoshi.board import charts
from luoshi.board.panels.shared import number
from luoshi.board.queries.courses import Calendar, Point, course, is_paced
from luoshi.board.queries.last_year import Last
from luoshi.board.tables import Chart, Head, Panel, Table, Value
from luoshi.board.wall import Lamp
from luoshi.core.periods import Period, periods_between
from luoshi.core.progress.forecast import Forecast
from luoshi.core.progress.goals import Datum
from luoshi.core.progress.releases import national_clock
from luoshi.supervision.queries.lights import Line


def releases(line: Line, days: Calendar) -> dict[int, dt.date]:
    """Month → the day its official figure is there; empty for figures that a department counts itself."""
    clock = national_clock()
    series = clock.series(line.goal.statistic) if line.goal and line.goal.statistic else None
    if series is None:
        return {}
    first, last = days.periods[0].start, days.periods[-1].end
    found = {}
    for period in periods_between(series.every, first, last):
        if not (series.no_january and series.every == "月" and period.end.month == 1):
            found[period.end.month - 1] = clock.released_on(series, period)
    return found


def promise(line: Line, days: Calendar, last: Last, coming: Forecast | None, size: int) -> Panel:
    """The chart and the table of one indicator."""
    goal = line.goal
    assert goal is not None
    points, unit = course(line, days), goal.unit
    labels = [f"{period.start.month}月" for period in days.periods]
    planned = _planned(line, points)
    actual = [number(point.actual) for point in points]
    before = [number(value) for value in last.values]
    lines: list[tuple[str, str, Sequence[float | None]]] = [(f"实际({unit})", "solid", actual)]
    lines.append(("计划" if is_paced(goal) else "目标", "dashed", planned))
    if last.any:
        lines.append(("上年", "dotted", before))
    out = releases(line, days)
    marks = [(labels[at], f"{day.month}月{day.day}日发布") for at, day in out.items()]
    span = None
    if coming and coming.low is not None and coming.high is not None:
        span = (float(coming.low), float(coming.high))
    says = _says(line, labels, actual, planned, last, unit)
    option = charts.course(says, labels, lines, size, marks, span)
    return Panel(
        _table(line, days, points, planned, before, out),
        Chart("course", says, option, 420),
        _note(coming, last, bool(out)),
    )


def _planned(line: Line, points: Sequence[Point]) -> list[float | None]:
    """The planned value at the end of each month; the target itself where nothing is prorated."""
    goal = line.goal
    if goal is None or goal.value is None:
        return [None] * len(points)
    if not is_paced(goal):
        return [float(goal.value)] * len(points)
    base = Fraction(goal.base or 0)
    way = Fraction(goal.value) - base
    return [None if p.planned is None else number(base + way * p.planned) for p in points]


def _says(
    line: Line,
    labels: Sequence[str],
    actual: Sequence[float | None],
    planned: Sequence[float | None],
    last: Last,
    unit: str,
) -> str:
    told = [at for at, value in enumerate(actual) if value is not None]
    if not told:
        return f"{line.name}今年还没有报过数。"
    at = told[-1]
    says = f"{line.name}：{labels[at]}实际{actual[at]:g}{unit}"
    if planned[at] is not None:
        says += f"，计划（目标）{planned[at]:g}{unit}"
    if last.values[at] is not None:
        says += f"，上年同月{number(last.values[at]):g}{unit}"
    return f"{says}。现在的灯是“{line.light.look.word}”。"


def _note(coming: Forecast | None, last: Last, official: bool) -> str:
    said = [coming.sentence] if coming else []
    said.append(f"上年的线取自《{last.plan}》。" if last.any else "没有上年的数，不画上年的线。")
    if official:
        said.append("竖线是官方数据的发布日，没有发布的月份不亮灯。")
    return "".join(said)


def _table(
    line: Line,
    days: Calendar,
    points: Sequence[Point],
    planned: Sequence[float | None],
    before: Sequence[float | None],
    out: dict[int, dt.date],
) -> Table:
    unit = line.goal.unit if line.goal else ""
    heads = [
        Head("月份", 12), Head("灯", 12, "light"), Head(f"实际({unit})", 14, "number"), Head(f"计划或目标({unit})", 16, "number"),
        Head("上报日期", 14, "day"), Head("来源", 10), Head(f"上年({unit})", 14, "number"),
    ]  # fmt: skip
    if out:
        heads.append(Head("官方发布日", 14, "day"))
    rows = []
    for at, (period, point) in enumerate(zip(days.periods, points, strict=True)):
        told = _reported(line.data, period) if point.actual is not None else None
        look = days.rules.looks[point.level] if point.level else None
        row: list[Value] = [
            f"{period.start.month}月", Lamp(point.level or "", look.colour, look.word, look.shape) if look else "",
            number(point.actual), planned[at], told.known if told else None, told.source if told else "", before[at],
        ]  # fmt: skip
        rows.append(tuple([*row, out.get(at)] if out else row))
    return Table("course", "逐月的数", tuple(heads), tuple(rows), wide=True)


def _reported(data: Sequence[Datum], period: Period) -> Datum | None:
    """The last figure for the month."""
    found = [datum for datum in data if period.contains(datum.as_of)]
    return found[-1] if found else None
