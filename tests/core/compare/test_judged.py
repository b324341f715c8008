"""Pairs of the real plans judged by hand: what one plan's promise or task is in the other.

judged.csv holds offsets only: start of an item in file_a, start of an item in file_b, and the verdict: the same target
(same), the same promise with another target or other owners (different), not-the-same-promise. The sample is every
match that was made in ten comparisons, the matches a reader missed in three of them, and look-alikes.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from luoshi.core.compare.comparing import compare
from luoshi.core.plan.model import Plan
from luoshi.core.plan.reading import read_plan

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
LEAST_PRECISION, LEAST_RECALL, LEAST_AGREEMENT = 0.97, 0.9, 0.97

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="NO REAL PLANS: ../shared is not on this machine")


class Judged(NamedTuple):
    file_a: str
    start_a: int
    file_b: str
    start_b: int
    verdict: str


def rows() -> list[Judged]:
    lines = Path(__file__).with_name("judged.csv").read_text("utf-8").splitlines()
    return [
        Judged(r["file_a"], int(r["start_a"]), r["file_b"], int(r["start_b"]), r["verdict"])
        for r in csv.DictReader(lines)
    ]


@cache
def plan(name: str) -> Plan:
    return read_plan(CORPUS / name)


@cache
def found(a: str, b: str) -> dict[tuple[int, int], str]:
    """All pairs made between two plans, by every place of both sides -> status."""
    c = compare(plan(a), plan(b))
    pairs = {
        (x.span.start, y.span.start): p.status
        for p in c.indicators
        if p.a and p.b
        for x in p.a.statements
        for y in p.b.statements
    }
    return pairs | {
        (x.span.start, y.span.start): p.status
        for p in c.tasks
        for d in p.a
        for e in p.b
        for x in d.statements
        for y in e.statements
    }


def test_offsets_point_at_items():
    starts = {
        name: {i.span.start for i in (*plan(name).indicators, *plan(name).tasks)}
        for r in rows()
        for name in (r.file_a, r.file_b)
    }
    assert len(rows()) >= 100
    assert not [r for r in rows() if r.start_a not in starts[r.file_a] or r.start_b not in starts[r.file_b]]


def test_matches_are_right_and_few_are_missed():
    made = {r for r in rows() if (r.start_a, r.start_b) in found(r.file_a, r.file_b)}
    one = {r for r in rows() if r.verdict != "not-the-same-promise"}
    precision, recall = len(made & one) / len(made), len(made & one) / len(one)
    print(
        f"precision {precision:.3f} ({len(made & one)}/{len(made)}), recall {recall:.3f} ({len(made & one)}/{len(one)})"
    )
    assert precision >= LEAST_PRECISION, sorted(made - one)
    assert recall >= LEAST_RECALL, sorted(one - made)


def test_verdicts_on_targets_and_owners_agree():
    judged = [r for r in rows() if r.verdict != "not-the-same-promise"]
    made = [(r, found(r.file_a, r.file_b).get((r.start_a, r.start_b))) for r in judged]
    agreed = [(r.verdict == "same") == (status == "same") for r, status in made if status]
    assert sum(agreed) / len(agreed) >= LEAST_AGREEMENT
