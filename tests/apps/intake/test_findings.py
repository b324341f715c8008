"""Findings of a stored plan: kept, shown, waived with a reason, taken back, found again."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from luoshi.intake.findings import Counts, finding_lines, findings_of, flags, tied
from luoshi.intake.health import parts_of, standing
from luoshi.intake.models import DraftItem, PlanCheck, PlanFinding
from luoshi.intake.queries import items_of
from luoshi.intake.services import checking
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.checking import recheck, unwaive, waive
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import create_units
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused, Stale, move
from luoshi.ledger.models import Plan
from luoshi.org.models import Unit, UnitName
from luoshi.org.services import add_alias
from tests.apps.intake.plans import TEXT, finding, received
from tests.apps.intake.planted import PLANTED, UNITS, UNKNOWN
from tests.people import cast, government, unit

pytestmark = pytest.mark.django_db
WORDS, OTHER, PARK = "全年新建冷库3座", "新增规模企业12家以上", "园区产值增长8%以上"
NAMES = ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"]


@pytest.fixture
def zhao(db):
    return cast("zhao", "赵科员", "青禾县人民政府办公室", "office")


@pytest.fixture
def plan(liu, monkeypatch):
    """The invented plan with an error (and another place), a warning and a hint."""
    findings = [
        finding(OTHER, "row-number", WORDS),
        finding(PARK, "target-conflict", mend="园区产值增长9%以上"),
        finding(WORDS, "no-measure"),
    ]
    return received(monkeypatch, liu, findings=findings)


@pytest.fixture
def planted(liu, as_):
    """The planted plan, read and checked by the real worker against a register that knows all units but one."""
    for full, short in UNITS:
        UnitName.objects.create(unit=unit(full, government()), name=short)
    as_(liu).post("/plans/upload/", {"files": SimpleUploadedFile("方案.txt", PLANTED.encode())})
    return Plan.objects.get()


def one(plan, code):
    return PlanFinding.objects.get(plan=plan, code=code)


def codes(plan):
    return list(PlanFinding.objects.filter(plan=plan).values_list("code", flat=True))


def page(client, plan, address=""):
    return client.get(f"/plans/{plan.pk}/{address}").content.decode()


def row(html, found):
    """The finding's row on the desk."""
    return re.search(rf'<li id="i{found.key}".*?</li>', html, re.S).group()


def adopted(plan, actor):
    leave([(i, i.version) for i in DraftItem.objects.filter(plan=plan) if i.open_doubts], actor)
    create_units(plan, NAMES, actor)
    adopt(Plan.objects.get(pk=plan.pk), actor)
    return Plan.objects.get(pk=plan.pk)


class TestStored:
    """What reading a plan leaves behind."""

    def test_a_plan_is_checked_when_it_is_read_against_the_register_of_its_county(self, planted):
        assert codes(planted) == [
            "run-on-units", "target-conflict", "unit-unknown", "no-lead", "unit-twice", "number-gap", "date-impossible",
        ]  # fmt: skip
        check = PlanCheck.objects.get(plan=planted)
        assert (check.by, check.complete, check.knows_units) == ("刘主任", True, True)
        conflict = one(planted, "target-conflict")
        assert [o["quote"] for o in conflict.others] == ["新增外贸企业3家"]
        assert PLANTED[conflict.start : conflict.end] == conflict.quote

    def test_an_adopted_plan_keeps_its_findings(self, plan, liu):
        waive(plan, [one(plan, "no-measure").pk], "留作定性任务", liu.actor)
        now = adopted(plan, liu.actor)
        assert codes(now) == ["row-number", "target-conflict", "no-measure"]
        assert one(now, "no-measure").waive_reason == "留作定性任务"

    def test_who_and_when_and_why_stand_together_or_not_at_all(self, plan):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanFinding.objects.filter(plan=plan).update(waived_by="刘主任")

    def test_a_rule_that_is_no_more_is_told_so(self, plan, liu, as_):
        PlanFinding.objects.filter(plan=plan, code="no-measure").update(code="gone-rule")
        assert "这条规则已停用" in page(as_(liu), plan, "health/")


