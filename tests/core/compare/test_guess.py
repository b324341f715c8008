"""How two plans are related, read off the documents."""

import pytest

from luoshi.core.compare.guess import guess_relation, place_of
from luoshi.core.plan.model import Document, Plan
from luoshi.core.source.text import SourceText
from tests.core.compare.papers import CITY, COUNTY, read


def paper(issuer=None, title=None, number=None, year=2026, text=""):
    document = Document(title=title, number=number, issuer=issuer, year=year)
    return Plan(SourceText("方案.txt", "txt", text), document)


@pytest.mark.parametrize(
    ("issuer", "title", "text", "place"),
    [
        ("青禾县人民政府办公室", None, "", ("青禾", 2, "青禾县")), ("中共青禾县委办公室", None, "", ("青禾", 2, "青禾县")),
        ("云岭市云湖管理区管委会", None, "", ("云湖管理", 2, "云岭市云湖管理区")), (None, "江口省推进新型工业化方案", "", ("江口", 4, "江口省")),
        (None, "关于推进乡镇改革的方案", "", ("", 0, "")), (None, "政府工作报告", "落实省委部署和市委要求,全省前列。", ("", 3, "")),
        (None, "工作方案", "我县经济稳定增长。", ("", 2, "")), ("国务院办公厅", None, "", ("", 5, "国务院")),
        ("云台镇人民政府", None, "", ("云台", 1, "云台镇")),
    ],
)  # fmt: skip
def test_who_speaks(issuer, title, text, place):
    assert place_of(paper(issuer, title, text=text)) == place


@pytest.mark.parametrize(
    ("a", "b", "relation", "warned"),
    [
        (paper("云岭市人民政府"), paper("青禾县人民政府", text="根据云岭市部署"), "levels", False),
        (paper("青禾县人民政府", text="根据云岭市部署"), paper("云岭市人民政府"), "levels", True),
        (paper("云岭市人民政府"), paper("青禾县人民政府"), "peers", False),
        (paper(None, text="市委要求"), paper("青禾县人民政府"), "levels", False),
        (paper("青禾县人民政府", year=2025), paper("青禾县人民政府"), "years", False),
        (paper("青禾县人民政府"), paper("青禾县人民政府", year=2025), "years", True),
        (paper("青禾县人民政府"), paper("青禾县人民政府办公室"), "versions", False),
        (
            paper("青禾县人民政府", "工业倍增方案", "〔2026〕1号"),
            paper("青禾县人民政府", "民生实事清单", "〔2026〕2号"),
            "papers",
            False,
        ),
        (
            paper("青禾县人民政府", "工业倍增方案", "〔2026〕1号"),
            paper("青禾县人民政府", "工业倍增方案", "〔2026〕2号"),
            "versions",
            False,
        ),
        (paper("青禾县人民政府"), paper("白露县人民政府"), "peers", False),
        (paper(), paper(), "peers", False),
    ],
)
def test_relations(a, b, relation, warned):
    guess = guess_relation(a, b)
    assert guess.relation == relation
    assert bool(guess.warning) is warned
    assert guess.basis


def test_two_drafts_without_a_place_are_known_by_their_sentences():
    bare = COUNTY.replace("青禾县", "").replace("人民政府办公室", "")
    draft = read(bare.replace("8.5%", "9%"), "方案(征求意见稿).txt")
    guess = guess_relation(draft, read(bare))
    assert guess == ("versions", "大段文字相同的同一年度文件，其中有标明的稿子", "")


def test_the_papers_of_these_tests():
    assert guess_relation(read(CITY), read(COUNTY)).basis == "云岭市在上，青禾县在下"
