"""The list of projects as a workbook: taken away typed, brought back, tried out, carried out all or nothing."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.org.sheets.columns import Fault
from luoshi.org.sheets.opening import BadSheet
from luoshi.org.sheets.trial import BadCell, Change, Names, Trial, day
from luoshi.projects.amounts import amount_of, plain
from luoshi.projects.models import Entry, Project
from luoshi.projects.models.books import LIST, MEASURES
from luoshi.projects.models.projects import DAYS, KINDS
from luoshi.projects.queries.standing import Standing, projects_of
from luoshi.projects.services import listing
from luoshi.projects.services.listing import Draft, MilestoneDraft, ask_to_keep, in_words
from luoshi.projects.sheets.reading import MOST_ROWS, Row
from luoshi.projects.sheets.writing import Cell, Column, workbook

SHEET = "projects"
NUMBER, NAME, UNIT = "编号", "项目名称", "责任单位"
WORDS = {"批次": "batch", "业主": "developer", "地点": "place", "建设内容和规模": "content"}
LONGEST = {"batch": 40, "developer": 100, "place": 100, "content": 500}
AMOUNTS = {"总投资": "total", "年度计划投资": "year_plan", "合同引资额": "contract", "争取资金": "asked"}
PLANNED = {"计划开工": "should_begin", "计划竣工": "should_finish", "计划投产": "should_produce"}
CAME = {
    "签约日期": "sign",
    "履约日期": "register",
    "开工日期": "begin",
    "竣工日期": "finish",
    "投产日期": "produce",
}
FIGURES = {label: measure for measure, label in MEASURES.items()}
LABELS = {label: slug for slug, label in KINDS.items()}
_DAY = r"\d{4}[-.年]\d{1,2}[-.月]\d{1,2}日?"
MILESTONE = re.compile(
    rf"(?P<title>[^\d/]\S*(?: [^\d/]\S*)*)(?:\s+(?P<planned>{_DAY}))?(?:\s*/\s*(?P<done>{_DAY}))?"
)
FISCAL = "财政资金"
STAGE, MILESTONES, STATE, TASK = "形象进度", "节点", "状态", "台账任务"
COLUMNS = (
    Column(NUMBER, 7, "系统给的编号，请不要改；新增的项目空着。"),
    Column(NAME, 26),
    Column("类别", 10, choices=list(LABELS)),
    Column("批次", 14, "签约或集中开工的届次。"),
    Column(UNIT, 24, "向系统报数的单位，写名录里的全称或简称。"),
    Column("业主", 22),
    Column("属地", 16, "所在乡镇，写名录里的全称或简称。"),
    Column("地点", 16),
    Column("建设内容和规模", 36),
    *(Column(name, 13, "万元，最多两位小数。") for name in AMOUNTS),
    Column(
        FISCAL, 10, "有财政资金的，财政也要对账。空着时，填了争取、下达或支付资金的算有。", ["有", "没有"]
    ),
    Column("签约日期", 12),
    Column("履约日期", 12, "完成工商注册登记的日期。"),
    Column("计划开工", 12),
    Column("开工日期", 12),
    Column("计划竣工", 12),
    Column("竣工日期", 12),
    Column("计划投产", 12),
    Column("投产日期", 12),
    Column(
        MILESTONES,
        34,
        "写成“主体封顶 2026-06-30 / 2026-07-05；设备安装 2026-09-30”，斜线后面是实际完成的日期。",
    ),
    *(Column(name, 13, "新列入的项目可以带入；以后由各方在对账中报，这里改了不算。") for name in FIGURES),
    Column(STAGE, 24, "新列入的项目可以带入；以后由责任单位在对账中报。"),
    Column(STATE, 9, "系统按日期得出，不用填。", shown=True),
    Column(TASK, 24, "在项目页选定，不用填。", shown=True),
)
NAMES = tuple(column.name for column in COLUMNS)
CALLED = {
    "名称": NAME, "项目": NAME, "牵头单位": UNIT, "项目单位": "业主", "业主单位": "业主", "建设单位": "业主", "年度计划": "年度计划投资", "年度投资计划": "年度计划投资",
    "计划总投资": "总投资", "累计完成": "累计完成投资", "累计投资": "累计完成投资", "建设内容": "建设内容和规模", "建设内容及规模": "建设内容和规模", "签约时间": "签约日期",
    "开工时间": "开工日期", "竣工时间": "竣工日期", "投产时间": "投产日期", "计划开工时间": "计划开工", "计划竣工时间": "计划竣工", "计划投产时间": "计划投产", "乡镇": "属地",
    "建设地点": "地点", "项目类别": "类别", "届次": "批次", "下达": "下达资金", "到位": "到位资金", "支付": "已支付资金", "支付资金": "已支付资金", "关键节点": MILESTONES,
}  # fmt: skip
"""What else the county's own lists call a column."""


def exported(rows: list[Standing], title: str) -> bytes:
    """The list as it stands."""
    return workbook("项目清单", title, COLUMNS, [row_of(s) for s in rows])


