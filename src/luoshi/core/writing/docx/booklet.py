"""A booklet into a .docx: cover, contents with links and page numbers, chapters on upright or lying pages. The same booklet and the
same page numbers give the same bytes."""

from collections.abc import Mapping

from luoshi.core.writing.booklet import Booklet, Chapter, bookmark
from luoshi.core.writing.docx import tails
from luoshi.core.writing.docx.sections import footers
from luoshi.core.writing.docx.styles import numbering_xml, settings_xml, styles_xml
from luoshi.core.writing.docx.write import Flow, packed
from luoshi.core.writing.docx.xml import DECLARATION, NAMESPACES, blank, exact, paragraph, run
from luoshi.core.writing.paper import OfficialPaper, Table
from luoshi.core.writing.sheet import BLOCK_WIDTH, CELL, LINE, cells, twips
from luoshi.core.writing.titles import title_lines

CONTENTS = "目　录"
_LEADER = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(BLOCK_WIDTH)}"/></w:tabs>'
_ABOVE = 240  # twips between a table and the heading below it
_ENTRY = 500  # twips of a line of the contents
_PLAIN = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


def booklet_docx(it: Booklet, pages: Mapping[str, int]) -> bytes:
    """The .docx; `pages` holds the page of each chapter's bookmark, or nothing while they are not known."""
    plain = OfficialPaper("file", "", "", it.title, ())
    feet = footers(plain)
    flow = Flow(plain, feet)
    flow.add(paragraph("Number", run(it.mark), props='<w:jc w:val="right"/>'), blank())
    flow.add(paragraph("Title", run("\n".join(title_lines(it.title)))), blank())
    flow.add(*(_fact(label, text) for label, text in it.facts))
    flow.add(*(paragraph("BodyText", run(text)) for text in it.lead))
    flow.add(paragraph("Caption", run(CONTENTS), props="<w:keepNext/>" + exact(LINE, before=_ABOVE)))
    last = len(it.entries)
    for at, entry in enumerate(it.entries, 1):
        flow.add(_entry(entry, at, pages.get(bookmark(at)), held=at < last))
    first = True
    for at, chapter in enumerate(it.chapters, 1):
        _chapter(flow, chapter, at, fresh=first)
        first = False
    flow.add(tails.exact_paragraph())
    body = f"{flow.xml()}{flow.end('')}"
    parts = {
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(1),
        "word/settings.xml": settings_xml(),
        **{f"word/{name}.xml": xml for name, xml in feet.parts.items()},
    }
    return packed(parts, it.title, it.creator)


def _fact(label: str, text: str) -> str:
    """A line of the cover; turned lines hang from the colon."""
    words = f"{label}："
    place = f'<w:ind w:left="{round((2 + cells(words)) * CELL)}" w:hanging="{round(cells(words) * CELL)}"/><w:jc w:val="both"/>'
    return paragraph("Signature", run(words, "Black"), run(text), props=place)


def _entry(text: str, at: int, page: int | None, held: bool) -> str:
    """A line of the contents: a link to the chapter, with its page as a field that Word can update. The contents stay on one
    page: `held` lines keep to the next."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {bookmark(at)} \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(str(page) if page else "…")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = (
        f'<w:hyperlink w:anchor="{bookmark(at)}" w:history="1">{run(text)}{run(chr(9))}{field}</w:hyperlink>'
    )
    return paragraph("Blank", link, props=("<w:keepNext/>" if held else "") + _LEADER + exact(_ENTRY))


def _chapter(flow: Flow, chapter: Chapter, at: int, fresh: bool) -> None:
    """Its heading on the page on which its first table lies; the first chapter begins a page of its own."""
    lying = any(isinstance(block, Table) and block.landscape for block in chapter.blocks)
    turned = flow.turn(lying)
    page = "<w:pageBreakBefore/>" if (fresh or chapter.annex) and not turned else ""
    number = _PLAIN if chapter.annex else ""
    below = "" if page or turned else exact(LINE, before=_ABOVE)
    title = f"附件：{chapter.title}" if chapter.annex else chapter.title
    marked = f'<w:bookmarkStart w:id="{at}" w:name="{bookmark(at)}"/>{run(title)}<w:bookmarkEnd w:id="{at}"/>'
    flow.add(paragraph("Heading1", marked, props=f"<w:keepNext/>{page}{number}{below}"))
    flow.blocks(chapter.blocks, 1, lying, led=True)
