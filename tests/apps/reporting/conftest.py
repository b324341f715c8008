"""What the tests of rounds share: the small ledger of tests/reporting.py, browsers of one's own, pages as sent."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.people import Member
from tests.reporting import Ledger, ledger


@pytest.fixture
def county(liu: Member, wang: Member, li: Member) -> Ledger:
    return ledger(wang, li)


@pytest.fixture
def browser() -> Callable[[Member], Client]:
    """A browser of one's own: `browser(liu).get("/")`; several may be open at once."""

    def log_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.account)
        return client

    return log_in
