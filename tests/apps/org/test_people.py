"""People, their posts, hand-overs and delegations, as the services know them."""

import datetime as dt

import pytest
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS, Principal
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused, Stale
from luoshi.journal.queries import history
from luoshi.journal.sealing import seal, verify
from luoshi.org.actors import seats_of
from luoshi.org.models import Account, Delegation, Person, Post, Unit
from luoshi.org.queries.people import posts_of, record_of
from luoshi.org.services import create_unit
from luoshi.org.services.delegations import BadDelegation, delegate, recall
from luoshi.org.services.people import BadPerson, come_back, correct_name, leave, register_person
from luoshi.org.services.posts import BadPost, Terms, change_post, end_post, give_post, hand_over, transfer
from tests.people import Member, at_work

DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def bureau(liu: Member) -> Unit:
    return create_unit("青禾县水利局", by=liu.actor)


@pytest.fixture
def qi(liu: Member) -> Person:
    return register_person("齐一", by=liu.actor)


class TestPeople:
    def test_registered_by_name_alone(self, liu: Member) -> None:
        person = register_person(" 欧阳  娜 ", by=liu.actor)
        assert person.name == "欧阳 娜"
        assert {field.name for field in Person._meta.concrete_fields} == {
            "id", "government", "name", "state"}  # fmt: skip
        assert history(person)[0].changes == ("姓名：欧阳 娜",)

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            (" ", "姓名不能为空，请填写姓名。"),
            ("名" * 51, "姓名不能超过50个字，请核对是否填了几个人。"),
        ],
    )
    def test_names_that_cannot_be(self, liu: Member, name: str, sentence: str) -> None:
        with pytest.raises(BadPerson, match=sentence):
            register_person(name, by=liu.actor)

    def test_a_slip_of_the_pen(self, liu: Member, qi: Person) -> None:
        correct_name(qi, "戚一", by=liu.actor)
        assert history(qi)[0].changes == ("姓名：齐一 → 戚一",)

    def test_whoever_leaves_holds_no_post_and_gets_no_more_in(
        self, client, liu: Member, li: Member, today: dt.date
    ) -> None:
        client.force_login(li.account)
        leave(li.account.person, by=liu.actor, note="调往邻县")
        assert client.get("/").status_code == 302
        assert [post.state for post in posts_of(li.account.person)] == ["ended"]
        assert Account.objects.get(pk=li.account.pk).state == "closed"
        assert at_work(li).posts == ()
        with pytest.raises(BadPost, match="小李已登记离开，请先恢复在册。"):
            give_post(li.account.person, "clerk", Unit.objects.first(), by=liu.actor)
        come_back(li.account.person, by=liu.actor)
        give_post(li.account.person, "clerk", Unit.objects.first(), by=liu.actor)

    def test_whoever_leaves_acts_for_nobody_any_more(
        self, liu: Member, wang: Member, li: Member, today: dt.date
    ) -> None:
        post = wang.account.person.posts.get(slug="head")
        acting = delegate(post, li.account.person, today, today + DAY, by=wang.actor, reason="出差")
        leave(li.account.person, by=liu.actor)
        acting.refresh_from_db()
        assert acting.state == "ended"
        assert history(acting)[0].deed == "收回委托"

    def test_one_of_the_three_is_first_relieved(self, liu: Member, auditor: Member) -> None:
        with pytest.raises(BadPerson, match="周审计还担任系统、安全或审计岗位，请先由安全管理员收回"):
            leave(auditor.account.person, by=liu.actor)

    @pytest.mark.parametrize("who", ["wang", "li", "chen_admin", "gao", "auditor"])
    def test_the_office_keeps_the_list(
        self, request: pytest.FixtureRequest, liu: Member, qi: Person, who: str
    ) -> None:
        actor = request.getfixturevalue(who).actor
        for attempt in (
            lambda: register_person("某人", by=actor),
            lambda: correct_name(qi, "某人", by=actor),
            lambda: leave(qi, by=actor),
        ):
            with pytest.raises(Denied) as refusal:
                attempt()
            assert refusal.value.kind == "not_you"
        assert not Person.objects.filter(name="某人").exists()

    def test_another_countys_office_does_nothing_here(self, outsider: Member, qi: Person) -> None:
        with pytest.raises(Denied, match="不属于您所在的地区"):
            leave(qi, by=outsider.actor)


