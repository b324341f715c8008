"""Dashboards: what charts and tables say, that they say the same, workbooks, rights, what a page costs."""

import datetime as dt
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

import luoshi.board
from luoshi.board.panels import county, shared
from luoshi.board.panels.promise import promise, releases
from luoshi.board.queries.books import Book
from luoshi.board.queries.courses import calendar
from luoshi.board.queries.last_year import last_year
from luoshi.board.queries.memory import forget
from luoshi.board.queries.silence import silence
from luoshi.board.tables import Panel, plain
from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS
from luoshi.ledger.models import Indicator, Plan, Task
from luoshi.ledger.services.milestones import Step, add_milestone, step_on
from luoshi.reporting.models import Figure, Report, Revision, Round
from luoshi.supervision.queries import lights
from tests.apps.board.book import DAY, reported
from tests.people import Member, cast
from tests.reporting import Ledger, ledger
from tests.supervision import order_of

VENDORED = Path(luoshi.board.__file__).parent / "static/board/echarts"
PAGES = ("/board/", "/board/silence/", "/board/units/{unit}/", "/board/actions/{action}/", "/board/indicators/{indicator}/")  # fmt: skip


@pytest.fixture
def plan(liu: Member, wang: Member, li: Member) -> Ledger:
    return reported(liu, wang, li)


def places(plan: Ledger) -> list[str]:
    known = {
        "unit": plan.wang.pk,
        "action": plan.tasks[0].action_id,
        "indicator": Indicator.objects.get(name="新开工项目").pk,
    }
    return [page.format(**known) + "?day=2026-07-10" for page in PAGES]


def told(panel: Panel) -> list[list[object]]:
    return [[plain(value) for value in row] for row in panel.table.rows]


def book(plan: Ledger, member: Member, day: dt.date = DAY) -> Book:
    forget()
    return Book.of(member.actor, plan.plan, day)


def test_the_vendored_file_is_the_one_that_is_named() -> None:
    said = re.search(r"`([0-9a-f]{64})`", (VENDORED / "README.md").read_text("utf-8"))
    assert said
    assert hashlib.sha256((VENDORED / "echarts.min.js").read_bytes()).hexdigest() == said[1]
    assert "Apache" in (VENDORED / "LICENSE").read_text("utf-8")
    assert (VENDORED / "NOTICE").exists()


def test_lights_by_action_add_up(plan: Ledger, liu: Member) -> None:
    whole = book(plan, liu)
    panel = county.by_action(whole, 14)
    rows = {row[0]: row for row in told(panel)}
    assert sum(row[2] for row in rows.values()) == len(whole.lines) == 4
    series = panel.chart.option["series"]
    assert sum(sum(one["data"]) for one in series) == 4
    assert panel.chart.option["yAxis"]["data"] == list(rows)
    assert panel.chart.says.startswith("2个行动。")


def test_what_belongs_to_no_action_is_no_action(plan: Ledger, liu: Member) -> None:
    Task._base_manager.filter(pk=plan.tasks[0].pk).update(action=None)
    assert county.by_action(book(plan, liu), 14).chart.says.startswith("2个行动，另有不列入行动的项。")


def test_lights_by_month_are_those_of_the_wall(plan: Ledger, liu: Member) -> None:
    whole = book(plan, liu)
    assert sum(whole.months[5].values()) == 4  # June: three counts and one that is not released
    assert not any(whole.months[at] for at in range(5))
    panel = shared.lights_by_month(whole, 14)
    assert [row[0] for row in told(panel)] == ["6月"]
    assert panel.chart.says.startswith("6月报的数：")


def test_gaps_name_the_furthest_behind(plan: Ledger, liu: Member) -> None:
    panel = shared.gaps(book(plan, liu), 14)
    rows = told(panel)
    assert rows[0][0] == "新增公办学位"  # 5 of 1200
    assert rows[0][3] == pytest.approx(-49.58, abs=0.01)
    assert "新增公办学位" in panel.chart.says


def test_what_changed_compares_with_the_last_time(plan: Ledger, liu: Member) -> None:
    old = Figure.objects.get(indicator__name="新开工项目")
    report = old.report
    may = Figure.objects.create(
        indicator=old.indicator, unit=old.unit, report=report, since=dt.date(2026, 1, 1), until=dt.date(2026, 5, 31), value=9,
        as_of=dt.date(2026, 5, 31),
    )  # fmt: skip
    Revision.objects.create(figure=may, value=9, source="self", as_of=may.until, by="王科长", at=Revision.objects.first().at)  # fmt: skip
    rows = told(shared.changed(book(plan, liu)))
    assert [row[:4] for row in rows] == [["新开工项目", "达到序时", "严重滞后", "5月→6月"]]


