"""The list of papers as a workbook."""

from collections.abc import Iterable

from luoshi.bulletins.models import Bulletin
from luoshi.ui.excel import single

HEAD = (("标题", 60), ("种类", 16), ("字号或期号", 24), ("方案", 44), ("数据截至", 13), ("状态", 12))


def papers(found: Iterable[Bulletin]) -> bytes:
    """The papers as filtered, the newest first."""
    rows = (
        [one.title, one.get_kind_display(), one.number, one.plan.title if one.plan else "", one.as_of, one.get_state_display()]
        for one in found
    )  # fmt: skip
    return single("公文", "公文清单", HEAD, rows)
