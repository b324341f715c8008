"""What the worker tells of two plans, and the words around a place: pure functions, no database."""

from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.compare.comparing import compare
from luoshi.core.plan.export import as_json
from luoshi.core.plan.reading import read_plan
from luoshi.core.source.loaders import load
from luoshi.intake.compare_rows import MOST_PLACES, compared, standing
from luoshi.intake.passages import LONGEST, _pieces, passages
from luoshi.intake.worker import bundle
from luoshi.ledger.models import SourceText
from tests.apps.intake.compared import LOWER, UPPER

LAST_YEAR = """青禾县2025年兴林富民行动方案
全县林业总产值增长9%，木材加工企业达到20家，新建茶亭3座，育苗5万株。
"""
THIS_YEAR = """青禾县2026年兴林富民行动方案
全县林业总产值增长11%，木材加工企业达到18家，新建茶亭3座，新建竹材加工点16个。
"""


def read(text, name="方案.txt"):
    return read_plan(text.encode(), name)


@pytest.mark.parametrize(
    ("a", "b", "relation", "words"),
    [
        (
            LAST_YEAR, THIS_YEAR, None,
            "按两年对照，两份都有的指标3项，其中与上年相同1项、要求提高1项、要求降低1项；本年不提1项、本年新提1项"
            "（关系由文件推断：都是青禾县的文件，年度分别为2025年、2026年）。",
        ),
        (THIS_YEAR, THIS_YEAR, "versions", "按两稿对照，两份都有的指标4项，其中未改4项（关系由您选定）。"),
        (LOWER, UPPER, "peers",
            "按两地对照，对应的任务2组，两份都有的指标2项，其中相同1项、后者要求更低1项；仅前者有1项、仅后者有2项（关系由您选定）。"),
        (UPPER, UPPER, "levels",
            "按上下级对照，下级没有加码，上级的要求都有承接；对应的任务3组，两份都有的指标4项，其中与上级一致3项（关系由您选定）。"),
        (LAST_YEAR, "青禾县方案\\n新增缆车2部。\\n".replace("\\\\n", "\\n"), "years", "按两年对照，没有两份都有的指标；本年不提4项、本年新提1项（关系由您选定）。"),
    ],
)  # fmt: skip
def test_how_two_stand_is_one_sentence(a, b, relation, words):
    assert standing(compare(read(a), read(b), relation)) == words


def paper(name, data):
    plan = read_plan(data, name)
    source = plan.source
    told = {"name": name, "format": source.format, "sha256": source.sha256, "text": source.text}
    return {**told, "plan": as_json(plan)}


@pytest.mark.parametrize("relation", ["levels", "years", "versions", "peers"])
def test_every_place_of_the_demo_papers_holds_what_is_quoted(relation):
    a, b = (
        paper(file.name, file.read_bytes())
        for file in sorted(files("luoshi.demo_county").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".docx")
    )
    found = compared(a, b, relation)
    said = 0
    for row in (row for tab in found["tabs"] for row in tab["rows"]):
        for side, text in (("a", a["text"]), ("b", b["text"])):
            for entry in row[side]:
                said += 1
                assert 0 < len(entry["places"]) <= MOST_PLACES
                start, end = entry["places"][0]
                printed = "".join(text[start:end].split())
                assert printed.startswith("".join(entry["quote"].rstrip("…").split())), entry
    assert said > 500
    assert [slug for tab in found["tabs"] for slug, _, n in tab["results"] if n != len([r for r in tab["rows"] if r["result"] == slug])] == []  # fmt: skip


LINES = [f"第{n}段。" for n in range(20)]
TEXT = "\n".join(LINES) + "\n"


def source(text, **more):
    return SourceText(text=text, **{"outline": [], "furniture": [], "grids": [], **more})


def shown(passage):
    return [("".join(p.text for p in block.pieces)) for block in passage.blocks]


