"""Tables that share targets out: towns down the side and indicators across, or indicators down and towns across.

高标准农田（亩） over 4210 beside 东坪镇 promises 东坪镇新建高标准农田4210亩. A project list has one such column, the year's
investment. Each figure is read as the sentence it stands for; its place in the paper is the cell.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_filters import year_of
from luoshi.core.plan.indicator_mentions import Sentence
from luoshi.core.plan.indicator_names import PRODUCE, finish, strip_time
from luoshi.core.plan.paper import Paper
from luoshi.core.quantity import AFTER, NUMBER, UNIT
from luoshi.core.source.grid import GridCell, GridTable
from luoshi.core.source.table_columns import is_stage, role_of

SHARES_OUT = pattern(r"目标|任务|计划|分解|指标")
LOOKS_BACK = pattern(r"完成情况|统计|决算|进展|执行情况|台账|公报")
TITLE_REACH = 160  # characters above a table in which its title and its 单位: stand
OF_PLACES = pattern(
    r"^(?:乡镇|镇街|街镇|镇村|乡镇街道|街道|村居|社区|地区|区域|辖区|区划|县区|县市区|区县|市县|园区|单位|各单位|名称|单位名称|乡镇名称)$"
)
PLACE = pattern(
    r"(?:全[县市区省州镇乡旗盟]|合计|总计|小计|.{1,12}(?:[镇乡县市区旗村]|街道|社区|农场|林场|茶场|渔场|管委会|办事处|街办))$"
)
TOTAL = pattern(r"(?:全[县市区省州镇乡旗盟])|[合总小]计$")
FIGURE = pattern(rf"(?:[≥≤]|不低于|不少于|不超过)?{NUMBER}%?(?:{'|'.join(AFTER)})?$")
NOTHING = pattern(r"[—–/-]+$")
MEASURED = pattern(rf"单位:({UNIT})")
IN_BRACKETS = pattern(rf"\(({UNIT})\)")
BRACKETS = pattern(r"\([^()]*\)")
NAMED = pattern(r"(?:指标|任务|项目|目标|事项|工作|内容)(?:名称|内容)?$|^名称$")
OF_UNIT = pattern(r"(?:计量)?单位$")
PROJECT = pattern(r"^(?:重点|重大)?(?:建设)?(?:项目|工程)(?:名称)?$")
INVESTED = pattern(
    r"^(?:(20[0-9]{2})年?|年度|本年|当年)度?(?:计划)?(?:完成)?(?:投资|投入)(?:计划|目标|任务|额)?$"
)
GOAL = pattern(r"(?:工作|形象)?(?:目标|计划|任务|进度)+$")
NUMBERED = pattern(r"^\d{1,3}[.、](?!\d)")
LONGEST_NAME = 30
UNTOLD = frozenset(("number", "past", "score", "account", "contact", "progress"))


class Share(NamedTuple):
    """What one figure promises: the sentence (its characters all at the cell) and what the figure is called (东坪镇粮食产量)."""

    sentence: Sentence
    name: str


class Matrix(NamedTuple):
    """`names`: the column that says whose a row is, or (`across`) what it is about; `figures`: (column, title, unit)."""

    names: int
    figures: tuple[tuple[int, str, str], ...]
    across: bool
    unit: int | None = None


def matrix_of(paper: Paper, table: GridTable) -> Matrix | None:
    """How a table shares targets out; None when it does not."""
    if len(table.rows) < 2 or not any(table.header):
        return None
    by_title = [c for c, title in enumerate(table.header) if OF_PLACES.match(title)]
    if not by_title and sum(PLACE.match(title) is not None for title in table.header) < 2:
        return None
    above = _above(paper, table)
    if not SHARES_OUT.search(above) or LOOKS_BACK.search(above):
        return None
    full = [c for c, title in enumerate(table.header) if title and _figures(paper, table, c) >= 0.6]
    common = measured[1] if (measured := MEASURED.search(above)) else ""
    across = [c for c in full if PLACE.match(table.header[c])]
    if len(across) > 1:
        names = next((c for c, title in enumerate(table.header) if NAMED.search(title)), None)
        unit = next((c for c, title in enumerate(table.header) if OF_UNIT.match(title)), None)
        figures = tuple((c, table.header[c], common) for c in across)
        return None if names is None else Matrix(names, figures, True, unit)
    places = [c for c in by_title if _places(paper, table, c)]
    told = [c for c in full if c not in places and role_of(table.header[c]) not in UNTOLD]
    if not places or len(told) < 2:
        return None
    return Matrix(places[0], tuple((c, *_title(table.header[c], common)) for c in told), False)


def shares(paper: Paper, matrices: Sequence[Matrix | None]) -> Iterator[Share]:
    """Every figure of the tables that share targets out, and the year's investment of every project, row by row.
    `matrices`: what `matrix_of` says of each table of the paper."""
    for table, known in zip(paper.tables, matrices, strict=True):
        matrix = known or _investments(paper, table)
        if matrix:
            yield from _shares(paper, table, matrix)


def _shares(paper: Paper, table: GridTable, matrix: Matrix) -> Iterator[Share]:
    for row in table.rows:
        name = _says(paper, row.cells[matrix.names]) or next(
            (w for c in row.cells if TOTAL.match(w := _says(paper, c))), ""
        )
        own = _says(paper, row.cells[matrix.unit]) if matrix.unit is not None else ""
        for column, title, unit in matrix.figures:
            cell = row.cells[column]
            said = _says(paper, cell)
            if not name or not FIGURE.match(said):
                continue
            about, whose = (name, title) if matrix.across else (title, name)
            words = IN_BRACKETS.search(about)
            measure = "" if said.endswith("%") else (words[1] if words else own or unit)
            about = BRACKETS.sub("", about)
            yield Share(_sentence(about, said, measure, cell), whose + finish(strip_time(about)))


def _sentence(about: str, said: str, unit: str, cell: GridCell) -> Sentence:
    """about + figure + unit; what is not printed in the cell has the place of its first or last character."""
    number = FIGURE.match(said)
    cut = len(said) if number is None else max(i for i, c in enumerate(said) if c.isdigit()) + 1
    text = about + said[:cut] + unit + said[cut:]
    at = [cell.start] * len(about)
    at += [min(cell.start + i, cell.end - 1) for i in range(cut)]
    at += [cell.end - 1] * (len(text) - len(at))
    return Sentence(text, text, at)


def _investments(paper: Paper, table: GridTable) -> Matrix | None:
    """The column 年度投资 of a list of projects."""
    project = next((c for c, title in enumerate(table.header) if PROJECT.match(title)), None)
    if project is None:
        return None
    common = measured[1] if (measured := MEASURED.search(_above(paper, table))) else ""
    issued = year_of(paper.clean.text)
    figures = []
    for c, title in enumerate(table.header):
        bare = INVESTED.match(BRACKETS.sub("", title))
        unit = words[1] if (words := IN_BRACKETS.search(title)) else common
        if bare and unit and not (bare[1] and bare[1] < issued):
            figures.append((c, "年度投资", unit))
    return Matrix(project, tuple(figures), False) if figures else None


def _above(paper: Paper, table: GridTable) -> str:
    """The words over a table, blanks taken out, back to the table before."""
    before = max((t.end for t in paper.tables if t.end <= table.start), default=0)
    inside = min((c.start for row in table.rows[:1] for c in row.cells if c), default=table.start)
    return "".join(paper.clean.text[max(before, table.start - TITLE_REACH) : inside].split())


def _title(title: str, common: str) -> tuple[str, str]:
    """What a column is about and its unit: 高标准农田(亩)/新建 is 新建高标准农田, 亩."""
    unit = words[1] if (words := IN_BRACKETS.search(title)) else common
    upper, _, lower = BRACKETS.sub("", title).partition("/")
    return (lower + upper if PRODUCE.head(lower) else upper + lower), unit


def _figures(paper: Paper, table: GridTable, column: int) -> float:
    """The share of filled cells of a column that are mere figures."""
    said = [_says(paper, row.cells[column]) for row in table.rows]
    filled = [s for s in said if s and not NOTHING.match(s)]
    return sum(FIGURE.match(s) is not None for s in filled) / len(filled) if filled else 0.0


def _places(paper: Paper, table: GridTable, column: int) -> bool:
    filled = [s for row in table.rows if (s := _says(paper, row.cells[column]))]
    return bool(filled) and sum(PLACE.match(s) is not None for s in filled) * 2 > len(filled)


def _says(paper: Paper, cell: GridCell) -> str:
    return "".join(paper.clean.text[cell.start : cell.end].split())


class Subject(NamedTuple):
    """A cell [start, end) and whom its targets are about: 鹤溪大桥, 鹤溪大桥一季度. In a list that `invests` all of them
    are; 民生实事 carry a name as well, but there only a bare 投资 or 完工率 lacks it."""

    start: int
    end: int
    whose: str
    invests: bool


def subjects(paper: Paper) -> list[Subject]:
    """The cells of project lists, in order: 完成投资2800万元 there is the investment of the project of its row."""
    found: list[Subject] = []
    for table in paper.tables:
        project = next((c for c, title in enumerate(table.header) if PROJECT.match(title)), None)
        if project is None:
            continue
        invests = any(
            "投资" in title or (is_stage(title) and role_of(title.rpartition("/")[2]) != "deadline")
            for title in table.header
        )
        stages = [GOAL.sub("", t.rpartition("/")[2]) if is_stage(t) else "" for t in table.header]
        for row in table.rows:
            name = NUMBERED.sub("", _says(paper, row.cells[project]))
            if 2 <= len(name) <= LONGEST_NAME:
                cells = zip(row.cells, stages, strict=True)
                found += [
                    Subject(c.start, c.end, name + s, invests)
                    for c, s in cells
                    if c and c != row.cells[project]
                ]
    return sorted(found)
