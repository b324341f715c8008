"""A paper into a .docx: sections, text, the parts of the package. The same paper gives the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping

from luoshi.core.writing.docx import heads, tails
from luoshi.core.writing.docx.sections import Footers, footers, section
from luoshi.core.writing.docx.styles import numbering_xml, settings_xml, styles_xml
from luoshi.core.writing.docx.tables import table
from luoshi.core.writing.docx.xml import DECLARATION, NAMESPACES, blank, clean, exact, paragraph, run
from luoshi.core.writing.paper import Annex, Block, OfficialPaper, Table, Text
from luoshi.core.writing.sheet import BLOCK_HEIGHT, BLOCK_WIDTH, twips
from luoshi.core.writing.titles import title_lines

_STAMP = (2012, 7, 1, 0, 0, 0)  # of every part in the package: the day GB/T 9704-2012 came into force
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def to_docx(paper: OfficialPaper) -> bytes:
    """The .docx of a paper, complete or not (`lacking` says what is missing)."""
    pages = footers(paper)
    parts = {
        "word/document.xml": _document(paper, pages),
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(1 + len(paper.annexes)),
        "word/settings.xml": settings_xml(),
        **{f"word/{name}.xml": xml for name, xml in pages.parts.items()},
    }
    return packed(parts, paper.title, paper.signature or paper.compiler or paper.mark)


def packed(parts: Mapping[str, str], title: str, creator: str) -> bytes:
    """Parts by name as the package of a .docx."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, xml in {**_package(parts, title, creator), **parts}.items():
            package.writestr(zipfile.ZipInfo(name, _STAMP), xml.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _document(paper: OfficialPaper, pages: Footers) -> str:
    flow = Flow(paper, pages)
    flow.add(heads.head(paper), heads.title(paper))
    if paper.to:
        flow.add(blank(), paragraph("To", run(paper.to.rstrip("：:") + "：")))
    else:
        flow.add(blank())
    flow.blocks(paper.body, 1)
    flow.add(tails.annex_list(paper), heads.attendance(paper), tails.signature(paper), tails.note(paper))
    for at, annex in enumerate(paper.annexes, 1):
        flow.annex(annex, at)
    last = flow.end(tails.imprint(paper))
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{flow.xml()}{last}</w:body></w:document>"


class Flow:
    """The document as it grows, with the turn of the page that is being written."""

    def __init__(self, paper: OfficialPaper, pages: Footers) -> None:
        self._made: list[str] = []
        self._paper, self._pages = paper, pages
        self._landscape, self._first = False, True

    def add(self, *xml: str) -> None:
        self._made.extend(xml)

    def xml(self) -> str:
        return "".join(self._made)

    def turn(self, landscape: bool) -> bool:
        """Begin a section of the other turn; nothing when the page already lies so. Whether it did."""
        turned = landscape != self._landscape
        if turned:
            self.add(f'<w:p><w:pPr><w:pStyle w:val="Blank"/>{exact(14)}{self._section()}</w:pPr></w:p>')
            self._landscape, self._first = landscape, False
        return turned

    def _section(self) -> str:
        return section(self._pages, self._landscape, self._first)

    def blocks(self, blocks: Iterable[Block], numbers: int, laid: bool = False, led: bool = False) -> None:
        """Blocks one after the other; with `laid` words too stand on lying pages, with `led` they hold to the table below."""
        blocks = tuple(blocks)
        for at, block in enumerate(blocks, 1):
            lying = laid or (isinstance(block, Table) and block.landscape)
            self.turn(lying)
            self.add(
                _block(
                    block,
                    numbers,
                    lying,
                    keep=(numbers == 1 and at == len(blocks))
                    or (led and any(isinstance(each, Table) for each in blocks[at : at + 1])),
                )
            )

    def annex(self, annex: Annex, at: int) -> None:
        """附件 on a page of its own: its number in 黑体, the title in the third line (§7.3.7)."""
        lying = bool(annex.blocks) and isinstance(annex.blocks[0], Table) and annex.blocks[0].landscape
        turned = self.turn(lying)
        several = len(self._paper.annexes) > 1
        fresh = "" if turned else "<w:pageBreakBefore/>"
        self.add(paragraph("AnnexMark", run(f"附件{at if several else ''}"), props=fresh))
        self.add(blank(), paragraph("Title", run("\n".join(title_lines(annex.title)))), blank())
        self.blocks(annex.blocks, at + 1)

    def end(self, imprint: str) -> str:
        """The last section; 版记 stands on an upright page, at wish on an even one of its own."""
        held = self._paper.imprint
        if imprint and held and held.overleaf:
            self.add(
                f'<w:p><w:pPr><w:pStyle w:val="Blank"/>{exact(14)}{self._section()}</w:pPr></w:p>', imprint
            )
            return section(self._pages, landscape=False, first=False, overleaf=True)
        if imprint:
            self.turn(False)
            self.add(imprint)
        elif self._made[-1].endswith("</w:tbl>"):
            self.add(tails.exact_paragraph())
        return self._section()


def _block(block: Block, numbers: int, lying: bool, keep: bool) -> str:
    if isinstance(block, Table):
        return table(block, twips(BLOCK_HEIGHT if lying else BLOCK_WIDTH))
    if isinstance(block, Text):
        return paragraph("BodyText", run(block.text), props="<w:keepNext/>" if keep else "")
    held = "<w:keepNext/>" if keep or not block.rest else ""
    anew = (
        f'<w:numPr><w:ilvl w:val="{block.level - 1}"/><w:numId w:val="{numbers}"/></w:numPr>'
        if numbers > 1
        else ""
    )
    own = held + anew
    return paragraph(f"Heading{block.level}", run(block.text), run(block.rest, "Plain"), props=own)


def _package(parts: Iterable[str], title: str, creator: str) -> dict[str, str]:
    names = [name.removeprefix("word/").removesuffix(".xml") for name in parts]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KINDS}.{_kind(name, "document.main")}+xml"/>'
        for name in names
    )
    links = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{_kind(name, "")}" Target="{name}.xml"/>'
        for name in names
        if name != "document"
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="document" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "docProps/core.xml": f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{clean(title)}</dc:title>'
        f"<dc:creator>{clean(creator)}</dc:creator></cp:coreProperties>",
    }


def _kind(name: str, document: str) -> str:
    kind = name.rstrip("0123456789").partition("-")[0]
    return document if kind == "document" else kind