def at(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def lit(passage, kind="here"):
    return [p.text for block in passage.blocks for p in block.pieces if kind in p.kinds.split()]


@cache
def demo():
    """A demo paper with tables, as the source page has it."""
    file = next(f for f in files("luoshi.demo_county").iterdir() if "总体方案" in f.name)
    read = bundle(load(file.read_bytes(), file.name))
    told = {name: read["source"][name] for name in ("text", "furniture", "grids")}
    return SourceText(**told, outline=read["plan"]["outline"])


class TestPassages:
    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.tuples(st.integers(0, 30_000), st.integers(1, 400)), max_size=5))
    def test_wherever_the_places_are_nothing_else_glows(self, asked):
        text = demo().text
        places = [(start, min(start + n, len(text))) for start, n in asked if start < len(text)]
        inside = {i for start, end in places for i in range(start, end)}
        for passage in passages(demo(), places):
            lit = [piece for block in passage.blocks for piece in _pieces(block) if piece.keys]
            assert lit
            assert (passage.start, passage.end) in places
            for piece in lit:
                assert text.startswith(piece.text, piece.start)
                assert inside.issuperset(range(piece.start, piece.start + len(piece.text)))

    @pytest.mark.parametrize(
        ("places", "expected"),
        [
            (["第7段"], [LINES[5:10]]),
            (["第0段"], [LINES[0:3]]),
            (["第7段", "第9段"], [LINES[5:12]]),
            (["第15段", "第3段"], [LINES[1:6], LINES[13:18]]),
            ([], []),
        ],
    )
    def test_two_paragraphs_before_and_after(self, places, expected):
        assert [shown(p) for p in passages(source(TEXT), [at(words) for words in places])] == expected

    def test_the_first_place_is_the_main_one(self):
        found = passages(source(TEXT), [at("第15段"), at("第3段")])
        assert [lit(p, "second") for p in found] == [["第3段"], []]
        assert [lit(p) for p in found] == [["第3段"], ["第15段"]]

    def test_a_place_names_no_place_on_the_page(self):
        [found] = passages(source(TEXT), [at("第7段")])
        assert not any(p.anchor for block in found.blocks for p in block.pieces)

    @pytest.mark.parametrize("place", [(5, 5), (7, 3), (-1, 4), (0, 10**6)])
    def test_what_lies_outside_the_text_is_left_out(self, place):
        assert passages(source(TEXT), [place]) == []

    def test_a_place_over_several_paragraphs_is_one_passage(self):
        [found] = passages(source(TEXT), [(at("第7段")[0], at("第9段")[1])])
        assert shown(found) == LINES[5:12]
        assert (found.start, found.end) == (at("第7段")[0], at("第9段")[1])

    def test_the_path_is_the_one_of_the_outline(self):
        outline = [{"path": "一/2", "heading": "", "level": 1, "start": 0, "end": 50}]
        [found] = passages(source(TEXT, outline=outline), [at("第7段")])
        assert found.path == "一/2"

    def test_what_was_set_aside_is_no_surroundings(self):
        aside = [list(at("第6段。"))]
        [found] = passages(source(TEXT, furniture=aside), [at("第7段")])
        assert "第6段。" not in shown(found)

    def test_a_place_in_what_was_set_aside_is_shown_all_the_same(self):
        [found] = passages(source(TEXT, furniture=[list(at("第7段。"))]), [at("第7段")])
        lines = [p.text for block in found.blocks for line in block.lines for p in line]
        assert "第7段" in lines

    def test_long_stretches_are_cut_but_never_the_place(self):
        text = "前" * 900 + "目标" * 300 + "后" * 900
        [found] = passages(source(text), [(900, 1500)])
        before, place, after = found.blocks[0].pieces
        assert place.text == "目标" * 300
        assert before.text == "前" * 100 + "……" + "前" * 100
        assert len(after.text) <= LONGEST

    def test_of_a_table_the_rows_around_the_place(self):
        lines = [[f"{n}", f"第{n}件事", f"县某{n}局"] for n in range(1, 31)]
        text = (
            "青禾县任务分解表\n序号\t内容\t责任单位\n" + "\n".join("\t".join(line) for line in lines) + "\n"
        )
        places = [[list(at(f"\t{cell}", text)) for cell in line[1:]] for line in lines]
        rows = [
            {"group": [], "cells": [[a[0] - len(str(n)), a[0]], a, b]} for n, (a, b) in enumerate(places, 1)
        ]
        grid = {
            "start": text.index("序号"),
            "end": len(text),
            "header": ["序号", "内容", "责任单位"],
            "rows": rows,
        }
        made = source(text, grids=[grid])
        words = "第17件事"
        start = made.text.index(words)
        [found] = passages(made, [(start, start + len(words))])
        [table] = [block for block in found.blocks if block.look == "table"]
        told = ["".join(p.text for cell in row.cells for p in cell) for row in table.rows if row.cells]
        assert [line[:2] for line in told] == ["15", "16", "17", "18", "19"]
        assert [title for title, _ in table.header] == ["序号", "内容", "责任单位"]
        assert table.rows[-1].wide[0].text == "……"
