"""Tables for a terminal, aligned for Chinese: a Chinese character is two columns wide, long cells wrap."""

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from luoshi.core.plan.model import Plan
from luoshi.core.plan.spreadsheet import Column, Sheet, sheets
from luoshi.core.plan.wording import number

GAP = "  "
NARROW = 12  # columns a cell may take without giving way to wider ones
CLOSING = "，。、；：？！）》”,.;:?!)"


def chunks(plans: Iterable[Plan], form: str, kinds: tuple[str, ...], width: int) -> Iterator[bytes]:
    """One plan after the other; `width` is the terminal's width in columns."""
    for plan in plans:
        yield ("\n".join(_plan(plan, kinds, width)) + "\n\n").encode()


def _plan(plan: Plan, kinds: tuple[str, ...], width: int) -> Iterator[str]:
    document = plan.document
    facts = (document.number, document.issuer, document.date, f"{document.year}年" if document.year else None)
    yield f"【{plan.source.name}】{document.title or '（没有读出标题）'}"
    yield "　".join(f for f in facts if f)
    for note in plan.source.notes:
        yield f"提示：{note.message}"
    found = [s for s in sheets([plan]) if s.title != "方案" and (not kinds or s.title in kinds)]
    yield "　".join(f"{sheet.title} {len(sheet.rows)}" for sheet in found)
    for sheet in found:
        if sheet.rows:
            yield ""
            yield f"■ {sheet.title}（{len(sheet.rows)}）"
            yield from _sheet(sheet, width)


def _sheet(sheet: Sheet, width: int) -> Iterator[str]:
    """Head, rule and rows; columns that are empty throughout are left out."""
    shown = [
        (i, c)
        for i, c in enumerate(sheet.columns)
        if c.on_screen and any(row[i] not in (None, "") for row in sheet.rows)
    ]
    yield from draw([c for _, c in shown], [[_text(row[i]) for i, _ in shown] for row in sheet.rows], width)


def draw(columns: list[Column], rows: list[list[str]], width: int) -> Iterator[str]:
    """A table in lines: head, rule, rows; at least one row."""
    widths = _widths(columns, rows, width)
    yield from _row([c.head for c in columns], widths)
    yield GAP.join("─" * w for w in widths)
    for row in rows:
        yield from _row(row, widths)


def _text(value: str | int | float | None) -> str:
    return (
        number(value) if isinstance(value, float) else "" if value is None else str(value).replace("\n", " ")
    )


def _widths(columns: list[Column], rows: list[list[str]], width: int) -> list[int]:
    """What each column needs; where that is more than the line holds, the wide ones share the room by their weight."""
    needs = [
        max(columns_of(column.head), *(columns_of(row[i]) for row in rows))
        for i, column in enumerate(columns)
    ]
    room = width - len(GAP) * (len(columns) - 1)
    if sum(needs) <= room:
        return needs
    narrow = [need if need <= NARROW else 0 for need in needs]
    weights = [0 if kept else column.width for kept, column in zip(narrow, columns, strict=True)]
    share = max(room - sum(narrow), 0) / max(sum(weights), 1)
    return [
        kept or max(NARROW, min(need, int(w * share)))
        for kept, need, w in zip(narrow, needs, weights, strict=True)
    ]


def _row(cells: list[str], widths: list[int]) -> Iterator[str]:
    lines = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for i in range(max(map(len, lines))):
        parts = [
            pad(cell[i] if i < len(cell) else "", width) for cell, width in zip(lines, widths, strict=True)
        ]
        yield GAP.join(parts).rstrip()


def columns_of(text: str) -> int:
    """Columns a text takes in a terminal.

    >>> columns_of("增长6%")
    6
    """
    return len(text) + sum(east_asian_width(sign) in "WF" for sign in text)


def pad(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a sign that closes takes the character before it along to its line.

    >>> wrap("县发改局、县财政局", 8)
    ['县发改', '局、县财', '政局']
    """
    lines, line, used = [], "", 0
    for sign in text:
        size = columns_of(sign)
        if line and used + size > width:
            kept = line[-1] if sign in CLOSING and len(line) > 1 else ""
            lines.append(line[: len(line) - len(kept)])
            line, used = kept, columns_of(kept)
        line += sign
        used += size
    return [*lines, line]
