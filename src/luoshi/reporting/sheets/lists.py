"""Rounds, the units of one round and the burden of a month as workbooks, as they stand on the page."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from luoshi.reporting.models import Burden, Complaint, Figure, Revision, Round
from luoshi.reporting.queries.rounds import RoundLine, UnitLine
from luoshi.ui.excel import Table, several, single

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
COMPLAINTS = (
    ("单位", 30),
    ("谁提的", 12),
    ("提出时间", 18),
    ("类别", 14),
    ("意见", 60),
    ("状态", 12),
    ("答复", 50),
)


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


def burden(
    month: dt.date, asked: Iterable[Burden], own: Iterable[Burden], complaints: Iterable[Complaint]
) -> bytes:
    """What the units were asked in a month; the own unit's months; the complaints: a sheet each."""
    of_month = ([b.unit.full_name, *_counts(b)] for b in asked)
    of_unit = [[b.month, *_counts(b)] for b in own]
    tables = [
        Table("填报负担", f"{month.year}年{month.month}月填报负担", BURDEN, of_month),
        Table("逐月", "本单位近几个月", (("月份", 13), *BURDEN[1:]), of_unit),
        Table("减负意见", "减负意见", COMPLAINTS, [_complaint(one) for one in complaints]),
    ]
    return several([tables[0], *(table for table in tables[1:] if table.rows)])


def _counts(b: Burden) -> list[Any]:
    return [b.rounds, b.items, b.figures, b.repeats, b.typed, b.carried, b.share]


def _complaint(one: Complaint) -> list[Any]:
    return [
        one.unit.full_name, one.filed_by, one.filed_at, one.get_kind_display(), one.words, one.get_state_display(), one.answer,
    ]  # fmt: skip


def revisions(figure: Figure, found: Iterable[Revision]) -> bytes:
    """Every number that was ever given for a figure, the newest first."""
    unit = figure.indicator.unit or "—"
    head = (
        ("时间", 18),
        (f"数值({unit})", 16),
        ("没有数的原因", 24),
        ("来源", 10),
        ("截至", 13),
        ("经手", 14),
        ("理由", 40),
    )
    rows = (
        [r.at, r.value, r.absent, r.get_source_display(), r.as_of, r.by, r.reason or "填报"] for r in found
    )
    return single("修订记录", f"{figure.indicator.name}（{figure.unit.full_name}{figure.label}）", head, rows)
