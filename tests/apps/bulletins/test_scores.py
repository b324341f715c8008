"""The score sheet of a 考核结果通报: what is wrong with it cell by cell, what the paper says of it, who sees it, how many queries."""

import base64

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.bulletins.models import Bulletin
from luoshi.bulletins.queries.lists import altered
from luoshi.bulletins.scores import LARGEST, quota_of, try_out
from luoshi.bulletins.services import issuing, writing
from luoshi.core.flow.actor import POSTS
from luoshi.core.flow.bulletin import DRAFTERS, SIGNERS
from luoshi.core.writing.draft import Listing
from luoshi.journal.moves import Refused
from luoshi.org.sheets.opening import BadSheet
from tests.apps.bulletins.test_bulletins import asked_for
from tests.bulletins import asked, issued
from tests.people import cast, government, unit
from tests.reporting import ledger
from tests.scores import HEAD, ROWS, changed, workbook

pytestmark = pytest.mark.django_db
ADDRESS = "/bulletins/new/assessment/"


@pytest.fixture
def county(wang, li):
    for name in ("青禾县统计局", "河口镇人民政府", "新田铺镇人民政府"):
        unit(name, government())
    return ledger(wang, li)


@pytest.fixture
def sun(db):
    return cast("sun", "孙副主任", "青禾县人民政府办公室", "office")


def tried(by, data=None, **quota):
    return try_out(workbook() if data is None else data, "得分表.xlsx", quota, "青禾县", by.actor)


def started(county, by, data=None):
    return writing.start(asked(county, "assessment", scored=tried(by, data)), by=by.actor)


