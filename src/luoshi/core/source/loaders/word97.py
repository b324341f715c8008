"""doc and wps: Word 97-2003 binary files ([MS-DOC]) through their piece table.

Text comes in pieces of one or two bytes a character; what a paragraph is (in a table, end of a row, in a list) and
which characters are deleted or hidden stands in formatted disk pages of 512 bytes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from luoshi.core.source.loaders.borders import BorderedRow, grid
from luoshi.core.source.loaders.numbering import Numbering
from luoshi.core.source.loaders.ole import open_ole, stream
from luoshi.core.source.loaders.scribe import Draft, Scribe
from luoshi.core.source.loaders.sprms import (
    Fib,
    Format,
    Piece,
    character_formats,
    number_lists,
    paragraph_formats,
    pieces,
)
from luoshi.core.source.loaders.word import COMMENTED, HIDDEN, TRACKED

PARAGRAPH, CELL, PAGE, LINE = "\r", "\x07", "\x0c", "\x0b"
FIELD_BEGIN, FIELD_MIDDLE, FIELD_END = "\x13", "\x14", "\x15"
SIGNS = {LINE: "\n", "\x1e": "-", "\t": "\t", "\xa0": "\xa0"}
ENDS = re.compile("[\r\x07\x0c]")


def read(data: bytes) -> Draft:
    """Read a Word 97-2003 file."""
    with open_ole(data) as ole:
        main = stream(ole, "WordDocument")
        fib = Fib.read(main)
        table = stream(ole, fib.table)
    return _Reader(fib, main, table).read()


class _Reader:
    def __init__(self, fib: Fib, main: bytes, table: bytes) -> None:
        self.fib = fib
        self.pieces: list[Piece] = pieces(fib, main, table)
        self.paragraphs = paragraph_formats(fib, main, table)
        self.characters = character_formats(fib, main, table)
        self.numbering: Numbering = number_lists(fib, table)
        self.scribe = Scribe()
        self.starts = [piece.start for piece in self.pieces]
        self.text = "".join(piece.text for piece in self.pieces)

    def read(self) -> Draft:
        main, footnotes, headers, comments, endnotes, boxes = self.fib.stretches()
        if comments[1] > comments[0] + 1:
            self.scribe.note("comments", COMMENTED)
        self.body(*main)
        for start, end in (boxes, footnotes, endnotes):
            for text, _ in self.split(start, end):
                if text.strip():
                    self.scribe.line(text.strip())
        for line in self.text[headers[0] : headers[1]].split(PARAGRAPH):
            self.scribe.mark(re.sub(r"[\x00-\x1f]", "", line))
        return self.scribe.draft("doc")

    def split(self, start: int, end: int) -> Iterator[tuple[str, Format]]:
        """Paragraphs of a stretch: shown text with its end mark left off, and the format of the mark."""
        at = start
        for match in ENDS.finditer(self.text, start, end):
            mark = match.start()
            yield self.shown(at, mark), self.format_at(mark, match[0])
            at = mark + 1
        if at < end:
            yield self.shown(at, end), Format()

    def format_at(self, mark: int, sign: str) -> Format:
        form = self.paragraphs.at(self.place(mark))
        return replace(form, in_table=True, cell_end=not form.row_end) if sign == CELL else form

    def place(self, at: int) -> int:
        """Offset in the WordDocument stream of character `at`."""
        piece = self.pieces[max(0, bisect_right(self.starts, at) - 1)]
        return piece.offset + (at - piece.start) * piece.width

    def shown(self, start: int, end: int) -> str:
        """The characters a reader sees: no field codes, no deleted or hidden ones, no anchors of pictures."""
        shown: list[str] = []
        depth: list[bool] = []  # open fields; True while in the part that is not shown
        at = start
        for stop, flags in self.stretches(start, end):
            for char in self.text[at:stop] if not flags else "":
                if char == FIELD_BEGIN:
                    depth.append(True)
                elif char == FIELD_MIDDLE and depth:
                    depth[-1] = False
                elif char == FIELD_END and depth:
                    depth.pop()
                elif not any(depth) and (char >= " " or char in SIGNS):
                    shown.append(SIGNS.get(char, char))
            at = stop
        return "".join(shown)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, bool]]:
        """(end, left out?) of stretches in which characters are all shown or all left out."""
        at = start
        while at < end:
            i = max(0, bisect_right(self.starts, at) - 1)
            piece = self.pieces[i]
            stop, form = self.characters.until(self.place(at))
            upto = min(
                end, piece.start + len(piece.text), at + max(1, (stop - self.place(at)) // piece.width)
            )
            upto = max(upto, at + 1)
            if form.deleted:
                self.scribe.note("tracked-changes", TRACKED)
            elif form.hidden and self.text[at:upto].strip():
                self.scribe.note("hidden-text", HIDDEN)
            yield upto, form.deleted or form.hidden
            at = upto

    def body(self, start: int, end: int) -> None:
        """The main text: paragraphs and tables."""
        rows: list[BorderedRow] = []
        row = BorderedRow()
        lines: list[str] = []
        for text, form in self.split(start, end):
            if form.row_end:
                row.borders, row.merges = form.borders, form.merges
                rows.append(row)
                row, lines = BorderedRow(), []
                continue
            label = self.numbering.label(str(form.list), form.level) if form.list else ""
            lines += (label + text).split("\n")
            if form.cell_end:
                row.cells.append(lines)
                lines = []
            elif not form.in_table:
                self.scribe.table(grid(rows))
                rows, row = [], BorderedRow()
                for line in lines:
                    self.scribe.line(line)
                lines = []
        self.scribe.table(grid(rows))
        for line in (*(line for cell in row.cells for line in cell), *lines):
            self.scribe.line(line)
