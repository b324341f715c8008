"""A workbook → rows by their heads.

The county's own list is taken as it is kept: a title and a line about units may stand above the head, heads may be called otherwise.
"""

import re
from collections.abc import Mapping, Sequence

from luoshi.core.source.text import SourceText, Table
from luoshi.org.sheets.opening import BadSheet, Wanted, grid_of, opened

WANTED = Wanted("表格", 2 << 20, "请用本页下载的表格修改后再上传。")
MOST_ROWS = 500
HEADS = 6
"""The head stands among the first rows of its table."""
UNIT = re.compile(r"[（(]\s*(万元|亿元|元)\s*[)）]")
Row = dict[str, str]


def read(data: bytes, name: str, key: str, columns: Sequence[str], called: Mapping[str, str]) -> list[Row]:
    """The rows of the one table whose head has `key`; `called` says what else a column may be called. Raises BadSheet."""
    source = opened(data, name, WANTED)
    found = [
        rows for table in source.tables if (rows := _rows(source, table, key, columns, called)) is not None
    ]
    if not found:
        raise BadSheet(f"文件“{name}”里没有找到表头“{key}”那一行。请用本页下载的样表，或把表头补上。")
    if len(found) > 1:
        raise BadSheet(
            f"文件“{name}”里有{len(found)}个表，或中间有空行把一个表断开了。请删去空行，合成一个表后再上传。"
        )
    if len(found[0]) > MOST_ROWS:
        raise BadSheet(f"表格超过{MOST_ROWS}行，请分成几次上传。")
    _refuse_strays(source)
    return found[0]


def _rows(
    source: SourceText, table: Table, key: str, columns: Sequence[str], called: Mapping[str, str]
) -> list[Row] | None:
    grid = grid_of(source, table)
    for at in sorted(grid)[:HEADS]:
        head = {col: _head(text, columns, called) for col, text in grid[at].items()}
        if key in head.values():
            body = (
                {name: grid[n].get(col, "") for col, name in head.items() if name}
                for n in sorted(grid)
                if n > at
            )
            return [row for row in body if any(row.values())]
    return None


def _head(text: str, columns: Sequence[str], called: Mapping[str, str]) -> str:
    """Which column a head means, "" for one that is not ours. Raises BadSheet for money in another unit."""
    unit = UNIT.search(text)
    bare = "".join(UNIT.sub("", text).split())
    name = bare if bare in columns else called.get(bare, "")
    if name and unit and unit[1] != "万元":
        raise BadSheet(f"“{text}”的单位是{unit[1]}，本系统的金额一律用万元，请换算后再上传。")
    return name


def _refuse_strays(source: SourceText) -> None:
    """Words under the table would be lost without a word: they are refused with one. Above it a title may stand."""
    last = max(table.span.end for table in source.tables)
    below = source.text[last:]
    for span in source.furniture:
        if span.start >= last:
            below = below.replace(source.text[span.start : span.end], "")
    if stray := below.strip():
        raise BadSheet(f"“{stray[:30]}”在表格下面，没有读入。请删去表格下面的说明和空行后再上传。")
