"""The pages of 人员, 地区, 岗位, 记录, and the reforms of units, as each of the cast meets them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from luoshi.org.models import Delegation, Government, Person, Post, Unit
from luoshi.org.services import abolish_unit, create_unit, rename_unit
from luoshi.org.services.delegations import delegate
from luoshi.org.services.people import register_person
from luoshi.org.services.posts import give_post
from tests.people import RAIL, Member, government, unit


@pytest.fixture
def qi(liu: Member) -> Person:
    return register_person("齐一", by=liu.actor)


def told(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


class TestList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"刘主任", "王科长", "小李", "齐一"}),
            ("q=小", {"小李"}),
            ("q=教育", {"小李"}),
            ("q=发展 王", {"王科长"}),
            ("post=head", {"王科长"}),
            ("post=none", {"齐一"}),
            ("post=nonsense", set()),
            ("state=left", set()),
            ("page=99", {"刘主任", "王科长", "小李", "齐一"}),
            ("unit=x&q=小李", {"小李"}),
        ],
    )
    def test_filters(
        self, as_, liu: Member, wang: Member, li: Member, qi: Person, query: str, found: set[str]
    ) -> None:
        page = as_(liu).get(f"/people/?{query}")
        assert {person.name for person in page.context["people"]} == found
        if not found:
            assert "没有符合条件的人员" in text(page)

    def test_of_one_unit(self, as_, liu: Member, li: Member) -> None:
        page = as_(liu).get(f"/people/?unit={li.actor.unit_id}")
        assert [person.name for person in page.context["people"]] == ["小李"]
        assert "青禾县教育局的人员和他们的岗位。" in text(page)

    def test_typing_exchanges_the_list_only(self, as_, liu: Member) -> None:
        html = as_(liu).get("/people/?q=刘", headers={"HX-Request": "true"}).content.decode()
        assert "刘主任" in html
        assert "<html" not in html

    def test_it_costs_the_same_for_any_length(self, as_, liu: Member, django_assert_max_num_queries) -> None:
        for number in range(120):
            person = Person.objects.create(name=f"人{number}", government_id=liu.actor.government_id)
            for where in range(2):
                desk = unit(f"青禾县第{number % 40}{where}局", Government.objects.get())
                Post.objects.create(person=person, slug="clerk", unit=desk)
        client = as_(liu)
        with django_assert_max_num_queries(9 + RAIL):
            page = client.get("/people/")
        assert "第1页，共3页、121条" in text(page)

    def test_another_county_finds_nothing(self, as_, outsider: Member, li: Member) -> None:
        client = as_(outsider)
        assert "小李" not in text(client.get("/people/"))
        assert client.get(f"/people/{li.account.person_id}/").status_code == 404
        post = li.account.person.posts.get()
        for address in (
            "change",
            "end",
            "transfer",
            "hand-over",
            "delegate",
        ):
            assert client.get(f"/people/posts/{post.pk}/{address}/").status_code == 404

    def test_everybody_reads_and_only_the_office_registers(self, as_, liu: Member, li: Member) -> None:
        assert "登记人员" in text(as_(liu).get("/people/"))
        assert "登记人员" not in text(as_(li).get("/people/"))
        page = as_(liu).post("/people/", {"name": "齐二"}, follow=True)
        assert told(page) == ["已登记齐二，请在下面登记岗位。"]
        assert told(as_(liu).post("/people/", {"name": ""}, follow=True)) == ["姓名不能为空，请填写姓名。"]
        assert as_(li).post("/people/", {"name": "齐三"}).status_code == 403


class TestPerson:
    def test_a_post_by_the_office(self, as_, liu: Member, li: Member, qi: Person) -> None:
        address = f"/people/{qi.pk}/posts/"
        sent = {"slug": "clerk", "unit": li.actor.unit_id, "title": "干部", "valid_from": "2026-03-01"}
        page = as_(liu).post(address, sent, follow=True)
        assert told(page) == ["已登记：齐一任青禾县教育局联络员。"]
        assert "现任青禾县教育局联络员。" in text(page)
        page = as_(liu).post(address, sent)
        assert page.status_code == 422
        assert "齐一这段时间已经在青禾县教育局担任联络员，不必重复登记。" in text(page)

    @pytest.mark.parametrize(
        ("slip", "sentence"),
        [
            ({"unit": "999"}, "所选单位已不在名录中，请刷新页面后重新选择。"),
            ({"valid_from": "去年"}, "“任职日期”要写成年-月-日，如2026-03-01，请改正。"),
            ({"valid_from": "0001-01-01"}, "“任职日期”的年份不对，请核对。"),
            ({"scope": "actions"}, "范围是“分管的行动”的，请写明是哪几项行动。"),
            ({"title": "长" * 51}, "职务不能超过50个字，请写得短一些。"),
        ],
    )
    def test_slips_are_told_beside_the_fields(
        self, as_, liu: Member, li: Member, qi: Person, slip: dict[str, str], sentence: str
    ) -> None:
        sent = {"slug": "clerk", "unit": li.actor.unit_id, **slip}
        page = as_(liu).post(f"/people/{qi.pk}/posts/", sent)
        assert page.status_code == 422
        assert sentence in text(page)
        assert not qi.posts.exists()

    def test_the_three_are_granted_on_the_same_page(self, as_, liu: Member, gao: Member, qi: Person) -> None:
        page = as_(gao).get(f"/people/{qi.pk}/")
        offered = re.findall(r'<option value="(\w+)"', page.content.decode())
        assert {"system_admin", "security_admin", "auditor"} <= set(offered)
        assert "clerk" not in offered
        assert as_(gao).post(f"/people/{qi.pk}/posts/", {"slug": "auditor"}, follow=True).status_code == 200
        post = qi.posts.get()
        assert (post.slug, post.scope) == ("auditor", "system")
        assert as_(liu).post(f"/people/{qi.pk}/posts/", {"slug": "auditor"}).status_code == 403
        assert "收回系统岗位" in text(as_(gao).get(f"/people/{qi.pk}/"))
        assert "收回系统岗位" not in text(as_(liu).get(f"/people/{qi.pk}/"))
        as_(gao).post(f"/people/posts/{post.pk}/end/", {})
        post.refresh_from_db()
        assert post.state == "ended"

    def test_buttons_are_those_of_the_post(self, as_, liu: Member, wang: Member, li: Member) -> None:
        def doings(member: Member, whose: Member) -> list[str]:
            page = as_(member).get(f"/people/{whose.account.person_id}/")
            return [label for line in page.context["lines"] for label, _ in line.doings]

        assert doings(liu, li) == ["调整", "结束岗位", "调任", "移交联络员", "委托代办"]
        assert doings(li, li) == ["委托代办"]
        assert doings(li, wang) == []
        assert doings(wang, wang) == ["移交联络员", "委托代办", "委托代办"]

    def test_name_leaving_and_coming_back(self, as_, liu: Member, qi: Person) -> None:
        client, address = as_(liu), f"/people/{qi.pk}/"
        assert told(client.post(f"{address}name/", {"name": "戚一"}, follow=True)) == ["姓名已更正为戚一。"]
        page = client.post(f"{address}leave/", {"note": "退休"}, follow=True)
        assert told(page) == ["已登记戚一离开，岗位随之结束，账号已停用。"]
        assert "已离开，只供查阅。" in text(page)
        assert "戚一" in text(client.get("/people/?state=left"))
        assert client.post(f"{address}leave/").status_code == 409
        assert told(client.post(f"{address}return/", follow=True)) == ["戚一已恢复在册，请重新登记岗位。"]

    def test_the_page_costs_little(self, as_, liu: Member, li: Member, django_assert_max_num_queries) -> None:
        for number in range(10):
            give_post(li.account.person, "clerk", create_unit(f"第{number}局", by=liu.actor), by=liu.actor)
        client = as_(liu)
        with django_assert_max_num_queries(16 + RAIL):
            client.get(f"/people/{li.account.person_id}/")


class TestPosts:
    @pytest.fixture
    def post(self, li: Member) -> Post:
        return li.account.person.posts.get()

    @pytest.mark.parametrize("address", ["change", "end", "transfer", "hand-over", "delegate"])
    def test_each_has_its_page(self, as_, liu: Member, li: Member, post: Post, address: str) -> None:
        page = as_(liu).get(f"/people/posts/{post.pk}/{address}/")
        assert page.status_code == 200
        assert "小李，青禾县教育局联络员" in text(page)

    @pytest.mark.parametrize("address", ["change", "end", "transfer", "hand-over"])
    def test_whoever_may_not_is_told_before_filling_in(
        self, as_, liu: Member, li: Member, post: Post, address: str
    ) -> None:
        page = as_(li).get(f"/people/posts/{post.pk}/{address}/")
        assert page.status_code == 403
        assert "您目前的岗位不能办理" in text(page)

    def test_change(self, as_, liu: Member, post: Post) -> None:
        page = as_(liu).post(
            f"/people/posts/{post.pk}/change/", {"title": "股长", "scope": "subtree"}, follow=True
        )
        assert told(page) == ["小李的岗位已调整。"]
        assert "股长" in text(page)

    def test_end(self, as_, liu: Member, post: Post) -> None:
        page = as_(liu).post(f"/people/posts/{post.pk}/end/", {"day": "1800-01-01"})
        assert page.status_code == 422
        page = as_(liu).post(f"/people/posts/{post.pk}/end/", {"note": "岗位撤销"}, follow=True)
        assert told(page) == ["小李的联络员岗位已登记结束。"]

    def test_transfer(self, as_, liu: Member, wang: Member, post: Post) -> None:
        page = as_(liu).post(f"/people/posts/{post.pk}/transfer/", {"unit": ""})
        assert "请选择调往单位。" in text(page)
        page = as_(liu).post(f"/people/posts/{post.pk}/transfer/", {"unit": wang.actor.unit_id}, follow=True)
        assert told(page) == ["小李已调任青禾县发展和改革局。"]
        assert "由青禾县教育局转来" in text(page)

    def test_hand_over_to_a_new_person(self, as_, liu: Member, post: Post) -> None:
        address = f"/people/posts/{post.pk}/hand-over/"
        assert "请选择接任的人；名单里没有的，填写新人姓名" in text(as_(liu).post(address, {}))
        page = as_(liu).post(address, {"name": "齐二"}, follow=True)
        assert told(page) == [
            "联络员已由小李移交给齐二，待办随岗位转给接任的人。接任的人还没有账号，请系统管理员发放一次性密码。"
        ]
        assert re.search(r"接任\s+小李", text(page))

    def test_a_refused_hand_over_registers_nobody(self, as_, liu: Member, post: Post) -> None:
        page = as_(liu).post(
            f"/people/posts/{post.pk}/hand-over/", {"name": "齐二", "day": "2000-01-01", "note": ""}
        )
        post.refresh_from_db()
        ended = post.valid_to is not None
        assert ended is (page.status_code == 302)
        Post.objects.filter(pk=post.pk).update(valid_to=timezone.localdate() + dt.timedelta(days=1))
        page = as_(liu).post(f"/people/posts/{post.pk}/hand-over/", {"name": "齐三", "day": "2099-01-01"})
        assert page.status_code in (409, 422)
        assert not Person.objects.filter(name="齐三").exists()

    def test_the_head_chooses_from_the_list_only(self, as_, wang: Member, qi: Person) -> None:
        post = wang.account.person.posts.get(slug="clerk")
        page = as_(wang).get(f"/people/posts/{post.pk}/hand-over/")
        assert "新人姓名" not in text(page)
        page = as_(wang).post(f"/people/posts/{post.pk}/hand-over/", {"person": qi.pk}, follow=True)
        assert told(page)[0].startswith("联络员已由王科长移交给齐一")


class TestActing:
    @pytest.fixture
    def acting(self, wang: Member, li: Member) -> Delegation:
        today = timezone.localdate()
        post = wang.account.person.posts.get(slug="head")
        return delegate(
            post, li.account.person, today, today + dt.timedelta(days=3), by=wang.actor, reason="出差"
        )

    def test_asked_for_by_the_holder(self, as_, wang: Member, li: Member) -> None:
        post = wang.account.person.posts.get(slug="head")
        address = f"/people/posts/{post.pk}/delegate/"
        page = as_(wang).post(address, {"person": li.account.person_id, "note": ""})
        assert "请填写代办到哪天止，到期自动结束。" in text(page)
        assert "委托代办需要写明事由" in text(page)
        last = (timezone.localdate() + dt.timedelta(days=5)).isoformat()
        page = as_(wang).post(
            address, {"person": li.account.person_id, "last": last, "note": "外出培训"}, follow=True
        )
        assert told(page) == [f"已委托小李代办到{last}，到期自动结束，需要时可以提前收回。"]
        assert as_(li).get(address).status_code == 403

    def test_choosing_a_desk(self, as_, li: Member, wang: Member, acting: Delegation) -> None:
        client = as_(li)
        assert "换岗位" in text(client.get("/people/"))
        page = client.get("/seats/")
        assert "代王科长办理" in text(page)
        key = page.context["seats"][1][0].key
        page = client.post("/seats/", {"seat": key}, follow=True)
        assert told(page) == ["已换到所选的岗位。"]
        assert "代王科长" in text(page)
        assert page.context["actor"].posts == ("head",)
        assert client.get("/people/").context["actor"].principal
        page = client.post("/seats/", {"seat": "own-999"}, follow=True)
        assert told(page) == ["所选的岗位已经不在任，请重新选择。"]

    def test_the_desk_is_gone_when_it_is_recalled(
        self, as_, li: Member, wang: Member, acting: Delegation
    ) -> None:
        client = as_(li)
        client.post("/seats/", {"seat": client.get("/seats/").context["seats"][1][0].key})
        assert as_(li).post(f"/people/delegations/{acting.pk}/recall/").status_code == 403
        page = as_(wang).post(f"/people/delegations/{acting.pk}/recall/", follow=True)
        assert told(page) == ["已收回对小李的委托。"]
        assert as_(li).get("/people/").context["actor"].posts == ("clerk",)

    def test_no_link_for_whoever_has_one_desk(self, as_, li: Member) -> None:
        assert "换岗位" not in text(as_(li).get("/people/"))


class TestReforms:
    @pytest.fixture
    def two(self, liu: Member) -> list[Unit]:
        return [create_unit(name, by=liu.actor) for name in ("青禾县科学技术局", "青禾县工业局")]

    def test_merge(self, as_, liu: Member, two: list[Unit]) -> None:
        client = as_(liu)
        page = client.get(f"/units/merge/?unit={two[0].pk}")
        assert page.content.decode().count(" checked") == 1
        sent = {"before": [unit.pk for unit in two], "name": "青禾县科技和工业局", "note": ""}
        page = client.post("/units/merge/", sent)
        assert page.status_code == 422
        assert page.content.decode().count(" checked") == 2
        page = client.post("/units/merge/", {**sent, "note": "机构改革方案"}, follow=True)
        assert told(page) == ["已合并为青禾县科技和工业局。原来的名称以后都认作它，岗位随之转入。"]
        assert "合并设立“青禾县科技和工业局”" in text(page)
        assert "青禾县科技和工业局" in text(client.get("/units/?q=科学技术"))

    def test_merging_too_few_keeps_what_was_filled_in(self, as_, liu: Member, two: list[Unit]) -> None:
        page = as_(liu).post("/units/merge/", {"before": [two[0].pk], "name": "青禾县新局", "note": "依据"})
        assert page.status_code == 422
        assert "合并成新单位至少要选两个单位" in text(page)
        assert 'value="青禾县新局"' in page.content.decode()

    def test_split(self, as_, liu: Member, two: list[Unit]) -> None:
        names = "青禾县科学局\n青禾县工业局\n"
        page = as_(liu).post(
            f"/units/{two[0].pk}/split/", {"names": names, "note": "机构改革方案"}, follow=True
        )
        assert told(page) == ["青禾县科学技术局已分设为青禾县科学局、青禾县工业局。"]
        assert re.search(r"撤销，分设为\s+青禾县科学局\s+、\s+青禾县工业局", text(page))
        assert Unit.objects.filter(full_name="青禾县工业局").count() == 1

    @pytest.mark.parametrize("address", ["/units/merge/", "/units/{}/split/"])
    def test_the_office_only(self, as_, liu: Member, wang: Member, two: list[Unit], address: str) -> None:
        assert as_(wang).get(address.format(two[0].pk)).status_code == 403

    def test_correct(self, as_, liu: Member, two: list[Unit]) -> None:
        page = as_(liu).post(
            f"/units/{two[0].pk}/correct/", {"kind": "institution", "parent": two[1].pk}, follow=True
        )
        assert told(page) == ["青禾县科学技术局的信息已更正。"]
        assert "上级单位是 青禾县工业局" in text(page)

    def test_the_register_of_a_day_gone_by(self, as_, liu: Member, two: list[Unit]) -> None:
        Unit.objects.filter(pk=two[0].pk).update(valid_from="2001-01-01")
        two[0].refresh_from_db()
        rename_unit(two[0], "青禾县科技局", by=liu.actor, day=dt.date(2019, 3, 15))
        abolish_unit(two[1], two[0], by=liu.actor, note="依据")
        page = as_(liu).get("/units/?day=2015-06-01")
        assert "共1个单位" in text(page) or "共2个单位" in text(page)
        rows = {unit.full_name: unit.called for unit in page.context["units"]}
        assert rows["青禾县科技局"] == "青禾县科学技术局"
        assert "青禾县工业局" not in rows
        assert as_(liu).get("/units/?day=nonsense").context["day"] is None


class TestGovernments:
    @pytest.fixture
    def tree(self, liu: Member) -> dict[str, Government]:
        county = Government.objects.get(name="青禾县")
        province = government("江口省", "province")
        city = Government.objects.create(name="云岭市", level="city", parent=province)
        other = Government.objects.create(name="白露县", level="county", parent=city)
        county.parent = city
        county.save()
        return {one.name: one for one in (province, city, county, other)}

    def test_above_own_and_below_but_no_neighbour(
        self, as_, liu: Member, tree: dict[str, Government]
    ) -> None:
        page = as_(liu).post("/units/governments/", {"name": "石桥镇", "level": "town"}, follow=True)
        assert told(page) == ["已登记石桥镇，属于青禾县。"]
        shown = [(branch.government.name, branch.depth) for branch in page.context["branches"]]
        assert shown == [("江口省", 0), ("云岭市", 1), ("青禾县", 2), ("石桥镇", 3)]
        assert as_(liu).get(f"/units/governments/{tree['白露县'].pk}/").status_code == 404
        page = as_(liu).get(f"/units/governments/{tree['青禾县'].pk}/")
        assert "登记下级地区" in text(page)
        assert "1人" in text(page)

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"name": "某市", "level": "city"}, "请选择比本地区低的层级。"),
            ({"name": "", "level": "town"}, "请填写地区名称。"),
            ({"name": "白露县", "level": "town"}, "“白露县”已经登记过，请核对名称。"),
        ],
    )
    def test_what_cannot_be_below(
        self, as_, liu: Member, tree: dict[str, Government], sent: dict[str, str], sentence: str
    ) -> None:
        assert sentence in text(as_(liu).post("/units/governments/", sent, follow=True))

    def test_others_look_only(self, as_, wang: Member, liu: Member, tree: dict[str, Government]) -> None:
        assert "登记下级地区" not in text(as_(wang).get("/units/governments/"))
        assert as_(wang).post("/units/governments/", {"name": "石桥镇", "level": "town"}).status_code == 403


class TestRecords:
    def test_the_auditor_reads_who_did_what(self, as_, auditor: Member, liu: Member, qi: Person) -> None:
        create_unit("青禾县水利局", by=liu.actor)
        page = as_(auditor).get("/records/")
        assert [(line.deed.deed, line.post, line.subject) for line in page.context["lines"]] == [
            ("新增单位", "综合协调组（政府办）", f"单位{Unit.objects.last().pk}号"),
            ("登记人员", "综合协调组（政府办）", f"人员{qi.pk}号"),
        ]
        assert "姓名：齐一" in text(page)

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("q=刘", 1),
            ("q=王", 0),
            ("post=office", 1),
            ("post=clerk", 0),
            ("since=2000-01-01&until=2099-01-01", 1),
            ("since=2099-01-01", 0),
            ("until=2000-01-01", 0),
            ("since=x&until=9999-99-99", 1),
        ],
    )
    def test_filters(self, as_, auditor: Member, liu: Member, qi: Person, query: str, count: int) -> None:
        assert len(as_(auditor).get(f"/records/?{query}").context["lines"]) == count

    def test_done_on_behalf_is_found_by_both_names(
        self, as_, auditor: Member, wang: Member, li: Member, liu: Member
    ) -> None:
        today = timezone.localdate()
        post = wang.account.person.posts.get(slug="clerk")
        head = wang.account.person.posts.get(slug="head")
        delegate(head, li.account.person, today, today, by=wang.actor, reason="出差")
        client = as_(li)
        client.post("/seats/", {"seat": client.get("/seats/").context["seats"][1][0].key})
        client.post(f"/people/posts/{post.pk}/hand-over/", {"person": liu.account.person_id})
        page = as_(auditor).get("/records/?q=王科长")
        assert ("小李", "王科长") in {
            (line.deed.person_name, line.deed.behalf) for line in page.context["lines"]
        }
        assert "代王科长" in text(page)

    @pytest.mark.parametrize("who", ["liu", "wang", "li", "chen_admin", "gao"])
    def test_nobody_else(self, request: pytest.FixtureRequest, as_, who: str) -> None:
        page = as_(request.getfixturevalue(who)).get("/records/")
        assert page.status_code == 403
        assert "查看办理记录由审计员办理" in text(page)

    def test_it_costs_the_same_for_any_length(
        self, as_, auditor: Member, liu: Member, django_assert_max_num_queries
    ) -> None:
        for number in range(110):
            register_person(f"人{number}", by=liu.actor)
        client = as_(auditor)
        with django_assert_max_num_queries(6):
            page = client.get("/records/")
        assert "第1页，共2页" in text(page)
