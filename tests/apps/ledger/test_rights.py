"""Every address of the ledger that does something × every post: the table of core/flow says who, a no changes nothing.

What a post may do is never typed here: it is asked of the tables. And whoever may do anything to a row sees it.
"""

from itertools import product
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.flow.machine import Denial, Machine, Move
from luoshi.core.flow.milestone import MILESTONE
from luoshi.core.flow.plan import PLAN
from luoshi.core.flow.task import TARGET, TASK
from luoshi.journal.models import Event
from luoshi.ledger.models import Amendment, Assignment, Indicator, Milestone, Plan, Task
from luoshi.ledger.queries import assignments_waiting, steps_due
from luoshi.ledger.urls import urlpatterns
from luoshi.org.models import Post, Unit
from luoshi.org.services import create_unit, set_members
from tests.apps.site.addresses import addresses
from tests.people import Member, at_work, cast

pytestmark = pytest.mark.django_db


class Door(NamedTuple):
    """What an address lets whom do: a row of a table, the state the row must be in first, and what its form is sent."""

    life: Machine
    verb: str
    state: str = ""
    sent: dict[str, str] = {}
    asks: bool = True


WHY = {"reason": "依据会议", "document": "县政府常务会议纪要"}
DOORS: dict[str, Door] = {
    "accept_one": Door(ASSIGNMENT, "accept", "waiting", asks=False),
    "contest": Door(ASSIGNMENT, "contest", "waiting", WHY),
    "retract": Door(ASSIGNMENT, "retract", "contested", asks=False),
    "uphold": Door(ASSIGNMENT, "uphold", "contested", WHY),
    "reassign": Door(ASSIGNMENT, "reassign", "contested", WHY | {"unit": "other"}),
    "account": Door(ASSIGNMENT, "account", "waiting", WHY),
    "release": Door(ASSIGNMENT, "release", "waiting", WHY),
    "expand": Door(ASSIGNMENT, "expand", "waiting", asks=False),
    "add_unit": Door(TASK, "add_unit", "running", WHY | {"unit": "other", "role": "support"}),
    "deadline": Door(TASK, "defer", "running", WHY | {"deadline": "2027年"}),
    "finish": Door(TASK, "finish", "running", asks=False),
    "drop": Door(TASK, "drop", "running", WHY),
    "resume": Door(TASK, "resume", "done", WHY),
    "split": Door(TASK, "split", "running", {"title": "开工", "due": "2026-06-30", "weight": "1"}),
    "target": Door(TARGET, "change", "set", WHY | {"op": ">=", "value": "9", "unit": "家"}),
    "edit_milestone": Door(
        MILESTONE, "edit", "open", WHY | {"title": "竣工", "due": "2026-06-30", "weight": "1"}
    ),
    "finish_milestone": Door(MILESTONE, "finish", "open", asks=False),
    "undo_milestone": Door(MILESTONE, "undo", "done", asks=False),
    "confirm_milestone": Door(MILESTONE, "confirm", "done", asks=False),
    "restore_milestone": Door(MILESTONE, "restore", "dropped", asks=False),
    "reject_milestone": Door(MILESTONE, "reject", "confirmed", WHY),
    "drop_milestone": Door(MILESTONE, "drop", "open", WHY),
    "classify": Door(TASK, "classify", "running", {"kind": "policy"}, asks=False),
    "describe": Door(TASK, "describe", "running", {"section": "产业股"}),
    "close": Door(PLAN, "close", "adopted", WHY),
    "carry": Door(PLAN, "carry_over", "closed", {"tasks": "task", "title": "青禾县2027年方案"}),
}
READ = {
    "index",
    "search",
    "export",
    "task",
    "source",
    "breakdown",
    "claims",
    "list",
    "export_list",
    "claims_export",
    "task_export",
}
"""Addresses that only show; who finds a page there is held by tests/apps/site/test_attack.py."""
MANY = {"accept"}
"""Addresses for many rows at once: each row is judged by itself."""


class Rows(NamedTuple):
    """One row of every kind, all of one task, which 青禾县水利局 answers for alone (as a collective of one)."""

    share: Assignment
    task: Task
    indicator: Indicator
    milestone: Milestone
    other: Unit

    def of(self, life: Machine):
        lives = {
            ASSIGNMENT: self.share,
            TASK: self.task,
            TARGET: self.indicator,
            MILESTONE: self.milestone,
            PLAN: self.task.plan,
        }
        return lives[life]


@pytest.fixture
def rows(plan, liu) -> Rows:
    unit, other, member = (create_unit(name, by=liu.actor) for name in ("县水利局", "县林场", "县水文站"))
    unit.kind = "collective"
    unit.save()
    set_members(unit, [member], by=liu.actor)
    task = Task.objects.get(heading="壮大园区")
    task.assignments.all().delete()
    share = Assignment.objects.create(
        task=task, unit=unit, role="lead", printed="县水利局", order=1, accountable=True
    )
    milestone = Milestone.objects.create(task=task, title="开工")
    return Rows(share, task, task.indicators.first(), milestone, other)


def put(rows: Rows, door: Door) -> None:
    """The row into the state that its verb leaves."""
    case = rows.of(door.life)
    if door.life is not TARGET:
        type(case).objects.filter(pk=case.pk).update(state=door.state)
    if door.verb in ("account", "release"):
        Assignment.objects.filter(pk=rows.share.pk).update(accountable=False)
    if door.verb == "finish" and door.life is TASK:
        Milestone.objects.update(state="done")


def address(rows: Rows, name: str, door: Door) -> str:
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    return "/ledger" + next(addresses(lambda *_: rows.of(door.life).pk, [pattern]))


