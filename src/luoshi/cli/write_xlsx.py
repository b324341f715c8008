"""An Excel workbook: one sheet a kind, head frozen, text as text."""

import io
from collections.abc import Iterable, Iterator

import xlsxwriter

from luoshi.core.plan.model import Plan
from luoshi.core.plan.spreadsheet import Sheet, sheets

CELL_LIMIT = 32_767  # characters Excel holds in a cell
ROW_LIMIT = 1_048_575


def chunks(plans: Iterable[Plan], form: str, kinds: tuple[str, ...], width: int) -> Iterator[bytes]:
    """The whole workbook in one piece; nothing when no plan was read."""
    read = list(plans)
    if not read:
        return
    page = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(page, options) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF7", "border": 1, "align": "center", "valign": "vcenter"}
        )
        text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        number = book.add_format({"valign": "top", "align": "right", "border": 1})
        for sheet in sheets(read):
            if not kinds or sheet.title in kinds:
                _write(book.add_worksheet(sheet.title), sheet, head, text, number)
    yield page.getvalue()


def _write(
    page: "xlsxwriter.worksheet.Worksheet", sheet: Sheet, head: object, text: object, number: object
) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width * 1.6)
        page.write_string(0, at, column.head, head)
    for line, row in enumerate(sheet.rows[:ROW_LIMIT], start=1):
        for at, value in enumerate(row):
            if isinstance(value, (int, float)):
                page.write_number(line, at, value, number)
            else:
                page.write_string(line, at, (value or "")[:CELL_LIMIT], text)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
