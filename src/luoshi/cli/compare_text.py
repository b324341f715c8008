"""A comparison as tables for a terminal, aligned for Chinese like those of `luoshi read`."""

from collections.abc import Iterator

from luoshi.cli.write_table import draw
from luoshi.core.compare.model import SIDES, Comparison
from luoshi.core.compare.sheets import relation_words, sheets, tally
from luoshi.core.compare.wording import whose
from luoshi.core.plan.spreadsheet import Sheet

SHOWN = {"levels": ("指标", "任务", "加码", "未承接")}


def page(found: Comparison, width: int) -> bytes:
    """The two papers, the relation, and a table each; the notes on method are left to the workbook."""
    return ("\n".join(_lines(found, width)) + "\n").encode()


def _lines(found: Comparison, width: int) -> Iterator[str]:
    for side, plan in zip(SIDES[found.relation], (found.a, found.b), strict=True):
        yield f"【{side}】{whose(plan)}（{plan.source.name}）"
    yield f"关系：{relation_words(found)}"
    for note in found.notes:
        yield f"提示：{note}"
    for title in ("指标", "任务"):
        yield f"{title}：{tally(found, title)}"
    if found.relation == "levels":
        yield f"加码：{tally(found, '加码')}　未承接：{len(found.unanswered)}项"
    for sheet in sheets(found):
        if sheet.title in SHOWN.get(found.relation, ("指标", "任务")) and sheet.rows:
            yield ""
            yield f"■ {sheet.title}（{len(sheet.rows)}）"
            yield from _table(sheet, width)


def _table(sheet: Sheet, width: int) -> Iterator[str]:
    """Head, rule and rows; columns that are empty throughout are left out."""
    shown = [(i, c) for i, c in enumerate(sheet.columns) if c.on_screen and any(row[i] for row in sheet.rows)]
    rows = [[str(row[i] or "").replace("\n", " / ") for i, _ in shown] for row in sheet.rows]
    yield from draw([c for _, c in shown], rows, width)
