"""Tables whose cells stand side by side in lines of text, parted by blanks (text of a PDF, a scan, an old printer file).

The header is one line of titles. Below it a cell belongs to the column it stands under; a line without a number goes on with
the row above. Columns are compared in print columns, where a Chinese character is two wide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.core.source.clean import CleanText
from luoshi.core.source.grid import GridCell
from luoshi.core.source.grid_tables import Sheet
from luoshi.core.source.table_cells import guessed_number, is_heading, kind_of
from luoshi.core.source.table_columns import OWNERS, TEXTS, role_of

_GAP = re.compile(r" {2,}|\t+")
_TITLES = re.compile(r"(?m)^[^\n。;]*(?:单位|部门|领导|责任人|时限|时间)[^\n。;]*$")
_STOP = re.compile(r" *(?:附 *件 *\d* *:?|抄送:.*|(?:备?注|说明):.*)$")
_MAX_GAP = 3  # empty lines after which the table is over
_CELL_END = "局委办院会处心站司区镇队部、,"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a line between gaps: its range and the print columns it covers."""

    start: int
    end: int
    left: int
    right: int


def spaced_sheets(clean: CleanText, start: int, end: int) -> Iterator[Sheet]:
    """Every table of space-aligned lines in clean[start:end]."""
    text, at = clean.text, start
    while found := _TITLES.search(text, at, end):
        at = found.end()
        header = _blocks(clean, found.start(), found.end())
        roles = [role_of(_bare(text, b)) for b in header]
        if len(header) < 3 or not all(roles) or not {*roles} & {"content", "measure", "target", "heading"}:
            continue
        if not {*roles} & (OWNERS | {"number"}):
            continue
        sheet = _sheet(clean, header, roles, at, end)
        if sheet is not None:
            yield sheet
            at = sheet.end


def _bare(text: str, block: Block) -> str:
    return re.sub(r"\s+", "", text[block.start : block.end])


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
    number = roles.index("number") if "number" in roles else None
    rows: list[tuple[GridCell, ...]] = [tuple(GridCell(b.start, b.end) for b in header)]
    rest: set[int] = set()
    empty, at, stop = 0, start, start
    while at < end and empty <= _MAX_GAP:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        blocks = _blocks(clean, at, line_end)
        at, here = line_end + 1, at
        if not blocks:
            empty += here > start
            continue
        if _STOP.match(text, here, line_end) or _is_prose(text, blocks, roles):
            break
        empty = 0
        cells = _under(blocks, header, text, number)
        filled = [c for c in range(len(header)) if cells[c]]
        if len(rows) > 1 and not _begins(text, cells, filled, number, roles):
            rest.add(len(rows))
        rows.append(tuple(cells))
        stop = line_end
    return Sheet(header[0].start, stop, tuple(rows), frozenset(rest)) if len(rows) > 2 else None


def _is_prose(text: str, blocks: list[Block], roles: list[str]) -> bool:
    """A lone line that is not part of a cell: a heading of the next section with its text, a paragraph."""
    only = blocks[0]
    return len(blocks) == 1 and len(roles) > 1 and only.right - only.left > 70


def _under(blocks: list[Block], header: list[Block], text: str, number: int | None) -> list[GridCell]:
    """Each block in the column it overlaps most, else the nearest, columns from left to right."""
    cells = [GridCell(blocks[0].start, blocks[0].start)] * len(header)
    free = 0
    for k, block in enumerate(blocks):
        last = len(header) - (len(blocks) - k) + 1
        choices = range(free, max(last, free + 1))
        if k == 0 and number == 0 and guessed_number(text[block.start : block.end]) is None:
            choices = choices if len(choices) == 1 else choices[1:]
        if free >= len(header):
            break
        best = max(choices, key=lambda c: _nearness(block, header[c]))
        cells[best] = GridCell(block.start, block.end)
        free = best + 1
    return cells


def _nearness(block: Block, title: Block) -> tuple[int, int]:
    overlap = min(block.right, title.right) - max(block.left, title.left)
    return max(overlap, 0), -abs(block.left + block.right - title.left - title.right)


def _begins(
    text: str, cells: list[GridCell], filled: list[int], number: int | None, roles: list[str]
) -> bool:
    """Whether a line begins a row (or is a group heading) rather than going on with the one above."""
    if number is not None:
        if cells[number]:
            return guessed_number(text[cells[number].start : cells[number].end]) is not None
        first = text[cells[filled[0]].start : cells[filled[0]].end]
        return len(filled) == 1 and is_heading(first) and kind_of(first) == "mark"
    return any(roles[c] in TEXTS for c in filled) and any(roles[c] in OWNERS for c in filled)
