"""A sheet → xlsx. Cells to fill are white, the rest grey; faulty ones red with a comment that says why."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from luoshi.core.plan.wording import number
from luoshi.reporting.queries.sheets import Cell, Line
from luoshi.reporting.sheets.columns import AT, COLUMNS, FIELD_AT, KEY, LABELLED

FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
GREY, RED = "#F1F3F6", "#F8C9C4"
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "head": {**FONT, "bold": True, "align": "center", "bg_color": "#EAEFF5"},
    "shown": {**FONT, "bg_color": GREY},
    "words": {**FONT, "num_format": "@"},
    "number": {**FONT, "num_format": "0.######", "align": "right"},
    "fault": {**FONT, "num_format": "@", "bg_color": RED, "font_color": "#8C1D18"},
}
COMMENT = {"author": "落实", "x_scale": 2.2, "y_scale": 1.2, "font_name": "宋体", "font_size": 10}
FIRST = 2
"""Rows above the first: title and head."""


def workbook(title: str, lines: Sequence[Line], faults: Mapping[str, str] | None = None) -> bytes:
    """The sheet as bytes of xlsx; `faults` are sentences by field name (f12-value, r7-done, r7-version)."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    looks = {look: book.add_format(form) for look, form in LOOKS.items()}
    sheet = book.add_worksheet("填报")
    _frame(sheet, looks, title)
    writer = _Writer(sheet, looks, faults or {})
    for line in lines:
        writer.line(line)
    for at, column in enumerate(COLUMNS):
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(FIRST, at, max(writer.at, FIRST + 1) - 1, at, rule)
    book.close()
    return stream.getvalue()


def _frame(sheet: Any, looks: dict[str, Any], title: str) -> None:
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", looks["title"])
    sheet.write_string(0, 0, title, looks["title"])
    sheet.set_row(0, 32)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, None, {"hidden": column.name == KEY})
        sheet.write_string(1, at, column.name, looks["head"])
        if column.hint:
            sheet.write_comment(1, at, column.hint, COMMENT)
    sheet.freeze_panes(FIRST, AT["角色"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


class _Writer:
    """Writes rows one below the other: one per figure, the words of a report in its first."""

    def __init__(self, sheet: Any, looks: dict[str, Any], faults: Mapping[str, str]) -> None:
        self.sheet, self.looks, self.faults, self.at = sheet, looks, faults, FIRST

    def line(self, line: Line) -> None:
        """One report."""
        report = line.report
        cells: list[Cell | None] = [*line.cells] or [None]
        for place, cell in enumerate(cells):
            key = f"{report.pk}/{report.version}/{line.seen}/{cell.figure.pk if cell else ''}"
            self._shown(KEY, key)
            self._shown("序号", str(report.order))
            self._shown("任务", str(report) if not place else "")
            self._shown("角色", ("牵头" if report.leads else "责任") if not place else "")
            self._figure(cell)
            if not place:
                self._words(line)
            else:
                for (of, _), at in FIELD_AT.items():
                    if of == "report":
                        self.sheet.write_string(self.at, at, "", self.looks["shown"])
            self.at += 1

    def _shown(self, name: str, text: str) -> None:
        self.sheet.write_string(self.at, AT[name], text, self.looks["shown"])

    def _figure(self, cell: Cell | None) -> None:
        indicator = cell.figure.indicator if cell else None
        self._shown("指标", indicator.name if indicator else "")
        self._shown("目标", indicator.words if indicator else "")
        self._shown("上期", number(cell.last) if cell and cell.last is not None else "")
        self._shown("计量单位", indicator.unit if indicator else "")
        self._shown("口径", cell.figure.get_basis_display() if cell else "")
        for (of, field), at in FIELD_AT.items():
            if of == "figure" and cell:
                self._filled(at, field, cell.shown[field], f"f{cell.figure.pk}-{field}")
            elif of == "figure":
                self.sheet.write_string(self.at, at, "", self.looks["shown"])

    def _words(self, line: Line) -> None:
        pk = line.report.pk
        for (of, field), at in FIELD_AT.items():
            if of == "report":
                self._filled(at, field, line.words.get(field, ""), f"r{pk}-{field}")
        if clash := self.faults.get(f"r{pk}-version"):
            self.sheet.write_string(self.at, AT["任务"], str(line.report), self.looks["fault"])
            self.sheet.write_comment(self.at, AT["任务"], clash, {**COMMENT, "visible": True})

    def _filled(self, at: int, field: str, text: str, name: str) -> None:
        labels = {slug: label for label, slug in LABELLED.get(field, {}).items()}
        said, fault = labels.get(text, text), self.faults.get(name)
        plain = said.replace(".", "", 1).removeprefix("-")
        if fault:
            self.sheet.write_string(self.at, at, said, self.looks["fault"])
            self.sheet.write_comment(self.at, at, fault, {**COMMENT, "visible": True})
        elif field in ("value", "percent") and plain.isdecimal() and len(plain) <= 15:
            self.sheet.write_number(self.at, at, float(said), self.looks["number"])
        else:
            self.sheet.write_string(self.at, at, said, self.looks["words"])
