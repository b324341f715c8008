"""Workbooks that open cleanly in Excel, WPS and LibreOffice. Words are always written as words (`write_string`)."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from django.utils import timezone

A3, A4 = 8, 9
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "head": {**FONT, "bold": True, "align": "center", "bg_color": "#EAEFF5", "text_wrap": True},
    "group": {**FONT, "bold": True, "bg_color": "#F6F8FB", "text_wrap": True},
    "cell": {**FONT, "text_wrap": True},
    "middle": {**FONT, "align": "center", "text_wrap": True},
    "number": {**FONT, "num_format": "0.######"},
    "day": {**FONT, "num_format": "yyyy-mm-dd", "align": "center"},
    "moment": {**FONT, "num_format": "yyyy-mm-dd hh:mm", "align": "center"},
}


class Sheet:
    """One sheet: a merged title, a frozen head, rows and group rows; set to print on A4 landscape."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, title: str, head: Sequence[tuple[str, int]]
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.looks = {look: book.add_format(form) for look, form in LOOKS.items()}
        self.widths = [width for _, width in head]
        self.sheet.merge_range(0, 0, 0, len(head) - 1, "", self.looks["title"])
        self.sheet.write_string(0, 0, title, self.looks["title"])
        self.sheet.set_row(0, 36)
        for column, (label, width) in enumerate(head):
            self.sheet.write_string(1, column, label, self.looks["head"])
            self.sheet.set_column(column, column, width)
        self.sheet.set_row(1, 24)
        self.sheet.freeze_panes(2, 0)
        self.sheet.repeat_rows(1)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        self.sheet.set_footer("&C第&P页 共&N页")
        self.at = 2

    def group(self, title: str) -> None:
        """A heading over the whole width."""
        self.sheet.merge_range(self.at, 0, self.at, len(self.widths) - 1, "", self.looks["group"])
        self.sheet.write_string(self.at, 0, title, self.looks["group"])
        self.sheet.set_row(self.at, 22)
        self.at += 1

    def row(self, values: Sequence[Any]) -> None:
        """Numbers as numbers, days and moments as such, all else as words; the row is as high as its longest cell needs."""
        for column, value in enumerate(values):
            if isinstance(value, int | float | Decimal):
                self.sheet.write_number(
                    self.at, column, float(value), self.looks["middle" if column == 0 else "number"]
                )
            elif isinstance(value, dt.datetime):
                local = timezone.localtime(value).replace(tzinfo=None)
                self.sheet.write_datetime(self.at, column, local, self.looks["moment"])
            elif isinstance(value, dt.date):
                self.sheet.write_datetime(self.at, column, value, self.looks["day"])
            else:
                self.sheet.write_string(self.at, column, str(value or ""), self.looks["cell"])
        self.sheet.set_row(self.at, 16 * max(map(self._lines, values, self.widths)) + 6)
        self.at += 1

    @staticmethod
    def _lines(value: Any, width: int) -> int:
        """Lines a cell takes; a Chinese character is two of a column's width units."""
        room = max(width - 2, 2)
        return min(24, sum(-(-2 * max(len(line), 1) // room) for line in str(value or "").split("\n")))


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """The bytes of a workbook that `fill` puts sheets into."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    fill(book)
    book.close()
    return stream.getvalue()


Head = Sequence[tuple[str, int]]
"""Columns: label and width in characters."""


class Table(NamedTuple):
    """One sheet: `name` on its tab, `title` above its head; None in a row is an empty cell."""

    name: str
    title: str
    head: Head
    rows: Iterable[Sequence[Any]]


def several(tables: Iterable[Table]) -> bytes:
    """A workbook of tables, a sheet each."""

    def fill(book: xlsxwriter.Workbook) -> None:
        for table in tables:
            sheet = Sheet(book, table.name, table.title, table.head)
            for row in table.rows:
                sheet.row(["" if cell is None else cell for cell in row])

    return workbook(fill)


def single(name: str, title: str, head: Head, rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one table."""
    return several([Table(name, title, head, rows)])
