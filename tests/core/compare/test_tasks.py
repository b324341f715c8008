"""Duties of one plan folded, duties of two plans matched; owners and terms compared."""

import pytest

from luoshi.core.compare.comparing import compare
from luoshi.core.compare.dates import last_day
from luoshi.core.compare.duties import fold_duties
from luoshi.core.compare.owners import missing, same_unit
from luoshi.core.compare.wording import title_of
from tests.core.compare.papers import CITY, COUNTY, read

YEAR = """青禾县{year}年重点工作方案
青禾县人民政府办公室
{year}年2月10日
一、重点任务
{tasks}
"""
TEA = "壮大茶叶产业。建设绿色防控茶园,培育茶叶加工龙头企业,打响区域公用品牌。(县农业农村局牵头,县发改局、县财政局按职责分工负责)"
WATER = (
    "整治黑臭水体。完成城区黑臭水体排查整治,实施雨污分流改造,健全河长制巡查机制。(县住建局牵头,县水利局配合)"
)
MEALS = "办好老年食堂。新建社区老年食堂,推行助餐补贴,引入餐饮企业参与运营,6月底前开餐。(县民政局牵头,县财政局配合)"


def plan(*tasks, year=2026):
    return read(YEAR.format(year=year, tasks="\n".join(f"{n}.{t}" for n, t in enumerate(tasks, 1))))


def rows(a, b, relation="versions"):
    """(status, titles of a, titles of b, kinds of change) of all task pairs."""
    return [
        (p.status, [title_of(d) for d in p.a], [title_of(d) for d in p.b], [c.kind for c in p.changes])
        for p in compare(a, b, relation).tasks
    ]


def test_the_order_of_tasks_does_not_matter():
    found = rows(plan(TEA, WATER, MEALS), plan(MEALS, TEA, WATER))
    assert [(status, a == b) for status, a, b, _ in found] == [("same", True)] * 3


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("县农业农村局牵头", "县供销社牵头", ["lead", "added", "removed"]),
        ("县发改局、县财政局", "县发改局、县财政局、县林业局", ["added"]),
        ("县发改局、县财政局", "县发改局", ["removed"]),
        ("县发改局", "县发展和改革局", []),
        ("打响区域公用品牌", "打响区域公用品牌,5月底前开园", ["dated", "reworded"]),
        ("茶叶加工龙头企业", "茶叶精深加工龙头企业", ["reworded"]),
    ],
)  # fmt: skip
def test_what_changed_between_two_drafts(old, new, kinds):
    (tea, _) = rows(plan(TEA, WATER), plan(TEA.replace(old, new), WATER))
    assert tea[3] == kinds
    assert tea[0] == ("changed" if kinds else "same")


@pytest.mark.parametrize(
    ("a", "b", "relation", "kinds"),
    [
        ("6月底", "9月底", "versions", ["later", "reworded"]), ("6月底", "3月底", "levels", ["earlier"]),
        ("6月底前开餐", "全面开餐", "levels", ["undated"]), ("6月底", "6月底", "years", []), ("6月底", "5月底", "years", ["earlier", "reworded"]),
    ],
)  # fmt: skip
def test_terms_move(a, b, relation, kinds):
    first = plan(
        TEA, MEALS.replace("6月底前开餐", a) if "开餐" in a else MEALS.replace("6月底", a), year=2025
    )
    later = 2026 if relation == "years" else 2025
    second = plan(
        TEA, MEALS.replace("6月底前开餐", b) if "开餐" in b else MEALS.replace("6月底", b), year=later
    )
    assert rows(first, second, relation)[1][3] == kinds


def test_new_and_dropped():
    assert [r[0] for r in rows(plan(TEA, WATER), plan(TEA, MEALS))] == ["same", "dropped", "new"]


def test_tasks_printed_alike_pair_up_even_without_a_telling_word():
    same = "抓好落实。(县政府办牵头)"
    paper = plan(*[same] * 12, "A+B。(县科工局牵头)", TEA)
    assert {r[0] for r in rows(paper, paper)} == {"same"}


