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


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is used. Module functions (re.sub(p, …)) do not take it: use p.sub(…).

    >>> pattern("一(.)一").search("一周一调度")[1]
    '周'
    """
    return cast(re.Pattern[str], _Late(source, flags))
