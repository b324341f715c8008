"""Per-group duties in numbers: papers each 专班 places in the press, one 联络员 a unit."""

import re

from luoshi.core.plan.model import Quota
from luoshi.core.plan.paper import Paper

_NUMBER = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNT = r"(?P<count>\d+|[一两二三四五六七八九十])(?:[-—至]\d+)?"
_LEAST = r"(?:至少|不少于|不低于|原则上)?(?:要)?"
_PRESS = re.compile(
    rf"(?:发表|刊发|刊载|刊登|报送|上报|报|推出|推送|采用|撰写|发布|播发|编发|提交|投稿|报道|推介)(?P<least>[^,。;\n\d]{{0,24}}?){_COUNT}\s*(?P<unit>篇|条|期|件|个|则|份)"
    r"(?:\([^()]*\))?(?:次)?(?:以上)?(?P<what>[^,。;:\n]{0,12}(?:稿件?|信息|经验|报道|案例|简报|新闻|宣传|专报|文章|典型|做法|动态)(?:做法|材料|案例|稿)?(?:\([^()]*\))?)"
)
_PERSON = re.compile(
    rf"(?:确定|明确|安排|指定|落实|配备|选派|选定|设立|设|抽调|固定)[^,。;\n\d]{{0,6}}?{_LEAST}{_COUNT}(?:名|位|个)(?P<what>[^,。;:\n和、]{{0,10}}?(?:联络员|信息员|联系人|工作人员|业务骨干|负责人|领导|专人|骨干|干部|统计员))"
)
_MORE_PERSONS = re.compile(
    rf"(?:、|和|及|,)(?P<least>){_COUNT}(?:名|位|个)(?P<what>[^,。;:\n和、]{{0,10}}?(?:联络员|信息员|联系人|工作人员|业务骨干|负责人|专人|骨干|干部))"
)
_WHO = re.compile(
    r"(?P<who>(?:每个?|各)[^,。;:\n\d一]{1,14}?)(?=原则上|需|要|应|须|至少|每|全年|年度|分别|均|都|确定|明确|安排|指定|落实|配备|选派|选定|报送|发表|上报|推出|,)"
)
_PER = re.compile(r"每(?:个)?(半年|季度?|月|年|周|旬)|全年|年内|年度")


def find_quotas(paper: Paper) -> tuple[Quota, ...]:
    """Every quota, in order of place."""
    text = paper.clean.text
    found = [*_PRESS.finditer(text), *_PERSON.finditer(text)]
    for first in list(found):
        if first.re is _PERSON:
            at = first.end()
            while more := _MORE_PERSONS.match(text, at):
                found.append(more)
                at = more.end()
    return tuple(q for m in sorted(found, key=lambda m: m.start()) if (q := _quota(paper, m)))


def _quota(paper: Paper, m: re.Match[str]) -> Quota | None:
    text = paper.clean.text
    begin = max(text.rfind(sign, 0, m.start()) for sign in "。;\n") + 1
    sentence = text[begin : m.start()]
    groups = list(_WHO.finditer(text, begin, m.end()))
    who = groups[-1]["who"] if groups else None
    person = m.re is not _PRESS
    if person and who is None:
        return None
    clause = max(text.rfind(sign, 0, m.start()) for sign in ",。;:\n") + 1
    period = None
    for period in _PER.finditer(sentence):  # noqa: B007
        pass
    per = "单位" if person else None
    if period:
        per = {"季": "季度"}.get(period[1], period[1]) if period[1] else "年"
    count = _NUMBER.get(m["count"]) or float(m["count"])
    return Quota(
        who,
        m["what"].strip(),
        float(count),
        per,
        paper.clean.printed[clause : m.end()],
        paper.clean.span(clause, m.end()),
    )
