"""Rows → a workbook that opens cleanly in Excel, WPS and LibreOffice; faulty cells are red and say why in a comment."""

from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from luoshi.org.sheets.columns import KINDS, Fault, Kind, Row, Rows, said
from luoshi.ui.blanks import LOOKS, TOP, frame, write_fault
from luoshi.ui.excel import workbook as written

SPARE_ROWS = 300
"""Rows under the last one that also have the lists to choose from."""


def workbook(place: str, rows: Rows, faults: Iterable[Fault] = ()) -> bytes:
    """Both sheets of a government, as bytes of xlsx; `place` stands in the titles."""
    wrong = list(faults)

    def fill(book: xlsxwriter.Workbook) -> None:
        looks = {look: book.add_format(form) for look, form in LOOKS.items()}
        for kind in KINDS:
            if kind.key in rows:
                sheet = book.add_worksheet(kind.name)
                many = len(rows[kind.key]) + SPARE_ROWS
                frame(sheet, looks, f"{place}{kind.title}", kind.columns, many, fixed=2)
                _fill(sheet, looks, kind, rows[kind.key], [f for f in wrong if f.sheet == kind.key])

    return written(fill)


def _fill(
    sheet: Any, looks: dict[str, Any], kind: Kind, rows: Sequence[Row], faults: Sequence[Fault]
) -> None:
    wrong: dict[tuple[int, str], list[Fault]] = {}
    for fault in faults:
        wrong.setdefault((fault.row, fault.column), []).append(fault)
    for number, row in enumerate(rows):
        for at, column in enumerate(kind.columns):
            place, text = (number + TOP, at), row.get(column.name, "")
            if bad := wrong.get((number, column.name)):
                write_fault(sheet, looks, place, text, "\n".join(map(said, bad)))
            else:
                sheet.write_string(*place, text, looks["words"])
