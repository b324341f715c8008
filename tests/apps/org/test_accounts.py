"""Accounts: opened by strips of paper, used after a new password, suspended and closed; and who does which of it."""

import datetime as dt
import re
import time

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied
from luoshi.org.models import Account, Person
from luoshi.org.passwords import OneTimeHasher, PasswordStrength, one_time_password
from luoshi.org.queries.accounts import STATES, find_accounts, people_of
from luoshi.org.services.accounts import BadAccount, Slip, close, issue, resume, suspend
from luoshi.org.services.people import leave, register_person
from luoshi.org.services.posts import give_post
from tests.people import PASSWORD, Member

NEW = {"new_password1": "Qingshui#26", "new_password2": "Qingshui#26"}


@pytest.fixture
def qi(liu: Member, li: Member) -> Person:
    person = register_person("齐一", by=liu.actor)
    give_post(person, "clerk", li.account.person.posts.get().unit, by=liu.actor)
    return person


@pytest.fixture
def slip(chen_admin: Member, qi: Person) -> Slip:
    return issue(people_of(chen_admin.actor, [qi.pk]), by=chen_admin.actor)[0]


def log_in(slip: Slip, password: str = "") -> tuple[Client, str]:
    client = Client()
    page = client.post(
        "/login/", {"username": slip.username, "password": password or slip.password}, follow=True
    )
    return client, page.content.decode()


class TestIssuing:
    def test_the_strip_says_what_is_needed(self, qi: Person, slip: Slip) -> None:
        assert (slip.name, slip.unit) == ("齐一", "青禾县教育局")
        assert re.fullmatch(r"\d{6,}", slip.username)
        assert re.fullmatch(r"[a-z]{4}-[2-9]{4}-[a-z]{4}", slip.password)
        PasswordStrength().validate(slip.password)

    def test_no_two_passwords_alike_and_none_hard_to_read(self) -> None:
        made = {one_time_password() for _ in range(1000)}
        assert len(made) == 1000
        assert not set("il01o") & set("".join(made))

    def test_the_password_is_stored_hashed_only(self, slip: Slip) -> None:
        account = Account.objects.get(username=slip.username)
        assert account.password.startswith("pbkdf2_sha256_once$")
        told = "".join(f"{event.data}{event.note}" for event in Event.objects.all())
        assert slip.password not in told + account.password

    def test_sixty_take_less_than_a_page_may(self, settings) -> None:
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
            "luoshi.org.passwords.OneTimeHasher",
        ]
        start = time.process_time()
        make_password("a", hasher=OneTimeHasher())
        once = time.process_time() - start
        start = time.process_time()
        make_password("a")
        assert 60 * once < 4 * (time.process_time() - start) + 1

    def test_a_number_already_used_as_a_name_is_passed_over(
        self, chen_admin: Member, qi: Person, li: Member
    ) -> None:
        Account.objects.filter(pk=li.account.pk).update(username=str(100_000 + qi.pk))
        (slip,) = issue(people_of(chen_admin.actor, [qi.pk]), by=chen_admin.actor)
        assert slip.username == str(200_000 + qi.pk)

    def test_again_makes_the_first_one_worthless(self, chen_admin: Member, qi: Person, slip: Slip) -> None:
        (again,) = issue(people_of(chen_admin.actor, [qi.pk]), by=chen_admin.actor)
        assert again.username == slip.username
        assert "账号或密码不对" in log_in(slip)[1]
        assert "您是用一次性密码登录的" in log_in(again)[1]

    def test_nobody_chosen_nobody_served(self, chen_admin: Member, liu: Member, outsider: Member) -> None:
        for chosen in ([], [outsider.account.person_id]):
            with pytest.raises(BadAccount, match="没有选中任何人员"):
                issue(people_of(chen_admin.actor, chosen), by=chen_admin.actor)

    @pytest.mark.parametrize("who", ["liu", "wang", "li", "gao", "auditor"])
    def test_only_the_system_administrator(
        self, request: pytest.FixtureRequest, qi: Person, who: str
    ) -> None:
        actor = request.getfixturevalue(who).actor
        with pytest.raises(Denied, match="由系统管理员办理"):
            issue(people_of(actor, [qi.pk]), by=actor)
        assert not Account.objects.filter(person=qi).exists()

    def test_all_or_nobody(self, chen_admin: Member, liu: Member, qi: Person) -> None:
        gone = register_person("齐二", by=liu.actor)
        leave(gone, by=liu.actor)
        with pytest.raises(Denied, match="此人已登记离开，不能发放密码"):
            issue(people_of(chen_admin.actor, [qi.pk, gone.pk]), by=chen_admin.actor)
        assert not Account.objects.filter(person=qi).exists()


