"""From the mechanisms of a plan to a proposal of its calendar: which rhythm opens rounds, which is a duty, a paper, or nothing.

A plan that says 旬调度、月通报、季讲评 wants reports three times a year over; a unit is asked once. The shortest rhythm of those
who steer the whole plan opens the rounds, all others draw from them (减负). Duties of leaders, and of single units, stand alone.
What is unsaid (no period, nobody named) becomes a question, never a guess.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from luoshi.core.cadence import find_cadences
from luoshi.core.dues import Due, parse_due
from luoshi.core.occasions import Occasion, Rhythm, occasions_of
from luoshi.core.pattern import pattern
from luoshi.core.periods import LENGTHS, Length
from luoshi.core.source.clean import FOLD
from luoshi.core.workdays import Workdays

Becomes = Literal["round", "duty", "paper", "none"]

_PAPER = pattern("简报|专报|通报|小结|总结|报告|公示|公开|公布|备案|月报|季报|晾晒|提示")
_REPORTED = frozenset(
    [
        "调度",
        "通报",
        "简报",
        "小结",
        "总结",
        "讲评",
        "报送",
        "上报",
        "汇总",
        "报告",
        "反馈",
        "例会",
        "会商",
        "推进",
        "专报",
    ]
)
"""Deeds that need what all units report, when those who steer the plan do them."""
_GATHERED = pattern(
    r"(?:报送|上报|汇总|通报|调度|报告)(?:工作|任务)?(?:落实|进展|进度|推进|完成)?(?:情况|进展|进度)$"
)
_STEERS = pattern(
    r"各\S{0,6}专班|工作专班|协调组|领导小组|指挥部|联席会议|攻坚办|行动办|专项办|政府办|^[省市县区州]?办公室"
    r"|各(?:级|牵头|责任|成员|有关|相关|部门|单位)"
)
_LEADER = pattern(r"[省市县区州镇乡]长|书记|主席|主任$|(?:主要|分管|责任|牵头|县级|市级|区级)领导|负责人")
_YEAR = 366
FRIDAY = 4
_DAILY: Length = "日"
LEADS: dict[Length, int] = {
    "日": 0,
    "周": 2,
    "双周": 3,
    "旬": 3,
    "月": 5,
    "两月": 5,
    "季度": 7,
    "半年": 10,
    "年": 10,
}
"""Working days before the due day on which it is first asked for, unless the county says otherwise."""


class Clause(NamedTuple):
    """A mechanism as the ledger holds it; `key` is the caller's. `quote` may name the day (每月25日前); `within` is the action
    whose own it is (专班 in an annex is the one of that action), "" for the whole plan."""

    key: int
    actor: str
    activity: str
    every: str
    at_least: bool = False
    quote: str = ""
    within: str = ""


class Proposal(NamedTuple):
    """What one rhythm may become. `keys` are the clauses that say the same, the first named first; `note` says why so, `question`
    what has to be settled by a person ("" when nothing)."""

    keys: tuple[int, ...]
    rhythm: Rhythm
    becomes: Becomes
    lead: int
    note: str = ""
    question: str = ""


def propose(clauses: Iterable[Clause]) -> tuple[Proposal, ...]:
    """A proposal for every rhythm of a plan, in the order of the plan; what is printed twice becomes one.

    >>> plan = [Clause(1, "各专班", "调度", "旬"), Clause(2, "各专班", "通报", "月"), Clause(3, "县长", "调度", "半年", True)]
    >>> [(p.rhythm.activity, p.becomes) for p in propose(plan)]
    [('调度', 'round'), ('通报', 'paper'), ('调度', 'duty')]
    """
    groups = _same(clauses)
    shortest = _asks(group[0] for group in groups)
    return tuple(_proposal(group, shortest) for group in groups)


def _same(clauses: Iterable[Clause]) -> list[list[Clause]]:
    """Clauses that say the same: the same deed as often, by the same body (or one of them names nobody)."""
    groups: list[list[Clause]] = []
    for clause in clauses:
        for group in groups:
            if _alike(group[0], clause):
                group.append(clause)
                break
        else:
            groups.append([clause])
    return groups


def _alike(one: Clause, other: Clause) -> bool:
    if (one.every, one.within, _bare(one.activity)) != (other.every, other.within, _bare(other.activity)):
        return False
    actors = _bare(one.actor), _bare(other.actor)
    return actors[0] == actors[1] or (one.every in LENGTHS and "" in actors)


def _bare(text: str) -> str:
    return re.sub(r"[\s“”\"'、，。]|等?措施$", "", text.translate(FOLD))


def is_leader(actor: str) -> bool:
    """Whether the words name leaders (市长, 常务副市长, 主要负责人), not a body.

    >>> is_leader("各牵头副市长"), is_leader("工作专班和综合协调组")
    (True, False)
    """
    return bool(_LEADER.search(actor))


def needs_reports(activity: str, actor: str) -> bool:
    """Whether the deed lives on what all units report: those who steer the whole plan do it, or nobody is named.

    >>> needs_reports("调度", "各工作专班"), needs_reports("调度", "县发改局"), needs_reports("调度", "县长")
    (True, False, False)
    """
    bare = _bare(activity)
    if not (bare in _REPORTED or _GATHERED.match(bare)) or is_leader(actor):
        return False
    return not actor or bool(_STEERS.search(actor))


def _asks(firsts: Iterable[Clause]) -> Clause | None:
    """The clause whose rounds serve all: the shortest rhythm among those that live on reports; of several, the one that says
    报送, else a meeting before a paper."""
    asking = [
        c for c in firsts if c.every in LENGTHS and c.every != _DAILY and needs_reports(c.activity, c.actor)
    ]
    if not asking:
        return None
    return min(
        asking,
        key=lambda c: (
            LENGTHS.index(c.every),
            not re.match("报送|上报", _bare(c.activity)),
            bool(_PAPER.search(c.activity)),
        ),
    )


def _proposal(group: Sequence[Clause], asks: Clause | None) -> Proposal:
    first = group[0]
    actor = next((c.actor for c in group if c.actor), "")
    due = next((found for c in group if (found := due_in(c.quote))), None)
    rhythm = Rhythm(actor, first.activity, first.every or None, first.at_least, due)
    keys = tuple(c.key for c in group)
    twice = f"方案中写了{len(group)}处，合为一个。" if len(group) > 1 else ""
    if first.every not in LENGTHS:
        return Proposal(keys, rhythm, "none", 0, twice + _why_undated(first.every), _question(first.every))
    lead = LEADS[first.every]
    if first.every == _DAILY:
        return Proposal(keys, rhythm, "none", lead, f"{twice}每天的工作不逐日登记，需要时再排。")
    becomes = becomes_of(first.activity)
    if first is asks:
        return Proposal(
            keys, rhythm, "round", lead, twice + "向各单位发起填报，其他节奏都用它的数，不再另发。"
        )
    if asks and not first.within and needs_reports(first.activity, first.actor):
        twice += f"用“{asks.every}{asks.activity}”的填报，不再另向单位要数。"
    question = "" if actor else "没有写明由谁办，请写上单位或领导。"
    return Proposal(keys, rhythm, becomes, lead, twice, question)


def becomes_of(activity: str) -> Becomes:
    """A paper due (简报, 通报, 小结), else something to hold (调度, 讲评, 对账)."""
    return "paper" if _PAPER.search(activity) else "duty"


def _why_undated(every: str) -> str:
    if every in ("适时", "不定期"):
        return "写明适时开展，不排日程，开展一次登记一次。"
    if every.startswith("每"):
        return f"按{every}开展，不排日程，开展一次登记一次。"
    return "是全天候的要求，不排日程。" if "24小时" in every else ""


def _question(every: str) -> str:
    """What a person has to settle: a period for 定期, and for what says none."""
    if every in ("", "定期"):
        return "没有写明多久一次，请选一个周期，或保留“不排”。"
    return ""


def due_in(quote: str) -> Due | None:
    """The due day that the sentence itself names: 每月25日前 → the 25th; None when it names none.

    >>> due_in("每月25日前报送进展").said
    '每月25日前'
    """
    for found in find_cadences(quote.translate(FOLD)):
        if found.cadence.day and found.cadence.day <= 31 and found.cadence.every == "月":
            return parse_due(f"每月{found.cadence.day}日前")
    return None


def ask_on(occasion: Occasion, lead: int, days: Workdays) -> date:
    """The working day from which people are asked: `lead` working days before the due day, not before the period begins, nor,
    where it is due after the period (次月5日前), before that is over.

    >>> from luoshi.core.workdays import national
    >>> one = occasions_of(Rhythm("", "调度", "月", False, parse_due("次月5日前")), date(2024, 3, 1), date(2024, 3, 31), national())[0]
    >>> one.due.isoformat(), ask_on(one, 5, national()).isoformat()
    ('2024-04-03', '2024-04-01')
    """
    first = occasion.opens
    if occasion.said > occasion.period.end:
        first = days.on_or_after(occasion.period.end + timedelta(days=1))
    return min(max(first, days.add(occasion.due, -lead)), occasion.due)


def why_moved(occasion: Occasion) -> str:
    """Why the due day is another than said, worth telling: every week ends on a Sunday and falls due on the Friday before.

    >>> from luoshi.core.workdays import national
    >>> week, other = occasions_of(Rhythm("", "调度", "周"), date(2024, 1, 29), date(2024, 2, 11), national())
    >>> why_moved(week), why_moved(other)
    ('', '2月11日春节放假，提前到2月9日。')
    """
    weekly = (
        occasion.rhythm.every in ("周", "双周")
        and occasion.due.isocalendar()[:2] == occasion.said.isocalendar()[:2]
    )
    return "" if weekly and occasion.due.weekday() == FRIDAY and "周末" in occasion.note else occasion.note


def in_days(rhythm: Rhythm, first: date, last: date, days: Workdays) -> tuple[Occasion, ...]:
    """The occasions whose due day lies within [first, last], in order; `occasions_of` goes by the end of the period."""
    begin, end = first - timedelta(days=_YEAR), last + timedelta(days=_YEAR)
    return tuple(o for o in occasions_of(rhythm, begin, end, days) if first <= o.due <= last)
