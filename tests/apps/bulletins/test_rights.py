"""Every address of papers × every post: who is served, who is told no in a full sentence, and that a no changes nothing.

What a post may do is never typed here: it is asked of core/flow/bulletin.py.
"""

import pytest
from django.test import Client

from luoshi.bulletins.models import Bulletin, Wording
from luoshi.bulletins.services import issuing, writing
from luoshi.bulletins.urls import urlpatterns
from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.core.flow.bulletin import BULLETIN, DRAFTERS, ISSUED, SIGNERS, WORDING
from luoshi.core.flow.machine import Machine
from luoshi.journal.models import Event
from tests.bulletins import asked
from tests.people import cast
from tests.reporting import ledger

pytestmark = pytest.mark.django_db

GETS: dict[str, tuple[Machine | None, str]] = {
    "index": (BULLETIN, "see"),
    "export": (BULLETIN, "see"),
    "kinds": (BULLETIN, "draft"),
    "start": (BULLETIN, "draft"),
    "wordings": (WORDING, "see"),
    "wording": (WORDING, "see"),
    "paper": (None, ""),
    "docx": (None, ""),
    "pdf": (None, ""),
    "number_source": (None, ""),
    "scores": (None, ""),
    "particulars": (BULLETIN, "edit"),
    "passage": (BULLETIN, "edit"),
}
POSTED: dict[str, tuple[Machine, str, dict[str, str]]] = {
    "start": (BULLETIN, "draft", {"as_of": "2026-07-10", "issuer": "office"}),
    "wording": (WORDING, "edit", {"version": "0", "text": "共{任务总数}项"}),
    "particulars": (BULLETIN, "edit", {"title": "新标题", "mark": "标志", "issuer": "office"}),
    "passage": (BULLETIN, "edit", {"text": "新的一段"}),
    "add": (BULLETIN, "edit", {"text": "再加一段"}),
    "refresh": (BULLETIN, "refresh", {"note": "台账有变更"}),
    "give_number": (BULLETIN, "number", {"series": "青政办发", "sequence": "7"}),
}
STEPS = {
    "review": "draft",
    "sign": "reviewed",
    "send_back": "reviewed",
    "issue": "numbered",
    "withdraw": "draft",
}


@pytest.fixture
def paper(wang, li, liu, monkeypatch):
    monkeypatch.setattr("luoshi.core.writing.pdf.office", lambda: "")
    return writing.start(asked(ledger(wang, li)), by=liu.actor)


def brought_to(bulletin: Bulletin, state: str) -> Bulletin:
    """The paper in that state, by people of their own."""
    if bulletin.state == state:
        return bulletin
    other = cast("other", "另一主任", "青禾县人民政府办公室", "office").actor
    issuing.review(bulletin, other)
    if state in ("signed", "numbered", "issued"):
        issuing.sign(bulletin, other)
    if state in ("numbered", "issued"):
        issuing.give_number(bulletin, "青政办发", 3, by=other)
    if state == "issued":
        issuing.issue(bulletin, by=other)
    return bulletin


def address(name: str, paper: Bulletin, verb: str = "review") -> str:
    route = str(next(p.pattern for p in urlpatterns if p.name == name))
    at, piece = next((at, piece) for at, piece, _ in paper.words.numbers())
    for argument, value in (
        ("<int:pk>", paper.pk),
        ("<int:at>", at),
        ("<int:piece>", piece),
        ("<slug:kind>", "month"),
        ("<slug:verb>", verb),
    ):
        route = route.replace(argument, str(value))
    return f"/bulletins/{route}"


def member(slug: str) -> Client:
    client = Client()
    client.force_login(cast(f"m{slug}", "某人", "青禾县统计局", slug).account)
    return client


def sentence(answer) -> str:
    return answer.content.decode()


def test_every_address_is_in_the_tables():
    assert {p.name for p in urlpatterns} == {*GETS, *POSTED, "step"}
    assert set(STEPS) | {"draft", "see", "edit", "refresh", "number", "correct"} == set(BULLETIN.moves)


@pytest.mark.parametrize("slug", POSTS)
@pytest.mark.parametrize("name", GETS)
def test_pages(paper, name, slug):
    answer = member(slug).get(address(name, paper))
    life, verb = GETS[name]
    if life is None or verb == "edit":
        may_see = slug in (*DRAFTERS, *SIGNERS)
        expected = (
            404 if not may_see else 200 if life is None or slug in BULLETIN.moves["edit"].posts else 403
        )
        expected = 409 if expected == 200 and name == "pdf" else expected
        expected = (
            404 if name == "scores" else expected
        )  # a 月通报 has no score sheet; test_scores.py asks one that has
    else:
        expected = 200 if slug in life.moves[verb].posts else 403
    assert answer.status_code == expected
    if expected == 403:
        assert "您目前的岗位不能办理" in sentence(answer)


@pytest.mark.parametrize("slug", POSTS)
@pytest.mark.parametrize("name", POSTED)
def test_forms(paper, name, slug):
    life, verb, data = POSTED[name]
    if name == "give_number":
        brought_to(paper, "signed")
    client, events = member(slug), Event.objects.count()
    sent = {"plan": str(paper.plan_id), "version": str(paper.version), **data}
    answer = client.post(address(name, paper), sent)
    if slug in life.moves[verb].posts:
        assert answer.status_code == 302, sentence(answer)
        assert Event.objects.count() > events
        return
    seen = slug in (*DRAFTERS, *SIGNERS) or name in ("start", "wording")
    assert answer.status_code == (403 if seen else 404)
    assert Event.objects.count() == events
    assert not Wording.objects.exists()


@pytest.mark.parametrize("slug", POSTS)
@pytest.mark.parametrize("verb", STEPS)
def test_steps(paper, verb, slug):
    brought_to(paper, STEPS[verb])
    client, events = member(slug), Event.objects.count()
    answer = client.post(address("step", paper, verb), {"note": "理由"})
    if slug in BULLETIN.moves[verb].posts:
        assert answer.status_code == 302, sentence(answer)
        return
    assert answer.status_code == (403 if slug in (*DRAFTERS, *SIGNERS) else 404)
    assert Event.objects.count() == events
    assert Bulletin.objects.get(pk=paper.pk).state == STEPS[verb]


@pytest.mark.parametrize("slug", POSTS)
def test_issued_papers_are_everybodys_who_works_here(paper, slug):
    brought_to(paper, "issued")
    assert paper.state in ISSUED
    answer = member(slug).get(address("paper", paper))
    assert answer.status_code == (200 if slug in BUSINESS_POSTS else 404)


def test_another_county_sees_nothing(paper, outsider):
    brought_to(paper, "issued")
    client = Client()
    client.force_login(outsider.account)
    for name in ("paper", "docx", "pdf", "number_source", "scores", "particulars", "passage"):
        assert client.get(address(name, paper)).status_code == 404
    assert paper.title not in sentence(client.get("/bulletins/"))


def test_nobody_gets_in_without_log_in(paper):
    for name in GETS:
        assert Client().get(address(name, paper)).headers["Location"].startswith("/login/")
