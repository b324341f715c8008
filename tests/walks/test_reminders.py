"""A clerk is late: reminded once before, on the day and after, the head told, then the office, seen by the clerk and by the leader;
the report is sent, and everybody hears no more. E-mail and a group robot by real sockets."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.reminders.models import Digest
from luoshi.reporting.models import Report, Round
from luoshi.site import watching
from tests.people import Member, cast
from tests.receivers import listening
from tests.reporting import fields, ledger

DUE = dt.date(2026, 3, 20)


class Days:
    """The clock of the walk: on each day the watch is kept at half past nine."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(watching, "close_old_connections", lambda: None)  # the test's own

    def until(self, first: int, last: int) -> None:
        for day in range(first, last + 1):
            moment = timezone.make_aware(dt.datetime(2026, 3, day, 9, 30))
            self.monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
            done = watching.run(moment)
            assert not done.faults


def browser(member: Member) -> Client:
    client = Client()
    client.force_login(member.account)
    return client


def told(member: Member) -> int:
    return Digest.objects.filter(person=member.account.person).count()


def test_from_the_first_reminder_to_silence(
    liu: Member, wang: Member, li: Member, chen_admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = cast("yin", "尹局长", "青禾县教育局", "head")
    mayor = cast("lu", "陆县长", "青禾县人民政府", "leader")
    days = Days(monkeypatch)
    days.until(2, 2)
    book = ledger(wang, li)
    round = book.round(liu.actor, "2026年2月")
    Round.objects.filter(pk=round.pk).update(due=DUE)
    with listening("mail") as mailbox, listening("robot") as robot:
        admin, clerk = browser(chen_admin), browser(li)
        sent = {
            "name": "政务邮箱", "host": "127.0.0.1", "port": mailbox.port, "security": "none", "sender": "luoshi@example.cn", "where": "http://10.1.1.5/",
        }  # fmt: skip
        assert admin.post("/reminders/channels/mail/", sent).status_code == 302
        hook = f"http://127.0.0.1:{robot.port}/cgi-bin/webhook/send?key=abc"
        sent = {"kind": "wecom", "name": "联络员群", "hook": hook, "where": "http://10.1.1.5/"}
        assert admin.post("/reminders/channels/robot/", sent).status_code == 302
        answer = clerk.post("/reminders/mine/", {"mail": "on", "address": "xiaoli@example.cn"})
        assert answer.status_code == 302

        days.until(3, 20)  # before and on the day: the clerk alone
        assert (told(li), told(head), told(mayor)) == (2, 0, 0)
        assert [letter["To"] for letter in mailbox.letters] == ["xiaoli@example.cn"] * 2
        assert len(robot.posts) == 2

        days.until(21, 24)  # two working days overdue: the head
        assert told(head) == 1
        html = browser(head).get("/reminders/").content.decode()
        assert "本单位逾期未办 1件" in html
        assert "青禾县教育局" in html
        assert "已告知本单位负责人" in browser(li).get("/").content.decode()

        days.until(25, 27)  # five: the office; the leader sees it on their page, and is sent nothing
        office = browser(liu).get("/reminders/").content.decode()
        assert "逐级提醒后仍未办" in office
        assert "青禾县教育局" in office
        assert "已告知政府办" in browser(li).get("/").content.decode()
        page = browser(mayor).get("/").content.decode()
        assert "逐级提醒后仍未办" in page
        assert "2026年2月填报没有报" in page
        assert told(mayor) == 0

        # fill in and send, from the link in the reminder
        digest = Digest.objects.filter(person=li.account.person).order_by("day").last()
        _send(
            browser(li),
            round,
            li,
            next(line["address"] for line in digest.lines if line["button"] == "去填报"),
        )

        before = (told(li), told(head), len(mailbox.letters))
        lines_before = _about(li.actor.unit_id, round.pk)
        days.until(28, 31)
        assert (told(li), told(head), len(mailbox.letters)) == before
        assert _about(li.actor.unit_id, round.pk) == lines_before
        assert "逐级提醒后仍未办" not in _of(browser(mayor), "青禾县教育局")
        html = browser(li).get("/reminders/").content.decode()
        assert "已办" in html
        assert "去填报" not in html


def _about(unit: int, round: int) -> int:
    """How often anybody was told of this unit's sheet."""
    key = f"report:fill:{round}:{unit}"
    return sum(line["key"] == key for digest in Digest.objects.all() for line in digest.lines)


def _of(client: Client, unit: str) -> str:
    """What the leader's page says of a unit's silence."""
    html = client.get("/").content.decode()
    return "".join(part for part in html.split('<li class="item">') if unit in part.split("</li>")[0])


def _send(clerk: Client, round: Round, li: Member, address: str) -> None:
    """Fill in every row of the sheet, and send it."""
    sent = fields(clerk.get(address).content.decode())
    for report in Report.objects.filter(round=round, unit=li.actor.unit_id):
        sent |= {f"r{report.pk}-percent": "20", f"r{report.pk}-done": "已按计划推进。"}
        sent |= {f"f{figure.pk}-value": "4" for figure in report.figures.all()}
    html = clerk.post(address, {**sent, "do": "submit"}, follow=True).content.decode()
    assert "已提交2项" in html
