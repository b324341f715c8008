"""Whoever may open a list may take it away as a workbook, and nobody else; the workbook has the rows of the page, no more."""

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.core.flow.actor import POSTS
from luoshi.ledger.models import Assignment, Indicator, SourceText, Task
from luoshi.org.services.units import create_unit
from luoshi.org.views import records
from luoshi.projects.models import Board
from luoshi.projects.services import contesting
from luoshi.reporting.models import Figure
from tests.apps.board.book import reported
from tests.dispatch import on_the_calendar
from tests.meetings import meeting_of, tracked
from tests.people import Member, cast
from tests.projects import staged
from tests.reporting import Ledger

LISTS = {
    "/units/": ("/units/units.xlsx", "全称"),
    "/units/?q=发展": ("/units/units.xlsx?q=发展", "全称"),
    "/units/?day=2026-07-10": ("/units/units.xlsx?day=2026-07-10", "当日名称"),
    "/units/governments/": ("/units/governments.xlsx", "地区"),
    "/people/": ("/people/people.xlsx", "姓名"),
    "/people/?post=clerk": ("/people/people.xlsx?post=clerk", "姓名"),
    "/people/?state=left": ("/people/people.xlsx?state=left", "姓名"),
    "/accounts/": ("/accounts/accounts.xlsx", "账号"),
    "/records/": ("/records/records.xlsx", "办了什么"),
    "/plans/": ("/plans/plans.xlsx", "方案"),
    "/ledger/claims/": ("/ledger/claims.xlsx", None),
    "/ledger/tasks/{task}/": ("/ledger/tasks/{task}/task.xlsx", "指标"),
    "/calendar/": ("/calendar/month.xlsx", "什么事"),
    "/calendar/?view=county": ("/calendar/month.xlsx?view=county", "什么事"),
    "/calendar/duties/": ("/calendar/duties/duties.xlsx", "做什么"),
    "/calendar/days/?year=2026": ("/calendar/days.xlsx?year=2026", "名称"),
    "/calendar/plans/{plan}/": ("/calendar/plans/{plan}/rhythms.xlsx", "做什么"),
    "/meetings/?group=over": ("/meetings/meetings.xlsx?group=over", "会议"),
    "/meetings/decisions/?tab=all": ("/meetings/decisions.xlsx?tab=all", "议定事项"),
    "/reporting/": ("/reporting/export.xlsx", "轮次"),
    "/reporting/?left=fill": ("/reporting/export.xlsx?left=fill", "轮次"),
    "/projects/books/": ("/projects/books.xlsx", "哪一期"),
    "/projects/rates/paid/": ("/projects/rates/paid.xlsx", "项目"),
    "/projects/rates/won/": ("/projects/rates/won.xlsx", "截至"),
    "/projects/boards/": ("/projects/boards.xlsx", "榜"),
    "/projects/{project}/": ("/projects/{project}/entries.xlsx", "账"),
    "/projects/books/{books}/": ("/projects/books/{books}/gaps.xlsx", "项目"),
    "/reporting/figures/{figure}/": ("/reporting/figures/{figure}/revisions.xlsx", "经手"),
    "/lights/{indicator}/": ("/lights/{indicator}/figures.xlsx", "时段"),
    "/board/wall/?day=2026-07-10": ("/board/wall.xlsx?day=2026-07-10", "任务"),
    "/reminders/waiting/": ("/reminders/waiting.xlsx", "等您办的"),
}
"""Page → its workbook, and a column of words."""


@pytest.fixture
def plan(liu: Member, wang: Member, li: Member) -> Ledger:
    return reported(liu, wang, li)


@pytest.fixture
def keys(plan: Ledger, liu: Member, wang: Member, li: Member) -> dict[str, int]:
    """Something on every list."""
    plan.round(liu.actor, "2026年5月")
    known = staged(liu, wang, li)
    on_the_calendar(liu.actor, wang.actor)
    SourceText.objects.create(plan=plan.plan, text=plan.tasks[0].quote)
    tracked(liu, wang, plan.plan, dt.date(2026, 8, 1), units=(wang,))
    meeting_of(liu, plan.plan, "closed", units=(li,), title="旬调度会")
    indicator = Indicator._base_manager.filter(figures__revisions__isnull=False).first()
    assert indicator is not None
    figure = Figure.objects.filter(revisions__isnull=False).first()
    assert figure is not None
    return {
        "plan": plan.plan.pk, "task": plan.tasks[0].pk, "indicator": indicator.pk, "figure": figure.pk,
        "project": int(str(known("/projects/", "pk"))), "books": int(str(known("/projects/books/", "pk"))),
    }  # fmt: skip


