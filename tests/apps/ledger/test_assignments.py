"""认领与异议: who takes on what, who answers, exactly one unit answers for a task whatever happens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused, Stale
from luoshi.ledger.models import Amendment, Assignment, Task
from luoshi.ledger.queries import assignments_waiting
from luoshi.ledger.services import assigning
from luoshi.ledger.services.changes import Grounds
from luoshi.org.models import Unit
from luoshi.org.services import create_unit, set_members
from tests.apps.ledger.conftest import NAMES
from tests.people import at_work, cast

pytestmark = pytest.mark.django_db
WHY = Grounds("机构职责调整", "青政办发〔2026〕9号")


def share(name: str, task: str = "壮大园区") -> Assignment:
    return Assignment.objects.get(task__heading=task, unit__full_name=name)


def states() -> dict[str, str]:
    return dict(Assignment.objects.values_list("unit__full_name", "state"))


def accountable(task: str = "壮大园区") -> list[str]:
    found = Assignment.objects.filter(task__heading=task, accountable=True)
    return list(found.values_list("unit__full_name", flat=True))


def test_after_adoption_everything_waits_for_its_own_unit(plan, leads, helps, liu, outsider, chen_admin):
    assert set(states().values()) == {"waiting"}
    assert [a.unit.full_name for a in assignments_waiting(helps.actor)] == ["县教育局"]
    assert [a.unit.full_name for a in assignments_waiting(leads.actor)] == ["县发展和改革局"]
    for other in (liu, outsider, chen_admin):
        assert not assignments_waiting(other.actor)


def test_one_press_takes_on_many_and_tells_what_it_could_not(plan, helps, leads):
    taken = assigning.accept(Assignment.objects.order_by("pk"), helps.actor)
    assert taken.count == 1
    assert [sentence for sentence in taken.refused if "不在您的范围内" in sentence]
    assert states()["县教育局"] == "accepted"
    assert states()["县发展和改革局"] == "waiting"
    assert not assignments_waiting(helps.actor)


def test_an_objection_goes_to_the_office_and_comes_back_upheld(plan, helps, liu):
    assigning.contest(share("县教育局"), "园区建设不是我局职责", helps.actor)
    assert [a.note for a in assignments_waiting(liu.actor)] == ["园区建设不是我局职责"]
    assert not assignments_waiting(helps.actor)
    assigning.uphold(share("县教育局"), "负责园区职业教育", liu.actor)
    held = share("县教育局")
    assert (held.state, held.note) == ("accepted", "负责园区职业教育")


def test_an_objection_may_be_taken_back(plan, helps):
    assigning.contest(share("县教育局"), "误解", helps.actor)
    assigning.retract(share("县教育局"), helps.actor)
    assert [a.note for a in assignments_waiting(helps.actor)] == [""]


def test_reassigned_the_new_unit_may_contest_in_its_turn(plan, leads, liu):
    other = create_unit("县工业和信息化局", by=liu.actor)
    assigning.contest(share("县发展和改革局"), "应由工信局牵头", leads.actor)
    assigning.reassign(share("县发展和改革局"), other, WHY, liu.actor)
    assert accountable() == ["县工业和信息化局"]
    moved = share("县工业和信息化局")
    assert (moved.state, moved.printed, moved.role) == ("waiting", "县工业和信息化局", "lead")
    told = [(a.what, a.old, a.new, a.document) for a in Amendment.objects.all()]
    assert told == [
        ("owner", "牵头 县发展和改革局", "牵头 县工业和信息化局", WHY.document),
        ("accountable", "县发展和改革局", "县工业和信息化局", WHY.document),
    ]
    clerk = cast("tang", "小唐", "县工业和信息化局", "clerk")
    assigning.contest(moved, "职责未定", clerk.actor)
    assert share("县工业和信息化局").state == "contested"


def test_a_unit_already_there_cannot_be_given_the_share_again(plan, liu):
    with pytest.raises(Refused, match="已经是这项任务的责任单位"):
        assigning.reassign(share("县发展和改革局"), Unit.objects.get(full_name="县教育局"), WHY, liu.actor)
    assert states()["县发展和改革局"] == "waiting"


def test_answering_for_a_task_moves_whole_and_keeps_history(plan, liu):
    assigning.make_accountable(share("县教育局"), WHY, liu.actor)
    assert accountable() == ["县教育局"]
    assigning.make_accountable(share("县林业局"), WHY, liu.actor)
    assert accountable() == ["县林业局"]
    assert [(a.old, a.new) for a in Amendment.objects.filter(what="accountable")] == [
        ("县发展和改革局", "县教育局"),
        ("县教育局", "县林业局"),
    ]
    with pytest.raises(Refused, match="已经对这项任务负总责"):
        assigning.make_accountable(share("县林业局"), WHY, liu.actor)


def test_of_two_who_move_it_at_once_one_is_told(plan, liu, monkeypatch):
    slow = share("县教育局")
    real = assigning.record

    def meanwhile(*args, **kwargs):
        """Somebody else is faster, between looking and writing."""
        event = real(*args, **kwargs)
        Assignment.objects.filter(accountable=True, task=slow.task).update(accountable=False)
        Assignment.objects.filter(unit__full_name="县林业局").update(accountable=True)
        return event

    monkeypatch.setattr(assigning, "record", meanwhile)
    with pytest.raises(Stale):
        assigning.make_accountable(slow, WHY, liu.actor)


def test_a_unit_is_added_released_and_the_last_one_stays(plan, leads, liu):
    task = Task.objects.get(heading="壮大园区")
    water = create_unit("县水利局", by=liu.actor)
    added = assigning.add_unit(task, water, "support", Grounds("补全“等”"), leads.actor)
    assert (added.state, added.accountable) == ("waiting", False)
    assigning.release(share("县水利局"), WHY, liu.actor)
    assert "县水利局" not in states()
    with pytest.raises(Denied, match="请先指定另一个单位负总责"):
        assigning.release(share("县发展和改革局"), WHY, liu.actor)
    assert [(a.old, a.new) for a in task.amendments.all()] == [("", "责任 县水利局"), ("责任 县水利局", "")]


def test_the_first_unit_of_an_ownerless_task_answers_for_it(plan, liu):
    task = Task.objects.get(heading="补齐短板")
    task.assignments.all().delete()
    assigning.add_unit(task, Unit.objects.get(full_name="县教育局"), "support", Grounds(""), liu.actor)
    assert accountable("补齐短板") == ["县教育局"]


def test_a_collective_name_becomes_its_members(plan, liu):
    farms = Unit.objects.get(full_name="县农业农村局")
    with pytest.raises(Denied, match="不用展开"):
        assigning.expand(share("县农业农村局", "补齐短板"), liu.actor)
    farms.kind = "collective"
    farms.save()
    with pytest.raises(Denied, match="还没有登记包含哪些单位"):
        assigning.expand(share("县农业农村局", "补齐短板"), liu.actor)
    members = [create_unit(name, by=liu.actor) for name in ("石桥镇", "白杨镇")]
    set_members(farms, members, by=liu.actor)
    assert assigning.expand(share("县农业农村局", "补齐短板"), liu.actor) == 2
    rows = Assignment.objects.filter(task__heading="补齐短板").order_by("pk")
    assert [(a.unit.full_name, a.printed, a.accountable) for a in rows] == [
        ("石桥镇", "县农业农村局", True),
        ("白杨镇", "县农业农村局", False),
    ]


@pytest.mark.parametrize("end", ["done", "dropped"])
def test_nothing_waits_in_a_task_that_is_over(plan, leads, end):
    Task.objects.update(state=end)
    assert not assignments_waiting(leads.actor)
    with pytest.raises(Denied, match=r"这项任务现在是“已.+”"):
        assigning.contest(share("县发展和改革局"), "不归我局", leads.actor)


def test_every_step_is_in_the_journal_with_its_reason(plan, helps, liu):
    assigning.contest(share("县教育局"), "不是我局职责", helps.actor)
    assigning.reassign(share("县教育局"), create_unit("县体育局", by=liu.actor), WHY, liu.actor)
    events = Event.objects.filter(subject_type="ledger.assignment").order_by("pk")
    assert [(e.verb, e.from_state, e.to_state, e.note) for e in events] == [
        ("contest", "waiting", "contested", "不是我局职责"),
        ("reassign", "contested", "waiting", "机构职责调整（依据：青政办发〔2026〕9号）"),
    ]


def test_a_force_office_answers_for_its_own_actions_alone(plan, helps, liu):
    office = cast("fang", "方主任", "县财政局", "force_office")
    post = office.account.person.posts.get()
    post.scope, post.covers = "actions", ["别的行动"]
    post.save()
    assigning.contest(share("县教育局"), "不归我局", helps.actor)

    def actor():
        return at_work(office)

    assert not assignments_waiting(actor())
    with pytest.raises(Denied, match="不在您的范围内"):
        assigning.uphold(share("县教育局"), "职责所在", actor())
    post.covers = ["产业提升行动"]
    post.save()
    assert assignments_waiting(actor()).count() == 1
    assigning.uphold(share("县教育局"), "职责所在", actor())


class TestPages:
    """认领 in the browser's eyes."""

    def test_home_leads_there_and_one_press_does_it(self, plan, helps, as_):
        client = as_(helps)
        home = client.get("/").content.decode()
        assert f"认领《{plan.title}》的1项任务" in home
        assert 'title="有1件等您办理"' in home
        page = client.get(f"/ledger/claims/?plan={plan.pk}").content.decode()
        assert f'value="{share("县教育局").pk}" checked' in page
        answer = client.post("/ledger/claims/accept/", {"shares": [share("县教育局").pk]}, follow=True)
        assert "已认领1项任务。" in answer.content.decode()
        assert "没有等您认领的任务" in client.get("/ledger/claims/").content.decode()

    def test_the_office_finds_the_objection_and_answers(self, plan, helps, liu, as_):
        pk = share("县教育局").pk
        answer = as_(helps).post(f"/ledger/shares/{pk}/contest/", {"reason": "不是我局职责"}, follow=True)
        assert "异议已提交" in answer.content.decode()
        home = as_(liu).get("/").content.decode()
        assert f"答复《{plan.title}》的1项异议" in home
        page = as_(liu).get("/ledger/claims/").content.decode()
        assert "不是我局职责" in page
        empty = as_(liu).post(f"/ledger/shares/{pk}/uphold/", {"reason": " "})
        assert (empty.status_code, "请写明维持原分工的理由" in empty.content.decode()) == (422, True)
        as_(liu).post(f"/ledger/shares/{pk}/uphold/", {"reason": "职业教育"})
        assert "已认领" in as_(helps).get(f"/ledger/tasks/{share('县教育局').task_id}/").content.decode()

    def test_the_office_sees_who_is_silent(self, plan, helps, liu, as_):
        assigning.accept([share("县教育局")], helps.actor)
        lines = list(as_(liu).get("/ledger/claims/").context["standing"])
        assert {line["unit__full_name"]: (line["waiting"], line["accepted"]) for line in lines} == {
            "县发展和改革局": (1, 0),
            "县林业局": (1, 0),
            "县农业农村局": (1, 0),
            "县教育局": (0, 1),
        }
        assert lines[-1]["unit__full_name"] == "县教育局"
        assert as_(helps).get("/ledger/claims/").context["standing"] == []

    def test_a_form_that_may_not_be_sent_is_not_shown(self, plan, helps, as_):
        pk = share("县林业局").pk
        answer = as_(helps).get(f"/ledger/shares/{pk}/contest/")
        assert answer.status_code == 403
        assert "联络员只能在自己的范围内提出异议" in answer.content.decode()

    def test_nothing_ticked_is_told(self, plan, helps, as_):
        answer = as_(helps).post("/ledger/claims/accept/", {"shares": ["x", "9" * 30]})
        assert (answer.status_code, "没有选中任何任务" in answer.content.decode()) == (409, True)

    @pytest.mark.parametrize("address", ["/", "/ledger/claims/"])
    def test_the_page_costs_the_same_for_any_number_of_rows(self, plan, helps, as_, address):
        client = as_(helps)

        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        before, school = cost(), Unit.objects.get(full_name=NAMES[1])
        for n in range(30):
            task = Task.objects.create(
                plan=plan, order=n, quote="任务", text="任务", start=0, end=2, form="prose"
            )
            task.assignments.create(unit=school, role="lead", printed="县教育局", order=1)
        assert cost() == before
