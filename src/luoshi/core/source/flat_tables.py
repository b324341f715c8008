"""Tables printed one cell a line, put together again.

A saved web page or an old .doc often leaves of a table only its cells, one to a line: no rows, no empty cells, a merged
cell once, a long heading cut over three lines. What remains is order. So a table is read like a sentence: its header names
the columns, and every line after it is one of

    a cell of a column · the rest of the cell above · a group heading (一、…) · no longer part of the table

`cheapest_path` finds the reading with the least total cost (Viterbi, one pass, a handful of states a line). Costs come from
two small tables: how badly a line of a kind (integer, units, person, date, text …) suits a column's role (`SUITS`), and what
it costs to leave a column of a row empty (`EMPTY`). Numbers must count on; that is what tells a row's number from an
integer that is text. A row that has no number of its own (merged cells) is the extra state `sub`. The title 内容 often covers
two columns, a short heading and its text, so a hidden heading column is offered wherever the header has none of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.table_cells import KINDS, Line, is_mark, nested, read_line
from luoshi.core.source.table_columns import OWNERS, TEXTS, role_of

NO = 50.0
#                  int  bad  blank units unitish person date mark short text
_SUITS: dict[str, tuple[float, ...]] = {
    "number": (0, 0.8, NO, NO, NO, NO, NO, NO, NO, NO),
    "heading": (NO, 2, 0.4, 1.2, 0.8, 0.6, 1.0, 0.6, 0.1, 2.0),
    "hidden": (NO, NO, NO, 1.5, 1.2, 0.7, NO, 1.5, 0.25, 3.0),
    "content": (4, 2, 2, 1.6, 0.8, 0.8, 1.5, 0.4, 0.2, 0),
    "measure": (4, 2, 0.4, 1.6, 0.8, 0.8, 1.5, 0.4, 0.2, 0),
    "target": (0.6, 2, 0.2, 1.6, 0.8, 0.8, 0.4, 0.4, 0.2, 0.2),
    "owner": (NO, NO, 0.2, 0, 0.4, 1.6, 4, 3, 1.8, 5),
    "leader": (NO, 2, 0.1, 2, 3, 0, 4, 5, 2.5, 6),
    "person": (NO, 2, 0.1, 0.9, 2, 0, 4, 5, 2.5, 6),
    "deadline": (1.5, 2, 0.2, 3, 4, 2, 0, 3, 1.0, 3),
    "progress": (1, 1, 0, 1.5, 2, 1.2, 0.8, 2, 1, 2),
    "score": (0.1, 1, 0.2, 3, 3, 3, 2, 1, 0.8, 0.8),
    "group": (NO, NO, NO, 1.8, 1.8, 2.0, NO, 0.1, 1.6, NO),
    "out": (1, 1, 0.6, 1, 1, 1, 1, 1, 1, 1),
}
SUITS = {role: dict(zip(KINDS, costs, strict=True)) for role, costs in _SUITS.items()}
EMPTY = {
    "number": 1.2, "heading": 0.1, "hidden": 0.0, "content": 3.0, "measure": 0.9, "target": 0.5, "owner": 0.9, "leader": 0.35,
    "person": 0.3, "deadline": 0.4, "progress": 0.05, "score": 0.3,
}  # fmt: skip
LEAVE, NO_NUMBER, GIVE_UP = 0.1, 1.2, 6.0

_ANCHOR = re.compile(
    r"(?m)^ *(?:序 *(?:号)?|编 *号|[^\n、,。;:]{0,10}(?:单位|部门|主体|领导|责任人|时限|时间|期限)(?:\([^()\n]{1,12}\))?) *$"
)
_STOP = re.compile(
    r"(?m)^ *(?:附 *件 *\d* *:?|抄送:.*|(?:备?注|说明):.*|.{2,30}办公室 *20\d\d年\d+月\d+日印发) *$"
)
_PAGE = re.compile(r"[-—–· ]+\d{1,3}[-—–· ]+$|第 *\d+ *页.*$|\(?续表?\)?$|续表.{0,3}$")


@dataclass(frozen=True, slots=True)
class Header:
    """Column titles found on consecutive lines; [start, end) covers them."""

    start: int
    end: int
    titles: tuple[str, ...]
    roles: tuple[str, ...]


def find_flat_tables(text: str, start: int, end: int) -> Iterator[GridTable]:
    """Rebuild every flattened table in text[start:end] (clean, folded text), in order."""
    headers = list(_headers(text, start, end))
    done: list[tuple[Header, GridTable]] = []
    for here, header in enumerate(headers):
        stop = headers[here + 1].start if here + 1 < len(headers) else end
        if wall := _STOP.search(text, header.end, stop):
            stop = wall.start()
        table = _rebuild(text, header, stop)
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
    if len(first.header) != len(rest.header):
        return first
    group = first.rows[-1].group
    rows = tuple(r if r.group else GridRow(r.cells, group, r.continues) for r in rest.rows)
    return GridTable(first.start, rest.end, first.header, first.rows + rows, rebuilt=True)


# --- the header ---------------------------------------------------------------------------------------------


def _headers(text: str, start: int, end: int) -> Iterator[Header]:
    """Runs of column titles with a number or an owner column among three or more."""
    at = start
    while anchor := _ANCHOR.search(text, at, end):
        at = anchor.end()
        header = _header_around(text, anchor.start(), start, end)
        if header:
            yield header
            at = header.end
            start = header.end


def _header_around(text: str, anchor: int, start: int, end: int) -> Header | None:
    """The longest run of titles that holds the line at `anchor`."""
    before = list(_short_lines(text, max(start, anchor - 120), anchor))[-5:]
    after = list(_short_lines(text, anchor, min(end, anchor + 400)))[:24]
    lines = before + after
    words = [text[a:b].strip() for a, b in lines]
    best: Header | None = None
    for first in range(len(before) + 1):
        pieces = _titles(words, first)
        if not pieces or pieces[-1][1] <= len(before):
            continue
        titles = tuple("".join(words[a:b]).replace(" ", "") for a, b in pieces)
        roles = tuple(map(role_of, titles))
        if _is_header(roles) and (best is None or len(titles) > len(best.titles)):
            best = Header(lines[first][0], lines[pieces[-1][1] - 1][1], titles, roles)
    return best


def _short_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines that could be (part of) a title; a long one ends the run when it follows."""
    for m in re.finditer(r"[^\n]+", text[start:end]):
        if m.group().strip():
            yield start + m.start(), start + m.end()


