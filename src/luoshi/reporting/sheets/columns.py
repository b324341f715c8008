"""Columns of the workbook, and how each is called in the forms of the page (content.py)."""

from typing import NamedTuple

from luoshi.reporting.models import CAUSES, Figure

KEY = "识别码"
SAME = "无变化"
YES = "是"


class Column(NamedTuple):
    """`field` is the name in content.py, "" for what is only shown; `of` says whose it is."""

    name: str
    width: int
    field: str = ""
    of: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()


COLUMNS = (
    Column(KEY, 4),
    Column("序号", 6),
    Column("任务", 30),
    Column("角色", 6),
    Column(SAME, 8, "same", "report", "与上期完全相同时选“是”，这一项其他格不用填。", (YES,)),
    Column("指标", 24),
    Column("目标", 16),
    Column("上期", 10),
    Column("本期", 12, "value", "figure", "只填数字，计量单位见右边一列。没有数时空着，并写明原因。"),
    Column("计量单位", 9),
    Column("口径", 7),
    Column("没有数的原因", 18, "absent", "figure"),
    Column("数据来源", 10, "source", "figure", "", tuple(label for _, label in Figure.SOURCES)),
    Column("截至日期", 12, "as_of", "figure", "写成2026-03-31这样。"),
    Column("进度", 8, "percent", "report", "0到100的整数。"),
    Column("工作进展", 44, "done", "report"),
    Column("下一步", 30, "next_step", "report"),
    Column("问题原因", 12, "cause", "report", "没有问题就空着。", tuple(label for _, label in CAUSES)),
    Column("存在问题", 30, "blocker", "report"),
    Column("需要谁协调", 18, "needs", "report"),
)
AT = {column.name: at for at, column in enumerate(COLUMNS)}
FIELD_AT = {(column.of, column.field): at for at, column in enumerate(COLUMNS) if column.field}
LABELLED = {
    "source": {label: slug for slug, label in Figure.SOURCES},
    "cause": {label: slug for slug, label in CAUSES},
}
"""Fields that the workbook shows by their label."""