class TestTryingOut:
    """One clear sentence for each cell that is wrong."""

    def test_a_sound_sheet_has_its_places_by_group_and_keeps_ties(self, county, liu):
        scored = tried(liu)
        assert scored.faults == ()
        assert [(row.unit, row.place, row.row) for row in scored.scores] == [
            ("县发展和改革局", 1, 3),
            ("县教育局", 2, 4),
            ("县统计局", 2, 5),
            ("河口镇人民政府", 1, 6),
            ("新田铺镇人民政府", 2, 7),
        ]
        assert scored.lines[0] == "共5个单位，平均91.95分，其中优秀1个，良好3个，合格1个。"
        assert scored.sheet.letters["得分"] == "C"

    @pytest.mark.parametrize(
        ("cells", "where", "said"),
        [
            ([(0, 0, "县发展和改隔局")], "A3", "没有叫‘县发展和改隔局’的单位，是否为‘"),
            ([(1, 0, "外星人管理处")], "A4", "没有叫‘外星人管理处’的单位"),
            ([(1, 0, "")], "A4", "这一行没有写单位"),
            ([(4, 0, "合计")], "A7", "合计、平均由系统算"),
            ([(2, 0, "青禾县教育局")], "A5", "与第4行是同一个单位"),
            ([(1, 2, "九十三")], "C4", "“九十三”不是得分"),
            ([(1, 2, -3)], "C4", "“-3”不是得分"),
            ([(1, 2, "NaN")], "C4", "不是得分"),
            ([(1, 2, "95%")], "C4", "不是得分"),
            ([(1, 2, "")], "C4", "没有写得分"),
            ([(2, 4, 3)], "E5", "写的是第3名，按得分在“部门组”里应是第2名"),
            ([(0, 4, "头名")], "E3", "“头名”不是名次"),
            ([(0, 3, "合格")], "D4", "得分更高的县发展和改革局（第3行）是“合格”"),
            ([(3, 3, "")], "D6", "别的单位有“等次”，这个单位没有"),
            ([(3, 1, "")], "B6", "别的单位有“组别”，这个单位没有"),
            ([(3, 5, "长" * 101)], "F6", "请写在100个字以内"),
        ],
    )
    def test_each_wrong_cell_is_named(self, county, liu, cells, where, said):
        faults = tried(liu, changed(*cells)).faults
        (fault,) = [fault for fault in faults if fault.cell == where]
        assert said in fault.sentence
        assert fault.sentence.endswith(("。", "？请改正后重新上传。"))

    def test_more_of_a_grade_than_there_is_room_for(self, county, liu):
        assert not tried(liu, 良好=3).faults
        (fault,) = tried(liu, 良好=2).faults
        assert (fault.cell, "有3个单位，超过名额2个" in fault.sentence) == ("D6", True)

    def test_a_group_may_be_merged_downwards(self, county, liu):
        rows = [(row[0], "", row[2]) for row in ROWS]
        scored = tried(liu, workbook(rows, HEAD[:3], merged="全县"))
        assert scored.faults == ()
        assert {row.group for row in scored.scores} == {"全县"}
        assert [row.place for row in scored.scores] == [1, 2, 2, 4, 5]

    def test_heads_may_be_called_otherwise(self, county, liu):
        rows = [(row[0], row[2]) for row in ROWS]
        assert len(tried(liu, workbook(rows, ("考核单位", "综合得分"))).scores) == 5

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "得分表.xlsx"),
            (b"PK\3\4junk", "得分表.xlsx"),
            ("单位,得分\n县教育局,90\n".encode(), "不是Excel表格"),
            (b"x" * (LARGEST + 1), "太大"),
            (workbook((), HEAD), "表头下面没有单位"),
            (workbook([("县教育局", 90)], ("单位", "成绩")), "没有找到写着“单位”和“得分”的表头"),
            (workbook([("县教育局", "张三", 90)], ("单位", "姓名", "得分")), "不给个人排名"),
            (workbook([("县教育局", 90, 91)], ("单位", "得分", "总分")), "两列都是“得分”"),
            (workbook([(f"第{n}局", 1) for n in range(501)], ("单位", "得分")), "超过500行"),
        ],
    )
    def test_what_is_no_score_sheet(self, county, liu, data, said):
        with pytest.raises(BadSheet, match=said):
            tried(liu, data)

    def test_points_for_publicity_are_asked_about(self, county, liu):
        rows = [(row[0], row[2], 1) for row in ROWS]
        scored = tried(liu, workbook(rows, ("单位", "得分", "领导批示加分")))
        assert "“领导批示加分”一列（C2）" in scored.sheet.notes[0]
        bulletin = writing.start(asked(county, "assessment", scored=scored), by=liu.actor)
        assert any(flaw.weight == "warn" and "批示" in flaw.sentence for flaw in bulletin.flaws)

    @pytest.mark.parametrize("text", ["优秀", "三个优秀", "优秀3；<b>", "3"])
    def test_a_quota_that_says_nothing(self, text):
        with pytest.raises(Refused, match="等次名额"):
            quota_of(text)


