"""The tables of a paper by the readers of each kind: the file's own, drawn, spaced and flattened ones (tables.py loads this)."""

from luoshi.core.source.clean import CleanText
from luoshi.core.source.flat_tables import find_flat_tables
from luoshi.core.source.grid import GridTable
from luoshi.core.source.grid_spaced import spaced_sheets
from luoshi.core.source.grid_tables import Sheet, drawn_sheets, read_sheets, sheet_of
from luoshi.core.source.text import SourceText


def read_tables(source: SourceText, clean: CleanText, drawn: bool) -> tuple[GridTable, ...]:
    """All tables in order; never overlapping. `drawn`: the text holds signs that tables are drawn with."""
    text = clean.text
    sheets = [sheet for table in source.tables if (sheet := sheet_of(table, clean))]
    if drawn:
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
