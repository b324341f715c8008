"""Every address of this room × every post, in the state in which the address is served; pages in a fixed number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.core.flow.decision import DECISION
from luoshi.core.flow.meeting import MEETING
from luoshi.journal.models import Event
from luoshi.ledger.models import Action
from luoshi.meetings.models import Decision, Meeting
from luoshi.meetings.services import preparing
from luoshi.meetings.urls import urlpatterns
from luoshi.meetings.views.decisions import APART, DEEDS
from luoshi.meetings.views.pages import STEPS
from luoshi.org.models import Post
from tests.meetings import meeting_of, note, tracked
from tests.people import RAIL, Member, cast
from tests.reporting import Ledger

DOER, HELPER, GUEST, ELSEWHERE = "青禾县发展和改革局", "青禾县教育局", "青禾县民政局", "青禾县某局"
PLACES = (DOER, HELPER, GUEST, ELSEWHERE)
WHOLE = {"office", "leader", "inspector", "force_office"}
"""Posts (here with the reach of the whole government) that see meetings whole."""
SENT = {
    "note": "写明理由", "text": "已全部办结。", "how": "done", "due": "2099-01-01", "sure": "1", "as_of": timezone.localdate().isoformat(),
    "token": "zz", "version": "0",
}  # fmt: skip


@pytest.fixture
def guest(db) -> Member:
    return cast("guest", "列席人", GUEST, "clerk")


@pytest.fixture
def holders(db) -> dict[tuple[str, str], Member]:
    """One person a post and place."""
    return {
        (post, place): cast(f"{post}{n}", f"{post}{n}", place, post)
        for post in POSTS
        for n, place in enumerate(PLACES)
    }


def served(member: Member, address: str, **sent: str) -> tuple[int, int]:
    """Status of the page and of the form."""
    client = Client()
    client.force_login(member.account)
    return client.get(address).status_code, client.post(address, sent).status_code


def test_every_route_is_known() -> None:
    assert {p.name for p in urlpatterns} == {
        "index", "new", "decisions", "decision", "act", "meeting", "edit", "freeze", "step", "mark", "pdf", "docx",
        "json", "live", "save", "strike", "others", "export", "decisions_export",
    }  # fmt: skip
    assert set(STEPS) == {"hold", "close", "resume", "cancel"}
    assert set(DEEDS) == set(DECISION.moves) - set(APART)


def sees(post: str, place: str) -> bool:
    """Who sees a meeting that DOER, HELPER and GUEST attend."""
    return post in WHOLE or (post in ("head", "clerk") and place != ELSEWHERE)


@pytest.mark.parametrize(
    ("path", "state", "verb"),
    [
        ("edit/", "planned", "edit"),
        ("freeze/", "planned", "freeze"),
        ("freeze/", "packed", "refreeze"),
        ("do/hold/", "packed", "hold"),
        ("do/close/", "held", "close"),
        ("do/resume/", "closed", "resume"),
        ("do/cancel/", "planned", "cancel"),
    ],
)
def test_steps(path: str, state: str, verb: str, holders, liu: Member, wang: Member, li: Member, guest: Member, book: Ledger) -> None:  # fmt: skip
    attend = (wang, li, guest)
    for (post, place), member in holders.items():
        meeting = meeting_of(liu, book.plan, state, units=attend)
        before, were = Event.objects.count(), meeting.state
        sent = SENT
        if verb == "edit":
            sent = {"kind": "topic", "title": "改过的会", "day": "2099-01-01", "plans": str(book.plan.pk)}
        shown, done = served(member, f"/meetings/{meeting.pk}/{path}", **sent)
        meeting.refresh_from_db()
        where = f"{post} {place}"
        if post in MEETING.moves[verb].posts:
            assert (shown, done) == (200, 302), where
            assert Event.objects.count() > before, where
            continue
        hidden = (404, 404)
        if verb == "edit":
            expected = (403, 403) if post in WHOLE else hidden
        else:
            expected = (403, 403) if sees(post, place) else hidden
        assert (shown, done) == expected, where
        assert (Event.objects.count(), meeting.state) == (before, were), where


@pytest.mark.parametrize("path", ["", "pack.json", "live/", "others/", "rows/", "mark/"])
def test_pages_of_a_meeting(path: str, holders, liu: Member, wang: Member, li: Member, guest: Member, book: Ledger) -> None:  # fmt: skip
    meeting = meeting_of(liu, book.plan, "held", units=(wang, li, guest))
    for (post, place), member in holders.items():
        shown, done = served(member, f"/meetings/{meeting.pk}/{path}", **SENT)
        where = f"{post} {place}"
        writes = post in MEETING.moves["write"].posts
        expected = {
            "": (200 if sees(post, place) else 404, 405),
            "pack.json": (200 if post in WHOLE else 404, 405),
            "live/": (200 if writes else 403 if post in WHOLE else 404, 405),
            "others/": (200 if writes else 403 if post in WHOLE else 404, 405),
            "rows/": (405, 302 if writes else 403 if post in WHOLE else 404),
            "mark/": (405, 302 if post == "leader" else 403 if sees(post, place) else 404),
        }[path]
        assert (shown, done) == expected, where


def test_lists_and_making_one(holders, liu: Member, wang: Member, book: Ledger) -> None:
    one = tracked(liu, wang, book.plan, units=(wang,))
    for (post, place), member in holders.items():
        client = Client()
        client.force_login(member.account)
        where = f"{post} {place}"
        business = post in BUSINESS_POSTS
        html = client.get("/meetings/?group=over")
        assert html.status_code == (200 if business else 403), where
        mine = post in ("head", "clerk") and place == DOER
        assert (one.meeting.title in html.content.decode()) == (post in WHOLE or mine), where
        html = client.get("/meetings/decisions/?tab=all")
        assert html.status_code == (200 if business else 403), where
        assert (one.text in html.content.decode()) == (post in WHOLE or mine), where
        assert client.get("/meetings/new/").status_code == (200 if post in MEETING.moves["create"].posts else 403), where  # fmt: skip


@pytest.mark.parametrize("verb", DEEDS)
def test_verbs_of_decisions(verb: str, holders, liu: Member, wang: Member, li: Member, book: Ledger) -> None:
    state = DECISION.moves[verb].sources[0]
    row = DECISION.moves[verb]
    for (post, place), member in holders.items():
        one = tracked(liu, wang, book.plan)
        Decision._base_manager.filter(pk=one.pk).update(**{"state": state})
        one.helpers.add(li.actor.unit_id)
        before = Event.objects.count()
        shown, done = served(member, f"/meetings/decisions/{one.pk}/{verb}/", **SENT)
        where = f"{post} {place}"
        unit_post = post in ("head", "clerk")
        visible = post in WHOLE or (unit_post and place in (DOER, HELPER))
        may = post in row.posts and (not unit_post or place == DOER)
        own = any(bar.by == "unit_id" for bar in row.bars) and place == DOER
        if not visible:
            assert (shown, done) == (404, 404), where
        elif not may or own:
            assert (shown, done) == (403, 403), where
        else:
            assert (shown, done) == (200, 302), where
            assert Event.objects.count() > before
            continue
        assert Event.objects.count() == before, where


def test_what_a_unit_does_not_see(
    liu: Member, wang: Member, li: Member, guest: Member, book: Ledger, as_
) -> None:
    """A unit sees its own lines and decisions of a meeting that it attends, nobody else's."""
    meeting = meeting_of(liu, book.plan, "held", units=(wang, li, guest), topics="人事安排")
    note(meeting, liu, "发改局的事", DOER, "两周内")
    note(meeting, liu, "教育局的事", HELPER, "两周内")
    note(meeting, liu, "只作记录的事", only_record=True)
    html = as_(li).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "教育局的事" not in html  # still being written
    preparing.close(meeting, by=liu.actor)
    html = as_(li).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "教育局的事" in html
    assert "没有报送" in html  # its own line of the agenda
    for hidden in ("发改局的事", "只作记录的事", "人事安排", "校验值", "pack.pdf"):
        assert hidden not in html, hidden
    html = as_(guest).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "教育局的事" not in html
    assert "没有涉及本单位的议程" in html
    mine = Decision.objects.get(text="教育局的事")
    assert as_(guest).get(f"/meetings/decisions/{mine.pk}/").status_code == 404