def test_split_and_merged_are_each_others_mirror():
    whole = plan(
        "补齐民生短板。新建社区老年食堂,推行助餐补贴,引入餐饮企业参与运营。改造农村危房,落实加固补助,完成抗震验收。(县民政局牵头,县住建局配合)",
        TEA, WATER,
    )  # fmt: skip
    parts = plan(
        "办好老年食堂。新建社区老年食堂,推行助餐补贴,引入餐饮企业参与运营。(县民政局牵头)",
        "改造农村危房。改造农村危房,落实加固补助,完成抗震验收。(县住建局牵头)", TEA, WATER,
    )  # fmt: skip
    assert [(r[0], len(r[1]), len(r[2])) for r in rows(whole, parts)] == [
        ("split", 1, 2), ("same", 1, 1), ("same", 1, 1),
    ]  # fmt: skip
    assert ("merged", 2, 1) in [(r[0], len(r[1]), len(r[2])) for r in rows(parts, whole)]


def test_levels_compare_units_not_places():
    pairs = {title_of(p.a[0]): p for p in compare(read(CITY), read(COUNTY)).tasks if p.a}
    tea, water, meals = pairs["壮大茶叶产业"], pairs["整治黑臭水体"], pairs["办好老年食堂"]
    assert [(c.kind, c.items) for c in tea.changes] == [
        ("added", ("县供销社",)), ("removed", ("市市场监管局",)), ("earlier", ("2026-12-31", "2026-10-31")),
    ]  # fmt: skip
    assert water.status == "same"
    assert meals.status == "dropped"


TABLE = """青禾县攻坚方案
青禾县人民政府办公室
2026年2月10日
附件1
青禾县实施茶旅融合行动方案
一、重点任务
1.壮大茶叶产业。建设绿色防控茶园,培育茶叶加工龙头企业,打响区域公用品牌。(县农业农村局牵头,县发改局配合)
2.整治黑臭水体。完成城区黑臭水体排查整治,实施雨污分流改造。(县住建局牵头)
任务责任分解表
序号
内容
责任单位
1
建设绿色防控茶园,培育茶叶加工龙头企业,打响区域公用品牌
县农业农村局、县发改局、县供销社
2
完成城区黑臭水体排查整治,实施雨污分流改造
县住建局、县水利局
"""


def test_prose_and_its_row_are_one_duty_with_the_owners_of_both():
    duties, words = fold_duties(read(TABLE))
    assert [[t.form for t in d.statements] for d in duties] == [["prose", "table"], ["prose", "table"]]
    assert [(o.name, o.role) for o in duties[0].owners] == [
        ("县农业农村局", "lead"), ("县发改局", "units"), ("县供销社", "units"),
    ]  # fmt: skip
    assert len(words) == len(duties)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("市发改委", "县发改局", True), ("云岭市财政局", "青禾县财政局", True), ("区住建局(交通局)", "县交通局", True),
        ("市市场监管局", "县市监局", True), ("县财政局", "县民政局", False), ("县妇联", "县残联", False), ("县城管局", "县应急管理局", False),
    ],
)  # fmt: skip
def test_one_office_at_two_levels(a, b, same):
    assert same_unit(a, b) is same
    assert same_unit(b, a) is same
    assert missing([a], [b]) == (() if same else (a,))


@pytest.mark.parametrize(
    ("deadline", "day"),
    [("2026", "2026-12-31"), ("2026-Q3", "2026-09-30"), ("2026-02-28", "2026-02-28")],
)
def test_last_days(deadline, day):
    assert last_day(deadline) == day


def test_an_open_list_may_hold_the_unit():
    closed = plan(TEA, WATER)
    opened = plan(TEA.replace("县发改局、县财政局", "县发改局等"), WATER)
    words = [c.words for c in compare(closed, opened, "versions").tasks[0].changes]
    assert words[0] == "减少单位（后稿名单以“等”结尾，可能已含）：县财政局"
