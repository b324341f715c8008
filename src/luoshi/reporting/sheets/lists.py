"""Rounds, the units of one round and the burden of a month as workbooks, as they stand on the page."""

import datetime as dt
from collections.abc import Iterable

from luoshi.ledger.excel import single
from luoshi.reporting.models import Burden, Round
from luoshi.reporting.queries.rounds import RoundLine, UnitLine

ROUNDS = (
    ("轮次", 20), ("方案", 44), ("行动", 24), ("时段起", 13), ("时段止", 13), ("截止", 13), ("状态", 10), ("应报(项)", 9), ("已报(项)", 9), ("待审核(项)", 10),
    ("已采用(项)", 10), ("退回(项)", 9), ("迟报(项)", 9),
)  # fmt: skip
UNITS = (
    ("单位", 30), ("情况", 12), ("应报(项)", 9), ("已报(项)", 9), ("待审核(项)", 10), ("已采用(项)", 10), ("退回(项)", 9), ("迟报(项)", 9), ("已催(次)", 9),
)  # fmt: skip
BURDEN = (
    ("单位", 30), ("轮次(轮)", 9), ("进展(项)", 9), ("数据(个)", 9), ("免重复(个)", 10), ("动手填写(处)", 12), ("自动带入(处)", 12), ("带入占比(%)", 12),
)  # fmt: skip


def rounds(lines: Iterable[RoundLine]) -> bytes:
    """The list of rounds with their counts."""
    rows = (
        [
            one.round.label, one.round.plan.title, one.round.action, one.round.since, one.round.until, one.round.due,
            one.round.get_state_display(),
            *(one.counts[name] for name in ("total", "given", "waiting", "accepted", "returned", "late")),
        ]
        for one in lines
    )  # fmt: skip
    return single("轮次", "各轮报送", ROUNDS, rows)


def units(round: Round, lines: Iterable[UnitLine]) -> bytes:
    """One round unit by unit."""
    rows = (
        [
            line.unit.full_name, line.word, line.total, line.given, line.waiting, line.accepted, line.returned, line.late,
            line.sheet.reminded,
        ]
        for line in lines
    )  # fmt: skip
    return single("各单位", f"{round.plan.title}{round.label}各单位报送情况", UNITS, rows)


def burden(month: dt.date, lines: Iterable[Burden]) -> bytes:
    """What the units were asked in a month."""
    rows = (
        [b.unit.full_name, b.rounds, b.items, b.figures, b.repeats, b.typed, b.carried, b.share]
        for b in lines
    )
    return single("填报负担", f"{month.year}年{month.month}月填报负担", BURDEN, rows)
