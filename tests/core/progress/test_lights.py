"""Lights: the test vectors of papers that counties published, rows for every kind of promise, and what must always hold."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.model import Indicator
from luoshi.core.progress import pace, rules
from luoshi.core.progress.goals import Datum, Goal
from luoshi.core.progress.lights import TaskState, light, points, task_light
from luoshi.core.progress.pace import Span, drawn, front_loaded, seasonal, steps, time_share
from luoshi.core.progress.promising import goal_of
from luoshi.core.progress.releases import national_clock, read_clock
from luoshi.core.progress.rounding import rounded, shown
from luoshi.core.progress.rules import LEVELS, UNCOUNTED, read_rules, rules_on, shipped
from luoshi.core.source.text import Span as Place
from luoshi.core.workdays import national

YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))
CLOCK = national_clock()
RULES = rules_on(date(2024, 6, 30))
D = Decimal


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def goal(kind="new", op=">=", value="100", unit="家", **more) -> Goal:
    return Goal("某项", kind, op, None if value is None else D(value), unit, YEAR, **more)


def at(value, as_of, unit="家", known="12-31", **more) -> Datum:
    return Datum(D(value), unit, day(as_of), day(known), **more)


def judged(g: Goal, *data: Datum, on="12-31", due=None):
    return light(g, data, day(on), RULES, CLOCK, due and day(due))


@pytest.mark.parametrize(
    ("as_of", "done", "target", "gap", "digits"),
    [
        ("08-31", "74", "100", "+7.33", 2),
        ("08-15", "61.14", "100", "-1.36", 2),
        ("08-01", "61.14", "100", "-1.36", 2),
        ("10-31", "629.0", "647.4", "+13.8", 1),
        ("10-31", "125.64", "100", "+42.31", 2),
        ("06-30", "41.8", "100", "-8.2", 2),
        ("12-31", "100", "100", "0", 2),
    ],
)
def test_published_vectors(as_of, done, target, gap, digits):
    """三元区, 云浮, 江门, 攀枝花, 崇信 (domain.md §4.3): subtracted unrounded, rounded last."""
    made = judged(goal(value=target, unit="亿元"), at(done, as_of, "亿元"))
    assert points(made.gap, digits) == gap
    assert made.gap_unit == "个百分点"


def test_completion_is_printed_from_the_unrounded_share():
    made = judged(goal(value="647.4", unit="亿元"), at("629.0", "10-31", "亿元"))
    assert shown(made.completion * 100, 1) == "97.2"
    assert "97.16%" in made.receipt.formula


@pytest.mark.parametrize(
    ("method", "on", "share"),
    [
        ("half-month", "01-31", "1/12"),
        ("half-month", "01-01", "1/24"),
        ("half-month", "02-29", "1/6"),
        ("half-month", "12-31", "1"),
        ("ten-day", "01-10", "1/36"),
        ("ten-day", "01-20", "1/18"),
        ("ten-day", "02-29", "1/6"),
        ("days", "01-31", "1/12"),
        ("days", "02-15", "11/87"),
    ],
)
def test_time_share(method, on, share):
    assert time_share(day(on), YEAR, method) == Fraction(share)


def test_time_share_of_a_part_of_the_year():
    spring = Span(day("03-01"), day("06-30"))
    shares = [time_share(day(d), spring) for d in ("02-29", "03-31", "04-15", "06-30", "09-01")]
    assert shares == [0, Fraction(1, 4), Fraction(3, 8), 1, 1]
    with pytest.raises(ValueError, match="颠倒"):
        time_share(day("03-01"), Span(day("03-02"), day("03-01")))


CURVES = {
    "front": front_loaded([35, 60, 80, 100], "一季度开门红、双过半"),
    "seasonal": seasonal([2, 3, 5, 8, 10, 12, 12, 12, 12, 10, 8, 6]),
    "step": steps(),
    "drawn": drawn([(day("03-31"), Fraction(1, 10)), (day("09-30"), Fraction(4, 5))], YEAR, "half-month"),
}


@pytest.mark.parametrize(
    ("kind", "as_of", "done", "gap", "level"),
    [
        ("front", "06-30", "55", "-5", "behind"),
        ("front", "04-30", "43.33", "-0", "behind"),
        ("front", "12-31", "100", "0", "done"),
        ("seasonal", "06-30", "40", "0", "ok"),
        ("seasonal", "06-30", "29.9", "-10.1", "bad"),
        ("step", "11-30", "0", "0", "ok"),
        ("step", "12-31", "99", "-1", "bad"),
        ("drawn", "06-30", "45", "0", "ok"),
        ("drawn", "03-31", "12", "+2", "ok"),
    ],
)
def test_planned_curves(kind, as_of, done, gap, level):
    made = judged(goal(curve=CURVES[kind]), at(done, as_of))
    assert (points(made.gap), made.level) == (gap.replace("-0", "0") if gap == "-0" else gap, level)


@pytest.mark.parametrize(
    "build",
    [
        lambda: front_loaded([60, 35, 80, 100]),
        lambda: front_loaded([35, 60, 80, 90]),
        lambda: front_loaded([]),
        lambda: seasonal([0, 0]),
        lambda: seasonal([2, -1]),
        lambda: drawn([(day("06-30"), Fraction(3, 2))], YEAR, "half-month"),
    ],
)
def test_a_curve_that_falls_or_does_not_arrive_is_refused(build):
    with pytest.raises(ValueError, match="核对"):
        build()


PM = {"kind": "limit", "op": "<=", "value": "35", "unit": "微克/立方米", "flow": False}
ROWS = [
    # goal, actual (unit of the goal), as of, level, gap
    ({"kind": "new"}, "60", "06-30", "ok", "+10"),
    ({"kind": "new"}, "49", "06-30", "behind", "-1"),
    ({"kind": "new"}, "40", "06-30", "behind", "-10"),
    ({"kind": "new"}, "39.99", "06-30", "bad", "-10.01"),
    ({"kind": "new"}, "100", "06-30", "done", "+50"),
    ({"kind": "new", "op": ">"}, "100", "12-31", "bad", "0"),
    ({"kind": "new", "op": ">"}, "101", "12-31", "done", "+1"),
    ({"kind": "new"}, "99", "12-31", "bad", "-1"),  # the time is up
    # growth and shares are never prorated
    ({"kind": "growth", "value": "7", "unit": "%"}, "7", "03-31", "ok", "0"),
    ({"kind": "growth", "value": "7", "unit": "%"}, "6.4", "03-31", "behind", "-0.6"),
    ({"kind": "growth", "value": "7", "unit": "%"}, "5.9", "03-31", "bad", "-1.1"),
    ({"kind": "growth", "value": "7", "unit": "%"}, "-2", "03-31", "bad", "-9"),
    ({"kind": "growth", "value": "7", "unit": "%", "op": ">"}, "7", "03-31", "behind", "0"),
    ({"kind": "growth", "value": "7", "unit": "%", "op": "~"}, "6.6", "03-31", "ok", "+0.1"),
    ({"kind": "growth", "value": "7", "unit": "%"}, "7", "12-31", "done", "0"),
    ({"kind": "growth", "value": "7", "unit": "%"}, "6.9", "12-31", "bad", "-0.1"),
    ({"kind": "growth", "value": "2", "unit": "个百分点"}, "1.5", "06-30", "behind", "-0.5"),  # growth in points
    ({"kind": "growth", "value": "2", "unit": "个百分点"}, "2.1", "06-30", "ok", "+0.1"),
    ({"kind": "share", "value": "60", "unit": "%"}, "60.2", "06-30", "ok", "+0.2"),
    ({"kind": "share", "value": "90", "unit": "%", "base": D(80)}, "89.5", "06-30", "behind", "-0.5"),
    ({"kind": "share", "value": "5.5", "unit": "%", "op": "<="}, "5.4", "06-30", "ok", "+0.1"),  # lower is better
    ({"kind": "share", "value": "5.5", "unit": "%", "op": "<="}, "5.5", "06-30", "ok", "0"),
    ({"kind": "share", "value": "5.5", "unit": "%", "op": "<"}, "5.5", "06-30", "behind", "0"),
    ({"kind": "share", "value": "5.5", "unit": "%", "op": "<="}, "6.6", "06-30", "bad", "-1.1"),
    ({"kind": "share", "value": "13.8", "unit": "%", "lower_is_better": True}, "14", "06-30", "behind", "-0.2"),
    ({"kind": "decrease", "value": "3", "unit": "%"}, "3.5", "06-30", "ok", "+0.5"),
    # limits
    (PM, "33.25", "06-30", "ok", "+5"),
    (PM, "36.75", "06-30", "behind", "-5"),
    (PM, "37", "06-30", "bad", "-5.71"),
    ({"kind": "limit", "op": "<=", "value": "10", "unit": "起"}, "4", "06-30", "ok", "+10"),
    ({"kind": "limit", "op": "<=", "value": "10", "unit": "起"}, "6", "06-30", "behind", "-10"),
    ({"kind": "limit", "op": "<=", "value": "10", "unit": "起"}, "11", "11-30", "bad", "-18.33"),
    ({"kind": "limit", "op": "<=", "value": "10", "unit": "起"}, "10", "12-31", "done", "0"),
    # ranks: the first place is the best
    ({"kind": "rank", "op": "<=", "value": "3", "unit": "位"}, "2", "06-30", "ok", "+1"),
    ({"kind": "rank", "op": "<=", "value": "3", "unit": "位"}, "4", "06-30", "behind", "-1"),
    ({"kind": "rank", "op": "<=", "value": "3", "unit": "位"}, "6", "06-30", "bad", "-3"),
    # nothing may happen; something is to be cleared; something is to happen at all
    ({"kind": "zero", "value": None, "unit": ""}, "0", "06-30", "ok", "0"),
    ({"kind": "zero", "value": None, "unit": ""}, "1", "06-30", "bad", "-100"),
    ({"kind": "zero", "value": None, "unit": ""}, "0", "12-31", "done", "0"),
    ({"kind": "zero", "value": None, "unit": "", "zero": "clear"}, "3", "06-30", "waiting", None),
    ({"kind": "zero", "value": None, "unit": "", "zero": "clear"}, "3", "12-31", "bad", "-100"),
    ({"kind": "zero", "value": None, "unit": "", "zero": "clear", "base": D(12)}, "6", "06-30", "ok", "0"),
    ({"kind": "zero", "value": None, "unit": "", "zero": "clear", "base": D(12)}, "9", "06-30", "bad", "-25"),
    ({"kind": "zero", "value": None, "unit": "", "zero": "break"}, "0", "06-30", "waiting", None),
    ({"kind": "zero", "value": None, "unit": "", "zero": "break"}, "2", "06-30", "done", "0"),
    ({"kind": "zero", "value": None, "unit": "", "zero": "break"}, "0", "12-31", "bad", "-100"),
    # stocks: the way from the base, or met or not
    ({"kind": "level", "flow": False, "base": D(80), "value": "90"}, "85", "06-30", "ok", "0"),
    ({"kind": "level", "flow": False, "base": D(80), "value": "90"}, "80", "06-30", "bad", "-50"),
    ({"kind": "level", "flow": False, "base": D(40), "value": "30"}, "36", "06-30", "behind", "-10"),
    ({"kind": "level", "flow": False, "base": D(40), "value": "30"}, "30", "12-31", "done", "0"),
    ({"kind": "level", "flow": False, "value": "400"}, "390", "06-30", "waiting", None),
    ({"kind": "level", "flow": False, "value": "400"}, "405", "06-30", "ok", None),
    ({"kind": "level", "flow": False, "value": "400"}, "405", "12-31", "done", "+1.25"),
    ({"kind": "level", "flow": False, "value": "400"}, "390", "12-31", "bad", "-2.5"),
]  # fmt: skip


@pytest.mark.parametrize(("given_goal", "actual", "as_of", "level", "gap"), ROWS)
def test_every_kind(given_goal, actual, as_of, level, gap):
    g = goal(**given_goal)
    made = judged(g, at(actual, as_of, g.unit))
    assert (made.level, None if made.gap is None else points(made.gap)) == (level, gap)
    assert made.look.word
    assert made.look.shape
    assert made.receipt.formula
    assert made.receipt.rule == "default@2000-01-01"
    assert made.receipt.as_of == day(as_of)


@pytest.mark.parametrize(
    ("actual", "reference", "op", "level"),
    [("7.1", "6", ">", "ok"), ("6", "6", ">", "behind"), ("6", "6", ">=", "ok"), ("4.9", "6", ">", "bad"),
     ("4.9", "6", "<", "ok"), ("7", None, ">", "waiting")],
)  # fmt: skip
def test_relative_to_another_figure(actual, reference, op, level):
    g = goal("relative", op, None, "%", reference="经济增速", lower_is_better=op == "<")
    datum = at(actual, "06-30", "%", reference=D(reference) if reference else None)
    assert judged(g, datum).level == level


def test_the_clock_of_statistics():
    gdp = goal("growth", ">=", "7", "%", statistic="地区生产总值")
    early = at("2", "02-29", "%", "03-01", source="部门")
    first = at("5.5", "03-31", "%", "04-25", source="统计")
    assert judged(gdp, early, on="04-10").level == "waiting"  # nothing is out yet
    assert "季" in judged(gdp, early, on="04-10").receipt.formula
    assert judged(gdp, early, on="04-24").level == "waiting"  # 20 April and five days are the 25th
    assert judged(gdp, early, first, on="04-25").level == "bad"
    assert judged(gdp, on="04-26").level == "silent"
    assert judged(gdp, first, on="07-20").freshness == "current"
    assert judged(gdp, first, on="07-26").freshness == "stale"
    # a department's own first number for the half-year is not looked at before the official one is out
    own = at("9", "06-30", "%", "07-02", source="部门")
    assert judged(gdp, first, own, on="07-20").receipt.as_of == day("03-31")
    # but what the statistics office has handed over is out, whatever the calendar says
    official = at("9", "06-30", "%", "07-19", source="统计")
    assert judged(gdp, first, official, on="07-20").level == "ok"


@pytest.mark.parametrize(
    ("name", "on", "out"),
    [
        ("固定资产投资", "2024-02-28", "2023-12-31"),  # January alone never comes
        ("固定资产投资", "2024-03-25", "2024-02-29"),
        ("社会消费品零售总额", "2024-05-23", "2024-04-30"),
        ("地区生产总值", "2024-04-24", "2023-12-31"),
        ("地区生产总值", "2024-04-25", "2024-03-31"),
        ("城镇居民人均可支配收入", "2024-07-25", "2024-06-30"),
        ("居民消费价格指数", "2024-02-18", "2024-01-31"),
        ("全社会研发经费投入", "2024-12-31", "2023-12-31"),
    ],
)
def test_what_is_out_on_a_day(name, on, out):
    series = CLOCK.series(name)
    assert CLOCK.at_hand(series, date.fromisoformat(on)).end == date.fromisoformat(out)


def test_departments_count_the_rest_themselves():
    assert CLOCK.series("争取上级资金") is None
    assert CLOCK.series("某地自定指标") is None
    with pytest.raises(ValueError, match="读不了或不完整"):
        read_clock("basis = 1")


@pytest.mark.parametrize(
    ("data", "on", "due", "level", "fresh"),
    [
        ([], "06-30", None, "waiting", "none"),  # nothing was due
        ([], "06-30", "05-31", "silent", "silent"),
        ([("60", "05-31", "06-03")], "06-30", "05-31", "ok", "current"),
        ([("40", "04-30", "05-03")], "06-30", "05-31", "ok", "stale"),
        ([("60", "05-31", "07-03")], "06-30", "05-31", "silent", "silent"),  # not known yet on that day
    ],
)
def test_silent_and_stale_are_apart_from_bad(data, on, due, level, fresh):
    made = judged(goal(), *(at(v, a, known=k) for v, a, k in data), on=on, due=due)
    assert (made.level, made.freshness) == (level, fresh)


def test_pending_and_cancelled_are_grey_whatever_was_reported():
    bad = at("0", "12-31")
    for g in (goal(status="pending"), goal(value=None), goal(status="cancelled")):
        made = judged(g, bad)
        assert made.look.colour == "grey"
        assert not made.counted


def test_a_revision_counts_from_the_day_it_is_known_and_a_past_day_stays_as_it_was():
    first, revised = at("60", "06-30", known="07-03"), at("30", "06-30", known="08-10")
    before = judged(goal(), first, on="07-31")
    assert judged(goal(), first, revised, on="07-31") == before
    assert (before.level, judged(goal(), revised, first, on="08-10").level) == ("ok", "bad")


def test_a_missing_period_is_not_a_zero():
    g = goal(cumulation="sum")
    months = [at("5", f"{m:02}-28", first=day(f"{m:02}-01")) for m in (1, 2, 4, 5)]
    months = [
        d._replace(as_of=date(2024, m + 1, 1) - timedelta(days=1))
        for d, m in zip(months, (1, 2, 4, 5), strict=True)
    ]
    made = judged(g, *months)
    assert made.level == "silent"
    assert "缺的不当作0" in made.receipt.notes[0]
    whole = [*months, at("6", "03-31", first=day("03-01"))]
    assert judged(g, *whole).level == "bad"  # 26 of 100 by the end of May
    assert judged(goal(cumulation="sum", value="40"), *months).level == "ok"  # enough without it


@pytest.mark.parametrize(
    ("deadline", "done", "on", "level", "says"),
    [
        ("06-30", None, "05-01", "waiting", "工作日"),
        ("06-30", None, "06-26", "near", "还有2个工作日"),
        ("06-30", None, "06-30", "near", "还有0个工作日"),
        ("06-30", None, "07-02", "late", "过时限2天"),
        ("06-30", "06-20", "07-02", "done", "2024-06-20完成"),
        ("06-30", "07-05", "07-09", "done", "晚5天"),
        ("06-30", "07-05", "07-02", "late", "过时限2天"),
        (None, None, "07-02", "waiting", "没有写明时限"),
    ],
)  # fmt: skip
def test_tasks(deadline, done, on, level, says):
    state = TaskState(deadline and day(deadline), done and day(done), moved=2)
    made = task_light(state, day(on), RULES, national())
    assert made.level == level
    assert says in made.receipt.formula
    assert made.receipt.inputs[1].value == "2次"
    assert task_light(state._replace(status="cancelled"), day(on), RULES, national()).level == "off"


@pytest.mark.parametrize(
    ("gap", "default", "yinchuan"),
    [("0", "ok", "ok"), ("-5", "behind", "ok"), ("-9.99", "behind", "ok"), ("-10", "behind", "behind"), ("-10.01", "bad", "behind"),
     ("-30", "bad", "behind"), ("-30.01", "bad", "bad")],
)  # fmt: skip
def test_thresholds_are_the_places_own(gap, default, yinchuan):
    data = [at(str(50 + D(gap)), "06-30")]
    other = next(r for r in shipped() if r.version.startswith("yinchuan"))
    levels = [light(goal(), data, day("12-31"), r, CLOCK).level for r in (RULES, other)]
    assert levels == [default, yinchuan]


def test_rules_are_dated():
    other = shipped()[1]
    assert rules_on(date(2025, 2, 28), (other,)).version == "default@2000-01-01"
    assert rules_on(date(2025, 3, 1), (other,)).version == "yinchuan@2025-03-01"
    assert all(r.basis and {r.looks[level].shape for level in LEVELS} for r in shipped())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('waiting = ["grey"', 'waiting = ["red"'), "不允许"),
        (('waiting = ["grey", "未到期", "○"]', ""), "不完整"),
        (('ok = ["green"', 'ok = ["pink"'), "颜色"),
        (('progress = "10"', 'progress = "-10"'), "写错"),
        (('progress = "10"', 'progress = "ten"'), "写错"),
        (('time = "half-month"', 'time = "moon"'), "写错"),
        (("[default]", "[default"), "读不了"),
    ],
)
def test_a_bad_set_of_rules_is_refused(change, says):
    text = (rules.Path(rules.__file__).with_name("rules.toml")).read_text("utf-8")
    with pytest.raises(ValueError, match=says):
        read_rules(text.replace(*change, 1))


def test_units_that_do_not_measure_the_same_are_refused():
    with pytest.raises(ValueError, match="不能换算"):
        judged(goal(unit="亿元"), at("5", "06-30", "家"))


@pytest.mark.parametrize(
    ("name", "kind", "op", "value", "unit", "flow", "zero", "status", "statistic"),
    [
        ("规模工业增加值", "growth", ">=", 7, "%", True, "never", "set", "规模以上工业增加值"),
        ("外贸进出口总额", "level", ">=", 1.1, "亿元", True, "never", "set", "进出口总额"),
        ("规模以上服务业企业", "level", "=", 37, "户", False, "never", "set", None),
        ("优良天数", "level", ">=", 330, "天", True, "never", "set", None),
        ("低保标准", "level", ">=", 740, "元/月", False, "never", "set", None),
        ("零就业家庭动态清零", "zero", "=", 0, None, False, "clear", "set", None),
        ("外资实现破零", "zero", ">", 0, None, False, "break", "set", None),
        ("较大事故", "zero", "=", 0, None, False, "never", "set", None),
        ("社会消费品零售总额", "growth", ">=", None, "%", True, "never", "pending", "社会消费品零售总额"),
    ],
)
def test_goals_from_a_reading(name, kind, op, value, unit, flow, zero, status, statistic):
    made = goal_of(Indicator(name, Place(0, 1), name, kind, op, value, unit), 2024)
    assert (made.flow, made.zero, made.status) == (flow, zero, status)
    assert statistic is None or made.statistic == statistic
    assert made.span == YEAR


# What must always hold

KINDS = st.sampled_from(
    [
        {"kind": "new"}, {"kind": "level"}, {"kind": "growth", "value": "7", "unit": "%"}, {"kind": "share", "value": "60", "unit": "%"},
        {"kind": "new", "op": ">"}, {"kind": "share", "value": "5.5", "unit": "%", "op": "<="}, PM, {"kind": "rank", "value": "3", "unit": "位"},
        {"kind": "limit", "op": "<=", "value": "10", "unit": "起"}, {"kind": "growth", "value": "2", "unit": "%", "op": "~"},
        {"kind": "level", "base": D(80), "value": "90", "flow": False}, {"kind": "level", "base": D(40), "value": "30", "flow": False},
        {"kind": "new", "curve": CURVES["front"]}, {"kind": "new", "curve": CURVES["step"]},
        {"kind": "zero", "value": None, "unit": "", "zero": "clear", "base": D(12)},
    ]
)  # fmt: skip
AMOUNTS = st.decimals(-200, 1000, places=2)
DAYS = st.dates(YEAR.first, YEAR.last)
ORDER = ["bad", "behind", "ok", "done"]


def better_is_less(g: Goal) -> bool:
    falling = g.base is not None and (g.value or 0) < g.base
    return g.reversed or falling


@given(KINDS, AMOUNTS, AMOUNTS, DAYS)
def test_a_better_figure_never_has_a_worse_light(given_goal, one, other, as_of):
    g = goal(**given_goal)
    worse, better = sorted([one, other], reverse=better_is_less(g))
    levels = [
        light(g, [Datum(v, g.unit, as_of, as_of)], YEAR.last, RULES, CLOCK).level for v in (worse, better)
    ]
    assert ORDER.index(levels[0]) <= ORDER.index(levels[1])


@given(DAYS, DAYS)
def test_time_and_every_curve_only_rise(one, other):
    first, last = sorted([one, other])
    for method in pace.METHODS:
        shares = [time_share(d, YEAR, method) for d in (first, last)]
        assert 0 <= shares[0] <= shares[1] <= 1
        for c in (pace.LINEAR, *CURVES.values()):
            assert 0 <= c.at(shares[0]) <= c.at(shares[1]) <= 1


@given(
    AMOUNTS,
    DAYS,
    st.sampled_from(
        [("亿元", "万元", 10_000), ("万亩", "亩", 10_000), ("吨", "公斤", 1000), ("万人", "人", 10_000)]
    ),
)
def test_a_light_does_not_depend_on_the_unit(value, as_of, units):
    large, small, factor = units
    g = goal("level", value="200", unit=large)
    one = light(g, [Datum(value, large, as_of, as_of)], YEAR.last, RULES, CLOCK)
    same = light(g, [Datum(value * factor, small, as_of, as_of)], YEAR.last, RULES, CLOCK)
    assert (one.level, one.gap) == (same.level, same.gap)


@given(KINDS, DAYS)
def test_nothing_due_is_grey(given_goal, on):
    for g in (goal(**given_goal), goal(**given_goal)._replace(status="pending")):
        made = light(g, [], on, RULES, CLOCK)
        assert made.look.colour == "grey"
        assert made.level in UNCOUNTED


@given(KINDS, st.lists(st.tuples(AMOUNTS, DAYS, st.integers(0, 60)), max_size=6), DAYS)
def test_the_order_of_figures_does_not_matter_and_the_future_is_not_known(given_goal, rows, on):
    g = goal(**given_goal)
    data = [Datum(v, g.unit, a, a + timedelta(days=k)) for v, a, k in rows]
    made = light(g, data, on, RULES, CLOCK)
    assert light(g, data[::-1], on, RULES, CLOCK) == made
    assert light(g, [d for d in data if d.known <= on], on, RULES, CLOCK) == made


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value, digits):
    near = rounded(value, digits)
    assert abs(Fraction(near) - value) <= Fraction(1, 2 * 10**digits)
    assert rounded(-value, digits) == -near
