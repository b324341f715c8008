"""待我办: what waits, for whom it waits; empty says so."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.journal.moves import move
from luoshi.ledger.models import Plan
from luoshi.org.services.delegations import delegate
from luoshi.reminders.waiting import shares
from tests.people import Member, cast


@pytest.fixture
def plan(liu: Member) -> Plan:
    return Plan.objects.create(
        title="青禾县实施方案", government_id=liu.actor.government_id, state="review", created_by="刘主任"
    )


def test_a_plan_in_review_waits_for_the_office(as_, liu: Member, plan: Plan) -> None:
    html = as_(liu).get("/").content.decode()
    assert "有1件事等您办" in html
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


def test_the_page_costs_the_same_for_any_number_of_plans(as_, liu: Member, plan: Plan) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    client = as_(liu)
    before = cost()
    for number in range(10):
        Plan.objects.create(
            title=str(number), government_id=liu.actor.government_id, state="review", created_by="刘主任"
        )
    assert cost() == before


class TestShares:
    """What the own unit has in the ledger, one line per plan."""

    @pytest.fixture
    def ledger(self, plan: Plan, liu: Member, wang: Member, li: Member) -> Plan:
        rows = [
            ("lead", wang, dt.date(2099, 6, 30)),
            ("support", wang, dt.date(2099, 3, 31)),
            ("support", li, None),
        ]
        for order, (role, member, deadline) in enumerate(rows):
            task = plan.tasks.create(
                order=order,
                heading=f"任务{order}",
                text="任务",
                quote="任务",
                start=0,
                end=2,
                deadline_day=deadline,
            )
            task.assignments.create(unit_id=member.actor.unit_id, role=role, printed="某局", order=0)
        move(plan, "adopt", liu.actor)
        return plan

    def test_counts_and_the_nearest_deadline(self, ledger: Plan, wang: Member) -> None:
        assert list(shares(wang.actor)) == [
            {
                "pk": ledger.pk,
                "title": "青禾县实施方案",
                "number": "",
                "lead": 1,
                "support": 1,
                "next_deadline": dt.date(2099, 3, 31),
            }
        ]

    def test_the_page_leads_to_them(self, as_, ledger: Plan, li: Member) -> None:
        html = as_(li).get("/").content.decode()
        assert "青禾县教育局的任务" in html
        assert f"/ledger/?plan={ledger.pk}&amp;view=unit&amp;unit={li.actor.unit_id}" in html
        assert "没有将到的时限" in html

    def test_a_leader_finds_the_tasks_that_name_them(self, as_, ledger: Plan) -> None:
        leader = cast("shen", "沈县长", "青禾县人民政府", "leader")
        assert "您分管的任务" not in as_(leader).get("/").content.decode()
        ledger.tasks.first().leaders.create(name="沈县长", order=0)
        html = as_(leader).get("/").content.decode()
        assert "您分管的任务" in html
        assert f"/ledger/?plan={ledger.pk}&amp;view=leader&amp;leader=%E6%B2%88%E5%8E%BF%E9%95%BF" in html

    def test_a_plan_in_review_is_not_there_yet(self, plan: Plan, wang: Member) -> None:
        assert not shares(wang.actor)

    def test_whoever_acts_for_a_leader_finds_the_leaders_tasks(self, as_, ledger: Plan, li: Member) -> None:
        leader, today = cast("shen", "沈县长", "青禾县人民政府", "leader"), timezone.localdate()
        ledger.tasks.first().leaders.create(name="沈县长", order=0)
        post = leader.account.person.posts.get()
        delegate(post, li.account.person, today, today, by=leader.actor, reason="出差")
        client = as_(li)
        assert "您分管的任务" not in client.get("/").content.decode()
        client.post("/seats/", {"seat": client.get("/seats/").context["seats"][1][0].key})
        html = client.get("/").content.decode()
        assert "leader=%E6%B2%88%E5%8E%BF%E9%95%BF" in html


def test_keepers_of_the_system_are_not_sent_to_the_ledger(as_, chen_admin: Member) -> None:
    html = as_(chen_admin).get("/").content.decode()
    assert "没有等您办理的事" in html
    assert 'href="/ledger/"' not in html
