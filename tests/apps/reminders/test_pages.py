"""The inbox, the rules, the channels, the office's press: who may, what is kept secret, what garbage is answered."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.reminding.rules import default_rules
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused
from luoshi.reminders import outgoing, strongbox
from luoshi.reminders.models import Channel, Digest, Escalation, ReminderRules, Wish
from luoshi.reminders.services.digests import remind
from luoshi.reminders.services.urging import urge
from luoshi.reminders.watch import tick
from luoshi.reporting.models import Report, Round, Sheet
from tests.apps.reminders.conftest import at
from tests.apps.site.test_attack import GARBAGE
from tests.people import Member, cast

pytestmark = pytest.mark.django_db
RULES = {
    "ahead": "5", "gap": "4", "again": "6", "head_after": "3", "office_after": "6", "on_day": "on",
    "opens": "09:00", "closes": "17:00", "ground": "县政府办会议纪要",
}  # fmt: skip
MAIL = {
    "name": "政务邮箱", "host": "smtp.example.cn", "port": "465", "security": "ssl", "sender": "luoshi@example.cn",
    "username": "luoshi", "secret": "p@ss-word", "where": "http://10.1.1.5:8000/",
}  # fmt: skip
ROBOT = {"kind": "dingtalk", "name": "联络员群", "hook": "https://oapi.example.cn/robot/send?access_token=TOKEN1", "secret": "SECkey"}  # fmt: skip


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch):
    def set_to(moment: dt.datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


class TestInbox:
    def test_what_was_told_and_what_is_done_by_now(self, as_, march: Round, li: Member) -> None:
        tick(at(3, 17))
        client = as_(li)
        assert "1条未读" in client.get("/").content.decode()
        html = client.get("/reminders/").content.decode()
        assert "快到期 1件" in html
        assert "去填报" in html
        assert client.post("/reminders/read/").status_code == 302
        assert not Digest.objects.get(person=li.account.person).unread
        Report.objects.update(**{"state": "accepted"})
        html = client.get("/reminders/").content.decode()
        assert "已办" in html
        assert "去填报" not in html

    def test_nobody_reads_anothers(
        self, as_, march: Round, li: Member, liu: Member, chen_admin: Member
    ) -> None:
        tick(at(3, 17))
        for member in (liu, chen_admin):
            as_(member).post("/reminders/read/")
            html = as_(member).get("/reminders/").content.decode()
            assert "待填报" not in html
        assert Digest.objects.get(person=li.account.person).unread
        fields = {field.name for field in Digest._meta.fields}
        assert not {
            name for name in fields if "read_at" in name or "seen" in name
        }  # no statistics of reading

    def test_empty_says_what_comes_here(self, as_, li: Member) -> None:
        assert "还没有提醒" in as_(li).get("/reminders/").content.decode()

    def test_cost(self, as_, march: Round, li: Member) -> None:
        tick(at(3, 17))
        client = as_(li)
        client.get("/reminders/")
        with CaptureQueriesContext(connection) as few:
            client.get("/reminders/")
        line = Digest.objects.get(person=li.account.person).lines[0]
        for n in range(1, 9):
            Digest.objects.create(
                government_id=li.actor.government_id, person=li.account.person, day=dt.date(2026, 4, n), lines=[line] * 9, made_at=at(4, n)
            )  # fmt: skip
        with CaptureQueriesContext(connection) as more:
            client.get("/reminders/")
        assert len(more) == len(few) <= 17, len(few)

    def test_a_long_digest_says_how_many_more_and_where(
        self, as_, march: Round, li: Member, liu: Member
    ) -> None:
        tick(at(3, 17))
        digest = Digest.objects.get(person=li.account.person)
        line = digest.lines[0]
        digest.lines = [line, *({**line, "key": f"order:{n}:1", "what": f"签收：事项{n}号", "role": "office", "stage": "office"} for n in range(120))]  # fmt: skip
        digest.save()
        client, whole = as_(li), f"/reminders/{digest.pk}/"
        html = client.get("/reminders/").content.decode()
        assert [n for n in range(120) if f"事项{n}号" in html] == list(range(19))
        assert f'<a href="{whole}">还有101件，看全部121件</a>' in html
        shown = [client.get(f"{whole}?page={page}").content.decode() for page in (1, 2, 3)]
        counts = [sum(f"事项{n}号" in html for n in range(120)) for html in shown]
        assert counts == [49, 50, 21]
        assert line["button"] in shown[0]
        assert as_(liu).get(whole).status_code == 404

    def test_the_clerk_sees_how_far_silence_has_gone(self, as_, march: Round, li: Member) -> None:
        cast("yin", "尹局长", "青禾县教育局", "head")
        for day in range(20, 25):
            tick(at(3, day))
        assert "已告知本单位负责人" in as_(li).get("/").content.decode()
        for day in range(25, 28):
            tick(at(3, day))
        assert "已告知政府办" in as_(li).get("/").content.decode()


class TestWish:
    def test_kept_for_the_person_alone(self, as_, li: Member) -> None:
        sent = {"mail": "on", "address": "xiaoli@example.cn", "mention": "on", "mobile": "13800000000"}
        assert as_(li).post("/reminders/mine/", sent).status_code == 302
        assert Wish.objects.get().person_id == li.actor.person_id
        said = json.dumps(list(Event.objects.values_list("data", flat=True)))
        assert "xiaoli" not in said
        assert "1380" not in said
        assert "xiaoli@example.cn" in as_(li).get("/reminders/mine/").content.decode()

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"mail": "on"}, "要发邮件请填写邮箱"),
            ({"address": "不是邮箱"}, "不是邮箱地址"),
            ({"address": "a@b.cn\nBcc: c@d.cn"}, "不是邮箱地址"),
            ({"mention": "on"}, "要点名请填写手机号"),
            ({"mobile": "12345"}, "11位数字"),
        ],
    )
    def test_garbage(self, as_, li: Member, sent, says) -> None:
        answer = as_(li).post("/reminders/mine/", sent)
        assert answer.status_code == 422
        assert says in answer.content.decode()


class TestRules:
    def test_the_office_sets_them_with_a_ground(self, as_, liu: Member, li: Member) -> None:
        assert as_(liu).post("/reminders/rules/set/", RULES).status_code == 302
        rules = ReminderRules.objects.get().rules
        assert (rules.ahead, rules.gap, rules.opens) == (5, 4, dt.time(9))
        html = as_(li).get("/reminders/rules/").content.decode()
        assert "县政府办会议纪要" in html
        assert "9:00至17:00" in html
        assert "修改规则" not in html
        assert Event.objects.get(verb="set").note == "县政府办会议纪要"

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"ahead": "3"}, "不能少于静默期"),
            ({"gap": "一"}, "应为1到30的整数"),
            ({"gap": "99999999999999999999"}, "应为1到30的整数"),
            ({"ground": ""}, "请写明依据"),
            ({"opens": "25:00"}, "8:30的样子"),
            ({"closes": "08:00"}, "早于结束"),
            ({"ground": "字" * 201}, "不能超过200个字符"),
        ],
    )
    def test_garbage(self, as_, liu: Member, change, says) -> None:
        answer = as_(liu).post("/reminders/rules/set/", RULES | change)
        assert answer.status_code == 422
        assert says in answer.content.decode()


class TestChannels:
    def test_secrets_are_nowhere_to_be_read(self, as_, chen_admin: Member) -> None:
        client = as_(chen_admin)
        assert client.post("/reminders/channels/mail/", MAIL).status_code == 302
        assert client.post("/reminders/channels/robot/", ROBOT).status_code == 302
        mail, robot = Channel.objects.order_by("pk")
        assert strongbox.unseal(mail.secret) == "p@ss-word"
        assert strongbox.unseal(robot.hook) == ROBOT["hook"]
        pages = "".join(
            client.get(address).content.decode()
            for address in ("/reminders/channels/", f"/reminders/channels/{mail.pk}/", f"/reminders/channels/{robot.pk}/")
        )  # fmt: skip
        kept = json.dumps([*Event.objects.values("data", "note")], ensure_ascii=False)
        rows = json.dumps([*Channel.objects.values_list("secret", "hook", "shown", "username")])
        for secret in ("p@ss", "TOKEN1", "SECkey"):
            assert secret not in pages
            assert secret not in kept
            assert secret not in rows
        assert "oapi.example.cn" in pages

    def test_an_empty_secret_changes_nothing(self, as_, chen_admin: Member) -> None:
        client = as_(chen_admin)
        client.post("/reminders/channels/mail/", MAIL)
        mail = Channel.objects.get()
        client.post(f"/reminders/channels/{mail.pk}/", MAIL | {"secret": "", "host": "mail.example.cn"})
        mail.refresh_from_db()
        assert (mail.host, strongbox.unseal(mail.secret)) == ("mail.example.cn", "p@ss-word")

    def test_one_mail_server(self, as_, chen_admin: Member) -> None:
        client = as_(chen_admin)
        client.post("/reminders/channels/mail/", MAIL)
        answer = client.post("/reminders/channels/mail/", MAIL)
        assert "已经有一个邮件服务器" in answer.content.decode()
        pk = Channel.objects.get().pk
        assert client.post(f"/reminders/channels/{pk}/remove/").status_code == 302
        assert Channel.objects.get(pk=pk).secret == ""
        assert client.get(f"/reminders/channels/{pk}/").status_code == 404
        assert client.post("/reminders/channels/mail/", MAIL).status_code == 302

    def test_try_it(self, as_, chen_admin: Member, robot, mailbox) -> None:
        client = as_(chen_admin)
        hook = f"http://127.0.0.1:{robot.port}/hook?access_token=T"
        client.post("/reminders/channels/robot/", ROBOT | {"hook": hook})
        pk = Channel.objects.get().pk
        assert client.post(f"/reminders/channels/{pk}/try/").status_code == 302
        ((path, body),) = robot.posts
        assert path.startswith("/hook?access_token=T&timestamp=")
        assert "测试消息" in body["text"]["content"]
        robot.answer = (200, b'{"errcode":310000,"errmsg":"<b>x</b>"}', {})
        answer = client.post(f"/reminders/channels/{pk}/try/")
        assert answer.status_code == 422
        assert "加签密钥" in answer.content.decode()
        assert "加签密钥" in client.get("/reminders/channels/").content.decode()
        client.post(
            "/reminders/channels/mail/",
            MAIL | {"host": "127.0.0.1", "port": mailbox.port, "security": "none"},
        )
        pk = Channel.objects.get(kind="mail").pk
        assert client.post(f"/reminders/channels/{pk}/try/", {"to": "a@b.cn"}).status_code == 302
        assert mailbox.letters[0]["To"] == "a@b.cn"
        assert mailbox.logins
        for refuse, says in (("login", "账号或密码"), ("to", "不收这个收件地址")):
            mailbox.refuse = refuse
            assert says in client.post(f"/reminders/channels/{pk}/try/", {"to": "a@b.cn"}).content.decode()

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"hook": ""}, "请填写机器人地址"),
            ({"hook": "ftp://x/y"}, "以https开头"),
            ({"hook": "https://user@host/x"}, "以https开头"),
            ({"hook": "https://[::1"}, "以https开头"),
            ({"hook": "https://a b/c"}, "以https开头"),
            ({"hook": "https://a:99999/c"}, "以https开头"),
            ({"kind": "sms"}, "请从列出的选项中选择"),
            ({"name": ""}, "请给这个渠道起个名称"),
            ({"where": "javascript:alert(1)"}, "“网址”应写成"),
        ],
    )
    def test_garbage(self, as_, chen_admin: Member, change, says) -> None:
        answer = as_(chen_admin).post("/reminders/channels/robot/", ROBOT | change)
        assert answer.status_code == 422
        assert says in answer.content.decode()

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"host": "http://x/"}, "只填名称或地址"),
            ({"port": "0"}, "1到65535"),
            ({"port": "x"}, "1到65535"),
            ({"sender": "x"}, "不是邮箱地址"),
            ({"security": "rot13"}, "请从列出的选项中选择"),
            ({"secret": "密码"}, "英文字母、数字和符号"),
        ],
    )
    def test_mail_garbage(self, as_, chen_admin: Member, change, says) -> None:
        answer = as_(chen_admin).post("/reminders/channels/mail/", MAIL | change)
        assert answer.status_code == 422
        assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://169.254.169.254/latest/meta-data/", "不是可以发送的地址"),
        ("https://169.254.169.254/", "不是可以发送的地址"),
        ("http://0.0.0.0/", "不是可以发送的地址"),
        ("http://[::ffff:169.254.169.254]/", "不是可以发送的地址"),
        ("http://93.184.216.34/", "只能用于内网"),
        ("file:///etc/passwd", "以https开头"),
        ("http://127.0.0.1:1/", "连不上"),
        ("https://no-such-host.invalid/", "找不到服务器"),
    ],
)
def test_where_nothing_is_sent(address: str, says: str) -> None:
    with pytest.raises(outgoing.CannotSend, match=says):
        outgoing.post(address, b"{}")


def test_a_robot_that_speaks_no_tls(robot) -> None:
    with pytest.raises(outgoing.CannotSend, match=r"证书|没有成功"):
        outgoing.post(f"https://127.0.0.1:{robot.port}/", b"{}")


def test_the_strongbox(settings) -> None:
    sealed = strongbox.seal("机密" * 40)
    assert strongbox.unseal(sealed) == "机密" * 40
    assert strongbox.seal("a") != strongbox.seal("a")
    for broken in (sealed[:-4] + "AAA=", "!", "AAAA"):
        with pytest.raises(strongbox.Locked, match="重新填写"):
            strongbox.unseal(broken)
    settings.SECRET_KEY = "another"
    with pytest.raises(strongbox.Locked):
        strongbox.unseal(sealed)


class TestUrging:
    def test_pressed_it_is_told_at_once_and_not_again_within_the_gap(
        self, as_, now, march: Round, liu: Member, li: Member
    ) -> None:
        now(at(3, 10))
        address, sent = f"/reminders/rounds/{march.pk}/remind/", {"units": [li.actor.unit_id]}
        answer = as_(liu).post(address, sent, follow=True)
        assert "已催报1个单位" in answer.content.decode()
        digest = Digest.objects.get()
        assert (digest.person_id, digest.by, digest.lines[0]["stage"]) == (
            li.actor.person_id,
            "刘主任",
            "asked",
        )
        for day in (10, 11, 12):
            now(at(3, day))
            with pytest.raises(Refused, match=r"静默期内（3个工作日）已经提醒过，3月13日起可以再催"):
                urge(march, [li.actor.unit_id], by=liu.actor)
        assert Sheet.objects.get(unit=li.actor.unit_id).reminded == 1
        now(at(3, 13))
        assert urge(march, [li.actor.unit_id], by=liu.actor).units == 1
        tick(at(3, 17))  # would be the day before, but the gap is not over
        assert Digest.objects.filter(person=li.account.person).count() == 2

    def test_what_the_tick_has_told_counts_too(self, now, march: Round, liu: Member, li: Member) -> None:
        now(at(3, 17))
        tick(at(3, 17))
        with pytest.raises(Refused, match="3月20日起可以再催"):
            urge(march, [li.actor.unit_id], by=liu.actor)

    def test_some_are_left_in_peace(self, now, march: Round, liu: Member, li: Member, wang: Member) -> None:
        now(at(3, 10))
        urge(march, [li.actor.unit_id], by=liu.actor)
        done = urge(march, [li.actor.unit_id, wang.actor.unit_id], by=liu.actor)
        assert (done.units, done.left, done.until) == (1, 1, dt.date(2026, 3, 13))

    def test_not_at_night_not_by_others(self, now, march: Round, liu: Member, li: Member) -> None:
        now(at(3, 10, 22))
        with pytest.raises(Refused, match="工作日8:30至17:30"):
            urge(march, [li.actor.unit_id], by=liu.actor)
        now(at(3, 10))
        with pytest.raises(Denied, match="催报由"):
            urge(march, [li.actor.unit_id], by=li.actor)
        with pytest.raises(Refused, match="不需要催报"):
            urge(march, [], by=liu.actor)

    def test_a_unit_without_people_is_pressed_once(self, now, march: Round, liu: Member, li: Member) -> None:
        li.account.person.posts.all().delete()
        now(at(3, 10))
        urge(march, [li.actor.unit_id], by=liu.actor)
        with pytest.raises(Refused, match="静默期"):
            urge(march, [li.actor.unit_id], by=liu.actor)
        assert not Digest.objects.exists()


RIGHTS = {
    # address: who may (others 403)
    "/reminders/": {"liu", "wang", "li", "leader", "inspector", "assessor", "force", "chen_admin", "gao", "auditor"},
    "/reminders/mine/": {"liu", "wang", "li", "leader", "inspector", "assessor", "force", "chen_admin", "gao", "auditor"},
    "/reminders/waiting/": {"liu", "wang", "li", "leader", "inspector", "assessor", "force", "chen_admin", "gao", "auditor"},
    "/reminders/rules/": {"liu", "wang", "li", "leader", "inspector", "assessor", "force"},
    "/reminders/rules/set/": {"liu"},
    "/reminders/leader/": {"leader"},
    "/reminders/channels/": {"chen_admin"},
    "/reminders/channels/mail/": {"chen_admin"},
    "/reminders/channels/robot/": {"chen_admin"},
    "/reminders/channels/{pk}/": {"chen_admin"},
    "/reminders/channels/{pk}/try/": {"chen_admin"},
    "/reminders/channels/{pk}/stop/": {"chen_admin"},
    "/reminders/channels/{pk}/remove/": {"chen_admin"},
}  # fmt: skip


@pytest.fixture
def people(liu, wang, li, chen_admin, gao, auditor) -> dict[str, Member]:
    return {
        "liu": liu, "wang": wang, "li": li, "chen_admin": chen_admin, "gao": gao, "auditor": auditor,
        "leader": cast("lu", "陆县长", "青禾县人民政府", "leader"),
        "inspector": cast("du", "督查", "青禾县人民政府督查室", "inspector"),
        "assessor": cast("zhong", "钟平", "中共青禾县委组织部", "assessor"),
        "force": cast("tian", "田小禾", "青禾县发展和改革局", "force_office"),
    }  # fmt: skip


@pytest.mark.parametrize("address", RIGHTS)
def test_every_post_at_every_address(as_, people: dict[str, Member], address: str) -> None:
    place = people["liu"].actor.government_id
    pk = Channel.objects.create(
        government_id=place, kind="wecom", name="群", hook=strongbox.seal("https://x/y")
    ).pk
    for name, member in people.items():
        expected = 200 if name in RIGHTS[address] else 403
        assert as_(member).get(address.format(pk=pk)).status_code == expected, name


def test_another_countys_channels_are_not_there(as_, chen_admin: Member) -> None:
    other = cast("wu", "吴工", "白露县数据局", "system_admin", place="白露县")
    pk = Channel.objects.create(government_id=other.actor.government_id, kind="wecom", name="白露的群").pk
    client = as_(chen_admin)
    assert client.get(f"/reminders/channels/{pk}/").status_code == 404
    assert client.post(f"/reminders/channels/{pk}/remove/").status_code == 404
    assert "白露的群" not in client.get("/reminders/channels/").content.decode()


def test_escalations_and_digests_are_made_once_by_two_at_a_time(
    march: Round, li: Member, monkeypatch
) -> None:
    """Two watchers in the same moment: the second finds nothing in its way and makes nothing more."""
    for past in ("past_of", "last_told"):
        monkeypatch.setattr(f"luoshi.reminders.services.digests.{past}", lambda *_: {})
    for _ in range(2):
        remind(li.actor.government_id, at(3, 27), _rules())
    assert Digest.objects.filter(person=li.account.person).count() == 1
    assert Escalation.objects.values("key", "role").distinct().count() == Escalation.objects.count() > 0


def _rules():
    return default_rules(timezone.localdate())


FIELDS = [*RULES, *MAIL, *ROBOT, "days_off", "mail", "address", "mention", "mobile", "to", "units"]
FORMS = {
    "chen_admin": ("channels/mail/", "channels/robot/", "channels/{pk}/", "channels/{pk}/try/"),
    "liu": ("rules/set/", "mine/", "rounds/{round}/remind/"),
}


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("who", FORMS)
def test_garbage_in_every_field(request, march: Round, who: str, garbage: str) -> None:
    member, value = request.getfixturevalue(who), GARBAGE[garbage]
    pk = Channel.objects.create(
        government_id=member.actor.government_id, kind="mail", name="邮箱", host="127.0.0.1", port=1
    ).pk
    client = Client(raise_request_exception=False)
    client.force_login(member.account)
    fields = {} if value is None else dict.fromkeys(FIELDS, value.encode("utf-8", "surrogateescape"))
    for address in FORMS[who]:
        where = "/reminders/" + address.format(pk=pk, round=march.pk)
        answer = client.post(where, urlencode(fields), content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {302, 400, 409, 422}, (where, answer.status_code)
    assert not ReminderRules.objects.exists()