def _titles(words: list[str], first: int) -> list[tuple[int, int]]:
    """Cut words[first:] into titles of one to three lines each, as far as that goes."""
    best: dict[int, list[tuple[int, int]]] = {len(words): []}
    for i in range(len(words) - 1, first - 1, -1):
        options: list[list[tuple[int, int]]] = [[]]
        for k in (1, 2, 3):
            if i + k <= len(words) and _is_title(words[i : i + k]):
                options.append([(i, i + k), *best.get(i + k, [])])
        best[i] = max(options, key=lambda o: (o[-1][1] if o else 0, -len(o)))
    return best[first]


def _is_title(pieces: list[str]) -> bool:
    """One line that is a title, or lines that are one only together (县政府|分管领导, 责任|单位, 任务|内容)."""
    if max(map(len, pieces)) > 16 or not role_of("".join(pieces)):
        return False
    *first, last = pieces
    if not first:
        return not is_mark(last)
    tiny = all(len(p) <= 2 for p in pieces)
    return not any(role_of(p) == "number" or (role_of(p) and not tiny) for p in first)


def _is_header(roles: tuple[str, ...]) -> bool:
    kinds = set(roles)
    texts = kinds & (TEXTS | {"heading"})
    return len(roles) >= 3 and bool(texts) and bool(kinds & (OWNERS | {"number", "leader", "person"}))


