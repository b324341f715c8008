"""项目一图: towns against stages and rates, of the projects one may see."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.board.panels.ground import ground
from luoshi.board.tables import plain
from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS
from luoshi.core.progress.rates import Rate
from luoshi.projects.queries import projects_of
from tests.people import Member, cast, unit
from tests.projects import project_of


@pytest.fixture
def projects(liu: Member, wang: Member) -> None:
    place = unit("青禾县某局", wang.account.person.government).government
    stone, cloud = unit("石桥镇人民政府", place, rank=2), unit("云台镇人民政府", place, rank=1)
    project_of(wang, "粮油园", "begun", town=stone)
    project_of(wang, "新水厂", "signed", town=stone)
    project_of(wang, "康养谷", "producing", town=cloud)
    project_of(wang, "储备库", "reserve", town=None)


def told(member: Member, at: int) -> list[list[object]]:
    panels = ground(projects_of(member.actor.government_id), 14)
    return [[plain(value) for value in row] for row in panels[at].table.rows]


def test_towns_in_the_order_of_the_register(projects: None, liu: Member) -> None:
    assert told(liu, 0) == [
        ["云台镇人民政府", 0, 0, 0, 1, 1],
        ["石桥镇人民政府", 0, 1, 1, 0, 2],
        ["没有写明乡镇", 1, 0, 0, 0, 1],
    ]


def test_rates_state_their_denominator(projects: None, liu: Member) -> None:
    rows = {row[0]: row for row in told(liu, 1)}
    assert rows["石桥镇人民政府"][2] == "50%（1/2）"
    assert rows["没有写明乡镇"][1:] == ["", "", "", ""]  # nothing signed, no rate, and no nought
    assert rows["全县"][2] == "66.7%（2/3）"
    assert Rate("x", Fraction(0), Fraction(0), None, "y").value is None


@pytest.mark.parametrize("post", POSTS)
def test_one_sees_the_projects_one_may_see(as_, projects: None, post: str) -> None:
    html = as_(cast("someone", "某人", "青禾县林业局", post)).get("/board/projects/").content.decode()
    assert ("粮油园" in html) == (post in ("office", "leader"))
    assert ("项目一图" in html) or post in SYSTEM_POSTS


def test_another_county_sees_none(as_, projects: None, outsider: Member) -> None:
    assert "粮油园" not in as_(outsider).get("/board/projects/").content.decode()


def test_queries_are_pinned(as_, projects: None, liu: Member, wang: Member) -> None:
    client = as_(liu)
    client.get("/board/projects/")
    with CaptureQueriesContext(connection) as before:
        client.get("/board/projects/")
    for n in range(10):
        project_of(wang, f"项目{n}", "begun", town=unit(f"新{n}镇人民政府", wang.account.person.government))
    with CaptureQueriesContext(connection) as after:
        client.get("/board/projects/")
    with CaptureQueriesContext(connection) as bare:
        client.get("/password/")
    assert len(after) == len(before) <= len(bare) + 8
