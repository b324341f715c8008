"""Tables that are known cell by cell (docx, html, xlsx, lines drawn with | or tabs) in the one shape.

A sheet is rows of cells, a merged cell standing in every place it covers. Over it: where is the header (one row or two deep),
which rows only repeat it on a new page, which are group headings, which go on with the row that a page cut in two.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.source.clean import CleanText
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.table_cells import is_heading, kind_of, nested, read_number
from luoshi.core.source.table_columns import OWNERS, TEXTS, role_of, roles_of
from luoshi.core.source.text import Table

_FENCE = pattern(r"[|│┃┆]")
_RULE = pattern(r"[\s|│┃┆├┤┼┌┐└┘┬┴─━\-:+=╋┠┨]+$")
_HAN_NUMBER = pattern(r"(?:[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\))、?$")
_FIGURE = pattern(r"[0-9][0-9.,]*%?$")
_NOTE = pattern(r"(?:备?注|说明|填[表报](?:人|单位|日期|时间)?|制表(?:人|单位)?|审核人?)\s*\d?\s*:")
_HEADER_REACH = 8  # rows from the top among which the header is looked for


class Sheet(NamedTuple):
    """[start, end) of the table; `rows` are all equally long; `rest`: indexes of rows that go on with the one above."""

    start: int
    end: int
    rows: tuple[tuple[GridCell, ...], ...]
    rest: frozenset[int] = frozenset()


def sheet_of(table: Table, clean: CleanText) -> Sheet | None:
    """A table of the file on the clean text; None when nothing of it is left there."""
    start, end = place(clean, table.span.start), place(clean, table.span.end)
    if end <= start or not table.rows or not table.cols:
        return None
    nothing = GridCell(start, start)
    grid = [[nothing] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        held = _stripped(clean.text, place(clean, cell.span.start), place(clean, cell.span.end))
        for r in range(cell.row, min(cell.row + cell.rowspan, table.rows)):
            for c in range(cell.col, min(cell.col + cell.colspan, table.cols)):
                grid[r][c] = held
    return Sheet(start, end, tuple(map(tuple, grid)))


def place(clean: CleanText, at: int) -> int:
    """Clean offset of source offset `at`; inside what was set aside, the place right after it."""
    piece = bisect_right(clean.origins, at) - 1
    if piece < 0:
        return 0
    stop = clean.starts[piece + 1] if piece + 1 < len(clean.starts) else len(clean.text)
    return min(clean.starts[piece] + at - clean.origins[piece], stop)


def _stripped(text: str, start: int, end: int) -> GridCell:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return GridCell(start, max(start, end))


# --- tables drawn with signs ----------------------------------------------------------------------------------


def drawn_sheets(clean: CleanText, start: int, end: int) -> Iterator[Sheet]:
    """Runs of three or more lines whose cells are parted by | or tabs."""
    run: list[tuple[int, int]] = []
    sign = ""
    for a, b in _lines(clean.printed, start, end):
        line = clean.printed[a:b]
        here = "\t" if line.strip().count("\t") >= 2 else "|" if len(_FENCE.findall(line)) >= 2 else ""
        if not here and sign == "|" and _RULE.match(line):
            here = sign
        if run and here != sign:
            if line.strip():
                yield from _drawn(clean, run, sign)
                run, sign = [], ""
            elif sign:
                continue
        if here:
            run.append((a, b))
            sign = here
    yield from _drawn(clean, run, sign)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _drawn(clean: CleanText, run: list[tuple[int, int]], sign: str) -> Iterator[Sheet]:
    text = clean.printed
    ruled = sum(1 for a, b in run if _RULE.match(text, a, b) and b > a) > 1
    rows: list[tuple[GridCell, ...]] = []
    rest: set[int] = set()
    new = True
    for a, b in run:
        if sign == "|" and _RULE.match(text[a:b]):
            new = True
            continue
        if ruled and not new and len(rows) > 1:
            rest.add(len(rows))
        rows.append(tuple(_cells(text, a, b, sign)))
        new = False
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or width < 2:
        return
    even = tuple(row + (GridCell(row[-1].end, row[-1].end),) * (width - len(row)) for row in rows)
    yield Sheet(run[0][0], run[-1][1], even, frozenset(rest))


def _cells(text: str, start: int, end: int, sign: str) -> Iterator[GridCell]:
    cuts = [i for i in range(start, end) if (text[i] == "\t" if sign == "\t" else text[i] in "|│┃┆")]
    if sign == "|" and not text[start : cuts[0]].strip():
        start = cuts.pop(0) + 1
    if sign == "|" and cuts and not text[cuts[-1] + 1 : end].strip():
        end = cuts.pop()
    for a, b in zip((start, *(c + 1 for c in cuts)), (*cuts, end), strict=True):
        yield _stripped(text, a, b)


# --- from sheets to tables ------------------------------------------------------------------------------------


def read_sheets(sheets: list[Sheet], text: str) -> list[GridTable]:
    """The tables of the sheets; one that goes on where the last one stopped (a new page) is joined to it."""
    tables: list[GridTable] = []
    for sheet in sheets:
        for table in _SheetReader(sheet, text, tables[-1] if tables else None).tables():
            last = tables[-1] if tables else None
            if (
                last is not None
                and _same(last.header, table.header)
                and not text[last.end : table.start].strip()
            ):
                group = last.rows[-1].group if last.rows else ()
                rows = (r if r.group else GridRow(r.cells, group, r.continues) for r in table.rows)
                tables[-1] = GridTable(last.start, table.end, last.header, (*last.rows, *rows), last.rebuilt)
            else:
                tables.append(table)
    return tables


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two headers are one; of a title two lines deep the lower line is enough."""
    return len(one) == len(other) and all(
        a.split("/")[-1] == b.split("/")[-1] for a, b in zip(one, other, strict=True)
    )


