"""Which column tells the task, whatever its title: the same tables drawn with | and flattened to one cell a line."""

import pytest

from luoshi.core.plan.model import Task
from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.table_tasks import find_table_tasks
from luoshi.core.source.text import SourceText

YEAR = 2026


def read(text: str) -> tuple[Task, ...]:
    return find_table_tasks(open_paper(SourceText("清单.md", "txt", text)), (), YEAR)


def drawn(*rows: str) -> str:
    head, *body = rows
    rule = "|".join("---" for _ in head.split("|"))
    return "".join(f"|{row}|\n" for row in (head, rule, *body))


def flattened(*rows: str) -> str:
    return "".join(f"{cell}\n" for row in rows for cell in row.split("|") if cell)


TABLES = {
    "a name beside the target in sentences": (
        (
            "序号|项目名称|年度目标|责任单位",
            "1|城东水厂|完成主体工程，具备通水条件。|县水利局",
            "2|农村公路|改造通村公路35公里，安装护栏20公里。|县交通局",
            "3|中医院|门诊楼完成竣工验收。|县卫健局",
        ),
        [
            ("城东水厂", "完成主体工程，具备通水条件。"),
            ("农村公路", "改造通村公路35公里，安装护栏20公里。"),
            ("中医院", "门诊楼完成竣工验收。"),
        ],
    ),
    "a task that states beside a short target": (
        (
            "序号|工作任务|工作目标|责任单位",
            "1|推进城乡供水一体化，加快管网延伸覆盖。|覆盖10个村|县水利局",
            "2|实施农村公路提质工程，消除安全隐患。|完工|县交通局",
        ),
        [
            (None, "推进城乡供水一体化，加快管网延伸覆盖。"),
            (None, "实施农村公路提质工程，消除安全隐患。"),
        ],
    ),
    "a short task with a column of its own beside its target": (
        (
            "序号|重点工作|具体任务|目标值|牵头单位",
            "1|工业经济|规模工业增加值|增长7.5%左右，新增规上企业6家|县科工局",
            "2|工业经济|技术改造|完成技改投资12亿元，增长10%以上|县科工局",
        ),
        [("工业经济", "规模工业增加值"), ("工业经济", "技术改造")],
    ),
    "a title nobody knows over sentences": (
        (
            "序号|任务事项|目标要求|牵头单位|完成时限",
            "1|优化政务服务|推动“一网通办”事项达到1200项以上|县数据局|12月底",
            "2|规范行政执法|全年执法案卷合格率达到98%以上|县司法局|全年",
        ),
        [
            ("优化政务服务", "推动“一网通办”事项达到1200项以上"),
            ("规范行政执法", "全年执法案卷合格率达到98%以上"),
        ],
    ),
    "indicators with the year before and the unit of measure": (
        (
            "序号|指标名称|计量单位|上年完成|目标值|责任单位",
            "1|地区生产总值增速|%|5.1|6|县发改局",
            "2|新增规模以上企业|家|9|12|县科工局",
            "3|新建高标准农田|万亩|0.8|1.1|县农业农村局",
        ),
        [(None, "地区生产总值增速"), (None, "新增规模以上企业"), (None, "新建高标准农田")],
    ),
    "indicators without numbers of rows": (
        (
            "主要指标|2026年目标|牵头单位|配合单位",
            "地区生产总值|增长6%左右|县发改局|县统计局",
            "城镇新增就业|2600人|县人社局|各乡镇",
        ),
        [(None, "地区生产总值"), (None, "城镇新增就业")],
    ),
    "a category that stands again and again": (
        (
            "序号|重点工作|具体任务|责任单位",
            "1|以产业园区为平台壮大县域特色优势产业集群|新增茶园2000亩。|县农业农村局",
            "1|以产业园区为平台壮大县域特色优势产业集群|举办茶文化节1次。|县文旅局",
            "2|以群众满意为标准持续提升县城人居环境品质|改造老旧小区12个。|县住建局",
            "2|以群众满意为标准持续提升县城人居环境品质|新建口袋公园5个。|县城管局",
        ),
        [
            ("以产业园区为平台壮大县域特色优势产业集群", "新增茶园2000亩。"),
            ("以产业园区为平台壮大县域特色优势产业集群", "举办茶文化节1次。"),
            ("以群众满意为标准持续提升县城人居环境品质", "改造老旧小区12个。"),
            ("以群众满意为标准持续提升县城人居环境品质", "新建口袋公园5个。"),
        ],
    ),
    "a category before the number": (
        (
            "类别|序号|任务内容及目标|分管领导|责任单位",
            "产业|1|新增规上企业12家。|张三|县科工局",
            "产业|2|引进亿元项目8个。|张三|县商务局",
            "民生|3|新建公厕20座。|李四|县城管局",
        ),
        [("产业", "新增规上企业12家。"), ("产业", "引进亿元项目8个。"), ("民生", "新建公厕20座。")],
    ),
    "a target in sentences before the measures": (
        (
            "序号|项目名称|年度目标任务|建设内容|责任单位",
            "1|城东水厂|完成主体工程。|新建日供水3万吨水厂1座以及配套管网12公里，改造泵站。|县水利局",
            "2|农村公路|年底建成通车。|改造农村公路35公里，安装护栏20公里，拓宽桥梁4座。|县交通局",
        ),
        [
            ("城东水厂", "新建日供水3万吨水厂1座以及配套管网12公里，改造泵站。"),
            ("农村公路", "改造农村公路35公里，安装护栏20公里，拓宽桥梁4座。"),
        ],
    ),
}


