"""A workbook → rows, by the same loader that reads plans (core/source/loaders): its limits, its refusals, its sentences.

The loader tells tables and lines apart; a list must be one table. What stands outside of one, or under rows that were
filtered away, would be lost without a word, so it is refused with one.
"""

from luoshi.core.source.loaders import load
from luoshi.core.source.text import SourceText, Table, Unreadable
from luoshi.journal.moves import Refused
from luoshi.org.sheets.columns import KINDS, Kind, Row, Rows

MOST_ROWS = 3_000
LARGEST = 1 << 20
"""Bytes; ninety units and two hundred people take thirty thousand. The file is read in this process."""
FORMATS = ("xlsx", "xls")
LOSING = ("hidden-rows", "hidden-sheet", "uncounted-formula")
"""Notes of the loader that mean: something in the file was not read."""


class BadSheet(Refused):
    """The file is no workbook of ours, or not all of it can be read."""


def read(data: bytes, name: str) -> Rows:
    """Rows of every sheet that the workbook has. Raises BadSheet with one sentence."""
    if len(data) > LARGEST:
        raise BadSheet(
            f"文件“{name}”太大，单位和人员表不超过{LARGEST >> 20}MB。请删去图片等无关内容后再上传。"
        )
    try:
        source = load(data, name)
    except Unreadable as reason:
        raise BadSheet(str(reason)) from reason
    if source.format not in FORMATS:
        raise BadSheet(f"文件“{name}”不是Excel表格。请用本页导出的表格修改后再上传。")
    for note in source.notes:
        if note.code in LOSING:
            raise BadSheet(note.message)
    rows: Rows = {}
    for table in source.tables:
        kind, found = _rows(source, table)
        if kind.key in rows:
            raise BadSheet(f"“{kind.name}”表有两个，或中间有空行。请删去空行，合成一个表后再上传。")
        if len(found) > MOST_ROWS:
            raise BadSheet(f"“{kind.name}”表超过{MOST_ROWS}行，请分成几次上传。")
        rows[kind.key] = found
    _refuse_strays(source)
    if not rows:
        raise BadSheet(f"文件“{name}”里没有单位表或人员表。请用本页导出的表格修改后再上传。")
    return rows


def _rows(source: SourceText, table: Table) -> tuple[Kind, list[Row]]:
    """The rows of one table under its head, empty ones left out, and which sheet it is."""
    grid: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        text = source.text[cell.span.start : cell.span.end]
        grid.setdefault(cell.row, {})[cell.col] = " ".join(text.split())
    head = grid.get(0, {})
    kind = next((kind for kind in KINDS if kind.required <= set(head.values())), None)
    if kind is None:
        names = "；".join(
            f"{kind.name}表要有{'、'.join(c.name for c in kind.columns if c.required)}" for kind in KINDS
        )
        raise BadSheet(f"有一个表看不出是单位表还是人员表（{names}）。请补齐表头，并删去表格中间的空行。")
    rows = [
        {name: grid[at].get(col, "") for col, name in head.items() if name} for at in sorted(grid) if at > 0
    ]
    return kind, [row for row in rows if any(row.values())]


def _refuse_strays(source: SourceText) -> None:
    """Lines outside the tables: titles and names of sheets may stand there, nothing else. Raises BadSheet."""
    taken = sorted([*source.furniture, *(table.span for table in source.tables)])
    at, outside = 0, []
    for span in taken:
        outside.append(source.text[at : span.start])
        at = max(at, span.end)
    outside.append(source.text[at:])
    titles = tuple(kind.title for kind in KINDS)
    for line in "\n".join(outside).splitlines():
        if line.strip() and not line.strip().endswith(titles):
            raise BadSheet(f"“{line.strip()[:30]}”单独在一行，不在表格里。请删去表格中间的空行和表外的说明。")
