"""When a task is due, where its own words say so: 年内, 6月底前, 三季度末, 秋季开学前, 到2026年.

A year counts only where it opens a clause (力争2024年新增…), not where it names a thing (发布2024年…榜单,
申报2025年省级…, 《2024年度…方案》); what recurs (每年6月底前), lies behind or begins then (自2024年6月起) is no deadline.
A month without a day allows all of it: 6月, 6月底 and 6月前 are its last day.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.core.pattern import pattern


class Deadline(NamedTuple):
    """`value` is "2024" (in the course of it), "2024-Q3" or "2024-08-31" (by that day); offsets as given."""

    value: str
    start: int
    end: int


_WHEN = pattern(
    r"(?:(?P<y>20\d\d|今|本|当)\s?年度?\s?)?(?:"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月份?(?:\s?(?P<d>\d{1,2})\s?[日号]|\s?(?P<part>上旬|中旬|下旬|底|末|初))?"
    r"|(?P<season>秋|春)季?(?:学期)?开学"
    r"|(?P<feast>国庆|元旦|五一|七一|十一)节?(?=前|之前|以前)"
    r"|第?(?P<q>前?[一二三四1-4])个?季度(?P<qend>末|底)?"
    r"|(?P<half>上|下)半年"
    r"|(?P<end>年?底|年?末|年终|年内|内)"
    r")|(?P<bare>20\d\d)\s?年(?!度|以来|起|版|版本|级|[—\-至到])"
)
# Every phrase opens with one of these signs and holds one of the cues; _WHEN is tried only there.
_OPENS = pattern("[\\d今本当一二三四五六七八九十秋春国元第前上下年底末内]")
_CUE = pattern(r"年|月|季|开学|国庆|元旦|五一|七一|十一")
_REACH = 10
_BY = pattern(r"\s?(?:(?:之|以)?(?:前|内)|底前|止)")
# 一季度完成全年计划的60%, 上半年完成60%, 一季度实现“开门红”: a share by then, not the task.
_SHARE = pattern(
    r"[^,;。]{0,12}(?:全年|年度|计划|任务|目标|进度)[^,;。]{0,8}(?:\d+(?:\.\d+)?%|过半|一半|三分之)"
    r"|(?:力争|确保)?(?:完成|实现)(?:\d+(?:\.\d+)?%|[^,;。]{0,2}(?:开门红|双过半|半年红))"
)
# 9月完成主体工程, 8月25日通车: a month or day that only opens its clause is a term where something ends then.
_ENDS_THEN = pattern(
    r"(?:份|[,、])?(?:全面|全部|基本|正式|如期|主体|实现)*(?:完成|完工|竣工|建成|投产|投用|投入(?:使用|运行)|交付|通车|上线|验收|封顶|开工|开园|办结)"
)
_FROM = pattern(r"起|以来|至|开始|—|-|、")
_BEFORE = pattern(r"(?:到|至|在|于|力争|确保|争取|计划|预计|力促|须|应|必须|实现|限)$")
# The second end of 3月16日至6月30日.
_TILL = pattern(r"[日月底旬][至到—–~-]+$")
_OPENING = frozenset("。;,:、!?\n ()—①②③④⑤⑥⑦⑧⑨")
_HAN_NUMBERS = {h: n for n, h in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_FEASTS = {"国庆": "09-30", "十一": "09-30", "元旦": "12-31", "五一": "04-30", "七一": "06-30"}
_DOTTED = pattern(r"(?P<y>20\d\d)[-./年](?P<m>\d{1,2})(?:[-./月](?P<d>\d{1,2}))?")


def find_deadline(text: str, start: int, end: int, year: int | None) -> Deadline | None:
    """The deadline of the task in text[start:end] (folded); of several the most exact, then the latest."""
    found = _all(text, start, end, year, cell=False)
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda due: (len(due.value) > 4, _last_day(due.value)))


def read_due(text: str, start: int, end: int, year: int | None) -> Deadline | None:
    """The deadline in a cell or behind 完成时限: (text[start:end]), where a bare 12月 or 2025.6 counts too."""
    found = _all(text, start, end, year, cell=True)
    if found:
        return max(found, key=lambda due: _last_day(due.value))
    if year is not None and text.find("全年", start, end) >= 0:
        return Deadline(str(year), start, end)
    m = _DOTTED.search(text, start, end)
    value = _month(int(m["y"]), int(m["m"]), m["d"], None) if m else None
    return Deadline(value, m.start(), m.end()) if m and value else None


def _all(text: str, start: int, end: int, year: int | None, *, cell: bool) -> list[Deadline]:
    """Every phrase that sets a term, in order."""
    found: list[Deadline] = []
    at = start
    for cue in _CUE.finditer(text, start, end):
        if cue.start() < at:
            continue
        m = _phrase(text, max(at, cue.start() - _REACH), min(end, cue.end() + _REACH), cue.start())
        if m is None:
            continue
        at = m.end()
        due = _judge(text, start, end, m, year, cell=cell)
        if due:
            found.append(due)
    return found


def _phrase(text: str, at: int, end: int, cue: int = -1) -> re.Match[str] | None:
    """What _WHEN.search would find in text[at:end], past what is over before the cue (摸底, 10月)."""
    for opens in _OPENS.finditer(text, at, end):
        if (m := _WHEN.match(text, opens.start(), end)) and m.end() > cue:
            return m
    return None


def _judge(
    text: str, start: int, end: int, m: re.Match[str], year: int | None, *, cell: bool
) -> Deadline | None:
    """Whether the phrase sets a term for the task, and which."""
    at, stop = m.start(), m.end()
    printed = m["y"] or m["bare"]
    said = int(printed) if printed and printed.isdigit() else year
    if said is None or (year is not None and said < year):
        return None
    if at > start and (
        text[at - 1] in "每自从各逐"
        or text.endswith(("每年", "已于", "已在"), 0, at)
        or (text[at - 1].isdigit() and not m["bare"])
    ):
        return None
    if at - 2 >= start and text[at - 1] in "—-~至" and (text[at - 2].isdigit() or text[at - 2] == "年"):
        return None
    if not cell and _SHARE.match(text, stop, end):
        return None
    if _named(text, max(start, at - 60), at) or (
        _FROM.match(text, stop, end) and not (_BY.match(text, stop, end) or (cell and text[stop] == "、"))
    ):
        return None
    by = _BY.match(text, stop, end) is not None
    opens = (
        at == start or text[at - 1] in _OPENING or _BEFORE.search(text, max(start, at - 3), at) is not None
    )
    if m["bare"]:
        return Deadline(m["bare"], at, stop) if opens or cell else None
    value = _value(m, said)
    ends = m["part"] in ("底", "末") or m["qend"] or m["end"] in ("年底", "底", "年末", "末", "年终")
    if value is None or not (
        by
        or _TILL.search(text, max(start, at - 3), at)
        or ends
        or cell
        or (opens and (printed or m["q"] or m["half"] or m["end"] or _ENDS_THEN.match(text, stop, end)))
    ):
        return None
    if m["end"] in ("底", "末", "内") and not printed:
        return None
    return Deadline(value, at, stop)


def _named(text: str, start: int, at: int) -> bool:
    """Whether `at` lies inside 《》 or “”."""
    return any(text.rfind(left, start, at) > text.rfind(right, start, at) for left, right in ("《》", "“”"))


def _value(m: re.Match[str], year: int) -> str | None:
    if m["m"]:
        month = int(m["m"]) if m["m"].isdigit() else _HAN_NUMBERS.get(m["m"], 0)
        return _month(year, month, m["d"], m["part"])
    if m["season"]:
        return f"{year}-08-31" if m["season"] == "秋" else _month(year, 2, None, None)
    if m["feast"]:
        return f"{year}-{_FEASTS[m['feast']]}"
    if m["q"]:
        digit = m["q"][-1]
        return f"{year}-Q{digit if digit.isdigit() else _HAN_NUMBERS[digit]}"
    if m["half"]:
        return f"{year}-06-30" if m["half"] == "上" else f"{year}-12-31"
    return str(year) if m["end"] in ("内", "年内") else f"{year}-12-31"


def _month(year: int, month: int, day: str | None, part: str | None) -> str | None:
    if not 1 <= month <= 12:
        return None
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    due = int(day) if day else {"上旬": 10, "初": 10, "中旬": 20}.get(part or "", last)
    return f"{year}-{month:02}-{due:02}" if 1 <= due <= last else None


def _last_day(value: str) -> str:
    """The last day a value allows, to compare values of different exactness."""
    if len(value) == 4:
        return value + "-12-31"
    if "Q" in value:
        return f"{value[:4]}-{int(value[-1]) * 3:02}-31"
    return value
