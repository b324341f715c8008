"""Units renamed, merged, split, abolished: no day of their history is lost, and old names are still understood."""

import datetime as dt

import pytest
from django.utils import timezone

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Stale
from luoshi.journal.queries import history
from luoshi.org.models import Post, Unit
from luoshi.org.queries import register
from luoshi.org.queries.timeline import called_on, eras, timeline
from luoshi.org.services import BadName, abolish_unit, add_alias, create_unit, rename_unit, set_members
from luoshi.org.services.delegations import delegate
from luoshi.org.services.posts import give_post
from luoshi.org.services.reform import BadReform, merge_units, split_unit
from luoshi.org.services.units import BadDay, correct_unit
from tests.people import Member, at_work

FOUNDED, REFORM = dt.date(2001, 1, 1), dt.date(2019, 3, 15)
TODAY = dt.date.today


def made(name: str, liu: Member, *aliases: str, day: dt.date = FOUNDED) -> Unit:
    unit = create_unit(name, by=liu.actor, day=day)
    for alias in aliases:
        add_alias(unit, alias, "short", by=liu.actor)
    return unit


def understood(liu: Member, name: str) -> list[str]:
    """The units in force that answer to a name."""
    rows = [row for row in register(liu.actor.government_id) if name in row.names]
    return [Unit.objects.get(pk=row.unit_id).full_name for row in rows]


def told(unit: Unit) -> list[str]:
    return [
        f"{turn.day} {turn.before}{'、'.join(map(str, turn.units))}{turn.after}" for turn in timeline(unit)
    ]


class TestRenaming:
    @pytest.fixture
    def bureau(self, liu: Member) -> Unit:
        unit = made("青禾县交通局", liu)
        rename_unit(unit, "青禾县交通运输局", by=liu.actor, day=dt.date(2010, 5, 1))
        rename_unit(unit, "青禾县交通和口岸局", by=liu.actor, day=REFORM)
        rename_unit(unit, "青禾县交通运输局", by=liu.actor, day=dt.date(2024, 1, 1))
        return unit

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (dt.date(2000, 12, 31), ""),
            (FOUNDED, "青禾县交通局"),
            (dt.date(2010, 4, 30), "青禾县交通局"),
            (dt.date(2010, 5, 1), "青禾县交通运输局"),
            (dt.date(2019, 3, 14), "青禾县交通运输局"),
            (REFORM, "青禾县交通和口岸局"),
            (dt.date(2023, 12, 31), "青禾县交通和口岸局"),
            (dt.date(2024, 1, 1), "青禾县交通运输局"),
            (dt.date(2099, 1, 1), "青禾县交通运输局"),
        ],
    )
    def test_what_it_was_called_on_a_day(self, bureau: Unit, day: dt.date, name: str) -> None:
        assert called_on(bureau, day) == name

    def test_all_its_names_are_understood(self, liu: Member, bureau: Unit) -> None:
        for name in ("青禾县交通局", "青禾县交通运输局", "青禾县交通和口岸局"):
            assert understood(liu, name) == ["青禾县交通运输局"]

    def test_its_history(self, bureau: Unit) -> None:
        assert told(bureau) == [
            "2001-01-01 设立“青禾县交通局”",
            "2010-05-01 由“青禾县交通局”更名为“青禾县交通运输局”",
            "2019-03-15 由“青禾县交通运输局”更名为“青禾县交通和口岸局”",
            "2024-01-01 由“青禾县交通和口岸局”更名为“青禾县交通运输局”",
        ]

    def test_twice_on_one_day_counts_the_last(self, liu: Member) -> None:
        unit = made("青禾县甲局", liu)
        rename_unit(unit, "青禾县乙局", by=liu.actor, day=REFORM)
        rename_unit(unit, "青禾县丙局", by=liu.actor, day=REFORM)
        assert [era.name for era in eras(unit)] == ["青禾县甲局", "青禾县丙局"]

    def test_a_former_name_of_unknown_time_is_understood_and_not_dated(self, liu: Member) -> None:
        unit = made("青禾县甲局", liu)
        add_alias(unit, "青禾县旧局", "former", by=liu.actor)
        assert called_on(unit, dt.date(1995, 1, 1)) == ""
        assert [era.name for era in eras(unit)] == ["青禾县甲局"]
        assert understood(liu, "青禾县旧局") == ["青禾县甲局"]

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            (dt.date(2000, 1, 1), "日期不能早于单位的设立日期2001-01-01，请核对。"),
            (dt.date(2099, 1, 1), "日期不能晚于今天。尚未生效的调整，请到生效那一天再登记。"),
            (
                dt.date(2012, 1, 1),
                "青禾县交通运输局在2024-01-01已更过名，新名称的启用日期不能早于这一天，请核对。",
            ),
        ],
    )
    def test_days_that_cannot_be(self, liu: Member, bureau: Unit, day: dt.date, sentence: str) -> None:
        with pytest.raises(BadDay) as refusal:
            rename_unit(bureau, "青禾县运输局", by=liu.actor, day=day)
        assert refusal.value.sentence == sentence


