"""A person's calendar as a telephone gets it: well-formed, theirs alone, the same thing under the same UID."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from luoshi.dispatch import ics
from luoshi.dispatch.models import Duty
from luoshi.dispatch.services import feeds
from luoshi.dispatch.sources import Entry
from luoshi.dispatch.views.feeds import token_of
from luoshi.meetings.services import preparing
from luoshi.org.models import Unit
from luoshi.supervision.models import Order
from luoshi.supervision.services import judging
from tests.apps.dispatch.ical import read
from tests.dispatch import confirmed, on, plan_of, watch
from tests.meetings import meeting_of
from tests.people import Member, cast
from tests.supervision import order_of, written

MADE = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@given(st.text(max_size=300), st.text(max_size=200))
def test_any_words_make_a_sound_calendar(what: str, why: str) -> None:
    day = Entry(dt.date(2026, 3, 31), "duty", what, "/", why=why, uid="rhythm-1-20260301-20260331")
    clean = lambda words: "".join(  # noqa: E731
        s for s in words.replace("\r\n", "\n").replace("\r", "\n") if s == "\n" or (s >= " " and s != "\x7f")
    )
    what, why = (words.encode("utf-8", "replace").decode() for words in (what, why))
    (event,) = read(ics.write("日程", [day._replace(what=what, why=why)], "luoshi", MADE))
    assert event["SUMMARY"] == clean(what)
    assert event.get("DESCRIPTION", "") == clean(why)
    assert (event["DTSTART"], event["DTEND"]) == (dt.date(2026, 3, 31), dt.date(2026, 4, 1))


def test_the_reader_is_strict() -> None:
    good = ics.write("日程", [Entry(dt.date(2026, 3, 31), "duty", "调度", "/", uid="a")], "luoshi", MADE)
    assert read(good)
    for bad in (
        good.replace(b"\r\n", b"\n"),
        good.replace("调度".encode(), "调,度".encode()),
        good.replace("调度".encode(), "调度".encode() * 30),
        good.replace(b";VALUE=DATE", b""),
        good.replace(b"UID:", b"X-UID:"),
        good.replace(b"END:VEVENT\r\n", b""),
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            read(bad)


@pytest.fixture
def office(db) -> Member:
    return cast("keeper", "排程人", "青禾县人民政府办公室", "office")


@pytest.mark.django_db
def test_a_persons_own_days_and_nobody_elses(client: Client, office, wang, li) -> None:
    rows = [
        {"actor": "各单位", "activity": "报送", "every": "旬"},
        {"actor": "县发展和改革局", "activity": "对账", "every": "月"},
        {"actor": "县教育局", "activity": "会商", "every": "月"},
    ]
    first = dt.date(2026, 3, 2)
    with on(first):
        confirmed(plan_of(rows, Unit.objects.get(pk=wang.actor.unit_id)), first, office.actor)
        order = order_of(office, wang, title="机密的事情名称", deadline=dt.date(2026, 3, 20))
        order_of(office, li, deadline=dt.date(2026, 3, 21))
    watch(first, dt.date(2026, 3, 10))
    with on(dt.date(2026, 3, 10)):
        feed = feeds.open_feed(by=wang.actor)
        address = reverse("dispatch:feed_text", args=[feed.pk, token_of(feed)])
        answer = client.get(address)
        before = read(answer.content)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer.headers["Cache-Control"]
    told = {event["SUMMARY"]: event for event in before}
    assert told["3月上旬填报截止"]["DTSTART"] == dt.date(2026, 3, 10)
    assert told["对账（3月）"]["DTSTART"] == dt.date(2026, 3, 31)
    assert told["3月中旬填报截止"]["DTSTART"] == dt.date(2026, 3, 20)  # not opened yet
    assert told[f"督办事项{order.number}时限"]["DTSTART"] == dt.date(2026, 3, 20)
    assert Order.objects.count() == sum(name.startswith("督办事项") for name in told) + 1
    assert not any("会商" in name or "机密" in name for name in told)

    watch(
        dt.date(2026, 3, 11), dt.date(2026, 4, 2)
    )  # March's second dekad is opened, the April duty is laid out
    with on(dt.date(2026, 4, 2)):
        after = read(client.get(address).content)
    same = {event["UID"]: event for event in after}
    for event in before:
        if "填报" not in event["SUMMARY"] and event["UID"] in same:
            assert same[event["UID"]]["DTSTART"] == event["DTSTART"]
            assert same[event["UID"]]["SEQUENCE"] >= event["SEQUENCE"]
    ahead = next(event["UID"] for event in before if event["SUMMARY"] == "对账（4月）")
    assert Duty.objects.filter(rhythm__activity="对账", since=dt.date(2026, 4, 1)).exists()
    assert ahead in same


@pytest.mark.django_db
def test_a_duty_moved_has_a_higher_sequence(client: Client, office, wang) -> None:
    first = dt.date(2026, 9, 1)
    rows = [{"actor": "县发展和改革局", "activity": "对账", "every": "月"}]
    with on(first):
        confirmed(plan_of(rows, Unit.objects.get(pk=wang.actor.unit_id)), first, office.actor)
        feed = feeds.open_feed(by=wang.actor)
    watch(first, first)
    address = reverse("dispatch:feed_text", args=[feed.pk, token_of(feed)])

    def event() -> dict[str, object]:
        events = read(client.get(address).content)
        return next(e for e in events if e["SUMMARY"] == "对账（9月）")

    with on(dt.date(2026, 9, 2)):
        was = event()
        client.force_login(office.account)
        sent = {
            "name": "县庆",
            "first": "2026-09-30",
            "last": "",
            "ground": "县政府通知",
            "works": "",
            "publishes": "",
        }
        assert client.post(reverse("dispatch:days"), sent).status_code == 302
    assert watch(dt.date(2026, 9, 2), dt.date(2026, 9, 2)) == [
        "2026年9月对账的期限按放假安排由9月30日改为9月29日。"
    ]
    with on(dt.date(2026, 9, 3)):
        now = event()
    assert (was["UID"], was["SEQUENCE"], was["DTSTART"]) == (now["UID"], 0, dt.date(2026, 9, 30))
    assert (now["SEQUENCE"], now["DTSTART"]) == (1, dt.date(2026, 9, 29))
    assert now["DESCRIPTION"] == "9月30日县庆放假，提前到9月29日。"
    assert now["DTSTAMP"] > was["DTSTAMP"]


@pytest.mark.django_db
def test_whatever_is_moved_has_a_higher_sequence_each_time(client: Client, office, wang, li) -> None:
    """A meeting moved twice, and saved once as it was; an order closed, taken up again and extended."""
    plan = plan_of([], Unit.objects.get(pk=wang.actor.unit_id))
    days_ = [dt.date(2026, 3, day) for day in (12, 12, 19, 26)]
    with on(dt.date(2026, 3, 2)):
        meeting = meeting_of(office, plan, day=days_[0], units=(wang,))
        order = order_of(office, wang, "closed", deadline=dt.date(2026, 3, 5))
        feed = feeds.open_feed(by=wang.actor)
    address = reverse("dispatch:feed_text", args=[feed.pk, token_of(feed)])

    def told(day: dt.date, uid: str) -> tuple[object, ...]:
        with on(day):
            events = read(client.get(address).content)
        (event,) = [event for event in events if str(event["UID"]).startswith(f"{uid}@")]
        return event["SEQUENCE"], event["DTSTART"], event["DTSTAMP"].date()

    found = []
    for n, day in enumerate(days_):
        at = dt.date(2026, 3, 2 + n)
        with on(at):
            draft = preparing.Draft("dispatch", meeting.title, [plan], day, units=list(meeting.units.all()), time="15:00", place="三楼会议室")  # fmt: skip
            assert preparing.edit(meeting, draft, by=office.actor) == (n > 1)
        found.append(told(at, f"meeting-{meeting.pk}"))
    made = dt.date(2026, 3, 2)
    assert found == [
        (0, days_[0], made), (0, days_[1], made), (1, days_[2], dt.date(2026, 3, 4)), (2, days_[3], dt.date(2026, 3, 5)),
    ]  # fmt: skip

    with on(dt.date(2026, 3, 6)):
        judging.reopen(
            order,
            "又堵了。",
            dt.date(2026, 3, 20),
            by=cast("he", "何督查", "青禾县人民政府办公室", "inspector").actor,
        )
    assert told(dt.date(2026, 3, 6), f"order-{order.pk}") == (1, dt.date(2026, 3, 20), dt.date(2026, 3, 6))
    with on(dt.date(2026, 3, 9)):
        asked = order.extensions.create(unit_id=order.unit_id, old_deadline=order.deadline, wanted=dt.date(2026, 3, 30), reason="雨季", **written(wang))  # fmt: skip
        judging.grant(asked, by=office.actor)
    assert told(dt.date(2026, 3, 9), f"order-{order.pk}")[:2] == (2, dt.date(2026, 3, 30))


@pytest.mark.django_db
def test_the_page_shows_the_address_and_what_can_be_done(as_, wang) -> None:
    client = as_(wang)
    page = client.get("/calendar/feed/").content.decode()
    assert "开通" in page
    assert ".ics" not in page
    client.post("/calendar/feed/open/")
    page = client.get("/calendar/feed/").content.decode()
    assert ".ics" in page
    assert timezone.localdate().strftime("%-m月%-d日") in page
    client.post("/calendar/feed/revoke/")
    assert ".ics" not in client.get("/calendar/feed/").content.decode()
