"""Which list a row of the ledger stands on (任务、项目、政策、问题), told by the words of the row, and what each list shows.

A rule names the words it went by, so that a person can see why, and put the row elsewhere by hand. The first rule that
finds its words decides; what none finds is a task.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Form = Literal["text", "number", "day"]


class Listed(NamedTuple):
    """The list, and the words that say so ("" for a plain task)."""

    kind: str
    words: str


RULES = (
    (
        "problem",
        re.compile(
            r"问题清单|问题整改|整改(?:销号|任务|问题|到位|落实)|销号|隐患(?:排查|整治|治理|整改|清零)|(?:反馈|交办|督办|突出|历史遗留|信访|群众反映)[^。；]{0,8}问题"
            r"|信访积案|问题楼盘|烂尾|化解[^。；]{0,8}(?:矛盾|风险|债务)"
        ),
    ),
    (
        "policy",
        re.compile(
            r"(?:争取|申报|申请|对接|争创)[^。；，]{0,18}(?:政策|试点|示范|专项债券?|国债|资金|中央预算内|额度|倾斜|支持|名录|入库)"
            r"|政策(?:兑现|直达|落地|找企|清单)|惠企政策|出台[^。；，]{0,16}(?:政策|措施|办法|意见|细则)|免申即享"
        ),
    ),
    (
        "project",
        re.compile(
            r"项目清单|总投资|年度(?:计划)?投资|建设(?:规模|内容)|(?:项目|工程|基地|园区?|中心|水厂|管网|公路|道路|大桥|学校|医院|厂房)(?:的)?(?:建设|开工|竣工|投产|投用|通车|建成|改造|扩建)"
            r"|(?:新建|续建|改扩建|扩建|开工建设|建成|推进|实施|启动)[^。；，、]{2,24}(?:项目|工程|二期|一期|三期|基地|水厂|管网|公路|大桥|厂房)"
        ),
    ),
)


def classify(heading: str, text: str) -> Listed:
    """The list of a row: by its heading first, then by all its words.

    >>> classify("城乡供水工程", "新建县城第二水厂，总投资2.3亿元。").kind, classify("争取资金", "争取专项债9亿元").kind
    ('project', 'policy')
    >>> classify("环保督察反馈问题整改", "年内全部销号。"), classify("稳就业", "新增就业3000人。").kind
    (Listed(kind='problem', words='反馈问题'), 'task')
    """
    for words in (heading, text):
        for kind, rule in RULES:
            if found := rule.search(words):
                return Listed(kind, found.group()[:30])
    return Listed("task", "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: `key` names what fills it, `width` is that of a workbook. With `by_hand` a person may fill it in."""

    key: str
    label: str
    width: int
    form: Form = "text"
    by_hand: bool = False


class List(NamedTuple):
    """A list as an office keeps it: its name, what it is for in one sentence, its columns."""

    label: str
    lead: str
    columns: tuple[Column, ...]


_ORDER = Column("order", "序号", 6, "number")
_NAME = Column("name", "任务", 26)
_TEXT = Column("text", "具体举措", 56)
_LEAD = Column("lead", "牵头单位", 18)
_UNITS = Column("units", "责任单位", 26)
_LEADERS = Column("leaders", "分管领导", 12)
_DUE = Column("due", "完成时限", 14)
_STATE = Column("state", "状态", 10)