class TestMerging:
    @pytest.fixture
    def two(self, liu: Member) -> list[Unit]:
        return [made("青禾县科学技术局", liu, "县科技局"), made("青禾县工业局", liu, "县工业局")]

    def test_two_become_a_new_one(self, liu: Member, two: list[Unit]) -> None:
        heir = merge_units(two, "青禾县科技和工业局", by=liu.actor, note="机构改革方案", day=REFORM)
        for name in ("青禾县科学技术局", "县科技局", "青禾县工业局", "县工业局", "青禾县科技和工业局"):
            assert understood(liu, name) == ["青禾县科技和工业局"]
        assert told(heir) == ["2019-03-15 由青禾县科学技术局、青禾县工业局合并设立“青禾县科技和工业局”"]
        for unit in two:
            unit.refresh_from_db()
            assert unit.valid_to == REFORM
            assert list(unit.successors.all()) == [heir]
            assert told(unit)[-1] == "2019-03-15 撤销，职能由青禾县科技和工业局承接"
            assert called_on(unit, dt.date(2015, 1, 1)) == unit.full_name
            assert called_on(unit, REFORM) == ""
        assert set(heir.predecessors.all()) == set(two)

    def test_one_is_taken_over_by_another(self, liu: Member, two: list[Unit]) -> None:
        merge_units(two[:1], two[1], by=liu.actor, note="会议纪要", day=REFORM)
        assert understood(liu, "县科技局") == ["青禾县工业局"]
        assert told(two[1]) == ["2001-01-01 设立“青禾县工业局”", "2019-03-15 承接青禾县科学技术局的职能"]

    def test_the_new_one_may_have_the_name_of_an_old_one(self, liu: Member, two: list[Unit]) -> None:
        heir = merge_units(two, "青禾县工业局", by=liu.actor, note="机构改革方案", day=REFORM)
        assert heir.pk not in {unit.pk for unit in two}
        assert understood(liu, "青禾县工业局") == ["青禾县工业局"]

    def test_every_side_says_so_in_the_journal(self, liu: Member, two: list[Unit]) -> None:
        heir = merge_units(two, "青禾县科技和工业局", by=liu.actor, note="机构改革方案", day=REFORM)
        deed = history(two[0])[0]
        assert (deed.deed, deed.note) == ("并入其他单位", "机构改革方案")
        assert deed.changes == ("承接单位：青禾县科技和工业局", "撤销日期：2019-03-15")
        taken = history(heir)[0]
        assert (taken.deed, taken.changes) == ("承接单位职能", ("单位：青禾县科学技术局、青禾县工业局",))

    def test_posts_go_on_in_the_new_one(self, liu: Member, li: Member, two: list[Unit]) -> None:
        person = li.account.person
        post = give_post(person, "clerk", two[0], by=liu.actor)
        both = give_post(person, "clerk", two[1], by=liu.actor)
        acting = delegate(
            post, liu.account.person, TODAY(), TODAY() + dt.timedelta(days=5), by=liu.actor, reason="出差"
        )
        heir = merge_units(two, "青禾县科技和工业局", by=liu.actor, note="机构改革方案")
        went_on = person.posts.get(unit=heir)
        assert (went_on.slug, went_on.valid_to, went_on.state) == ("clerk", None, "current")
        for old in (post, both):
            old.refresh_from_db()
            assert old.unit == heir or old.state == "ended"
        acting.refresh_from_db()
        assert acting.post.state == "current"

    def test_collective_names_and_superiors_follow(self, liu: Member, two: list[Unit]) -> None:
        all_bureaus = create_unit("各局", by=liu.actor, collective=True)
        set_members(all_bureaus, two, by=liu.actor)
        institute = made("青禾县研究所", liu)
        correct_unit(institute, by=liu.actor, kind="institution", valid_from=FOUNDED, parent=two[0])
        heir = merge_units(two, "青禾县科技和工业局", by=liu.actor, note="机构改革方案", day=REFORM)
        assert list(all_bureaus.members.all()) == [heir]
        institute.refresh_from_db()
        assert institute.parent == heir

    def test_what_cannot_be_merged(self, liu: Member, outsider: Member, two: list[Unit]) -> None:
        towns = create_unit("各乡镇", by=liu.actor, collective=True)
        foreign = Unit.objects.get(government__name="白露县")
        for before, into, sentence in [
            (two[:1], "青禾县新局", "合并成新单位至少要选两个单位"),
            ([], two[0], "请选择要并入的单位"),
            (two, two[0], "承接单位不能同时是被并入的单位"),
            ([two[0], two[0]], "青禾县新局", "同一个单位选了两次"),
            ([two[0], towns], "青禾县新局", "是统称，不能合并"),
            ([two[0], foreign], "青禾县新局", "只能在本地区的单位之间调整"),
        ]:
            with pytest.raises(BadReform, match=sentence):
                merge_units(before, into, by=liu.actor, note="依据")
        abolish_unit(two[1], None, by=liu.actor, note="依据")
        with pytest.raises(BadReform, match="青禾县工业局已经撤销，不能承接"):
            merge_units(two[:1], two[1], by=liu.actor, note="依据")
        with pytest.raises(Denied, match="单位现在是“已撤销”，不能并入其他单位"):
            merge_units([two[1]], two[0], by=liu.actor, note="依据")

    def test_of_two_who_merge_at_once_one_is_told(self, liu: Member, two: list[Unit]) -> None:
        seen_too = list(Unit.objects.filter(pk__in=[unit.pk for unit in two]))
        merge_units(two, "青禾县科技和工业局", by=liu.actor, note="机构改革方案")
        with pytest.raises(Stale, match="这件事刚刚已被他人处理"):
            merge_units(seen_too, "青禾县工业和科技局", by=liu.actor, note="机构改革方案")
        assert not Unit.objects.filter(full_name="青禾县工业和科技局").exists()

    def test_nothing_is_left_half_done(self, liu: Member, two: list[Unit]) -> None:
        before = Event.objects.count()
        with pytest.raises(BadName):
            merge_units(two, " ", by=liu.actor, note="依据")
        assert Event.objects.count() == before
        assert not Unit.objects.exclude(valid_to=None).exists()


