"""Tables of the dashboards and the wall chart as workbooks: words as words, numbers as numbers, days as days, the head frozen."""

import re

from luoshi.board.tables import Table, plain
from luoshi.board.wall import DUE, Cell, Wall
from luoshi.ui.excel import single

LONGEST = 31
"""Characters in the name of a sheet."""


def book(table: Table, title: str) -> bytes:
    """One table with its title."""

    name = re.sub(r"[\[\]:*?/\\']", "", table.title)[:LONGEST] or "表"
    head = [(one.label, one.width) for one in table.heads]
    return single(name, title, head, ([plain(value) for value in row] for row in table.rows))


def chart(wall: Wall) -> bytes:
    """The wall chart as it hangs: a row a strip, a column a period; what stands in a cell is said in words."""
    head = [("行动", 20), ("序号", 6), ("任务", 40), ("指标", 26), ("要求", 20), ("灯", 10), *((one.label, 14) for one in wall.columns), ("时限", 14), ("责任单位", 30), ("分管领导", 12)]  # fmt: skip
    rows = (
        [
            band.name, row.number, row.name, strip.name, strip.target, strip.lamp.word, *map(_cell, strip.cells), row.deadline,
            "、".join(row.units), "、".join(row.leaders),
        ]
        for band in wall.bands
        for row in band.rows
        for strip in row.strips
    )  # fmt: skip
    day = f"{wall.day.year}年{wall.day.month}月{wall.day.day}日"
    return single("挂图", f"{wall.title}挂图（截至{day}）", head, rows)


def _cell(cell: Cell) -> str:
    """灯, 实际, 计划, 自报, 节点, 限: a line each."""
    told = [
        cell.lamp.word if cell.lamp else "",
        f"实际{cell.actual}" if cell.actual else "",
        f"计划{cell.planned}" if cell.planned else "",
        f"自报{cell.said}" if cell.said else "",
        *(f"{mark.sign}{mark.title}" for mark in cell.marks),
        f"{DUE}：到期" if cell.due else "",
    ]
    return "\n".join(filter(None, told))
