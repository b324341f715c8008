"""The whole comparison: levels with 加码 and 未承接, its laws, its sheets and JSON, its cost."""

import json
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.compare.comparing import compare
from luoshi.core.compare.export import as_json
from luoshi.core.compare.model import RELATION_LABELS, IndicatorPair
from luoshi.core.compare.sheets import NOT_LEVELS, sheets
from luoshi.core.compare.wording import EXCESS_LABELS, STATUS_LABELS, TASK_LABELS, title_of
from luoshi.core.plan.model import Document, Plan
from luoshi.core.plan.reading import read_source
from luoshi.core.source.text import SourceText
from tests.core.compare.papers import CITY, COUNTY, promise, read


@pytest.fixture(scope="module")
def levels():
    return compare(read(CITY, "市.txt"), read(COUNTY, "县.txt"))


def test_each_target_of_the_city_against_the_county(levels):
    assert levels.relation == "levels"
    assert [(p.name, p.status) for p in levels.indicators] == [
        ("全县GDP", "firmer"), ("规模工业增加值", "raised"), ("社会消费品零售总额", "same"), ("城镇调查失业率", "raised"),
        ("规模以上工业企业", "portion"), ("茶叶产量", "portion"), ("城镇新增就业", "dropped"), ("5G基站", "new"),
    ]  # fmt: skip


def test_surpluses_of_the_county(levels):
    said = [
        (EXCESS_LABELS[s.kind], s.indicator.name if s.indicator else title_of(s.task.b[0]), s.words)
        for s in levels.surpluses
    ]
    assert said == [
        ("目标加码", "规模工业增加值", "目标比上级高了1.5个百分点"),
        ("目标加码", "城镇调查失业率", "目标比上级低了0.5个百分点（此项越低越好）"),
        ("时限提前", "做强茶叶产业", "时限提前：2026-12-31 → 2026-10-31"),
        ("自加指标", "5G基站", "上级没有对应的指标"),
        ("自加任务", "推广秸秆还田", "上级没有相应任务"),
    ]


def test_what_nobody_below_answers(levels):
    indicator, task = levels.unanswered
    assert isinstance(indicator, IndicatorPair)
    assert indicator.reason == "下级文中提到“城镇新增就业”，没有读出目标，请核对"
    assert title_of(task.a[0]) == "办好老年食堂"


def test_every_row_leads_back_to_both_papers(levels):
    for pair in levels.indicators:
        for said, plan in ((pair.said_a, levels.a), (pair.said_b, levels.b)):
            if said:
                assert said.quote in plan.source.text[said.span.start : said.span.end]
    for pair in levels.tasks:
        assert all(t.quote for side in (pair.a, pair.b) for d in side for t in d.statements)


@pytest.mark.parametrize("relation", ["years", "versions", "peers"])
def test_only_levels_have_surpluses(relation):
    found = compare(read(CITY), read(COUNTY), relation)
    assert (found.surpluses, found.unanswered, found.guessed) == ((), (), False)
    assert all(s.rows[0][1] == NOT_LEVELS for s in sheets(found) if s.title in ("加码", "未承接"))


def test_a_paper_without_tasks_is_said_not_compared():
    bare = read("青禾县方案\n一、主要目标\n力争地区生产总值增长6%,粮食产量达到30万吨。\n", "无任务.txt")
    found = compare(bare, read(COUNTY))
    assert found.tasks == ()
    assert "前一份“无任务.txt”没有读出任务，任务没有对照。" in found.notes


def test_sheets_have_one_value_for_each_column(levels):
    made = sheets(levels)
    assert [s.title for s in made] == ["指标", "任务", "加码", "未承接", "说明"]
    assert all(len(row) == len(s.columns) for s in made for row in s.rows)
    assert made[0].rows[0][:5] == ("要求高于上级", "规模工业增加值", "增长7%", "增长8.5%", "高了1.5个百分点")


def test_json_tells_everything_once(levels):
    told = json.loads(json.dumps(as_json(levels), ensure_ascii=False))
    raised = told["indicators"][told["surpluses"][0]["indicator"]]
    assert (raised["name"], raised["canonical"]) == ("规模工业增加值", "规模以上工业增加值")
    assert {"path", "quote", "start", "end"} <= raised["b"]["places"][0].keys()
    assert told["tasks"][told["unanswered"][1]["task"]]["label"] == "下级没有对应任务"
    assert told["b"]["number"] is None


