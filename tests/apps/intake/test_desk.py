"""The review desk: everything on one page, in a constant number of questions to the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.intake.models import DraftItem
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import create_units
from luoshi.ledger.models import Plan
from luoshi.ledger.paper import Mark, cut
from tests.apps.intake.plans import TEXT, indicator, owner, received, task
from tests.people import RAIL

pytestmark = pytest.mark.django_db
NAMES = ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"]


def many(n):
    """n more tasks and indicators."""
    words = "全年新建冷库3座"
    return {
        "tasks": [task(words, f"任务{i}", [owner("县教育局", "lead")]) for i in range(n)],
        "indicators": [indicator(words, f"指标{i}", "new", 3, "座") for i in range(n)],
    }


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def adopted(plan, actor):
    items = [i for i in DraftItem.objects.filter(plan=plan) if i.open_doubts]
    leave([(i, i.version) for i in items], actor)
    create_units(plan, NAMES, actor)
    adopt(Plan.objects.get(pk=plan.pk), actor)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/plans/", 9),
        ("/plans/{}/", 15),
        ("/plans/{}/?tab=check", 15),
        ("/plans/{}/units/", 14),
        ("/plans/{}/adopt/", 13),
        ("/plans/{}/health/", 9),
    ],
)
def test_pages_of_review_ask_as_little_for_300_items_as_for_10(liu, as_, monkeypatch, address, most):
    small = received(monkeypatch, liu, "小.txt")
    few = queries(as_(liu), address.format(small.pk))
    large = received(monkeypatch, liu, "大.txt", **many(150))
    assert queries(as_(liu), address.format(large.pk)) == few <= most + RAIL


@pytest.mark.parametrize("view", ["action", "unit", "leader", "indicator", "force"])
def test_pages_of_the_ledger_ask_as_little_for_300_rows_as_for_10(liu, as_, monkeypatch, view):
    plan = received(monkeypatch, liu, "小.txt")
    adopted(plan, liu.actor)
    few = queries(as_(liu), f"/ledger/?view={view}&plan={plan.pk}")
    large = received(monkeypatch, liu, "大.txt", **many(150))
    leave([(i, i.version) for i in DraftItem.objects.filter(plan=large) if i.open_doubts], liu.actor)
    adopt(Plan.objects.get(pk=large.pk), liu.actor)
    assert queries(as_(liu), f"/ledger/?view={view}&plan={large.pk}") == few <= 16 + RAIL


def test_every_item_is_marked_in_the_text_and_named_in_the_list(liu, as_, monkeypatch):
    plan = received(monkeypatch, liu)
    page = as_(liu).get(f"/plans/{plan.pk}/").content.decode()
    for item in DraftItem.objects.filter(plan=plan):
        assert f'id="i{item.pk}"' in page
        assert f'id="s{item.start}"' in page
    sheet = page[page.index('id="sheet"') : page.index('id="items"')]
    for line in filter(None, TEXT.split("\n")):
        assert line[:4] in sheet
    assert 'class="m indicator task"' in sheet


def test_marks_may_nest_and_overlap_and_no_character_is_lost(liu, monkeypatch):
    marks = [Mark(0, 10, "task", "1"), Mark(4, 14, "indicator", "2"), Mark(4, 6, "quota", "3")]
    pieces = cut(TEXT, marks).pieces(0, 20)
    assert "".join(p.text for p in pieces) == TEXT[0:20].rstrip()
    assert [(p.start, p.keys) for p in pieces] == [(0, "1"), (4, "1 2 3"), (6, "1 2"), (10, "2"), (14, "")]


def test_an_adopted_plan_is_for_reading_only(liu, as_, monkeypatch):
    plan = received(monkeypatch, liu)
    adopted(plan, liu.actor)
    page = as_(liu).get(f"/plans/{plan.pk}/").content.decode()
    assert "只供查阅" in page
    assert 'name="verb"' not in page
    item = DraftItem.objects.filter(plan=plan, kind="task").first()
    answer = as_(liu).post(f"/plans/{plan.pk}/items/{item.pk}/delete/", {"version": item.version})
    assert answer.status_code == 409
    assert "已建账" in answer.content.decode()


def test_others_see_nothing_of_a_plan(liu, outsider, chen_admin, client, as_, monkeypatch):
    plan = received(monkeypatch, liu)
    item = DraftItem.objects.filter(plan=plan, kind="task").first()
    pages = ["", "units/", "adopt/", "files/0/", f"items/{item.pk}/", f"items/{item.pk}/edit/"]
    for page in pages:
        assert client.get(f"/plans/{plan.pk}/{page}").status_code == 302
    for stranger in (outsider, chen_admin):
        log_in = as_(stranger)
        assert [log_in.get(f"/plans/{plan.pk}/{page}").status_code for page in pages] == [404] * len(pages)
        assert plan.title not in log_in.get("/plans/").content.decode()
        assert log_in.post(f"/plans/{plan.pk}/items/{item.pk}/delete/", {"version": 1}).status_code == 404
        assert log_in.post(f"/plans/{plan.pk}/adopt/").status_code == 404
