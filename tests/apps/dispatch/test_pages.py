"""The pages of the calendar: one confirmation, changes from a day with their history, days off, duties kept; what they ask the database."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from luoshi.core.periods import parse
from luoshi.core.workdays import national
from luoshi.dispatch.models import Duty, LocalDays, Rhythm
from luoshi.dispatch.queries.days import workdays_of
from luoshi.dispatch.queries.naming import Register
from luoshi.dispatch.queries.proposals import to_confirm
from luoshi.dispatch.queries.rhythms import to_keep
from luoshi.dispatch.services import confirming, duties
from luoshi.dispatch.watch import tick
from luoshi.journal.moves import Denied, Refused
from luoshi.ledger.models import Plan
from luoshi.org.models import Post, Unit
from luoshi.org.services.delegations import delegate
from luoshi.reporting.models import Round
from luoshi.reporting.services.opening import Asked, open_round
from tests.dispatch import confirmed, on, plan_of, watch
from tests.people import RAIL, Member, at_work, cast, unit

pytestmark = pytest.mark.django_db
ROWS = [
    {"actor": "各专班", "activity": "调度", "every": "旬"},
    {"actor": "综合协调组", "activity": "简报", "every": "旬"},
    {"actor": "各专班", "activity": "通报", "every": "月", "quote": "每月25日前通报一次"},
    {"actor": "", "activity": "调度", "every": "旬"},
    {"actor": "县长", "activity": "调度", "every": "半年", "at_least": True},
    {"actor": "分管副县长", "activity": "调度", "every": "月"},
    {"actor": "县发展和改革局", "activity": "会商", "every": "定期"},
]  # fmt: skip


@pytest.fixture
def leaders(db) -> dict[str, Member]:
    found = {}
    for login, name, title in (
        ("lu", "陆怀远", "县委副书记、县长"),
        ("shen", "沈亦舟", "常务副县长"),
        ("gu", "顾青岚", "副县长"),
        ("he", "何劲松", "副县长"),
    ):
        found[login] = cast(login, name, "青禾县人民政府", "leader")
        Post.objects.filter(person__name=name).update(title=title)
    found["tian"] = cast("tian", "田小禾", "青禾县发展和改革局", "force_office")
    Post.objects.filter(person__name="田小禾").update(
        title="项目攻坚专班办公室", covers=["项目攻坚行动"], scope="actions"
    )
    return found


@pytest.fixture
def plan(liu, wang, leaders) -> Plan:
    return plan_of(ROWS, Unit.objects.get(pk=wang.actor.unit_id))


def form_of(html: str) -> dict[str, str]:
    """What the browser would send of the confirmation as it stands."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("name", "").startswith(("r", "since")):
            sent[said["name"]] = said.get("value", "")
    for name, inner in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_what_the_rules_propose(plan, liu) -> None:
    lines = to_confirm(plan, Register(plan.government_id, plan))
    told = {(line.mechanism.actor, line.mechanism.activity): line for line in lines}
    assert [line.proposal.becomes for line in lines] == ["round", "paper", "paper", "duty", "duty", "none"]
    twice = told["各专班", "调度"]
    assert [row.order for row in (twice.mechanism, *twice.also)] == [1, 4]
    assert "写了2处，合为一个" in twice.proposal.note
    assert "不再另向单位要数" in told["综合协调组", "简报"].proposal.note
    assert told["各专班", "通报"].proposal.rhythm.due.said == "每月25日前"
    assert told["各专班", "通报"].named.words == "田小禾（项目攻坚专班办公室）"
    assert told["综合协调组", "简报"].named.words == "青禾县人民政府办公室"
    assert told["县长", "调度"].named.words == "陆怀远（县委副书记、县长）"
    assert told["分管副县长", "调度"].named.words == "顾青岚（副县长）、何劲松（副县长）"
    assert "选一个周期" in told["县发展和改革局", "会商"].question