def test_silence_knows_late_part_and_unchanged(plan: Ledger, liu: Member) -> None:
    def states() -> dict[str, str]:
        return {unit.full_name: row[0] for unit, row in silence(liu.actor, plan.plan, DAY).units}

    assert states() == {"青禾县发展和改革局": "given", "青禾县教育局": "given"}
    Report.objects.filter(unit=plan.wang).update(late=True)
    Report.objects.filter(unit=plan.li).update(unchanged=True)
    assert states() == {"青禾县发展和改革局": "late", "青禾县教育局": "unchanged"}
    Report.objects.filter(unit=plan.li, task=plan.tasks[1]).update(state="draft")
    assert states()["青禾县教育局"] == "part"
    Report.objects.filter(unit=plan.li).update(state="draft")
    assert states()["青禾县教育局"] == "silent"
    Round.objects.update(due=dt.date(2026, 7, 10))
    assert states()["青禾县教育局"] == "waiting"  # the day itself is not over
    assert len(silence(liu.actor, plan.plan, DAY, plan.li.pk).units) == 1


def test_a_unit_sees_its_own_silence_only(plan: Ledger, li: Member) -> None:
    assert {unit.pk for unit, _ in silence(li.actor, plan.plan, DAY).units} <= {plan.li.pk, plan.wang.pk}
    clerk = cast("other", "某联络员", "青禾县林业局", "clerk")
    assert silence(clerk.actor, plan.plan, DAY).units == ()


def test_orders_are_those_one_may_see(plan: Ledger, liu: Member, wang: Member, li: Member) -> None:
    order_of(liu, wang)

    def shown(member: Member) -> list[list[object]]:
        return told(county.orders(Book.of(member.actor, plan.plan, timezone.localdate()), 14))

    assert shown(liu) == [["办理中", 1]]
    assert shown(cast("other", "某联络员", "青禾县林业局", "clerk")) == []


def line_of(plan: Ledger, name: str, day: dt.date = DAY) -> lights.Line:
    row = lights.indicators(plan.plan).get(name=name)
    return lights.line_of(row, lights.Reckoning(plan.plan, day), lights.told(plan.plan, row.pk).get(row.pk, ()))  # fmt: skip


def drawn(plan: Ledger, name: str, day: dt.date = DAY) -> Panel:
    line = line_of(plan, name, day)
    coming, _ = lights.outlook(line, day)
    days = calendar(lights.Reckoning(plan.plan, day), "月")
    return promise(line, days, last_year(line, 2026), coming, 14)


def test_an_indicator_by_month(plan: Ledger, liu: Member) -> None:
    panel = drawn(plan, "新开工项目")
    june = told(panel)[5]
    assert june[:6] == ["6月", "严重滞后", 5.0, 10.0, dt.date(2026, 7, 3), "自报"]
    series = {one["name"]: one["data"] for one in panel.chart.option["series"]}
    assert series["实际(个)"][5] == 5.0
    assert series["计划"][11] == 20.0
    assert "上年" not in series
    assert "没有上年的数" in panel.note
    assert "6月实际5个，计划（目标）10个" in panel.chart.says


def test_release_days_are_marked(plan: Ledger) -> None:
    days = calendar(lights.Reckoning(plan.plan, DAY), "月")
    line = line_of(plan, "固定资产投资增长")
    out = releases(line, days)
    assert 0 not in out  # nothing is released for January alone
    assert out[5] > dt.date(2026, 7, 18)
    panel = drawn(plan, "固定资产投资增长")
    assert panel.table.heads[-1].label == "官方发布日"
    assert panel.chart.option["series"][0]["markLine"]["data"]
    assert told(panel)[5][1] == "未到期"  # reported, not released
    assert told(panel)[5][2] == ""


def test_last_years_line_comes_from_last_years_plan(
    plan: Ledger, wang: Member, li: Member, liu: Member
) -> None:
    before = ledger(wang, li, "青禾县2025年行动方案")
    Plan.objects.filter(pk=before.plan.pk).update(year=2025)
    old = Indicator.objects.get(plan=before.plan, name="新开工项目")
    figure = Figure.objects.create(
        indicator=old, unit=before.wang, report=Report.objects.filter(unit=before.wang).first(), since=dt.date(2025, 1, 1),
        until=dt.date(2025, 6, 30), value=Decimal(12), as_of=dt.date(2025, 6, 30),
    )  # fmt: skip
    Revision.objects.create(figure=figure, value=12, source="self", as_of=figure.until, by="王科长", at=Revision.objects.first().at)  # fmt: skip
    row = lights.indicators(plan.plan).get(name="新开工项目")
    line = lights.line_of(row, lights.Reckoning(plan.plan, DAY), lights.told(plan.plan, row.pk)[row.pk])
    last = last_year(line, 2026)
    assert [float(value) if value else None for value in last.values][5] == 12.0
    assert last.plan == "青禾县2025年行动方案"
    Indicator._base_manager.filter(pk=old.pk).update(unit="家")
    assert not last_year(line, 2026).any  # counted in another unit


def test_charts_are_words_patterns_and_plain_tips(plan: Ledger, liu: Member, as_) -> None:
    html = as_(liu).get("/board/?day=2026-07-10").content.decode()
    options = [json.loads(text) for text in re.findall(r'<script id="option-\w+" type="application/json">(.*?)</script>', html)]  # fmt: skip
    assert len(options) >= 3
    for option in options:
        assert option["aria"]["decal"]["show"] is True
        assert option["tooltip"]["renderMode"] == "richText"
        assert option["aria"]["label"]["description"] in html
    assert html.count('role="img"') == len(options)
    assert html.count("<table") >= len(options)