class TestPaper:
    """What the paper says of the sheet."""

    def test_totals_ends_and_the_annex(self, county, liu):
        bulletin = started(county, liu)
        assert (bulletin.stops, bulletin.refusals, bulletin.missing) == (0, 0, ())
        text = "".join(p.text for p in bulletin.words.passages())
        assert "本次共考核5个单位，分2组评定，平均得分91.95分。其中，优秀1个，良好3个，合格1个。" in text
        assert "位次在后的是县教育局（第2名，93分）、县统计局（第2名，93分）。" in text
        (annex,) = bulletin.words.attachments
        assert [getattr(row, "text", row) for row in annex.parts[0].table.rows] == [
            "部门组（3个）",
            ("1", "县发展和改革局", "95.5", "优秀", ""),
            ("2", "县教育局", "93", "良好", ""),
            ("2", "县统计局", "93", "良好", "报数迟1次"),
            "乡镇组（2个）",
            ("1", "河口镇人民政府", "90.25", "良好", ""),
            ("2", "新田铺镇人民政府", "88", "合格", ""),
        ]

    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ("共考核5个", "共考核6个", "“考核单位数”写的是6，按附件复算是5"),
            ("良好3个", "良好4个", "“良好单位数”写的是4，按附件复算是3"),
            ("91.95", "92.95", "“考核平均分”写的是92.95，按附件复算是91.95"),
            ("分2组", "分3组", "“考核组数”写的是3，按附件复算是2"),
            ("共3个", "共4个", "“部门组：单位数”写的是4，按附件复算是3"),
            ("第2名，93分）、", "第2名，94分）、", "请写明理由"),
        ],
    )
    def test_a_total_that_is_not_the_annexs_stops_the_signing(self, county, liu, before, after, said):
        bulletin = started(county, liu)
        at, passage = next((n, p) for n, p in enumerate(bulletin.words.passages()) if before in p.text)
        writing.retype(bulletin, at, passage.text.replace(before, after, 1), "", 1, by=liu.actor)
        assert any(said in flaw.sentence for flaw in bulletin.flaws if flaw.weight == "stop")

    def test_one_end_and_half_a_tie_are_pointed_out(self, county, liu):
        bulletin = started(county, liu)
        at, passage = next((n, p) for n, p in enumerate(bulletin.words.passages()) if "县统计局" in p.text)
        text = passage.text.replace("、县统计局（第2名，93分）", "")
        writing.retype(bulletin, at, text, "", 1, by=liu.actor)
        assert any("请并列的一并点名" in flaw.sentence for flaw in bulletin.flaws)
        writing.retype(bulletin, at, text.partition("；")[0] + "。", "", 2, by=liu.actor)
        assert any("“部门组”只点了先进的单位" in flaw.sentence for flaw in bulletin.flaws)

    def test_drafting_anew_keeps_the_scores(self, county, liu):
        bulletin = started(county, liu)
        before = [part.table.rows for part in bulletin.words.all_parts() if isinstance(part, Listing)]
        writing.refresh(bulletin, 1, "台账有变更", by=liu.actor)
        again = Bulletin.objects.get(pk=bulletin.pk)
        assert [p.table.rows for p in again.words.all_parts() if isinstance(p, Listing)] == before
        assert again.known.sheet.name == "得分表.xlsx"

    def test_nothing_is_drafted_from_a_faulty_sheet(self, county, liu):
        with pytest.raises(Refused, match="还没有考核结果"):
            writing.start(asked(county, "assessment"), by=liu.actor)
        with pytest.raises(Refused, match="得分表有1处要改正"):
            started(county, liu, changed((1, 2, "九十三")))
        assert not Bulletin.objects.exists()

    def test_the_sheet_is_part_of_what_verify_looks_at(self, county, liu, sun):
        bulletin = issued(county, liu, sun, "assessment", scored=tried(liu))
        assert altered(bulletin) == ""
        storage, name = bulletin.score_file.storage, bulletin.score_file.name
        storage.delete(name)
        assert "得分表找不到了" in altered(bulletin)
        storage.save(name, ContentFile(b"other"))
        assert "得分表与起草时不同" in altered(bulletin)


