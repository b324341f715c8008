"""The life of reports and rounds: signed, collated, accepted, returned; closed, opened again, corrected; all in the journal."""

import datetime as dt
import hashlib
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.journal import sealing
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused, Stale, move_all
from luoshi.reporting.models import Figure, Report, ReportingRules, Revision, Round, Sheet, Snapshot
from luoshi.reporting.queries.reviews import chosen, judged, plain_ones, waiting, weighed
from luoshi.reporting.services import keeping, reviewing, sending
from luoshi.reporting.services.complaining import set_rules
from tests.people import RAIL, Member, cast
from tests.reporting import Ledger, fill_all, lines


@pytest.fixture
def march(county: Ledger, liu: Member, wang: Member, li: Member) -> Round:
    """A round that both units have sent."""
    round = county.round(liu.actor)
    for home, member in ((county.wang, wang), (county.li, li)):
        fill_all(round, home, member.actor)
    return round


def reports(round: Round, actor, **about) -> list[Report]:
    return chosen(Report.objects.filter(round=round, **about).order_by("order", "unit"), None, actor)


def test_only_who_may_have_what_was_frozen_is_offered_it(march, browser, liu, wang) -> None:
    Snapshot.objects.create(
        round=march, number=1, text="{}", sha256="0" * 64, made_by="刘主任", made_at=timezone.now()
    )
    link = f"/reporting/rounds/{march.pk}/snapshots/1.json"
    for member, offered in ((liu, True), (wang, False)):
        page = browser(member).get(f"/reporting/rounds/{march.pk}/").content.decode()
        assert (link in page) is offered
        assert "第1份" in page
        assert browser(member).get(link).status_code == (200 if offered else 403)


class TestSigning:
    @pytest.fixture
    def signed(self, county: Ledger, liu: Member) -> None:
        set_rules(county.plan.government, True, by=liu.actor)

    def test_without_the_head_nothing_goes_on(self, signed, march, county, liu, wang) -> None:
        shared = reports(march, wang.actor, unit=county.li, lead_unit=county.wang)
        with pytest.raises(Denied, match="还没有签，请先由单位负责人签字"):
            reviewing.collate(shared, by=wang.actor)
        with pytest.raises(Denied, match="还没有签"):
            reviewing.accept(shared, by=liu.actor)

    def test_a_clerk_does_not_sign(self, signed, march, county, li) -> None:
        with pytest.raises(Denied, match="签字由单位负责人办理"):
            sending.sign(reports(march, li.actor, unit=county.li), by=li.actor)

    def test_the_head_signs_all_in_one_press(self, signed, march, county, browser, wang, liu) -> None:
        page = f"/reporting/rounds/{march.pk}/units/{county.wang.pk}/"
        assert "全部签字" in browser(wang).get(page).content.decode()
        browser(wang).post(page, {"do": "sign"})
        mine = reports(march, liu.actor, unit=county.wang)
        assert {r.state for r in mine} == {"signed"}
        assert reviewing.accept(mine, by=liu.actor) == 3

    def test_the_rule_is_the_offices(self, march, county, wang, browser, liu) -> None:
        with pytest.raises(Denied):
            set_rules(county.plan.government, True, by=wang.actor)
        browser(liu).post("/reporting/rules/", {"head_signs": "on"})
        assert ReportingRules.objects.get().head_signs