def test_one_press_confirms_all(as_, plan, liu, leaders) -> None:
    client = as_(liu)
    address = reverse("dispatch:plan", args=[plan.pk])
    page = client.get(address).content.decode()
    assert "只向单位要一次数" in page
    assert "每旬调度" in page
    assert client.get("/calendar/").content.decode().count("去确认日程") == 1
    answer = client.post(address, form_of(page), follow=True)
    assert "已确认6个节奏，其中5个排入日程" in answer.content.decode()
    assert Rhythm.objects.filter(plan=plan).count() == 6
    assert "去确认日程" not in client.get("/calendar/").content.decode()
    assert client.post(address, form_of(page)).status_code == 422  # nothing is left to confirm
    assert Rhythm.objects.filter(plan=plan).count() == 6


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("becomes", "odd", "从列出的选项中选择"),
        ("every", "世纪", "从列出的选项中选择"),
        ("due_said", "随便", "不是一个期限"),
        ("lead", "-1", "不能是负数"),
        ("lead", "很多", "要写成整数"),
        ("lead", "99", "最多30个"),
        ("who", "火星局", "没有找到“火星局”"),
        ("every", "", "没有定周期"),
    ],
)
def test_what_is_wrong_in_a_row_is_told(as_, plan, liu, field: str, value: str, sentence: str) -> None:
    client = as_(liu)
    address = reverse("dispatch:plan", args=[plan.pk])
    sent = form_of(client.get(address).content.decode())
    row = plan.mechanisms.get(actor="综合协调组").pk
    answer = client.post(address, sent | {f"r{row}-{field}": value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Rhythm.objects.exists()


def test_two_rhythms_may_not_ask_the_units(as_, plan, liu) -> None:
    client = as_(liu)
    address = reverse("dispatch:plan", args=[plan.pk])
    sent = form_of(client.get(address).content.decode())
    row = plan.mechanisms.get(actor="综合协调组").pk
    answer = client.post(address, sent | {f"r{row}-becomes": "round"})
    assert answer.status_code == 422
    assert "只能有一个节奏向单位发起填报" in answer.content.decode()


def test_the_dates_of_a_row_follow_its_fields(as_, plan, liu) -> None:
    client = as_(liu)
    row = plan.mechanisms.get(actor="综合协调组").pk
    asked = {"row": row, f"r{row}-becomes": "paper", f"r{row}-every": "月", f"r{row}-due_said": "次月5日前", f"r{row}-shift": "later", f"r{row}-lead": "3"}  # fmt: skip
    with on(dt.date(2026, 1, 10)):
        page = client.get(reverse("dispatch:preview", args=[plan.pk]), asked).content.decode()
        assert '1月：<span class="nowrap">2月5日(周四)' in page
        assert "4月5日清明节放假，顺延到4月7日。" in page
        assert "不排" in client.get(reverse("dispatch:preview", args=[plan.pk]), asked | {f"r{row}-becomes": "none"}).content.decode()  # fmt: skip


class TestChanges:
    """From a day on, with a reason; what was before stays."""

    @pytest.fixture
    def rhythm(self, plan, liu) -> Rhythm:
        with on(dt.date(2026, 3, 2)):
            return next(r for r in confirmed(plan, dt.date(2026, 3, 2), liu.actor) if r.who == "分管副县长")

    def test_change(self, as_, rhythm, liu, leaders) -> None:
        watch(dt.date(2026, 3, 2), dt.date(2026, 4, 9))
        client = as_(liu)
        with on(dt.date(2026, 4, 10)):
            address = reverse("dispatch:change", args=[rhythm.pk])
            shown = client.get(address).content.decode()
            assert "顾青岚（副县长）、何劲松（副县长）" in shown
            sent = {"becomes": "duty", "every": "旬", "who": "顾青岚", "due_said": "", "shift": "within", "lead": "2", "day": "2026-04-11", "reason": "任务加紧", "document": "青政办发〔2026〕9号"}  # fmt: skip
            assert client.post(address, sent | {"reason": ""}).status_code == 422
            assert client.post(address, sent | {"day": "2026-04-01"}).status_code == 422
            assert client.post(address, sent).status_code == 302
        watch(dt.date(2026, 4, 10), dt.date(2026, 4, 30))
        mine = Duty.objects.filter(rhythm__mechanism=rhythm.mechanism_id)
        assert sorted(mine.values_list("until", "person__name", "state")) == [
            (dt.date(2026, 3, 31), "何劲松", "missed"),
            (dt.date(2026, 3, 31), "顾青岚", "missed"),
            (dt.date(2026, 4, 20), "顾青岚", "missed"),
            (dt.date(2026, 4, 30), "何劲松", "void"),
            (dt.date(2026, 4, 30), "顾青岚", "void"),
            (dt.date(2026, 4, 30), "顾青岚", "waiting"),
        ]
        with on(dt.date(2026, 4, 30)):
            page = client.get(reverse("dispatch:rhythm", args=[rhythm.pk])).content.decode()
        assert "任务加紧" in page
        assert "青政办发〔2026〕9号" in page
        with pytest.raises(Denied, match="已调整"), on(dt.date(2026, 5, 1)):
            confirming.stop(Rhythm.objects.get(pk=rhythm.pk), dt.date(2026, 5, 1), "再停", by=liu.actor)

    def test_stop_and_resume(self, as_, rhythm, liu) -> None:
        watch(dt.date(2026, 3, 2), dt.date(2026, 3, 9))
        client, sent = as_(liu), {"day": "2026-03-20", "reason": "换届", "document": ""}
        with on(dt.date(2026, 3, 10)):
            assert client.post(reverse("dispatch:stop", args=[rhythm.pk]), sent).status_code == 302
            early = client.post(reverse("dispatch:resume", args=[rhythm.pk]), sent | {"day": "2026-03-12"})
            assert "恢复的日期请选这一天或以后" in early.content.decode()
            assert client.post(reverse("dispatch:resume", args=[rhythm.pk]), sent | {"day": "2026-04-15"}).status_code == 302  # fmt: skip
            again = client.post(reverse("dispatch:resume", args=[rhythm.pk]), sent | {"day": "2026-04-15"})
            assert again.status_code == 409
        watch(dt.date(2026, 3, 10), dt.date(2026, 5, 31))
        rows = Duty.objects.filter(rhythm__mechanism=rhythm.mechanism_id, person__name="顾青岚")
        assert sorted(rows.values_list("until", "state")) == [
            (dt.date(2026, 3, 31), "void"), (dt.date(2026, 4, 30), "missed"), (dt.date(2026, 5, 31), "missed"),
        ]  # fmt: skip

    def test_who_takes_the_post_over_takes_the_duty_over(self, rhythm, liu, leaders) -> None:
        watch(dt.date(2026, 3, 2), dt.date(2026, 3, 9))
        heir = cast("xin", "新县长", "青禾县人民政府", "leader")
        old = Post.objects.get(person__name="顾青岚")
        Post.objects.filter(person__name="新县长").update(follows=old, title="副县长")
        Post.objects.filter(pk=old.pk).update(valid_to=dt.date(2026, 3, 15))
        lines = watch(dt.date(2026, 3, 10), dt.date(2026, 4, 3))
        assert "2026年3月调度随岗位由顾青岚移交给新县长。" in lines
        mine = Duty.objects.filter(rhythm=rhythm, person=heir.account.person)
        assert sorted(mine.values_list("until", flat=True)) == [dt.date(2026, 3, 31), dt.date(2026, 4, 30)]


class TestRounds:
    """A round whose day has gone by unwatched."""

    ROW = [{"actor": "各专班", "activity": "通报", "every": "月"}]

    @pytest.fixture
    def monthly(self, liu, wang) -> Plan:
        with on(dt.date(2026, 1, 5)):
            made = plan_of(self.ROW, Unit.objects.get(pk=wang.actor.unit_id))
            confirmed(made, dt.date(2026, 1, 5), liu.actor)
        return made

    def test_opened_late_with_a_day_of_its_own(self, monthly) -> None:
        watch(dt.date(2026, 1, 5), dt.date(2026, 1, 10))
        lines = watch(dt.date(2026, 2, 3), dt.date(2026, 2, 3))
        assert lines == [
            "《青禾县行动方案》2026年1月填报已发起，2月10日截止。到期没有发起，2月3日补发，截止日改为2月10日。"
        ]
        assert Round.objects.get().due == dt.date(2026, 2, 10)

    def test_of_several_only_the_last_is_asked(self, monthly, as_, liu) -> None:
        lines = watch(dt.date(2026, 4, 2), dt.date(2026, 4, 2))
        assert [line.partition("》")[2] for line in lines] == [
            "2026年1月填报1月30日到期时没有发起，时间已过，不再补发；累计数并入下一轮。",
            "2026年2月填报2月28日到期时没有发起，时间已过，不再补发；累计数并入下一轮。",
            "2026年3月填报已发起，4月10日截止。到期没有发起，4月2日补发，截止日改为4月10日。",
        ]
        with on(dt.date(2026, 4, 2)):
            page = as_(liu).get("/calendar/?view=county&month=2026-02").content.decode()
        assert "未发起" in page

    def test_one_opened_by_hand_is_taken(self, monthly, liu) -> None:
        with on(dt.date(2026, 1, 20)):
            from_hand = confirming_round(monthly, liu)
        assert watch(dt.date(2026, 1, 21), dt.date(2026, 1, 31)) == [
            "《青禾县行动方案》2026年1月填报已由人工发起，不再另发。"
        ]
        assert Round.objects.get() == from_hand

    def test_one_rhythm_that_fails_stops_no_other(self, liu, wang) -> None:
        home, first = Unit.objects.get(pk=wang.actor.unit_id), dt.date(2026, 1, 5)
        with on(first):
            empty, monthly = (
                plan_of(self.ROW, home, title) for title in ("没有单位的方案", "青禾县行动方案")
            )
            empty.tasks.get().assignments.all().delete()
            for plan in (empty, monthly):
                confirmed(plan, first, liu.actor)
        with on(dt.date(2026, 1, 28)) as now:
            done = tick(now)
            assert tick(now).faults == done.faults
        assert done.faults == [
            "《没有单位的方案》的“月通报”没有办成：这份方案的任务还没有对应到具体单位，没有可以填报的人。请先在台账中补全责任单位。"
        ]
        assert Round.objects.filter(plan=monthly).count() == 1

    def test_a_closed_plan_is_left_alone(self, monthly) -> None:
        Plan.objects.filter(pk=monthly.pk).update(**{"state": "closed"})
        assert watch(dt.date(2026, 1, 20), dt.date(2026, 2, 5)) == []


def confirming_round(plan: Plan, member: Member) -> Round:
    """A round of January, opened by a person."""
    return open_round(Asked(plan, parse("2026年1月"), dt.date(2026, 1, 30)), by=member.actor)


class TestDuties:
    """Kept, kept late, taken back, several at once."""

    @pytest.fixture
    def mine(self, plan, liu, wang) -> list[Duty]:
        today = timezone.localdate()
        rhythm = next(r for r in confirmed(plan, today, liu.actor) if r.activity == "简报")
        common = {"government_id": plan.government_id, "rhythm": rhythm, "unit_id": wang.actor.unit_id, "opens": today, "ask_on": today}  # fmt: skip
        return [
            Duty.objects.create(
                since=today - dt.timedelta(days=10 * n + 9), until=today - dt.timedelta(days=10 * n),
                said=today - dt.timedelta(days=10 * n), due=today - dt.timedelta(days=10 * n), state="missed" if n else "waiting", **common,
            )
            for n in range(3)
        ]  # fmt: skip

    def test_in_time_and_late(self, mine, wang) -> None:
        today = timezone.localdate()
        duties.keep(mine[0], today, by=wang.actor)
        duties.keep(mine[1], today, "会后补记", by=wang.actor)
        duties.keep(mine[2], mine[2].due, by=wang.actor)
        assert [duty.word() for duty in mine] == ["已完成", "逾期完成", "已完成"]
        with pytest.raises(Denied, match="已完成"):
            duties.keep(mine[0], today, by=wang.actor)
        duties.undo(mine[0], "记错了", by=wang.actor)
        assert (mine[0].state, mine[0].kept_on) == ("waiting", None)

    def test_the_day_makes_sense(self, mine, wang) -> None:
        with pytest.raises(Refused, match="还没有到"):
            duties.keep(mine[0], timezone.localdate() + dt.timedelta(days=1), by=wang.actor)
        with pytest.raises(Refused, match="不能早于"):
            duties.keep(mine[0], mine[0].since - dt.timedelta(days=1), by=wang.actor)

    def test_on_the_list_of_what_waits_and_several_at_once(self, as_, mine, wang) -> None:
        client = as_(wang)
        assert client.get("/").content.decode().count("去登记") == 3
        page = client.get("/calendar/duties/").content.decode()
        assert page.count('name="duty"') == 3
        none = client.post("/calendar/duties/keep/", {"on": "2026-01-01"}, follow=True)
        assert "没有选中" in none.content.decode()
        today = timezone.localdate().isoformat()
        sent = {"duty": [duty.pk for duty in mine[1:]], "on": today, "note": ""}
        answer = client.post("/calendar/duties/keep/", sent, follow=True)
        assert "已登记2项完成" in answer.content.decode()
        assert Duty.objects.filter(state="kept").count() == 2
        assert client.get("/").content.decode().count("去登记") == 1

    def test_a_delegate_keeps_for_the_principal(self, mine, plan, liu, li, leaders) -> None:
        today = timezone.localdate()
        mayor = leaders["lu"].account.person
        duty = Duty.objects.create(
            government_id=plan.government_id, rhythm=mine[0].rhythm, person=mayor, since=today, until=today, opens=today, ask_on=today,
            said=today, due=today,
        )  # fmt: skip
        delegate(mayor.posts.get(), li.account.person, today, today, by=leaders["lu"].actor, reason="出差")
        acting = at_work(li, f"for-{mayor.pk}-{mayor.posts.get().unit_id}")
        assert acting.principal
        assert [one.pk for one in to_keep(acting)] == [duty.pk]
        with pytest.raises(Denied):
            duties.keep(duty, today, by=li.actor)
        duties.keep(duty, today, by=acting)
        assert (duty.state, duty.kept_by) == ("kept", "小李")

    def test_undo_asks_why(self, as_, mine, wang) -> None:
        client = as_(wang)
        duties.keep(mine[0], timezone.localdate(), by=wang.actor)
        address = reverse("dispatch:undo", args=[mine[0].pk])
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "记错了"}).status_code == 302
        page = client.get(reverse("dispatch:duty", args=[mine[0].pk])).content.decode()
        assert "记错了" in page


