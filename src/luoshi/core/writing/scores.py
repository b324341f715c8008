"""Results of an assessment: places within comparable groups, who is named first and last, how many of each grade.

Groups are never held against each other; equal scores share a place and the next place is left out (1, 1, 3).
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from luoshi.core.plan.wording import number
from luoshi.core.writing.facts import Score

GRADES = ("优秀", "良好", "较好", "合格", "一般", "基本合格", "较差", "不合格")
"""The usual words, best first; a county may use others, whose order is then not known."""
CENT = Decimal("0.01")


def places(points: Sequence[Decimal]) -> list[int]:
    """The place of each, the highest first; equals share one.

    >>> places([Decimal(9), Decimal(7), Decimal(9), Decimal(8)])
    [1, 4, 1, 3]
    """
    return [1 + sum(other > mine for other in points) for mine in points]


def groups(scores: Iterable[Score]) -> list[tuple[str, tuple[Score, ...]]]:
    """The groups in the order they come, each by its measure: the highest score first."""
    by: dict[str, list[Score]] = {}
    for score in scores:
        by.setdefault(score.group, []).append(score)
    return [(name, tuple(sorted(rows, key=lambda row: (-row.points, row.row)))) for name, rows in by.items()]


def ends(rows: Sequence[Score]) -> tuple[tuple[Score, ...], tuple[Score, ...]]:
    """Whom a paper names of one group: as many first as last (one of two to five, two of six to eight, three of more), with
    all who share the last of these places. Nobody where all are equal."""
    many = 3 if len(rows) >= 9 else 2 if len(rows) >= 6 else 1
    ordered = sorted(rows, key=lambda row: (-row.points, row.row))
    if not ordered or ordered[0].points == ordered[-1].points:
        return (), ()
    ahead = tuple(row for row in ordered if row.points >= ordered[many - 1].points)
    behind = tuple(row for row in ordered if row.points <= ordered[-many].points and row not in ahead)
    if not behind:  # the equals reach to the end: then the first place alone is ahead
        ahead = tuple(row for row in ordered if row.points == ordered[0].points)
        behind = tuple(row for row in ordered if row.points == ordered[-1].points)
    return ahead, behind


def mean(points: Sequence[Decimal]) -> str:
    """The average to two decimals, "—" of none.

    >>> mean([Decimal("95.5"), Decimal(93), Decimal(90)])
    '92.83'
    """
    if not points:
        return "—"
    return number((sum(points, Decimal(0)) / len(points)).quantize(CENT, ROUND_HALF_UP))


def graded(grades: Iterable[str]) -> list[str]:
    """The grades that were given, best first, then unknown words as they come."""
    given = dict.fromkeys(grade for grade in grades if grade)
    return sorted(given, key=lambda grade: GRADES.index(grade) if grade in GRADES else len(GRADES))
