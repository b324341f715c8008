"""What a line of a flattened table is: the cheapest way to lay lines over columns.

Costs come from two small tables: how badly a line of a kind (integer, units, person, date, text …) suits the role of a
column (`SUITS`), and what it costs to leave a column of a row empty (`EMPTY`). Numbers must count on; that is what tells a
row's number from an integer that is text.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from luoshi.core.source.flat_headers import Header
from luoshi.core.source.table_cells import KINDS, Line, goes_over
from luoshi.core.source.table_columns import OWNERS, TEXTS

NO = 50.0
FAR = NO * 1e6
#                  int  bad  blank units unitish person date mark short text
_SUITS: dict[str, tuple[float, ...]] = {
    "number": (0, 0.8, NO, NO, NO, NO, NO, NO, NO, NO),
    "heading": (NO, 2, 0.4, 1.2, 0.8, 0.6, 1.0, 0.6, 0.1, 2.0),
    "hidden": (NO, NO, NO, 1.2, 1.2, 0.7, NO, 1.5, 0.25, NO),
    "content": (4, 2, 2, 1.6, 0.8, 0.8, 1.5, 0.4, 0.2, 0),
    "measure": (4, 2, 0.4, 1.6, 0.8, 0.8, 1.5, 0.4, 0.2, 0),
    "target": (0.6, 2, 0.2, 1.6, 0.8, 0.8, 0.4, 0.4, 0.2, 0.2),
    "owner": (NO, NO, 0.2, 0, 0.4, 1.6, NO, 3, 1.8, NO),
    "leader": (NO, 2, 0.1, 2, NO, 0, NO, NO, 1.6, NO),
    "person": (NO, 2, 0.1, 0.9, 2, 0, NO, NO, 1.6, NO),
    "deadline": (1.5, 2, 0.2, 3, 4, 2, 0, 3, 1.0, 3),
    "progress": (1, 1, 0, 1.5, 2, 1.2, 0.8, 2, 1, 2),
    "amount": (0, 0.5, 0.1, 3, 3, 3, 1, 2, 0.5, 3),
    "past": (0, 0.5, 0.1, 3, 3, 3, 0.4, 2, 0.5, 3),
    "unit": (2, 2, 0.2, 0.3, 0.5, 0.2, 2, 2, 0.3, 3),
    "": (0.6, 0.6, 0.1, 0.3, 0.5, 0.4, 0.4, 1.5, 0.4, 0.6),
    "score": (0.1, 1, 0.2, 3, 3, 3, 2, 1, 0.8, 0.8),
    "group": (NO, NO, NO, NO, NO, 2.0, NO, 0.1, 1.6, NO),
    "out": (1, 1, 0.6, 1, 1, 1, 1, 1, 1, 1),
}
SUITS = {role: dict(zip(KINDS, costs, strict=True)) for role, costs in _SUITS.items()}
EMPTY = {
    "number": 1.2, "heading": 0.1, "hidden": 0.0, "content": 3.0, "measure": 0.9, "target": 0.5, "owner": 0.9, "leader": 0.35,
    "": 0.4, "person": 0.3, "deadline": 0.4, "progress": 0.05, "score": 0.3, "amount": 0.3,
}  # fmt: skip
LEAVE, NO_NUMBER, TORN, GIVE_UP = 0.1, 1.2, 1.0, 5.0
# After so many lines a table has shown its ways: readings dearer than this by so much are given up.
SETTLED, GIVE_UP_SETTLED = 2_000, 3.0
NOTHING = Line(0, 0, 0, "blank", None, False, False, False)
_CUT_KINDS = frozenset(("unitish", "short", "person"))  # a line of `units` ends with a whole name
_LONG = TEXTS | OWNERS | {"heading", "hidden"}


class Columns(NamedTuple):
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
            if self.number is None:
                return ending + 0.2
            # a merged number cannot reach over a group heading
            return ending + NO_NUMBER + (2.0 if i == self.group else 0.0)
        if i != self.group and j > self.column(i):
            return self.empty(self.column(i) + 1, j)
        if j >= self.home:
            return NO
        return ending + self.empty(0, j) + (1.0 if self.roles[j] == "hidden" else 0.0)


def columns_of(header: Header) -> Columns | None:
    """The header's columns, with a hidden heading column before the text when there is no other; None without any text."""
    titles, roles = _lowered(list(header.titles), list(header.roles))
    home = next((roles.index(r) for r in ("content", "measure", "target", "", "heading") if r in roles), None)
    if home is None:
        return None
    if roles[home] in ("heading", ""):
        roles[home] = "content"
    if "heading" not in roles and len(TEXTS & set(roles)) == 1:
        titles.insert(home, titles[home])
        roles.insert(home, "hidden")
        home += 1
    return _columns(tuple(titles), tuple(roles), home)


