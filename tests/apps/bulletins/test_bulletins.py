"""Papers: what is read from the ledger, what stops a step, what freezing keeps, how many queries a page takes."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bulletins.forms import decisions, period_of
from luoshi.bulletins.gathering import gather
from luoshi.bulletins.models import Bulletin
from luoshi.bulletins.queries.lists import altered, papers, receipt, waiting, years
from luoshi.bulletins.services import issuing, writing
from luoshi.core.periods import period_on
from luoshi.core.writing.kinds import KINDS
from luoshi.core.writing.listings import listings
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused, Stale
from luoshi.ledger.models import Indicator, Task
from luoshi.reporting.models import Figure, Report
from luoshi.site.bulletin import main
from luoshi.supervision.queries.lights import lines_of
from tests.bulletins import DAY, asked, issued, signed
from tests.people import cast
from tests.reporting import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(wang, li):
    return ledger(wang, li)


@pytest.fixture
def sun(db):
    return cast("sun", "孙副主任", "青禾县人民政府办公室", "office")


def report(county, liu, at, percent, period="2026年6月", **words):
    """The lead unit's report on a task, as given."""
    round = county.plan.rounds.first() or county.round(liu.actor, period)
    found = Report.objects.get(round=round, task=county.tasks[at], unit_id=county.tasks[at].lead_unit_id)
    Report.objects.filter(pk=found.pk).update(percent=percent, until=dt.date(2026, 6, 30), **words)
    return found


def sent(figure, value):
    """The figure as it went out, now."""
    figure.revisions.create(
        value=value, source="department", as_of=figure.until, by="王科长", at=timezone.now()
    )


