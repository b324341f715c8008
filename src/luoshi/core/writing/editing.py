"""A paragraph typed anew: which of its numbers are still the living ones, and which a person wrote over."""

import re
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from luoshi.core.writing.draft import Draft, Listing, Passage, Piece

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|.", re.S)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def retyped(passage: Passage, text: str, reason: str = "") -> tuple[Passage, ...]:
    """The paragraph as a person left it; lines after the first become paragraphs of their own, none when it was emptied.

    A living number stays tied to its row where it still stands; where another number stands in its place that one is marked as
    changed, with `reason`. A number taken out with its words is simply gone.
    """
    first, *others = [" ".join(line.split(" ")) for line in text.replace("\r\n", "\n").split("\n")]
    made = [_first(passage, first.strip(), reason)] if first.strip() else []
    made += [_plain(line.strip()) for line in others if line.strip()]
    return tuple(made)


def _plain(line: str) -> Passage:
    found = re.match(r"(#{1,4})\s*(.*)", line)
    level, words = (len(found[1]), found[2]) if found else (0, line)
    return Passage(level, (Piece(words),))


def _first(passage: Passage, text: str, reason: str) -> Passage:
    if text == passage.text:
        return passage
    old, owners = _tokens(passage)
    new = _TOKEN.findall(text)
    places = _places(old, new)
    kept: list[tuple[int, int, Piece]] = []
    for at, piece in enumerate(passage.pieces):
        if piece.ref is None:
            continue
        mine = [i for i, owner in enumerate(owners) if owner == at]
        start, end = places[mine[0]], places[mine[-1] + 1]
        words = "".join(new[start:end])
        if words == piece.text:
            kept.append((start, end, piece))
        elif _NUMBER.search(words) and len(words) <= len(piece.text) + 12:
            said = reason.strip() or (piece.reason if words == piece.text else "")
            kept.append(
                (start, end, replace(piece, text=words, reason=said if words != piece.drafted else ""))
            )
    pieces: list[Piece] = []
    reached = 0
    for start, end, piece in kept:
        if start < reached:
            continue
        if start > reached:
            pieces.append(Piece("".join(new[reached:start])))
        pieces.append(piece)
        reached = end
    if reached < len(new):
        pieces.append(Piece("".join(new[reached:])))
    run_on = _run_on(passage, pieces)
    return replace(passage, pieces=tuple(pieces), run_on=run_on)


def _tokens(passage: Passage) -> tuple[list[str], list[int]]:
    tokens, owners = [], []
    for at, piece in enumerate(passage.pieces):
        for token in _TOKEN.findall(piece.text):
            tokens.append(token)
            owners.append(at)
    return tokens, owners


def _places(old: list[str], new: list[str]) -> list[int]:
    """For each boundary between old tokens, where it lies among the new ones."""
    places = [0] * (len(old) + 1)
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for at in range(a, b):
            places[at] = c + min(at - a, d - c)
        if b == len(old) or b > a or d > c:
            places[b] = d
    for before, after in pairwise(range(len(places))):
        places[after] = max(places[after], places[before])
    return places


def _run_on(passage: Passage, pieces: list[Piece]) -> int:
    """A heading keeps what runs on after its first full stop."""
    if passage.run_on < 0 or len(pieces) == 1:
        if passage.run_on < 0 or "。" not in pieces[0].text[:-1]:
            return -1
        head, stop, rest = pieces[0].text.partition("。")
        pieces[:1] = [Piece(head + stop), Piece(rest)]
        return 1
    if pieces[0].ref is None and "。" in pieces[0].text[:-1]:
        head, stop, rest = pieces[0].text.partition("。")
        pieces[:1] = [Piece(head + stop), Piece(rest)]
    return 1


def with_passages(draft: Draft, at: int, passages: tuple[Passage, ...]) -> Draft:
    """The draft with paragraph `at` (counted as `Draft.passages` does) replaced by these; by none to drop it."""
    count = -1

    def put(parts: tuple[Passage | Listing, ...]) -> tuple[Passage | Listing, ...]:
        nonlocal count
        made: list[Passage | Listing] = []
        for part in parts:
            if isinstance(part, Passage):
                count += 1
                made += passages if count == at else [part]
            else:
                made.append(part)
        return tuple(made)

    parts = put(draft.parts)
    return replace(
        draft, parts=parts, attachments=tuple(replace(a, parts=put(a.parts)) for a in draft.attachments)
    )
