"""What stands above the text: the red head of a file, the letterhead, the heads of minutes and briefs (§7.2, §10.1, §10.3)."""

from luoshi.core.writing.docx.xml import blank, exact, gap, indent, paragraph, rule, run, size
from luoshi.core.writing.paper import OfficialPaper
from luoshi.core.writing.sheet import (
    BLOCK_WIDTH,
    CELL,
    CELLS,
    LETTER_RULE,
    LINE,
    MARK_TOP,
    RULE_GAP,
    cells,
    mark_size,
    twips,
)
from luoshi.core.writing.titles import title_lines

RED_LINE = 2.25  # points
GLYPH_TOP = 0.12  # of its size: the white above a Chinese character in a line of exactly its size (measured)
NUMBER_FOOT = (
    4.3  # points between the foot of a 16 pt character and the foot of its line of 28.95 pt (measured)
)
WIDE = "\u3000"


def head(paper: OfficialPaper) -> str:
    """Everything above the title."""
    if paper.kind == "letter":
        return _letter_number(paper)
    if paper.kind == "brief":
        return _brief(paper)
    return _file(paper)


def title(paper: OfficialPaper) -> str:
    """The title, two lines below the red line."""
    lines = "\n".join(title_lines(paper.title))
    return blank(2) + paragraph("Title", run(lines))


def _mark(text: str, top: float) -> str:
    """The mark, its upper edge `top` mm below the block's: an empty line of measured height, then a line of its size."""
    points = mark_size(text)
    line = round(points * 20 * 1.2)
    above = twips(top) - round(points * 20 * GLYPH_TOP)
    urgent = gap(above)
    return urgent + paragraph("Mark", run(text, props=size(points)), props=exact(line))


def _urgency(paper: OfficialPaper, top: float, points: float) -> str:
    above = twips(top) - round(points * 20 * GLYPH_TOP)
    return paragraph("Blank", run(paper.urgency, "Black")) + gap(above - LINE)


def _file(paper: OfficialPaper) -> str:
    points = mark_size(paper.mark)
    if paper.urgency:
        mark = _urgency(paper, MARK_TOP, points) + paragraph(
            "Mark", run(paper.mark, props=size(points)), props=exact(round(points * 24))
        )
    else:
        mark = _mark(paper.mark, MARK_TOP)
    if paper.signer:
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{(CELLS - 1) * CELL}"/></w:tabs>'
        number = paragraph(
            "Number",
            run(f"{WIDE}{paper.number}\t签发人："),
            run(paper.signer, "Kai"),
            props=stop + '<w:jc w:val="left"/>',
        )
    else:
        number = paragraph("Number", run(paper.number))
    return mark + blank(2) + number + red_line()


def red_line() -> str:
    """The red line, 4 mm below the number, as wide as the block."""
    height = max(20, twips(RULE_GAP) - round(NUMBER_FOOT * 20))
    return paragraph("Blank", props=rule("single", RED_LINE) + exact(height))


def _brief(paper: OfficialPaper) -> str:
    points = min(mark_size(paper.mark), 52.0)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{(CELLS - 1) * CELL}"/></w:tabs>'
    dated = f"{paper.dated.year}年{paper.dated.month}月{paper.dated.day}日" if paper.dated else ""
    return (
        gap(LINE)
        + paragraph("Mark", run(paper.mark, props=size(points)), props=exact(round(points * 24)))
        + paragraph("Number", run(paper.number), props=exact(LINE, before=200))
        + blank()
        + paragraph("Number", run(f"{WIDE}{paper.compiler}\t{dated}"), props=stop + '<w:jc w:val="left"/>')
        + red_line()
    )


def _letter_number(paper: OfficialPaper) -> str:
    """Flush right, 7/8 of a 16 pt character below the double line."""
    above = 40  # the line stands in the head of the page; see letterhead
    urgent = f"{paper.urgency}\t" if paper.urgency else ""
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(BLOCK_WIDTH)}"/></w:tabs>' if urgent else ""
    side = "left" if urgent else "right"
    return gap(above) + paragraph(
        "Number", run(urgent, "Black"), run(paper.number), props=stop + exact(440) + f'<w:jc w:val="{side}"/>'
    )


def letterhead(paper: OfficialPaper) -> str:
    """The head of a letter's first page: the mark 30 mm below the edge of the sheet, 4 mm below it the double line."""
    points = mark_size(paper.mark)
    left = (
        -(LETTER_RULE - BLOCK_WIDTH) / 2 - 1
    )  # 170 mm centred on the sheet; the block lies 1 mm right of the middle
    right = -(LETTER_RULE - BLOCK_WIDTH) / 2 + 1
    return paragraph(
        "Mark", run(paper.mark, props=size(points)), props=exact(round(points * 20 * 1.2)) + indent(-1, 1)
    ) + paragraph("Blank", props=rule("thickThinSmallGap", 3) + exact(160) + indent(left, right))


def letterfoot() -> str:
    """The double line 20 mm above the lower edge of a letter's first page."""
    left, right = -(LETTER_RULE - BLOCK_WIDTH) / 2 - 1, -(LETTER_RULE - BLOCK_WIDTH) / 2 + 1
    return paragraph(
        "footer", props=rule("thinThickSmallGap", 3, side="top") + exact(14) + indent(left, right)
    )


def attendance(paper: OfficialPaper) -> str:
    """出席、请假、列席 of minutes: the word in 黑体, the names hanging from the colon (§10.3)."""
    made = []
    for word, names in paper.present:
        label = f"{word}："
        hang = (2 + cells(label)) * CELL
        place = f'<w:ind w:left="{round(hang)}" w:hanging="{round(cells(label) * CELL)}"/>'
        made.append(
            paragraph("Signature", run(label, "Black"), run(names), props=place + '<w:jc w:val="both"/>')
        )
    return blank() + "".join(made) if made else ""
