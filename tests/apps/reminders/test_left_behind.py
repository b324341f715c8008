"""Rounds that nobody tidies up: what a clerk, a head, the office and a leader are told of them, and where it leads."""

import datetime as dt

import pytest

from luoshi.core.periods import period_on
from luoshi.reminders.models import Digest, Escalation
from luoshi.reminders.services.urging import urge
from luoshi.reminders.waiting import Line, lines
from luoshi.reminders.watch import tick
from luoshi.reporting.models import Report, Round
from luoshi.reporting.queries.waiting import left_behind
from luoshi.reporting.services.opening import Asked, open_round
from luoshi.site import watching
from tests.apps.reminders.conftest import at
from tests.apps.reminders.county import settled
from tests.dispatch import days, on
from tests.people import Member, cast
from tests.reporting import Ledger, fill_all

pytestmark = pytest.mark.django_db
JAN, FEB, MAR, APR = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))


def row(
    since: dt.date, due: dt.date, rhythm: str = "月", plan: int = 1, programme: int | None = None
) -> dict[str, object]:
    return {
        "round__since": since, "round__due": due, "round__rhythm": rhythm, "round__plan": plan, "round__programme": programme,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([], set()),
        ([row(JAN, FEB)], set()),  # late, but the latest there is
        ([row(JAN, FEB), row(FEB, MAR)], {0}),
        ([row(FEB, MAR), row(JAN, FEB)], {1}),
        ([row(JAN, APR), row(FEB, APR)], set()),  # its day has not passed
        ([row(JAN, MAR), row(FEB, APR)], set()),  # nor has it today
        ([row(JAN, FEB), row(FEB, FEB), row(MAR, APR)], {0, 1}),
        ([row(JAN, FEB), row(FEB, APR, "季度")], set()),  # another rhythm
        ([row(JAN, FEB), row(FEB, APR, plan=2)], set()),
        ([row(JAN, FEB), row(FEB, APR, programme=3)], set()),
    ],
)
def test_which_rounds_are_left_behind(rounds, expected) -> None:
    assert left_behind(dict(enumerate(rounds)), MAR) == expected


@pytest.fixture
def months(book: Ledger, liu: Member, monkeypatch: pytest.MonkeyPatch) -> list[Round]:
    """Four monthly rounds, due on the fifth of the month after; it is 3 June."""
    made = []
    for month in (1, 2, 3, 4, 5):
        round = book.round(liu.actor, f"2026年{month}月")
        Round.objects.filter(pk=round.pk).update(due=dt.date(2026, month + 1, 5))
        made.append(Round.objects.get(pk=round.pk))
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(6, 3))
    return made


def of_rounds(member: Member) -> list[Line]:
    return [line for line in lines(member.actor) if line.key.startswith("report:")]


def test_the_clerk_has_one_line_for_all_of_them(as_, months: list[Round], li: Member) -> None:
    """And one of its own for the round that is current; the line leads to a list of just these rounds."""
    found = [(line.what, line.due, line.address) for line in of_rounds(li)]
    assert found == [
        ("还有4轮填报没有报，最早的是2026年1月", dt.date(2026, 2, 5), "/reporting/?left=fill"),
        (
            "2026年5月填报，2项待填报",
            dt.date(2026, 6, 5),
            f"/reporting/rounds/{months[4].pk}/units/{li.actor.unit_id}/",
        ),
    ]
    html = as_(li).get("/reporting/?left=fill").content.decode()
    places = [html.index(f"/reporting/rounds/{round.pk}/units/{li.actor.unit_id}/") for round in months]
    assert places == sorted(places)
    assert "还没有报全的各轮" in html


def test_two_are_a_pile_one_is_itself_and_none_is_nothing(
    as_, months: list[Round], book: Ledger, li: Member
) -> None:
    whats = []
    for round in months:
        fill_all(round, book.li, li.actor)
        whats.append([line.what for line in of_rounds(li)])
    assert whats == [
        ["还有3轮填报没有报，最早的是2026年2月", "2026年5月填报，2项待填报"],
        ["还有2轮填报没有报，最早的是2026年3月", "2026年5月填报，2项待填报"],
        ["2026年4月填报，2项待填报", "2026年5月填报，2项待填报"],
        ["2026年5月填报，2项待填报"],
        [],
    ]
    html = as_(li).get("/reporting/?left=fill").content.decode()
    assert "现在没有" in html


def test_what_is_returned_is_told_by_itself(months: list[Round], book: Ledger, li: Member) -> None:
    fill_all(months[1], book.li, li.actor)
    Report.objects.filter(round=months[1], unit=book.li).update(
        **{"state": "returned", "answer": "请写明数量"}
    )
    whats = [line.what for line in of_rounds(li)]
    assert whats == [
        "还有3轮填报没有报，最早的是2026年1月",
        "2026年2月填报，2项被退回待修改",
        "2026年5月填报，2项待填报",
    ]


def test_the_office_has_what_it_has_not_accepted_in_one_line(
    as_, months: list[Round], book: Ledger, liu: Member, li: Member, wang: Member
) -> None:
    for round in months[:3]:
        fill_all(round, book.li, li.actor)
    (line,) = [line for line in lines(liu.actor) if "待审核" in line.what]
    assert (line.what, line.address) == ("2026年1月至2026年3月各轮填报，6项待审核", "/reporting/?left=accept")
    html = as_(liu).get(line.address).content.decode()
    assert [f"/reporting/rounds/{round.pk}/review/" in html for round in months] == [True] * 3 + [False] * 2
    (line,) = [line for line in lines(wang.actor) if "汇总" in line.what]
    assert line.what == "2026年1月至2026年3月各轮填报，3项责任单位的填报待汇总"
    html = as_(wang).get(line.address).content.decode()
    assert [f"/reporting/rounds/{round.pk}/collate/" in html for round in months] == [True] * 3 + [False] * 2


