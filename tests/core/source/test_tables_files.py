"""Tables of real files, written here with the usual libraries, read through the loaders."""

from io import BytesIO

import openpyxl
import pytest
from docx import Document

from luoshi.core.plan.model import Task
from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.table_tasks import find_table_tasks
from luoshi.core.source.loaders import load


def read(data: bytes, name: str) -> tuple[Task, ...]:
    return find_table_tasks(open_paper(load(data, name)), (), 2025)


def docx(title: str, rows: list[list[str]], merges: list[tuple[int, int, int, int]]) -> bytes:
    """A document with one table; `merges` are (row, column, row, column) corners, the text of the first stays."""
    document = Document()
    document.add_paragraph("附件1")
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for top, left, bottom, right in merges:
        text = rows[top][left]
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx_with_merged_cells_and_group_rows():
    rows = [
        ["序号", "内容", "", "主要责任单位", "县政府分管领导", "工作进度"],
        ["一、任务清单", "", "", "", "", ""],
        ["1", "产业培育", "新增规模以上工业企业12家。", "县科工局、县发改局", "张三", ""],
        ["", "", "培育专精特新企业5家。", "县科工局", "", ""],
        ["2", "城市更新", "改造老旧小区20个。", "县住建局", "李 四\n王五", ""],
        ["二、项目清单", "", "", "", "", ""],
        ["1", "城东水厂", "", "县水利局", "", ""],
    ]
    merges = [
        (0, 1, 0, 2),
        (1, 0, 1, 5),
        (5, 0, 5, 5),
        (2, 0, 3, 0),
        (2, 1, 3, 1),
        (2, 4, 3, 4),
        (6, 1, 6, 2),
    ]
    found = read(docx("青禾县任务责任分解表", rows, merges), "分解表.docx")
    assert [(t.path, t.heading, t.quote, t.units, t.leaders) for t in found] == [
        ("附件1/表/一/1/1", "产业培育", "新增规模以上工业企业12家。", ("县科工局", "县发改局"), ("张三",)),
        ("附件1/表/一/1/2", "产业培育", "培育专精特新企业5家。", ("县科工局",), ("张三",)),
        ("附件1/表/一/2", "城市更新", "改造老旧小区20个。", ("县住建局",), ("李四", "王五")),
        ("附件1/表/二/1", None, "城东水厂", ("县水利局",), ()),
    ]
    assert not any(d.code == "inherited-owner" for t in found for d in t.doubts)


def test_docx_with_a_header_two_rows_deep_and_printed_again():
    rows = [
        ["序号", "工作任务", "责任领导", "责任单位", "", "完成时限"],
        ["", "", "", "牵头单位", "配合单位", ""],
        ["1", "地区生产总值增长6.5%以上", "张三", "县发改局", "县统计局、各乡镇", "12月底"],
        ["序号", "工作任务", "责任领导", "牵头单位", "配合单位", "完成时限"],
        ["2", "新增学位900个", "王五", "县教育局", "", "8月底前"],
    ]
    merges = [(0, 3, 0, 4), *((0, c, 1, c) for c in (0, 1, 2, 5))]
    found = read(docx("政府工作报告重点任务分解表", rows, merges), "分解表.docx")
    assert [(t.path, t.lead, t.units, t.deadline) for t in found] == [
        ("附件1/表/1", ("县发改局",), ("县统计局", "各乡镇"), "2025-12-31"),
        ("附件1/表/2", ("县教育局",), (), "2025-08-31"),
    ]


def test_xlsx_with_a_title_row_and_cells_left_empty():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["青禾县2025年民生实事任务清单"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "实事项目", "主要内容", "牵头单位", "配合单位", "完成时限"])
    sheet.append([1, "扩建城北小学", "新增学位900个，新建教学楼1栋", "县教育局", "县住建局", "2025年8月"])
    sheet.append([None, None, "配齐配强教师", "县教育局", "县委编办", "2025年8月"])
    sheet.append([2, "农村饮水", "新建供水工程3处", "县水利局", None, "2025年12月"])
    out = BytesIO()
    book.save(out)
    found = read(out.getvalue(), "清单.xlsx")
    assert [(t.path, t.heading, t.lead, t.units, t.deadline) for t in found] == [
        ("表/1/1", "扩建城北小学", ("县教育局",), ("县住建局",), "2025-08-31"),
        ("表/1/2", "扩建城北小学", ("县教育局",), ("县委编办",), "2025-08-31"),
        ("表/2", "农村饮水", ("县水利局",), (), "2025-12-31"),
    ]


HTML = """<html><body><h1>青禾县优化营商环境任务清单</h1><table border="1">
<tr><td rowspan="2">序号</td><td rowspan="2">任务</td><td colspan="2">责任分工</td><td rowspan="2">备注</td></tr>
<tr><td>牵头</td><td>配合</td></tr><tr><td colspan="5">（一）政务服务</td></tr>
<tr><td>1</td><td><p>推行一件事一次办。</p><p>压缩开办时间。</p></td><td>县行政审批局</td><td>县市监局<br>县税务局</td><td></td></tr>
<tr><td>2</td><td>建设数字大厅</td><td rowspan="2">县数据局</td><td>—</td><td></td></tr>
<tr><td>3</td><td>共享数据</td><td>各单位</td><td></td></tr></table></body></html>"""


def test_html_with_rowspans():
    found = read(HTML.encode(), "清单.html")
    assert [(t.path, t.lead, t.units) for t in found] == [
        ("表/(一)/1", ("县行政审批局",), ("县市监局", "县税务局")),
        ("表/(一)/2", ("县数据局",), ()),
        ("表/(一)/3", ("县数据局",), ("各单位",)),
    ]


@pytest.mark.parametrize("name", ["清单.txt", "清单.md"])
def test_text_files_with_drawn_tables(name):
    data = "# 清单\n\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 建产业园 | 县发改局 |\n| 2 | 建水厂 | 县水利局 |\n"
    assert [t.units for t in read(data.encode(), name)] == [("县发改局",), ("县水利局",)]