class TestDaysOff:
    """The county's own days, and a year's official arrangement entered by hand."""

    SENT = {
        "name": "县庆",
        "first": "2027-03-31",
        "last": "",
        "ground": "县政府通知",
        "works": "",
        "publishes": "",
    }

    def test_a_year_that_is_not_published_says_so(self, as_, liu) -> None:
        client = as_(liu)
        assert "尚未公布" in client.get("/calendar/?month=2027-03").content.decode()
        assert "还没有录入" in client.get("/calendar/?month=2031-03").content.decode()
        page = client.get("/calendar/days/?year=2027").content.decode()
        assert "暂估" in page
        sent = self.SENT | {
            "name": "春节",
            "first": "2027-02-05",
            "last": "2027-02-11",
            "ground": "放假通知",
            "publishes": "2027",
        }
        assert client.post("/calendar/days/?year=2027", sent).status_code == 302
        assert "尚未公布" not in client.get("/calendar/?month=2027-03").content.decode()
        assert "（已公布）" in client.get("/calendar/days/?year=2027").content.decode()
        days = workdays_of(liu.actor.government_id)
        assert (days.status(2027), days.is_workday(dt.date(2027, 2, 11))) == ("published", False)
        assert national().status(2027) == "estimated"

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"last": "2027-03-01"}, "早于起始日期"),
            ({"last": "2027-12-31"}, "最多登记31天"),
            ({"publishes": "2026"}, "不在2026年"),
            ({"publishes": "明年"}, "四位年份"),
            ({"name": ""}, "请写明名称"),
            ({"ground": ""}, "请写明依据"),
            ({"first": "2027-02-30"}, "年-月-日"),
        ],
    )
    def test_what_makes_no_sense_is_told(self, as_, liu, change: dict[str, str], sentence: str) -> None:
        answer = as_(liu).post("/calendar/days/", self.SENT | change)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not LocalDays.objects.exists()

    def test_months_without_a_working_day_are_a_slip(self, as_, liu) -> None:
        client = as_(liu)
        for first, last in (("2027-03-01", "2027-03-31"), ("2027-04-01", "2027-04-30")):
            answer = client.post("/calendar/days/", self.SENT | {"first": first, "last": last})
        assert "没有工作日" in answer.content.decode()
        assert LocalDays.objects.count() == 1
        assert client.get("/calendar/?month=2027-04").status_code == 200

    def test_overlaps_and_taking_back(self, as_, liu) -> None:
        client = as_(liu)
        client.post("/calendar/days/", self.SENT)
        again = client.post("/calendar/days/", self.SENT | {"name": "又一次"})
        assert "日期重叠" in again.content.decode()
        row = LocalDays.objects.get()
        address = reverse("dispatch:withdraw_days", args=[row.pk])
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "不放了"}).status_code == 302
        assert workdays_of(liu.actor.government_id).is_workday(dt.date(2027, 3, 31))
        assert client.post(address, {"reason": "再来"}).status_code == 409


