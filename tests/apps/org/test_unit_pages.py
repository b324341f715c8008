"""The pages of 单位, as each of the cast meets them."""

import re

import pytest

from luoshi.org.models import Account, Unit
from luoshi.org.services import abolish_unit, add_alias, create_unit, rename_unit
from tests.people import RAIL, Member, unit


@pytest.fixture
def bureau(liu: Member) -> Unit:
    made = create_unit("青禾县交通运输局", by=liu.actor)
    add_alias(made, "县交通局", "short", by=liu.actor)
    return made


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("q=交通", True),
        ("q=县交通局", True),
        ("q=青禾 运输", True),
        ("q=水利", False),
        ("kind=department", True),
        ("kind=town", False),
        ("page=99", True),
        ("page=x", True),
    ],
)
def test_find(as_, liu: Member, bureau: Unit, query: str, found: bool) -> None:
    html = as_(liu).get(f"/units/?{query}").content.decode()
    assert ("青禾县交通运输局" in html) is found
    if not found:
        assert "没有符合条件的单位" in html


def test_typing_exchanges_the_list_only(as_, liu: Member, bureau: Unit) -> None:
    html = as_(liu).get("/units/?q=交通", headers={"HX-Request": "true"}).content.decode()
    assert "青禾县交通运输局" in html
    assert "<html" not in html


def test_the_list_costs_the_same_for_any_length(as_, liu: Member, django_assert_max_num_queries) -> None:
    for number in range(60):
        unit(
            f"青禾县第{number}局",
            Unit.objects.get().government if number == 0 else Unit.objects.first().government,
        )
    client = as_(liu)
    with django_assert_max_num_queries(10 + RAIL):
        client.get("/units/")


def test_page_of_a_unit(as_, liu: Member, bureau: Unit) -> None:
    html = as_(liu).get(f"/units/{bureau.pk}/").content.decode()
    assert "县交通局" in html
    assert "登记别名" in html
    assert "更改全称" in html


def test_others_read_and_have_no_buttons(as_, wang: Member, bureau: Unit) -> None:
    html = as_(wang).get(f"/units/{bureau.pk}/").content.decode()
    assert "县交通局" in html
    assert 'action="/units/' not in html
    assert "新增单位" not in as_(wang).get("/units/").content.decode()


def test_another_county_finds_nothing(as_, outsider: Member, bureau: Unit) -> None:
    client = as_(outsider)
    assert "青禾县" not in client.get("/units/").content.decode()
    for address in ("", "names/", "members/", "rename/"):
        assert client.get(f"/units/{bureau.pk}/{address}").status_code in (404, 405)
        assert client.post(f"/units/{bureau.pk}/{address}", {"name": "x"}).status_code in (404, 405)