def test_another_county_and_the_keepers_of_the_system(outsider: Member, chen_admin: Member, liu: Member, wang: Member, book: Ledger) -> None:  # fmt: skip
    one = tracked(liu, wang, book.plan)
    for member in (outsider, chen_admin):
        for path in (f"{one.meeting_id}/", f"{one.meeting_id}/pack.json", f"{one.meeting_id}/live/", f"decisions/{one.pk}/"):  # fmt: skip
            assert served(member, f"/meetings/{path}")[0] == 404, path
    client = Client()
    client.force_login(outsider.account)
    assert one.text not in client.get("/meetings/decisions/?tab=all").content.decode()


def test_the_office_of_a_task_force_keeps_to_its_actions(liu: Member, book: Ledger, as_) -> None:
    force = cast("force", "专班", "青禾县发展和改革局", "force_office")
    Post.objects.filter(person=force.account.person).update(scope="actions", covers=["产业提质行动"])
    mine = Action.objects.get(name="产业提质行动")
    other = Action.objects.get(name="项目攻坚行动")
    seen = meeting_of(liu, book.plan, programme=mine, title="产业提质调度会")
    hidden = meeting_of(liu, book.plan, programme=other, title="项目攻坚调度会")
    client = as_(force)
    html = client.get("/meetings/").content.decode()
    assert (seen.title in html, hidden.title in html) == (True, False)
    assert client.get(f"/meetings/{hidden.pk}/").status_code == 404
    sent = {"kind": "dispatch", "title": "专班自己的会", "day": "2026-12-01", "plans": book.plan.pk}
    assert client.post("/meetings/new/", {**sent, "programme": other.pk}).status_code == 422
    assert client.post("/meetings/new/", sent).status_code == 422  # on one of its actions, or not at all
    assert client.post("/meetings/new/", {**sent, "programme": mine.pk}).status_code == 302
    assert client.post(f"/meetings/{seen.pk}/freeze/", SENT).status_code == 302


