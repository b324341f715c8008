"""The ledger: grouped, filtered, taken away as workbooks; seen by its own government alone."""

import shutil
import subprocess
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from luoshi.intake.models import DraftItem
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import create_units
from luoshi.journal.moves import Stale
from luoshi.ledger.models import Assignment, Indicator, Plan, Task
from luoshi.org.models import Unit
from luoshi.org.services import set_members
from tests.apps.intake.plans import TEXT, indicator, received, task

pytestmark = pytest.mark.django_db


def rows(client, **query):
    """Task numbers on the page, in order."""
    page = client.get("/ledger/", query, headers={"HX-Request": "true"}).content.decode()
    return [name for name in ("壮大园区", "补齐短板") for _ in range(page.count(f">{name}</a>"))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["壮大园区", "补齐短板"]),
        ({"view": "unit"}, ["壮大园区"] * 3 + ["补齐短板"]),
        ({"view": "unit", "role": "lead"}, ["壮大园区"]),
        ({"view": "unit", "role": "accountable"}, ["壮大园区", "补齐短板"]),
        ({"view": "leader"}, ["壮大园区", "补齐短板"]),
        ({"leader": "刘主任"}, ["壮大园区"]),
        ({"q": "冷库"}, ["补齐短板"]),
        ({"q": "园区 林业"}, ["壮大园区"]),
        ({"q": "没有的词"}, []),
        ({"due": "2026-12-31"}, ["补齐短板"]),
        ({"due": "2026-12-30"}, []),
        ({"due": "none"}, ["壮大园区"]),
        ({"due": "明年"}, ["壮大园区", "补齐短板"]),
        ({"action": "abc", "unit": "x", "plan": "99"}, ["壮大园区", "补齐短板"]),
    ],
)
def test_the_ledger_shows_what_the_address_asks(plan, liu, as_, query, expected):
    assert rows(as_(liu), **query) == expected


def test_one_unit_shows_its_tasks_whatever_its_share(plan, liu, as_):
    school = Unit.objects.get(full_name="县教育局")
    assert rows(as_(liu), unit=school.pk) == ["壮大园区"]
    assert rows(as_(liu), unit=school.pk, role="lead") == []


def test_indicators_stand_with_their_task_and_its_units(plan, liu, as_):
    page = as_(liu).get("/ledger/?view=indicator").content.decode()
    assert "新增12家以上" in page
    assert "增长8%以上" in page
    first = Indicator.objects.get(name="规模企业")
    assert (first.task.heading, first.action.name, first.target) == ("壮大园区", "产业提升行动", "set")


def test_a_row_leads_to_its_sentence_glowing(plan, liu, as_):
    row = Indicator.objects.get(name="园区产值")
    page = as_(liu).get(f"/ledger/plans/{plan.pk}/source/?at={row.start}-{row.end}").content.decode()
    glowing = page[page.index('class="m here"') :]
    assert f'id="s{row.start}"' in glowing
    assert row.quote in glowing
    assert TEXT[row.start : row.end] == row.quote


def test_the_page_of_a_task_tells_owners_targets_words_and_what_is_still_asked(plan, liu, as_):
    second = Task.objects.get(heading="补齐短板")
    page = as_(liu).get(f"/ledger/tasks/{second.pk}/").content.decode()
    for words in ("由县农业农村局负总责", "时限2026年", "还有哪些单位", "全年新建冷库3座", "建账"):
        assert words in page
    assert second.deadline_day == date(2026, 12, 31)


def test_exactly_one_unit_answers_for_a_task(plan):
    task = Task.objects.get(heading="壮大园区")
    assert [a.printed for a in task.assignments.all() if a.accountable] == ["县发展和改革局"]
    other = task.assignments.filter(accountable=False).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=other.pk).update(accountable=True)


def test_a_plan_is_adopted_once(plan, liu, as_):
    answer = as_(liu).post(f"/plans/{plan.pk}/adopt/")
    assert answer.status_code == 409
    assert Task.objects.count() == 2


def test_others_see_nothing_of_the_ledger(plan, outsider, chen_admin, client, as_):
    task = Task.objects.first()
    pages = [
        f"/ledger/tasks/{task.pk}/",
        f"/ledger/plans/{plan.pk}/source/",
        f"/ledger/plans/{plan.pk}/breakdown.xlsx",
    ]
    pages.append(f"/ledger/export.xlsx?plan={plan.pk}")
    assert [client.get(page).status_code for page in ["/ledger/", *pages]] == [302] * 5
    for stranger in (outsider, chen_admin):
        assert [as_(stranger).get(page).status_code for page in pages] == [404] * 4
        assert "壮大园区" not in as_(stranger).get(f"/ledger/?plan={plan.pk}").content.decode()


def test_units_of_the_county_read_the_ledger(plan, wang, as_):
    assert rows(as_(wang)) == ["壮大园区", "补齐短板"]


def book(client, address):
    return openpyxl.load_workbook(BytesIO(client.get(address).content))


def test_the_breakdown_is_the_table_an_office_prints(plan, liu, as_):
    sheet = book(as_(liu), f"/ledger/plans/{plan.pk}/breakdown.xlsx").active
    values = list(sheet.values)
    assert values[0][0] == "青禾县实施“三大行动”工作方案任务责任分解表"
    assert values[1] == ("序号", "内容", "主要责任单位", "分管领导", "工作进度")
    assert values[2][0] == "产业提升行动"
    assert values[3][0] == 1
    assert values[3][3] == "刘主任"
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A1:E1", "A3:E3"]
    setup = sheet.page_setup
    assert (sheet.print_title_rows, setup.orientation, setup.paperSize, sheet.freeze_panes) == (
        "$2:$2",
        "landscape",
        9,
        "A3",
    )


