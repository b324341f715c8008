"""Clocks of orders: templates as data (clocks.toml) turned into dated steps, and how an order stands against its deadline.

An order is due on the last step. Terms in natural days that end on a day off end on the next working day (民法典 art. 203); the
statutory clocks of review run in natural days (政府督查工作条例 art. 17).
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from luoshi.core.dues import Due, parse_due
from luoshi.core.workdays import Workdays

REVIEW_DAYS = 30
"""Within how many days of a conclusion a review may be asked for, and within how many it must be decided (条例 art. 17)."""


class Step(NamedTuple):
    """One step of a template: `within` after the order was handed over."""

    slug: str
    label: str
    within: Due


class Clock(NamedTuple):
    """A template: its steps in order, the last is the deadline; `basis` says where the terms come from."""

    slug: str
    title: str
    basis: str
    steps: tuple[Step, ...]

    @property
    def words(self) -> str:
        """The terms in one line: 首次反馈5个工作日内，办结20日内."""
        return "，".join(f"{s.label}{s.within.said}" for s in self.steps)


class Term(NamedTuple):
    """A step on the calendar; `note` says why it was moved."""

    slug: str
    label: str
    due: date
    note: str = ""


def read_clocks(text: str) -> dict[str, Clock]:
    """Templates in the form of clocks.toml. ValueError with one Chinese sentence for one that makes no sense."""
    try:
        return {slug: _clock(slug, part) for slug, part in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"期限模板读不了或不完整：{error}。") from error


def _clock(slug: str, part: Mapping[str, Any]) -> Clock:
    steps = tuple(Step(s["slug"], s["label"], parse_due(s["within"])) for s in part["steps"])
    if not steps:
        raise ValueError(f"期限模板“{part['title']}”没有一个环节，请补充。")
    return Clock(slug, part["title"], part["basis"], steps)


@cache
def clocks() -> dict[str, Clock]:
    """The templates that come with the system, by slug."""
    return read_clocks(Path(__file__).with_name("clocks.toml").read_text("utf-8"))


def terms(clock: Clock, sent: date, days: Workdays) -> tuple[Term, ...]:
    """The steps of a template for an order handed over on `sent`.

    >>> from luoshi.core.workdays import national
    >>> [(t.label, t.due.isoformat()) for t in terms(clocks()["minutes"], date(2024, 4, 26), national())]
    [('首次反馈', '2024-05-07'), ('办结', '2024-05-16')]
    """
    found = []
    for step in clock.steps:
        said = step.within.after(sent, days)
        due = step.within.shifted(said, days, "later")
        note = "" if due == said else f"{said.month}月{said.day}日放假，顺延到{due.month}月{due.day}日。"
        found.append(Term(step.slug, step.label, due, note))
    return tuple(found)


class Standing(NamedTuple):
    """How an order stands: `slug` done | slow | late | near | ahead | stopped, the `word` for people, days left (negative: over)."""

    slug: str
    word: str
    left: int


def standing(
    due: date | None,
    today: date,
    days: Workdays,
    ended: date | None = None,
    stopped: bool = False,
    near: int = 3,
) -> Standing:
    """Against its deadline: over it, within `near` working days of it, ahead of it; an order that ended says how.

    >>> from luoshi.core.workdays import national
    >>> standing(date(2024, 5, 16), date(2024, 5, 14), national())
    Standing(slug='near', word='还有2个工作日', left=2)
    """
    if ended is not None:
        over = bool(due and ended > due)
        if over and due:
            return Standing("slow", f"超{(ended - due).days}天销号", 0)
        return Standing("done", "按时销号", 0)
    if stopped:
        return Standing("stopped", "不计时", 0)
    if due is None:
        return Standing("ahead", "未定时限", 0)
    if today > due:
        return Standing("late", f"超期{(today - due).days}天", -(today - due).days)
    left = days.between(today, due)
    if left <= near:
        return Standing("near", "今天到期" if today == due else f"还有{left}个工作日", left)
    return Standing("ahead", f"还有{left}个工作日", left)
