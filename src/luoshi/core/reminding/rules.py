"""How a county reminds: thresholds as dated data, and what keeps them sound.

>>> default_rules(date(2026, 11, 29)).gap
3
"""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

MOST_DAYS = 30
RARELY = 20


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds in working days.

    ahead         from how many days before its day a thing is told of
    gap           静默期: after a message a person hears nothing for so many days
    again         what stays undone is told again after so many days
    rarely        what is overdue for longer than so many days is told again only after so many
    head_after    days overdue until the head of the unit is told
    office_after  days overdue until the office is told
    on_day        whether the day itself is told of once more
    days_off      whether there are messages on days off
    opens, closes the hours of the day in which messages go out: from `opens` until just before `closes`
    """

    ahead: int = 3
    gap: int = 3
    again: int = 5
    head_after: int = 2
    office_after: int = 5
    on_day: bool = True
    days_off: bool = False
    opens: dt.time = dt.time(8, 30)
    closes: dt.time = dt.time(17, 30)
    version: str = ""
    basis: str = ""
    rarely: int = RARELY


def unsound(rules: Rules) -> Iterator[str]:
    """What is wrong with thresholds, a sentence each; nothing when they can be used."""
    days = (rules.ahead, rules.gap, rules.again, rules.head_after, rules.office_after)
    if min(days) < 1 or max(days) > MOST_DAYS:
        yield f"各项天数应在1到{MOST_DAYS}个工作日之间，请改正。"
    if rules.ahead < rules.gap:
        yield "提前提醒的天数不能少于静默期，否则静默期内到期的事项会漏提醒。请调大提前天数或缩短静默期。"
    if rules.again < rules.gap:
        yield "再次提醒的间隔不能短于静默期，请调大间隔或缩短静默期。"
    if rules.rarely < rules.again:
        yield "逾期很久的事项，再次提醒的间隔不能比平时短，请核对。"
    if rules.office_after <= rules.head_after:
        yield "告知政府办的天数应多于告知单位负责人的天数，先由本单位自己解决。"
    if rules.opens >= rules.closes:
        yield "发送时段的开始应早于结束，请改正。"


def read_rules(text: str) -> tuple[Rules, ...]:
    """Rules as dated data, the earliest first. Raises ValueError with one Chinese sentence when they are unsound."""
    names = {field.name for field in fields(Rules)}
    found = []
    for table in sorted(tomllib.loads(text)["rules"], key=lambda table: str(table["since"])):
        said: dict[str, Any] = {name: value for name, value in table.items() if name in names}
        rules = Rules(**said)
        for sentence in unsound(rules):
            raise ValueError(f"提醒规则{rules.version}：{sentence}")
        found.append(rules)
    return tuple(found)


@cache
def _dated() -> tuple[tuple[date, Rules], ...]:
    text = Path(__file__).with_name("rules.toml").read_text("utf-8")
    days = sorted(table["since"] for table in tomllib.loads(text)["rules"])
    return tuple(zip(days, read_rules(text), strict=True))


def default_rules(day: date) -> Rules:
    """The rules that a county without its own has on a day."""
    known = [rules for since, rules in _dated() if since <= day]
    return known[-1] if known else _dated()[0][1]
