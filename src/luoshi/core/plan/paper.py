"""The paper as every question of reading sees it: text, outline, tables."""

from typing import NamedTuple

from luoshi.core.source.clean import CleanText, clean, marked_heads
from luoshi.core.source.outline import Outline, build_outline
from luoshi.core.source.tables import GridTable, find_tables
from luoshi.core.source.text import SourceText


class Paper(NamedTuple):
    """One paper, cleaned and outlined once; all offsets inside are into `clean`."""

    source: SourceText
    clean: CleanText
    outline: Outline
    tables: tuple[GridTable, ...]


def open_paper(source: SourceText) -> Paper:
    """Clean, outline and find the tables of a source."""
    cleaned = clean(source)
    tables = find_tables(source, cleaned)
    return Paper(source, cleaned, build_outline(cleaned, tables, marked_heads(source, cleaned)), tables)
