"""Tables and charts as data: what a page shows, what a workbook holds and what a chart says come from the same rows. Pure."""

from datetime import date
from typing import Any, Literal, NamedTuple

from luoshi.board.wall import Lamp

Kind = Literal["text", "number", "day", "light"]


class Link(NamedTuple):
    """Words that lead somewhere; a workbook keeps the words."""

    words: str
    address: str


class Head(NamedTuple):
    """A column: its label with the unit of measure, its width in a workbook (characters), what stands in it."""

    label: str
    width: int
    kind: Kind = "text"


Value = str | int | float | date | Lamp | Link | None


class Table(NamedTuple):
    """`key` names it in an address (?xlsx=key); `none` says what an empty one means."""

    key: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    none: str = "没有。"
    wide: bool = False


class Chart(NamedTuple):
    """`says` is what the chart says, in a sentence: its alternative text. `option` goes to ECharts as it is."""

    key: str
    says: str
    option: dict[str, Any]
    height: int = 320


class Panel(NamedTuple):
    """A table, with a chart above it where one helps. `more` leads on."""

    table: Table
    chart: Chart | None = None
    note: str = ""
    more: Link | None = None
    folded: bool = False

    @property
    def open(self) -> bool:
        """A table without a chart is seen at once, unless it is long and folded."""
        return self.chart is None and not self.folded

    @property
    def cells(self) -> list[list[tuple[Head, Value]]]:
        """The rows, each value with its column."""
        return [list(zip(self.table.heads, row, strict=True)) for row in self.table.rows]

    @property
    def option_id(self) -> str:
        """Where the option of the chart stands on the page."""
        return f"option-{self.chart.key}" if self.chart else ""


def plain(value: Value) -> str | int | float | date:
    """A value as a workbook holds it."""
    if isinstance(value, Lamp):
        return value.word
    if isinstance(value, Link):
        return value.words
    return "" if value is None else value
