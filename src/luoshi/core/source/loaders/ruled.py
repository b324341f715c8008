"""Tables drawn with lines: from strokes on a page to a grid of cells with merges."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 3.0  # points: strokes so close are one line, ends so close touch
MAX_RULINGS = 20_000  # a drawing, not a table


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal (y0 == y1) or vertical (x0 == x1) stroke; x0 <= x1, y0 <= y1, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def flat(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: place and size in the grid."""

    row: int
    col: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """`columns` and `rows` are the places of the lines (one more than there are columns and rows).

    `open_top`, `open_bottom`: the upright lines run past the last level one; the row goes on on another page.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[Box, ...]
    owner: dict[tuple[int, int], int]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def left(self) -> float:
        return self.columns[0]

    @property
    def right(self) -> float:
        return self.columns[-1]

    @property
    def top(self) -> float:
        return self.rows[0]

    @property
    def bottom(self) -> float:
        return self.rows[-1]

    def cell_at(self, x: float, y: float) -> int:
        """Index in `cells` of the cell that holds a point; points outside go to the nearest."""
        col = min(max(bisect_right(self.columns, x) - 1, 0), len(self.columns) - 2)
        row = min(max(bisect_right(self.rows, y) - 1, 0), len(self.rows) - 2)
        return self.owner[row, col]


def grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """The tables on a page, top first. Frames of one cell and underlines are none."""
    if len(rulings) > MAX_RULINGS:
        return []
    flat = _joined([(r.y0, r.x0, r.x1) for r in rulings if r.flat])
    steep = _joined([(r.x0, r.y0, r.y1) for r in rulings if not r.flat])
    found = [grid for group in _touching(flat, steep) if (grid := _grid(*group))]
    return sorted(found, key=lambda grid: grid.top)


Line = tuple[float, float, float]  # place across, from, to


def _joined(strokes: list[Line]) -> list[Line]:
    """Strokes on one line that touch become one stroke."""
    lines: list[Line] = []
    placed: list[tuple[float, list[Line]]] = []
    for stroke in sorted(strokes):
        if placed and stroke[0] - placed[-1][0] < NEAR:
            placed[-1][1].append(stroke)
        else:
            placed.append((stroke[0], [stroke]))
    for at, group in placed:
        group.sort(key=lambda s: s[1])
        _, start, end = group[0]
        for _, a, b in group[1:]:
            if a > end + NEAR:
                lines.append((at, start, end))
                start, end = a, b
            end = max(end, b)
        lines.append((at, start, end))
    return [line for line in lines if line[2] - line[1] > 2 * NEAR]


def _touching(flat: list[Line], steep: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Groups of lines that cross or touch one another."""
    home = list(range(len(flat) + len(steep)))

    def root(i: int) -> int:
        while home[i] != i:
            home[i] = home[home[i]]
            i = home[i]
        return i

    for i, (y, x0, x1) in enumerate(flat):
        for j, (x, y0, y1) in enumerate(steep, len(flat)):
            if x0 - NEAR <= x <= x1 + NEAR and y0 - NEAR <= y <= y1 + NEAR:
                home[root(i)] = root(j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate(flat):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(steep, len(flat)):
        groups.setdefault(root(j), ([], []))[1].append(line)
    return list(groups.values())


def _grid(flat: list[Line], steep: list[Line]) -> Grid | None:
    if not flat or len(flat) + len(steep) < 3 or not steep:
        return None
    ends = [(min(line[1] for line in flat)), max(line[2] for line in flat)]
    columns = _places([line[0] for line in steep] + ends)
    levels = [line[0] for line in flat]
    tops, bottoms = sorted(line[1] for line in steep), sorted(line[2] for line in steep)
    # Two upright lines must agree that the table is open; one alone is a slip of the drawing.
    open_top = len(tops) > 1 and tops[1] < min(levels) - 2 * NEAR
    open_bottom = len(bottoms) > 1 and bottoms[-2] > max(levels) + 2 * NEAR
    rows = _places(levels + tops[:1] * open_top + bottoms[-1:] * open_bottom)
    wide, high = len(columns) - 1, len(rows) - 1
    if wide < 2 or high < 1:
        return None
    walls = {
        (r, c) for c in range(1, wide) for r in range(high) if _drawn(steep, columns[c], rows[r], rows[r + 1])
    }
    floors = {
        (r, c)
        for r in range(1, high)
        for c in range(wide)
        if _drawn(flat, rows[r], columns[c], columns[c + 1])
    }
    owner: dict[tuple[int, int], int] = {}
    cells: list[Box] = []
    for row in range(high):
        for col in range(wide):
            if (row, col) in owner:
                continue
            right = col + 1
            while right < wide and (row, right) not in walls and (row, right) not in owner:
                right += 1
            bottom = row + 1
            while bottom < high and not any(
                (bottom, c) in floors or (bottom, c) in owner for c in range(col, right)
            ):
                bottom += 1
            for r in range(row, bottom):
                for c in range(col, right):
                    owner[r, c] = len(cells)
            cells.append(Box(row, col, bottom - row, right - col))
    return Grid(columns, rows, tuple(cells), owner, open_top, open_bottom) if len(cells) > 1 else None


def _places(values: list[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return tuple(places)


def _drawn(lines: list[Line], at: float, start: float, end: float) -> bool:
    """Whether a line at `at` covers the middle between `start` and `end`."""
    middle = (start + end) / 2
    return any(abs(line[0] - at) <= NEAR and line[1] <= middle <= line[2] for line in lines)
