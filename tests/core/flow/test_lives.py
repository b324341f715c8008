"""Every life, every state, every verb, every post: the table says yes exactly where its rows say so."""

from dataclasses import dataclass
from itertools import product

import pytest

from luoshi.core.flow.account import ACCOUNT
from luoshi.core.flow.actor import POSTS, Actor
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.flow.complaint import COMPLAINT
from luoshi.core.flow.decision import DECISION
from luoshi.core.flow.delegation import DELEGATION
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.journal import JOURNAL
from luoshi.core.flow.light_rule import LIGHT_RULE
from luoshi.core.flow.machine import Denial, Machine, Move, Need, State
from luoshi.core.flow.meeting import MEETING
from luoshi.core.flow.milestone import MILESTONE
from luoshi.core.flow.order import EXTENSION, ORDER, REVIEW, SHARE
from luoshi.core.flow.pace import PACE
from luoshi.core.flow.person import PERSON
from luoshi.core.flow.plan import PLAN
from luoshi.core.flow.post import POST
from luoshi.core.flow.project import BOARD, PROJECT, RECONCILIATION
from luoshi.core.flow.reminding import CHANNEL, LOOK, REMINDER_RULES, WISH
from luoshi.core.flow.report import REPORT
from luoshi.core.flow.rhythm import DUTY, FEED, HOLIDAY, RHYTHM
from luoshi.core.flow.round import ROUND
from luoshi.core.flow.task import TARGET, TASK
from luoshi.core.flow.unit import UNIT

LIVES = {
    "plan": PLAN,
    "unit": UNIT,
    "government": GOVERNMENT,
    "person": PERSON,
    "post": POST,
    "delegation": DELEGATION,
    "account": ACCOUNT,
    "journal": JOURNAL,
    "round": ROUND,
    "report": REPORT,
    "order": ORDER,
    "share": SHARE,
    "extension": EXTENSION,
    "review": REVIEW,
    "pace": PACE,
    "complaint": COMPLAINT,
    "assignment": ASSIGNMENT,
    "task": TASK,
    "target": TARGET,
    "milestone": MILESTONE,
    "reminder_rules": REMINDER_RULES,
    "channel": CHANNEL,
    "wish": WISH,
    "look": LOOK,
    "meeting": MEETING,
    "decision": DECISION,
    "rhythm": RHYTHM,
    "duty": DUTY,
    "holiday": HOLIDAY,
    "feed": FEED,
    "project": PROJECT,
    "reconciliation": RECONCILIATION,
    "board": BOARD,
    "light_rule": LIGHT_RULE,
}
HERE, ELSEWHERE = 1, 2


@dataclass
class Thing:
    """A case with nothing in its way unless a test puts it there."""

    state: str
    government_id: int = HERE
    open_questions: int = 0
    unmatched_units: int = 0
    left: int = 0
    unlocked: int = 0
    person_id: int = 99
    unit_id: int = 3
    lead_unit_id: int = 3
    doer_id: int = 3
    accountable: int = 0
    single: int = 0
    memberless: int = 0
    open_milestones: int = 0
    contested: int = 0
    waiting_for_office: int = 0
    untouched: int = 0
    missing: int = 0
    unanswered: int = 0
    unsigned: int = 0
    lock: str = ""
    planning_unit_id: int = 3
    finance_unit_id: int = 3
    was_signed: int = 0
    never_signed: int = 0
    empty: int = 0
    no_measures: int = 0
    no_groups: int = 0
    in_force: int = 0
    no_unit: int = 0
    no_deadline: int = 0
    by_leader_only: int = 0
    no_reply: int = 0
    shares_waiting: int = 0
    extension_open: int = 0
    open_flags: int = 0
    past_due: int = 0
    too_late: int = 0
    never_prorated: int = 0
    not_issued: int = 0
    loose: int = 0
    no_owner: int = 0
    followed: int = 0
    drafters: tuple[int, ...] = ()
    doers: tuple[int, ...] = ()
    hands: tuple[int, ...] = ()
    judges: tuple[int, ...] = ()