def test_every_status_has_a_label_in_every_relation():
    assert STATUS_LABELS.keys() == TASK_LABELS.keys() == RELATION_LABELS.keys()
    assert len({frozenset(labels) for labels in STATUS_LABELS.values()}) == 1
    assert len({frozenset(labels) for labels in TASK_LABELS.values()}) == 1


NAMES = (
    "地区生产总值",
    "GDP",
    "社零",
    "社会消费品零售总额",
    "茶叶产量",
    "高新技术企业",
    "企业",
    "城镇调查失业率",
    "农村居民收入增速",
)
targets = st.builds(
    lambda name, kind, op, value, unit: promise(
        name, kind, op, value, unit, **({"reference": "经济增速"} if kind == "relative" else {})
    ),
    st.sampled_from(NAMES),
    st.sampled_from(("growth", "level", "new", "share", "decrease", "rank", "zero", "relative")),
    st.sampled_from(("=", ">=", ">", "<=", "<", "~")),
    st.sampled_from((0.0, 5.0, 6.0, 6.5, None)),
    st.sampled_from(("%", "家", "户", "万元", "亿元", None)),
)


@st.composite
def plans(draw):
    """A plan of up to eight targets, each at its own place."""
    said = draw(st.lists(targets, max_size=8))
    placed = [i._replace(span=i.span._replace(start=n * 20, end=n * 20 + 10)) for n, i in enumerate(said)]
    return Plan(SourceText("甲.txt", "txt", ""), Document(), indicators=tuple(placed))


@settings(deadline=None)
@given(plans())
def test_a_plan_against_itself_is_all_the_same(plan):
    assert {p.status for p in compare(plan, plan, "versions").indicators} <= {"same"}


@settings(deadline=None)
@given(plans(), plans())
def test_turning_the_plans_round_turns_the_verdicts_round(a, b):
    turned = {
        "raised": "lowered", "lowered": "raised", "firmer": "softer", "softer": "firmer", "new": "dropped", "dropped": "new",
    }  # fmt: skip

    def told(x, y, back):
        found = compare(x, y, "versions").indicators
        firsts = [tuple(side and side.first for side in (p.a, p.b)) for p in found]
        sides = [first[::-1] if back else first for first in firsts]
        statuses = [turned.get(p.status, p.status) if back else p.status for p in found]
        return sorted(zip(statuses, map(repr, sides), strict=True))

    assert told(a, b, False) == told(b, a, True)


LINES = COUNTY.splitlines()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(7, len(LINES) - 1), unique=True, max_size=2))
def test_a_paper_against_itself_and_its_mirror(gone):
    paper = read("\n".join(line for n, line in enumerate(LINES) if n not in gone))
    same = compare(paper, paper)
    assert {p.status for p in (*same.indicators, *same.tasks)} <= {"same"}
    there, back = compare(read(COUNTY), paper, "versions"), compare(paper, read(COUNTY), "versions")
    assert sum(t.status == "dropped" for t in there.tasks) == sum(t.status == "new" for t in back.tasks)
    assert [t.score for t in there.tasks if t.b] == [t.score for t in back.tasks if t.a and t.b]


def long_plan(turn):
    """Some 50,000 characters: fifty lines of work, each with its own words."""
    signs = [chr(0x4E00 + n) for n in range(200, 2600)]

    def words(n, size):
        return "".join(signs[(n * 37 + k * 11) % len(signs)] for k in range(size))

    tasks = "\n".join(
        f"{n % 50 + 1}.推进{words(n, 6)}。实施{words(n + turn, 60)},建设{words(n * 3, 50)},新增{words(n, 5)}基地{n + turn}个,完善{words(n * 5, 60)}机制。"
        f"(县{words(n, 2)}局牵头,县{words(n + 1, 2)}局、县{words(n + 2, 2)}局配合)"
        for n in range(240)
    )
    return read_source(SourceText("长.txt", "txt", f"青禾县工作方案\n一、重点任务\n{tasks}\n"))


def test_two_long_plans_are_quick():
    a, b = long_plan(0), long_plan(1)
    assert len(a.source.text) > 48_000
    assert min(len(a.tasks), len(a.indicators)) > 200
    start = process_time()
    found = compare(a, b, "versions")
    assert process_time() - start < 2
    assert sum(t.status not in ("new", "dropped") for t in found.tasks) > 200