class TestWaive:
    """不改, with a name and a reason, through the one door."""

    def test_it_is_kept_with_who_when_and_why_and_told_to_the_journal(self, plan, liu, as_):
        found = one(plan, "row-number")
        as_(liu).post(f"/plans/{plan.pk}/findings/{found.pk}/waive/", {"reason": " 以正文为准 "})
        found.refresh_from_db()
        assert (found.waived_by, found.waive_reason) == ("刘主任", "以正文为准")
        assert found.waived_at is not None
        event = Event.objects.get(verb="waive")
        assert event.note == f"表与正文数字不一“{OTHER}”：以正文为准"
        assert (event.subject_id, event.from_state, event.to_state) == (plan.pk, "review", "review")

    def test_it_can_be_taken_back(self, plan, liu, as_):
        found = one(plan, "row-number")
        waive(plan, [found.pk], "以正文为准", liu.actor)
        answer = as_(liu).post(f"/plans/{plan.pk}/findings/{found.pk}/unwaive/")
        assert answer["Location"] == f"/plans/{plan.pk}/?tab=check&at={found.key}#i{found.key}"
        found.refresh_from_db()
        assert (found.waived_by, found.waived_at, found.waive_reason) == ("", None, "")
        assert Event.objects.filter(verb="unwaive").count() == 1

    def test_many_at_once_for_one_reason(self, plan, liu, as_):
        numbers = [one(plan, code).pk for code in ("row-number", "no-measure")]
        form = {"verb": "waive", "findings": numbers, "reason": "已请示", "severity": "error"}
        answer = as_(liu).post(f"/plans/{plan.pk}/findings/", form)
        assert answer["Location"] == f"/plans/{plan.pk}/?tab=check&severity=error"
        assert PlanFinding.objects.filter(waive_reason="已请示", waived_by="刘主任").count() == 2
        assert Event.objects.get(verb="waive").note.endswith("等2处：已请示")
        as_(liu).post(f"/plans/{plan.pk}/findings/", {"verb": "unwaive", "findings": numbers})
        assert not PlanFinding.objects.exclude(waived_at=None).exists()

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({"verb": "waive", "reason": "  "}, "标为不改需要写明理由，请填写后再提交。"),
            ({"verb": "waive", "reason": "长" * 301}, "理由最多300字，现在有301字。"),
            ({"verb": "waive", "reason": "好", "findings": []}, "没有选中任何一处，请先勾选。"),
            ({"verb": "fly", "reason": "好"}, "不知道要做什么"),
        ],
        ids=["no reason", "long reason", "none ticked", "no verb"],
    )
    def test_what_cannot_be_waived_is_said(self, plan, liu, as_, form, sentence):
        form = {"findings": [f.pk for f in findings_of(plan)], **form}
        answer = as_(liu).post(f"/plans/{plan.pk}/findings/", form)
        assert answer.status_code == 409
        assert sentence in answer.content.decode()
        assert not PlanFinding.objects.exclude(waived_at=None).exists()

    @pytest.mark.parametrize("verb", ["waive", "unwaive"])
    def test_only_the_offices_may(self, plan, liu, wang, as_, verb):
        found = one(plan, "row-number")
        if verb == "unwaive":
            waive(plan, [found.pk], "以正文为准", liu.actor)
        for address in (f"findings/{found.pk}/{verb}/", "findings/"):
            form = {"verb": verb, "findings": found.pk, "reason": "好"}
            answer = as_(wang).post(f"/plans/{plan.pk}/{address}", form)
            assert answer.status_code == 403
            assert "综合协调组" in answer.content.decode()
        found.refresh_from_db()
        assert bool(found.waived_at) == (verb == "unwaive")
        html = page(as_(wang), plan, "?tab=check")
        assert found.message in html
        assert "data-act=" not in row(html, found)
        assert 'name="findings"' not in html

    def test_a_closed_plan_is_for_reading(self, plan, liu):
        now = adopted(plan, liu.actor)
        waive(now, [one(now, "no-measure").pk], "留作定性任务", liu.actor)
        move(now, "close", liu.actor, note="年度任务已全部办结")
        with pytest.raises(Denied, match="方案现在是“已结账”，不能标为不改。"):
            waive(now, [one(now, "row-number").pk], "以正文为准", liu.actor)

    def test_a_finding_of_another_plan_is_not_reached(self, plan, liu, monkeypatch):
        other = received(monkeypatch, liu, "另一份.txt", findings=[finding(WORDS, "no-measure")])
        with pytest.raises(Stale):
            waive(plan, [one(other, "no-measure").pk], "好", liu.actor)


