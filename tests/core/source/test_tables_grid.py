"""Tables known cell by cell: merged cells, headers two deep, group rows, rows that a page cut in two."""

import pytest

from luoshi.core.source.clean import clean
from luoshi.core.source.tables import GridTable, find_tables
from luoshi.core.source.text import Cell, SourceText, Span, Table


def source(*grids: list[list[str | None]], between: str = "") -> SourceText:
    """A docx-like source: a cell to a line; None is covered by the cell to its left, "^" by the one above."""
    text, tables = "附件1\n任务清单\n", []
    for grid in grids:
        start, cells = len(text), []
        for r, row in enumerate(grid):
            for c, word in enumerate(row):
                if word is None or word == "^":
                    continue
                right = next((k for k in range(c + 1, len(row)) if row[k] is not None), len(row))
                down = next((k for k in range(r + 1, len(grid)) if grid[k][c] != "^"), len(grid))
                cells.append(Cell(r, c, Span(len(text), len(text) + len(word)), down - r, right - c))
                text += word + "\t"
            text += "\n"
        tables.append(Table(Span(start, len(text)), tuple(cells), len(grid), len(grid[0])))
        text += between
    return SourceText("清单.docx", "docx", text, tables=tuple(tables))


def read(src: SourceText) -> tuple[tuple[GridTable, ...], list[list[str]]]:
    cleaned = clean(src)
    tables = find_tables(src, cleaned)
    words = [[cleaned.text[c.start : c.end] for c in row.cells] for table in tables for row in table.rows]
    return tables, words


def test_merged_cells_stand_in_every_place_they_cover():
    (table,), words = read(
        source(
            [
                ["序号", "内容", None, "责任单位", "分管领导"],
                ["1", "养老", "建助餐点25个", "县民政局", "张三"],
                ["^", "^", "适老化改造", "县残联", "^"],
                ["2", "城东水厂", None, "县水利局", ""],
            ]
        )
    )
    assert table.header == ("序号", "内容", "内容", "责任单位", "分管领导")
    assert words == [
        ["1", "养老", "建助餐点25个", "县民政局", "张三"],
        ["1", "养老", "适老化改造", "县残联", "张三"],
        ["2", "城东水厂", "城东水厂", "县水利局", ""],
    ]
    assert not table.rebuilt


def test_a_title_row_and_a_header_two_rows_deep():
    (table,), words = read(
        source(
            [
                ["青禾县重点任务分解表", None, None, None, None],
                ["序号", "工作任务", "责任单位", None, "完成时限"],
                ["^", "^", "牵头单位", "配合单位", "^"],
                ["1", "新建水厂", "县水利局", "县住建局", "10月底"],
            ]
        )
    )
    assert table.header == ("序号", "工作任务", "责任单位/牵头单位", "责任单位/配合单位", "完成时限")
    assert words == [["1", "新建水厂", "县水利局", "县住建局", "10月底"]]


def test_group_rows_and_a_header_printed_again():
    (table,), words = read(
        source(
            [
                ["序号", "任务", "责任单位"],
                ["任务清单", None, None],
                ["一、产业", None, None],
                ["1", "甲", "县发改局"],
                ["序号", "任务", "责任单位"],
                ["二、民生", None, None],
                ["1", "乙", "县教育局"],
            ]
        )
    )
    assert [row.group for row in table.rows] == [("任务清单", "一、产业"), ("任务清单", "二、民生")]
    assert words == [["1", "甲", "县发改局"], ["1", "乙", "县教育局"]]


def test_a_group_row_with_its_mark_in_the_number_column():
    (table,), _ = read(
        source([["序号", "任务", "责任单位"], ["一", "壮大产业", ""], ["1", "新建园区", "县发改局"]])
    )
    assert [row.group for row in table.rows] == [("一、壮大产业",)]


def test_a_table_that_goes_on_in_the_next_one():
    header = ["序号", "任务", "责任单位"]
    for second in ([header, ["2", "乙", "县教育局"]], [["2", "乙", "县教育局"]]):
        _, words = read(source([header, ["1", "甲", "县发改局"]], second, between="\n"))
        assert words == [["1", "甲", "县发改局"], ["2", "乙", "县教育局"]]


def test_another_table_after_a_title_of_its_own():
    header = ["序号", "任务", "责任单位"]
    tables, _ = read(
        source([header, ["1", "甲", "县发改局"]], [header, ["1", "乙", "县教育局"]], between="项目清单\n")
    )
    assert [len(table.rows) for table in tables] == [1, 1]


def test_a_new_header_in_the_middle_begins_a_new_table():
    tables, _ = read(
        source(
            [
                ["序号", "任务", "责任单位"],
                ["1", "甲", "县发改局"],
                ["序号", "项目名称", "牵头单位"],
                ["1", "水厂", "县水利局"],
            ]
        )
    )
    assert [table.header[1] for table in tables] == ["任务", "项目名称"]


def test_a_row_cut_by_a_page_continues():
    (table,), words = read(
        source(
            [
                ["序号", "任务", "责任单位"],
                ["1", "建设产业园，", "县发改局、"],
                ["", "年内投产达效。", ""],
                ["", "", "县财政局"],
                ["2", "新建水厂。", "县水利局"],
            ]
        )
    )
    assert [row.continues for row in table.rows] == [False, True, True, False]
    assert words[1][1] == "年内投产达效。"


def test_cells_that_were_merged_only_to_the_eye():
    (table,), words = read(
        source(
            [
                ["序号", "任务", "责任单位"],
                ["1", "建设产业园。", "县发改局"],
                ["", "引进企业5家。", ""],
                ["", "投产3家。", "县科工局"],
            ]
        )
    )
    assert words[1:] == [["1", "引进企业5家。", "县发改局"], ["1", "投产3家。", "县科工局"]]
    assert table.rebuilt


def test_a_table_without_titles_keeps_its_rows():
    (table,), words = read(source([["甲", "乙"], ["丙", "丁"]]))
    assert table.header == ("", "")
    assert words == [["甲", "乙"], ["丙", "丁"]]


@pytest.mark.parametrize("furniture", [(), (Span(0, 4),)])
def test_places_survive_what_was_set_aside(furniture):
    src = source([["序号", "任务", "责任单位"], ["1", "甲", "县发改局"]])
    src = SourceText(src.name, src.format, src.text, tables=src.tables, furniture=furniture)
    cleaned = clean(src)
    (table,) = find_tables(src, cleaned)
    cell = table.rows[0].cells[2]
    span = cleaned.span(cell.start, cell.end)
    assert src.text[span.start : span.end] == "县发改局"
