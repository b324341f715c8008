"""Write the demo county's two plans as .docx from the readable text beside this file.

    .venv/bin/python demo/make_documents.py          (writes into src/luoshi/demo_county/)

The look follows GB/T 9704: A4, 37/35/28/26 mm margins, 仿宋 three-size body at 28.95 pt, red head and red line,
page numbers outside left and right. Same text, same bytes.

Marks, one to a line:  `! key value` head of the paper · `= ` centred title · `# ` `## ` `### ` headings as typed,
with `+` numbered by Word itself · `> ` flush left · `@sign … @end` signature · `@page` new page ·
`@table relative-widths … @end` one row a line, cells split by ` | `: `^` joins the cell above, `<` the cell to the
left, `~` is empty. Every other line is a paragraph.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "luoshi" / "demo_county"
PAPERS = {
    "plan_1.txt": "青禾县实施“八大行动”总体方案.docx",
    "plan_2.txt": "青禾县2026年政府工作报告重点任务分解方案.docx",
}
WRITTEN = datetime(2026, 2, 12, 9, 0)
RED = RGBColor(0xE6, 0x00, 0x12)
BODY, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LINE = Pt(28.95)
HEADING_FONT = {1: HEI, 2: KAI, 3: BODY}
# Word's own numbering of the three heading levels: 一、 （一） 1．
LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3．"))


def write(
    paragraph: Paragraph, text: str, font: str = BODY, size: float = 16, colour: RGBColor | None = None
) -> None:
    """Add one run, with the font set for Chinese characters as well as Latin ones."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour


def lay(
    paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH | None = None, indent: float = 0, line: Pt = LINE
) -> Paragraph:
    """Exact line height; `indent` of the first line in points."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    shape.space_before = shape.space_after = Pt(0)
    shape.first_line_indent = Pt(indent)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def field(paragraph: Paragraph, code: str) -> None:
    """A Word field such as PAGE, in the four-size 宋体 of page numbers."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.name, run.font.size = SONG, Pt(14)
        if kind is None:
            text = OxmlElement("w:instrText")
            text.text = code
            run._element.append(text)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)


class Numbering:
    """Word's automatic numbers: one list for each run of headings under the same parent, so that each starts at 1."""

    def __init__(self, document: Document) -> None:
        self.root = document.part.numbering_part.element
        self.current: dict[int, int] = {}
        self.last = 900

    def restart_below(self, level: int) -> None:
        self.current = {depth: num for depth, num in self.current.items() if depth <= level}

    def number(self, paragraph: Paragraph, level: int) -> None:
        if level not in self.current:
            self.current[level] = self._new_list(level)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self.current[level]

    def _new_list(self, level: int) -> int:
        self.last += 1
        (style, text), font = LEVELS[level - 1], HEADING_FONT[level]
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.last}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{re.sub("%[0-9]", "%1", text)}"/><w:lvlJc w:val="left"/>'
            f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="32"/></w:rPr>'
            "</w:lvl></w:abstractNum>"
        )
        self.root.insert(0, abstract)
        number = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{self.last}"><w:abstractNumId w:val="{self.last}"/></w:num>'
        )
        self.root.append(number)
        return self.last