def row_of(standing: Standing) -> dict[str, Cell]:
    """A project as a row."""
    p = standing.project
    row: dict[str, Cell] = {
        NUMBER: p.number,
        NAME: p.name,
        "类别": p.get_kind_display(),
        UNIT: str(p.unit),
        "属地": str(p.town or ""),
    }
    for names in (WORDS, AMOUNTS, PLANNED):
        row |= {column: getattr(p, name) for column, name in names.items()}
    row |= {column: getattr(p, DAYS[verb]) for column, verb in CAME.items()}
    row |= {column: standing.value(measure) for column, measure in FIGURES.items()}
    task = f"《{p.task.plan.title}》第{p.task.order}项" if p.task else ""
    row[FISCAL] = "有" if p.fiscal else "没有"
    return row | {
        MILESTONES: in_words(standing.milestones),
        STAGE: standing.stage,
        STATE: standing.label,
        TASK: task,
    }


class Outcome(NamedTuple):
    """What the rows do, in sentences, and what is wrong with them; `digest` stands for exactly these changes."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    digest: str
    done: bool = False


def preview(rows: list[Row], *, by: Actor) -> Outcome:
    """What would happen; nothing is kept. Raises Denied."""
    with transaction.atomic():
        outcome = _try(rows, by)
        transaction.set_rollback(True)
    return outcome


def carry_out(rows: list[Row], digest: str, *, by: Actor) -> Outcome:
    """Do it, all or nothing: not with a faulty cell, nor when it would do something else than was previewed. Raises Denied."""
    with transaction.atomic():
        outcome = _try(rows, by)
        done = not outcome.faults and outcome.digest == digest
        transaction.set_rollback(not done)
    return outcome._replace(done=done)


def marked(rows: list[Row], faults: tuple[Fault, ...], title: str) -> bytes:
    """The rows again, with the faulty cells in red and a comment on each."""
    wrong: dict[tuple[int, str], str] = {}
    for fault in faults:
        at = (fault.row, fault.column)
        wrong[at] = f"{wrong[at]}\n{fault.sentence}" if at in wrong else fault.sentence
    return workbook("项目清单", title, COLUMNS, rows, wrong)


def packed(rows: list[Row]) -> str:
    """Rows on their way through a form of the preview."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> list[Row]:
    """The rows again; what a browser sends is not trusted. Raises BadSheet."""
    try:
        rows = json.loads(text)
        sound = isinstance(rows, list) and 0 < len(rows) <= MOST_ROWS and all(map(_is_row, rows))
    except (ValueError, RecursionError):
        sound = False
    if not sound:
        raise BadSheet("页面上的内容不完整，请重新上传表格。")
    checked: list[Row] = rows
    return checked


def _is_row(row: object) -> bool:
    if not isinstance(row, dict):
        return False
    return all(name in NAMES and isinstance(text, str) and "\0" not in text for name, text in row.items())


def _try(rows: list[Row], by: Actor) -> Outcome:
    ask_to_keep(by)
    trial, names = Trial(by), Names(by)
    known = projects_of(by.government_id)
    index = {str(s.project.number): s for s in known}
    by_name = {s.project.name: s for s in known if s.project.state != "ended"}
    for number, row in enumerate(rows):
        before = len(trial.faults)
        asked = _Asked(number, row, trial, names)
        standing = asked.existing(index, by_name)
        if len(trial.faults) == before:
            with trial.at(SHEET, number, NAME):
                asked.carry_out(standing)
    return Outcome(
        tuple(trial.changes), tuple(trial.faults), sha256(repr(trial.changes).encode()).hexdigest()
    )


