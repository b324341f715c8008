"""A workbook with its cells where they stand in it. Apart from `load`, so that reading a plain text does not pay for it (0050)."""

from importlib import import_module

from luoshi.core.source.loaders import READERS, load
from luoshi.core.source.loaders.sheets import Sheet
from luoshi.core.source.text import SourceText


def load_sheets(data: bytes, name: str) -> tuple[SourceText, tuple[Sheet, ...]]:
    """A file as `load` reads it and, of a workbook, its visible sheets cell by cell. Raises Unreadable."""
    source = load(data, name)
    if source.format not in ("xlsx", "xls"):
        return source, ()
    reader = import_module(f"luoshi.core.source.loaders.{READERS[source.format]}")
    return source, tuple(reader.sheets(data)[1])
