"""How projects stand on any day, and the rates of that day: whose number counts, what is left out, what is behind a card."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.core.progress.rates import FOUR_RATES, FOUR_RATIOS
from luoshi.projects.models import Bid, Settlement
from luoshi.projects.queries import behind, projects_of, rates
from tests.people import Member, cast
from tests.projects import TODAY, fortnight, project_of, rules_of, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def fei(db) -> Member:
    return cast("fei", "费局", "青禾县财政局", "head", "clerk")


def days(n: int) -> dt.date:
    return TODAY() - dt.timedelta(days=n)


def test_the_book_that_knows_counts_and_an_older_day_has_its_own_number(
    liu: Member, wang: Member, fei: Member
) -> None:
    project = project_of(wang)
    before, now = fortnight(liu, 20), fortnight(liu, 6)
    says(wang, "owner", project, before, days(18), invested=Decimal(500), paid=Decimal(100), stage="基础完成")
    says(fei, "finance", project, before, days(17), granted=Decimal(300), paid=Decimal(90))
    says(wang, "owner", project, now, days(4), invested=Decimal(800), paid=Decimal(200), stage="主体封顶")
    found = projects_of(project.government_id)[0]
    assert (found.value("invested"), found.value("paid"), found.stage) == (800, 200, "主体封顶")
    assert found.value("granted") == 300  # only 财政 says it, and said nothing newer
    assert found.share == Fraction(2, 5)
    says(fei, "finance", project, now, days(3), paid=Decimal(180))
    assert projects_of(project.government_id)[0].value("paid") == 180
    past = projects_of(project.government_id, days(18))[0]
    assert (past.value("invested"), past.value("paid"), past.stage) == (500, 100, "基础完成")
    assert projects_of(project.government_id, days(17))[0].value("paid") == 90


def test_what_was_settled_counts_until_a_book_says_otherwise(liu: Member, wang: Member, fei: Member) -> None:
    project, now = project_of(wang), fortnight(liu, 6)
    says(wang, "owner", project, now, days(4), paid=Decimal(200))
    says(fei, "finance", project, now, days(4), paid=Decimal(180))
    Settlement.objects.create(
        reconciliation=now, project=project, measure="paid", said={"owner": "200.00", "finance": "180.00"}, stands="owner",
        value=Decimal(200), words="在途一笔。", person_id=liu.actor.person_id, person_name="刘主任",
    )  # fmt: skip
    found = projects_of(project.government_id)[0].said["paid"]
    assert (found.value, found.source) == (200, "对账认定")
    says(fei, "finance", project, now, None, paid=Decimal(190))
    assert projects_of(project.government_id)[0].value("paid") == 190


def test_rates_name_their_denominator_and_what_is_behind(liu: Member, wang: Member, fei: Member) -> None:
    one = project_of(wang, "甲", "begun", registered=days(30), should_begin=days(60))
    two = project_of(wang, "乙", "signed", batch="二季度", should_begin=days(1))
    project_of(wang, "丙", "reserve", should_begin=None)
    gone = project_of(wang, "丁", "ended", signed=days(90), ended=days(10))
    says(
        fei, "finance", one, fortnight(liu, 6), granted=Decimal(400), arrived=Decimal(1000), paid=Decimal(100)
    )
    Bid.objects.create(
        government_id=one.government_id, on=days(9), won=Decimal(30), available=Decimal(600), ground="下达文件", person_id=liu.actor.person_id,
        person_name="刘主任",
    )  # fmt: skip
    found = rates(one.government_id)
    values = {card.slug: card.rate.value for card in found.cards}
    assert values == {
        "registered": Fraction(1, 3), "begun": Fraction(1, 3), "producing": 0, "arrived": Fraction(1, 5),
        "won": Fraction(1, 20), "due": Fraction(1, 2), "paid": Fraction(1, 4), "done": None,
    }  # fmt: skip
    assert found.ended == 1
    assert {row.standing.project.name for row in behind(found, "begun")} == {"甲", "乙", "丁"}
    assert [row.why for row in behind(found, "paid")] == [
        "",
        "没有已支付资金、下达资金",
        "没有已支付资金、下达资金",
    ]
    for slug in FOUR_RATES | FOUR_RATIOS:
        card = next(card for card in found.cards if card.slug == slug)
        rows = behind(found, slug)
        if slug != "won":
            assert sum(bool(row.why) for row in rows) == card.rate.left_out
    quarter = rates(one.government_id, None, ["二季度"])
    assert {s.project.pk for s in quarter.standings} == {two.pk}
    assert quarter.batches == ["一季度", "二季度"]
    earlier = rates(one.government_id, days(20))
    assert earlier.bid is None
    assert [s.label for s in earlier.standings if s.project == gone] == ["已签约"]


def test_it_costs_the_same_for_any_number(liu: Member, wang: Member) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for standing in projects_of(liu.actor.government_id):
                assert standing.late == []
        return len(queries)

    rules_of(liu)
    project_of(wang, "甲")
    first = asked()
    for n in range(5):
        says(wang, "owner", project_of(wang, f"乙{n}"), None, invested=Decimal(1))
    assert asked() == first == 4