def test_an_open_list_of_units_is_seen_in_the_list_and_is_no_badge(plan, liu, as_):
    assert "待确认" not in as_(liu).get("/ledger/?view=action").content.decode()
    cells = [
        v for row in book(as_(liu), f"/ledger/plans/{plan.pk}/breakdown.xlsx").active.values for v in row
    ]
    assert "县农业农村局等" in cells


@pytest.mark.parametrize(
    ("query", "sheet", "expected"),
    [
        ("view=action&q=冷库", "按行动", "补齐短板"),
        ("view=indicator", "全部指标", "规模企业"),
        ("view=force", "专班", "召集人(组长)"),
    ],
)
def test_what_is_seen_is_what_is_exported(plan, liu, as_, query, sheet, expected):
    found = book(as_(liu), f"/ledger/export.xlsx?plan={plan.pk}&{query}")[sheet]
    cells = [value for row in found.values for value in row]
    assert expected in cells
    assert "壮大园区" not in cells


def test_words_that_look_like_formulas_stay_words(plan, liu, as_):
    Task.objects.filter(heading="补齐短板").update(text="=1+1", heading="@x")
    values = [
        v for row in book(as_(liu), f"/ledger/plans/{plan.pk}/breakdown.xlsx").active.values for v in row
    ]
    assert "=1+1" in values


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not here: opening the workbook is unchecked"
)
def test_the_workbook_opens_in_libreoffice(plan, liu, as_, tmp_path):
    file = tmp_path / "分解表.xlsx"
    file.write_bytes(as_(liu).get(f"/ledger/plans/{plan.pk}/breakdown.xlsx").content)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    run = subprocess.run([*command, "--outdir", tmp_path, file], capture_output=True, text=True, timeout=120)
    assert (tmp_path / "分解表.pdf").stat().st_size > 1000, run.stderr


def test_a_member_finds_the_tasks_of_its_collective_name(plan, liu, as_):
    school, farms = (Unit.objects.get(full_name=name) for name in ("县教育局", "县农业农村局"))
    set_members(farms, [school], by=liu.actor)
    assert rows(as_(liu), unit=school.pk) == ["壮大园区", "补齐短板"]
    assert rows(as_(liu), unit=school.pk, view="unit", role="support") == ["壮大园区", "补齐短板"]


def test_words_too_long_for_a_column_are_cut_and_the_quote_is_not(liu, monkeypatch):
    long = "很长" * 300
    words = "全年新建冷库3座"
    plan = received(
        monkeypatch, liu,
        indicators=[{**indicator(words, long, "new", 3, "座"), "reference": long}],
        tasks=[task(words, long, [])],
    )  # fmt: skip
    items = [i for i in DraftItem.objects.filter(plan=plan) if i.open_doubts]
    leave([(i, i.version) for i in items], liu.actor)
    create_units(plan, ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"], liu.actor)
    adopt(plan, liu.actor)
    row = Indicator.objects.get(name__startswith="很长")
    assert (len(row.name), len(row.reference), row.quote) == (300, 200, words)
    ownerless = Task.objects.get(heading__startswith="很长")
    assert ownerless.accountable is None
    assert ownerless.questions == "这一项没有写明责任单位。请补上单位，或留待认领时确认。"


@pytest.mark.parametrize("value", ["²", "-1", "9" * 40, "abc", "1 or 1=1", "<b>", "\u0663"])
def test_odd_addresses_are_answered_not_broken(plan, liu, as_, value):
    clerk = as_(liu)
    query = dict.fromkeys(("view", "plan", "q", "action", "unit", "role", "leader", "due"), value)
    for view in ("action", "unit", "leader", "indicator", "force"):
        assert clerk.get("/ledger/", {**query, "view": view}).status_code == 200
    assert clerk.get("/ledger/export.xlsx", query).status_code == 200
    assert clerk.get(f"/ledger/plans/{plan.pk}/source/", {"at": f"{value}-{value}"}).status_code == 200
    assert clerk.get(f"/plans/{plan.pk}/", {"tab": value}).status_code == 200


@pytest.mark.parametrize("value", ["", "²", "9" * 40, "abc:1", "1:²"])
def test_odd_forms_are_refused_not_broken(liu, as_, monkeypatch, value):
    plan = received(monkeypatch, liu)
    clerk, item = as_(liu), DraftItem.objects.filter(plan=plan, kind="task").first()
    forms = {
        "bulk/": {"verb": "confirm", "items": value},
        "add/": {"kind": "task", "start": value, "end": value},
        "units/name/": {"verb": value, "names": value, "called": value, "units": value},
        f"items/{item.pk}/split/": {"at": value, "version": value},
        f"items/{item.pk}/confirm/": {"version": value},
        f"items/{item.pk}/doubts/0/": {"answer": value, "version": value},
    }
    assert {clerk.post(f"/plans/{plan.pk}/{page}", data).status_code for page, data in forms.items()} == {409}
    assert clerk.post(f"/plans/{plan.pk}/items/{item.pk}/edit/", {"version": value}).status_code in (409, 422)


def test_of_two_who_adopt_at_once_one_is_told(liu, monkeypatch):
    plan = received(monkeypatch, liu)
    leave([(i, i.version) for i in DraftItem.objects.filter(plan=plan) if i.open_doubts], liu.actor)
    create_units(plan, ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"], liu.actor)
    one, other = (Plan.objects.get(pk=plan.pk) for _ in range(2))
    adopt(one, liu.actor)
    with pytest.raises(Stale):
        adopt(other, liu.actor)
    assert Task.objects.count() == 2
