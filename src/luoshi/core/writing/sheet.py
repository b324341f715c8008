"""The sheet of GB/T 9704-2012 in numbers: A4, 版心 156 × 225 mm, 22 lines of 28 characters (§5–6). Lengths in mm or twips.

Widths of text are counted in cells: a Chinese character is one, a digit or Latin letter half of one.
"""

from collections.abc import Iterable

WIDTH, HEIGHT = 210.0, 297.0
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 26.0, 35.0
BLOCK_WIDTH, BLOCK_HEIGHT = 156.0, 225.0
LINES, CELLS = 22, 28
LINE = 579  # twips of a line: 225 mm / 22, rounded down so that 22 fit
CELL = 315  # twips of a cell: 16 pt less the 0.25 pt that lets 28 fit
TIGHTER = -5  # those 0.25 pt
FOOTER = 25.1  # foot of the page number's line above the edge of the sheet; its dash then lies 7 mm below the block (measured)
MARK_TOP = 35.0  # from the top of the block to the top of the mark (§7.2.4)
LETTER_MARK_TOP, LETTER_FOOT, LETTER_RULE = 30.0, 20.0, 170.0  # §10.1
MINUTES_MARK_TOP = 35.0  # §10.3
RULE_GAP = 4.0  # from the number down to the red line (§7.2.7)
RED, THICK, THIN = "FF0000", 0.35, 0.25

SIZES = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "二号": 22.0,
    "三号": 16.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
}


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * 1440 / 25.4)


def cells(text: str) -> float:
    """How wide a text is, in cells."""
    return sum(0.5 if ord(sign) < 0x2000 and sign != "·" else 1.0 for sign in text)


def mark_size(text: str) -> float:
    """The size (pt) in which a mark fits the block on one line, at most 62 pt; a very long one shrinks to the size of the text."""
    fitting = (BLOCK_WIDTH - 2) / 25.4 * 72 / max(cells(text), 1)
    return max(SIZES["三号"], min(62.0, int(fitting)))


def signature_starts(signatures: Iterable[str], dated: str, sealed: bool) -> tuple[tuple[float, ...], float]:
    """Where signatures and date begin, in cells from the left edge of the block (§7.3.5).

    With a seal the date ends four cells before the right edge and the names are centred on it; without one a name ends
    two cells before the edge, the date begins two cells right of it, and a longer date itself ends two cells before it.
    """
    names, width = tuple(signatures), cells(dated)
    if sealed:
        date_at = CELLS - 4 - width
        middle = date_at + width / 2
        widest = max((cells(name) for name in names), default=0)
        overhang = max(0.0, middle + widest / 2 - CELLS)
        return tuple(max(0.0, middle - overhang - cells(name) / 2) for name in names), date_at - overhang
    starts = tuple(max(0.0, CELLS - 2 - cells(name)) for name in names)
    first = min(starts, default=CELLS - 2 - width)
    date_at = first + 2
    if date_at + width > CELLS - 2:
        date_at = CELLS - 2 - width
        starts = tuple(min(start, max(0.0, date_at - 2)) for start in starts)
    return starts, date_at
