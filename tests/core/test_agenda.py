"""What stands on an agenda, and in which order: rows in, expected order out."""

import random
from datetime import date

import pytest

from luoshi.core.agenda import SECTIONS, Agenda, Asked, Lit, Row, agenda, for_leader, standing, worsened


def lit(key: str, level: str, before: str = "", weight: float = 0, unit: str = "县住建局") -> Lit:
    return Lit(Row(key, f"事项{key}", unit, level=level, stand=level, weight=weight), before)


def decision(key: str, level: str, days: float = 0) -> Row:
    return Row(key, f"决定{key}", "县教育局", level=level, stand=level, weight=days)


AGAIN = [decision("d1", "done"), decision("d2", "late", 3), decision("d3", "open"), decision("d4", "late", 20), decision("d5", "answered"), decision("d6", "ordered")]  # fmt: skip
LIGHTS = [
    lit("i1", "ok", "behind"),
    lit("i2", "behind", "ok", 4),
    lit("i3", "bad", "bad", 12),
    lit("i4", "behind", "behind", 9),
    lit("i5", "late", "near", 1005),
    lit("i6", "waiting"),
    lit("i7", "near", "done", 1),
    lit("i8", "silent", "ok"),
    lit("i9", "behind", "waiting", 8),
    lit("i0", "bad", "ok", 30),
]
SILENT = [Row("s1", "欠2项", "县教育局", weight=2), Row("s2", "欠9项", "县民政局", weight=9)]
BLOCKED = [
    Asked(Row("r1", "需协调", needs="市自然资源局"), ("顾青岚",)),
    Asked(Row("o1", "用地", leader="程立川", weight=1000), ()),
    Asked(Row("r2", "资金", needs="请程立川副县长协调"), ("顾青岚",)),
    Asked(Row("r3", "无人分管"), ()),
]
ORDER = {
    "again": ["d4", "d2", "d3", "d5", "d6", "d1"],
    "red": ["i5", "i0", "i3"],
    "amber": ["i2", "i7"],
    "silent": ["s2", "s1"],
    "blocked": ["o1", "r3", "r2"],
    "topics": ["topic:1", "topic:2"],
}


def made(seed: int, leader: str = "程立川", everything: bool = False) -> Agenda:
    shaken = random.Random(seed)
    parts = [list(part) for part in (AGAIN, LIGHTS, SILENT, BLOCKED)]
    for part in parts:
        shaken.shuffle(part)
    again, lights, silent, blocked = parts
    return agenda(again, lights, silent, blocked, ["冬春农田水利", "年终考核"], leader, everything)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(5))
def test_exceptions_in_their_order_whatever_order_they_come_in(seed: int) -> None:
    found = made(seed)
    assert {slug: [row.key for row in rows] for slug, rows in found.sections} == ORDER
    assert [slug for slug, _ in found.sections] == list(SECTIONS)
    assert found == made(seed + 1)


def test_what_was_decided_is_read_again_first() -> None:
    assert made(0).sections[0][0] == "again"


def test_what_is_in_order_is_only_counted() -> None:
    keys = {row.key for row in made(0).rows()}
    assert keys.isdisjoint({"i1", "i4", "i6", "i8", "i9"})
    assert dict(made(0).counts) == {
        "红灯和逾期": 3, "黄灯和临期": 4, "达到序时和完成": 1, "未报数": 1, "未到期和待下达": 1,
    }  # fmt: skip


def test_what_other_leaders_settle_is_counted_apart() -> None:
    assert made(0).elsewhere == 1
    assert made(0, everything=True).elsewhere == 0
    assert [key for slug, rows in made(0, everything=True).sections if slug == "blocked" for key in (r.key for r in rows)] == ["o1", "r3", "r2", "r1"]  # fmt: skip


def test_sections_without_rows_are_left_out() -> None:
    assert agenda().sections == ()
    assert [slug for slug, _ in agenda(topics=["一事"]).sections] == ["topics"]


def test_proposals_are_for_what_somebody_must_do() -> None:
    keys = [one.key for one in made(0).proposals]
    assert keys[:2] == ["d4", "d2"]  # late ones; done, open and handed over need none
    assert set(keys) == {"d4", "d2", *ORDER["red"], *ORDER["silent"], *ORDER["blocked"], *ORDER["topics"]}


def test_there_and_back() -> None:
    assert Agenda.from_json(made(0).as_json()) == made(0)


@pytest.mark.parametrize(
    ("state", "due", "stands"),
    [
        ("open", date(2026, 11, 1), "late"),
        ("open", date(2026, 11, 2), "open"),
        ("open", None, "open"),
        ("answered", date(2026, 11, 1), "answered"),
        ("done", date(2026, 11, 1), "done"),
    ],
)
def test_late_is_seen_from_the_day(state: str, due: date | None, stands: str) -> None:
    assert standing(state, due, date(2026, 11, 2)) == stands


@pytest.mark.parametrize(
    ("before", "level", "worse"),
    [("ok", "near", True), ("near", "behind", True), ("behind", "bad", True), ("bad", "behind", False), ("silent", "behind", False), ("", "behind", False)],
)  # fmt: skip
def test_worse_than_it_was(before: str, level: str, worse: bool) -> None:
    assert worsened(level, before) is worse


def test_whom_it_needs() -> None:
    other = Asked(Row("r", "事", leader="程立川"), ("顾青岚",))
    assert for_leader("程立川", other)
    assert for_leader("顾青岚", other)
    assert not for_leader("陆怀远", other)
    assert for_leader("陆怀远", other, everything=True)
