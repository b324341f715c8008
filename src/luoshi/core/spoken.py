"""A day as it is spoken in a meeting (两周内、月底前、下周五、12月15日前): resolved from the day of the meeting, what is unsure as a question.

Nothing is guessed in silence: a day that has passed, a month's end that is tomorrow, a day off, a word without a day (尽快) each
come back with a question; the day is then a proposal, or None.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.core.dues import parse_due
from luoshi.core.pattern import pattern
from luoshi.core.periods import Length, Period, parse, period_on
from luoshi.core.workdays import Workdays

SOON = 3
"""An end so few days away may as well mean the next one."""
WEEKDAYS = "一二三四五六日"

_DATE = pattern(
    r"(?:(?P<year>20\d{2})[年\-/.]|(?P<next>明年)|今年)?(?P<month>\d{1,2})[月\-/.](?P<day>\d{1,2})[日号]?(?:之?前|以前|内)?"
)
_MONTH_END = pattern(
    r"(?:(?P<year>20\d{2})年|(?P<next>明年)|今年)?(?P<month>\d{1,2})月(?:(?P<dekad>[上中下])旬)?(?:份|底|末)?(?:之?前|以前|内)?"
)
_END = pattern(
    r"(?P<which>本|当|这个?|下个?|今|明)?(?P<length>周|星期|旬|月|季度?|半年|年)(?:度|份)?(?:[底末]|之?内)(?:之?前|以前)?"
)
_QUARTER = pattern(r"(?:(?P<year>20\d{2})年|(?P<next>明年)|今年)?(?:第?(?P<q>[一二三四1-4])季度|(?P<half>[上下])半年)[底末]?(?:之?前|以前|内)?")  # fmt: skip
_NEAR = {"今天": 0, "今日": 0, "当天": 0, "明天": 1, "明日": 1, "后天": 2}
_LENGTHS: dict[str, Length] = {
    "周": "周",
    "星期": "周",
    "旬": "旬",
    "月": "月",
    "季": "季度",
    "季度": "季度",
    "半年": "半年",
    "年": "年",
}


class Said(NamedTuple):
    """What was said, the last day it means (None: none can be told), and what has to be asked ("" when all is clear)."""

    words: str
    day: date | None
    question: str = ""


def day_of(words: str, spoken: date, days: Workdays) -> Said:
    """The day these words mean when spoken on `spoken`.

    >>> from luoshi.core.workdays import national
    >>> on = date(2026, 11, 12)
    >>> [str(day_of(w, on, national()).day) for w in ("两周内", "月底前", "下周五前", "12月15日前", "年底前", "3个工作日内")]
    ['2026-11-26', '2026-11-30', '2026-11-20', '2026-12-15', '2026-12-31', '2026-11-17']
    >>> day_of("1月8日", on, national())[1:]
    (datetime.date(2027, 1, 8), '1月8日今年已经过去，是指2027年1月8日吗？')
    >>> day_of("尽快", on, national()).question
    '“尽快”没有说到哪一天，请写日期或天数，如“12月15日前”“两周内”“月底前”。'
    """
    said = re.sub(r"[\s，。,]", "", words).replace("（", "").replace("）", "")
    if not said:
        return Said(words, None, "还没有写期限，请写日期或天数，如“12月15日前”“两周内”“月底前”。")
    try:
        found = _read(said, spoken, days)
    except ValueError:
        found = None
    if found is None:
        question = f"“{words.strip()[:20]}”没有说到哪一天，请写日期或天数，如“12月15日前”“两周内”“月底前”。"
        return Said(words, None, question)
    day, question = found
    if not question and day < spoken:
        question = f"{_short(day)}在开会之前，请核对。"
    if not question and not days.is_workday(day):
        question = _off(day, days)
    return Said(words, day, question)


def _read(said: str, spoken: date, days: Workdays) -> tuple[date, str] | None:
    if said.rstrip("前内") in _NEAR:
        return spoken + timedelta(days=_NEAR[said.rstrip("前内")]), ""
    if m := _DATE.fullmatch(said):
        return _dated(int(m["month"]), int(m["day"]), _year(m, spoken), spoken)
    if m := _MONTH_END.fullmatch(said):
        month, year = int(m["month"]), _year(m, spoken)
        first = date(year or spoken.year, month, 1)
        if m["dekad"]:
            last = period_on("旬", first.replace(day=1 + 10 * "上中下".index(m["dekad"]))).end
        else:
            last = period_on("月", first).end
        return _dated(month, last.day, year, spoken)
    if m := _QUARTER.fullmatch(said):
        return _part_of_year(m, spoken)
    if m := _END.fullmatch(said):
        return _end(m, spoken)
    due = parse_due(said)
    if due.kind in ("end", "month") and re.match("每", said):
        return None  # every month: no single day
    day = due.after(spoken, days)
    return due.shifted(day, days, "later") if due.kind == "after" else day, ""


def _year(m: re.Match[str], spoken: date) -> int:
    """The year that was said; 0 for none."""
    return int(m["year"]) if m["year"] else spoken.year + 1 if m["next"] else 0


def _dated(month: int, day: int, year: int, spoken: date) -> tuple[date, str]:
    found = date(year or spoken.year, month, day)
    if year or found >= spoken:
        return found, ""
    last = period_on("月", date(spoken.year + 1, month, 1)).end
    later = date(spoken.year + 1, month, min(day, last.day))
    return later, f"{month}月{day}日今年已经过去，是指{later.year}年{month}月{later.day}日吗？"


def _part_of_year(m: re.Match[str], spoken: date) -> tuple[date, str]:
    year = _year(m, spoken)
    part = f"第{m['q']}季度" if m["q"] else f"{m['half']}半年"
    found = parse(f"{year or spoken.year}年{part}")
    if year or found.end >= spoken:
        return found.end, ""
    later = parse(f"{spoken.year + 1}年{part}")
    return later.end, f"今年{part}已经过去，是指{later.label}吗？"


def _end(m: re.Match[str], spoken: date) -> tuple[date, str]:
    """The end of a week, month, quarter or year, this one or the next."""
    period: Period = period_on(_LENGTHS[m["length"]], spoken)
    which = m["which"] or ""
    if which.startswith(("下", "明")):
        return period.next().end, ""
    if not which and period.length != "年" and (period.end - spoken).days < SOON:
        left = (period.end - spoken).days
        far = "就是今天" if not left else f"只剩{left}天"
        return period.end, f"{_short(period.end)}{far}，是指这一天，还是{_short(period.next().end)}？"
    return period.end, ""


def _off(day: date, days: Workdays) -> str:
    name = days.name(day)
    earlier, later = days.on_or_before(day), days.on_or_after(day)
    why = f"周{WEEKDAYS[day.weekday()]}" if name == "周末" else f"{name}放假"
    return f"{_short(day)}是{why}，要不要改为{_short(earlier)}或{_short(later)}？"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