@pytest.mark.parametrize("form", [drawn, flattened])
@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES)
def test_the_task_is_told_where_the_statements_are(form, rows, expected):
    found = read(form(*rows))
    assert [(t.heading, t.quote) for t in found] == [(heading, quote[:30]) for heading, quote in expected]
    assert all(t.owners for t in found)


def test_a_second_target_under_one_project_is_a_task_of_its_own():
    found = read(
        flattened(
            "序号|实事项目|年度目标|责任单位",
            "1|养老服务|新增护理型床位120张。|县民政局",
            "老年助餐点覆盖所有社区。|县民政局、各乡镇",
            "2|文化惠民|送戏下乡80场。|县文旅局",
            "3|健康守护|为3000名妇女免费筛查。|县卫健局",
        )
    )
    assert [(t.path, t.heading, t.units) for t in found] == [
        ("表/1/1", "养老服务", ("县民政局",)),
        ("表/1/2", "养老服务", ("县民政局", "各乡镇")),
        ("表/2", "文化惠民", ("县文旅局",)),
        ("表/3", "健康守护", ("县卫健局",)),
    ]


def test_quarters_are_stages_of_the_task_and_not_the_task():
    found = read(
        drawn(
            "序号|项目名称|责任单位|第一季度|第二季度",
            "1|城东水厂|县水利局|完成可研批复和初步设计。|主体工程开工建设，完成投资30%。",
            "2|农村公路|县交通局|完成施工图设计和招标。|路基施工全面展开，完成40%。",
        )
    )
    assert [t.quote for t in found] == ["城东水厂", "农村公路"]


@pytest.mark.parametrize("note", ["备注：任务由县政府办按季度督查。", "填表人：张三"])
def test_a_note_under_the_table_is_no_task(note):
    table = drawn("序号|任务|责任单位", "1|新建公厕20座。|县城管局", "2|建成水厂。|县水利局", f"{note}||")
    assert [t.quote for t in read(table)] == ["新建公厕20座。", "建成水厂。"]


def test_a_header_printed_again_on_each_page_of_a_flattened_table():
    head = "类别|序号|任务|分管领导|责任单位|完成时间"
    found = read(
        flattened(
            head, "一、产业发展", "1|建成标准厂房。|张三|县发改局|6月底", "2|引进企业8家。|张三|县商务局|全年",
            head, "一、产业发展", "3|新增茶园2000亩。|李四|县农业农村局|9月底前", "二、城乡建设", "4|新建公厕20座。|王五|县城管局|年底前",
            head, "二、城乡建设", "5|改造管网12公里。|王五|县住建局|10月底前",
        )
    )  # fmt: skip
    assert [t.path for t in found] == ["表/一/1", "表/一/2", "表/一/3", "表/二/4", "表/二/5"]
    assert [t.deadline for t in found] == ["2026-06-30", "2026", "2026-09-30", "2026-12-31", "2026-10-31"]
    assert [t.leaders for t in found] == [("张三",), ("张三",), ("李四",), ("王五",), ("王五",)]
