"""The register of units: names, members, who may change it, what is remembered."""

import datetime as dt

import pytest
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied
from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.models import Post, Unit
from luoshi.org.queries import register
from luoshi.org.services import (
    BadName,
    abolish_unit,
    add_alias,
    create_unit,
    drop_name,
    rename_unit,
    set_members,
)
from tests.people import Member, government, unit


def names_of(one: Unit) -> tuple[str, ...]:
    return next(row.names for row in register(one.government_id) if row.unit_id == one.pk)


class TestNames:
    def test_create(self, liu: Member) -> None:
        made = create_unit(" 青禾县 水利局 ", by=liu.actor)
        assert made.full_name == "青禾县水利局"
        assert made.valid_from == timezone.localdate()
        event = Event.objects.get()
        assert (event.verb, event.subject_id) == ("create", made.pk)
        assert event.data["full_name"] == [None, "青禾县水利局"]

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("", "单位名称不能为空，请填写名称。"),
            ("　", "单位名称不能为空，请填写名称。"),
            ("局" * 101, "单位名称不能超过100个字，请核对是否把几个单位连在了一起。"),
            ("青禾县教育局", "“青禾县教育局”已经是青禾县教育局的名称，请直接选用该单位，或换一个名称。"),
            ("县教育局", "“县教育局”已经是青禾县教育局的名称，请直接选用该单位，或换一个名称。"),
        ],
    )
    def test_a_name_answers_for_one_unit_only(
        self, liu: Member, li: Member, name: str, sentence: str
    ) -> None:
        add_alias(Unit.objects.get(full_name="青禾县教育局"), "县教育局", "short", by=liu.actor)
        with pytest.raises(BadName) as refusal:
            create_unit(name, by=liu.actor)
        assert refusal.value.sentence == sentence

    def test_the_same_name_in_another_county_is_another_unit(self, liu: Member, outsider: Member) -> None:
        unit("水利局", government("白露县"))
        assert create_unit("水利局", by=liu.actor).government_id == liu.actor.government_id

    def test_alias_and_its_end(self, liu: Member) -> None:
        bureau = create_unit("青禾县交通运输局", by=liu.actor)
        row = add_alias(bureau, "县交通局", "short", by=liu.actor)
        assert names_of(bureau) == ("青禾县交通运输局", "县交通局")
        drop_name(row, by=liu.actor)
        assert names_of(bureau) == ("青禾县交通运输局",)
        assert create_unit("县交通局", by=liu.actor).pk != bureau.pk

    def test_a_dropped_name_may_be_taken_up_again(self, liu: Member) -> None:
        bureau = create_unit("青禾县交通运输局", by=liu.actor)
        drop_name(add_alias(bureau, "县交通局", "short", by=liu.actor), by=liu.actor)
        add_alias(bureau, "县交通局", "alias", by=liu.actor)
        assert names_of(bureau) == ("青禾县交通运输局", "县交通局")

    def test_rename_keeps_the_former_name(self, liu: Member) -> None:
        bureau = create_unit("青禾县交通局", by=liu.actor)
        rename_unit(bureau, "青禾县交通运输局", by=liu.actor, note="机构改革方案")
        assert names_of(bureau) == ("青禾县交通运输局", "青禾县交通局")
        assert bureau.names.get().kind == "former"
        assert Event.objects.last().note == "机构改革方案"

    def test_a_unit_may_go_back_to_its_former_name(self, liu: Member) -> None:
        bureau = create_unit("青禾县交通局", by=liu.actor)
        for name in ("青禾县交通运输局", "青禾县交通局"):
            rename_unit(bureau, name, by=liu.actor)
        assert names_of(bureau) == ("青禾县交通局", "青禾县交通运输局")


