"""What a paper lacks, said in Chinese; titles that keep their words; where a signature stands."""

from dataclasses import replace
from datetime import date

import pytest

from luoshi.core.writing.fonts import FANG, STAND_INS, choose, said, substitution
from luoshi.core.writing.paper import Annex, Table, Text, lacking, length
from luoshi.core.writing.sheet import cells, mark_size, signature_starts
from luoshi.core.writing.titles import title_lines
from tests.core.writing.papers import ALL, BRIEF, FILE, LETTER, MINUTES


@pytest.mark.parametrize("name", ALL)
def test_a_complete_paper_lacks_nothing(name):
    assert lacking(ALL[name]) == ()


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        (replace(FILE, mark=""), "公文没有发文机关标志"),
        (replace(FILE, number=""), "没有发文字号"),
        (replace(FILE, number="青政办发[2026]12号"), "请改为“〔2026〕”"),
        (replace(FILE, number="青政办发（2026）12号"), "请改为“〔2026〕”"),
        (replace(FILE, number="青政办发〔2026〕012号"), "序号不编虚位"),
        (replace(FILE, number="青政办发〔26〕12号"), "年份写全"),
        (replace(FILE, number="青政办发〔2026〕第12号"), "不加“第”"),
        (replace(FILE, title=" "), "公文没有标题"),
        (replace(FILE, title="关于落实情况的通报。"), "请去掉“。”"),
        (replace(FILE, title="长" * 101), "请缩短"),
        (replace(FILE, body=()), "公文没有正文"),
        (replace(FILE, to=""), "没有主送机关"),
        (replace(FILE, signature=""), "没有发文机关署名"),
        (replace(FILE, dated=None), "没有成文日期"),
        (replace(FILE, annexes=(Annex("", (Text("x"),)),)), "附件1没有名称"),
        (replace(FILE, annexes=(Annex("清单。", (Text("x"),)),)), "附件1名称后不加标点"),
        (replace(FILE, annexes=(Annex("清单", ()),)), "附件1是空的"),
        (replace(FILE, annexes=(Annex("清单", (Table(("甲",), (("1", "2"),), (1,)),)),)), "列数与表头不一致"),
        (replace(LETTER, to=""), "没有主送机关"),
        (replace(MINUTES, present=()), "没有出席人员"),
        (replace(MINUTES, number="第05期"), "不编虚位"),
        (replace(BRIEF, compiler=""), "没有编印单位"),
        (replace(BRIEF, number=""), "没有期号"),
        (replace(BRIEF, dated=None), "没有印发日期"),
    ],
)
def test_what_is_missing_is_one_sentence(paper, sentence):
    found = lacking(paper)
    assert len(found) == 1, found
    assert sentence in found[0]
    assert found[0].endswith("。")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("关于2026年上半年重点任务落实情况的通报", 1),
        ("青禾县人民政府办公室关于2026年上半年重点任务落实情况的通报", 2),
        ("青禾县人民政府关于印发《青禾县实施“八大行动”总体方案》的通知", 2),
        (
            "青禾县人民政府办公室关于进一步加强2026年第三季度重点项目建设和招商引资任务督查督办工作有关问题整改情况的通报",
            3,
        ),
    ],
)
def test_titles_break_between_words(title, wanted):
    lines = title_lines(title)
    assert len(lines) == wanted
    assert "".join(lines) == title
    assert all(cells(line) <= 20 for line in lines)
    for line in lines[1:]:
        assert line[0] not in "的了、，》”年月日"
    for line in lines[:-1]:
        assert not line.endswith(("关于", "《", "“"))


def test_a_break_set_by_hand_is_kept():
    assert title_lines("关于落实情况的\n通报") == ("关于落实情况的", "通报")


@pytest.mark.parametrize(
    ("names", "dated", "sealed", "starts", "date_at"),
    [
        (("青禾县人民政府办公室",), "2026年7月5日", True, (16.0, ), 18.0),
        (("青禾县人民政府办公室",), "2026年7月5日", False, (16.0,), 18.0),
        (("县水利局",), "2026年12月25日", False, (17.0,), 19.0),
    ],
)  # fmt: skip
def test_where_a_signature_stands(names, dated, sealed, starts, date_at):
    found, at = signature_starts(names, dated, sealed)
    if sealed:
        middle = at + cells(dated) / 2
        assert at + cells(dated) == 24
        assert found[0] + cells(names[0]) / 2 == middle
    else:
        assert at == found[0] + 2
        assert max(found[0] + cells(names[0]), at + cells(dated)) <= 26
        assert 26 in (found[0] + cells(names[0]), at + cells(dated))


def test_a_long_mark_gets_smaller_and_stays_on_one_line():
    for mark in ("县府文件", "青禾县人民政府文件", "青禾县人民政府办公室八大行动综合协调组文件"):
        assert cells(mark) * mark_size(mark) <= 156 / 25.4 * 72


def test_length_counts_the_text_without_tables_and_annexes():
    assert length(replace(FILE, body=(Text("一二三"), Table(("甲",), (("乙",),), (1,))))) == 3


def test_a_type_that_is_installed_is_used_and_others_are_named():
    own = choose(STAND_INS)
    assert all(choice.exact for choice in own)
    assert said(own) == f"字体：{'、'.join(STAND_INS)}，均已安装。"
    other = choose({"Noto Serif CJK SC"})
    assert f"{FANG}用Noto Serif CJK SC代替" in said(other)
    assert "Noto Serif CJK SC" in substitution(other)
    assert "系统默认字体" in said(choose(()))
    assert not any(choice.exact for choice in choose(()))


def test_a_date_is_written_without_noughts():
    assert FILE.dated == date(2026, 7, 5)