class TestGathering:
    """What the ledger and the reports say, as facts."""

    def given(self, county, liu, *percents):
        for at, percent in enumerate(percents):
            found = report(county, liu, at, percent, done=f"第{at + 1}项进展")
            Report.objects.filter(pk=found.pk)._update([(Report._meta.get_field("state"), None, "accepted")])

    def test_without_reports_all_wait_for_one(self, county):
        facts = gather(county.plan, "2026年7月", DAY)
        assert [task.state for task in facts.tasks] == ["unknown"] * 3
        assert facts.tasks[0].lead == "县发展和改革局"
        assert facts.tasks[0].units == ("县教育局",)

    def test_percentages_stand_against_the_time_gone_by(self, county, liu):
        self.given(county, liu, 60, 20, 100)
        facts = gather(county.plan, "2026年7月", DAY)
        assert [task.state for task in facts.tasks] == ["on_time", "lagging", "done"]
        assert facts.tasks[1].gap == "完成20%，差30个百分点"
        assert facts.tasks[0].progress == "第1项进展"

    def test_nought_is_not_started_and_a_missed_day_is_late(self, county, liu):
        Task.objects.filter(pk=county.tasks[1].pk).update(deadline_day=dt.date(2026, 6, 30))
        self.given(county, liu, 0, 90)
        facts = gather(county.plan, "2026年7月", DAY)
        assert [task.state for task in facts.tasks] == ["not_started", "lagging", "unknown"]
        assert facts.tasks[1].gap == "超过时限10天"

    def test_what_was_dropped_does_not_count(self, county):
        Task.objects.filter(pk=county.tasks[0].pk)._update([(Task._meta.get_field("state"), None, "dropped")])
        assert len(gather(county.plan, "2026年7月", DAY).tasks) == 2

    def test_indicators_have_their_figures_and_lights(self, county, liu):
        self.given(county, liu, 60)
        figure = Figure.objects.filter(indicator__name="新开工项目").first()
        Figure.objects.filter(pk=figure.pk).update(
            value=12, until=dt.date(2026, 6, 30), since=dt.date(2026, 1, 1)
        )
        sent(figure, 12)
        facts = gather(county.plan, "2026年7月", DAY)
        row = next(row for row in facts.indicators if row.name == "新开工项目")
        assert (str(row.actual), row.state) == ("12.000000", "on_time")
        other = next(row for row in facts.indicators if row.name == "净增规上企业")
        assert (other.actual, other.state) == (None, "not_due")

    def test_targets_and_figures_are_in_words(self, county, liu):
        self.given(county, liu, 60)
        row = Indicator.objects.get(name="新开工项目", task__isnull=False)
        Indicator.objects.filter(pk=row.pk).update(kind="growth", op=">=", value=8, unit="%")
        figure = Figure.objects.get(indicator=row)
        Figure.objects.filter(pk=figure.pk).update(until=dt.date(2026, 6, 30), since=dt.date(2026, 1, 1))
        sent(figure, -3)
        facts = gather(county.plan, "2026年7月", DAY)
        found = next(found for found in facts.indicators if found.key == f"indicator:{row.pk}")
        assert (found.wanted, found.reached) == ("增长8%以上", "下降3%")
        table = listings(facts)["主要指标"].table
        assert next(line[2:4] for line in table.rows if line[1] == "新开工项目") == ("增长8%以上", "下降3%")

    def test_units_go_by_the_short_name_of_the_register(self, county):
        county.wang.names.create(name="发改局", kind="short")
        county.wang.names.create(name="县发改局", kind="short")
        county.wang.names.create(name="县物价局", kind="former")
        facts = gather(county.plan, "2026年7月", DAY)
        assert facts.tasks[0].lead == "县发改局"
        county.li.names.create(name="县发改局", kind="short")  # which of the two?
        assert gather(county.plan, "2026年7月", DAY).tasks[0].lead == "县发展和改革局"

    @pytest.mark.parametrize(
        ("deadline", "words"),
        [
            ("2026-09-30", "9月30日"),
            ("2026-Q3", "三季度"),
            ("2026", "2026年"),
            ("2027-06", "2027年6月"),
            ("", ""),
        ],
    )
    def test_days_of_the_year_go_without_it(self, county, deadline, words):
        Task.objects.filter(pk=county.tasks[0].pk).update(deadline=deadline)
        assert gather(county.plan, "2026年7月", DAY).tasks[0].deadline == words

    @pytest.mark.parametrize(
        ("basis", "told", "actual"),
        [
            ("cumulative", [(5, 12)], "12"),  # what was sent about May, then about June
            ("period", [(5, 12), (6, 3)], "15"),  # 当期: periods add up
            (
                "period",
                [(5, 12), (5, 7), (6, 3)],
                "10",
            ),  # May sent again: it counts once, as it was sent last
            ("cumulative", [(6, 12), (6, 9)], "9"),
            ("cumulative", [(6, 12), (6, None)], None),  # taken back
        ],
    )
    def test_a_paper_and_the_page_of_lights_tell_the_same(self, county, liu, basis, told, actual):
        self.given(county, liu, 60)
        first = Figure.objects.filter(indicator__name="新开工项目").first()
        for month, value in told:
            since = dt.date(2026, month if basis == "period" else 1, 1)
            until = period_on("月", dt.date(2026, month, 1)).end
            figure, _ = Figure.objects.update_or_create(
                indicator=first.indicator, unit=first.unit, basis=basis, since=since, until=until,
                defaults={"value": value, "as_of": until, "report": first.report},
            )  # fmt: skip
            sent(figure, value)
        row = next(r for r in gather(county.plan, "2026年7月", DAY).indicators if r.name == "新开工项目")
        page = next(x for x in lines_of(liu.actor, county.plan, timezone.localdate()) if x.name == row.name)
        assert row.actual == page.actual == (None if actual is None else Decimal(actual))

    @pytest.mark.parametrize(
        ("text", "content"),
        [
            ("1．新开工项目。开工12个（其中亿元以上3个）。（县发改局牵头）", "新开工项目。开工12个（其中亿元以上3个）。"),
            ("（2）新开工\n项目12个。（牵头单位：县发改局（县能源局））", "新开工项目12个。"),
            ("新开工项目12个（含续建）", "新开工项目12个（含续建）"),
            ("2026年开工12个。", "2026年开工12个。"),
        ],
    )  # fmt: skip
    def test_a_breakdown_says_all_of_a_task_but_its_number_and_units(self, county, text, content):
        Task.objects.filter(pk=county.tasks[0].pk).update(text=text)
        county.tasks[0].assignments.filter(accountable=True).update(printed="县发改局")
        assert gather(county.plan, "2026年7月", DAY, whole=True).tasks[0].content == content
        assert gather(county.plan, "2026年7月", DAY).tasks[0].content == ""

    def test_what_a_unit_cannot_settle_alone(self, county, liu):
        found = report(county, liu, 0, 50, blocker="用地指标不足。", needs="县自然资源局")
        Report.objects.filter(pk=found.pk)._update([(Report._meta.get_field("state"), None, "submitted")])
        (blocker,) = gather(county.plan, "2026年7月", DAY).blockers
        assert (blocker.text, blocker.asked_of) == ("用地指标不足", "县自然资源局")

    def test_a_letter_is_about_one_unit(self, county):
        facts = gather(county.plan, "2026年7月", DAY, county.li.pk)
        assert [task.lead for task in facts.tasks] == ["县发展和改革局", "县教育局"]

    def test_however_many_tasks_as_many_queries(self, county, django_assert_num_queries):
        with django_assert_num_queries(10):  # one of them for short names
            gather(county.plan, "2026年7月", DAY)


