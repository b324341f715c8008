"""Every address of this room × every post; who bears a duty sees it, and nobody else but the office; refusals change nothing."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.dispatch.models import Duty, LocalDays, Rhythm
from luoshi.dispatch.services import feeds
from luoshi.dispatch.urls import urlpatterns
from luoshi.dispatch.views.feeds import token_of
from luoshi.journal.models import Event
from luoshi.org.models import Post, Unit
from tests.dispatch import confirmed, plan_of
from tests.people import Member, cast

pytestmark = pytest.mark.django_db
BEARER, ELSEWHERE = "青禾县发展和改革局", "青禾县教育局"
NEXT = {"day": "2099-01-01", "reason": "机构调整", "document": "", "becomes": "none", "every": "", "who": "", "due_said": "", "shift": "within", "lead": "3"}  # fmt: skip


@pytest.fixture
def office(db) -> Member:
    return cast("keeper", "排程人", "青禾县人民政府办公室", "office")


@pytest.fixture
def leader(db) -> Member:
    """县长, who bears a duty of his own."""
    member = cast("mayor", "陆县长", "青禾县人民政府", "leader")
    Post.objects.filter(person=member.account.person).update(title="县委副书记、县长")
    return member


@pytest.fixture
def holders(office, leader) -> dict[tuple[str, str], Member]:
    """One person a post and place, besides those who have a hand in it."""
    return {
        (post, place): cast(f"{post}{n}", f"{post}{n}", place, post)
        for post in POSTS
        for n, place in enumerate((BEARER, ELSEWHERE))
    }


@pytest.fixture
def things(office, leader, wang) -> dict[str, object]:
    """A plan with a rhythm of a unit and one of a leader, a duty of each, a day off."""
    rows = [
        {"actor": "县发展和改革局", "activity": "对账", "every": "月"},
        {"actor": "县长", "activity": "调度", "every": "半年"},
        {"actor": "县教育局", "activity": "会商", "every": "季度"},
    ]
    unit = Unit.objects.get(full_name=BEARER)
    plan = plan_of(rows, unit)
    today = timezone.localdate()
    made = confirmed(plan, today, office.actor)
    common = {
        "government_id": unit.government_id, "since": today - dt.timedelta(days=9), "until": today + dt.timedelta(days=20),
        "opens": today, "ask_on": today, "said": today, "due": today,
    }  # fmt: skip
    return {
        "plan": plan,
        "rhythm": made[0],
        "unit": Duty.objects.create(rhythm=made[0], unit=unit, **common),
        "leader": Duty.objects.create(rhythm=made[1], person=leader.account.person, **common),
        "days": LocalDays.objects.create(
            government_id=unit.government_id, first=today, last=today, name="县庆", ground="县政府通知", entered_by="某人"
        ),
    }  # fmt: skip


def test_every_route_is_known() -> None:
    assert {p.name for p in urlpatterns} == {
        "index", "days", "withdraw_days", "plan", "preview", "rhythm", "change", "stop", "resume", "duties", "keep_all", "duty", "keep",
        "undo", "feed", "feed_act", "feed_text", "export", "days_export", "duties_export", "plan_export",
    }  # fmt: skip


def got(member: Member, address: str, sent: dict[str, str] | None = None) -> int:
    client = Client()
    client.force_login(member.account)
    answer = client.get(address) if sent is None else client.post(address, sent)
    return answer.status_code


def test_pages(things, holders, outsider) -> None:
    plan, rhythm, days = things["plan"].pk, things["rhythm"].pk, things["days"].pk
    open_to_all = {
        "index": reverse("dispatch:index"),
        "county": reverse("dispatch:index") + "?view=county",
        "days": reverse("dispatch:days"),
        "duties": reverse("dispatch:duties"),
        "feed": reverse("dispatch:feed"),
        "plan": reverse("dispatch:plan", args=[plan]),
        "plan_export": reverse("dispatch:plan_export", args=[plan]),
        "export": reverse("dispatch:export"),
        "days_export": reverse("dispatch:days_export"),
        "duties_export": reverse("dispatch:duties_export"),
        "rhythm": reverse("dispatch:rhythm", args=[rhythm]),
    }
    keepers = {
        "change": reverse("dispatch:change", args=[rhythm]),
        "stop": reverse("dispatch:stop", args=[rhythm]),
        "preview": reverse("dispatch:preview", args=[plan]),
        "withdraw": reverse("dispatch:withdraw_days", args=[days]),
    }
    for (post, place), member in holders.items():
        business = post in BUSINESS_POSTS
        for name, address in open_to_all.items():
            hidden = 404 if name in ("plan", "plan_export", "rhythm") else 403
            assert got(member, address) == (200 if business else hidden), (post, place, name)
        for name, address in keepers.items():
            refused = 404 if not business and name != "withdraw" else 403
            assert got(member, address) == (200 if post == "office" else refused), (post, place, name)
    for name in ("plan", "plan_export", "rhythm"):
        assert got(outsider, open_to_all[name]) == 404
    for address in keepers.values():
        assert got(outsider, address) == 404


@pytest.mark.parametrize("whose", ["unit", "leader"])
def test_a_duty_is_private(whose: str, things, holders, leader, wang, office, outsider) -> None:
    duty = things[whose]
    address = reverse("dispatch:duty", args=[duty.pk])
    keep = reverse("dispatch:keep", args=[duty.pk])
    sent = {"on": timezone.localdate().isoformat(), "note": ""}
    allowed = {m.account.pk for (post, place), m in holders.items() if post == "office"}
    if whose == "unit":
        allowed |= {
            m.account.pk
            for (post, place), m in holders.items()
            if post in ("head", "clerk") and place == BEARER
        }
    for (post, place), member in holders.items():
        may = member.account.pk in allowed
        assert got(member, address) == (200 if may else 404), (post, place)
        if not may:
            before = Event.objects.count()
            assert got(member, keep, sent) == 404
            assert Event.objects.count() == before
            for view in ("mine", "county"):
                client = Client()
                client.force_login(member.account)
                assert f'href="{address}"' not in client.get(f"/calendar/?view={view}").content.decode()
    assert got(outsider, address) == 404
    bearer = leader if whose == "leader" else wang
    assert got(bearer, address) == 200
    assert got(bearer, keep, sent) == 302
    duty.refresh_from_db()
    assert (duty.state, duty.kept_by) == ("kept", bearer.actor.name)
    other = wang if whose == "leader" else leader
    assert got(other, reverse("dispatch:undo", args=[duty.pk]), {"reason": "看看"}) == 404


def test_only_the_office_writes(things, holders) -> None:
    plan, rhythm, days = things["plan"], things["rhythm"], things["days"]
    writes = [
        (reverse("dispatch:plan", args=[plan.pk]), {"since": "2099-01-01"}),
        (
            reverse("dispatch:days"),
            {"name": "县庆", "first": "2099-01-01", "last": "", "ground": "通知", "works": ""},
        ),
        (reverse("dispatch:withdraw_days", args=[days.pk]), {"reason": "不放了"}),
        (reverse("dispatch:stop", args=[rhythm.pk]), NEXT),
        (reverse("dispatch:change", args=[rhythm.pk]), NEXT),
    ]
    for (post, place), member in holders.items():
        if post == "office":
            continue
        for address, sent in writes:
            before = Event.objects.count()
            assert got(member, address, sent) in (403, 404), (post, place, address)
            assert Event.objects.count() == before
    assert Rhythm.objects.filter(state="running").count() == 3


def test_resume_is_for_a_stopped_one(things, office) -> None:
    address = reverse("dispatch:resume", args=[things["rhythm"].pk])
    assert got(office, address) == 409


def test_a_feed_is_for_whoever_has_its_address(client: Client, holders, wang, li, chen_admin) -> None:
    feed = feeds.open_feed(by=wang.actor)
    address = reverse("dispatch:feed_text", args=[feed.pk, token_of(feed)])
    assert client.get(address).status_code == 200
    assert client.get(address.replace(token_of(feed)[:8], "0" * 8)).status_code == 404
    assert client.get(reverse("dispatch:feed_text", args=[feed.pk + 1, token_of(feed)])).status_code == 404
    assert client.post(address).status_code == 405
    feeds.renew(feed, by=wang.actor)
    assert client.get(address).status_code == 404
    again = reverse("dispatch:feed_text", args=[feed.pk, token_of(feed)])
    assert client.get(again).status_code == 200
    assert got(li, reverse("dispatch:feed_act", args=["renew"]), {}) == 409
    assert got(chen_admin, reverse("dispatch:feed_act", args=["open"]), {}) == 403
    wang.account.state = "suspended"
    wang.account.save()
    assert client.get(again).status_code == 404
    wang.account.state = "active"
    wang.account.save()
    feeds.revoke(feed, by=wang.actor)
    assert client.get(again).status_code == 404
