"""Orders: nobody judges their own work, every way leads on, and the sentences of the needs."""

import pytest

from luoshi.core.flow.machine import Denial
from luoshi.core.flow.order import BEFORE, EXTENSION, ORDER, REVIEW, SHARE
from tests.core.flow.test_lives import Thing, actor, unit_actor


@pytest.mark.parametrize("verb", ["verify", "send_back", "close", "look_back", "conclude"])
@pytest.mark.parametrize("who", [{"doers": (3,)}, {"hands": (7,)}])
def test_the_doer_never_judges(verb, who):
    """Whatever posts somebody holds in the unit that carried the order out (unit 3), or having had a hand in it (person 7)."""
    posts = ("office", "inspector", "leader", "force_office")
    for state in ORDER.moves[verb].sources:
        assert not isinstance(ORDER.judge(Thing(state), verb, actor(*posts), "已到现场核实"), Denial)
        verdict = ORDER.judge(Thing(state, **who), verb, actor(*posts), "已到现场核实")
        assert isinstance(verdict, Denial)
        assert verdict.kind == "not_you"


def test_a_button_the_doer_may_not_press_is_not_shown():
    offered = {o.move.verb for o in ORDER.offers(Thing("replied", doers=(3,)), actor("inspector"))}
    assert "verify" not in offered


@pytest.mark.parametrize(("verb", "post"), [("approve", "leader"), ("approve_daily", "office")])
def test_whoever_drew_it_up_does_not_approve_it(verb, post):
    verdict = ORDER.judge(Thing("pending", drafters=(7,)), verb, actor(post))
    assert isinstance(verdict, Denial)
    assert "同一人" in verdict.sentence


@pytest.mark.parametrize(
    ("life", "thing", "verb", "posts", "kind", "says"),
    [
        (ORDER, Thing("pending", by_leader_only=1), "approve_daily", ("office",), "not_ready", "第十一条"),
        (ORDER, Thing("pending", by_leader_only=1), "approve", ("office",), "not_you", "领导"),
        (ORDER, Thing("draft", no_unit=1), "submit", ("office",), "not_ready", "承办单位"),
        (ORDER, Thing("draft", no_deadline=1), "submit", ("inspector",), "not_ready", "时限"),
        (ORDER, Thing("sent"), "refuse", ("head",), "not_ready", "理由"),
        (ORDER, Thing("sent"), "refuse", ("clerk",), "not_you", "单位负责人"),
        (ORDER, Thing("working", no_reply=1), "finish", ("head",), "not_ready", "没有反馈"),
        (ORDER, Thing("working", shares_waiting=2), "finish", ("head",), "not_ready", "2个配合单位"),
        (ORDER, Thing("replied", open_flags=1), "verify", ("inspector",), "not_ready", "1处提示"),
        (ORDER, Thing("replied"), "verify", ("inspector",), "not_ready", "理由"),
        (ORDER, Thing("working"), "close", ("office",), "not_now", "办理中"),
        (ORDER, Thing("closed"), "finish", ("head",), "not_now", "恢复挂号"),
        (EXTENSION, Thing("asked", past_due=3), "ask", ("head",), "not_ready", "3天"),
        (REVIEW, Thing("asked", too_late=1), "apply", ("head",), "not_ready", "30日"),
        (REVIEW, Thing("asked", judges=(7,)), "uphold", ("office",), "not_you", "回避"),
        (SHARE, Thing("waiting"), "take", ("head",), "not_now", "配合单位"),
    ],
)
def test_refusals_are_full_sentences(life, thing, verb, posts, kind, says):
    verdict = life.judge(thing, verb, actor(*posts), "" if "理由" in says else "有理由")
    assert isinstance(verdict, Denial)
    assert verdict.kind == kind
    assert says in verdict.sentence
    assert verdict.sentence.endswith("。")


@pytest.mark.parametrize(("unit", "lead", "verb", "kind"), [
    (3, 9, "give", None), (4, 3, "give", "not_you"), (4, 3, "take", "not_now"), (3, 9, "take", "not_you"),
])  # fmt: skip
def test_the_lead_unit_gathers_what_others_give(unit, lead, verb, kind):
    verdict = SHARE.judge(
        Thing("waiting", unit_id=unit, lead_unit_id=lead), verb, unit_actor("clerk"), "已派人"
    )
    assert (verdict.kind if isinstance(verdict, Denial) else None) == kind


def test_from_every_state_that_is_not_an_end_something_leads_on():
    going = {s for m in ORDER.moves.values() if m.target for s in m.sources}
    assert ORDER.states.keys() - going == {"dropped", "cancelled"}
    reached, border = set(), {"draft"}
    while border:
        reached |= border
        border = {m.target for m in ORDER.moves.values() if m.target and reached & set(m.sources)} - reached
    assert reached == ORDER.states.keys()


def test_only_offices_and_deciders_act_before_the_unit_is_asked():
    early = {p for m in ORDER.moves.values() if set(m.sources) <= set(BEFORE) for p in m.posts}
    assert early == {"office", "inspector", "force_office", "leader"}
