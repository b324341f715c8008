"""预警: lights from what was reported, six columns apart, a receipt for each, any past day again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS
from luoshi.ledger.models import Indicator
from luoshi.reporting.models import Figure, Revision, Round
from luoshi.supervision.queries import lights
from tests.people import Member, cast
from tests.reporting import Ledger, fill_all, ledger

DAY = dt.date(2026, 7, 10)


@pytest.fixture
def book(liu: Member, wang: Member, li: Member) -> Ledger:
    """June's round of three tasks, filled in by both units on 3 July."""
    made = ledger(wang, li)
    type(made.plan).objects.filter(pk=made.plan.pk).update(year=2026)
    made.plan.refresh_from_db()
    round = made.round(liu.actor, "2026年6月", days=5)
    fill_all(round, made.wang, wang.actor)
    fill_all(round, made.li, li.actor)
    Round.objects.filter(pk=round.pk).update(due=dt.date(2026, 7, 6))
    reported(dt.date(2026, 7, 3))
    return made


def reported(day: dt.date) -> None:
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    Revision.objects.update(at=at)


def put(name: str, value: str | None, source: str = "self") -> Indicator:
    """Make the reported figure of an indicator what the row wants."""
    indicator = Indicator.objects.get(name=name)
    Figure.objects.filter(indicator=indicator).update(value=value, source=source)
    Revision.objects.filter(figure__indicator=indicator).update(value=value, source=source)
    return indicator


def line(book: Ledger, liu: Member, name: str, day: dt.date = DAY) -> lights.Line:
    return next(found for found in lights.lines_of(liu.actor, book.plan, day) if found.name == name)


@pytest.mark.parametrize(
    ("name", "value", "day", "tab", "level"),
    [
        ("新开工项目", "10", DAY, "good", "ok"),  # 10 of 20 at the half of the year
        ("新开工项目", "9", DAY, "behind", "behind"),
        ("新开工项目", "7", DAY, "bad", "bad"),
        ("新开工项目", "20", DAY, "good", "done"),
        (
            "新开工项目",
            "10",
            dt.date(2026, 7, 2),
            "waiting",
            "waiting",
        ),  # not reported yet on that day, and not due
        ("新开工项目", "10", dt.date(2026, 7, 3), "good", "ok"),
        ("新开工项目", None, DAY, "silent", "silent"),
        (
            "固定资产投资增长",
            "9",
            DAY,
            "waiting",
            "waiting",
        ),  # official: June is not released on 10 July, and May never came
        ("固定资产投资增长", "9", dt.date(2026, 7, 30), "good", "ok"),
        ("固定资产投资增长", "6.5", dt.date(2026, 7, 30), "bad", "bad"),
    ],
)
def test_lights_from_reports(
    book: Ledger, liu: Member, name: str, value: str | None, day: dt.date, tab: str, level: str
) -> None:
    put(name, value)
    found = line(book, liu, name, day)
    if name == "固定资产投资增长" and level == "waiting":
        assert found.light.look.colour == "grey"
        return
    assert (found.tab, found.light.level) == (tab, level)


def test_a_round_whose_day_is_over_makes_old_figures_stale(book: Ledger, liu: Member) -> None:
    put("新开工项目", "12")
    Round.objects.create(
        government=book.plan.government, plan=book.plan, rhythm="月", since=dt.date(2026, 7, 1), until=dt.date(2026, 7, 31),
        opens=dt.date(2026, 7, 25), due=dt.date(2026, 8, 5), opened_by="刘主任",
    )  # fmt: skip
    assert line(book, liu, "新开工项目", dt.date(2026, 8, 5)).tab == "good"
    assert line(book, liu, "新开工项目", dt.date(2026, 8, 6)).tab == "stale"


def test_pending_and_dropped_are_grey(book: Ledger, liu: Member) -> None:
    Indicator.objects.filter(name="新增公办学位").update(target="pending", value=None)
    assert line(book, liu, "新增公办学位").light.receipt.formula == "不计算：目标待下达，不亮灯。"
    type(book.tasks[2])._base_manager.filter(pk=book.tasks[2].pk).update(**{"state": "dropped"})
    assert line(book, liu, "净增规上企业").light.level == "off"


