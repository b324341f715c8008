"""Kinds of offices that every county has, by their full and short names (known_units.csv)."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of office: full name without place and level, short names, system (政府部门, 党委部门, 垂管 …)."""

    full: str
    shorts: tuple[str, ...]
    system: str


@cache
def kinds() -> tuple[Kind, ...]:
    """The shipped table, read once."""
    lines = Path(__file__).with_name("known_units.csv").read_text("utf-8").splitlines()
    return tuple(
        Kind(row["full"], tuple(row["short"].split(";")), row["system"]) for row in csv.DictReader(lines)
    )


@cache
def kinds_by_name() -> dict[str, frozenset[str]]:
    """Every full and short name -> full names of the kinds it may stand for (金融办 stands for two)."""
    found: dict[str, set[str]] = {}
    for kind in kinds():
        for name in (kind.full, *kind.shorts):
            found.setdefault(name, set()).add(kind.full)
    return {name: frozenset(fulls) for name, fulls in found.items()}
