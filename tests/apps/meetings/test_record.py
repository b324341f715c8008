"""The record of a meeting: as typed, nothing lost, two clerks at once, doubts as questions; and what becomes of a decision."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused
from luoshi.meetings.models import Decision, Meeting
from luoshi.meetings.services import following, preparing, recording
from luoshi.meetings.services.recording import Typed
from luoshi.org.queries.units import register
from luoshi.supervision.models import Order
from luoshi.supervision.services.opening import Overlap
from tests.meetings import meeting_of, note, tracked
from tests.people import Member, cast, unit
from tests.reporting import Ledger

DAY = dt.date(2026, 11, 12)


@pytest.fixture
def held(liu: Member, book: Ledger) -> Meeting:
    return meeting_of(liu, book.plan, "held")


def post(member: Member, meeting: Meeting, htmx: bool = True, **sent: object) -> tuple[int, str]:
    client = Client()
    client.force_login(member.account)
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(f"/meetings/{meeting.pk}/rows/", sent, headers=headers)
    return answer.status_code, answer.content.decode()


def row(**more: object) -> dict[str, object]:
    return {
        "token": "a1",
        "version": 0,
        "text": "加快用地报批",
        "unit_said": "发改局",
        "due_said": "两周内",
        **more,
    }


def test_stored_as_typed_and_resolved(held: Meeting, liu: Member, wang: Member) -> None:
    status, html = post(liu, held, **row(unit_said="县发改局", helpers_said="县教育局、没有的局"))
    assert status == 200
    one = Decision.objects.get()
    assert (one.unit_said, one.unit_id, one.due_said) == ("县发改局", wang.actor.unit_id, "两周内")
    assert one.due >= held.day + dt.timedelta(days=14)
    assert "名录里没有“没有的局”" in html
    assert html.count('id="slip') == 1  # a fresh row below the new one
    assert one.version == 1


def test_nothing_typed_makes_no_row(held: Meeting, liu: Member) -> None:
    assert post(liu, held, **row(text="", unit_said="", due_said=""))[0] == 200
    assert not Decision.objects.exists()


def test_the_same_row_written_twice_is_one(held: Meeting, liu: Member) -> None:
    post(liu, held, **row())
    status, html = post(liu, held, **row())  # the first answer was lost on its way
    assert status == 200
    assert Decision.objects.count() == 1
    assert 'id="slip' in html  # nor was the fresh row seen
    assert 'id="slip' not in post(liu, held, **row(version=1))[1]
    post(liu, held, **row(version=1, text="加快用地报批手续"))
    assert (Decision.objects.get().text, Decision.objects.get().version) == ("加快用地报批手续", 2)


def test_two_clerks_at_once(held: Meeting, liu: Member, book: Ledger) -> None:
    other = cast("fang", "方主任", "青禾县人民政府办公室", "office")
    post(liu, held, **row())
    post(other, held, **row(version=1, due_said="月底前"))
    status, html = post(liu, held, **row(version=1, text="另一种写法"))
    assert status == 409
    assert "方主任" in html
    assert "加快用地报批" in html  # both are shown
    assert "另一种写法" in html
    one = Decision.objects.get()
    assert (one.text, one.due_said) == ("加快用地报批", "月底前")  # nothing was written over
    version = one.version
    assert f'value="{version}"' in html
    assert post(liu, held, **row(version=version, text="另一种写法", due_said="月底前"))[0] == 200
    post(other, held, **row(token="b2", text="另一条"))
    client = Client()
    client.force_login(liu.account)
    assert "方主任另记了1条" in client.get(f"/meetings/{held.pk}/others/?seen={one.pk}").content.decode()


def test_a_reload_shows_all_that_was_typed(held: Meeting, liu: Member, as_) -> None:
    post(liu, held, **row(text="还没写完", unit_said="", due_said="尽快"))
    html = as_(liu).get(f"/meetings/{held.pk}/live/").content.decode()
    assert 'value="还没写完"' in html
    assert 'value="尽快"' in html
    assert "“尽快”没有说到哪一天" in html
    assert "还没有写责任单位" in html


def test_without_scripts_the_page_comes_back(held: Meeting, liu: Member) -> None:
    assert post(liu, held, htmx=False, **row())[0] == 302
    assert Decision.objects.count() == 1


def test_from_a_line_of_the_agenda(liu: Member, book: Ledger, as_, wang: Member) -> None:
    tracked(liu, wang, book.plan, dt.date(2020, 1, 1), day=timezone.localdate() - dt.timedelta(days=9))
    meeting = meeting_of(liu, book.plan, "held")
    proposal = meeting.packs.get().agenda.proposals[0]
    html = as_(liu).get(f"/meetings/{meeting.pk}/live/?from={proposal.key}").content.decode()
    assert f'value="{proposal.text}"' in html
    post(liu, meeting, **row(key=proposal.key))
    post(liu, meeting, **row(token="b2", key="task:999999"))
    assert list(Decision.objects.filter(meeting=meeting).values_list("key", flat=True)) == [proposal.key, ""]


def test_red_lines_tie_a_decision_to_the_task(liu: Member, book: Ledger) -> None:
    meeting = meeting_of(liu, book.plan, "held")
    from_task = {f"task:{book.tasks[0].pk}": book.tasks[0].pk}
    entries = recording.names_of(register(meeting.government_id))
    made = recording.write(
        meeting, "x", Typed("补救", key=next(iter(from_task))), 0, entries, from_task, by=liu.actor
    )
    assert made.task_id == book.tasks[0].pk


@pytest.mark.parametrize(
    ("typed", "unit_name", "question"),
    [
        (Typed("事", "青禾县教育局", "12月15日"), "青禾县教育局", ""),
        (Typed("事", "教育局", "12月15日"), "青禾县教育局", ""),
        (Typed("事", "某某局", "12月15日"), None, "名录里没有“某某局”"),
        (Typed("事", "", "12月15日"), None, "还没有写责任单位"),
        (Typed("事", "教育局", ""), "青禾县教育局", "还没有写期限"),
        (Typed("事", "教育局", "春节后"), "青禾县教育局", "没有说到哪一天"),
        (Typed("事", only_record=True), None, ""),
        (Typed("事", "各乡镇", "12月15日"), None, "名录里没有“各乡镇”"),
    ],
)
def test_units_and_days(typed: Typed, unit_name: str | None, question: str, li: Member, book: Ledger) -> None:
    unit("各乡镇", li.account.person.government, kind="collective")
    entries = recording.names_of(register(li.actor.government_id))
    found = recording.resolve(typed, entries, DAY)
    names = {entry.key: entry.names[0] for entry in entries}
    assert names.get(found.unit) == unit_name
    assert question in "".join(found.questions)
    assert bool(found.questions) == bool(question)


def test_a_name_two_units_answer_to_is_asked_about(li: Member, book: Ledger) -> None:
    for name in ("青禾县城南街道办事处", "青禾县城北街道办事处"):
        unit(name, li.account.person.government)
    found = recording.resolve(Typed("事", "街道办事处", "12月15日"), recording.names_of(register(li.actor.government_id)), DAY)  # fmt: skip
    assert found.unit is None
    assert found.questions


def test_a_meeting_ends_only_without_loose_ends(held: Meeting, liu: Member, wang: Member) -> None:
    note(held, liu, "说了没人办的事")
    note(held, liu, "原则同意方案", only_record=True)
    note(held, liu, "", wang.actor.unit_name)  # emptied again: no decision
    with pytest.raises(Denied, match="还有1条议定事项"):
        preparing.close(held, by=liu.actor)
    assert Meeting.objects.get().state == "held"
    loose = Decision.objects.get(text="说了没人办的事")
    recording.strike(Decision.objects.select_related("meeting__programme").get(pk=loose.pk), by=liu.actor)
    done = note(held, liu, "办理手续", wang.actor.unit_name, "两周内")
    assert preparing.close(Meeting.objects.get(), by=liu.actor) == 1
    assert dict(Decision.objects.values_list("text", "state")) == {
        "说了没人办的事": "struck", "原则同意方案": "stated", "": "struck", "办理手续": "open",
    }  # fmt: skip
    done.refresh_from_db()
    assert done.first_due == done.due


def test_forgotten_ones_are_added_later(held: Meeting, liu: Member, wang: Member, as_) -> None:
    note(held, liu, "办理手续", wang.actor.unit_name, "两周内")
    preparing.close(held, by=liu.actor)
    client = as_(liu)
    assert client.post(f"/meetings/{held.pk}/do/resume/", {"note": "漏记一条"}).status_code == 302
    note(Meeting.objects.get(), liu, "补记的事", wang.actor.unit_name, "月底前", token="late")
    client.post(f"/meetings/{held.pk}/do/close/")
    assert set(Decision.objects.values_list("state", flat=True)) == {"open"}
    assert Event.objects.filter(subject_type="meetings.decision", verb="track").count() == 2


# What becomes of a decision


def test_the_unit_answers_and_the_office_confirms(liu: Member, book: Ledger, wang: Member, as_) -> None:
    one = tracked(liu, wang, book.plan)
    assert one.text in as_(wang).get("/").content.decode()
    address = f"/meetings/decisions/{one.pk}/"
    client = as_(wang)
    assert client.post(f"{address}answer/", {"text": "还差一份", "how": "going"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "open"
    assert (
        "还差一份</textarea>" in client.get(f"{address}answer/").content.decode()
    )  # the last word, to be changed
    client.post(f"{address}answer/", {"text": "手续已补齐", "how": "done"})
    assert client.get(f"{address}accept/").status_code == 403
    assert one.text not in client.get("/").content.decode()
    client = as_(liu)
    assert "确认办结" in client.get("/").content.decode()
    client.post(f"{address}send_back/", {"note": "还差红线图"})
    as_(wang).post(f"{address}answer/", {"text": "红线图已补", "how": "done"})
    as_(liu).post(f"{address}accept/")
    one.refresh_from_db()
    assert (one.state, one.done_on) == ("done", timezone.localdate())
    assert [a.get_kind_display() for a in one.answers.order_by("pk")] == ["进展", "报办结", "退回", "报办结"]
    assert list(Event.objects.filter(subject_type="meetings.decision").order_by("pk").values_list("verb", flat=True)) == [
        "note", "track", "report", "answer", "send_back", "answer", "accept",
    ]  # fmt: skip


def test_put_off_with_a_reason(liu: Member, book: Ledger, wang: Member) -> None:
    one = tracked(liu, wang, book.plan)
    first = one.due
    with pytest.raises(Refused, match="要晚于"):
        following.put_off(one, first, "理由", by=liu.actor)
    with pytest.raises(Denied):
        following.put_off(one, first + dt.timedelta(days=9), "  ", by=liu.actor)
    with pytest.raises(Denied):
        following.put_off(one, first + dt.timedelta(days=9), "理由", by=wang.actor)
    following.put_off(one, first + dt.timedelta(days=9), "等市级审批", by=liu.actor)
    one.refresh_from_db()
    assert (one.due, one.first_due, one.moved) == (first + dt.timedelta(days=9), first, 1)


def test_handed_over_to_supervision(liu: Member, book: Ledger, wang: Member, as_) -> None:
    one = tracked(liu, wang, book.plan)
    client = as_(liu)
    answer = client.post(f"/meetings/decisions/{one.pk}/supervise/")
    order = Order.objects.get()
    assert answer["Location"] == f"/orders/{order.pk}/"
    assert (order.origin, order.unit_id, order.title, order.deadline) == ("meeting", wang.actor.unit_id, one.text, one.due)  # fmt: skip
    assert order.ground.startswith("重点任务调度会（")
    one.refresh_from_db()
    assert (one.state, one.order_id) == ("ordered", order.pk)
    second = tracked(liu, wang, book.plan)
    with pytest.raises(Overlap):
        following.supervise(second, by=liu.actor)
    assert "已看过" in client.post(f"/meetings/decisions/{second.pk}/supervise/").content.decode()
    assert Decision.objects.get(pk=second.pk).state == "open"  # refused as a whole
    assert client.post(f"/meetings/decisions/{second.pk}/supervise/", {"sure": "1"}).status_code == 302


def test_nobody_confirms_their_own_unit(liu: Member, book: Ledger, lu: Member) -> None:
    one = tracked(liu, liu, book.plan)
    boss = cast("zhuren", "主任", liu.actor.unit_name, "head")
    following.answer(one, "办好了", by=boss.actor)
    with pytest.raises(Denied, match="其他单位"):
        following.accept(one, by=liu.actor)
    following.accept(one, by=lu.actor)
    assert Decision.objects.get(pk=one.pk).state == "done"


def test_a_leader_marks_the_pack(liu: Member, book: Ledger, lu: Member, wang: Member, as_) -> None:
    meeting = meeting_of(liu, book.plan, "packed", chair=lu, units=(wang,))
    key = next(iter(meeting.packs.get().agenda.rows())).key
    client = as_(lu)
    assert "看会议材料" in client.get("/").content.decode()
    client.post(f"/meetings/{meeting.pk}/mark/", {"key": key, "text": "会上请说明原因"})
    client.post(f"/meetings/{meeting.pk}/mark/", {"key": "task:0", "text": "没有这一条"})
    assert [mark.text for mark in meeting.marks.all()] == ["会上请说明原因"]
    assert "会上请说明原因" in as_(liu).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "会上请说明原因" not in as_(wang).get(f"/meetings/{meeting.pk}/").content.decode()


def test_whoever_attends_sees_why_it_was_cancelled(liu: Member, book: Ledger, wang: Member, as_) -> None:
    meeting = meeting_of(liu, book.plan, units=(wang,))
    client = as_(liu)
    assert client.post(f"/meetings/{meeting.pk}/do/cancel/", {"note": ""}).status_code == 422
    client.post(f"/meetings/{meeting.pk}/do/cancel/", {"note": "县长外出，另行通知"})
    assert "县长外出，另行通知" in as_(wang).get(f"/meetings/{meeting.pk}/").content.decode()
