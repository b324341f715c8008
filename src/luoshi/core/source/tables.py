"""All tables of a paper in one shape: the file's own, those drawn with | or tabs, and those flattened to one cell a line."""

from luoshi.core.source.clean import CleanText
from luoshi.core.source.flat_tables import find_flat_tables
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.grid_spaced import spaced_sheets
from luoshi.core.source.grid_tables import Sheet, drawn_sheets, read_sheets, sheet_of
from luoshi.core.source.text import SourceText

__all__ = ["GridCell", "GridRow", "GridTable", "find_tables"]


def find_tables(source: SourceText, clean: CleanText) -> tuple[GridTable, ...]:
    """All tables in order; never overlapping."""
    text = clean.text
    sheets = [sheet for table in source.tables if (sheet := sheet_of(table, clean))]
    if "\t" in clean.printed or "|" in text or "│" in text or "┃" in text:
        sheets = [*sheets, *(s for a, b in _between(sheets, len(text)) for s in drawn_sheets(clean, a, b))]
        sheets.sort(key=lambda s: s.start)
    sheets = [*sheets, *(s for a, b in _between(sheets, len(text)) for s in spaced_sheets(clean, a, b))]
    sheets.sort(key=lambda s: s.start)
    found = read_sheets(sheets, text)
    flat = [t for a, b in _between(sheets, len(text)) for t in find_flat_tables(clean, a, b)]
    return tuple(sorted([*found, *flat], key=lambda t: t.start))


def _between(sheets: list[Sheet], length: int) -> list[tuple[int, int]]:
    """Ranges outside the sheets."""
    starts = (0, *(s.end for s in sheets))
    ends = (*(s.start for s in sheets), length)
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b > a]
