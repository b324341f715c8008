"""Meetings and decisions as workbooks, as filtered on the page."""

from collections.abc import Iterable

from luoshi.meetings.models import Decision, Meeting
from luoshi.ui.excel import single

MEETINGS = (
    ("日期", 13), ("时间", 8), ("会议", 44), ("种类", 14), ("行动", 24), ("地点", 24), ("主持", 12), ("状态", 12), ("议定事项(条)", 12), ("在办(条)", 10),
    ("逾期(条)", 10),
)  # fmt: skip
DECISIONS = (
    ("议定事项", 60), ("会议", 40), ("会议日期", 13), ("责任单位", 28), ("配合单位", 30), ("期限", 13), ("延期(次)", 9), ("情况", 12), ("最近一次反馈", 50),
)  # fmt: skip


def meetings(found: Iterable[Meeting], group: str) -> bytes:
    """The meetings of a tab with their counts."""
    rows = (
        [
            m.day, m.time, m.title, m.get_kind_display(), str(m.programme or ""), m.place, m.chair_name, m.get_state_display(),
            m.n, m.left, m.late,  # type: ignore[attr-defined]  # of find_meetings
        ]
        for m in found
    )  # fmt: skip
    return single("会议", f"会议（{group}）", MEETINGS, rows)


def decisions(found: Iterable[Decision], tab: str) -> bytes:
    """The decisions of a tab, with what was said last."""
    rows = (
        [
            d.text, d.meeting.title, d.meeting.day, str(d.unit or d.unit_said or ""), "、".join(map(str, d.helpers.all())), d.due,
            d.moved, d.word, _said(d),
        ]
        for d in found
    )  # fmt: skip
    return single("议定事项", f"议定事项（{tab}）", DECISIONS, rows)


def _said(one: Decision) -> str:
    last = list(one.answers.all())[-1:]
    return "".join(f"{answer.unit_name}：{answer.text}" for answer in last)