def test_the_owners_word_stands_beside_the_reckoning(book: Ledger, liu: Member) -> None:
    put("新开工项目", "2")
    book.tasks[0].reports.filter(unit=book.wang).update(percent=95)
    found = line(book, liu, "新开工项目")
    assert found.said.percent == 95
    assert found.contrary


def test_a_revision_does_not_change_the_light_of_a_day_before_it(book: Ledger, liu: Member) -> None:
    indicator = put("新开工项目", "10")
    figure = Figure.objects.get(indicator=indicator, unit=book.wang)
    late = timezone.make_aware(dt.datetime(2026, 8, 10, 9))
    figure.revisions.create(
        value=Decimal(2), source="self", as_of=figure.until, by="王科长", at=late, reason="统计口径更正"
    )
    assert line(book, liu, "新开工项目", DAY).light.level == "ok"
    assert line(book, liu, "新开工项目", dt.date(2026, 8, 11)).light.level == "bad"


@pytest.mark.parametrize(
    ("again", "tab", "actual"),
    [(Decimal(2), "bad", 2), (Decimal(12), "good", 12), (None, "silent", None)],
)
def test_what_is_sent_again_on_the_same_day_takes_the_place_of_the_first(
    book: Ledger, liu: Member, again: Decimal | None, tab: str, actual: int | None
) -> None:
    figure = Figure.objects.get(indicator=put("新开工项目", "10"), unit=book.wang)
    sent = figure.revisions.get()
    figure.revisions.create(
        value=again, source="self", as_of=figure.until, by="王科长", at=sent.at + dt.timedelta(hours=1)
    )
    found = line(book, liu, "新开工项目")
    assert (found.tab, found.actual) == (tab, actual)
    assert len(found.data) == (again is not None)  # charts add up what lights add up


def test_pages(as_, book: Ledger, liu: Member) -> None:
    indicator = put("新开工项目", "7")
    client = as_(liu)
    html = client.get("/lights/?day=2026-07-10").content.decode()
    assert "新开工项目" in html
    assert "严重滞后" in html
    page = client.get(f"/lights/{indicator.pk}/?day=2026-07-10").content.decode()
    for words in (
        "完成率 = （实际7）÷（目标20） = 35%",
        "差 = 完成率 − 计划进度 = -15个百分点",
        "default@2000-01-01",
        "只有1期数",
        "每月须完成2.17个",
    ):
        assert words in page, words
    assert (
        f"/orders/new/?task={book.tasks[0].pk}&amp;origin=warning"
        in client.get(f"/lights/{indicator.pk}/").content.decode()
    )
    for tab in lights.TABS:
        assert client.get(f"/lights/?tab={tab}&day=2026-07-10").status_code == 200
    assert client.get("/lights/?tab=x&day=31.2.2026&plan=y").status_code == 200
    assert client.get("/lights/999/").status_code == 404


def test_an_order_from_a_light_says_so(as_, book: Ledger, liu: Member) -> None:
    page = as_(liu).get(f"/orders/new/?task={book.tasks[0].pk}&origin=warning")
    assert page.context["form"].initial["origin"] == "warning"
    assert as_(liu).get("/orders/new/?origin=nonsense").context["form"].initial["origin"] == "inspection"


def test_no_plan_says_so(as_, liu: Member) -> None:
    assert "还没有灯" in as_(liu).get("/lights/").content.decode()


@pytest.mark.parametrize("post", POSTS)
def test_who_sees_lights(as_, book: Ledger, post: str) -> None:
    member = cast("someone", "某人", "青禾县某局", post)
    indicator = Indicator.objects.get(name="新开工项目")
    served = post not in SYSTEM_POSTS
    client = as_(member)
    assert (
        "新开工项目" in "".join(client.get(f"/lights/?tab={t}").content.decode() for t in lights.TABS)
    ) == served
    assert client.get(f"/lights/{indicator.pk}/").status_code == (200 if served else 404)


def test_another_county_sees_no_light(as_, book: Ledger, outsider: Member) -> None:
    indicator = Indicator.objects.get(name="新开工项目")
    assert as_(outsider).get(f"/lights/{indicator.pk}/").status_code == 404
    assert "新开工项目" not in as_(outsider).get("/lights/").content.decode()


