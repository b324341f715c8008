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
from dataclasses import dataclass
from itertools import islice, pairwise

from luoshi.core.pattern import HAN, pattern
from luoshi.core.source.clean import CleanText
from luoshi.core.source.flat_headers import Header, find_headers
from luoshi.core.source.flat_path import Columns, cheapest_path, columns_of, with_wraps
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.table_cells import Line, nested, read_line
from luoshi.core.source.table_columns import OWNERS

_STOP = pattern(
    r"(?m)^ *(?:附 *件 *\d* *:?|抄送:.*|(?:备?注|说明):.*|.{2,30}办公室 *20\d\d年\d+月\d+日印发) *$"
)
_LINE = pattern(r"[^\n]+")
_DAY = r"20\d\d年[\d年月日底末前内上下半度季]*$"
# Between blanks; a row's number and a date at the end may have lost theirs: 3新建公厕, 张三2025年9月.
_BLOCK = pattern(rf"(?m)^\d{{1,3}}(?={HAN}|“)|{_DAY}|(?:(?!{_DAY})[^ \n])+")
_REACH, _BEYOND = 250, 10  # lines read at first; lines after a table that make sure it is over
_PAGE = pattern(r"[-—–· ]+\d{1,3}[-—–· ]+$|第 *\d+ *页.*$|\(?续表?\)?$|续表.{0,3}$")


def find_flat_tables(clean: CleanText, start: int, end: int) -> Iterator[GridTable]:
    """Rebuild every flattened table in the clean range [start, end), in order."""
    text = clean.text
    headers = list(find_headers(text, start, end))
    done: list[tuple[Header, GridTable]] = []
    for here, header in enumerate(headers):
        stop = headers[here + 1].start if here + 1 < len(headers) else end
        if wall := _STOP.search(text, header.end, stop):
            stop = wall.start()
        table = _rebuild(clean, header, stop)
        if table is None:
            continue
        if done and done[-1][0].titles == header.titles and _adjoin(text, done[-1][1].end, header.start):
            done[-1] = (header, _joined(done[-1][1], table))
        else:
            done.append((header, table))
    yield from (table for _, table in done)


def _adjoin(text: str, end: int, start: int) -> bool:
    """Whether nothing but page marks lies between: the header was only printed again."""
    return all(not line.strip() or _PAGE.match(line.strip()) for line in text[end:start].split("\n"))


def _joined(first: GridTable, rest: GridTable) -> GridTable:
    """Both as one table; where only one of them has a heading column of its own (内容, 内容), the other gets an empty one."""
    wide = max(first.header, rest.header, key=len)
    spare = next((k for k in range(1, len(wide)) if wide[k] == wide[k - 1]), 0) - 1
    group = first.rows[-1].group
    rows = (*first.rows, *(r if r.group else GridRow(r.cells, group) for r in rest.rows))
    even = tuple(r if len(r.cells) == len(wide) else GridRow(_widened(r.cells, spare), r.group) for r in rows)
    return GridTable(first.start, rest.end, wide, even, rebuilt=True)


def _widened(cells: tuple[GridCell, ...], spare: int) -> tuple[GridCell, ...]:
    return (*cells[:spare], GridCell(cells[spare].start, cells[spare].start), *cells[spare:])


def _lines(text: str, start: int, stop: int) -> Iterator[Line]:
    for m in _LINE.finditer(text, start, stop):
        line = read_line(text, m.start(), m.end())
        if line and not _PAGE.match(text, line.start, line.end):
            yield line


def _blocks(clean: CleanText, start: int, stop: int) -> Iterator[Line]:
    """The cells of rows on one line each: cut at blanks, those that cleaning took out included."""
    for m in _BLOCK.finditer(clean.text, start, stop):
        first, last = bisect_right(clean.starts, m.start()), bisect_left(clean.starts, m.end())
        for left, right in pairwise((m.start(), *clean.starts[first:last], m.end())):
            if block := read_line(clean.text, left, right):
                yield block


def _rebuild(clean: CleanText, header: Header, stop: int) -> GridTable | None:
    """The table under a header, or None when no row can be made out. Reads only as far as the table seems to go."""
    text, columns = clean.text, columns_of(header)
    ahead = _blocks(clean, header.end, stop) if header.one_line else _lines(text, header.end, stop)
    lines = list(islice(ahead, _REACH))
    if columns is None or not lines:
        return None
    path = cheapest_path(with_wraps(text, lines), columns)
    while len(path) + _BEYOND > len(lines) and (more := list(islice(ahead, 3 * len(lines)))):
        lines += more
        path = cheapest_path(with_wraps(text, lines), columns)
    drafts = _without_tail(_drafts(text, lines, path, columns), columns)
    rows = _filled(drafts, columns, text)
    if not rows:
        return None
    titles = columns.titles
    spare = columns.roles.index("hidden") if "hidden" in columns.roles else None
    if spare is not None and not any(r.cells[spare] for r in rows):
        titles = titles[:spare] + titles[spare + 1 :]
        rows = [GridRow(r.cells[:spare] + r.cells[spare + 1 :], r.group) for r in rows]
    end = max(cell.end for cell in drafts[-1].cells.values())
    return GridTable(header.start, end, titles, tuple(rows), rebuilt=True)


@dataclass(slots=True)
class _Draft:
    """A row while it is put together: the cells that have lines of their own."""

    group: tuple[str, ...]
    cells: dict[int, GridCell]

    def add(self, column: int, line: Line) -> None:
        """A blank line stands for an empty cell; it never widens one that holds something."""
        old, new = (
            self.cells.get(column),
            GridCell(line.start, line.start if line.kind == "blank" else line.end),
        )
        if not old:
            self.cells[column] = new
        elif new:
            self.cells[column] = GridCell(old.start, new.end)


def _drafts(text: str, lines: list[Line], path: list[tuple[int, bool]], columns: Columns) -> list[_Draft]:
    """Lines gathered into rows: a row ends where its columns would run backwards."""
    drafts: list[_Draft] = []
    groups: tuple[str, ...] = ()
    last = columns.group
    for line, (state, rest) in zip(lines, path, strict=False):
        column = columns.column(state)
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
    spelled = {
        c for d in drafts for c, cell in d.cells.items() if not cell
    }  # columns whose empty cells are printed
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
    same = n is not None and (n not in own or _says(text, own[n]) == _says(text, above.cells[n]))
    owned = any(columns.roles[c] in OWNERS for c in own)
    for c, role in enumerate(columns.roles):
        if c in own:
            continue
        if (
            role in ("number", "heading")
            or (role == "hidden" and same)
            or (role in OWNERS and not owned)
            or (role in ("leader", "person", "deadline") and (not owned or c in spelled))
        ):
            yield c


def _says(text: str, cell: GridCell) -> str:
    return text[cell.start : cell.end].strip()
