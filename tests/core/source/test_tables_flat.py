"""Tables flattened to one cell a line, or to cells side by side, come back as rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.source.clean import clean
from luoshi.core.source.tables import GridTable, find_tables
from luoshi.core.source.text import SourceText


def tables(text: str) -> tuple[GridTable, ...]:
    source = SourceText("清单.txt", "txt", text)
    return find_tables(source, clean(source))


def rows(text: str) -> list[list[str]]:
    """Cells of the one table as words, wraps joined."""
    cleaned = clean(SourceText("清单.txt", "txt", text))
    (table,) = tables(text)
    return [[cleaned.text[c.start : c.end].replace("\n", "") for c in row.cells] for row in table.rows]


def lines(*cells: str) -> str:
    return "\n".join(cells) + "\n"


HEAD = ("序号", "内容", "责任单位", "分管领导")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "plain",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "张三", "2", "完成乙任务。", "县财政局", "李四"),
            [["1", "完成甲任务。", "县发改局", "张三"], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "an empty leader cell printed as blanks",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "\u2002\u2002", "2", "完成乙任务。", "县财政局", "李四"),
            [["1", "完成甲任务。", "县发改局", ""], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "no line at all for an empty leader cell",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "2", "完成乙任务。", "县财政局", "李四"),
            [["1", "完成甲任务。", "县发改局", ""], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "a heading before the text, cut over lines",
            lines(
                *HEAD, "1", "推进教育优", "质发展", "新建学校2所，改造薄弱学校6所，新增学位900个。", "县教育局", "张三",
                "2", "提高养老服", "务水平", "建设老年助餐点25个，适老化改造300户，全部投入使用。", "县民政局", "李四",
            ),
            [
                ["1", "推进教育优质发展", "新建学校2所，改造薄弱学校6所，新增学位900个。".translate({0xFF0C: ","}), "县教育局", "张三"],
                ["2", "提高养老服务水平", "建设老年助餐点25个，适老化改造300户，全部投入使用。".translate({0xFF0C: ","}), "县民政局", "李四"],
            ],
        ),
        (
            "one number over two texts, the second under a merged owner",
            lines(
                *HEAD, "1", "优生优育", "为全县新生儿免费提供五项疾病筛查服务。", "县卫健局", "张三",
                "新建托育机构3家，新增普惠托位420个。",
                "2", "文化惠民", "送戏下乡120场，免费开放文化馆图书馆。", "县文旅局", "李四",
            ),
            [
                ["1", "优生优育", "为全县新生儿免费提供五项疾病筛查服务。", "县卫健局", "张三"],
                ["1", "优生优育", "新建托育机构3家,新增普惠托位420个。", "县卫健局", "张三"],
                ["2", "文化惠民", "送戏下乡120场,免费开放文化馆图书馆。", "县文旅局", "李四"],
            ],
        ),
        (
            "number and heading printed again on a new page",
            lines(
                *HEAD, "1", "养老服务", "建设老年助餐服务点二十五个并投入运营。", "县民政局", "张三",
                "1", "养老服务", "办好家门口的老年学校十所，扩大覆盖面。", "县教育局", "李四",
            ),
            [
                ["1", "养老服务", "建设老年助餐服务点二十五个并投入运营。", "县民政局", "张三"],
                ["1", "养老服务", "办好家门口的老年学校十所,扩大覆盖面。", "县教育局", "李四"],
            ],
        ),
        (
            "several leaders among blank lines",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "张三", "\u2002\u2002", "李四", "2", "完成乙任务。", "县财政局", "王五"),
            [["1", "完成甲任务。", "县发改局", "张三  李四"], ["2", "完成乙任务。", "县财政局", "王五"]],
        ),
        (
            "an integer that is text",
            lines(*HEAD, "1", "培育家庭农场", "30", "家，完成土地流转2000亩。", "县农业农村局", "张三", "2", "完成乙任务。", "县财政局", "李四"),
            [["1", "培育家庭农场30家,完成土地流转2000亩。", "县农业农村局", "张三"], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "owners over two lines, one name cut",
            lines(*HEAD, "1", "完成甲任务。", "县应急局牵头，有监管任务", "的主管部门、各乡镇人民政府", "张三", "2", "完成乙任务。", "县财政局", "李四"),
            [
                ["1", "完成甲任务。", "县应急局牵头,有监管任务的主管部门、各乡镇人民政府", "张三"],
                ["2", "完成乙任务。", "县财政局", "李四"],
            ],
        ),
        (
            "a number that a scan damaged",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "张三", "Z", "完成乙任务。", "县财政局", "李四", "3", "完成丙任务。", "县教育局", "王五"),
            [
                ["1", "完成甲任务。", "县发改局", "张三"],
                ["Z", "完成乙任务。", "县财政局", "李四"],
                ["3", "完成丙任务。", "县教育局", "王五"],
            ],
        ),
        (
            "no number column",
            lines("重点任务", "责任单位", "完成时限", "建成信息平台", "县卫健局、县数据局", "2025年6月", "新增学位600个", "县教育局", "2025年8月底"),
            [["建成信息平台", "县卫健局、县数据局", "2025年6月"], ["新增学位600个", "县教育局", "2025年8月底"]],
        ),
        (
            "a header two rows deep, printed row by row",
            lines("序号", "工作任务", "责任单位", "完成时限", "牵头单位", "配合单位", "1", "推进数字政府建设", "县数据局", "县政府办", "2025年底前"),
            [["1", "推进数字政府建设", "县数据局", "县政府办", "2025年底前"]],
        ),
        (
            "titles cut over two lines",
            lines("序", "号", "工作任务", "责任", "领导", "牵头", "单位", "完成", "时限", "1", "新建水厂。", "张三", "县水利局", "12月底"),
            [["1", "新建水厂。", "张三", "县水利局", "12月底"]],
        ),
        (
            "titles that a scan spoiled, a date with a letter in it",
            lines("序 号", "重点任 务", "贵任单位", "完成时眼", "l", "新建水厂。", "县水利局", "2025年l2月底", "2", "新建公厕。", "县城管局", "长期"),
            [["l", "新建水厂。", "县水利局", "2025年l2月底"], ["2", "新建公厕。", "县城管局", "长期"]],
        ),
        (
            "one title nobody knows",
            lines("序号", "工作任务", "县级备案情形", "责任单位", "1", "新建水厂", "已备案", "县水利局", "2", "新建路网", "未备案", "县交通局"),
            [["1", "新建水厂", "已备案", "县水利局"], ["2", "新建路网", "未备案", "县交通局"]],
        ),
        (
            "every cell wrapped to the width of its column",
            lines(
                "序号", "任务", "责任", "单位", "分管", "领导",
                "1", "组织青禾夜市焕新行动，改", "造摊位、灯光、排水、消防", "等设施并统一门头店招，引", "导商户规范经营", "县市监局、县商", "务局、各乡镇人", "民政府", "张三",
                "2", "推广青禾茶园智慧灌溉，覆", "盖示范片、采摘园、育苗棚", "和合作社自建茶山，年底以", "前面积达到一万二千亩左右", "县发改局、县卫", "健局", "李四",
            ),
            [
                ["1", "组织青禾夜市焕新行动,改造摊位、灯光、排水、消防等设施并统一门头店招,引导商户规范经营", "县市监局、县商务局、各乡镇人民政府", "张三"],
                ["2", "推广青禾茶园智慧灌溉,覆盖示范片、采摘园、育苗棚和合作社自建茶山,年底以前面积达到一万二千亩左右", "县发改局、县卫健局", "李四"],
            ],
        ),
        (
            "the header again on the next page",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "张三", "— 2 —", *HEAD, "2", "完成乙任务。", "县财政局", "李四"),
            [["1", "完成甲任务。", "县发改局", "张三"], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "prose after the table",
            lines(
                *HEAD, "1", "完成甲任务。", "县发改局", "张三", "2", "完成乙任务。", "县财政局", "李四",
                "三、工作要求", "各单位要提高认识，压实责任，确保各项任务落到实处。", "每月25日前报送进展情况，遇有重大问题及时报告。",
            ),
            [["1", "完成甲任务。", "县发改局", "张三"], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "a section with lettered paragraphs after the table",
            lines(
                *HEAD, "1", "完成甲任务。", "县发改局", "张三", "2", "完成乙任务。", "禾城街道、清溪街道", "李四",
                "四、工作要求", "（一）压实工作责任。排名第一的牵头单位负总责，责任单位主动配合。", "（二）严格督查问效。每月通报一次。",
            ),
            [["1", "完成甲任务。", "县发改局", "张三"], ["2", "完成乙任务。", "禾城街道、清溪街道", "李四"]],
        ),
        (
            "what a page prints under its table",
            lines(*HEAD, "1", "完成甲任务。", "县发改局", "张三", "2", "完成乙任务。", "县财政局", "李四", "青禾县人民政府门户网站", "下载本文件.pdf"),
            [["1", "完成甲任务。", "县发改局", "张三"], ["2", "完成乙任务。", "县财政局", "李四"]],
        ),
        (
            "side by side, wide gaps",
            "序号    工作任务              责任单位      完成时限\n"
            "1       建成城东水厂          县水利局      2025年10月\n"
            "2       改造供水管网30公里    县住建局      2025年12月\n",
            [["1", "建成城东水厂", "县水利局", "2025年10月"], ["2", "改造供水管网30公里", "县住建局", "2025年12月"]],
        ),
        (
            "side by side, single blanks, one lost",
            "序号 工作任务 责任单位 责任领导 完成时限\n1 建成城东水厂 县水利局、县住建局 张三 2025年10月\n"
            "2 改造供水管网30公里 县住建局 李四2025年12月\n",
            [
                ["1", "建成城东水厂", "县水利局、县住建局", "张三", "2025年10月"],
                ["2", "改造供水管网30公里", "县住建局", "李四", "2025年12月"],
            ],
        ),
        (
            "markdown",
            "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 建设产业园 | 县发改局 |\n| 2 | 引进企业5家 |  |\n",
            [["1", "建设产业园", "县发改局"], ["2", "引进企业5家", ""]],
        ),
        (
            "tabs",
            "序号\t任务\t责任单位\n1\t建设产业园\t县发改局\n2\t引进企业5家\t县商务局\n",
            [["1", "建设产业园", "县发改局"], ["2", "引进企业5家", "县商务局"]],
        ),
    ],
    ids=lambda v: v if isinstance(v, str) and "\n" not in v else "",
)  # fmt: skip
def test_rows_are_rebuilt(name, text, expected):
    assert rows(text) == expected


def test_group_headings_stand_over_their_rows():
    text = lines(
        *HEAD, "任务清单", "一、壮大产业", "1", "完成甲任务。", "县发改局", "张三", "（一）延链", "2", "完成乙任务。", "县财政局", "李四",
        "二、改善民生", "1", "完成丙任务。", "县教育局", "王五",
    )  # fmt: skip
    (table,) = tables(text)
    assert [row.group for row in table.rows] == [
        ("任务清单", "一、壮大产业"),
        ("任务清单", "一、壮大产业", "(一)延链"),
        ("任务清单", "二、改善民生"),
    ]


def test_a_section_after_the_table_stays_outside():
    text = lines(*HEAD, "1", "完成甲任务。", "县发改局", "张三", "三、工作要求", "各单位要提高认识。")
    (table,) = tables(text)
    assert text[table.end :].startswith("\n三、工作要求")


def test_a_row_cut_over_printed_lines_continues():
    text = (
        "序号    工作任务              牵头单位      配合单位\n"
        "1       建成城东水厂，        县水利局      县住建局、\n"
        "        日供水2万吨                         县发改局\n"
        "2       新建公厕12座          县城管局      各乡镇\n"
    )
    (table,) = tables(text)
    assert [row.continues for row in table.rows] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "各单位要严格落实责任，确保完成全年任务。\n责任单位\n要按月报送。\n",
        "一、总体要求\n二、主要任务\n1.新建学校2所。\n2.新建医院1所。\n",
        "序号\n内容\n责任单位\n",
        "1.推进数字政府建设\n工作目标\n责任单位\n县数据局\n完成时限\n2025年12月\n2.建设水厂\n工作目标\n责任单位\n县水利局\n完成时限\n长期\n",
    ],
)
def test_what_is_no_table_stays_text(text):
    assert tables(text) == ()


UNITS = ("县发改局", "县财政局、县教育局", "各乡镇人民政府", "县农业农村局、县水利局、县林业局")
TASKS = (
    "新增规模以上工业企业12家，总数达到140家。",
    "改造老旧小区20个",
    "建成高标准农田3万亩，粮食总产量稳定在38万吨以上，坚决守住耕地红线，推进农业现代化。",
    "开展“一件事一次办”改革；压缩企业开办时间。",
)
LEADERS = ("张三", "李小河", "")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(TASKS), st.sampled_from(UNITS), st.sampled_from(LEADERS)),
        min_size=1,
        max_size=30,
    )
)
def test_flattening_and_rebuilding_gives_the_same_rows(table):
    """Whatever the order of cells, a flattened table keeps its rows, cells and empty leaders."""
    cells = [
        (str(n), task, unit, leader or "\u2002\u2002") for n, (task, unit, leader) in enumerate(table, 1)
    ]
    text = lines(*HEAD, *(cell for row in cells for cell in row))
    fold = str.maketrans("，；", ",;")
    assert rows(text) == [[n, task.translate(fold), unit, leader.strip()] for n, task, unit, leader in cells]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="序号内容责任单位领导时限一二、（）12。；张三县局\u2002 |\t\n", max_size=300))
def test_tables_lie_in_order_inside_the_text(text):
    """Any text: tables do not overlap, cells lie inside the text, every row has a cell for each title."""
    end = 0
    for table in tables(text):
        assert end <= table.start <= table.end <= len(text)
        end = table.end
        for row in table.rows:
            assert len(row.cells) == len(table.header)
            assert all(0 <= c.start <= c.end <= len(text) for c in row.cells)


def test_a_long_table_with_odd_rows_is_read_to_its_end():
    """Past the first thousands of lines fewer readings are kept (decision 0030)."""
    cells = [*HEAD, "一、重点工作"]
    for k in range(900):
        cells += [str(k + 1)] * (k % 8 != 7) + ["强化要素保障"] * (k % 8 != 7 and k % 3 == 1)
        cells += [f"新建公厕{k}座，改造管网12公里。"]
        cells += ["（一）严格按照时序逐项推进。"] * (k % 8 != 7 and k % 5 == 2)
        cells += ["县住建局、各乡镇人民政府"] + ["张三"] * (k % 4 != 3)
    found = ["".join(row) for row in rows(lines(*cells))]
    assert len(found) == 900
    assert [k for k, row in enumerate(found) if f"新建公厕{k}座" not in row] == []
