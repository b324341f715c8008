"""The unit's sheet: last values, saving while typing, two clerks at once, questions, 无变化, sending."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.models import Event
from luoshi.ledger.models import Task
from luoshi.reporting.models import Burden, Figure, Report, Revision, Round
from luoshi.reporting.services import filling
from luoshi.reporting.services.keeping import postpone
from luoshi.reporting.services.sending import submit
from tests.people import Member, cast
from tests.reporting import Ledger, fields, fill_all, lines


@pytest.fixture
def march(county: Ledger, liu: Member) -> Round:
    return county.round(liu.actor, "2026年3月")


@pytest.fixture
def april(county: Ledger, liu: Member, wang: Member, march: Round) -> Round:
    """March was reported by 王科长's unit: 30 %, every figure 5; April is open."""
    fill_all(march, county.wang, wang.actor)
    return county.round(liu.actor, "2026年4月")


def address(round: Round, county: Ledger) -> str:
    return f"/reporting/rounds/{round.pk}/units/{county.wang.pk}/"


def own(round: Round, county: Ledger) -> list[Report]:
    return list(Report.objects.filter(round=round, unit=county.wang).order_by("order"))


class TestLastValues:
    def test_are_in_the_fields_until_something_is_typed(self, april, county, browser, wang) -> None:
        sent = fields(browser(wang).get(address(april, county)).content.decode())
        first = own(april, county)[0]
        assert sent[f"r{first.pk}-percent"] == "30"
        assert sent[f"r{first.pk}-done"] == ""
        assert {sent[f"f{f.pk}-value"] for f in first.figures.all()} == {"5"}

    def test_are_not_filled_in_by_sending_the_page(self, april, county, browser, wang) -> None:
        client = browser(wang)
        sent = fields(client.get(address(april, county)).content.decode())
        html = client.post(address(april, county), {**sent, "do": "submit"}).content.decode()
        assert "还没有可以提交的：这一项还没有填，请填写，或确认与上期相比无变化。" in html
        assert not Report.objects.filter(round=april, filled_at__isnull=False).exists()

    def test_unchanged_takes_them_over_for_many_rows_in_one_press(self, april, county, browser, wang) -> None:
        client, rows = browser(wang), own(april, county)
        html = client.get(address(april, county)).content.decode()
        assert html.count('name="same"') == 3
        client.post(address(april, county), {**fields(html), "do": "unchanged", "same": [r.pk for r in rows]})
        client.post(address(april, county), {"do": "submit"})
        for row in own(april, county):
            assert (row.state, row.percent, row.unchanged, row.done) == ("submitted", 30, True, "")
        assert {f.value for f in Figure.objects.filter(report__round=april, unit=county.wang)} == {5}

    def test_unchanged_is_not_offered_for_the_first_time(self, march, county, browser, wang) -> None:
        client, first = browser(wang), own(march, county)[0]
        assert 'name="same"' not in client.get(address(march, county)).content.decode()
        assert client.post(address(march, county), {"do": "unchanged", "same": first.pk}).status_code == 409

    def test_what_was_returned_is_not_a_last_value(self, march, april, county, liu, wang) -> None:
        Report.objects.filter(round=march).update(state="returned")
        assert {line.last for line in lines(april, county.wang, wang.actor)} == {None}
        assert {cell.last for line in lines(april, county.wang, wang.actor) for cell in line.cells} == {None}

    def test_a_new_year_begins_at_nothing(self, april, county, liu, wang) -> None:
        january = county.round(liu.actor, "2027年1月")
        first = lines(january, county.wang, wang.actor)[0]
        assert first.last is not None
        assert [cell.last for cell in first.cells] == [None, None]

    def test_a_figure_given_elsewhere_is_shown_and_not_asked(self, march, county, browser, liu, wang) -> None:
        fill_all(march, county.wang, wang.actor)
        quarter = county.round(liu.actor, "2026年第一季度")
        html = browser(wang).get(address(quarter, county)).content.decode()
        assert html.count("在2026年3月填报中已报，这里不再问") == 3
        assert "-value" not in html


