"""Regular expressions that are compiled when first used.

Reading knows some two hundred patterns and a short paper needs a quarter of them; compiling all of them took
longer than everything else the command does before it reads (docs/decisions/0050).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

# One Chinese character. [\u4e00-\u9fff] means the same here, but compiles 25 times slower: the compiler walks
# through all 20,992 characters of the range.
HAN = r"[^\W\x00-\x7f]"


# The head of a pattern: groups, then perhaps a class that is not optional.
_HEAD = re.compile(r"(?:\((?:\?:|\?P<\w+>)?)*(?:\[[^]]*\](?![?*{]))?")
# A class of signs and what repeats it; or a group of single signs, not repeated.
_CLASS = re.compile(
    r"(?<!\\)\[((?:\\.|[^]\\^])(?:\\.|[^]\\])+)\]([*+]|\{\d*,(?:\d\d+)?\})?"
    r"|(?<=\(\?[:=!])[^|()\\](?:\|[^|()\\]){2,}(?=\)(?![*+{]))"
)
_SIGN = re.compile(r"\\.|.-.|.")


def lightened(source: str, searched: bool = True) -> str:
    """The same pattern, cheaper to compile.

    The compiler of CPython lays out a table of 65,536 places for every class of three or more Chinese signs, which takes as
    long as compiling forty signs otherwise; and once more where a pattern begins with one, so that `search` may run from
    sign to sign. Alternatives cost a fifth; the last of them, which never matches, keeps the compiler from making a
    class of them again. Matching is a little slower, so what a search begins with and what it repeats at will stays a class.

    >>> lightened("由[省市县]"), lightened("[省市县]由"), lightened("[省市县]由", searched=False)
    ('由(?:省|市|县|(?!).)', '[省市县]由', '(?=)(?:省|市|县|(?!).)由')
    """
    if not searched:
        return "(?=)" + _CLASS.sub(_as_alternatives, source)
    head = _HEAD.match(source)
    at = head.end() if head else 0
    return source[:at] + _CLASS.sub(
        lambda found: found[0] if found[2] else _as_alternatives(found), source[at:]
    )


def _as_alternatives(found: re.Match[str]) -> str:
    if found[0].isascii():
        return found[0]
    if found[1] is None:  # a group of single signs
        return found[0] + "|(?!)."
    signs = [
        f"[{sign}]" if len(sign) == 3 else re.escape(sign) if len(sign) == 1 and sign.isascii() else sign
        for sign in _SIGN.findall(found[1])
    ]
    return f"(?:{'|'.join(signs)}|(?!).){found[2] or ''}" if 2 < len(signs) <= 20 else found[0]


class _Late:
    """Stands in for a compiled pattern; each method is bound once and then found without a detour."""

    def __init__(self, source: str, flags: int, searched: bool) -> None:
        self._made = (source, flags, searched)

    def __getattr__(self, name: str) -> Any:
        source, flags, searched = self._made
        searched = searched or name not in ("match", "fullmatch")
        method = getattr(re.compile(lightened(source, searched), flags), name)
        setattr(self, name, method)
        return method


def opening(*forms: tuple[str, str]) -> str:
    """A pattern out of (signs, rest): `rest` right behind any of `signs`, which are part of the match.

    All the signs stand in one class at its head, so that a search runs from one of them to the next; of alternatives
    that begin with classes or groups it would try every one at every place (docs/decisions/0056). Where each alternative
    begins with a sign of its own, plain `|` does as well.

    >>> pattern(opening(("0-9", "天"), ("清破", "零"))).findall("30天内清零")
    ['0天', '清零']
    """
    return f"[{''.join(signs for signs, _ in forms)}](?:{behind(*forms)})"


def behind(*forms: tuple[str, str]) -> str:
    """The part of `opening` that says what may stand behind which signs."""
    return "|".join(f"(?<=[{signs}])(?:{rest})" for signs, rest in forms)


def choice(words: Iterable[str]) -> str:
    """Any of the words, of those that open alike the longest. The compiler takes a third of the time of a plain list, because
    what has one first sign stands together.

    >>> choice(["元", "万元", "吨", "万亩", "万元户"])
    '万(?:元户|元|亩)|元|吨'
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        re.escape(sign) + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0])
        for sign, rest in rests.items()
    )


def places(text: str, word: str) -> Iterator[int]:
    """Wherever the word begins in the text. To ask a pattern only there is ten times as fast as to search for it."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def pattern(source: str, flags: int = 0, *, searched: bool = False) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is used. Module functions (re.sub(p, …)) do not take it: use p.sub(…).
    `searched`: the pattern is matched first but searched for later: it need not be compiled twice.

    >>> pattern("一(.)一").search("一周一调度")[1]
    '周'
    """
    return cast(re.Pattern[str], _Late(source, flags, searched))