def set_page(document: Document, running: str) -> None:
    """A4 with the margins of the standard, running head, page number between two dashes."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    head = lay(section.header.paragraphs[0], WD_ALIGN_PARAGRAPH.CENTER, line=Pt(14))
    write(head, running, SONG, 9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, "— ", SONG, 14)
    field(foot, "PAGE")
    write(foot, " —", SONG, 14)


def red_head(document: Document, issuer: str, number: str) -> None:
    """Red issuing mark, document number, red line over the width of the text."""
    write(lay(document.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER, line=Pt(60)), issuer, TITLE, 36, RED)
    paragraph = lay(document.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER)
    write(paragraph, number)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="6" w:color="E60012"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().append(border)
    lay(document.add_paragraph())


def heading(document: Document, numbering: Numbering, level: int, automatic: bool, text: str) -> None:
    """A heading; from the second level down its first sentence may run into the body of the paragraph."""
    numbering.restart_below(level if automatic else level - 1)
    paragraph = lay(document.add_paragraph(), indent=32)
    if automatic:
        numbering.number(paragraph, level)
    head, full_stop, body = text.partition("。")
    write(paragraph, head + full_stop, HEADING_FONT[level])
    if body:
        write(paragraph, body)


def build_table(document: Document, widths: list[float], rows: list[list[str]]) -> None:
    """A bordered table; `^` and `<` become real merged cells, the first row repeats on every page."""
    table: Table = document.add_table(rows=len(rows), cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Cm(width)
            paragraph = lay(cell.paragraphs[0], line=Pt(18))
            if text not in ("^", "<", "~"):
                write(paragraph, text, HEI if row is table.rows[0] else BODY, 10.5)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for y, texts in enumerate(rows):
        for x, text in enumerate(texts):
            if text == "<" and (x + 1 == len(texts) or texts[x + 1] != "<"):
                start = max(i for i in range(x) if texts[i] != "<")
                join(table, (y, start), (y, x))
            if text == "^" and (y + 1 == len(rows) or rows[y + 1][x] != "^"):
                start = max(i for i in range(y) if rows[i][x] != "^")
                join(table, (start, x), (y, x))


def join(table: Table, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Merge a block of cells and drop the empty paragraphs that merging leaves behind."""
    merged = table.cell(*first).merge(table.cell(*last))
    for paragraph in merged.paragraphs:
        if not paragraph.text and len(merged.paragraphs) > 1:
            paragraph._p.getparent().remove(paragraph._p)


def shares(text: str) -> list[float]:
    """Column widths in centimetres: the numbers given, scaled to the 15.6 cm of the text."""
    given = [float(width) for width in text.split()]
    return [width * 15.6 / sum(given) for width in given]


def take_block(lines: Iterator[str]) -> list[str]:
    """The lines up to `@end`."""
    return list(iter(lambda: next(lines), "@end"))


def build(source: str) -> Document:
    """The document that a marked text describes."""
    document = docx.Document()
    numbering = Numbering(document)
    head: dict[str, str] = {}
    lines = iter(source.splitlines())
    for line in lines:
        mark, _, text = line.partition(" ")
        if mark == "!":
            key, _, value = text.partition(" ")
            head[key] = value
            if key == "running":
                set_page(document, value)
                red_head(document, head["header"], head["number"])
        elif mark == "=":
            write(lay(document.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER, line=Pt(34)), text, TITLE, 22)
        elif mark.startswith("#"):
            heading(document, numbering, mark.count("#"), mark.endswith("+"), text)
        elif mark == ">":
            write(lay(document.add_paragraph()), text)
        elif mark == "@page":
            document.add_page_break()
        elif mark == "@sign":
            for signed in take_block(lines):
                write(lay(document.add_paragraph(), WD_ALIGN_PARAGRAPH.RIGHT), signed + "　　")
        elif mark == "@table":
            rows = [row.split(" | ") for row in take_block(lines)]
            build_table(document, shares(text), rows)
        elif line:
            write(lay(document.add_paragraph(), indent=32), line)
    core = document.core_properties
    core.author, core.title = head["header"].removesuffix("文件"), head["running"]
    core.created = core.modified = WRITTEN
    core.comments = ""
    return document


def steady_bytes(document: Document) -> bytes:
    """The file with fixed times inside the zip, so that making it again changes nothing."""
    made = io.BytesIO()
    document.save(made)
    steady = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()


def main() -> int:
    for source, name in PAPERS.items():
        (PACKAGE / name).write_bytes(steady_bytes(build((HERE / source).read_text(encoding="utf-8"))))
        print(PACKAGE / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
