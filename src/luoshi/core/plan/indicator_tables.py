"""Targets that a table gives a column of their own: 指标名称 | 单位 | 2026年目标.

A row is read as the sentence it stands for (name, number, unit), whose characters keep their places in the
paper. Cells that say it all themselves (新增10家企业) are read as sentences anyway and left alone here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_filters import year_of
from luoshi.core.plan.indicator_mentions import MARK, Sentence, make_sentence
from luoshi.core.plan.indicator_sentences import read_sentence
from luoshi.core.plan.paper import Paper
from luoshi.core.quantity import AFTER, NUMBER, UNIT
from luoshi.core.source.grid import GridCell, GridRow, GridTable

TARGET = pattern(r"目标|任务数|任务量|计划数|计划值|指标值|预期值|年度计划|年度任务|^(?:20[0-9]{2}年?|年度)$")
# Columns that hold targets where no column is called one: 任务名称 | 指标要求.
REQUIRED = pattern(r"指标(?:要求|任务|标准|数)?$|^(?:任务|工作|具体)?要求$")
NOT_TARGET = pattern(
    r"完成情况|实现|累计|增速|增长|完成数|完成值|实际|现状|基期|基准|上年|分解|节点|阶段|时限|措施|名称|类[型别]|属性|来源"
)
NAMED = pattern(r"指标|项目|任务|名称|内容|事项|类别")
OF_UNIT = pattern(r"(?:计量)?单位")
BARE = pattern(
    rf"(?P<before>[^0-9]{{0,6}})(?P<number>{NUMBER}(?:[-—–~～至]{NUMBER})?)(?P<after>(?:{'|'.join(AFTER)})?)"
)
MEASURE = pattern(UNIT)
IN_BRACKETS = pattern(rf"\(({UNIT})\)$")
GROWTH = pattern(r"(?:目标|预期|同比|比上年|计划)*(?:增速|增幅|增长率|增长)(?:[(\[]%[)\]])?|(?:增速|增长)%")
GROWN = pattern(rf"{NUMBER}%?(?:左右|以上)?")
YEAR = pattern(r"20[0-9]{2}")
LONGEST = 40


def target_cells(paper: Paper, tables: Iterable[GridTable]) -> Iterator[Sentence]:
    """One sentence for each target cell that lacks its own name."""
    issued = year_of(paper.clean.text)
    for table in tables:
        titles = [(i, "".join(title.split())) for i, title in enumerate(table.header)]
        columns = [i for i, title in titles if _promises(title, issued, TARGET)] or [
            i for i, title in titles if _promises(title, issued, REQUIRED)
        ]
        named = next((i for i, title in titles if NAMED.search(title) and i not in columns), None)
        if columns and named is not None:
            yield from _rows(paper, table, named, columns)
            yield from _growths(paper, table, named, [c + 1 for c in columns])


def by_cell(paper: Paper, told: list[Sentence]) -> list[Sentence]:
    """The sentences, where rows of a table stand on one line each those of its cells in place of those of its lines."""
    tables = [table for table in paper.tables if table.rebuilt and _on_lines(paper.clean.text, table)]
    if not tables:
        return told
    starts = [table.start for table in tables]
    apart = []
    for sentence in told:
        t = bisect_right(starts, sentence.at[0]) - 1
        if t < 0 or sentence.at[0] >= tables[t].end:
            apart.append(sentence)
    cells = {cell for table in tables for row in table.rows for cell in row.cells}
    for cell in sorted(cells):
        begin = cell.start
        for stop in [at for at in range(cell.start, cell.end) if paper.clean.text[at] in "。;!?"] + [
            cell.end
        ]:
            places = _places(paper.clean.text, GridCell(begin, stop))
            if any(paper.clean.text[at].isdecimal() for at in places):
                apart.append(make_sentence(paper.clean, places))
            begin = stop + 1
    return apart


def _on_lines(text: str, table: GridTable) -> bool:
    """Whether two cells of the first row stand on one line."""
    cells = [cell for cell in table.rows[0].cells if cell]
    return any("\n" not in text[a.end : b.start] for a, b in pairwise(cells) if a.end <= b.start)


def _promises(title: str, issued: str, called: re.Pattern[str]) -> bool:
    """A column of targets; one headed by a year before the paper's own number is where things stood."""
    if not called.search(title) or NOT_TARGET.search(title):
        return False
    year = YEAR.search(title)
    return not (year and year[0] < issued)


def _rows(paper: Paper, table: GridTable, named: int, columns: list[int]) -> Iterator[Sentence]:
    measured = next((i for i, title in enumerate(table.header) if OF_UNIT.fullmatch(title)), None)
    for row in table.rows:
        for column in columns:
            if max(named, column) < len(row.cells) and (
                sentence := _sentence(paper, row, named, column, measured)
            ):
                yield sentence


def _growths(paper: Paper, table: GridTable, named: int, columns: list[int]) -> Iterator[Sentence]:
    """2026年目标 | 增速(%): right behind a column of targets, how much more these are than the year before."""
    for column in columns:
        if column >= len(table.header) or not GROWTH.fullmatch("".join(table.header[column].split())):
            continue
        for row in table.rows:
            name, figure = (
                _places(paper.clean.text, row.cells[named]),
                _places(paper.clean.text, row.cells[column]),
            )
            said = "".join(paper.clean.text[at] for at in figure)
            if name and len(name) <= LONGEST and GROWN.fullmatch(said):
                words = "".join(paper.clean.text[at] for at in name) + "增长"
                number = said.rstrip("%左右以上")
                text = words + number + "%" + said[len(number) :].lstrip("%")
                at = [*name, figure[0], figure[0], *figure[: len(number)]]
                yield Sentence(text, text, [*at, *[figure[-1]] * (len(text) - len(at))])


def _sentence(paper: Paper, row: GridRow, named: int, column: int, measured: int | None) -> Sentence | None:
    """Name, number and unit of a row in the order of speech; None when the cell speaks for itself."""
    text = paper.clean.text
    name, target = _places(text, row.cells[named]), _places(text, row.cells[column])
    if mark := MARK.match("".join(text[i] for i in name)):
        name = name[mark.end() :]
    if (
        not name
        or not target
        or len(name) > LONGEST
        or len(target) > LONGEST
        or row.cells[named] == row.cells[column]
    ):
        return None
    spoken = make_sentence(paper.clean, target)
    if (
        not any(c.isdigit() for c in spoken.text)
        or read_sentence(spoken)
        or read_sentence(make_sentence(paper.clean, name))
    ):
        return None
    unit: list[int] = []
    if brackets := IN_BRACKETS.search("".join(text[i] for i in name)):
        unit, name = name[brackets.start(1) : brackets.end(1)], name[: brackets.start()]
    elif measured is not None and measured < len(row.cells):
        unit = _places(text, row.cells[measured])
    bare = BARE.fullmatch(spoken.text)
    if bare and MEASURE.fullmatch("".join(text[i] for i in unit)):
        cut = bare.end("number")
        target = [*target[:cut], *unit, *target[cut:]]
    return make_sentence(paper.clean, [*name, *target])


def _places(text: str, cell: GridCell) -> list[int]:
    """Offsets of the cell's characters, blanks and line breaks left out."""
    return [i for i in range(cell.start, cell.end) if not text[i].isspace()]
