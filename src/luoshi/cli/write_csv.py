"""CSV that Excel and WPS open without a question: UTF-8 with BOM, commas, CRLF."""

import csv
import io
from collections.abc import Iterable, Iterator

from luoshi.core.plan.model import Plan
from luoshi.core.plan.spreadsheet import Sheet, Value, sheets


def chunks(plans: Iterable[Plan], form: str, kinds: tuple[str, ...], width: int) -> Iterator[bytes]:
    """The chosen kinds in one file: one kind has its own columns, several share the union and a first column 类别."""
    read = list(plans)
    if not read:
        return
    chosen = [s for s in sheets(read) if s.title in kinds] if kinds else list(sheets(read))
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerows(
        [_safe(value) for value in row] for row in (_one(chosen[0]) if len(chosen) == 1 else _union(chosen))
    )
    yield page.getvalue().encode("utf-8-sig")


def _one(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    yield tuple(c.head for c in sheet.columns)
    yield from sheet.rows


def _union(chosen: list[Sheet]) -> Iterator[tuple[Value, ...]]:
    heads = list(dict.fromkeys(c.head for sheet in chosen for c in sheet.columns if c.head != "类别"))
    yield "类别", *heads, "指标类别"
    for sheet in chosen:
        for row in sheet.rows:
            named = dict(zip((c.head for c in sheet.columns), row, strict=True))
            yield sheet.title, *(named.get(head) for head in heads), named.get("类别")


def _safe(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets the apostrophe that marks it as text."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
