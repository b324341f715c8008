"""One clerk's morning: upload, settle, name the units, adopt, look at the ledger, take it away as Excel."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.intake.models import DraftItem
from luoshi.intake.queries import items_of, live, printed_names
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import create_units
from luoshi.ledger.models import Action, Indicator, Mechanism, Plan, Task
from tests.apps.intake.plans import TEXT, bundle

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def test_a_plan_is_read_settled_named_adopted_and_taken_away(liu, wang, as_, monkeypatch):
    monkeypatch.setattr("luoshi.intake.services.receiving.read_files", lambda *_: bundle())
    clerk = as_(liu)

    page = clerk.post("/plans/upload/", {"files": SimpleUploadedFile("方案.txt", TEXT.encode())}, follow=True)
    plan = Plan.objects.get()
    assert page.redirect_chain[-1][0] == f"/plans/{plan.pk}/"
    assert "0/1 已定" in page.content.decode()

    asked = DraftItem.objects.get(plan=plan, kind="task", data__heading="补齐短板")
    clerk.post(f"/plans/{plan.pk}/items/{asked.pk}/doubts/0/", {"answer": "left", "version": asked.version})
    refused = clerk.post(f"/plans/{plan.pk}/adopt/")
    assert refused.status_code == 409
    assert "个单位名称没有对应到单位" in refused.content.decode()

    names = ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"]
    clerk.post(f"/plans/{plan.pk}/units/name/", {"verb": "create", "names": names})
    assert clerk.post(f"/plans/{plan.pk}/adopt/", follow=True).status_code == 200

    plan.refresh_from_db()
    assert (plan.state, plan.adopted_by) == ("adopted", "刘主任")
    first, second = Task.objects.order_by("order")
    assert first.accountable.printed == "县发展和改革局"
    assert (second.open_ended, second.questions) == (True, "")
    assert [i.task for i in Indicator.objects.order_by("order")] == [first, first]
    assert TEXT[first.start : first.end].startswith(first.quote)

    ledger = clerk.get("/ledger/").content.decode()
    assert "壮大园区" in ledger
    assert f"/ledger/plans/{plan.pk}/source/?at={first.start}-{first.end}#s{first.start}" in ledger
    book = openpyxl.load_workbook(BytesIO(clerk.get(f"/ledger/plans/{plan.pk}/breakdown.xlsx").content))
    rows = list(book["任务责任分解表"].values)
    assert rows[1] == ("序号", "内容", "主要责任单位", "分管领导", "工作进度")
    assert rows[3][2] == "县发展和改革局、县教育局、县林业局"
    assert clerk.get(f"/plans/{plan.pk}/").status_code == 200


@pytest.mark.parametrize(
    "file", sorted(CORPUS.glob("*.txt")) or [None], ids=lambda f: f.stem[:3] if f else "none"
)
def test_a_real_plan_goes_all_the_way(liu, as_, file):
    if file is None:
        pytest.skip("no real plans at ../shared/corpus: the walk of real files is unchecked")
    clerk = as_(liu)
    answer = clerk.post("/plans/upload/", {"files": SimpleUploadedFile(file.name, file.read_bytes())})
    plan = Plan.objects.get()
    page = clerk.get(answer["Location"])
    assert len(page.content) < 1_000_000
    items = items_of(plan)
    assert not [i for i in items if not 0 <= i.start <= i.end <= len(plan.source.text)]
    leave([(i, i.version) for i in items if i.open_doubts] or [(items[0], 1)], liu.actor)
    if names := printed_names(items):
        create_units(plan, names, liu.actor)
    adopt(plan, liu.actor)
    for kind, model in (
        ("task", Task),
        ("indicator", Indicator),
        ("action", Action),
        ("mechanism", Mechanism),
    ):
        assert model.objects.count() == sum(i.kind == kind for i in live(items))
    assert clerk.get("/ledger/?view=unit").status_code == 200
    for address in (
        f"/ledger/plans/{plan.pk}/breakdown.xlsx",
        f"/ledger/export.xlsx?plan={plan.pk}&view=indicator",
    ):
        assert openpyxl.load_workbook(BytesIO(clerk.get(address).content)).active.max_row >= 2
