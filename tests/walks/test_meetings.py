"""A meeting through the pages alone: prepared, its pack frozen, held, decided, answered; the next pack reads it again first; minutes."""

import datetime as dt
import io
import json
import re
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.bulletins.models import Bulletin
from luoshi.journal.models import Event
from luoshi.journal.sealing import seal, verify
from luoshi.meetings.models import Decision, Meeting
from tests.people import Member, cast, desks_of
from tests.reporting import Ledger, last_month

WRITTEN = (
    ("a1", "补齐两个项目的用地手续", "县发展和改革局", "两周内", "教育局"),
    ("b2", "公办幼儿园开工前把设计审完", "教育局", "月底前", ""),
)


@pytest.fixture
def book(liu: Member, wang: Member, li: Member) -> Ledger:
    return last_month(liu, wang, li)


@pytest.fixture
def desks(liu: Member, wang: Member, li: Member) -> dict[str, Client]:
    return desks_of(
        office=liu,
        doer=wang,
        helper=li,
        teacher=cast("yin", "尹局长", "青禾县教育局", "head"),
        leader=cast("lu", "陆县长", "青禾县人民政府", "leader"),
    )


def the_form(client: Client, address: str) -> dict[str, str]:
    """What a form shows at first, by field."""
    html = client.get(address).content.decode()
    found = dict(re.findall(r'<input type="(?:text|date)" name="(\w+)"(?: value="([^"]*)")?', html))
    found |= {
        n: t.strip() for n, t in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', html, re.S)
    }
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_from_preparing_to_the_minutes(desks: dict[str, Client], book: Ledger, liu: Member) -> None:
    office, doer, leader = desks["office"], desks["doer"], desks["leader"]
    today = timezone.localdate()

    # prepared
    chair = Event.objects.none()  # nobody yet
    assert not chair
    person = cast("vice", "程副县长", "青禾县人民政府", "leader").account.person
    sent = {
        "kind": "dispatch", "title": "11月重点任务调度会", "day": today.isoformat(), "time": "15:00", "place": "三楼会议室",
        "chair": person.pk, "plans": book.plan.pk, "units": [book.wang.pk, book.li.pk], "topics": "冬春农田水利",
    }  # fmt: skip
    assert office.post("/meetings/new/", sent).status_code == 302
    meeting = Meeting.objects.get()
    assert "定会议材料" in office.get("/").content.decode()
    assert doer.get(f"/meetings/{meeting.pk}/").status_code == 200

    # its pack frozen, read by the leader
    assert office.post(f"/meetings/{meeting.pk}/freeze/", {"as_of": today.isoformat()}).status_code == 302
    pack = json.loads(leader.get(f"/meetings/{meeting.pk}/pack.json").content)
    assert [slug for slug, _ in pack["agenda"]["sections"]][-1] == "topics"
    assert "没有报送" in leader.get(f"/meetings/{meeting.pk}/").content.decode()

    # held, decided
    assert office.post(f"/meetings/{meeting.pk}/do/hold/")["Location"] == f"/meetings/{meeting.pk}/live/"
    for token, *words in WRITTEN:
        row = dict(zip(("text", "unit_said", "due_said", "helpers_said"), words, strict=True))
        office.post(f"/meetings/{meeting.pk}/rows/", {"token": token, "version": "0", **row})
    assert office.post(f"/meetings/{meeting.pk}/do/close/").status_code == 302
    first, second = Decision.objects.order_by("pk")
    assert (first.state, first.unit, list(first.helpers.all())) == ("open", book.wang, [book.li])

    # the unit answers
    assert first.text in doer.get("/").content.decode()
    assert second.text not in doer.get("/").content.decode()
    doer.post(f"/meetings/decisions/{first.pk}/answer/", {"text": "手续都已补齐。", "how": "done"})
    office.post(f"/meetings/decisions/{first.pk}/accept/")
    desks["teacher"].post(
        f"/meetings/decisions/{second.pk}/answer/", {"text": "还差一份图审意见。", "how": "going"}
    )
    Decision.objects.filter(pk=second.pk).update(due=today - dt.timedelta(days=1))

    # the next pack reads it again first, filled in from the last
    again = the_form(office, "/meetings/new/?kind=dispatch")
    assert (again["place"], again["chair"]) == ("三楼会议室", str(person.pk))
    plans = {"plans": book.plan.pk, "units": [book.wang.pk, book.li.pk]}
    office.post("/meetings/new/", {**again, **plans, "day": today.isoformat()})
    following = Meeting.objects.get(state="planned")
    office.post(f"/meetings/{following.pk}/freeze/", {"as_of": today.isoformat()})
    sections = json.loads(office.get(f"/meetings/{following.pk}/pack.json").content)["agenda"]["sections"]
    assert sections[0][0] == "again"
    assert [(row["key"], row["level"], row["said"]) for row in sections[0][1]] == [
        (f"decision:{second.pk}", "late", "还差一份图审意见。"),
        (f"decision:{first.pk}", "done", "手续都已补齐。"),
    ]
    html = office.get(f"/meetings/{following.pk}/").content.decode()
    assert html.index("上次议定事项落实情况") < html.index("没有报送的单位")

    # minutes
    address = f"/bulletins/new/minutes/?meeting={meeting.pk}"
    assert address in office.get(f"/meetings/{meeting.pk}/").content.decode()
    form = the_form(office, address)
    assert form["name"] == "11月重点任务调度会"
    assert form["decisions"].splitlines()[0].startswith("补齐两个项目的用地手续｜县发展和改革局｜县教育局｜")
    assert office.post(address, form).status_code == 302
    paper = Bulletin.objects.get()
    assert (paper.meeting, [row.key for row in paper.known.decisions]) == (
        meeting,
        [f"decision:{first.pk}", f"decision:{second.pk}"],
    )
    assert paper.given.mark == "青禾县人民政府调度会议纪要"
    docx = office.get(f"/bulletins/{paper.pk}/paper.docx").content
    xml = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    table = xml[xml.index("议定事项清单") :]
    for words in ("补齐两个项目的用地手续", "县发展和改革局", "县教育局", f"{first.due.year}年{first.due.month}月{first.due.day}日"):  # fmt: skip
        assert words in table[table.index("<w:tbl>") :], words
    assert paper.title in office.get(f"/meetings/{meeting.pk}/").content.decode()

    verbs = Event.objects.filter(subject_type="meetings.meeting", subject_id=meeting.pk)
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == ["create", "freeze", "hold", "close"]
    seal(liu.actor.government_id)
    assert not list(verify(liu.actor.government_id))


def test_minutes_only_of_what_was_held(desks: dict[str, Client], book: Ledger) -> None:
    office = desks["office"]
    sent = {
        "kind": "topic",
        "title": "还没开的会",
        "day": timezone.localdate().isoformat(),
        "plans": book.plan.pk,
    }
    office.post("/meetings/new/", sent)
    meeting = Meeting.objects.get()
    assert office.get(f"/bulletins/new/minutes/?meeting={meeting.pk}").status_code == 404
    assert office.get("/bulletins/new/minutes/?meeting=²").status_code == 200
    assert office.get("/bulletins/new/month/?meeting=999").status_code == 200
