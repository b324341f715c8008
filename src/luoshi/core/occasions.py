"""From a rhythm as read in a plan to dated occasions: 旬调度 → thirty-six days of the year, each a working day.

Work inside a period (调度, 讲评, 小结, 对账) is done on its last working day; a `due` of the county (每月25日前) takes the place of
the period's end. A period in which nobody works at all (the week of 春节) moves to the first day back, and says so. Rhythms
without a date (定期, 适时, 每个项目) become no occasion: they are listed with what has to be settled first.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from luoshi.core.cadence import Cadence
from luoshi.core.dues import Due
from luoshi.core.periods import LENGTHS, Period
from luoshi.core.workdays import Rule, Workdays

_UNDATED: dict[str, str] = {
    "定期": "没有写明多久一次，请定下周期后再排日程。",
    "不定期": "写明不定期，不排日程，开展一次登记一次。",
    "适时": "写明适时开展，不排日程，开展一次登记一次。",
    "7x24小时": "是全天候的要求，不排日程。",
    "24小时": "是全天候的要求，不排日程。",
}


class Rhythm(NamedTuple):
    """A mechanism to be dated: `actor` does `activity` every `every`. `at_least`: more often is welcome.

    `due` and `rule` say when in the period, and how a day off is avoided; None takes the end of the period."""

    actor: str
    activity: str
    every: str | None
    at_least: bool = False
    due: Due | None = None
    rule: Rule = "within"


class Occasion(NamedTuple):
    """One time a rhythm falls due. `said` is the day before it was moved off a holiday; `note` says in one sentence why
    `due` is another day, "" when it is not."""

    rhythm: Rhythm
    period: Period
    opens: date
    said: date
    due: date
    note: str = ""


class Undated(NamedTuple):
    """A rhythm that sets no date, and one sentence on what to do about it."""

    rhythm: Rhythm
    sentence: str


class Schedule(NamedTuple):
    """All occasions of some rhythms in order of their due days, the rhythms without dates, and what the dates lean on."""

    occasions: tuple[Occasion, ...]
    undated: tuple[Undated, ...]
    caveat: str = ""


def occasions_of(rhythm: Rhythm, first: date, last: date, days: Workdays) -> tuple[Occasion, ...]:
    """The occasions whose periods end within [first, last]; none for a rhythm without dates.

    >>> from luoshi.core.workdays import national
    >>> found = occasions_of(Rhythm("各专班", "调度", "旬"), date(2024, 2, 1), date(2024, 2, 29), national())
    >>> [(r.period.label, r.due.isoformat()) for r in found][:2]
    [('2024年2月上旬', '2024-02-09'), ('2024年2月中旬', '2024-02-20')]
    """
    periods = Cadence(rhythm.every, rhythm.at_least).due(first, last)
    return tuple(_occasion(rhythm, period, days) for period in periods)


def _occasion(rhythm: Rhythm, period: Period, days: Workdays) -> Occasion:
    if rhythm.due is None:
        said, due = period.end, days.shift(period.end, rhythm.rule, period.start)
    else:
        said = rhythm.due.of_period(period, days)
        due = rhythm.due.shifted(said, days, rhythm.rule, period.start)
    opens = min(days.on_or_after(period.start), due)
    return Occasion(rhythm, period, opens, said, due, _note(said, due, days))


def _note(said: date, due: date, days: Workdays) -> str:
    if said == due:
        return ""
    moved = "顺延" if due > said else "提前"
    return f"{said.month}月{said.day}日{_off(said, days)}，{moved}到{due.month}月{due.day}日。"


def _off(day: date, days: Workdays) -> str:
    name = days.name(day)
    return f"是{name}" if name == "周末" else name if name.endswith("放假") else f"{name}放假"


def schedule(rhythms: Iterable[Rhythm], first: date, last: date, days: Workdays) -> Schedule:
    """The calendar of occasions of several rhythms within [first, last], in order of due day; the order of rhythms breaks ties.

    >>> from luoshi.core.workdays import national
    >>> plan = [Rhythm("市长", "调度", "半年", True), Rhythm("各单位", "调度", "定期")]
    >>> made = schedule(plan, date(2024, 1, 1), date(2024, 12, 31), national())
    >>> [r.due.isoformat() for r in made.occasions], made.undated[0].sentence
    (['2024-06-28', '2024-12-31'], '各单位“调度”没有写明多久一次，请定下周期后再排日程。')
    """
    listed = list(rhythms)
    occasions = [r for rhythm in listed for r in occasions_of(rhythm, first, last, days)]
    occasions.sort(key=lambda r: r.due)
    undated = tuple(Undated(r, _undated(r)) for r in listed if r.every not in LENGTHS)
    return Schedule(tuple(occasions), undated, days.caveat(first, last, *(r.due for r in occasions)))


def _undated(rhythm: Rhythm) -> str:
    who = f"{rhythm.actor or '（没有写明由谁）'}“{rhythm.activity}”"
    every = rhythm.every or ""
    if every.startswith("每"):
        return f"{who}按{every}开展，不排日程，开展一次登记一次。"
    return who + _UNDATED.get(every, "没有写明多久一次，请定下周期后再排日程。")


class Standing(NamedTuple):
    """How one occasion stands with what was done: `done` is the day, None for not done."""

    occasion: Occasion
    done: date | None

    def word(self, today: date) -> str:
        """已完成, 逾期完成, 逾期未办, 今日到期, 未到期."""
        if self.done is not None:
            return "已完成" if self.done <= self.occasion.due else "逾期完成"
        if today > self.occasion.due:
            return "逾期未办"
        return "今日到期" if today == self.occasion.due else "未到期"


def kept(occasions: Iterable[Occasion], done: Iterable[date]) -> tuple[Standing, ...]:
    """Which occasions of one rhythm were kept: a deed answers for the period it falls in, or, up to the moved due day, for the
    one before; more deeds than occasions are welcome (至少).

    >>> from luoshi.core.workdays import national
    >>> all_year = occasions_of(Rhythm("市长", "调度", "半年", True), date(2024, 1, 1), date(2024, 12, 31), national())
    >>> [s.word(date(2024, 8, 1)) for s in kept(all_year, [date(2024, 3, 5), date(2024, 4, 2)])]
    ['已完成', '未到期']
    """
    left = sorted(done)
    standings = []
    for r in occasions:
        end = max(r.period.end, r.due)
        mine = [day for day in left if r.period.start <= day <= end]
        inside = [day for day in mine if day <= r.period.end]
        if mine:
            spent = inside or mine[:1]
            left = [day for day in left if day not in spent]
            mine = spent
        standings.append(Standing(r, mine[0] if mine else None))
    return tuple(standings)
