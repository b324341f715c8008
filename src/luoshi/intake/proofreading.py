"""Checking a plan apart from Django: what the worker finds, and the stored text as the reader first saw it."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from luoshi.core.check.checking import check_plan
from luoshi.core.check.export import as_defects
from luoshi.core.check.findings import SEVERITIES, Finding
from luoshi.core.plan.model import Plan
from luoshi.core.plan.paper import Paper
from luoshi.core.source.markers import ANNEX
from luoshi.core.source.text import Cell, Part, SourceText, Span, Table
from luoshi.core.units.matching import Entry

SECONDS = 15
MOST, MOST_OTHERS = 2000, 200
"""What one page can show of findings, and of other places of one finding; the gravest are kept."""
UNKNOWN = "unit-unknown"


class TooSlow(Exception):
    """The checks took longer than `SECONDS`."""


def entries(register: Sequence[Sequence[Any]]) -> tuple[Entry, ...]:
    """[[key, [name, …]], …] as the checks want it."""
    return tuple(Entry(key, tuple(names)) for key, names in register)


def checked(plan: Plan, register: Sequence[Entry]) -> dict[str, Any]:
    """{findings (as_defects), left_out, knows_units}. Raises TooSlow, and whatever a check stumbles over."""
    with _at_most(SECONDS):
        found = check_plan(plan, register)
    knows = knows_units(found, plan) if register else False
    if not knows:
        found = tuple(f for f in found if f.code != UNKNOWN)
    kept = _gravest(found)
    rows = as_defects(kept)
    for row in rows:
        row["others"] = row["others"][:MOST_OTHERS]
    return {"findings": rows, "left_out": len(found) - len(kept), "knows_units": knows}


def knows_units(found: Sequence[Finding], plan: Plan) -> bool:
    """Whether the register is one already: it knows at least half of the units that the plan names. A county that
    has only begun its register would otherwise read of every unit that it is unknown."""
    named = {owner.name for task in plan.tasks for owner in task.owners}
    return 2 * sum(f.code == UNKNOWN for f in found) <= len(named)


def _gravest(found: Sequence[Finding]) -> Sequence[Finding]:
    """At most `MOST`, the gravest first served, in the order of the text."""
    if len(found) <= MOST:
        return found
    order = list(SEVERITIES)
    chosen = sorted(range(len(found)), key=lambda i: (order.index(found[i].severity), i))[:MOST]
    return [found[i] for i in sorted(chosen)]


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Stop what runs inside by TooSlow; the reading before it is not lost to a slow check."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def lengths(paper: Paper) -> dict[str, int]:
    """Signs of the body (up to the first annex) and of the whole, blanks and what was set aside not counted."""
    text = paper.clean.text
    annex = min((node.start for node in paper.outline.nodes if node.rank == ANNEX), default=len(text))
    return {"body": len("".join(text[:annex].split())), "whole": len("".join(text.split()))}


def shape(source: SourceText) -> dict[str, Any]:
    """What `restored` needs besides the columns of the stored text: name, format, real tables, parts."""
    return {
        "name": source.name,
        "format": source.format,
        "tables": [[*t.span, t.rows, t.cols, [_cell(cell) for cell in t.cells]] for t in source.tables],
        "parts": [[part.name, part.sha256, *part.span] for part in source.parts],
    }


def _cell(cell: Cell) -> list[int]:
    return [cell.row, cell.col, *cell.span, cell.rowspan, cell.colspan]


def restored(stored: Mapping[str, Any]) -> SourceText:
    """The text as first read, out of {text, furniture, pages} and a shape."""
    return SourceText(
        name=stored["name"],
        format=stored["format"],
        text=stored["text"],
        tables=tuple(
            Table(
                Span(start, end),
                tuple(Cell(row, col, Span(a, b), down, across) for row, col, a, b, down, across in cells),
                rows,
                cols,
            )
            for start, end, rows, cols, cells in stored["tables"]
        ),
        furniture=tuple(Span(start, end) for start, end in stored["furniture"]),
        pages=tuple(stored["pages"]),
        parts=tuple(Part(name, sha256, Span(start, end)) for name, sha256, start, end in stored["parts"]),
    )
