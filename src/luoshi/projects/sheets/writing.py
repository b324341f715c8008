"""Rows → xlsx that opens cleanly in Excel, WPS and LibreOffice: money as numbers, days as days, a frozen head; faults in red."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "head": {**FONT, "bold": True, "align": "center", "bg_color": "#EAEFF5", "text_wrap": True},
    "text": {**FONT, "text_wrap": True, "num_format": "@"},
    "number": {**FONT, "align": "right", "num_format": "#,##0.00"},
    "count": {**FONT, "align": "center", "num_format": "0"},
    "day": {**FONT, "align": "center", "num_format": "yyyy-mm-dd"},
    "shown": {**FONT, "text_wrap": True, "bg_color": "#F1F3F6"},
    "fault": {**FONT, "text_wrap": True, "num_format": "@", "bg_color": "#F8C9C4", "font_color": "#8C1D18"},
}
COMMENT = {"author": "落实", "x_scale": 2.2, "y_scale": 1.4, "font_name": "宋体", "font_size": 10}
SPARE_ROWS = 200
FIRST = 2
"""Rows above the first: title and head."""
Cell = str | int | Decimal | dt.date | None


class Column(NamedTuple):
    """A column: its width, a comment on its head, what may be chosen. `hidden` keeps keys; `shown` is grey: not to be filled in."""

    name: str
    width: int
    hint: str = ""
    choices: Sequence[str] = ()
    hidden: bool = False
    shown: bool = False


def workbook(
    name: str, title: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Cell]],
    faults: Mapping[tuple[int, str], str] | None = None, fixed: int = 2,
) -> bytes:  # fmt: skip
    """One sheet as bytes of xlsx; `faults` are sentences by number of the row (from 0) and column."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    looks = {look: book.add_format(form) for look, form in LOOKS.items()}
    sheet = book.add_worksheet(name[:31])
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", looks["title"])
    sheet.write_string(0, 0, title, looks["title"])
    sheet.set_row(0, 32)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, column.name, looks["head"])
        sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
        if column.hint:
            sheet.write_comment(1, at, column.hint, COMMENT)
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(FIRST, at, FIRST + len(rows) + SPARE_ROWS, at, rule)
    for number, row in enumerate(rows):
        for at, column in enumerate(columns):
            fault = (faults or {}).get((number, column.name), "")
            _write(sheet, looks, (FIRST + number, at), row.get(column.name), column, fault)
    sheet.freeze_panes(FIRST, fixed)
    if rows:
        sheet.autofilter(1, 0, FIRST + len(rows) - 1, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    book.close()
    return stream.getvalue()


def _write(
    sheet: Any, looks: dict[str, Any], at: tuple[int, int], value: Cell, column: Column, fault: str
) -> None:
    if fault:
        sheet.write_string(*at, "" if value is None else str(value), looks["fault"])
        sheet.write_comment(*at, fault, {**COMMENT, "visible": True})
    elif isinstance(value, Decimal):
        sheet.write_number(*at, float(value), looks["number"])
    elif isinstance(value, int):
        sheet.write_number(*at, value, looks["count"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), looks["day"])
    else:
        sheet.write_string(*at, value or "", looks["shown" if column.shown else "text"])
