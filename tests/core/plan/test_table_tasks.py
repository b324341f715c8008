"""Rows of tables as tasks: who, until when, under which path; and which tables hold no tasks."""

import pytest

from luoshi.core.plan.model import Action, Task
from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.table_people import parted, read_people, restored
from luoshi.core.plan.table_tasks import find_table_tasks
from luoshi.core.source.text import SourceText, Span

YEAR = 2025


def tasks(*lines: str, actions: tuple[Action, ...] = ()) -> tuple[Task, ...]:
    text = "\n".join(lines) + "\n"
    found = find_table_tasks(open_paper(SourceText("清单.txt", "txt", text)), actions, YEAR)
    for task in found:
        assert text[task.span.start :].startswith(task.quote)
        assert len(task.quote) <= 30
        for owner in task.owners:
            assert owner.span is not None
            place = text[owner.span.start : owner.span.end]
            assert (place[:2], place[-2:]) == (owner.name[:2], owner.name[-2:])
    return found


def codes(task: Task) -> list[str]:
    return [doubt.code for doubt in task.doubts]


def test_units_without_a_lead_and_leaders():
    first, second = tasks(
        "附件2", "青禾县产业兴县行动任务责任分解表", "序号", "内容", "主要责任单位", "县政府", "分管领导", "工作进度",
        "1", "总体目标", "全县规模工业增加值增长8%，园区税收达到13.6万元以上。", "县科工局县发改局、各乡镇人民政府", "张三", "李 四",
        "2", "强化要素", "2025年新增省级专精特新企业8家，兑现惠企政策资金2亿元。", "县财政局", "\u2002\u2002",
    )  # fmt: skip
    assert (first.path, first.heading) == ("附件2/表/1", "总体目标")
    assert first.quote == "全县规模工业增加值增长8%，园区税收达到13.6万元以上。"
    assert first.lead == ()
    assert first.units == ("县科工局", "县发改局", "各乡镇人民政府")
    assert first.leaders == ("张三", "李四")
    assert codes(first) == ["split-guessed", "collective", "lead-guessed"]
    assert (second.units, second.leaders, second.deadline) == (("县财政局",), (), "2025")
    assert codes(second) == []


def test_lead_support_and_deadline_columns():
    first, second = tasks(
        "序号", "工作任务", "责任领导", "牵头单位", "责任单位", "完成时限",
        "1", "地区生产总值增长6.5%以上。", "张三", "县发改局", "县统计局、县科工局等", "12月底前",
        "2", "新建高标准农田3万亩。", "李四", "县农业农村局", "—", "持续推进",
    )  # fmt: skip
    assert (first.lead, first.units) == (("县发改局",), ("县统计局", "县科工局"))
    assert (first.deadline, first.open_ended, first.leaders) == ("2025-12-31", True, ("张三",))
    assert (second.lead, second.units, second.deadline) == (("县农业农村局",), (), None)


@pytest.mark.parametrize(
    ("cell", "lead", "units", "deadline"),
    [
        ("县水利局牵头，县住建局、各乡镇配合", ("县水利局",), ("县住建局", "各乡镇"), None),
        ("县水利局（牵头）、县住建局", ("县水利局",), ("县住建局",), None),
        (
            "牵头单位：县水利局；配合单位：县住建局；完成时限：2025年10月底",
            ("县水利局",),
            ("县住建局",),
            "2025-10-31",
        ),
        ("县水利局", (), ("县水利局",), None),
    ],
)
def test_duties_inside_a_cell(cell, lead, units, deadline):
    (task,) = tasks("序号", "内容", "责任单位", "1", "建成城东水厂。", cell)
    assert (task.lead, task.units, task.deadline) == (lead, units, deadline)


@pytest.mark.parametrize(
    ("cell", "units", "people"),
    [
        ("县水利局 张三", ("县水利局",), ("张三",)),
        ("县水利局（张三）", ("县水利局",), ("张三",)),
        ("县水利局：张三", ("县水利局",), ("张三",)),
        ("县水利局张三", ("县水利局",), ("张三",)),
        ("县水利局党组书记李小河", ("县水利局",), ("李小河",)),
        ("县发改委副主任张三、县委办王五", ("县发改委", "县委办"), ("张三", "王五")),
        ("县行政审批服务局", ("县行政审批服务局",), ()),
    ],
)
def test_a_column_of_units_and_people(cell, units, people):
    (task,) = tasks("|序号|任务|责任单位及责任人|", "|---|---|---|", f"|1|建成城东水厂。|{cell}|")
    assert (task.units, task.leaders) == (units, people)


