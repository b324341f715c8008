"""Regular expressions that are compiled when first used.

Reading knows some two hundred patterns and a short paper needs a quarter of them; compiling all of them took
longer than everything else the command does before it reads (docs/decisions/0050).
"""

import re
from typing import Any, cast

# One Chinese character. [\u4e00-\u9fff] means the same here, but compiles 25 times slower: the compiler walks
# through all 20,992 characters of the range.
HAN = r"[^\W\x00-\x7f]"


class _Late:
    """Stands in for a compiled pattern; each method is bound once and then found without a detour."""

    def __init__(self, source: str, flags: int) -> None:
        self._made = (source, flags)

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._made), name)
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


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is used. Module functions (re.sub(p, …)) do not take it: use p.sub(…).

    >>> pattern("一(.)一").search("一周一调度")[1]
    '周'
    """
    return cast(re.Pattern[str], _Late(source, flags))
