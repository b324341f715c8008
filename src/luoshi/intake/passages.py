"""Places of a text with what stands around them, cut out of the laid-out paper: what a person reads to judge a match."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from luoshi.intake.drafting import path_at
from luoshi.ledger.models import SourceText
from luoshi.ledger.paper import Block, Mark, Piece, TableRow, lay_out

AROUND = 2
"""Paragraphs, or rows of a table, shown before and after a place; text set aside is no surroundings."""
LONGEST, EDGE = 240, 100
"""A stretch without a place is cut to its edges when it has more signs than this; so many are kept at each."""
MAIN, SECOND = "here", "here second"
GAP = Piece(-1, "……")


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more places close together: the outline path of the first and where it lies, the blocks to show."""

    path: str
    start: int
    end: int
    blocks: tuple[Block, ...]


def passages(source: SourceText, places: Sequence[tuple[int, int]]) -> list[Passage]:
    """The places in the order of the text, each with its surroundings; the first of `places` is the main one. Places
    outside the text are left out."""
    known = [place for place in places if 0 <= place[0] < place[1] <= len(source.text)]
    marks = [
        Mark(start, end, SECOND if n else MAIN, f"p{n}", "" if n else "比的是这一处")
        for n, (start, end) in enumerate(known)
    ]
    laid = [_without_links(block) for block in lay_out(source, marks)]
    blocks = [block for block in laid if block.look != "aside" or _marked(block)]
    return [_passage(source, blocks[a:b], known) for a, b in _windows(blocks)]


def _marked(block: Block) -> bool:
    return any(piece.keys for piece in _pieces(block))


def _windows(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """[from, to) of the blocks to show: the marked ones with those around them; what touches is one window."""
    found: list[tuple[int, int]] = []
    for i in (i for i, block in enumerate(blocks) if _marked(block)):
        start, end = max(i - AROUND, 0), min(i + AROUND + 1, len(blocks))
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _passage(source: SourceText, blocks: Sequence[Block], places: Sequence[tuple[int, int]]) -> Passage:
    first = min(piece.start for block in blocks for piece in _pieces(block) if piece.keys)
    start, end = min((place for place in places if place[0] <= first < place[1]), key=lambda p: p[1] - p[0])
    return Passage(path_at(source.outline, start), start, end, tuple(map(_shortened, blocks)))


def _pieces(block: Block) -> Iterator[Piece]:
    yield from block.pieces
    for line in block.lines:
        yield from line
    for row in block.rows:
        yield from _of_row(row)


def _of_row(row: TableRow) -> Iterator[Piece]:
    yield from row.wide
    for cell in row.cells:
        yield from cell


def _without_links(block: Block) -> Block:
    """Two papers on one page: a place in the text names no place on the page."""

    def plain(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(replace(piece, anchor=False) for piece in pieces)

    rows = tuple(TableRow(tuple(map(plain, row.cells)), plain(row.wide)) for row in block.rows)
    return replace(block, pieces=plain(block.pieces), lines=tuple(map(plain, block.lines)), rows=rows)


def _shortened(block: Block) -> Block:
    """A table by the rows around its marked ones, or its first; long stretches by their edges."""
    marked = [n for n, row in enumerate(block.rows) if any(piece.keys for piece in _of_row(row))]
    near = {n + d for n in marked or [0] for d in range(-AROUND, AROUND + 1)}
    rows = tuple(_row(row) for n, row in enumerate(block.rows) if n in near)
    if len(rows) < len(block.rows):
        rows = (*rows, TableRow(wide=(GAP,)))
    return replace(block, pieces=_cut(block.pieces), lines=tuple(map(_cut, block.lines)), rows=rows)


def _row(row: TableRow) -> TableRow:
    return TableRow(tuple(map(_cut, row.cells)), _cut(row.wide))


def _cut(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(p if p.keys or len(p.text) <= LONGEST else replace(p, text=_edges(p.text)) for p in pieces)


def _edges(text: str) -> str:
    return f"{text[:EDGE]}……{text[-EDGE:]}"