class TestTwoClerks:
    """Whoever comes too late gets a sentence, and nothing is half done."""

    def test_the_slower_reads_who_when_and_why(self, plan, liu, zhao, as_):
        found = one(plan, "row-number")
        waive(plan, [found.pk], "以正文为准", zhao.actor)
        answer = as_(liu).post(f"/plans/{plan.pk}/findings/{found.pk}/waive/", {"reason": "已请示"})
        assert answer.status_code == 409
        assert re.search(
            r"赵科员 \d+月\d+日\(周.\) \d\d:\d\d 已把“表与正文数字不一”标为不改（以正文为准），您这一次没有保存。",
            answer.content.decode(),
        )
        found.refresh_from_db()
        assert found.waive_reason == "以正文为准"

    def test_one_that_is_taken_stops_the_whole_bulk(self, plan, liu, zhao):
        waive(plan, [one(plan, "row-number").pk], "以正文为准", zhao.actor)
        with pytest.raises(Stale):
            waive(plan, [f.pk for f in findings_of(plan)], "已请示", liu.actor)
        assert PlanFinding.objects.exclude(waived_at=None).count() == 1

    def test_taking_back_twice_is_told(self, plan, liu, zhao):
        found = one(plan, "row-number")
        waive(plan, [found.pk], "以正文为准", zhao.actor)
        unwaive(plan, [found.pk], zhao.actor)
        with pytest.raises(Stale, match="现在没有标为不改，不必取消"):
            unwaive(plan, [found.pk], liu.actor)

    @pytest.mark.parametrize("number", ["{gone}", "9" * 15, "9" * 19, "9" * 40])
    def test_one_that_a_check_has_removed_is_told(self, plan, liu, as_, number):
        gone = one(plan, "no-measure").pk
        PlanFinding.objects.filter(pk=gone).delete()
        address = f"/plans/{plan.pk}/findings/{number.format(gone=gone)}/"
        answer = as_(liu).post(f"{address}waive/", {"reason": "好"})
        assert answer.status_code == 409
        assert "已不在现在的结果里，这一次没有保存" in answer.content.decode()
        assert {as_(liu).get(f"{address}{form}").status_code for form in ("", "waive/")} == {404}

    def test_of_two_checks_at_once_the_slower_is_told(self, planted, liu, zhao, monkeypatch):
        real = checking.check_again

        def meanwhile(*args):
            monkeypatch.setattr(checking, "check_again", real)
            recheck(planted, zhao.actor)
            return real(*args)

        monkeypatch.setattr(checking, "check_again", meanwhile)
        with pytest.raises(Stale, match="赵科员"):
            recheck(planted, liu.actor)
        assert len(codes(planted)) == 7
        assert PlanCheck.objects.get(plan=planted).version == 2