# --- the rows -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns a line may be a cell of; `home` holds the text of a task, `number` its number.

    States: one for each column, then `group` (a group heading), `sub` (the text of a row that has no number of its own)
    and `out` (after the table).
    """

    titles: tuple[str, ...]
    roles: tuple[str, ...]
    home: int
    number: int | None
    group: int
    sub: int
    out: int

    def column(self, state: int) -> int:
        """The column of a state; -1 beside the columns."""
        return self.home if state == self.sub else state if state < self.group else -1

    def role(self, state: int) -> str:
        return (
            "group" if state == self.group else "out" if state == self.out else self.roles[self.column(state)]
        )

    def empty(self, first: int, stop: int) -> float:
        """Cost of leaving columns [first, stop) of a row without a line; of several owner columns one counts fully."""
        owned = [r for r in self.roles[first:stop] if r in OWNERS]
        others = sum(EMPTY.get(r, 0.05) for r in self.roles[first:stop] if r not in OWNERS)
        return others + (EMPTY["owner"] + 0.1 * (len(owned) - 1) if owned else 0.0)

    def move(self, i: int, j: int) -> float:
        """Cost of going from a line in state i to one in state j that begins a cell."""
        if i == self.out:
            return 0.0 if j == self.out else NO
        ending = self.empty(i + 1, self.group) if i < self.group else 0.2 if i == self.sub else 0.0
        if j == self.out:
            return ending + LEAVE
        if j == self.group:
            return 0.0 if i == j else ending + 0.1
        if j == self.sub:
            return ending + (0.2 if self.number is None else NO_NUMBER)
        if i != self.group and j > self.column(i):
            return self.empty(self.column(i) + 1, j)
        if j >= self.home:
            return NO
        return ending + self.empty(0, j) + (1.0 if self.roles[j] == "hidden" else 0.0)


def _columns(header: Header) -> _Columns | None:
    """The header's columns, with a hidden heading column before the text when there is no other."""
    titles, roles = _lowered(list(header.titles), list(header.roles))
    home = next((roles.index(r) for r in ("content", "measure", "target", "heading") if r in roles), None)
    if home is None:
        return None
    if roles[home] == "heading":
        roles[home] = "content"
    if "heading" not in roles and len(TEXTS & set(roles)) == 1:
        titles.insert(home, titles[home])
        roles.insert(home, "hidden")
        home += 1
    number = roles.index("number") if "number" in roles else None
    n = len(roles)
    return _Columns(tuple(titles), tuple(roles), home, number, n, n + 1, n + 2)


def _lowered(titles: list[str], roles: list[str]) -> tuple[list[str], list[str]]:
    """A header two rows deep is printed row by row (责任单位 完成时限 | 牵头单位 配合单位): lower titles go to their place."""
    low = len(roles)
    while low and roles[low - 1] in ("lead", "support"):
        low -= 1
    if "owner" not in roles[: low - 1] or len(roles) - low < 2:
        return titles, roles
    at = roles.index("owner")
    order = [*range(at), *range(low, len(roles)), *range(at + 1, low)]
    return [titles[k] for k in order], [roles[k] for k in order]


@dataclass(slots=True)
class _Reading:
    """The cheapest reading up to a line that ends in one state. `rest`: the line is the rest of the cell above."""

    cost: float
    state: int
    last: int
    fresh: bool
    rest: bool
    before: "_Reading | None"


@dataclass(frozen=True, slots=True)
class _State:
    """What a line pays to be read in a state: by its kind, and by the state of the line before it."""

    index: int
    role: str
    suits: dict[str, float]
    after: tuple[float, ...]
    goes_on: bool
    numbered: bool
    under_hidden: int


def _states(columns: _Columns) -> list[_State]:
    every = range(columns.out + 1)
    return [
        _State(
            index=j,
            role=columns.role(j),
            suits=SUITS[_cost_row(columns.role(j))],
            after=tuple(columns.move(i, j) for i in every),
            goes_on=columns.role(j) not in ("number", "group", "out"),
            numbered=j != columns.sub,
            under_hidden=j - 1 if j == columns.home and j and columns.roles[j - 1] == "hidden" else -1,
        )
        for j in every
    ]


