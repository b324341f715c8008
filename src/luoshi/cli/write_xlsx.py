"""An Excel workbook: one sheet a kind, head frozen, text as text."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import xlsxwriter

from luoshi.core.plan.model import Plan
from luoshi.core.plan.spreadsheet import Sheet, sheets

CELL_LIMIT = 32_767  # characters Excel holds in a cell
ROW_LIMIT = 1_048_575
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PLAIN = {"text_wrap": True, "valign": "top", "border": 1}
HEAD = {"bold": True, "bg_color": "#E8EEF7", "border": 1, "align": "center", "valign": "vcenter"}


def chunks(plans: Iterable[Plan], form: str, kinds: tuple[str, ...], width: int) -> Iterator[bytes]:
    """The whole workbook in one piece; nothing when no plan was read."""
    read = list(plans)
    if read:
        yield workbook([sheet for sheet in sheets(read) if not kinds or sheet.title in kinds])


def workbook(chosen: Iterable[Sheet], shades: Mapping[str, str] | None = None) -> bytes:
    """The sheets as a workbook; `shades` colours the first cell of a row by its words."""
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, SAFE) as book:
        look = _looks(book, shades or {})
        for sheet in chosen:
            _write(book.add_worksheet(sheet.title), sheet, look)
    return page.getvalue()


def _looks(book: Any, shades: Mapping[str, str]) -> Callable[[object, bool], object]:
    """(value, whether it opens its row) -> the format of its cell; None as value is the head."""
    head, text = book.add_format(HEAD), book.add_format(PLAIN)
    number = book.add_format({**PLAIN, "text_wrap": False, "align": "right"})
    shaded = {words: book.add_format({**PLAIN, "bg_color": shade}) for words, shade in shades.items()}

    def look(value: object, first: bool) -> object:
        if value is None:
            return head
        if isinstance(value, (int, float)):
            return number
        return shaded.get(str(value), text) if first else text

    return look


def _write(page: Any, sheet: Sheet, look: Callable[[object, bool], object]) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width * 1.6)
        page.write_string(0, at, column.head, look(None, False))
    for line, row in enumerate(sheet.rows[:ROW_LIMIT], start=1):
        for at, value in enumerate(row):
            if isinstance(value, (int, float)):
                page.write_number(line, at, value, look(value, at == 0))
            else:
                page.write_string(line, at, (value or "")[:CELL_LIMIT], look(value or "", at == 0))
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