def test_the_page_costs_the_same_for_any_number_of_indicators(
    as_, book: Ledger, liu: Member, wang: Member
) -> None:
    client = as_(liu)
    client.get("/lights/")
    with CaptureQueriesContext(connection) as few:
        client.get("/lights/")
    fill = book.round(liu.actor, "2026年7月", days=5)
    fill_all(fill, book.wang, wang.actor)
    for n in range(12):
        Indicator.objects.create(plan=book.plan, task=book.tasks[0], order=20 + n, name=f"新增{n}", kind="new", op=">=", value=5, unit="个", quote="新增", start=0, end=2)  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        client.get("/lights/")
    assert len(more) == len(few) <= 36, len(few)


MONTHS = {f"p{n}": str(p) for n, p in enumerate([0, 0, 5, 10, 15, 20, 30, 45, 60, 75, 90, 100], 1)}


def drawn_long_ago(indicator: Indicator) -> None:
    indicator.paces.update(at=timezone.make_aware(dt.datetime(2026, 7, 5, 9)))


def test_the_unit_draws_its_own_curve_from_a_day_on(
    as_, book: Ledger, liu: Member, wang: Member, li: Member
) -> None:
    indicator = put("新开工项目", "5")
    assert line(book, liu, "新开工项目").light.level == "bad"  # 25 % of a straight 50 %
    address = f"/lights/{indicator.pk}/pace/"
    assert as_(li).get(address).status_code == 403  # a clerk of another unit
    client = as_(wang)
    assert "自定计划进度" in client.get(f"/lights/{indicator.pk}/").content.decode()
    for wrong, says in (
        ({"why": ""}, "要写明理由"),
        ({"p4": "3"}, "只升不降"),
        ({"p12": "99"}, "只升不降"),
        ({"p1": "x"}, "应为0到100的整数"),
        ({"p2": "101"}, "不能大于100"),
    ):
        answer = client.post(address, {"kind": "drawn", "why": "下半年集中开工", **MONTHS, **wrong})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert client.post(address, {"kind": "drawn", "why": "下半年集中开工", **MONTHS}).status_code == 302
    drawn_long_ago(indicator)
    assert line(book, liu, "新开工项目").light.level == "ok"  # 25 % of a planned 20 %
    assert (
        line(book, liu, "新开工项目", dt.date(2026, 7, 4)).light.level == "bad"
    )  # the light of that day stays
    html = client.get(f"/lights/{indicator.pk}/?day=2026-07-10").content.decode()
    assert "20%（自定进度）" in html
    assert "计划进度改过1次" in html
    assert "下半年集中开工" in html


def test_rates_and_pending_targets_have_no_curve(as_, book: Ledger, liu: Member) -> None:
    rate = Indicator.objects.get(name="固定资产投资增长")
    page = as_(liu).get(f"/lights/{rate.pk}/pace/")
    assert page.status_code == 409
    assert "不按进度折算" in page.content.decode()
    Indicator.objects.filter(name="新增公办学位").update(target="pending", value=None)
    pending = Indicator.objects.get(name="新增公办学位")
    assert "还没有下达" in as_(liu).get(f"/lights/{pending.pk}/pace/").content.decode()


@pytest.mark.parametrize("post", POSTS)
def test_who_draws_curves(as_, book: Ledger, post: str) -> None:
    member = cast("someone", "某人", "青禾县某局", post)
    indicator = Indicator.objects.get(name="新开工项目")
    status = as_(member).get(f"/lights/{indicator.pk}/pace/").status_code
    assert status == (404 if post in SYSTEM_POSTS else 200 if post in ("office", "force_office") else 403)


def test_a_target_due_in_june_has_six_months_to_plan(as_, book: Ledger, liu: Member) -> None:
    indicator = put("新开工项目", "5")
    type(book.tasks[0])._base_manager.filter(pk=book.tasks[0].pk).update(deadline_day=dt.date(2026, 6, 30))
    form = as_(liu).get(f"/lights/{indicator.pk}/pace/").context["form"]
    assert [bound.label for bound in form.months()] == [f"{n}月底" for n in range(1, 7)]
    assert line(book, liu, "新开工项目").light.level == "bad"  # its day is over
