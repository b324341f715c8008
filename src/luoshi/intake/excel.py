"""The findings of a plan as a workbook, a row each."""

from collections.abc import Iterable

import xlsxwriter

from luoshi.intake.findings import FindingLine
from luoshi.ledger.excel import Sheet, workbook
from luoshi.ledger.models import Plan
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
