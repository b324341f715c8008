"""A person logs in, sees the first page, leaves."""

from django.test import Client

from tests.people import PASSWORD, Member


def test_in_and_out(client: Client, liu: Member) -> None:
    door = client.get("/", follow=True)
    assert door.redirect_chain == [("/login/?next=/", 302)]
    page = client.post("/login/?next=/", {"username": "liu", "password": PASSWORD}, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert "待我办" in page.content.decode()
    assert "刘主任" in page.content.decode()
    assert client.post("/logout/").headers["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_wrong_password_is_told_in_one_sentence(client: Client, liu: Member) -> None:
    page = client.post("/login/", {"username": "liu", "password": "wrong"})
    assert "账号或密码不对，请核对后重新输入。" in page.content.decode()
