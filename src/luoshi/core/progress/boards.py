"""大比拼 boards: a ranking by a stated measure within comparable groups, ties kept as ties, the unreported apart.

Two that print alike are alike: values are compared as rounded for print, so that nobody stands behind a neighbour with the same
number. After a tie the next place is skipped (1, 2, 2, 4).
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from luoshi.core.progress.rounding import rounded, shown


class Measure(NamedTuple):
    """What a board ranks by, and to how many digits it is printed (and compared)."""

    name: str
    unit: str
    digits: int = 2
    lower_is_better: bool = False


class Row(NamedTuple):
    """One competitor; `value` None: nothing reported, `why` says so."""

    name: str
    group: str
    value: Fraction | None
    why: str = "没有报数"
    before: int | None = None


class Placed(NamedTuple):
    """`place` within the group; `tied` when others share it; `moved` places gained (positive) since the last board."""

    place: int
    name: str
    group: str
    shown: str
    tied: bool
    moved: int | None = None

    @property
    def words(self) -> str:
        """第2位（并列）."""
        return f"第{self.place}位" + ("（并列）" if self.tied else "")


class Board(NamedTuple):
    """`placed` by group and place, then by name; `unplaced` take no place and are told apart from the last."""

    measure: Measure
    placed: tuple[Placed, ...]
    unplaced: tuple[Row, ...]
    rule: str


def board(measure: Measure, rows: Iterable[Row]) -> Board:
    """The ranking. ValueError when a name stands twice in a group.

    >>> made = board(Measure("完成率", "%", 1), [Row("甲", "乡镇", Fraction(5)), Row("乙", "乡镇", Fraction(501, 100))])
    >>> [(p.name, p.words) for p in made.placed]
    [('乙', '第1位（并列）'), ('甲', '第1位（并列）')]
    """
    listed = list(rows)
    if len({(r.group, r.name) for r in listed}) < len(listed):
        raise ValueError("同一组里有重名，不能排名，请核对。")
    placed = []
    for group in sorted({r.group for r in listed}):
        given = [
            (rounded(r.value, measure.digits), r) for r in listed if r.group == group and r.value is not None
        ]
        given.sort(key=lambda pair: (pair[0] if measure.lower_is_better else -pair[0], pair[1].name))
        values = [value for value, _ in given]
        for value, row in given:
            place = values.index(value) + 1
            moved = None if row.before is None else row.before - place
            printed = f"{shown(row.value or Fraction(0), measure.digits)}{measure.unit}"
            placed.append(Placed(place, row.name, group, printed, values.count(value) > 1, moved))
    unplaced = tuple(sorted((r for r in listed if r.value is None), key=lambda r: (r.group, r.name)))
    order = "从低到高" if measure.lower_is_better else "从高到低"
    rule = f"按{measure.name}{order}，分组排名，保留{measure.digits}位小数后相同的并列，下一名次顺延；没有数的不排名。"
    return Board(measure, tuple(placed), unplaced, rule)
