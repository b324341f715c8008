"""Opening a round: who is asked what, once; what cannot be opened; how long it takes."""

import datetime as dt
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied
from luoshi.ledger.models import Assignment, Indicator, Task
from luoshi.org.models import Succession, Unit
from luoshi.reporting.forms import proposed
from luoshi.reporting.models import RHYTHMS, Burden, Figure, Report, Sheet
from luoshi.reporting.services.opening import CannotOpen, extend_round
from tests.people import Member, cast, unit
from tests.reporting import Ledger, lines


def test_one_sheet_per_unit_and_one_report_per_share(county: Ledger, liu: Member) -> None:
    round = county.round(liu.actor)
    assert Sheet.objects.filter(round=round).count() == 2
    asked = {(r.order, r.unit.full_name, r.lead_unit.full_name, r.asked) for r in Report.objects.all()}
    wang, li = county.wang.full_name, county.li.full_name
    assert asked == {
        (1, wang, wang, 2),
        (1, li, wang, 0),
        (2, li, li, 1),
        (2, wang, li, 0),
        (3, wang, wang, 1),
    }


def test_only_the_unit_that_answers_is_asked_for_figures(county: Ledger, liu: Member) -> None:
    county.round(liu.actor)
    assert [(f.indicator.name, f.unit_id) for f in Figure.objects.order_by("indicator__order")] == [
        ("新开工项目", county.wang.pk), ("固定资产投资增长", county.wang.pk), ("新增公办学位", county.li.pk), ("净增规上企业", county.wang.pk)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "spared"),
    [
        ("2026年3月下旬", "2026年3月", 4),  # the same last day: the same cumulative figures
        ("2026年3月", "2026年第一季度", 4),
        ("2026年12月", "2026年", 4),
        ("2026年3月中旬", "2026年3月", 0),
        ("2026年第12周", "2026年3月", 0),
    ],
)
def test_a_figure_is_asked_once_for_the_days_it_covers(county: Ledger, liu: Member, first: str, second: str, spared: int) -> None:  # fmt: skip
    county.round(liu.actor, first)
    county.round(liu.actor, second)
    assert Figure.objects.count() == 8 - spared
    assert sum(Report.objects.values_list("repeats", flat=True)) == spared
    assert sum(Burden.objects.values_list("repeats", flat=True)) == spared


@pytest.mark.parametrize(("rhythm", "period"), list(zip(RHYTHMS, ("2026年第12周", "2026年第1周至2026年第2周", "2026年3月上旬", "2026年3月", "2026年3—4月", "2026年第三季度", "2026年上半年", "2026年"), strict=True)))  # fmt: skip
def test_every_rhythm(county: Ledger, liu: Member, rhythm: str, period: str) -> None:
    round = county.round(liu.actor, period)
    round.refresh_from_db()
    assert (round.rhythm, round.label) == (rhythm, period)


def test_a_round_of_one_action_asks_for_its_tasks_only(county: Ledger, liu: Member) -> None:
    county.round(liu.actor, programme=county.tasks[2].action)
    assert list(Report.objects.values_list("order", "unit")) == [(3, county.wang.pk)]


def test_a_collective_name_stands_for_its_members(county: Ledger, liu: Member) -> None:
    towns = [unit(name, county.plan.government) for name in ("石桥镇人民政府", "柳河镇人民政府")]
    gone = unit("旧镇人民政府", county.plan.government, valid_to=dt.date(2025, 1, 1))
    all_towns = unit("各乡镇人民政府", county.plan.government, kind="collective")
    all_towns.members.set([*towns, gone])
    Assignment.objects.create(task=county.tasks[2], unit=all_towns, role="support", printed="各乡镇", order=3)
    round = county.round(liu.actor)
    assert set(Sheet.objects.filter(round=round).values_list("unit", flat=True)) == {county.wang.pk, county.li.pk, *(t.pk for t in towns)}  # fmt: skip
    assert {r.lead_unit_id for r in Report.objects.filter(unit__in=towns)} == {county.wang.pk}