class TestSavingWhileTyping:
    def save(self, client: Client, row: Report, **said: str):
        sent = {f"r{row.pk}-version": str(row.version), f"r{row.pk}-shown": "x"}
        return client.post(
            f"/reporting/reports/{row.pk}/save/", {**sent, **said}, headers={"HX-Request": "true"}
        )

    def test_keeps_the_row_and_answers_with_the_parts_around_its_fields(
        self, march, county, browser, wang
    ) -> None:
        row = own(march, county)[1]
        answer = self.save(browser(wang), row, **{f"r{row.pk}-done": "已选址"})
        row.refresh_from_db()
        assert (row.done, row.version, row.filled_by, row.state) == ("已选址", 2, "王科长", "draft")
        html = answer.content.decode()
        assert f'name="r{row.pk}-version" value="2"' in html
        assert "textarea" not in html
        assert "王科长" in html

    def test_an_odd_figure_asks_and_a_confirmed_one_does_not(self, april, county, browser, wang) -> None:
        client, row = browser(wang), own(april, county)[0]
        figure, other = row.figures.order_by("pk")
        answer = self.save(client, row, **{f"f{figure.pk}-value": "50", f"f{other.pk}-value": "5"})
        assert "填的数约是上期5个的10倍" in answer.content.decode()
        assert "还有1处数字像是有误" in answer.content.decode()
        row.refresh_from_db()
        self.save(client, row, **{f"f{figure.pk}-value": "50", f"f{figure.pk}-sure": "1"})
        assert Figure.objects.get(pk=figure.pk).sure
        row.refresh_from_db()
        self.save(client, row, **{f"f{figure.pk}-value": "0.5", f"f{figure.pk}-sure": "1"})
        assert not Figure.objects.get(pk=figure.pk).sure  # another number is asked about anew

    def test_what_is_wrong_is_said_beside_the_field_and_not_saved(self, march, county, browser, wang) -> None:
        row = own(march, county)[0]
        figure = row.figures.order_by("pk")[0]
        answer = self.save(browser(wang), row, **{f"f{figure.pk}-value": "约120"})
        assert answer.status_code == 422
        assert "应为数字，现在是“约120”。没有数时请留空，并写明原因。" in answer.content.decode()
        assert Figure.objects.get(pk=figure.pk).value is None

    def test_a_row_sent_again_as_it_was_is_not_written(self, march, county, browser, wang) -> None:
        client, row = browser(wang), own(march, county)[1]
        for _ in range(2):
            assert self.save(client, row, **{f"r{row.pk}-done": "已选址"}).status_code == 200
        row.refresh_from_db()
        assert row.version == 2

    def test_costs_the_same_for_any_number_of_rows(self, march, county, browser, wang) -> None:
        row, client = own(march, county)[1], browser(wang)
        self.save(client, row, **{f"r{row.pk}-done": "一"})
        row.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            self.save(client, row, **{f"r{row.pk}-done": "二"})
        assert len(queries) <= 32


