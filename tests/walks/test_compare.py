"""From the list of plans to two sentences: the demo county's two papers, then the city's plan over the county's."""

import re
from html import unescape
from importlib.resources import files
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.ledger.models import Plan
from tests.apps.intake.compared import GUESSED, LOWER, UPPER, file, given

pytestmark = pytest.mark.django_db


def seen(answer):
    """The page as a person reads it."""
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_two_papers_of_the_demo_county(liu, as_):
    clerk = as_(liu)
    for paper in sorted(files("luoshi.demo_county").iterdir(), key=lambda paper: paper.name):
        if paper.name.endswith(".docx"):
            clerk.post("/plans/upload/", {"files": SimpleUploadedFile(paper.name, paper.read_bytes())})
    one, other = Plan.objects.order_by("pk")
    answer = clerk.post("/plans/compare/", {"a": one.pk, "b": other.pk, "relation": "peers"})
    assert answer.headers["Location"] == f"/plans/compare/?a={one.pk}&b={other.pk}&relation=peers"
    shown = seen(clerk.get(answer.headers["Location"]))
    assert re.search(r"按两地对照，对应的任务\d+组，两份都有的指标\d+项", shown)
    assert shown.count('<span class="mark') > 100
    tasks = seen(clerk.get(answer.headers["Location"] + "&tab=task&result=changed"))
    assert "仅后者有" not in re.search(r"<tbody>.*</tbody>", tasks, re.S)[0]
    assert "依据" in tasks


def test_a_city_over_its_county_from_the_list_to_the_sentence(liu, as_):
    clerk = as_(liu)
    lower = given(clerk, LOWER, "县方案.txt")

    way = re.search(r'href="([^"]+)">与另一份对照', seen(clerk.get(f"/plans/{lower.pk}/health/")))[1]
    choose = seen(clerk.get(way))
    assert "不进方案列表和台账；读出的内容临时保留4小时，只有您打得开，过后删除。" in choose
    assert f'<option value="{lower.pk}" selected>' in choose

    answer = clerk.post("/plans/compare/", {"a_files": file(UPPER, "市方案.txt"), "b": lower.pk}, follow=True)
    shown = seen(answer)
    address = answer.redirect_chain[-1][0]
    assert "下级加码4项" in shown
    assert "上级有3项没有承接" in shown
    assert GUESSED in shown
    assert Plan.objects.get() == lower

    surplus = seen(clerk.get(f"{address}&tab=surplus"))
    for words in (
        "目标比上级高了2个百分点",
        "时限提前：2026-11-30 → 2026-08-31",
        "竹材加工点",
        "3.办起竹编夜校",
    ):
        assert words in surplus
    row = surplus[surplus.index("时限提前：") - 2500 : surplus.index("时限提前：")]
    places = seen(clerk.get(re.findall(r'href="(/plans/compare/places/[^"#]+)', row)[-1]))
    glow = re.findall(r'class="m here"[^>]*>([^<]+)<', places)
    assert "11月底前建成油茶交易大厅" in glow[0]
    assert "8月底前建成油茶交易大厅" in glow[1]
    whole = re.search(r'href="(/ledger/plans/\d+/source/[^"#]+)', places)[1]
    assert re.search(r'class="m here"[^>]*>1\.做强油茶加工集群', seen(clerk.get(whole)))

    assert "3.养好古树名木" in seen(clerk.get(f"{address}&tab=unanswered&result=task"))
    book = openpyxl.load_workbook(BytesIO(clerk.get(address.replace("?", "export.xlsx?")).content))
    assert book.sheetnames == ["指标", "任务", "加码", "未承接", "说明"]
    assert [row[0] for row in book["加码"].values] == ["类别", "目标加码", "时限提前", "自加指标", "自加任务"]
    assert [row[0] for row in book["未承接"].values] == ["类别", "指标", "指标", "任务"]
