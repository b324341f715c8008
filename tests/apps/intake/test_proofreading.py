"""What the worker finds, and that a stored text is checked again as it was read."""

from importlib.resources import files

import pytest

from luoshi.core.check.checking import check_plan
from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.reading import read_source
from luoshi.core.source import loaders
from luoshi.core.source.text import SourceText
from luoshi.intake import proofreading, worker
from luoshi.intake.proofreading import checked, entries, lengths, restored, shape
from tests.apps.intake.planted import PLANTED, UNITS, UNKNOWN

PAPERS = [file for file in files("luoshi.demo_county").iterdir() if file.name.endswith(".docx")]
REGISTER = entries([[n, names] for n, names in enumerate(UNITS)])
ANNEXED = "青禾县方案\n一、任务\n1.修好水渠。(县水利局负责)\n附件1\n青禾县水利行动实施方案\n1.清淤河道6公里。(县水利局负责)\n"


def read(text):
    return read_source(SourceText("方案.txt", "txt", text))


def codes(check):
    return [row["code"] for row in check["findings"]]


def stored(source):
    spans = [[span.start, span.end] for span in source.furniture]
    return {"text": source.text, "furniture": spans, "pages": list(source.pages), **shape(source)}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_stored_paper_with_real_tables_is_found_the_same(paper):
    first = loaders.load(paper.read_bytes(), paper.name)
    again = restored(stored(first))
    assert again.tables == first.tables
    assert check_plan(read_source(again)) == check_plan(read_source(first))


def test_a_plan_in_several_files_keeps_its_parts():
    one = loaders.load(PLANTED.encode(), "正文.txt")
    joined = loaders.join((one, loaders.load(ANNEXED.encode(), "附件.txt")))
    assert restored(stored(joined)).parts == joined.parts


def test_planted_defects_are_found_with_their_places():
    check = checked(read(PLANTED), REGISTER)
    assert codes(check) == [
        "run-on-units", "target-conflict", "unit-unknown", "no-lead", "unit-twice", "number-gap", "date-impossible",
    ]  # fmt: skip
    for row in check["findings"]:
        assert PLANTED[row["start"] : row["end"]].startswith(row["quote"].rstrip("…")[:10])


@pytest.mark.parametrize(
    ("known", "asked"), [(UNITS, True), (UNITS[:4], True), (UNITS[:3], False), ((), False)]
)
def test_a_register_that_has_only_begun_calls_no_unit_unknown(known, asked):
    check = checked(read(PLANTED), entries([[n, names] for n, names in enumerate(known)]))
    assert check["knows_units"] == asked
    assert (f"“{UNKNOWN}”" in str(check["findings"])) == asked


def test_of_too_many_the_gravest_are_kept_in_the_order_of_the_text(monkeypatch):
    monkeypatch.setattr(proofreading, "MOST", 4)
    check = checked(read(PLANTED), REGISTER)
    assert codes(check) == ["run-on-units", "target-conflict", "unit-twice", "date-impossible"]
    assert check["left_out"] == 3


@pytest.mark.parametrize(
    ("text", "body", "whole"),
    [("青禾县方案\n一、任务\n1.修好水渠。(县水利局负责)\n", 24, 24), (ANNEXED, 24, 56)],
    ids=["no annex", "annex"],
)
def test_the_length_of_the_body_ends_at_the_first_annex(text, body, whole):
    assert lengths(open_paper(SourceText("方案.txt", "txt", text))) == {"body": body, "whole": whole}


def test_a_check_that_is_too_slow_does_not_cost_the_reading(monkeypatch, capsys):
    monkeypatch.setattr(proofreading, "SECONDS", 0.001)
    bundle = worker.bundle(SourceText("方案.txt", "txt", PLANTED * 20))
    assert (bundle["check"]["complete"], bundle["check"]["findings"]) == (False, [])
    assert bundle["plan"]["tasks"]
    assert bundle["check"]["body"] > 1000
    assert "TooSlow" in capsys.readouterr().err