class TestTwoClerksAtOnce:
    def test_the_second_is_told_both_values_and_nothing_is_lost(self, march, county, browser, wang) -> None:
        other = cast("sujian", "苏简", county.wang.full_name, "clerk")
        one, two = browser(wang), browser(other)
        seen = fields(one.get(address(march, county)).content.decode())
        row, second = own(march, county)[1:]
        one.post(address(march, county), {**seen, f"r{row.pk}-done": "已选址", f"r{row.pk}-percent": "40"})
        answer = two.post(
            address(march, county), {**seen, f"r{row.pk}-done": "正在选址", f"r{row.pk}-percent": "40", f"r{second.pk}-done": "走访企业"}
        )  # fmt: skip
        html = answer.content.decode()
        assert answer.status_code == 409
        assert re.search(r"王科长\d\d:\d\d改过这一行，您的改动没有覆盖上去。", html)
        assert "<td>工作进展</td><td>正在选址</td><td>已选址</td>" in html
        assert "<td>完成进度</td>" not in html  # both say 40
        assert Report.objects.get(pk=row.pk).done == "已选址"
        assert Report.objects.get(pk=second.pk).done == "走访企业"  # rows that nobody else touched are saved
        sent = fields(html)
        assert sent[f"r{row.pk}-done"] == "正在选址"  # what was typed is still in the field
        two.post(address(march, county), sent)
        assert Report.objects.get(pk=row.pk).done == "正在选址"

    def test_on_different_rows_they_never_meet(self, march, county, browser, wang) -> None:
        other = cast("sujian", "苏简", county.wang.full_name, "clerk")
        one, two = browser(wang), browser(other)
        seen = fields(one.get(address(march, county)).content.decode())
        first, second = own(march, county)[1:]
        for client, row in ((one, first), (two, second)):
            assert client.post(address(march, county), {**seen, f"r{row.pk}-done": "办妥"}).status_code == 302
        assert list(Report.objects.filter(done="办妥").order_by("order")) == [first, second]

    def test_both_writing_the_same_is_no_conflict(self, march, county, browser, wang) -> None:
        one, two = browser(wang), browser(wang)
        seen = fields(one.get(address(march, county)).content.decode())
        row = own(march, county)[1]
        for client in (one, two):
            assert client.post(address(march, county), {**seen, f"r{row.pk}-done": "办妥"}).status_code == 302

    def test_saving_what_was_sent_meanwhile_is_refused(self, march, county, browser, wang) -> None:
        line = lines(march, county.wang, wang.actor)[1]
        Report.objects.filter(pk=line.report.pk).update(state="submitted")
        with pytest.raises(filling.Stale):
            filling.fill(line.report, line.shown, 1, by=wang.actor)


class TestSending:
    def fill(self, client: Client, round: Round, county: Ledger, **said: str):
        sent = fields(client.get(address(round, county)).content.decode())
        return client.post(address(round, county), {**sent, **said, "do": "submit"}, follow=True)

    def test_late_is_stamped_and_not_blocked(self, march, county, browser, wang) -> None:
        Round.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
        row = own(march, county)[1]
        html = self.fill(browser(wang), march, county, **{f"r{row.pk}-done": "已选址"}).content.decode()
        assert "已提交1项（已超过截止日期，记为迟报）。" in html
        row.refresh_from_db()
        assert row.late

    def test_a_later_day_takes_the_stamp_off(self, march, county, browser, wang, liu) -> None:
        Round.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
        row = own(march, county)[1]
        self.fill(browser(wang), march, county, **{f"r{row.pk}-done": "已选址"})
        march.refresh_from_db()
        postpone(march, timezone.localdate() + dt.timedelta(days=1), "材料多", by=liu.actor)
        row.refresh_from_db()
        assert not row.late

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [({"value": "", "absent": ""}, "还有2项指标没有填数，请填好，或写明为什么没有数。"), ({"value": "-4"}, "还有1处数字像是有误，请改正，或确认无误后再提交。")],
    )  # fmt: skip
    def test_what_is_not_ready_says_so_in_its_row(self, march, county, browser, wang, said, sentence) -> None:
        row = own(march, county)[0]
        first, second = row.figures.order_by("pk")
        typed = {f"r{row.pk}-done": "开工"} | {f"f{first.pk}-{name}": text for name, text in said.items()}
        if said["value"]:
            typed[f"f{second.pk}-value"] = "7"
        assert sentence in self.fill(browser(wang), march, county, **typed).content.decode()
        row.refresh_from_db()
        assert row.state == "draft"

    def test_a_reason_stands_for_a_number(self, march, county, browser, wang) -> None:
        row = own(march, county)[0]
        typed = {f"r{row.pk}-done": "开工"} | {f"f{f.pk}-absent": "统计局未发布" for f in row.figures.all()}
        self.fill(browser(wang), march, county, **typed)
        row.refresh_from_db()
        assert row.state == "submitted"

    def test_every_sending_is_an_event_with_old_and_new_and_a_revision(
        self, march, county, wang, liu
    ) -> None:
        fill_all(march, county.wang, wang.actor)
        row = own(march, county)[2]
        event = Event.objects.get(subject_type="reporting.report", subject_id=row.pk)
        assert event.data == {
            "percent": ["", "30"],
            "done": ["", "已按计划推进。"],
            "净增规上企业": ["", "5"],
        }
        Report.objects.filter(pk=row.pk).update(state="returned")
        line = lines(march, county.wang, wang.actor)[2]
        line.shown.numbers[line.cells[0].figure.pk]["value"] = "6"
        filling.fill(line.report, line.shown, line.report.version, by=wang.actor)
        resend(march, county, wang.actor)
        assert Event.objects.filter(subject_id=row.pk, verb="submit").latest("pk").data == {
            "净增规上企业": ["5", "6"]
        }
        figure = row.figures.get()
        assert [int(r.value) for r in Revision.objects.filter(figure=figure)] == [5, 6]

    def test_the_meter_counts_what_was_typed_and_what_was_taken_over(self, march, county, liu, wang) -> None:
        fill_all(march, county.wang, wang.actor)
        (burden,) = Burden.objects.filter(unit=county.wang)
        assert (burden.items, burden.figures, burden.typed, burden.carried) == (3, 3, 9, 0)
        april = county.round(liu.actor, "2026年4月")
        filling.confirm_unchanged(lines(april, county.wang, wang.actor), by=wang.actor)
        resend(april, county, wang.actor)
        burden.refresh_from_db()
        assert (burden.items, burden.typed, burden.carried) == (6, 9, 6)
        assert burden.share == 40

    def test_withdrawn_by_the_unit_before_it_is_accepted(self, march, county, browser, wang) -> None:
        fill_all(march, county.wang, wang.actor)
        first, second, _ = own(march, county)
        client = browser(wang)
        client.post(address(march, county), {"withdraw": first.pk})
        assert [r.state for r in own(march, county)] == ["draft", "submitted", "submitted"]
        Report.objects.filter(pk=second.pk).update(state="accepted")
        answer = client.post(address(march, county), {"withdraw": second.pk})
        assert "填报现在是“已采用”，不能撤回。" in answer.content.decode()


