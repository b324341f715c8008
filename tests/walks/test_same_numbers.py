"""The same day, the same county: page of lights, its workbook, overview, wall, pack, leader's page and paper tell the same numbers."""

import datetime as dt
import io
import re
from collections import Counter

import openpyxl
import pytest
from django.utils import timezone

from luoshi.bulletins.gathering import STANDINGS, gather
from luoshi.meetings.gathering import gather as gather_pack
from luoshi.reporting.models import Figure, Revision, Round
from luoshi.supervision.queries import lights
from tests.meetings import meeting_of
from tests.people import cast
from tests.reporting import fill_all, ledger

pytestmark = pytest.mark.django_db
REDS = ("bad", "late")
TAKEN_BACK = dt.date(2026, 7, 20)
"""Until then a paper, which tells of the time up to its day as it is known now, knows better than the page of that day."""
DAYS = [dt.date(2026, 7, 2), dt.date(2026, 7, 10), dt.date(2026, 8, 6), dt.date(2026, 11, 30)]


@pytest.fixture
def book(liu, wang, li):
    """June reported, one figure of it corrected on the same day and one taken back later; July asked, due on 5 August, and
    not reported: reds of July are stale."""
    made = ledger(wang, li)
    type(made.plan).objects.filter(pk=made.plan.pk).update(year=2026)
    made.plan.refresh_from_db()
    round = made.round(liu.actor, "2026年6月")
    fill_all(round, made.wang, wang.actor, value="11")
    fill_all(round, made.li, li.actor, value="900")
    Revision.objects.update(at=timezone.make_aware(dt.datetime(2026, 7, 3, 10)))
    Round.objects.filter(pk=round.pk).update(due=dt.date(2026, 7, 6))
    for name, value, day in (("新开工项目", 3, 3), ("净增规上企业", None, 20)):
        figure = Figure.objects.get(indicator__name=name, unit=made.wang)
        at = timezone.make_aware(dt.datetime(2026, 7, day, 15))
        figure.revisions.create(value=value, source="self", as_of=figure.until, by="王科长", at=at)
    Round.objects.create(
        government=made.plan.government, plan=made.plan, rhythm="月", since=dt.date(2026, 7, 1), until=dt.date(2026, 7, 31),
        opens=dt.date(2026, 7, 25), due=dt.date(2026, 8, 5), opened_by="刘主任",
    )  # fmt: skip
    return made


def said(sentence: str) -> dict[str, int]:
    """达到序时3项、滞后1项 → words with their numbers."""
    return {word: int(n) for word, n in re.findall(r"([^、：（，。]+?)(\d+)项", sentence)}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_one_day_one_set_of_numbers(as_, liu, book, day):
    client, address = as_(liu), f"plan={book.plan.pk}&day={day}"
    page = client.get(f"/lights/?{address}").context
    tabs = {slug: n for slug, _, n in page["tabs"]}
    lines = lights.lines_of(liu.actor, book.plan, day)
    words = Counter(line.light.look.word for line in lines)
    reds = sum(line.light.level in REDS for line in lines)
    assert sum(tabs.values()) == len(lines) == 4
    assert tabs["bad"] + page["stale_reds"] == reds

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/lights/export.xlsx?{address}").content)).active
    cells = Counter(row[2] for row in sheet.iter_rows(values_only=True))
    assert {word: cells[word] for word in words} == words

    board = client.get(f"/board/?{address}")
    total, _, rest = board.context["says"].partition("：")
    assert total == "4项指标和任务"
    assert said(rest.split("。")[0]) == words
    actions = next(panel.table for panel in board.context["panels"] if panel.table.key == "actions")
    assert sum(row[2] for row in actions.rows) == 4
    assert sum(row[5] for row in actions.rows) == reds

    pack = gather_pack(meeting_of(liu, book.plan, day=day), day, liu.actor)
    assert sum(row["level"] in REDS for row in dict(pack["agenda"]["sections"]).get("red", ())) == reds

    at = {line.indicator.pk: line for line in lines if line.indicator}
    for fact in gather(book.plan, "2026年", day).indicators if day > TAKEN_BACK else ():
        line = at[int(fact.key.split(":")[1])]
        assert fact.state == STANDINGS[line.light.level], fact.name
        assert fact.actual == line.actual, fact.name


def test_a_leader_is_told_of_as_many_reds(as_, liu, book):
    page = as_(cast("lu", "陆县长", "青禾县人民政府", "leader")).get("/").context
    lines = lights.lines_of(liu.actor, book.plan, timezone.localdate())
    assert page["red_count"] + page["red_stale"] == sum(line.light.level in REDS for line in lines) > 0
