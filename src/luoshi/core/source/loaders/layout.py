"""From glyphs with places on pages to lines, paragraphs and tables: what PDF and OFD do not say themselves.

Coordinates: points (PDF) or millimetres (OFD), x to the right, y downwards from the top of the page.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from luoshi.core.source.loaders.ruled import Grid, Ruling, grids
from luoshi.core.source.loaders.scribe import CellText, Scribe

CELL_MARGIN = 9.0  # points left and right of the text in a cell, and some slack
EDGE = 0.1  # share of the page at top and bottom in which page numbers and running heads stand
NUMBER = re.compile(r"[\s—–\-·.・第共页/]*(?:\d{1,4}|[ivxIVX]{1,5})(?:[\s—–\-·.・第共页/]+\d{0,4})*")
STRONG = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节]|附件"
)
COMPATIBLE = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff]"
)  # radicals and doubles that fonts map to instead of the character
TABULAR = "\u3000" * 3  # a gap so wide holds columns apart
MARKER = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,4})[）).．、]")
NEVER_FIRST = frozenset(
    "，。、；：！？）》”’】〕％,.;:!?)%“‘"
)  # with the quotes that some programs keep to the word before
NEVER_LAST = frozenset("（《“‘【〔(")
INDEX = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}")


@dataclass(slots=True)
class Glyph:
    """A character on a page: left and right edge, middle of its height, size."""

    char: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(slots=True)
class PrintLine:
    """A line of print. `head`: width of what could not have been split off from its beginning."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    head: float = 0.0


@dataclass(slots=True)
class PrintPage:
    """What was found on a page."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A table or a line, in the order of the page; `furniture` for page numbers and running heads."""

    y: float
    line: PrintLine | None = None
    cells: list[CellText] = field(default_factory=list)
    columns: tuple[float, ...] = ()
    open_top: bool = False
    open_bottom: bool = False
    furniture: bool = False


def character(char: str) -> str:
    """The character meant: ⼯ (radical) is 工, a soft hyphen in a PDF is a hyphen."""
    if char == "\u00ad":
        return "-"
    return unicodedata.normalize("NFKC", char) if COMPATIBLE.match(char) else char


