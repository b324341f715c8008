"""节点: the accountable unit splits, each unit says its piece is done, the office confirms; a task ends when all is done."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.journal.moves import Denied, Refused, Stale
from luoshi.ledger.models import Amendment, Indicator, Milestone, Plan, Task
from luoshi.ledger.queries import steps_due, steps_to_confirm
from luoshi.ledger.services.changes import Grounds
from luoshi.ledger.services.milestones import Step, add_milestone, edit_milestone, end_or_resume, step_on
from luoshi.ledger.views.rows import progress
from luoshi.org.models import Unit

pytestmark = pytest.mark.django_db
JUNE, JULY = dt.date(2026, 6, 30), dt.date(2026, 7, 31)


def task() -> Task:
    return Task.objects.get(heading="壮大园区")


def named(name: str) -> Unit:
    return Unit.objects.get(full_name=name)


@pytest.fixture
def piece(plan, leads) -> Milestone:
    """教育局's piece of 壮大园区."""
    return add_milestone(task(), Step("建成实训基地", JUNE, 3, named("县教育局")), leads.actor)


def test_the_accountable_unit_splits_and_no_other(plan, leads, helps, liu):
    for who in (leads, liu):
        add_milestone(task(), Step("完成规划", JUNE, 1, None), who.actor)
    with pytest.raises(Denied, match="联络员只能在自己的范围内拆分任务"):
        add_milestone(task(), Step("完成规划", JUNE, 1, None), helps.actor)
    with pytest.raises(Refused, match="不是这项任务的责任单位"):
        add_milestone(task(), Step("建冷库", JUNE, 1, named("县农业农村局")), leads.actor)
    assert [m.doer_id for m in task().milestones.all()] == [leads.actor.unit_id] * 2


def test_whoever_does_the_piece_says_it_is_done(piece, leads, helps, forestry, liu):
    for who in (leads, forestry):
        with pytest.raises(Denied):
            step_on(piece, "finish", who.actor)
    step_on(piece, "finish", helps.actor)
    piece.refresh_from_db()
    assert (piece.state, piece.done_on is not None) == ("done", True)
    with pytest.raises(Denied, match="确认完成由综合协调组"):
        step_on(piece, "confirm", helps.actor)
    step_on(piece, "confirm", liu.actor)
    with pytest.raises(Denied, match="节点现在是“已确认”，不能退回未完成"):
        step_on(piece, "undo", helps.actor)
    step_on(piece, "reject", liu.actor, "没有验收")
    piece.refresh_from_db()
    assert (piece.state, piece.done_on) == ("open", None)


def test_another_day_wants_a_reason_and_is_kept(piece, leads):
    with pytest.raises(Refused, match="请写明理由"):
        edit_milestone(piece, Step(piece.title, JULY, 3, piece.unit), Grounds(""), leads.actor)
    assert edit_milestone(piece, Step("建成基地", JULY, 2, piece.unit), Grounds("汛期停工"), leads.actor)
    told = Amendment.objects.get()
    assert (told.what, told.old, told.new) == (
        "milestone",
        "建成实训基地：2026-06-30",
        "建成基地：2026-07-31",
    )
    stale = Milestone(pk=piece.pk, task=piece.task, title="旧", due=JUNE, weight=1, unit=piece.unit)
    with pytest.raises(Stale):
        edit_milestone(stale, Step("新", JUNE, 1, piece.unit), Grounds(""), leads.actor)
    same = Milestone.objects.get(pk=piece.pk)
    assert not edit_milestone(same, Step("建成基地", JULY, 2, piece.unit), Grounds(""), leads.actor)


def test_a_task_is_done_when_its_milestones_are(piece, leads, helps, liu):
    with pytest.raises(Denied, match="还有1个节点没有完成"):
        end_or_resume(task(), "finish", leads.actor)
    step_on(piece, "drop", leads.actor, "并入下一阶段")
    done = task()
    end_or_resume(done, "finish", leads.actor)
    with pytest.raises(Denied, match="这项任务现在是“已完成”"):
        step_on(Milestone.objects.get(pk=piece.pk), "restore", leads.actor)
    end_or_resume(done, "resume", liu.actor, "验收不合格")
    step_on(Milestone.objects.get(pk=piece.pk), "restore", leads.actor)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], None),
        ([("open", 1)], 0),
        ([("done", 1), ("open", 3)], 25),
        ([("confirmed", 1), ("done", 1), ("open", 1)], 67),
        ([("done", 1), ("dropped", 9)], 100),
        ([("dropped", 1)], None),
    ],
)
def test_progress_counts_by_weight_and_leaves_out_what_was_dropped(plan, steps, expected):
    first = task()
    for state, weight in steps:
        Milestone.objects.create(task=first, title="节点", weight=weight, state=state)
    assert progress(first) == expected