class TestRecheck:
    """The checks again on the stored text, by the real worker."""

    def test_what_is_still_there_stays_the_row_it_was_with_its_waiver(self, planted, liu, as_):
        waived = one(planted, "unit-twice")
        waive(planted, [waived.pk], "原文如此", liu.actor)
        before = {f.code: f.pk for f in findings_of(planted)}
        made = Unit.objects.create(full_name="青禾县商贸促进处", government=government())
        add_alias(made, UNKNOWN, by=liu.actor)
        answer = as_(liu).post(f"/plans/{planted.pk}/recheck/", follow=True)
        assert "已重新检查：错误3处、警告2处、提示1处。" in answer.content.decode()
        after = {f.code: f.pk for f in findings_of(planted)}
        assert after == {code: pk for code, pk in before.items() if code != "unit-unknown"}
        waived.refresh_from_db()
        assert (waived.waived_by, waived.waive_reason) == ("刘主任", "原文如此")
        assert Event.objects.get(verb="recheck").note == "查出错误3处、警告2处、提示1处"

    def test_only_the_offices_may(self, planted, wang, as_):
        assert as_(wang).post(f"/plans/{planted.pk}/recheck/").status_code == 403
        assert PlanCheck.objects.get(plan=planted).version == 1

    def test_a_plan_read_before_there_were_checks_is_checked_too(self, planted, liu, as_):
        PlanFinding.objects.all().delete()
        PlanCheck.objects.all().delete()
        assert "还没有检查过" in page(as_(liu), planted, "?tab=check")
        assert "还没有检查过" in page(as_(liu), planted, "health/")
        assert "没有检查" in as_(liu).get("/plans/").content.decode()
        recheck(planted, liu.actor)
        assert len(codes(planted)) == 7

    def test_one_that_was_not_finished_leaves_everything(self, planted, liu, monkeypatch):
        monkeypatch.setattr(checking, "check_again", lambda *_: {"complete": False})
        with pytest.raises(Refused, match="检查没有做完"):
            recheck(planted, liu.actor)
        assert len(codes(planted)) == 7

    @pytest.mark.parametrize(
        ("old", "new", "same"),
        [
            (("c", 1, 5, "甲", "一"), ("c", 1, 5, "甲", "一"), True),
            (("c", 1, 5, "甲", "一"), ("c", 1, 5, "乙", "二"), True),
            (("c", 1, 5, "甲", "一"), ("c", 9, 13, "甲", "二"), True),
            (("c", 1, 5, "甲", "一"), ("c", 9, 13, "乙", "一"), False),
            (("c", 1, 5, "甲", "一"), ("d", 1, 5, "甲", "一"), False),
        ],
        ids=["itself", "same place", "same words", "elsewhere", "another rule"],
    )
    def test_what_counts_as_the_same_finding(self, old, new, same):
        names = ("code", "start", "end", "quote", "message")
        before = PlanFinding(pk=1, **dict(zip(names, old, strict=True)))
        assert bool(checking._same([before], [dict(zip(names, new, strict=True))])) == same


class TestDesk:
    """Beside the text: each finding, its mark, its item."""

    def test_every_finding_is_listed_and_marked_in_words(self, plan, liu, as_):
        html = page(as_(liu), plan, "?tab=check")
        sheet = html[html.index('id="sheet"') : html.index('id="items"')]
        for found in findings_of(plan):
            listed = row(html, found)
            assert f'<span class="severity {found.severity}">' in listed
            for words in (found.title, found.message, found.rule.why, f'href="#s{found.start}"'):
                assert words in listed
            assert re.search(rf'data-i="[^"]*\b{found.key}\b[^"]*" data-s="{found.start}"', sheet)
        assert 'title="错误：表与正文数字不一" data-word="错误"' in sheet
        assert "建议改为：园区产值增长9%以上" in row(html, one(plan, "target-conflict"))

    def test_the_other_place_is_a_link_to_a_marked_place(self, plan, liu, as_):
        html, found = page(as_(liu), plan, "?tab=check"), one(plan, "row-number")
        start = TEXT.index(WORDS)
        assert f'<a href="#s{start}" data-place="o{found.pk}.0">{WORDS}</a>' in row(html, found)
        assert re.search(rf'class="m [^"]*\bother\b[^"]*" data-i="[^"]*\bo{found.pk}\.0\b', html)
        assert f'id="s{start}"' in html

    def test_the_tab_counts_what_is_open(self, plan, liu, as_):
        waive(plan, [one(plan, "no-measure").pk], "留作定性任务", liu.actor)
        html = page(as_(liu), plan, "?tab=check")
        assert re.search(r'data-tab="check" aria-current="page">检查 <b>2</b>', html)

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", {"row-number", "target-conflict", "no-measure"}),
            ("&severity=error", {"row-number"}),
            ("&severity=waived", {"no-measure"}),
            ("&kind=conflict", {"row-number", "target-conflict"}),
            ("&kind=conflict&severity=warning", {"target-conflict"}),
            ("&severity=nonsense&kind=nonsense", {"row-number", "target-conflict", "no-measure"}),
        ],
    )
    def test_without_scripts_the_address_filters(self, plan, liu, as_, query, shown):
        waive(plan, [one(plan, "no-measure").pk], "留作定性任务", liu.actor)
        html = page(as_(liu), plan, f"?tab=check{query}")
        assert {f.code for f in findings_of(plan) if " hidden>" not in row(html, f)[:120]} == shown

    def test_a_waived_one_is_quiet_and_says_who_and_why(self, plan, liu, as_):
        found = one(plan, "row-number")
        waive(plan, [found.pk], "以正文为准", liu.actor)
        html = page(as_(liu), plan, "?tab=check")
        assert "写明不改：以正文为准" in row(html, found)
        assert 'class="item finding error waived"' in row(html, found)
        assert 'title="错误' not in html
        assert '<option value="以正文为准">' in html

    def test_findings_and_items_lead_to_each_other(self, plan, liu, as_):
        html, found = page(as_(liu), plan, "?tab=check"), one(plan, "target-conflict")
        item = DraftItem.objects.get(plan=plan, kind="indicator", data__name="园区产值")
        assert f'href="?tab=indicator#i{item.pk}" data-go="{item.pk}"' in row(html, found)
        assert (
            f'<a class="severity warning flag" href="?tab=check#i{found.key}" data-go="{found.key}">检查1处</a>'
            in html
        )

    def test_the_reason_is_asked_in_place_or_on_a_page(self, plan, liu, as_):
        found = one(plan, "row-number")
        address = f"/plans/{plan.pk}/findings/{found.pk}/waive/"
        part = as_(liu).get(address, headers={"HX-Request": "true"}).content.decode()
        assert part.startswith(f'<li id="i{found.key}"')
        whole = as_(liu).get(address).content.decode()
        assert f'action="{address}"' in part
        assert f'action="{address}"' in whole
        done = as_(liu).post(address, {"reason": "好"}, headers={"HX-Request": "true"}).content.decode()
        assert "写明不改：好" in done
        assert 'id="tally"' in done
        again = as_(liu).get(f"/plans/{plan.pk}/findings/{found.pk}/", headers={"HX-Request": "true"})
        assert "写明不改：好" in again.content.decode()