class TestFirstLogIn:
    @pytest.mark.parametrize("address", ["/", "/ledger/", "/people/", "/seats/", "/nowhere-to-be-found/"])
    def test_nothing_else_is_reachable(self, slip: Slip, address: str) -> None:
        client, page = log_in(slip)
        assert "您是用一次性密码登录的" in page
        assert "<nav" not in page or not re.search(r"<nav[^>]*>\s*<a", page)
        answer = client.get(address)
        expected = (404, None) if "nowhere" in address else (302, "/password/")
        assert (answer.status_code, answer.headers.get("Location")) == expected

    def test_nor_posted_to_nor_by_parts(self, slip: Slip) -> None:
        client, _ = log_in(slip)
        assert client.post("/people/", {"name": "某"}).headers["Location"] == "/password/"
        part = client.get("/people/", headers={"HX-Request": "true"})
        assert part.headers["HX-Redirect"] == "/password/"

    def test_after_the_change_all_is_open(self, qi: Person, slip: Slip) -> None:
        client, _ = log_in(slip)
        page = client.post("/password/", NEW, follow=True)
        assert "密码已更改" in page.content.decode()
        account = Account.objects.get(person=qi)
        assert (account.state, account.once_until) == ("active", None)
        assert client.get("/people/").status_code == 200
        assert Client().login(username=slip.username, password="Qingshui#26")
        assert not Client().login(username=slip.username, password=slip.password)
        event = Event.objects.last()
        assert (event.verb, event.person_name, event.to_state) == ("choose_password", "齐一", "active")

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ("the same", "新密码不能与现在的密码相同，请另设一个。"),
            ("weak", "密码至少8位"),
            ("other", "两次输入的新密码不同"),
        ],
    )
    def test_what_is_no_new_password(self, slip: Slip, sent: str, sentence: str) -> None:
        password = {"the same": slip.password, "weak": "abcdefgh"}.get(sent, "Qingshui#26")
        client, _ = log_in(slip)
        again = "Qingshui#27" if sent == "other" else password
        page = client.post("/password/", {"new_password1": password, "new_password2": again})
        assert sentence in page.content.decode()
        assert client.get("/").headers["Location"] == "/password/"

    def test_one_may_leave(self, slip: Slip) -> None:
        assert log_in(slip)[0].post("/logout/").headers["Location"] == "/login/"

    def test_it_expires(self, qi: Person, slip: Slip, chen_admin: Member) -> None:
        Account.objects.filter(person=qi).update(once_until=timezone.now() - dt.timedelta(seconds=1))
        assert "这个一次性密码已过期，请联系系统管理员重新发放。" in log_in(slip)[1]
        assert [p.pk for p in find_accounts(chen_admin.actor, state="expired")] == [qi.pk]

    def test_somebody_without_a_post_may_still_change_it(self, chen_admin: Member, liu: Member) -> None:
        person = register_person("齐三", by=liu.actor)
        (slip,) = issue(people_of(chen_admin.actor, [person.pk]), by=chen_admin.actor)
        client, _ = log_in(slip)
        assert "您还没有岗位" in client.post("/password/", NEW, follow=True).content.decode()


class TestLife:
    def test_suspended_is_out_at_once_and_back_with_a_new_password(
        self, client: Client, gao: Member, li: Member
    ) -> None:
        client.force_login(li.account)
        assert client.get("/").status_code == 200
        account = Account.objects.get(pk=li.account.pk)
        suspend(account, by=gao.actor, note="异地登录")
        assert client.get("/").status_code == 302
        page = client.post("/login/", {"username": "li", "password": PASSWORD}).content.decode()
        assert "这个账号已由安全管理员暂停，请联系安全管理员。" in page
        page = client.post("/login/", {"username": "li", "password": "wrong"}).content.decode()
        assert "账号或密码不对" in page
        resume(account, by=gao.actor)
        page = client.post("/login/", {"username": "li", "password": PASSWORD}, follow=True)
        assert page.redirect_chain[-1] == ("/password/", 302)

    def test_closed_is_out_and_comes_back_by_a_strip(self, chen_admin: Member, li: Member) -> None:
        close(Account.objects.get(pk=li.account.pk), by=chen_admin.actor)
        page = Client().post("/login/", {"username": "li", "password": PASSWORD}).content.decode()
        assert "这个账号已停用，如需再用请联系系统管理员。" in page
        (slip,) = issue(people_of(chen_admin.actor, [li.account.person_id]), by=chen_admin.actor)
        assert (slip.username, "您是用一次性密码登录的" in log_in(slip)[1]) == ("li", True)

    def test_suspending_wants_a_reason(self, gao: Member, li: Member) -> None:
        with pytest.raises(Denied, match="暂停账号需要写明理由"):
            suspend(Account.objects.get(pk=li.account.pk), by=gao.actor, note=" ")


