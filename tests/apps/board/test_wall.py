"""挂图: one snapshot on the page, the big screen and paper; what stands in a cell; who sees it; what it costs."""

import datetime as dt
import json
import re

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.board import paper
from luoshi.board.queries.memory import forget
from luoshi.board.queries.walls import Filters, wall_of
from luoshi.board.views import walls
from luoshi.board.wall import Row, Wall
from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS
from luoshi.core.writing.pdf import office, print_sheets
from luoshi.ledger.models import Indicator, Milestone, Task
from luoshi.reporting.models import Figure, Report, Revision
from tests.apps.board.book import DAY, reported
from tests.people import Member, cast
from tests.reporting import Ledger

JUNE = 5


@pytest.fixture
def book(liu: Member, wang: Member, li: Member) -> Ledger:
    """June's round of three tasks, filled in by both units on 3 July; the first task has leaders, milestones, a deadline."""
    made = reported(liu, wang, li)
    first = made.tasks[0]
    first.leaders.create(name="陆怀远", order=1)
    Task._base_manager.filter(pk=first.pk).update(deadline="2026-09", deadline_day=dt.date(2026, 9, 30))
    for title, due, state, done in (
        ("完成选址", dt.date(2026, 3, 31), "confirmed", dt.date(2026, 4, 10)),
        ("开工", dt.date(2026, 6, 30), "open", None),
        ("竣工", dt.date(2026, 11, 30), "open", None),
        ("验收", None, "open", None),
    ):
        Milestone.objects.create(task=first, title=title, due=due, state=state, done_on=done)
    return made


def wall(book: Ledger, member: Member, day: dt.date = DAY, **asked: str) -> Wall:
    return wall_of(member.actor, book.plan, day, Filters(**asked), "青禾县").wall


def row(wall: Wall, name: str) -> Row:
    return next(row for row in wall.rows if row.name == name)


def test_a_row_says_what_who_and_when(book: Ledger, liu: Member) -> None:
    found = row(wall(book, liu), "新开工亿元项目")
    assert found.leaders == ("陆怀远",)
    assert found.units == ("青禾县发展和改革局",)
    assert found.undated == 1
    project = next(strip for strip in found.strips if strip.name == "新开工项目")
    june = project.cells[JUNE]
    assert (june.planned, june.actual) == (
        "67%",
        "25%",
    )  # 5 of 20; due in September, so June is 6 of 9 months
    assert june.lamp is not None
    assert june.lamp.word == "严重滞后"
    assert project.lamp == june.lamp  # the light of today is that of 预警
    assert [cell.planned for cell in project.cells[8:]] == ["100%"] * 4
    assert project.cells[8].due


def test_milestones_stand_where_they_were_planned_and_where_they_were_done(book: Ledger, liu: Member) -> None:
    strip = row(wall(book, liu), "新开工亿元项目").strips[0]
    stands = {
        at + 1: [(m.sign, m.title) for m in cell.marks] for at, cell in enumerate(strip.cells) if cell.marks
    }
    assert stands == {
        3: [("□", "完成选址")],
        4: [("√", "完成选址")],
        6: [("×", "开工")],
        11: [("□", "竣工")],
    }


def test_silence_is_not_a_nought_and_nothing_is_said_of_what_was_not_asked(book: Ledger, liu: Member) -> None:
    Figure.objects.filter(indicator__name="新增公办学位").update(value=None)
    Revision.objects.filter(figure__indicator__name="新增公办学位").update(value=None)
    places = row(wall(book, liu), "建成公办幼儿园").strips[0]
    lamps = [cell.lamp.word if cell.lamp else "" for cell in places.cells]
    assert lamps == ["", "", "", "", "", "未报数", "", "", "", "", "", ""]
    assert not any(cell.actual for cell in places.cells)


def test_official_figures_are_grey_before_their_day(book: Ledger, liu: Member) -> None:
    def june(day: dt.date) -> str:
        strips = row(wall(book, liu, day), "新开工亿元项目").strips
        lamp = next(s for s in strips if s.name == "固定资产投资增长").cells[JUNE].lamp
        return lamp.word if lamp else ""

    assert june(DAY) in ("", "未到期")
    assert june(dt.date(2026, 7, 30)) == "严重滞后"  # 5 against 8


def test_a_task_without_anything_says_so(book: Ledger, liu: Member, as_) -> None:
    Report.objects.update(percent=None)
    Indicator._base_manager.filter(task=book.tasks[2]).update(task=None)
    strip = row(wall(book, liu), "培育规上企业").strips[0]
    assert strip.empty
    assert "空：没有节点" in as_(liu).get("/board/wall/?day=2026-07-10").content.decode()


def test_the_owners_word_is_seen_by_those_who_may_read_the_report(
    book: Ledger, liu: Member, li: Member
) -> None:
    def said(member: Member) -> str:
        return row(wall(book, member), "培育规上企业").strips[0].cells[JUNE].said

    assert said(liu) == "30%"
    assert said(li) == ""


