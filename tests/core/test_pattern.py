"""What makes searching cheap gives what the plain search gives; what makes collecting rare leaves the collector as it was."""

import gc
import re

import pytest

from luoshi.core.check import wording
from luoshi.core.pattern import choice, pattern, places
from luoshi.core.plan import deadlines
from luoshi.core.quantity import MEASURES
from luoshi.core.source.clean import CleanText, fold
from luoshi.core.uncollected import uncollected


def test_a_choice_takes_the_longest_word():
    words = [unit for unit in MEASURES if len(unit) > 1]
    plain = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    grouped = re.compile(choice(words))
    for word in (*words, *(word[:-1] for word in words), "元/亩", "个百分点以上"):
        assert [m.group() for m in plain.finditer(word)] == [m.group() for m in grouped.finditer(word)]


@pytest.mark.parametrize(
    ("text", "word", "where"),
    [("", "下", []), ("以下以下", "以下", [0, 2]), ("、、、", "、、", [0, 1]), ("以上", "以下", [])],
)
def test_places(text, word, where):
    assert list(places(text, word)) == where


@pytest.mark.parametrize(
    "text",
    [
        "县农业农村局、县农业农村局、县水利局。", "改造老旧小区、改造老旧小区改造", "招商引资、招商引资、招商引资", "污水管网、污水管网。雨水管网、雨水管网",
        "甲乙、甲乙。", "一、优化营商环境、优化营商环境", "县财政局、\n县财政局", "、、", "建设标准厂房、标准厂房和",
    ],
)  # fmt: skip
def test_what_is_said_again_is_found_as_by_the_pattern(text):
    plain = [m.span() for m in wording._TWICE.finditer(text)]
    assert [m.span() for m in wording._said_again(text)] == plain


@pytest.mark.parametrize(
    "text",
    ["力争6月底前完成", "于第三季度末建成", "秋季开学前", "今年内", "到2026年", "国庆节前通车", "前三季度", "上半年", "1月份,", "没有期限", ""],
)  # fmt: skip
def test_a_phrase_of_time_is_found_as_by_the_pattern(text):
    plain = deadlines._WHEN.search(text)
    found = deadlines._phrase(text, 0, len(text))
    assert (plain and plain.span()) == (found and found.span())


@pytest.mark.parametrize("text", ["1２3", "ＡＢＣ", "ｘ×ｙ", "～／＋", "忿濿俿", "100%", "𠀀ｚ"])
def test_folding_asks_bytes_first_and_folds_all_the_same(text):
    wide = {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF5B) if chr(c - 0xFEE0).isalnum()}
    assert fold(text) == "".join(wide.get(c, c) for c in text)


def test_a_shift_is_told_only_where_nothing_was_set_aside():
    clean = CleanText("甲乙丙丁", "甲乙丙丁", (0, 2), (5, 9))
    assert [clean.shift(0, 2), clean.shift(2, 4), clean.shift(1, 3)] == [5, 7, None]
    assert clean.span(2, 4) == (2 + 7, 4 + 7)


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_off_inside_and_afterwards_as_before(collecting):
    before = gc.isenabled()
    inside = uncollected(gc.isenabled)
    broken = uncollected(pattern("一").match)
    try:
        (gc.enable if collecting else gc.disable)()
        assert inside() is False
        assert gc.isenabled() is collecting
        with pytest.raises(TypeError):
            broken(1)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()
