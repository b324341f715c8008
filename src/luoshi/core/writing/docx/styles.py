"""The styles and numbering of a paper: real ones, so that Word's navigation, contents and style pane know a heading."""

from luoshi.core.writing.docx.xml import DECLARATION, NAMESPACES, exact, fonts, size
from luoshi.core.writing.fonts import BLACK, FANG, KAI, SONG, TITLE
from luoshi.core.writing.sheet import CELL, LINE, TIGHTER

_TWO_CELLS = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CELL}"/>'
_NONE = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
LEVELS = (
    ("chineseCountingThousand", "%1、", BLACK),
    ("chineseCountingThousand", "（%2）", KAI),
    ("decimal", "%3.", FANG),
    ("decimal", "（%4）", FANG),
)
TABLE_LINE = 340  # twips: 17 pt for rows of 12 pt
SMALL_LINE = 290  # for rows of 10.5 pt


def _style(
    slug: str, name: str, pars: str = "", runs: str = "", based: str = "Normal", following: str = ""
) -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if slug != based else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    default = ' w:default="1"' if slug == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{slug}"><w:name w:val="{name}"/>{parent}{after}<w:qFormat/>'
        f"<w:pPr>{pars}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
    )


def _character(slug: str, name: str, runs: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{slug}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{runs}</w:rPr></w:style>"
    )


def _headings() -> str:
    return "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>{_TWO_CELLS}'
            f'<w:jc w:val="both"/><w:outlineLvl w:val="{level - 1}"/>',
            fonts(face) + '<w:b w:val="0"/>',
            following="BodyText",
        )
        for level, (_, _, face) in enumerate(LEVELS, 1)
    )


def _tables(slug: str, name: str, line: int, points: float) -> tuple[str, ...]:
    plain, center = '<w:spacing w:val="0"/>' + size(points), '<w:jc w:val="center"/>'
    return (
        _style(f"TableHead{slug}", f"表头{name}", exact(line) + center, fonts(BLACK) + plain),
        _style(f"TableText{slug}", f"表文{name}", exact(line), plain),
        _style(f"TableGroup{slug}", f"表内分组{name}", exact(line), fonts(KAI) + plain),
    )


def styles_xml() -> str:
    """styles.xml. Every style says its own spacing: nothing is left to a reader's grid rules."""
    center, both = '<w:jc w:val="center"/>', '<w:jc w:val="both"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}<w:spacing w:val="{TIGHTER}"/><w:kern w:val="0"/>{size(16)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:widowControl w:val="0"/>{exact(LINE)}</w:pPr></w:pPrDefault></w:docDefaults>'
    )
    body = (
        _style("Normal", "Normal", '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'),
        _style("BodyText", "Body Text", _TWO_CELLS + both),
        _style("Blank", "公文空行", _NONE),
        _headings(),
        _style("Mark", "发文机关标志", center, fonts(TITLE) + '<w:color w:val="FF0000"/>'),
        _style("Number", "发文字号", center),
        _style("Title", "Title", exact(660) + center, fonts(TITLE) + '<w:spacing w:val="0"/>' + size(22)),
        _style("To", "主送机关", _NONE + both),
        _style("AnnexList", "附件说明", both),
        _style("Signature", "署名和成文日期", _NONE),
        _style("Note", "附注", _TWO_CELLS),
        _style("AnnexMark", "附件序号", '<w:keepNext/><w:outlineLvl w:val="0"/>', fonts(BLACK)),
        _style("Caption", "表题", "<w:keepNext/>" + center, fonts(BLACK)),
        *_tables("", "", TABLE_LINE, 12),
        *_tables("Small", "（五号）", SMALL_LINE, 10.5),
        _style("Imprint", "版记", exact(440), '<w:spacing w:val="0"/>' + size(14)),
        _style("footer", "footer", exact(400), fonts(SONG) + '<w:spacing w:val="0"/>' + size(14)),
        _style("header", "header", exact(20), size(2)),
    )
    chars = (
        _character("Plain", "接排正文", fonts(FANG)),
        _character("Black", "黑体字", fonts(BLACK)),
        _character("Kai", "楷体字", fonts(KAI)),
    )
    table_style = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Ledger"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/>'
        "<w:tblPr><w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + '</w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
    )
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(body)}{''.join(chars)}{table_style}</w:styles>"


def numbering_xml(lists: int) -> str:
    """numbering.xml: one multilevel list linked to the headings, begun anew `lists` times (the text, then each annex)."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_TWO_CELLS}</w:pPr><w:rPr>{fonts(face)}</w:rPr></w:lvl>"
        for at, (form, text, face) in enumerate(LEVELS)
    )
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for at in range(len(LEVELS))
    )
    nums = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>{anew if at > 1 else ""}</w:num>'
        for at in range(1, lists + 1)
    )
    return (
        f'{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>{nums}</w:numbering>"
    )


def settings_xml() -> str:
    """settings.xml: odd and even pages differ, punctuation is not squeezed, the grid is East Asian."""
    return (
        f"{DECLARATION}<w:settings {NAMESPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
