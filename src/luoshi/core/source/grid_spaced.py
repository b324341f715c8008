"""Tables whose cells stand side by side in lines of text, parted by blanks (text of a PDF, a scan, an old printer file).

The header is one line of titles. Below it a cell belongs to the column it stands under; a line without a number goes on with
the row above. Columns are compared in print columns, where a Chinese character is two wide.
"""

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.source.clean import CleanText
from luoshi.core.source.grid import GridCell
from luoshi.core.source.grid_tables import Sheet
from luoshi.core.source.table_cells import guessed_number, is_heading, kind_of
from luoshi.core.source.table_columns import OWNERS, TEXTS, role_of

_GAP = pattern(r" {2,}|\t+")
_TITLES = ("单位", "部门", "领导", "责任人", "时限", "时间")  # one of these stands in every header
_STOP = pattern(r" *(?:附 *件 *\d* *:?|抄送:.*|(?:备?注|说明):.*)$")
_MAX_GAP = 3  # empty lines after which the table is over


class Block(NamedTuple):
    """A piece of a line between gaps: its range and the print columns it covers."""

    start: int
    end: int
    left: int
    right: int


def spaced_sheets(clean: CleanText, start: int, end: int) -> Iterator[Sheet]:
    """Every table of space-aligned lines in clean[start:end]."""
    text, at, above = clean.text, start, start
    while (gap := text.find("  ", at, end)) >= 0:  # every line of such a table has gaps
        begin, at = text.rfind("\n", 0, gap) + 1, text.find("\n", gap, end)
        at = end if at < 0 else at
        if begin < above or not _may_be_header(text[begin:at]):
            continue
        header = _blocks(clean, begin, at)
        roles = [role_of(_bare(text, b)) for b in header]
        if len(header) < 3 or not all(roles) or not {*roles} & {"content", "measure", "target", "heading"}:
            continue
        if not {*roles} & (OWNERS | {"number"}):
            continue
        sheet = _sheet(clean, header, roles, at, end)
        if sheet is not None:
            yield sheet
            at = above = sheet.end


def _may_be_header(line: str) -> bool:
    return "。" not in line and ";" not in line and any(title in line for title in _TITLES)


def _bare(text: str, block: Block) -> str:
    return "".join(text[block.start : block.end].split())


def _blocks(clean: CleanText, start: int, end: int) -> list[Block]:
    """The blocks of one line."""
    text, blocks, at, left = clean.text, [], start, 0
    for gap in (*_GAP.finditer(text, start, end), None):
        stop = gap.start() if gap else end
        body = text[at:stop]
        inner = len(body) - len(body.lstrip())
        width = _width(body)
        if body.strip():
            blocks.append(Block(at + inner, at + len(body.rstrip()), left + inner, left + width))
        if gap:
            left += width + _width(clean.printed[gap.start() : gap.end()])
            at = gap.end()
    return blocks


def _width(text: str) -> int:
    """Print columns: two for a Chinese character or full-width sign or blank."""
    return len(text) + sum(1 for c in text if c > "\u2e7f")


def _sheet(clean: CleanText, header: list[Block], roles: list[str], start: int, end: int) -> Sheet | None:
    text = clean.text
    lines = list(_body(clean, header, start, end))
    if len(lines) < 2:
        return None
    columns = _extents(header, lines)
    number = roles.index("number") if "number" in roles else None
    rows: list[tuple[GridCell, ...]] = [tuple(GridCell(b.start, b.end) for b in header)]
    rest: set[int] = set()
    for blocks in lines:
        cells = _under(blocks, columns, text, number)
        if len(rows) > 1 and not _begins(text, cells, number, roles):
            rest.add(len(rows))
        rows.append(tuple(cells))
    return Sheet(header[0].start, lines[-1][-1].end, tuple(rows), frozenset(rest))


def _body(clean: CleanText, header: list[Block], start: int, end: int) -> Iterator[list[Block]]:
    """The lines under the header, as blocks, until the table is over."""
    at, empty = start, 0
    while at < end and empty <= _MAX_GAP:
        stop = clean.text.find("\n", at, end)
        stop = end if stop < 0 else stop
        blocks = _blocks(clean, at, stop)
        if blocks and (_STOP.match(clean.text, at, stop) or _is_prose(blocks, header)):
            return
        empty = 0 if blocks else empty + (at > start)
        at = stop + 1
        if blocks:
            yield blocks


def _is_prose(blocks: list[Block], header: list[Block]) -> bool:
    """A lone long line from the left edge on: the text has gone on, the table is over."""
    only = blocks[0]
    return len(blocks) == 1 and only.right - only.left > 70 and only.left <= header[0].right


def _extents(header: list[Block], lines: list[list[Block]]) -> list[tuple[int, int]]:
    """Print columns each column covers: its title's, widened by the lines that have a block for every title."""
    extents = [(b.left, b.right) for b in header]
    for blocks in lines:
        if len(blocks) == len(header):
            extents = [(min(a, b.left), max(z, b.right)) for (a, z), b in zip(extents, blocks, strict=True)]
    return extents


def _under(
    blocks: list[Block], columns: list[tuple[int, int]], text: str, number: int | None
) -> list[GridCell]:
    """Each block in the column it overlaps most, else the nearest, columns from left to right."""
    cells = [GridCell(blocks[0].start, blocks[0].start)] * len(columns)
    free = 0
    if number == 0 and guessed_number(text[blocks[0].start : blocks[0].end]) is None:
        free = 1
    for left_over, block in zip(range(len(blocks) - 1, -1, -1), blocks, strict=True):
        choices = range(free, max(len(columns) - left_over, free + 1))
        if free >= len(columns):
            break
        best = max(choices, key=lambda c: _nearness(block, columns[c]))
        cells[best] = GridCell(block.start, block.end)
        free = best + 1
    return cells


def _nearness(block: Block, column: tuple[int, int]) -> tuple[int, int]:
    left, right = column
    overlap = min(block.right, right) - max(block.left, left)
    return max(overlap, 0), -abs(block.left - left)


def _begins(text: str, cells: list[GridCell], number: int | None, roles: list[str]) -> bool:
    """Whether a line begins a row (or is a group heading) rather than going on with the one above."""
    filled = [c for c in cells if c]
    if number is not None:
        if cells[number]:
            return guessed_number(text[cells[number].start : cells[number].end]) is not None
        first = text[filled[0].start : filled[0].end]
        return len(filled) == 1 and is_heading(first) and kind_of(first) == "mark"
    kinds = {role for role, cell in zip(roles, cells, strict=True) if cell}
    return bool(kinds & TEXTS) and bool(kinds & OWNERS)
