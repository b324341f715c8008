"""The sheet of one book as a workbook, and back: read as if its cells had been typed into the page."""

from collections.abc import Sequence

from luoshi.org.sheets.opening import BadSheet
from luoshi.projects.amounts import amount_of
from luoshi.projects.models.books import CARRIES, MEASURES
from luoshi.projects.queries.books import Line
from luoshi.projects.sheets.reading import read as read_rows
from luoshi.projects.sheets.writing import Cell, Column
from luoshi.projects.sheets.writing import workbook as written

KEY, NAME, STAGE, NOTE = "编号", "项目名称", "形象进度", "说明"


def _columns(lines: Sequence[Line]) -> list[Column]:
    book = lines[0].book if lines else "owner"
    columns = [Column(KEY, 12, hidden=True), Column(NAME, 30, shown=True), Column("责任单位", 24, shown=True)]
    for measure in CARRIES[book]:
        columns += [
            Column(f"上期{MEASURES[measure]}", 15, shown=True),
            Column(MEASURES[measure], 15, "万元，累计数，最多两位小数。"),
        ]
    if book == "owner":
        columns.append(Column(STAGE, 36, "做到哪一步，一句话。"))
    return [*columns, Column(NOTE, 30, "累计数比上期少的，写明原因。")]


def workbook(title: str, lines: Sequence[Line]) -> bytes:
    """All projects of the book with their last values filled in."""
    rows: list[dict[str, Cell]] = []
    for line in lines:
        row: dict[str, Cell] = {
            KEY: f"{line.project.pk}/{line.seen}",
            NAME: line.project.name,
            "责任单位": str(line.project.unit),
        }
        for measure, label, before, now, _ in line.cells:
            row |= {f"上期{label}": amount_of(before), MEASURES[measure]: amount_of(now)}
        rows.append(row | {STAGE: line.stage, NOTE: line.note})
    return written("对账", title, _columns(lines), rows, fixed=2)


def read(data: bytes, name: str, lines: Sequence[Line]) -> dict[str, str]:
    """The fields that the page would have sent. Raises BadSheet with one sentence."""
    known = {line.project.pk: line for line in lines}
    fields: dict[str, str] = {}
    columns = [column.name for column in _columns(lines)]
    for row in read_rows(data, name, KEY, columns, {}):
        pk, _, seen = row.get(KEY, "").partition("/")
        line = known.get(int(pk)) if pk.isdecimal() and len(pk) < 16 else None
        if line is None:
            raise BadSheet(
                f"“{row.get(NAME, '')[:30]}”不在这张表里。请用本页下载的表填写，不要从别处粘贴整行。"
            )
        said = {measure: row.get(MEASURES[measure], "") for measure in line.project.asks(line.book)} | {
            "note": row.get(NOTE, "")
        }
        if line.book == "owner":
            said["stage"] = row.get(STAGE, "")
        fields |= {f"p{pk}-{field}": text for field, text in said.items()} | {f"p{pk}-seen": seen}
    return fields
