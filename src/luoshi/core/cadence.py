"""How often: the cadence grammar of plans, from 每旬 and 一月一小结 to 定期 and 每月25日前.

A cadence found in a sentence is only a time; whether somebody must do something then is for
`luoshi.core.plan.mechanisms` to say (每万人, 每年增长 are no duties).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern
from luoshi.core.periods import LENGTHS, Length, Period, periods_between

_LENGTH_OF: dict[str, Length] = {
    "日": "日", "天": "日", "周": "周", "星期": "周", "旬": "旬", "半月": "双周", "半个月": "双周", "双周": "双周",
    "两周": "双周", "月": "月", "月度": "月", "个月": "月", "双月": "两月", "两月": "两月", "两个月": "两月", "2个月": "两月", "2月": "两月", "2周": "双周",
    "季": "季度", "季度": "季度", "半年": "半年", "年": "年", "年度": "年",
}  # fmt: skip
_UNIT = "半个?月|两个月|2个月|双周|两周|双月|两月|半年|季度?|年度?|月度?|星期|周|旬|日|天"
REVIEWS = (
    "调度|通报|讲评|小结|总结|简报|专报|会商|例会|报告|汇报|分析|研判|督查|督导|督办|考核|考评|评比|评价|评估|排名|点评|碰头|盘点|对账|晾晒|"
    "述职|监测|抽查|检查|研究|复盘|会诊|约谈|暗访|巡查|公示|公布|备案|推进|反馈|清零|上报|报送|测评|比拼|评议|审议|审计|销号|更新|观摩|拉练|总评|比武|交账|查账|建账|巡访|例检|跟踪|汇总|提示|提醒|会办|会审|走访"
)
_REVIEWS = frozenset(REVIEWS.split("|"))
# Any of their first signs and any of their second: the pattern asks for this and the set decides. Saying the words
# themselves, four times over, made the pattern five times as slow to compile.
_REVIEW = f"[{''.join(sorted({w[0] for w in _REVIEWS}))}][{''.join(sorted({w[1] for w in _REVIEWS}))}]"
_LISTED = r"(?:的?(?P<day>\d{1,2})[日号](?:、\d{1,2}[日号])*(?P<before>之?前)?|(?<=[周期])[一二三四五六日天](?:[上下]午|晚上?)|(?<=周)[二三四五])?"
_ONCE = r"(?=(?:至少)?[^,。;、\n一1至]{1,12}[一1]次)"
_ALONE = rf"(?<!{HAN}.)(?<![0-9A-Za-z].)|(?<=[行施实立全善织展开].)(?<![全本当].)"
# What may follow each sign that opens a wording. One class of opening signs at the head of the pattern lets
# the engine skip to the next of them.
_PAIR = r"(?<=[两双半2])(?<![上下前后近大].)"
_OPENINGS = (
    (
        "每按",
        rf"(?:(?<=每)个?|(?<=按)(?P<by>)照?)(?P<each>{_UNIT})"
        rf"(?(by)(?!计划|预算|目标|任务|度)|(?!均)(?:(?:末|首|(?:最后|第)[一二三1-3]?个)月|末|底|初)?{_LISTED}(?:一(?![次回轮场期个天名条篇]))?)",
    ),
    (
        "一两双半2全",
        rf"(?:(?<=一)(?P<one>周|旬|月|季度?|年|日|天)|(?<=全)年(?=一)(?P<whole>)|{_PAIR}(?P<pair>个?月|周|年)|(?<=一)(?P<per>{HAN}{{1,4}}?))"
        rf"(?:一(?P<review>{_REVIEW})|(?(per)(?!)|{_ONCE}))",
    ),
    (
        "逐两双半2周旬月季年日",
        rf"(?:(?<=逐)(?P<step>周|旬|月度?|季度?|半?年)|{_PAIR}(?P<short>个?月|周|年)|(?<=[周旬月季年日])(?:{_ALONE})(?P<alone>[度终初中底末]?)有?)"
        rf"(?:(?=(?P<next>{_REVIEW}))|(?(step)(?!)|(?:(?=报[、,”制])|(?<=季度){_ONCE})))",
    ),
    ("定", r"期(?<![固特约法规限指]定期)(?P<loose>)(?!存款|限|间|体检报告|险|债)"),
    ("适", r"时(?P<fitting>)"),
    ("周旬月季", r"(?:(?<=周)周|(?<=旬)旬|(?<=月)月|(?<=季)季)有?(?P<all>)"),
    ("2", r"4小时(?P<guard>)(?=值班|值守|在岗|监测|监控|备勤|巡)"),
    ("年", r"度(?P<yearly>)(?=备案|述职|评议|公示|报告制度)"),
    ("7", r"[x×*X乘]24小时”?(?P<always>)"),
)
# What stands behind an opening sign in every wording but 一…一调度: most signs go at once when asked for it.
_FOLLOWS = "".join(
    sorted({*"个照两双半2季月周年旬日天星度终初中底末有报期时4x×*X乘", *(w[0] for w in _REVIEWS)})
)
_FORMS = pattern(
    f"[{''.join(sorted(set(''.join(signs for signs, _ in _OPENINGS))))}](?:(?<=一)|(?=[{_FOLLOWS}]))(?:"
    + "|".join(f"(?<=[{signs}])(?:{form})" for signs, form in _OPENINGS)
    + ")"
)
_AT_LEAST = ("至少", "不少于", "不低于")
_DEEDS = "代理培训招标检查活动交易会议督查"


class Cadence(NamedTuple):
    """How often something is due.

    every     日 周 双周 旬 月 两月 季度 半年 年, or a word that sets no date: 定期, 适时, 两年, 每个项目, 7x24小时; None when unsaid
    at_least  "至少半年一次": more often is welcome
    day       latest day of the month ("每月25日前" -> 25)
    """

    every: str | None
    at_least: bool = False
    day: int | None = None

    def due(self, first: date, last: date) -> tuple[Period, ...]:
        """The periods that close within [first, last]; none for a cadence that sets no date.

        >>> [p.label for p in Cadence("季度").due(date(2024, 1, 1), date(2024, 7, 1))]
        ['2024年第一季度', '2024年第二季度']
        """
        if self.every not in LENGTHS:
            return ()
        return periods_between(self.every, first, last)


class Found(NamedTuple):
    """A cadence in a text: [start, end) is the wording that carries it; `activity` when the wording holds it
    (一月一小结 -> 小结), else None: it follows at `end`."""

    start: int
    end: int
    cadence: Cadence
    activity: str | None


def find_cadences(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Every wording of a cadence in text[start:end] (folded text), in order.

    >>> [(f.cadence.every, f.activity) for f in find_cadences("实行“一周一调度、月通报”，每半年讲评一次")]
    [('周', '调度'), ('月', None), ('半年', None)]
    """
    for m in _FORMS.finditer(text, start, len(text) if end is None else end):
        review, following = m.group("review", "next")
        if (review and review not in _REVIEWS) or (following and following not in _REVIEWS):
            continue
        every, activity = _reading(m)
        begin = m.start() - (every == "不定期")
        before = text[max(start, begin - 4) : begin]
        least = any(word in before for word in _AT_LEAST)
        day = int(m["day"]) if m["day"] and m["before"] else None
        yield Found(begin, m.end(), Cadence(every, least, day), activity)


def _reading(m: re.Match[str]) -> tuple[str, str | None]:
    """(every, activity) of one match."""
    if m["per"] and m["per"] not in _LENGTH_OF:
        return ("每次" if m["per"] in _DEEDS else "每个") + m["per"], m["review"]
    match m.lastgroup:
        case "loose":
            return ("不定期" if m.string.startswith("不", max(m.start() - 1, 0)) else "定期"), None
        case "fitting":
            return "适时", None
        case "always":
            return "7x24小时", None
        case "guard":
            return "24小时", None
        case "yearly":
            return "年", None
        case "all":
            return _LENGTH_OF[m.group()[0]], None
    unit = m["each"] or m["step"] or m["one"] or m["per"]
    if m["whole"] is not None:
        unit = "年"
    elif pair := m["pair"] or m["short"]:
        unit = m.group()[0] + pair
    elif m["alone"] is not None:
        unit = m.group()[0] + ("度" if m["alone"] == "度" else "")  # 月底, 年终: once a month, a year
    return _LENGTH_OF.get(unit, unit), m["review"]  # 两年: no length of the calendar
