"""Sections: how the page lies, its margins and grid, and where its number stands (§5.2, §7.5)."""

from dataclasses import dataclass, field

from luoshi.core.writing.docx.heads import GLYPH_TOP, letterfoot, letterhead
from luoshi.core.writing.docx.xml import DECLARATION, NAMESPACES, exact, page_field, paragraph, run, text_box
from luoshi.core.writing.paper import OfficialPaper
from luoshi.core.writing.sheet import (
    BOTTOM,
    FOOTER,
    HEIGHT,
    LEFT,
    LETTER_FOOT,
    LETTER_MARK_TOP,
    LINE,
    RIGHT,
    TOP,
    WIDTH,
    mark_size,
    twips,
)

SMALL = 280  # one 14 pt character: how far the page number stands in from the edge of the block


@dataclass(frozen=True, slots=True)
class Footers:
    """The heads and feet of pages as parts of the package, and the references that sections make to them."""

    letter: bool
    header: float = FOOTER
    parts: dict[str, str] = field(default_factory=dict)


def footers(paper: OfficialPaper) -> Footers:
    """Page numbers: odd ones right, even ones left; on lying pages in the same place of the sheet, turned with it."""
    made = Footers(paper.kind == "letter", LETTER_MARK_TOP - GLYPH_TOP * mark_size(paper.mark) * 25.4 / 72)
    lift = FOOTER - LETTER_FOOT if made.letter else 0
    for name, xml in (
        ("footer-odd", _foot(_number("right", lift))),
        ("footer-even", _foot(_number("left", lift))),
        ("footer-odd2", _foot(_turned(odd=True))),
        ("footer-even2", _foot(_turned(odd=False))),
    ):
        made.parts[name] = xml
    if paper.imprint and paper.imprint.overleaf:
        made.parts["footer-odd3"] = made.parts["footer-even3"] = _foot(
            paragraph("footer", run(" "), props=exact(400))
        )
    if made.letter:
        made.parts["footer-first"] = _foot(letterfoot())
        made.parts["header-first"] = _part("hdr", letterhead(paper))
    return made


def _part(tag: str, inside: str) -> str:
    return f"{DECLARATION}<w:{tag} {NAMESPACES}>{inside}</w:{tag}>"


def _foot(inside: str) -> str:
    return _part("ftr", inside)


def _number(side: str, lift: float) -> str:
    place = exact(400, after=twips(lift)) + f'<w:ind w:{side}="{SMALL}"/><w:jc w:val="{side}"/>'
    return paragraph("footer", run("— "), page_field(), run(" —"), props=place)


def _turned(odd: bool) -> str:
    """The number on a lying page: in a frame at the sheet's left edge, turned clockwise, so that it stands where the others do
    once the page is bound with the head of its table to the left."""
    length, height = 30.0, 8.0
    # seen upright, the number ends (odd) or begins (even) one character inside the block, 7 mm below it
    across = BOTTOM - 7.0 - height / 2  # from the lying page's left edge to the frame
    inset = SMALL * 25.4 / 1440
    down = (WIDTH - RIGHT - inset - length) if odd else (LEFT + inset)
    align = "right" if odd else "left"
    inside = paragraph("footer", run("— "), page_field(), run(" —"), props=f'<w:jc w:val="{align}"/>')
    place = f"{across:.2f} {down:.2f}"
    frame = text_box(inside, height, length, place, "页码", turned=True)
    return paragraph("footer", frame)


def section(pages: Footers, landscape: bool, first: bool, overleaf: bool = False) -> str:
    """The properties of a section. A lying page is an upright one turned: its top margin is the sheet's left one.

    `overleaf` begins on an even page and bears no number.
    """
    mark = "3" if overleaf else "2" if landscape else ""
    feet = (
        f'<w:footerReference w:type="default" r:id="footer-odd{mark}"/>'
        f'<w:footerReference w:type="even" r:id="footer-even{mark}"/>'
    )
    header = FOOTER
    letter = ""
    if pages.letter and first:
        feet = f'<w:headerReference w:type="first" r:id="header-first"/>{feet}<w:footerReference w:type="first" r:id="footer-first"/>'
        letter, header = "<w:titlePg/>", pages.header
    foot = LETTER_FOOT if pages.letter else FOOTER
    if landscape:
        page = f'<w:pgSz w:w="{twips(HEIGHT)}" w:h="{twips(WIDTH)}" w:orient="landscape"/>'
        sides = (LEFT, TOP, RIGHT, BOTTOM)
    else:
        page = f'<w:pgSz w:w="{twips(WIDTH)}" w:h="{twips(HEIGHT)}"/>'
        sides = (TOP, RIGHT, BOTTOM, LEFT)
    top, right, bottom, left = (twips(side) for side in sides)
    margins = (
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(header)}" w:footer="{twips(min(foot, sides[2] - 5))}" w:gutter="0"/>'
    )
    return (
        f'<w:sectPr>{feet}<w:type w:val="{"evenPage" if overleaf else "nextPage"}"/>{page}{margins}<w:cols w:space="0"/>{letter}'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )
