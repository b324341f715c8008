"""From facts to words: every kind drafts, numbers know their rows, totals are counted again, mistakes are sentences."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from luoshi.core.writing.checking import flaws
from luoshi.core.writing.docx.write import to_docx
from luoshi.core.writing.draft import Draft, Listing, Piece
from luoshi.core.writing.drafting import Particulars, check_template, draft, paper
from luoshi.core.writing.editing import with_passages
from luoshi.core.writing.facts import WORDS, Facts, shares
from luoshi.core.writing.kinds import ISSUERS, KINDS, counts_as_paper, refusals
from luoshi.core.writing.listings import listings
from luoshi.core.writing.paper import lacking
from luoshi.core.writing.template import TemplateError
from tests.core.writing.facts import facts

FACTS = facts()


def words(it: Draft) -> str:
    return "\n".join(part.text for part in it.passages())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_drafts_without_a_flaw_and_lays_out(kind):
    it = draft(kind, FACTS)
    assert not [flaw for flaw in flaws(it, FACTS) if flaw.weight == "stop"]
    assert it.title
    assert not re.search(r"[{}｜]|None|，。|：。|；。", words(it))
    given = Particulars("青禾县人民政府办公室文件", "青政办发〔2026〕12号", "各乡镇人民政府", signature="青禾县人民政府办公室",
                        dated=FACTS.as_of, compiler="青禾县人民政府办公室")  # fmt: skip
    if KINDS[kind].layout in ("minutes", "brief"):
        given = replace(given, number="第12期")
    made = paper(it, FACTS, given)
    assert lacking(made) == ()
    assert to_docx(made)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_and_its_facts_survive_being_kept(kind):
    it = draft(kind, FACTS)
    assert Draft.from_json(json.loads(json.dumps(it.as_json()))) == it
    assert Facts.from_json(json.loads(json.dumps(FACTS.as_json()))) == FACTS


def test_the_order_of_a_circular():
    heads = [part.text for part in draft("month", FACTS).passages() if part.level == 1]
    assert heads == [
        "总体情况",
        "主要指标",
        "各行动进展",
        "先进和滞后单位",
        "滞后任务",
        "需协调事项",
        "下步要求",
    ]


def test_each_number_knows_its_rows():
    it = draft("month", FACTS)
    late = next(piece for _, _, piece in it.numbers() if piece.ref.name == "滞后数")
    keys = {row.key for row in FACTS.tasks if row.state == "lagging"}
    assert set(late.ref.rows) == keys
    assert late.text == str(len(keys))


def test_advanced_and_lagging_are_named_together():
    text = words(draft("month", FACTS))
    assert "牵头任务全部达序时的有县统计局" in text
    assert re.search(r"滞后较多的有县\w+局（\d项）", text)


def test_a_county_without_laggards_says_so():
    fine = replace(FACTS, tasks=tuple(replace(row, state="on_time") for row in FACTS.tasks))
    it = draft("month", fine)
    assert "目前没有滞后的单位" in words(it)
    assert "滞后任务" not in [part.text for part in it.passages() if part.level == 1]
    assert not flaws(it, fine)


def change(it: Draft, name: str, text: str, reason: str = "") -> Draft:
    at, inside, piece = next(found for found in it.numbers() if found[2].ref.name == name)
    passage = list(it.passages())[at]
    pieces = (
        *passage.pieces[:inside],
        replace(piece, text=text, reason=reason),
        *passage.pieces[inside + 1 :],
    )
    return with_passages(it, at, (replace(passage, pieces=pieces),))


@pytest.mark.parametrize(
    ("name", "text", "reason", "sentence"),
    [
        ("任务总数", "30", "印错", "“任务总数”写的是30，按附件复算是28"),
        ("滞后数", "0", "领导要求", "“滞后数”写的是0，按附件复算是"),
        ("滞后占比", "1.0%", "改", "“滞后占比”写的是1.0%，按附件复算是"),
        ("指标达标数", "2", "", "“指标达标数”由1改成了2，请写明理由"),
    ],
)  # fmt: skip
def test_a_wrong_total_stops_the_signing(name, text, reason, sentence):
    found = flaws(change(draft("month", FACTS), name, text, reason), FACTS)
    assert [flaw for flaw in found if flaw.weight == "stop" and flaw.sentence.startswith(sentence)], found


def test_a_changed_number_with_a_reason_only_warns():
    found = flaws(change(draft("month", FACTS), "指标达标数", "2", "统计局7月9日更正"), FACTS)
    assert [flaw.weight for flaw in found] == ["warn"]
    assert "统计局7月9日更正" in found[0].sentence


def test_totals_follow_the_annex_not_the_facts():
    it = draft("month", FACTS)
    annex = it.attachments[0]
    listing = annex.parts[0]
    assert isinstance(listing, Listing)
    states = tuple("done" if state == "lagging" else state for state in listing.states)
    other = replace(it, attachments=(replace(annex, parts=(replace(listing, states=states),)),))
    assert any("按附件复算" in flaw.sentence for flaw in flaws(other, FACTS))


def test_too_long_a_paper_is_stopped():
    it = draft("ten_days", FACTS)
    long = with_passages(it, 0, (replace(next(it.passages()), pieces=(Piece("长" * 4100),)),))
    assert any("超过旬简报的上限4000字" in flaw.sentence for flaw in flaws(long, FACTS))


def test_one_end_alone_is_pointed_out():
    template = "滞后较多的有{逐个 后进单位，以、相隔}{单位}（{滞后数}项）{止}。"
    assert any("没有点先进单位" in flaw.sentence for flaw in flaws(draft("month", FACTS, template), FACTS))


def test_parts_left_out_are_pointed_out():
    found = flaws(draft("month", FACTS, "共{任务总数}项，已完成{已完成数}项。"), FACTS)
    assert any("文中没有写" in flaw.sentence for flaw in found)


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [((1, 1, 1), "33.4 33.3 33.3"), ((0, 0), "0.0 0.0"), ((2, 1), "66.7 33.3"), ((1,), "100"), ((1, 2, 3, 1), "14.3 28.6 42.8 14.3")],
)  # fmt: skip
def test_shares_add_up(counts, wanted):
    assert [Decimal(share) for share in wanted.split()] == list(shares(counts))
    assert sum(shares(counts)) in (0, 100)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("共{任务总书}项", "模板第1行的“{任务总书}”没有这个名称，是否想写“任务总数”？"),
        ("第一行\n{逐个 滞后任务}{任务}", "模板第2行的“{逐个 滞后任务}”没有收尾，请在后面加“{止}”。"),
        ("{止}", "模板第1行的“{止}”前面没有“{若有 …}”或“{逐个 …}”，请删去。"),
        ("共{任务总数项", "模板第1行的“{”没有成对，请补上另一半，或删去。"),
        ("共任务总数}项", "模板第1行的“}”没有成对，请补上另一半，或删去。"),
        ("{ }", "模板第1行有一对空的花括号，请写上名称，或删去。"),
        ("{表 清单}", "模板第1行的表“清单”不存在，可用的表有：主要指标、滞后清单、任务责任分解表、需协调事项、议定事项清单、考核结果。"),
        ("{滞后任务}", "模板第1行的“滞后任务”有许多项，请写成“{逐个 滞后任务}…{止}”。"),
        ("{逐个 任务总数}{止}", "模板第1行的“任务总数”只有一项，不能“逐个”写，请直接写“{任务总数}”。"),
        ("{若有 }甲{止}", "模板第1行的“{若有}”没有写名称，请写成“{若有 名称}”。"),
        ("{若有 县名}甲{否则}乙{否则}丙{止}", "模板第1行的“{若有 县名}”里多了一个“{否则}”，请删去。"),
        ("{逐个 滞后任务}{否则}{止}", "模板第1行的“{逐个 滞后任务}”里多了一个“{否则}”，请删去。"),
        ("{逐个 滞后任务，隔开}{止}", "模板第1行的“{逐个 滞后任务，隔开}”写法不对，应如“{逐个 滞后任务，以；相隔，至多5个}”。"),
        ("{若有 县名}" * 7 + "{止}" * 7, "模板第1行套得太深，最多5层，请拆开。"),
        ("长" * 20_001, "模板有20001字，超过20000字，请缩短。"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_is_one_sentence(template, sentence):
    with pytest.raises(TemplateError) as refused:
        check_template(template)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_that_comes_with_luoshi_is_without_mistake(kind):
    check_template(KINDS[kind].template)


@pytest.mark.parametrize(
    "text", ["{县名}", "# 标题", "附件：假的", "{止}", "一行\n# 又一行", "{{甲}}", "甲｜乙"]
)
def test_data_never_becomes_template(text):
    """What a unit typed stays words: no heading, no annex, no lookup comes out of it."""
    given = replace(FACTS, tasks=(replace(FACTS.tasks[0], text=text, state="lagging"),))
    it = draft("month", given, "{逐个 滞后任务}\n{任务}\n{止}")
    (only,) = it.passages()
    assert only.level == 0
    assert only.text == " ".join(text.split())
    assert not it.attachments


def test_a_list_can_be_cut_short_and_joined():
    it = draft("month", FACTS, "{逐个 滞后任务，以；相隔，至多2个}{序号}{任务}{止}。")
    assert re.fullmatch(r"1推进第\d+项重点工程；2推进第\d+项重点工程。", words(it))


@pytest.mark.parametrize(
    ("kind", "issuer", "given", "sentence"),
    [
        ("month", "office", {}, ""),
        ("month", "task_force", {}, "请由县政府办公室印发，并计入发文数"),
        ("month", "inner", {}, "不得对外正式行文"),
        ("month", "department", {"to_governments": True}, "不得向乡镇政府发指令性公文"),
        ("month", "department", {}, ""),
        ("special", "task_force", {}, ""),
        ("ten_days", "task_force", {}, ""),
        ("ten_days", "inner", {}, ""),
        ("urging", "department", {}, "未经县政府指定不得开展政府督查"),
        ("urging", "department", {"authority": "县政府第5次常务会议"}, ""),
        ("urging", "office", {}, ""),
        ("supervision", "office", {}, "须经县政府或其负责人批准"),
        ("supervision", "office", {"approved": True}, ""),
        ("assessment", "government", {}, "须经县政府或其负责人批准"),
        ("assignment", "task_force", {}, "请由县政府办公室印发"),
        ("breakdown", "department", {"to_governments": True}, "不得向乡镇政府发指令性公文"),
    ],
)
def test_who_may_issue_what(kind, issuer, given, sentence):
    found = refusals(kind, issuer, **given)
    assert bool(found) == bool(sentence)
    assert all(line.endswith("。") for line in found)
    assert sentence in "".join(found)


def test_every_kind_has_somebody_who_may_issue_it():
    for kind in KINDS:
        assert any(not refusals(kind, issuer, approved=True, authority="县政府") for issuer in ISSUERS)


def test_papers_with_a_genre_count_whatever_they_are_printed_on():
    assert counts_as_paper("urging")
    assert not counts_as_paper("ten_days")


def test_every_standing_has_a_word():
    assert set(WORDS) == {"done", "on_time", "lagging", "not_started", "not_due", "unknown", "pending"}


def test_the_list_of_laggards_names_the_worst_twenty_the_worst_first():
    some = facts(280)
    tasks = tuple(replace(task, short=float(at)) for at, task in enumerate(some.tasks))
    lines = listings(replace(some, tasks=tasks))["滞后清单"]
    behind = [task for task in reversed(tasks) if task.state in ("lagging", "not_started")]
    assert len(behind) > 20
    assert lines.keys == tuple(task.key for task in behind[:20])
