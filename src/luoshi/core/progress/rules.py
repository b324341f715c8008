"""The rules of lights as dated data: bands, colours, words, shapes, each set with where it comes from (rules.toml).

A light never speaks by colour alone: every level has a word and a shape too.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from luoshi.core.progress.pace import METHODS, Method

Level = Literal["ok", "done", "near", "behind", "bad", "late", "waiting", "silent", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)
Colour = Literal["green", "blue", "yellow", "red", "grey"]
COLOURS: tuple[Colour, ...] = get_args(Colour)
Scale = Literal["progress", "points", "ratio", "places"]
SCALES: tuple[Scale, ...] = get_args(Scale)
UNCOUNTED: frozenset[Level] = frozenset(("waiting", "silent", "off"))


class Look(NamedTuple):
    """How a level is shown: three ways at once."""

    colour: Colour
    word: str
    shape: str


class Rollup(NamedTuple):
    """When many lights together are red or yellow: shares of the weight, in per cent, and the rule in words."""

    words: str
    red: Fraction
    yellow: Fraction


class Rules(NamedTuple):
    """One dated set. `version` names it on receipts. `about` is how many points 左右 may miss; `grace` how far below the plan
    is still green."""

    version: str
    title: str
    valid_from: date
    basis: str
    time: Method
    bands: Mapping[Scale, Fraction]
    grace: Fraction
    about: Fraction
    near_workdays: int
    digits: int
    rollup: Rollup
    looks: Mapping[Level, Look]

    def __hash__(self) -> int:
        """What it is called and where it comes from: enough to tell sets apart in a cache."""
        return hash((self.version, self.basis))


def read_rules(text: str) -> tuple[Rules, ...]:
    """All sets of a file in the form of rules.toml; ValueError with one Chinese sentence for one that does not hold."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"灯规则文件读不了：{error}。") from error
    return tuple(rules_from(name, part) for name, part in table.items())


def rules_from(name: str, part: Mapping[str, Any]) -> Rules:
    """One set in the form of a table of rules.toml; ValueError with one Chinese sentence when it does not hold."""
    try:
        looks = {level: _look(part["look"][level]) for level in LEVELS}
        bands = {scale: _fraction(part["band"][scale]) for scale in SCALES}
        rollup = Rollup(
            part["rollup"]["words"], _fraction(part["rollup"]["red"]), _fraction(part["rollup"]["yellow"])
        )
        made = Rules(
            f"{name}@{part['from'].isoformat()}", part["title"], part["from"], part["basis"], part["time"], bands,
            _fraction(part["band"].get("grace", "0")), _fraction(part["about"]), int(part["near_workdays"]),
            int(part["digits"]), rollup, looks,
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise ValueError(f"灯规则“{name}”不完整或写错了：{error}。") from error
    if made.time not in METHODS or min(bands.values()) < 0 or made.grace < 0:
        raise ValueError(f"灯规则“{name}”的序时算法或档次写错了，请核对。")
    for level in UNCOUNTED:
        if looks[level].colour in ("red", "green"):
            raise ValueError(f"灯规则“{name}”把没有数的项目显示成红灯或绿灯，这是不允许的。")
    return made


def _look(given: list[str]) -> Look:
    colour, word, shape = given
    if colour not in COLOURS or not word or not shape:
        raise ValueError("每一档灯都要写明颜色、名称和形状，请核对。")
    return Look(colour, word, shape)


def _fraction(value: str) -> Fraction:
    return Fraction(Decimal(value))


@cache
def shipped() -> tuple[Rules, ...]:
    """The sets that come with the system; the first is the default."""
    return read_rules(Path(__file__).with_name("rules.toml").read_text("utf-8"))


def rules_on(day: date, sets: tuple[Rules, ...] = ()) -> Rules:
    """The set in force on a day: of those given (all versions of one place) the newest that has begun, else the default.

    >>> rules_on(date(2024, 8, 31)).version
    'default@2000-01-01'
    """
    begun = [r for r in sets if r.valid_from <= day]
    return max(begun, key=lambda r: r.valid_from) if begun else shipped()[0]