class TestHealth:
    """方案健康."""

    @pytest.mark.parametrize(
        ("counts", "sentence"),
        [
            (Counts(3, 2, 1), "有3处错误要改，2处警告请逐处看过，1处提示供参考。"),
            (Counts(warning=2), "没有错误，有2处警告请逐处看过。"),
            (Counts(hint=1, waived=4), "没有错误和警告，有1处提示供参考。另有4处已写明不改。"),
            (Counts(), "没有查出要改的问题。"),
            (Counts(waived=2), "没有查出要改的问题。另有2处已写明不改。"),
        ],
    )
    def test_one_sentence_says_how_the_paper_stands(self, counts, sentence):
        assert standing(counts) == sentence

    def test_it_counts_by_kind_and_part_and_keeps_waived_ones_apart(self, plan, liu, as_):
        waive(plan, [one(plan, "no-measure").pk], "留作定性任务", liu.actor)
        html = page(as_(liu), plan, "health/")
        assert "有1处错误要改，1处警告请逐处看过。另有1处已写明不改。" in html
        assert "正文约120字（不含附件），全文约130字。" in html
        assert re.search(
            r'href="#conflict">前后不一</a></td><td class="num bad">1</td><td class="num">1</td>', html
        )
        assert re.search(r'一　产业提升行动</td><td class="num bad">1</td>', html)
        conflicts, waived = html.index('id="conflict"'), html.index('id="waived"')
        assert conflicts < html.index("园区产值增长8%以上", conflicts) < waived < html.index("留作定性任务")
        for found in findings_of(plan):
            assert f'href="/plans/{plan.pk}/?tab=check#i{found.key}"' in html

    def test_a_clean_paper_says_so(self, liu, as_, monkeypatch):
        assert "没有查出问题" in page(as_(liu), received(monkeypatch, liu), "health/")

    def test_an_action_inside_a_chapter_is_a_part_where_something_was_found(self, plan):
        source = plan.source
        paths = [("一", "目标"), ("二", "任务"), ("二/(一)", "甲"), ("二/(二)", "乙"), ("附件1", "丙")]
        source.outline = [
            {"path": path, "heading": name, "level": 1, "start": 0, "end": 9} for path, name in paths
        ]
        actions = [DraftItem(kind="action", data={"path": f"二/({n})", "name": name}) for n, name in (("一", "甲行动"), ("二", "乙行动"))]  # fmt: skip
        found = [PlanFinding(path=path, severity="hint") for path in ("二/(二)/3", "附件1/表/2", "")]
        parts = {part.label: part.counts.hint for part in parts_of(source, found, actions)}
        assert parts == {"标题和前言": 1, "一　目标": 0, "二　任务": 0, "乙行动": 1, "附件1　丙": 1}

    @pytest.mark.parametrize("member", ["outsider", "chen_admin"])
    def test_others_see_nothing(self, request, plan, as_, member):
        stranger = as_(request.getfixturevalue(member))
        for address in ("health/", "findings.xlsx", f"findings/{one(plan, 'row-number').pk}/waive/"):
            assert stranger.get(f"/plans/{plan.pk}/{address}").status_code == 404
        assert stranger.post(f"/plans/{plan.pk}/recheck/").status_code == 404

    def test_list_adoption_and_source_lead_there(self, plan, liu, as_):
        health = f"/plans/{plan.pk}/health/"
        listed = as_(liu).get("/plans/").content.decode()
        assert re.search(rf'href="{health}"><span class="severity error">错误 1</span>', listed)
        assert health in page(as_(liu), plan)
        told = page(as_(liu), plan, "adopt/")
        assert f'href="/plans/{plan.pk}/?tab=check&amp;severity=error">去看这1处</a>' in told
        waive(plan, [one(plan, "row-number").pk], "以正文为准", liu.actor)
        assert "检查出的错误" not in page(as_(liu), plan, "adopt/")
        assert health in as_(liu).get(f"/ledger/plans/{plan.pk}/source/").content.decode()


