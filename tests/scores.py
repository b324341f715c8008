"""Score sheets of 青禾县 for tests: a title, the head in row 2, units from row 3."""

import datetime as dt
import io
from collections.abc import Sequence

from xlsxwriter import Workbook

HEAD = ("单位", "组别", "得分", "等次", "排名", "备注")
ROWS = (
    ("青禾县发展和改革局", "部门组", 95.5, "优秀", 1, ""),
    ("县教育局", "部门组", 93, "良好", 2, ""),
    ("县统计局", "部门组", 93, "良好", 2, "报数迟1次"),
    ("河口镇人民政府", "乡镇组", 90.25, "良好", 1, ""),
    ("新田铺镇", "乡镇组", 88, "合格", 2, ""),
)


def workbook(rows: Sequence[Sequence[object]] = ROWS, head: Sequence[str] = HEAD, merged: str = "") -> bytes:
    """A workbook of these rows; `merged` writes the group of all rows once, as one merged cell of column B."""
    held = io.BytesIO()
    book = Workbook(held, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 11, 30)})  # the same rows give the same bytes
    sheet = book.add_worksheet("得分表")
    sheet.write(0, 0, "青禾县2026年度考核得分表")
    for at, row in enumerate((head, *rows)):
        sheet.write_row(at + 1, 0, row)
    if merged:
        sheet.merge_range(2, 1, len(rows) + 1, 1, merged)
    book.close()
    return held.getvalue()


def changed(*cells: tuple[int, int, object]) -> bytes:
    """ROWS with cells written over: line in ROWS, column, value."""
    rows = [list(row) for row in ROWS]
    for line, column, value in cells:
        rows[line][column] = value
    return workbook(rows)
