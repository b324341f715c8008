"""Rows: a figure → what is asked about it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.progress.figures import Figure, questions

ROWS = [
    # value, unit, kind, basis, last, target, asked
    ("60", "家", "new", "cumulative", "52", "80", []),
    ("48", "家", "new", "cumulative", "52", "80", ["fell"]),
    ("8", "家", "new", "period", "9", "80", []),
    ("-3", "家", "new", "cumulative", "5", "80", ["sign"]),
    ("-1.2", "%", "growth", "cumulative", "0.5", "6", []),
    ("103", "%", "share", "cumulative", "97", "98", ["over-hundred"]),
    ("5200", "万元", "level", "cumulative", "520", "6000", ["slip"]),
    ("52", "万元", "level", "cumulative", "520", "6000", ["slip"]),
    ("0.0052", "亿元", "level", "cumulative", "52", "60", ["slip"]),
    ("12000", "万元", "level", "cumulative", None, "1.2", ["slip"]),
    ("0.3", "万元", "level", "cumulative", None, "300", []),
    ("170", "家", "new", "cumulative", "60", "80", ["overshot"]),
    ("31", "微克/立方米", "level", "cumulative", "30", "29", []),
    ("0", "家", "new", "cumulative", "0", "8", []),
    ("5", "家", "new", "cumulative", "0", "8", []),
    ("0", "起", "zero", "cumulative", "0", "0", []),
]


@pytest.mark.parametrize(("value", "unit", "kind", "basis", "last", "target", "asked"), ROWS)
def test_what_is_asked(value, unit, kind, basis, last, target, asked):
    figure = Figure(Decimal(value), unit, kind, basis, last and Decimal(last), target and Decimal(target))
    assert [q.code for q in questions(figure)] == asked
    assert all(q.sentence.endswith("请核对。") for q in questions(figure))


def test_lower_is_better_never_overshoots():
    figure = Figure(Decimal(90), "起", "level", "cumulative", Decimal(80), Decimal(30), lower_is_better=True)
    assert questions(figure) == ()


@given(st.decimals(min_value=1, max_value=10**6, places=2), st.decimals(min_value=0, max_value=1, places=3))
def test_a_total_that_grows_by_less_than_itself_is_never_asked_about(last, growth):
    value = last * (1 + growth)
    assert questions(Figure(value, "家", "new", "cumulative", last, value * 2)) == ()


@given(st.decimals(min_value=1, max_value=10**6, places=2), st.sampled_from([10, 100, 10_000]))
def test_the_unit_does_not_matter(last, power):
    asked = [q.code for q in questions(Figure(last * power, "万元", "level", "cumulative", last, None))]
    scaled = [
        q.code for q in questions(Figure(last * power * 10, "元", "level", "cumulative", last * 10, None))
    ]
    assert asked == scaled == ["slip"]