def test_members_of_a_leading_collective_each_lead_their_piece(county: Ledger, liu: Member) -> None:
    towns = [unit(name, county.plan.government) for name in ("石桥镇人民政府", "柳河镇人民政府")]
    all_towns = unit("各乡镇人民政府", county.plan.government, kind="collective")
    all_towns.members.set(towns)
    county.tasks[2].assignments.update(accountable=False, role="support")
    Assignment.objects.create(task=county.tasks[2], unit=all_towns, role="lead", accountable=True, printed="各乡镇", order=0)  # fmt: skip
    county.round(liu.actor)
    rows = {r.unit_id: (r.leads, r.asked) for r in Report.objects.filter(task=county.tasks[2])}
    assert rows == {towns[0].pk: (True, 1), towns[1].pk: (True, 1), county.wang.pk: (False, 0)}
    assert Report.objects.get(task=county.tasks[2], unit=county.wang).lead_unit is None


def test_what_cannot_be_opened_says_why(county: Ledger, liu: Member, wang: Member) -> None:
    with pytest.raises(Denied):
        county.round(wang.actor)
    county.round(liu.actor)
    for period, days, sentence in [
        ("2026年3月", 5, "2026年3月的填报已经发起过，不必再发。请直接打开那一轮。"),
        ("2026年4月", -1, "截止日期已经过去，请选今天或以后的一天。"),
    ]:
        with pytest.raises(CannotOpen, match=sentence):
            county.round(liu.actor, period, days)
    Assignment.objects.all().delete()
    with pytest.raises(CannotOpen, match="没有可以填报的人"):
        county.round(liu.actor, "2026年4月")


def test_a_task_force_opens_rounds_of_its_actions_only(county: Ledger, liu: Member) -> None:
    force = cast("tian", "田小禾", "青禾县发展和改革局", "force_office")
    force.account.person.posts.update(scope="actions", covers=["产业提质行动"])
    actor = cast("an", "安若石", "青禾县发展和改革局").actor
    from_desk = type(actor)(**{**{f: getattr(actor, f) for f in actor.__slots__}, "posts": ("force_office",), "scope": "actions", "scopes": ("actions",), "covers": ("产业提质行动",)})  # fmt: skip
    with pytest.raises(Denied, match="只能在自己的范围内"):
        county.round(from_desk)
    with pytest.raises(Denied):
        county.round(from_desk, programme=county.tasks[0].action)
    assert county.round(from_desk, programme=county.tasks[2].action).pk


def test_opening_leaves_one_event(county: Ledger, liu: Member) -> None:
    round = county.round(liu.actor)
    event = Event.objects.get(subject_type="reporting.round")
    assert (event.verb, event.subject_id, event.data) == ("open", round.pk, {"sheets": 2, "reports": 5})


def test_a_large_round_opens_in_a_handful_of_queries(county: Ledger, liu: Member) -> None:
    plan, units = county.plan, [unit(f"青禾县第{n}局", county.plan.government) for n in range(60)]
    tasks = Task.objects.bulk_create(
        Task(plan=plan, order=10 + n, form="prose", text="任务", quote="任务", start=0, end=2)
        for n in range(265)
    )
    Assignment.objects.bulk_create(
        Assignment(task=task, unit=units[(n * 7 + k) % 60], role="support", accountable=not k, printed="局", order=k)
        for n, task in enumerate(tasks) for k in range(4)
    )  # fmt: skip
    Indicator.objects.bulk_create(
        Indicator(plan=plan, task=task, order=n, name=f"指标{n}", kind="new", op=">=", value=5, unit="个", quote="x", start=0, end=1)
        for n, task in enumerate(tasks)
    )  # fmt: skip
    begun = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        round = county.round(liu.actor)
    assert Report.objects.filter(round=round).count() == 265 * 4 + 5
    assert len(queries) < 80
    assert time.monotonic() - begun < 5