class TestPosts:
    @pytest.mark.parametrize("slug", POSTS)
    @pytest.mark.parametrize("who", ["liu", "wang", "li", "chen_admin", "gao", "auditor"])
    def test_who_gives_which(
        self, request: pytest.FixtureRequest, qi: Person, bureau: Unit, slug: str, who: str
    ) -> None:
        actor = request.getfixturevalue(who).actor
        expected = "gao" if slug in SYSTEM_POSTS else "liu"
        if who == expected:
            post = give_post(qi, slug, bureau, by=actor)
            assert post.scope == ("system" if slug in SYSTEM_POSTS else post.scope)
            end_post(post, by=actor)
        else:
            with pytest.raises(Denied):
                give_post(qi, slug, bureau, by=actor)
            assert not qi.posts.exists()

    def test_the_three_are_kept_apart(self, liu: Member, gao: Member, qi: Person, bureau: Unit) -> None:
        give_post(qi, "system_admin", bureau, by=gao.actor)
        give_post(qi, "security_admin", bureau, by=gao.actor)
        for slug, actor in (("auditor", gao.actor), ("clerk", liu.actor)):
            with pytest.raises(BadPost, match="不能与系统管理员、安全管理员由同一人担任"):
                give_post(qi, slug, bureau, by=actor)

    def test_only_at_the_same_time(
        self, liu: Member, gao: Member, qi: Person, bureau: Unit, today: dt.date
    ) -> None:
        give_post(qi, "clerk", bureau, Terms(valid_to=today + 10 * DAY), by=liu.actor)
        with pytest.raises(BadPost, match="审计员不能与联络员由同一人担任"):
            give_post(qi, "auditor", bureau, by=gao.actor)
        give_post(qi, "auditor", bureau, Terms(valid_from=today + 10 * DAY), by=gao.actor)

    @pytest.mark.parametrize(
        ("slug", "terms", "sentence"),
        [
            ("clerk", Terms(scope="system"), "联络员的范围不能是“系统”，请重新选择。"),
            ("leader", Terms(scope="actions"), "范围是“分管的行动”的，请写明是哪几项行动。"),
            (
                "clerk",
                Terms(valid_from=dt.date(2026, 1, 2), valid_to=dt.date(2026, 1, 2)),
                "离任日期要晚于任职日期，请核对。",
            ),
        ],
    )
    def test_terms_that_cannot_be(
        self, liu: Member, qi: Person, bureau: Unit, slug: str, terms: Terms, sentence: str
    ) -> None:
        with pytest.raises(BadPost) as refusal:
            give_post(qi, slug, bureau, terms, by=liu.actor)
        assert refusal.value.sentence == sentence
        assert not qi.posts.exists()

    def test_places_that_cannot_be(self, liu: Member, outsider: Member, qi: Person, bureau: Unit) -> None:
        towns = create_unit("各乡镇", by=liu.actor, collective=True)
        foreign = Unit.objects.get(government__name="白露县")
        for unit, sentence in (
            (towns, "是统称，请选择具体单位"),
            (foreign, "所在单位必须是本地区在用的单位"),
            (None, "联络员要写明所在单位，请选择单位。"),
        ):
            with pytest.raises(BadPost, match=sentence):
                give_post(qi, "clerk", unit, by=liu.actor)
        give_post(qi, "clerk", bureau, by=liu.actor)
        with pytest.raises(BadPost, match="齐一这段时间已经在青禾县水利局担任联络员，不必重复登记。"):
            give_post(qi, "clerk", bureau, by=liu.actor)

    def test_change(self, liu: Member, qi: Person, bureau: Unit, today: dt.date) -> None:
        post = give_post(qi, "force_office", bureau, by=liu.actor)
        asked = Terms("专班干部", "actions", ["内需提振行动"], today)
        assert change_post(post, asked, by=liu.actor)
        assert not change_post(post, asked, by=liu.actor)
        assert "职务：专班干部" in history(post)[0].changes
        assert "分管的行动：内需提振行动" in history(post)[0].changes

    def test_transfer(self, liu: Member, qi: Person, bureau: Unit, today: dt.date) -> None:
        post = give_post(qi, "clerk", bureau, by=liu.actor)
        other = create_unit("青禾县林业局", by=liu.actor)
        went_on = transfer(post, other, today + 3 * DAY, by=liu.actor)
        assert (post.valid_to, went_on.valid_from) == (today + 3 * DAY, today + 3 * DAY)
        assert (went_on.follows, went_on.state) == (post, "planned")
        with pytest.raises(BadPost, match="日期不能早于任职日期"):
            transfer(went_on, bureau, today, by=liu.actor)

    def test_only_posts_that_last_can_be_ended(self, liu: Member, qi: Person, bureau: Unit) -> None:
        post = give_post(qi, "clerk", bureau, by=liu.actor)
        end_post(post, by=liu.actor)
        with pytest.raises(Denied, match="岗位现在是“已离任”，不能结束岗位。请为其登记新的岗位。"):
            end_post(post, by=liu.actor)