@pytest.mark.parametrize("large", ["", "&large=1"])
def test_letters_of_twenty_for_a_projector(plan: Ledger, liu: Member, as_, large: str) -> None:
    html = as_(liu).get(f"/board/?day=2026-07-10{large}").content.decode()
    assert ('"fontSize": 20' in html) == bool(large)
    assert ('class="large"' in html) == bool(large)


def test_every_table_goes_to_excel(plan: Ledger, liu: Member, as_) -> None:
    client = as_(liu)
    for address in places(plan):
        keys = re.findall(r"xlsx=(\w+)", client.get(address).content.decode())
        assert keys
        for key in keys:
            answer = client.get(f"{address}&xlsx={key}")
            assert answer["Content-Type"].endswith("sheet"), key
            sheet = load_workbook(io.BytesIO(answer.content)).active
            assert sheet.freeze_panes == "A3"
            assert "截至2026年7月10日" in sheet["A1"].value
            assert sheet["A2"].value
            assert (sheet.column_dimensions["A"].width or 0) >= 8


def test_numbers_and_days_are_typed(plan: Ledger, liu: Member, as_) -> None:
    answer = as_(liu).get("/board/?day=2026-07-10&xlsx=gaps")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert isinstance(sheet["D3"].value, float)
    assert sheet["E3"].is_date
    assert as_(liu).get("/board/?xlsx=nothing").status_code == 200  # an unknown table is the page


@pytest.mark.parametrize("post", POSTS)
def test_who_sees_the_dashboards(as_, plan: Ledger, post: str) -> None:
    client = as_(cast("someone", "某人", "青禾县某局", post))
    for address in places(plan):
        answer = client.get(address)
        if post in SYSTEM_POSTS and not address.startswith(("/board/?", "/board/silence")):
            assert answer.status_code == 404, address
            continue
        assert answer.status_code == 200, address
        assert ("青禾县高质量发展行动方案" in answer.content.decode()) == (post not in SYSTEM_POSTS)


def test_another_county_sees_nothing(as_, plan: Ledger, outsider: Member) -> None:
    client = as_(outsider)
    for address in places(plan):
        answer = client.get(f"{address}&plan={plan.plan.pk}&xlsx=tasks")
        assert "新开工" not in answer.content.decode(errors="replace")
        assert answer.status_code == (200 if address.startswith(("/board/?", "/board/silence")) else 404)


def test_what_is_written_by_people_is_escaped(plan: Ledger, liu: Member, as_) -> None:
    bad = "</script><script>alert(1)</script>"
    Indicator.objects.filter(name="新开工项目").update(name=bad, unit=bad[:40])
    type(plan.wang).objects.filter(pk=plan.wang.pk).update(full_name=bad)
    indicator = Indicator.objects.get(name=bad).pk
    for address in (
        "/board/", "/board/silence/", f"/board/units/{plan.wang.pk}/", f"/board/indicators/{indicator}/"
    ):  # fmt: skip
        assert bad not in as_(liu).get(f"{address}?day=2026-07-10").content.decode()


def test_queries_are_pinned(plan: Ledger, liu: Member, as_) -> None:
    client, most = as_(liu), {}
    with CaptureQueriesContext(connection) as bare:
        client.get("/password/")
    for address in places(plan):
        most[address] = cold(client, address)
    for n in range(15):
        row = Indicator.objects.get(name="新开工项目")
        row.pk, row.name, row.order = None, f"指标{n}", 20 + n
        row.save()
    for address in places(plan):
        assert cold(client, address) == most[address] <= len(bare) + 23, address


def cold(client: Client, address: str) -> int:
    """Queries of a page that nobody asked for before."""
    client.get(address)
    forget()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_a_page_just_drawn_is_kept_until_something_is_done(
    plan: Ledger, liu: Member, wang: Member, as_
) -> None:
    client, address = as_(liu), "/board/?day=2026-07-10"
    first = cold(client, address)
    with CaptureQueriesContext(connection) as again:
        client.get(address)
    assert len(again) <= first - 8
    step = add_milestone(plan.tasks[0], Step("开工", dt.date(2026, 6, 30), 1, None), wang.actor)
    assert "开工" in client.get("/board/wall/?day=2026-07-10").content.decode()
    step_on(step, "finish", wang.actor)
    assert "√开工" in client.get("/board/wall/").content.decode()
    assert "√开工" in client.get("/board/wall/?day=2026-07-10").content.decode()


def test_what_one_may_see_is_kept_apart(plan: Ledger, liu: Member, li: Member) -> None:
    for member, seen in ((liu, True), (li, False), (liu, True)):
        client = Client()
        client.force_login(member.account)
        assert (
            "报30%"
            in client.get(f"/board/wall/?day=2026-07-10&action={plan.tasks[2].action_id}").content.decode()
        ) == seen
