"""The rows of the wall chart as HTML: five thousand cells, so written here and not by a template (docs/decisions/0191).

Everything that comes from the ledger goes through `escape`.
"""

from collections.abc import Iterator
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from luoshi.board.wall import DUE, EMPTY, Band, Cell, Lamp, Row, Strip, Wall

NAME, INDICATOR, STEP = 44, 24, 16
"""Characters shown of a task, an indicator, a milestone."""


def bands(wall: Wall) -> SafeString:
    """A table body an action."""
    task, receipt = _address("ledger:task"), _address("lights:receipt")
    return mark_safe("".join(_Pen(wall, task, receipt).band(band) for band in wall.bands))


def _address(name: str) -> tuple[str, str]:
    """What stands before and after the key in an address."""
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return before, after


def short(text: str, most: int) -> str:
    """The text, cut, escaped."""
    return escape(text if len(text) <= most else text[: most - 1] + "…")


class _Pen:
    def __init__(self, wall: Wall, task: tuple[str, str], receipt: tuple[str, str]) -> None:
        self.wall, self.task, self.receipt = wall, task, receipt
        self.columns = len(wall.columns)

    def band(self, band: Band) -> str:
        head = (
            f'<tbody class="band" id="band{band.pk}"><tr class="group"><th scope="rowgroup" colspan="{self.columns + 4}">'
            f"<span>{escape(band.name or '未列入行动')} <small>{len(band.rows)}项</small></span></th></tr>"
        )
        return head + "".join(map(self.row, band.rows)) + "</tbody>"

    def row(self, row: Row) -> str:
        span = f' rowspan="{row.height}"' if row.height > 1 else ""
        made = []
        for n, strip in enumerate(row.strips):
            first, last = (self._what(row, span), self._who(row, span)) if n == 0 else ("", "")
            opened = '<tr class="first">' if n == 0 else "<tr>"
            made.append(f"{opened}{first}{self._strip(strip)}{last}</tr>")
        return "".join(made)

    def _what(self, row: Row, span: str) -> str:
        small = f"<small>时限{escape(row.deadline)}</small>" if row.deadline else ""
        if row.undated:
            small += f"<small>另有{row.undated}个节点没有日期</small>"
        address = row.task.__str__().join(self.task)
        return f'<th scope="row" class="what"{span}><a href="{address}">{row.number}. {short(row.name, NAME)}</a>{small}</th>'

    @staticmethod
    def _who(row: Row, span: str) -> str:
        units = "<br>".join(map(escape, row.units)) or "单位未定"
        leaders = f"<small>{escape('、'.join(row.leaders))}</small>" if row.leaders else ""
        return f'<td class="who"{span}>{units}{leaders}</td>'

    def _strip(self, strip: Strip) -> str:
        of = ""
        if strip.indicator is not None:
            same = f"，同第{strip.elsewhere}项" if strip.elsewhere else ""
            address = strip.indicator.__str__().join(self.receipt)
            of = f'<a href="{address}">{short(strip.name, INDICATOR)}</a><small>{escape(strip.target)}{same}</small>'
        head = f'<td class="of">{of}</td><td class="now-lamp">{lamp(strip.lamp)}</td>'
        if strip.empty:
            return f'{head}<td class="nothing" colspan="{self.columns}">{EMPTY}</td>'
        return head + "".join(self._cells(strip))

    def _cells(self, strip: Strip) -> Iterator[str]:
        for at, cell in enumerate(strip.cells):
            now, marked = at == self.wall.now, cell.marks or cell.due
            kind = "cell" + (" now" if now else "") + (" marked" if marked else "")
            label = f' data-label="{escape(self.wall.columns[at].label)}"' if now or marked else ""
            yield f'<td class="{kind}"{label}>{self._cell(cell)}</td>'

    @staticmethod
    def _cell(cell: Cell) -> str:
        """Lines are parted by newlines (white-space: pre-line): an element a line would triple the page."""
        said = [lamp(cell.lamp)] if cell.lamp else []
        if cell.actual:
            said.append(f"实{escape(cell.actual)}")
        if cell.planned:
            said.append(f"计{cell.planned}")
        if cell.said:
            said.append(f"报{cell.said}")
        signs = "".join(
            f'<em class="{mark.kind}">{mark.sign}{short(mark.title, STEP)}</em>' for mark in cell.marks
        )
        return "\n".join(said) + signs + (f'<em class="due">{DUE}</em>' if cell.due else "")


def lamp(it: Lamp) -> str:
    """A light: colour, shape and word."""
    return f'<b class="lamp {it.colour}">{it.shape}{escape(it.word)}</b>'
