"""Workbooks of the intake: the findings of a plan, a row each; two plans side by side."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from luoshi.core.compare.wording import STATUS_LABELS
from luoshi.intake.findings import FindingLine
from luoshi.intake.queries import PlanLine
from luoshi.ledger.models import Plan
from luoshi.ui.excel import A4, LOOKS, Sheet, single, workbook
from luoshi.ui.templatetags.ui import moment

HEAD = [
    ("序号", 6), ("级别", 8), ("类别", 14), ("位置", 18), ("原文", 40), ("问题", 56), ("建议", 26), ("另一处", 40), ("处理", 30),
]  # fmt: skip


def findings(plan: Plan, lines: Iterable[FindingLine]) -> bytes:
    """序号, 级别, 类别, 位置, 原文, 问题, 建议, 另一处, 处理 (who lets it stay, when and why)."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, "检查", f"{plan.title}检查结果", HEAD)
        for number, line in enumerate(lines, 1):
            row = line.row
            sheet.row(
                [
                    number, row.get_severity_display(), row.kind_label, line.place, row.quote, row.message,
                    row.mend, _others(line), _waiver(line),
                ]
            )  # fmt: skip

    return workbook(fill)


def _others(line: FindingLine) -> str:
    told = [f"{o.quote}（{o.note}）" if o.note else o.quote for o in line.others]
    return "\n".join([*told, f"另有{line.more}处"] if line.more else told)


def _waiver(line: FindingLine) -> str:
    row = line.row
    return f"不改：{row.waive_reason}（{row.waived_by}，{moment(row.waived_at)}）" if row.waived_at else ""


SHADES = {"raised": "#FDE9D9", "lowered": "#DCE6F1", "rebased": "#FFF2CC", "firmer": "#FEF4EC", "softer": "#EDF3F9"}  # fmt: skip
"""Ground of the first cell of a row, by what became of the indicator; as `luoshi compare` has them."""
CELL = 32_767
"""Signs that Excel holds in a cell."""


def comparison(found: Mapping[str, Any]) -> bytes:
    """The sheets of compare_rows.compared: the cells that `luoshi compare -f xlsx` writes, at the same places."""
    labels = {STATUS_LABELS[found["relation"]][status]: shade for status, shade in SHADES.items()}

    def fill(book: xlsxwriter.Workbook) -> None:
        looks = {
            look: book.add_format({**LOOKS[look], "valign": "top"}) for look in ("head", "cell", "number")
        }
        shaded = {
            words: book.add_format({**LOOKS["cell"], "valign": "top", "bg_color": shade})
            for words, shade in labels.items()
        }
        for title, columns, rows in found["sheets"]:
            _fill(book.add_worksheet(title), columns, rows, (looks, shaded))

    return workbook(fill)


def _fill(
    sheet: Any,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Any]],
    looks: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> None:
    """One sheet, its head frozen and repeated, set to print on A4 across."""
    plain, shaded = looks
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for at, (head, width) in enumerate(columns):
        sheet.set_column(at, at, width * 1.6)
        sheet.write_string(0, at, head, plain["head"])
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(line, at, value, plain["number"])
            else:
                look = shaded.get(value or "", plain["cell"]) if at == 0 else plain["cell"]
                sheet.write_string(line, at, (value or "")[:CELL], look)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


PLANS = (
    ("方案", 50), ("文号", 24), ("印发机关", 24), ("状态", 12), ("任务(项)", 10), ("指标(个)", 10), ("疑问(处)", 10), ("错误(处)", 10), ("警告(处)", 10),
    ("提示(处)", 10), ("录入", 14), ("录入时间", 18),
)  # fmt: skip


def plans(lines: Iterable[PlanLine]) -> bytes:
    """The plans as listed; what was not checked has no counts of the check."""
    rows = (
        [
            line.plan.title, line.plan.number, line.plan.issuer, line.plan.get_state_display(), line.counts.get("task", 0),
            line.counts.get("indicator", 0), line.doubts if line.plan.state == "review" else None,
            *([n for _, _, n in line.check.shares] if line.check else [None] * 3), line.plan.created_by, line.plan.created_at,
        ]
        for line in lines
    )  # fmt: skip
    return single("方案", "方案", PLANS, rows)
