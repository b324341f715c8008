"""The paper on screen: every character of the source is there once, and knows its place and its items."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.models import SourceText
from luoshi.ledger.paper import Mark, cut, lay_out
from luoshi.ledger.services import Entry, content

PAPER = """栏目 首页
青禾县实施方案
一、总体要求
按时办结。
序号
内容
1
修好水渠
牵头完成
第二组
2
建成冷库
县农业农村局
结束语。
"""


def at(words):
    start = PAPER.index(words)
    return [start, start + len(words)]


GRID = {
    "start": at("序号")[0],
    "end": at("县农业农村局")[1],
    "header": ["序号", "内容", "内容"],
    "rows": [
        {"group": [], "cells": [[at("\n1")[0] + 1, at("\n1")[1]], at("修好水渠"), at("牵头完成")]},
        {
            "group": ["第二组"],
            "cells": [[at("\n2")[0] + 1, at("\n2")[1]], at("建成冷库"), at("县农业农村局")],
        },
    ],
}
SOURCE = SourceText(
    text=PAPER,
    furniture=[at("栏目 首页")],
    outline=[
        {"path": "一", "heading": "总体要求", "level": 1, "start": at("一、总体")[0], "end": at("序号")[0]}
    ],
    grids=[GRID],
)


def words(pieces):
    return "".join(piece.text for piece in pieces)


def test_headings_furniture_tables_and_what_lies_between_rows():
    aside, title, heading, body, table, last = lay_out(SOURCE, [])
    assert (aside.look, words(aside.lines[0])) == ("aside", "栏目 首页")
    assert [(b.look, words(b.pieces)) for b in (title, heading, body, last)] == [
        ("p", "青禾县实施方案"), ("h1", "一、总体要求"), ("p", "按时办结。"), ("p", "结束语。"),
    ]  # fmt: skip
    assert (table.header, table.columns) == ((("序号", 1), ("内容", 2)), 3)
    rows = [words(row.wide) or [words(cell) for cell in row.cells] for row in table.rows]
    assert rows == [["1", "修好水渠", "牵头完成"], "第二组", ["2", "建成冷库", "县农业农村局"]]


def test_titles_before_a_first_group_are_shown_once():
    text = "序号\n内容\n一、第一组\n1\n修好水渠\n"
    cells = [[12, 13], [14, 18]]
    grid = {
        "start": 0,
        "end": 18,
        "header": ["序号", "内容"],
        "rows": [{"group": ["一、第一组"], "cells": cells}],
    }
    (table,) = lay_out(SourceText(text=text, furniture=[], outline=[], grids=[grid]), [])
    rows = [words(row.wide) or [words(cell) for cell in row.cells] for row in table.rows]
    assert rows == ["一、第一组", ["1", "修好水渠"]]


def test_a_row_of_a_table_is_told_by_the_cell_its_words_are_in():
    start, end = at("1\n修好水渠\n牵头完成")
    row = Entry("task", {"form": "table", "quote": "修好水渠"}, start, end)
    assert content(SOURCE, row) == "修好水渠"
    prose = Entry("task", {"form": "prose", "quote": "1"}, start, end)
    assert content(SOURCE, prose) == "1\n修好水渠\n牵头完成"


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(st.text("甲乙。\n ", min_size=1, max_size=60), SPANS)
def test_whatever_the_marks_the_text_stays_whole_and_every_piece_names_its_items(text, spans):
    marks = [
        Mark(min(s), min(max(s), len(text)), "task", str(n))
        for n, s in enumerate(spans)
        if min(s) < len(text)
    ]
    layout = cut(text, marks)
    for start, end in layout.lines(0, len(text)):
        pieces = layout.pieces(start, end)
        assert words(pieces) == text[start:end].rstrip()
        for piece in pieces:
            inside = {m.key for m in marks if m.start <= piece.start < m.end}
            assert set(piece.keys.split()) == inside
