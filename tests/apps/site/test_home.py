"""待我办: what waits, for whom it waits; empty says so."""

import pytest

from luoshi.journal.moves import move
from luoshi.ledger.models import Plan
from tests.people import Member


@pytest.fixture
def plan(liu: Member) -> Plan:
    return Plan.objects.create(
        title="青禾县实施方案", government_id=liu.actor.government_id, state="review", created_by="刘主任"
    )


def test_a_plan_in_review_waits_for_the_office(as_, liu: Member, plan: Plan) -> None:
    html = as_(liu).get("/").content.decode()
    assert "有1份方案等您核对。" in html
    assert f'href="/plans/{plan.pk}/"' in html
    assert 'title="有1件等您办理"' in html


def test_it_waits_for_nobody_else(as_, wang: Member, plan: Plan) -> None:
    html = as_(wang).get("/").content.decode()
    assert "没有等您办理的事" in html
    assert plan.title not in html
    assert "读一份方案" not in html


def test_another_county_sees_nothing_of_it(as_, outsider: Member, plan: Plan) -> None:
    assert plan.title not in as_(outsider).get("/").content.decode()


def test_done_is_done(as_, liu: Member, plan: Plan) -> None:
    move(plan, "adopt", liu.actor)
    assert "没有等您办理的事" in as_(liu).get("/").content.decode()
