"""The two sheets: which columns they have, what a cell may say, and a row as it travels between them and the register."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.org.models import Post, Unit


class Column(NamedTuple):
    """One column: `hint` stands as a comment on its head, `choices` drop down in its cells."""

    name: str
    width: int
    hint: str = ""
    choices: Sequence[str] = ()
    required: bool = False


class Kind(NamedTuple):
    """One sheet: `key` in our own hands, `name` on its tab, `title` above its head."""

    key: str
    name: str
    title: str
    columns: Sequence[Column]

    @property
    def required(self) -> set[str]:
        """Columns without which it is not this sheet."""
        return {column.name for column in self.columns if column.required}


class Fault(NamedTuple):
    """What is wrong with a cell: sheet, number of the row in it (from 0, heads not counted), column, one sentence."""

    sheet: str
    row: int
    column: str
    sentence: str


Row = Mapping[str, str]
"""Name of a column → what the cell says, "" when empty."""
Rows = dict[str, list[Row]]
"""Key of a sheet → its rows."""

FIRST_ROW = 3
"""Number of the first row under title and head, as the person counts."""
SCOPES = {label: slug for slug, label in Post.SCOPES if slug not in ("actions", "system")}
NUMBER = "编号"

UNITS = Kind(
    "units",
    "单位",
    "单位名录",
    (
        Column(NUMBER, 8, "系统给的编号，请不要改；新增的单位空着。"),
        Column("全称", 36, "改了全称就是更名，原名留作曾用名。", required=True),
        Column("简称", 24, "几个之间用顿号分开。"),
        Column("加挂牌子", 22, "合署的另一块牌子，几个之间用顿号分开。"),
        Column("别名", 22, "方案里出现过的其他写法，几个之间用顿号分开。"),
        Column("曾用名", 22, "几个之间用顿号分开。"),
        Column("类别", 12, "请从下拉列表中选。", [label for _, label in Unit.KINDS], required=True),
        Column("上级单位", 26, "主管的单位，没有的空着。"),
        Column("所含单位", 40, "只有统称（如各乡镇）要填，几个之间用顿号分开。"),
        Column("设立日期", 13, "如2024-03-01。"),
    ),
)
PEOPLE = Kind(
    "people",
    "人员",
    "人员岗位表",
    (
        Column(
            NUMBER,
            8,
            "系统给的编号，请不要改；新增的人员空着。一位新人兼任几个岗位时，几行填同一个代号，如新1。",
        ),
        Column("姓名", 12, "换人不要改姓名：原来那一行填离任日期，新人另起一行。", required=True),
        Column("所在单位", 34, "名录里的全称或简称。", required=True),
        Column(
            "岗位",
            22,
            "请从下拉列表中选。系统、安全、审计三员不在这里登记。",
            [POSTS[slug] for slug in BUSINESS_POSTS],
            required=True,
        ),
        Column("职务", 20, "如局长、综合股股长，可以空着。"),
        Column(
            "范围",
            26,
            f"{'、'.join(SCOPES)}；分管几项行动的，照方案写行动名称，用顿号分开。空着按岗位通常的范围。",
        ),
        Column("任职日期", 13, "如2024-03-01，空着就是今天。"),
        Column("离任日期", 13, "填了日期就是结束这个岗位。"),
    ),
)
KINDS = (UNITS, PEOPLE)


def said(fault: Fault) -> str:
    """A fault as a person reads it, in the cell's comment and on the page."""
    return f"第{fault.row + FIRST_ROW}行‘{fault.column}’：{fault.sentence}"