def stored() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Amendment, Assignment, Milestone))


def holder(post: str, unit: str) -> Client:
    client = Client()
    client.force_login(cast("holder", "任职人", unit, post).account)
    return client


def test_every_route_has_its_door() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*DOORS, *READ, *MANY}


@pytest.mark.parametrize("at_home", [True, False], ids=["own", "another"])
@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("name", DOORS)
def test_every_address_for_every_post(rows: Rows, name: str, post: str, at_home: bool) -> None:
    door = DOORS[name]
    put(rows, door)
    row = door.life.moves[door.verb]
    may = post in row.posts and (at_home or post not in row.bound or post == "force_office")
    client = holder(post, "县水利局" if at_home else "县林场")
    refused = 403 if post in BUSINESS_POSTS else 404
    shown = client.get(address(rows, name, door))
    assert shown.status_code == (405 if not door.asks else 200 if may else refused)
    before = stored()
    keys = {"other": str(rows.other.pk), "task": str(rows.task.pk)}
    sent = {field: keys.get(said, said) for field, said in door.sent.items()}
    answer = client.post(address(rows, name, door), sent)
    if may:
        assert answer.status_code == 302, answer.content.decode()[-2500:]
        assert stored() != before
    else:
        assert answer.status_code == refused
        assert stored() == before


@pytest.mark.parametrize("name", DOORS)
def test_nobody_elsewhere_gets_anywhere(rows: Rows, outsider: Member, name: str) -> None:
    door = DOORS[name]
    put(rows, door)
    client, before = Client(), stored()
    client.force_login(outsider.account)
    where = address(rows, name, door)
    assert {client.get(where).status_code, client.post(where, door.sent).status_code} <= {404, 405}
    assert stored() == before


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.life is not PLAN])
def test_in_a_closed_plan_every_verb_is_refused_with_the_reason(
    rows: Rows, liu: Member, name: str, state: str
) -> None:
    door = DOORS[name]
    put(rows, door)
    Plan.objects.update(state=state)
    post = next(slug for slug in ("office", "clerk") if slug in door.life.moves[door.verb].posts)
    client, before = holder(post, "县水利局"), stored()
    answer = client.post(address(rows, name, door), door.sent)
    assert (answer.status_code, "其中的任务不能再改动" in answer.content.decode()) == (409, True)
    assert stored() == before


SCOPES = [
    ("government", []),
    ("actions", ["产业提升行动"]),
    ("actions", ["别的"]),
    ("subtree", []),
    ("unit", []),
]


@pytest.mark.parametrize(("scope", "covers"), SCOPES, ids=lambda value: str(value))
@pytest.mark.parametrize(("post", "unit"), list(product(POSTS, ["县水利局", "县林场"])))
def test_visible_to_and_judge_agree(rows: Rows, outsider, post, unit, scope, covers) -> None:
    """Whoever may do anything to a row sees it; whoever does not see it is told “not you” by every verb."""
    member = cast("holder", "任职人", unit, post)
    Post.objects.filter(person=member.account.person).update(scope=scope, covers=covers)
    for actor in (at_work(member), outsider.actor):
        seen = {
            ASSIGNMENT: Assignment.objects.visible_to(actor),
            TASK: Task.objects.visible_to(actor),
            TARGET: Indicator.objects.visible_to(actor),
            MILESTONE: Milestone.objects.filter(task__in=Task.objects.visible_to(actor)),
        }
        for life, found in seen.items():
            case = rows.of(life)
            visible = found.filter(pk=case.pk).exists()
            for state, verb in product(life.states, life.moves):
                setattr(case, "target" if life is TARGET else "state", state)
                verdict = life.judge(case, verb, actor, "有理由")
                assert visible or (isinstance(verdict, Denial) and verdict.kind == "not_you")


@pytest.mark.parametrize(("scope", "covers"), SCOPES, ids=lambda value: str(value))
@pytest.mark.parametrize(("post", "unit"), list(product(POSTS, ["县水利局", "县林场"])))
def test_what_waits_is_what_may_be_pressed(rows: Rows, post, unit, scope, covers) -> None:
    """`assignments_waiting` finds exactly the rows on which the table lets this person accept or answer."""
    member = cast("holder", "任职人", unit, post)
    Post.objects.filter(person=member.account.person).update(scope=scope, covers=covers)
    actor = at_work(member)
    for state, verb in (("waiting", "accept"), ("contested", "uphold")):
        Assignment.objects.filter(pk=rows.share.pk).update(state=state)
        case = Assignment.objects.get(pk=rows.share.pk)
        may = isinstance(ASSIGNMENT.judge(case, verb, actor, "有理由"), Move)
        assert assignments_waiting(actor).filter(pk=case.pk).exists() is may


@pytest.mark.parametrize(("scope", "covers"), SCOPES, ids=lambda value: str(value))
@pytest.mark.parametrize(("post", "unit"), list(product(("clerk", "head"), ["县水利局", "县林场"])))
@pytest.mark.parametrize("piece", [True, False], ids=["piece", "whole"])
def test_a_step_that_waits_may_be_pressed(rows: Rows, post, unit, scope, covers, piece) -> None:
    """`steps_due` finds exactly the milestones that the table lets this person of a unit report as done."""
    member = cast("holder", "任职人", unit, post)
    Post.objects.filter(person=member.account.person).update(scope=scope, covers=covers)
    actor, due = at_work(member), timezone.localdate()
    Milestone.objects.update(due=due, unit=rows.share.unit if piece else None)
    case = Milestone.objects.get(pk=rows.milestone.pk)
    may = isinstance(MILESTONE.judge(case, "finish", actor), Move)
    assert steps_due(actor).exists() is may
