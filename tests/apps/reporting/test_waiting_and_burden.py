"""待我办: what waits in the rounds, until when, and what happens otherwise; the burden meter and the complaints."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.reporting.models import Burden, Complaint, Report, Round
from luoshi.reporting.queries.waiting import waiting_reports
from luoshi.reporting.services.complaining import complain, set_rules
from tests.people import Member, cast, unit
from tests.reporting import Ledger, fill_all


@pytest.fixture
def march(county: Ledger, liu: Member) -> Round:
    return county.round(liu.actor)


def said(member: Member) -> list[tuple[str, int]]:
    return [(one.kind, one.count) for one in waiting_reports(member.actor)]


def test_first_it_waits_for_the_units(march, wang, li, liu) -> None:
    assert (said(wang), said(li), said(liu)) == ([("fill", 3)], [("fill", 2)], [])


def test_then_for_the_lead_unit_and_the_office(march, county, wang, li, liu) -> None:
    fill_all(march, county.li, li.actor)
    assert said(wang) == [("collate", 1), ("fill", 3)]
    assert said(li) == []
    assert said(liu) == [("accept", 2)]


def test_for_the_head_where_the_county_wants_a_signature(march, county, wang, liu) -> None:
    set_rules(county.plan.government, True, by=liu.actor)
    fill_all(march, county.wang, wang.actor)
    assert ("sign", 3) in said(wang)


def test_what_was_returned_waits_again(march, county, wang) -> None:
    fill_all(march, county.wang, wang.actor)
    Report.objects.filter(unit=county.wang, order=1).update(state="returned")
    assert said(wang) == [("returned", 1)]


def test_a_closed_round_waits_for_nobody(march, county, wang, liu) -> None:
    Round.objects.update(state="closed")
    assert (said(wang), said(liu)) == ([], [])


def test_those_below_are_named(march, county, wang, li) -> None:
    parent = unit("青禾县教育工委", county.plan.government)
    county.li.parent = parent
    county.li.save()
    head = cast("head", "主任", parent.full_name, "head")
    head.account.person.posts.update(scope="subtree")
    head.account.known_actor = head.account.known_seats = None
    actor = type(head.actor)(**{name: getattr(head.actor, name) for name in head.actor.__slots__} | {"scope": "subtree", "scopes": ("subtree",), "below": (county.li.pk,)})  # fmt: skip
    assert [one.what for one in waiting_reports(actor)] == ["青禾县教育局：2026年3月填报，2项待填报"]


def test_the_page_says_until_when_and_what_happens_otherwise(march, county, wang, browser) -> None:
    Round.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
    html = browser(wang).get("/").content.decode()
    assert "2026年3月填报，3项待填报" in html
    assert "已过期" in html
    assert "到期不报，催报并记为未报；逾期补报记为迟报，不影响采用。" in html
    assert re.search(r'title="有\d+件等您办理"', html)  # with what waits in other rooms
    assert f"/reporting/rounds/{march.pk}/units/{county.wang.pk}/" in html


@pytest.mark.parametrize("who", ["wang", "liu"])
def test_it_costs_the_same_for_any_number_of_rounds(request, march, county, liu, browser, who) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    client = browser(request.getfixturevalue(who))
    before = cost()
    for n in range(4, 9):
        county.round(liu.actor, f"2026年{n}月")
    assert cost() == before <= 26  # all rooms together


class TestBurden:
    def test_the_office_sees_every_unit_and_a_unit_itself(self, march, county, liu, wang, browser) -> None:
        html = browser(liu).get("/reporting/burden/").content.decode()
        assert county.wang.full_name in html
        assert county.li.full_name in html
        html = browser(wang).get("/reporting/burden/").content.decode()
        assert "近几个月" in html
        assert county.li.full_name not in html

    def test_a_month_with_nothing_says_so(self, march, liu, browser) -> None:
        office = browser(liu)
        for month in ("2001-01", "x", "2026", "9" * 30, ""):
            assert office.get("/reporting/burden/", {"month": month}).status_code == 200
        assert "这个月没有要过填报" in office.get("/reporting/burden/?month=2001-01").content.decode()

    def test_two_rounds_of_a_month_add_up(self, march, county, liu) -> None:
        county.round(liu.actor, "2026年第一季度")
        row = Burden.objects.get(unit=county.wang)
        assert (row.rounds, row.items, row.figures, row.repeats, row.share) == (2, 6, 3, 3, None)


class TestComplaints:
    def test_filed_by_a_unit_answered_by_the_office(self, march, county, liu, wang, li, browser) -> None:
        browser(wang).post("/reporting/burden/complain/", {"kind": "twice", "words": "投资数上月已报发改局"})
        complaint = Complaint.objects.get()
        assert ("answer", 1) in said(liu)
        assert "投资数上月已报发改局" not in browser(li).get("/reporting/burden/").content.decode()
        page = f"/reporting/complaints/{complaint.pk}/answer/"
        assert browser(liu).post(page, {"note": ""}).status_code == 409
        browser(liu).post(page, {"note": "已改为自动带入"})
        html = browser(wang).get("/reporting/burden/").content.decode()
        assert "已改为自动带入" in html
        assert browser(liu).post(page, {"note": "再答"}).status_code == 409
        assert said(liu) == []

    def test_an_empty_one_is_told(self, wang, browser) -> None:
        html = (
            browser(wang).post("/reporting/burden/complain/", {"kind": "much"}, follow=True).content.decode()
        )
        assert "请写明意见。" in html

    def test_complaints_are_the_units_own(self, march, wang, li) -> None:
        complain("much", "太多", by=wang.actor)
        assert not Complaint.objects.visible_to(li.actor).exists()
