"""Every format gives the same paper: lines, tables, merges."""

import io
from importlib import import_module

import pytest
import xlsxwriter

from luoshi.core.source.loaders import READERS, join, load
from luoshi.core.source.text import SourceText
from tests.core.source import papers


def cells(source: SourceText, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.col, c.rowspan, c.colspan, source.text[c.span.start : c.span.end])
        for c in source.tables[table].cells
    ]


PLAN_CELLS = [
    *((0, i, 1, 1, title) for i, title in enumerate(papers.HEADER)),
    (1, 0, 1, 4, "一、任务清单"),
    (2, 0, 1, 1, "1"),
    (2, 1, 1, 1, "新建学校1所"),
    (2, 2, 1, 1, "县教育局、县财政局"),
    (2, 3, 2, 1, "王一鸣"),
    (3, 0, 1, 1, "2"),
    (3, 1, 1, 1, "新建学校2所"),
    (3, 2, 1, 1, "县教育局、县财政局"),
]


@pytest.mark.parametrize(
    ("name", "format"),
    [("plan.docx", "docx"), ("plan.doc", "doc"), ("plan.wps", "wps")],
    ids=["docx", "doc", "wps"],
)
def test_word_files_give_the_same_lines_and_the_same_grid(name, format):
    data = papers.plan_docx() if name == "plan.docx" else (papers.FILES / "plan.doc").read_bytes()
    source = load(data, name)
    assert (source.format, source.notes) == (format, ())
    assert source.text.split("\n")[:5] == [*papers.LINES, "1.推动增收减负", "2.创新消费业态"]
    assert source.text.endswith("\n全年固定资产投资增长8.5%以上。\n")
    assert cells(source) == PLAN_CELLS
    assert (source.tables[0].rows, source.tables[0].cols) == (4, 4)


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.xls"])
def test_workbooks_print_per_cents_and_dates(name):
    data = papers.plan_xlsx() if name == "plan.xlsx" else (papers.FILES / "plan.xls").read_bytes()
    source = load(data, name)
    assert source.text.split("\n")[0] == "青禾县2026年重点任务责任分解表"
    assert [c[4] for c in cells(source)][4:] == [
        *("1", "第1项工作", "8.5%", "2026年6月30日"),
        *("2", "第2项工作", "9.5%", "2026年6月30日"),
        *("3", "第3项工作", "10.5%", "2026年6月30日"),
    ]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (papers.HTML.replace("{charset}", "utf-8").encode(), "plan.html"),
        (papers.HTML.replace("{charset}", "utf-8").encode("gb18030"), "declared-utf8-is-gb18030.html"),
        (papers.HTML.replace("{charset}", "gb2312").encode(), "declared-gb2312-is-utf8.htm"),
        (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="X"\r\n\r\n--X\r\nContent-Type: text/html\r\n'
            b"Content-Transfer-Encoding: 8bit\r\n\r\n"
            + papers.HTML.replace("{charset}", "utf-8").encode()
            + b"\r\n--X--\r\n",
            "plan.mht",
        ),
    ],
    ids=["utf-8", "gb18030", "gb2312", "mht"],
)
def test_a_saved_page_keeps_the_paper_and_sets_the_site_aside(data, name):
    source = load(data, name)
    kept, at = [], 0
    for line in source.text.split("\n"):
        if line and not any(f.start <= at < f.end for f in source.furniture):
            kept.append(line)
        at += len(line) + 1
    assert kept[:3] == ["青禾县2026年重点任务方案", "青政办发〔2026〕3号", "各乡镇人民政府，县直有关单位："]
    assert kept[3].endswith("现将有关事项通知如下，请认真组织实施，并及时报送进展情况。")
    assert kept[-2:] == ["青禾县人民政府办公室", "2026年3月20日"]
    assert (1, 0, 1, 3, "一、任务清单") in cells(source)
    assert (2, 1, 1, 1, "新建学校1所\n改造学校2所") in cells(source)
    assert (2, 2, 2, 1, "县教育局") in cells(source)
    aside = "".join(source.text[f.start : f.end] for f in source.furniture)
    assert all(word in aside for word in ("首页", "当前的位置", "字体", "分享到", "网站标识码"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("一、目标\r\n增长8%\n".encode(), "一、目标\r\n增长8%\n"),
        ("\ufeff一、目标\n".encode(), "\ufeff一、目标\n"),
        ("一、目标\n增长8%，同比持平。".encode("gb18030"), "一、目标\n增长8%，同比持平。"),
        ("一、目标\n".encode("utf-16"), "一、目标\n"),
        ("一、目标\n".encode("utf-16-le"), "一、目标\n"),
    ],
    ids=["crlf", "bom", "gb18030", "utf-16", "utf-16 without mark"],
)
def test_plain_text_is_the_file_itself(data, text):
    source = load(data, "方案.txt")
    assert (source.text, source.format, source.furniture) == (text, "txt", ())


