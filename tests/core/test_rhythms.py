"""What the rules propose for the rhythms of plans: who asks the units, what is a paper, what is left to a person."""

import json
import warnings
from datetime import date
from pathlib import Path

import pytest

from luoshi.core.dues import parse_due
from luoshi.core.occasions import Rhythm, occasions_of
from luoshi.core.rhythms import Clause, ask_on, propose
from luoshi.core.workdays import national

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
DAYS = national()


def asks(*clauses: tuple[str, ...]) -> list[str]:
    """The activities that open rounds."""
    rows = [Clause(n, *clause) for n, clause in enumerate(clauses)]
    return [p.rhythm.activity for p in propose(rows) if p.becomes == "round"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("000_yuanjiang_2024", []),  # leaders alone
        ("001_xidongting_2025", [("调度", "旬")]),
        ("002_shaoyang_2024", []),
        ("003_xinshao_2024", [("调度", "周")]),
        ("004_yueyanglou_2023", []),
    ],
)
def test_who_asks_in_the_real_plans(name: str, asked: list[tuple[str, str]]) -> None:
    path = GOLD / f"{name}.json"
    if not path.exists():
        warnings.warn(f"NOT TESTED: gold plan {name} is not on this machine", stacklevel=1)
        pytest.skip(f"gold plan {name} is not on this machine")
    rows = json.loads(path.read_text("utf-8"))["mechanisms"]
    clauses = [
        Clause(n, m["actor"] or "", m["activity"], m["every"] or "", m["at_least"], m["quote"])
        for n, m in enumerate(rows)
    ]
    found = propose(clauses)
    assert [(p.rhythm.activity, p.rhythm.every) for p in found if p.becomes == "round"] == asked
    assert sum(len(p.keys) for p in found) == len(rows)  # nothing is lost, nothing counted twice
    assert all(p.question or p.note for p in found if p.becomes == "none")


def test_one_rhythm_asks() -> None:
    assert asks(("各专班", "通报", "月"), ("各专班", "调度", "旬")) == ["调度"]
    assert asks(("政府办督查室", "通报进展", "月"), ("各牵头单位", "报送进展情况", "月")) == ["报送进展情况"]
    assert asks(("县长", "调度", "周"), ("县发改局", "调度", "周"), ("专班", "会商", "周")) == []
    assert asks(("专班", "调度", "旬", False, "", "安全护航行动")) == []
    assert asks(("", "调度", "旬"), ("各专班", "研判", "日")) == ["调度"]


def test_what_is_printed_twice_is_one() -> None:
    same = propose(
        [Clause(1, "各专班", "调度", "旬"), Clause(2, "", "“调度”", "旬"), Clause(3, "县长", "调度", "旬")]
    )
    assert [p.keys for p in same] == [(1, 2), (3,)]
    assert same[0].note.startswith("方案中写了2处，合为一个。")
    apart = propose(
        [Clause(1, "专班", "例会", "旬", within="甲行动"), Clause(2, "专班", "例会", "旬", within="乙行动")]
    )
    assert [p.keys for p in apart] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("every", "due", "lead", "day", "asked"),
    [
        ("旬", "", 3, "2024-02-09", "2024-02-06"),  # 春节 begins on the tenth
        ("周", "", 2, "2024-02-09", "2024-02-07"),
        ("月", "每月25日前", 5, "2024-02-23", "2024-02-18"),  # a Sunday that is worked
        ("月", "次月5日前", 5, "2024-03-05", "2024-03-01"),  # not before the month is over
        ("月", "次月25日前", 5, "2024-03-25", "2024-03-18"),
        ("旬", "", 30, "2024-02-09", "2024-02-01"),  # not before it begins
        ("月", "", 0, "2024-02-29", "2024-02-29"),
    ],
)
def test_from_when_it_is_asked(every: str, due: str, lead: int, day: str, asked: str) -> None:
    rhythm = Rhythm("", "调度", every, due=parse_due(due) if due else None)
    found = {o.due.isoformat(): o for o in occasions_of(rhythm, date(2024, 2, 1), date(2024, 2, 29), DAYS)}
    assert ask_on(found[day], lead, DAYS).isoformat() == asked
