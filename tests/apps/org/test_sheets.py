"""Units and people as a workbook: there and back, every way a cell can be wrong, all or nothing."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied
from luoshi.org.models import Person, Post, Unit
from luoshi.org.queries import register
from luoshi.org.services import add_alias, create_unit, set_members
from luoshi.org.services.people import register_person
from luoshi.org.services.posts import Terms, give_post
from luoshi.org.sheets.applying import carry_out, packed, preview, unpacked
from luoshi.org.sheets.columns import PEOPLE, UNITS, Rows, said
from luoshi.org.sheets.opening import BadSheet
from luoshi.org.sheets.reading import read
from luoshi.org.sheets.rows import exported
from luoshi.org.sheets.trial import day
from luoshi.org.sheets.writing import workbook
from tests.people import Member

UNIT_HEAD = [column.name for column in UNITS.columns]
PEOPLE_HEAD = [column.name for column in PEOPLE.columns]


@pytest.fixture
def county(liu: Member, li: Member) -> Member:
    """A small county: an office, 教育局 with a clerk, 水利局 with names, towns, somebody without a post."""
    bureau = create_unit("青禾县水利局", by=liu.actor)
    add_alias(bureau, "县水利局", "short", by=liu.actor)
    add_alias(bureau, "县移民局", "full", by=liu.actor)
    towns = create_unit("各乡镇", by=liu.actor, collective=True)
    set_members(
        towns, [create_unit(name, "town", by=liu.actor) for name in ("石桥镇", "云台镇")], by=liu.actor
    )
    give_post(li.account.person, "force_office", bureau, Terms("干部", "actions", ["甲行动"]), by=liu.actor)
    register_person("齐一", by=liu.actor)
    return liu


def rows_of(county: Member) -> Rows:
    return exported(county.actor.government_id)


def unit_row(**cells: str) -> dict[str, str]:
    return {"编号": "", "全称": "", "类别": "政府部门", **cells}


def person_row(**cells: str) -> dict[str, str]:
    return {
        "编号": "", "姓名": "齐二", "所在单位": "县水利局", "岗位": "联络员", "职务": "", "范围": "", "任职日期": "",
        "离任日期": "", **cells,
    }  # fmt: skip


def done(rows: Rows, by: Member) -> list[str]:
    """What carrying the rows out did, in sentences; fails where a cell was wrong."""
    outcome = carry_out(rows, preview(rows, by=by.actor).digest, by=by.actor)
    assert not outcome.faults
    assert outcome.done
    return [change.sentence for change in outcome.changes]


def faults(rows: Rows, by: Member) -> list[str]:
    """What was wrong, in sentences; fails where something was kept."""
    before = Event.objects.count(), Unit.objects.count(), Person.objects.count(), Post.objects.count()
    outcome = carry_out(rows, preview(rows, by=by.actor).digest, by=by.actor)
    after = Event.objects.count(), Unit.objects.count(), Person.objects.count(), Post.objects.count()
    assert before == after
    assert not outcome.done
    return [said(fault) for fault in outcome.faults]


class TestThereAndBack:
    def test_unchanged_changes_nothing(self, county: Member) -> None:
        rows = rows_of(county)
        assert len(rows["units"]) == 6
        assert len(rows["people"]) == 4
        assert done(read(workbook("青禾县", rows), "单位和人员.xlsx"), county) == []

    def test_the_file_carries_every_cell(self, county: Member) -> None:
        rows = rows_of(county)
        again = read(workbook("青禾县", rows), "单位和人员.xlsx")
        for kind, head in (("units", UNIT_HEAD), ("people", PEOPLE_HEAD)):
            assert [{name: row.get(name, "") for name in head} for row in rows[kind]] == again[kind]

    def test_an_empty_register_is_a_sheet_to_fill_in(self) -> None:
        book = openpyxl.load_workbook(BytesIO(workbook("青禾县", {"units": [], "people": []})))
        assert [cell.value for cell in book["单位"][2]] == UNIT_HEAD
        assert [cell.value for cell in book["人员"][2]] == PEOPLE_HEAD
        assert "编号" in book["人员"]["A2"].value
        assert book["单位"]["B2"].comment.text == "改了全称就是更名，原名留作曾用名。"
        assert book["人员"].data_validations.dataValidation

    def test_no_word_becomes_a_formula(self, county: Member) -> None:
        rows = {"units": [unit_row(全称="=1+1", 简称="@SUM(A1)")]}
        book = openpyxl.load_workbook(BytesIO(workbook("青禾县", rows)))
        assert (book["单位"]["B3"].value, book["单位"]["B3"].data_type) == ("=1+1", "s")


class TestUnits:
    def test_new_renamed_named_and_placed(self, county: Member) -> None:
        rows = {"units": rows_of(county)["units"]}
        water = next(row for row in rows["units"] if row["全称"] == "青禾县水利局")
        water |= {"全称": "青禾县水务局", "简称": "县水利局、县水务局", "加挂牌子": ""}
        rows["units"].append(
            unit_row(
                全称="青禾县河湖中心",
                简称="县河湖中心",
                类别="事业单位",
                上级单位="县水务局",
                设立日期="2024/3/1",
            )
        )
        assert done(rows, county) == [
            "更名：青禾县水利局 → 青禾县水务局，原名留作曾用名",
            "青禾县水务局：停用加挂牌子“县移民局”",
            "青禾县水务局：增加简称“县水务局”",
            "新增单位：青禾县河湖中心（事业单位）",
            "青禾县河湖中心：增加简称“县河湖中心”",
            "青禾县河湖中心：上级单位：（空） → 青禾县水务局",
        ]
        water_unit = Unit.objects.get(full_name="青禾县水务局")
        names = next(row.names for row in register(water_unit.government_id) if row.unit_id == water_unit.pk)
        assert set(names) == {"青禾县水务局", "县水利局", "县水务局", "青禾县水利局"}
        below = Unit.objects.get(full_name="青禾县河湖中心")
        assert (below.parent, below.valid_from.isoformat(), below.kind) == (
            water_unit, "2024-03-01", "institution")  # fmt: skip

    def test_a_name_goes_from_one_to_another(self, county: Member) -> None:
        rows = {"units": rows_of(county)["units"]}
        for row in rows["units"]:
            if row["全称"] == "青禾县水利局":
                row["加挂牌子"] = ""
            if row["全称"] == "青禾县教育局":
                row["简称"] = "县移民局"
        assert len(done(rows, county)) == 2

    def test_members_of_a_collective(self, county: Member) -> None:
        rows = {"units": rows_of(county)["units"]}
        next(row for row in rows["units"] if row["全称"] == "各乡镇")["所含单位"] = "石桥镇、云台镇、柳河镇"
        rows["units"].append(unit_row(全称="柳河镇", 类别="乡镇"))
        assert done(rows, county) == [
            "各乡镇：所含单位改为石桥镇、云台镇、柳河镇",
            "新增单位：柳河镇（乡镇）",
        ]

    def test_what_is_not_in_the_sheet_stays(self, county: Member) -> None:
        assert done({"units": rows_of(county)["units"][:1]}, county) == []
        keeps = {
            key: value
            for key, value in rows_of(county)["units"][2].items()
            if key in ("编号", "全称", "类别")
        }
        assert done({"units": [keeps]}, county) == []
        assert Unit.objects.filter(valid_to=None).count() == 6

    @pytest.mark.parametrize(
        ("cells", "sentence"),
        [
            ({"编号": "999", "全称": "甲局"}, "第3行‘编号’：没有编号为999的单位。新增的单位请把编号空着。"),
            ({"编号": "9" * 5000, "全称": "甲局"}, f"第3行‘编号’：没有编号为{'9' * 5000}的单位。新增的单位请把编号空着。"),
            ({"全称": ""}, "第3行‘全称’：单位名称不能为空，请填写名称。"),
            (
                {"全称": "县水利局"},
                "第3行‘全称’：“县水利局”已经是青禾县水利局的名称，请直接选用该单位，或换一个名称。",
            ),
            ({"全称": "甲局", "类别": "衙门"}, "第3行‘全称’：新增的单位要有类别，请在“类别”列从下拉列表中选。"),
            ({"全称": "甲局", "设立日期": "去年"}, "第3行‘全称’：“去年”不是日期，请写成2024-03-01这样。"),
            ({"全称": "甲局", "设立日期": "2099-01-01"}, "第3行‘全称’：日期不能晚于今天。尚未生效的调整，请到生效那一天再登记。"),
            (
                {"全称": "甲局", "简称": "县水利局"},
                "第3行‘简称’：“县水利局”已经是青禾县水利局的名称，请直接选用该单位，或换一个名称。",
            ),
            (
                {"全称": "甲局", "上级单位": "县水力局"},
                "第3行‘上级单位’：没有叫‘县水力局’的单位，是否为‘青禾县水利局’？请改正后重新上传。",
            ),
            ({"全称": "甲局", "上级单位": "乙厅"}, "第3行‘上级单位’：没有叫‘乙厅’的单位。请改正后重新上传。"),
            ({"全称": "甲局", "所含单位": "石桥镇"}, "第3行‘所含单位’：只有类别是“统称”的单位才填所含单位。"),
            ({"全称": "青禾县水利局", "类别": "衙门"}, "第3行‘类别’：没有‘衙门’这个类别，请从下拉列表中选："),
            ({"全称": "青禾县水利局", "类别": "统称"}, "第3行‘类别’：统称与具体单位不能互改类别，请到单位页设置所含单位。"),
        ],
    )  # fmt: skip
    def test_wrong_cells(self, county: Member, cells: dict[str, str], sentence: str) -> None:
        found = faults({"units": [unit_row(**cells)]}, county)
        assert len(found) == 1
        assert found[0].startswith(sentence)

    def test_twice_in_the_sheet(self, county: Member) -> None:
        row = unit_row(全称="青禾县水利局")
        assert faults({"units": [row, row]}, county) == ["第4行‘全称’：与第3行是同一个单位，请只留一行。"]


class TestPeople:
    def test_new_people_changed_and_ended_posts(self, county: Member, li: Member) -> None:
        rows = {"people": rows_of(county)["people"]}
        force = next(row for row in rows["people"] if row["岗位"] == "专班办公室")
        force |= {"职务": "专班干部", "范围": "甲行动、乙行动"}
        clerk = next(row for row in rows["people"] if row["岗位"] == "联络员")
        clerk["离任日期"] = "2026年12月31日"
        rows["people"] += [person_row(姓名="齐二", 所在单位="青禾县教育局"), person_row(姓名="齐三", 编号="新1"),
                           person_row(姓名="齐三", 编号="新1", 岗位="单位负责人", 范围="本单位及下属单位")]  # fmt: skip
        assert done(rows, county) == [
            "结束岗位：小李，青禾县教育局联络员，到2026-12-31止",
            "调整岗位：小李，青禾县水利局专班办公室",
            "新增人员：齐二",
            "登记岗位：齐二，青禾县教育局联络员",
            "新增人员：齐三",
            "登记岗位：齐三，青禾县水利局联络员",
            "登记岗位：齐三，青禾县水利局单位负责人",
        ]
        assert Post.objects.get(slug="force_office").covers == ["甲行动", "乙行动"]
        assert set(Person.objects.get(name="齐三").posts.values_list("slug", "scope")) == {
            ("clerk", "unit"), ("head", "subtree")}  # fmt: skip

    def test_a_new_unit_of_the_same_workbook(self, county: Member) -> None:
        rows = {
            "units": [unit_row(全称="青禾县数据局", 简称="县数据局")],
            "people": [person_row(所在单位="县数据局")],
        }
        assert len(done(rows, county)) == 4

    def test_somebody_of_that_name_in_that_unit_is_that_person(self, county: Member, li: Member) -> None:
        rows = {"people": [person_row(姓名="小李", 所在单位="青禾县教育局", 岗位="单位负责人")]}
        assert done(rows, county) == ["登记岗位：小李，青禾县教育局单位负责人"]
        assert Person.objects.filter(name="小李").count() == 1

    @pytest.mark.parametrize(
        ("cells", "sentence"),
        [
            (
                {"所在单位": "县水"},
                "第3行‘所在单位’：没有叫‘县水’的单位，是否为‘青禾县水利局’？请改正后重新上传。",
            ),
            ({"所在单位": ""}, "第3行‘所在单位’：请填写所在单位。"),
            ({"岗位": "总管"}, "第3行‘岗位’：没有‘总管’这个岗位，请从下拉列表中选：综合协调组（政府办）、"),
            (
                {"岗位": "审计员"},
                "第3行‘岗位’：审计员由安全管理员在人员页授予，不能在表中登记。请删去这一行。",
            ),
            ({"任职日期": "2024-13-01"}, "第3行‘任职日期’：“2024-13-01”不是日期，请写成2024-03-01这样。"),
            ({"离任日期": "年底"}, "第3行‘离任日期’：“年底”不是日期，请写成2024-03-01这样。"),
            ({"姓名": ""}, "第3行‘姓名’：姓名不能为空，请填写姓名。"),
            ({"编号": "999"}, "第3行‘编号’：没有编号为999的在册人员。新增的人员请把编号空着。"),
            (
                {"任职日期": "2026-03-01", "离任日期": "2026-02-01"},
                "第3行‘岗位’：离任日期要晚于任职日期，请核对。",
            ),
            ({"所在单位": "各乡镇"}, "第3行‘岗位’：“各乡镇”是统称，请选择具体单位。"),
        ],
    )
    def test_wrong_cells(self, county: Member, cells: dict[str, str], sentence: str) -> None:
        found = faults({"people": [person_row(**cells)]}, county)
        assert len(found) == 1
        assert found[0].startswith(sentence)

    def test_a_name_written_over_another_is_not_taken_for_a_renaming(
        self, county: Member, li: Member
    ) -> None:
        number = str(li.account.person_id)
        (sentence,) = faults({"people": [person_row(编号=number, 姓名="齐二")]}, county)
        assert sentence.startswith(
            f"第3行‘编号’：编号{number}是小李，表中姓名是‘齐二’。换人请在原来的行填离任日期"
        )

    def test_namesakes_must_be_told_apart(self, county: Member, li: Member) -> None:
        (sentence,) = faults({"people": [person_row(姓名="小李", 所在单位="云台镇")]}, county)
        number = li.account.person_id
        assert sentence.startswith(
            f"第3行‘姓名’：已有同名人员小李（青禾县教育局）。是同一人的，编号填{number}；"
        )
        twice = [person_row(姓名="齐二"), person_row(姓名="齐二", 所在单位="云台镇")]
        (sentence,) = faults({"people": twice}, county)
        assert sentence.startswith("第4行‘姓名’：与第3行同名。是同一人的，两行编号填同一个代号，如新1；")
        for numbers, count in ((("新1", "新1"), 1), (("新2", "新3"), 2)):
            rows = {"people": [{**row, "编号": number} for row, number in zip(twice, numbers, strict=True)]}
            people = [change.sentence for change in preview(rows, by=county.actor).changes]
            assert sum(sentence.startswith("新增人员") for sentence in people) == count

    def test_the_three_are_kept_apart_here_too(self, county: Member, auditor: Member) -> None:
        row = person_row(编号=str(auditor.account.person_id), 姓名="周审计")
        (sentence,) = faults({"people": [row]}, county)
        assert sentence.startswith("第3行‘岗位’：联络员不能与审计员由同一人担任")

    def test_a_fault_of_the_unit_is_not_told_twice(self, county: Member) -> None:
        rows = {
            "units": [unit_row(全称="青禾县数据局", 类别="衙门")],
            "people": [person_row(所在单位="青禾县数据局")],
        }
        assert faults(rows, county) == [
            "第3行‘全称’：新增的单位要有类别，请在“类别”列从下拉列表中选。",
            "第3行‘所在单位’：单位表里‘青禾县数据局’那一行有误，那一行改正后这里就能对上。",
        ]


class TestAllOrNothing:
    def test_one_fault_among_many(self, county: Member) -> None:
        good = [unit_row(全称=f"青禾县第{number}局") for number in range(20)]
        assert len(faults({"units": [*good, unit_row(全称="")]}, county)) == 1

    def test_not_what_was_previewed_is_not_done(self, county: Member) -> None:
        rows = {"people": [person_row(姓名="小李", 所在单位="青禾县教育局", 岗位="单位负责人", 职务="局长")]}
        digest = preview(rows, by=county.actor).digest
        unit = Unit.objects.get(full_name="青禾县教育局")
        give_post(Person.objects.get(name="小李"), "head", unit, by=county.actor)
        outcome = carry_out(rows, digest, by=county.actor)
        assert (outcome.done, [c.sentence for c in outcome.changes]) == (
            False, ["调整岗位：小李，青禾县教育局单位负责人"])  # fmt: skip
        assert Post.objects.get(slug="head").title == ""

    @pytest.mark.parametrize("who", ["wang", "li", "chen_admin", "gao", "auditor"])
    def test_the_office_only(self, request: pytest.FixtureRequest, county: Member, who: str) -> None:
        with pytest.raises(Denied, match="导入导出单位和人员由综合协调组（政府办）办理"):
            preview({"units": []}, by=request.getfixturevalue(who).actor)

    def test_a_whole_county_unchanged_is_looked_through_quickly(
        self, county: Member, django_assert_max_num_queries
    ) -> None:
        for number in range(80):
            create_unit(f"青禾县第{number}局", by=county.actor)
        rows = rows_of(county)
        with django_assert_max_num_queries(3 * len(rows["units"]) + 20):
            assert preview(rows, by=county.actor).changes == ()


def book_of(fill: Callable[[Any], None]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "人员"
    fill(sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(sheet: Any) -> None:
    sheet.append(["青禾县人员岗位表"])
    sheet.append(PEOPLE_HEAD)
    sheet.append([None, "齐二", "县水利局", "联络员"])


class TestReading:
    def test_a_workbook_written_by_hand(self) -> None:
        def by_hand(sheet: Any) -> None:
            sheet.append(["岗位", "姓名", "所在单位", "任职日期", "备注"])
            sheet.append(["联络员", "齐 二", "县水利局", dt.date(2024, 3, 1), "新来"])
            sheet.append([None, None, None, None, None])
            sheet["A4"] = "联络员"
            sheet["B4"], sheet["C4"] = "齐三", "云台镇"

        first, second = read(book_of(by_hand), "表.xlsx")["people"]
        assert (first["姓名"], first["备注"], second["姓名"]) == ("齐 二", "新来", "齐三")
        assert day(first["任职日期"]).isoformat() == "2024-03-01"

    @pytest.mark.parametrize(
        ("fill", "sentence"),
        [
            (
                lambda sheet: (
                    filled(sheet),
                    sheet.row_dimensions.__getitem__(3).__setattr__("hidden", True),
                ),
                "表中有隐藏或被筛选掉的行",
            ),
            (
                lambda sheet: (filled(sheet), sheet.__setitem__("B6", "齐三")),
                "“齐三”单独在一行，不在表格里。请删去表格中间的空行和表外的说明。",
            ),
            (
                lambda sheet: (sheet.append(["姓名", "电话"]), sheet.append(["齐二", "1"])),
                "有一个表看不出是单位表还是人员表",
            ),
            (lambda sheet: sheet.append(["只有一句话"]), "“只有一句话”单独在一行"),
            (
                lambda sheet: (filled(sheet), sheet.__setitem__("D3", "=A1&B1")),
                "表中有没有算出结果的公式",
            ),
        ],
    )
    def test_what_would_be_lost_is_refused(self, fill: Callable[[Any], None], sentence: str) -> None:
        with pytest.raises(BadSheet) as refusal:
            read(book_of(fill), "表.xlsx")
        assert refusal.value.sentence.startswith(sentence)

    @pytest.mark.parametrize(
        ("data", "name", "sentence"),
        [
            (b"", "表.xlsx", "文件“表.xlsx”是空的"),
            (b"PK\x03\x04garbage", "表.xlsx", "文件“表.xlsx”不完整"),
            (
                "第一行是文字".encode(),
                "表.txt",
                "文件“表.txt”不是Excel表格。请用本页导出的表格修改后再上传。",
            ),
            (b"x" * (2 << 20), "表.xlsx", "文件“表.xlsx”太大，单位和人员表不超过1MB。"),
        ],
    )
    def test_files_that_are_no_sheet(self, data: bytes, name: str, sentence: str) -> None:
        with pytest.raises(BadSheet) as refusal:
            read(data, name)
        assert refusal.value.sentence.startswith(sentence)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("2024-03-01", "2024-03-01"),
            ("2024/3/1", "2024-03-01"),
            ("2024年3月1日", "2024-03-01"),
            ("2024.3.1", "2024-03-01"),
            ("2024-03-01 00:00:00", "2024-03-01"),
            ("", None),
        ],
    )
    def test_days(self, text: str, found: str | None) -> None:
        assert (str(day(text)) if text else day(text)) == found

    @pytest.mark.parametrize(
        "text", ["", "[]", "{}", "null", '{"x":[]}', '{"units":[1]}', '{"units":[{"a":1}]}', '{"units":{}}',
                 '{"units":[{"a":"\\u0000"}]}', "[" * 100_000]
    )  # fmt: skip
    def test_what_a_browser_makes_up(self, text: str) -> None:
        with pytest.raises(BadSheet, match="页面上的内容不完整，请重新上传表格。"):
            unpacked(text)

    def test_rows_survive_the_page(self, county: Member) -> None:
        assert unpacked(packed(rows_of(county))) == rows_of(county)


class TestPages:
    def upload(self, client: Any, rows: Rows) -> Any:
        file = SimpleUploadedFile("单位和人员.xlsx", workbook("青禾县", rows))
        return client.post("/people/sheet/", {"file": file})

    def test_export_upload_look_do(self, as_, county: Member) -> None:
        client = as_(county)
        answer = client.get("/people/export.xlsx")
        assert "filename*=utf-8''" in answer["Content-Disposition"]
        rows = read(answer.content, "单位和人员.xlsx")
        rows["people"].append(person_row())
        page = self.upload(client, rows)
        assert page.status_code == 200
        assert "下面2处变化还没有写入" in page.content.decode()
        assert not Person.objects.filter(name="齐二").exists()
        sent = {"rows": page.context["rows"], "digest": page.context["digest"]}
        page = client.post("/people/sheet/apply/", sent, follow=True)
        assert "已按表格办理，共2处变化。" in page.content.decode()
        assert Person.objects.filter(name="齐二").exists()
        again = client.post("/people/sheet/apply/", sent)
        assert "在您核对期间名录有了变动，没有写入。" in again.content.decode()
        assert Person.objects.filter(name="齐二").count() == 1

    def test_the_faulty_cells_come_back_red_with_the_reason(self, as_, county: Member) -> None:
        client = as_(county)
        page = self.upload(client, {"people": [person_row(), person_row(姓名="齐三", 所在单位="县水")]})
        assert page.status_code == 422
        assert "有1处要改正，什么都没有写入。" in page.content.decode()
        answer = client.post("/people/sheet/faults.xlsx", {"rows": page.context["rows"]})
        sheet = openpyxl.load_workbook(BytesIO(answer.content))["人员"]
        cell = sheet["C4"]
        assert cell.fill.fgColor.rgb == "FFF8C9C4"
        assert (
            cell.comment.text
            == "第4行‘所在单位’：没有叫‘县水’的单位，是否为‘青禾县水利局’？请改正后重新上传。"
        )
        assert sheet["C3"].fill.fgColor.rgb != "FFF8C9C4"
        corrected = read(answer.content, "改正.xlsx")
        corrected["people"][1]["所在单位"] = "县水利局"
        assert self.upload(client, corrected).status_code == 200

    def test_no_file_no_preview(self, as_, county: Member) -> None:
        page = as_(county).post("/people/sheet/")
        assert page.status_code == 422
        assert "请选择要上传的表格。" in page.content.decode()

    def test_words_stay_words(self, as_, county: Member) -> None:
        page = self.upload(as_(county), {"people": [person_row(姓名="<script>alert(1)</script>")]})
        assert "<script>alert(1)" not in page.content.decode()
