"""A draft with planted defects: uploaded, its findings seen, one let stand with a reason, taken away, adopted."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.intake.models import PlanFinding
from luoshi.intake.queries import items_of, live
from luoshi.intake.services.editing import leave
from luoshi.ledger.models import Plan
from luoshi.org.models import UnitName
from tests.apps.intake.planted import FIVE, PLANTED, RUN_ON, THREE, UNITS, UNKNOWN
from tests.people import government, unit

pytestmark = pytest.mark.django_db


def test_planted_defects_are_seen_one_is_let_stand_and_the_plan_is_adopted(liu, as_):
    for full, short in UNITS:
        UnitName.objects.create(unit=unit(full, government()), name=short)
    clerk = as_(liu)
    clerk.post("/plans/upload/", {"files": SimpleUploadedFile("方案.txt", PLANTED.encode())})
    plan = Plan.objects.get()
    home = f"/plans/{plan.pk}/"

    desk = clerk.get(f"{home}?tab=check").content.decode()
    listed = desk[desk.index('id="items"') :]
    for words in (RUN_ON, "同一名单中单位重复", UNKNOWN, THREE, FIVE, "编号跳号", "2026年11月31日"):
        assert words in listed
    for found in PlanFinding.objects.filter(plan=plan):
        assert f'id="i{found.key}"' in listed
        assert PLANTED[found.start : found.end]
    assert "建议改为：县发改局、县商务局" in desk
    assert "有3处错误要改，3处警告请逐处看过，1处提示供参考。" in clerk.get(f"{home}health/").content.decode()

    conflict = PlanFinding.objects.get(code="target-conflict")
    clerk.post(f"{home}findings/{conflict.pk}/waive/", {"reason": "以总体目标3家为准，5家是工作目标"})
    desk = clerk.get(f"{home}?tab=check&severity=waived").content.decode()
    assert "刘主任" in desk
    assert "写明不改：以总体目标3家为准，5家是工作目标" in desk

    book = openpyxl.load_workbook(BytesIO(clerk.get(f"{home}findings.xlsx").content))
    rows = list(book["检查"].values)[2:]
    assert [row[1] for row in rows].count("错误") == 3
    assert [row[8].startswith("不改：以总体目标3家为准") for row in rows if row[8]] == [True]

    assert "检查出的错误还有3处没有写明不改，不影响建账" in clerk.get(f"{home}adopt/").content.decode()
    leave([(i, i.version) for i in live(items_of(plan)) if i.open_doubts], liu.actor)
    clerk.post(f"{home}units/name/", {"verb": "create", "names": [UNKNOWN]})
    clerk.post(f"{home}recheck/")
    assert clerk.post(f"{home}adopt/", follow=True).status_code == 200
    plan.refresh_from_db()
    assert plan.state == "adopted"
    kept = PlanFinding.objects.filter(plan=plan)
    assert not kept.filter(code="unit-unknown").exists()
    assert kept.get(code="target-conflict").waived_by == "刘主任"
    assert clerk.get(f"{home}health/").status_code == 200
