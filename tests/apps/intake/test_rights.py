"""Every address of the intake × every post: the table of a plan's life says who, and a no changes nothing."""

from typing import NamedTuple

import pytest
from django.test import Client

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.core.flow.plan import PLAN
from luoshi.intake.models import DraftItem, Edit, PlanFinding, UnitChoice
from luoshi.intake.urls import urlpatterns
from luoshi.journal.models import Event
from luoshi.ledger.models import Plan, Task
from tests.apps.intake.plans import TEXT, finding, received
from tests.apps.site.addresses import addresses
from tests.people import cast

pytestmark = pytest.mark.django_db


class Door(NamedTuple):
    """The verb of a plan's life that an address does, and what its form is sent; `shows` when its page is for all who read."""

    verb: str
    sent: dict[str, str] = {}
    shows: bool = False


AT = TEXT.index("全年新建冷库3座")
DOORS: dict[str, Door] = {
    "bulk": Door("correct", {"verb": "confirm", "items": "item"}),
    "open_lists": Door("correct"),
    "add": Door("correct", {"kind": "indicator", "start": str(AT), "end": str(AT + 8)}),
    "undo": Door("correct"),
    "edit": Door("correct", {"version": "1", "heading": "改题"}),
    "split": Door("correct", {"at": str(AT), "version": "1"}),
    "doubt": Door("correct", {"answer": "left", "version": "1"}),
    "mark": Door("correct", {"version": "1"}),
    "findings": Door("waive", {"verb": "waive", "findings": "finding", "note": "依据", "reason": "依据"}),
    "waive": Door("waive", {"note": "依据", "reason": "依据"}, shows=True),
    "unwaive": Door("unwaive"),
    "recheck": Door("recheck"),
    "name_units": Door("correct", {"verb": "create", "names": "县教育局"}),
    "adopt": Door("adopt", shows=True),
    "withdraw": Door("withdraw", {"note": "印错"}),
}
READ = {"review", "item", "findings_export", "finding", "health", "units", "original"}
WITHOUT_A_PLAN = {
    "plans",
    "plans_export",
    "upload",
    "compare",
    "compare_places",
    "compare_export",
    "compare_forget",
}
"""Held by tests/apps/intake/test_upload.py, test_compare*.py and tests/apps/site/test_attack.py."""


@pytest.fixture
def plan(liu, monkeypatch) -> Plan:
    return received(monkeypatch, liu, findings=[finding("园区产值增长8%以上", "no-measure")])


def keys(plan: Plan) -> dict[str, int]:
    item = DraftItem.objects.get(plan=plan, kind="task", data__heading="补齐短板")
    return {"pk": plan.pk, "item": item.pk, "finding": PlanFinding.objects.get().pk, "number": 0, "order": 0}


def address(plan: Plan, name: str) -> str:
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    known = keys(plan)
    return "/plans" + next(
        addresses(lambda _, argument: known[argument] if argument != "verb" else 0, [pattern])
    )


def stored() -> tuple[object, ...]:
    counts = (model.objects.count() for model in (Event, Edit, UnitChoice, Task, DraftItem))
    return (
        *counts,
        list(Plan.objects.values_list("state")),
        list(PlanFinding.objects.values_list("waived_by")),
    )


def holder(post: str) -> Client:
    client = Client()
    client.force_login(cast("holder", "任职人", "青禾县某局", post).account)
    return client


def test_every_route_has_its_door() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*DOORS, *READ, *WITHOUT_A_PLAN}


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("name", DOORS)
def test_every_form_for_every_post(plan: Plan, name: str, post: str) -> None:
    door, client, before, known = DOORS[name], holder(post), stored(), keys(plan)
    sent = dict(door.sent)
    if sent.get("items") == "item":
        sent["items"] = f"{known['item']}:1"
    if sent.get("findings") == "finding":
        sent["findings"] = str(known["finding"])
    answer = client.post(address(plan, name), sent)
    if post in PLAN.moves[door.verb].posts:
        assert answer.status_code not in (403, 404), name
    else:
        told = (
            {403, 409} if name == "undo" else {403}
        )  # whoever never corrected anything has nothing to take back
        assert answer.status_code in (told if post in BUSINESS_POSTS else {404})
        assert stored() == before


@pytest.mark.parametrize("post", POSTS)
def test_every_page_for_every_post(plan: Plan, post: str) -> None:
    client = holder(post)
    for name in (*READ, *(name for name, door in DOORS.items() if door.shows)):
        expected = {200, 403, 409} if name == "waive" else {200, 302}
        answer = client.get(address(plan, name))
        assert answer.status_code in (expected if post in BUSINESS_POSTS else {404}), name


@pytest.mark.parametrize("name", DOORS)
def test_nobody_elsewhere_gets_anywhere(plan: Plan, outsider, name: str) -> None:
    client, before = Client(), stored()
    client.force_login(outsider.account)
    assert client.post(address(plan, name), DOORS[name].sent).status_code == 404
    assert stored() == before