def test_a_promise_in_two_tasks_is_shown_in_both(book: Ledger, liu: Member) -> None:
    same = Indicator.objects.get(name="新开工项目")
    other = Task._base_manager.get(pk=book.tasks[2].pk)
    Indicator.objects.create(
        plan=book.plan, task=other, order=9, name=same.name, kind=same.kind, op=same.op, value=same.value, unit=same.unit,
        quote=same.name, start=0, end=4,
    )  # fmt: skip
    strips = row(wall(book, liu), "培育规上企业").strips
    shared = next(strip for strip in strips if strip.name == "新开工项目")
    assert shared.elsewhere == book.tasks[0].order
    assert shared.indicator == same.pk


def test_dekads(book: Ledger, liu: Member) -> None:
    chart = wall(book, liu, by="dekad")
    assert len(chart.columns) == 36
    assert chart.columns[16].label == "6月中旬"
    project = next(s for s in row(chart, "新开工亿元项目").strips if s.name == "新开工项目")
    assert [at for at, cell in enumerate(project.cells) if cell.lamp] == [
        17
    ]  # what is reported of June stands in its last third


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["新开工亿元项目", "建成公办幼儿园", "培育规上企业"]),
        ({"leader": "陆怀远"}, ["新开工亿元项目"]),
        ({"leader": "没有这个人"}, []),
        ({"light": "done"}, []),
        ({"unit": "999999"}, []),
    ],
)
def test_filters(book: Ledger, liu: Member, asked: dict[str, str], names: list[str]) -> None:
    assert [row.name for row in wall(book, liu, **asked).rows] == names


def test_filter_by_unit_and_action(book: Ledger, liu: Member) -> None:
    action = str(book.tasks[2].action_id)
    assert [row.name for row in wall(book, liu, action=action).rows] == ["培育规上企业"]
    assert len(list(wall(book, liu, unit=str(book.li.pk)).rows)) == 2
    chart = wall(book, liu, light="bad")
    assert all(strip.lamp.level == "bad" for row in chart.rows for strip in row.strips)
    assert chart.asked == "灯：严重滞后"


def test_the_snapshot_is_canonical(book: Ledger, liu: Member) -> None:
    one, two = wall(book, liu), wall(book, liu)
    assert one.text == two.text
    told = json.loads(one.text)
    assert told["wall"][told["fields"]["Wall"].index("day")] == "2026-07-10"
    Milestone.objects.filter(title="开工").update(state="done", done_on=dt.date(2026, 7, 8))
    assert wall(book, liu).sha256 != one.sha256


def test_page_and_screen_show_the_same_snapshot(book: Ledger, liu: Member, as_) -> None:
    client, sha = as_(liu), wall(book, liu).sha256
    page = client.get("/board/wall/?day=2026-07-10").content.decode()
    assert sha[:12] in page
    screen = client.get("/board/wall/screen/?day=2026-07-10").content.decode()
    assert f'data-hash="{sha}"' in screen
    for text in (page, screen):
        assert "×开工" in text
        assert "■严重滞后" in text


def test_the_screen_is_sent_only_what_changed(book: Ledger, liu: Member, as_) -> None:
    client, sha = as_(liu), wall(book, liu).sha256
    assert client.get(f"/board/wall/screen/?day=2026-07-10&hash={sha}").status_code == 204
    changed = client.get("/board/wall/screen/?day=2026-07-10&hash=old")
    assert changed.status_code == 200
    assert "<html" not in changed.content.decode()
    assert sha in changed.content.decode()


def test_the_screen_keeps_its_log_in_for_a_night_and_no_longer(book: Ledger, liu: Member, as_) -> None:
    client = as_(liu)
    assert "luoshi_session" in client.get("/board/wall/screen/").cookies
    session = client.session
    session["screen_since"] -= walls.SCREEN_HOURS * 3600 + 1
    session.save()
    assert "luoshi_session" not in client.get("/board/wall/screen/?hash=x").cookies


def test_a_stranger_is_sent_to_the_door(book: Ledger) -> None:
    answer = Client().get("/board/wall/screen/?hash=x")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("post", POSTS)
def test_who_sees_the_chart(as_, book: Ledger, post: str) -> None:
    client = as_(cast("someone", "某人", "青禾县某局", post))
    seen = "新开工亿元项目" in client.get("/board/wall/").content.decode()
    assert seen == (post not in SYSTEM_POSTS)
    assert ("新开工亿元项目" in client.get("/board/wall/screen/").content.decode()) == seen
    assert (client.get("/board/wall/a3.pdf?leader=没有").status_code == 404) == (not seen)


