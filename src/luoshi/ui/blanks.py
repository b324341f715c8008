"""Workbooks that are taken away, filled in and brought back: heads with hints, cells to choose from, faults in red with the reason."""

from collections.abc import Container, Sequence
from typing import Any, Protocol

from luoshi.ui.excel import A4, FONT
from luoshi.ui.excel import LOOKS as PLAIN

TOP = 2
"""Rows above the first: title and head."""
COMMENT = {"author": "落实", "x_scale": 2.2, "y_scale": 1.4, "font_name": "宋体", "font_size": 10}
FAULTY = {"num_format": "@", "bg_color": "#F8C9C4", "font_color": "#8C1D18"}
GREY = "#F1F3F6"
"""Ground of a cell that is not to be filled in."""
LOOKS: dict[str, dict[str, Any]] = {
    "title": PLAIN["title"],
    "head": PLAIN["head"],
    "words": {**FONT, "text_wrap": True, "num_format": "@"},
    "shown": {**FONT, "text_wrap": True, "bg_color": GREY},
    "fault": {**FONT, "text_wrap": True, **FAULTY},
}


class Column(Protocol):
    """A column as a room describes it: `hint` is a comment on its head, `choices` drop down in its cells."""

    @property
    def name(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def hint(self) -> str: ...
    @property
    def choices(self) -> Sequence[str]: ...


def frame(
    sheet: Any,
    looks: dict[str, Any],
    title: str,
    columns: Sequence[Column],
    rows: int,
    fixed: int,
    hidden: Container[str] = (),
    paper: int = A4,
) -> None:
    """Title, head, widths, hints and choices for so many rows; `fixed` columns stay when the rest is scrolled."""
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", looks["title"])
    sheet.write_string(0, 0, title, looks["title"])
    sheet.set_row(0, 32)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, column.name, looks["head"])
        sheet.set_column(at, at, column.width, None, {"hidden": column.name in hidden})
        if column.hint:
            sheet.write_comment(1, at, column.hint, COMMENT)
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(TOP, at, TOP + max(rows, 1) - 1, at, rule)
    sheet.freeze_panes(TOP, fixed)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)


def write_fault(sheet: Any, looks: dict[str, Any], at: tuple[int, int], text: str, fault: str) -> None:
    """A cell as it came, in red, with the reason beside it."""
    sheet.write_string(*at, text, looks["fault"])
    sheet.write_comment(*at, fault, {**COMMENT, "visible": True})
