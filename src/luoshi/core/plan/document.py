"""Title, number, issuer, date and plan year of the paper, from its head (and from the page it was saved from).

The title is the plan's own: of “X关于印发《Y》的通知” it is Y. The date is the 成文日期 beside the signature; a page's
更新时间 and the 印发日期 of the imprint are none.
"""

import re
from collections import Counter

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.model import Document, Doubt
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.signature import (
    DATE,
    DATE_FORM,
    Line,
    Signature,
    closing_signature,
    day_of,
    find_signature,
    lone_date,
)
from luoshi.core.source.clean import FOLD
from luoshi.core.source.outline import FIRST

_KINDS = "方案|意见|措施|计划|规划|工作报告|办法|要点|清单|细则|规定|条例|纲要|通知|责任书|任务书|分工|分解|分解表|任务表|实事|目标|任务|指引|倡议|决定|公报|行动|报告"
_TITLE_LINE = pattern(
    rf"(?:{_KINDS})(?:\((?:\d{{4}}[^()]*|试行|修订|征求意见稿|草案|暂行|送审稿|代拟稿|{HAN}{{2,6}}版)\))*$"
)
_OPENS_TITLE = pattern(rf"关于|20\d\d年|{HAN}{{2,8}}?(?:省|市|县|区|州|旗|镇|乡|国务院)")
_CONTINUES = pattern(rf"(?!.*(?:通知|日)$)(?:.*关于|20\d\d年|{HAN}{{2,8}}?(?:省|市|县|区|州|旗|镇|乡))")
_PRINTED_IN = pattern(r"印发《?(?:关于)?(?P<name>[^》\n]{4,120}?)》?的?\s*通\s*知$")
_QUOTED = pattern(
    r"印发[^《\n]{0,6}《(?P<name>[^》]{4,120})》|将《(?P<also>[^》]{4,120})》(?:[^。\n]{0,10})印发"
)
_NUMBER = pattern(
    rf"(?P<head>{HAN}{{1,10}}?)(?P<open>[〔\[(【]?)\s*(?P<year>(?:19|20)\d\d)\s*(?P<close>[〕\])】]?)\s*第?(?P<n>\d{{1,4}})\s*号?$"
)
_NUMBER_HEAD = pattern(r"[发办函字规政委党令通]$|号$")
_LABELLED = pattern(
    r"(?P<key>发文字号|文号|发文机关|发布机构|发文机构|发文单位|制发机关|成文日期|成文时间|来源|信息来源)\s*:\s*\n?\s*(?P<value>[^\n:]{2,60})"
)
_PUBLIC_OFFICE = pattern(r"(?:政府|办公室|办公厅|委员会|管委会|管委|局|委|厅|办|领导小组|部)$")
_DASHED_DATE = pattern(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_SUBTITLE_DATE = pattern(rf"^[—\-]*{DATE_FORM}在")
_SPEAKS_FOR = pattern(rf"代表({HAN}{{2,16}}?政府)[,、]?\s*向(?:大会|会议)")
_YEAR = pattern(r"20\d\d")
_BESIDE = pattern(r"\s{2,}|\s(?=\d|更新|发布|作者)")
_YEARS = pattern(r"20[1-4]\d(?=年|—|-|\))")
_SPACE = pattern(r"\s+")


def find_document(paper: Paper) -> Document:
    """What the head of the paper says about itself."""
    lines = _head(paper)
    labelled = _labelled(paper)
    doubts: list[Doubt] = []
    number, repaired = _number(lines, labelled)
    if repaired:
        doubts.append(Doubt("damaged-number", f"发文字号原文为“{repaired}”，已补全为“{number}”，对吗？"))
    signature = find_signature(lines) or closing_signature(paper)
    day = signature.day if signature else None
    if signature and signature.damaged and day:
        doubts.append(Doubt("damaged-date", f"成文日期缺“年、月、日”字样，已读作{day}，对吗？"))
    day = (
        day
        or _report_day(lines)
        or _bracketed_day(lines)
        or _iso(DATE, labelled.get("成文", ""))
        or _iso(_DASHED_DATE, labelled.get("成文", ""))
    )
    title = _title(paper, lines)
    issuer = _issuer(paper, lines, signature, labelled)
    year = _year(paper, title, number, day)
    return Document(title, number, issuer, day, year, tuple(doubts))


def _head(paper: Paper) -> list[Line]:
    """The lines before the first chapter (一、, 第一章) or annex; at most 120."""
    text = paper.clean.text
    stop = next((n.start for n in paper.outline.nodes if n.rank <= FIRST), min(len(text), 4000))
    at = 0
    lines: list[Line] = []
    while at < stop and len(lines) < 120:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        parts = text[at:end].split()
        if parts:
            lines.append(Line(at, end, "".join(parts), tuple(parts)))
        at = end + 1
    return lines


def _labelled(paper: Paper) -> dict[str, str]:
    """What the page's own table of facts says (发文字号:…, 来源:…), by the first two signs of the label."""
    head = paper.source.text[:6000].translate(FOLD)
    found: dict[str, str] = {}
    for m in _LABELLED.finditer(head):
        key = {"发文字号": "文号", "文号": "文号", "来源": "来源", "信息来源": "来源"}.get(
            m["key"], "成文" if "成文" in m["key"] else "机关"
        )
        value = m["value"].strip()
        if key in ("机关", "来源"):
            value = _BESIDE.split(value)[0]
        found.setdefault(key, value)
    return found


def _number(lines: list[Line], labelled: dict[str, str]) -> tuple[str | None, str | None]:
    """The document's number on a line of its own, and the damaged print when it had to be repaired."""
    for printed in [*(line.text for line in lines), labelled.get("文号", "")]:
        text = printed.partition("签发人")[0].strip("()")
        if len(text) > 30 or not text.endswith(("号", *"0123456789")):
            continue
        m = _NUMBER.match(text)
        if m and _NUMBER_HEAD.search(m["head"]):
            number = f"{m['head']}〔{m['year']}〕{int(m['n'])}号"
            whole = bool(m["open"] and m["close"]) and text.endswith("号")
            if whole or m["open"] or m["close"] or text.endswith("号"):
                return number, None if whole else text
    return None, None


def _iso(form: re.Pattern[str], text: str) -> str | None:
    m = form.search(text)
    return day_of(m["y"], m["m"], m["d"]) if m else None


def _report_day(lines: list[Line]) -> str | None:
    """——2026年1月27日在…大会第四次会议上: the day a report was given."""
    for line in lines[:15]:
        m = _SUBTITLE_DATE.match(line.text)
        if m:
            return day_of(m["y"], m["m"], m["d"])
    return None


def _bracketed_day(lines: list[Line]) -> str | None:
    """(2026年3月18日) on a line under the title."""
    found = (lone_date(line.text.strip("()"))[0] for line in lines[:15] if line.text.startswith("("))
    return next((day for day in found if day), None)


def _title(paper: Paper, lines: list[Line]) -> str | None:
    """The plan's own title, lines that were only wrapped joined."""
    quoted = _quoted_title(paper, lines)
    own = _title_block(lines, quoted)
    if own:
        return own
    if quoted:
        return quoted
    for i, line in enumerate(lines):
        if _TITLE_LINE.search(line.text) and len(line.text) <= 90 and "。" not in line.text:
            return _unwrapped(paper, lines, i)
    return (
        _printed(paper, lines[0])
        if lines and len(lines[0].text) <= 60 and not lines[0].text.endswith("。")
        else None
    )


def _unwrapped(paper: Paper, lines: list[Line], i: int) -> str:
    """A title line with the lines above it that it continues: up to two, short, without a stop, no office, no number."""
    first = i
    while first > max(0, i - 2) and not _OPENS_TITLE.match(lines[first].text):
        above = lines[first - 1]
        beside = paper.clean.text.count("\n", above.end, lines[first].start) == 1
        if (
            not beside
            or len(above.text) > 32
            or above.text[-1] in "。:,;、号"
            or not _CONTINUES.match(above.text)
        ):
            break
        first -= 1
    return "".join(_printed(paper, line) for line in lines[first : i + 1])


def _printed(paper: Paper, line: Line) -> str:
    return _SPACE.sub("", paper.clean.printed[line.start : line.end])


def _quoted_title(paper: Paper, lines: list[Line]) -> str | None:
    """Y of 印发《Y》的通知 or 现将《Y》印发; without 《》 what stands between 印发 and 的通知."""
    if not lines:
        return None
    start, stop = lines[0].start, lines[-1].end
    text = paper.clean.text
    m = _QUOTED.search(text, start, stop)
    if m:
        group = "name" if m["name"] else "also"
        return _SPACE.sub("", paper.clean.printed[m.start(group) : m.end(group)])
    for line in lines:
        m = _PRINTED_IN.search(line.text)
        if m and m["name"]:
            return m["name"]
    return None


def _title_block(lines: list[Line], quoted: str | None) -> str | None:
    """The one to four lines that print the quoted title as a heading of its own, joined."""
    if not quoted:
        return None
    wanted = quoted.translate(FOLD).replace("的", "")
    for i in range(len(lines) - 1, -1, -1):
        joined = ""
        for line in lines[i : i + 4]:
            joined += line.text
            if joined.replace("的", "") == wanted:
                return quoted if joined == quoted.translate(FOLD) else joined
    return None


def _issuer(
    paper: Paper, lines: list[Line], signature: Signature | None, labelled: dict[str, str]
) -> str | None:
    """署名, else the head of the notice's title, else whom the report speaks for, else the page's own facts."""
    if signature:
        return "、".join(signature.issuers)
    for line in lines:
        head, about, _ = line.text.partition("关于")
        if about and _PUBLIC_OFFICE.search(head) and 4 <= len(head) <= 30:
            return head
    m = _SPEAKS_FOR.search(paper.clean.text, 0, 3000)
    if m:
        return m[1]
    for key in ("机关", "来源"):
        value = labelled.get(key, "")
        if _PUBLIC_OFFICE.search(value):
            return value
    return None


def _year(paper: Paper, title: str | None, number: str | None, day: str | None) -> int | None:
    """The year of the title, of a chapter that plans a year, of the number or date; else the year the text names most."""
    for text in (title or "", *(n.heading for n in paper.outline.nodes[:12] if _plans(n.heading))):
        m = _YEARS.search(text.translate(FOLD))
        if m:
            return int(m[0])
    for known in (number, day):
        m = _YEAR.search(known or "")
        if m:
            return int(m[0])
    named = Counter(_YEARS.findall(paper.clean.text))
    if named:
        return int(max(named, key=lambda y: (named[y], y)))
    m = _DASHED_DATE.search(paper.source.text[:3000])
    return int(m["y"]) if m else None


def _plans(heading: str) -> bool:
    return any(
        word in heading
        for word in (
            "工作安排",
            "工作任务",
            "重点工作",
            "目标任务",
            "主要任务",
            "工作部署",
            "总体要求",
            "预期目标",
        )
    )