def test_another_county_sees_nothing(as_, book: Ledger, outsider: Member) -> None:
    client = as_(outsider)
    for address in (f"/board/wall/?plan={book.plan.pk}", f"/board/wall/screen/?plan={book.plan.pk}"):
        assert "新开工" not in client.get(address).content.decode()
    assert client.get(f"/board/wall/a3.pdf?plan={book.plan.pk}").status_code == 404


def test_what_is_written_by_people_is_escaped(book: Ledger, liu: Member, as_) -> None:
    bad = "<script>alert(1)</script>"
    Task._base_manager.filter(pk=book.tasks[0].pk).update(heading=bad)
    Milestone.objects.filter(title="开工").update(title=bad)
    Indicator.objects.filter(name="新开工项目").update(name=bad, unit=bad)
    book.tasks[0].leaders.update(name=bad)
    for address in ("/board/wall/", "/board/wall/screen/"):
        assert bad not in as_(liu).get(f"{address}?day=2026-07-10").content.decode()


def test_queries_do_not_grow_with_the_rows(book: Ledger, liu: Member, as_) -> None:
    client, address = as_(liu), "/board/wall/?day=2026-07-10"
    grow(book, 1)
    client.get(address)
    forget()
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    grow(book, 20)
    forget()
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    with CaptureQueriesContext(connection) as bare:
        client.get("/password/")
    assert len(after) == len(before) <= len(bare) + 21


def grow(book: Ledger, count: int) -> None:
    """So many more tasks, each with a unit and a milestone."""
    first, before = Task._base_manager.get(pk=book.tasks[0].pk), Task._base_manager.count()
    for n in range(before, before + count):
        task = Task.objects.create(
            plan=book.plan, action=first.action, order=10 + n, form="prose", heading=f"任务{n}", text="x", quote="x", start=0, end=1
        )  # fmt: skip
        task.assignments.create(unit=book.wang, role="lead", accountable=True, printed="发改局", order=0)
        Milestone.objects.create(task=task, title="开工", due=DAY)


needs_office = pytest.mark.skipif(not office(), reason="LibreOffice prints the sheets")


def printed(chart: Wall, size: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(print_sheets(paper.sheets(chart, size)).content)


def sizes(page: pypdfium2.PdfPage) -> set[float]:
    """Sizes of type on a page, in points."""
    raw, found = pypdfium2.raw, set()
    text = page.get_textpage()
    for at in range(text.count_chars()):
        if raw.FPDFText_GetUnicode(text, at) > 32:
            found.add(round(raw.FPDFText_GetFontSize(text, at), 1))
    text.close()
    return found


@needs_office
@pytest.mark.parametrize(("size", "wide", "high", "least"), [("a3", 420, 297, 7), ("a0", 1189, 841, 14)])
def test_paper(book: Ledger, liu: Member, size: str, wide: float, high: float, least: float) -> None:
    chart = wall(book, liu)
    document = printed(chart, size)
    text = ""
    for page in document:
        width, height = (side * 25.4 / 72 for side in page.get_size())
        assert (round(width), round(height)) == (wide, high)
        assert min(sizes(page)) >= least
        kinds = {obj.type for obj in page.get_objects()}
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
        words = page.get_textpage()
        text += words.get_text_range()
        words.close()
    assert len(document) == len(chart.bands) == 2  # an action a page
    assert text.count(chart.sha256[:12]) == 2
    for said in (
        "第1页",
        "共2页",
        "截至2026年7月10日",
        "谁负责",
        "陆怀远",
        "×开工",
        "■严重滞后",
        "实25%",
        "计67%",
        "12月",
    ):
        assert said in re.sub(r"\s", "", text), said
    document.close()


@needs_office
def test_a_long_action_goes_on_under_the_same_head(book: Ledger, liu: Member) -> None:
    first = Task._base_manager.get(pk=book.tasks[2].pk)
    for n in range(90):
        Task.objects.create(
            plan=book.plan,
            action=first.action,
            order=10 + n,
            form="prose",
            heading=f"任务{n}",
            text="x",
            quote="x",
            start=0,
            end=1,
        )
    document = printed(wall(book, liu, action=str(first.action_id)), "a3")
    assert len(document) >= 2
    for page in document:
        words = page.get_textpage()
        assert "产业提质行动" in words.get_text_range()
        assert "谁负责" in re.sub(r"\s", "", words.get_text_range())
        words.close()
    document.close()


def test_nothing_to_print_is_said(as_, book: Ledger, liu: Member) -> None:
    answer = as_(liu).get("/board/wall/a3.pdf?leader=没有这个人")
    assert answer.status_code == 409
    assert "没有可以打印的内容" in answer.content.decode()


def test_without_libreoffice_it_says_what_to_do(as_, book: Ledger, liu: Member, monkeypatch) -> None:
    monkeypatch.setattr("luoshi.core.writing.pdf.office", lambda: "")
    answer = as_(liu).get("/board/wall/a0.pdf")
    assert answer.status_code == 409
    assert "没有安装 LibreOffice" in answer.content.decode()