def test_columns_for_the_quarters_name_nobody():
    first, second = tasks(
        "序号", "目标任务", "责任单位", "责任领导", "第一季度", "第二季度", "第三季度", "第四季度",
        "1", "新建水厂", "县水利局", "张三", "完成立项", "开工建设", "主体完工", "投入使用",
        "2", "建设路网", "县交通局", "李四", "完成设计", "开工", "铺设路面", "通车",
    )  # fmt: skip
    assert [(t.units, t.leaders) for t in (first, second)] == [
        (("县水利局",), ("张三",)),
        (("县交通局",), ("李四",)),
    ]


def test_parts_of_one_number_and_owners_from_above():
    found = tasks(
        "附件9", "序号", "内容", "责任单位", "分管领导", "一、省定实事",
        "1", "优生优育", "为全县新生儿免费提供五项疾病筛查服务。", "县卫健局", "张三", "新建托育机构3家，新增普惠托位420个。",
        "2", "文化惠民", "送戏下乡120场，免费开放文化馆图书馆。", "县文旅局", "李四",
        "二、县定实事", "1", "建设口袋公园8个。", "县城管局", "王五",
    )  # fmt: skip
    assert [t.path for t in found] == ["附件9/表/一/1/1", "附件9/表/一/1/2", "附件9/表/一/2", "附件9/表/二/1"]
    assert [t.heading for t in found] == ["优生优育", "优生优育", "文化惠民", None]
    assert (found[1].units, found[1].leaders) == (("县卫健局",), ("张三",))
    assert [codes(t) for t in found] == [[], ["inherited-owner"], [], []]


def test_a_row_nobody_answers_for_is_a_question():
    found = tasks("序号", "任务", "牵头单位", "1", "建成水厂。", "—", "2", "新建公厕12座。", "县城管局")
    assert [codes(t) for t in found] == [["no-owner"], []]


def test_damaged_number_and_damaged_name():
    found = tasks(
        "序号", "任务", "责任单位", "分管领导",
        "1", "建成水厂。", "县水利局", "李小河", "Z", "新建公厕。", "县城管局", "小", "3", "改造管网。", "县住建局", "李小河",
    )  # fmt: skip
    assert [t.path for t in found] == ["表/1", "表/2", "表/3"]
    assert found[1].leaders == ("李小河",)
    assert codes(found[1]) == ["damaged-number", "damaged-name"]


def test_a_deadline_with_letters_for_figures():
    (task,) = tasks("序号", "任务", "责任单位", "完成时限", "1", "建成水厂。", "县水利局", "2025年l2月底")
    assert task.deadline == "2025-12-31"


def test_run_in_headings_where_the_table_has_the_habit():
    found = tasks(
        "序号", "内容", "责任单位",
        "1", "整治隐患。深入开展重点行业排查。", "县应急局", "2", "守牢底线。严控新增债务。", "县财政局", "3", "完成公路修建。", "县交通局",
    )  # fmt: skip
    assert [t.heading for t in found] == ["整治隐患", "守牢底线", None]


def test_the_action_comes_from_the_title_or_the_group():
    actions = tuple(Action(n, n, Span(0, 0)) for n in ("产业兴县行动", "城乡融合行动"))
    (titled,) = tasks(
        "附件1",
        "青禾县产业兴县行动任务清单",
        "序号",
        "任务",
        "责任单位",
        "1",
        "建园区。",
        "县发改局",
        actions=actions,
    )
    assert titled.action == "产业兴县行动"
    grouped = tasks(
        "任务清单", "序号", "任务", "责任单位", "一、产业兴县行动", "1", "建园区。", "县发改局", "二、城乡融合行动", "2", "建水厂。", "县水利局",
        actions=actions,
    )  # fmt: skip
    assert [t.action for t in grouped] == ["产业兴县行动", "城乡融合行动"]


