"""A comparison as an Excel workbook: 指标, 任务, 加码, 未承接, 说明; results in colour."""

from luoshi.cli.write_xlsx import workbook
from luoshi.core.compare.model import Comparison
from luoshi.core.compare.sheets import sheets
from luoshi.core.compare.wording import STATUS_LABELS

SHADES = {"raised": "#FDE9D9", "lowered": "#DCE6F1", "rebased": "#FFF2CC", "firmer": "#FEF4EC", "softer": "#EDF3F9"}  # fmt: skip


def page(found: Comparison, width: int) -> bytes:
    """The whole workbook."""
    labels = STATUS_LABELS[found.relation].items()
    return workbook(sheets(found), {label: SHADES[status] for status, label in labels if status in SHADES})