def test_a_pdf_joins_wrapped_lines_and_leaves_page_numbers_aside():
    pages = [
        [
            "200,780|青禾县重点任务方案",
            "84,740|全年实现地区生产总值增长百分之六以上固定资产投资增长",
            "60,720|8.5%以上“十四五”规划目标全面完成。",
            "60,700|一、主要目标",
            "84,60|千方百计扩大有效投资和居民消费稳住经济基本盘推动全",
            "290,40|— 1 —",
        ],
        ["60,780|县经济持续健康发展。", "84,760|新增就业1万人。", "290,40|— 2 —"],
    ]
    source = load(papers.plan_pdf(pages), "方案.pdf")
    assert source.text.split("\n") == [
        "青禾县重点任务方案",
        "全年实现地区生产总值增长百分之六以上固定资产投资增长8.5%以上“十四五”规划目标全面完成。",
        "一、主要目标",
        "千方百计扩大有效投资和居民消费稳住经济基本盘推动全县经济持续健康发展。",
        "—1—",
        "新增就业1万人。",
        "—2—",
        "",
    ]
    assert [source.text[f.start : f.end] for f in source.furniture] == ["—1—\n", "—2—\n"]
    assert source.text[source.pages[1] :].startswith("县经济持续健康发展。")


def test_ruled_lines_in_a_pdf_are_a_table_with_merges():
    rulings = [(60, y, 360, y) for y in (700, 660, 620, 580)] + [(60, 580, 60, 700), (360, 580, 360, 700)]
    rulings += [(120, 580, 120, 660), (120, 660, 120, 700), (260, 580, 260, 660), (260, 660, 260, 700)]
    page = [
        "66,675|序号",
        "126,675|内容",
        "266,675|责任单位",
        "66,635|1",
        "126,635|新建学校1所",
        "266,635|县教育局",
        "66,595|2",
        "126,595|开展家访",
        "266,595|县教育局",
    ]
    source = load(papers.plan_pdf([page], rulings), "表.pdf")
    assert [c[4] for c in cells(source)] == [
        "序号",
        "内容",
        "责任单位",
        "1",
        "新建学校1所",
        "县教育局",
        "2",
        "开展家访",
        "县教育局",
    ]


def test_ofd_lines_are_rebuilt_from_places():
    source = load(
        papers.ofd(["60,20|青禾县重点任务方案", "30,40|一、主要目标", "38,50|新增就业1万人。"]), "方案.ofd"
    )
    assert source.text == "青禾县重点任务方案\n一、主要目标\n新增就业1万人。\n"


def test_rtf_text_and_table():
    source = load(papers.RTF, "方案.rtf")
    assert source.text == "青禾县2026年重点任务方案\n一、主要目标\n1\t新建学校\nend\n"
    assert len(source.tables) == 1


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (papers.plan_docx(), "方案.doc", "docx"),
        (papers.HTML.replace("{charset}", "utf-8").encode(), "方案.doc", "html"),
        (papers.RTF, "方案.wps", "rtf"),
        (papers.plan_xlsx(), "方案.docx", "xlsx"),
        ("一、主要目标\n".encode(), "方案.docx", "txt"),
    ],
)
def test_a_wrong_extension_is_read_by_content_and_said(data, name, format):
    source = load(data, name)
    assert source.format == format
    assert [note.code for note in source.notes] == ["wrong-extension"]
    assert format in source.notes[0].message


def test_joined_files_keep_their_stretches_and_shift_everything():
    one, two = (
        load(papers.plan_docx(), "方案.docx"),
        load((papers.FILES / "plan.xls").read_bytes(), "附件.xls"),
    )
    both = join((one, two))
    assert [both.text[p.span.start : p.span.end] for p in both.parts] == [one.text, two.text]
    assert [p.name for p in both.parts] == ["方案.docx", "附件.xls"]
    assert cells(both, 1) == cells(two)
    assert join((one,)) is one
    with pytest.raises(ValueError, match="at least one"):
        join(())


def test_every_reader_in_the_table_is_there():
    for module in READERS.values():
        assert callable(import_module(f"luoshi.core.source.loaders.{module}").read)


def test_a_markdown_table_is_a_table_in_the_files_own_text():
    text = "# 方案\n\n| 序号 | 内容 |\n|---|:-:|\n| 1 | 新建学校 |\n| 2 | |\n\n正文\n"
    source = load(text.encode(), "方案.md")
    assert (source.text, source.format) == (text, "md")
    assert [c[4] for c in cells(source)] == ["序号", "内容", "1", "新建学校", "2", ""]


def test_a_page_that_calls_its_paper_a_sidebar_is_still_read():
    prose = "为推动全县经济高质量发展，确保完成全年目标任务，现将有关事项通知如下。"
    page = f'<html><body><div class="nav">首页</div><div class="sidebar print-area"><p>{prose}</p><p>{prose}</p></div></body></html>'
    source = load(page.encode(), "方案.html")
    assert prose not in "".join(source.text[f.start : f.end] for f in source.furniture)


def test_a_table_of_contents_is_furniture():
    text = "目  录\n一、主要目标\t1\n二、重点任务\t3\n三、保障措施\t12\n一、主要目标\n增长8%以上。\n"
    source = load(text.encode(), "方案.txt")
    assert [source.text[f.start : f.end] for f in source.furniture] == [text[: text.index("一、主要目标\n")]]


