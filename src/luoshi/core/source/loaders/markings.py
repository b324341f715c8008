"""Classification markings: a paper that carries one may not be read at all.

Law on Guarding State Secrets art. 17: 绝密 机密 秘密 with ★ and a term stand at the head of the paper; 内部资料 and its kin likewise.
A sentence that only speaks of secrets (“保守国家秘密”) is no marking.
"""

import re
from collections.abc import Iterable
from itertools import islice

from luoshi.core.pattern import HAN, pattern

HEAD_LINES = 12  # lines with writing
HEAD_SEARCH = 200  # lines
LONGEST = 30  # characters: a marking is a line of its own, not a sentence
STAR = pattern(r"^[\s\d　]*(?:密级[:：]?)?(绝密|机密|秘密)\s*[★☆*＊].{0,12}$")
BARE = pattern(
    r"^(?:[№\d]{0,8}\s*|密\s*级\s*[:：]\s*)(绝密|机密|秘密)(?:\s*[·・.]?\s*(?:特急|加急|长期|\d+\s*(?:年|个月)))*$"
)
STARRED = pattern(r"[^\n]{0,16}密[^\n]{0,3}[★☆][^\n]{0,14}")
INSIDE = pattern(
    rf"^[【\[（(〔]?\s*(?:[仅只]供?限?内部{HAN}{{0,6}}|[仅限]供?限?{HAN}{{0,4}}内部{HAN}{{0,4}}"
    r"|内部(?:资料|文件|材料|刊物|使用|参考|传阅|掌握))"
    r"(?:[\s,，;；:：·!！]*(?:注意(?:保存|保管|保密)|妥善(?:保存|保管)|请勿外传|不得外传|严禁外传|不得公开|阅后收回|\d+))*\s*[】\]）)〕]?[!！。]?$"
)
BLANKS = pattern("(?<=[^\x00-\x7f])[ \u3000\u00a0\u2002\u2003]+(?=[^\x00-\x7f])")


def marking(text: str, outside: Iterable[str] = ()) -> str | None:
    """The marking as printed, or None. `outside` are lines of page headers."""
    head = (line for line in map(_strip, islice(text.split("\n", HEAD_SEARCH), HEAD_SEARCH)) if line)
    for line in (*islice(head, HEAD_LINES), *map(_strip, outside)):
        if found := _mark(line, STAR, BARE, INSIDE):
            return found
    # An annex may carry its own marking, always with the star.
    for match in STARRED.finditer(text) if "★" in text or "☆" in text else ():
        if found := _mark(_strip(match[0]), STAR):
            return found
    return None


def _strip(line: str) -> str:
    return line.strip(" \t\r\u3000\u00a0\ufeff")


def _mark(line: str, *forms: re.Pattern[str]) -> str | None:
    if not line or len(line) > LONGEST:
        return None
    packed = BLANKS.sub("", line) if len(line.split()) > 1 else line
    speaks = "密" in packed or "内部" in packed  # every marking does; hardly a line of a paper does
    return packed if speaks and any(form.match(packed) for form in forms) else None
