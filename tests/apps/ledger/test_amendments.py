"""变更: every change of target, owner or date keeps old, new, reason, document, who; the history replays to what is."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused, Stale
from luoshi.ledger.deadlines import last_day, typed
from luoshi.ledger.models import Amendment, Assignment, Indicator, Task
from luoshi.ledger.services import assigning
from luoshi.ledger.services.amending import Target, move_deadline, set_target
from luoshi.ledger.services.changes import Grounds

pytestmark = pytest.mark.django_db
CITY = Grounds("市里已下达", "云政办发〔2026〕21号")


def pending() -> Indicator:
    """园区产值, as “以市定目标为准” would have left it."""
    Indicator.objects.filter(name="园区产值").update(value=None, target="pending")
    return Indicator.objects.get(name="园区产值")


def test_a_pending_target_is_filled_in_with_its_document(plan, liu):
    indicator = pending()
    with pytest.raises(Refused, match="请写明文号或会议"):
        set_target(indicator, Target(">=", Decimal(7), "%"), Grounds("市里已下达"), liu.actor)
    set_target(indicator, Target(">=", Decimal("7.5"), "%"), CITY, liu.actor)
    indicator.refresh_from_db()
    assert (indicator.target, indicator.words) == ("set", "增长7.5%以上")
    told = Amendment.objects.get()
    assert (told.old, told.new) == ("园区产值：待下达", "园区产值：增长7.5%以上")
    assert (told.document, told.person_name, told.unit_name) == (
        "云政办发〔2026〕21号",
        "刘主任",
        "青禾县人民政府办公室",
    )
    event = Event.objects.get(subject_type="ledger.indicator")
    assert (event.verb, event.data) == ("issue", {"value": ["待下达", "增长7.5%以上"]})
    assert event.note == "市里已下达（依据：云政办发〔2026〕21号）"


def test_a_target_that_stands_is_changed_with_a_reason(plan, liu, leads):
    indicator = Indicator.objects.get(name="规模企业")
    for grounds, sentence in ((Grounds("", "纪要"), None), (Grounds(""), "变更目标需要写明理由")):
        if sentence:
            with pytest.raises(Denied, match=sentence):
                set_target(indicator, Target(">=", Decimal(9), "家"), grounds, liu.actor)
    with pytest.raises(Refused, match="目标没有变化"):
        set_target(indicator, Target.of(indicator), CITY, liu.actor)
    with pytest.raises(Denied, match="变更目标由综合协调组"):
        set_target(indicator, Target(">=", Decimal(9), "家"), CITY, leads.actor)
    assert not Amendment.objects.exists()


def test_who_saw_another_target_is_told(plan, liu):
    one, other = (Indicator.objects.get(name="规模企业") for _ in range(2))
    set_target(one, Target(">=", Decimal(14), "家"), CITY, liu.actor)
    with pytest.raises(Stale):
        set_target(other, Target(">=", Decimal(10), "家"), CITY, liu.actor)
    assert Indicator.objects.get(name="规模企业").value == 14


def test_a_deadline_moves_and_is_counted(plan, liu, as_):
    task = Task.objects.get(heading="补齐短板")
    move_deadline(task, "2027-Q1", CITY, liu.actor)
    move_deadline(task, "2027-06-30", CITY, liu.actor)
    task.refresh_from_db()
    assert (task.deadline, task.deadline_day) == ("2027-06-30", dt.date(2027, 6, 30))
    assert [(a.old, a.new) for a in task.amendments.all()] == [
        ("2026年", "2027年一季度"),
        ("2027年一季度", "2027年6月30日"),
    ]
    assert "时限已变更2次" in as_(liu).get(f"/ledger/tasks/{task.pk}/").content.decode()
    assert "变更2次" in as_(liu).get("/ledger/").content.decode()


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("2026年9月30日", "2026-09-30"),
        ("2026.9.30", "2026-09-30"),
        ("2026/09", "2026-09"),
        ("2026年9月底前", "2026-09"),
        ("2026年第三季度", "2026-Q3"),
        ("2026年四季度", "2026-Q4"),
        ("2026q1", "2026-Q1"),
        ("2026年上半年", "2026-06"),
        ("2026年下半年", "2026"),
        ("2026 年 底", "2026"),
        ("2026", "2026"),
        ("2026年13月", None),
        ("2026年2月30日", None),
        ("年底", None),
        ("尽快", None),
        ("", None),
    ],
)
def test_deadlines_as_people_write_them(words, deadline):
    assert typed(words) == deadline
    assert deadline is None or last_day(deadline)


def replayed(rows, first):
    """What the changes make of the first value, each starting where the one before ended."""
    now = dict(first)
    for row in rows:
        assert now == row.before
        now = row.after
    return now


TARGETS = st.builds(
    Target,
    st.sampled_from(Indicator.Op.values),
    st.decimals(0, 10**9, places=6),
    st.sampled_from(["%", "家", "万元"]),
    st.none() | st.decimals(0, 10**6, places=2),
    st.none() | st.decimals(0, 10**6, places=4),
    st.sampled_from(["", "全省平均"]),
)
DEADLINES = st.sampled_from(["2026", "2026-Q3", "2027-02", "2027-06-30", "2028"])
STEPS = st.lists(
    st.tuples(st.just("target"), TARGETS)
    | st.tuples(st.just("deadline"), DEADLINES)
    | st.tuples(st.just("accountable"), st.integers(0, 2)),
    max_size=12,
)


def refusal(indicator, task, what, value, by) -> str:
    """Change it; why that was refused, "" when it was done."""
    row = Task.objects.get(pk=task)
    try:
        if what == "target":
            set_target(Indicator.objects.get(pk=indicator), value, CITY, by)
        elif what == "deadline":
            move_deadline(row, value, CITY, by)
        else:
            assigning.make_accountable(row.assignments.all()[value], CITY, by)
    except Refused as reason:
        return reason.sentence
    return ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_history_replays_to_what_is(plan, liu, steps):
    Amendment.objects.all().delete()
    Indicator.objects.filter(name="园区产值").update(value=None, target="pending")
    indicator, task = Indicator.objects.get(name="园区产值"), Task.objects.get(heading="壮大园区")
    first = {
        "target": {"target": "pending", **Target.of(indicator).as_values},
        "deadline": {"deadline": task.deadline},
        "accountable": {"unit": task.accountable.unit_id},
    }
    for what, value in steps:
        told = refusal(indicator.pk, task.pk, what, value, liu.actor)
        assert told == "" or "没有变化" in told or "已经对这项任务负总责" in told
    indicator.refresh_from_db()
    task = Task.objects.get(pk=task.pk)
    now = {
        "target": {"target": indicator.target, **Target.of(indicator).as_values},
        "deadline": {"deadline": task.deadline},
        "accountable": {"unit": task.accountable.unit_id},
    }
    for what, value in now.items():
        assert replayed(Amendment.objects.filter(what=what), first[what]) == value
    assert Assignment.objects.filter(task=task, accountable=True).count() == 1


class TestPages:
    """The forms, as a clerk of the office meets them."""

    def test_from_the_list_to_the_target(self, plan, liu, as_):
        indicator = pending()
        client, address = as_(liu), f"/ledger/indicators/{indicator.pk}/target/"
        assert address in client.get("/ledger/?view=indicator").content.decode()
        page = client.get(address).content.decode()
        assert "下达目标：园区产值" in page
        sent = {"op": ">=", "value": "七", "unit": "%", "document": CITY.document}
        answer = client.post(address, sent)
        assert (answer.status_code, "“目标值”应为数字" in answer.content.decode()) == (422, True)
        answer = client.post(address, sent | {"value": "7"}, follow=True)
        assert "园区产值的目标现在是增长7%以上。" in answer.content.decode()
        assert CITY.document in answer.content.decode()

    def test_a_range_upside_down_is_told(self, plan, liu, as_):
        indicator = Indicator.objects.get(name="规模企业")
        sent = {
            "op": ">=",
            "value": "20",
            "value_high": "10",
            "unit": "家",
            "reason": "调整",
            "document": "纪要",
        }
        answer = as_(liu).post(f"/ledger/indicators/{indicator.pk}/target/", sent)
        assert "目标上限应大于目标值" in answer.content.decode()

    def test_a_deadline_nobody_can_read_is_told(self, plan, liu, as_):
        task = Task.objects.get(heading="补齐短板")
        sent = {"deadline": "尽快", "reason": "汛期", "document": "纪要"}
        answer = as_(liu).post(f"/ledger/tasks/{task.pk}/deadline/", sent)
        assert (answer.status_code, "没有读懂这个时限" in answer.content.decode()) == (422, True)
        answer = as_(liu).post(
            f"/ledger/tasks/{task.pk}/deadline/", sent | {"deadline": "2027年一季度"}, follow=True
        )
        assert "时限已改为2027年一季度。" in answer.content.decode()