class TestHandOver:
    def test_one_ends_and_the_other_begins_and_both_records_say_so(
        self, liu: Member, li: Member, qi: Person, today: dt.date
    ) -> None:
        post = li.account.person.posts.get()
        went_on = hand_over(post, qi, by=liu.actor, note="小李借调")
        post.refresh_from_db()
        assert (post.state, went_on.state, went_on.unit) == ("ended", "current", post.unit)
        for person in (li.account.person, qi):
            deed = record_of(person)[0]
            assert (deed.deed, deed.note) == ("移交联络员", "小李借调")
            assert "任职人：小李 → 齐一" in deed.changes
        assert at_work(li).posts == ()

    def test_of_two_who_hand_over_at_once_one_is_told(self, liu: Member, li: Member, qi: Person) -> None:
        seen, seen_too = li.account.person.posts.get(), li.account.person.posts.get()
        hand_over(seen, qi, by=liu.actor)
        with pytest.raises(Stale, match="这件事刚刚已被他人处理"):
            hand_over(seen_too, liu.account.person, by=liu.actor)
        assert Post.objects.filter(unit=seen.unit, valid_to=None).count() == 1

    def test_a_day_ahead(self, liu: Member, li: Member, qi: Person, today: dt.date) -> None:
        post = li.account.person.posts.get()
        went_on = hand_over(post, qi, today + DAY, by=liu.actor)
        assert (post.state, went_on.state) == ("current", "planned")

    def test_the_head_hands_over_their_own_clerk_and_nothing_else(
        self, liu: Member, wang: Member, li: Member, qi: Person
    ) -> None:
        clerk, head = (wang.account.person.posts.get(slug=slug) for slug in ("clerk", "head"))
        with pytest.raises(Denied, match="移交岗位由综合协调组（政府办）办理"):
            hand_over(head, qi, by=wang.actor)
        with pytest.raises(Denied, match="单位负责人只能在自己的范围内移交联络员"):
            hand_over(li.account.person.posts.get(), qi, by=wang.actor)
        assert hand_over(clerk, qi, by=wang.actor).person == qi
        assert Event.objects.last().post == "head"

    def test_what_cannot_be_handed_over(self, liu: Member, gao: Member, li: Member, auditor: Member) -> None:
        post = li.account.person.posts.get()
        with pytest.raises(BadPost, match="小李就是现在的联络员"):
            hand_over(post, li.account.person, by=liu.actor)
        with pytest.raises(BadPost, match="联络员不能与审计员由同一人担任"):
            hand_over(post, auditor.account.person, by=liu.actor)
        post.refresh_from_db()
        assert post.valid_to is None
        with pytest.raises(Refused, match="审计员不能移交或调任"):
            hand_over(auditor.account.person.posts.get(), li.account.person, by=gao.actor)


