"""Two stored plans side by side: what the page says, what the address asks for, both sentences, the workbook."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import openpyxl
import pytest

from luoshi.cli import main
from luoshi.intake import reader
from luoshi.intake.comparing import _compared
from luoshi.intake.models import DraftItem
from luoshi.intake.queries import items_of, printed_names
from luoshi.intake.services.adopting import adopt, withdraw
from luoshi.intake.services.editing import delete, edit_item
from luoshi.intake.services.naming import create_units
from luoshi.ledger.models import Plan
from tests.apps.intake.compared import GUESSED, LOWER, UPPER, pair, stored
from tests.apps.intake.plans import received
from tests.people import IDLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(liu, as_):
    return as_(liu)


@pytest.fixture
def both(liu):
    """The query that names the city's plan and the county's."""
    return pair(liu)


def page(client, query, status=200, **headers):
    answer = client.get(f"/plans/compare/?{query}", headers=headers)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def rows(shown):
    """[result, upper, lower, difference] of each row, blanks taken out."""
    body = shown[shown.index("<tbody>") : shown.index("</tbody>")]
    cells = (
        re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    )
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_the_page_opens_with_how_the_two_stand(clerk, both):
    shown = page(clerk, both)
    lead = re.search(r'<p class="lead">(.*?)</p>', shown)[1]
    assert lead == (
        "按上下级对照，下级加码4项（目标加码1项、时限提前1项、自加指标1项、自加任务1项），上级有3项没有承接；"
        f"对应的任务2组，两份都有的指标2项，其中与上级一致1项（{GUESSED}）。"
    )
    tabs = re.search(r'<nav class="tabs".*?</nav>', shown, re.S)[0]
    assert re.findall(r">([^<>]+ \d+)</a>", tabs) == ["指标 5", "任务 4", "加码 4", "未承接 3"]


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        ("indicator", ["要求高于上级 全县林业总产值", "增长9% 全市林业总产值增长9% 出处：一", "增长11% 全县林业总产值增长11% 出处：一", "高了2个百分点 依据"]),
        ("task", ["对应，责任或时限不同", "1.建好油茶加工集群", "时限：2026年8月31日", "时限提前：2026-11-30 → 2026-08-31 依据"]),
        ("surplus", ["目标加码 全县林业总产值", "增长9%", "增长11%", "目标比上级高了2个百分点"]),
        ("unanswered", ["指标 油茶低产林改造面积", "达到8万亩", "没有", "下级没有对应的指标"]),
    ],
)  # fmt: skip
def test_each_tab_begins_with_what_weighs_most(clerk, both, tab, expected):
    first = rows(page(clerk, f"{both}&tab={tab}"))[0]
    assert all(words in cell for words, cell in zip(expected, first, strict=True)), first


def test_planted_surplus_and_unanswered_tasks_are_found(clerk, both):
    assert [row[0].split()[0] for row in rows(page(clerk, f"{both}&tab=surplus"))] == [
        "目标加码", "时限提前", "自加指标", "自加任务",
    ]  # fmt: skip
    unanswered = rows(page(clerk, f"{both}&tab=unanswered"))
    assert [row[1].split()[0] for row in unanswered] == ["达到8万亩", "增长12%以上", "3.养好古树名木。逐株挂牌建档，修剪枯枝，复壮根系，购买古树……"]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 5),
        ("tab=indicator&result=raised", 1),
        ("tab=indicator&result=dropped", 2),
        ("tab=indicator&result=deadline", 5),  # a result that this tab does not have asks nothing
        ("tab=indicator&q=林业 产值", 1),
        ("tab=indicator&q=林业&result=dropped", 0),
        ("tab=task&q=县供销社", 1),
        ("tab=task&q=护林巡查", 1),
        ("tab=indicator&q=没有这样的词", 0),
        ("tab=no-such-tab", 5),
    ],
)
def test_rows_are_sifted_by_result_and_by_words(clerk, both, query, found):
    shown = page(clerk, f"{both}&{query}")
    assert len(re.findall(r'<tr>\s*<td><span class="mark', shown)) == found
    assert ("没有符合条件的内容" in shown) == (found == 0)


def test_typing_asks_only_for_the_rows(clerk, both):
    part = page(clerk, f"{both}&q=林业", **{"HX-Request": "true", "HX-Target": "rows"})
    assert part.startswith('<h2 class="section">指标')
    assert "<html" not in part


@pytest.mark.parametrize(
    ("relation", "heads", "tabs"),
    [("years", ["上年", "本年"], 2), ("peers", ["前者", "后者"], 2), ("levels", ["上级", "下级"], 4), ("nonsense", ["上级", "下级"], 4)],
)  # fmt: skip
def test_the_relation_is_the_one_that_was_chosen(clerk, both, relation, heads, tabs):
    shown = page(clerk, f"{both}&relation={relation}")
    assert re.findall(r'<th scope="col">(.*?)</th>', shown)[1:3] == heads
    assert len(re.findall(r"tab=\w+\"", re.search(r'<nav class="tabs".*?</nav>', shown, re.S)[0])) == tabs
    assert ("关系由您选定" in shown) == (relation != "nonsense")
    assert ("关系由文件推断" in shown) == (relation == "nonsense")


def test_turned_round_the_page_warns_of_the_order(clerk, both):
    turned = re.search(r'href="/plans/compare/\?([^"]+)">前后调换', page(clerk, both))[1]
    assert "后一份看来是上级文件，请把两份文件调换次序再比。" in page(clerk, turned)


class TestCorrections:
    """What a person corrected on the desk counts, not what the machine read."""

    def test_a_corrected_target_is_compared(self, liu, clerk, both):
        lower = Plan.objects.get(title__contains="青禾县")
        item = next(i for i in items_of(lower) if i.data.get("name") == "全县林业总产值")
        edit_item(item, {"value": 7.0}, item.version, liu.actor)
        first = rows(page(clerk, f"{both}&q=林业总产值"))[0]
        assert first[0].startswith("要求低于上级")
        assert "增长7%" in first[2]

    def test_a_deleted_item_is_not(self, liu, clerk, both):
        lower = Plan.objects.get(title__contains="青禾县")
        item = next(i for i in items_of(lower) if i.data.get("name") == "竹材加工点")
        delete([(item, item.version)], liu.actor)
        assert "竹材加工点" not in page(clerk, both)

    @pytest.mark.parametrize(
        ("term", "words"),
        [("2026-11", None), ("2026-10", "时限提前：2026-11-30 → 2026-10-31"), ("2026", "时限推后：2026-11-30 → 2026-12-31")],
    )  # fmt: skip
    def test_a_month_that_was_typed_is_its_last_day(self, liu, clerk, both, term, words):
        lower = Plan.objects.get(title__contains="青禾县")
        item = DraftItem.objects.get(plan=lower, kind="task", data__heading="做强油茶加工集群")
        edit_item(item, {"deadline": term}, item.version, liu.actor)
        told = rows(page(clerk, f"{both}&tab=task&q=油茶加工"))[0][3]
        assert (words in told) if words else ("时限" not in told)

    def test_an_item_added_by_hand_is_compared_too(self, liu, clerk, both):
        lower = Plan.objects.get(title__contains="青禾县")
        words = "展销学员作品"
        at = lower.source.text.index(words)
        clerk.post(f"/plans/{lower.pk}/add/", {"kind": "task", "start": at, "end": at + len(words)})
        assert any(row[0] == "下级自加" and words in row[2] for row in rows(page(clerk, f"{both}&tab=task")))


class TestPlaces:
    """From a row down to both sentences."""

    def link(self, shown):
        return unescape(re.search(r'href="(/plans/compare/places/[^"#]+)', shown)[1])

    def glowing(self, shown):
        """The words that glow, pane by pane."""
        panes = re.split(r'<section class="pane', shown)[1:]
        return ["".join(re.findall(r'class="m here[^>]*>([^<]*)<', pane)) for pane in panes]

    def test_both_sentences_glow_in_their_context(self, clerk, both):
        answer = clerk.get(self.link(page(clerk, both)))
        shown = unescape(answer.content.decode())
        assert self.glowing(shown) == ["全市林业总产值增长9%", "全县林业总产值增长11%"]
        assert "油茶低产林改造面积达到8万亩" in shown  # the sentence around it
        assert "<html" in shown

    def test_each_pane_leads_to_the_whole_text(self, clerk, both):
        shown = unescape(clerk.get(self.link(page(clerk, both))).content.decode())
        for plan, words in zip(
            Plan.objects.order_by("pk"), ("全市林业总产值增长9%", "全县林业总产值增长11%"), strict=True
        ):
            address = re.search(rf'href="(/ledger/plans/{plan.pk}/source/\?at=[^"]+)"', shown)[1]
            assert f">{words}<" in clerk.get(address).content.decode()

    def test_as_a_part_it_leaves_the_address_alone(self, clerk, both):
        answer = clerk.get(self.link(page(clerk, both)), headers={"HX-Request": "true"})
        assert answer.headers["HX-Push-Url"] == "false"
        assert "<html" not in answer.content.decode()

    def test_a_promise_alone_says_that_the_other_side_has_none(self, clerk, both):
        shown = unescape(clerk.get(self.link(page(clerk, f"{both}&tab=unanswered"))).content.decode())
        assert self.glowing(shown) == ["油茶低产林改造面积达到8万亩", ""]
        assert "这一份里没有对应的句子。" in shown

    @pytest.mark.parametrize(
        "garbage", ["", "x", "9-1", "0-0", "1-999999999", "-1-5", "1.2.3", "1-2-3", "²-³", "9" * 5000]
    )
    def test_places_that_are_none_glow_nowhere(self, clerk, both, garbage):
        answer = clerk.get(f"/plans/compare/places/?{both}&{urlencode({'pa': garbage, 'pb': garbage})}")
        assert answer.status_code == 200
        assert self.glowing(answer.content.decode()) == ["", ""]

    def test_every_row_leads_to_words_that_it_quotes(self, clerk, both):
        texts = {"a": UPPER, "b": LOWER}
        for tab in _found(clerk, both)["tabs"]:
            for row in tab["rows"]:
                for side in ("a", "b"):
                    for said in row[side]:
                        start, end = said["places"][0]
                        assert texts[side][start:end].startswith(said["quote"].rstrip("…"))


def _found(client, query):
    return client.get(f"/plans/compare/?{query}").context["found"]


def cells(book):
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_the_workbook_is_the_one_of_the_command_line(clerk, both, tmp_path):
    answer = clerk.get(f"/plans/compare/export.xlsx?{both}")
    assert "attachment" in answer.headers["Content-Disposition"]
    for name, text in (("市.txt", UPPER), ("县.txt", LOWER)):
        (tmp_path / name).write_bytes(text.encode())
    target = tmp_path / "对照.xlsx"
    assert main(["compare", str(tmp_path / "市.txt"), str(tmp_path / "县.txt"), "-o", str(target)]) == 0
    ours, theirs = (cells(openpyxl.load_workbook(book)) for book in (BytesIO(answer.content), target))
    at = next(n for n, row in enumerate(theirs["说明"]) if row[0] == "关系")
    assert ours["说明"][at] == ["关系", "上下级（由文件推断：云岭市在上，青禾县在下）"]
    ours["说明"][at] = theirs["说明"][at]  # there it names an option of the command line
    assert ours == theirs
    shade = openpyxl.load_workbook(BytesIO(answer.content))["指标"]["A2"].fill.fgColor.rgb
    assert shade == "FFFDE9D9"


def test_the_number_of_queries_does_not_grow(liu, clerk, both, monkeypatch, django_assert_num_queries):
    small = [received(monkeypatch, liu, name).pk for name in ("甲.txt", "乙.txt")]
    clerk.get("/plans/")
    for query, parts in ((both, 12), (f"a={small[0]}&b={small[1]}", 0)):
        with django_assert_num_queries(7 + IDLE):
            clerk.get(f"/plans/compare/?{query}")
        with django_assert_num_queries(7):
            clerk.get(f"/plans/compare/export.xlsx?{query}")
        with django_assert_num_queries(5 + IDLE):
            clerk.get(f"/plans/compare/places/?{query}&pa=0-{parts}")


def test_a_comparison_that_takes_too_long_is_stopped_with_a_sentence(clerk, both, monkeypatch):
    _compared.cache_clear()
    monkeypatch.setattr(reader, "SECONDS", 0.001)
    assert "这两份方案太长，30秒内没有比完，已停止。" in page(clerk, both, 409)


class TestWho:
    """Every post that sees plans may compare, inside its own government; 三员 may not."""

    ADDRESSES = ("", "places/", "export.xlsx")

    @pytest.mark.parametrize(
        ("member", "status"),
        [
            ("liu", 200),
            ("wang", 200),
            ("li", 200),
            ("chen_admin", 403),
            ("gao", 403),
            ("auditor", 403),
            ("outsider", 404),
        ],
    )
    def test_every_address_by_every_post(self, request, liu, as_, member, status):
        query = pair(liu)
        client = as_(request.getfixturevalue(member))
        for address in self.ADDRESSES:
            answer = client.get(f"/plans/compare/{address}?{query}")
            assert answer.status_code == status, address
            assert status == 200 or "林业" not in answer.content.decode()

    def test_another_governments_plan_beside_ones_own_is_not_found(self, liu, outsider, as_):
        theirs = stored(outsider, LOWER)
        mine = stored(liu, UPPER)
        for query in (f"a={mine.pk}&b={theirs.pk}", f"a={theirs.pk}&b={mine.pk}"):
            for address in self.ADDRESSES:
                assert as_(liu).get(f"/plans/compare/{address}?{query}").status_code == 404
        answer = as_(liu).post("/plans/compare/", {"a": mine.pk, "b": theirs.pk})
        assert answer.status_code == 422
        assert "不在方案列表里" in answer.content.decode()

    def test_a_withdrawn_plan_is_not_found(self, liu, clerk, both):
        withdraw(Plan.objects.get(title__contains="青禾县"), "印错了", liu.actor)
        page(clerk, both, 404)

    def test_三员_read_why_not(self, auditor, as_):
        answer = as_(auditor).get("/plans/compare/")
        assert answer.status_code == 403
        assert "系统管理员、安全管理员和审计员不能查看方案" in answer.content.decode()
        assert "/plans/compare/" not in as_(auditor).get("/plans/").content.decode()


def test_an_adopted_plan_is_compared_as_well(liu, clerk, both):
    lower = Plan.objects.get(title__contains="青禾县")
    create_units(lower, list(printed_names(items_of(lower))), liu.actor)
    adopt(Plan.objects.get(pk=lower.pk), liu.actor)
    assert "下级加码4项" in page(clerk, both)


@pytest.mark.parametrize("page_", ["/plans/{}/health/", "/plans/{}/"])
def test_a_plans_pages_lead_here_with_the_plan_chosen(clerk, both, page_):
    lower = Plan.objects.get(title__contains="青禾县")
    shown = clerk.get(page_.format(lower.pk)).content.decode()
    assert f'href="/plans/compare/?b={lower.pk}"' in shown
    assert "与另一份对照" in shown
    choose = page(clerk, f"b={lower.pk}")
    assert len(re.findall(rf'<option value="{lower.pk}" selected>', choose)) == 1
    assert (
        '<a class="button" href="/plans/compare/">对照两份方案</a>' in clerk.get("/plans/").content.decode()
    )
