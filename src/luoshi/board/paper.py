"""The wall chart on paper: the snapshot as boxes on A3 or A0, an action on a page of its own, the head on every page.

Pure. Sizes of type: 7.5 pt at the least on A3, twice that on A0, so that a line on the wall is read from two metres.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from luoshi.board.wall import DUE, EMPTY, MARKS, Band, Cell, Lamp, Row, Strip, Wall
from luoshi.core.writing.flat import Box, Leaf, Line, Page, Tier, height_of, to_fods


class Size(NamedTuple):
    """A sheet: its name, millimetres lying, how much larger than on A3 the type is."""

    name: str
    width: float
    height: float
    margin: float
    scale: float


SIZES = {"a3": Size("A3", 420, 297, 10, 1), "a0": Size("A0", 1189, 841, 20, 2)}
INKS = {"red": "#b3261e", "yellow": "#7a4d00", "green": "#1c6b40", "blue": "#1d4f91", "grey": "#566273"}
HEAD, GROUP, NOW = "#dfe6ee", "#eef2f7", "#f3f7fc"
MUTED = "#4a5563"
SMALL, TEXT, LARGE, TITLE = 7.5, 8.5, 9.0, 16.0
WHAT, OF, LAMP, WHO = 15.5, 11.0, 5.0, 14.0
"""Shares of the width, of a hundred; the periods have the rest."""


def sheets(wall: Wall, size: str) -> bytes:
    """The chart as a flat spreadsheet for `core.writing.pdf.print_sheets`; `size` is a key of SIZES."""
    return _Draft(wall, SIZES[size]).made()


class _Draft:
    def __init__(self, wall: Wall, size: Size) -> None:
        self.wall, self.scale = wall, size.scale
        foot = (
            f"{legend()}　灯按{wall.rule}",
            f"{wall.county}　{wall.title}{f'（{wall.asked}）' if wall.asked else ''}　截至{wall.day.year}年{wall.day.month}月{wall.day.day}日"
            f"　快照校验值{wall.sha256[:12]}",
        )
        self.page = Page(size.width, size.height, size.margin, foot, SMALL * size.scale)
        whole = size.width - 2 * size.margin - 0.5
        each = whole * (100 - WHAT - OF - LAMP - WHO) / 100 / len(wall.columns)
        first = tuple(whole * part / 100 for part in (WHAT, OF, LAMP))
        self.widths = (*first, *(each for _ in wall.columns), whole * WHO / 100)

    def made(self) -> bytes:
        return to_fods(self.page, [self._leaf(n, band) for n, band in enumerate(self.wall.bands, 1)])

    def _line(self, text: str, size: float = SMALL, colour: str = "#1c2430", bold: bool = False) -> Line:
        return Line(text, size * self.scale, colour, bold)

    def _leaf(self, number: int, band: Band) -> Leaf:
        head = (self._title(band), self._columns())
        room = self.page.room - sum(tier.height for tier in head)
        groups = [list(self._row(row)) for row in band.rows]
        return Leaf(f"{number}", self.widths, head, tuple(_paged(groups, room)))

    def _title(self, band: Band) -> Tier:
        words = f"{self.wall.county}挂图作战　{band.name or '未列入行动的任务'}"
        count = f"{self.wall.year}年，{len(band.rows)}项任务"
        columns = len(self.widths)
        box = Box(
            (self._line(words, TITLE, bold=True), self._line(count, LARGE, MUTED)),
            middle=True,
            across=columns,
        )
        height = height_of(box, sum(self.widths))
        return Tier(height, (box, *([None] * (columns - 1))))

    def _columns(self) -> Tier:
        day = self.wall.day
        words = [
            "任务",
            "指标和目标",
            f"{day.month}月{day.day}日",
            *(column.label for column in self.wall.columns),
            "谁负责（牵头、分管）",
        ]
        boxes = tuple(
            Box((self._line(word, LARGE, bold=True),), self._fill(at - 3, HEAD), middle=True)
            for at, word in enumerate(words)
        )
        return Tier(self._highest(boxes), boxes)

    def _fill(self, at: int, other: str = "") -> str:
        """The column of today is marked in the head and in every row."""
        if at != self.wall.now:
            return other
        return "#b9cfe8" if other else NOW

    def _highest(self, boxes: Iterable[Box | None]) -> float:
        return max(
            height_of(box, width)
            for box, width in zip(boxes, self.widths, strict=True)
            if box and box.across == 1 and box.down == 1
        )

    def _row(self, row: Row) -> Iterator[Tier]:
        what, who = self._what(row), self._who(row)
        strips = [tuple(self._strip(strip)) for strip in row.strips]
        heights = [self._highest((None, *boxes, None)) for boxes in strips]
        wanted = max(height_of(what, self.widths[0]), height_of(who, self.widths[-1]))
        heights[-1] += max(0.0, wanted - sum(heights))
        for n, (boxes, height) in enumerate(zip(strips, heights, strict=True)):
            yield Tier(height, (what, *boxes, who) if n == 0 else (None, *boxes, None))

    def _what(self, row: Row) -> Box:
        small = [f"时限{row.deadline}"] if row.deadline else []
        small += [f"另有{row.undated}个节点没有日期"] if row.undated else []
        name = self._line(f"{row.number}. {_short(row.name, 60)}", TEXT, bold=True)
        return Box((name, *(self._line(word, SMALL, MUTED) for word in small)), down=row.height)

    def _who(self, row: Row) -> Box:
        units = [self._line(unit, TEXT) for unit in row.units] or [self._line("单位未定", TEXT)]
        leaders = [self._line("、".join(row.leaders), SMALL, MUTED)] if row.leaders else []
        return Box((*units, *leaders), down=row.height)

    def _strip(self, strip: Strip) -> Iterator[Box | None]:
        target = strip.target + (f"，同第{strip.elsewhere}项" if strip.elsewhere else "")
        name = [self._line(_short(strip.name, 30))] if strip.name else []
        yield Box((*name, *([self._line(target, SMALL, MUTED)] if target else [])))
        yield Box((self._lamp(strip.lamp),), middle=True)
        if strip.empty:
            yield Box((self._line(EMPTY, SMALL, MUTED),), across=len(strip.cells))
            yield from [None] * (len(strip.cells) - 1)
        else:
            for at, cell in enumerate(strip.cells):
                yield Box(tuple(self._cell(cell)), self._fill(at), middle=True)

    def _lamp(self, lamp: Lamp) -> Line:
        return self._line(f"{lamp.shape}{lamp.word}", SMALL, INKS[lamp.colour], lamp.colour == "red")

    def _cell(self, cell: Cell) -> Iterator[Line]:
        if cell.lamp:
            yield self._lamp(cell.lamp)
        for sign, value in (("实", cell.actual), ("计", cell.planned), ("报", cell.said)):
            if value:
                yield self._line(sign + value, SMALL, MUTED if sign != "实" else "#1c2430")
        for mark in cell.marks:
            colour = {"done": INKS["green"], "missed": INKS["red"]}.get(mark.kind, "#1c2430")
            yield self._line(mark.sign + _short(mark.title, 20), SMALL, colour)
        if cell.due:
            yield self._line(f"〔{DUE}〕", SMALL, bold=True)


def _paged(groups: Iterable[list[Tier]], room: float) -> Iterator[Tier]:
    """The tiers of every task together; a task that does not fit any more begins the next page."""
    used = 0.0
    for tiers in groups:
        height = list(accumulate(tier.height for tier in tiers))[-1]
        turn = used > 0 and used + height > room
        used = height if turn else used + height
        yield tiers[0]._replace(turn=turn)
        yield from tiers[1:]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def legend() -> str:
    """What the signs say, in one line."""
    signs = "　".join(f"{sign}{words}" for sign, words in MARKS.values())
    return f"计：期末应完成的进度　实：按本期上报数算出　报：牵头单位自报　{signs}　{DUE}：任务时限在本期"
