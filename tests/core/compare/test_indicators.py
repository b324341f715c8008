"""Promises of one plan folded, promises of two plans matched one to one."""

import pytest

from luoshi.core.compare.indicators import compare_indicators
from luoshi.core.compare.promises import fold_promises
from luoshi.core.compare.wording import explain
from tests.core.compare.papers import promise


def folded(*statements):
    """Names and values of each promise, by place in the list."""
    placed = [
        s._replace(span=s.span._replace(start=n * 20, end=n * 20 + 10)) for n, s in enumerate(statements)
    ]
    return fold_promises(placed)


@pytest.mark.parametrize(
    ("statements", "sizes", "torn"),
    [
        ([("茶叶产量", "level", "=", 4, "万吨"), ("全县茶叶总产量", "level", "=", 40000, "吨")], [2], [False]),
        ([("促消费活动", "new", "=", 15, "场"), ("促消费活动", "new", "=", 10, "场")], [2], [True]),
        ([("企业", "level", "=", 9000, "户"), ("企业", "new", "=", 2, "家")], [1, 1], [False, False]),
        ([("贷款", "new", "=", 7, "亿元"), ("贷款", "new", "=", 3, "亿元")], [1, 1], [False, False]),
        ([("高新技术企业", "new", "=", 6, "家"), ("高新技术企业", "level", ">", 55, "户")], [1, 1], [False, False]),
        ([("城市低保标准", "level", "=", 700, "元/月"), ("农村低保标准", "level", "=", 700, "元/月")], [1, 1], [False, False]),
        ([("国考断面水质优良率", "share", "=", 100), ("国考、省考断面水质优良率", "share", "=", 100)], [2], [False]),
        ([("国考断面水质优良率", "share", "=", 100), ("国考、省考断面水质优良率", "share", "=", 95)], [1, 1], [False, False]),
        ([("知识价值信用贷款", "level", "=", 7000, "万元"), ("知识价值信用贷款", "new", ">=", 7000, "万元")], [2], [False]),
        ([("老旧小区改造", "new", "=", 19, "个"), ("改造老旧小区", "new", ">=", 19, "个"), ("老旧小区", "new", "=", 19, "个")], [3], [False]),
    ],
)  # fmt: skip
def test_one_promise_with_several_places(statements, sizes, torn):
    found = folded(*(promise(*s) for s in statements))
    assert [len(p.statements) for p in found] == sizes
    assert [p.torn for p in found] == torn


def test_gross_and_net_in_one_plan_are_one_torn_promise():
    found = folded(
        promise("高新技术企业", "new", "=", 6, "家", quote="新增高新技术企业6家"),
        promise("高新技术企业", "new", "=", 6, "家", quote="净增高新技术企业6家"),
    )
    assert [(len(p.statements), p.torn) for p in found] == [(2, True)]


def compared(a, b, relation="years", texts=("", "")):
    return compare_indicators(
        folded(*(promise(*s) for s in a)), folded(*(promise(*s) for s in b)), relation, texts
    )


def test_every_promise_is_told_once():
    a = [
        ("茶叶产量", "level", "=", 4, "万吨"),
        ("油茶面积", "level", "=", 3, "万亩"),
        ("森林覆盖率", "share", "=", 60),
    ]
    b = [
        ("森林覆盖率", "share", "=", 61),
        ("茶叶产量", "level", "=", 4, "万吨"),
        ("竹林面积", "level", "=", 9, "万亩"),
    ]
    found = compared(a, b)
    assert [(p.status, p.name) for p in found] == [
        ("same", "茶叶产量"), ("dropped", "油茶面积"), ("raised", "森林覆盖率"), ("new", "竹林面积"),
    ]  # fmt: skip


def test_the_basis_decides_between_two_statements_of_one_name():
    a = [("研发经费", "growth", "=", 12), ("研发经费", "level", "=", 60, "亿元")]
    b = [("研发经费", "level", "=", 5, "亿元"), ("研发经费", "growth", "=", 13)]
    assert [(p.status, p.said_a.unit, p.said_b.unit) for p in compared(a, b)] == [
        ("raised", "%", "%"), ("lowered", "亿元", "亿元"),
    ]  # fmt: skip


def test_another_name_is_said_with_its_evidence():
    (pair,) = compared([("GDP", "growth", "=", 6)], [("人均GDP", "growth", "=", 6)])[:1]
    assert pair.status == "dropped"
    (pair,) = compared([("社零", "growth", "=", 6)], [("社会消费品零售总额", "growth", "=", 7)])
    assert (pair.status, pair.renamed, pair.evidence) == ("raised", True, "都是“社会消费品零售总额”的叫法")


def test_a_name_nearly_the_same_needs_the_same_number():
    same = compared([("县派科技特派员", "new", "=", 150, "名")], [("市派科技特派员", "new", "=", 150, "名")])
    other = compared([("县派科技特派员", "new", "=", 150, "名")], [("市派科技特派员", "new", "=", 90, "名")])
    assert [p.status for p in same] == ["same"]
    assert [(p.status, p.reason) for p in other] == [
        ("dropped", "本年没有同名指标，“市派科技特派员”是否同一项请核对"),
        ("new", "上年没有同名指标，“县派科技特派员”是否同一项请核对"),
    ]


def test_what_stands_alone_says_what_the_other_plan_has():
    found = compared(
        [("城镇新增就业", "new", "=", 3, "万人"), ("进出口总额", "growth", "=", 8)],
        [
            ("进出口总额", "growth", "=", 9),
            ("外贸进出口总额", "level", "=", 5, "亿元"),
            ("出口总额", "growth", "=", 4),
        ],
        texts=("进出口总额增长8%。", "完成市定城镇新增就业任务。"),
    )
    assert [(p.status, p.reason) for p in found] == [
        ("dropped", "本年文中提到“城镇新增就业”，没有读出目标，请核对"),
        ("raised", "高了1个百分点"),
        ("new", "上年对这项指标另有说法：进出口总额增长8%"),
        ("new", "上年没有对应的指标"),
    ]
    assert found[0].mention == (4, 10)


def test_a_torn_promise_is_said_with_its_places():
    a = [("促消费活动", "new", "=", 15, "场"), ("促消费活动", "new", "=", 10, "场")]
    (pair,) = compared(a, [("促消费活动", "new", "=", 15, "场")])
    assert (pair.status, explain(pair, "years")) == (
        "same", "目标相同；上年文内不一致：正文写新增15场、正文写新增10场",
    )  # fmt: skip
    (pair,) = compared(a, a)
    assert explain(pair, "years") == "目标相同；两份文内都不一致：正文写新增15场、正文写新增10场"


def test_generic_names_pair_only_on_one_basis():
    assert [p.status for p in compared([("企业", "level", "=", 9, "万户")], [("企业", "growth", "=", 9)])] == [
        "dropped", "new",
    ]  # fmt: skip
