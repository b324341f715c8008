"""The tick: who hears what and when, that it is idempotent, cheap when nothing is due, and says nothing of what is done."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.periods import period_on
from luoshi.core.workdays import national
from luoshi.dispatch.models import LocalDays
from luoshi.org.models import Account, Person
from luoshi.reminders.models import Channel, Delivery, Digest, Escalation, ReminderRules, Wish
from luoshi.reminders.strongbox import seal
from luoshi.reminders.watch import tick
from luoshi.reporting.models import Report, Round
from luoshi.reporting.services.opening import Asked, open_round
from luoshi.site import watching
from luoshi.supervision.models import Order
from tests.apps.reminders.conftest import at
from tests.apps.reminders.county import settled
from tests.people import Member, cast
from tests.reporting import Ledger, fill_all
from tests.supervision import order_of

pytestmark = pytest.mark.django_db


def stages(member: Member) -> list[tuple[int, list[str]]]:
    digests = Digest.objects.filter(person=member.account.person).order_by("day")
    return [(d.day.day, [line["stage"] for line in d.lines]) for d in digests]


def days_of_march(first: int = 1) -> None:
    for day in range(first, 32):
        tick(at(3, day))


def test_silence_goes_up_the_line(march: Round, liu: Member, li: Member) -> None:
    head = cast("yin", "尹局长", "青禾县教育局", "head")
    days_of_march()
    assert stages(li) == [(17, ["soon"]), (20, ["today"]), (25, ["late"])]
    assert stages(head) == [(24, ["head"]), (31, ["head"])]
    assert stages(liu)[0] == (27, ["office"])
    told = Digest.objects.filter(person=liu.account.person).order_by("day")[0].lines[0]
    assert (told["what"], told["address"]) == (
        "2026年2月填报没有报，2个单位",
        f"/reporting/rounds/{march.pk}/",
    )
    assert told["unit"] == "青禾县发展和改革局、青禾县教育局"
    assert Escalation.objects.filter(role="office", day=dt.date(2026, 3, 27)).count() == 2
    roles = Escalation.objects.filter(key__endswith=f":{li.actor.unit_id}").values_list("role", "day")
    assert set(roles) == {("head", dt.date(2026, 3, 24)), ("office", dt.date(2026, 3, 27))}


def test_it_stops_the_moment_it_is_done(
    march: Round, book: Ledger, liu: Member, li: Member, wang: Member
) -> None:
    for day in range(16, 25):
        tick(at(3, day))
    fill_all(march, book.li, li.actor)
    fill_all(march, book.wang, wang.actor)
    before = Digest.objects.exclude(person=liu.account.person).count()
    days_of_march(25)
    after = Digest.objects.exclude(person=liu.account.person)
    assert after.filter(day__gt=dt.date(2026, 3, 24), lines__0__key__startswith="report:fill").count() == 0
    assert after.count() - before <= 2  # 王科长 still has the other's report to collate


def test_twice_is_once_and_a_missed_week_is_one_digest(march: Round, li: Member) -> None:
    moment = at(3, 27)
    assert any("提醒" in line for line in tick(moment))
    assert tick(moment) == []
    assert tick(moment + dt.timedelta(hours=3)) == []
    assert stages(li) == [(27, ["late"])]


@pytest.mark.parametrize("moment", [at(3, 20, 7), at(3, 20, 18), at(3, 21), at(2, 17)])
def test_never_at_night_nor_on_days_off(march: Round, moment: dt.datetime) -> None:
    assert tick(moment) == []
    assert not Digest.objects.exists()


def test_the_county_may_think_otherwise(march: Round, liu: Member, li: Member) -> None:
    ReminderRules.objects.create(
        government_id=liu.actor.government_id, ahead=10, gap=5, again=9, head_after=3, office_after=9, on_day=False,
        days_off=True, opens=dt.time(6), closes=dt.time(7), ground="县府办〔2026〕1号",
    )  # fmt: skip
    assert tick(at(3, 20)) == []
    for day in range(1, 21):
        tick(at(3, day, 6, 30))
    assert stages(li) == [(6, ["soon"])]


def test_orders_and_milestones_too(liu: Member, wang: Member, li: Member, book: Ledger) -> None:
    order_of(liu, li, "sent", deadline=dt.date(2026, 3, 4))
    book.tasks[1].milestones.create(title="完成招标", due=dt.date(2026, 3, 5), unit=book.li)
    order_of(liu, li, "blocked", deadline=dt.date(2026, 3, 4))
    tick(at(3, 3))
    digest = Digest.objects.get(person=li.account.person)
    assert [line["what"] for line in digest.lines] == ["签收：雨污分流改造", "完成节点“完成招标”"]
    office = Digest.objects.get(person=liu.account.person)
    assert [line["what"] for line in office.lines] == ["研究“做不到”：雨污分流改造"]


def test_other_counties_are_apart(march: Round, outsider: Member, chen_admin: Member) -> None:
    days_of_march()
    people = set(Digest.objects.values_list("person", flat=True))
    assert people
    assert not people & {outsider.account.person_id, chen_admin.account.person_id}


def test_whoever_acts_for_somebody_is_told_instead(march: Round, li: Member, wang: Member) -> None:
    stand_in = Person.objects.create(name="代班", government_id=li.actor.government_id)
    Account.objects.create_user("daiban", "x", person=stand_in)
    li.account.person.posts.get().delegations.create(
        delegate=stand_in, reason="学习", valid_from=dt.date(2026, 3, 1), valid_to=dt.date(2026, 3, 31)
    )
    tick(at(3, 17))
    assert not Digest.objects.filter(person=li.account.person).exists()
    assert Digest.objects.get(person=stand_in).lines[0]["stage"] == "soon"


class TestCost:
    def cost(self, moment: dt.datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            tick(moment)
        return len(queries)

    def test_idle_days(self, march: Round) -> None:
        assert self.cost(at(3, 2)) == 3  # nothing within three working days
        assert self.cost(at(3, 21)) == 3  # Saturday

    def test_the_countys_own_days_off(self, march: Round, liu: Member) -> None:
        LocalDays.objects.create(
            government_id=liu.actor.government_id, first=dt.date(2026, 3, 17), last=dt.date(2026, 3, 17), name="停电", ground="通知"
        )  # fmt: skip
        assert tick(at(3, 17)) == []
        LocalDays.objects.update(works=True, first=dt.date(2026, 3, 21), last=dt.date(2026, 3, 21))
        assert tick(at(3, 21)) != []

    def test_busy_days_cost_the_same_for_any_number_of_people(self, march: Round, liu: Member) -> None:
        Digest.objects.all().delete()
        few = self.cost(at(3, 17))
        for n in range(12):
            cast(f"p{n}", f"某{n}", "青禾县教育局", "clerk")
        assert self.cost(at(3, 20)) == few


def channel(place: int, kind: str, port: int, **more: object) -> Channel:
    fields: dict[str, object] = {
        "government_id": place,
        "kind": kind,
        "name": kind,
        "where": "http://10.1.1.5:8000",
    }
    if kind == "mail":
        fields |= {"host": "127.0.0.1", "port": port, "security": "none", "sender": "luoshi@example.cn"}
    else:
        fields |= {"hook": seal(f"http://127.0.0.1:{port}/send?key=KEY"), "shown": "127.0.0.1"}
    return Channel.objects.create(**fields | more)


class TestGoingOut:
    """By real sockets to receivers on this machine."""

    def test_one_mail_and_one_post_a_day(self, march: Round, li: Member, mailbox, robot) -> None:
        place = li.actor.government_id
        Wish.objects.create(person=li.account.person, mail=True, address="xiaoli@example.cn", mention=True, mobile="13800000000")  # fmt: skip
        channel(place, "mail", mailbox.port, username="u", secret=seal("p"))
        channel(place, "wecom", robot.port)
        said = tick(at(3, 17))
        tick(at(3, 17, 15))
        assert "青禾县“mail”：发出1条。" in said
        (letter,) = mailbox.letters
        assert letter["To"] == "xiaoli@example.cn"
        text = letter.get_content().strip()
        assert (
            text
            == "您有1件事项需要办理：1件快到期，最近3月20日。请登录http://10.1.1.5:8000 查看“待我办”。本邮件由系统发送，不用回复；办完后不再提醒。"
        )
        ((path, body),) = robot.posts
        assert path == "/send?key=KEY"
        assert body["msgtype"] == "text"
        assert body["text"]["mentioned_mobile_list"] == ["13800000000"]
        assert "快到期" in body["text"]["content"]
        assert not any(name in str(body) for name in ("教育局", "小李", "2月"))
        assert Channel.objects.exclude(good_at=None).count() == 2

    def test_a_failing_channel_keeps_its_reason_and_tries_again(
        self, march: Round, li: Member, robot
    ) -> None:
        ding = channel(li.actor.government_id, "dingtalk", robot.port, secret=seal("SECx"))
        robot.answer = (200, b'{"errcode":310000,"errmsg":"sign not match"}', {})
        assert "没有通过" in "".join(tick(at(3, 17)))
        ding.refresh_from_db()
        assert "加签密钥" in ding.error
        assert Digest.objects.filter(person=li.account.person).exists()  # the inbox works all the same
        tick(at(3, 17, 10, 3))
        assert len(robot.posts) == 1  # not yet
        robot.answer = (200, b'{"errcode":0}', {})
        tick(at(3, 17, 10, 6))
        assert len(robot.posts) == 2
        ding.refresh_from_db()
        assert ding.error == ""
        assert "sign=" in robot.posts[0][0]

    def test_given_up_at_last_and_never_the_day_after(self, march: Round, li: Member, robot) -> None:
        channel(li.actor.government_id, "feishu", robot.port)
        robot.answer = (500, b"", {})
        tick(at(3, 17, 9))
        tick(at(3, 18, 9))
        delivery = Delivery.objects.get()
        assert (delivery.next_try, delivery.sent_at) == (None, None)
        assert "不再补发" in delivery.reason
        assert len(robot.posts) == 1

    def test_what_is_done_by_the_second_try_is_not_sent(
        self, march: Round, book: Ledger, li: Member, wang: Member, robot
    ) -> None:
        channel(li.actor.government_id, "feishu", robot.port)
        robot.answer = (500, b"", {})
        tick(at(3, 17, 9))
        Report.objects.update(**{"state": "accepted"})
        tick(at(3, 17, 10))
        assert len(robot.posts) == 1
        assert "已办结" in Delivery.objects.get().reason

    def test_no_redirect_is_followed(self, march: Round, li: Member, robot) -> None:
        channel(li.actor.government_id, "wecom", robot.port)
        robot.answer = (302, b"", {"Location": f"http://127.0.0.1:{robot.port}/elsewhere"})
        assert "转到别的地址" in "".join(tick(at(3, 17)))
        assert [path for path, _ in robot.posts] == ["/send?key=KEY"]

    def test_a_stopped_channel_is_silent(self, march: Round, li: Member, robot) -> None:
        channel(li.actor.government_id, "wecom", robot.port, state="off")
        tick(at(3, 17))
        assert robot.posts == []


def test_a_year_of_keeping_watch_floods_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months of rounds nobody answers: the worst year there can be."""
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)  # the test's own
    place = settled(1, dt.date(2026, 2, 5))
    office = place.office
    for month in range(2, 13):
        day = dt.date(2026, month, 1)
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        if month > 2:
            due = national().add(day, 5)
            period = period_on("月", day - dt.timedelta(days=1))
            open_round(Asked(place.plan, period, due), by=office)
        while day.month == month:
            assert not watching.run(timezone.make_aware(dt.datetime.combine(day, dt.time(9)))).faults
            day += dt.timedelta(days=1)
    rows = list(Digest.objects.values_list("person", "day"))
    assert len(rows) == len(set(rows)) > 100
    assert all(national().is_workday(day) for _, day in rows)
    by_person: dict[int, list[dt.date]] = {}
    for person, day in sorted(rows):
        by_person.setdefault(person, []).append(day)
    gaps = [national().between(a, b) for days in by_person.values() for a, b in itertools.pairwise(days)]
    assert min(gaps) >= 3
    assert Order.objects.count() == 0