class TestDrafting:
    """Starting a paper and working on it."""

    def test_what_a_number_is_called_is_in_chinese(self, county, liu):
        TestGathering().given(county, liu, 10, 10)
        bulletin = writing.start(asked(county, "urging"), by=liu.actor)
        names = {receipt(bulletin, piece).name for *_, piece in bulletin.words.numbers()}
        assert "差距" in names
        assert not [name for name in names if name.isascii()]

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "assessment"])
    def test_every_kind_starts(self, county, liu, kind):
        bulletin = writing.start(asked(county, kind), by=liu.actor)
        assert bulletin.stops == 0
        assert bulletin.refusals == 0
        assert bulletin.missing == ()

    def test_without_scores_there_is_nothing_to_tell(self, county, liu):
        with pytest.raises(Refused, match="还没有考核结果"):
            writing.start(asked(county, "assessment"), by=liu.actor)

    def test_a_unit_does_not_draft(self, county, wang):
        with pytest.raises(Denied, match="起草公文由"):
            writing.start(asked(county), by=wang.actor)

    def test_a_later_save_of_an_older_page_is_refused(self, county, liu):
        bulletin = writing.start(asked(county), by=liu.actor)
        writing.retype(bulletin, 0, "甲", "", 1, by=liu.actor)
        with pytest.raises(Stale):
            writing.retype(bulletin, 0, "乙", "", 1, by=liu.actor)
        with pytest.raises(Stale):
            writing.retype(bulletin, 999, "乙", "", 2, by=liu.actor)

    def test_a_number_changed_by_hand_needs_its_reason(self, county, liu):
        bulletin = writing.start(asked(county), by=liu.actor)
        at, passage = next(
            (n, p) for n, p in enumerate(bulletin.words.passages()) if "项主要指标中" in p.text
        )
        text = re.sub(r"^\d+", "9", passage.text)
        writing.retype(bulletin, at, text, "", 1, by=liu.actor)
        assert any("请写明理由" in flaw.sentence for flaw in bulletin.flaws)
        writing.retype(bulletin, at, text, "", 2, by=liu.actor)
        again = Bulletin.objects.get(pk=bulletin.pk)
        writing.retype(again, at, passage.text, "", 3, by=liu.actor)
        writing.retype(again, at, text, "另有5项未列入", 4, by=liu.actor)
        assert [flaw.weight for flaw in again.flaws if "另有5项" in flaw.sentence] == ["warn"]

    def test_drafting_anew_takes_the_ledger_of_now(self, county, liu):
        bulletin = writing.start(asked(county), by=liu.actor)
        Task.objects.filter(pk=county.tasks[0].pk)._update([(Task._meta.get_field("state"), None, "dropped")])
        with pytest.raises(Denied, match="需要写明理由"):
            writing.refresh(bulletin, 1, "", by=liu.actor)
        writing.refresh(bulletin, 1, "台账有变更", by=liu.actor)
        assert "2项任务中" in "".join(p.text for p in bulletin.words.passages())

    def test_changes_of_particulars_are_written_down(self, county, liu):
        bulletin = writing.start(asked(county), by=liu.actor)
        given = replace(bulletin.given, to="各乡镇人民政府")
        writing.set_particulars(bulletin, "新标题", {"approval": "已批准"}, given, 1, by=liu.actor)
        event = Event.objects.filter(verb="edit").last()
        assert event.data["主送机关"] == ["各乡镇人民政府，县直各单位", "各乡镇人民政府"]
        assert event.data["批准依据"] == ["", "已批准"]
        assert Bulletin.objects.get(pk=bulletin.pk).words.title == "新标题"


