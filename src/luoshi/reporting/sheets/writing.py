"""A sheet → xlsx. Cells to fill are white, the rest grey; faulty ones red with a comment that says why."""

from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from luoshi.core.plan.wording import number
from luoshi.reporting.queries.sheets import Cell, Line
from luoshi.reporting.sheets.columns import AT, COLUMNS, FIELD_AT, KEY, LABELLED
from luoshi.ui import blanks
from luoshi.ui.blanks import TOP, frame, write_fault
from luoshi.ui.excel import FONT
from luoshi.ui.excel import workbook as written

HIGH = {"valign": "top"}
"""Rows are high: what belongs together begins at one line."""
LOOKS: dict[str, dict[str, Any]] = {
    **blanks.LOOKS,
    **{look: {**blanks.LOOKS[look], **HIGH} for look in ("shown", "words", "fault")},
    "number": {**FONT, **HIGH, "num_format": "0.######", "align": "right"},
}


def workbook(title: str, lines: Sequence[Line], faults: Mapping[str, str] | None = None) -> bytes:
    """The sheet as bytes of xlsx; `faults` are sentences by field name (f12-value, r7-done, r7-version)."""
    rows = sum(max(len(line.cells), 1) for line in lines)

    def fill(book: xlsxwriter.Workbook) -> None:
        looks = {look: book.add_format(form) for look, form in LOOKS.items()}
        sheet = book.add_worksheet("填报")
        frame(sheet, looks, title, COLUMNS, rows, AT["角色"], hidden=(KEY,))
        writer = _Writer(sheet, looks, faults or {})
        for line in lines:
            writer.line(line)

    return written(fill)


class _Writer:
    """Writes rows one below the other: one per figure, the words of a report in its first."""

    def __init__(self, sheet: Any, looks: dict[str, Any], faults: Mapping[str, str]) -> None:
        self.sheet, self.looks, self.faults, self.at = sheet, looks, faults, TOP

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
            write_fault(self.sheet, self.looks, (self.at, AT["任务"]), str(line.report), clash)

    def _filled(self, at: int, field: str, text: str, name: str) -> None:
        labels = {slug: label for label, slug in LABELLED.get(field, {}).items()}
        said, fault = labels.get(text, text), self.faults.get(name)
        plain = said.replace(".", "", 1).removeprefix("-")
        if fault:
            write_fault(self.sheet, self.looks, (self.at, at), said, fault)
        elif field in ("value", "percent") and plain.isdecimal() and len(plain) <= 15:
            self.sheet.write_number(self.at, at, float(said), self.looks["number"])
        else:
            self.sheet.write_string(self.at, at, said, self.looks["words"])
