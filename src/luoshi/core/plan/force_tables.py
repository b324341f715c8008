"""Task forces given as a table: 专班名称 | 召集人 | 副召集人 | 成员单位 | 办公室."""

from luoshi.core.pattern import pattern
from luoshi.core.plan.force_people import holders
from luoshi.core.plan.force_places import Place
from luoshi.core.plan.force_roster import Seats, members_in
from luoshi.core.plan.paper import Paper
from luoshi.core.source.grid import GridCell, GridRow

_COLUMNS = (
    ("name", pattern(r"(?:专班|领导小组|工作组|指挥部|组别|机构)(?:名称)?$|^名称$")),
    ("first_deputies", pattern(r"第一副|常务副")),
    ("deputies", pattern(r"副(?:召集人|组长|班长|指挥长)")),
    ("conveners", pattern(r"(?:召集人|组长|班长|指挥长|牵头领导)$")),
    ("members", pattern(r"成员(?:单位)?$")),
    ("office", pattern(r"办公室")),
)


def in_tables(paper: Paper) -> list[Place]:
    """The forces of every table that has a column for names, one for heads and one for members."""
    text, found = paper.clean.text, []
    for table in paper.tables:
        heads, rows = list(table.header), table.rows
        if not any(heads) and rows:  # a header the reader of responsibility tables does not know
            heads, rows = [_said(text, cell) for cell in rows[0].cells], rows[1:]
        columns = _columns(heads)
        if {"name", "conveners", "members"} <= columns.keys():
            found += [place for row in rows if (place := _place(text, row, columns))]
    return found


def _said(text: str, cell: GridCell) -> str:
    return text[cell.start : cell.end].replace("\n", "").strip()


def _columns(heads: list[str]) -> dict[str, int]:
    """Which column holds what; the first that fits."""
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        kind = next((k for k, form in _COLUMNS if form.search(head.replace(" ", ""))), None)
        if kind:
            found.setdefault(kind, at)
    return found


def _place(text: str, row: GridRow, columns: dict[str, int]) -> Place | None:
    cells = {kind: row.cells[at] for kind, at in columns.items() if at < len(row.cells)}
    said = {kind: _said(text, c) for kind, c in cells.items()}
    if not said.get("name") or not said.get("conveners"):
        return None
    seats = Seats()
    seats.office = said.get("office") or None
    for role in ("conveners", "first_deputies", "deputies"):
        seats.add(role, holders(said.get(role, "")))
    members_in(said.get("members", ""), seats)
    name = cells["name"]
    end = max(c.end for c in cells.values())
    start = min(c.start for c in cells.values())
    return Place(said["name"], said["name"], start, name.start, name.end, end, False, seats)
