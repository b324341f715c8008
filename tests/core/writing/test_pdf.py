"""GB/T 9704-2012 measured in the printed PDF, in millimetres from the PDF itself, within one millimetre."""

import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from luoshi.core.writing import pdf
from luoshi.core.writing.docx.write import to_docx
from luoshi.core.writing.paper import Text, block_text
from luoshi.core.writing.pdf import NoPdf, office, to_pdf
from tests.core.writing.papers import ALL, FILE, LONG, MINUTES, PLAIN, UPWARD, lines, printed, rules

pytestmark = pytest.mark.skipif(not office(), reason="LibreOffice is not installed: nothing prints here")


def near(value):
    return pytest.approx(value, abs=1.0)


def test_a_full_page_has_22_lines_of_28_characters_in_a_block_of_156_by_225_mm():
    page = lines(printed("file")[1])[:-1]
    assert len(page) == 22
    assert {len(line.text) for line in page if "逐条逐项" in line.text} == {28}
    assert min(line.left for line in page) == near(28)
    assert max(line.right for line in page) == near(184)
    assert page[0].top > 37
    assert page[-1].foot < 262
    steps = [b.foot - a.foot for a, b in pairwise(page)]
    assert max(steps) == pytest.approx(10.21, abs=0.6)


def test_the_head_of_a_file():
    page = printed("file")[0]
    mark, number, *_ = lines(page)
    assert mark.top == near(37 + 35)
    assert (mark.left + mark.right) / 2 == near(28 + 78)
    assert (number.left + number.right) / 2 == near(28 + 78)
    (red,) = [rule for rule in rules(page, 30, red=True) if rule[0] > number.foot]
    assert red[0] - number.foot == near(4)
    assert rules(page, 28.5, red=True)
    assert rules(page, 183.5, red=True)
    assert not rules(page, 26.5, red=True)
    assert not rules(page, 185.5, red=True)


def test_the_text_begins_on_the_first_page():
    assert any("通报如下" in line.text for line in lines(printed("file")[0]))


@pytest.mark.parametrize("page", [0, 1, 2, 3])
def test_page_numbers_stand_outside_odd_right_even_left_7_mm_below_the_block(page):
    foot = lines(printed("file")[page])[-1]
    assert foot.text == f"—{page + 1}—"
    x = foot.right - 2.5 if page % 2 == 0 else foot.left + 2.5
    assert rules(printed("file")[page], x)[-1][0] == near(262 + 7)
    if page % 2 == 0:
        assert foot.right == near(184 - 4.94)
    else:
        assert foot.left == near(28 + 4.94)


def test_lying_pages_carry_the_number_where_the_bound_sheet_has_it():
    document = printed("file")
    at = next(p for p in range(len(document)) if document[p].get_width() > document[p].get_height())
    page, mm = document[at], 25.4 / 72
    words = page.get_textpage()
    boxes = [words.get_charbox(i) for i in range(words.count_chars()) if words.get_text_range(i, 1) == "—"]
    middle = [(left + right) / 2 * mm for left, _, right, _ in boxes]
    assert middle == [near(35 - 7), near(35 - 7)]
    down = [(page.get_height() - foot) * mm for _, foot, _, _ in boxes]
    if (at + 1) % 2:
        assert max(down) == near(184 - 4.94)
    else:
        assert min(down) == near(28 + 4.94 + 4)


def test_heads_of_tables_repeat_on_every_page():
    document = printed("file")
    lying = [p for p in document if p.get_width() > p.get_height()]
    assert len(lying) > 1
    assert all("主要责任单位" in page.get_textpage().get_text_range() for page in lying)


def test_the_imprint_ends_with_the_block():
    page = printed("file")[len(printed("file")) - 1]
    found = [rule for rule in rules(page, 30) if rule[0] > 200]
    assert found[-1][1] == near(262)
    thick = found[-1][1] - found[-1][0]
    assert thick == pytest.approx(0.35, abs=0.1)
    assert rules(page, 183)[-1][1] == near(262)


