"""One body with two signs: 县商务局（县招商服务中心） is the unit that answers to both."""

import pytest

from luoshi.intake.names import Matcher
from luoshi.org.queries import RegisterRow

REGISTER = [
    RegisterRow(1, ("青禾县商务局", "县商务局", "县招商服务中心"), False),
    RegisterRow(2, ("青禾县林业局", "县林业局"), False),
]


@pytest.mark.parametrize(
    ("printed", "state", "unit"),
    [
        ("县商务局（县招商服务中心）", "sure", 1),
        ("县商务局(县招商服务中心)", "sure", 1),
        ("县商务局（县口岸办）", "guess", 1),
        ("县口岸办（县商务局）", "guess", 1),
        ("县商务局（县林业局）", "unknown", None),
    ],
)
def test_two_signs(printed: str, state: str, unit: int | None) -> None:
    match = Matcher(REGISTER, {}).look_up(printed)
    assert (match.state, match.unit_id) == (state, unit)


def test_a_name_between_two_units_is_asked_with_both() -> None:
    match = Matcher(REGISTER, {}).look_up("县商务局（县林业局）")
    assert {candidate.key for candidate in match.others} == {1, 2}
