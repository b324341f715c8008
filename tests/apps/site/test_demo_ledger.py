"""The demo county's ledger lives: most of it taken on, something left to try, one objection, one task with a history."""

import pytest

from luoshi.ledger.models import Amendment, Assignment, Milestone
from luoshi.ledger.queries.waiting import claims, objections
from luoshi.site import demo_ledger
from tests.apps.ledger.conftest import NAMES, plan  # noqa: F401
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_once_and_only_by_those_who_may(plan, liu) -> None:  # noqa: F811
    tried = cast("sujian", "苏简", NAMES[0], "clerk")
    cast("guoxiaosuan", "郭小算", NAMES[1], "clerk")
    cast("bai", "老白", NAMES[2], "head")
    told = list(demo_ledger.load("青禾县", liu.actor))
    assert told == [f"《{plan.title}》：已认领1项责任分工，1项有异议，1项任务拆成了节点。"]
    states = dict(Assignment.objects.values_list("unit__full_name", "state"))
    assert states == {NAMES[0]: "waiting", NAMES[1]: "contested", NAMES[2]: "accepted", NAMES[3]: "waiting"}
    assert (claims(tried.actor).count(), objections(liu.actor).count()) == (1, 1)
    assert Milestone.objects.count() == 3
    assert set(Amendment.objects.values_list("what", flat=True)) == {"deadline", "target"}
    assert list(demo_ledger.load("青禾县", liu.actor)) == []
    assert list(demo_ledger.load("白露县", liu.actor)) == []