class TestPages:
    @pytest.fixture
    def locked(self, li: Member) -> Account:
        Account.objects.filter(pk=li.account.pk).update(locked_until=timezone.now() + dt.timedelta(minutes=5))
        return Account.objects.get(pk=li.account.pk)

    @pytest.mark.parametrize("state", ["", *STATES])
    def test_every_filter(self, as_, chen_admin: Member, li: Member, state: str) -> None:
        html = as_(chen_admin).get(f"/accounts/?state={state}").content.decode()
        assert ("小李" in html) is (state in ("", "active", "idle"))

    @pytest.mark.parametrize(
        ("words", "found"), [("小李", True), ("li", True), ("教育", True), ("无", False)]
    )
    def test_find(self, as_, chen_admin: Member, li: Member, words: str, found: bool) -> None:
        html = as_(chen_admin).get(f"/accounts/?q={words}", headers={"HX-Request": "true"}).content.decode()
        assert ("小李" in html) is found

    def test_the_sheet_is_shown_once_with_everything_on_it(self, as_, chen_admin: Member, qi: Person) -> None:
        client = as_(chen_admin)
        assert "还有1人没有账号" in client.get("/accounts/").content.decode()
        page = client.post("/accounts/issue/", {"all": "none"})
        html = page.content.decode()
        account = Account.objects.get(person=qi)
        for words in (
            "齐一",
            "青禾县教育局",
            account.username,
            "http://testserver/login/",
            "首次登录须改密码",
        ):
            assert words in html
        password = re.search(r"[a-z]{4}-[2-9]{4}-[a-z]{4}", html).group()
        assert page.headers["Cache-Control"] == "private, no-store"
        for address in ("/accounts/", f"/accounts/{qi.pk}/", f"/people/{qi.pk}/"):
            assert password not in client.get(address).content.decode()
        again = client.post("/accounts/issue/", {"all": "none"})
        assert "没有选中任何人员，请先勾选。" in again.content.decode()

    def test_buttons_follow_the_table(self, as_, chen_admin: Member, gao: Member, locked: Account) -> None:
        address = f"/accounts/{locked.person_id}/"
        html = as_(chen_admin).get(address).content.decode()
        assert [word in html for word in ("解除登录锁定", "停用账号", "重新发放", "暂停账号")] == [
            True, True, True, False]  # fmt: skip
        html = as_(gao).get(address).content.decode()
        assert [word in html for word in ("解除登录锁定", "停用账号", "重新发放", "暂停账号")] == [
            False, False, False, True]  # fmt: skip

    def test_unlock_over_the_page(self, as_, chen_admin: Member, locked: Account) -> None:
        client = as_(chen_admin)
        page = client.post(f"/accounts/{locked.person_id}/unlock/", follow=True)
        assert "小李的账号：解除登录锁定，已办理。" in page.content.decode()
        assert Client().login(username="li", password=PASSWORD)
        again = client.post(f"/accounts/{locked.person_id}/unlock/")
        assert again.status_code == 409
        assert "这个账号没有因输错密码被锁定，不需要解除。" in again.content.decode()

    def test_suspend_resume_close_over_the_page(
        self, as_, gao: Member, chen_admin: Member, li: Member
    ) -> None:
        address = f"/accounts/{li.account.person_id}/"
        assert as_(gao).post(f"{address}suspend/", {"note": ""}).status_code == 409
        as_(gao).post(f"{address}suspend/", {"note": "核查"})
        assert "已暂停" in as_(gao).get(address).content.decode()
        as_(gao).post(f"{address}resume/")
        as_(chen_admin).post(f"{address}close/")
        assert Account.objects.get(pk=li.account.pk).state == "closed"

    def test_the_list_costs_the_same_for_any_length(
        self, as_, chen_admin: Member, django_assert_max_num_queries
    ) -> None:
        for number in range(70):
            person = Person.objects.create(name=f"人{number}", government_id=chen_admin.actor.government_id)
            Account.objects.create(username=f"n{number}", person=person)
        client = as_(chen_admin)
        with django_assert_max_num_queries(8):
            client.get("/accounts/")

    def test_whoever_has_left_is_no_longer_listed(
        self, as_, liu: Member, li: Member, chen_admin: Member
    ) -> None:
        leave(li.account.person, by=liu.actor)
        assert "小李" not in as_(chen_admin).get("/accounts/").content.decode()
