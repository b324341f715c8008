"""The shapes a plan leaves in: JSON, the bundle with its source, and sheets of rows."""

import json

import pytest

from luoshi.core.plan.export import as_json, bundle
from luoshi.core.plan.model import (
    Action,
    Document,
    Doubt,
    Indicator,
    Mechanism,
    Owner,
    Plan,
    Quota,
    Section,
    Task,
    TaskForce,
)
from luoshi.core.plan.spreadsheet import COLUMNS, ROWS, sheets
from luoshi.core.plan.wording import target_words
from luoshi.core.source.text import Cell, Note, Part, SourceText, Span, Table

TEXT = "青禾县方案\n1.扩大投资。完成投资20亿元以上。(县发改局牵头)\n成立投资专班。每月调度。各单位确定1名联络员。"
SPAN = Span(6, 31)
DOUBT = Doubt("open-ended", "名单以“等”结尾，请确认。")


def plan(name="方案.txt"):
    source = SourceText(
        name, "txt", TEXT, "ab12",
        tables=(Table(Span(0, 5), (Cell(0, 0, Span(0, 5), colspan=2),), 1, 2),),
        furniture=(Span(0, 1),),
        notes=(Note("tracked-changes", "文件带修订。"),),
        pages=(0,),
        parts=(Part(name, "ab12", Span(0, len(TEXT))),),
    )  # fmt: skip
    task = Task(
        "1", "投资行动", "prose", "扩大投资", "1.扩大投资。", SPAN,
        (Owner("县发改局", "lead", Span(26, 30)), Owner("县财政局", "units")), True, ("张某",), "2024-06-30", (DOUBT,),
    )  # fmt: skip
    indicator = Indicator("完成投资20亿元以上", Span(13, 23), "投资", "new", ">=", 20.0, "亿元", path="1")
    return Plan(
        source,
        Document("青禾县方案", "青政发〔2024〕1号", "青禾县人民政府", "2024-03-20", 2024, (DOUBT,)),
        (Action("投资行动", "投资行动", Span(0, 5), "一"),),
        (task,),
        (indicator,),
        (
            TaskForce(
                "投资专班",
                "成立投资专班",
                Span(32, 38),
                ("县长",),
                members=("县发改局", "县财政局"),
                office="县发改局",
            ),
        ),
        (Mechanism("专班", "调度", "月", True, "每月调度", Span(39, 43)),),
        (Quota("各单位", "联络员", 1.0, "单位", "确定1名联络员", Span(44, 54)),),
        (Section("1", "扩大投资", SPAN, 1),),
    )


def test_json_is_the_object_of_the_schema_with_places_and_doubts():
    found = json.loads(json.dumps(as_json(plan()), ensure_ascii=False))
    assert found["document"]["number"] == "青政发〔2024〕1号"
    assert found["tasks"] == [
        {
            "path": "1",
            "action": "投资行动",
            "form": "prose",
            "heading": "扩大投资",
            "quote": "1.扩大投资。",
            "lead": ["县发改局"],
            "units": ["县财政局"],
            "owners": [
                {"name": "县发改局", "role": "lead", "start": 26, "end": 30},
                {"name": "县财政局", "role": "units", "start": None, "end": None},
            ],
            "open_ended": True,
            "leaders": ["张某"],
            "deadline": "2024-06-30",
            "start": 6,
            "end": 31,
            "doubts": [{"code": "open-ended", "question": "名单以“等”结尾，请确认。"}],
        }
    ]
    for kind in ("actions", "tasks", "indicators", "task_forces", "mechanisms", "quotas"):
        assert all({"start", "end", "doubts", "quote"} <= set(item) for item in found[kind]), kind
    assert found["outline"] == [{"path": "1", "heading": "扩大投资", "level": 1, "start": 6, "end": 31}]


def test_the_bundle_carries_what_the_offsets_refer_to():
    found = json.loads(json.dumps(bundle(plan()), ensure_ascii=False))
    assert found["plan"] == as_json(plan())
    assert found["source"] == {
        "name": "方案.txt",
        "format": "txt",
        "sha256": "ab12",
        "text": TEXT,
        "tables": [
            {
                "span": [0, 5],
                "rows": 1,
                "cols": 2,
                "cells": [{"row": 0, "col": 0, "span": [0, 5], "rowspan": 1, "colspan": 2}],
            }
        ],
        "furniture": [[0, 1]],
        "notes": [{"code": "tracked-changes", "message": "文件带修订。"}],
        "pages": [0],
        "parts": [{"name": "方案.txt", "sha256": "ab12", "span": [0, len(TEXT)]}],
    }


def test_every_sheet_has_a_value_for_every_column():
    assert list(COLUMNS) == list(ROWS)
    for sheet in sheets([plan()]):
        assert sheet.rows, sheet.title
        assert {len(row) for row in sheet.rows} == {len(sheet.columns)}, sheet.title


def test_sheets_say_what_a_clerk_looks_for():
    found = {sheet.title: sheet for sheet in sheets([plan()])}
    task = dict(zip((c.head for c in found["任务"].columns), found["任务"].rows[0], strict=True))
    assert task["牵头单位"] == "县发改局"
    assert task["责任单位"] == "县财政局等"
    assert task["原文"] == TEXT[6:31]
    assert (task["起"], task["止"], task["疑问"]) == (6, 31, DOUBT.question)
    assert [row[3] for row in found["疑问"].rows] == [DOUBT.question, DOUBT.question]


def test_with_several_plans_each_row_names_its_file():
    for sheet in sheets([plan("甲.txt"), plan("乙.txt")]):
        assert sheet.columns[0].head == "文件"
        assert {row[0] for row in sheet.rows} == {"甲.txt", "乙.txt"}


@pytest.mark.parametrize(
    ("kind", "op", "value", "high", "unit", "reference", "said"),
    [
        ("growth", ">=", 6.0, None, "%", None, "增长6%以上"),
        ("new", "=", 1.0, 2.0, "名", None, "新增1—2名"),
        ("level", "~", 0.5, None, "个百分点", None, "达到0.5个百分点左右"),
        ("level", "=", 40773.0, None, "平方米", None, "达到40773平方米"),
        ("level", "=", 1234567.0, None, "元", None, "达到1234567元"),
        ("relative", ">", None, None, None, "经济增速", "高于经济增速"),
        ("relative", "~", None, None, None, "经济增长", "相当于经济增长"),
        ("zero", "=", None, None, None, None, "清零"),
    ],
)
def test_what_is_asked_in_one_glance(kind, op, value, high, unit, reference, said):
    assert target_words(kind, op, value, unit, high, reference=reference) == said
