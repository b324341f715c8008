"""The few shapes of WordprocessingML that papers are made of: runs, paragraphs, fields. Strings in, strings out."""

import re
from xml.sax.saxutils import escape

from luoshi.core.writing.sheet import LINE, RED, twips

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMU = 36000  # of a millimetre, in drawings
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Text as XML may hold it: signs that no XML can carry are dropped, the rest escaped."""
    return escape(_FORBIDDEN.sub("", text))


def fonts(name: str) -> str:
    """The type of a run, for Chinese, digits and Latin letters alike."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """The size of a run."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def run(text: str, style: str = "", props: str = "") -> str:
    """A run of text; a newline in it breaks the line, a tab goes to the next stop."""
    if not text:
        return ""
    inner = (f'<w:rStyle w:val="{style}"/>' if style else "") + props
    parts = []
    for piece in re.split(r"([\n\t])", text):
        if piece == "\n":
            parts.append("<w:br/>")
        elif piece == "\t":
            parts.append("<w:tab/>")
        elif piece:
            parts.append(f'<w:t xml:space="preserve">{clean(piece)}</w:t>')
    return f"<w:r>{f'<w:rPr>{inner}</w:rPr>' if inner else ''}{''.join(parts)}</w:r>"


def paragraph(style: str, *runs: str, props: str = "") -> str:
    """A paragraph in a named style. `props` follow in the order of the schema (numPr … pBdr … tabs … spacing, ind, jc, sectPr)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}</w:pPr>{"".join(runs)}</w:p>'


def exact(line: int, before: int = 0, after: int = 0) -> str:
    """Spacing with lines of exactly `line` twips, whatever the grid of the page would make of them."""
    return f'<w:snapToGrid w:val="0"/><w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def blank(count: int = 1, style: str = "Blank") -> str:
    """Empty lines of the grid."""
    return paragraph(style) * count


def gap(line: int, style: str = "Blank") -> str:
    """An empty line of exactly `line` twips."""
    return paragraph(style, props=exact(line)) if line != LINE else blank()


def rule(kind: str, points: float, side: str = "bottom", color: str = RED, space: int = 0) -> str:
    """The border of a paragraph, which is how a line as wide as the block is drawn."""
    return f'<w:pBdr><w:{side} w:val="{kind}" w:sz="{max(2, round(points * 8))}" w:space="{space}" w:color="{color}"/></w:pBdr>'


def page_field() -> str:
    """The number of the page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def indent(left_mm: float = 0, right_mm: float = 0) -> str:
    """Indents in millimetres; negative ones stand out into the margin."""
    return f'<w:ind w:left="{twips(left_mm)}" w:right="{twips(right_mm)}" w:firstLine="0"/>'


def text_box(inside: str, width: float, height: float, place: str, name: str, turned: bool = False) -> str:
    """A run with a box of text, in mm. `place` is "bottom" (of the block, the text keeping clear of it) or "x y" on the sheet.

    `turned` text reads downwards: the page is seen lying, and will be bound upright.
    """
    if place == "bottom":
        where = (
            '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
            '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        )
        wrap, body = "<wp:wrapTopAndBottom/>", 'anchor="b"'
    else:
        across, down = (round(float(part) * EMU) for part in place.split())
        where = (
            f'<wp:positionH relativeFrom="page"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="page"><wp:posOffset>{down}</wp:posOffset></wp:positionV>'
        )
        wrap, body = "<wp:wrapNone/>", 'anchor="ctr"'
    wide, high = round(width * EMU), round(height * EMU)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"'
        ' simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{where}<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
        f'<wp:docPr id="{sum(map(ord, place + name))}" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr vert="{"vert" if turned else "horz"}" lIns="0" tIns="0" rIns="0" bIns="0" {body}><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