def test_units_that_are_gone_are_not_asked(county: Ledger, liu: Member) -> None:
    Unit.objects.filter(pk=county.li.pk).update(valid_to=timezone.localdate())
    round = county.round(liu.actor)
    assert set(Sheet.objects.filter(round=round).values_list("unit", flat=True)) == {county.wang.pk}


def test_who_took_duties_over_is_asked_instead(county: Ledger, liu: Member) -> None:
    today = timezone.localdate()
    middle, heir = (
        unit("青禾县过渡局", county.plan.government, valid_to=today),
        unit("青禾县新局", county.plan.government),
    )
    Unit.objects.filter(pk=county.li.pk).update(valid_to=today)
    for before, after in ((county.li, middle), (middle, heir)):
        Succession.objects.create(before=before, after=after, day=today)
    round = county.round(liu.actor)
    assert set(Sheet.objects.filter(round=round).values_list("unit", flat=True)) == {county.wang.pk, heir.pk}
    assert Report.objects.get(order=2, unit=heir).leads


def test_a_running_round_is_extended_by_what_is_new_in_the_ledger(county: Ledger, liu: Member) -> None:
    round = county.round(liu.actor)
    with pytest.raises(CannotOpen, match="不需要补发"):
        extend_round(round, by=liu.actor)
    other = unit("青禾县水利局", county.plan.government)
    Assignment.objects.create(task=county.tasks[2], unit=county.li, role="support", printed="教育局", order=4)
    Assignment.objects.create(task=county.tasks[1], unit=other, role="support", printed="水利局", order=4)
    assert extend_round(round, by=liu.actor) == 2
    assert {(r.order, r.lead_unit_id, r.asked) for r in Report.objects.filter(unit=county.li, order=3)} == {
        (3, county.wang.pk, 0)
    }
    assert Report.objects.get(unit=other).lead_unit == county.li
    assert Sheet.objects.filter(round=round).count() == 3
    assert Figure.objects.count() == 4


def test_tasks_that_are_over_are_not_asked_about(county: Ledger, liu: Member) -> None:
    Task.objects.filter(pk=county.tasks[0].pk).update(state="done")
    Task.objects.filter(pk=county.tasks[1].pk).update(state="dropped")
    round = county.round(liu.actor)
    assert set(Report.objects.filter(round=round).values_list("order", flat=True)) == {3}


class TestOnePromiseInSeveralPlaces:
    """Overview, annex and table say the same: a unit is asked once, and sees elsewhere where it was."""

    def again(self, county: Ledger, at: int, name: str = "新开工项目", value: int = 20) -> Indicator:
        return Indicator.objects.create(
            plan=county.plan, task=county.tasks[at], order=9, name=name, kind="new", op=">=", value=value, unit="个", quote=name, start=0, end=4
        )  # fmt: skip

    def test_it_is_asked_where_the_unit_meets_it_first(self, county: Ledger, liu: Member) -> None:
        self.again(county, 2)
        round = county.round(liu.actor)
        assert Figure.objects.filter(indicator__name="新开工项目").count() == 1
        assert Report.objects.get(round=round, task=county.tasks[2]).repeats == 1
        first, *_, last = lines(round, county.wang, liu.actor)
        assert [cell.figure.indicator.name for cell in last.cells] == ["净增规上企业"]
        assert [figure.report_id for figure in last.served] == [first.report.pk]

    def test_another_target_or_another_unit_is_another_promise(self, county: Ledger, liu: Member) -> None:
        self.again(county, 2, value=25)
        self.again(county, 1)
        county.round(liu.actor)
        assert Figure.objects.filter(indicator__name="新开工项目").count() == 3


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (dt.date(2026, 11, 27), dt.date(2026, 12, 2)),  # a Friday: over the weekend
        (dt.date(2026, 9, 29), dt.date(2026, 10, 9)),  # over 国庆
    ],
)
def test_the_day_offered_is_three_working_days_ahead(today: dt.date, due: dt.date) -> None:
    assert proposed("月", today) == {
        "rhythm": "月",
        "day": today.replace(month=today.month - 1, day=1),
        "due": due,
    }
