"""Who must do what how often: 市长至少半年调度一次, “旬调度、月通报、季讲评”, 定期研究解决….

A cadence counts when somebody's recurring work follows it; 每万人, 每年增长, 每月500元 name a rate, and
"每季度报送不少于2条信息" a quota (quotas.py).
"""

import re
from collections.abc import Sequence

from luoshi.core.cadence import REVIEWS, Cadence, Found, find_cadences
from luoshi.core.plan.force_people import looks_like_seat
from luoshi.core.plan.model import Doubt, Mechanism, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.units.names import is_collective

_WORK = re.compile(
    rf"{REVIEWS}|召开|开展|组织|听取|公开|归集|发布|举办|走访|梳理|核查|推送|排查|调研|回访|审核|通告|维护|清理|清查|解决|跟踪|督促|"
    r"征集|谋划|安排|部署|调整|培训|演练|评选|联系|接访|下访|会晤|沟通|交流|对接|汇总|统计|核验|核实|提交|制作|印发|刊发|编发|编印|"
    r"曝光|巡检|回头看|进行|活动|会议|反映|晒|体检|推出|评审|观摩|拉练|督战|过堂|碰头|报"
)
_SUPERVISES = re.compile(r"[^,。;、]{0,4}(?:督查|调度|通报|督导|抽查|约谈|讲评|会商|督办|暗访|巡查|靶向)")
_TARGET = re.compile(
    r"\d+(?:\.\d+)?(?!\d|\.| *(?:次|轮|回|日|号|月|年|小时|天|个工作日|时|x|×|\+|号文))|增长|下降|提高到?\d|补[助贴]|奖励|发放|给予|租金|额度|不超过"
)
_STOP = re.compile(r"[,。;:!?\n]|(?<=[^“])”(?![^“”,。;]{0,8}(?:等|活动|行动))|(?<=次)(?=[^,。;]*)")
_LIGHT = re.compile(
    r"^(?:至少|原则上|均|都|应|要|须|需|不少于|集中|(?:组织)?(?:开展|召开|举行|进行|实施)(?:的|了)?|一次|1次|的)+"
)
_TAIL = re.compile(
    r"(?:不少于|至少)?(?:[一1-9两二三]|\d+)(?:次|轮|回)(?:以上)?$|(?:工作)?(?:机制|制度|要求)$|[和与及并、]+$"
)
_TIMES = re.compile(r"([一两二三四五六七八九十]|\d{1,2})次")
_REPORTING = re.compile(r"(?P<what>专报|简报|信息|动态)报送制度")
_BODY = re.compile(
    r"(?!在|对|与|打造|搭建|建立|通过|依托|以|向|把|将|为|用|从|推动|完善).*"
    r"(?:局|委|办|厅|院|部|会|处|室|中心|公司|集团|银行|街道|镇|乡|政府|单位|部门|专班|小组|指挥部|机构|组|地区|县市区)(?:\([^()]*\))?$"
)
_ROLE_OF = re.compile(r"发挥([\u4e00-\u9fff]{2,20}?)(?:的)?作用")
_SUBJECT_ENDS = re.compile(
    r"(?:原则上|(?<![主重])要|应|应当|须|需|必须|将|至少|不少于|负责(?!人|同志)|牵头(?![人单部领副])|围绕|按时|及时|建立|根据|按照|按|每|定期|认真谋划|认真|并|不)"
)
_GENERIC_HEAD = re.compile(r"^(?:主要|分管|有关)(?:领导|负责人|负责同志)$")
_OPENERS = re.compile(r"^(?:原则上|其中|同时|此外|由|并由|确保|并|要|各地|切实发挥|要切实发挥)+")
_ROUND = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def find_mechanisms(paper: Paper, tasks: Sequence[Task] = ()) -> tuple[Mechanism, ...]:
    """Every recurring duty. Where the clause names nobody, the lead units of the task it stands in are the actor."""
    text = paper.clean.text
    found: list[tuple[int, int, str, Cadence]] = []
    marks = list(find_cadences(text))
    for i, mark in enumerate(marks):
        following = marks[i + 1].start if i + 1 < len(marks) else len(text)
        duty = _duty(text, mark, following)
        if duty:
            found.append(duty)
    found += [(m.start(), m.end(), "报送" + m["what"], Cadence(None)) for m in _REPORTING.finditer(text)]
    found.sort(key=lambda f: f[:2])
    return tuple(_mechanism(paper, tasks, *f) for f in _without_announcements(text, found))


