"""Texts that are damaged at random are checked without a fault, and every finding has a place in them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.check.checking import check_plan
from luoshi.core.check.findings import rules
from luoshi.core.plan.reading import read_source
from luoshi.core.source.text import SourceText, Unreadable

TEXTS = [text for rule in rules().values() for text in (rule.bad, rule.good)]
SIGNS = "、，。；：（）()“”《》〔〕\n\t|0123456789一二三四五县局牵头负责其中分别以上"


def checked(text):
    try:
        plan = read_source(SourceText("方案.md", "md", text))
    except Unreadable:
        return
    found = check_plan(plan)
    assert found == check_plan(plan)
    for finding in found:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message.endswith(("。", "？"))
        assert all(0 <= o.span.start <= o.span.end <= len(text) for o in finding.others)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_plans(seed):
    dice = random.Random(seed)
    text = "\n".join(dice.sample(TEXTS, 12))
    for _ in range(30):
        at = dice.randrange(len(text))
        what = dice.choice(("cut", "put", "double"))
        if what == "cut":
            text = text[:at] + text[at + dice.randrange(1, 12) :]
        elif what == "put":
            text = text[:at] + dice.choice(SIGNS) + text[at:]
        else:
            text = text[:at] + text[at : at + 20] + text[at:]
    checked(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=SIGNS + "新增规模工业企业家项目社会消费品零售总额增长", min_size=20, max_size=400))
def test_any_text(text):
    checked(f"二、重点任务\n1.壮大工业。新增企业5家。(县科工局负责)\n{text}")
