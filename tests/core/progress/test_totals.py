"""Roll-ups, forecasts, rates of projects, boards."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.progress import rates
from luoshi.core.progress.boards import Measure, Row, board
from luoshi.core.progress.forecast import forecast as forecast_of
from luoshi.core.progress.forecast import needed, remaining_days, remaining_mean
from luoshi.core.progress.goals import Datum, Goal
from luoshi.core.progress.lights import Light, Receipt
from luoshi.core.progress.pace import Span, steps
from luoshi.core.progress.rates import Project, four_rates, four_ratios, reconcile
from luoshi.core.progress.rollup import Item, roll_up
from luoshi.core.progress.rounding import shown
from luoshi.core.progress.rules import LEVELS, UNCOUNTED, rules_on

YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))
DAY = date(2024, 8, 31)
RULES = rules_on(DAY)
D, F = Decimal, Fraction


def lit(level: str, completion=None) -> Light:
    receipt = Receipt("", (), RULES.version, RULES.basis, None, DAY)
    return Light(level, RULES.looks[level], receipt, completion=None if completion is None else F(completion))


def items(text: str) -> list[Item]:
    """ok:2 bad silent → three items a, b, c with weights 2, 1, 1; a star marks a key item."""
    made = []
    for name, part in zip("abcdefghij", text.split(), strict=False):
        level, _, weight = part.rstrip("*").partition(":")
        made.append(Item(name, lit(level), F(weight or 1), part.endswith("*")))
    return made


@pytest.mark.parametrize(
    ("given_items", "level"),
    [
        ("ok ok ok", "ok"),
        ("done done", "done"),
        ("done ok", "ok"),
        ("ok ok ok bad", "behind"),  # a quarter red
        ("ok ok bad", "bad"),  # a third
        ("ok ok ok ok bad*", "bad"),  # a key item
        ("ok ok ok ok late", "behind"),
        ("ok ok ok behind", "ok"),
        ("ok ok behind", "behind"),
        ("ok:9 bad:1", "behind"),
        ("ok:7 bad:3", "bad"),
        ("waiting silent off", "waiting"),
        ("", "waiting"),
        ("ok waiting silent off bad:0", "ok"),  # no weight, no say
        ("waiting:100 silent:100 ok", "ok"),
    ],
)
def test_the_rule_of_the_roll_up(given_items, level):
    total = roll_up(items(given_items), DAY, RULES)
    assert total.level == level
    assert sum(total.counts.values()) == len(given_items.split())


def test_weights_of_what_is_left_out_go_to_the_rest():
    rows = [
        Item("甲", lit("ok", "8/10"), F(40)),
        Item("乙", lit("bad", "1/2"), F(20)),
        Item("丙", lit("off"), F(30)),
        Item("丁", lit("silent"), F(10)),
    ]
    total = roll_up(rows, DAY, RULES)
    assert total.shares == {"甲": F(2, 3), "乙": F(1, 3)}
    assert total.completion == F(7, 10)
    assert total.counted == 2
    assert total.receipt.notes[0] == "丁：未报数，不计入，权重按比例分给其余项。"
    assert "70%" in total.receipt.formula


def test_one_item_far_ahead_does_not_hide_another():
    total = roll_up([Item("甲", lit("ok", "3")), Item("乙", lit("bad", "1/2"))], DAY, RULES)
    assert total.completion == F(3, 4)


@pytest.mark.parametrize(
    "rows", [[Item("甲", lit("ok")), Item("甲", lit("bad"))], [Item("甲", lit("ok"), F(-1))]]
)
def test_what_cannot_be_rolled_up(rows):
    with pytest.raises(ValueError, match="核对"):
        roll_up(rows, DAY, RULES)


ITEMS = st.lists(
    st.tuples(st.sampled_from(LEVELS), st.integers(0, 5), st.booleans(), st.integers(0, 12)), max_size=8
)


def made(rows) -> list[Item]:
    return [Item(str(i), lit(level, F(done, 10)), F(w), key) for i, (level, w, key, done) in enumerate(rows)]


@given(ITEMS, st.randoms())
def test_the_order_of_items_does_not_matter(rows, rng):
    listed = made(rows)
    turned = listed[:]
    rng.shuffle(turned)
    assert roll_up(turned, DAY, RULES) == roll_up(listed, DAY, RULES)


@given(ITEMS)
def test_totals_recompute_and_what_is_uncounted_changes_nothing(rows):
    listed = made(rows)
    total = roll_up(listed, DAY, RULES)
    assert not total.shares or sum(total.shares.values()) == 1
    bare = roll_up([i for i in listed if i.light.level not in UNCOUNTED], DAY, RULES)
    assert (bare.level, bare.shares, bare.completion) == (total.level, total.shares, total.completion)


@given(ITEMS, st.integers(1, 9))
def test_weights_count_in_proportion_only(rows, factor):
    listed = made(rows)
    scaled = [i._replace(weight=i.weight * factor) for i in listed]
    assert roll_up(scaled, DAY, RULES) == roll_up(listed, DAY, RULES)


GOAL = Goal("新增企业", "new", ">=", D(120), "家", YEAR)


def monthly(*values, unit="家") -> list[Datum]:
    ends = ["01-31", "02-29", "03-31", "04-30", "05-31", "06-30"]
    return [
        Datum(D(v), unit, date.fromisoformat(f"2024-{e}"), date.fromisoformat(f"2024-{e}"))
        for v, e in zip(values, ends, strict=False)
    ]


@pytest.mark.parametrize(
    ("goal", "data", "low", "high", "says"),
    [
        (GOAL, monthly(10, 20, 30, 40, 50, 60), "120", "120", "120—120家"),
        (GOAL, monthly(10, 20, 30, 30, 30, 30), "30", "60", "最近几期"),
        (GOAL, monthly(5, 10, 15, 30, 45, 60), "120", "150", "推算，不是数据"),
        (GOAL, monthly(10), None, None, "只有1期数"),
        (GOAL, [], None, None, "只有0期数"),
        (GOAL._replace(kind="growth", unit="%", value=D(7)), monthly(5, 6, 7, unit="%"), None, None, "不按进度"),
        (GOAL._replace(flow=False), monthly(5, 6), None, None, "不按进度"),
        (GOAL._replace(curve=steps([(F(1, 2), F(2, 5))])), monthly(10, 20, 30, 40, 50, 60), "120", "150", "计划进度"),
    ],
)  # fmt: skip
def test_forecasts(goal, data, low, high, says):
    found = forecast_of(goal, data, DAY)
    assert [v and shown(v) for v in (found.low, found.high)] == [low, high]
    assert says in found.sentence


@pytest.mark.parametrize(
    ("actual", "as_of", "left", "each", "says"),
    [
        ("60", "08-31", "60", "15", "每月须完成15家，此前每月7.5家"),
        ("90", "08-15", "30", "6.67", "每月须完成6.67家"),
        ("120", "08-31", "0", "0", "正好达到"),
        ("130", "08-31", "0", "0", "超过10家"),
        ("100", "12-31", "20", None, "已到期，差20家"),
        ("0", "01-31", "120", "10.91", "此前每月0家"),
    ],
)
def test_the_run_rate_the_rest_of_the_year_needs(actual, as_of, left, each, says):
    found = needed(GOAL, F(actual), date.fromisoformat(f"2024-{as_of}"))
    assert (shown(found.left), found.per_month if found.per_month is None else shown(found.per_month)) == (
        left,
        each,
    )
    assert says in found.sentence


def test_the_rest_of_a_year_of_days_and_concentrations():
    """魏县: 85 good days short; PM2.5 may be 56 a day for the rest of the year."""
    assert remaining_days(330, 245, 263, 366) == (85, 18)
    assert remaining_days(330, 200, 263, 366)[1] == -27
    assert remaining_mean(D(50), D(47), 244, 366) == 56
    assert remaining_mean(D(50), D(47), 366, 366) is None
    with pytest.raises(ValueError, match="没有下达"):
        needed(GOAL._replace(value=None), F(1), DAY)


def on(text: str) -> date:
    return date.fromisoformat(text)


PROJECTS = [
    Project("甲", "春季", on("2024-01-10"), on("2024-02-01"), on("2024-03-01"), on("2024-08-01"), on("2024-03-31"),
            D(100), D(40), D(50), D(30), D(20), D(10)),
    Project("乙", "春季", on("2024-01-10"), on("2024-03-01"), None, None, on("2024-06-30"), D(200), D(20), D(30), D(10), D(10), D(10)),
    Project("丙", "上年", on("2023-05-10"), None, None, None, None, D(100), None, None, None, None, None),
    Project("丁", "秋季", on("2024-10-10"), None, None, None, on("2025-03-31"), D(100), D(0), D(20), D(5), D(0), D(0)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("batches", "values"),
    [
        (
            (),
            ["2/3", "1/3", "1/3", "1/5"],
        ),  # the project signed in October is not there yet, the one of last year is
        (("春季",), ["1", "1/2", "1/2", "1/5"]),
        (("冬季",), [None, None, None, None]),
    ],
)
def test_the_four_rates_of_projects(batches, values):
    found = four_rates(PROJECTS, DAY, batches)
    assert [r.name for r in found] == ["履约率", "开工率", "投产率", "资金到位率"]
    assert [r.value for r in found] == [v and F(v) for v in values]
    assert all("签约" in r.of for r in found)


def test_a_rate_says_its_denominator_and_what_it_leaves_out():
    found = four_rates(PROJECTS, DAY)
    assert found[3].sentence == "资金到位率 = 60 ÷ 300（签约项目的合同引资额）= 20%，1个项目缺数，未计入。"
    assert four_rates([], DAY)[0].sentence == f"履约率：没有{rates.SIGNED_ALL}，不计算。"


def test_the_four_ratios():
    found = four_ratios(PROJECTS, DAY, D(2), D(50))
    assert [r.value for r in found] == [F(1, 25), F(1, 2), F(2, 3), F(45, 100)]
    assert found[1].left_out == 1  # no day to begin by
    assert four_ratios(PROJECTS, DAY)[0].value is None


def test_books_that_do_not_agree():
    books = {
        "发改": {"甲": {"支付": D(5), "开工": D(1)}, "乙": {"支付": D(7)}},
        "财政": {"甲": {"支付": D("5.0")}, "乙": {"支付": D("6.5")}, "丙": {"支付": D(1)}},
        "项目单位": {"甲": {"开工": D(1), "支付": D(5)}, "乙": {"支付": D(7)}, "丙": {"支付": D(1)}},
    }
    found = reconcile(books)
    assert [d.sentence for d in found] == [
        "丙的支付：发改没有数、财政1、项目单位1。",
        "乙的支付：发改7、财政6.5、项目单位7，相差0.5。",
    ]
    assert len(reconcile(books, D("0.5"))) == 1
    assert reconcile({}) == ()


def places(made) -> list[tuple[str, int]]:
    return [(p.name, p.place) for p in made.placed]


def test_ties_are_kept_and_the_next_place_is_skipped():
    rows = [Row(n, "乡镇", F(v)) for n, v in (("甲", "90"), ("乙", "95"), ("丙", "90"), ("丁", "80"))]
    made = board(Measure("完成率", "%"), rows)
    assert places(made) == [("乙", 1), ("丙", 2), ("甲", 2), ("丁", 4)]
    assert [p.words for p in made.placed][1:3] == ["第2位（并列）"] * 2


def test_groups_are_compared_among_themselves_and_silence_is_no_last_place():
    rows = [
        Row("甲", "乡镇", F(3), before=2),
        Row("乙", "乡镇", F(2), before=1),
        Row("丙", "部门", F(1)),
        Row("丁", "部门", None),
    ]
    made = board(Measure("个数", "个", 0), rows)
    assert places(made) == [("甲", 1), ("乙", 2), ("丙", 1)]
    assert [p.moved for p in made.placed] == [1, -1, None]
    assert [(r.name, r.why) for r in made.unplaced] == [("丁", "没有报数")]
    lowest = board(Measure("发案率", "%", lower_is_better=True), rows)
    assert places(lowest)[:2] == [("乙", 1), ("甲", 2)]
    with pytest.raises(ValueError, match="重名"):
        board(made.measure, [rows[0], rows[0]])


@given(st.lists(st.fractions(0, 100), max_size=12), st.integers(0, 3), st.booleans())
def test_a_place_is_one_more_than_how_many_are_better(values, digits, lower):
    measure = Measure("完成率", "%", digits, lower)
    made = board(measure, [Row(str(i), "", v) for i, v in enumerate(values)])
    printed = {p.name: p.shown for p in made.placed}
    for one in made.placed:
        for other in made.placed:
            assert (one.place == other.place) == (printed[one.name] == printed[other.name])
    assert [p.place for p in made.placed] == sorted(p.place for p in made.placed)
