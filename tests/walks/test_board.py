"""挂图作战, a Monday: the office hangs the chart on the wall, the leader finds what is red, everybody takes numbers away."""

import io
import re

import pypdfium2
import pytest
from openpyxl import load_workbook

from luoshi.core.writing.pdf import office
from luoshi.ledger.models import SourceText, Task
from luoshi.ledger.services.milestones import Step, add_milestone, step_on
from tests.apps.board.book import DAY, reported
from tests.people import Member, cast

ON = "day=2026-07-10"


def first(html: str, pattern: str) -> str:
    found = re.search(pattern, html)
    assert found, pattern
    return found[1].replace("&amp;", "&")


def test_from_the_overview_to_the_sentence_and_onto_the_wall(
    as_, liu: Member, wang: Member, li: Member
) -> None:
    plan = reported(liu, wang, li)
    task = plan.tasks[0]
    SourceText.objects.create(plan=plan.plan, text=f"{task.quote}：年内开工二十个。")
    task.leaders.create(name="陆怀远", order=1)
    step = add_milestone(task, Step("开工", DAY, 1, None), wang.actor)
    office_client = as_(liu)

    # The overview says how it stands; one press leads to the action, one more to the indicator, one more to the light's receipt.
    overview = office_client.get(f"/board/?{ON}").content.decode()
    assert "4项指标和任务" in overview
    action = first(overview, r'href="(/board/actions/\d+/)"')
    page = office_client.get(f"{action}?{ON}").content.decode()
    indicator = first(page, r'href="(/board/indicators/\d+/)">新开工项目')
    course = office_client.get(f"{indicator}?{ON}").content.decode()
    assert "6月实际5个，计划（目标）10个" in course
    assert "完成率" in office_client.get(first(course, r'href="(/lights/\d+/[^"]*)"')).content.decode()

    # The chart: narrowed to the action, each row one press from the task and its sentence.
    wall = office_client.get(f"{first(page, r'href=.(/board/wall/[^`]*?action=[0-9]+)')}").content.decode()
    assert "□开工" in wall
    address = first(wall, r'href="(/ledger/tasks/\d+/)"')
    assert (
        Task._base_manager.get(pk=int(address.split("/")[3])).quote
        in office_client.get(address).content.decode()
    )
    sha = first(wall, r"快照校验值 <code>(\w{12})")

    # The unit does its step; the screen on the wall is told, the sheet that hangs there is known to be old.
    shown = first(office_client.get(f"/board/wall/screen/?{ON}").content.decode(), r'data-hash="(\w+)"')
    assert office_client.get(f"/board/wall/screen/?{ON}&hash={shown}").status_code == 204
    step_on(step, "finish", wang.actor)
    assert office_client.get("/board/wall/screen/", {"hash": shown}).status_code == 200
    now = office_client.get(f"/board/wall/?action={task.action_id}").content.decode()
    assert "√开工" in now
    assert first(now, r"快照校验值 <code>(\w{12})") != sha

    # The leader sees what is theirs with one press.
    leader = as_(cast("luhuaiyuan", "陆怀远", "青禾县人民政府办公室", "leader"))
    mine = leader.get(first(leader.get("/board/wall/").content.decode(), r'href="(\?[^"]*leader=[^"]+)">只看我分管的').replace("?", "/board/wall/?", 1))  # fmt: skip
    assert "新开工亿元项目" in mine.content.decode()
    assert "建成公办幼儿园" not in mine.content.decode()

    # Numbers to take away.
    book = load_workbook(io.BytesIO(leader.get(f"/board/silence/?{ON}&xlsx=silence").content)).active
    assert {row[0].value for row in book.iter_rows(min_row=3)} == {"青禾县发展和改革局", "青禾县教育局"}


@pytest.mark.skipif(not office(), reason="LibreOffice prints the sheets")
def test_the_printed_sheet_bears_the_hash_of_the_page(as_, liu: Member, wang: Member, li: Member) -> None:
    reported(liu, wang, li)
    client = as_(liu)
    sha = first(client.get(f"/board/wall/?{ON}").content.decode(), r"快照校验值 <code>(\w{12})")
    answer = client.get(f"/board/wall/a3.pdf?{ON}")
    assert answer["Content-Type"] == "application/pdf"
    assert "A3" in answer["Content-Disposition"]
    document = pypdfium2.PdfDocument(answer.content)
    words = document[0].get_textpage()
    assert sha in words.get_text_range()
    words.close()
    document.close()
