"""xlsx → the fields that the page would have sent."""

import re
from collections.abc import Sequence

from luoshi.core.source.text import SourceText, Table
from luoshi.org.requests import whole
from luoshi.org.sheets.opening import BadSheet, Wanted, opened
from luoshi.reporting.queries.sheets import Line
from luoshi.reporting.sheets.columns import COLUMNS, KEY, LABELLED, SAME, YES

WANTED = Wanted("填报表", 2 << 20, "请用本页下载的填报表填好后再上传。")
"""Two megabytes; a sheet of sixty tasks takes twenty thousand bytes."""
ROW_KEY = re.compile(r"\b\d+/\d+/[0-9a-f]{12}/\d*")
"""A row's key: every one that stands in the file must stand in the table, or rows below a gap would be lost silently."""
Fields = dict[str, str]


def read(data: bytes, name: str, lines: Sequence[Line]) -> tuple[Fields, list[int]]:
    """What the file says, as fields of the page, and the reports marked 无变化. Raises BadSheet with one sentence."""
    source = opened(data, name, WANTED)
    tables = [grid for table in source.tables if KEY in (grid := _grid(source, table))[0].values()]
    whole_rows = len(tables) == 1 and len(tables[0]) > len(ROW_KEY.findall(source.text))
    if not whole_rows:
        raise BadSheet(
            f"文件“{name}”不是这一轮的填报表，或表中有空行把它断成了几截。请用本页下载的表填好后再上传。"
        )
    return _fields(tables[0], {line.report.pk: line for line in lines})


def _grid(source: SourceText, table: Table) -> dict[int, dict[int, str]]:
    grid: dict[int, dict[int, str]] = {0: {}}
    for cell in table.cells:
        text = source.text[cell.span.start : cell.span.end]
        grid.setdefault(cell.row, {})[cell.col] = text.strip()
    return grid


def _fields(grid: dict[int, dict[int, str]], lines: dict[int, Line]) -> tuple[Fields, list[int]]:
    head = {name: at for at, name in grid[0].items()}
    lost = [
        column.name for column in COLUMNS if (column.field or column.name == KEY) and column.name not in head
    ]
    if lost:
        raise BadSheet(f"表头缺少“{'、'.join(lost)}”。请不要删改表头，重新下载后再填。")
    fields: Fields = {}
    same: list[int] = []
    seen: set[int] = set()
    for at in sorted(grid):
        row = {name: grid[at].get(col, "") for name, col in head.items()}
        if at == 0 or not any(row.values()):
            continue
        key = row[KEY].split("/")
        report = whole(key[0]) or 0
        if len(key) != 4 or report not in lines:
            raise BadSheet(f"第{at + 2}行不是本单位这一轮的填报。请用本页下载的表填写，不要从别处粘贴整行。")
        line = lines[report]
        if report not in seen:
            seen.add(report)
            fields |= {f"r{report}-version": key[1], f"r{report}-shown": key[2]}
            fields |= _of("report", f"r{report}", row, line.words)
            if row[SAME] == YES:
                same.append(report)
        if figure := whole(key[3]):
            shown = next((cell.shown for cell in line.cells if cell.figure.pk == figure), None)
            if shown is not None:
                fields |= _of("figure", f"f{figure}", row, shown)
    return fields, same


def _of(of: str, prefix: str, row: dict[str, str], shown: dict[str, str]) -> Fields:
    """The fields of a report or a figure. Line breaks do not outlive a workbook: words alike but for them are the same."""
    found: Fields = {}
    for column in COLUMNS:
        if column.of != of or column.field == "same":
            continue
        text = row[column.name]
        said = LABELLED.get(column.field, {}).get(text, text)
        kept = shown.get(column.field, "")
        found[f"{prefix}-{column.field}"] = kept if said.split() == kept.split() else said
    if of == "figure" and found[f"{prefix}-value"] == shown["value"]:
        found[f"{prefix}-sure"] = shown["sure"]
    return found
