"""Invented plans in tests/plans/rows against what was written down by hand before they were read first (README.md there).

A file of rows beside each plan: `D title|number|issuer|date|year`, `A action`, `T path|lead|units|leaders|deadline` (path * where
the paper prints no number, deadline * where it is arguable), `I name kind op value unit`, `F name|conveners|first deputies|deputies|members|office`.
"""

from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from luoshi.core.plan.model import Indicator, Plan
from luoshi.core.plan.reading import read_plan
from luoshi.core.units.names import split_units

PLANS = Path(__file__).parents[2] / "plans" / "rows"
GOLD = sorted(PLANS.glob("*.rows"))
# Not read as they should be: names with blanks inside, in two columns of units side by side on one line; 各乡⏎镇.
MISREAD = {"05_scanned_rows": {"附件1/表/1"}, "29_wrapped_labels": {"一/1"}}
# Shares of all figures of all plans; they only rise.
FLOORS = {"found": 0.955, "right": 0.98, "named": 0.945}
FOLD = str.maketrans("（）：；，％", "():;,%")

Row = tuple[str, Counter[str], Counter[str], Counter[str], str]


class Gold(NamedTuple):
    document: tuple[str, ...]
    actions: list[str]
    tasks: list[Row]
    indicators: list[str]
    forces: list[str]


def bare(words: str | None) -> str:
    return "".join((words or "").split()).translate(FOLD)


def names(said: str) -> Counter[str]:
    return Counter(bare(unit.name) for unit in split_units(said.translate(FOLD)))


def gold(path: Path) -> Gold:
    rows: dict[str, list[str]] = {kind: [] for kind in "DATIFM"}
    for line in filter(str.strip, path.read_text("utf-8").splitlines()):
        rows[line[0]].append(line[2:])
    tasks = []
    for row in rows["T"]:
        path_, lead, units, leaders, due = row.split("|")
        tasks.append(
            (bare(path_), names(lead), names(units), Counter(filter(None, leaders.split("、"))), due)
        )
    return Gold(tuple(rows["D"][0].split("|")), rows["A"], tasks, rows["I"], rows["F"])


@cache
def read(stem: str) -> Plan:
    return read_plan(next(p for p in PLANS.glob(f"{stem}.*") if p.suffix != ".rows"))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_task_with_its_owners_leaders_and_term(path: Path) -> None:
    expected, plan = gold(path).tasks, read(path.stem)
    found = {bare(task.path): task for task in plan.tasks}
    assert len(plan.tasks) == len(expected)
    for (where, lead, units, leaders, due), task in zip(expected, plan.tasks, strict=True):
        task = task if where == "*" else found[where]
        if task.path in MISREAD.get(path.stem, ()):
            continue
        assert Counter(map(bare, task.lead)) == lead, where
        assert Counter(map(bare, task.units)) == units, where
        assert Counter(task.leaders) == leaders, where
        assert due in ("*", task.deadline or ""), where


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_paper_its_actions_and_its_forces(path: Path) -> None:
    expected, plan = gold(path), read(path.stem)
    d = plan.document
    for said, printed in zip(
        (d.title, d.number, d.issuer, d.date, str(d.year or "")), expected.document, strict=True
    ):
        assert printed == "-" or bare(said) == bare(printed)
    assert [action.name for action in plan.actions] == expected.actions
    seated = [force for force in plan.task_forces if force.conveners]
    assert len(seated) == len(expected.forces)
    for force, row in zip(seated, expected.forces, strict=True):
        seats = force.conveners, force.first_deputies, force.deputies, force.members, (force.office or "",)
        assert "|".join([bare(force.name), *("、".join(map(bare, seat)) for seat in seats)]) == bare(row)


def named_as(name: str, indicator: Indicator) -> float:
    a, b = bare(name), bare(indicator.name)
    if a and b and (a in b or b in a) and 2 * min(len(a), len(b)) >= max(len(a), len(b)):
        return 1.0
    return SequenceMatcher(None, a, b).ratio()


def test_most_figures_are_found_and_named() -> None:
    count: Counter[str] = Counter()
    for path in GOLD:
        left = list(read(path.stem).indicators)
        count["read"] += len(left)
        for row in gold(path).indicators:
            name, _, op, value, unit = row.rsplit(" ", 4)
            meant = (None if value == "-" else float(value), "" if unit == "-" else bare(unit), op)
            same = [i for i in left if (i.value, bare(i.unit), i.op) == meant]
            count["gold"] += 1
            if same:
                best = max(same, key=lambda i: named_as(name, i))
                left.remove(best)
                count["found"] += 1
                count["named"] += named_as(name, best) >= 0.8
    assert count["found"] / count["gold"] >= FLOORS["found"]
    assert count["found"] / count["read"] >= FLOORS["right"]
    assert count["named"] / count["found"] >= FLOORS["named"]
