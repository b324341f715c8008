"""Posts: which exclude each other, how far each reaches, and who keeps them."""

import pytest

from luoshi.core.flow.account import ACCOUNT
from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS, SYSTEM_POSTS, Actor
from luoshi.core.flow.delegation import DELEGATION
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.machine import Denial, Machine, Move, State
from luoshi.core.flow.person import PERSON
from luoshi.core.flow.plan import PLAN
from luoshi.core.flow.post import DEFAULT_SCOPE, POST, clash, clashing, fits, verb_for
from luoshi.core.flow.reminding import CHANNEL
from luoshi.core.flow.unit import UNIT
from tests.core.flow.test_lives import LIVES, Thing

KEPT_APART = [
    ("system_admin", "auditor"),
    ("security_admin", "auditor"),
    *((system, business) for system in SYSTEM_POSTS for business in BUSINESS_POSTS),
]


@pytest.mark.parametrize("one", POSTS)
@pytest.mark.parametrize("other", POSTS)
def test_what_excludes_what(one: str, other: str) -> None:
    expected = (one, other) in KEPT_APART or (other, one) in KEPT_APART
    assert clash(one, other) is expected
    assert clash(one, other) is clash(other, one)


@pytest.mark.parametrize(
    ("slug", "held", "sentence"),
    [
        ("clerk", ["head", "force_office"], ""),
        ("system_admin", ["security_admin"], ""),
        (
            "auditor",
            ["system_admin", "clerk"],
            "审计员不能与系统管理员、联络员由同一人担任（系统、安全、审计三员与其他岗位要分开）。请另选他人，或先结束原来的岗位。",
        ),
    ],
)
def test_the_sentence(slug: str, held: list[str], sentence: str) -> None:
    assert clashing(slug, held) == sentence


@pytest.mark.parametrize("slug", POSTS)
def test_every_post_has_a_scope_that_fits(slug: str) -> None:
    assert fits(slug, DEFAULT_SCOPE[slug])
    assert fits(slug, "system") is (slug in SYSTEM_POSTS)
    assert fits(slug, "government") is (slug in BUSINESS_POSTS)


@pytest.mark.parametrize("slug", POSTS)
@pytest.mark.parametrize("what", ["give", "change", "end", "hand_over", "transfer"])
def test_every_verb_has_its_row(slug: str, what: str) -> None:
    row = POST.moves.get(verb_for(slug, what))
    if slug in SYSTEM_POSTS:
        assert row is None or what in ("hand_over", "transfer") or row.posts == ("security_admin",)
    else:
        assert row
        assert "office" in row.posts
        assert not set(SYSTEM_POSTS) & set(row.posts)


def rows(*lives: Machine) -> list[Move]:
    return [row for life in lives for row in life.moves.values()]


class TestSeparation:
    """三员分立 (domain: GB/T 22239): nobody gives rights and opens accounts; the auditor changes nothing."""

    def test_the_auditor_may_do_nothing_but_read(self) -> None:
        allowed = [row.verb for row in rows(*LIVES.values()) if "auditor" in row.posts]
        assert allowed == ["read"]

    def test_the_system_administrator_gives_no_post_and_touches_no_business(self) -> None:
        lives = [life for life in LIVES.values() if life is not CHANNEL]
        allowed = {row.verb for row in rows(*lives) if "system_admin" in row.posts}
        assert allowed == {"see", "open", "issue", "unlock", "close"}

    def test_the_ways_messages_leave_are_kept_by_nobody_else(self) -> None:
        assert {row.posts for row in rows(CHANNEL)} == {("system_admin",)}

    def test_the_security_administrator_opens_no_account_and_touches_no_business(self) -> None:
        allowed = {row.verb for row in rows(*LIVES.values()) if "security_admin" in row.posts}
        assert allowed == {"see", "suspend", "resume", "grant", "revoke"}

    def test_business_posts_do_not_touch_accounts_or_the_three(self) -> None:
        touching = {row.verb for row in rows(ACCOUNT) if set(row.posts) & set(BUSINESS_POSTS)}
        assert touching == {"retire"}
        for verb in ("grant", "revoke"):
            assert not set(POST.moves[verb].posts) & set(BUSINESS_POSTS)

    def test_people_and_posts_are_kept_by_the_office(self) -> None:
        keepers = {slug for row in rows(PERSON, GOVERNMENT, DELEGATION) for slug in row.posts}
        assert keepers == {"office"}

    def test_no_system_post_in_business_tables(self) -> None:
        assert not {s for row in rows(PLAN, UNIT) for s in row.posts} & set(SYSTEM_POSTS)


