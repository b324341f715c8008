"""Places, ends and averages of an assessment: equals stay together, groups stay apart."""

from decimal import Decimal

import pytest

from luoshi.core.writing.facts import Score
from luoshi.core.writing.scores import ends, graded, groups, mean, places


def rows(*points, group="组"):
    return tuple(
        Score(f"score:{at}", f"单位{at}", group, Decimal(str(score)), 0, row=at)
        for at, score in enumerate(points, 1)
    )


@pytest.mark.parametrize(
    ("points", "ahead", "behind"),
    [
        ((), [], []),
        ((90,), [], []),
        ((90, 90, 90), [], []),
        ((90, 80), [1], [2]),
        ((90, 90, 80), [1, 2], [3]),
        ((90, 80, 80), [1], [2, 3]),
        ((70, 90, 80, 95, 60), [4], [5]),
        ((96, 95, 94, 93, 92, 91), [1, 2], [5, 6]),
        ((96, 95, 95, 93, 92, 92), [1, 2, 3], [5, 6]),
        ((96, 95, 95, 95, 95, 95), [1], [2, 3, 4, 5, 6]),
        ((99, 98, 97, 97, 95, 94, 93, 92, 91), [1, 2, 3, 4], [7, 8, 9]),
    ],
)
def test_both_ends_with_all_who_share_a_place(points, ahead, behind):
    found = ends(rows(*points))
    assert [sorted(row.row for row in end) for end in found] == [ahead, behind]


@pytest.mark.parametrize("count", range(2, 15))
def test_nobody_stands_at_both_ends_and_the_ends_are_whole(count):
    for spread in range(1, count + 1):
        some = rows(*(90 - at // spread for at in range(count)))
        ahead, behind = ends(some)
        assert not set(ahead) & set(behind)
        assert bool(ahead) == bool(behind) == (len({row.points for row in some}) > 1)
        for end in (ahead, behind):
            shared = {row.points for row in end}
            assert {row for row in some if row.points in shared} == set(end)


def test_places_leave_out_what_equals_take():
    assert places([Decimal(8), Decimal("8.0"), Decimal(7), Decimal(9)]) == [2, 2, 4, 1]


def test_groups_stay_apart_and_are_sorted_by_score():
    found = groups((*rows(80, 90, group="乡镇组"), *rows(70, 95, group="部门组")))
    assert [(name, [str(row.points) for row in some]) for name, some in found] == [
        ("乡镇组", ["90", "80"]),
        ("部门组", ["95", "70"]),
    ]


def test_averages_round_half_up():
    assert mean([Decimal("1.01"), Decimal("1.00")]) == "1.01"
    assert mean([]) == "—"


def test_grades_the_best_first_unknown_words_last():
    assert graded(["合格", "三星", "优秀", "", "合格"]) == ["优秀", "合格", "三星"]
