"""Numerals to Decimal, and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.numerals import parse_numeral, scale_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("两百零五", 205), ("一千零一", 1001), ("一万二千", 12000),
        ("三亿", 300_000_000), ("一亿二千万", 120_000_000), ("二〇二六", 2026), ("六点五", "6.5"), ("一点二万", 12000), ("半", "0.5"),
        ("5", 5), ("5.50", "5.50"), ("1,200", 1200), ("1.5万", 15000), ("1.28万亿", 1_280_000_000_000),
    ],
)  # fmt: skip
def test_value(text, value):
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "统一", "零售", "百", "万", "亿", "五点", "1.2.3", "第三", "1万2", "3个"]
)
def test_what_is_no_numeral(text):
    assert parse_numeral(text) is None


@given(st.integers(0, 10**9))
def test_plain_digits_come_back(n):
    assert parse_numeral(str(n)) == parse_numeral(f"{n:,}") == n


def spell(n):
    """A number below ten thousand in Chinese, the long way."""
    digits = "零一二三四五六七八九"
    out, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        d = n // size % 10
        if d:
            out += ("零" if zero and out else "") + digits[d] + unit
        zero = not d
    return out or "零"


@given(st.integers(1, 9999), st.sampled_from(["", "万", "亿"]))
def test_spelled_numbers_come_back(n, scale):
    assert parse_numeral(spell(n) + scale) == n * scale_of(scale)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text):
    assert parse_numeral(text) is None or isinstance(parse_numeral(text), Decimal)
