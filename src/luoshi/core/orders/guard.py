"""What to look at before an order is struck off (销号): evidence older than the order, closings copied from one another, a
verifier who says nothing of their own.

These are questions to the verifier, not verdicts: each must be answered in the verifier's own words. Evidence is never required
(为基层减负): where there is none, none is asked for.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

_SIGNS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_SPAN = 3
ALIKE = 0.8
"""From this share of common three-sign runs on, two texts are near-identical."""
SHORTEST = 12
"""Signs that a verifier's words must have."""


class Flag(NamedTuple):
    """One thing to answer for: a stable code and one Chinese sentence."""

    code: str
    sentence: str


class Closing(NamedTuple):
    """A closing text of another order: its number and words."""

    number: str
    text: str


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: common runs of three signs over all of them; marks, spaces and numbers do not count (a copied text with
    another number in it is a copied text).

    >>> likeness("已对12处隐患全部整改到位。", "已对12处隐患，全部整改到位")
    1.0
    >>> likeness("道路已修复通车", "已拨付工程款") < 0.2
    True
    """
    a, b = (_DIGITS.sub("0", _SIGNS.sub("", text)) for text in (one, other))
    if min(len(a), len(b)) < _SPAN:
        return float(a == b and bool(a))
    runs = [{text[i : i + _SPAN] for i in range(len(text) - _SPAN + 1)} for text in (a, b)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def flags(
    closing: str, sent: date, evidence: Iterable[tuple[str, date]], others: Sequence[Closing]
) -> tuple[Flag, ...]:
    """Everything odd about a closing: `evidence` are (name, date) pairs, `others` the closings of other orders.

    >>> [f.code for f in flags("已整改到位", date(2024, 5, 1), [("照片", date(2024, 4, 1))], [])]
    ['old-evidence', 'thin']
    """
    found = [
        Flag(
            "old-evidence",
            f"佐证“{name}”的日期是{day.isoformat()}，早于交办日{sent.isoformat()}，不能说明这次办理的结果。",
        )
        for name, day in evidence
        if day < sent
    ]
    copied = [o.number for o in others if likeness(closing, o.text) >= ALIKE]
    if copied:
        found.append(Flag("copied", f"报结内容与{'、'.join(copied[:3])}几乎一样，请核实是否照搬。"))
    if len(_SIGNS.sub("", closing)) < SHORTEST:
        found.append(Flag("thin", "报结内容过于简单，没有说明做了什么、结果怎样。"))
    return tuple(found)


def own_words(words: str, closing: str, earlier: Iterable[str]) -> str:
    """Why a verifier's words will not do, in one sentence; "" when they will.

    >>> own_words("同意", "", [])
    '核验意见太短，请写明看了什么、找谁核实、结果如何。'
    >>> own_words("5月10日到现场看过，路面已修复，随机问了两户居民。", "路面已修复。", [])
    ''
    """
    if len(_SIGNS.sub("", words)) < SHORTEST:
        return "核验意见太短，请写明看了什么、找谁核实、结果如何。"
    if likeness(words, closing) >= ALIKE:
        return "核验意见与承办单位的报结内容几乎一样，请用自己的话写明核实的情况。"
    if any(likeness(words, text) >= ALIKE for text in earlier):
        return "核验意见与以前写过的几乎一样，请写明这一件核实的情况。"
    return ""