class TestEditing:
    def test_new_unit(self, as_, liu: Member) -> None:
        page = as_(liu).post("/units/", {"full_name": "青禾县水利局", "kind": "department"}, follow=True)
        assert told(page) == ["已新增青禾县水利局，请在下面登记它的简称。"]
        assert page.context["unit"].full_name == "青禾县水利局"

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"full_name": "", "kind": "department"}, "全称不能为空，请填写。"),
            (
                {"full_name": "局" * 101, "kind": "department"},
                "名称不能超过100个字，请核对是否把几个单位连在了一起。",
            ),
        ],
    )
    def test_new_unit_with_a_slip(self, as_, liu: Member, fields: dict[str, str], sentence: str) -> None:
        assert told(as_(liu).post("/units/", fields, follow=True)) == [sentence]

    def test_a_taken_name_is_refused_on_a_page(self, as_, liu: Member, bureau: Unit) -> None:
        page = as_(liu).post("/units/", {"full_name": "县交通局", "kind": "department"})
        assert page.status_code == 409
        assert "“县交通局”已经是青禾县交通运输局的名称" in page.content.decode()

    def test_the_same_refusal_as_a_notice_for_a_fragment(self, as_, liu: Member, bureau: Unit) -> None:
        answer = as_(liu).post(
            "/units/", {"full_name": "县交通局", "kind": "department"}, headers={"HX-Request": "true"}
        )
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#toasts")
        assert "<html" not in answer.content.decode()

    def test_not_you_is_a_403_with_its_sentence(self, as_, wang: Member) -> None:
        page = as_(wang).post("/units/", {"full_name": "青禾县水利局", "kind": "department"})
        assert page.status_code == 403
        assert "新增单位由综合协调组（政府办）、专班办公室办理" in page.content.decode()

    def test_names(self, as_, liu: Member, bureau: Unit) -> None:
        client = as_(liu)
        page = client.post(f"/units/{bureau.pk}/names/", {"name": "交通局", "kind": "alias"}, follow=True)
        assert told(page) == ["以后方案里的“交通局”都认作青禾县交通运输局。"]
        row = bureau.names.get(name="交通局")
        page = client.post(f"/units/{bureau.pk}/names/{row.pk}/drop/", follow=True)
        assert told(page) == ["“交通局”已停用。"]

    def test_rename(self, as_, liu: Member, bureau: Unit) -> None:
        page = as_(liu).post(
            f"/units/{bureau.pk}/rename/", {"full_name": "青禾县交通局", "note": ""}, follow=True
        )
        assert told(page) == ["已更名为青禾县交通局，原名留作曾用名。"]

    def test_members(self, as_, liu: Member, bureau: Unit) -> None:
        towns = create_unit("各乡镇", by=liu.actor, collective=True)
        town = create_unit("石桥镇人民政府", "town", by=liu.actor)
        client = as_(liu)
        assert "任务无法落到具体单位" in client.get(f"/units/{towns.pk}/").content.decode()
        page = client.post(f"/units/{towns.pk}/members/", {"members": [town.pk]}, follow=True)
        assert told(page) == ["各乡镇现在包括1个单位。"]
        page = client.post(f"/units/{towns.pk}/members/", {"members": [towns.pk]}, follow=True)
        assert told(page) == ["所选单位已不在名录中，请刷新页面后重新选择。"]

    def test_abolish(self, as_, liu: Member, bureau: Unit) -> None:
        client, heir = as_(liu), create_unit("青禾县住房和城乡建设局", by=liu.actor)
        address = f"/units/{bureau.pk}/abolish/"
        page = client.post(address, {"successor": heir.pk, "note": ""}, follow=True)
        assert told(page) == ["撤销单位需要写明依据，请填写文件或会议名称。"]
        page = client.post(address, {"successor": heir.pk, "note": "机构改革方案"}, follow=True)
        assert told(page) == ["青禾县交通运输局已撤销，已有的台账不变。"]
        html = page.content.decode()
        assert re.search(r"撤销，职能由<a [^>]*>青禾县住房和城乡建设局</a>承接", html)
        assert 'action="/units/' not in html
        assert ">青禾县交通运输局</a>" not in client.get("/units/").content.decode()
        assert "青禾县交通运输局" in client.get("/units/?kind=abolished").content.decode()


class TestLock:
    def test_five_wrong_passwords_lock_the_account(self, client, liu: Member) -> None:
        for _ in range(5):
            page = client.post("/login/", {"username": "liu", "password": "wrong"})
            assert "账号或密码不对" in page.content.decode()
        page = client.post("/login/", {"username": "liu", "password": "qinghe-2026"})
        assert "这个账号已锁定，请过5分钟再试。" in page.content.decode()
        Account.objects.update(locked_until="2026-01-01T00:00:00Z")
        assert client.post("/login/", {"username": "liu", "password": "qinghe-2026"}).status_code == 302

    def test_the_right_one_starts_the_count_again(self, client, liu: Member) -> None:
        for password in ["wrong"] * 4 + ["qinghe-2026"]:
            client.post("/login/", {"username": "liu", "password": password})
            if password != "wrong":
                client.post("/logout/")
        for _ in range(4):
            client.post("/login/", {"username": "liu", "password": "wrong"})
        assert client.post("/login/", {"username": "liu", "password": "qinghe-2026"}).status_code == 302

    def test_a_name_nobody_has(self, client, db) -> None:
        for _ in range(6):
            page = client.post("/login/", {"username": "nobody", "password": "wrong"})
            assert "账号或密码不对" in page.content.decode()


def test_the_page_of_a_unit_costs_the_same_for_any_history(
    as_, liu: Member, bureau: Unit, django_assert_max_num_queries
) -> None:
    for number in range(12):
        other = create_unit(f"青禾县第{number}局", by=liu.actor)
        abolish_unit(other, bureau, by=liu.actor, note="并入")
        rename_unit(bureau, f"青禾县交通第{number}局", by=liu.actor)
    client = as_(liu)
    with django_assert_max_num_queries(17 + RAIL):
        client.get(f"/units/{bureau.pk}/")
