"""A year of a plan, through the pages alone: taken on, contested, answered, split, a target handed down, closed, carried over."""

import re
from io import BytesIO

import openpyxl
import pytest

from luoshi.ledger.models import Assignment, Indicator, Milestone, Plan, Task
from luoshi.org.models import Unit
from tests.apps.ledger.conftest import forestry, helps, leads, plan  # noqa: F401
from tests.people import Member

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    """What a page says, without its tags."""
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_a_year(as_, liu: Member, leads: Member, helps: Member, forestry: Member, plan: Plan) -> None:  # noqa: F811
    first = Task.objects.get(heading="壮大园区")

    # March: two units take on their tasks in one press; a third contests.
    for clerk in (leads, helps):
        page = as_(clerk).get("/").content.decode()
        assert f"/ledger/claims/?plan={plan.pk}" in page
        shares = re.findall(
            r'name="shares" value="(\d+)" checked', as_(clerk).get("/ledger/claims/").content.decode()
        )
        assert len(shares) == 1
        assert "已认领1项任务。" in words(
            as_(clerk).post("/ledger/claims/accept/", {"shares": shares}, follow=True)
        )
    share = Assignment.objects.get(unit__full_name="县林业局")
    as_(forestry).post(f"/ledger/shares/{share.pk}/contest/", {"reason": "园区建设不涉及林地"})

    # The office finds the objection waiting and gives the share to another unit, which takes it on.
    assert f"答复《{plan.title}》的1项异议" in words(as_(liu).get("/"))
    farms = Unit.objects.get(full_name="县农业农村局")
    as_(liu).post(f"/ledger/shares/{share.pk}/reassign/", {"unit": farms.pk, "reason": "涉及设施农业用地"})
    assert "县农业农村局" in words(as_(liu).get(f"/ledger/tasks/{first.pk}/"))

    # April: the accountable unit splits the task; each does its piece.
    for title, unit in (("完成规划", ""), ("建成实训基地", str(Unit.objects.get(full_name="县教育局").pk))):
        sent = {"title": title, "due": "2026-06-30", "weight": "1", "unit": unit}
        as_(leads).post(f"/ledger/tasks/{first.pk}/milestones/", sent)
    mine, theirs = Milestone.objects.order_by("pk")
    assert as_(helps).post(f"/ledger/milestones/{mine.pk}/finish/").status_code == 403
    as_(helps).post(f"/ledger/milestones/{theirs.pk}/finish/")
    page = words(as_(liu).post(f"/ledger/milestones/{theirs.pk}/confirm/", follow=True))
    assert "“建成实训基地”现在是已确认。" in page
    assert "按权重已完成50%" in page

    # May: the city's number comes; a deadline moves. Both keep their history.
    Indicator.objects.filter(name="园区产值").update(value=None, target="pending")
    indicator = Indicator.objects.get(name="园区产值")
    sent = {"op": ">=", "value": "9", "unit": "%", "document": "云政办发〔2026〕21号"}
    as_(liu).post(f"/ledger/indicators/{indicator.pk}/target/", sent)
    sent = {"deadline": "2026年10月底", "reason": "汛期停工", "document": "县政府第12次常务会议纪要"}
    page = words(as_(liu).post(f"/ledger/tasks/{first.pk}/deadline/", sent, follow=True))
    for told in ("待下达", "增长9%以上", "云政办发〔2026〕21号", "时限已变更1次", "县政府第12次常务会议纪要"):
        assert told in page

    # Somebody looks for it, and takes the list away.
    found = as_(helps).get("/ledger/search/?q=园区 产值").content.decode()
    assert f'href="/ledger/tasks/{first.pk}/"' in found
    assert "<mark>园区产值</mark>" in found
    book = openpyxl.load_workbook(BytesIO(as_(liu).get(f"/ledger/lists/task.xlsx?plan={plan.pk}").content))
    cells = [cell for row in book["任务清单"].values for cell in row]
    assert "规模企业新增12家以上；园区产值增长9%以上" in cells
    assert "完成规划（6月30日）；建成实训基地（6月30日）" in cells

    # December: the year is closed; nothing can be done in it; what was left goes on.
    as_(liu).post(f"/ledger/plans/{plan.pk}/close/", {"reason": "年度工作结束", "document": "常务会议纪要"})
    refused = as_(leads).post(f"/ledger/milestones/{mine.pk}/finish/")
    assert (refused.status_code, "现在是“已结账”" in words(refused)) == (409, True)
    sent = {"tasks": [first.pk], "title": "青禾县2027年续办任务", "deadline": "2027年"}
    assert "已结转1项任务" in words(as_(liu).post(f"/ledger/plans/{plan.pk}/carry/", sent, follow=True))
    new = Task.objects.get(carried_from=first)
    assert [m.title for m in new.milestones.all()] == ["完成规划"]
    assert "认领《青禾县2027年续办任务》的1项任务" in words(as_(leads).get("/"))