def _columns(titles: tuple[str, ...], roles: tuple[str, ...], home: int) -> Columns:
    number = roles.index("number") if "number" in roles else None
    n = len(roles)
    return Columns(titles, roles, home, number, n, n + 1, n + 2)


def rehomed(columns: Columns, home: int) -> Columns:
    """The same columns where the task is told in `home`, and the column that was taken for it only names it."""
    roles = list(columns.roles)
    roles[columns.home], roles[home] = "heading", "content"
    return _columns(columns.titles, tuple(roles), home)


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


# The cheapest reading up to a line that ends in one state:
# (cost, state, number of the last row, whether that is fresh, whether the line is the rest of the cell above, the reading
# up to the line before, whether its cell may go on over many lines). Half a dozen are made for every line and most are
# dropped at the next one, so they are plain tuples: with names each would cost ten times as much to make (0056).
_Reading = tuple[float, int, int, bool, bool, "_Reading | None", bool]
_COST = itemgetter(0)


class _State(NamedTuple):
    """What a line pays to be read in a state: by its kind, and by the state of the line before it. `goes_on`: the state
    itself, where a cell may go on over several lines, else -1."""

    state: int
    role: str
    suits: dict[str, float]
    after: tuple[float, ...]
    goes_on: int
    numbers: bool
    numbered: bool
    under_hidden: int
    fresh: bool
    long: bool


def _states(columns: Columns) -> list[_State]:
    every = range(columns.out + 1)
    return [
        _State(
            state=j,
            role=columns.role(j),
            suits=SUITS[_cost_row(columns.role(j))],
            after=tuple(columns.move(i, j) for i in every),
            goes_on=-1 if columns.role(j) in ("number", "group", "out") else j,
            numbers=columns.role(j) == "number",
            numbered=j != columns.sub,
            under_hidden=j - 1 if j == columns.home and j and columns.roles[j - 1] == "hidden" else -1,
            fresh=j == columns.group,
            long=columns.role(j) in _LONG,
        )
        for j in every
    ]


