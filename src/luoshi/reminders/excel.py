"""What waits for a person as a workbook."""

from collections.abc import Iterable

from luoshi.reminders.waiting import Line
from luoshi.ui.excel import single

WAITING = (
    ("等您办的", 60),
    ("截止", 13),
    ("已过期", 9),
    ("说明", 40),
    ("不办会怎样", 40),
    ("已催报(次)", 11),
    ("已告知", 20),
)


def waiting(lines: Iterable[Line]) -> bytes:
    """The list of the home page, in its order."""
    rows = (
        [line.what, line.due, "已过期" if line.late else "", line.note, line.if_not, line.reminded, line.told]
        for line in lines
    )
    return single("待我办", "待我办", WAITING, rows)