def at_work(scope: str, *posts: str, **more: object) -> Actor:
    return Actor(7, "某人", posts, 3, "某局", 1, scope, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("actor", "slug", "unit_id", "action", "expected"),
    [
        (at_work("unit", "clerk"), "clerk", 3, "", True),
        (at_work("unit", "clerk"), "clerk", 4, "", False),
        (at_work("unit", "clerk"), "clerk", None, "", False),
        (at_work("unit", "clerk"), "head", 3, "", False),
        (at_work("subtree", "head", below=(4, 5)), "head", 5, "", True),
        (at_work("subtree", "head", below=(4, 5)), "head", 3, "", True),
        (at_work("subtree", "head", below=(4, 5)), "head", 6, "", False),
        (at_work("actions", "leader", covers=("内需提振行动",)), "leader", 9, "内需提振行动", True),
        (at_work("actions", "leader", covers=("内需提振行动",)), "leader", 9, "民生暖心行动", False),
        (at_work("actions", "leader", covers=("内需提振行动",)), "leader", 3, "", False),
        (at_work("government", "office"), "office", 9, "", True),
        (at_work("system", "system_admin"), "system_admin", 3, "", False),
        (at_work("government", "office", "clerk", scopes=("government", "unit")), "clerk", 9, "", False),
        (at_work("government", "office", "clerk", scopes=("government", "unit")), "office", 9, "", True),
    ],
)
def test_how_far_a_post_reaches(actor: Actor, slug: str, unit_id: int, action: str, expected: bool) -> None:
    assert actor.reaches(slug, unit_id, action) is expected


class TestBound:
    """A head hands over the clerk's post of their own unit, and no other."""

    @pytest.mark.parametrize(
        ("actor", "unit_id", "allowed"),
        [
            (at_work("unit", "head"), 3, True),
            (at_work("unit", "head"), 4, False),
            (at_work("subtree", "head", below=(4,)), 4, True),
            (at_work("government", "office"), 4, True),
            (at_work("unit", "clerk"), 3, False),
        ],
    )
    def test_within_the_scope_only(self, actor: Actor, unit_id: int, allowed: bool) -> None:
        verdict = POST.judge(Thing("current", unit_id=unit_id), "hand_over_clerk", actor)
        assert isinstance(verdict, Move) is allowed
        if not allowed:
            assert isinstance(verdict, Denial)
            assert verdict.kind == "not_you"

    def test_it_says_so(self) -> None:
        verdict = POST.judge(Thing("current", unit_id=4), "hand_over_clerk", at_work("unit", "head"))
        assert verdict == Denial(
            "not_you",
            "单位负责人只能在自己的范围内移交联络员，这一项不在您的范围内，如有需要请联系政府办。",
        )

    def test_bound_posts_must_be_posts_of_the_row(self) -> None:
        row = Move("go", "走", ("here",), None, ("office",), bound=("head",))
        with pytest.raises(ValueError, match="unknown states or posts"):
            Machine("事", {"here": State("在此", "")}, (row,))


def test_who_does_it_is_named() -> None:
    verdict = DELEGATION.judge(Thing("current"), "recall", at_work("unit", "clerk"))
    assert isinstance(verdict, Denial)
    assert verdict.sentence.startswith("收回委托由本人、综合协调组（政府办）办理，")
    verdict = ACCOUNT.judge(Thing("active"), "change_password", at_work("government", "office"))
    assert verdict == Denial("not_you", "更改密码只能由本人办理，他人不能代办。")


@pytest.mark.parametrize("verb", ["open", "issue", "resume"])
def test_nobody_who_has_left_gets_in(verb: str) -> None:
    state = {"open": "first", "issue": "closed", "resume": "suspended"}[verb]
    keeper = at_work("system", "system_admin", "security_admin")
    verdict = ACCOUNT.judge(Thing(state, left=1), verb, keeper)
    assert verdict == Denial("not_ready", "此人已登记离开，不能发放密码，请先由政府办恢复在册。")


def test_the_post_of_an_event_is_the_one_that_allowed_it() -> None:
    actor = at_work("government", "office", "leader")
    assert actor.post_among(("leader", "inspector")) == "leader"
    assert actor.post_among(("auditor",)) == "office"
