"""What tests of meetings share: a plan of three tasks with June reported, and who sits where."""

import pytest

from tests.people import Member, cast
from tests.reporting import Ledger, last_month


@pytest.fixture
def book(liu: Member, wang: Member, li: Member) -> Ledger:
    """Three tasks; in the last round that is over 王科长's unit reported, 小李's did not."""
    return last_month(liu, wang, li)


@pytest.fixture
def lu(db) -> Member:
    """陆县长, in charge of everything."""
    return cast("lu", "陆县长", "青禾县人民政府", "leader")
