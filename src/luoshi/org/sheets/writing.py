"""Rows → a workbook that opens cleanly in Excel, WPS and LibreOffice; faulty cells are red and say why in a comment."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from luoshi.org.sheets.columns import KINDS, Fault, Kind, Row, Rows, said

FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "head": {**FONT, "bold": True, "align": "center", "bg_color": "#EAEFF5"},
    "cell": {**FONT, "text_wrap": True, "num_format": "@"},
    "fault": {**FONT, "text_wrap": True, "num_format": "@", "bg_color": "#F8C9C4", "font_color": "#8C1D18"},
}
SPARE_ROWS = 300
"""Rows under the last one that also have the lists to choose from."""
COMMENT = {"author": "落实", "x_scale": 2.2, "y_scale": 1.4, "font_name": "宋体", "font_size": 10}


def workbook(place: str, rows: Rows, faults: Iterable[Fault] = ()) -> bytes:
    """Both sheets of a government, as bytes of xlsx; `place` stands in the titles."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    looks = {look: book.add_format(form) for look, form in LOOKS.items()}
    wrong = list(faults)
    for kind in KINDS:
        if kind.key in rows:
            _sheet(book, looks, kind, place, rows[kind.key], [f for f in wrong if f.sheet == kind.key])
    book.close()
    return stream.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    looks: dict[str, Any],
    kind: Kind,
    place: str,
    rows: Sequence[Row],
    faults: Sequence[Fault],
) -> None:
    sheet = book.add_worksheet(kind.name)
    last = len(kind.columns) - 1
    sheet.merge_range(0, 0, 0, last, "", looks["title"])
    sheet.write_string(0, 0, f"{place}{kind.title}", looks["title"])
    sheet.set_row(0, 32)
    for at, column in enumerate(kind.columns):
        sheet.write_string(1, at, column.name, looks["head"])
        sheet.set_column(at, at, column.width)
        if column.hint:
            sheet.write_comment(1, at, column.hint, COMMENT)
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(2, at, len(rows) + SPARE_ROWS, at, rule)
    wrong: dict[tuple[int, str], list[Fault]] = {}
    for fault in faults:
        wrong.setdefault((fault.row, fault.column), []).append(fault)
    for number, row in enumerate(rows):
        for at, column in enumerate(kind.columns):
            bad = wrong.get((number, column.name), [])
            sheet.write_string(number + 2, at, row.get(column.name, ""), looks["fault" if bad else "cell"])
            if bad:
                sheet.write_comment(number + 2, at, "\n".join(map(said, bad)), {**COMMENT, "visible": True})
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
