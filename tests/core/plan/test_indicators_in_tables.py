"""Targets that a table gives a column of their own."""

import pytest

from luoshi.core.plan.indicators import find_indicators
from luoshi.core.plan.paper import open_paper
from luoshi.core.source.loaders import load

HEADER = ("序号", "指标名称", "单位", "2026年目标", "责任单位")


def read(header, *rows, title="青禾县重点任务清单"):
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in (header, *rows))
    page = f"<html><body><p>{title}</p><table>{cells}</table></body></html>"
    return find_indicators(open_paper(load(page.encode(), "清单.html")))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("1", "地区生产总值增速", "%", "6左右", "县发改局"), ("地区生产总值增速", "growth", "~", 6, "%")),
        (
            ("1", "新增规模以上工业企业", "家", "15以上", "县科工局"),
            ("规模以上工业企业", "new", ">=", 15, "家"),
        ),
        (("1", "城镇调查失业率", "%", "≤5.5", "县人社局"), ("城镇调查失业率", "share", "<=", 5.5, "%")),
        (
            ("1", "空气优良天数比率", "", "不低于92%", "县环境局"),
            ("空气优良天数比率", "share", ">=", 92, "%"),
        ),
        (("1", "粮食总产量(万吨)", "", "31", "县农业农村局"), ("粮食总产量", "level", "=", 31, "万吨")),
        (("1", "加装电梯", "台", "完成20", "县住建局"), ("加装电梯", "new", "=", 20, "台")),
    ],
)
def test_a_row_is_the_sentence_it_stands_for(row, expected):
    (found,) = read(HEADER, row)
    assert (found.name, found.kind, found.op, found.value, found.unit) == expected
    assert found.name[-2:] in found.quote


@pytest.mark.parametrize("title", ["指标要求", "指 标 要 求", "考核指标", "指标任务"])
def test_a_column_of_what_is_required_holds_targets_where_none_is_called_so(title):
    header = ("序号", "任 务 名 称", title, "牵头部门", "目标类型")
    found = read(
        header,
        ("1", "服务业增加值", "增长6%以上", "县发改局", "A类"),
        ("2", "新增规上企业", "15家", "县科工局", "B类"),
    )
    assert [(i.name, i.kind, i.value) for i in found] == [
        ("服务业增加值", "growth", 6),
        ("规上企业", "new", 15),
    ]


def test_where_a_column_is_called_target_the_one_of_indicators_names_them():
    found = read(("序号", "考核指标", "目标值", "责任单位"), ("1", "粮食总产量", "31万吨", "县农业农村局"))
    assert [(i.name, i.value) for i in found] == [("粮食总产量", 31)]


def test_cells_that_speak_for_themselves_are_read_once():
    header = ("序号", "内容", "目标任务", "责任单位")
    found = read(header, ("1", "推进农村公路建设", "完成农村公路建设30公里", "县交通运输局"))
    assert [(i.name, i.value) for i in found] == [("农村公路建设", 30)]


def test_columns_of_the_past_hold_no_target():
    header = ("序号", "指标名称", "单位", "2025年完成情况", "2026年目标")
    found = read(header, ("1", "粮食总产量", "万吨", "30", "31"))
    assert [i.value for i in found] == [31]


def test_serial_numbers_and_deadlines_are_no_targets():
    assert (
        read(("序号", "工作任务", "完成时限", "责任单位"), ("12", "完善应急预案", "6月底前", "县应急局"))
        == ()
    )


def test_a_quote_stays_on_the_line_of_its_number():
    rows = ["序号", "指标名称", "2026年目标", "责任单位", "1", "粮食总产量", "31万吨", "县农业农村局"]
    rows += ["2", "加装电梯", "20台以上", "县住建局", "3", "新增托位", "90个", "县卫健局"]
    text = "青禾县重点任务清单\n" + "\n".join(rows)
    found = find_indicators(open_paper(load(text.encode(), "清单.txt")))
    assert [(i.name, i.quote, i.value) for i in found] == [
        ("粮食总产量", "31万吨", 31),
        ("加装电梯", "20台以上", 20),
        ("托位", "90个", 90),
    ]