def test_unnumbered_lists_keep_their_names_apart():
    found = tasks(
        "序号",
        "任务",
        "责任单位",
        "任务清单",
        "1",
        "建园区。",
        "县发改局",
        "项目清单",
        "1",
        "水厂项目",
        "县水利局",
    )
    assert [t.path for t in found] == ["表/任务清单/1", "表/项目清单/1"]


def test_a_name_cut_by_the_edge_of_a_line_is_whole():
    (task, _) = tasks(
        "序号    工作任务              牵头单位      配合单位",
        "1       建成城东水厂，        县市场        县住建局、",
        "        日供水2万吨           监管局        县发改局",
        "2       新建公厕12座          县城管局      各乡镇",
    )
    assert task.lead == ("县市场监管局",)
    assert task.units == ("县住建局", "县发改局")


@pytest.mark.parametrize(
    "lines",
    [
        (
            "序号",
            "考核内容",
            "分值",
            "评分标准",
            "责任单位",
            "1",
            "组织领导",
            "10",
            "未成立机构扣2分。",
            "县水利局",
        ),
        ("序号", "姓名", "职务", "责任单位", "联系电话", "1", "张三", "局长", "县水利局", "88880000"),
        ("| 项目 | 预算数 | 决算数 | 主管部门 |", "|---|---|---|---|", "| 教育支出 | 100 | 98 | 县教育局 |"),
        ("| 指标 | 2024年 | 2025年 |", "|---|---|---|", "| 地区生产总值 | 180 | 195 |"),
    ],
    ids=["scores", "contacts", "accounts", "statistics"],
)
def test_tables_that_ask_nothing_of_anybody(lines):
    assert tasks(*lines) == ()


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("张三", ["张三"]),
        ("张三、李小河", ["张三", "李小河"]),
        ("陶  静\n欧阳青青", ["陶静", "欧阳青青"]),
        ("常务副县长张三", ["张三"]),
        ("张三（副县长）", ["张三"]),
        ("张三\n（县委常委、常务副县长）", ["张三"]),
        ("李小河（副县长）、张三（县政协副主席）", ["李小河", "张三"]),
        ("李小河常务副县长", ["李小河"]),
        ("李小河\n县委常委、副县长", ["李小河"]),
        ("张海 涛", ["张海涛"]),
        ("张三 李 四", ["张三", "李四"]),
        ("相关副县长", ["相关副县长"]),
        ("副县长 张三", ["张三"]),
        ("县委常委、常务副县长  张三", ["张三"]),
        ("县政协副主席 李小河、副县长 张 三", ["李小河", "张三"]),
        ("张三 副县长", ["张三"]),
        ("县委常委、副县长\n李小河\n县政协副主席\n张三", ["李小河", "张三"]),
        ("县委书记 县长", ["县委书记", "县长"]),
        ("县委书记", ["县委书记"]),
        ("张三 李县长", ["张三", "李县长"]),
        ("——", []),
        ("\u2002\u2002静", ["静"]),
    ],
)
def test_people(cell, people):
    assert list(read_people(cell.translate({0xFF08: "(", 0xFF09: ")"}))) == people


def test_names_run_together_are_parted_when_both_are_known():
    assert parted("张三李小河", ["张三", "李小河", "张三李小河"]) == ["张三", "李小河"]
    assert parted("张三李小河", ["张三"]) == ["张三李小河"]


def test_a_damaged_name_is_restored_only_when_one_fits():
    assert restored("静", ["陶静", "张三", "静"]) == "陶静"
    assert restored("静", ["陶静", "李静"]) is None


def test_of_a_beginning_and_an_end_the_end_is_the_term():
    header = ("序号", "项目名称", "建设内容", "牵头单位", "开工时间", "完工时间")
    found = tasks(
        *(
            "|".join(row)
            for row in (
                header,
                ("1", "农村公路", "新改建农村公路85公里", "县交通局", "2025年4月", "2025年10月"),
                ("2", "托育服务", "新增托位200个", "县卫健局", "2025年5月", "2025年12月"),
            )
        )
    )
    assert [task.deadline for task in found] == ["2025-10-31", "2025-12-31"]
