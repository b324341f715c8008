"""Folding, words asked for, excerpts: rows of input and what is expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.searching import Piece, excerpt, first_place, fold, pairs, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("建设５Ｇ 基站", "建设5g基站"),
        ("各负有监管\n职责行业部门", "各负有监管职责行业部门"),
        ("（县发改局）", "(县发改局)"),
        ("ＰＭ2.5　浓度", "pm2.5浓度"),
        ("㎡", "㎡"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("冷链 物流", ["冷链", "物流"]),
        ("　冷链　冷链 ", ["冷链"]),
        ("５Ｇ", ["5g"]),
        ("", []),
        (" \n ", []),
        ("a\0b", ["a", "b"]),
        (" ".join("一二三四五六七八九十"), list("一二三四五六七八")),
    ],
)
def test_terms(question, words):
    assert terms(question) == words


def test_pairs():
    assert pairs(["冷链物流", "物流园"]) == ["冷链", "链物", "物流", "流园"]
    assert pairs(["冷"]) == []


def test_an_excerpt_goes_where_most_words_are():
    text = "冷链。" + "其他。" * 60 + "冷链物流园区。" + "其他。" * 60
    pieces = excerpt(text, ["冷链", "园区"], 40)
    assert pieces[0] == Piece("……", False)
    assert [p.text for p in pieces if p.hit] == ["冷链", "园区"]
    assert pieces[-1].text.endswith("……")


def test_words_broken_over_lines_are_marked_whole():
    assert [p for p in excerpt("各负有监管\n职责", ["监管职责"]) if p.hit] == [Piece("监管\n职责", True)]


def test_without_a_hit_the_beginning_is_shown():
    assert excerpt("年内建成。", ["没有"]) == [Piece("年内建成。", False)]
    assert excerpt("", ["没有"]) == []
    assert first_place("年内建成。", ["没有"]) is None


TEXT = st.text(st.sampled_from("冷链物流园区５Ｇ5g （(\n　㎡Ａa1。"), max_size=80)


@given(text=TEXT, word=TEXT.filter(lambda w: 0 < len(fold(w)) < 6), room=st.integers(4, 200))
def test_what_is_marked_is_what_was_asked_and_nothing_is_lost(text, word, room):
    pieces = excerpt(text, [fold(word)], room)
    shown = "".join(p.text for p in pieces).removeprefix("……").removesuffix("……")
    assert shown in text
    found = fold(word) in fold(text)
    if found and len(text) <= room:
        assert any(p.hit for p in pieces)
    for piece in pieces:
        if piece.hit and len(text) <= room:
            assert fold(word) in fold(piece.text)
    assert (first_place(text, [fold(word)]) is not None) == found
