"""What is typed into a field and what becomes of it."""

import datetime as dt

import pytest

from luoshi.reporting.content import posted
from luoshi.reporting.models import Figure, Report

FIGURE = Figure(pk=3, since=dt.date(2026, 1, 1), until=dt.date(2026, 3, 31), as_of=dt.date(2026, 3, 31))
ROWS = [
    ("value", "12.5", "12.5"), ("value", "１２．５", "12.5"), ("value", "1,200", "1200"), ("value", "7.60%", "7.6"), ("value", "-3", "-3"),
    ("value", "", ""), ("value", "1e3", "1000"), ("value", "0", "0"), ("percent", "30", "30"), ("percent", "３０％", "30"), ("percent", "007", "7"),
    ("as_of", "2026-03-25", "2026-03-25"), ("as_of", "2026/3/25", "2026-03-25"), ("as_of", "2026年3月25日", "2026-03-25"), ("as_of", "", "2026-03-31"),
    ("source", "statistics", "statistics"), ("source", "nowhere", "self"), ("cause", "funds", "funds"), ("cause", "x", ""),
    ("needs", " 县财政局\n 县住建局 ", "县财政局 县住建局"), ("done", " 第一行\r\n第二行 ", "第一行\n第二行"), ("sure", "1", "1"),
]  # fmt: skip
WRONG = [
    ("value", "约120", "应为数字，现在是“约120”。没有数时请留空，并写明原因。"),
    ("value", "nan", "应为数字，现在是“nan”。没有数时请留空，并写明原因。"),
    ("value", "9" * 30, "数字太大，请核对计量单位。"),
    ("percent", "101", "“完成进度”应为0到100的整数，现在是“101”。"),
    ("percent", "-1", "“完成进度”应为0到100的整数，现在是“-1”。"),
    ("percent", "过半", "“完成进度”应为0到100的整数，现在是“过半”。"),
    ("as_of", "三月", "“截至日期”应写成2026-03-31这样的日期，现在是“三月”。"),
    ("as_of", "2026-02-30", "“截至日期”应写成2026-03-31这样的日期，现在是“2026-02-30”。"),
    ("as_of", "2020-01-01", "“截至日期”应在2026-01-01以后，请核对。"),
    ("done", "字" * 2001, "“工作进展”有2001个字，请压缩到2000个字以内。"),
]


def read(name: str, text: str) -> tuple[str, dict[str, str]]:
    of_figure = name in ("value", "absent", "source", "as_of", "sure")
    key = f"f3-{name}" if of_figure else f"r7-{name}"
    said = posted({key: text}, Report(pk=7), [FIGURE])
    return (said.numbers[3] if of_figure else said.words)[name], said.errors


@pytest.mark.parametrize(("name", "text", "expected"), ROWS)
def test_read(name: str, text: str, expected: str) -> None:
    assert read(name, text) == (expected, {})


@pytest.mark.parametrize(("name", "text", "sentence"), WRONG)
def test_refused(name: str, text: str, sentence: str) -> None:
    assert list(read(name, text)[1].values()) == [sentence]


def test_what_is_not_sent_stays() -> None:
    said = posted({}, Report(pk=7, done="已开工"), [FIGURE])
    assert said.words["done"] == "已开工"
    assert not said.errors


def test_the_digest_tells_rows_apart() -> None:
    one, same, other = (posted({"r7-done": t}, Report(pk=7), [FIGURE]) for t in ("甲", " 甲 ", "乙"))
    assert one.digest == same.digest != other.digest