class _Columns(NamedTuple):
    """Where a table has its number, its owners, its texts."""

    number: int | None
    owners: tuple[int, ...]
    texts: tuple[int, ...]

    @classmethod
    def of(cls, header: tuple[str, ...]) -> "_Columns":
        roles = roles_of(header)
        return cls(
            roles.index("number") if "number" in roles else None,
            tuple(c for c, role in enumerate(roles) if role in OWNERS),
            tuple(c for c, role in enumerate(roles) if role in TEXTS),
        )


def _repeats(words: tuple[str, ...], header: tuple[str, ...]) -> bool:
    """Whether a row only prints the header (or one line of a header two lines deep) again."""
    return any(words) and all(w in title for w, title in zip(words, header, strict=True))


def _is_note(words: tuple[str, ...]) -> bool:
    """Whether a row only says something about the table (备注:…, 填表人:… 审核人:…)."""
    return all(_NOTE.match(w) for w in words if w)


class _SheetReader:
    """Reads one sheet; `before` is the table right above it."""

    def __init__(self, sheet: Sheet, text: str, before: GridTable | None) -> None:
        self.sheet = sheet
        self.text = text
        self.before = before

    def tables(self) -> Iterator[GridTable]:
        """One table, or several when a new header stands in the middle."""
        rows = self.sheet.rows
        at, depth = self._header(0, min(len(rows), _HEADER_REACH))
        if depth == 0:
            header = ("",) * len(rows[0])
            if self.before is not None and len(self.before.header) == len(header):
                apart = self.text[self.before.end : self.sheet.start].strip()
                header = header if apart else self.before.header
            yield self._table(header, 0, len(rows), self.sheet.start)
            return
        start = self.sheet.start
        while depth:
            header = self._titles(at, depth)
            body = at + depth
            at, depth = self._header(body, len(rows), but=header)
            stop = at if depth else len(rows)
            table = self._table(header, body, stop, start)
            yield table
            start = max(table.end, min((c.start for row in rows[stop:] for c in row if c), default=table.end))

    def _says(self, cell: GridCell) -> str:
        return "".join(self.text[cell.start : cell.end].split())

    def _header(self, first: int, stop: int, but: tuple[str, ...] = ()) -> tuple[int, int]:
        """(row, depth) of the first header from row `first` on; depth 0 when there is none."""
        rows = self.sheet.rows
        for r in range(first, stop):
            filled = [c for c in dict.fromkeys(rows[r]) if c]
            if len(filled) < 2 or max(c.end - c.start for c in filled) > 40:
                continue
            if but and _repeats(tuple(map(self._says, rows[r])), but):
                continue
            known = [role for role in map(role_of, map(self._says, filled)) if role]
            if but and (len(known) < 3 or not set(known) & {"number", *OWNERS}):
                continue
            if not but and {"number", "unit", *TEXTS, *OWNERS} & set(known) and self._over_figures(r):
                return r, 2 if self._goes_deeper(r) else 1
            if (
                len(known) * 2 >= len(filled)
                and len(set(known)) >= 2
                and set(known) & {"number", "heading", *TEXTS, *OWNERS}
            ):
                return r, 2 if self._goes_deeper(r) else 1
        return 0, 0

    def _over_figures(self, r: int) -> bool:
        """Whether a row without figures stands over rows that are mostly figures: towns down, targets across."""
        rows = self.sheet.rows
        deep = r + 2 if self._goes_deeper(r) else r + 1
        below = [self._says(c) for row in rows[deep : deep + 3] for c in row[2:] if c]
        titles = [self._says(c) for c in rows[r] if c]
        return (
            len(below) >= 4
            and not any(map(_FIGURE.match, titles))
            and sum(_FIGURE.match(s) is not None for s in below) * 2 > len(below)
        )

    def _goes_deeper(self, r: int) -> bool:
        """Whether the row under a header row is its second line: titles under a title, the rest merged or empty."""
        rows = self.sheet.rows
        if r + 1 >= len(rows):
            return False
        upper, lower = rows[r], rows[r + 1]
        fresh = [(u, w) for u, w in zip(upper, lower, strict=True) if w and w != u]
        if not fresh or any(w.end - w.start > 16 or read_number(self._says(w)) is not None for _, w in fresh):
            return False
        kept = any(u and (w == u or not w) for u, w in zip(upper, lower, strict=True))
        spread = {
            u
            for u, right in zip(upper, (*upper[1:], upper[0]), strict=True)
            if u == right or not (u and right)
        }
        return kept and all(u in spread for u, _ in fresh)

    def _titles(self, r: int, depth: int) -> tuple[str, ...]:
        upper = self.sheet.rows[r]
        if depth == 1:
            return tuple(map(self._says, upper))
        lower = self.sheet.rows[r + 1]
        return tuple(
            self._says(u) if w == u or not w else f"{self._says(u)}/{self._says(w)}" if u else self._says(w)
            for u, w in zip(upper, lower, strict=True)
        )

    def _table(self, header: tuple[str, ...], first: int, stop: int, start: int) -> GridTable:
        columns = _Columns.of(header)
        rows: list[GridRow] = []
        groups: tuple[str, ...] = ()
        above: GridRow | None = None
        guessed = False
        for r in range(first, stop):
            cells = self.sheet.rows[r]
            words = tuple(map(self._says, cells))
            if not any(words) or _repeats(words, header) or _is_note(words):
                continue
            if heading := self._group(cells, words, columns):
                groups = nested(groups, heading)
                continue
            if r in self.sheet.rest and rows:
                rows.append(GridRow(cells, rows[-1].group, continues=True))
                continue
            row = self._row(cells, words, groups, above, columns)
            guessed = guessed or any(row.cells[c] != cells[c] for c in columns.owners)
            above = above if row.continues else row
            rows.append(row)
        end = max((c.end for row in self.sheet.rows[first:stop] for c in row), default=start)
        return GridTable(start, max(start, end), header, tuple(rows), rebuilt=guessed)

    def _row(
        self,
        cells: tuple[GridCell, ...],
        words: tuple[str, ...],
        groups: tuple[str, ...],
        above: GridRow | None,
        columns: _Columns,
    ) -> GridRow:
        """A row of data. Without a number it goes on with the row above or stands under cells merged only to the eye."""
        number, owners, texts = columns.number, columns.owners, columns.texts
        if above is None or above.group != groups or number is None or words[number]:
            return GridRow(cells, groups)
        if self._cut_off(cells, above, owners, texts):
            return GridRow(cells, groups, continues=True)
        lacking = {number, *(c for c in texts if not words[c])}
        if not any(words[c] for c in owners):
            lacking.update(owners)
        return GridRow(tuple(above.cells[c] if c in lacking else x for c, x in enumerate(cells)), groups)

    def _group(self, cells: tuple[GridCell, ...], words: tuple[str, ...], columns: _Columns) -> str:
        """The heading a row consists of, "" for a row of data."""
        number, owners = columns.number, columns.owners
        filled = [c for c in dict.fromkeys(cells) if c]
        text = self._says(filled[0])
        if len(filled) == 1:
            wide = cells.count(filled[0]) * 2 > len(cells)
            if kind_of(text) == "int":
                return ""
            marked = is_heading(text) and len(text) <= 60
            return text if wide or (marked and cells.index(filled[0]) <= (number or 0) + 1) else ""
        if number is None or len(filled) > 3 or any(words[c] for c in owners) or not owners:
            return ""
        if _HAN_NUMBER.match(words[number]):
            rest = next((w for c, w in enumerate(words) if w and cells[c] != cells[number]), "")
            mark = words[number] if words[number][-1] in "、)" else words[number] + "、"
            return mark + rest
        return ""

    def _cut_off(
        self, cells: tuple[GridCell, ...], above: GridRow, owners: tuple[int, ...], texts: tuple[int, ...]
    ) -> bool:
        """Whether a row without a number is the rest of the row above, which a page broke."""
        if any(cells[c] for c in texts) and any(cells[c] for c in owners):
            return False
        said = next((self._says(above.cells[c]) for c in reversed(texts) if above.cells[c]), "")
        return not any(cells[c] for c in texts) or (bool(said) and said[-1] not in "。;!?")