class TestSplitting:
    @pytest.fixture
    def bureau(self, liu: Member) -> Unit:
        return made("青禾县文教局", liu, "县文教局")

    def test_one_becomes_two_and_one_keeps_the_names(self, liu: Member, li: Member, bureau: Unit) -> None:
        give_post(li.account.person, "head", bureau, by=liu.actor)
        names = ["青禾县教育体育局", "青禾县文化局"]
        heirs = split_unit(bureau, names, names[0], by=liu.actor, note="机构改革方案", day=REFORM)
        assert [heir.full_name for heir in heirs] == names
        assert understood(liu, "县文教局") == ["青禾县教育体育局"]
        assert told(heirs[1]) == ["2019-03-15 由青禾县文教局分设出“青禾县文化局”"]
        bureau.refresh_from_db()
        assert told(bureau)[-1] == "2019-03-15 撤销，分设为青禾县教育体育局、青禾县文化局"
        assert at_work(li, f"own-{heirs[0].pk}").holds("head")

    def test_without_a_keeper_old_names_answer_for_nobody_and_posts_end(
        self, liu: Member, li: Member, bureau: Unit
    ) -> None:
        post = give_post(li.account.person, "head", bureau, by=liu.actor)
        split_unit(bureau, ["青禾县教育体育局", "青禾县文化局"], by=liu.actor, note="机构改革方案")
        assert understood(liu, "县文教局") == []
        post.refresh_from_db()
        assert post.state == "ended"

    def test_a_part_is_given_away(self, liu: Member, bureau: Unit) -> None:
        (part,) = split_unit(bureau, ["青禾县文物局"], by=liu.actor, note="会议纪要", day=REFORM, stays=True)
        bureau.refresh_from_db()
        assert bureau.valid_to is None
        assert told(bureau)[-1] == "2019-03-15 部分职能分设到青禾县文物局"
        assert told(part) == ["2019-03-15 由青禾县文教局分设出“青禾县文物局”"]
        assert understood(liu, "县文教局") == ["青禾县文教局"]

    def test_an_existing_unit_takes_a_part(self, liu: Member, bureau: Unit) -> None:
        other = made("青禾县体育中心", liu)
        split_unit(bureau, [other], by=liu.actor, note="会议纪要", day=REFORM, stays=True)
        assert told(other)[-1] == "2019-03-15 承接青禾县文教局的部分职能"

    @pytest.mark.parametrize(("into", "stays"), [(["青禾县文化局"], False), ([], True)])
    def test_too_few(self, liu: Member, bureau: Unit, into: list[str], stays: bool) -> None:
        with pytest.raises(BadReform, match="请写明分设成哪几个单位"):
            split_unit(bureau, into, by=liu.actor, note="依据", stays=stays)