def test_milestones_are_shown_and_marked_done_on_the_sheet(march, county, browser, wang, li) -> None:
    task = county.tasks[0]
    own = task.milestones.create(title="完成招标", due=dt.date(2026, 3, 20))
    theirs = task.milestones.create(title="完成征地", unit=county.li)
    client, row = browser(wang), Report.objects.get(round=march, unit=county.wang, order=2)
    sent = fields(client.get(address(march, county)).content.decode())
    html = client.post(
        address(march, county), {**sent, f"r{row.pk}-done": "已选址", "finish": own.pk}, follow=True
    ).content.decode()
    assert "节点“完成招标”已标为完成。" in html
    assert "完成征地" not in html
    own.refresh_from_db()
    row.refresh_from_db()
    assert (own.state, own.done_on, row.done) == ("done", timezone.localdate(), "已选址")
    assert client.post(address(march, county), {"finish": theirs.pk}).status_code == 409
    assert (
        "完成征地" in browser(li).get(f"/reporting/rounds/{march.pk}/units/{county.li.pk}/").content.decode()
    )


def resend(round: Round, county: Ledger, actor: Actor) -> None:
    """Send all that is ready."""
    submit([one for one in lines(round, county.wang, actor) if one.open and not one.unready], by=actor)


def test_the_sheet_costs_the_same_for_any_number_of_rows(april, county, browser, wang, liu) -> None:
    def cost(round: Round) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(round, county)).status_code == 200
        return len(queries)

    client = browser(wang)
    before = cost(april)
    for n in range(30):
        task = Task.objects.create(
            plan=county.plan, order=10 + n, form="prose", text="任务", quote="任务", start=0, end=2
        )
        task.assignments.create(unit=county.wang, role="lead", accountable=True, printed="局", order=0)
        task.indicators.create(plan=county.plan, order=10 + n, name=f"指标{n}", kind="new", op=">=", value=5, unit="个", quote="x", start=0, end=1)  # fmt: skip
    may = county.round(liu.actor, "2026年5月")
    assert cost(may) == before <= 24
