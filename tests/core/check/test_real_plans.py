"""Findings on the five real plans: how many of the defects a careful reader marked are found, and how many findings are
right. The verdicts were given by hand, finding by finding, beside the text (verdicts.csv: plan, code, start, verdict).

A finding that nobody has judged fails the test: read it in the plan, then add its row.
"""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from luoshi import read_plan
from luoshi.core.check.checking import check_plan
from luoshi.core.check.export import as_defects
from tests.gold.scoring import SHARED

# Recall of gold `defects` by kind: floors that only rise.
FLOORS = {
    "run-on-units": 1.0,
    "numbering": 0.9,
    "missing-owner": 0.8,
    "duplicate": 0.8,
    "conflict": 0.8,
    "garbled": 0.67,
}
PRECISION = {"error": 0.99, "warning": 0.97}
VERDICTS = Path(__file__).with_name("verdicts.csv")
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="FINDINGS NOT MEASURED: the five real plans (../shared) are not on this machine",
)


@pytest.fixture(scope="module")
def checked():
    found = {}
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        plan = read_plan(SHARED / "corpus" / gold["source"])
        found[gold["source"][:3]] = gold, plan.source.text, as_defects(check_plan(plan))
    return found


def place(text, defect):
    at = -1
    for _ in range((defect.get("nth") or 0) + 1):
        at = text.find(defect["quote"], at + 1)
    return at, at + len(defect["quote"])


@pytest.mark.parametrize("kind", FLOORS)
def test_defects_are_found(checked, kind):
    seen = Counter()
    for gold, text, findings in checked.values():
        for defect in gold["defects"]:
            if defect["kind"] == kind:
                start, end = place(text, defect)
                seen[any(f["start"] < end and start < f["end"] for f in findings)] += 1
    assert seen[True] / seen.total() >= FLOORS[kind], seen


@pytest.mark.parametrize("severity", PRECISION)
def test_findings_are_right(checked, severity):
    rows = csv.DictReader(VERDICTS.read_text("utf-8").splitlines())
    verdicts = {(r["plan"], r["code"], int(r["start"])): r["verdict"] for r in rows}
    found = [
        (name, f["code"], f["start"])
        for name, (_, _, findings) in checked.items()
        for f in findings
        if f["severity"] == severity
    ]
    unjudged = [key for key in found if key not in verdicts]
    assert not unjudged, "nobody has judged these findings yet"
    right = sum(1 for key in found if verdicts[key] == "right")
    assert right / len(found) >= PRECISION[severity]


def test_every_finding_quotes_its_place(checked):
    for _, text, findings in checked.values():
        for f in findings:
            words = "".join(text[f["start"] : f["end"]].split())
            quoted = "".join(f["quote"].split())
            assert words.startswith(quoted.rstrip("…")[:10]), f
            assert f["start"] < f["end"]
