"""A sheet of cells as a paper: the lines above a table are lines, what follows is a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import MAX_TEXT, CellText, Scribe

MAX_CELLS = 500_000  # a responsibility table has some thousands
HIDDEN = "工作簿中有隐藏的工作表，没有读入。"
FILTERED = "表中有隐藏或被筛选掉的行，没有读入。如需读入，请取消隐藏或筛选，保存后再读。"


@dataclass(slots=True)
class Sheet:
    """`cells[row, col]` = text as printed; `merges` = (first row, first col, last row, last col), inclusive, from 0."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, col: int, text: str) -> None:
        """Note a cell; blank ones are not kept."""
        text = text.strip(" \n\t")
        if text:
            self.cells[row, col] = text
            if len(self.cells) > MAX_CELLS:
                raise Refusal("too-long")


def write_sheets(scribe: Scribe, sheets: Sequence[Sheet]) -> None:
    """Write all sheets; with more than one its name stands before each, as furniture."""
    used = [sheet for sheet in sheets if sheet.cells]
    # One long string may be named by every cell: small in the file, endless when written.
    if sum(len(text) for sheet in used for text in sheet.cells.values()) > MAX_TEXT:
        raise Refusal("too-long")
    for sheet in used:
        if len(used) > 1:
            scribe.line(sheet.name, furniture=True)
        for block in _blocks(_grid(sheet)):
            _write_block(scribe, block)


def _grid(sheet: Sheet) -> list[list[CellText]]:
    """Rows with something in them, cells in order; merged cells once, at their top left, cut to the used area."""
    last_row = max(row for row, _ in sheet.cells)
    last_col = max(col for _, col in sheet.cells)
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    room = (
        MAX_CELLS  # merges that overlap are a broken file's; together they cannot cover more than the sheet
    )
    for top, left, bottom, right in sheet.merges:
        height, width = min(bottom, last_row) - top + 1, min(right, last_col) - left + 1
        if (top, left) in sheet.cells and height > 0 and width > 0 and height * width <= room:
            room -= height * width
            sizes[top, left] = (height, width)
    rows: dict[int, list[CellText]] = {}
    for (row, col), text in sorted(sheet.cells.items()):
        height, width = sizes.get((row, col), (1, 1))
        rows.setdefault(row, []).append(CellText(row, col, text.splitlines() or [text], height, width))
    return list(rows.values())


def _blocks(rows: list[list[CellText]]) -> list[list[list[CellText]]]:
    """Cut where an empty row is followed by a row of one cell: the title of the next table."""
    blocks: list[list[list[CellText]]] = []
    for row in rows:
        gap = bool(blocks) and row[0].row > max(cell.row + cell.rowspan for cell in blocks[-1][-1])
        if not blocks or (gap and len(row) == 1):
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _write_block(scribe: Scribe, rows: list[list[CellText]]) -> None:
    head = 0
    while head < len(rows) and len(rows[head]) == 1:
        head += 1
    for row in rows[:head]:
        for line in row[0].lines:
            scribe.line(line)
    table = rows[head:]
    if not table:
        return
    first = table[0][0].row
    left = min(cell.col for row in table for cell in row)
    cells = [
        CellText(c.row - first, c.col - left, c.lines, c.rowspan, c.colspan) for row in table for c in row
    ]
    scribe.table(_filled(cells))


def _filled(cells: list[CellText]) -> list[CellText]:
    """The grid without holes: an empty cell is a cell."""
    rows = max(cell.row + cell.rowspan for cell in cells)
    cols = max(cell.col + cell.colspan for cell in cells)
    if rows * cols > 8 * len(cells) + 10_000:
        return cells  # cells strewn over a large sheet are no table
    covered = {
        (r, c)
        for x in cells
        for r in range(x.row, x.row + x.rowspan)
        for c in range(x.col, x.col + x.colspan)
    }
    return cells + [CellText(r, c, ()) for r in range(rows) for c in range(cols) if (r, c) not in covered]
