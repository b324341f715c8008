"""How often: the cadence grammar of plans, from 每旬 and 一月一小结 to 定期 and 每月25日前.

A cadence found in a sentence is only a time; whether somebody must do something then is for
`luoshi.core.plan.mechanisms` to say (每万人, 每年增长 are no duties).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from luoshi.core.periods import LENGTHS, Length, Period, periods_between

_LENGTH_OF: dict[str, Length] = {
    "日": "日", "天": "日", "周": "周", "星期": "周", "旬": "旬", "半月": "双周", "半个月": "双周", "双周": "双周",
    "两周": "双周", "月": "月", "月度": "月", "个月": "月", "双月": "两月", "两月": "两月", "两个月": "两月", "2个月": "两月",
    "季": "季度", "季度": "季度", "半年": "半年", "年": "年", "年度": "年",
}  # fmt: skip
_UNIT = r"半个?月|两个月|2个月|双周|两周|双月|两月|半年|季度?|年度?|月度?|星期|周|旬|日|天"
REVIEWS = (
    "调度|通报|讲评|小结|总结|简报|专报|会商|例会|报告|汇报|分析|研判|督查|督导|督办|考核|考评|评比|评价|评估|排名|点评|碰头|盘点|对账|晾晒|"
    "述职|监测|抽查|检查|研究|复盘|会诊|约谈|暗访|巡查|公示|公布|备案|推进|反馈|清零|上报|报送|测评|比拼|评议|审议|审计|销号|更新"
)
_FORMS = re.compile(
    rf"每个?(?P<each>{_UNIT})(?!度?[均])(?:末|底|初)?(?:的?(?P<day>\d{{1,2}})[日号](?P<before>之?前)?)?"
    rf"|(?P<one>一(?:周|旬|月|季度?|年|日|天)|{_UNIT})(?:一(?P<review>{REVIEWS})|(?=(?:至少)?(?P<act>[^,。;、\n一1至]{{1,12}})[一1]次))"
    rf"|(?<![\u4e00-\u9fff\w])(?P<short>{_UNIT})(?={REVIEWS}|报[、,”制送])"
    rf"|(?<=[实施执落建健完组开召][行施行实立全善织展开])(?P<led>{_UNIT})(?={REVIEWS}|报[、,”制送])"
    rf"|按(?:照)?(?P<by>{_UNIT})(?!计划|预算|目标|任务|度)"
    r"|(?P<all>周周|旬旬|月月|季季)有?"
    r"|(?<![固特约法规限指])(?P<loose>不?定期|适时)(?!存款|限|间|体检报告|险|债)"
    rf"|一(?P<per>[\u4e00-\u9fff]{{1,4}}?)一(?P<rated>{REVIEWS})"
    r"|(?P<yearly>年度)(?=备案|述职|评议|公示|报告制度)"
    r"|(?P<always>7[x×*X乘]24小时)”?"
)
_AT_LEAST = re.compile(r"至少|不少于|不低于")
_DEEDS = "代理培训招标检查活动交易会议督查"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often something is due.

    every     日 周 双周 旬 月 两月 季度 半年 年, or a word that sets no date: 定期, 适时, 每个项目, 7x24小时; None when unsaid
    at_least  "至少半年一次": more often is welcome
    times     how many times in each period
    day       latest day of the month ("每月25日前" -> 25)
    """

    every: str | None
    at_least: bool = False
    times: int = 1
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
        every, activity = _reading(m)
        least = _AT_LEAST.search(text, max(start, m.start() - 4), m.start()) is not None
        day = int(m["day"]) if m["day"] and m["before"] else None
        yield Found(m.start(), m.end(), Cadence(every, least, 1, day), activity)


def _reading(m: re.Match[str]) -> tuple[str, str | None]:
    """(every, activity) of one match."""
    if m["per"]:
        thing = m["per"]
        if thing in _LENGTH_OF:
            return _LENGTH_OF[thing], m["rated"]
        return ("每次" if thing in _DEEDS else "每个") + thing, m["rated"]
    if m["loose"]:
        return m["loose"], None
    if m["always"]:
        return "7x24小时", None
    if m["all"]:
        return _LENGTH_OF[m["all"][0]], None
    if m["yearly"]:
        return "年", None
    unit = m["each"] or m["one"] or m["short"] or m["led"] or m["by"]
    if unit not in _LENGTH_OF:
        unit = unit.removeprefix("一")
    return _LENGTH_OF[unit], m["review"]
