"""A workbook → rows.

The loader tells tables and lines apart; a list must be one table. What stands outside of one, or under rows that were
filtered away, would be lost without a word, so it is refused with one.
"""

from luoshi.core.source.text import SourceText, Table
from luoshi.org.sheets.columns import KINDS, Kind, Row, Rows
from luoshi.org.sheets.opening import BadSheet, Wanted, grid_of, opened

MOST_ROWS = 3_000
WANTED = Wanted("单位和人员表", 1 << 20, "请用本页导出的表格修改后再上传。")
"""A megabyte; ninety units and two hundred people take thirty thousand bytes. The file is read in this process."""


def read(data: bytes, name: str) -> Rows:
    """Rows of every sheet that the workbook has. Raises BadSheet with one sentence."""
    source = opened(data, name, WANTED)
    rows: Rows = {}
    for table in source.tables:
        kind, found = _rows(source, table)
        if kind.key in rows:
            raise BadSheet(f"“{kind.name}”表有两个，或中间有空行。请删去空行，合成一个表后再上传。")
        if len(found) > MOST_ROWS:
            raise BadSheet(f"“{kind.name}”表超过{MOST_ROWS}行，请分成几次上传。")
        rows[kind.key] = found
    _refuse_strays(source)
    if not rows:
        raise BadSheet(f"文件“{name}”里没有单位表或人员表。请用本页导出的表格修改后再上传。")
    return rows


def _rows(source: SourceText, table: Table) -> tuple[Kind, list[Row]]:
    """The rows of one table under its head, empty ones left out, and which sheet it is."""
    grid = grid_of(source, table)
    head = grid.get(0, {})
    kind = next((kind for kind in KINDS if kind.required <= set(head.values())), None)
    if kind is None:
        names = "；".join(
            f"{kind.name}表要有{'、'.join(c.name for c in kind.columns if c.required)}" for kind in KINDS
        )
        raise BadSheet(f"有一个表看不出是单位表还是人员表（{names}）。请补齐表头，并删去表格中间的空行。")
    rows = [
        {name: grid[at].get(col, "") for col, name in head.items() if name} for at in sorted(grid) if at > 0
    ]
    return kind, [row for row in rows if any(row.values())]


def _refuse_strays(source: SourceText) -> None:
    """Lines outside the tables: titles and names of sheets may stand there, nothing else. Raises BadSheet."""
    taken = sorted([*source.furniture, *(table.span for table in source.tables)])
    at, outside = 0, []
    for span in taken:
        outside.append(source.text[at : span.start])
        at = max(at, span.end)
    outside.append(source.text[at:])
    titles = tuple(kind.title for kind in KINDS)
    for line in "\n".join(outside).splitlines():
        if line.strip() and not line.strip().endswith(titles):
            raise BadSheet(f"“{line.strip()[:30]}”单独在一行，不在表格里。请删去表格中间的空行和表外的说明。")
