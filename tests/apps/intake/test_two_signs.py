"""One body with two signs: 县商务局（县招商服务中心） is the unit that answers to both."""

import pytest

from luoshi.intake.names import Match, Matcher
from luoshi.org.queries import RegisterRow

REGISTER = [
    RegisterRow(1, ("青禾县商务局", "县商务局", "县招商服务中心"), False),
    RegisterRow(2, ("青禾县林业局", "县林业局"), False),
]


@pytest.mark.parametrize(
    ("printed", "match"),
    [
        ("县商务局（县招商服务中心）", Match("sure", 1)),
        ("县商务局(县招商服务中心)", Match("sure", 1)),
        ("县商务局（县口岸办）", Match("guess", 1)),
        ("县商务局（县林业局）", Match("guess", 1)),
        ("县口岸办（县商务局）", Match("unknown")),
    ],
)
def test_two_signs(printed: str, match: Match) -> None:
    assert Matcher(REGISTER, {}).match(printed) == match
