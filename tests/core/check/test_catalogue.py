"""Every rule of the catalogue by its own two examples."""

import re

import pytest

from luoshi.core.check.checking import check_plan
from luoshi.core.check.findings import KINDS, SEVERITIES, rules
from luoshi.core.plan.reading import read_source
from luoshi.core.source.text import SourceText
from luoshi.core.units.matching import Entry
from tests.core.check.catalogue import PAGE, page

LONG = "\n".join(f"第{n}段：全县上下要认真学习领会，结合本地实际抓好各项工作。" for n in range(200))
REGISTER = (Entry(1, ("青禾县商务局", "县商务局")), Entry(2, ("青禾县税务局", "县税务局")))


def codes(text: str, code: str) -> set[str]:
    source = SourceText("方案.md", "md", text.replace("{long}", LONG))
    register = REGISTER if code == "unit-unknown" else ()
    return {finding.code for finding in check_plan(read_source(source), register)}


@pytest.mark.parametrize("code", rules())
def test_bad_example_has_the_finding_and_good_example_has_not(code):
    rule = rules()[code]
    assert code in codes(rule.bad, code)
    assert code not in codes(rule.good, code)


@pytest.mark.parametrize("code", rules())
def test_rule_is_told_in_full(code):
    rule = rules()[code]
    assert rule.severity in SEVERITIES
    assert rule.kind in KINDS
    assert rule.why.endswith("。")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    if rule.kind == "burden":
        assert rule.source


def test_the_page_of_findings_is_made_from_the_catalogue():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.core.check.catalogue --save"
