"""What several dashboards show: lights by month, gaps from the plan, tasks, lights that changed, silence."""

from collections import Counter
from fractions import Fraction

from django.urls import reverse

from luoshi.board import charts
from luoshi.board.queries.books import Book, counted, in_words
from luoshi.board.queries.courses import GRAVITY
from luoshi.board.queries.silence import STATES, Silence
from luoshi.board.tables import Chart, Head, Link, Panel, Table, Value
from luoshi.board.wall import Lamp
from luoshi.core.progress.rounding import rounded
from luoshi.core.progress.rules import LEVELS, Level
from luoshi.supervision.queries.lights import Line

MOST = 150
"""Per cent at which a bar of progress is cut."""
EACH, SHORT = 8, 15
"""Bars on either side of a chart of gaps; rows of a list that is shown unfolded."""


def to_task(line: Line) -> Link | str:
    """The task a light belongs to, one press away."""
    return Link(str(line.task), reverse("ledger:task", args=[line.task.pk])) if line.task else ""


def to_line(line: Line) -> Link:
    """An indicator leads to its own dashboard, a task to its page."""
    if line.indicator:
        return Link(line.name, reverse("board:indicator", args=[line.indicator.pk]))
    return Link(line.name, reverse("ledger:task", args=[line.task.pk]) if line.task else "")


def unit_of(line: Line) -> str:
    """Who answers for it."""
    return line.unit.unit.full_name if line.unit else ""


def number(value: Fraction | None, digits: int = 2) -> float | None:
    """As a chart and a cell hold it."""
    return None if value is None else float(rounded(value, digits))


def lights_by_month(book: Book, size: int) -> Panel:
    """How many promises had which light, month by month."""
    looks = book.rules.looks
    used = [level for level in LEVELS if any(month[level] for month in book.months)]
    heads = (
        Head("月份", 10),
        *(Head(f"{looks[level].shape}{looks[level].word}(项)", 14, "number") for level in used),
    )
    told = [
        (label, month) for label, month in zip(book.labels, book.months, strict=True) if sum(month.values())
    ]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, *(month[level] for level in used)) for label, month in told
    )
    if told:
        (first, was), (last, now) = told[0], told[-1]
        says = f"{last}报的数：{in_words(now, book)}；{first}是{in_words(was, book)}。"
    else:
        says = "还没有报过数，没有逐月的灯。"
    option = charts.stacked(says, book.labels, book.months, looks, size, lying=False)
    table = Table("months", "各月的灯", heads, rows, "还没有报过数。")
    note = "每月的灯按为这个月报的数亮，迟报的也算在这个月；没有指标的任务不在内。"
    return Panel(table, Chart("months", says, option) if told else None, note)


def gaps(book: Book, size: int) -> Panel:
    """Counts that are furthest behind and ahead of their planned curve, in percentage points."""
    found = [
        (line, number(line.light.gap))
        for line in book.lines
        if line.indicator
        and line.light.gap is not None
        and line.light.gap_unit == "个百分点"
        and line.light.counted
    ]
    known = sorted(
        ((line, gap) for line, gap in found if gap is not None), key=lambda pair: (pair[1], pair[0].name)
    )
    behind = [pair for pair in known if pair[1] < 0]
    ahead = [pair for pair in known if pair[1] >= 0]
    shown = [*behind[:EACH], *ahead[-EACH:]]
    heads = (
        Head("指标", 34), Head("灯", 10, "light"), Head("目标", 20), Head("差(百分点)", 12, "number"), Head("数据截至", 12, "day"), Head("负总责", 26),
        Head("任务", 34),
    )  # fmt: skip
    rows = tuple(
        (to_line(line), book.lamp(line.light.level), line.indicator.words if line.indicator else "", gap, line.light.receipt.as_of,
         unit_of(line), to_task(line))
        for line, gap in known
    )  # fmt: skip
    says = f"{len(behind)}项指标落后于计划或目标，{len(ahead)}项不落后。"
    if behind:
        says += f"落后最多的是{behind[0][0].name}，差{abs(behind[0][1]):g}个百分点。"
    if ahead and ahead[-1][1] > 0:
        says += f"超前最多的是{ahead[-1][0].name}，多{ahead[-1][1]:g}个百分点。"
    colours = [charts.COLOURS[line.light.level] for line, _ in shown]
    option = charts.bars(says, "差(百分点)", [line.name for line, _ in shown], [gap for _, gap in shown], size, colours)  # fmt: skip
    table = Table("gaps", "指标比计划快还是慢", heads, rows, "没有可以比较的指标。", wide=True)
    note = f"图上是落后最多和超前最多的各{EACH}项，表里是全部能按百分点比较的指标；几项的量纲不同，只看各自的差。"
    return Panel(table, Chart("gaps", says, option, 60 + 26 * max(len(shown), 3)) if shown else None, note)


