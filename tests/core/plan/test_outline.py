"""The outline of a paper: markers, levels, paths as printed but unique."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.paper import open_paper
from luoshi.core.source.clean import clean
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.outline import Outline, build_outline
from luoshi.core.source.text import SourceText


def outline(text: str) -> Outline:
    return build_outline(clean(SourceText("a.txt", "txt", text)))


def paths(text: str) -> list[str]:
    return [node.path for node in outline(text).nodes]


ROWS = [
    (
        "一、目标\n二、任务\n（一）甲。乙\n1.丙。丁\n（1）戊\n①己\n",
        ["一", "二", "二/(一)", "二/(一)/1", "二/(一)/1/(1)", "二/(一)/1/(1)/①"],
    ),
    ("一、目标\n——产业提速。甲\n——创新提升。乙\n二、任务\n", ["一", "一/——1", "一/——2", "二"]),
    (
        "第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n",
        ["第一章", "第一章/第一条", "第二章", "第二章/第二条"],
    ),
    ("一、任务\n1．甲。\n2、乙。\n3. 丙。\n", ["一", "一/1", "一/2", "一/3"]),
    ("1．1．甲项\n1．2．乙项\n", ["1.1", "1.2"]),
    (
        "1 目标\n稳。\n2 任务\n2.1 产业\n2.1.1 建园。甲\n（1）乙\n2.1.2 招商。丙\n2.2 项目\n3 机制\n3.1 督查。丁\n",
        ["1", "2", "2.1", "2.1.1", "2.1.1/(1)", "2.1.2", "2.2", "3", "3.1"],
    ),
    (
        "一、产业\n1.1 建园。甲\n1.2 招商。乙\n二、民生\n2.1 教育。丙\n",
        ["一", "一/1.1", "一/1.2", "二", "二/2.1"],
    ),
    ("1.产业\n1.1 人才引进。甲\n1.3 项目建设。乙\n", ["1", "1.1", "1.3"]),
    ("一、目标\n全年增长\n6.5左右，比上年高\n1.2个百分点。\n", ["一"]),
    ("第一页\n1 青禾县\n3 云岭市\n", []),
    ("（一）甲\n四）丙\n", ["(一)", "(四)"]),
    ("一.甲\n㈠乙\n⒈丙\n⑴丁\n1)戊\n", ["一", "一/(一)", "一/(一)/1", "一/(一)/1/(1)", "一/(一)/1/(1)#2"]),
    ("一、任务\n1.甲\n3.乙\n3.丙\n", ["一", "一/1", "一/3", "一/3#2"]),
    ("附件1\n甲方案\n一、任务\n附件2\n乙方案\n一、任务\n", ["附件1", "附件1/一", "附件2", "附件2/一"]),
    ("正文。\n附件：1.甲方案\n2.乙方案\n\n附件1\n甲方案\n", ["附件1"]),
    ("附件1：甲方案\n附件2：乙方案\n\n附件1\n甲方案\n附件2\n乙方案\n", ["附件1", "附件2"]),
    ("附件3\n丙方案\n附件\n任务表\n", ["附件3"]),
    ("一、甲\n附表：任务分解表\n\n附表\n任务分解表\n", ["一", "附表"]),
    ("一、甲\n附件：任务分解表\n（一）乙\n", ["一", "附件", "附件/(一)"]),
    ("附件\n任务表\n一、甲\n", ["附件", "附件/一"]),
    ("按照\n（一）款和\n", []),
    ("粮食\n1.5万亩以上\n13.14万吨\n", []),
    ("一、甲\n（一）降成本，\n\n（二）破壁垒。\n", ["一", "一/(一)", "一/(二)"]),
    ("增强动能。(一)这样的括号不在行首。\n", []),
    ("目  录\n一、总体要求……1\n二、任务 3\n\n一、总体要求\n二、任务\n", ["一", "二"]),
    ("★重点项目\n", ["★1"]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_markers_at_the_head_of_lines_make_the_tree(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("1.推动增收减负。线下开展招聘。", "推动增收减负"),
        ("（一）做强产业\n以园区为主体。", "做强产业"),
        ("附件1\n\n青禾县消费提振行动\n工作方案\n\n为加快落实，制定本方案。", "青禾县消费提振行动工作方案"),
    ],
)
def test_the_heading_ends_at_the_first_stop_or_with_the_line(text: str, heading: str) -> None:
    assert outline(text).nodes[0].heading == heading


def test_path_at_finds_the_innermost_heading() -> None:
    text = "题目\n一、目标\n甲\n二、任务\n（一）乙。丙\n"
    found = outline(text)
    assert [found.path_at(text.index(c)) for c in "题甲丙"] == ["", "一", "二/(一)"]


def test_a_table_with_its_own_title_hangs_on_the_annex_and_its_lines_are_no_headings() -> None:
    text = "附件1\n甲方案\n一、机制\n任务分解表\n序号\n1.甲\n2.乙\n"
    at = text.index("序号")
    rows = tuple(GridRow((GridCell(i, i + 3),)) for i in (text.index("1.甲"), text.index("2.乙")))
    table = GridTable(at, len(text), ("内容",), rows)
    nodes = build_outline(clean(SourceText("a.txt", "txt", text)), (table,)).nodes
    assert [n.path for n in nodes] == ["附件1", "附件1/一", "附件1/表", "附件1/表/1", "附件1/表/2"]


def test_rows_that_share_a_number_are_its_parts_and_none_is_empty() -> None:
    text = "序号\n项目\n目标\n责任单位\n1\n养老服务\n新增床位120张。\n县民政局\n助餐点覆盖所有社区。\n各乡镇\n2\n文化惠民\n送戏下乡80场。\n县文旅局\n3\n助残\n托养服务50人。\n县残联\n"
    opened = open_paper(SourceText("a.txt", "txt", text))
    nodes = [n for n in opened.outline.nodes if n.path != "表"]
    assert [n.path for n in nodes] == ["表/1/1", "表/1/2", "表/2", "表/3"]
    assert [text[n.start : n.end].split("\n")[0] for n in nodes] == ["1", "助餐点覆盖所有社区。", "2", "3"]


def test_what_follows_a_table_is_not_in_it() -> None:
    text = "一、指标\n分解表\n序号\n甲\n二、任务\n（一）乙。丙\n"
    at = text.index("序号")
    row = GridRow((GridCell(text.index("甲"), text.index("甲") + 1),))
    found = build_outline(
        clean(SourceText("a.txt", "txt", text)), (GridTable(at, text.index("二、"), ("内容",), (row,)),)
    )
    assert [n.path for n in found.nodes] == ["一", "表", "表/1", "二", "二/(一)"]
    assert found.path_at(text.index("甲")) == "表/1"


@given(st.text(alphabet="一二、(（）)1.2附件\n甲。—①第章", max_size=80))
def test_paths_are_unique_and_subtrees_nest(text: str) -> None:
    nodes = outline(text).nodes
    assert len({n.path for n in nodes}) == len(nodes)
    for node in nodes:
        assert node.start <= node.end <= len(text)
        if node.parent >= 0:
            above = nodes[node.parent]
            assert above.start <= node.start <= node.end <= above.end


def test_markdown_marks_headings_that_bear_no_number() -> None:
    text = "# 青禾县方案\n\n## 目标\n\n稳。\n\n## 二、任务\n\n### 城市/更新\n\n改造。\n\n**口袋公园**\n\n新建。\n"
    opened = open_paper(SourceText("a.md", "md", text))
    assert [(n.path, n.heading) for n in opened.outline.nodes] == [
        ("目标", "目标"),
        ("二", "任务"),
        ("二/城市、更新", "城市/更新"),
        ("二/城市、更新/口袋公园", "口袋公园"),
    ]
