"""One clerk's morning: upload, settle, name the units, adopt, look at the ledger, take it away as Excel."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.intake.models import DraftItem
from luoshi.ledger.models import Indicator, Plan, Task
from tests.apps.intake.plans import TEXT, bundle

pytestmark = pytest.mark.django_db


def test_a_plan_is_read_settled_named_adopted_and_taken_away(liu, wang, as_, monkeypatch):
    monkeypatch.setattr("luoshi.intake.services.receiving.read_files", lambda files: bundle())
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
    assert second.questions == "这一项的单位以“等”结尾，还有哪些单位？"
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
