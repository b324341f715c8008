"""Every address of the room × every post and place, in the state in which it is served; whoever is refused changes nothing."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.core.flow.actor import POSTS
from luoshi.journal.models import Event
from luoshi.org.models import Unit
from luoshi.projects.models import Board, Entry, Project, Reconciliation
from luoshi.projects.queries import lists
from luoshi.projects.urls import urlpatterns
from tests.apps.site.addresses import addresses
from tests.people import RAIL, Member, cast
from tests.projects import TODAY, fortnight, project_of, rules_of, says, staged

OWNER, FINANCE, ELSEWHERE, TOWN = "青禾县发展和改革局", "青禾县教育局", "青禾县某局", "石桥镇人民政府"
READS = {"office", "leader"}
UNIT = {"head", "clerk"}
LISTS = {
    "/projects/",
    "/projects/export.xlsx",
    "/projects/books/",
    "/projects/books.xlsx",
    "/projects/rates/",
    "/projects/rates/paid/",
    "/projects/rates/paid.xlsx",
    "/projects/boards.xlsx",
    "/projects/boards/",
}
KEPT = {
    "/projects/new/",
    "/projects/settings/",
    "/projects/sheet/",
    "/projects/books/open/",
    "/projects/boards/new/",
}
POSTED = re.compile(r"/projects/(sheet/(apply|faults)|books/\d+/close|books/\d+/owner/upload)/")


@pytest.fixture
def stage(liu: Member, wang: Member, li: Member) -> list[str]:
    known = staged(liu, wang, li)
    found = addresses(known, urlpatterns, "/projects/")
    Project.objects.update(
        town=Unit.objects.create(full_name=TOWN, kind="town", government=liu.account.person.government)
    )
    return list(found)


def allowed(post: str, place: str, address: str) -> bool:
    """What the brief says: the office keeps, leaders read, a unit its own, 发改 and 财政 their books; others nothing."""
    sees = post in READS or (post in UNIT and place in (OWNER, FINANCE, TOWN))
    if address in LISTS:
        return post in READS | UNIT
    if address in KEPT:
        return post == "office"
    if address.endswith("/rates/bid/"):
        return post == "office" or (post in UNIT and place in (OWNER, FINANCE))
    if "/boards/" in address:
        if address.endswith("/edit/") or "/do/" in address:
            return post == "office"
        own = post in UNIT and place == OWNER
        return own or (post in READS if "/enter/" not in address else post == "office")
    if re.search(r"/\d+/(edit)/|/settle/", address):
        return post == "office"
    if "/owner/" in address:
        return post in UNIT and sees
    if re.search(r"/\d+/(milestones|do)/", address):
        return post == "office" or (post in UNIT and place == OWNER)
    return sees


@pytest.mark.parametrize("post", POSTS)
def test_who_opens_what(post: str, stage: list[str]) -> None:
    for n, place in enumerate((OWNER, FINANCE, ELSEWHERE, TOWN)):
        client = Client()
        client.force_login(cast(f"{post}{n}", f"{post}{n}", place, post).account)
        for address in stage:
            if POSTED.fullmatch(address):
                continue
            status = client.get(address).status_code
            expected = {200} if allowed(post, place, address) else {403, 404}
            assert status in expected, f"{post} {place} {address}: {status}"


def test_what_is_only_posted(stage: list[str], wang: Member, liu: Member) -> None:
    before = Event.objects.count()
    for post in POSTS:
        client = Client()
        client.force_login(cast(f"p{post}", f"p{post}", ELSEWHERE, post).account)
        for address in stage:
            if POSTED.fullmatch(address) and post != "office":
                assert client.get(address).status_code == 405
                assert client.post(address).status_code in (403, 404), f"{post} {address}"
    assert Event.objects.count() == before


def test_another_county_finds_nothing(stage: list[str], outsider: Member) -> None:
    client = Client()
    client.force_login(outsider.account)
    for address in stage:
        if re.search(r"\d", address) and not address.endswith("xlsx/"):
            assert client.get(address).status_code in (404, 405), address
            assert client.post(address, {"note": "x", "day": "2026-01-01"}).status_code in (404, 405), address
    assert "新开工项目甲" not in client.get("/projects/").content.decode()
    assert "大比拼open" not in client.get("/projects/boards/").content.decode()


@pytest.mark.parametrize(
    ("post", "place", "seen"),
    [("office", ELSEWHERE, 3), ("leader", ELSEWHERE, 3), ("head", OWNER, 3), ("clerk", ELSEWHERE, 1), ("clerk", TOWN, 1), ("inspector", OWNER, 0), ("system_admin", OWNER, 0)],
)  # fmt: skip
def test_which_projects_are_seen(db, liu: Member, post: str, place: str, seen: int) -> None:
    one, two, three = (
        cast(name, name, unit, "clerk") for name, unit in (("a", OWNER), ("b", ELSEWHERE), ("c", FINANCE))
    )
    town = cast("d", "d", TOWN, "clerk")
    rules_of(liu)
    project_of(one, "甲", town_id=town.actor.unit_id)
    project_of(two, "乙")
    project_of(three, "丙")
    member = cast("e", "e", place, post)
    assert lists.visible(member.actor).count() == seen


PAGES = (
    ("/projects/", 9), ("/projects/1/", 9), ("/projects/books/", 3), ("/projects/books/1/", 5), ("/projects/rates/", 6), ("/projects/rates/done/", 5),
    ("/projects/boards/", 5), ("/projects/boards/1/", 16),
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "most"), PAGES)
def test_queries_do_not_grow_with_the_rows(
    liu: Member, wang: Member, li: Member, address: str, most: int
) -> None:
    staged(liu, wang, li)
    books = Reconciliation.objects.get()
    numbers = {
        "/projects/1/": Project.objects.get().pk,
        "/projects/books/1/": books.pk,
        "/projects/boards/1/": Board.objects.latest("pk").pk,
    }
    at = re.sub(r"\d+", str(numbers.get(address, 0)), address)
    client = Client()
    client.force_login(liu.account)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for n in range(6):
        project = project_of(wang, f"项目{n}", batch=f"批{n % 2}")
        says(wang, "owner", project, books, invested=Decimal(n), arrived=Decimal(9))
        says(li, "finance", project, books, granted=Decimal(9), arrived=Decimal(n))
    assert asked() == few <= RAIL + 4 + most


def test_the_sheet_takes_as_many_queries_for_any_number(liu: Member, wang: Member, as_) -> None:
    rules_of(liu)
    books = fortnight(liu)
    client = as_(wang)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/projects/books/{books.pk}/owner/").status_code == 200
        return len(queries)

    says(wang, "owner", project_of(wang, "甲"), None, invested=Decimal(1))
    asked()
    few = asked()
    for n in range(8):
        says(wang, "owner", project_of(wang, f"乙{n}"), books, invested=Decimal(1))
    assert asked() == few


WRONG = ["约100", "-1", "1.234", "9" * 5000, "٣", "²", "1e5", "<b>", "１２", "NaN", "Infinity"]


@pytest.mark.parametrize("value", WRONG)
def test_garbage_in_a_sheet_is_answered_at_its_cell(liu: Member, wang: Member, as_, value: str) -> None:
    rules_of(liu)
    books, project = fortnight(liu), project_of(wang)
    sent = {f"p{project.pk}-invested": value, f"p{project.pk}-seen": "0", "do": "save"}
    answer = as_(wang).post(f"/projects/books/{books.pk}/owner/", sent)
    assert answer.status_code == 422
    assert "不是金额" in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "rows",
    ["", "[]", "{}", "[1]", '[{"项目名称": 1}]', '[{"x": "y"}]', "[" * 3000, '[{"项目名称": "a\\u0000"}]'],
)
def test_a_preview_is_not_trusted(liu: Member, as_, rows: str) -> None:
    answer = as_(liu).post("/projects/sheet/apply/", {"rows": rows, "digest": "x"})
    assert answer.status_code == 409
    assert "请重新上传" in answer.content.decode()


def test_a_file_that_is_no_list(liu: Member, as_) -> None:
    for name, data in (("清单.txt", b"hello"), ("x.xlsx", b"PK\x03\x04"), ("x.xlsx", b"")):
        answer = as_(liu).post("/projects/sheet/", {"file": _file(name, data)})
        assert answer.status_code == 422, name


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_books_are_opened_one_after_the_other(liu: Member, wang: Member, as_) -> None:
    client, today = as_(liu), TODAY()
    sent = {"day": (today - dt.timedelta(days=20)).isoformat(), "due": today.isoformat()}
    assert "请先到“设置”中选定" in client.post("/projects/books/open/", sent).content.decode()
    rules_of(liu)
    assert client.post("/projects/books/open/", sent).status_code == 302
    assert "还没有关账" in client.post("/projects/books/open/", sent).content.decode()
    assert (
        client.post(f"/projects/books/{Reconciliation.objects.get().pk}/close/").status_code == 409
    )  # nobody has reported anything
    ahead = {
        "day": (today + dt.timedelta(days=40)).isoformat(),
        "due": (today + dt.timedelta(days=60)).isoformat(),
    }
    assert "还没有开始" in client.post("/projects/books/open/", ahead).content.decode()


def test_a_difference_can_be_settled_with_nobody_right_and_comes_back_when_a_book_moves(
    liu: Member, wang: Member, li: Member, as_
) -> None:
    staged(liu, wang, li)
    books, project = Reconciliation.objects.get(), Project.objects.get()
    client, at = as_(liu), f"/projects/books/{Reconciliation.objects.get().pk}"
    assert (
        f"{project.name}的已支付资金：项目单位5、财政3，相差2。"
        in client.get(f"{at}/settle/{project.pk}/paid/").content.decode()
    )
    assert (
        "请选择以谁的数为准"
        in client.post(f"{at}/settle/{project.pk}/paid/", {"words": "重查"}).content.decode()
    )
    assert (
        client.post(f"{at}/settle/{project.pk}/paid/", {"words": "两边都在查", "stands": "none"}).status_code
        == 302
    )
    assert "下期更正" in client.get(f"{at}/").content.decode()
    assert "没有未了结的差异" in client.get(f"{at}/").content.decode()
    says(li, "finance", project, books, granted=Decimal(9), arrived=Decimal(9), paid=Decimal(4))
    assert "有1处差异没有了结" in client.get(f"{at}/").content.decode()
    assert client.get(f"{at}/settle/{project.pk}/invested/").status_code == 404


def test_what_was_typed_is_not_lost_to_the_other_button(liu: Member, wang: Member, as_) -> None:
    rules_of(liu)
    one, two = project_of(wang, "甲"), project_of(wang, "乙")
    for project in (one, two):
        says(wang, "owner", project, fortnight(liu, 20 + project.pk, state="closed"), invested=Decimal(5))
    books = fortnight(liu)
    sent = {
        "do": "unchanged",
        "same": [one.pk, two.pk],
        f"p{one.pk}-invested": "7",
        f"p{one.pk}-seen": "0",
        f"p{two.pk}-seen": "0",
    }
    assert as_(wang).post(f"/projects/books/{books.pk}/owner/", sent).status_code == 302
    said = {e.project_id: (e.invested, e.unchanged) for e in books.entries.all()}
    assert said == {one.pk: (7, False), two.pk: (5, True)}
    assert as_(wang).post(f"/projects/books/{books.pk}/owner/", {"do": "unchanged"}).status_code == 409
