"""What boards count from projects: within the time of the board, never nought for what is not known."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.core.progress.competing import FORMULAS
from luoshi.core.progress.rates import (
    FOUR_RATES,
    FOUR_RATIOS,
    Project,
    four_rates,
    four_ratios,
    parts,
    signed_by,
)

FIRST, LAST = date(2024, 1, 1), date(2024, 6, 30)
D = Decimal
ONE = Project("甲", "春", date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1), None, date(2024, 3, 31), D(100), D(40), D(50), D(30), D(20), D(10))  # fmt: skip
OLD = Project("乙", "旧", date(2023, 5, 1), None, date(2023, 9, 1), date(2024, 5, 2), date(2023, 8, 1), D(300), None, D(60), None, D(5), D(5))  # fmt: skip
BARE = Project("丙")
ALL = [ONE, OLD, BARE]


@pytest.mark.parametrize(
    ("slug", "projects", "value"),
    [
        ("done", ALL, Fraction(60)),  # 30 of 50; what lacks a number is left out of both
        ("done", [OLD], None),
        ("done", [], None),
        ("invested", ALL, Fraction(30)),
        ("invested", [BARE], None),
        ("due", ALL, Fraction(100)),
        ("due", [BARE], None),
        ("begun", ALL, Fraction(1)),
        ("begun", [BARE], Fraction(0)),
        ("begun", [], None),
        ("producing", ALL, Fraction(1)),
        ("signed", ALL, Fraction(1)),
        ("contract", ALL, Fraction(100)),
        ("contract", [OLD], Fraction(0)),
        ("contract", [], None),
        ("arrived", ALL, Fraction(40)),
        ("arrived", [OLD], None),
    ],
)
def test_what_is_counted(slug: str, projects: list[Project], value: Fraction | None) -> None:
    assert FORMULAS[slug].tally(projects, FIRST, LAST) == value


@pytest.mark.parametrize("day", [date(2023, 6, 1), date(2024, 3, 1), LAST, date(2025, 1, 1)])
def test_a_rate_is_the_sum_of_what_stands_behind_it(day: date) -> None:
    rates = dict(
        zip(
            [*FOUR_RATES, *FOUR_RATIOS],
            [*four_rates(ALL, day), *four_ratios(ALL, day, D(1), D(4))],
            strict=True,
        )
    )
    for slug, rate in rates.items():
        if slug == "won":
            assert rate.value == Fraction(1, 4)
            continue
        behind = parts(slug, signed_by(ALL, day) if slug in FOUR_RATES else ALL, day)
        counted = [part for part in behind if not part.why]
        assert sum((part.top for part in counted), Fraction(0)) == rate.numerator, slug
        assert sum((part.bottom for part in counted), Fraction(0)) == rate.denominator, slug
        assert len(behind) - len(counted) == rate.left_out, slug
    with pytest.raises(ValueError, match="no projects behind"):
        parts("won", ALL, day)
