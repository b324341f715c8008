"""The overview of a county's plan: lights by action and by month, gaps, silence, orders, what moved."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count
from django.urls import reverse

from luoshi.board import charts
from luoshi.board.panels.shared import changed, gaps, lamps_of, lights_by_month, silence_words
from luoshi.board.queries.books import Book, counted, in_words
from luoshi.board.queries.silence import STATES, Silence
from luoshi.board.tables import Chart, Head, Link, Panel, Table
from luoshi.board.wall import Lamp
from luoshi.core.flow.order import ORDER
from luoshi.core.progress.rounding import percent
from luoshi.core.progress.rules import Level
from luoshi.ledger.models import Amendment
from luoshi.supervision.models import Order
from luoshi.supervision.queries.lights import totals

LATELY = 20
"""Changes of the ledger shown."""


class Top(NamedTuple):
    """The line at the head: how many lights of which kind, and what it says."""

    lamps: list[tuple[Lamp, int]]
    says: str


def top(book: Book) -> Top:
    """Today's lights in sum."""
    levels = counted(line.light.level for line in book.lines)
    stale = counted(line.light.level for line in book.lines if line.light.stale)
    says = f"{len(book.lines)}项指标和任务：{in_words(levels, book)}。"
    if stale:
        says += (
            f"其中{sum(stale.values())}项的数据停在较早的日期（{in_words(stale, book)}），预警页另列一栏。"
        )
    return Top(lamps_of(levels, book), says)


def by_action(book: Book, size: int) -> Panel:
    """A bar an action, and the rolled-up light."""
    keys: dict[str, int] = {}
    groups: dict[str, Counter[Level]] = {}
    for line in book.lines:
        action = line.task.action if line.task else line.indicator.action if line.indicator else None
        name = action.name if action else "其他"
        groups.setdefault(name, Counter())[line.light.level] += 1
        if action:
            keys[name] = action.pk
    groups = {name: groups[name] for name in sorted(groups, key=lambda name: name not in keys)}
    rows = []
    for name, total in sorted(totals(book.lines, book.day, book.rules), key=lambda pair: pair[0] not in keys):
        link = Link(name, reverse("board:action", args=[keys[name]])) if name in keys else name
        done = "" if total.completion is None else percent(total.completion, 1)
        counts = groups[name]
        rows.append(
            (link, Lamp(total.level, total.look.colour, total.look.word, total.look.shape), sum(counts.values()), total.counted, done,
             counts["bad"] + counts["late"], counts["behind"] + counts["near"], counts["silent"])
        )  # fmt: skip
    heads = (
        Head("行动", 30), Head("汇总灯", 12, "light"), Head("共(项)", 8, "number"), Head("计入(项)", 9, "number"), Head("加权完成率", 12),
        Head("严重滞后、逾期(项)", 18, "number"), Head("滞后、临期(项)", 16, "number"), Head("未报数(项)", 12, "number"),
    )  # fmt: skip
    worst = max(groups, key=lambda name: groups[name]["bad"] + groups[name]["late"], default="")
    reds = groups[worst]["bad"] + groups[worst]["late"] if worst else 0
    beside = "，另有不列入行动的项" if len(groups) > len(keys) else ""
    says = f"{len(keys)}个行动{beside}。" + (f"严重滞后和逾期最多的是{worst}，{reds}项。" if reds else "没有严重滞后和逾期的项。")  # fmt: skip
    option = charts.stacked(says, list(groups), list(groups.values()), book.rules.looks, size, lying=True)
    table = Table("actions", "各行动的灯", heads, tuple(rows), "没有行动。", wide=True)
    return Panel(table, Chart("actions", says, option, 90 + 34 * len(groups)), book.rules.rollup.words + "。")


def last_round(found: Silence, query: str, size: int) -> Panel:
    """How units stand in the last round that was due."""
    last = found.last
    heads = (Head("情况", 14, "light"), Head("单位(个)", 12, "number"))
    states = [state for state in STATES if last[state]]
    says = f"最近到期的一轮：{silence_words(last)}。"
    option = charts.bars(says, "单位(个)", [f"{STATES[s].shape}{STATES[s].word}" for s in states], [last[s] for s in states], size, whole=True)  # fmt: skip
    table = Table(
        "round",
        "最近一轮报送",
        heads,
        tuple((STATES[s], last[s]) for s in states),
        "还没有到期的轮次。",
    )
    more = Link("逐轮看谁没有报", f"{reverse('board:silence')}?{query}")
    return Panel(table, Chart("round", says, option, 60 + 34 * max(len(states), 2)) if states else None, more=more)  # fmt: skip


def orders(book: Book, size: int) -> Panel:
    """Orders of this year that this person may see, by where they are in their life."""
    rows = list(
        Order.objects.visible_to(book.actor)
        .filter(created_at__date__lte=book.day)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"))
    )
    counts = {row["state"]: row["n"] for row in rows}
    states = [state for state in ORDER.states if counts.get(state)]
    heads = (Head("状态", 16), Head("督办事项(件)", 14, "number"))
    words = [ORDER.label(state) for state in states]
    said = "、".join(f"{word}{counts[state]}件" for word, state in zip(words, states, strict=True))
    says = f"共{sum(counts.values())}件督办事项：{said}。" if states else "没有督办事项。"
    option = charts.bars(says, "件", words, [counts[state] for state in states], size, whole=True)
    table = Table(
        "orders",
        "督办事项在哪一步",
        heads,
        tuple((word, counts[state]) for word, state in zip(words, states, strict=True)),
    )
    more = Link("去督办", reverse("supervision:index"))
    return Panel(table, Chart("orders", says, option, 60 + 34 * max(len(states), 2)) if states else None, more=more)  # fmt: skip


def moved(book: Book) -> Panel:
    """The latest changes of what was promised."""
    rows = (
        Amendment.objects.filter(plan=book.plan, at__date__lte=book.day)
        .select_related("task", "indicator__task", "milestone__task")
        .order_by("-pk")[:LATELY]
    )
    heads = (Head("日期", 12, "day"), Head("任务", 36), Head("改了什么", 12), Head("原为", 24), Head("改为", 24), Head("理由", 30), Head("依据", 24))  # fmt: skip
    made = []
    for row in rows:
        held = row.indicator or row.milestone
        task = row.task or (held.task if held else None)
        link = Link(str(task), reverse("ledger:task", args=[task.pk])) if task else str(held or "")
        made.append((row.at.date(), link, row.get_what_display(), row.old, row.new, row.reason, row.document))
    return Panel(Table("moved", "目标、时限、单位的变更", heads, tuple(made), "今年没有变更。", wide=True))


def county(book: Book, found: Silence, query: str, size: int) -> list[Panel]:
    """All panels of the overview in order."""
    return [
        by_action(book, size),
        lights_by_month(book, size),
        last_round(found, query, size),
        changed(book),
        orders(book, size),
        gaps(book, size),
        moved(book),
    ]
