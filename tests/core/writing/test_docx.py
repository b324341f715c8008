"""The .docx itself: what Word, WPS and our own reader find in it."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from luoshi.core.source.loaders import load
from luoshi.core.writing.docx.write import to_docx
from luoshi.core.writing.docx.xml import W
from luoshi.core.writing.paper import OfficialPaper, Text
from tests.core.writing.papers import ALL, FILE, LETTER, UPWARD

NS = {"w": W}


def part(content, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def test_the_same_paper_gives_the_same_bytes():
    assert to_docx(FILE) == to_docx(FILE)


@pytest.mark.parametrize("name", ALL)
def test_every_part_is_well_formed_and_named(name):
    package = zipfile.ZipFile(io.BytesIO(to_docx(ALL[name])))
    kinds = package.read("[Content_Types].xml").decode()
    for inside in package.namelist():
        etree.fromstring(package.read(inside))
        assert inside.endswith(".rels") or inside == "[Content_Types].xml" or f"/{inside}" in kinds


def test_sections_have_the_page_and_grid_of_the_standard():
    sections = part(to_docx(FILE), "word/document.xml").findall(".//w:sectPr", NS)
    assert len(sections) == 3
    upright, lying, last = (
        {tag: dict(s.find(f"w:{tag}", NS).attrib) for tag in ("pgSz", "pgMar", "docGrid")} for s in sections
    )
    assert upright == last
    assert upright["docGrid"] == {f"{{{W}}}type": "lines", f"{{{W}}}linePitch": "579"}
    sides = {
        side: round(int(upright["pgMar"][f"{{{W}}}{side}"]) * 25.4 / 1440)
        for side in ("top", "left", "right", "bottom")
    }
    assert sides == {"top": 37, "left": 28, "right": 26, "bottom": 35}
    turned = {
        side: round(int(lying["pgMar"][f"{{{W}}}{side}"]) * 25.4 / 1440)
        for side in ("top", "left", "right", "bottom")
    }
    assert turned == {"top": 28, "right": 37, "bottom": 26, "left": 35}
    assert lying["pgSz"][f"{{{W}}}orient"] == "landscape"


def test_headings_are_real_and_numbered_by_word():
    paper = docx.Document(io.BytesIO(to_docx(FILE)))
    found = [(p.style.name, p.text) for p in paper.paragraphs if p.style.name.startswith("Heading")]
    assert found[:4] == [
        ("Heading 1", "总体情况"),
        ("Heading 1", "主要指标"),
        ("Heading 2", f"指标完成。{FILE.body[4].rest}"),
        ("Heading 3", f"开工项目。{FILE.body[5].rest}"),
    ]
    levels = part(to_docx(FILE), "word/numbering.xml").findall(".//w:lvl", NS)
    assert [lvl.find("w:lvlText", NS).get(f"{{{W}}}val") for lvl in levels] == [
        "%1、",
        "（%2）",
        "%3.",
        "（%4）",
    ]


def test_each_annex_begins_its_numbers_anew():
    document = part(to_docx(FILE), "word/document.xml")
    used = {n.get(f"{{{W}}}val") for n in document.findall(".//w:numId", NS)}
    assert used == {"3"}
    assert len(part(to_docx(FILE), "word/numbering.xml").findall("w:num", NS)) == 3


def test_heads_of_tables_repeat_and_rows_stay_whole():
    for table in part(to_docx(FILE), "word/document.xml").findall(".//w:tbl", NS):
        rows = table.findall("w:tr", NS)
        assert [bool(r.findall(".//w:tblHeader", NS)) for r in rows] == [True] + [False] * (len(rows) - 1)
        assert all(r.findall(".//w:cantSplit", NS) for r in rows)


def test_it_names_the_types_of_the_offices():
    styles = zipfile.ZipFile(io.BytesIO(to_docx(FILE))).read("word/styles.xml").decode()
    for name in ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"):
        assert f'w:eastAsia="{name}"' in styles
    assert "Noto" not in styles


def test_a_letter_has_a_first_page_of_its_own():
    section = part(to_docx(LETTER), "word/document.xml").find(".//w:sectPr", NS)
    assert section.find("w:titlePg", NS) is not None
    assert "first" in [r.get(f"{{{W}}}type") for r in section.findall("w:footerReference", NS)]


def test_an_upward_paper_names_its_signer():
    text = "".join(part(to_docx(UPWARD), "word/document.xml").itertext())
    assert "签发人：周立新" in text
    assert text.startswith("特急")


def test_our_own_reader_reads_it_with_its_numbers():
    text = load(to_docx(FILE), "通报.docx").text
    for words in (
        "一、总体情况",
        "（一）指标完成。",
        "1.开工项目。",
        "（1）竣工项目。",
        "附件2",
        "一、工业",
        "2026年7月5日",
    ):
        assert words in text


@pytest.mark.parametrize("text", ["<w:p>&amp;", "\x00\x0b坏字符\ufffe", "]]>", "😀"])
def test_whatever_is_typed_stays_text(text):
    paper = OfficialPaper("file", "标志", "字号", f"标题{text}", (Text(text),), signature=text, to=text)
    assert part(to_docx(paper), "word/document.xml") is not None


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt "
    "vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders "
    "shd tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr "
    "rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_elements_stand_in_the_order_of_the_schema(name):
    """ECMA-376 part 1: Word may refuse a file whose properties stand in another order; LibreOffice does not mind."""
    package = zipfile.ZipFile(io.BytesIO(to_docx(ALL[name])))
    wrong = set()
    for inside in (n for n in package.namelist() if n.startswith("word/") and n.endswith(".xml")):
        for element in etree.fromstring(package.read(inside)).iter():
            order = ORDERS.get(etree.QName(element).localname)
            if order is None or etree.QName(element).namespace != W:
                continue
            found = [order.split().index(etree.QName(child).localname) for child in element]
            if found != sorted(found):
                wrong.add(
                    (inside, etree.QName(element).localname, *(etree.QName(c).localname for c in element))
                )
    assert not wrong
