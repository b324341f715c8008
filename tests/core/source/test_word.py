"""What Word knows and does not write: automatic numbers, revisions, comments, text boxes, footnotes, merged cells."""

import pytest

from luoshi.core.source.loaders import load
from luoshi.core.source.loaders.numbering import counting, number
from luoshi.core.source.text import SourceText
from tests.core.source.papers import cell, docx, packed, paragraph, table


def read(body: str, **parts: str) -> SourceText:
    return load(docx(body, **parts), "方案.docx")


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.rstrip("\n").split("\n")


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("n", "form", "printed"),
    [
        (3, "decimal", "3"),
        (3, "chineseCounting", "三"),
        (10, "chineseCountingThousand", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百〇五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千〇一"),
        (12, "ideographDigital", "一二"),
        (3, "chineseLegalSimplified", "叁"),
        (7, "decimalEnclosedCircle", "⑦"),
        (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"),
        (3, "decimalFullWidth", "３"),
        (3, "decimalZero", "03"),
        (2, "ideographTraditional", "乙"),
        (2, "none", ""),
        (5, "somethingNew", "5"),
    ],
)
def test_number_formats_of_word(n, form, printed):
    assert number(n, form) == printed


def test_counting_agrees_with_its_digits():
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")}
    for n in range(1, 1000):
        text = counting(n)
        value = unit = 0
        for char in text if text[0] != "十" else "一" + text:
            unit = digits.get(char, unit)
            value += {"十": unit * 10, "百": unit * 100}.get(char, 0)
            unit = unit if char in digits else 0
        assert value + unit == n


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
)


def listed(text: str, level: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="4"/></w:numPr>')


def test_automatic_numbers_are_printed_and_begin_anew_under_a_new_heading():
    levels = (0, 1, 2, 2, 1, 2, 0, 1)
    body = "".join(listed(f"事项{i}", level) for i, level in enumerate(levels))
    assert lines(body, numbering=LISTS) == [
        "一、事项0",
        "（一）事项1",
        "1.事项2",
        "2.事项3",
        "（二）事项4",
        "1.事项5",
        "二、事项6",
        "（一）事项7",
    ]


def test_a_style_gives_its_number_to_the_paragraph():
    styles = '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style><w:style w:styleId="x"><w:basedOn w:val="base"/></w:style>'
    body = paragraph("主要目标", '<w:pStyle w:val="x"/>') + paragraph("重点任务", '<w:pStyle w:val="x"/>')
    assert lines(body, numbering=LISTS, styles=styles) == ["一、主要目标", "二、重点任务"]


def test_a_number_column_filled_by_word_is_a_number_column():
    plain = LISTS.replace('w:val="%3."', 'w:val="%3"')
    number_cell = (
        '<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="4"/></w:numPr></w:pPr></w:p></w:tc>'
    )
    source = read(table(number_cell + cell("甲"), number_cell + cell("乙")), numbering=plain)
    assert source.text == "1\t甲\n2\t乙\n"


@pytest.mark.parametrize(
    ("body", "text", "notes"),
    [
        (f"<w:p>{run('增长')}<w:del>{run('5%')}</w:del><w:ins>{run('6%')}</w:ins></w:p>", "增长6%", ["tracked-changes"]),
        (f"<w:p><w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo></w:p>", "新", ["tracked-changes"]),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半')}</w:p><w:p>{run('后半')}</w:p>", "前半后半", ["tracked-changes"]),
        (f"<w:p><w:commentRangeStart/>{run('增长6%')}<w:r><w:commentReference/></w:r></w:p>", "增长6%", ["comments"]),
        (f"<w:p>{run('见')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>{run('明')}</w:p>", "见明", ["hidden-text"]),
        (f"<w:p>{run('第')}<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>{run('页')}</w:p>", "第页", []),
        (f"<w:p>{run('前')}<w:r><w:tab/><w:t>中</w:t><w:br/><w:t>后</w:t></w:r></w:p>", "前\t中\n后", []),
        (f'<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>{run("已完成")}</w:p>', "☑已完成", []),
        (f"<w:p><w:hyperlink>{run('附件')}</w:hyperlink><w:sdt><w:sdtContent>{run('1')}</w:sdtContent></w:sdt></w:p>", "附件1", []),
        (f"<w:sdt><w:sdtContent><w:p>{run('目标')}</w:p></w:sdtContent></w:sdt>", "目标", []),
    ],
    ids=["deleted", "moved", "paragraph-mark", "comment", "hidden", "field", "breaks", "symbol", "wrapped", "block"],
)  # fmt: skip
def test_runs(body, text, notes):
    source = read(body)
    assert source.text == text + "\n"
    assert [note.code for note in source.notes] == notes


def test_a_text_box_is_read_once_and_footnotes_stand_at_the_end():
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    drawing = f'<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    note = f'<w:footnote w:id="2"><w:p>{run("以市定目标为准")}</w:p></w:footnote>'
    body = (
        f'<w:p>{run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r>{drawing}</w:p><w:p>{run("下段")}</w:p>'
    )
    assert lines(body, footnotes=note) == ["正文", "框内", "下段", "〔注1〕以市定目标为准"]


def test_headers_and_footers_are_not_in_the_text():
    assert read(paragraph("正文"), header1=paragraph("页眉"), footer1=paragraph("1")).text == "正文\n"


def test_a_table_in_a_cell_is_kept_as_lines_of_the_cell():
    inner = table(cell("子项") + cell("完成"), cell("甲") + cell("乙"))
    source = read(table(cell("1") + f"<w:tc>{paragraph('内容')}{inner}</w:tc>", cell("2") + cell("丙")))
    assert source.text == "1\t内容\n子项 完成\n甲 乙\n2\t丙\n"
    assert len(source.tables) == 1


def test_a_frame_of_one_cell_is_no_table():
    source = read(table(f"<w:tc>{paragraph('一、目标')}{paragraph('增长6%')}</w:tc>"))
    assert (source.text, source.tables) == ("一、目标\n增长6%\n", ())


def test_a_deleted_row_is_out():
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('旧')}</w:tr>"
    source = read(
        f"<w:tbl><w:tr>{cell('1')}{cell('甲')}</w:tr>{deleted}<w:tr>{cell('2')}{cell('乙')}</w:tr></w:tbl>"
    )
    assert source.text == "1\t甲\n2\t乙\n"
    assert [note.code for note in source.notes] == ["tracked-changes"]


def test_a_paragraph_of_four_thousand_characters_stays_one_line():
    long = "扎实推进重点任务，" * 450
    assert lines(paragraph(long)) == [long]


def test_strict_office_files_are_read_too():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("正文")}</w:body></w:document>'
    assert load(packed({"word/document.xml": document}), "方案.docx").text == "正文\n"