class TestWorkbook:
    """The findings as a workbook."""

    def test_a_row_each_with_what_was_decided(self, plan, liu, as_):
        waive(plan, [one(plan, "row-number").pk], "以正文为准", liu.actor)
        answer = as_(liu).get(f"/plans/{plan.pk}/findings.xlsx")
        sheet = openpyxl.load_workbook(BytesIO(answer.content))["检查"]
        rows = list(sheet.values)
        assert rows[1] == ("序号", "级别", "类别", "位置", "原文", "问题", "建议", "另一处", "处理")
        assert rows[2][:6] == (1, "错误", "前后不一", "一", OTHER, f"“{OTHER}”有问题，请核对。")
        assert rows[2][7] == f"{WORDS}（另一处）"
        assert re.fullmatch(r"不改：以正文为准（刘主任，.*）", rows[2][8])
        assert rows[3][6] == "园区产值增长9%以上"
        assert sheet.freeze_panes == "A3"

    def test_what_is_seen_is_what_is_exported(self, plan, liu, as_):
        answer = as_(liu).get(f"/plans/{plan.pk}/findings.xlsx?severity=warning")
        rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
        assert [r[1] for r in rows[2:]] == ["警告"]


@pytest.mark.parametrize("address", ["", "?tab=check", "health/", "adopt/", "findings.xlsx"])
def test_pages_ask_as_little_for_300_findings_as_for_3(liu, as_, monkeypatch, address):
    def queries(plan):
        as_(liu).get(f"/plans/{plan.pk}/{address}")
        with CaptureQueriesContext(connection) as captured:
            assert as_(liu).get(f"/plans/{plan.pk}/{address}").status_code == 200
        return len(captured)

    few, many = (
        received(monkeypatch, liu, f"{n}.txt", findings=[finding(OTHER, "row-number", WORDS)] * n)
        for n in (3, 300)
    )
    assert queries(few) == queries(many)


def test_items_are_flagged_by_the_gravest_of_what_is_open_in_them(plan, liu):
    findings, items = findings_of(plan), items_of(plan)
    found = tied(findings, items)
    named = {f.code: found[f.pk].name for f in findings}
    assert named == {"row-number": "规模企业", "target-conflict": "园区产值", "no-measure": "补齐短板"}
    marked = {items_by.name: flags(findings, items).get(items_by.pk) for items_by in items}
    assert (marked["园区产值"].count, marked["园区产值"].severity) == (1, "warning")
    assert marked["壮大园区"] is None
    waive(plan, [one(plan, "target-conflict").pk], "好", liu.actor)
    assert not [pk for pk, flag in flags(findings_of(plan), items).items() if flag.severity == "warning"]


def test_a_place_is_its_path_or_else_its_line(plan):
    findings = findings_of(plan)
    findings[0].path = ""
    lines = finding_lines(plan.source, findings, [])
    assert [line.place for line in lines] == ["第3行", "一", "一"]
