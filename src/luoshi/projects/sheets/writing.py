"""Rows → xlsx that opens cleanly in Excel, WPS and LibreOffice: money as numbers, days as days, a frozen head; faults in red."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter

from luoshi.ui import blanks
from luoshi.ui.blanks import TOP, frame, write_fault
from luoshi.ui.excel import A3, FONT
from luoshi.ui.excel import workbook as written

LOOKS: dict[str, dict[str, Any]] = {
    **blanks.LOOKS,
    "number": {**FONT, "align": "right", "num_format": "#,##0.00"},
    "count": {**FONT, "align": "center", "num_format": "0"},
    "day": {**FONT, "align": "center", "num_format": "yyyy-mm-dd"},
}
SPARE_ROWS = 200
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
    hidden = [column.name for column in columns if column.hidden]

    def fill(book: xlsxwriter.Workbook) -> None:
        looks = {look: book.add_format(form) for look, form in LOOKS.items()}
        sheet = book.add_worksheet(name[:31])
        frame(sheet, looks, title, columns, len(rows) + SPARE_ROWS, fixed, hidden, A3)
        for number, row in enumerate(rows):
            for at, column in enumerate(columns):
                fault = (faults or {}).get((number, column.name), "")
                _write(sheet, looks, (TOP + number, at), row.get(column.name), column, fault)
        if rows:
            sheet.autofilter(1, 0, TOP + len(rows) - 1, len(columns) - 1)

    return written(fill)


def _write(
    sheet: Any, looks: dict[str, Any], at: tuple[int, int], value: Cell, column: Column, fault: str
) -> None:
    if fault:
        write_fault(sheet, looks, at, "" if value is None else str(value), fault)
    elif isinstance(value, Decimal):
        sheet.write_number(*at, float(value), looks["number"])
    elif isinstance(value, int):
        sheet.write_number(*at, value, looks["count"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), looks["day"])
    else:
        sheet.write_string(*at, value or "", looks["shown" if column.shown else "words"])
