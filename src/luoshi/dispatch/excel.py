"""The calendar's lists as workbooks, as they stand on the page."""

import datetime as dt
from collections.abc import Iterable

from luoshi.dispatch.models import Duty, Rhythm
from luoshi.dispatch.queries.days import Run
from luoshi.dispatch.sources import Entry
from luoshi.ui.excel import single

MONTH = (("日期", 13), ("类别", 12), ("什么事", 50), ("由谁", 30), ("情况", 14), ("为什么是这一天", 40))
DUTIES = (("做什么", 50), ("由谁", 24), ("期限", 13), ("状态", 14), ("完成日期", 13), ("说明", 40))
DAYS = (("起", 13), ("止", 13), ("名称", 20), ("天数", 8), ("放假或上班", 12))
RHYTHMS = (
    ("谁", 30), ("做什么", 30), ("排成", 16), ("周期", 12), ("期限", 22), ("由谁办", 40), ("下一次", 13), ("状态", 12), ("原文", 60),
)  # fmt: skip


def month(first: dt.date, mine: bool, entries: Iterable[Entry]) -> bytes:
    """What falls due in a month, day by day."""
    rows = ([one.day, one.called, one.what, one.who, one.word, one.why] for one in entries)
    title = f"{first.year}年{first.month}月{'我的' if mine else '全县'}日程"
    return single("日程", title, MONTH, rows)


def duties(found: Iterable[Duty]) -> bytes:
    """What is to be kept first, then what has been."""
    rows = ([str(one), one.who, one.due, one.word(), one.kept_on, one.note] for one in found)
    return single("职责", "我的职责", DUTIES, rows)


def days(year: int, status: str, runs: Iterable[Run]) -> bytes:
    """Days off and days worked against the week."""
    rows = ([r.first, r.last, r.name, r.length, "上班" if r.works else "放假"] for r in runs)
    return single("放假安排", f"{year}年放假安排（{status}）", DAYS, rows)


def rhythms(plan: str, found: Iterable[tuple[Rhythm, dt.date | None]]) -> bytes:
    """The confirmed rhythms of a plan, each with its next day and the plan's own words."""
    rows = (
        [
            one.who, one.activity, one.get_becomes_display(), one.every_in_words if one.becomes != "none" else "",
            (one.due_said or "本期最后一个工作日") if one.becomes != "none" else "", "、".join(map(str, one.bearers.all())), next_on,
            one.get_state_display(), one.mechanism.quote,
        ]
        for one, next_on in found
    )  # fmt: skip
    return single("节奏", f"{plan}已确认的节奏", RHYTHMS, rows)
