"""What 大比拼 boards can count from projects by themselves: the formula of each in words, over the projects of one competitor.

A competitor without a project has nothing to show (None), which is not nought; shares are of sums, never means of shares.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from luoshi.core.progress.rates import Part, Project, parts, signed_by

Count = Callable[[Sequence[Project], date, date], Fraction | None]
"""Projects of one competitor, first and last day of the board → value; None where there is nothing to count."""
ENTERED = "entered"
THEMES = {"building": "项目建设", "investment": "招商引资", "sales": "促销活动"}
BY = {"unit": "责任单位", "town": "属地乡镇", "project": "项目"}


class Formula(NamedTuple):
    """A measure that is counted: its name, how it is counted in words, unit and digits in print."""

    name: str
    words: str
    unit: str
    digits: int
    tally: Count


def _share(found: Sequence[Part]) -> Fraction | None:
    counted = [part for part in found if not part.why]
    bottom = sum((part.bottom for part in counted), Fraction(0))
    return sum((part.top for part in counted), Fraction(0)) / bottom * 100 if bottom else None


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _number(of: Callable[[Project], date | None]) -> Count:
    def count(projects: Sequence[Project], first: date, last: date) -> Fraction | None:
        return Fraction(sum(_within(of(p), first, last) for p in projects)) if projects else None

    return count


def _sum(of: Callable[[Project], Decimal | None], signed: bool = False) -> Count:
    def count(projects: Sequence[Project], first: date, last: date) -> Fraction | None:
        chosen = [p for p in projects if not signed or _within(p.signed, first, last)]
        known = [Fraction(value) for p in chosen if (value := of(p)) is not None]
        return sum(known, Fraction(0)) if known or (signed and projects) else None

    return count


FORMULAS: dict[str, Formula] = {
    "done": Formula(
        "年度投资完成率", "累计完成投资÷年度计划投资，缺数的项目不计入", "%", 2, lambda ps, first, last: _share(parts("done", ps, last))
    ),
    "invested": Formula("累计完成投资", "各项目累计完成投资相加", "万元", 2, _sum(lambda p: p.invested)),
    "due": Formula(
        "到期项目开工率", "到期应开工的项目中已开工的占比", "%", 2, lambda ps, first, last: _share(parts("due", ps, last))
    ),
    "begun": Formula("新开工项目数", "本榜时段内开工的项目个数", "个", 0, _number(lambda p: p.begun)),
    "producing": Formula("新投产项目数", "本榜时段内投产的项目个数", "个", 0, _number(lambda p: p.producing)),
    "signed": Formula("新签约项目数", "本榜时段内签约的项目个数", "个", 0, _number(lambda p: p.signed)),
    "contract": Formula("新签约合同引资额", "本榜时段内签约项目的合同引资额相加", "万元", 2, _sum(lambda p: p.contract, signed=True)),
    "arrived": Formula(
        "资金到位率", "签约项目到位资金÷合同引资额，缺数的项目不计入", "%", 2, lambda ps, first, last: _share(parts("arrived", signed_by(ps, last), last))
    ),
}  # fmt: skip
"""Slug → what can be counted; a measure that is reported by its competitors is ENTERED."""
