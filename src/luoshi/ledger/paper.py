"""The source text laid out as the paper it was, with the places of items marked. One pass, no query."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import dropwhile, groupby

from luoshi.ledger.models import SourceText


@dataclass(frozen=True, slots=True)
class Mark:
    """A place [start, end) in the text. `key` names it on the page, `kind` is its look (classes), `told` says in words what
    the look says ("错误：单位连写")."""

    start: int
    end: int
    kind: str
    key: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks throughout; `anchor` when one of them begins here. `told` is what they say,
    `opens` the first word of each that begins here."""

    start: int
    text: str
    kinds: str = ""
    keys: str = ""
    anchor: bool = False
    told: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells of a row; a single cell without `cells` spans the table (`wide`)."""

    cells: tuple[tuple[Piece, ...], ...] = ()
    wide: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("p"), heading ("h1".."h4"), "table", or text set aside ("aside"); `header` is (title, columns)."""

    look: str
    pieces: tuple[Piece, ...] = ()
    header: tuple[tuple[str, int], ...] = ()
    columns: int = 1
    rows: tuple[TableRow, ...] = ()
    lines: tuple[tuple[Piece, ...], ...] = ()


@dataclass
class Layout:
    """The cutting of one text: where marks begin and end, and which are in force between."""

    text: str
    cuts: list[int] = field(default_factory=list)
    states: list[tuple[str, str, str]] = field(default_factory=list)
    anchors: set[int] = field(default_factory=set)
    words: dict[int, str] = field(default_factory=dict)

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """[start, end) cut at every change of marks; blank edges are left out."""
        while start < end and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start] in "\r\n":
            start += 1
        found = []
        i = bisect_right(self.cuts, start) - 1
        while start < end:
            stop = min(end, self.cuts[i + 1]) if i + 1 < len(self.cuts) else end
            kinds, keys, told = self.states[i] if i >= 0 else ("", "", "")
            opens = self.words.get(start, "")
            found.append(Piece(start, self.text[start:stop], kinds, keys, start in self.anchors, told, opens))
            start, i = stop, i + 1
        return tuple(found)

    def lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The lines of [start, end) that are not blank."""
        at = start
        while at < end:
            stop = self.text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if self.text[at:stop].strip():
                yield at, stop
            at = stop + 1


def cut(text: str, marks: Iterable[Mark]) -> Layout:
    """Sweep over the marks once; linear in their number times how deep they nest."""
    marks = [m for m in marks if m.start < m.end]
    changes: dict[int, tuple[list[Mark], list[Mark]]] = {}
    for mark in marks:
        changes.setdefault(mark.start, ([], []))[0].append(mark)
        changes.setdefault(mark.end, ([], []))[1].append(mark)
    layout = Layout(text, anchors={m.start for m in marks})
    active: dict[str, Mark] = {}
    for at in sorted(changes):
        opened, closed = changes[at]
        for mark in closed:
            active.pop(mark.key, None)
        active.update((mark.key, mark) for mark in opened)
        layout.cuts.append(at)
        looks = {look for mark in active.values() for look in mark.kind.split()}
        told = dict.fromkeys(mark.told for mark in active.values() if mark.told)
        layout.states.append((" ".join(sorted(looks)), " ".join(active), "；".join(told)))
        if opening := dict.fromkeys(mark.told.partition("：")[0] for mark in opened if mark.told):
            layout.words[at] = "、".join(opening)
    return layout


def lay_out(source: SourceText, marks: Iterable[Mark]) -> list[Block]:
    """All blocks of the text in order."""
    layout = cut(source.text, marks)
    levels = {section["start"]: section["level"] for section in source.outline}
    heads = sorted(levels)
    blocks: list[Block] = []
    at = 0
    for grid in source.grids:
        blocks += _paragraphs(layout, source, at, grid["start"], heads, levels)
        blocks.append(_table(layout, grid))
        at = max(at, grid["end"])
    return blocks + _paragraphs(layout, source, at, len(source.text), heads, levels)


def _paragraphs(
    layout: Layout, source: SourceText, start: int, end: int, heads: Sequence[int], levels: dict[int, int]
) -> list[Block]:
    blocks: list[Block] = []
    aside: list[tuple[Piece, ...]] = []
    furniture = [tuple(span) for span in source.furniture]
    for a, b in layout.lines(start, end):
        i = bisect_right(furniture, (a, len(source.text))) - 1
        if i >= 0 and furniture[i][1] >= b:
            aside.append(layout.pieces(a, b))
            continue
        if aside:
            blocks.append(Block("aside", lines=tuple(aside)))
            aside = []
        h = bisect_left(heads, a)
        short = b - a <= 60
        level = levels[heads[h]] if h < len(heads) and heads[h] < b and short else 0
        blocks.append(Block(f"h{min(level, 4)}" if level else "p", layout.pieces(a, b)))
    return blocks + ([Block("aside", lines=tuple(aside))] if aside else [])


def _table(layout: Layout, grid: dict) -> Block:
    """Rows as printed; words between rows that belong to no cell (group headings) get a row of their own."""
    rows: list[TableRow] = []
    at = grid["start"]
    header_words = "".join("".join(title.split()) for title in grid["header"])
    for row in grid["rows"]:
        fresh = [cell for cell in row["cells"] if cell[0] >= at and cell[1] > cell[0]]
        begin = min((cell[0] for cell in fresh), default=at)
        between = layout.lines(at, begin)
        if not rows:
            between = dropwhile(partial(_is_title, layout, header_words), between)
        rows += [TableRow(wide=layout.pieces(a, b)) for a, b in between]
        rows.append(TableRow(cells=tuple(layout.pieces(*cell) for cell in row["cells"])))
        at = max([at, *(cell[1] for cell in fresh)])
    rows += [TableRow(wide=layout.pieces(a, b)) for a, b in layout.lines(at, grid["end"])]
    return Block("table", columns=len(grid["header"]) or 1, header=_titles(grid["header"]), rows=tuple(rows))


def _titles(header: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Titles with how many columns each spans: equal neighbours are one."""
    return tuple((title, len(list(same))) for title, same in groupby(header))


def _is_title(layout: Layout, header_words: str, line: tuple[int, int]) -> bool:
    """Whether a line before the first row is (part of) a title that the head of the table shows already."""
    return "".join(layout.text[slice(*line)].split()) in header_words
