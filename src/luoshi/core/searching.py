"""Finding Chinese words without a word list: one folded form for what is stored and what is asked, places to highlight.

Folding makes full-width letters narrow, capitals small and drops all white space, so that “５Ｇ 基站” finds “5G基站” and a word
broken over two lines is still one word. Every kept character comes from exactly one of the original, so places lead back.
"""

import unicodedata
from bisect import bisect_left
from typing import NamedTuple

MOST_TERMS, LONGEST = 8, 60
"""Words of one question, and characters of all of them; more is cut off."""
MOST_PLACES = 400
"""Places of one text that are looked at; a text with more is about little else."""
NEAR = 0.34
"""The share of neighbouring pairs of characters that makes a text like the question when nothing has it whole."""


class _Table(dict[int, int]):
    """Character → its folded one, worked out at first sight; what would become several characters stays itself."""

    def __missing__(self, code: int) -> int:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = ord(plain) if len(plain) == 1 else code
        return self[code]


_FOLDED = _Table()


class Piece(NamedTuple):
    """A stretch of an excerpt; `hit` when it is what was asked for."""

    text: str
    hit: bool


def fold(text: str) -> str:
    """The form in which texts are stored and compared.

    >>> fold("建设５Ｇ 基站\\n12座（新）")
    '建设5g基站12座(新)'
    """
    return "".join(text.translate(_FOLDED).split())


def terms(question: str) -> list[str]:
    """The words asked for, folded, each once. Empty for a question without any.

    >>> terms("  冷链 ５Ｇ 冷链 ")
    ['冷链', '5g']
    """
    found = dict.fromkeys(fold(word) for word in question[:LONGEST].replace("\0", " ").split())
    return [word for word in found if word][:MOST_TERMS]


def pairs(words: list[str]) -> list[str]:
    """All neighbouring pairs of characters in the words, each once: what is looked for when no text has the words whole.

    >>> pairs(["冷链物流", "园"])
    ['冷链', '链物', '物流']
    """
    return list(dict.fromkeys(word[i : i + 2] for word in words for i in range(len(word) - 1)))[
        : 2 * MOST_TERMS
    ]


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Places [start, end) of the words in the text as it is, in order, overlapping ones as one."""
    small = text.translate(_FOLDED)
    kept = [i for i, sign in enumerate(small) if not sign.isspace()]
    folded = "".join(small[i] for i in kept)
    found: list[tuple[int, int]] = []
    for word in words:
        at, last = folded.find(word), len(found) + MOST_PLACES
        while at >= 0 and len(found) < last:
            found.append((kept[at], kept[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def first_place(text: str, words: list[str]) -> tuple[int, int] | None:
    """Where the first of the words stands in the text."""
    found = _spans(text, words)
    return found[0] if found else None


def _densest(spans: list[tuple[int, int]], room: int) -> int:
    """Where the first of those windows begins that hold the most places."""
    starts = [start for start, _ in spans]
    return max(
        starts, key=lambda start: (bisect_left(starts, start + room) - bisect_left(starts, start), -start)
    )


def excerpt(text: str, words: list[str], room: int = 110) -> list[Piece]:
    """About `room` characters of the text around the first place that has most of the words, cut into pieces.

    >>> excerpt("年内建成5G基站12座。", ["5g"])
    [Piece(text='年内建成', hit=False), Piece(text='5G', hit=True), Piece(text='基站12座。', hit=False)]
    """
    spans = _spans(text, words)
    start = 0
    if spans and len(text) > room:
        densest = max(
            spans, key=lambda span: (sum(span[0] <= s < span[0] + room for s, _ in spans), -span[0])
        )
        start = max(0, min(densest[0] - room // 4, len(text) - room))
    end = min(len(text), start + room)
    pieces, at = [Piece("……", False)] if start else [], start
    for a, b in spans:
        if b <= start or a >= end:
            continue
        a, b = max(a, start), min(b, end)
        pieces += [Piece(text[at:a], False), Piece(text[a:b], True)]
        at = b
    pieces.append(Piece(text[at:end] + ("……" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]