def cheapest_path(lines: list[Line], columns: _Columns) -> list[tuple[int, bool]]:
    """(state, rest) of every line from the first on, until the table is over."""
    states = _states(columns)
    fitting = {kind: _fitting(states, kind) for kind in KINDS}
    front = [_Reading(0.0, columns.group, 0, True, False, None)]
    before = lines[0]
    for line in lines:
        ahead = [_step(front, state, line, before) for state in fitting[line.kind]]
        reach = min(r.cost for r in ahead) + GIVE_UP
        front = [r for r in ahead if r.cost < reach]
        if len(front) == 1 and front[0].state == columns.out:
            break
        before = line
    path: list[tuple[int, bool]] = []
    at: _Reading | None = min(front, key=lambda r: r.cost)
    while at is not None and at.before is not None:
        if at.state != columns.out:
            path.append((at.state, at.rest))
        at = at.before
    return path[::-1]


def _fitting(states: list[_State], kind: str) -> list[_State]:
    """The states a line of a kind can be in at all."""
    least = min(s.suits[kind] for s in states)
    return [s for s in states if s.suits[kind] < least + GIVE_UP]


def _step(front: list[_Reading], state: _State, line: Line, before: Line) -> _Reading:
    """The cheapest way to put `line` into `state` after any of the readings so far."""
    lowest, source, rest = NO * 1e6, front[0], False
    index, after, role = state.index, state.after, state.role
    for r in front:
        cost = r.cost + after[r.state]
        if role == "number":
            cost += _sequence(line.number, r.last, r.fresh)
        elif r.state == state.under_hidden and line.length < 1.5 * before.length:
            cost += 0.6
        if cost < lowest:
            lowest, source, rest = cost, r, False
        if r.state == index and state.goes_on:
            cost = r.cost + _more(role, before, line, state.numbered)
            if cost < lowest:
                lowest, source, rest = cost, r, True
    last = source.last
    if role == "number":
        last = last + 1 if line.number is None else line.number
    return _Reading(lowest + state.suits[line.kind], index, last, role == "group", rest, source)


def _cost_row(role: str) -> str:
    return "owner" if role in OWNERS else role if role in SUITS else "progress"


def _more(role: str, before: Line, line: Line, numbered: bool) -> float:
    """Cost of `line` being the rest of the cell that `before` began or continued."""
    if role in TEXTS:
        if line.breaks and line.kind in ("mark", "text"):
            return 0.3
        if before.ends:
            return 0.9 if numbered else 1.5
        return 0.1 if before.length >= min(25, 0.8 * line.length) else 0.9
    if role in ("heading", "hidden"):
        return 0.1 if before.length >= line.length else 0.6
    if role in OWNERS:
        return 0.0 if before.breaks or before.kind != "units" else 0.1
    return 0.05 if role in ("leader", "person") else 0.3


def _sequence(number: int | None, last: int, fresh: bool) -> float:
    """Cost of a row's number after the number `last`; `fresh`: right under a group heading or the header."""
    if number is None:
        return 0.6
    if number == last + 1 or (fresh and number == 1):
        return 0.0
    if number == last:
        return 0.7
    if number == 1:
        return 1.5
    return 2.0 if last < number <= last + 4 else 4.0


def _lines(text: str, start: int, stop: int) -> list[Line]:
    lines = (
        read_line(text, start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:stop])
    )
    return [line for line in lines if line and not _PAGE.match(text, line.start, line.end)]


def _rebuild(text: str, header: Header, stop: int) -> GridTable | None:
    """The table under a header, or None when no row can be made out."""
    columns, lines = _columns(header), _lines(text, header.end, stop)
    if columns is None or not lines:
        return None
    path = cheapest_path(lines, columns)
    rows = _filled(_drafts(text, lines, path, columns), columns, text)
    if not rows:
        return None
    titles = columns.titles
    spare = columns.roles.index("hidden") if "hidden" in columns.roles else None
    if spare is not None and not any(r.cells[spare] for r in rows):
        titles = titles[:spare] + titles[spare + 1 :]
        rows = [GridRow(r.cells[:spare] + r.cells[spare + 1 :], r.group) for r in rows]
    return GridTable(header.start, lines[len(path) - 1].end, titles, tuple(rows), rebuilt=True)


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


def _drafts(text: str, lines: list[Line], path: list[tuple[int, bool]], columns: _Columns) -> list[_Draft]:
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


def _filled(drafts: list[_Draft], columns: _Columns, text: str) -> list[GridRow]:
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
    columns: _Columns,
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