def actor(*posts: str, government_id: int = HERE) -> Actor:
    return Actor(7, "某人", posts, 3, "某局", government_id, "government")


VERBS = [(name, verb) for name, life in LIVES.items() for verb in life.moves]
STATES = [(name, state) for name, life in LIVES.items() for state in life.states]


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_matrix(name: str, verb: str) -> None:
    """Every state × every post: what the table says, and nothing else."""
    life = LIVES[name]
    row = life.moves[verb]
    for state, post in product(life.states, POSTS):
        verdict = life.judge(Thing(state), verb, actor(post), note="依据县政府常务会议纪要")
        kind = "not_you" if post not in row.posts else "not_now" if state not in row.sources else None
        assert (verdict.kind if isinstance(verdict, Denial) else None) == kind, (state, post)
        assert kind or verdict is row, (state, post)


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_every_denial_is_a_full_sentence(name: str, verb: str) -> None:
    life = LIVES[name]
    for state, post in product(life.states, POSTS):
        verdict = life.judge(Thing(state), verb, actor(post))
        if isinstance(verdict, Denial):
            assert verdict.sentence.endswith("。"), (state, post)
            assert "，" in verdict.sentence, (state, post)
            assert not any(slug in verdict.sentence for slug in (verb, state, post)), (state, post)


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_what_is_ones_own_needs_no_post(name: str, verb: str) -> None:
    row = LIVES[name].moves[verb]
    for state in LIVES[name].states:
        verdict = LIVES[name].judge(Thing(state, person_id=7), verb, actor(), note="出差")
        assert (verdict is row) is (row.own and state in row.sources), state


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_another_government_is_never_served(name: str, verb: str) -> None:
    for state in LIVES[name].states:
        verdict = LIVES[name].judge(Thing(state), verb, actor(*POSTS, government_id=ELSEWHERE), note="有理由")
        assert isinstance(verdict, Denial), state
        assert verdict.kind == "not_you", state


@pytest.mark.parametrize(("name", "state"), STATES)
def test_buttons_and_judge_read_the_same_rows(name: str, state: str) -> None:
    life = LIVES[name]
    for post in POSTS:
        offers = life.offers(Thing(state), actor(post))
        offered = {offer.move.verb for offer in offers if offer.denial is None}
        allowed = {
            v for v in life.moves if isinstance(life.judge(Thing(state), v, actor(post), "有理由"), Move)
        }
        assert offered == allowed, post


@pytest.mark.parametrize(
    ("thing", "verb", "sentence"),
    [
        (Thing("adopted"), "adopt", "方案现在是“已建账”，不能建账。如需改动，请到台账中办理变更。"),
        (Thing("review", open_questions=3), "adopt", "还有3处疑问没有处理，请逐条确认或修改后再建账。"),
        (
            Thing("review", unmatched_units=2),
            "adopt",
            "还有2个单位名称没有对应到单位，请先到“单位对应”中处理后再建账。",
        ),
        (Thing("review"), "withdraw", "撤回需要写明理由，请填写后再提交。"),
    ],
)
def test_sentences_of_a_plan(thing: Thing, verb: str, sentence: str) -> None:
    verdict = PLAN.judge(thing, verb, actor("office"))
    assert isinstance(verdict, Denial)
    assert verdict.sentence == sentence


def test_not_you_names_who_can() -> None:
    verdict = PLAN.judge(Thing("review"), "adopt", actor("clerk"))
    assert isinstance(verdict, Denial)
    assert verdict.sentence == (
        "建账由综合协调组（政府办）、专班办公室办理，您目前的岗位不能办理，如有需要请与其联系。"
    )


def test_a_button_that_is_not_ready_is_offered_with_its_reason() -> None:
    offers = {o.move.verb: o.denial for o in PLAN.offers(Thing("review", open_questions=1), actor("office"))}
    assert set(offers) == {"reread", "correct", "waive", "unwaive", "recheck", "adopt", "withdraw"}
    assert offers["adopt"] == Denial("not_ready", "还有1处疑问没有处理，请逐条确认或修改后再建账。")
    assert offers["withdraw"] is None


