"""Who must do what how often: 市长至少半年调度一次, “旬调度、月通报、季讲评”, 定期研究解决….

A cadence counts when somebody's recurring work follows it; 每万人, 每年增长, 每月500元 name a rate, and
"每季度报送不少于2条信息" a quota (quotas.py).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from luoshi.core.cadence import REVIEWS, Cadence, Found, find_cadences
from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.model import Doubt, Mechanism, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.subjects import after_last, subject_at, unwrapped

_WORKS = tuple(
    f"{REVIEWS}|召开|开展|组织|听取|公开|归集|发布|举办|走访|梳理|核查|推送|排查|调研|回访|审核|通告|维护|清理|清查|解决|跟踪|督促|"
    "征集|谋划|安排|部署|调整|培训|演练|评选|联系|接访|下访|会晤|沟通|交流|对接|汇总|统计|核验|核实|提交|制作|印发|刊发|编发|编印|"
    "曝光|巡检|办公|坐诊|坐班|值班|下沉|下村|入户|蹲点|驻点|带队|宣讲|推介|恳谈|回头看|进行|活动|会议|反映|晒|体检|推出|评审|观摩|拉练|督战|过堂|碰头|报".split(
        "|"
    )
)
_SUPERVISES = pattern(r"[^,。;、]{0,4}(?:督查|调度|通报|督导|抽查|约谈|讲评|会商|督办|暗访|巡查|靶向)")
_TARGET = pattern(
    r"\d+(?:\.\d+)?(?!\d|\.| *(?:次|轮|回|日|号|月|年|小时|天|个工作日|时|x|×|\+|号文|室|房间|楼))|增长|下降|提高到?\d|补[助贴]|安排[^,。;]{0,8}?(?:资金|经费|用地)|奖励|发放|给予|租金|额度|不超过"
)
_STOP = pattern(r"[,。;:!?\n]|(?<=[^“])”(?![^“”,。;]{0,8}(?:等|活动|行动))")
_LIGHT = pattern(
    r"^(?:之?前|内(?!部|控)|定期|至少|原则上|均|都|应|要|须|需|不少于|集中|(?:组织)?(?:开展|召开|举行|进行|实施)(?:的|了)?|一次|1次|的)+"
)
_TIMES = pattern(r"(?:至少|不少于|不低于|不得少于)?([一两二三四五六七八九十]|\d{1,2})(?:次|轮|回)(?:以上)?")
_LEAST = ("至少", "不少于", "不低于", "不得少于", "次以上", "轮以上", "回以上")
_MEETING = pattern(r"((?:联席|工作|专题|调度|领导小组|例行)?会议|例会|[调推]度?进?会)(?:原则上)?(?:至少)?$")
# 每周五下午5时前, 每日17:00前
_HOUR = pattern(r"(?:上午|下午|晚上?)?\d{1,2}(?:[时点](?:\d{1,2}分|半)?|:\d\d)(?:之?前)?")
_SET = frozenset(("定期", "不定期", "适时", "7x24小时", "24小时"))  # words that give no date
_HOUR_OPENS = frozenset("上下晚0123456789")
_REPORTING = pattern(r"(专报|简报|信息|动态)报送制度")


class _Duty(NamedTuple):
    """Recurring work at [start, end) of the clean text."""

    start: int
    end: int
    activity: str
    cadence: Cadence


def find_mechanisms(paper: Paper, tasks: Sequence[Task] = ()) -> tuple[Mechanism, ...]:
    """Every recurring duty. Where the clause names nobody, the lead units of the task it stands in are the actor."""
    text = paper.clean.text
    marks = _definite(list(find_cadences(text)))
    following = [*(m.start for m in marks[1:]), len(text)]
    duties = [d for m, limit in zip(marks, following, strict=False) if (d := _duty(text, m, limit))]
    reporting = _REPORTING.finditer(text) if "报送制度" in text else ()
    duties += [_Duty(m.start(), m.end(), "报送" + m[1], Cadence(None)) for m in reporting]
    duties.sort(key=lambda d: d[:2])
    starts = [t.span.start for t in tasks]
    found = []
    for i, duty in enumerate(duties):
        if not _is_announcement(text, duties, i):
            actor, begin = subject_at(text, duty.start)
            at = paper.clean.span(begin, duty.end)
            holder = bisect_right(starts, at.start) - 1
            if actor is None and holder >= 0 and at.start < tasks[holder].span.end:
                actor = "、".join(tasks[holder].lead or tasks[holder].units) or None
            found.append(_mechanism(paper, duty, actor, begin))
    return tuple(found)


def _definite(marks: list[Found]) -> list[Found]:
    """每月定期通报 is monthly: 定期 beside a cadence with a date adds nothing."""
    kept: list[Found] = []
    for mark in marks:
        beside = kept and mark.start - kept[-1].end <= 2
        if beside and mark.cadence.every == "定期":
            continue
        if beside and kept[-1].cadence.every == "定期":
            kept.pop()
        kept.append(mark)
    return kept


def _duty(text: str, mark: Found, following: int) -> _Duty | None:
    """The recurring work that follows the mark, if any does."""
    cadence = mark.cadence
    if text.endswith("连续", 0, mark.start):  # 对连续两个月排名末位的…: a condition
        return None
    if mark.activity:
        return _Duty(mark.start, mark.end, _about(text, mark) + mark.activity, cadence)
    if cadence.every == "适时" and not _SUPERVISES.match(text, mark.end):
        return None
    begin = _phrase_begin(text, mark.end)
    end = _phrase_end(text, mark, begin, following)
    phrase = text[begin:end]
    counted = "次" in phrase or "轮" in phrase or "回" in phrase
    works = any(work in phrase for work in _WORKS)
    if cadence.every not in ("7x24小时", "24小时") and not (works or (counted and _TIMES.search(phrase))):
        return None
    if cadence.every not in _SET and _TARGET.search(phrase):
        return None
    bare = _LIGHT.sub("", _TIMES.sub("", phrase) if counted else phrase).strip()
    bare = _without_tail(_without_tail(bare))
    activity = _LIGHT.sub("", bare) or _held(text[max(0, mark.start - 12) : mark.start])
    if not activity or (phrase.startswith("的") and not activity.startswith(_WORKS)):
        return None
    if activity == "报":
        activity = text[mark.start : end]
    least = cadence.at_least or any(word in phrase for word in _LEAST)
    return _Duty(mark.start, end, activity, Cadence(cadence.every, least, cadence.day))


def _without_tail(words: str) -> str:
    """通报工作机制 -> 通报; 通报和 -> 通报."""
    if "”" in words and "“" not in words:  # 年末考评”等措施
        words = words.partition("”")[0]
    for tail in ("机制", "制度", "要求"):
        if words.endswith(tail):
            return words.removesuffix(tail).removesuffix("工作")
    return words.rstrip("和与及并、的+")


def _phrase_begin(text: str, at: int) -> int:
    """Where the words about the duty begin: behind a note on the dates (分别在3月、6月底) and ,将 …"""
    closes = text.find(")", at, at + 30) if text[at : at + 1] == "(" else -1
    at = closes + 1 if closes > 0 else at
    if text[at : at + 1] in _HOUR_OPENS and (hour := _HOUR.match(text, at)):
        at = hour.end()
    return at + 1 if text.startswith((",将", ",把", ",向"), at) else at


def _phrase_end(text: str, mark: Found, begin: int, following: int) -> int:
    """Where the words about the duty end: at a stop, at the next cadence, at the first 、 of a list of rhythms."""
    stop = _STOP.search(text, begin)
    while stop and stop.group() == "”" and "“" in text[begin : stop.start()]:  # closes what the phrase opened
        stop = _STOP.search(text, stop.end())
    end = min(stop.start() if stop else len(text), begin + 60, max(following, begin))
    phrase = text[begin:end]
    if ")" in phrase and "(" not in phrase.partition(")")[0]:  # closes a bracket around the rhythm
        end = begin + phrase.index(")")
        phrase = text[begin:end]
    opens = phrase.rfind("(")
    if opens > phrase.rfind(")"):  # a note that the stop cuts in two
        end = begin + opens
        phrase = text[begin:end]
    listed = phrase.find("、")
    if mark.cadence.every not in _SET and 0 < listed <= 6:
        end = begin + listed
    elif phrase.count("“") > phrase.count("”") and text.startswith("”", end):
        end += 1
    while end > begin and text[end - 1] in "、和与及并 ":
        end -= 1
    return end


def _held(before: str) -> str:
    """The meeting a bare count speaks of: 联席会议每半年不少于1次."""
    meeting = _MEETING.search(before)
    return f"召开{meeting[1]}" if meeting else ""


def _about(text: str, mark: Found) -> str:
    """What 一项目一考评 is about: the words right before its quotation mark (评标专家)."""
    before = text[max(0, mark.start - 12) : mark.start]
    named = re.search(rf"({HAN}{{2,8}})“$", before)
    return (
        re.sub(r"^.*(?:抓实|落实|实行|推行|建立|健全|完善|执行|开展|坚持|按照)", "", named[1])
        if named
        else ""
    )


def _is_announcement(text: str, duties: list[_Duty], at: int) -> bool:
    """定期调度机制, where the same sentence goes on to say when; 周调度制度。, where the next says who does."""
    duty = duties[at]
    if duty.cadence.every != "定期":
        named = text.endswith(("制度", "机制"), duty.start, duty.end) and text[duty.end : duty.end + 1] in (
            "。",
            ":",
            "\n",
        )
        after = duties[at + 1] if named and at + 1 < len(duties) else None
        return after is not None and after.cadence.every == duty.cadence.every and after.start - duty.end < 40
    sentence = after_last(text, duty.start, "。\n")
    near = [
        d
        for d in duties[max(0, at - 5) : at + 6]
        if d is not duty and d.cadence.every not in ("定期", "适时", None)
    ]
    return any(d.activity in duty.activity and after_last(text, d.start, "。\n") == sentence for d in near)


def _mechanism(paper: Paper, duty: _Duty, actor: str | None, begin: int) -> Mechanism:
    quote = unwrapped(paper.clean.printed[begin : duty.end])
    doubts: tuple[Doubt, ...] = ()
    if actor is None:
        doubts = (Doubt("no-actor", f"“{quote}”没有写明由谁负责，请补充。"),)
    cadence, span = duty.cadence, paper.clean.span(begin, duty.end)
    return Mechanism(actor, duty.activity, cadence.every, cadence.at_least, quote, span, doubts)
