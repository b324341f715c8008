"""A share that is contested is not asked for until the office has decided; one that was given away is not asked for any more."""

import pytest

from luoshi.board.queries.silence import silence
from luoshi.journal.models import Event
from luoshi.ledger.models import Assignment
from luoshi.ledger.services import assigning
from luoshi.ledger.services.changes import Grounds
from luoshi.org.services.units import create_unit
from luoshi.reporting.models import Report, Round
from luoshi.reporting.queries.rounds import summary, unit_lines
from luoshi.reporting.queries.waiting import waiting_reports
from luoshi.reporting.services import keeping
from luoshi.reporting.services.opening import extend_round
from luoshi.reporting.sparing import UNDECIDED
from tests.people import Member
from tests.reporting import Ledger, fill_all


def share_of(county: Ledger) -> Assignment:
    """The one share that supports: 小李's unit in the first task."""
    share = (
        county.tasks[0].assignments.select_related("unit", "task__plan", "task__action").get(unit=county.li)
    )
    Assignment.objects.filter(pk=share.pk).update(state="waiting")
    share.refresh_from_db()
    return share


def report_of(round: Round, share: Assignment) -> Report:
    return Report.objects.get(round=round, task=share.task_id, unit=share.unit_id)


def owed(member: Member) -> int:
    """Rows that wait to be filled in."""
    return sum(one.count for one in waiting_reports(member.actor) if one.kind == "fill")


@pytest.mark.parametrize("first", ["round", "objection"])
def test_a_contested_share_is_not_asked_for_until_it_is_decided(
    county: Ledger, liu: Member, li: Member, first: str
) -> None:
    share = share_of(county)
    if first == "round":
        round = county.round(liu.actor)
        assigning.contest(share, "不是本局的职责", li.actor)
    else:
        assigning.contest(share, "不是本局的职责", li.actor)
        round = county.round(liu.actor)
    report = report_of(round, share)
    assert (report.state, report.answer) == ("spared", UNDECIDED)
    rows = Report.objects.filter(round=round, unit=county.li).count()
    assert owed(li) == rows - 1
    line = next(one for one in unit_lines(round, liu.actor) if one.unit == county.li)
    assert line.total == rows - 1

    assigning.uphold(share, "三定规定写明由你局负责", liu.actor)
    report.refresh_from_db()
    assert (report.state, report.answer) == ("draft", "")
    assert owed(li) == rows


def test_retracting_asks_again(county: Ledger, liu: Member, li: Member) -> None:
    share, round = share_of(county), county.round(liu.actor)
    assigning.contest(share, "不是本局的职责", li.actor)
    assigning.retract(share, li.actor)
    assert report_of(round, share).state == "draft"
    verbs = Event.objects.filter(subject_type="reporting.report").values_list("verb", flat=True)
    assert sorted(verbs) == ["settle", "spare"]


def test_the_unit_counts_as_having_reported_when_all_else_is_sent(
    county: Ledger, liu: Member, li: Member
) -> None:
    share, round = share_of(county), county.round(liu.actor)
    assigning.contest(share, "不是本局的职责", li.actor)
    fill_all(round, county.li, li.actor)
    stands = {one.unit: one.stands for one in unit_lines(round, liu.actor)}
    assert stands[county.li] == "sent"
    assert stands[county.wang] == "silent"


def test_one_whose_every_row_is_undecided_is_not_silent_even_when_the_round_is_over(
    county: Ledger, liu: Member, li: Member
) -> None:
    for report in (
        (round := county.round(liu.actor)).sheets.get(unit=county.li).reports.exclude(task=county.tasks[0])
    ):
        report.delete()
    share = share_of(county)
    assigning.contest(share, "不是本局的职责", li.actor)
    lines = unit_lines(round, liu.actor)
    assert summary(lines)["spared"] == 1
    keeping.close(round, by=liu.actor)
    assigning.uphold(share, "三定规定写明由你局负责", liu.actor)
    assert (
        report_of(round, share).state == "spared"
    )  # what was not asked in time is not held against the unit
    day = round.due.replace(year=round.due.year + 1)
    states = dict(silence(liu.actor, county.plan, day).units)
    assert states[county.li] == ("",)
    assert states[county.wang] == ("silent",)


def test_what_was_sent_stays_as_it_was_sent(county: Ledger, liu: Member, li: Member) -> None:
    share, round = share_of(county), county.round(liu.actor)
    fill_all(round, county.li, li.actor)
    assigning.contest(share, "不是本局的职责", li.actor)
    assert report_of(round, share).state == "submitted"


def test_a_lead_that_is_given_away_is_not_asked_any_more_and_its_heir_collates(
    county: Ledger, liu: Member, li: Member, wang: Member
) -> None:
    round = county.round(liu.actor)
    lead = (
        county.tasks[0].assignments.select_related("unit", "task__plan", "task__action").get(accountable=True)
    )
    heir = create_unit("青禾县水利局", by=liu.actor)
    assigning.reassign(lead, heir, Grounds("职能已划转", "县编委〔2026〕3号"), liu.actor)
    old = Report.objects.get(round=round, task=county.tasks[0], unit=county.wang)
    assert (old.state, old.answer) == ("spared", "这一项已改派给青禾县水利局，本单位不用再报。")
    helper = Report.objects.get(round=round, task=county.tasks[0], unit=county.li)
    assert (helper.state, helper.lead_unit) == ("draft", heir)
    assert extend_round(round, by=liu.actor) == 1
    new = Report.objects.get(round=round, task=county.tasks[0], unit=heir)
    assert new.leads
    assert new.figures.count() == county.tasks[0].indicators.count()


def test_the_sheet_says_why_and_has_no_fields_there(county: Ledger, liu: Member, li: Member, as_) -> None:
    share, round = share_of(county), county.round(liu.actor)
    assigning.contest(share, "不是本局的职责", li.actor)
    html = as_(li).get(f"/reporting/rounds/{round.pk}/units/{county.li.pk}/").content.decode()
    report = report_of(round, share)
    assert UNDECIDED in html
    assert "另有1项不用报" in html
    assert f'name="r{report.pk}-done"' not in html
    page = as_(liu).get(f"/reporting/rounds/{round.pk}/").content.decode()
    assert "不用报" in page