def test_the_page_offers_each_what_is_theirs(piece, leads, helps, liu, as_):
    address = f"/ledger/tasks/{piece.task_id}/"
    seen = {who.actor.name: as_(who).get(address).content.decode() for who in (leads, helps, liu)}
    finish, edit = f"/ledger/milestones/{piece.pk}/finish/", f"/ledger/milestones/{piece.pk}/edit/"
    assert [name for name, page in seen.items() if finish in page] == ["小孟", "刘主任"]
    assert [name for name, page in seen.items() if edit in page] == ["何局长", "刘主任"]


def test_a_unit_walks_through_its_piece(plan, leads, helps, liu, as_):
    address = f"/ledger/tasks/{task().pk}/milestones/"
    assert "承担单位" in as_(leads).get(address).content.decode()
    sent = {"title": "", "due": "2026-13-01", "weight": "0", "unit": ""}
    page = as_(leads).post(address, sent).content.decode()
    for sentence in ("请写明节点的内容。", "“完成日期”要写成年-月-日", "权重应为1到100的整数"):
        assert sentence in page
    sent = {"title": "办好培训班", "due": "2026-06-30", "weight": "2", "unit": str(named("县教育局").pk)}
    assert "已添加节点" in as_(leads).post(address, sent, follow=True).content.decode()
    step = Milestone.objects.get()
    page = as_(helps).post(f"/ledger/milestones/{step.pk}/finish/", follow=True).content.decode()
    assert "“办好培训班”现在是已完成。" in page
    assert "按权重已完成100%" in page
    page = as_(liu).post(f"/ledger/milestones/{step.pk}/reject/", {"reason": "缺佐证"}, follow=True)
    assert "“办好培训班”现在是未完成。" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/ledger/tasks/{pk}/", "/ledger/", "/ledger/?view=unit", "/ledger/?view=indicator"]
)
def test_pages_cost_the_same_for_any_number_of_rows(plan, liu, as_, address):
    client, first = as_(liu), task()

    def grow(times: int) -> None:
        for n in range(times):
            Milestone.objects.create(task=first, title=f"节点{n}", unit=named("县教育局"))
            unit = Unit.objects.create(full_name=f"县第{Unit.objects.count()}局", government=plan.government)
            first.assignments.create(unit=unit, role="support", printed="某局", order=9)
            Amendment.objects.create(
                plan=plan,
                task=first,
                what="deadline",
                old="",
                new="",
                reason="",
                person_id=1,
                at=timezone.now(),
            )
            Indicator.objects.create(
                plan=plan,
                task=first,
                order=n,
                quote="词",
                start=0,
                end=1,
                name="指标",
                kind="new",
                op=">=",
                value=1,
            )
            row = Task.objects.create(
                plan=plan, order=90 + n, quote="任务", text="任务", start=0, end=2, form="prose"
            )
            row.assignments.create(unit=unit, role="lead", printed="某局", order=1)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(pk=first.pk)).status_code == 200
        return len(queries)

    grow(1)
    before = cost()
    grow(15)
    assert cost() == before


class TestWaiting:
    """节点 in 待我办: two weeks before their day for whoever does them, once said to be done for the office."""

    @pytest.mark.parametrize(("days", "waits"), [(-30, True), (0, True), (14, True), (15, False)])
    def test_two_weeks_ahead_for_whoever_does_it(self, plan, leads, helps, forestry, days, waits):
        due = timezone.localdate() + dt.timedelta(days=days)
        own = Milestone.objects.create(task=task(), title="规划", due=due)
        piece = Milestone.objects.create(task=task(), title="基地", due=due, unit=named("县教育局"))
        assert list(steps_due(leads.actor)) == ([own] if waits else [])
        assert list(steps_due(helps.actor)) == ([piece] if waits else [])
        assert not steps_due(forestry.actor)

    def test_done_it_waits_for_the_office(self, piece, helps, liu, outsider, as_):
        Milestone.objects.update(due=timezone.localdate())
        assert "完成节点“建成实训基地”" in as_(helps).get("/").content.decode()
        step_on(piece, "finish", helps.actor)
        assert "完成节点“建成实训基地”" not in as_(helps).get("/").content.decode()
        assert [line["count"] for line in steps_to_confirm(liu.actor)] == [1]
        assert "报完成的1个节点" in as_(liu).get("/").content.decode()
        assert not steps_to_confirm(outsider.actor)

    @pytest.mark.parametrize("state", ["done", "dropped"])
    def test_nothing_waits_in_what_is_over(self, piece, helps, state):
        Milestone.objects.update(due=timezone.localdate())
        Task.objects.update(state=state)
        assert not steps_due(helps.actor)
        Task.objects.update(state="running")
        Plan.objects.update(state="closed")
        assert not steps_due(helps.actor)
