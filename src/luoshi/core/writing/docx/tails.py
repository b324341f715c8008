"""What stands below the text: annexes named, signature and date, notes, 版记 (§7.3.4–7.3.6, §7.4)."""

import math
from datetime import date

from luoshi.core.writing.docx.xml import exact, paragraph, rule, run, text_box
from luoshi.core.writing.paper import Imprint, OfficialPaper
from luoshi.core.writing.sheet import BLOCK_WIDTH, CELL, THICK, THIN, cells, signature_starts, twips

IMPRINT_LINE = 440  # twips of a line of 版记
UNDATED = "\u3000\u3000年\u3000月\u3000日"  # on a draft
_KEPT = paragraph("Blank", props="<w:keepNext/>")  # an empty line that holds to what follows
SMALL_CELL = 280  # twips of a 14 pt character, in which 版记 is set


def chinese_date(day: date) -> str:
    """A date as papers write it: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def annex_list(paper: OfficialPaper) -> str:
    """附件说明: one blank line below the text, several ones numbered, turned lines under the first character of the name."""
    if not paper.annexes:
        return ""
    several = len(paper.annexes) > 1
    made = []
    for at, annex in enumerate(paper.annexes, 1):
        lead = ("附件：" if at == 1 else "") + (f"{at}." if several else "")
        begin = 2 if at == 1 else 5
        hang = cells(lead)
        place = (
            f'<w:keepNext/><w:ind w:left="{round((begin + hang) * CELL)}" w:hanging="{round(hang * CELL)}"/>'
        )
        made.append(paragraph("AnnexList", run(lead + annex.title), props=place))
    return _KEPT + "".join(made)


def signature(paper: OfficialPaper) -> str:
    """署名 and 成文日期, with room for the seal or without."""
    if paper.kind in ("minutes", "brief") or not paper.signature:
        return ""
    names, dated = paper.signature.split("\n"), chinese_date(paper.dated) if paper.dated else UNDATED
    starts, date_at = signature_starts(names, dated, paper.sealed)
    made = [_from(start, name) for start, name in zip(starts, names, strict=True)]
    return _KEPT * (2 if paper.sealed else 1) + "".join(made) + _from(date_at, dated)


def _from(start: float, text: str) -> str:
    return paragraph(
        "Signature", run(text), props=f'<w:keepNext/><w:ind w:left="{round(start * CELL)}" w:right="-200"/>'
    )


def note(paper: OfficialPaper) -> str:
    """附注, in brackets."""
    if not paper.note:
        return ""
    text = paper.note if paper.note.startswith("（") else f"（{paper.note}）"
    return paragraph("Note", run(text))


def imprint(paper: OfficialPaper) -> str:
    """版记: a frame at the foot of the last page, thick lines first and last, thin ones between (§7.4.1)."""
    it = paper.imprint
    if it is None or (paper.kind == "letter" and not it.copies):
        return ""
    rows = [_copies(paper, line) for line in it.copies if line]
    if paper.kind != "letter" and (it.printer or it.printed or it.print_run):
        rows.append(_printer(paper, it))
    bare = paper.kind == "letter"
    inside = "" if bare else _line(THICK)
    for at, (text, place) in enumerate(rows, 1):
        inside += paragraph("Imprint", run(text), props=place)
        inside += "" if bare else _line(THICK if at == len(rows) else THIN)
    lines = sum(_line_count(text) for text, _ in rows)
    height = lines * IMPRINT_LINE * 25.4 / 1440 + 1.5
    return exact_paragraph(text_box(inside, BLOCK_WIDTH, height, "bottom", "版记"))


def _line_count(text: str) -> int:
    lead, room = text.find("：") + 1, BLOCK_WIDTH / 25.4 * 1440 / SMALL_CELL
    return max(1, math.ceil((cells(text) - lead) / (room - 2 - lead)))


def _line(mm: float) -> str:
    """A line as wide as the block, in a paragraph of its own: borders of a text would follow its indents."""
    return paragraph("Blank", props=rule("single", mm / 25.4 * 72, "top", "000000") + exact(14))


def _copies(paper: OfficialPaper, line: str) -> tuple[str, str]:
    label, colon, names = line.partition("：")
    lead = label + colon if colon else "抄送："
    text = (names if colon else line).rstrip("。") + ("。" if paper.kind != "brief" else "")
    hang = (1 + len(lead)) * SMALL_CELL
    place = f'<w:ind w:left="{hang}" w:right="{SMALL_CELL}" w:hanging="{len(lead) * SMALL_CELL}"/><w:jc w:val="both"/>'
    return lead + text, place


def _printer(paper: OfficialPaper, it: Imprint) -> tuple[str, str]:
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(BLOCK_WIDTH) - SMALL_CELL}"/></w:tabs>'
    right = f"（共印{it.print_run}份）" if it.print_run else ""
    if it.printed and paper.kind != "brief":
        right = f"{chinese_date(it.printed)}印发"
    return f"{it.printer}\t{right}", f'{stop}<w:ind w:left="{SMALL_CELL}"/>'


def exact_paragraph(inside: str = "") -> str:
    """The last, all but invisible paragraph, to which 版记 is tied."""
    return paragraph("Blank", inside, props=exact(14))
