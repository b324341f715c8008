"""Classification markings: a paper that carries one may not be read at all.

Law on Guarding State Secrets art. 17: 绝密 机密 秘密 with ★ and a term stand at the head of the paper; 内部资料 and its kin likewise.
A sentence that only speaks of secrets (“保守国家秘密”) is no marking.
"""

import re
from collections.abc import Iterable

HEAD_LINES = 12
LONGEST = 30  # characters: a marking is a line of its own, not a sentence
STAR = re.compile(r"^[\s\d　]*(?:密级[:：]?)?(绝密|机密|秘密)\s*[★☆*＊].{0,12}$")
BARE = re.compile(
    r"^(?:[№\d]{0,8}\s*|密\s*级\s*[:：]\s*)(绝密|机密|秘密)(?:\s*[·・.]?\s*(?:特急|加急|长期|\d+\s*(?:年|个月)))*$"
)
INSIDE = re.compile(
    r"^[【\[（(〔]?\s*((?:仅|只)供?限?内部[\u4e00-\u9fff]{0,6}|(?:仅供|仅限|限)[\u4e00-\u9fff]{0,4}内部[\u4e00-\u9fff]{0,4}"
    r"|内部(?:资料|文件|材料|刊物|使用|参考|传阅|掌握))"
    r"(?:[\s,，;；:：·!！]*(?:注意(?:保存|保管|保密)|妥善(?:保存|保管)|请勿外传|不得外传|严禁外传|不得公开|阅后收回|\d+))*\s*[】\]）)〕]?[!！。]?$"
)


def marking(text: str, outside: Iterable[str] = ()) -> str | None:
    """The marking as printed, or None. `outside` are lines of page headers."""
    lines = (line.strip(" \t\r\u3000\u00a0\ufeff") for line in text.split("\n"))
    seen = 0
    for line in lines:
        if not line:
            continue
        seen += 1
        if len(line) <= LONGEST and (found := _mark(line, head=seen <= HEAD_LINES)):
            return found
    for line in outside:
        if len(line) <= LONGEST and (found := _mark(line.strip(), head=True)):
            return found
    return None


def _mark(line: str, *, head: bool) -> str | None:
    packed = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000\u00a0\u2002\u2003]+(?=[\u4e00-\u9fff])", "", line)
    match = STAR.match(packed) or (head and (BARE.match(packed) or INSIDE.match(packed)))
    return packed if match else None
