"""All tables of a paper in one shape: the file's own, those drawn with | or tabs, and those flattened to one cell a line.

The readers of tables are loaded when a paper may hold one, as those of formats are (docs/decisions/0003).
"""

from importlib import import_module

from luoshi.core.source.clean import CleanText
from luoshi.core.source.flat_headers import may_hold_header
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.text import SourceText

__all__ = ["GridCell", "GridRow", "GridTable", "find_tables"]

READERS = "luoshi.core.source.table_readers"


def find_tables(source: SourceText, clean: CleanText) -> tuple[GridTable, ...]:
    """All tables in order; never overlapping."""
    text = clean.text
    drawn = "\t" in clean.printed or "|" in text or "│" in text or "┃" in text
    if not (drawn or source.tables or "  " in text or may_hold_header(text)):
        return ()
    tables: tuple[GridTable, ...] = import_module(READERS).read_tables(source, clean, drawn)
    return tables