LISTS: dict[str, List] = {
    "task": List(
        "任务清单",
        "每项任务的举措、量化目标、责任和四个季度的节点。",
        (
            _ORDER,
            Column("action", "大项", 16),
            _NAME,
            _TEXT,
            Column("targets", "量化目标", 28),
            _LEAD,
            _UNITS,
            Column("section", "责任股室、责任人", 16, by_hand=True),
            _LEADERS,
            _DUE,
            Column("quarter1", "一季度节点", 18),
            Column("quarter2", "二季度节点", 18),
            Column("quarter3", "三季度节点", 18),
            Column("quarter4", "四季度节点", 18),
            _STATE,
        ),
    ),
    "project": List(
        "项目清单",
        "建设类任务：规模、投资、工期、业主和包联领导。",
        (
            _ORDER,
            Column("name", "项目名称", 26),
            Column("text", "建设内容和规模", 50),
            Column("nature", "性质", 8, by_hand=True),
            Column("begins", "开工", 12, "day", by_hand=True),
            Column("ends", "竣工", 12, "day", by_hand=True),
            Column("total", "总投资(万元)", 12, "number", by_hand=True),
            Column("year_plan", "年度计划投资(万元)", 14, "number", by_hand=True),
            Column("funds", "资金来源", 16, by_hand=True),
            Column("stage", "形象进度", 22, by_hand=True),
            Column("entered", "入统", 8, by_hand=True),
            Column("trouble", "存在问题", 20, by_hand=True),
            Column("leaders", "包联领导", 12),
            Column("owner", "业主单位", 18, by_hand=True),
            _LEAD,
            _DUE,
            _STATE,
        ),
    ),
    "policy": List(
        "政策清单",
        "向上争取和落实的政策：依据、争取事项、对口部门、申报节点和兑现。",
        (
            _ORDER,
            Column("name", "政策", 26),
            Column("document", "上级文号", 20, by_hand=True),
            Column("text", "争取事项", 50),
            Column("above", "对口部门", 18, by_hand=True),
            Column("apply", "申报节点", 20, by_hand=True),
            Column("amount", "兑现额(万元)", 12, "number", by_hand=True),
            _LEAD,
            _UNITS,
            _DUE,
            _STATE,
        ),
    ),
    "problem": List(
        "问题清单",
        "要整改销号的问题：来源、原因、措施、责任、时限和销号。",
        (
            Column("order", "编号", 6, "number"),
            Column("source", "来源", 16, by_hand=True),
            Column("name", "问题", 26),
            Column("cause", "原因", 24, by_hand=True),
            Column("text", "措施", 50),
            _LEAD,
            _UNITS,
            _LEADERS,
            Column("due", "整改时限", 14),
            _STATE,
            Column("closed", "销号日期", 12, "day", by_hand=True),
        ),
    ),
    "duty": List(
        "责任清单",
        "每个单位在方案里的责任，一个单位一张。",
        (
            Column("unit", "单位", 20),
            Column("role", "角色", 10),
            Column("order", "任务号", 8, "number"),
            Column("name", "职责", 30),
            Column("pieces", "承担的节点", 28),
            _DUE,
            Column("claim", "认领", 10),
            Column("weight", "考核权重", 10, "number", by_hand=True),
        ),
    ),
}
"""Slug → list, with the columns of an office's own lists."""

KINDS = ("task", "project", "policy", "problem")
"""The lists a row can stand on; 责任清单 is another sight of all of them."""

_MONEY = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>亿|万)元")
_TOTAL = re.compile(r"总投资[^。；，\d]{0,6}(?=\d)")
_YEAR = re.compile(
    r"年度(?:计划)?(?:完成)?投资[^。；，\d]{0,6}(?=\d)|(?:今年|年内)(?:计划)?完成投资[^。；，\d]{0,6}(?=\d)"
)
_NATURES = (
    ("续建", "续建"),
    ("前期", "前期"),
    ("新开工", "新建"),
    ("新建", "新建"),
    ("改扩建", "改扩建"),
    ("改造", "改造"),
)


def read_project(text: str) -> dict[str, str]:
    """What the words of a project say of its columns: nature, total, year_plan (in 万元).

    >>> read_project("续建县城第二水厂，总投资约2.3亿元，年度计划投资8000万元。")
    {'nature': '续建', 'total': '23000', 'year_plan': '8000'}
    """
    found = {}
    if nature := next((label for word, label in _NATURES if word in text), ""):
        found["nature"] = nature
    for key, rule in (("total", _TOTAL), ("year_plan", _YEAR)):
        said = rule.search(text)
        money = _MONEY.match(text, said.end()) if said else None
        if money:
            amount = float(money["number"]) * (10_000 if money["unit"] == "亿" else 1)
            found[key] = f"{amount:.6f}".rstrip("0").rstrip(".")
    return found
