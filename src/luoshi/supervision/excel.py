"""Lights and orders as workbooks, as they stand on the page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from luoshi.core.progress.rollup import Total
from luoshi.core.progress.rounding import rounded
from luoshi.ledger.models import Indicator, Plan
from luoshi.reporting.models import Figure, Revision
from luoshi.supervision.models import Order
from luoshi.supervision.queries.lights import TABS, Line
from luoshi.ui.excel import Table, several, single

LIGHTS = (
    ("栏", 16), ("指标或任务", 34), ("灯", 12), ("目标或时限", 24), ("差", 10), ("差的单位", 10), ("数据截至", 13), ("负总责", 26), ("任务", 34),
    ("自报进度(%)", 10), ("自报进展", 40), ("存在问题", 40), ("督办", 16), ("怎么算的", 60),
)  # fmt: skip
ORDERS = (
    ("编号", 18), ("事项", 34), ("办理要求", 50), ("来源", 12), ("依据", 26), ("承办单位", 26), ("分管领导", 10), ("状态", 12), ("交办日期", 13),
    ("办理时限", 13), ("延期(次)", 8), ("进度", 16), ("督查单", 14), ("挂牌", 8), ("做不到的原因", 16), ("需要的帮助", 30), ("办结日期", 13),
)  # fmt: skip
TOTALS = (("行动", 40), ("灯", 12), ("计入项数", 12), ("加权完成率(%)", 16))


def lights(plan: Plan, lines: Sequence[Line], totals: Iterable[tuple[str, Total]], day: dt.date) -> bytes:
    """Every light of a plan on a day, the gravest column first; a total an action on a second sheet."""
    order = list(TABS)
    rows = (
        [
            TABS[line.tab], line.name, line.light.look.word,
            line.indicator.words if line.indicator else line.task.due if line.task else "",
            None if line.light.gap is None else float(rounded(line.light.gap, 2)), line.light.gap_unit, line.light.receipt.as_of,
            line.unit.unit.full_name if line.unit else "", str(line.task or ""), line.said.percent if line.said else None,
            line.said.done if line.said else "", line.said.blocker if line.said else "", line.order.number if line.order else "",
            line.light.receipt.formula,
        ]
        for line in sorted(lines, key=lambda line: order.index(line.tab))
    )  # fmt: skip
    on = f"{day.year}年{day.month}月{day.day}日"
    return several(
        [
            Table("预警", f"{plan.title}预警（{on}）", LIGHTS, rows),
            Table("各行动", f"{plan.title}各行动汇总灯（{on}）", TOTALS, (_total(*one) for one in totals)),
        ]
    )


def _total(name: str, total: Total) -> list[Any]:
    done = None if total.completion is None else float(rounded(100 * total.completion, 1))
    return [name, total.look.word, total.counted, done]


def figures(indicator: Indicator, found: Iterable[tuple[Figure, Revision]]) -> bytes:
    """Every number ever given for an indicator, the latest period first."""
    head = (
        ("时段", 24), (f"数值({indicator.unit or '—'})", 16), ("没有数的原因", 24), ("单位", 28), ("经手", 12), ("来源", 10), ("截至", 13), ("时间", 18),
        ("理由", 40),
    )  # fmt: skip
    rows = (
        [f.label, r.value, r.absent, f.unit.full_name, r.by, r.get_source_display(), r.as_of, r.at, r.reason or "填报"]
        for f, r in found
    )  # fmt: skip
    return single("报过的数", f"{indicator.name}报过的数", head, rows)


def orders(found: Iterable[Order], today: dt.date) -> bytes:
    """The orders as filtered."""
    rows = (
        [
            order.number, order.title, order.matter, order.get_origin_display(), order.ground,
            order.unit.full_name if order.unit else "", order.leader, order.get_state_display(), order.sent_on, order.deadline,
            order.moved, order.standing(today).word, order.slip, "挂牌" if order.hung else "",
            order.get_cause_display() if order.cause else "", order.help_needed, order.ended_on,
        ]
        for order in found
    )  # fmt: skip
    return single("督办事项", f"督办事项（{today.year}年{today.month}月{today.day}日）", ORDERS, rows)
