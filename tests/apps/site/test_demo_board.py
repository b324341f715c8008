"""The demo county's chart has milestones: done, late and to come, by the units that answer for the tasks."""

import pytest

from luoshi.ledger.models import Action, Milestone, Task
from luoshi.site import demo_board
from tests.apps.ledger.conftest import NAMES, plan  # noqa: F401
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_once_and_not_for_the_units_to_try(plan) -> None:  # noqa: F811
    tried, other = cast("sujian", "苏简", NAMES[0], "clerk"), cast("bai", "老白", NAMES[1], "head")
    action = Action.objects.create(plan=plan, name="产业行动", order=1, quote="产业行动", start=0, end=4)
    for n, member in enumerate((tried, other, other, other)):
        task = Task.objects.create(
            plan=plan, action=action, order=90 + n, form="prose", heading=f"任务{n}", text="x", quote="x", start=0, end=1
        )  # fmt: skip
        task.assignments.create(
            unit_id=member.actor.unit_id, role="lead", accountable=True, printed="局", order=0
        )
    told = list(demo_board.load("青禾县"))
    steps = Milestone.objects.select_related("task")
    assert {step.task.lead_unit_id for step in steps} == {other.actor.unit_id}
    assert len({step.task_id for step in steps}) == demo_board.EACH
    assert told == [f"《{plan.title}》：2项任务拆成了节点，画在挂图上。"]
    assert set(steps.values_list("state", flat=True)) == {"open", "done"}
    assert list(demo_board.load("青禾县")) == []
    assert list(demo_board.load("白露县")) == []
