"""The lists people work with go to Excel: typed cells, widths, a frozen head; the rows one may see, as filtered, at a fixed price."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.bulletins.services.writing import Asked, start
from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS
from luoshi.reporting.models import Burden, Round
from tests.apps.board.book import DAY, reported
from tests.people import Member, cast
from tests.reporting import Ledger
from tests.supervision import order_of


@pytest.fixture
def plan(liu: Member, wang: Member, li: Member) -> Ledger:
    made = reported(liu, wang, li)
    order_of(liu, wang, title="=1+1", task=made.tasks[0])
    start(Asked(made.plan, "month", "2026年6月", DAY), by=liu.actor)
    Burden.objects.update(month=dt.date(2026, 7, 1))
    return made


def addresses() -> dict[str, str]:
    return {
        "/lights/export.xlsx?day=2026-07-10": "指标或任务",
        "/orders/export.xlsx?group=all": "事项",
        "/reporting/export.xlsx": "轮次",
        f"/reporting/rounds/{Round.objects.get().pk}/units.xlsx": "单位",
        "/reporting/burden.xlsx?month=2026-07": "单位",
        "/bulletins/export.xlsx": "标题",
    }


def sheet(client, address: str) -> Worksheet:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"].endswith("sheet"), address
    return load_workbook(io.BytesIO(answer.content)).active


def column(found: Worksheet, label: str) -> list[object]:
    at = [cell.value for cell in found[2]].index(label)
    return [row[at].value for row in found.iter_rows(min_row=3)]


def test_every_list_is_a_clean_sheet(as_, plan: Ledger, liu: Member) -> None:
    client = as_(liu)
    for address, label in addresses().items():
        found = sheet(client, address)
        assert found.freeze_panes == "A3", address
        assert found["A1"].value, address
        assert column(found, label), address
        widths = [found.column_dimensions[cell.column_letter].width for cell in found[2]]
        assert all(8 <= width <= 80 for width in widths), address


def test_words_stay_words_numbers_numbers_and_days_days(as_, plan: Ledger, liu: Member) -> None:
    client = as_(liu)
    found = sheet(client, "/lights/export.xlsx?day=2026-07-10")
    gaps = dict(zip(column(found, "指标或任务"), column(found, "差"), strict=True))
    assert gaps["新开工项目"] == -25
    assert dt.datetime(2026, 6, 30) in column(found, "数据截至")
    assert column(sheet(client, "/orders/export.xlsx?group=all"), "事项") == ["=1+1"]
    assert sheet(client, "/orders/export.xlsx?group=all")["B3"].data_type == "s"


def test_filters_hold_for_the_sheet(as_, plan: Ledger, liu: Member) -> None:
    client = as_(liu)
    assert column(sheet(client, "/orders/export.xlsx?group=closed"), "事项") == []
    assert column(sheet(client, "/bulletins/export.xlsx?state=issued"), "标题") == []
    assert column(sheet(client, "/reporting/burden.xlsx?month=2020-01"), "单位") == []


def test_one_gets_what_one_may_see(as_, plan: Ledger, liu: Member, li: Member) -> None:
    clerk = as_(li)
    assert column(sheet(clerk, "/orders/export.xlsx?group=all"), "事项") == []
    assert column(sheet(clerk, "/reporting/burden.xlsx?month=2026-07"), "单位") == ["青禾县教育局"]
    assert column(sheet(clerk, "/bulletins/export.xlsx"), "标题") == []


@pytest.mark.parametrize("post", SYSTEM_POSTS)
def test_the_system_posts_get_no_business(as_, plan: Ledger, post: str) -> None:
    assert post in POSTS
    client = as_(cast("someone", "某人", "青禾县数据局", post))
    for address in addresses():
        answer = client.get(address)
        if address.startswith("/orders/"):
            assert column(sheet(client, address), "事项") == []
        else:
            assert answer.status_code in (403, 404), address


def test_another_county_gets_nothing(as_, plan: Ledger, outsider: Member) -> None:
    client = as_(outsider)
    for address, label in addresses().items():
        answer = client.get(address)
        if answer.status_code == 200:
            assert column(load_workbook(io.BytesIO(answer.content)).active, label) == [], address
        else:
            assert answer.status_code == 404, address


def test_a_longer_list_costs_no_more_queries(as_, plan: Ledger, liu: Member, wang: Member) -> None:
    client, before = as_(liu), {}
    for address in addresses():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        before[address] = len(asked)
    for n in range(10):
        order_of(liu, wang, title=f"事项{n}")
        start(Asked(plan.plan, "month", "2026年6月", DAY), by=liu.actor)
    for address, most in before.items():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= most, address