def told(found):
    return [f"{i.name} {i.kind} {i.value:g}{i.unit} {i.quote}" for i in found]


TOWNS = ("序号", "乡镇", "新建高标准农田（亩）", "粮食产量（吨）", "撂荒地整治率")


def test_towns_down_and_targets_across():
    rows = [
        ("1", "柳溪镇", "3200", "51000", "95%"),
        ("2", "白沙镇", "—", "48000", "90%"),
        ("", "合计", "3200", "99000", ""),
    ]
    assert told(read(TOWNS, *rows, title="青禾县2026年粮食生产任务分解表")) == [
        "柳溪镇新建高标准农田 new 3200亩 3200",
        "柳溪镇粮食产量 level 51000吨 51000",
        "柳溪镇撂荒地整治率 share 95% 95%",
        "白沙镇粮食产量 level 48000吨 48000",
        "白沙镇撂荒地整治率 share 90% 90%",
        "合计新建高标准农田 new 3200亩 3200",
        "合计粮食产量 level 99000吨 99000",
    ]


def test_what_the_towns_have_done_is_no_target():
    rows = [("1", "柳溪镇", "3200", "51000", "95%"), ("2", "白沙镇", "1800", "48000", "90%")]
    assert told(read(TOWNS, *rows, title="青禾县2025年粮食生产任务完成情况表")) == []


def test_targets_down_and_towns_across():
    header = ("序号", "指标名称", "单位", "全县", "柳溪镇", "白沙镇", "牵头单位")
    rows = [
        ("1", "城镇新增就业", "人", "900", "520", "380", "县人社局"),
        ("2", "居民收入增速", "%", "6", "6.2", "5.8", "县发改局"),
    ]
    assert told(read(header, *rows, title="主要目标分解表")) == [
        "全县城镇新增就业 new 900人 900",
        "柳溪镇城镇新增就业 new 520人 520",
        "白沙镇城镇新增就业 new 380人 380",
        "全县居民收入增速 growth 6% 6",
        "柳溪镇居民收入增速 growth 6.2% 6.2",
        "白沙镇居民收入增速 growth 5.8% 5.8",
    ]


def test_a_project_lends_its_name_to_its_targets():
    header = ("序号", "项目名称", "年度投资", "一季度目标", "二季度目标", "责任单位")
    rows = [("1", "鹤溪大桥", "12500", "完成投资2800万元", "主体工程完成40%", "县交通运输局")]
    assert told(read(header, *rows, title="重点项目清单（单位：万元）")) == [
        "鹤溪大桥年度投资 level 12500万元 12500",
        "鹤溪大桥一季度投资 new 2800万元 完成投资2800万元",
        "鹤溪大桥二季度主体工程 share 40% 主体工程完成40%",
    ]


def test_a_list_of_promises_keeps_the_names_its_targets_have_and_lends_its_own_to_a_bare_rate():
    header = ("序号", "项目名称", "主要内容", "责任单位")
    rows = [
        ("1", "1.教育资源扩充", "新建幼儿园7所", "县教育局"),
        ("2", "2.全民健身中心", "年底前完工率达到100%", "县文旅局"),
    ]
    names = [i.split()[0] for i in told(read(header, *rows, title="2026年民生实事项目表"))]
    assert names == ["幼儿园", "全民健身中心完工率"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ("序号", "指标名称", "单位", "2026年目标", "增速（%）", "责任单位"),
            [("level", 196, "亿元"), ("growth", 6.5, "%")],
        ),
        (("序号", "指标名称", "单位", "2025年完成", "增速（%）", "责任单位"), []),
    ],
)
def test_growth_beside_a_target_is_the_targets(header, expected):
    found = read(
        header, ("1", "地区生产总值", "亿元", "196", "6.5", "县发改局"), title="青禾县指标分解表〔2026〕"
    )
    assert [(i.kind, i.value, i.unit) for i in found] == expected
    assert {i.name for i in found} <= {"地区生产总值"}
