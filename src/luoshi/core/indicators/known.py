"""Indicators that governments everywhere promise, by their canonical and other names (known_indicators.csv).

A table of the language: no place stands in it. Terms and frequencies follow the published 统计制度 and common usage.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

Direction = Literal["higher", "lower", "zero", "target", "relative", "neutral"]
Frequency = Literal["monthly", "monthly_nojan", "quarterly", "annual", "ledger"]


class Known(NamedTuple):
    """One indicator of the language.

    units      as it is usually printed (亿元, %); the first is its own
    direction  higher | lower is better | zero must not occur | target is to be hit | relative to another | neutral
    frequency  how often figures exist: monthly_nojan has none for January, ledger comes as it happens
    """

    name: str
    aliases: tuple[str, ...]
    units: tuple[str, ...]
    direction: Direction
    frequency: Frequency


@cache
def known() -> tuple[Known, ...]:
    """The shipped table, read once."""
    lines = Path(__file__).with_name("known_indicators.csv").read_text("utf-8").splitlines()
    return tuple(
        Known(
            row["name"],
            tuple(filter(None, row["aliases"].split(";"))),
            tuple(row["units"].split(";")),
            cast(Direction, row["direction"]),
            cast(Frequency, row["frequency"]),
        )
        for row in csv.DictReader(lines)
    )