@pytest.mark.parametrize("left", ["", "all", "fill'", "%E4%B8%8D", "sign", "collate", "accept"])
def test_a_list_of_nothing_left_is_a_page(
    as_, months: list[Round], li: Member, liu: Member, left: str
) -> None:
    for member in (li, liu):
        assert as_(member).get(f"/reporting/?left={left}").status_code == 200


def test_one_line_for_the_head_and_one_for_the_office(
    as_, months: list[Round], li: Member, liu: Member, wang: Member
) -> None:
    head = cast("yin", "尹局长", "青禾县教育局", "head")
    tick(at(6, 3))
    (digest,) = Digest.objects.filter(person=head.account.person)
    assert [line["what"] for line in digest.lines] == ["还有4轮填报没有报，最早的是2026年1月"]
    (digest,) = Digest.objects.filter(person=liu.account.person)
    (line,) = [line for line in digest.lines if line["role"] == "office"]
    assert (line["what"], line["address"]) == ("每月填报，以前的轮次没有报，2个单位", "/reporting/?left=fill")
    assert line["unit"] == "青禾县发展和改革局、青禾县教育局"
    assert as_(liu).get(line["address"]).status_code == 200
    keys = set(Escalation.objects.filter(role="office").values_list("key", flat=True))
    assert keys == {
        f"report:fill:{months[0].series}:{unit}" for unit in (li.actor.unit_id, wang.actor.unit_id)
    }
    assert "已告知政府办" in as_(li).get("/").content.decode()


def test_a_leader_sees_them_as_one_thing(
    as_, months: list[Round], book: Ledger, li: Member, liu: Member
) -> None:
    mayor = cast("lu", "陆县长", "青禾县人民政府", "leader")
    tick(at(6, 3))
    html = as_(mayor).get("/").content.decode()
    assert html.count("逐级提醒后仍未办</span>") == 1
    assert "以前的填报没有报，最多的有4轮，最早的是2026年1月" in html
    assert "青禾县发展和改革局等2个单位" in html
    for round in months[:4]:
        fill_all(round, book.li, li.actor)
    html = as_(mayor).get("/").content.decode()
    assert "青禾县发展和改革局，" in html
    assert "还有4轮填报没有报，最早的是2026年1月" in html
    Report.objects.update(**{"state": "accepted"})
    assert "逐级提醒后仍未办" not in as_(mayor).get("/").content.decode()


def test_a_leader_sees_what_the_office_was_told_before_the_next_round_began(
    as_, months: list[Round], li: Member, liu: Member
) -> None:
    mayor = cast("lu", "陆县长", "青禾县人民政府", "leader")
    key = f"report:fill:{months[3].pk}:{li.actor.unit_id}"
    Escalation.objects.create(
        government_id=liu.actor.government_id, key=key, role="office", day=dt.date(2026, 5, 12)
    )
    Report.objects.filter(round__in=months[:3]).update(**{"state": "accepted"})
    html = as_(mayor).get("/").content.decode()
    assert "2026年4月填报没有报" in html
    assert "青禾县教育局，" in html


def test_pressing_for_a_round_left_behind_tells_of_the_pile(
    months: list[Round], li: Member, liu: Member
) -> None:
    assert urge(months[1], [li.actor.unit_id], by=liu.actor).units == 1
    digest = Digest.objects.get(person=li.account.person)
    assert digest.by == liu.actor.name
    assert [line["what"] for line in digest.lines] == [
        "还有4轮填报没有报，最早的是2026年1月",
        "2026年5月填报，2项待填报",
    ]


@pytest.mark.once
def test_a_year_of_weeks_in_which_nobody_closes_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every week a round, none reported, none closed: nobody's digest grows with the weeks, and the last tick asks as many questions
    as one of March."""
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)  # the test's own
    with on(dt.date(2026, 1, 2)):
        place = settled(1, dt.date(2025, 12, 20))
    for day in days(dt.date(2026, 1, 5), dt.date(2026, 12, 31)):
        with on(day, 10) as now:
            if day.weekday() == 3:
                due = day + dt.timedelta(days=1)
                open_round(Asked(place.plan, period_on("周", day), due), by=place.office)
            assert not watching.run(now).faults, day
    assert Round.objects.filter(state="open", rhythm="周").count() == 52
    long = {person: n for person, n in longest(dt.date(2026, 12, 31)).items() if n > 4}
    assert not long, long
    assert max(longest(dt.date(2026, 3, 31)).values()) >= max(longest(dt.date(2026, 12, 31)).values()) - 1
    told = Digest.objects.filter(day__gte=dt.date(2026, 12, 1)).values_list("lines", flat=True)
    piles = [
        line
        for lines in told
        for line in lines
        if line["key"].startswith("report:fill:") and "-" in line["key"]
    ]
    assert {line["role"] for line in piles} == {"own", "head", "office"}
    assert any("还有5" in line["what"] for line in piles)


def longest(until: dt.date) -> dict[int, int]:
    """Person → how many lines the longest of their digests has, of the four weeks before a day."""
    found: dict[int, int] = {}
    rows = Digest.objects.filter(day__gt=until - dt.timedelta(days=28), day__lte=until)
    for person, told in rows.values_list("person", "lines"):
        found[person] = max(found.get(person, 0), len(told))
    return found