class TestMany:
    def test_in_one_press_with_an_event_each(self, march, liu) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert reviewing.accept(reports(march, liu.actor), by=liu.actor) == 5
        assert Event.objects.filter(verb="accept").count() == 5
        assert len(queries) <= 6
        assert not list(sealing.verify(liu.actor.government_id))

    def test_all_or_nothing_when_somebody_was_faster(self, march, liu) -> None:
        seen = reports(march, liu.actor)
        reviewing.give_back(seen[:1], "return", "请补充", by=liu.actor)
        stale = [Report.objects.select_related("round", "sheet", "task__action").get(pk=r.pk) for r in seen]
        stale[0].__dict__["state"] = "submitted"  # as a page opened before would have it
        with pytest.raises(Stale):
            move_all(stale, "accept", liu.actor)
        assert not Report.objects.filter(state="accepted").exists()
        assert not Event.objects.filter(verb="accept").exists()

    def test_nothing_is_nothing(self, march, liu) -> None:
        assert move_all([], "accept", liu.actor) == []

    def test_the_rest_leaves_exceptions_to_be_read(self, march, county, liu, browser) -> None:
        odd = Report.objects.filter(round=march, unit=county.li, order=2).get()
        Report.objects.filter(pk=odd.pk).update(blocker="资金未到位", cause="funds")
        assert waiting(march, liu.actor)[0].pk == odd.pk
        assert plain_ones(waiting(march, liu.actor)).count() == 4
        html = browser(liu).get(f"/reporting/rounds/{march.pk}/review/").content.decode()
        assert "有问题要协调" in html
        browser(liu).post(f"/reporting/rounds/{march.pk}/review/", {"do": "rest"})
        assert set(Report.objects.values_list("state", flat=True)) == {"accepted", "submitted"}
        assert Report.objects.get(state="submitted").pk == odd.pk

    def test_why_a_row_stands_out(self, march, county, liu, wang) -> None:
        april = county.round(liu.actor, "2026年4月")
        fill_all(april, county.wang, wang.actor, value="4", percent="20")
        assert [row.line.report.order for row in weighed(list(waiting(april, liu.actor)), liu.actor)] == [2]
        # what fell is asked about first, and not sent before it is confirmed
        for line in lines(april, county.wang, wang.actor):
            Figure.objects.filter(report=line.report).update(sure=True)
        sending.submit(sending.ready(lines(april, county.wang, wang.actor), wang.actor), by=wang.actor)
        reasons = {
            row.line.report.order: row.reasons for row in weighed(list(waiting(april, liu.actor)), liu.actor)
        }
        assert reasons[1] == ("数字异常、单位已确认", "进度倒退")
        assert not plain_ones(waiting(april, liu.actor)).exists()
        assert reasons[2] == ("进度倒退",)
        assert reasons[3] == ("数字异常、单位已确认", "进度倒退")

    def test_a_return_needs_a_reason_that_the_unit_reads(self, march, county, liu, browser, wang) -> None:
        one = reports(march, liu.actor, unit=county.wang)[0]
        with pytest.raises(Denied, match="退回需要写明理由"):
            reviewing.give_back([one], "return", " ", by=liu.actor)
        with pytest.raises(Refused, match="500个字"):
            reviewing.give_back([one], "return", "字" * 501, by=liu.actor)
        reviewing.give_back([one], "return", "请写明位置", by=liu.actor)
        html = browser(wang).get(f"/reporting/rounds/{march.pk}/units/{county.wang.pk}/").content.decode()
        assert "退回理由：请写明位置" in html

    def test_a_lead_unit_collates_only_its_own_tasks(self, march, county, wang, li) -> None:
        with pytest.raises(Denied, match="不在您的范围内"):
            reviewing.collate(reports(march, wang.actor, unit=county.li, order=2), by=wang.actor)
        shared = reports(march, wang.actor, unit=county.li, order=1)
        reviewing.give_back(shared, "send_back", "写明数量", by=wang.actor)
        assert Report.objects.get(pk=shared[0].pk).answer == "写明数量"

    def test_the_pages_cost_the_same_for_any_number(self, march, county, liu, wang, browser) -> None:
        def cost(address: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert office.get(address).status_code == 200
            return len(queries)

        office, pages = (
            browser(liu),
            [f"/reporting/rounds/{march.pk}/", f"/reporting/rounds/{march.pk}/review/"],
        )
        reviewing.accept(reports(march, liu.actor, unit=county.li), by=liu.actor)
        few = [cost(page) for page in pages]
        for number in range(20):
            task = county.tasks[0].__class__.objects.create(plan=county.plan, order=9 + number, form="prose", text="任务", quote="任务", start=0, end=2)  # fmt: skip
            other = cast(f"m{number}", "某人", f"青禾县第{number}局", "clerk").actor.unit_id
            task.assignments.create(unit_id=other, role="lead", accountable=True, printed="局", order=0)
            sheet = Sheet.objects.create(round=march, unit_id=other)
            Report.objects.create(
                government=county.plan.government, sheet=sheet, round=march, task=task, unit_id=other, lead_unit_id=other,
                until=march.until, order=9 + number, state="submitted",
            )  # fmt: skip
        assert [cost(page) for page in pages] == few
        assert max(few) <= RAIL + 9


class TestClosing:
    def test_waits_until_the_office_has_read_everything(self, march, liu) -> None:
        with pytest.raises(Denied, match="还有5份已提交的填报没有审核，请先采用或退回，再锁定。"):
            keeping.close(march, by=liu.actor)

    def test_freezes_what_was_said_with_its_hash(self, march, county, liu) -> None:
        reviewing.accept(reports(march, liu.actor), by=liu.actor)
        frozen = keeping.close(march, by=liu.actor)
        assert frozen.sha256 == hashlib.sha256(frozen.text.encode()).hexdigest()
        said = json.loads(frozen.text)
        assert said["round"] == "2026年3月"
        first = said["reports"][0]
        assert (first["unit"], first["state"], first["said"]["percent"]) == (
            county.wang.full_name,
            "accepted",
            "30",
        )
        assert [f["value"] for f in first["figures"]] == ["5", "5"]
        assert keeping.frozen(march).replace('"closed"', "") == frozen.text

    def test_silence_stays_silence(self, county, liu, wang) -> None:
        round = county.round(liu.actor)
        frozen = keeping.close(round, by=liu.actor)
        assert {(r["state"], len(r["figures"])) for r in json.loads(frozen.text)["reports"]} == {("draft", 0)}

    @pytest.fixture
    def closed(self, march, liu) -> Round:
        reviewing.accept(reports(march, liu.actor), by=liu.actor)
        keeping.close(march, by=liu.actor)
        return Round.objects.get(pk=march.pk)

    def test_a_lock_says_why_to_everybody(self, closed, county, wang, liu) -> None:
        with pytest.raises(Denied, match=r"2026年3月这一轮.*已锁定，如需修改，请联系综合协调组"):
            sending.withdraw(reports(closed, wang.actor, unit=county.wang), by=wang.actor)
        with pytest.raises(Denied, match="已锁定"):
            reviewing.give_back(reports(closed, liu.actor), "return", "改", by=liu.actor)

    def test_opened_again_for_one_unit_and_locked_again(self, closed, county, liu, wang, li, browser) -> None:
        office = browser(liu)
        page = f"/reporting/rounds/{closed.pk}/units/{county.wang.pk}/"
        assert "为本单位重新打开这一轮" in office.get(page).content.decode()
        assert office.post(f"{page}reopen/", {"note": ""}).status_code == 409
        office.post(f"{page}reopen/", {"note": "数据口径有误"})
        mine = reports(closed, liu.actor, unit=county.wang)
        office.post(f"/reporting/reports/{mine[0].pk}/return/", {"note": "请按新口径重报"})
        with pytest.raises(Denied, match="已锁定"):
            reviewing.give_back(reports(closed, liu.actor, unit=county.li), "return", "改", by=liu.actor)
        (line, *_) = lines(closed, county.wang, wang.actor)
        line.shown.numbers[line.cells[0].figure.pk]["value"] = "6"
        browser(wang).post(
            page,
            {f"r{line.report.pk}-version": "2", f"f{line.cells[0].figure.pk}-value": "6", "do": "submit"},
        )
        assert office.post(f"{page}lock/").status_code == 409  # still to be accepted
        reviewing.accept(reports(closed, liu.actor, unit=county.wang, state="submitted"), by=liu.actor)
        office.post(f"{page}lock/")
        assert not Sheet.objects.get(round=closed, unit=county.wang).reopened
        one, two = Snapshot.objects.filter(round=closed)
        assert one.sha256 != two.sha256
        assert two.reason == "青禾县发展和改革局重新填报后"
        assert [e.verb for e in Event.objects.filter(subject_type="reporting.round").order_by("pk")] == ["open", "close", "reopen_unit", "lock_unit"]  # fmt: skip

    def test_a_correction_keeps_the_old_number_and_freezes_anew(
        self, closed, county, liu, wang, browser
    ) -> None:
        figure = Figure.objects.filter(unit=county.wang).first()
        page = f"/reporting/figures/{figure.pk}/"
        assert "更正已锁定的数" not in browser(wang).get(page).content.decode()
        assert browser(wang).post(page, {"value": "7", "note": "统计反馈"}).status_code == 403
        assert browser(liu).post(page, {"value": "7"}).status_code == 422
        browser(liu).post(page, {"value": "7", "note": "统计反馈"})
        assert [int(r.value) for r in Revision.objects.filter(figure=figure)] == [5, 7]
        event = Event.objects.get(verb="correct", subject_type="reporting.round")
        assert (event.data, event.note) == ({"新开工项目": ["5", "7"]}, "统计反馈")
        assert Snapshot.objects.filter(round=closed).count() == 2
        assert "统计反馈" in browser(wang).get(page).content.decode()
        with pytest.raises(Refused, match="没有需要更正的"):
            keeping.correct(Figure.objects.get(pk=figure.pk), Decimal(7), "再改", by=liu.actor)

    def test_an_open_round_is_not_corrected_but_returned(self, march, county, liu) -> None:
        with pytest.raises(Denied, match="填报中"):
            keeping.correct(Figure.objects.first(), Decimal(7), "改", by=liu.actor)


class TestKeeping:
    def test_a_reminder_goes_to_who_owes(self, march, county, liu, browser, li, monkeypatch) -> None:
        monkeypatch.setattr("luoshi.reminders.services.urging.may_send", lambda *_: True)  # whatever the hour
        reviewing.give_back(reports(march, liu.actor, unit=county.li)[:1], "return", "请补充", by=liu.actor)
        browser(liu).post(f"/reminders/rounds/{march.pk}/remind/", {"units": [county.li.pk, county.wang.pk]})
        assert list(Sheet.objects.order_by("unit").values_list("unit", "reminded")) == [
            (county.wang.pk, 0),
            (county.li.pk, 1),
        ]
        assert Event.objects.get(verb="remind").data == {"units": [county.li.full_name]}
        assert "已催报1次" in browser(li).get("/").content.decode()

    def test_nobody_owes(self, march, county, liu) -> None:
        with pytest.raises(Refused, match="不需要催报"):
            keeping.remind(march, [county.wang.pk], by=liu.actor)

    def test_postponed_with_a_reason_to_a_later_day(self, march, county, liu, browser) -> None:
        office, later = browser(liu), march.due + dt.timedelta(days=2)
        for sent in (
            {"due": later.isoformat()},
            {"due": march.due.isoformat(), "note": "材料多"},
            {"due": "x", "note": "y"},
        ):
            office.post(f"/reporting/rounds/{march.pk}/postpone/", sent)
            assert Round.objects.get().due == march.due
        office.post(f"/reporting/rounds/{march.pk}/postpone/", {"due": later.isoformat(), "note": "材料多"})
        assert Round.objects.get().due == later
        assert Event.objects.get(verb="postpone").note == "材料多"


def test_the_table_judges_a_page_of_hundreds_without_a_query(march, liu) -> None:
    found = reports(march, liu.actor)
    with CaptureQueriesContext(connection) as queries:
        assert len(judged(found, "accept", liu.actor)) == 5
    assert not queries
    assert timezone.localdate() <= march.due