class TestIssuing:
    """From review to the archive."""

    def test_nobody_reviews_their_own(self, county, liu):
        bulletin = writing.start(asked(county), by=liu.actor)
        with pytest.raises(Denied, match="不能由同一人办理"):
            issuing.review(bulletin, liu.actor)

    def test_the_rules_stop_a_paper_that_may_not_go_out_so(self, county, liu, sun):
        bulletin = writing.start(asked(county, issuer="task_force"), by=liu.actor)
        with pytest.raises(Denied, match="行文规则上还有1处不符"):
            issuing.review(bulletin, sun.actor)

    def test_a_number_is_given_once(self, county, liu, sun):
        issued(county, liu, sun)
        second = signed(writing.start(asked(county), by=liu.actor), sun, sun)
        assert issuing.next_in(second, "青政办发", second.given.dated.year) == 2
        with pytest.raises(Refused, match="已经用过，下一个可用的序号是2"):
            issuing.give_number(second, "青政办发", 1, by=sun.actor)
        issuing.give_number(second, "青政办发", 2, by=sun.actor)
        assert second.number == f"青政办发〔{second.year}〕2号"

    def test_going_back_frees_the_number_and_needs_a_reason(self, county, liu, sun):
        bulletin = signed(writing.start(asked(county), by=liu.actor), sun, sun)
        issuing.give_number(bulletin, "青政办发", 5, by=sun.actor)
        with pytest.raises(Denied, match="需要写明理由"):
            issuing.send_back(bulletin, sun.actor, "")
        issuing.send_back(bulletin, sun.actor, "有错字")
        bulletin.refresh_from_db()
        assert (bulletin.state, bulletin.number, bulletin.sequence, bulletin.given.dated) == (
            "draft",
            "",
            None,
            None,
        )

    def test_an_issued_paper_cannot_be_touched(self, county, liu, sun):
        bulletin = issued(county, liu, sun)
        for act in (
            lambda: writing.retype(bulletin, 0, "甲", "", bulletin.version, by=liu.actor),
            lambda: writing.refresh(bulletin, bulletin.version, "改", by=liu.actor),
            lambda: issuing.send_back(bulletin, sun.actor, "改"),
        ):
            with pytest.raises(Denied, match="已印发的公文不能改动"):
                act()

    def test_what_was_issued_is_found_out_when_altered(self, county, liu, sun, capsys):
        bulletin = issued(county, liu, sun)
        assert altered(bulletin) == ""
        assert main(["verify"]) == 0
        assert "1件已印发的公文与印发时一致" in capsys.readouterr().out
        facts = {**bulletin.facts, "period": "另一时期"}
        Bulletin.objects.filter(pk=bulletin.pk).update(facts=facts)
        assert "事实、文稿或要素与印发时不同" in altered(Bulletin.objects.get(pk=bulletin.pk))
        assert main(["verify"]) == 1
        bulletin.file.storage.delete(bulletin.file.name)
        assert "文件找不到了" in altered(bulletin)
        bulletin.file.storage.save(bulletin.file.name, ContentFile(b"other"))
        assert "文件与印发时不同" in altered(bulletin)

    def test_with_nothing_issued_there_is_nothing_to_verify(self, db, capsys):
        assert main(["verify"]) == 0
        assert "还没有印发过公文" in capsys.readouterr().out

    def test_papers_with_a_genre_are_counted_by_year(self, county, liu, sun):
        issued(county, liu, sun)
        issued(county, liu, sun, "ten_days")
        (line,) = years(liu.actor)
        assert (line.counted, line.briefs) == (1, 1)


