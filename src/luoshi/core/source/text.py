"""The text of a file as the reader saw it, and places in it.

Every item that reading finds points here: `SourceText.text[span.start:span.end]`. For .txt files the
text is exactly the file's own decoded text (no newline translation), so that spans fit the file.
"""

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters [start, end) in `SourceText.text`."""

    start: int
    end: int


class Cell(NamedTuple):
    """One cell of a table: place in the grid, size in the grid, and its text's place in the source."""

    row: int
    col: int
    span: Span
    rowspan: int = 1
    colspan: int = 1


class Table(NamedTuple):
    """A table as printed: merged cells appear once, at their top left place in the grid."""

    span: Span
    cells: tuple[Cell, ...]
    rows: int
    cols: int


class Part(NamedTuple):
    """One file of a plan that came in several files; `span` is its share of the joined text."""

    name: str
    sha256: str
    span: Span


class Note(NamedTuple):
    """A remark of the reader about the file itself (tracked changes, a page without text …), in Chinese."""

    code: str
    message: str


class SourceText(NamedTuple):
    """A file as read.

    text       what all offsets refer to
    format     docx doc wps pdf html txt md xlsx xls ofd
    sha256     of the file's bytes
    tables     real tables of the file, in order; never overlapping
    furniture  navigation, breadcrumbs, page numbers, footers: set aside, still part of `text`
    pages      start offset of each page where the format has pages, else empty
    """

    name: str
    format: str
    text: str
    sha256: str = ""
    tables: tuple[Table, ...] = ()
    furniture: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    pages: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()


class Unreadable(Exception):
    """The file cannot be read. `str(error)` is one Chinese sentence: what, where, what to do.

    `code` is a stable slug: empty, truncated, encrypted, wrong-extension, too-big, zip-bomb, no-text,
    not-a-plan, classified, unknown-format, damaged, too-slow.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
