"""Who answers for a row of a table: its 牵头, 责任 and 配合 cells read together."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.deadlines import read_due
from luoshi.core.plan.model import Doubt, Owner
from luoshi.core.plan.owners import Role, as_owners, read_clause, who_leads
from luoshi.core.source.clean import CleanText
from luoshi.core.source.grid import GridCell
from luoshi.core.source.table_cells import kind_of
from luoshi.core.units.names import is_unit_like

_PIECE = pattern(r"[^\s:()、,;/]+")
_DUTY = pattern(r"牵头|配合|负责|主办|协办")
_POST = r"(?:(?:党组|党委|党工委)?副?(?:局长|主任|书记|[县市区镇乡]长|部长|院长|校长|经理|队长))?"
_GLUED = tuple(pattern(rf"(?P<unit>\S{{2,}}?){_POST}(?P<name>{HAN}{{{size}}})$") for size in (2, 3))


class Answer:
    """What the owner cells of a row say; `due` is a deadline printed among the owners (完成时限:…)."""

    def __init__(self) -> None:
        self.owners: list[Owner] = []
        self.open_ended = False
        self.leaders: list[str] = []
        self.due: str | None = None
        self.doubts: list[Doubt] = []


def read_owner_cells(
    clean: CleanText, columns: Sequence[tuple[Sequence[GridCell], Role]], year: int | None
) -> Answer:
    """Read the cells of each owner column (several when a row was cut by a page) with the role its title gives."""
    answer = Answer()
    for cells, role in columns:
        filled = [c for c in cells if c and kind_of(clean.text[c.start : c.end].strip()) != "blank"]
        if not filled:
            continue
        if len(filled) == 1:
            whole, (start, end) = clean, filled[0]
        else:
            whole = stitched(clean, sorted(filled, key=lambda cell: cell.start))
            start, end = 0, len(whole.text)
        read = as_owners(whole, read_clause(whole.text, start, end, role), alone=False)
        seen = {(o.name, o.role) for o in answer.owners}
        answer.owners += [o for o in read.owners if (o.name, o.role) not in seen] if seen else read.owners
        answer.open_ended = answer.open_ended or read.open_ended
        answer.leaders += read.leaders
        if read.due and (due := read_due(whole.text, *read.due, year)):
            answer.due = due.value
        answer.doubts += read.doubts
    if answer.owners:
        answer.doubts += who_leads(answer.owners)
    else:
        answer.doubts.append(Doubt("no-owner", "这一行没有写责任单位，由哪个单位负责？"))
    return answer


def apart(clean: CleanText, cell: GridCell) -> tuple[list[GridCell], list[str]]:
    """The units of a cell that also names people (县水利局 张三, 县水利局张三, 县交通局(李四)), and the people."""
    units: list[GridCell] = []
    people: list[str] = []
    for m in _PIECE.finditer(clean.text, cell.start, cell.end):
        piece, (start, end) = m.group(), m.span()
        if is_unit_like(piece):
            units.append(GridCell(start, end))
        elif glued := _glued(piece):
            units.append(GridCell(start, start + glued.end("unit")))
            people.append(clean.printed[start + glued.start("name") : end])
        elif len(piece) > 4:
            units.append(GridCell(start, end))
        elif len(piece) > 1 and not _DUTY.match(piece):
            people.append(clean.printed[start:end])
    return units, people


def _glued(piece: str) -> re.Match[str] | None:
    """A unit and, right behind it, the name of a person, with a post between or without (县水利局局长张三)."""
    found = (form.match(piece) for form in _GLUED)
    return next((m for m in found if m and is_unit_like(m["unit"])), None)


def stitched(clean: CleanText, cells: Sequence[GridCell]) -> CleanText:
    """Several ranges of the clean text as one text with the same way back: a name cut in two becomes whole."""
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    for cell in cells:
        at = cell.start
        while at < cell.end:
            piece = bisect_right(clean.starts, at) - 1
            stop = min(cell.end, clean.starts[piece + 1] if piece + 1 < len(clean.starts) else cell.end)
            starts.append(length)
            origins.append(clean.origins[piece] + at - clean.starts[piece])
            length += stop - at
            at = stop
    printed = "".join(clean.printed[c.start : c.end] for c in cells)
    text = "".join(clean.text[c.start : c.end] for c in cells)
    return CleanText(printed, text, tuple(starts), tuple(origins))
