"""A county's people, from an empty register to a year of changes, through the pages alone.

The office brings a workbook in; the system administrator prints first passwords; a clerk logs in and must change theirs;
the clerk's post is handed over, somebody acts for somebody, two bureaus are merged; old names still lead to the right unit.
"""

import datetime as dt
import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.intake.names import Matcher
from luoshi.journal.models import Event
from luoshi.journal.sealing import seal, verify
from luoshi.ledger.models import Plan
from luoshi.org.models import Account, Person, Post
from luoshi.org.queries import register
from tests.people import Member

UNITS = [
    ("青禾县发展和改革局", "县发改局", "政府部门", ""),
    ("青禾县科学技术局", "县科技局", "政府部门", ""),
    ("青禾县工业局", "县工业局", "政府部门", ""),
    ("青禾县产业研究所", "县产研所", "事业单位", "县科技局"),
]
PEOPLE = [
    ("苏简", "县发改局", "联络员"),
    ("唐立新", "县发改局", "单位负责人"),
    ("薛工", "县科技局", "联络员"),
    ("毕升", "县工业局", "联络员"),
]
OWN = {"new_password1": "Qingshui#26", "new_password2": "Qingshui#26"}


def filled_in(data: bytes) -> bytes:
    """The exported workbook with a county typed into it, as in WPS."""
    book = openpyxl.load_workbook(BytesIO(data))
    for full_name, short, kind, above in UNITS:
        book["单位"].append([None, full_name, short, None, None, None, kind, above])
    for name, where, post in PEOPLE:
        book["人员"].append([None, name, where, post])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def strips(html: str) -> dict[str, tuple[str, str]]:
    """Name → (account, password), as printed."""
    return {
        name: (account, password)
        for name, account, password in re.findall(
            r"<dt>姓名</dt><dd>(.*?)</dd>.*?<dd class=\"typed\">(.*?)</dd>.*?<dd class=\"typed\">(.*?)</dd>", html, re.S
        )
    }  # fmt: skip


def logged_in(strip: tuple[str, str]) -> Client:
    """Somebody at their desk for the first time: led to the new password, nowhere else, until it is set."""
    client = Client()
    page = client.post("/login/", {"username": strip[0], "password": strip[1]}, follow=True)
    assert page.redirect_chain[-1] == ("/password/", 302)
    assert client.get("/ledger/").headers["Location"] == "/password/"
    assert client.post("/password/", OWN, follow=True).redirect_chain[-1] == ("/", 302)
    return client


def post_of(name: str, slug: str = "clerk") -> Post:
    return Post.objects.filter(person__name=name, slug=slug).latest("pk")


@pytest.fixture
def office(liu: Member) -> Client:
    client = Client()
    client.force_login(liu.account)
    return client


@pytest.fixture
def keeper(chen_admin: Member) -> Client:
    client = Client()
    client.force_login(chen_admin.account)
    return client


@pytest.fixture
def strip(office: Client, keeper: Client) -> dict[str, tuple[str, str]]:
    """The workbook brought in and the first passwords printed."""
    data = filled_in(office.get("/people/export.xlsx").content)
    page = office.post("/people/sheet/", {"file": SimpleUploadedFile("名录.xlsx", data)})
    assert page.status_code == 200, page.context["faults"]
    office.post("/people/sheet/apply/", {name: page.context[name] for name in ("rows", "digest")})
    assert {person.name for person in Person.objects.all()} >= {name for name, _, _ in PEOPLE}
    return strips(keeper.post("/accounts/issue/", {"all": "none"}).content.decode())


def ledger_for(liu: Member, unit_id: int) -> None:
    """One task of the unit in the ledger: something that waits for its clerk, whoever that is."""
    plan = Plan.objects.create(
        title="青禾县实施方案", government_id=liu.actor.government_id, state="adopted", created_by="刘主任"
    )
    task = plan.tasks.create(order=0, heading="任务", text="任务", quote="任务", start=0, end=2)
    task.assignments.create(unit_id=unit_id, role="lead", printed="县发改局", order=0)


def test_a_year_of_people(liu: Member, office: Client, keeper: Client, strip: dict) -> None:
    assert set(strip) == {name for name, _, _ in PEOPLE}
    su = logged_in(strip["苏简"])
    assert su.get("/").context["actor"].unit_name == "青禾县发展和改革局"
    ledger_for(liu, post_of("苏简").unit_id)
    assert "青禾县发展和改革局的任务" in su.get("/").content.decode()

    page = office.post(f"/people/posts/{post_of('苏简').pk}/hand-over/", {"name": "季小满"}, follow=True)
    assert "待办随岗位转给接任的人" in page.content.decode()
    assert "您还没有岗位" in su.get("/").content.decode()
    ji_strip = strips(keeper.post("/accounts/issue/", {"all": "none"}).content.decode())["季小满"]
    ji = logged_in(ji_strip)
    assert "青禾县发展和改革局的任务" in ji.get("/").content.decode()
    assert "接任" in ji.get(f"/people/{post_of('季小满').person_id}/").content.decode()

    tang = logged_in(strip["唐立新"])
    last = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    asked = {"person": post_of("季小满").person_id, "last": last, "note": "外出培训"}
    tang.post(f"/people/posts/{post_of('唐立新', 'head').pk}/delegate/", asked)
    ji.post("/seats/", {"seat": ji.get("/seats/").context["seats"][1][0].key})
    assert "代唐立新" in ji.get("/").content.decode()
    ji.post(
        f"/people/posts/{post_of('季小满').pk}/hand-over/", {"person": Person.objects.get(name="苏简").pk}
    )
    event = Event.objects.filter(verb="hand_over_clerk").last()
    assert (event.person_name, event.post) == ("季小满", "head")
    assert event.data["on_behalf_of"]["name"] == "唐立新"

    places = [post_of(name).unit_id for name in ("薛工", "毕升")]
    merged = {"before": places, "name": "青禾县科技和工业局", "note": "机构改革方案"}
    page = office.post("/units/merge/", merged, follow=True)
    assert page.context["unit"].full_name == "青禾县科技和工业局"
    heir = page.context["unit"]
    assert {post_of(name).unit_id for name in ("薛工", "毕升")} == {heir.pk}
    xue = logged_in(strip["薛工"])
    assert xue.get("/").context["actor"].unit_name == "青禾县科技和工业局"

    matcher = Matcher(register(liu.actor.government_id), {})
    for name in ("县科技局", "青禾县科学技术局", "县工业局", "青禾县工业局", "青禾县科技和工业局"):
        assert matcher.match(name).unit_id == heir.pk, name
    html = office.get("/units/?q=县科技局").content.decode()
    assert f"/units/{heir.pk}/" in html
    assert "青禾县科学技术局" in office.get(f"/units/{places[0]}/").content.decode()

    seal(liu.actor.government_id)
    assert not list(verify(liu.actor.government_id))
    assert not Account.objects.filter(password__contains=strip["苏简"][1]).exists()
