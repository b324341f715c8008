"""A workbook that comes back, opened by the loader that reads plans (core/source/loaders): its limits, its refusals, its sentences.

What the loader could not read of it would be lost without a word, so such a file is refused with one.
"""

from typing import NamedTuple

from luoshi.core.source.loaders import load
from luoshi.core.source.loaders.cells import load_sheets
from luoshi.core.source.loaders.sheets import Sheet
from luoshi.core.source.text import SourceText, Table, Unreadable
from luoshi.journal.moves import Refused

FORMATS = ("xlsx", "xls")
LOSING = ("hidden-rows", "hidden-sheet", "uncounted-formula")
"""Notes of the loader that mean: something in the file was not read."""
Grid = dict[int, dict[int, str]]
"""Row → column → what the cell says."""


class BadSheet(Refused):
    """The file is not the workbook that was asked for, or not all of it can be read."""


class Wanted(NamedTuple):
    """Which workbook is asked for: what it is called, how many bytes it may have, what to bring instead of another kind of file."""

    called: str
    largest: int
    remedy: str


def opened(data: bytes, name: str, wanted: Wanted) -> SourceText:
    """The workbook as text and tables. Raises BadSheet with one sentence."""
    _ask_size(data, name, wanted)
    try:
        source = load(data, name)
    except Unreadable as reason:
        raise BadSheet(_why(reason, name, wanted)) from reason
    _ask_whole(source, wanted)
    return source


def opened_sheets(data: bytes, name: str, wanted: Wanted) -> tuple[Sheet, ...]:
    """The workbook cell by cell. Raises BadSheet with one sentence."""
    _ask_size(data, name, wanted)
    try:
        source, sheets = load_sheets(data, name)
    except Unreadable as reason:
        raise BadSheet(_why(reason, name, wanted)) from reason
    _ask_whole(source, wanted)
    return sheets


def _why(reason: Unreadable, name: str, wanted: Wanted) -> str:
    """The reader speaks of plans; a form without a Chinese word is no plan that went astray."""
    return f"文件“{name}”里没有找到中文内容。{wanted.remedy}" if reason.code == "not-a-plan" else str(reason)


def _ask_size(data: bytes, name: str, wanted: Wanted) -> None:
    if len(data) > wanted.largest:
        raise BadSheet(
            f"文件“{name}”太大，{wanted.called}不超过{wanted.largest >> 20}MB。请删去图片等无关内容后再上传。"
        )


def _ask_whole(source: SourceText, wanted: Wanted) -> None:
    if source.format not in FORMATS:
        raise BadSheet(f"文件“{source.name}”不是Excel表格。{wanted.remedy}")
    for note in source.notes:
        if note.code in LOSING:
            raise BadSheet(note.message)


def grid_of(source: SourceText, table: Table) -> Grid:
    """The cells of a table, blanks and line breaks made one blank."""
    grid: Grid = {}
    for cell in table.cells:
        text = source.text[cell.span.start : cell.span.end]
        grid.setdefault(cell.row, {})[cell.col] = " ".join(text.split())
    return grid
