"""Who is told, when, and of what: one digest instead of many messages, never within the quiet gap, never on a day off.

A thing is told to whoever does it: some working days before its day, on the day, and again while it stays undone. Silence
goes up the line: after `head_after` working days overdue to the head of the unit, after `office_after` to the office. What
is done is not among the duties any more, so nothing is said of it. The same duties, history and moment give the same digest.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from luoshi.core.reminding.rules import Rules
from luoshi.core.workdays import Workdays

Role = Literal["own", "head", "office"]
Stage = Literal["asked", "soon", "today", "late", "head", "office"]
ROLES: tuple[Role, ...] = ("own", "head", "office")
STAGES: dict[Stage, str] = {
    "asked": "催报",
    "soon": "快到期",
    "today": "今天到期",
    "late": "已逾期",
    "head": "本单位逾期未办",
    "office": "逐级提醒后仍未办",
}
REPEATED: tuple[Stage, ...] = ("late", "head", "office")
"""Stages that are told again while they last."""


class Duty(NamedTuple):
    """Something with a day that waits for its `doers`; `heads` and `offices` are told of it in turn when nothing happens. Offices
    are told of all duties of one `group` as of one thing, whose day is the first of theirs ("": by itself)."""

    key: str
    due: date
    doers: frozenset[int]
    heads: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    group: str = ""


class Item(NamedTuple):
    """A duty as it concerns one person."""

    key: str
    due: date
    role: Role = "own"


class Told(NamedTuple):
    """A digest of the past: its day, and what it told (key, stage)."""

    day: date
    lines: frozenset[tuple[str, str]]


class Line(NamedTuple):
    """One line of a digest; `days` are the working days left (soon) or gone since (overdue)."""

    item: Item
    stage: Stage
    days: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The one message of a day."""

    day: date
    lines: tuple[Line, ...]


def items_of(duties: Iterable[Duty]) -> dict[int, list[Item]]:
    """What concerns each person. Nobody is told as head or office of what they do themselves; where nobody does it, the
    head does."""
    found: dict[int, list[Item]] = {}
    groups: dict[tuple[int, str], date] = {}
    for duty in duties:
        doers = duty.doers or duty.heads
        offices = duty.offices - doers - duty.heads
        ranks: tuple[tuple[Role, frozenset[int]], ...] = (
            ("own", doers),
            ("head", duty.heads - doers),
            ("office", frozenset() if duty.group else offices),
        )
        for role, people in ranks:
            for person in people:
                found.setdefault(person, []).append(Item(duty.key, duty.due, role))
        for person in offices if duty.group else ():
            groups[person, duty.group] = min(duty.due, groups.get((person, duty.group), duty.due))
    for (person, group), due in groups.items():
        found.setdefault(person, []).append(Item(group, due, "office"))
    return found


def may_send(now: dt.datetime, rules: Rules, days: Workdays) -> bool:
    """Whether messages go out at this (local) moment at all."""
    at_work = rules.days_off or days.is_workday(now.date())
    return at_work and rules.opens <= now.time() < rules.closes


def stage_of(item: Item, day: date, rules: Rules, days: Workdays) -> Line | None:
    """Where a thing stands on a day for the person it concerns; None while there is nothing to say of it."""
    gone = days.between(item.due, day) if item.due < day else 0
    if item.role == "head":
        return Line(item, "head", gone) if gone >= rules.head_after else None
    if item.role == "office":
        return Line(item, "office", gone) if gone >= rules.office_after else None
    if item.due < day:
        return Line(item, "late", gone)
    if item.due == day:
        return Line(item, "today", 0) if rules.on_day else Line(item, "soon", 0)
    left = days.between(day, item.due)
    return Line(item, "soon", left) if left <= rules.ahead else None


def quiet_until(past: Iterable[Told], rules: Rules, days: Workdays) -> date | None:
    """The first day on which a person may be told something again; None when they were never told anything."""
    last = max((told.day for told in past), default=None)
    return None if last is None else quiet_after(last, rules, days)


def quiet_after(last: date, rules: Rules, days: Workdays) -> date:
    """The first day on which somebody who was told something on the day `last` may be told something again."""
    return max(days.add(last, rules.gap), last + dt.timedelta(days=1))


def decide(
    items: Iterable[Item],
    past: Iterable[Told],
    now: dt.datetime,
    rules: Rules,
    days: Workdays,
    asked: frozenset[str] = frozenset(),
) -> Digest | None:
    """The digest to send to one person now, or None: nothing new to say, the wrong hour, or still within the quiet gap.

    `now` is local. `past` are earlier digests to the same person, in any order. `asked` are keys that the office presses
    for (催报): they count as new, however far their day.
    """
    day, past = now.date(), tuple(past)
    until = quiet_until(past, rules, days)
    if not may_send(now, rules, days) or (until is not None and day < until):
        return None
    lines = [line for item in set(items) if (line := _line(item, day, rules, days, asked))]
    known = _last_told(past)
    if not any(line.item.key in asked or _is_news(line, known, day, rules, days) for line in lines):
        return None
    lines.sort(key=lambda line: (ROLES.index(line.item.role), line.item.due, line.item.key))
    return Digest(day, tuple(lines))


def _line(item: Item, day: date, rules: Rules, days: Workdays, asked: frozenset[str]) -> Line | None:
    line = stage_of(item, day, rules, days)
    if line is None and item.key in asked and item.role == "own":
        return Line(item, "asked", days.between(day, item.due))
    return line


def _last_told(past: Iterable[Told]) -> dict[tuple[str, str], date]:
    known: dict[tuple[str, str], date] = {}
    for told in past:
        for line in told.lines:
            known[line] = max(told.day, known.get(line, told.day))
    return known


def _is_news(
    line: Line, known: Mapping[tuple[str, str], date], day: date, rules: Rules, days: Workdays
) -> bool:
    """Whether the line alone would be worth a message: never told at this stage, or told and undone for long."""
    last = known.get((line.item.key, line.stage))
    if last is None:
        return True
    wait = rules.rarely if line.days > rules.rarely else rules.again
    return line.stage in REPEATED and days.between(last, day) >= wait