def changed(book: Book) -> Panel:
    """Lights that are not what they were the last time."""
    heads = (
        Head("指标", 34),
        Head("原来", 14, "light"),
        Head("现在", 14, "light"),
        Head("变在", 12),
        Head("负总责", 26),
    )
    found = sorted(book.changed, key=lambda row: (GRAVITY.index(row[4]), row[0].name))
    months = [f"{period.start.month}月" for period in book.days.periods]
    latest = max((row[3] for row in found), default=0)
    rows = tuple(
        (to_line(line), book.lamp(was), book.lamp(now), f"{months[before]}→{months[at]}", unit_of(line))
        for line, before, was, at, now in found
        if at == latest
    )
    worse = sum(
        GRAVITY.index(now) < GRAVITY.index(was)
        for _, _, was, at, now in found
        if at == latest and "silent" not in (was, now)
    )
    fell, spoke = (
        sum(state == "silent" for *_, at, state in found if at == latest),
        sum(was == "silent" for _, _, was, at, _ in found if at == latest),
    )
    better = len(rows) - worse - fell - spoke
    said = ((worse, "变差"), (better, "变好"), (fell, "没有报"), (spoke, "补上了数"))
    told = "，".join(f"{n}项{word}" for n, word in said if n)
    says = f"{months[latest]}与上一次报的数相比：{told}。"
    table = Table("changed", "灯变了的指标", heads, rows, "这一期没有灯变的指标。", wide=len(rows) <= SHORT)
    return Panel(table, note=says if rows else "", folded=len(rows) > SHORT)


def tasks(book: Book) -> Panel:
    """Every promise and task with today's light: what a part of the plan is made of."""
    heads = (
        Head("任务", 36), Head("指标", 30), Head("目标", 20), Head("灯", 12, "light"), Head("数据截至", 12, "day"), Head("时限", 14),
        Head("负总责", 26), Head("督办", 16),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for line in book.lines:
        order = (
            Link(line.order.number or "督办", reverse("supervision:order", args=[line.order.pk]))
            if line.order
            else ""
        )
        rows.append(
            (
                to_task(line), to_line(line) if line.indicator else "", line.indicator.words if line.indicator else "",
                book.lamp(line.light.level), line.light.receipt.as_of, line.task.due if line.task else "", unit_of(line), order,
            )
        )  # fmt: skip
    return Panel(Table("tasks", "任务和指标", heads, tuple(rows), "没有任务。", wide=True))


def progress(book: Book, size: int) -> Panel:
    """Done against planned for the counts of a part of the plan."""
    found = [line for line in book.lines if line.indicator and line.light.completion is not None]
    heads = (
        Head("指标", 34), Head("灯", 12, "light"), Head("完成(%)", 10, "number"), Head("计划(%)", 10, "number"), Head("目标", 20),
        Head("负总责", 26),
    )  # fmt: skip

    def share(value: Fraction | None) -> float | None:
        return None if value is None else number(value * 100, 1)

    rows = tuple(
        (to_line(line), book.lamp(line.light.level), share(line.light.completion), share(line.light.planned),
         line.indicator.words if line.indicator else "", unit_of(line))
        for line in found
    )  # fmt: skip
    levels = counted(line.light.level for line in found)
    says = f"{len(found)}项按进度计的指标：{in_words(levels, book)}。" if found else "没有按进度计的指标。"
    done = [share(line.light.completion) or 0.0 for line in found]
    labels = [f"{_cut(line.name)} {value:g}%" for line, value in zip(found, done, strict=True)]
    option = charts.bars(
        says, "完成(%)", labels, done, size, [charts.COLOURS[line.light.level] for line in found]
    )
    option["series"][0]["label"] = {"show": False}
    option["xAxis"]["max"] = MOST
    option["yAxis"]["axisLabel"]["width"] = 16 * size
    option["series"].append(
        {
            "name": "计划(%)", "type": "scatter", "symbol": "rect", "symbolSize": [4, 1.6 * size], "itemStyle": {"color": charts.INK},
            "data": [share(line.light.planned) for line in found], "z": 5,
        }
    )  # fmt: skip
    option["legend"] = charts.base(says, size)["legend"]
    option["grid"] = charts.base(says, size)["grid"] | {"right": 3 * size}
    table = Table("progress", "完成和计划", heads, rows, "没有按进度计的指标。", wide=True)
    chart = Chart("progress", says, option, 70 + 26 * max(len(found), 3)) if found else None
    note = f"黑色竖条是到数据截至日应完成的进度；超过{MOST}%的画到{MOST}%为止。"
    return Panel(table, chart, note if found else "")


def _cut(name: str, most: int = 12) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def silence_table(found: Silence, day_words: str = "") -> Table:
    """Units against rounds, a shape and a word in every cell."""
    heads = (
        Head("单位", 28),
        *(
            Head(one.label + (f"（{one.programme.name}）" if one.programme else ""), 14, "light")
            for one in found.rounds
        ),
    )
    rows = tuple(
        (
            Link(unit.full_name, reverse("board:unit", args=[unit.pk])),
            *(STATES[state] if state else "" for state in states),
        )
        for unit, states in found.units
    )
    return Table("silence", "各轮谁报了、谁没有报", heads, rows, "还没有要过填报。", wide=True)


def silence_words(last: Counter[str]) -> str:
    """5个单位未报，1个迟报"""
    said = [f"{last[state]}个单位{lamp.word}" for state, lamp in STATES.items() if last[state]]
    return "，".join(said) or "还没有到期的轮次"


def lamps_of(levels: Counter[Level], book: Book) -> list[tuple[Lamp, int]]:
    """Lights with how many, in order."""
    return [(book.lamp(level), levels[level]) for level in LEVELS if levels[level]]
