"""Two targets for one indicator: same, raised, lowered, firmer, softer, or not to be compared."""

import pytest

from luoshi.core.compare.targets import demand, equal, extensive, judge, same_measure
from tests.core.compare.papers import promise


@pytest.mark.parametrize(
    ("a", "b", "status"),
    [
        (("地区生产总值", "growth", "=", 6), ("GDP", "growth", "=", 6), "same"),
        (("地区生产总值", "growth", "=", 6), ("GDP", "growth", "=", 6.5), "raised"),
        (("地区生产总值", "growth", "=", 6), ("地区生产总值", "growth", ">=", 6), "firmer"),
        (("地区生产总值", "growth", "~", 6), ("地区生产总值", "growth", "=", 6), "firmer"),
        (("地区生产总值", "growth", ">=", 6), ("地区生产总值", "growth", ">", 6), "firmer"),
        (("城镇调查失业率", "share", "<=", 5.5), ("城镇调查失业率", "share", "<=", 5), "raised"),
        (("城镇调查失业率", "share", "=", 5), ("城镇调查失业率", "share", "=", 5.5), "lowered"),
        (("居民消费价格指数", "growth", "~", 3), ("居民消费价格指数", "growth", "<=", 2), "raised"),
        (("管网漏损率", "share", "=", 9), ("管网漏损率", "share", "=", 8), "raised"),
        (("现行案件发案率", "decrease", ">=", 10), ("现行案件发案率", "decrease", ">=", 20), "raised"),
        (("高标准农田", "new", "=", 5, "万亩"), ("高标准农田", "new", "=", 50000, "亩"), "same"),
        (("高新技术企业", "new", "=", 6, "家"), ("高新技术企业", "level", "=", 55, "家"), "rebased"),
        (("地区生产总值", "growth", "=", 6), ("地区生产总值", "level", "=", 200, "亿元"), "rebased"),
        (("城镇新增就业", "new", "=", 3000, "人"), ("城镇新增就业", "level", "=", 3200, "人"), "raised"),
        (("茶园面积", "level", "=", 5, "万亩"), ("茶园面积", "level", "=", 5, "个"), "rebased"),
        (("规上工业企业", "new", "=", 12, "家"), ("规上工业企业", "new", "=", 10, "户"), "lowered"),
        (("财政支出", "growth", ">=", 5), ("财政支出", "growth", "<=", 4), "rebased"),
        (("博士", "new", "=", 1, "名"), ("博士", "new", "=", 1, "名"), "same"),
        (("托位", "new", "=", None, "个"), ("托位", "new", "=", 90, "个"), "unclear"),
        (("托位", "new", "=", None, "个"), ("托位", "new", "=", None, "个"), "same"),
        (("较大事故", "zero", "=", 0, None), ("较大事故", "zero", "=", 0, None), "same"),
    ],
)  # fmt: skip
def test_verdicts_between_years_and_their_mirror(a, b, status):
    mirrored = {"raised": "lowered", "lowered": "raised", "firmer": "softer", "softer": "firmer"}
    one, other = promise(*a), promise(*b)
    assert judge(one, other, "years").status == status
    assert judge(other, one, "years").status == mirrored.get(status, status)


def test_a_wider_range_upwards_asks_more():
    one = promise("博士", "new", "=", 1, "名", value_high=2.0)
    other = promise("博士", "new", "=", 1, "名", value_high=3.0)
    assert judge(one, other, "versions").status == "raised"


@pytest.mark.parametrize(
    ("name", "kind", "value", "unit", "status"),
    [
        ("规模以上工业企业", "new", 8, "家", "portion"), ("茶叶产量", "level", 2, "万吨", "portion"), ("优良天数", "level", 330, "天", "raised"),
        ("城市低保标准", "level", 760, "元/月", "raised"), ("每万人发明专利拥有量", "level", 4, "件", "raised"), ("森林覆盖率", "share", 60, "%", "raised"),
        ("居民人均可支配收入", "level", 40000, "元", "raised"),
    ],
)  # fmt: skip
def test_between_places_what_grows_with_size_is_a_portion(name, kind, value, unit, status):
    one, other = promise(name, kind, "=", value - 1, unit), promise(name, kind, "=", value, unit)
    assert judge(one, other, "levels").status == status
    assert judge(one, other, "years").status == "raised"
    assert extensive(one) is (status == "portion")


def test_a_county_that_promises_more_than_its_city_is_questioned():
    verdict = judge(promise("托位", "new", "=", 100, "个"), promise("托位", "new", "=", 150, "个"), "levels")
    assert verdict.reason == "下级的数比上级全部还多（150%），请核对口径"


@pytest.mark.parametrize(
    ("a", "b", "status"),
    [
        (("=", "经济增长"), (">", "经济增速"), "firmer"), ((">", "经济增速"), (">", "经济增速"), "same"),
        ((">", "经济增速"), (">", "全省平均"), "rebased"),
    ],
)  # fmt: skip
def test_relative_targets_need_one_yardstick(a, b, status):
    one, other = (promise("居民收入增速", "relative", op, None, None, reference=ref) for op, ref in (a, b))
    assert judge(one, other, "years").status == status


def test_net_growth_is_no_growth():
    gross = promise("高新技术企业", "new", "=", 6, "家", quote="新增高新技术企业6家")
    net = promise("高新技术企业", "new", "=", 6, "家", quote="净增高新技术企业6家")
    assert judge(gross, net, "years").reason == "上年说的是新增数量，本年说的是净增数量，不能直接相比"
    assert (demand(gross), demand(net)) == ("新增6家", "净增6家")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("家", "户", True), ("个", "家", True), ("人", "名", True), ("户", "人", False), ("万元", "亿元", True), ("元/月", "元/年", False),
     ("家", "亿元", False), ("%", "个百分点", False), (None, None, True)],
)  # fmt: skip
def test_units_that_measure_alike(a, b, same):
    assert same_measure(promise("甲", "new", "=", 1, a), promise("甲", "new", "=", 1, b)) is same


def test_reasons_name_the_sides_and_the_gap():
    lower = judge(promise("失业率", "share", "<=", 5.5), promise("失业率", "share", "<=", 5), "levels")
    assert lower == ("raised", "低了0.5个百分点（此项越低越好）")
    assert judge(
        promise("甲", "growth", "=", 1), promise("甲", "level", "=", 1, "家"), "levels"
    ).reason.startswith("上级说的是增长幅度，下级说的是总量或水平")


def test_values_are_equal_after_conversion():
    assert equal(promise("甲", "level", "=", 1.1, "亿元"), promise("甲", "level", ">=", 11000, "万元"))
    assert not equal(promise("甲", "level", "=", 1.1, "亿元"), promise("甲", "level", "=", 1.2, "亿元"))
    assert demand(promise("外资", "zero", ">", 0, None)) == "破零"