def sheet(data: bytes) -> Worksheet:
    found = load_workbook(io.BytesIO(data)).active
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, label: str) -> list[object]:
    at = [cell.value for cell in found[2]].index(label)
    return [row[at].value for row in found.iter_rows(min_row=3)]


def rows_of(html: str) -> int:
    """Rows of the bodies of the page's tables, lines that only group others left out."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    return sum(body.count("<tr") - body.count('<tr class="group"') for body in bodies)


@pytest.fixture
def everybody(liu, wang, li, chen_admin, gao, auditor, outsider) -> list[Member]:
    more = [cast(f"one-{slug}", f"某{n}", "青禾县某局", slug) for n, slug in enumerate(POSTS)]
    return [liu, wang, li, chen_admin, gao, auditor, outsider, *more]


@pytest.mark.parametrize("page", LISTS)
def test_the_workbook_opens_for_whom_the_page_opens(page: str, keys, everybody: list[Member]) -> None:
    opened = 0
    for member in everybody:
        client = Client()
        client.force_login(member.account)
        shown = client.get(page.format(**keys))
        address, _ = LISTS[page]
        given = client.get(address.format(**keys))
        known = shown.status_code == 200 and "还没有挂图" not in shown.content.decode()
        assert (given.status_code == 200) is known, member.actor.name
        assert known or given.status_code in (403, 404), member.actor.name
        opened += known
    assert opened


@pytest.mark.parametrize(
    "page",
    ["/units/", "/units/?q=发展", "/units/governments/", "/people/", "/people/?post=clerk", "/accounts/", "/records/", "/plans/", "/calendar/days/?year=2026", "/calendar/duties/", "/meetings/?group=over", "/meetings/decisions/?tab=all", "/reporting/", "/reporting/?left=fill", "/projects/books/", "/projects/boards/", "/projects/rates/paid/", "/projects/books/{books}/", "/reporting/figures/{figure}/", "/lights/{indicator}/", "/reminders/waiting/"],
)  # fmt: skip
def test_as_many_rows_as_the_page_shows_this_person(page: str, keys, everybody: list[Member]) -> None:
    told = 0
    for member in everybody:
        client = Client()
        client.force_login(member.account)
        shown = client.get(page.format(**keys))
        if shown.status_code != 200:
            continue
        address, label = LISTS[page]
        found = column(sheet(client.get(address.format(**keys)).content), label)
        html = shown.content.decode()
        if page == "/reminders/waiting/":  # the unit's tasks stand below, told by the ledger
            html = "".join(re.findall(r'<table class="data stack waiting-list".*?</table>', html, re.DOTALL))
        expected = rows_of(html)
        assert len(found) == expected, (member.actor.name, found)
        told += expected
    assert told


def test_every_list_is_a_clean_sheet(keys, as_, liu: Member) -> None:
    client = as_(liu)
    for page, (address, label) in LISTS.items():
        if page.startswith(("/accounts/", "/records/")):
            continue
        answer = client.get(address.format(**keys))
        assert answer["Content-Type"].endswith("sheet"), address
        found = sheet(answer.content)
        assert found.freeze_panes == "A3", address
        assert found["A1"].value, address
        assert label is None or label in [cell.value for cell in found[2]], address
        widths = [found.column_dimensions[cell.column_letter].width for cell in found[2]]
        assert all(6 <= width <= 80 for width in widths), address


def test_numbers_days_and_moments_are_typed(keys, as_, liu: Member, auditor: Member) -> None:
    client = as_(liu)
    decisions = sheet(client.get("/meetings/decisions.xlsx?tab=all").content)
    assert dt.datetime(2026, 8, 1) in column(decisions, "期限")
    figures = sheet(client.get(f"/lights/{keys['indicator']}/figures.xlsx").content)
    value = next(cell.value for cell in figures[2] if str(cell.value).startswith("数值"))
    assert all(isinstance(one, int | float) for one in column(figures, value))
    assert dt.datetime(2026, 7, 3, 10) in column(figures, "时间")
    gaps = sheet(client.get(f"/projects/books/{keys['books']}/gaps.xlsx").content)
    assert all(isinstance(one, int | float) for one in column(gaps, "相差(万元)"))
    records = column(sheet(as_(auditor).get("/records/records.xlsx").content), "时间")
    assert records
    assert all(isinstance(one, dt.datetime) for one in records)


def test_words_that_look_like_formulas_stay_words(as_, liu: Member) -> None:
    create_unit("=1+1局", by=liu.actor)
    found = sheet(as_(liu).get("/units/units.xlsx?q=1%2B1").content)
    assert (found["A3"].value, found["A3"].data_type) == ("=1+1局", "s")


def test_claims_objections_and_standing_have_a_sheet_each(
    plan: Ledger, as_, liu: Member, wang: Member
) -> None:
    share = Assignment.objects.filter(unit=plan.wang).first()
    assert share is not None
    Assignment.objects.filter(unit=plan.wang).update(state="waiting")
    Assignment.objects.filter(pk=share.pk).update(state="contested", note="不是本局的职责")
    waiting = Assignment.objects.filter(unit=plan.wang, state="waiting").count()
    mine = load_workbook(io.BytesIO(as_(wang).get("/ledger/claims.xlsx").content))
    assert mine.sheetnames == ["待认领"]
    assert len(column(mine["待认领"], "任务")) == waiting
    office = load_workbook(io.BytesIO(as_(liu).get("/ledger/claims.xlsx").content))
    assert office.sheetnames == ["有异议", "各单位"]
    assert column(office["有异议"], "答复或理由") == ["不是本局的职责"]
    counts = dict(zip(column(office["各单位"], "单位"), column(office["各单位"], "待认领(项)"), strict=True))
    assert counts[plan.wang.full_name] == waiting


def test_a_record_too_long_for_one_workbook_is_asked_for_in_parts(
    plan: Ledger, as_, auditor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST", 2)
    answer = as_(auditor).get("/records/records.xlsx")
    assert answer.status_code == 409
    assert "符合条件的记录超过2条" in answer.content.decode()


def test_the_link_keeps_the_filters_of_the_page(plan: Ledger, as_, liu: Member) -> None:
    html = as_(liu).get("/people/?post=clerk&q=小&page=1").content.decode()
    assert 'href="/people/people.xlsx?post=clerk&amp;q=%E5%B0%8F"' in html


def test_a_light_leads_to_its_course_and_back_on_the_same_day(keys, as_, liu: Member) -> None:
    client, at = as_(liu), keys["indicator"]
    html = client.get(f"/lights/{at}/?day=2026-07-10").content.decode()
    assert f'href="/board/indicators/{at}/?day=2026-07-10"' in html
    html = client.get(f"/board/indicators/{at}/?day=2026-07-10").content.decode()
    assert f'href="/lights/{at}/?day=2026-07-10"' in html
    assert f'href="/board/indicators/{at}/"' in client.get(f"/lights/{at}/").content.decode()


def test_a_task_takes_its_indicators_milestones_and_changes_away(keys, as_, liu: Member) -> None:
    book = load_workbook(io.BytesIO(as_(liu).get(f"/ledger/tasks/{keys['task']}/task.xlsx").content))
    assert book.sheetnames == ["指标", "节点", "变更"]
    task = Task._base_manager.get(pk=keys["task"])
    assert len(column(book["指标"], "指标")) == task.indicators.count()


def test_a_board_leaves_as_it_stood_on_the_day_that_is_shown(keys, as_, liu: Member, wang: Member) -> None:
    board = Board.objects.get(state="open")
    measure, unit = board.measures.get(), board.groups.get().units.get()
    contesting.enter(measure, unit, Decimal(8), "", by=wang.actor)
    client = as_(liu)
    now = sheet(client.get(f"/projects/boards/{board.pk}/board.xlsx").content)
    assert column(now, "名次") == [1]
    html = client.get(f"/projects/boards/{board.pk}/?day=2020-01-01").content.decode()
    assert f'href="/projects/boards/{board.pk}/board.xlsx?day=2020-01-01"' in html
    then = sheet(client.get(f"/projects/boards/{board.pk}/board.xlsx?day=2020-01-01").content)
    assert not any(column(then, "名次"))