def queries(member: Member, address: str) -> int:
    client = Client()
    client.force_login(member.account)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/meetings/", RAIL + 9),
        ("/meetings/?group=over", RAIL + 9),
        ("/meetings/decisions/?tab=all", RAIL + 11),
        ("/meetings/{meeting}/", RAIL + 24),
        ("/meetings/{meeting}/live/", RAIL + 18),
        ("/meetings/decisions/{decision}/", RAIL + 12),
        ("/meetings/new/", RAIL + 22),
    ],
)
def test_queries_do_not_grow(
    address: str, most: int, liu: Member, wang: Member, li: Member, book: Ledger
) -> None:
    one = tracked(liu, wang, book.plan)
    state = "held" if "live" in address else "packed"

    def at() -> str:
        meeting = Meeting.objects.exclude(pk=one.meeting_id).order_by("pk").first()
        return address.format(meeting=meeting.pk, decision=one.pk)

    current = meeting_of(liu, book.plan, state, units=(wang,))
    if state == "held":
        note(current, liu, "一件事", DOER, "两周内", HELPER)
    few = queries(liu, at())
    for n in range(4):
        tracked(liu, wang, book.plan, title=f"第{n}次会")
        if state == "held":
            note(current, liu, f"第{n}件事", DOER, "两周内", HELPER)
        current.units.add(li.actor.unit_id)
    assert queries(liu, at()) == few
    assert few <= most, few


def test_gathering_does_not_grow_with_the_tasks(liu: Member, wang: Member, li: Member, book: Ledger) -> None:
    meeting = meeting_of(liu, book.plan)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            preparing.gather(Meeting.objects.get(pk=meeting.pk), timezone.localdate(), liu.actor)
        return len(found)

    def more(n: int) -> None:
        task = book.tasks[0].__class__.objects.create(plan=book.plan, action=book.tasks[0].action, order=n, form="prose", heading=f"任务{n}", text="任务", quote="任务", start=0, end=2)  # fmt: skip
        task.assignments.create(unit=book.wang, role="lead", accountable=True, printed="发改局", order=0)
        tracked(liu, wang, book.plan, title=f"第{n}次会", kind="topic")

    more(9)
    few = asked()
    for n in range(10, 30):
        more(n)
    assert asked() == few