def test_a_letter():
    page = printed("letter")[0]
    mark, number, *_ = lines(page)
    assert mark.top == near(30)
    red = rules(page, 21, red=True)
    assert red[0][0] - mark.foot == near(4)
    assert red[0][1] - red[0][0] > red[1][1] - red[1][0]  # thick above, thin below
    assert number.top - red[1][1] == near(4.94)
    assert red[-1][1] == near(297 - 20)
    assert red[-2][1] - red[-2][0] > 0.5 or red[-1][1] - red[-1][0] > 0.5
    assert number.right == near(184)
    assert not any(re.fullmatch("—1—", line.text) for line in lines(page))
    assert any(line.text == "—2—" for line in lines(printed("letter")[1]))


@pytest.mark.parametrize("name", ["file", "upward", "letter"])
def test_a_signature_is_never_alone_on_its_page(name):
    for page in printed(name):
        found = [line.text for line in lines(page)]
        at = next((i for i, text in enumerate(found) if text == "2026年7月5日"), None)
        assert at is None or at >= 2


@pytest.mark.parametrize("name", ALL)
def test_no_character_is_lost_on_the_way(name):
    """LibreOffice 7.4 drops a comma that hangs from a justified line: every one must arrive (docs/decisions/0161)."""
    said = "".join(page.get_textpage().get_text_range() for page in printed(name))
    for sign in "，。、；：":
        wanted = sum(block_text(block).count(sign) for block in ALL[name].body)
        assert said.count(sign) >= wanted, sign


def test_minutes_and_briefs():
    mark, number, *_ = lines(printed("minutes")[0])
    assert mark.top == near(37 + 35)
    assert number.text == "第5期"
    brief = printed("brief")[0]
    words = [line.text for line in lines(brief)]
    assert words[:3] == ["八大行动工作简报", "第12期", "青禾县人民政府办公室2026年7月10日"]
    assert rules(brief, 30, red=True)
    assert any(text.startswith("报：") for text in words)
    assert any("共印80份" in text for text in words)


def test_a_long_last_paragraph_ends_on_the_page_of_the_signature():
    """Seven lines fill the first page: set a little wider, they bring some of themselves to the signature."""
    body = (Text("现将有关情况报告如下。"), Text(PLAIN[:190] + "。"))
    made = pypdfium2.PdfDocument(to_pdf(to_docx(replace(UPWARD, urgency="", body=body))).content)
    first, second = (lines(page) for page in made)
    assert sum("抓好落实" in line.text or "逐条逐项" in line.text for line in first) >= 4
    assert [line.text for line in second][-3:-1] == ["青禾县人民政府", "2026年7月5日"]
    assert len(second) > 3
    made.close()


def test_it_says_which_types_were_used():
    said = to_pdf(to_docx(FILE)).said
    assert said.startswith("字体：")
    assert said.endswith("。")


def test_a_server_without_libreoffice_says_so(monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    with pytest.raises(NoPdf, match="没有安装 LibreOffice"):
        to_pdf(b"")


def test_a_slow_or_unwilling_libreoffice_says_so(monkeypatch):
    with pytest.raises(NoPdf, match="已停止"):
        to_pdf(to_docx(FILE), patience=0.01)
    monkeypatch.setattr(pdf._Room, "run", lambda room, *order: None)
    with pytest.raises(NoPdf, match="没有生成 PDF"):
        to_pdf(to_docx(FILE))


def teardown_module():
    for name in ALL if office() else ():
        printed(name).close()


@pytest.mark.parametrize(("more", "numbered", "blank"), [(0, 1, 0), (1, 2, 1)])
def test_imprint_overleaf_stands_on_an_even_page_that_bears_no_number(more, numbered, blank):
    minutes = replace(MINUTES, body=(Text(LONG), *(Text(LONG * 3),) * more), present=())
    assert minutes.imprint
    overleaf = replace(minutes, imprint=replace(minutes.imprint, overleaf=True))
    made = pypdfium2.PdfDocument(to_pdf(to_docx(overleaf)).content)
    pages = [lines(page) for page in made]
    assert len(pages) == numbered + blank + 1
    assert len(pages) % 2 == 0
    for at, page in enumerate(pages[:numbered], 1):
        assert page[-1].text == f"—{at}—"
    assert [page for page in pages[numbered:-1] if page] == []
    copies, printer = pages[-1]
    assert copies.text == "抄送：县委办公室。"
    assert printer.text.endswith("2026年7月6日印发")
    assert rules(made[len(made) - 1], 30)[-1][1] == near(262)
