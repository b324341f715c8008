"""Quantities as printed, and when two of them are the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.quantity import MEASURES, Quantity, dimension_of, parse_quantity, read_op


@pytest.mark.parametrize(
    ("text", "value", "unit", "op"),
    [
        ("6%以上", "6", "%", ">="), ("不低于740元/月", "740", "元/月", ">="), ("超过5亿元", "5", "亿元", ">"),
        ("5.5%以内", "5.5", "%", "<="), ("约100名", "100", "名", "~"), ("150名左右", "150", "名", "~"), ("至少1个", "1", "个", ">="),
        ("3微克/立方米", "3", "微克/立方米", "="), ("100元/月·人", "100", "元/月·人", "="), ("2家(次)以上", "2", "家(次)", ">="),
        ("50个BP", "50", "个BP", "="), ("0.5个百分点", "0.5", "个百分点", "="), ("1.62万人", "1.62", "万人", "="),
        ("300万千瓦", "300", "万千瓦", "="), ("百分之六十", "60", "%", "="), ("三家以上", "3", "家", ">="), ("1.4万余人", "1.4", "万人", "="),
        ("≥92%", "92", "%", ">="), ("≤5.5%", "5.5", "%", "<="), ("20多家", "20", "家", ">"), ("12", "12", "", "="),
    ],
)  # fmt: skip
def test_parse(text, value, unit, op):
    assert parse_quantity(text) == Quantity(Decimal(value), unit, op)


def test_range():
    assert parse_quantity("5%-5.5%").value_high == Decimal("5.5")


@pytest.mark.parametrize("text", ["", "以上", "很多家", "统一", "第三名次序", "五花八门"])
def test_what_is_no_quantity(text):
    with pytest.raises(ValueError, match="不是数量"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.1亿元", "11000万元", True), ("1.1亿元", "1.1亿美元", False), ("5家", "5个", False), ("1公顷", "10000平方米", True),
        ("15亩", "1公顷", True), ("50个BP", "0.5个百分点", True), ("5%", "5个百分点", False), ("1成", "10%", True),
        ("740元/月", "740元/年", False), ("1000万元/亩", "0.1亿元/亩", True), ("2万千瓦", "20兆瓦", True),
    ],
)  # fmt: skip
def test_same_after_conversion(one, other, same):
    a, b = parse_quantity(one), parse_quantity(other)
    assert a.same_as(b) is same
    assert b.same_as(a) is same


def test_dimensions():
    assert [dimension_of(u) for u in ("万元/亩", "亿美元", "家", "万平方米", "微克/立方米", "没有的")] == [
        "money", "usd", "家", "area", "concentration", ""
    ]  # fmt: skip


def test_the_word_before_the_number_wins():
    assert [read_op("超过", "以上"), read_op(None, "以下"), read_op(None, None, more=True), read_op(None, None)] == [
        ">", "<=", ">", "="
    ]  # fmt: skip


@given(
    st.decimals(0, 10**6, places=2), st.sampled_from(sorted(MEASURES)), st.sampled_from(["", "以上", "左右"])
)
def test_what_is_printed_is_read(value, unit, after):
    quantity = parse_quantity(f"{value}{unit}{after}")
    assert (quantity.value, quantity.unit) == (value, unit)
    assert quantity.same_as(quantity)
