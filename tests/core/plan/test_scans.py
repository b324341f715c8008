"""Papers that came through a scanner: letters for figures, blanks inside words and titles, rows of a table on one line each."""

import pytest

from luoshi.core.plan.model import Plan
from luoshi.core.plan.reading import read_source
from luoshi.core.source.text import SourceText


def read(text: str) -> Plan:
    return read_source(SourceText("青禾县.txt", "txt", text))


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("新建充电站l5个。", 15, "个"),
        ("新建检测中心l个。", 1, "个"),
        ("改造棚户区3OO套。", 300, "套"),
        ("建成标准厂房lO万平方米。", 10, "万平方米"),
        ("硬化道路8l公里。", 81, "公里"),
        ("引进资金6O亿元。", 60, "亿元"),
        ("栽植绿化树2OOO株。", None, None),
        ("推广O2O平台3个。", 3, "个"),
    ],
)
def test_letters_a_scan_makes_of_figures(printed: str, value: float | None, unit: str | None) -> None:
    found = read(f"青禾县方案\n一、目标\n{printed}\n全年新增企业7家。\n").indicators
    assert [(i.value, i.unit) for i in found][:-1] == ([] if value is None else [(value, unit)])


def test_numbers_of_items_that_a_scan_took_for_letters() -> None:
    plan = read(
        "青禾县2026年方案\n一 、任务\n(一 )产业行动\nl.做强轴承。2026年l0月底前建成中心。(县工信局牵头)\n2 .做优食品。(县农业农村局牵头)\n"
        "( 二)园区行动\nlO.盘活厂房。(经开区管委会牵头)\n1l.建设管网。(县住建局牵头)\n"
    )
    assert [(t.path, t.lead[0], t.deadline) for t in plan.tasks] == [
        ("一/(一)/1", "县工信局", "2026-10-31"),
        ("一/(一)/2", "县农业农村局", None),
        ("一/(二)/10", "经开区管委会", None),
        ("一/(二)/11", "县住建局", None),
    ]


CUT_CELLS = """青禾县
2026 年 重 点 工 作 任 务 清 单

序
号
工作
任务
工作目标
牵头
单位
责任
领导
完成
时限
1
招商
引资
引进到位资金6O亿元，签约亿元以上项目3O个
县投资促进局
张明志
12月底
2
城市
更新
改造棚户区3OO套，改造老旧小区l5个
县住建局
刘  洋
11月
底
3
乡村
振兴
建设示范村l0个，村集体经济收入50万元以上的村达
到40%
县农业农
村局
周 岚
12月底
"""
ROWS_ON_LINES = """清河镇2026年重点工作任务清单
序号 重点工作 工作内容 责任 领导 责任部门 完成时限
1 基层党建 整顿软弱涣散村党组织3个，创建星级支部20个 王 强 组织办 2026年9月底
2 产业发展 新建蔬菜大棚 260 亩，村均集体
经济收入达到30万元以上 李晓红 农业农村办、
各村 10月15 日前
3 项目建设 引进千万元以上项目4个 陈志远 经济发展办 2026年12月底
4 平安建设 矛盾纠纷化解率98%以上 赵国栋 平安办、派出所、司法所 长期
"""


def test_a_title_in_blanks_is_not_run_into_the_header_below() -> None:
    rows = "".join(
        f"{n} 完成第{n}项工程并且全部按期交付投入使用 王建平 县发改局 2026年{n}月\n" for n in range(1, 13)
    )
    title = "青 禾 县 2026 年 政 府 工 作 报 告 重 点 任 务 分 解 表\n"
    plan = read(title + "序号 任 务 内 容 责任领导 牵头单位 完成时限\n" + rows)
    assert plan.document.title == "青禾县2026年政府工作报告重点任务分解表"
    assert [(t.lead, t.deadline) for t in plan.tasks][::11] == [
        (("县发改局",), "2026-01-31"),
        (("县发改局",), "2026-12-31"),
    ]


def test_titles_and_cells_cut_over_lines() -> None:
    plan = read(CUT_CELLS)
    assert plan.document.year == 2026
    assert [(t.path, *t.lead, *t.leaders, t.deadline) for t in plan.tasks] == [
        ("表/1", "县投资促进局", "张明志", "2026-12-31"),
        ("表/2", "县住建局", "刘洋", "2026-11-30"),
        ("表/3", "县农业农村局", "周岚", "2026-12-31"),
    ]


def test_rows_on_one_line_each_are_read_cell_by_cell() -> None:
    plan = read(ROWS_ON_LINES)
    assert [(t.path, t.units, t.leaders, t.deadline) for t in plan.tasks] == [
        ("表/1", ("组织办",), ("王强",), "2026-09-30"),
        ("表/2", ("农业农村办", "各村"), ("李晓红",), "2026-10-15"),
        ("表/3", ("经济发展办",), ("陈志远",), "2026-12-31"),
        ("表/4", ("平安办", "派出所", "司法所"), ("赵国栋",), None),
    ]
    said = [(i.name, i.value, i.unit) for i in plan.indicators]
    assert ("蔬菜大棚", 260, "亩") in said
    assert ("村均集体经济收入", 30, "万元") in said
    assert ("千万元以上项目", 4, "个") in [
        (name.removeprefix("引进"), value, unit) for name, value, unit in said
    ]
    assert len(said) == 6  # the numbers of the rows are none
