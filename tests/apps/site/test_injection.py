"""Words of a plan that would like to be more than words: markup on pages, formulas in workbooks."""

from io import BytesIO

import openpyxl
import pytest

from luoshi.intake.models import DraftItem, PlanFinding
from luoshi.intake.queries import items_of, printed_names
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.checking import waive
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import create_units
from luoshi.ledger.models import Plan, Task
from luoshi.org.models import Unit
from tests.apps.intake.plans import finding, indicator, owner, received, task
from tests.apps.site.addresses import addresses

BAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")', "\t=1+1")
WORDS = "全年新建冷库3座"


def said_everywhere(words):
    """Items whose every word is `words`."""
    bad_owner = {**owner("县农业农村局", "lead"), "name": words}
    told = [{"code": "split-guessed", "question": words}]
    return {
        "actions": [{"name": words, **{k: v for k, v in task(WORDS, "", []).items() if k in ("quote", "start", "end", "path", "doubts")}}],
        "tasks": [task(WORDS, words, [bad_owner], leaders=[words], doubts=told, path=words, quote=words)],
        "indicators": [{**indicator(WORDS, words, "new", 3, words), "reference": words, "quote": words}],
        "task_forces": [{**task(WORDS, "", []), "name": words, "conveners": [words], "first_deputies": [], "deputies": [], "members": [words], "office": words}],
        "mechanisms": [{**task(WORDS, "", []), "actor": words, "activity": words, "every": words, "at_least": True}],
        "quotas": [{**task(WORDS, "", []), "who": words, "what": words, "at_least": 1, "per": words}],
        "findings": [{**finding(WORDS, "no-measure", WORDS), "quote": words, "note": words, "path": words, "mend": words, "others": [
            {**finding(WORDS, "no-measure"), "quote": words, "note": words}]}],
    }  # fmt: skip


def adopted(plan, actor):
    leave([(i, i.version) for i in items_of(plan) if i.open_doubts], actor)
    create_units(
        plan,
        [n for n in printed_names(items_of(plan)) if not Unit.objects.filter(full_name="".join(n.split()))],
        actor,
    )
    adopt(Plan.objects.get(pk=plan.pk), actor)


def test_markup_in_a_plan_stays_words_on_every_page(liu, as_, monkeypatch):
    plan = received(monkeypatch, liu, f"{BAD[:20]}.txt", **said_everywhere(BAD))
    client, found = as_(liu), PlanFinding.objects.get(plan=plan)
    waive(plan, [found.pk], BAD, liu.actor)
    items = list(DraftItem.objects.filter(plan=plan))
    pages = [f"/plans/{plan.pk}/items/{i.pk}/edit/" for i in items]
    pages += ["/", "/plans/", f"/plans/{plan.pk}/", f"/plans/{plan.pk}/units/", f"/plans/{plan.pk}/adopt/"]
    pages += [f"/plans/{plan.pk}/units/?collective={BAD}", f"/plans/{plan.pk}/?tab={BAD}"]
    pages += [f"/plans/{plan.pk}/health/", f"/plans/{plan.pk}/findings/{found.pk}/waive/"]
    pages += [f"/plans/{plan.pk}/?tab=check&severity={BAD}&kind={BAD}"]
    shown = [client.get(page).content.decode() for page in pages]
    adopted(plan, liu.actor)
    unit = Unit.objects.get(full_name__contains="script")
    for view in ("action", "unit", "leader", "indicator", "force"):
        shown += [
            client.get("/ledger/", {"plan": plan.pk, "view": view, "q": q}).content.decode()
            for q in ("", BAD)
        ]
    known = {"units": unit.pk, "tasks": Task.objects.last().pk}
    ledger = addresses(
        lambda address, name: known[
            "units" if "units" in address else "tasks" if "tasks" in address else "units"
        ]
    )
    for address in [*ledger, f"/ledger/plans/{plan.pk}/source/", f"/plans/{plan.pk}/"]:
        answer = client.get(address)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            shown.append(answer.content.decode())
    assert sum("&lt;script&gt;alert(1)" in page for page in shown) > 20
    for page in shown:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(liu, as_, monkeypatch, words):
    plan = received(monkeypatch, liu, **said_everywhere(words))
    waive(plan, [PlanFinding.objects.get(plan=plan).pk], words, liu.actor)
    adopted(plan, liu.actor)
    queries = [
        f"/ledger/export.xlsx?plan={plan.pk}&view={view}"
        for view in ("action", "unit", "leader", "indicator", "force")
    ]
    for address in [*queries, f"/ledger/plans/{plan.pk}/breakdown.xlsx", f"/plans/{plan.pk}/findings.xlsx"]:
        book = openpyxl.load_workbook(BytesIO(as_(liu).get(address).content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value and words.strip() in str(cell.value) for cell in cells)
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
