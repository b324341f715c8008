"""One shape for every table: titles of columns, rows of cells that are ranges of the clean text."""

from typing import NamedTuple


class GridCell(NamedTuple):
    """A cell's range in the clean text (start == end when it is empty)."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


class GridRow(NamedTuple):
    """A row under the table's header; `cells[i]` belongs to `GridTable.header[i]`.

    A merged cell stands in every row it covers. `group` holds the group headings in force (任务清单, 一、…), outermost
    first. `continues`: the rest of the row above, cut off by a page or a line; not a row of its own.
    """

    cells: tuple[GridCell, ...]
    group: tuple[str, ...] = ()
    continues: bool = False


class GridTable(NamedTuple):
    """header: titles of the columns as printed, wraps joined (序号, 内容, 主要责任单位 …); a title over two columns stands twice.

    rebuilt: the table was not in the file but put together again from lines: what a row has from the row above is a guess.
    """

    start: int
    end: int
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    rebuilt: bool = False