def _duty(text: str, mark: Found, following: int) -> tuple[int, int, str, Cadence] | None:
    """(start, end, activity, cadence) when recurring work follows the mark, else None."""
    cadence = mark.cadence
    if mark.activity:
        return mark.start, mark.end, _about(text, mark) + mark.activity, cadence
    if cadence.every == "适时" and not _SUPERVISES.match(text, mark.end):
        return None
    stop = _STOP.search(text, mark.end)
    end = min(stop.start() if stop else len(text), mark.end + 60)
    phrase = text[mark.end : end]
    if following < end:
        end = following
        phrase = text[mark.end : end]
    listed = phrase.find("、")
    if cadence.every not in ("定期", "不定期", "适时", "7x24小时") and 0 < listed <= 6:
        phrase = phrase[:listed]
        end = mark.end + listed
    if phrase.count("“") > phrase.count("”") and text.startswith("”", end):
        end += 1
        phrase = text[mark.end : end]
    if not _WORK.search(phrase) and cadence.every != "7x24小时":
        return None
    if cadence.every not in ("定期", "不定期", "适时", "7x24小时") and _TARGET.search(phrase):
        return None
    activity = _TAIL.sub("", _TAIL.sub("", _LIGHT.sub("", phrase).strip()))
    times = _TIMES.search(phrase)
    count = 1 if not times else _ROUND.get(times[1]) or int(times[1])
    least = cadence.at_least or re.search(r"至少|不少于", phrase) is not None
    end -= len(phrase) - len(phrase.rstrip("、和与及并 "))
    if not activity or (phrase.startswith("的") and not _WORK.match(activity)):
        return None
    return mark.start, end, activity, Cadence(cadence.every, least, count, cadence.day)


def _about(text: str, mark: Found) -> str:
    """What 一项目一考评 is about: the words right before its quotation mark (评标专家)."""
    before = text[max(0, mark.start - 12) : mark.start]
    named = re.search(r"([\u4e00-\u9fff]{2,8})“$", before)
    return (
        re.sub(r"^.*(?:抓实|落实|实行|推行|建立|健全|完善|执行|开展|坚持|按照)", "", named[1])
        if named
        else ""
    )


def _without_announcements(
    text: str, found: list[tuple[int, int, str, Cadence]]
) -> list[tuple[int, int, str, Cadence]]:
    """Leave out 定期调度机制 where the same sentence goes on to say when."""
    kept = []
    for duty in found:
        start, _, activity, cadence = duty
        if cadence.every == "定期":
            a, b = _sentence(text, start)
            if any(
                a <= d[0] < b
                and d is not duty
                and d[3].every not in ("定期", "适时", None)
                and d[2] in activity
                for d in found
            ):
                continue
        kept.append(duty)
    return kept


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [e for e in (text.find("。", at), text.find("\n", at)) if e >= 0]
    return start, min(ends, default=len(text))


def _mechanism(
    paper: Paper, tasks: Sequence[Task], start: int, end: int, activity: str, cadence: Cadence
) -> Mechanism:
    text, printed = paper.clean.text, paper.clean.printed
    actor, begin = _actor(text, start)
    span = paper.clean.span(begin, end)
    doubts: tuple[Doubt, ...] = ()
    if actor is None:
        holder = next((t for t in tasks if t.span.start <= span.start < t.span.end), None)
        names = holder and (holder.lead or holder.units)
        actor = "、".join(names) if names else None
    quote = re.sub(r"\s*\n\s*", "", printed[begin:end])
    if actor is None:
        doubts = (Doubt("no-actor", f"“{quote}”没有写明由谁负责，请补充。"),)
    return Mechanism(actor, activity, cadence.every, cadence.at_least, quote, span, doubts)


def _actor(text: str, at: int) -> tuple[str | None, int]:
    """(actor, where the quote begins): the subject of the clause, else of the sentence, else whose part is played up
    (发挥工作专班作用)."""
    begin = max(text.rfind(sign, 0, at) for sign in ",。;:\n“”、") + 1
    subject = _subject(text[begin:at])
    if subject and not _GENERIC_HEAD.match(subject):
        return subject, text.index(subject, begin)
    wider = None
    for signs in (";。\n", "。\n"):
        sentence = max(text.rfind(sign, 0, at) for sign in signs) + 1
        wider = wider or _subject(text[sentence : min(at, sentence + 30)])
    if subject:
        return (wider or "") + subject, text.index(subject, begin)
    part = _ROLE_OF.search(text, sentence, at)
    return wider or (part and part[1]) or None, at


def _subject(words: str) -> str | None:
    """The actor these words open with, if they do."""
    words = _OPENERS.sub("", words.strip())
    ends = _SUBJECT_ENDS.search(words)
    name = re.split(",", words[: ends.start()] if ends else words)[0].strip()
    if (
        2 <= len(name) <= 20
        and not re.search("的|机制|制度", name)
        and (_BODY.match(name) or looks_like_seat(name) or is_collective(name))
    ):
        return name
    return None
