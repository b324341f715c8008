"""The way back from JSON is the way out turned round: on every plan of ours, every real plan, and whatever fits the model."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.plan.export import as_json
from luoshi.core.plan.model import (
    Action,
    Document,
    Doubt,
    Indicator,
    Mechanism,
    Owner,
    Plan,
    Quota,
    Section,
    Task,
    TaskForce,
)
from luoshi.core.plan.reading import read_plan
from luoshi.core.plan.restore import restore
from luoshi.core.source.text import SourceText, Span

ROOT = Path(__file__).parents[3]
OURS = sorted(file for file in (ROOT / "tests/plans").glob("*/corpus/*") if file.is_file())
REAL = sorted(
    file for name in ("corpus", "corpus_more") for file in (ROOT.parent / "shared" / name).glob("*.txt")
)

words = st.text(max_size=8)
maybe = st.none() | words
names = st.lists(words, max_size=3).map(tuple)
number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
span = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*sorted(pair)))
doubts = st.lists(st.builds(Doubt, words, words), max_size=2).map(tuple)
owners = st.lists(st.builds(Owner, words, st.sampled_from(("lead", "units")), st.none() | span), max_size=3)
kinds = st.sampled_from(("growth", "level", "new", "share", "decrease", "rank", "zero", "relative"))
forms = st.sampled_from(("prose", "table"))


def several(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


plans = st.builds(
    Plan,
    st.builds(SourceText, words, st.just("txt"), words, words),
    st.builds(Document, maybe, maybe, maybe, maybe, st.none() | st.integers(), doubts),
    several(st.builds(Action, words, words, span, words, doubts)),
    several(
        st.builds(Task, words, maybe, forms, maybe, words, span, owners.map(tuple), st.booleans(), names, maybe, doubts)
    ),
    several(
        st.builds(
            Indicator, words, span, words, kinds, st.sampled_from(("=", ">=", "~")), number, maybe, number, number,
            maybe, words, doubts,
        )
    ),
    several(st.builds(TaskForce, words, words, span, names, names, names, names, maybe, doubts)),
    several(st.builds(Mechanism, maybe, words, maybe, st.booleans(), words, span, doubts)),
    several(st.builds(Quota, maybe, words, st.floats(0, 99), maybe, words, span, doubts)),
    several(st.builds(Section, words, words, span, st.integers(1, 9))),
)  # fmt: skip


@settings(deadline=None)
@given(plans)
def test_what_was_told_is_the_plan_again(plan):
    assert restore(json.loads(json.dumps(as_json(plan))), plan.source) == plan


@pytest.mark.parametrize("file", [*OURS, *REAL], ids=lambda file: file.name)
def test_every_plan_comes_back_as_it_was_read(file):
    plan = read_plan(file)
    assert plan.tasks or plan.indicators
    assert restore(json.loads(json.dumps(as_json(plan))), plan.source) == plan


def test_a_field_that_is_missing_is_not_made_up():
    told = as_json(Plan(SourceText("", "txt", ""), Document()))
    told["tasks"] = [{"path": "一", "quote": "壮大园区", "start": 0, "end": 4, "doubts": []}]
    with pytest.raises(KeyError):
        restore(told, SourceText("", "txt", ""))
