"""A booklet as .docx: the same bytes for the same words, contents that point at bookmarks there are, nothing that breaks the XML."""

import io
import re
import zipfile
from xml.etree import ElementTree

import docx
import pytest

from luoshi.core.writing.booklet import Booklet, Chapter, settled
from luoshi.core.writing.docx.booklet import booklet_docx
from luoshi.core.writing.paper import Table, Text


def table(rows: int, lying: bool = False) -> Table:
    lines = tuple((str(n), "一项<任务>&它的名称\x00", "县教育局") for n in range(rows))
    return Table(("序号", "事项", "单位"), lines, (1, 8, 4), left=(1,), landscape=lying, small=True)


BOOK = Booklet(
    "会议材料",
    "青禾县“八大行动”重点任务调度会",
    (("时间", "2026年12月1日15:00"), ("参会", "县教育局、县民政局")),
    ("数据截至2026年11月30日。",),
    (
        Chapter("上次议定事项落实情况", (Text("共3项。"), table(3))),
        Chapter("亮红灯和逾期的事项", (Text("共9项。"), table(9, True))),
        Chapter("计算凭据", (table(4, True),), annex=True),
    ),
)
PAGES = {"chapter1": 2, "chapter2": 3, "chapter3": 4}


def document(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_the_same_words_give_the_same_bytes() -> None:
    assert booklet_docx(BOOK, PAGES) == booklet_docx(BOOK, dict(PAGES))
    assert booklet_docx(BOOK, PAGES) != booklet_docx(BOOK, {**PAGES, "chapter3": 5})


def test_every_line_of_the_contents_has_its_bookmark() -> None:
    xml = document(booklet_docx(BOOK, PAGES))
    ElementTree.fromstring(xml)  # well formed, whatever the words hold
    marks = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"/>', xml)
    assert marks == re.findall(r'<w:hyperlink w:anchor="(\w+)"', xml) == list(PAGES)
    assert [int(n) for n in re.findall(r"PAGEREF chapter\d+ .*?<w:t[^>]*>(\d+)</w:t>", xml)] == [2, 3, 4]
    assert "…" in document(booklet_docx(BOOK, {}))


def test_word_opens_it_and_knows_its_headings() -> None:
    opened = docx.Document(io.BytesIO(booklet_docx(BOOK, PAGES)))
    heads = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["上次议定事项落实情况", "亮红灯和逾期的事项", "附件：计算凭据"]
    assert [section.orientation for section in opened.sections] == [0, 1]
    assert [len(t.rows) for t in opened.tables] == [4, 10, 5]
    assert opened.core_properties.title == BOOK.title


@pytest.mark.parametrize(
    "answers", [[{"a": 2}, {"a": 2}], [{"a": 2}, {"a": 3}, {"a": 3}], [{"a": 2}, {"a": 3}, {"a": 4}]]
)
def test_pages_settle(answers: list[dict[str, int]]) -> None:
    """What is written is measured again, at most three times."""
    asked = []

    def measure(written: object) -> dict[str, int]:
        asked.append(written)
        return answers[len(asked) - 1]

    assert settled(measure) == answers[-1]
    assert asked == [{}, *answers[:-1]]
