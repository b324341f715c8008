"""Per-group duties in numbers: papers each 专班 places in the press, one 联络员 a unit."""

import re
from collections.abc import Iterator, Sequence

from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Quota
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.subjects import after_last, subject_at

_NUMBER = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LEAST = r"(?:至少|不少于|不低于|不得少于|达到|各)?"
_PUBLISH = (
    "发表|刊发|刊载|刊登|报送|上报|推出|推送|采用|撰写|发布|播发|编发|提交|投稿|发稿|推介|总结|提炼|上稿"
)
_PAPER = r"(?:稿件?|信息|经验(?:材料|做法)?|报道|案例|简报|新闻|专报|文章|典型(?:经验|做法|案例)?|做法|动态)(?:稿件?)?(?:\([^()]*\))?"
_PAPERS = ("信息", "经验", "典型", "动态", "案例", "稿", "报道", "简报", "新闻", "专报", "文章", "做法")
_MEDIA = "媒体|平台|刊物|报刊"
_PERSONS = "联络员|信息员|联系人|工作人员|业务骨干|负责人|负责同志|领导|专人|骨干|干部|统计员|报送员|专员"
_N = r"(?P<n>\d+|[一两二三四五六七八九十])"
_PIECES = r"\s*(?:篇|条|期|件|个|则|份)(?:\([^()]*\))?(?:次)?(?:以上)?"
_STAFF = rf"{_N}(?:名|位|个)(?P<what>[^,。;:\n和、]{{0,10}}?(?:{_PERSONS}))"
# Each gives (number, what) or (what, number), and the pattern of what may follow in the same breath.
_PRINTED = pattern(
    rf"(?:{_PUBLISH})[^,。;\n\d]{{0,24}}?{_N}(?:[-—至]\d+)?{_PIECES}(?P<what>[^,。;:、\n\d]{{0,12}}{_PAPER})"
)
_TITLED = pattern(rf"(?:{_PUBLISH})(?P<what>[^,。;:、\n\d]{{0,16}}?{_PAPER}){_LEAST}{_N}{_PIECES}")
_SENT = pattern(rf"(?P<what>(?:发|投|上|供|送)稿)(?!件)[^,。;\n\d]{{0,4}}?{_LEAST}{_N}{_PIECES}")
_NAMED = pattern(
    rf"(?:确定|明确|安排|指定|落实|配备|选派|选定|抽调|固定|报送|确认)[^,。;\n\d]{{0,6}}?{_LEAST}{_STAFF}"
)
_JOINTS = ("、", "和", "及", ",")
_MORE_TITLED = pattern(
    rf"[、和及,](?P<what>[^,。;:、\n\d每]{{0,12}}?(?:{_PAPER}|{_MEDIA})){_LEAST}{_N}{_PIECES}"
)
_MORE_NAMED = pattern(rf"[、和及,]{_STAFF}")
# 县级领导每人包联2个以上项目; 每名干部结对帮扶困难群众3户
_EACH = r"每[人名位][^,。;:\n\d]{0,12}?(?P<deed>(?:结对|挂钩|定点)?(?:包联|联系|帮扶|帮包|包保|包抓|包干|挂联|领办|结对(?!帮扶|联系)))"
_ONES = r"\s*(?:个|家|户|名|项|所)(?:以上)?"
_EACH_PERSON = pattern(rf"{_EACH}{_LEAST}{_N}{_ONES}(?P<what>[^,。;:、\n\d]{{2,14}})")
_EACH_TITLED = pattern(rf"{_EACH}(?P<what>[^,。;:、\n\d]{{2,14}}?){_LEAST}{_N}{_ONES}")
_PUBLISHES = pattern("|".join(f"{word[0]}(?={word[1:]})" for word in _PUBLISH.split("|")))
_EACH_ONE = pattern("每(?=[人名位])")
# Words one of which forms need (most papers hold none of some), where they begin, and each with what may follow it in the
# same breath.
_FORMS = (
    (_PAPERS, _PUBLISHES, ((_PRINTED, None), (_TITLED, _MORE_TITLED))),
    (("稿",), None, ((_SENT, _MORE_TITLED),)),
    (_PERSONS.split("|"), None, ((_NAMED, _MORE_NAMED),)),
    (("每人", "每名", "每位"), _EACH_ONE, ((_EACH_PERSON, None), (_EACH_TITLED, None))),
)
_MEDIA_ENDS = tuple(_MEDIA.split("|"))
_STAFF_ENDS = tuple(_PERSONS.split("|"))
_GROUP = pattern(
    r"(?:每个?(?!季|月|年|周|旬|半年|日|天|两|人)|各)[^,。;:\n\d一每]{1,14}?(?=原则上|需|要|应|须|于|至少|每|全年|年度|年内|分别|均|都|在|至|确定|明确|安排|指定|"
    r"落实|配备|联系|包联|结对|挂|领办|选派|选定|抽调|报送|发表|上报|推出|刊发|撰写|总结|向|,)"
)
_GENERIC = pattern(
    r"(?:成员|责任|牵头|有关|相关|配合|参与)(?:单位|部门)|专班|乡镇|街道|领导|干部|县直|市直|区直"
)
_PER = pattern(r"每(?:个)?(半年|季度?|月|年|周|旬)|全年|年内|年度")


