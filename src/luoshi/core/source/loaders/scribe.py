"""Writes the text of a file and remembers the places of its tables, furniture and pages."""

from collections.abc import Sequence
from typing import NamedTuple

from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.text import Cell, Note, Span, Table

MAX_TEXT = 20_000_000  # characters: four hundred long plans


class CellText:
    """A cell on its way into the text; `rowspan` and `colspan` grow while merges are found."""

    def __init__(self, row: int, col: int, lines: Sequence[str], rowspan: int = 1, colspan: int = 1) -> None:
        self.row = row
        self.col = col
        self.lines = lines
        self.rowspan = rowspan
        self.colspan = colspan

    @property
    def text(self) -> str:
        return "\n".join(line for line in self.lines if line.strip())


class Draft(NamedTuple):
    """What a reader of one format hands over. `marks` are lines outside the text (page headers) in which
    a classification may stand."""

    format: str
    text: str
    tables: tuple[Table, ...] = ()
    furniture: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    pages: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()


class Scribe:
    """One line per paragraph; a table is one line per row, cells apart by a tab, paragraphs of a cell by a newline."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._tables: list[Table] = []
        self._furniture: list[Span] = []
        self._pages: list[int] = []
        self._notes: dict[str, Note] = {}
        self._marks: list[str] = []
        self.length = 0

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
        if self.length > MAX_TEXT:
            raise Refusal("too-long")

    def line(self, text: str, *, furniture: bool = False) -> None:
        """Write a paragraph and its line end; furniture is set aside together with the line end."""
        start = self.length
        self._write(text + "\n")
        if furniture:
            self._furniture.append(Span(start, self.length))

    def table(self, cells: Sequence[CellText]) -> None:
        """Write a grid. A table of one cell is no table: its lines stand as paragraphs."""
        cells = sorted(cells, key=lambda cell: (cell.row, cell.col))
        if len(cells) == 1:
            for line in cells[0].lines:
                self.line(line)
            return
        placed: list[Cell] = []
        start = self.length
        for i, cell in enumerate(cells):
            if i:
                self._write("\t" if cells[i - 1].row == cell.row else "\n")
            begin = self.length
            self._write(cell.text)
            placed.append(Cell(cell.row, cell.col, Span(begin, self.length), cell.rowspan, cell.colspan))
        if placed:
            span = Span(start, self.length)
            rows = max(cell.row + cell.rowspan for cell in placed)
            cols = max(cell.col + cell.colspan for cell in placed)
            self._tables.append(Table(span, tuple(placed), rows, cols))
            self._write("\n")

    def page(self, ahead: int = 0) -> None:
        """A page begins here, or `ahead` characters on, in a paragraph not yet written."""
        self._pages.append(self.length + ahead)

    def note(self, code: str, message: str) -> None:
        """Say something about the file, once per code."""
        self._notes.setdefault(code, Note(code, message))

    def mark(self, line: str) -> None:
        """Remember a line that is not in the text but may carry a classification."""
        self._marks.append(line)

    def draft(self, format: str) -> Draft:
        """All that was written."""
        return Draft(
            format,
            "".join(self._pieces),
            tuple(self._tables),
            tuple(self._furniture),
            tuple(self._notes.values()),
            tuple(self._pages),
            tuple(self._marks),
        )


def flat_rows(cells: Sequence[CellText]) -> list[str]:
    """A nested table as lines of its outer cell: one line a row, cells apart by a space."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    return [" ".join(texts).strip() for texts in rows.values()]
