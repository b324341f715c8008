"""Owner clauses and cells in every layout: who leads, who helps, whose list is open."""

import pytest

from luoshi.core.plan.owners import read_clause, read_owners
from luoshi.core.source.clean import FOLD, clean
from luoshi.core.source.text import SourceText

ROWS = [
    ("(县人社局牵头负责,县科工局、禾丰镇等按职责分工负责)", ["县人社局"], ["县科工局", "禾丰镇"]),
    (
        "(青禾经开区牵头县科工局、市生态环境局青禾分局分工负责)",
        ["青禾经开区"],
        ["县科工局", "市生态环境局青禾分局"],
    ),
    ("(县科工局、县发改局按职责分工牵头负责)", ["县科工局", "县发改局"], []),
    ("(各成员单位按职责分工负责)", [], ["各成员单位"]),
    ("(县科工局县发改局负责)", [], ["县科工局", "县发改局"]),
    ("(牵头单位:县金融办,责任单位:县商务局、县自然资源局等负责)", ["县金融办"], ["县商务局", "县自然资源局"]),
    ("(牵头单位：县发改局；配合单位：县财政局)", ["县发改局"], ["县财政局"]),
    ("责任单位：市科技局、市经信局，各区、县(市)政府", [], ["市科技局", "市经信局", "各区、县(市)政府"]),
    ("[责任单位：〔市发改委、市财政局〕]", [], ["市发改委", "市财政局"]),
    ("县发改局(牵头)、县财政局、县科工局", ["县发改局"], ["县财政局", "县科工局"]),
    ("由县住建局牵头、县财政局配合", ["县住建局"], ["县财政局"]),
    ("县发改局会同县财政局负责", ["县发改局"], ["县财政局"]),
    ("(发展改革委、财政部牵头，人民银行等参与)", ["发展改革委", "财政部"], ["人民银行"]),
    ("县安委办牵头，青禾经开区，各乡镇人民政府", ["县安委办"], ["青禾经开区", "各乡镇人民政府"]),
    ("县教育局为牵头单位，县财政局、县人社局为责任单位", ["县教育局"], ["县财政局", "县人社局"]),
    ("牵头：县发改局；配合：县财政局", ["县发改局"], ["县财政局"]),
    ("由县数据局牵头建设平台，县公安局、县民政局配合", ["县数据局"], ["县公安局", "县民政局"]),
    ("主责单位：县教育局；协同单位：县卫健局", ["县教育局"], ["县卫健局"]),
    ("县农业农村局牵头，相关单位按照职责分工抓好落实", ["县农业农村局"], ["相关单位"]),
    ("区委办、区政协办", [], ["区委办", "区政协办"]),
    ("承办单位：县文旅局；主办单位：县委宣传部", ["县委宣传部"], ["县文旅局"]),
    ("负责部门：市发改委、市数据局", [], ["市发改委", "市数据局"]),
    ("县公安局、县应急局按各自职责分工负责", [], ["县公安局", "县应急局"]),
    ("(责任单位：镇环卫站、各村〔社区〕)", [], ["镇环卫站", "各村〔社区〕"]),
    ("〔责任单位：各村〔社区〕红白理事会〕", [], ["各村〔社区〕红白理事会"]),
    ("主责：县水利局\n协办：县生态环境局", ["县水利局"], ["县生态环境局"]),
    ("责任站所：自然资源所、综合执法队", [], ["自然资源所", "综合执法队"]),
    ("(3-4项责任单位：县水务局、县城投公司)", [], ["县水务局", "县城投公司"]),
    ("以上三项工作由县城管局牵头，县园林中心配合", ["县城管局"], ["县园林中心"]),
    (
        "责任单位：县发改局、县商务局（除另有说明外，列第一位的为牵头单位，下同）",
        [],
        ["县发改局", "县商务局"],
    ),
]


@pytest.mark.parametrize(("text", "lead", "units"), ROWS)
def test_each_name_takes_the_role_its_clause_gives(text: str, lead: list[str], units: list[str]) -> None:
    named = read_clause(text.translate(FOLD)).named
    assert [n.name for n in named if n.role == "lead"] == lead
    assert [n.name for n in named if n.role == "units"] == units


def test_a_column_headed_lead_makes_its_names_lead() -> None:
    assert [n.role for n in read_clause("县发改局、县财政局", role="lead").named] == ["lead", "lead"]


def test_people_and_a_date_beside_the_units_are_kept_apart() -> None:
    text = "牵头单位:县教育局 责任领导:张三丰、李四 完成时限:2025年6月底前"
    clause = read_clause(text)
    assert [n.name for n in clause.named] == ["县教育局"]
    assert [text[a:b] for a, b in clause.people] == ["张三丰、李四"]
    assert clause.due is not None
    assert text[slice(*clause.due)] == "2025年6月底前"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("（县发改局牵头，县财政局配合）", []),
        ("（县发改局牵头，各乡镇人民政府配合）", ["collective"]),
        ("（县发改局牵头，县财政局等配合）", ["open-ended"]),
        ("（县发改局县财政局负责）", ["split-guessed", "lead-guessed"]),
        ("（县发改局、县财政局牵头）", ["lead-guessed"]),
        ("（县发改局负责）", []),
    ],
)
def test_what_is_unsure_becomes_a_question(text: str, codes: list[str]) -> None:
    cleaned = clean(SourceText("a.txt", "txt", text))
    assert [d.code for d in read_owners(cleaned, 0, len(text)).doubts] == codes


def test_names_are_cut_from_the_printed_text_and_named_once() -> None:
    text = "（区住建局（交通局）、区人社局、区人社局负责）"
    found = read_owners(clean(SourceText("a.txt", "txt", text)), 0, len(text)).owners
    assert [o.name for o in found] == ["区住建局（交通局）", "区人社局"]
    assert [text[o.span.start : o.span.end] for o in found if o.span] == ["区住建局（交通局）", "区人社局"]
