"""A paragraph typed anew: numbers that still stand stay alive, others are marked, words are words."""

import pytest

from luoshi.core.writing.draft import Passage, Piece, Ref, labels
from luoshi.core.writing.drafting import draft
from luoshi.core.writing.editing import retyped, with_passages
from tests.core.writing.facts import facts

PASSAGE = Passage(
    0,
    (
        Piece("共"),
        Piece("28", Ref("任务总数", "count all", ("task:1",)), "28"),
        Piece("项，其中滞后"),
        Piece("3", Ref("滞后数", "count lagging", ("task:2",)), "3"),
        Piece("项，占"),
        Piece("10.7%", Ref("滞后占比", "share lagging"), "10.7%"),
        Piece("。"),
    ),
)


def living(passage):
    return [(p.ref.name, p.text, p.changed, p.reason) for p in passage.pieces if p.ref]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("共28项，其中滞后3项，占10.7%。", [("任务总数", "28", False, ""), ("滞后数", "3", False, ""), ("滞后占比", "10.7%", False, "")]),
        ("截至目前共28项，滞后的有3项，占比10.7%。", [("任务总数", "28", False, ""), ("滞后数", "3", False, ""), ("滞后占比", "10.7%", False, "")]),
        ("共28项，其中滞后4项，占10.7%。", [("任务总数", "28", False, ""), ("滞后数", "4", True, "更正"), ("滞后占比", "10.7%", False, "")]),
        ("共128项，其中滞后3项，占10.7%。", [("任务总数", "128", True, "更正"), ("滞后数", "3", False, ""), ("滞后占比", "10.7%", False, "")]),
        ("共28项。", [("任务总数", "28", False, "")]),
        ("情况良好。", []),
        ("共28项，其中滞后3项，占11%。", [("任务总数", "28", False, ""), ("滞后数", "3", False, ""), ("滞后占比", "11%", True, "更正")]),
    ],
)  # fmt: skip
def test_what_becomes_of_the_numbers(text, wanted):
    (passage,) = retyped(PASSAGE, text, "更正")
    assert passage.text == text
    assert living(passage) == wanted


def test_putting_the_number_back_makes_it_the_drafted_one_again():
    (changed,) = retyped(PASSAGE, "共28项，其中滞后4项，占10.7%。", "更正")
    (back,) = retyped(changed, PASSAGE.text)
    assert living(back) == living(PASSAGE)


def test_lines_become_paragraphs_and_nothing_none():
    first, second, third = retyped(PASSAGE, f"{PASSAGE.text}\r\n## 另一标题\n\n另一段")
    assert living(first) == living(PASSAGE)
    assert (second.level, second.text) == (2, "另一标题")
    assert (third.level, third.text) == (0, "另一段")
    assert retyped(PASSAGE, " \n ") == ()


def test_a_heading_keeps_what_runs_on():
    it = draft("month", facts())
    passage = next(part for part in it.passages() if part.level == 2)
    (same,) = retyped(passage, passage.text.replace("共", "总共"))
    block = same.block()
    assert block.text == passage.block().text
    assert block.rest.startswith("总共")


def test_every_paragraph_of_a_draft_survives_being_saved_unchanged():
    it = draft("month", facts())
    for at, passage in enumerate(it.passages()):
        assert with_passages(it, at, retyped(passage, passage.text)) == it


def test_the_page_numbers_headings_as_word_does():
    assert labels(Passage(1, (Piece("标题"),)) for _ in range(21))[9:12] == ["十、", "十一、", "十二、"]
    assert labels(Passage(1, (Piece("标题"),)) for _ in range(21))[-2:] == ["二十、", "二十一、"]
    mixed = [Passage(level, (Piece("标题"),)) for level in (1, 2, 3, 4, 3, 2, 0, 1, 2)]
    assert labels(mixed) == ["一、", "（一）", "1.", "（1）", "2.", "（二）", "", "二、", "（一）"]


def test_a_paragraph_can_be_dropped():
    it = draft("month", facts())
    fewer = with_passages(it, 0, ())
    assert [p.text for p in fewer.passages()] == [p.text for p in it.passages()][1:]
