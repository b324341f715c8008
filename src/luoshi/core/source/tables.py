"""Tables in one shape: the file's own, and those flattened to one cell a line and rebuilt here."""

from dataclasses import dataclass

from luoshi.core.source.clean import CleanText
from luoshi.core.source.text import SourceText


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's range in the clean text (start == end when it is empty)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row under the table's header; `cells[i]` belongs to `GridTable.header[i]`, None where a merged cell above covers it
    is resolved to that cell. `group` holds the group headings in force (任务清单 / 一、…), outermost first."""

    cells: tuple[GridCell, ...]
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridTable:
    """header: column titles as printed, wraps joined (序号, 内容, 主要责任单位 …)."""

    start: int
    end: int
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]


def find_tables(source: SourceText, clean: CleanText) -> tuple[GridTable, ...]:
    """All tables in order; never overlapping."""
    return ()