class TestCorrecting:
    def test_kind_day_and_superior(self, liu: Member) -> None:
        bureau, below = made("青禾县交通运输局", liu), made("青禾县公路中心", liu)
        assert correct_unit(below, by=liu.actor, kind="institution", valid_from=REFORM, parent=bureau)
        assert not correct_unit(below, by=liu.actor, kind="institution", valid_from=REFORM, parent=bureau)
        assert history(below)[0].changes == (
            "类别：政府部门 → 事业单位",
            "上级单位：青禾县交通运输局",
            "设立日期：2001-01-01 → 2019-03-15",
        )
        with pytest.raises(BadName, match="不能以自己或自己的下属单位为上级单位"):
            correct_unit(bureau, by=liu.actor, kind="department", valid_from=FOUNDED, parent=below)

    def test_a_post_over_a_subtree_reaches_what_stands_below(self, liu: Member, li: Member) -> None:
        top, middle, bottom = (made(f"青禾县{name}局", liu) for name in "甲乙丙")
        for unit, parent in ((middle, top), (bottom, middle)):
            correct_unit(unit, by=liu.actor, kind="department", valid_from=FOUNDED, parent=parent)
        Post.objects.create(person=li.account.person, slug="head", unit=top, scope="subtree")
        actor = at_work(li, f"own-{top.pk}")
        reached = [unit.pk for unit in (top, middle, bottom) if actor.reaches("head", unit.pk)]
        assert reached == [top.pk, middle.pk, bottom.pk]
        assert not actor.reaches("head", liu.actor.unit_id)


def test_abolishing_on_a_day_gone_by(liu: Member) -> None:
    unit, heir = made("青禾县粮食局", liu), made("青禾县商务局", liu)
    with pytest.raises(BadDay):
        abolish_unit(unit, heir, by=liu.actor, note="依据", day=dt.date(2000, 1, 1))
    abolish_unit(unit, heir, by=liu.actor, note="依据", day=REFORM)
    assert Unit.objects.get(pk=unit.pk).valid_to == REFORM
    assert timezone.localdate() > REFORM
    assert understood(liu, "青禾县粮食局") == ["青禾县商务局"]
