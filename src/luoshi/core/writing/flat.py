"""A chart of boxes on sheets of any size, as a flat OpenDocument spreadsheet that LibreOffice prints: exact widths and heights in
millimetres, heads that repeat on every page, text as text.

Whoever lays the boxes out says how high every tier is; `lines_of` and `height_of` reckon with the widest type that may stand in.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luoshi.core.writing.docx.xml import clean
from luoshi.core.writing.fonts import BLACK
from luoshi.core.writing.sheet import cells

POINT = 25.4 / 72
LEADING = 1.5  # of the size: Noto Sans CJK needs 1.45, the types of Windows less
PADDING = 0.7  # mm between a border and the text
FOOT = 14.0  # mm for two lines under the chart


class Line(NamedTuple):
    """One paragraph in a box; `size` in points, `colour` as #rrggbb."""

    text: str
    size: float
    colour: str = "#1c2430"
    bold: bool = False


class Box(NamedTuple):
    """A box over `across` columns and `down` tiers."""

    lines: tuple[Line, ...] = ()
    fill: str = ""
    middle: bool = False
    across: int = 1
    down: int = 1


class Tier(NamedTuple):
    """One row: its height in mm, a box or None (covered by another) for every column; `turn` begins a new page."""

    height: float
    boxes: tuple[Box | None, ...]
    turn: bool = False


class Leaf(NamedTuple):
    """One table, which begins on a page of its own: column widths in mm, tiers that repeat on every page, tiers."""

    name: str
    widths: tuple[float, ...]
    head: tuple[Tier, ...]
    tiers: tuple[Tier, ...]


class Page(NamedTuple):
    """The sheet of paper in mm, lying; the lines of its foot, to which the number of the page is added."""

    width: float
    height: float
    margin: float
    foot: tuple[str, ...]
    size: float

    @property
    def room(self) -> float:
        """Height between the margins, above the foot."""
        return self.height - 2 * self.margin - FOOT * self.size / 7.5


def lines_of(line: Line, width: float) -> int:
    """How many lines a paragraph takes in a column of `width` mm."""
    if not line.text:
        return 0
    room = max((width - 2 * PADDING) / (line.size * POINT), 1)
    used, count = 0.0, 1
    for sign in line.text:
        wide = cells(sign)
        if used + wide > room:
            used, count = 0.0, count + 1
        used += wide
    return count


def height_of(box: Box, width: float) -> float:
    """How high a box must be in a column of `width` mm."""
    text = sum(lines_of(line, width) * line.size * POINT * LEADING for line in box.lines)
    return text + 2 * PADDING


def to_fods(page: Page, leaves: Sequence[Leaf]) -> bytes:
    """The spreadsheet, UTF-8. The same boxes give the same bytes."""
    book = _Book()
    tables = "".join(book.leaf(leaf) for leaf in leaves)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{_layout(page)}{book.styles}</office:automatic-styles>"
        f"<office:master-styles>{_master(page)}</office:master-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    ).encode()


_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)


def _layout(page: Page) -> str:
    mm = f'fo:margin-left="{page.margin}mm" fo:margin-right="{page.margin}mm" fo:margin-top="{page.margin}mm" fo:margin-bottom="{page.margin}mm"'
    foot = round(FOOT * page.size / 7.5 - 2, 2)
    return (
        f'<style:page-layout style:name="sheet"><style:page-layout-properties fo:page-width="{page.width}mm"'
        f' fo:page-height="{page.height}mm" style:print-orientation="landscape" {mm} style:print-page-order="ttb"'
        ' style:scale-to="100%" style:table-centering="horizontal" style:print="objects"/>'
        f'<style:footer-style><style:header-footer-properties fo:min-height="{foot}mm" fo:margin-top="2mm"/></style:footer-style>'
        "</style:page-layout>"
        f'<style:style style:name="foot" style:family="text"><style:text-properties {_type(page.size)} fo:color="#333333"/></style:style>'
        '<style:style style:name="leaf" style:family="table" style:master-page-name="chart"><style:table-properties table:display="true"/></style:style>'
    )


