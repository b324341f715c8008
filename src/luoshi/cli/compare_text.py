"""A comparison as tables for a terminal, aligned for Chinese like those of `luoshi read`."""

from collections.abc import Iterator

from luoshi.cli.write_table import GAP, NARROW, columns_of, pad, wrap
from luoshi.core.compare.model import SIDES, Comparison
from luoshi.core.compare.sheets import relation_words, sheets, tally
from luoshi.core.compare.wording import whose
from luoshi.core.plan.spreadsheet import Column, Sheet

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
    columns = [c for _, c in shown]
    widths = _widths(columns, rows, width)
    yield from _row([c.head for c in columns], widths)
    yield GAP.join("─" * w for w in widths)
    for row in rows:
        yield from _row(row, widths)


def _widths(columns: list[Column], rows: list[list[str]], width: int) -> list[int]:
    """What each column needs, at most its share of the line by its weight; narrow ones keep what they need."""
    needs = [max(columns_of(c.head), *(columns_of(row[i]) for row in rows)) for i, c in enumerate(columns)]
    room = width - len(GAP) * (len(columns) - 1)
    if sum(needs) <= room:
        return needs
    kept = [need if need <= NARROW else 0 for need in needs]
    weight = sum(c.width for c, keep in zip(columns, kept, strict=True) if not keep)
    share = max(room - sum(kept), 0) / max(weight, 1)
    return [
        keep or max(NARROW, min(need, int(c.width * share)))
        for c, keep, need in zip(columns, kept, needs, strict=True)
    ]


def _row(cells: list[str], widths: list[int]) -> Iterator[str]:
    lines = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for i in range(max(map(len, lines))):
        parts = (
            pad(line[i] if i < len(line) else "", width) for line, width in zip(lines, widths, strict=True)
        )
        yield GAP.join(parts).rstrip()