class TestPages:
    """The form, the receipt and the file."""

    def form(self, county, **more):
        plan = {"plan": county.plan.pk, "as_of": "2026-07-10", "issuer": "office", "next_steps": ""}
        return {**plan, "approval": "县长批准", **more}

    def sent(self, data, name="得分表.xlsx"):
        return SimpleUploadedFile(name, data)

    def test_a_faulty_sheet_comes_back_with_its_cells_and_nothing_is_kept(self, county, liu, as_, settings):
        answer = as_(liu).post(ADDRESS, self.form(county, file=self.sent(changed((1, 2, "九十三")))))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "C4" in page
        assert "“九十三”不是得分" in page
        assert 'name="held"' not in page
        assert not Bulletin.objects.exists()
        assert not list(settings.MEDIA_ROOT.rglob("*.xlsx"))

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({}, "请选择得分表"),
            ({"held": "这不是"}, "没有传完整"),
            ({"held": "AAAA"}, "得分表.xlsx"),
            ({"held": "A" * (LARGEST * 2)}, "没有传完整"),
            ({"held": base64.b64encode(workbook()).decode(), "quota": "优秀"}, "等次名额"),
            ({"held": base64.b64encode(workbook()).decode(), "plan": "x"}, "请从列出的选项中选择"),
        ],
    )
    def test_garbage_is_answered_by_a_sentence(self, county, liu, as_, more, said):
        answer = as_(liu).post(ADDRESS, self.form(county, **more))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Bulletin.objects.exists()

    def test_a_number_leads_to_its_cell(self, county, liu, as_):
        bulletin = started(county, liu)
        found = {piece.ref.name: (at, inside) for at, inside, piece in bulletin.words.numbers()}
        for name, said in (
            ("县教育局：得分", "第4行（C4格）：部门组，县教育局，93分，良好"),
            ("良好单位数", "第6行（D6格）：乡镇组，河口镇人民政府"),
            ("考核平均分", "这5个单位得分的平均数"),
            ("县教育局：位次", "得分相同的并列"),
        ):
            at, inside = found[name]
            page = as_(liu).get(f"/bulletins/{bulletin.pk}/passages/{at}/numbers/{inside}/").content.decode()
            assert said in page

    @pytest.mark.parametrize("slug", POSTS)
    def test_the_file_is_for_those_who_draft_and_sign(self, county, liu, slug):
        bulletin, client = started(county, liu), Client()
        client.force_login(cast(f"m{slug}", "某人", "青禾县统计局", slug).account)
        answer = client.get(f"/bulletins/{bulletin.pk}/scores/")
        if slug in (*DRAFTERS, *SIGNERS):
            assert b"".join(answer.streaming_content) == workbook()
        else:
            assert answer.status_code == 404

    def test_units_see_the_issued_paper_but_not_the_file(self, county, liu, sun, wang, outsider, as_):
        bulletin = issued(county, liu, sun, "assessment", scored=tried(liu))
        address = f"/bulletins/{bulletin.pk}/scores/"
        answer = as_(wang).get(address)
        assert answer.status_code == 403
        assert "由起草和签发公文的岗位查看" in answer.content.decode()
        page = as_(wang).get(f"/bulletins/{bulletin.pk}/").content.decode()
        assert "得分表.xlsx" in page
        assert address not in page
        assert as_(outsider).get(address).status_code == 404

    def test_other_papers_have_no_such_file(self, county, liu, as_):
        bulletin = writing.start(asked(county), by=liu.actor)
        assert as_(liu).get(f"/bulletins/{bulletin.pk}/scores/").status_code == 404

    def test_however_many_rows_as_many_queries(self, county, liu, as_, django_assert_num_queries):
        bulletin = started(county, liu)
        at, inside, _ = next(bulletin.words.numbers())
        assert asked_for(as_(liu), f"/bulletins/{bulletin.pk}/") == 3
        assert asked_for(as_(liu), f"/bulletins/{bulletin.pk}/passages/{at}/numbers/{inside}/") <= 2
        with django_assert_num_queries(3):
            tried(liu)
        rows = [(unit(f"青禾县第{n}局", government()).full_name, "", n) for n in range(40)]
        data = workbook(rows, HEAD[:3])
        with django_assert_num_queries(3):
            assert len(tried(liu, data).scores) == 40


def test_a_paper_that_was_sent_back_may_still_be_withdrawn(county, liu, sun):
    bulletin = started(county, liu)
    issuing.review(bulletin, sun.actor)
    issuing.send_back(bulletin, sun.actor, "得分要再核")
    issuing.withdraw(bulletin, sun.actor, "换得分表")
    assert bulletin.state == "withdrawn"


@pytest.mark.parametrize(
    "value", ["", "\u0663", "\"'><script>alert(1)</script>", "💥" * 400, "../../etc/passwd", "1" * 3000]
)
def test_garbage_in_any_field_is_no_traceback(county, liu, as_, value):
    client = as_(liu)
    form = TestPages().form(
        county, held=base64.b64encode(workbook()).decode(), held_name="得分表.xlsx", quota=""
    )
    for name in (*form, "period", "to_governments", "corrects", "try"):
        answer = client.post(ADDRESS, {**form, name: value})
        assert answer.status_code in (200, 302, 422), name
        assert "<script>alert" not in answer.content.decode()
        client.post(f"{ADDRESS}?corrects={value[:50]}", form)
