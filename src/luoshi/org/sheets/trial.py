"""Trying rows out: everything is really done inside a transaction, so that a preview is exact; what is refused is noted at
its cell, and the transaction is kept only when nothing was."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import NamedTuple

from luoshi.core.flow.actor import Actor
from luoshi.core.units.matching import Entry, match
from luoshi.journal.moves import Refused
from luoshi.org.models import Unit
from luoshi.org.queries.units import register
from luoshi.org.sheets.columns import FIRST_ROW, Fault

SEPARATORS = re.compile(r"[、,，;；\s]+")
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[0:]+)?$")


class BadCell(Refused):
    """A cell says what it cannot say."""


class Change(NamedTuple):
    """What a row did, as a sentence."""

    sheet: str
    row: int
    sentence: str

    @property
    def number(self) -> int:
        """The row as the person counts."""
        return self.row + FIRST_ROW


class Trial:
    """Collects what the rows of one workbook did, and what was wrong with them."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.changes: list[Change] = []
        self.faults: list[Fault] = []

    @contextmanager
    def at(self, sheet: str, row: int, column: str) -> Iterator[None]:
        """Do something for a cell; a refusal is noted there. What a service had begun it has itself undone."""
        try:
            yield
        except Refused as reason:
            self.faults.append(Fault(sheet, row, column, reason.sentence))

    def did(self, sheet: str, row: int, sentence: str) -> None:
        """Note a change."""
        self.changes.append(Change(sheet, row, sentence))


def parts(text: str) -> list[str]:
    """The names in a cell, each once."""
    return list(dict.fromkeys(filter(None, SEPARATORS.split(text))))


def day(text: str) -> dt.date | None:
    """The day in a cell: 2024-03-01, 2024/3/1, 2024年3月1日; None when empty. Raises BadCell."""
    if not text:
        return None
    found = DATE.match(text)
    try:
        return dt.date(*map(int, found.groups())) if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> dt.date:
    raise BadCell(f"“{text}”不是日期，请写成2024-03-01这样。")


class Names:
    """Which unit a name in a cell means: any name of the register, exactly. `broken` are names of rows that failed."""

    def __init__(self, by: Actor, broken: frozenset[str] = frozenset()) -> None:
        self.rows = register(by.government_id)
        self.units = Unit.objects.in_bulk([row.unit_id for row in self.rows])
        self.known = {_folded(name): row.unit_id for row in self.rows for name in row.names}
        self.broken = broken

    def unit(self, text: str) -> Unit:
        """The unit; raises BadCell with the likeliest one where there is one."""
        found = self.known.get(_folded(text))
        if found is not None:
            return self.units[found]
        if _folded(text) in self.broken:
            raise BadCell(f"单位表里‘{text}’那一行有误，那一行改正后这里就能对上。")
        likely = self._likeliest(text)
        ask = f"，是否为‘{likely}’？" if likely else "。"
        raise BadCell(f"没有叫‘{text}’的单位{ask}请改正后重新上传。")

    def _likeliest(self, text: str) -> str:
        candidates = match(text, [Entry(row.unit_id, row.names) for row in self.rows])
        if candidates:
            return self.units[int(str(candidates[0].key))].full_name
        close = get_close_matches(_folded(text), self.known, 1, 0.6)
        return self.units[self.known[close[0]]].full_name if close else ""


def _folded(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")
