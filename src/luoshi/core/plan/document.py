"""Title, number, issuer, date and plan year of the paper, from its head (and from the page it was saved from).

The title is the plan's own: of “X关于印发《Y》的通知” it is Y. The date is the 成文日期 beside the signature; a page's
更新时间 and the 印发日期 of the imprint are none. A paper without a signature may state its facts on one line under the title:
(青营商组〔2026〕2号 2026年2月25日), 2026年2月25日,青禾县人民政府印发。
"""

import re
from collections import Counter
from itertools import takewhile
from typing import NamedTuple

from luoshi.core.pattern import HAN, opening, pattern
from luoshi.core.plan.model import Document, Doubt
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.signature import (
    DATE,
    DATE_FORM,
    GLYPHS,
    OFFICE,
    Line,
    Signature,
    closing_signature,
    day_of,
    find_signature,
    lines_between,
    lone_date,
)
from luoshi.core.source.clean import FOLD, fold
from luoshi.core.source.markers import ANNEX, FIRST

_KINDS = "方案|意见|措施|计划|规划|工作报告|办法|要点|清单|细则|规定|条例|纲要|通知|责任书|任务书|分工|分解|分解表|任务表|实事|目标|任务|指引|倡议|决定|公报|行动|报告"
_KIND_WORDS = tuple(_KINDS.split("|"))
_TITLE_LINE = pattern(
    rf"(?:{_KINDS})(?:\((?:\d{{4}}[^()]*|试行|修订|征求意见稿|草案|暂行|送审稿|代拟稿|{HAN}{{2,6}}版|{HAN}{{2,10}}[〔\[]\d{{4}}[〕\]]\d+号)\))*$"
)
_OPENS_TITLE = pattern(rf"关于|20\d\d年|{HAN}{{2,8}}?(?:省|市|县|区|州|旗|镇|乡|国务院)")
_OPENS_BARE = pattern(r"关于|印发|20\d\d年")
_TITLE_LABEL = pattern(r"(?:标题|名称|文件名称|文件标题):")
_TITLE_NUMBER = pattern(r"\((?P<number>[^()]+号)\)$")
_CONTINUES = pattern(rf"(?!.*(?:通知|日)$)(?:.*关于|20\d\d年|{HAN}{{2,8}}?(?:省|市|县|区|州|旗|镇|乡))")
_PRINTED_IN = pattern(r"印发《?(?:关于)?(?P<name>[^》\n]{4,120}?)》?的?\s*通\s*知$")
# 印发2026年区《政府工作报告》重点任务分工方案的通知: what is quoted is only part of the title
_QUOTES_ANOTHER = pattern(
    r"印发(?:关于)?(?P<name>[^《》。,\n]{0,12}《[^《》]{2,60}》(?!的?\s*通\s*知|[等(])[^《》。,\n]{3,60}?)的?\s*通\s*知$"
)
_QUOTED = pattern(
    r"印发[^《\n]{0,6}《(?P<name>[^》]{4,120})》|将《(?P<also>[^》]{4,120})》(?:[^。\n]{0,10})印发"
)
_NUMBER = pattern(
    rf"(?P<head>{HAN}{{1,10}}?)(?P<open>[〔\[(【]?)\s*(?P<year>(?:19|20)\d\d)\s*(?P<close>[〕\])】]?)\s*第?(?P<n>\d{{1,4}})\s*号?$"
)
_NUMBER_HEAD = pattern(r"[发办函字规政委党令通]$|号$")
_ISSUER, _DAY = "(?:机关|机构|单位)", "(?:日期|时间)"
_FACT = opening(
    ("发", f"文字号|[文布]{_ISSUER}|文{_DAY}"),
    ("文", r"\s*号"),
    ("印", f"发{_ISSUER}|发{_DAY}"),
    ("制", f"[发定]{_ISSUER}"),
    ("成", f"文{_DAY}"),
    ("来", "源"),
    ("信", "息来源"),
)
_LABELLED = pattern(
    rf"(?P<key>{_FACT})(?:[\s*|】\]]*:[\s*]*|[\s|】\]]+)(?P<value>[^\n:*|]{{2,60}}?)(?=[\s|;,【\[]*{_FACT}|[\n:*|;]|$)"
)
_OF_FACTS = ("文", "发布", "印发", "制发", "制定", "来源")  # one of these stands in every label of a fact
_LETTERHEAD = pattern(r"(?P<office>[^,;:。\d《》“”]{4,30}?)(?:文件|\(通知\))$")
_SPLIT_FACT = pattern(r"(?<=\d)\s+(?=[年月日号])|(?<=[年月〔〕])\s+(?=\d)")
_PAUSES = str.maketrans(",;:。()", "      ")
_ISSUED_BY = pattern(r"(?P<office>.+?)(?:制定|印发|发布|制发)?$")
_PUBLIC_OFFICE = (
    "政府",
    "办公室",
    "办公厅",
    "委员会",
    "管委会",
    "管委",
    "局",
    "委",
    "厅",
    "办",
    "领导小组",
    "部",
)
_DASHED_DATE = pattern(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_SUBTITLE_DATE = pattern(rf"^[—\-]*{DATE_FORM}在")
_SPEAKS_FOR = pattern(rf"代表({HAN}{{2,16}}?政府)[,、]?\s*向(?:大会|会议)")
_YEAR = pattern(r"20\d\d")
_BESIDE = pattern(r"\s{2,}|\s(?=\d|更新|发布|作者|成文|发文|文号|印发|来源)")
_YEARS = pattern(r"20[1-4]\d(?= ?年|—|-|\))")
_SPACE = pattern(r"\s+")


def find_document(paper: Paper) -> Document:
    """What the head of the paper says about itself."""
    lines = [line for line in _head(paper) if not line.text.endswith("|")]  # a page's own table of facts
    labelled = _labelled(paper)
    doubts: list[Doubt] = []
    stated = next((facts for line in lines[:15] if (facts := _facts(line))), Facts(None, None, None))
    title, beside = _parted(_title(paper, lines))
    number, repaired = _number(lines, [beside, stated.number or "", labelled.get("文号", "")])
    if repaired:
        doubts.append(Doubt("damaged-number", f"发文字号原文为“{repaired}”，已补全为“{number}”，对吗？"))
    signature = find_signature(lines) or closing_signature(paper)
    day = signature.day if signature else None
    if signature and signature.damaged and day:
        doubts.append(Doubt("damaged-date", f"成文日期印得不全或有误，已读作{day}，对吗？"))
    day = (
        day
        or _report_day(lines)
        or _bracketed_day(lines)
        or stated.day
        or _iso(DATE, labelled.get("成文", ""))
        or _iso(_DASHED_DATE, labelled.get("成文", ""))
        or next(
            (_iso(_DASHED_DATE, line.text) for line in lines[:15] if _DASHED_DATE.fullmatch(line.text)), None
        )
    )
    issuer = _issuer(
        paper, lines, signature, [stated.issuer or "", labelled.get("机关", ""), labelled.get("来源", "")]
    )
    year = _year(paper, title, number, day)
    return Document(title, number, issuer, day, year, tuple(doubts))


def _head(paper: Paper) -> list[Line]:
    """The lines before the first chapter (一、, 第一章) or annex; at most 120."""
    text = paper.clean.text
    stop = next((n.start for n in paper.outline.nodes if n.rank <= FIRST), min(len(text), 4000))
    return lines_between(text, 0, stop)[:120]


def _labelled(paper: Paper) -> dict[str, str]:
    """What the page's own table of facts says (发文字号:…, 来源:…), by the first two signs of the label."""
    head = fold(paper.source.text[:6000])
    found: dict[str, str] = {}
    for m in _LABELLED.finditer(head) if any(word in head for word in _OF_FACTS) else ():
        ending = m["key"][-2:]  # 日期, 来源, 字号, 机关
        key = "成文" if ending in ("日期", "时间") else ending if ending == "来源" else "机关"
        key = "文号" if ending[-1] == "号" else key
        value = m["value"].strip()
        if key in ("机关", "来源"):
            value = _BESIDE.split(value)[0]
        found.setdefault(key, value)
    return found


class Facts(NamedTuple):
    """What one line says of the paper, None where it says nothing."""

    number: str | None
    day: str | None
    issuer: str | None


def _facts(line: Line) -> Facts | None:
    """The facts of a line that holds a number or a date, one more fact, and nothing else."""
    whole = _SPLIT_FACT.sub("", " ".join(line.parts)) if len(line.parts) > 1 else line.text
    pieces = whole.translate(_PAUSES).split()
    if not 2 <= len(pieces) <= 4:
        return None
    numbers, days, offices = [], [], []
    for piece in pieces:
        issued = _ISSUED_BY.match(piece)
        if _read_number(piece):
            numbers.append(piece)
        elif day := lone_date(piece)[0]:
            days.append(day)
        elif issued and OFFICE.match(issued["office"]):
            offices.append(issued["office"])
        else:
            return None
    if not (numbers or days):
        return None
    return Facts(next(iter(numbers), None), next(iter(days), None), "、".join(offices) or None)


def _number(lines: list[Line], stated: list[str]) -> tuple[str | None, str | None]:
    """The document's number on a line of its own or among the stated facts, and the damaged print when it was repaired."""
    for printed in [*(line.text for line in lines), *stated]:
        text = _SPACE.sub("", printed).partition("签发人")[0].strip("()")
        found = _read_number(text)
        if found:
            number, whole = found
            return number, None if whole else text
    return None, None


def _read_number(text: str) -> tuple[str, bool] | None:
    """青政办发〔2026〕2号 in its one form, and whether it was printed whole: brackets and 号 there, no misread digit."""
    clear = text.translate(GLYPHS)
    if len(text) > 30 or not clear.endswith(("号", *"0123456789")):
        return None
    m = _NUMBER.match(clear)
    if m is None:
        return None
    numbered = clear.endswith("号")
    framed = bool(m["open"] and m["close"]) and numbered
    named = _NUMBER_HEAD.search(m["head"]) and (m["open"] or m["close"] or numbered)
    if not (framed or named):
        return None
    return f"{m['head']}〔{m['year']}〕{int(m['n'])}号", framed and clear == text


def _iso(form: re.Pattern[str], text: str) -> str | None:
    m = form.search(text) if text else None
    return day_of(m["y"], m["m"], m["d"]) if m else None


def _report_day(lines: list[Line]) -> str | None:
    """——2026年1月27日在…大会第四次会议上: the day a report was given."""
    for line in lines[:15]:
        m = _SUBTITLE_DATE.match(line.text) if line.text.lstrip("—-").startswith(("20", "19")) else None
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
        if len(line.text) <= 90 and "。" not in line.text and _ends_as_title(line.text):
            return _unwrapped(paper, lines, i)
    if not lines:  # an annex that was handed in alone
        first = next(iter(paper.outline.nodes), None)
        return first.heading or None if first and first.rank == ANNEX else None
    lone = len(lines[0].text) <= 60 and not lines[0].text.endswith(("。", "|"))
    return _printed(paper, lines[0]) if lone else None


def _ends_as_title(line: str) -> bool:
    return line.endswith(_KIND_WORDS) or (line.endswith(")") and _TITLE_LINE.search(line) is not None)


def _parted(title: str | None) -> tuple[str | None, str]:
    """The title without a label before it, and the number printed in brackets behind it ("" when none)."""
    if title is None:
        return None, ""
    folded = title.translate(FOLD)
    label = _TITLE_LABEL.match(folded) if ":" in folded else None
    number = _TITLE_NUMBER.search(folded) if folded.endswith("号)") else None
    bare = title[label.end() if label else 0 : number.start() if number else len(title)]
    return bare, number["number"] if number else ""


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
    quotes = text.find("《", start, stop) >= 0
    if quotes and (wider := _printed_in(lines, _QUOTES_ANOTHER)):
        return wider
    m = _QUOTED.search(text, start, stop) if quotes else None
    if m:
        group = "name" if m["name"] else "also"
        return _SPACE.sub("", paper.clean.printed[m.start(group) : m.end(group)])
    return _printed_in(lines, _PRINTED_IN)


def _printed_in(lines: list[Line], heading: re.Pattern[str]) -> str | None:
    """The name in a heading of up to three lines."""
    for i, line in enumerate(lines):
        joined = ""
        for wrapped in lines[i : i + 3] if "印发" in line.text else ():
            joined += wrapped.text
            m = heading.search(joined)
            if m:
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


def _issuer(paper: Paper, lines: list[Line], signature: Signature | None, stated: list[str]) -> str | None:
    """署名, else the head of the notice's title or the line above it, else whom the report speaks for, else the stated facts, else the letterhead."""
    if signature:
        return "、".join(signature.issuers)
    for line in lines:
        heads = _speakers(line)
        if heads and all(4 <= len(head) <= 30 and head.endswith(_PUBLIC_OFFICE) for head in heads):
            return "、".join(heads)
    for i, line in enumerate(lines):
        above = [*takewhile(_is_office, reversed(lines[max(0, i - 4) : i]))]
        if above and _OPENS_BARE.match(line.text):
            return "、".join(office for line in reversed(above) for office in line.offices)
    spoken = paper.clean.text.find("代表", 0, 3000) >= 0
    m = _SPEAKS_FOR.search(paper.clean.text, 0, 3000) if spoken else None
    if m:
        return m[1]
    heads = [
        m["office"]
        for line in lines[:5]
        if line.text.endswith(("文件", "(通知)")) and (m := _LETTERHEAD.match(line.text))
    ]
    return next((office for office in (*stated, *heads) if office.endswith(_PUBLIC_OFFICE)), None)


def _speakers(line: Line) -> list[str]:
    """Who speaks in the heading of a notice: 县发改局 县财政局 关于…; none without 关于."""
    said, about, _ = line.text.partition("关于")
    said = said.rpartition("号")[2]
    apart = [part for part in line.parts if "关于" not in part and part.endswith(_PUBLIC_OFFICE)]
    if about and len(apart) > 1 and said.startswith("".join(apart)):
        rest = said.removeprefix("".join(apart))
        return [*apart, rest] if rest else apart
    return [said] if about else []


def _is_office(line: Line) -> bool:
    return len(line.text) <= 40 and all(map(OFFICE.match, line.offices))


def _year(paper: Paper, title: str | None, number: str | None, day: str | None) -> int | None:
    """The year of the title, of a chapter that plans a year, of the number or date; else the year the text names most."""
    for text in (title or "", *(n.heading for n in paper.outline.nodes[:12] if _plans(n.heading))):
        m = _YEARS.search(text.translate(FOLD)) if "2" in text or "２" in text else None
        if m:
            return int(m[0])
    for known in (number, day):
        m = _YEAR.search(known or "")
        if m:
            return int(m[0])
    named = Counter(_YEARS.findall(paper.clean.text)) if "20" in paper.clean.text else None
    if named:
        return int(max(named, key=lambda y: (named[y], y)))
    head = paper.source.text[:3000]
    m = _DASHED_DATE.search(head) if "20" in head else None
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
