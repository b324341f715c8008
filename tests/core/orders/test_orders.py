"""Clocks of orders, and what is asked before one is struck off."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.orders import sampling, words
from luoshi.core.orders.clocks import clocks, read_clocks, standing, terms
from luoshi.core.orders.guard import Closing, flags, likeness, own_words
from luoshi.core.workdays import national

DAYS = national()


def on(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


@pytest.mark.parametrize(
    ("slug", "sent", "dues"),
    [
        (
            "13710",
            "03-04",
            "03-04 03-07 03-11 04-07",
        ),  # 4 April is 清明: the month ends on the first day back
        ("13710", "01-31", "01-31 02-03->02-04 02-07 02-29"),
        ("13710-common", "03-04", "03-04 03-07 03-11"),
        ("paper", "01-11", "02-18"),  # the thirtieth day falls into 春节
        ("minutes", "09-26", "10-09 10-16"),
        ("urgent", "09-30", "10-08 10-08"),
        ("ordinary", "03-01", "03-18"),  # the sixteenth is a Saturday
        ("instruction", "03-04", "03-19"),
        ("hard", "03-04", "03-11 04-03"),
    ],
)
def test_terms(slug, sent, dues):
    found = [f"{t.due:%m-%d}" for t in terms(clocks()[slug], on(sent), DAYS)]
    assert found == [d.rpartition("->")[2] for d in dues.split()]


def test_a_moved_term_says_so():
    assert terms(clocks()["paper"], on("01-11"), DAYS)[0].note == "2月10日放假，顺延到2月18日。"


def test_every_template_says_where_it_comes_from():
    assert all(c.basis and c.words and c.steps[-1].slug == "done" for c in clocks().values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[a", "读不了"),
        ('[a]\ntitle = "甲"\nbasis = "乙"\nsteps = []', "没有一个环节"),
        (
            '[a]\ntitle = "甲"\nbasis = "乙"\nsteps = [{slug = "s", label = "l", within = "尽快"}]',
            "不是一个期限",
        ),
        ('[a]\ntitle = "甲"', "不完整"),
    ],
)
def test_a_bad_template_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        read_clocks(text)


@pytest.mark.parametrize(
    ("due", "today", "more", "slug", "word"),
    [
        ("05-16", "05-06", {}, "ahead", "还有9个工作日"),
        ("05-16", "05-13", {}, "near", "还有3个工作日"),
        ("05-16", "05-16", {}, "near", "今天到期"),
        ("05-16", "05-18", {}, "late", "超期2天"),
        ("05-16", "05-18", {"stopped": True}, "stopped", "不计时"),
        ("05-16", "05-18", {"ended": on("05-16")}, "done", "按时销号"),
        ("05-16", "05-30", {"ended": on("05-18")}, "slow", "超2天销号"),
        (None, "05-18", {}, "ahead", "未定时限"),
    ],
)
def test_standing(due, today, more, slug, word):
    found = standing(due and on(due), on(today), DAYS, **more)
    assert (found.slug, found.word) == (slug, word)


CLOSING = "已组织三个工作组对辖区内26处隐患逐一排查，全部整改完毕，并建立每周巡查制度。"


@pytest.mark.parametrize(
    ("closing", "evidence", "others", "codes"),
    [
        (CLOSING, [], [], []),  # no evidence is needed
        (CLOSING, [("现场照片", on("05-02"))], [], []),
        (CLOSING, [("现场照片", on("04-02"))], [], ["old-evidence"]),
        (CLOSING, [("甲", on("04-02")), ("乙", on("03-02"))], [], ["old-evidence", "old-evidence"]),
        (CLOSING, [], [Closing("青督〔2024〕3号", CLOSING.replace("26", "17"))], ["copied"]),
        (CLOSING, [], [Closing("青督〔2024〕3号", "道路已于5月3日修复通车，沿线路灯同步亮化。")], []),
        ("已完成。", [], [], ["thin"]),
        ("已完成。", [], [Closing("青督〔2024〕3号", "已完成")], ["copied", "thin"]),
    ],
)
def test_what_is_odd_about_a_closing(closing, evidence, others, codes):
    assert [f.code for f in flags(closing, on("05-01"), evidence, others)] == codes


@pytest.mark.parametrize(
    ("said", "earlier", "why"),
    [
        ("5月20日随机抽看6处，均已整改，查看了巡查记录。", [], ""),
        ("情况属实", [], "太短"),
        (CLOSING, [], "自己的话"),
        ("5月20日随机抽看6处，均已整改，查看了巡查记录。", ["5月21日随机抽看6处，均已整改，查看了巡查记录。"], "以前写过"),
    ],
)  # fmt: skip
def test_verifiers_use_their_own_words(said, earlier, why):
    found = own_words(said, CLOSING, earlier)
    assert (why in found) if why else not found


@given(st.text(), st.text())
def test_likeness_is_even_handed(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) in (0, 1)


def test_numbers_and_colours():
    assert words.number_of("青督", 2024, 12) == "青督〔2024〕12号"
    colour, seen = "", []
    while colour in words.NEXT_COLOUR:
        colour = words.NEXT_COLOUR[colour]
        seen.append(words.COLOURS[colour][0])
    assert seen == ["蓝单", "橙单", "红单"]


@given(st.sets(st.integers(1, 10**6), max_size=60), st.integers(1, 100), st.text(max_size=12))
def test_a_draw_can_be_recomputed_and_nobody_chooses(keys, per_cent, seed):
    found = sampling.drawn(keys, per_cent, seed)
    assert set(found) <= keys
    assert len(found) == -(-len(keys) * per_cent // 100)
    assert sampling.drawn(sorted(keys, reverse=True), per_cent, seed) == found


@pytest.mark.parametrize("per_cent", [0, -5, 101])
def test_no_draw_of_nothing(per_cent):
    with pytest.raises(ValueError, match="抽查比例"):
        sampling.drawn([1], per_cent, "2026年")
