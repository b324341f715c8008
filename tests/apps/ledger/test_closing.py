"""结账与结转: a closed plan is frozen; what was left goes on in the next year, linked both ways."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused
from luoshi.ledger.models import Assignment, Indicator, Milestone, Plan, Task
from luoshi.ledger.queries import assignments_waiting
from luoshi.ledger.services import assigning
from luoshi.ledger.services.changes import Grounds
from luoshi.ledger.services.closing import Carry, carry_over, close

pytestmark = pytest.mark.django_db
WHY = Grounds("年度工作结束", "县政府第40次常务会议纪要")
NEXT = Carry(None, "青禾县2027年结转任务", "2027-Q2", "青政办发〔2027〕1号")


@pytest.fixture
def closed(plan, liu) -> Plan:
    Milestone.objects.create(task=Task.objects.get(heading="壮大园区"), title="完成规划", state="done")
    Milestone.objects.create(task=Task.objects.get(heading="壮大园区"), title="建成厂房", weight=3)
    Task.objects.filter(heading="补齐短板").update(state="done")
    close(plan, WHY, liu.actor)
    return Plan.objects.get(pk=plan.pk)


def unfinished(plan: Plan) -> list[Task]:
    return list(Task.objects.filter(plan=plan, state="running"))


def test_an_open_objection_stands_in_the_way(plan, liu, helps):
    share = Assignment.objects.get(unit__full_name="县教育局")
    assigning.contest(share, "不归我局", helps.actor)
    with pytest.raises(Denied, match="还有1项责任分工有异议没有答复，请先答复再结账"):
        close(plan, WHY, liu.actor)
    assigning.retract(share, helps.actor)
    close(plan, WHY, liu.actor)
    assert Plan.objects.get(pk=plan.pk).state == "closed"


def test_closed_nothing_waits_and_nothing_can_be_done(closed, liu, helps, as_):
    assert not assignments_waiting(helps.actor)
    share = Assignment.objects.get(unit__full_name="县教育局")
    with pytest.raises(Denied, match="《青禾县实施“三大行动”工作方案》现在是“已结账”，其中的任务不能再改动"):
        assigning.contest(share, "不归我局", helps.actor)
    page = as_(liu).get(f"/ledger/?plan={closed.pk}").content.decode()
    assert "这份方案已结账，内容只供查阅。" in page
    assert f"/ledger/plans/{closed.pk}/carry/" in page
    assert "添加节点" not in as_(liu).get(f"/ledger/tasks/{share.task_id}/").content.decode()


def test_what_was_left_goes_on_with_all_that_hangs_on_it(closed, liu, helps):
    target = carry_over(closed, unfinished(closed), NEXT, liu.actor)
    assert (target.state, target.year, target.number) == ("adopted", 2027, "青政办发〔2027〕1号")
    old, new = Task.objects.get(plan=closed, heading="壮大园区"), Task.objects.get(plan=target)
    assert (new.carried_from, old.carried_to) == (old, new)
    assert (new.heading, new.text, new.deadline, new.due) == (
        old.heading,
        old.text,
        "2027-Q2",
        "2027年二季度",
    )
    assert (new.paper_id, new.text_of, new.start) == (closed.pk, closed.pk, old.start)
    assert [a.unit_id for a in new.assignments.all()] == [a.unit_id for a in old.assignments.all()]
    assert [a.accountable for a in new.assignments.all()] == [True, False, False]
    assert new.action.name == old.action.name
    assert new.action.plan == target
    assert [m.title for m in new.milestones.all()] == ["建成厂房"]
    assert Indicator.objects.filter(plan=target).count() == 2
    assert [(a.old, a.new) for a in new.amendments.all()] == [("未写明", "2027年二季度")]
    assert [a.task for a in assignments_waiting(helps.actor)] == [new]
    told = Event.objects.get(verb="carry_over")
    assert told.note == "1项没有办完的任务结转到《青禾县2027年结转任务》"


def test_it_may_join_a_plan_that_runs_already(closed, liu):
    running = carry_over(closed, unfinished(closed), NEXT, liu.actor)
    Task.objects.filter(heading="补齐短板").update(state="running")
    last = Task.objects.get(plan=closed, heading="补齐短板")
    assert carry_over(closed, [last], Carry(running), liu.actor) == running
    assert [t.order for t in Task.objects.filter(plan=running).order_by("order")] == [1, 2]
    assert running.actions.count() == 1


@pytest.mark.parametrize(
    ("change", "carry", "sentence"),
    [
        (None, Carry(None, " "), "请填写新方案的名称"),
        (None, Carry(None, "新", "尽快"), "没有读懂新的时限"),
        ("done", NEXT, "只有没有办完的任务可以结转"),
        ("none", NEXT, "没有选中任何任务"),
        ("twice", NEXT, "有的已经结转过"),
        ("itself", NEXT, "结转只能转入另一份已建账"),
    ],
)
def test_what_cannot_be_carried_is_told(closed, liu, change, carry, sentence):
    tasks = unfinished(closed)
    if change == "done":
        tasks = list(Task.objects.filter(plan=closed))
    elif change == "none":
        tasks = []
    elif change == "twice":
        carry_over(closed, tasks, NEXT, liu.actor)
    elif change == "itself":
        carry = Carry(closed)
    before = Task.objects.count()
    with pytest.raises(Refused, match=sentence):
        carry_over(closed, tasks, carry, liu.actor)
    assert Task.objects.count() == before


def test_an_open_plan_carries_nothing(plan, liu):
    with pytest.raises(Denied, match="方案现在是“已建账”，不能结转"):
        carry_over(plan, unfinished(plan), NEXT, liu.actor)


def test_the_whole_way_in_the_browser(plan, liu, as_):
    client = as_(liu)
    page = client.get(f"/ledger/plans/{plan.pk}/close/").content.decode()
    assert "2项（结账后可以结转）" in page
    answer = client.post(f"/ledger/plans/{plan.pk}/close/", {"reason": "年度结束"})
    assert (answer.status_code, "请写明依据" in answer.content.decode()) == (422, True)
    client.post(f"/ledger/plans/{plan.pk}/close/", {"reason": "年度结束", "document": "纪要"})
    page = client.get(f"/ledger/plans/{plan.pk}/carry/").content.decode()
    first, second = Task.objects.order_by("order")
    assert f'value="{first.pk}" checked' in page
    sent = {"tasks": [second.pk], "title": "青禾县2027年方案", "deadline": "2027年上半年"}
    answer = client.post(f"/ledger/plans/{plan.pk}/carry/", sent, follow=True)
    assert "已结转1项任务到《青禾县2027年方案》" in answer.content.decode()
    target = Plan.objects.get(title="青禾县2027年方案")
    new = target.tasks.get()
    assert "第2项</a>结转而来" in client.get(f"/ledger/tasks/{new.pk}/").content.decode()
    assert "已结转到" in client.get(f"/ledger/tasks/{second.pk}/").content.decode()
    assert str(second.pk) not in [
        str(t.pk) for t in client.get(f"/ledger/plans/{plan.pk}/carry/").context["tasks"]
    ]
    for address in ("/plans/", f"/plans/{target.pk}/", f"/plans/{target.pk}/health/", f"/ledger/plans/{target.pk}/source/",
                    f"/ledger/?plan={target.pk}", f"/ledger/plans/{target.pk}/breakdown.xlsx"):  # fmt: skip
        assert client.get(address).status_code == 200, address
    source = client.get(f"/ledger/plans/{new.text_of}/source/?at={new.start}-{new.end}").content.decode()
    assert "全年新建冷库3座" in source[source.index('class="m here"') :]


def test_pages_cost_the_same_for_any_number_of_rows(closed, liu, as_):
    client, first = as_(liu), unfinished(closed)[0]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/ledger/plans/{closed.pk}/carry/")
        return len(queries)

    before = cost()
    for n in range(10):
        Task.objects.create(
            plan=closed, order=n, quote="任务", text="任务", start=0, end=2, form="prose", action=first.action
        )
    assert cost() == before
