"""Cleaning leaves characters out and never moves one: every clean character has its place in the source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.source.clean import FOLD, clean, fold
from luoshi.core.source.furniture import find_furniture
from luoshi.core.source.text import SourceText, Span

PIECES = st.sampled_from(
    ["一、主要目标", "（一）", "增长8.5％以上，", "完成。", "通  知", "王 五", "2024 年", "\n", "\r\n", "\n\n", " ", "　", "\t", "\u200b", "\ufeff", "“千百", "十”工程",
     "打印", "来源：县政府办", "1", "、", "：", "附件1", "ＡＢ１２", "\r", "😀"]
)  # fmt: skip


def paper(text: str, *furniture: tuple[int, int]) -> SourceText:
    return SourceText("方案.txt", "txt", text, furniture=tuple(Span(*gap) for gap in furniture))


def printed(text: str) -> str:
    return clean(paper(text)).printed


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_every_clean_character_stands_in_the_source(text):
    source = SourceText("方案.txt", "txt", text, furniture=find_furniture(text))
    result = clean(source)
    assert len(result.text) == len(result.printed)
    assert result.text == result.printed.translate(FOLD)
    places = [result.origin(i) for i in range(len(result.text))]
    assert places == sorted(set(places))
    for i, at in enumerate(places):
        assert text[at] == result.printed[i] or (text[at], result.printed[i]) == ("\r", "\n")
        assert not any(gap.start <= at < gap.end for gap in source.furniture)


@given(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.data())
@settings(max_examples=200, deadline=None)
def test_a_span_begins_and_ends_with_the_glyphs_of_its_range(text, data):
    result = clean(paper(text))
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    span = result.span(start, end)
    assert span.end <= len(text)
    if end > start:
        assert text[span.start] in (result.printed[start], "\r")
        assert text[span.end - 1] in (result.printed[end - 1], "\r")


@given(st.text(max_size=200))
def test_folding_is_the_table(text):
    assert fold(text) == text.translate(FOLD)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("通  知", "通知"),
        ("组    长：王一鸣  县长", "组长：王一鸣  县长"),
        ("实 施 方 案", "实施方案"),
        ("罗 静 副县长", "罗静 副县长"),
        ("王 五  李 六", "王五  李六"),
        ("到 2026 年底", "到2026年底"),
        ("增长 8.5 %", "增长8.5%"),
        ("教育 、卫生", "教育、卫生"),
        ("1 新建学校", "1 新建学校"),
        ("  1 新建学校", "  1 新建学校"),
        ("县教育局  2026年", "县教育局  2026年"),
        ("AI 赋能 OPC", "AI 赋能 OPC"),
        ("内容\t责任单位", "内容\t责任单位"),
        ("零\u200b宽", "零宽"),
        ("\ufeff一、", "一、"),
        ("甲\r\n乙", "甲\n乙"),
        ("甲\r乙", "甲\n乙"),
        ("　　第一段", "　　第一段"),
    ],
)
def test_blanks_that_are_layout_go(text, kept):
    assert printed(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "搭建骨架。持续实施“千百\n\n十”工程，加快推进工业化。",
            "搭建骨架。持续实施“千百十”工程，加快推进工业化。",
        ),
        ("提升能力。推动关键技术研\n\n发等项目取得突破。", "提升能力。推动关键技术研发等项目取得突破。"),
        ("抓好落实。强化督查\n一、组织领导。成立专班。", "抓好落实。强化督查\n一、组织领导。成立专班。"),
        (
            "新建学校。改造校舍\n\n县教育局、县财政局\n\n王一鸣",
            "新建学校。改造校舍\n\n县教育局、县财政局\n\n王一鸣",
        ),
        ("主要任务。重点是\n（一）扩大投资。抓好项目。", "主要任务。重点是\n（一）扩大投资。抓好项目。"),
        ("一、主要目标\n全年增长8%。稳住经济。", "一、主要目标\n全年增长8%。稳住经济。"),
        ("抓好落实。强化督查\n责任单位：县教育局。", "抓好落实。强化督查\n责任单位：县教育局。"),
    ],
    ids=["quote", "column", "heading", "cells", "sub-heading", "short line", "owner line"],
)
def test_lines_join_only_inside_a_sentence(text, kept):
    assert printed(text) == kept


def test_a_text_wrapped_to_a_width_is_unwrapped():
    paragraph = "青禾县把修路架桥放在前面，先难后易，一村一策，早开工早见效，让山里的果子当天运到城里，" * 6
    width, wrapped = 30, []
    for heading in ("一、总体要求", "二、重点任务", "三、保障措施"):
        body = "　　" + paragraph[:-1] + "。"
        wrapped += [heading, *(body[i : i + width] for i in range(0, len(body), width))]
    result = printed("\n".join(wrapped)).split("\n")
    assert [line.strip() for line in result] == [
        line
        for heading in ("一、总体要求", "二、重点任务", "三、保障措施")
        for line in (heading, paragraph[:-1] + "。")
    ]


def test_scanned_lines_with_a_ragged_edge_are_unwrapped_and_headings_stay():
    body = "全县完成年度投资 12 亿元，产业投资占比达到四成，新增床位三百张，转移农村劳动力一万人次，"
    wrapped: list[str] = []
    for number in "一二三四":
        text = f"（{number}）实施项目提质增效攻坚行动统筹各类重点工作\n" + body * 3 + "按期完成。"
        heading, _, text = text.partition("\n")
        wrapped.append(heading)
        at = 0
        for width in (27, 31, 25, 29, 26, 30, 31):
            wrapped.append(text[at : at + width])
            at += width
    result = printed("\n".join(line for line in wrapped if line)).split("\n")
    assert len(result) == 8
    assert result[2] == "（二）实施项目提质增效攻坚行动统筹各类重点工作"


def test_lines_of_uneven_length_are_unwrapped_where_most_stop_in_mid_sentence():
    sentence = "全年社会消费品零售总额增长百分之七以上网络零售额突破十亿元建成夜间消费集聚区两个新增公共停车位若干农贸市场改造到位"
    wrapped: list[str] = []
    for part in range(12):
        wrapped.append(f"{part + 1}.提升县城商圈。")
        text, at = sentence + "。", 0
        for width in (27, 19, 25):
            wrapped.append(text[at : at + width])
            at += width
    result = printed("\n".join(line for line in wrapped if line)).split("\n")
    assert result.count(sentence + "。") == 12


def test_a_page_number_between_wrapped_lines_does_not_part_them():
    sentence = "县交通局把修路架桥放在前面，计划投资12.5亿元，新建桥梁10座，惠及群众5.6万人" * 4 + "。"
    body = [sentence[i : i + 32] for i in range(0, len(sentence), 32)]
    text = "\n".join([*body[:3], "— 1 —", *body[3:], *(("　　" + "\n".join(body)).split("\n") * 2)])
    source = SourceText("方案.txt", "txt", text, furniture=find_furniture(text))
    assert [line.strip("　") for line in clean(source).printed.split("\n")] == [sentence] * 3


def test_paragraphs_of_one_line_each_stay_lines():
    text = "\n".join(f"（{n}）推进第{n}项工作，完成投资{n}亿元。" for n in "一二三四五六七八九十" * 3)
    assert printed(text) == text


def test_a_gap_is_covered_by_the_span_that_runs_over_it():
    source = paper("第一页的话没有完\n— 1 —\n这里说完。", (9, 15))
    result = clean(source)
    start = result.text.index("没有完")
    span = result.span(start, result.text.index("这里") + 2)
    assert source.text[span.start : span.end] == "没有完\n— 1 —\n这里"


def test_an_empty_source_has_an_empty_span():
    assert clean(paper("")).span(0, 0) == Span(0, 0)


def test_marks_of_markdown_go():
    source = SourceText("方案.md", "md", "# 青禾县方案\n\n## 一、目标\n**增长8%**以上\n")
    assert clean(source).printed == "青禾县方案\n\n一、目标\n增长8%以上\n"


def test_wrapped_lines_between_labels_are_unwrapped_and_labels_stay():
    short = [
        "完成时限:12月",
        "二、保障",
        "(一)领导",
        "(二)经费",
        "(三)督查",
        "三、附则",
        "(一)解释",
        "(二)施行",
    ] * 2
    lines = [
        "一、主要指标", "1.一般公共预算收入增长 4%,税收收入占比达到 65%", "以上。", "责任领导:沈亦舟 牵头单位:县财政局",
        "2.做强食品。新增绿色认证 8 个,打造百亿级食", "品产业集群,产值突破 60 亿元。", "责任领导:陆远 牵头单位:县科工局",
        "配合单位:县市场监管局、县农业农村局、县商", "务局", "3.推进全域旅游。今年全年接待国内外游客", "320 万人次,旅游综合收入 22 亿元。",
        "责任领导:陆远 牵头单位:县文旅局", "4.新建高标准幼儿园 2 所,幼儿园覆盖率 92%", "以上。", "牵头单位:县教育局", *short,
    ]  # fmt: skip
    assert printed("\n".join(lines)).split("\n") == [
        "一、主要指标",
        "1.一般公共预算收入增长4%,税收收入占比达到65%以上。",
        "责任领导:沈亦舟 牵头单位:县财政局",
        "2.做强食品。新增绿色认证8个,打造百亿级食品产业集群,产值突破60亿元。",
        "责任领导:陆远 牵头单位:县科工局",
        "配合单位:县市场监管局、县农业农村局、县商务局",
        "3.推进全域旅游。今年全年接待国内外游客320 万人次,旅游综合收入22亿元。",
        "责任领导:陆远 牵头单位:县文旅局",
        "4.新建高标准幼儿园2所,幼儿园覆盖率92%以上。",
        "牵头单位:县教育局",
        *short,
    ]