def _master(page: Page) -> str:
    def line(inside: str) -> str:
        return f'<text:p><text:span text:style-name="foot">{inside}</text:span></text:p>'

    number = "第<text:page-number>1</text:page-number>页　共<text:page-count>1</text:page-count>页"
    *before, last = page.foot
    words = "".join(line(clean(text)) for text in before) + line(f"{clean(last)}　{number}")
    return (
        '<style:master-page style:name="chart" style:page-layout-name="sheet"><style:header style:display="false"/>'
        f"<style:footer>{words}</style:footer></style:master-page>"
    )


def _type(size: float) -> str:
    return " ".join(
        f'{space}:font-{word}{kind}="{value}"'
        for kind in ("", "-asian")
        for word, value in (("family", BLACK), ("size", f"{size:g}pt"))
        for space in ["style" if kind else "fo"]
    )


class _Book:
    """Styles as they are first needed, and the tables that use them."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    @property
    def styles(self) -> str:
        return "".join(
            f'<style:style style:name="{name}" style:family="{family}">{inside}</style:style>'
            for (family, inside), name in self._names.items()
        )

    def _style(self, family: str, inside: str) -> str:
        return self._names.setdefault((family, inside), f"s{len(self._names)}")

    def leaf(self, leaf: Leaf) -> str:
        columns = "".join(
            f'<table:table-column table:style-name="{self._style("table-column", f"""<style:table-column-properties style:column-width="{width:.2f}mm"/>""")}"/>'
            for width in leaf.widths
        )
        head = "".join(map(self._tier, leaf.head))
        rows = "".join(map(self._tier, leaf.tiers))
        name = clean(leaf.name).replace('"', "")
        return (
            f'<table:table table:name="{name}" table:style-name="leaf">{columns}'
            f"<table:table-header-rows>{head}</table:table-header-rows>{rows}</table:table>"
        )

    def _tier(self, tier: Tier) -> str:
        turn = "page" if tier.turn else "auto"
        look = self._style(
            "table-row",
            f'<style:table-row-properties style:row-height="{tier.height:.2f}mm" style:use-optimal-row-height="false" fo:break-before="{turn}"/>',
        )
        boxes = "".join(
            "<table:covered-table-cell/>" if box is None else self._box(box) for box in tier.boxes
        )
        return f'<table:table-row table:style-name="{look}">{boxes}</table:table-row>'

    def _box(self, box: Box) -> str:
        fill = f' fo:background-color="{box.fill}"' if box.fill else ""
        align = "center" if box.middle else "start"
        look = self._style(
            "table-cell",
            f'<style:table-cell-properties fo:border="0.35pt solid #7a8694"{fill} fo:padding="{PADDING}mm" fo:wrap-option="wrap"'
            f' style:vertical-align="middle"/><style:paragraph-properties fo:text-align="{align}"/>',
        )
        span = f' table:number-columns-spanned="{box.across}" table:number-rows-spanned="{box.down}"'
        over = span if box.across > 1 or box.down > 1 else ""
        if not box.lines:
            return f'<table:table-cell table:style-name="{look}"{over}/>'
        return (
            f'<table:table-cell table:style-name="{look}" office:value-type="string"{over}>'
            f"{self._paragraphs(box.lines)}</table:table-cell>"
        )

    def _paragraphs(self, lines: Iterable[Line]) -> str:
        made = []
        for line in lines:
            weight = ' fo:font-weight="bold" style:font-weight-asian="bold"' if line.bold else ""
            ink = self._style(
                "text", f'<style:text-properties {_type(line.size)} fo:color="{line.colour}"{weight}/>'
            )
            made.append(f'<text:p><text:span text:style-name="{ink}">{clean(line.text)}</text:span></text:p>')
        return "".join(made)
