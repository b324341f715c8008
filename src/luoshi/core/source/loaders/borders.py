"""Rows that know their column borders (doc, rtf) to one grid with merges."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.core.source.loaders.scribe import CellText

SNAP = 40  # twips: column borders of two rows so close are one
ACROSS, DOWN = 1, 2  # a cell that goes on with the one to its left, with the one above


@dataclass(slots=True)
class BorderedRow:
    """Cell texts; `borders` in twips, one more than there are cells (else cells just count); `merges` per cell."""

    cells: list[list[str]] = field(default_factory=list)
    borders: tuple[int, ...] = ()
    merges: tuple[int, ...] = ()


def grid(rows: Sequence[BorderedRow]) -> list[CellText]:
    """The cells of a table: columns from the borders of all rows, merges from the flags."""
    places = _snapped([x for row in rows for x in row.borders])
    column = {
        x: min(range(len(places)), key=lambda i: abs(places[i] - x)) for row in rows for x in row.borders
    }
    cells: list[CellText] = []
    above: dict[int, CellText] = {}
    for number, row in enumerate(rows):
        known = len(row.borders) == len(row.cells) + 1
        for i, lines in enumerate(row.cells):
            col = column[row.borders[i]] if known else i
            width = max(1, column[row.borders[i + 1]] - col) if known else 1
            merge = row.merges[i] if i < len(row.merges) else 0
            if merge & ACROSS and cells and cells[-1].row == number:
                cells[-1].colspan += width
            elif merge & DOWN and col in above:
                above[col].rowspan = number - above[col].row + 1
            else:
                above[col] = CellText(number, col, lines, 1, width)
                cells.append(above[col])
    return cells


def _snapped(values: Sequence[int]) -> list[int]:
    places: list[int] = []
    for value in sorted(set(values)):
        if not places or value - places[-1] > SNAP:
            places.append(value)
    return places