class PathReader:
    """Reads a table line by line, keeping the cheapest reading for every state its last line may be in.

    `last`: the number of the row before the first line (0 under a header that begins the table).
    """

    def __init__(self, columns: Columns, last: int = 0) -> None:
        self._fitting = _fittings(columns)
        self._front: list[_Reading] = [(0.0, columns.group, last, True, False, None, False)]
        self._out, self._before = columns.out, NOTHING
        self._read = 0
        self.past = 0  # how many lines the cheapest reading has been past the table

    def read(self, line: Line) -> bool:
        """Take in one more line; False once the table is surely over."""
        self._front = self._ahead(line)
        self._before = line
        self._read += 1
        out = self._front[0][1] == self._out
        self.past = self.past + 1 if out else 0
        return not (out and len(self._front) == 1)

    def _ahead(self, line: Line) -> list[_Reading]:
        """The cheapest way to put `line` into every state it can be in, after any of the readings so far; what costs too
        much more than the cheapest of them is dropped. One function, because it is asked six times a line."""
        front, before, torn = self._front, self._before, self._before.open
        give_up = GIVE_UP if self._read < SETTLED else GIVE_UP_SETTLED
        ahead: list[_Reading] = []
        reach, first = FAR, front[0][0]
        for suit, state in self._fitting[line.kind]:
            least = 0.3 if torn and suit > 0.3 else suit  # what the line costs here at least
            if first + least >= reach:
                break  # the states come in the order of what the line costs in them
            j, role, _, moved, goes_on, numbers, numbered, hidden, fresh, long = state
            lowest, source, rest = reach, None, False
            for reading in front:  # the cheapest first
                here, i = reading[0], reading[1]
                if here + least >= lowest:
                    break
                cost = here + moved[i] + suit
                if cost < lowest:
                    if torn and reading[6]:
                        cost += TORN
                    if numbers:
                        cost += _sequence(line.number, reading[2], reading[3])
                    elif i == hidden and line.length < 1.5 * before.length:
                        cost += 0.6
                    if cost < lowest:
                        lowest, source, rest = cost, reading, False
                if i == goes_on:
                    cost = suit + _more(role, before, line, numbered)
                    cost = here + (min(0.3, cost) if torn and reading[6] else cost)
                    if cost < lowest:
                        lowest, source, rest = cost, reading, True
            if source is not None:
                last = source[2]
                if numbers:
                    last = last + 1 if line.number is None else line.number
                ahead.append((lowest, j, last, fresh, rest, source, long))
                if lowest + give_up < reach:
                    reach = lowest + give_up
        return sorted([reading for reading in ahead if reading[0] < reach], key=_COST)

    def path(self) -> list[tuple[int, bool]]:
        """(state, rest) of every line of the table under the cheapest reading."""
        path: list[tuple[int, bool]] = []
        _, state, _, _, rest, before, _ = self._front[0]
        while before is not None:
            if state != self._out:
                path.append((state, rest))
            _, state, _, _, rest, before, _ = before
        return path[::-1]


def with_wraps(text: str, lines: Iterable[Line], width: int) -> Iterator[Line]:
    """Mark lines as open: where a name is cut at the line's end, and full lines where the text column has one width.
    The last line is held against itself."""
    line: Line | None = None
    for following in chain(lines, (None,)):
        if line is not None:
            full = width and line.length >= width - 3 and not line.ends
            cut = line.kind in _CUT_KINDS and goes_over(text, line, following or line)
            if cut:  # the beginning of a unit is no heading and no person
                line = line._replace(open=True, kind="unitish")
            yield line._replace(open=True) if full else line
        line = following


def wrap_width(lines: list[Line]) -> int:
    """The length to which the longer cells of a table were wrapped, 0 where they are whole."""
    long = sorted([line.length for line in lines if line.length >= 10])
    if len(long) < 8:
        return 0
    width = long[-len(long) // 20]
    full = sum(1 for size in long if width - 3 <= size <= width + 3)
    return width if width <= 40 and full * 5 >= len(long) * 2 else 0


@lru_cache(maxsize=64)  # the tables of a paper share their columns
def _fittings(columns: Columns) -> dict[str, list[tuple[float, _State]]]:
    """For each kind of line the states it can be in."""
    states = _states(columns)
    return {kind: _fitting(states, kind) for kind in KINDS}


def _fitting(states: list[_State], kind: str) -> list[tuple[float, _State]]:
    """The states a line of a kind can be in at all and what each costs, the most suitable first."""
    least = min(s.suits[kind] for s in states)
    return sorted(
        ((c, s) for s in states if (c := s.suits[kind]) < least + GIVE_UP), key=lambda pair: pair[0]
    )


def _cost_row(role: str) -> str:
    return "owner" if role in OWNERS else role if role in SUITS else "progress"


def _more(role: str, before: Line, line: Line, numbered: bool) -> float:
    """Cost of `line` being the rest of the cell that `before` began or continued."""
    if role in TEXTS:
        if line.listed:
            return 0.3
        if before.ends:
            return 0.9 if numbered else 1.5
        return 0.1 if before.length >= min(25, 0.8 * line.length) else 0.9
    if role in ("heading", "hidden"):
        return 0.1 if before.length >= line.length else 0.6
    if role in OWNERS:
        return 0.0 if before.open or before.kind != "units" else 0.1
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