class _Asked:
    """What a row asks for, its cells understood; what is not understood is noted at its cell."""

    def __init__(self, number: int, row: Row, trial: Trial, names: Names) -> None:
        self.number, self.row, self.trial, self.names = number, row, trial, names
        self.said: dict[str, Any] = {}
        self._read(NAME, "name", self._name, needed=True)
        self._read(UNIT, "unit", names.unit, needed=True)
        self._read("类别", "kind", _kind)
        self._read("属地", "town", names.unit)
        for column, name in WORDS.items():
            self._read(column, name, partial(_words, most=LONGEST[name]))
        for column, name in (AMOUNTS | FIGURES).items():
            self._read(column, name, amount_of)
        for column, name in (PLANNED | CAME).items():
            self._read(column, name, day)
        self._read(MILESTONES, "milestones", milestones_of)
        self._read(FISCAL, "fiscal", _fiscal)
        self._read(STAGE, "stage", lambda text: _words(text, 200))

    def _read(self, column: str, name: str, read: Callable[[str], Any], needed: bool = False) -> None:
        text = self.row.get(column, "").strip()
        with self.trial.at(SHEET, self.number, column):
            if not text:
                if needed and not self.row.get(NUMBER):
                    raise BadCell(f"请填写{column}。")
                return
            self.said[name] = read(text)

    def _name(self, text: str) -> str:
        return _words(text, 100)

    def existing(self, index: Mapping[str, Standing], by_name: Mapping[str, Standing]) -> Standing | None:
        """The project of the row: by its number, else by its name."""
        number = self.row.get(NUMBER, "").strip()
        with self.trial.at(SHEET, self.number, NUMBER):
            if number and number not in index:
                raise BadCell(f"清单里没有编号为{number[:20]}的项目。新增的项目请把编号空着。")
            if number and index[number].project.state == "ended":
                raise BadCell(f"编号{number}的项目已经终止，不能再改。")
        return index.get(number) or (None if number else by_name.get(self.said.get("name", "")))

    def carry_out(self, standing: Standing | None) -> None:
        """Do it, and say what was done."""
        project = standing.project if standing else None
        if project is None:
            project = listing.take_on(self._draft(None), by=self.trial.by)
            self.trial.did(SHEET, self.number, f"列入项目：{project.name}（{project.unit}）")
            self._baseline(project)
        else:
            self._figures_stay(standing)
            before = {name: listing.said(project, name) for name in listing.COLUMNS}
            if listing.correct(project, self._draft(project), by=self.trial.by):
                changed = [n for n in listing.COLUMNS if before[n] != listing.said(project, n)]
                labels = "、".join(listing.label(n) for n in changed)
                self.trial.did(SHEET, self.number, f"修改项目：{project.name}，改了{labels}")
        self._days(project)
        milestones = self.said.get("milestones")
        if milestones and in_words(project.milestones.all()) != in_words(milestones):
            with self.trial.at(SHEET, self.number, MILESTONES):
                listing.set_milestones(project, milestones, by=self.trial.by)
                self.trial.did(SHEET, self.number, f"{project.name}：节点{len(milestones)}个")

    def _draft(self, project: Project | None) -> Draft:
        """What the row says; what it leaves empty stays as it is."""
        said = {name: self.said[name] for name in listing.COLUMNS if name in self.said}
        if project is None and "fiscal" not in said:
            said["fiscal"] = any(self.said.get(name) for name in ("asked", "granted", "paid"))
        if project is not None:
            said = {name: getattr(project, name) for name in listing.COLUMNS} | said
        return Draft(**said)

    def _baseline(self, project: Project) -> None:
        """What a new project brings along: the first numbers, so that nobody types them again."""
        values = {measure: self.said[measure] for measure in MEASURES if self.said.get(measure) is not None}
        if values or self.said.get("stage"):
            by = self.trial.by
            Entry.objects.create(
                project=project, book=LIST, stage=self.said.get("stage", ""), person_id=by.person_id, person_name=by.name,
                unit_name=by.unit_name, **values,
            )  # fmt: skip
            self.trial.did(SHEET, self.number, f"{project.name}：带入{len(values)}个数")

    def _figures_stay(self, standing: Standing | None) -> None:
        """Figures of a project on the list are reported in the books, and nowhere twice."""
        assert standing is not None
        for column, measure in FIGURES.items():
            value = self.said.get(measure)
            with self.trial.at(SHEET, self.number, column):
                if value is not None and value != standing.value(measure):
                    now = plain(standing.value(measure)) or "没有数"
                    raise BadCell(f"现在是{now}，以后由各方在双周对账中报，清单里不改。请恢复原数，或空着。")

    def _days(self, project: Project) -> None:
        """Lead the project on by the days that have come since."""
        for column, verb in CAME.items():
            asked: dt.date | None = self.said.get(verb)
            now = getattr(project, DAYS[verb])
            if asked is None or asked == now:
                continue
            with self.trial.at(SHEET, self.number, column):
                if now is not None:
                    raise BadCell(f"已登记为{now}。登记有误的，请到项目页撤回后重新登记。")
                listing.lead_on(project, verb, asked, by=self.trial.by)
                self.trial.did(SHEET, self.number, f"{project.name}：{column}{asked}")


def _words(text: str, most: int) -> str:
    if len(text) > most:
        raise BadCell(f"不能超过{most}个字，请写得短一些。")
    return text


def _kind(label: str) -> str:
    if label not in LABELS:
        raise BadCell(f"没有“{label[:20]}”这个类别，请从下拉列表中选：{'、'.join(LABELS)}。")
    return LABELS[label]


def _fiscal(text: str) -> bool:
    if text not in ("有", "没有", "是", "否", "无"):
        raise BadCell("请填“有”或“没有”。")
    return text in ("有", "是")


def milestones_of(text: str) -> tuple[MilestoneDraft, ...]:
    """主体封顶 2026-06-30 / 2026-07-05；设备安装 2026-09-30. Raises BadCell."""
    found = []
    for part in filter(None, (part.strip() for part in text.replace(";", "；").split("；"))):
        said = MILESTONE.fullmatch(part)
        if said is None:
            raise BadCell(f"“{part[:30]}”看不懂，请写成“主体封顶 2026-06-30 / 2026-07-05”。")
        found.append(
            MilestoneDraft(_words(said["title"], 60), day(said["planned"] or ""), day(said["done"] or ""))
        )
    return tuple(found)
