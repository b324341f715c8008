"""Terms that a task's own words set, and phrases that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.deadlines import find_deadline, read_due
from luoshi.core.source.clean import FOLD

TERMS = [
    ("年内完成签约，早日投产。", "2026"),
    ("确保2026年内全面完成规划。", "2026"),
    ("到2028年，建成社区10个。", "2028"),
    ("2026年全县新增规上企业10家以上。", "2026"),
    ("力争2026年新增返乡创业主体800个。", "2026"),
    ("2026年底前全面完成。", "2026-12-31"),
    ("年底前完成改造。", "2026-12-31"),
    ("6月底前印发方案，9月30日前开工。", "2026-09-30"),
    ("2027年12月底前竣工。", "2027-12-31"),
    ("10月中旬前建成。", "2026-10-20"),
    ("十二月底前完成验收。", "2026-12-31"),
    ("三季度末完成主体工程。", "2026-Q3"),
    ("2026年第二季度开工。", "2026-Q2"),
    ("上半年完成征地。", "2026-06-30"),
    ("2026年建成投用。2026年秋季开学前交付。", "2026-08-31"),
    ("排查整治（3月16日至6月30日）。企业自查。", "2026-06-30"),
    ("国庆节前投入使用。", "2026-09-30"),
    ("9月完成主体工程，加快配套。", "2026-09-30"),
    ("推进国道改造，8月25日通车。", "2026-08-25"),
    ("力争2026年6月完成。", "2026-06-30"),
    ("2026年12\n月底前投产。", "2026-12-31"),
    ("汛期前的 5 月底完成，6 月\n底前收储土地。", "2026-06-30"),
    ("2026 年 9 月 15 日前建成。", "2026-09-15"),
]
NO_TERMS = [
    "一期工程已于2026年5月30日通车。",
    "发布2026年青禾县民营企业榜单。",
    "支持申报2026年省级工程技术中心。",
    "落实《2026年度筛查方案》。",
    "落实统一大市场建设2026年重点任务。",
    "落实三年行动方案（2025—2027年）。",
    "力争三年内成本明显下降。",
    "每月25日前报送进展。",
    "9月开展质量月活动。",
    "组织参加5月18日开幕的展会。",
    "每年6月底前完成核查。",
    "自2026年6月28日起施行。",
    "按季度归集并公开。",
    "2025年完成投资5亿元。",
    "2025年12月底已经完工。",
    "打造“2026年度文明城市”。",
    "一季度完成全年申报计划的60%。",
    "6月底前实现年度任务过半。",
]


@pytest.mark.parametrize(("text", "value"), TERMS)
def test_a_term_is_read_in_the_plan_s_year(text: str, value: str) -> None:
    folded = text.translate(FOLD)
    found = find_deadline(folded, 0, len(folded), 2026)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", NO_TERMS)
def test_years_that_name_things_and_dates_that_recur_are_no_terms(text: str) -> None:
    folded = text.translate(FOLD)
    assert find_deadline(folded, 0, len(folded), 2026) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026年6月", "2026-06-30"),
        ("12月底", "2026-12-31"),
        ("6月", "2026-06-30"),
        ("2026.6.30", "2026-06-30"),
        ("2026-06", "2026-06-30"),
        ("2026年第三季度", "2026-Q3"),
        ("全年", "2026"),
        ("年底前", "2026-12-31"),
        ("2027年", "2027"),
        ("分别于9月、6月底前完成", "2026-09-30"),
        ("3月底前完成摸底，10月底前完成改造，11月开展验收", "2026-11-30"),
        ("长期坚持", None),
        ("", None),
    ],
)
def test_a_cell_of_terms_is_read_more_freely(cell: str, value: str | None) -> None:
    found = read_due(cell, 0, len(cell), 2026)
    assert (found.value if found else None) == value


def test_without_a_plan_year_only_printed_years_count() -> None:
    assert find_deadline("年内完成。", 0, 5, None) is None
    found = find_deadline("2026年底前完成。", 0, 10, None)
    assert found is not None
    assert found.value == "2026-12-31"


@given(st.text(alphabet="2026年13月0底前内日到秋季开学、。力争每", max_size=40))
def test_the_place_of_a_term_lies_in_the_text(text: str) -> None:
    found = find_deadline(text, 0, len(text), 2026)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert found.value[:4] >= "2026"
