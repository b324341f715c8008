"""The wall chart (挂图) as one snapshot: rows are tasks by action, columns the periods of the plan's year.

Pure: the same snapshot draws the page, the big screen and the sheets of paper, and its hash stands on all three.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from luoshi.core.periods import Length

MarkKind = Literal["planned", "done", "missed"]
MARKS: dict[MarkKind, tuple[str, str]] = {
    "planned": ("□", "计划完成的节点"),
    "done": ("√", "已完成的节点"),
    "missed": ("×", "到期没有完成的节点"),
}
"""Kind of a milestone in a cell → its sign, and what it says."""
BY: dict[str, Length] = {"month": "月", "dekad": "旬"}
DUE = "限"
EMPTY = "空：没有节点，也没有分期的数据"


class Lamp(NamedTuple):
    """A light as it is shown: three ways at once, and its level for filters."""

    level: str
    colour: str
    word: str
    shape: str


class Mark(NamedTuple):
    """A milestone in the period it was planned for or done in."""

    kind: MarkKind
    title: str

    @property
    def sign(self) -> str:
        """□ √ ×"""
        return MARKS[self.kind][0]

    @property
    def words(self) -> str:
        """What the sign says."""
        return MARKS[self.kind][1]


class Cell(NamedTuple):
    """One period of one strip: `planned` and `actual` as they are printed ("42%"), `said` the owner's own per cent."""

    lamp: Lamp | None = None
    planned: str = ""
    actual: str = ""
    said: str = ""
    marks: tuple[Mark, ...] = ()
    due: bool = False

    @property
    def told(self) -> bool:
        """Whether it says more than what is planned of an indicator."""
        return bool(self.lamp or self.actual or self.said or self.marks or self.due)


class Strip(NamedTuple):
    """One indicator of a task over the periods; `name` "" for the task itself. `elsewhere` is the number of the row where the
    same promise is reported, 0 for here."""

    name: str
    target: str
    indicator: int | None
    lamp: Lamp
    cells: tuple[Cell, ...]
    elsewhere: int = 0

    @property
    def empty(self) -> bool:
        """Nothing in any period."""
        return not any(cell.told or cell.planned for cell in self.cells)


class Row(NamedTuple):
    """One task: who answers for it, by when, its strips. `undated` milestones have no day and stand in no column."""

    task: int
    number: int
    name: str
    units: tuple[str, ...]
    leaders: tuple[str, ...]
    deadline: str
    strips: tuple[Strip, ...]
    undated: int = 0

    @property
    def height(self) -> int:
        """How many strips it takes."""
        return len(self.strips)


class Band(NamedTuple):
    """One action with its rows; `name` "" for tasks outside all actions, `pk` 0 then."""

    pk: int
    name: str
    rows: tuple[Row, ...]


class Column(NamedTuple):
    """One period."""

    label: str
    start: date
    end: date


class Wall(NamedTuple):
    """The snapshot: everything that is drawn, and nothing else. `now` is the column of `day`, None outside the year.

    `asked` says in words what was filtered out; "" for the whole plan.
    """

    county: str
    title: str
    year: int
    day: date
    by: str
    rule: str
    columns: tuple[Column, ...]
    now: int | None
    bands: tuple[Band, ...]
    asked: str = ""

    @property
    def rows(self) -> Iterator[Row]:
        """All rows in order."""
        return (row for band in self.bands for row in band.rows)

    @property
    def tasks(self) -> int:
        """How many tasks."""
        return sum(len(band.rows) for band in self.bands)

    @property
    def lamps(self) -> dict[Lamp, int]:
        """How many strips have which light today, in the order of the rows."""
        found: dict[Lamp, int] = {}
        for row in self.rows:
            for strip in row.strips:
                found[strip.lamp] = found.get(strip.lamp, 0) + 1
        return found

    @property
    def text(self) -> str:
        """Canonical JSON: {"fields": {shape: [names]}, "wall": […]}, each shape as the list of its values; no blanks."""
        told = {"fields": {shape.__name__: shape._fields for shape in SHAPES}, "wall": self}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)

    @property
    def sha256(self) -> str:
        """The hash of `text` (hex)."""
        return hashlib.sha256(self.text.encode()).hexdigest()


SHAPES: tuple[Any, ...] = (Wall, Column, Band, Row, Strip, Cell, Lamp, Mark)