@pytest.mark.parametrize("who", ["liu", "wang", "lu"])
def test_pages_ask_the_same_however_much_there_is(request, as_, plan, liu, wang, leaders, who: str) -> None:
    """Queries of every page with a month of one plan, and with three months of four."""
    member = leaders["lu"] if who == "lu" else request.getfixturevalue(who)
    client = as_(member)
    first = dt.date(2026, 3, 2)
    with on(first):
        rhythms = confirmed(plan, first, liu.actor)
    addresses = ["/calendar/?view=mine", "/calendar/?view=county", "/calendar/?view=county&as=list", "/calendar/duties/", "/calendar/days/",
                 f"/calendar/plans/{plan.pk}/", f"/calendar/rhythms/{rhythms[0].pk}/", f"/calendar/rhythms/{rhythms[3].pk}/"]  # fmt: skip
    watch(first, dt.date(2026, 3, 31))

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            with on(dt.date(2026, 3, 31)), CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    before = asked()
    home = Unit.objects.get(pk=wang.actor.unit_id)
    with on(dt.date(2026, 3, 31)):
        for n in range(3):
            confirmed(plan_of(ROWS, home, f"方案{n}"), dt.date(2026, 3, 31), liu.actor)
    watch(dt.date(2026, 3, 31), dt.date(2026, 3, 31))
    assert asked() == before
    assert max(before) <= RAIL + 20


def test_names_of_a_plan_are_read_against_the_county(plan, liu, leaders) -> None:
    towns = [unit(f"{name}人民政府", plan.government, kind="town") for name in ("石桥镇", "云台镇")]
    everywhere = unit("各乡镇人民政府", plan.government, kind="collective")
    everywhere.members.set(towns)
    names = Register(plan.government_id, plan)
    assert names.named("各乡镇人民政府").words == "石桥镇人民政府、云台镇人民政府"
    assert names.named("县发改局、陆怀远").words == "青禾县发展和改革局、陆怀远（县委副书记、县长）"
    assert (
        names.named("工作专班和综合协调组").unknown == ("工作专班",)
        or names.named("工作专班和综合协调组").posts
    )
    assert names.named("常务副县长").words == "沈亦舟（常务副县长）"
    assert names.named("各级各部门主要领导").unknown == ("各级各部门主要领导",)
    assert names.named("专班", "项目攻坚行动").words == "田小禾（项目攻坚专班办公室）"
    assert names.named("专班", "产业提质行动").unknown == ("专班",)
    assert names.named("").words == ""
    assert names.named("各牵头单位").words == "青禾县发展和改革局"
