"""A task's own page: how it stands, what was said of it, what was ordered; to each what they may see, in as many queries however much there is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.ledger.beside import register
from luoshi.ledger.models import Indicator, SourceText
from luoshi.supervision.queries.lights import lines_of, lines_of_task
from tests.reporting import fill_all, ledger
from tests.supervision import order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(wang, li):
    made = ledger(wang, li)
    SourceText.objects.create(plan=made.plan, text="项目攻坚行动。")
    return made


def page(client, task) -> str:
    return client.get(f"/ledger/tasks/{task.pk}/").content.decode()


def test_progress_lights_and_orders_stand_on_the_task(county, liu, wang, li, as_):
    task = county.tasks[0]
    assert "还没有单位报过进展" in page(as_(liu), task)
    rounds = [county.round(liu.actor, f"2026年{n}月") for n in (2, 3)]
    fill_all(rounds[0], county.wang, wang.actor, percent="20")
    fill_all(rounds[1], county.wang, wang.actor, percent="30")
    fill_all(rounds[1], county.li, li.actor, percent="40")
    order = order_of(liu, wang, task=task)
    seen = page(as_(liu), task)
    assert seen.index("30%") < seen.index("40%")  # the unit that leads first
    assert "牵头单位以前怎么报的" in seen
    assert f"/reporting/rounds/{rounds[1].pk}/units/{county.wang.pk}/#row" in seen
    assert f"/orders/{order.pk}/" in seen
    for indicator in task.indicators.all():
        assert f'/lights/{indicator.pk}/"' in seen
    theirs = page(as_(li), task)
    assert f"/orders/{order.pk}/" not in theirs  # asked of another unit
    assert "40%" in theirs


def test_a_task_without_a_number_has_its_own_light(county, liu, as_):
    task = county.tasks[2]
    task.indicators.all().delete()
    task.deadline_day = timezone.localdate() - dt.timedelta(days=3)
    task.save()
    line = lines_of_task(task, timezone.localdate())[0]
    assert line.indicator is None
    assert line.light.level == "late"
    assert line.light.look.word in page(as_(liu), task)


def test_a_promise_made_twice_is_judged_where_it_is_reported(county, liu, wang):
    said = county.tasks[0].indicators.first()
    again = Indicator.objects.create(
        plan=county.plan, task=county.tasks[2], order=90, name=said.name, kind=said.kind, op=said.op, value=said.value,
        unit=said.unit, quote=said.quote, start=0, end=4,
    )  # fmt: skip
    fill_all(county.round(liu.actor, "2026年3月"), county.wang, wang.actor)
    today = timezone.localdate()
    whole = {
        line.indicator.pk: line.light for line in lines_of(liu.actor, county.plan, today) if line.indicator
    }
    for task in county.tasks:
        for line in lines_of_task(task, today):
            assert line.light == whole[line.indicator.pk]
    assert again.pk not in whole


def test_as_many_queries_however_much_was_said(county, liu, wang, li, as_):
    task, client = county.tasks[0], as_(liu)
    counts = []
    for n in (2, 3, 4):
        round = county.round(liu.actor, f"2026年{n}月")
        fill_all(round, county.wang, wang.actor)
        fill_all(round, county.li, li.actor)
        order_of(liu, wang, task=task)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, task)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_a_place_is_taken_once():
    with pytest.raises(ValueError, match="20"):
        register(20, lambda actor, task: None)