class TestPages:
    """What pages show to whom, in how many queries."""

    def test_drafts_are_seen_by_those_who_draft_and_sign(self, county, liu, sun, wang, outsider):
        draft = writing.start(asked(county), by=liu.actor)
        out = issued(county, liu, sun)
        assert set(papers(liu.actor)) == {draft, out}
        assert set(papers(wang.actor)) == {out}
        assert not papers(outsider.actor)

    def test_what_waits_for_whom(self, county, liu, sun, wang):
        leader = cast("zhoulx", "周立新", "青禾县人民政府", "leader")
        bulletin = writing.start(asked(county), by=liu.actor)
        issuing.review(bulletin, sun.actor)
        assert list(waiting(leader.actor)) == [bulletin]
        issuing.sign(bulletin, leader.actor)
        assert list(waiting(leader.actor)) == []
        assert list(waiting(liu.actor)) == [bulletin]
        assert not waiting(wang.actor)

    def test_the_list_takes_as_many_queries_with_many_papers(self, county, liu, as_):
        writing.start(asked(county), by=liu.actor)
        client = as_(liu)
        few = asked_for(client, "/bulletins/")
        for _ in range(5):
            writing.start(asked(county), by=liu.actor)
        assert asked_for(client, "/bulletins/") == few == 3

    def test_one_paper_takes_few_queries(self, county, liu, as_):
        bulletin = writing.start(asked(county), by=liu.actor)
        assert asked_for(as_(liu), f"/bulletins/{bulletin.pk}/") == 3

    def test_a_number_shows_what_was_reported_and_the_sentence(self, county, liu, as_):
        found = report(county, liu, 0, 60, done="开工12个。")
        Report.objects.filter(pk=found.pk)._update([(Report._meta.get_field("state"), None, "accepted")])
        bulletin = writing.start(asked(county), by=liu.actor)
        at, piece, _ = next(bulletin.words.numbers())
        page = as_(liu).get(f"/bulletins/{bulletin.pk}/passages/{at}/numbers/{piece}/").content.decode()
        assert "填报：开工12个" in page
        assert county.tasks[0].quote in page
        part = as_(liu).get(
            f"/bulletins/{bulletin.pk}/passages/{at}/numbers/{piece}/", headers={"HX-Request": "true"}
        )
        assert "<html" not in part.content.decode()

    def test_one_number_takes_few_queries(self, county, liu, as_):
        bulletin = writing.start(asked(county), by=liu.actor)
        at, piece, _ = next(bulletin.words.numbers())
        assert asked_for(as_(liu), f"/bulletins/{bulletin.pk}/passages/{at}/numbers/{piece}/") == 2

    def test_a_wrong_form_comes_back_with_sentences(self, county, liu, as_):
        answer = as_(liu).post("/bulletins/new/minutes/", {"plan": "x", "as_of": "昨天"})
        assert answer.status_code == 422
        text = answer.content.decode()
        for sentence in (
            "日期应写成2026-03-31这样",
            "请填写“会议名称”",
            "请填写“主持人”",
            "请从列出的选项中选择",
        ):
            assert sentence in text

    def test_a_kind_that_there_is_not(self, liu, as_):
        assert as_(liu).get("/bulletins/new/nothing/").status_code == 404
        assert as_(liu).get("/bulletins/wordings/nothing/").status_code == 404

    def test_a_server_without_libreoffice_says_so(self, county, liu, as_, monkeypatch):
        bulletin = writing.start(asked(county), by=liu.actor)
        monkeypatch.setattr("luoshi.core.writing.pdf.office", lambda: "")
        answer = as_(liu).get(f"/bulletins/{bulletin.pk}/paper.pdf")
        assert answer.status_code == 409
        assert "没有安装 LibreOffice" in answer.content.decode()


def asked_for(client, address):
    """How many queries a page needs beyond those of a page that asks for nothing (session, posts, the rail)."""
    client.get("/bulletins/new/")
    with CaptureQueriesContext(connection) as bare:
        client.get("/bulletins/new/")
    with CaptureQueriesContext(connection) as all_:
        client.get(address)
    return len(all_) - len(bare)


@pytest.mark.parametrize(
    ("kind", "day", "period"),
    [
        ("ten_days", dt.date(2026, 7, 20), "2026年7月中旬"),
        ("ten_days", dt.date(2026, 7, 31), "2026年7月下旬"),
        ("month", dt.date(2026, 7, 31), "2026年7月"),
        ("season", dt.date(2026, 12, 31), "2026年第四季度"),
    ],
)
def test_a_period_is_called_as_papers_call_it(kind, day, period):
    assert period_of(kind, day) == period


def test_decisions_by_line():
    assert decisions("\n \n") == []
    (one,) = decisions("只有事项。")
    assert (one.text, one.lead, one.units, one.deadline) == ("只有事项", "", (), "")