def test_a_plan_can_always_be_ended() -> None:
    """From every state that is not an end, some verb leads on; the ends are closed and withdrawn."""
    going = {source for move in PLAN.moves.values() if move.target for source in move.sources}
    assert PLAN.states.keys() - going == {"closed", "withdrawn"}


def test_unknown_verb_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        PLAN.judge(Thing("review"), "fly", actor("office"))


@pytest.mark.parametrize(
    "move",
    [
        Move("go", "走", ("nowhere",), "here", ("office",)),
        Move("go", "走", ("here",), "nowhere", ("office",)),
        Move("go", "走", ("here",), "here", ("king",)),
    ],
)
def test_a_row_with_an_unknown_state_or_post_is_refused(move: Move) -> None:
    with pytest.raises(ValueError, match="unknown states or posts"):
        Machine("事", {"here": State("在此", "")}, (move,))


def test_needs_are_asked_in_order() -> None:
    life = Machine(
        "事",
        {"here": State("在此", "")},
        (
            Move(
                "go",
                "走",
                ("here",),
                None,
                ("office",),
                needs=(Need("open_questions", "先问{n}。"), Need("unmatched_units", "后问{n}。")),
            ),
        ),
    )
    both = life.judge(Thing("here", open_questions=1, unmatched_units=2), "go", actor("office"))
    assert both == Denial("not_ready", "先问1。")
    assert life.label("here") == "在此"
    assert life.choices() == [("here", "在此")]


def test_posts_of_an_actor() -> None:
    assert actor("head", "clerk").post == "head"
    assert actor().post == ""
    assert actor("clerk").holds("head", "clerk")
    assert not actor("clerk").holds("office")


def test_a_locked_case_says_why_before_its_state_is_asked() -> None:
    verdict = REPORT.judge(
        Thing("draft", lock="本轮3月25日已锁定，如需修改请联系县政府办。"), "submit", actor("clerk")
    )
    assert verdict == Denial("not_now", "本轮3月25日已锁定，如需修改请联系县政府办。")
    stranger = REPORT.judge(
        Thing("draft", unit_id=4, lock="已锁定，请联系县政府办。"), "submit", unit_actor("clerk")
    )
    assert isinstance(stranger, Denial)
    assert stranger.kind == "not_you"


def unit_actor(post: str) -> Actor:
    return Actor(7, "某人", (post,), 3, "某局", HERE, "unit")


@pytest.mark.parametrize(
    ("verb", "unit", "lead", "kind"),
    [
        ("withdraw", 3, 9, None),
        ("withdraw", 4, 3, "not_you"),  # what another unit wrote is not the lead's to withdraw
        ("collate", 4, 3, None),  # but the lead collates it
        ("collate", 3, 9, "not_you"),
        ("send_back", 4, 3, None),
    ],
)
def test_lead_units_collate_what_others_wrote(verb, unit, lead, kind) -> None:
    verdict = REPORT.judge(
        Thing("submitted", unit_id=unit, lead_unit_id=lead), verb, unit_actor("clerk"), "补数"
    )
    assert (verdict.kind if isinstance(verdict, Denial) else None) == kind


def test_nobody_confirms_the_work_of_their_own_unit() -> None:
    for verb in ("accept", "send_back"):
        verdict = DECISION.judge(Thing("answered", doers=(3,)), verb, actor("office"), "属实")
        assert isinstance(verdict, Denial)
        assert (verdict.kind, "其他单位" in verdict.sentence) == ("not_you", True)
        assert isinstance(DECISION.judge(Thing("answered", doers=(4,)), verb, actor("office"), "属实"), Move)


def test_a_meeting_does_not_end_with_loose_ends() -> None:
    verdict = MEETING.judge(Thing("held", loose=2), "close", actor("office"))
    assert isinstance(verdict, Denial)
    assert verdict.kind == "not_ready"
    assert "还有2条议定事项" in verdict.sentence


def test_a_decision_without_a_unit_is_not_handed_over() -> None:
    verdict = DECISION.judge(Thing("open", no_owner=1), "supervise", actor("office"))
    assert isinstance(verdict, Denial)
    assert verdict.kind == "not_ready"
