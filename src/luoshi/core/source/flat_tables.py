"""Tables printed one cell a line, put together again.

A saved web page or an old .doc often leaves of a table only its cells, one to a line: no rows, no empty cells, a merged
cell once, a long heading cut over three lines. What remains is order. So a table is read like a sentence: its header names
the columns, and every line after it is one of

    a cell of a column · the rest of the cell above · a group heading (一、…) · no longer part of the table

`flat_path.cheapest_path` finds the reading with the least total cost (Viterbi, one pass, a handful of states a line). A row
that has no number of its own (merged cells) is the extra state `sub`. The title 内容 often covers two columns, a short heading
and its text, so a hidden heading column is offered wherever the header has none of its own.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern
from luoshi.core.records import maker
from luoshi.core.source.clean import CleanText
from luoshi.core.source.flat_headers import Header, find_headers
from luoshi.core.source.flat_path import Columns, PathReader, columns_of, rehomed, with_wraps, wrap_width
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.table_cells import Line, guessed_number, nested, read_line
from luoshi.core.source.table_columns import OWNERS, TEXTS
from luoshi.core.source.table_texts import only_names, survey

_STOP = pattern(
    r"(?m)^ *(?:附 *件 *\d* *:?|抄送:.*|(?:备?注|说明):.*|.{2,30}办公室 *20\d\d年\d+月\d+日印发) *$"
)
_LINE = pattern(r"[^\n]+")
_DAY = r"20\d\d年[\d年月日底末前内上下半度季]*$"
# Between blanks; a row's number and a date at the end may have lost theirs: 3新建公厕, 张三2025年9月.
_BLOCK = pattern(rf"(?m)^\d{{1,3}}(?={HAN}|“)|{_DAY}|(?:(?!{_DAY})[^ \n])+")
# A blank that cleaning took out parts no cells before a unit of measure (56 万亩) nor before a figure that goes on in words (提高 2%).
_WITHIN = pattern(
    r"(?<=\d)[万亿年月日亩吨元米个家户件处座套%]|(?<=\d)(?:公[里斤顷]|平方|项(?!目)|人(?![民社大]))"
)
_FIGURE = pattern(
    rf"(?<={HAN})\d[\d.]*(?!\d?[年月]|[-./]\d)(?=[%万亿亩吨元米个家户件处座套]|公[里斤顷]|平方|项(?!目))"
)
_REACH, _BEYOND = 250, 10  # lines read at first; lines after a table that make sure it is over
_cell = maker(GridCell)
_PAGE_OPENS = frozenset("-—–· 第(续")
_PAGE = pattern(r"[-—–· ]+\d{1,3}[-—–· ]+$|第 *\d+ *页.*$|\(?续表?\)?$|续表.{0,3}$")


def find_flat_tables(clean: CleanText, start: int, end: int) -> Iterator[GridTable]:
    """Rebuild every flattened table in the clean range [start, end), in order."""
    text = clean.text
    headers = list(find_headers(text, start, end))
    parts: list[_Part] = []
    for here, header in enumerate(headers):
        stop = headers[here + 1].start if here + 1 < len(headers) else end
        if wall := _STOP.search(text, header.end, stop):
            stop = wall.start()
        above = parts[-1] if parts else None
        if above and not (above.header.titles == header.titles and _adjoin(text, above.end, header.start)):
            yield from _built(text, parts)
            parts, above = [], None
        if part := _read(clean, header, stop, above):
            parts.append(part)
    yield from _built(text, parts)


def _adjoin(text: str, end: int, start: int) -> bool:
    """Whether nothing but page marks lies between: the header was only printed again."""
    return all(not line.strip() or _PAGE.match(line.strip()) for line in text[end:start].split("\n"))


def _lines(text: str, start: int, stop: int) -> Iterator[Line]:
    for m in _LINE.finditer(text, start, stop):
        line = read_line(text, *m.span())
        if line and not (text[line.start] in _PAGE_OPENS and _PAGE.match(text, line.start, line.end)):
            yield line


def _blocks(clean: CleanText, start: int, stop: int) -> Iterator[Line]:
    """The cells of rows on one line each: cut at blanks, those that cleaning took out included."""
    for m in _BLOCK.finditer(clean.text, start, stop):
        first, last = bisect_right(clean.starts, m.start()), bisect_left(clean.starts, m.end())
        cuts = [cut for cut in clean.starts[first:last] if not _is_within(clean.text, cut)]
        for left, right in pairwise((m.start(), *cuts, m.end())):
            if block := read_line(clean.text, left, right):
                yield block


def _is_within(text: str, cut: int) -> bool:
    """Whether a figure and its unit, or a word and its figure, lie around the place of a blank."""
    return _WITHIN.match(text, cut) is not None or _FIGURE.match(text, cut) is not None


class _Part(NamedTuple):
    """What stands under one header: a table, or what a page holds of it. There is at least one draft."""

    header: Header
    columns: Columns
    drafts: "list[_Draft]"

    @property
    def end(self) -> int:
        return max(cell.end for cell in self.drafts[-1].cells.values())


def _read(clean: CleanText, header: Header, stop: int, above: _Part | None) -> _Part | None:
    """The rows under a header, or None when none can be made out; under a header printed again (`above`: the page
    before) they count and belong on. Reads only as far as the table seems to go."""
    text, columns = clean.text, above.columns if above else columns_of(header)
    ahead = _blocks(clean, header.end, stop) if header.one_line else _lines(text, header.end, stop)
    first = list(islice(ahead, _REACH))
    if columns is None or not first:
        return None
    width = wrap_width(first)
    last = _last_number(text, above)
    groups = above.drafts[-1].group if above else ()
    if above is None:
        columns = _told(text, list(with_wraps(text, first, width)), columns)
    lines: list[Line] = []
    reader = PathReader(columns, last)
    for line in with_wraps(text, chain(first, ahead), width):
        lines.append(line)
        if not reader.read(line) or (len(lines) > _REACH and reader.past >= _BEYOND):
            break
    drafts = _without_tail(_drafts(text, lines, reader.path(), columns, groups), columns)
    return _Part(header, columns, drafts) if drafts else None


def _told(text: str, lines: list[Line], columns: Columns) -> Columns:
    """The columns once their first lines were read: where 项目 only names what 年度目标 states, the task is told there."""
    others = [c for c in range(columns.home + 1, columns.group) if columns.roles[c] in TEXTS]
    if not others:
        return columns
    reader = PathReader(columns)
    for line in lines:
        if not reader.read(line):
            break
    drafts = _drafts(text, lines, reader.path(), columns, ())
    home, *rest = (
        survey([_says(text, d.cells[c]) for d in drafts if c in d.cells]) for c in (columns.home, *others)
    )
    better = next((c for c, other in zip(others, rest, strict=True) if only_names(home, other)), None)
    return columns if better is None else rehomed(columns, better)


def _last_number(text: str, above: _Part | None) -> int:
    """The number of the last row of the page before, 0 when there is none."""
    if above is None or above.columns.number is None:
        return 0
    cells = (d.cells[above.columns.number] for d in reversed(above.drafts) if above.columns.number in d.cells)
    return next((n for c in cells if (n := guessed_number(_says(text, c))) is not None), 0)


def _built(text: str, parts: list[_Part]) -> Iterator[GridTable]:
    """The pages of one table as a table, when there is a row in it."""
    if not parts:
        return
    columns = parts[0].columns
    rows = _filled([draft for part in parts for draft in part.drafts], columns, text)
    titles = columns.titles
    spare = columns.roles.index("hidden") if "hidden" in columns.roles else None
    if spare is not None and not any(r.cells[spare] for r in rows):
        titles = titles[:spare] + titles[spare + 1 :]
        rows = [GridRow(r.cells[:spare] + r.cells[spare + 1 :], r.group) for r in rows]
    if rows:
        yield GridTable(parts[0].header.start, parts[-1].end, titles, tuple(rows), rebuilt=True)


class _Draft:
    """A row while it is put together: the cells that have lines of their own."""

    def __init__(self, group: tuple[str, ...], cells: dict[int, GridCell]) -> None:
        self.group = group
        self.cells = cells

    def add(self, column: int, line: Line) -> None:
        """A blank line stands for an empty cell; it never widens one that holds something."""
        start, end = line.start, line.start if line.kind == "blank" else line.end
        old = self.cells.get(column)
        if old is None or old.start == old.end:
            self.cells[column] = _cell((start, end))
        elif start < end:
            self.cells[column] = _cell((old.start, end))


def _drafts(
    text: str, lines: list[Line], path: list[tuple[int, bool]], columns: Columns, groups: tuple[str, ...]
) -> list[_Draft]:
    """Lines gathered into rows: a row ends where its columns would run backwards. `groups`: headings in force before."""
    drafts: list[_Draft] = []
    column_of = [columns.column(state) for state in range(columns.out + 1)]
    last = columns.group
    for line, (state, rest) in zip(lines, path, strict=False):
        column = column_of[state]
        if state == columns.group:
            groups = nested(groups, text[line.start : line.end])
            last = columns.group
            continue
        if not drafts or (not rest and (column <= last or state == columns.sub)):
            drafts.append(_Draft(groups, {}))
        drafts[-1].add(column, line)
        last = column
    return drafts


def _without_tail(drafts: list[_Draft], columns: Columns) -> list[_Draft]:
    """Without last rows that have neither number nor owner in a table where every other row has its number.

    They are what a page prints under its table (links, file names); a table that merges numbers does so before its end too.
    """
    if columns.number is None:
        return drafts
    kept = len(drafts)
    while kept and not any(c == columns.number or columns.roles[c] in OWNERS for c in drafts[kept - 1].cells):
        kept -= 1
    merging = any(columns.number not in draft.cells for draft in drafts[:kept])
    return drafts if merging or not kept else drafts[:kept]


def _filled(drafts: list[_Draft], columns: Columns, text: str) -> list[GridRow]:
    """Rows with a cell in every column: what a merged cell of the row above covers is taken from there."""
    # columns whose empty cells are printed
    spelled = {c for d in drafts for c, cell in d.cells.items() if cell.start == cell.end}
    rows: list[GridRow] = []
    above: GridRow | None = None
    for draft in drafts:
        own = draft.cells
        hidden = columns.home - 1
        if columns.home not in own and hidden in own and columns.roles[hidden] == "hidden":
            own[columns.home] = own.pop(hidden)
        if columns.home not in own:
            continue
        if above is not None and above.group != draft.group:
            above = None
        nothing = GridCell(own[columns.home].start, own[columns.home].start)
        cells = [own.get(c, nothing) for c in range(columns.group)]
        if above is not None:
            for c in _merged(own, cells, above, columns, spelled, text):
                cells[c] = above.cells[c]
        above = GridRow(tuple(cells), draft.group)
        rows.append(above)
    return rows


def _merged(
    own: dict[int, GridCell],
    cells: list[GridCell],
    above: GridRow,
    columns: Columns,
    spelled: set[int],
    text: str,
) -> Iterator[int]:
    """Columns of a row without a line of their own whose cell above reaches down into it."""
    n = columns.number
    owned = any(columns.roles[c] in OWNERS for c in own)
    for c, role in enumerate(columns.roles):
        if c in own:
            continue
        if (
            role in ("number", "heading")
            or (
                role == "hidden"
                and n is not None
                and (n not in own or _says(text, own[n]) == _says(text, above.cells[n]))
            )
            or (role in OWNERS and not owned)
            or (role in ("leader", "person", "deadline") and (not owned or c in spelled))
        ):
            yield c


def _says(text: str, cell: GridCell) -> str:
    return text[cell.start : cell.end].strip()
