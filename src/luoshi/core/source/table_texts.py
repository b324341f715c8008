"""Which of several text columns tells the task: judged by what stands in them, since titles (项目, 目标) serve for both.

A column of names (老旧小区改造) beside one of sentences (改造小区31个、5200户。) only heads it. A column of figures (16家, ≥6%)
tells nothing without the name beside it. A category (产业发展) stands again and again beside ever new texts.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern

STATEMENT = 25  # characters from which a cell is a statement rather than a heading
_NAME = 14  # characters that names have on average at most
_CLAUSE = 9  # characters from which a figure or a comma makes a cell a sentence
_FIGURE = pattern(
    rf"(?:[≥≤<>=≧≦]|{HAN}{{0,4}}?(?=\d))\s*\d[\d.,]*(?:\s*[-—–~～至]\s*\d[\d.,]*)?\s*[^\w\s]?\s*(?:{HAN}|[/A-Za-z²³]){{0,5}}$"
)
_SAYS = pattern(r"[,;、\d%]")
_STOPS = "。;!"


class Column(NamedTuple):
    """A column by its filled cells: their mean size in characters, the shares (0 to 1) of those that are mere figures,
    that are sentences, and that only repeat the cell above."""

    size: float
    figures: float
    sentences: float
    repeats: float


def survey(cells: Sequence[str]) -> Column:
    """A column's cells from top to bottom, empty ones included.

    >>> survey(["养老服务", "养老服务", "新增床位260张。", ""])
    Column(size=5.666666666666667, figures=0.0, sentences=0.3333333333333333, repeats=0.3333333333333333)
    """
    filled = ["".join(c.split()) for c in cells]
    filled = [c for c in filled if c]
    n = len(filled) or 1
    told = [c for c in filled if not _FIGURE.match(c)]
    return Column(
        sum(map(len, filled)) / n,
        (len(filled) - len(told)) / n,
        sum(map(_is_sentence, told)) / n,
        sum(1 for a, b in pairwise(filled) if a == b) / n,
    )


def _is_sentence(cell: str) -> bool:
    """Whether a cell that is no mere figure says something of something."""
    return (
        cell[-1] in _STOPS
        or len(cell) >= STATEMENT
        or (len(cell) >= _CLAUSE and _SAYS.search(cell) is not None)
    )


def only_names(name: Column, other: Column) -> bool:
    """Whether `name` holds names of what `other` states in sentences."""
    return name.size <= _NAME and name.sentences < 0.5 <= other.sentences and other.size > name.size


def only_sorts(category: Column, other: Column) -> bool:
    """Whether `category` stands again and again beside ever new texts of `other`."""
    return category.repeats >= 0.3 and other.repeats < 0.1 and other.figures < 0.5
