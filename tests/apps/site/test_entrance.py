"""No page is open without log-in, whatever the address; every answer carries the policy."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from luoshi.site.headers import POLICY
from tests.apps.site.addresses import addresses
from tests.people import PASSWORD, Member

FEED = "/calendar/feed/1/1.ics"
"""A calendar that a telephone fetches: whoever does not have its secret address finds nothing (tests/apps/dispatch/test_rights.py)."""
OPEN = {"/login/", "/health/", FEED}


ALL = sorted(addresses())


def test_the_walk_finds_all_rooms() -> None:
    assert {"/", "/plans/", "/ledger/", "/units/", "/units/1/", "/login/", "/logout/", "/health/"} <= set(ALL)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [a for a in ALL if a not in OPEN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_door(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={address}")


@pytest.mark.django_db
def test_a_fragment_for_a_stranger_moves_the_whole_page(client: Client) -> None:
    answer = client.get(
        "/units/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/units/?q=x"}
    )
    assert answer.headers["HX-Redirect"] == "/login/?next=/units/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/login/", "/health/", "/", "/nowhere/", "/static/ui/luoshi.css"])
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    assert client.get(address).headers["Content-Security-Policy"] == POLICY


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none';")


class TestPages:
    """With DEBUG off, every page without arguments renders for everybody, and what it names exists."""

    PLAIN = ["/", "/plans/", "/ledger/", "/reporting/", "/bulletins/", "/units/"]

    @pytest.fixture(params=["liu", "wang", "li", "chen_admin", "auditor", "outsider"])
    def member(self, request: pytest.FixtureRequest) -> Member:
        return request.getfixturevalue(request.param)

    @pytest.mark.parametrize("address", PLAIN)
    def test_renders(self, as_, member: Member, address: str, settings) -> None:
        assert settings.DEBUG is False
        page = as_(member).get(address)
        assert page.status_code in (200, 403)
        html = page.content.decode()
        named = re.findall(r'(?:src|href)="/static/([^"?]+)"', html)
        assert named
        assert not [name for name in named if not finders.find(name)]
        assert not re.search(r"<h1>\s*</h1>", html)

    @pytest.mark.parametrize("address", ["/login/", "/nowhere/"])
    def test_renders_for_nobody(self, client: Client, db, address: str) -> None:
        page = client.get(address)
        assert "/static/ui/luoshi.css" in page.content.decode()


def test_the_rail_shows_only_the_words_of_the_post(
    as_, liu: Member, chen_admin: Member, outsider: Member
) -> None:
    def words(member: Member) -> list[str]:
        rail = re.search(r"<nav.*?</nav>", as_(member).get("/units/").content.decode(), re.S)
        assert rail
        return re.findall(r"<a [^>]*>([^<]+)", rail.group())

    business = ["方案", "台账", "报送", "日程", "会议", "预警", "督办", "项目", "公文", "挂图"]
    assert words(liu) == ["待我办", *business, "单位", "人员"]
    assert words(chen_admin) == ["待我办", "单位", "人员", "账号", "提醒渠道"]


def test_what_went_wrong_is_told_in_a_sentence(as_, liu: Member) -> None:
    page = as_(liu).get("/units/999/")
    assert page.status_code == 404
    assert "要找的内容不存在，或不在您的查看范围内。" in page.content.decode()


def test_a_form_from_an_old_page(liu: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(liu.account)
    page = client.post("/units/", {"full_name": "某局", "kind": "other"})
    assert page.status_code == 403
    assert "请刷新页面后再提交。" in page.content.decode()


def test_a_fault_of_ours_is_told_without_a_database(liu: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("luoshi.org.views.units.find_units", broken)
    client = Client(raise_request_exception=False)
    client.force_login(liu.account)
    page = client.get("/units/")
    assert page.status_code == 500
    assert "这次操作没有完成。请稍后重试" in page.content.decode()
    assert "out of order" not in page.content.decode()


@pytest.mark.django_db
def test_pulse(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")


class TestPassword:
    """A new password of one's own."""

    NEW = {"old_password": PASSWORD, "new_password1": "Qingshui#26", "new_password2": "Qingshui#26"}

    def test_it_is_changed_and_other_browsers_are_out(self, client: Client, liu: Member) -> None:
        other = Client()
        for browser in (client, other):
            browser.login(username="liu", password=PASSWORD)
        page = client.post("/password/", self.NEW, follow=True)
        assert "密码已更改" in page.content.decode()
        assert other.get("/").status_code == 302
        assert Client().login(username="liu", password="Qingshui#26")

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"old_password": "x"}, "原密码不对"),
            ({"new_password2": "Qingshui#27"}, "两次输入的新密码不同"),
            ({"new_password1": "abcdefgh", "new_password2": "abcdefgh"}, "密码至少8位"),
            ({"new_password1": ""}, "请填写新密码。"),
        ],
    )
    def test_what_is_wrong_is_said(self, as_, liu: Member, wrong: dict[str, str], sentence: str) -> None:
        assert sentence in as_(liu).post("/password/", {**self.NEW, **wrong}).content.decode()
        assert Client().login(username="liu", password=PASSWORD)