def find_quotas(paper: Paper) -> tuple[Quota, ...]:
    """Every quota, in order of place."""
    text = paper.clean.text
    found: list[tuple[re.Match[str], str]] = []
    for words, opens, forms in _FORMS:
        if not any(word in text for word in words):
            continue
        starts = [m.start() for m in opens.finditer(text)] if opens else None
        for form, more in forms:
            for m in form.finditer(text) if starts is None else _beginning_at(starts, form, text):
                following: re.Match[str] | None = m
                while following:
                    found.append((following, m["what"]))
                    goes_on = more and text[following.end() : following.end() + 1] in _JOINTS
                    following = more.match(text, following.end()) if more and goes_on else None
    found.sort(key=lambda pair: pair[0].start())
    return tuple(q for m, first in found if (q := _quota(paper, m, first)))


def _beginning_at(starts: Sequence[int], form: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `form.finditer` gives where the form can begin only at `starts`."""
    done = 0
    for at in starts:
        if at >= done and (m := form.match(text, at)):
            yield m
            done = m.end()


def _quota(paper: Paper, m: re.Match[str], first: str) -> Quota | None:
    """The quota of one match; None when it is nobody's in particular (then it is an indicator, if anything).
    `first`: what the list it stands in began with (中央媒体稿件2篇、省级媒体10篇)."""
    text = paper.clean.text
    sentence = after_last(text, m.start(), "。\n")
    deed = m.groupdict().get("deed", "")
    who = _who(text, sentence, m.start("deed") if deed else m.start())
    if who is None:
        return None
    begin = after_last(text, m.start(), ",。;:\n")
    what = m["what"].strip()
    per_unit = "单位" if what.endswith(_STAFF_ENDS) else None
    return Quota(
        who=who,
        what=deed + what + (first if what.endswith(_MEDIA_ENDS) else ""),
        at_least=float(_NUMBER.get(m["n"]) or m["n"]),
        per="人" if deed else _period(text[sentence : m.start()]) or per_unit,
        quote=" ".join(paper.clean.printed[begin : m.end()].split()),
        span=paper.clean.span(begin, m.end()),
    )


def _who(text: str, sentence: int, at: int) -> str | None:
    """每个单位, 各专班 …; else the sentence's subject when it is a kind of unit rather than one unit."""
    groups = [g.group() for g in _GROUP.finditer(text, sentence, at + 2) if g.start() < at]
    if groups:
        return groups[-1]
    subject, _ = subject_at(text, at)
    return subject if subject and _GENERIC.search(subject) else None


def _period(words: str) -> str | None:
    """每季度 -> 季度; 全年 -> 年; None when no period is said."""
    found = None
    for m in _PER.finditer(words) if "每" in words or "年" in words else ():
        found = {"季": "季度"}.get(m[1], m[1]) if m[1] else "年"
    return found
