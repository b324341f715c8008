"""A comparison as an Excel workbook: 指标, 任务, 加码, 未承接, 说明; head frozen, text as text, results in colour."""

import io

import xlsxwriter

from luoshi.core.compare.model import Comparison
from luoshi.core.compare.sheets import sheets
from luoshi.core.compare.wording import STATUS_LABELS
from luoshi.core.plan.spreadsheet import Sheet

CELL_LIMIT = 32_767  # characters Excel holds in a cell
ROW_LIMIT = 1_048_575
SHADES = {"raised": "#FDE9D9", "lowered": "#DCE6F1", "rebased": "#FFF2CC", "firmer": "#FEF4EC", "softer": "#EDF3F9"}  # fmt: skip
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def page(found: Comparison, width: int) -> bytes:
    """The whole workbook."""
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, SAFE) as book:
        plain = {"text_wrap": True, "valign": "top", "border": 1}
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF7", "border": 1, "align": "center", "valign": "vcenter"}
        )
        formats = {label: book.add_format({**plain, "bg_color": SHADES[status]})
                   for status, label in STATUS_LABELS[found.relation].items() if status in SHADES}  # fmt: skip
        text = book.add_format(plain)
        for sheet in sheets(found):
            _write(book.add_worksheet(sheet.title), sheet, head, text, formats)
    return paper.getvalue()


def _write(
    sheet_page: "xlsxwriter.worksheet.Worksheet",
    sheet: Sheet,
    head: object,
    text: object,
    formats: dict[str, object],
) -> None:
    sheet_page.freeze_panes(1, 0)
    sheet_page.set_landscape()
    sheet_page.set_paper(9)
    sheet_page.fit_to_pages(1, 0)
    sheet_page.repeat_rows(0)
    for at, column in enumerate(sheet.columns):
        sheet_page.set_column(at, at, column.width * 1.6)
        sheet_page.write_string(0, at, column.head, head)
    for line, row in enumerate(sheet.rows[:ROW_LIMIT], start=1):
        for at, value in enumerate(row):
            look = formats.get(str(value), text) if at == 0 else text
            if isinstance(value, (int, float)):
                sheet_page.write_number(line, at, value, text)
            else:
                sheet_page.write_string(line, at, (value or "")[:CELL_LIMIT], look)
    if sheet.rows:
        sheet_page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
