"""Per-group duties in numbers."""

import pytest

from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.quotas import find_quotas
from luoshi.core.source.text import SourceText


def quotas(text):
    return find_quotas(open_paper(SourceText("方案.txt", "txt", text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "各专班需全年在专班简报上发表至少4篇以上经验稿(内宣),在省级媒体上(仅限江口日报)发表至少3篇以上宣传稿(外宣)。",
            [("各专班", "经验稿(内宣)", 4, "年"), ("各专班", "宣传稿(外宣)", 3, "年")],
        ),
        ("每个单位确定一名联络员。", [("每个单位", "联络员", 1, "单位")]),
        ("成员单位要确定2名联络员。", [("成员单位", "联络员", 2, "单位")]),
        ("请各单位于3月25日前报送1名联络员。", [("各单位", "联络员", 1, "单位")]),
        (
            "各成员单位要明确1名分管领导和1名联络员。",
            [("各成员单位", "分管领导", 1, "单位"), ("各成员单位", "联络员", 1, "单位")],
        ),
        ("各单位每季度报送不少于2条信息。", [("各单位", "信息", 2, "季度")]),
        (
            "各乡镇每月报送信息不少于2条、典型案例不少于1篇。",
            [("各乡镇", "信息", 2, "月"), ("各乡镇", "典型案例", 1, "月")],
        ),
        ("每个专班全年在省级以上媒体刊发稿件10篇以上。", [("每个专班", "稿件", 10, "年")]),
        ("各专班每年至少总结提炼两个典型案例。", [("各专班", "典型案例", 2, "年")]),
        ("各专班每月在省级媒体发稿不少于1篇。", [("各专班", "发稿", 1, "月")]),
        (
            "每个专班每季度在市级媒体刊发稿件不少于2篇,省级媒体不少于1篇。",
            [("每个专班", "稿件", 2, "季度"), ("每个专班", "省级媒体稿件", 1, "季度")],
        ),
        (
            "各乡镇全年向县级以上媒体投稿不少于12篇、信息不少于20条。",
            [("各乡镇", "投稿", 12, "年"), ("各乡镇", "信息", 20, "年")],
        ),
        ("县级领导每人联系2家企业。", [("县级领导", "联系企业", 2, "人")]),
        ("18名县级领导每人包抓重点工程不少于2个。", [("县级领导", "包抓重点工程", 2, "人")]),
        ("每名科级干部结对帮扶3户困难群众。", [("每名科级干部", "结对帮扶困难群众", 3, "人")]),
        # one unit's own number is an indicator, not a quota
        ("县委宣传部全年推出专题报道20篇。", []),
        ("引进人才10名,落实1名专人负责。", []),
        ("每万人拥有专利2件。", []),
    ],
)
def test_a_sentence(text, expected):
    assert [(q.who, q.what, q.at_least, q.per) for q in quotas(text)] == expected


def test_quote_and_span_are_the_clause():
    text = "强化保障。各单位要确定1名联络员,每月上报信息3条以上。"
    first, second = quotas(text)
    assert text[first.span.start : first.span.end] == first.quote == "各单位要确定1名联络员"
    assert text[second.span.start : second.span.end] == second.quote == "每月上报信息3条以上"