def test_a_bare_number_at_the_edge_is_a_page_number_only_when_it_counts_with_the_pages():
    pages = [
        [f"60,800|{row}", "84,400|新增就业1万人。", f"290,40|{i + 1}"] for i, row in enumerate((3, 9, 12))
    ]
    source = load(papers.plan_pdf(pages), "方案.pdf")
    assert [source.text[f.start : f.end] for f in source.furniture] == ["1\n", "2\n", "3\n"]


PROSE = "为推动全县经济高质量发展，确保完成全年目标任务，现将有关事项通知如下，请认真贯彻执行。"
SITES = {
    "breaks and blanks": (
        f'<title>关于抓好春耕备耕的通知_青禾县人民政府</title><div class="tit">关于抓好春耕备耕的通知</div><div class="TRS_Editor">青政办函〔2026〕5号<br>&nbsp;&nbsp;&nbsp;&nbsp;{PROSE}<br><br>一、目标任务<br/>全县完成春播面积20万亩。</div><div>更多链接</div>',
        ["关于抓好春耕备耕的通知", "青政办函〔2026〕5号", PROSE, "一、目标任务", "全县完成春播面积20万亩。"],
    ),
    "laid out in tables": (
        f'<table><tr><td><a href="/">首页</a></td><td><a href="/b">动态</a></td></tr><tr><td colspan="2"><table><tr><td><h1>春耕工作方案</h1></td></tr><tr><td id="c"><p>{PROSE}</p><p>{PROSE}</p>'
        "<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>备足种子</td></tr></table></td></tr></table></td></tr></table>",
        ["春耕工作方案", PROSE, PROSE, "序号\t任务", "1\t备足种子"],
    ),
    "card before, annex outside": (
        "<table><tr><td>索引号：</td><td>000-1</td></tr><tr><td>发文机关：</td><td>县政府办</td></tr><tr><td>发文字号：</td><td>青政办发〔2026〕3号</td></tr><tr><td>成文日期：</td><td>2026年3月20日</td></tr></table>"
        f"<div><p>{PROSE * 12}</p><p>一、目标</p></div><p>附件</p><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>备足种子</td></tr></table><div>网站地图</div>",
        ["发文字号： 青政办发〔2026〕3号", PROSE * 12, "一、目标", "附件", "序号\t任务", "1\t备足种子"],
    ),
}


@pytest.mark.parametrize(("body", "kept"), SITES.values(), ids=SITES)
def test_pages_of_other_builds(body, kept):
    source = load(f"<html><body>{body}</body></html>".encode(), "通知.html")
    at, lines = 0, []
    for line in source.text.split("\n"):
        if line and not any(f.start <= at < f.end for f in source.furniture):
            lines.append(line.strip("\u00a0"))
        at += len(line) + 1
    assert lines == kept


def test_rows_that_a_filter_hides_are_left_out_and_said():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for i in range(4):
        sheet.write_row(i, 0, [i, f"第{i}项"])
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    source = load(stream.getvalue(), "表.xlsx")
    assert source.text == "0\t第0项\n1\t第1项\n\t\n3\t第3项\n"
    assert [note.code for note in source.notes] == ["hidden-rows"]


@pytest.mark.parametrize("name", ["方案", "方案.2026年", "关于3.5亩地的方案"])
def test_a_name_without_an_extension_is_no_wrong_extension(name):
    assert load(papers.plan_docx(), name).notes == ()


def test_a_text_may_begin_like_a_picture():
    assert load("BM25算法推广方案\n".encode(), "方案.txt").format == "txt"


def test_a_doc_keeps_numbers_and_leaves_out_what_was_deleted_or_hidden():
    source = load((papers.FILES / "revised.doc").read_bytes(), "方案.doc")
    assert source.text.split("\n")[:8] == [
        "增长6%以上。",
        "见明",
        "一、事项0",
        "（一）事项1",
        "1.事项2",
        "2.事项3",
        "（二）事项4",
        "二、事项5",
    ]
    assert [note.code for note in source.notes] == ["tracked-changes", "hidden-text"]


def test_rtf_leaves_out_what_was_deleted_or_hidden():
    data = rb"{\rtf1\ansi \u26032?{\deleted 5}6{\v x}\u24180?\par}"
    source = load(data, "方案.rtf")
    assert source.text == "新6年\n"
    assert [note.code for note in source.notes] == ["tracked-changes", "hidden-text"]


def test_strokes_in_an_ofd_are_a_table():
    strokes = [f"M 0 {y} L 90 {y}" for y in (0, 10, 20)] + [f"M {x} 0 L {x} 20" for x in (0, 30, 90)]
    paths = "".join(
        f'<ofd:PathObject ID="{90 + i}" Boundary="20 40 90 20"><ofd:AbbreviatedData>{stroke}</ofd:AbbreviatedData></ofd:PathObject>'
        for i, stroke in enumerate(strokes)
    )
    source = load(papers.ofd(["24,43|序号", "54,43|内容", "24,53|1", "54,53|新建学校"], paths), "表.ofd")
    assert [c[4] for c in cells(source)] == ["序号", "内容", "1", "新建学校"]
