"""The sheet as an Excel file: out, filled in, back; what is wrong is marked, nothing newer is overwritten."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from luoshi.reporting.models import Figure, Report, Round
from tests.people import Member
from tests.reporting import Ledger, fill_all


@pytest.fixture
def march(county: Ledger, liu: Member, wang: Member) -> Round:
    return county.round(liu.actor)


def address(round: Round, county: Ledger) -> str:
    return f"/reporting/rounds/{round.pk}/units/{county.wang.pk}/"


def taken(client, page: str) -> Workbook:
    return load_workbook(io.BytesIO(client.get(f"{page}sheet.xlsx").content))


def columns(book: Workbook) -> dict[str, int]:
    return {cell.value: cell.column for cell in book.active[2]}


def put(book: Workbook, row: int, **values: object) -> None:
    at = columns(book)
    for name, value in values.items():
        book.active.cell(row, at[name], value)


def sent(client, page: str, book: Workbook, name: str = "填报表.xlsx"):
    stream = io.BytesIO()
    book.save(stream)
    return client.post(f"{page}upload/", {"file": SimpleUploadedFile(name, stream.getvalue())}, follow=True)


def rows(round: Round, county: Ledger) -> list[Report]:
    return list(Report.objects.filter(round=round, unit=county.wang).order_by("order"))


def test_out_and_back(march, county, browser, wang) -> None:
    client, page = browser(wang), address(march, county)
    book = taken(client, page)
    at = columns(book)
    assert [row[at["任务"] - 1].value for row in book.active.iter_rows(min_row=3)] == [
        "新开工亿元项目",
        "",
        "建成公办幼儿园",
        "培育规上企业",
    ]
    assert book.active.column_dimensions["A"].hidden
    put(
        book,
        3,
        本期=4,
        进度=20,
        工作进展="开工4个项目。",
        问题原因="资金",
        截至日期="2026/3/25",
        数据来源="统计",
    )
    put(book, 4, 没有数的原因="统计局未发布")
    put(book, 6, 本期="１，200", 工作进展="走访")
    html = sent(client, page, book).content.decode()
    assert "已从表格读入，保存2行。请看过后提交。" in html
    first, second, third = rows(march, county)
    assert (first.percent, first.done, first.cause, second.filled_at) == (20, "开工4个项目。", "funds", None)
    assert [(f.value, f.absent, f.source, f.as_of.isoformat()) for f in first.figures.order_by("pk")] == [
        (4, "", "statistics", "2026-03-25"), (None, "统计局未发布", "self", "2026-03-31")
    ]  # fmt: skip
    assert third.figures.get().value == 1200


def test_unchanged_is_said_by_a_word(march, county, browser, wang, liu) -> None:
    fill_all(march, county.wang, wang.actor)
    april = county.round(liu.actor, "2026年4月")
    client, page = browser(wang), address(april, county)
    book = taken(client, page)
    put(book, 3, 无变化="是")
    put(book, 5, 无变化="是")
    sent(client, page, book)
    first, second, third = rows(april, county)
    assert (first.unchanged, second.unchanged, third.unchanged) == (True, True, False)
    assert {f.value for f in first.figures.all()} == {5}


def test_what_is_wrong_comes_back_marked_and_is_not_saved(march, county, browser, wang) -> None:
    client, page = browser(wang), address(march, county)
    book = taken(client, page)
    put(book, 3, 本期="约120", 进度=20)
    put(book, 5, 工作进展="已选址")
    answer = sent(client, page, book)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "已保存1行，还有1行没有写入" in html
    assert "新开工项目：应为数字，现在是“约120”。没有数时请留空，并写明原因。" in html
    first, second, _ = rows(march, county)
    assert (first.filled_at, second.done) == (None, "已选址")
    fields = re.search(r'name="fields" value="([^"]*)"', html)[1].replace("&quot;", '"')
    marked = load_workbook(io.BytesIO(client.post(f"{page}faults/", {"fields": fields}).content))
    cell = marked.active.cell(3, columns(marked)["本期"])
    assert cell.value == "约120"
    assert cell.fill.fgColor.rgb == "FFF8C9C4"
    assert "应为数字" in cell.comment.text
    assert marked.active.cell(3, columns(marked)["进度"]).value == 20
    assert Figure.objects.filter(value__isnull=False).count() == 0


def test_nothing_newer_is_overwritten(march, county, browser, wang) -> None:
    client, page = browser(wang), address(march, county)
    book = taken(client, page)
    put(book, 5, 工作进展="表格里写的")
    put(book, 6, 工作进展="走访", 本期=3)
    second = rows(march, county)[1]
    client.post(page, {f"r{second.pk}-version": "1", f"r{second.pk}-done": "网页上写的"})
    answer = sent(client, page, book)
    html = answer.content.decode()
    assert "改过这一行，您的改动没有覆盖上去" in html
    assert "<td>表格里写的</td><td>网页上写的</td>" in html
    assert [r.done for r in rows(march, county)[1:]] == ["网页上写的", "走访"]
    fields = re.search(r'name="fields" value="([^"]*)"', html)[1].replace("&quot;", '"')
    marked = load_workbook(io.BytesIO(client.post(f"{page}faults/", {"fields": fields}).content))
    comments = {c.comment.text for row in marked.active.iter_rows(min_row=3) for c in row if c.comment}
    assert any("网页上王科长" in text and "表格里的没有覆盖上去" in text for text in comments)


def test_rows_that_the_file_did_not_touch_are_left_alone(march, county, browser, wang) -> None:
    client, page = browser(wang), address(march, county)
    book = taken(client, page)
    second = rows(march, county)[1]
    client.post(page, {f"r{second.pk}-version": "1", f"r{second.pk}-done": "网页上写的\n第二行"})
    assert sent(client, page, book).status_code == 200
    assert rows(march, county)[1].done == "网页上写的\n第二行"
    assert (
        sent(client, page, taken(client, page)).status_code == 200
    )  # line breaks do not outlive a workbook, and are kept
    assert rows(march, county)[1].done == "网页上写的\n第二行"


def test_words_that_begin_like_a_formula_stay_words(march, county, browser, wang) -> None:
    client, page = browser(wang), address(march, county)
    second = rows(march, county)[1]
    client.post(page, {f"r{second.pk}-version": "1", f"r{second.pk}-done": "=HYPERLINK(1)"})
    book = taken(client, page)
    cell = book.active.cell(5, columns(book)["工作进展"])
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("blank", [1, 3])
def test_rows_below_a_gap_are_read_or_the_file_is_refused(march, county, browser, wang, blank) -> None:
    client, page = browser(wang), address(march, county)
    book = taken(client, page)
    put(book, 6, 工作进展="走访", 本期=3)
    book.active.insert_rows(5, blank)
    answer = sent(client, page, book)
    third = rows(march, county)[2]
    assert (answer.status_code, third.done) in ((200, "走访"), (409, ""))


BAD = {
    "another unit's": "第3行不是本单位这一轮的填报。",
    "no head": "不是这一轮的填报表",
    "no column": "表头缺少“进度”。",
    "text": "不是Excel表格",
    "empty": "选中的文件是空的，请重新选择。",
    "none": "请选择要上传的表格。",
}


@pytest.mark.parametrize("what", BAD)
def test_files_that_are_refused_whole(march, county, browser, wang, what) -> None:
    client, page = browser(wang), address(march, county)
    book = taken(client, page)
    at = columns(book)
    if what == "another unit's":
        book.active.cell(3, at["识别码"], "99999/1/abc/")
    elif what == "no head":
        book.active.delete_rows(2)
    elif what == "no column":
        book.active.cell(2, at["进度"], "别的")
    files = {
        "text": SimpleUploadedFile("表.xlsx", "不是表格".encode()),
        "empty": SimpleUploadedFile("表.xlsx", b""),
    }
    if what == "none":
        answer = client.post(f"{page}upload/")
    elif what in files:
        answer = client.post(f"{page}upload/", {"file": files[what]})
    else:
        answer = sent(client, page, book)
    assert answer.status_code == 409
    assert BAD[what] in answer.content.decode()
    assert not Report.objects.filter(filled_at__isnull=False).exists()


@pytest.mark.parametrize(
    "fields", ["", "x", "[]", "1", json.dumps({"a": 1}), json.dumps({"r1-version": "²"})]
)
def test_odd_fields_are_refused_not_broken(march, county, browser, wang, fields) -> None:
    assert browser(wang).post(f"{address(march, county)}faults/", {"fields": fields}).status_code in (
        200,
        409,
    )


def test_a_sheet_that_was_sent_has_nothing_to_fill(march, county, browser, wang) -> None:
    fill_all(march, county.wang, wang.actor)
    answer = browser(wang).get(f"{address(march, county)}sheet.xlsx")
    assert answer.status_code == 409
    assert "填报现在是“已提交”，不能填写。如需修改，请先撤回。" in answer.content.decode()