def lines_of(glyphs: Sequence[Glyph]) -> list[PrintLine]:
    """Glyphs gathered into lines by height, in each line by place: the order in the file is not to be trusted."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if lines and glyph.y - lines[-1][0].y <= 0.55 * max(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_line(sorted(line, key=lambda g: g.x0)) for line in lines]


def _line(glyphs: list[Glyph]) -> PrintLine:
    # Quotes and digits come in all widths; the Chinese characters of a line say how large it is set.
    size = median([g.size for g in glyphs if "\u3400" <= g.char <= "\u9fff"] or [g.size for g in glyphs])
    text = ""
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None:
            if glyph.char == last.char and glyph.x0 - last.x0 < 0.3 * size:
                continue  # drawn twice to look bold
            text += "" if MARKER.fullmatch(text) else _gap(last, glyph, size)
        text += glyph.char
        last = glyph
    x0 = glyphs[0].x0
    return PrintLine(
        text, x0, max(g.x1 for g in glyphs), median(g.y for g in glyphs), size, _head(glyphs) - x0
    )


def _head(glyphs: Sequence[Glyph]) -> float:
    """Right end of the first glyph, with the rest of a number or word and the punctuation that may not begin a line."""
    i = 0
    while i + 1 < len(glyphs):
        char, following = glyphs[i].char, glyphs[i + 1].char
        if not (char in NEVER_LAST or following in NEVER_FIRST or (char.isascii() and following.isascii())):
            break
        i += 1
    return glyphs[i].x1


def _gap(left: Glyph, right: Glyph, size: float) -> str:
    """The blank between two glyphs: none between a Chinese character and a digit, however they are spaced."""
    gap = (right.x0 - left.x1) / size if size else 0.0
    if left.char.isascii() and right.char.isascii():
        return "" if gap < 0.18 else " " * min(8, max(1, round(gap)))
    return "" if gap < 0.7 else "\u3000" * min(8, round(gap))


def compose(pages: Sequence[PrintPage], scribe: Scribe) -> None:
    """Write all pages: tables as tables, wrapped lines as paragraphs, page numbers and running heads as furniture."""
    sheets = [_blocks(page) for page in pages]
    _mark_furniture(pages, sheets)
    writer = _Writer(scribe)
    for page, blocks in zip(pages, sheets, strict=True):
        writer.page(page, blocks)
    writer.flush()


def _blocks(page: PrintPage) -> list[Block]:
    blocks: list[Block] = []
    free = page.glyphs
    for grid in grids(page.rulings):
        inside = [
            g for g in free if grid.left <= (g.x0 + g.x1) / 2 <= grid.right and grid.top <= g.y <= grid.bottom
        ]
        cells = _cells(grid, inside)
        if sum(1 for cell in cells if cell.text) > 1:
            taken = set(map(id, inside))
            free = [g for g in free if id(g) not in taken]
            blocks.append(Block(grid.top, None, cells, grid.columns, grid.open_top, grid.open_bottom))
    blocks += (Block(line.y, line) for line in lines_of(free))
    return sorted(blocks, key=lambda block: block.y)


def _cells(grid: Grid, glyphs: Sequence[Glyph]) -> list[CellText]:
    homes: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        homes.setdefault(grid.cell_at((glyph.x0 + glyph.x1) / 2, glyph.y), []).append(glyph)
    cells: list[CellText] = []
    for i, box in enumerate(grid.cells):
        lines = lines_of(homes.get(i, []))
        right = grid.columns[box.col + box.colspan]
        texts: list[str] = []
        for before, line in zip((None, *lines), lines, strict=False):
            if before and right - before.x1 < line.head + CELL_MARGIN:
                texts[-1] += line.text
            else:
                texts.append(line.text)
        cells.append(CellText(box.row, box.col, texts, box.rowspan, box.colspan))
    return cells


def _mark_furniture(pages: Sequence[PrintPage], sheets: Sequence[list[Block]]) -> None:
    """Page numbers at the edges, and lines that stand at the edge of many pages with nothing but digits changed.

    A bare number is a page number only when it counts with the pages: it may be the 序号 of a table cut by the page.
    """
    edges: dict[int, tuple[Block, str, int | None]] = {}
    for i, (page, blocks) in enumerate(zip(pages, sheets, strict=True)):
        for block in (*blocks[:2], *blocks[-2:]):
            if block.line and not EDGE < block.y / page.height < 1 - EDGE:
                text = block.line.text.strip()
                lead = int(text) - i if text.isdecimal() and len(text) < 5 else None
                edges[id(block)] = block, re.sub(r"\d+|\s+", "", text), lead
    often = Counter(key for _, key, _ in edges.values() if key)
    leads = Counter(lead for _, _, lead in edges.values() if lead is not None)
    for block, key, lead in edges.values():
        if lead is not None:
            block.furniture = leads[lead] >= max(2, len(pages) * 0.3) or len(pages) == 1
        else:
            number = block.line is not None and NUMBER.fullmatch(block.line.text)
            block.furniture = bool(number) or often[key] >= max(3, len(pages) * 0.4)


class _Writer:
    """Joins lines to paragraphs and parts of tables to tables, also from page to page."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe = scribe
        self.text = ""
        self.last: PrintLine | None = None
        self.right = 0.0
        self.table: Block | None = None
        self.waiting: list[str] = []

    def page(self, page: PrintPage, blocks: list[Block]) -> None:
        body = [b.line for b in blocks if b.line and not b.furniture]
        long = [line for line in body if len(line.text) >= 10] or body
        left = min((line.x0 for line in long), default=0.0)
        right = max((line.x1 for line in long), default=page.width)
        fresh = True
        for block in blocks:
            if block.furniture and block.line:
                self.waiting.append(block.line.text)
                continue
            if fresh:
                self.begin(block, left)
                fresh = False
            if block.line:
                self.line(block.line, left, right)
            else:
                self.grid(block)
        if fresh:
            self.scribe.page(ahead=0)

    def begin(self, block: Block, left: float) -> None:
        """A page begins: inside the open paragraph or table when that runs on, else after it."""
        if block.line and self.last and self.continues(block.line, left, turned=True):
            self.scribe.page(ahead=len(self.text))
        else:
            if block.line or self.table is None or not _same_columns(self.table.columns, block.columns):
                self.flush()
            self.scribe.page(ahead=0)

    def line(self, line: PrintLine, left: float, right: float) -> None:
        turned = self.last is not None and line.y < self.last.y
        if self.last is not None and self.continues(line, left, turned=turned):
            both_ascii = (
                self.text[-1].isascii()
                and self.text[-1].isalnum()
                and line.text[0].isascii()
                and line.text[0].isalpha()
            )
            self.text += (" " if both_ascii else "") + line.text
        else:
            self.flush()
            self.text = line.text
        self.last, self.right = line, right

    def continues(self, line: PrintLine, left: float, *, turned: bool) -> bool:
        """Whether `line` goes on with the open paragraph: that reached the right edge, and this is not indented."""
        last = self.last
        if last is None or abs(line.size - last.size) > 0.15 * last.size:
            return False
        if TABULAR in line.text or TABULAR in last.text:
            return False
        # A sentence that has not ended is given more room: justification and breaking rules differ by program.
        slack = 0.6 if last.text[-1] in "。！？；：" else 1.3
        full = self.right - last.x1 < line.head + slack * last.size
        flush_left = line.x0 - left < 1.2 * line.size
        near = turned or line.y - last.y < 3.2 * line.size
        return full and flush_left and near and not STRONG.match(line.text)

    def grid(self, block: Block) -> None:
        """A table, or the next page's part of the open one."""
        if self.table is None or not _same_columns(self.table.columns, block.columns):
            self.flush()
            self.table = block
            return
        old, new = self.table.cells, block.cells
        if _row(old, 0) == _row(new, 0) and len({c.row for c in new}) > 1:
            height = max(c.rowspan for c in new if c.row == 0)
            new = [c for c in new if c.row >= height]
            for cell in new:
                cell.row -= height
        self.table.cells = _append(old, new, torn=self.table.open_bottom and block.open_top)
        self.table.open_bottom = block.open_bottom

    def flush(self) -> None:
        """Write what is open, then the page numbers that stood in between."""
        if self.table:
            self.scribe.table(self.table.cells)
            self.table = None
        if self.last is not None:
            self.scribe.line(self.text)
            self.text, self.last = "", None
        for text in self.waiting:
            self.scribe.line(text, furniture=True)
        self.waiting.clear()