class TestDelegation:
    @pytest.fixture
    def acting(self, wang: Member, li: Member, today: dt.date) -> Delegation:
        post = wang.account.person.posts.get(slug="head")
        return delegate(post, li.account.person, today, today + 6 * DAY, by=wang.actor, reason="外出培训")

    def test_two_desks_that_do_not_add_up(self, wang: Member, li: Member, acting: Delegation) -> None:
        own, other = seats_of(Account.objects.get(pk=li.account.pk))
        assert (own.principal, other.principal) == (None, wang.account.person)
        assert at_work(li).posts == ("clerk",)
        actor = at_work(li, other.key)
        assert (actor.name, actor.posts, actor.unit_name) == ("小李", ("head",), "青禾县发展和改革局")
        assert actor.principal == Principal(wang.account.person.pk, "王科长")
        assert at_work(li, "for-9-9").posts == ("clerk",)

    def test_events_say_for_whom(self, wang: Member, li: Member, liu: Member, acting: Delegation) -> None:
        seat = seats_of(Account.objects.get(pk=li.account.pk))[1].key
        clerk = wang.account.person.posts.get(slug="clerk")
        hand_over(clerk, register_person("齐一", by=liu.actor), by=at_work(li, seat))
        event = Event.objects.last()
        assert (event.person_name, event.post) == ("小李", "head")
        assert event.data["on_behalf_of"] == {"person_id": wang.account.person.pk, "name": "王科长"}
        assert record_of(wang.account.person)[0].behalf == "王科长"
        seal(event.government_id)
        assert not list(verify(event.government_id))

    @pytest.mark.parametrize(("days", "desks"), [(-1, 1), (0, 2), (6, 2), (7, 1)])
    def test_it_begins_and_ends_by_itself(
        self, li: Member, acting: Delegation, today: dt.date, days: int, desks: int
    ) -> None:
        account = Account.objects.get(pk=li.account.pk)
        assert len(seats_of(account, today + days * DAY)) == desks

    def test_it_ends_with_the_post(self, liu: Member, li: Member, acting: Delegation) -> None:
        end_post(acting.post, by=liu.actor)
        assert acting.state == "ended"
        assert len(seats_of(Account.objects.get(pk=li.account.pk))) == 1

    def test_recalled_at_once(self, wang: Member, li: Member, acting: Delegation) -> None:
        with pytest.raises(Denied, match="收回委托由本人、综合协调组（政府办）办理"):
            recall(acting, by=li.actor)
        recall(acting, by=wang.actor)
        assert acting.state == "ended"
        assert len(seats_of(Account.objects.get(pk=li.account.pk))) == 1

    def test_whoever_acts_cannot_pass_it_on(self, li: Member, liu: Member, acting: Delegation) -> None:
        seat = seats_of(Account.objects.get(pk=li.account.pk))[1].key
        with pytest.raises(Denied, match="委托代办由本人"):
            delegate(
                acting.post, liu.account.person, today := timezone.localdate(), today, by=at_work(li, seat),
                reason="出差",
            )  # fmt: skip

    @pytest.mark.parametrize(
        ("first", "last", "sentence"),
        [
            (3, 2, "结束日期不能早于开始日期"),
            (-9, -3, "结束日期不能早于开始日期，也不能早于今天"),
            (0, 183, "代办一次最长183天"),
            (2, 4, "这段时间这个岗位已经有人代办"),
        ],
    )
    def test_days_that_cannot_be(
        self, wang: Member, liu: Member, acting: Delegation, today: dt.date, first: int, last: int, sentence: str
    ) -> None:  # fmt: skip
        with pytest.raises(BadDelegation, match=sentence):
            delegate(
                acting.post, liu.account.person, today + first * DAY, today + last * DAY, by=wang.actor,
                reason="出差",
            )  # fmt: skip
        assert Delegation.objects.count() == 1

    def test_people_who_cannot_act(
        self, wang: Member, auditor: Member, outsider: Member, gao: Member, today: dt.date
    ) -> None:
        post = wang.account.person.posts.get(slug="head")
        for person, sentence in (
            (wang.account.person, "请选择一位在册的其他人员代办"),
            (outsider.account.person, "只能委托本地区的人员代办"),
            (auditor.account.person, "单位负责人不能与审计员由同一人担任"),
        ):
            with pytest.raises(BadDelegation, match=sentence):
                delegate(post, person, today, today, by=wang.actor, reason="出差")
        with pytest.raises(BadDelegation, match="审计员不能委托他人代办"):
            delegate(
                auditor.account.person.posts.get(), gao.account.person, today, today, by=auditor.actor,
                reason="出差",
            )  # fmt: skip
        with pytest.raises(Denied, match="委托代办需要写明理由"):
            delegate(post, gao.account.person, today, today, by=wang.actor, reason=" ")

    def test_no_post_of_the_three_for_whoever_acts_in_business(
        self, gao: Member, li: Member, acting: Delegation, liu: Member
    ) -> None:
        end_post(li.account.person.posts.get(), by=liu.actor)
        with pytest.raises(BadPost, match="审计员不能与单位负责人由同一人担任"):
            give_post(li.account.person, "auditor", None, by=gao.actor)


class TestDesks:
    def test_posts_of_two_units_are_two_desks(self, liu: Member, li: Member, bureau: Unit) -> None:
        give_post(li.account.person, "head", bureau, by=liu.actor)
        assert [seat.key for seat in seats_of(Account.objects.get(pk=li.account.pk))] == [
            f"own-{bureau.pk}",
            f"own-{li.actor.unit_id}",
        ]
        assert at_work(li).posts == ("head",)
        assert at_work(li, f"own-{li.actor.unit_id}").posts == ("clerk",)

    def test_one_query_for_any_number(
        self, li: Member, liu: Member, bureau: Unit, django_assert_num_queries
    ) -> None:
        for slug in ("head", "leader", "inspector"):
            give_post(li.account.person, slug, bureau, by=liu.actor)
        account = Account.objects.select_related("person").get(pk=li.account.pk)
        with django_assert_num_queries(1):
            seats_of(account)

    def test_actions_of_all_posts_at_the_desk(self, liu: Member, qi: Person, bureau: Unit) -> None:
        give_post(qi, "force_office", bureau, Terms(scope="actions", covers=["甲行动"]), by=liu.actor)
        give_post(qi, "leader", bureau, Terms(scope="actions", covers=["乙行动"]), by=liu.actor)
        member = Member(Account.objects.create(username="qi", person=qi), liu.actor)
        assert at_work(member).covers == ("甲行动", "乙行动")
        assert Post.objects.filter(person=qi).count() == 2
