"""清单: rows told apart by their words, put elsewhere by hand; each list with its own columns, on screen and in Excel."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.core.listing import KINDS, LISTS, classify, read_project
from luoshi.journal.moves import Denied, Refused
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.queries.lists import sight
from luoshi.ledger.services.listing import describe, put_on_list
from luoshi.org.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        ("城乡供水一体化", "新建石桥水厂，总投资1.2亿元，年内建成投产。", "project"),
        ("", "推进青禾大道改扩建工程，6月底前开工。", "project"),
        ("", "完成白杨河治理项目开工。", "project"),
        ("争取上级资金", "争取专项债券9亿元以上。", "policy"),
        ("", "申报省级数字乡村试点。", "policy"),
        ("", "政策兑现“免申即享”，惠企资金一季度拨付到位。", "policy"),
        ("环保督察反馈问题整改", "年内全部完成。", "problem"),
        ("", "持续开展消防安全隐患排查整治。", "problem"),
        ("", "群众反映强烈的出行问题得到解决。", "problem"),
        ("稳就业", "城镇新增就业3000人以上。", "task"),
        ("", "每月调度一次。", "task"),
        ("", "", "task"),
    ],
)
def test_rows_are_told_apart_by_their_words(heading, text, kind):
    found = classify(heading, text)
    assert found.kind == kind
    assert bool(found.words) == (kind != "task")
    assert found.words in heading + text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("续建县城第二水厂，总投资约2.3亿元，年度计划投资8000万元。", {"nature": "续建", "total": "23000", "year_plan": "8000"}),
        ("新建冷库3座，总投资1500万元", {"nature": "新建", "total": "1500"}),
        ("做好园区项目前期工作，年度投资0.5亿元。", {"nature": "前期", "year_plan": "5000"}),
        ("开展项目调度，投资增长8%。", {}),
    ],
)  # fmt: skip
def test_what_the_words_of_a_project_say(text, expected):
    assert read_project(text) == expected


def test_every_list_has_columns_of_its_own():
    assert set(LISTS) == {*KINDS, "duty"}
    for found in LISTS.values():
        keys = [column.key for column in found.columns]
        assert len(keys) == len(set(keys))
        assert "name" in keys
        assert found.lead.endswith("。")


def test_a_person_knows_better_than_the_rule(plan, liu, leads, as_):
    task = Task.objects.get(heading="壮大园区")
    assert (task.list_kind, task.list_by_hand) == ("task", False)
    with pytest.raises(Denied, match="改列清单由综合协调组"):
        put_on_list(task, "project", leads.actor)
    assert put_on_list(task, "project", liu.actor)
    assert not put_on_list(task, "project", liu.actor)
    assert [line.task.heading for _, lines in sight(liu.actor, plan, "project").groups for line in lines] == [
        "壮大园区"
    ]
    page = as_(liu).get(f"/ledger/tasks/{task.pk}/").content.decode()
    assert "（人工列入）" in page
    assert "清单：任务清单 → 项目清单" in page
    assert put_on_list(task, "", liu.actor)
    task.refresh_from_db()
    assert (task.list_kind, task.list_by_hand) == ("task", False)
    with pytest.raises(Refused, match="没有这种清单"):
        put_on_list(task, "duty", liu.actor)


def test_columns_are_filled_in_by_the_unit_that_answers(plan, liu, leads, helps):
    task = Task.objects.get(heading="壮大园区")
    put_on_list(task, "project", liu.actor)
    said = {"total": "23000.50", "begins": "2026-03-01", "funds": "专项债", "weight": "", "no-such-key": "x"}
    assert describe(task, said, leads.actor)
    task.refresh_from_db()
    assert task.details == {"total": "23000.5", "begins": "2026-03-01", "funds": "专项债"}
    with pytest.raises(Denied, match="只能在自己的范围内填写清单信息"):
        describe(task, said, helps.actor)
    for key, value, sentence in [
        ("total", "很多", "“总投资(万元)”应为不小于0的数字"),
        ("total", "-1", "应为不小于0的数字"),
        ("total", "nan", "应为不小于0的数字"),
        ("ends", "明年", "“竣工”应为年-月-日"),
        ("funds", "长" * 201, "不能超过200个字"),
    ]:
        with pytest.raises(Refused, match=sentence.replace("(", r"\(").replace(")", r"\)")):
            describe(task, said | {key: value}, leads.actor)


def test_each_list_is_exported_typed_with_a_frozen_head(plan, liu, leads, as_):
    task = Task.objects.get(heading="壮大园区")
    put_on_list(task, "project", liu.actor)
    describe(task, {"total": "23000", "begins": "2026-03-01", "funds": "=1+1"}, leads.actor)
    client = as_(liu)
    for slug, found in LISTS.items():
        file = BytesIO(client.get(f"/ledger/lists/{slug}.xlsx?plan={plan.pk}").content)
        sheet = openpyxl.load_workbook(file)[found.label]
        rows = list(sheet.values)
        assert rows[1] == tuple(column.label for column in found.columns)
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
        if slug == "project":
            row = dict(zip(rows[1], rows[2], strict=True))
            assert (row["总投资(万元)"], row["开工"], row["资金来源"]) == (
                23000,
                dt.datetime(2026, 3, 1),
                "=1+1",
            )
            assert row["业主单位"] == "县发展和改革局"


def test_quarters_are_filled_by_milestones(plan, liu):
    task = Task.objects.get(heading="壮大园区")
    Milestone.objects.create(task=task, title="完成规划", due=dt.date(2026, 3, 31))
    Milestone.objects.create(task=task, title="作废", due=dt.date(2026, 4, 30), state="dropped")
    line = next(line for _, lines in sight(liu.actor, plan, "task").groups for line in lines)
    cells = {column.key: cell for column, cell in line.pairs}
    assert (cells["quarter1"], cells["quarter2"]) == ("完成规划（3月31日）", "")
    assert cells["targets"] == "规模企业新增12家以上；园区产值增长8%以上"


def test_duties_stand_under_their_units_in_the_order_of_the_register(plan, liu):
    Unit.objects.filter(full_name="县林业局").update(rank=0)
    Unit.objects.exclude(full_name="县林业局").update(rank=1)
    groups = sight(liu.actor, plan, "duty").groups
    assert [name for name, _ in groups] == ["县林业局", "县发展和改革局", "县教育局", "县农业农村局"]
    roles = {name: {c.key: cell for c, cell in lines[0].pairs}["role"] for name, lines in groups}
    assert roles["县发展和改革局"] == "负总责"
    assert roles["县教育局"] == "责任"


@pytest.mark.parametrize("slug", LISTS)
def test_pages_cost_the_same_for_any_number_of_rows(plan, liu, as_, slug):
    client = as_(liu)
    Task.objects.update(list_kind=slug if slug != "duty" else "task")
    Milestone.objects.create(task=Task.objects.first(), title="节点", unit=Unit.objects.first())

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "壮大园区" in client.get(f"/ledger/lists/{slug}/").content.decode()
        return len(queries)

    before, unit = cost(), Unit.objects.get(full_name="县教育局")
    for n in range(20):
        task = Task.objects.create(
            plan=plan, order=n, heading=f"任务{n}", quote="任务", text="任务", start=0, end=2, form="prose",
            list_kind=slug if slug != "duty" else "task",
        )  # fmt: skip
        task.assignments.create(unit=unit, role="lead", printed="县教育局", order=1)
        Milestone.objects.create(task=task, title="节点", unit=unit)
    assert cost() == before


@pytest.mark.parametrize("value", ["²", "9" * 40, "<b>", "没有这样的词"])
def test_odd_addresses_are_answered(plan, liu, as_, value):
    client = as_(liu)
    assert client.get("/ledger/lists/task/", {"plan": value, "q": value}).status_code == 200
    assert client.get("/ledger/lists/task.xlsx", {"plan": value, "q": value}).status_code == 200
    assert client.get("/ledger/lists/other/").status_code == 404