def _same_columns(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < 4 for a, b in zip(one, other, strict=True))


def _row(cells: Sequence[CellText], row: int) -> list[str]:
    return [cell.text for cell in cells if cell.row == row]


def _append(old: list[CellText], new: list[CellText], *, torn: bool) -> list[CellText]:
    """Rows of the next page under the rows before; `torn` when the page ended inside a row."""
    rows = max((c.row + c.rowspan for c in old), default=0)
    last = {c.col: c for c in old if c.row + c.rowspan == rows}
    first = [c for c in new if c.row == 0]
    fits = bool(first) and all(c.col in last for c in first)
    if not fits or not (torn or _goes_on(last, first)):
        for cell in new:
            cell.row += rows
        return old + new
    for cell in first:
        before = last[cell.col]
        before.rowspan += cell.rowspan - 1
        if cell.text:
            *kept, tail = list(before.lines) or [""]
            head, *more = list(cell.lines)
            before.lines = [*kept, tail + head, *more]
    rest = [c for c in new if c.row > 0]
    for cell in rest:
        cell.row += rows - 1
    return old + rest


def _goes_on(last: dict[int, CellText], first: list[CellText]) -> bool:
    """Whether the first row of a page goes on with the last row before it: that has a number, this has none."""
    numbered = 0 in last and INDEX.fullmatch(last[0].text)
    return (
        bool(numbered)
        and any(c.col == 0 and not c.text for c in first)
        and any(not c.text for c in first[1:])
    )
