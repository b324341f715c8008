"""A board as a workbook: every measure under its rule, every group with its places; those without a number apart."""

from collections.abc import Sequence

from luoshi.projects.models import Board
from luoshi.projects.queries.boards import Table
from luoshi.projects.sheets.writing import Cell, Column
from luoshi.projects.sheets.writing import workbook as written

COLUMNS = (
    Column("指标", 22),
    Column("组", 18),
    Column("名次", 8),
    Column("参加者", 30),
    Column("数值", 14),
    Column("并列", 8),
    Column("比两周前", 10),
    Column("说明", 40),
)


def workbook(board: Board, tables: Sequence[Table]) -> bytes:
    """As it stands, or as it was frozen when the board ended."""
    rows = _frozen(board) if board.state == "closed" else _live(tables)
    return written("大比拼", board.title, COLUMNS, rows, fixed=2)


def _live(tables: Sequence[Table]) -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    for table in tables:
        rule = f"{table.ranking.rule}算法：{table.measure.words}。依据：{table.measure.basis}"
        for p in table.ranking.placed:
            rows.append(
                _row(table.measure.name, p.group, p.place, p.name, p.shown, p.tied, rule, _moved(p.moved))
            )
        rows += [
            _row(table.measure.name, u.group, None, u.name, "", False, u.why, "") for u in table.unplaced
        ]
    return rows


def _frozen(board: Board) -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    for kept in board.frozen:
        rows += [
            _row(kept["measure"], g, place, name, shown, tied, kept["rule"], "")
            for g, place, name, shown, tied in kept["placed"]
        ]
        rows += [
            _row(kept["measure"], g, None, name, "", False, why, "") for g, name, why in kept["unplaced"]
        ]
    return rows


def _row(
    measure: str, group: str, place: int | None, name: str, shown: str, tied: bool, note: str, moved: str
) -> dict[str, Cell]:
    return {
        "指标": measure, "组": group, "名次": place, "参加者": name, "数值": shown, "并列": "并列" if tied else "", "比两周前": moved, "说明": note,
    }  # fmt: skip


def _moved(places: int | None) -> str:
    if places is None:
        return ""
    return f"升{places}位" if places > 0 else f"降{-places}位" if places < 0 else "不变"