class TestLife:
    def test_an_abolished_unit_leaves_the_register_and_takes_no_change(self, liu: Member) -> None:
        old, new = create_unit("青禾县粮食局", by=liu.actor), create_unit("青禾县商务局", by=liu.actor)
        abolish_unit(old, new, by=liu.actor, note="并入")
        assert old.pk not in {row.unit_id for row in register(old.government_id)}
        with pytest.raises(
            Denied, match="单位现在是“已撤销”，不能登记别名。请改为在承接其职能的单位上办理。"
        ):
            add_alias(old, "粮食局", by=liu.actor)
        with pytest.raises(BadName, match="“青禾县粮食局”是青禾县商务局的曾用名或承接的名称。如确需另设单位"):
            create_unit("青禾县粮食局", by=liu.actor)
        drop_name(new.names.get(name="青禾县粮食局"), by=liu.actor)
        assert create_unit("青禾县粮食局", by=liu.actor).pk != old.pk

    def test_the_end_of_a_unit_needs_a_reason(self, liu: Member) -> None:
        with pytest.raises(Denied, match="撤销单位需要写明理由，请填写后再提交。"):
            abolish_unit(create_unit("青禾县粮食局", by=liu.actor), None, by=liu.actor, note=" ")

    @pytest.mark.parametrize("who", ["wang", "li", "chen_admin", "auditor"])
    def test_only_the_office_keeps_the_register(
        self, request: pytest.FixtureRequest, liu: Member, who: str
    ) -> None:
        actor = request.getfixturevalue(who).actor
        bureau = create_unit("青禾县水利局", by=liu.actor)
        for attempt in (
            lambda: create_unit("青禾县某局", by=actor),
            lambda: add_alias(bureau, "某名", by=actor),
            lambda: rename_unit(bureau, "青禾县水务局", by=actor),
            lambda: set_members(bureau, [], by=actor),
        ):
            with pytest.raises(Denied) as refusal:
                attempt()
            assert refusal.value.kind == "not_you"
        bureau.refresh_from_db()
        assert (bureau.full_name, bureau.names.count()) == ("青禾县水利局", 0)
        assert not Unit.objects.filter(full_name="青禾县某局").exists()

    def test_another_countys_office_changes_nothing_here(self, liu: Member, outsider: Member) -> None:
        bureau = create_unit("青禾县水利局", by=liu.actor)
        with pytest.raises(Denied, match="不属于您所在的地区"):
            add_alias(bureau, "某名", by=outsider.actor)


class TestMembers:
    def test_a_collective_name_stands_for_its_members(self, liu: Member) -> None:
        towns = [create_unit(name, "town", by=liu.actor) for name in ("石桥镇人民政府", "云台镇人民政府")]
        all_towns = create_unit("各乡镇人民政府", by=liu.actor)
        set_members(all_towns, reversed(towns), by=liu.actor)
        assert all_towns.is_collective
        assert next(
            row.collective for row in register(all_towns.government_id) if row.unit_id == all_towns.pk
        )
        assert Event.objects.last().data == {"members": [[], ["石桥镇人民政府", "云台镇人民政府"]]}

    def test_made_of_concrete_units_of_the_same_county_only(self, liu: Member, outsider: Member) -> None:
        some = create_unit("各街道", by=liu.actor, collective=True)
        other = create_unit("各乡镇", by=liu.actor, collective=True)
        foreign = Unit.objects.get(government__name="白露县")
        for member, sentence in (
            (some, "统称只能由具体单位组成"),
            (other, "统称只能由具体单位组成"),
            (foreign, "所含单位必须是本地区的单位"),
        ):
            with pytest.raises(BadName, match=sentence):
                set_members(some, [member], by=liu.actor)


class TestActor:
    def test_posts_in_force_by_weight(self, liu: Member) -> None:
        today = timezone.localdate()
        person = liu.account.person
        Post.objects.create(person=person, slug="clerk", valid_to=today)
        Post.objects.create(person=person, slug="assessor", valid_from=today + dt.timedelta(days=1))
        Post.objects.create(person=person, slug="leader", valid_from=today)
        found = actor_of(liu.account, today)
        assert found == Actor(
            person.pk,
            "刘主任",
            ("office", "leader"),
            liu.actor.unit_id,
            "青禾县人民政府办公室",
            person.government_id,
            "government",
            ("government", "unit"),
        )
        assert "assessor" in actor_of(liu.account, today + dt.timedelta(days=1)).posts

    def test_somebody_without_a_post(self, liu: Member) -> None:
        Post.objects.all().delete()
        found = actor_of(liu.account, timezone.localdate())
        assert (found.posts, found.post, found.unit_id, found.scope) == ((), "", None, "unit")


def test_register_in_two_queries(liu: Member, django_assert_num_queries) -> None:
    for number in range(30):
        add_alias(create_unit(f"青禾县第{number}局", by=liu.actor), f"{number}局", by=liu.actor)
    with django_assert_num_queries(2):
        assert len(register(liu.actor.government_id)) == 31


def test_history_speaks_of_names_and_kinds(liu: Member) -> None:
    bureau = create_unit("青禾县交通局", by=liu.actor)
    drop_name(add_alias(bureau, "县交通局", "short", by=liu.actor), by=liu.actor)
    assert [(deed.deed, deed.changes) for deed in history(bureau)] == [
        ("停用别名", ("叫法：县交通局 → （空）",)),
        ("登记别名", ("叫法：县交通局（简称）",)),
        ("新增单位", ("全称：青禾县交通局", "类别：政府部门")),
    ]
