"""What the site put around the paper is set aside; what may be the paper's own is not."""

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from luoshi.core.source.furniture import find_furniture, is_part_of_paper
from luoshi.core.source.loaders import load
from luoshi.core.source.text import Span, Table, Unreadable

SHARED = Path(__file__).resolve().parents[3].parent / "shared"

PAPER = """青禾县人民政府办公室关于印发《青禾县2026年重点任务方案》的通知
青政办发〔2026〕3号
各乡镇人民政府，县直有关单位：
现将《青禾县2026年重点任务方案》印发给你们，请结合实际认真组织实施，确保完成全年各项目标任务。
青禾县人民政府办公室
2026年3月20日
一、主要目标
全年实现地区生产总值增长6%以上，固定资产投资增长8.5%以上，社会消费品零售总额增长6%以上。
抄送：县委办公室。
青禾县人民政府办公室 2026年3月20日印发
"""


def aside(text: str) -> list[str]:
    return [
        line
        for span in find_furniture(text)
        for line in text[span.start : span.end].splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize(
    "line",
    [
        "阅读次数：128",
        "浏览量:1 | | | |",
        "字号:【大 中 小】",
        "【字体：大 中 小】",
        "  • 来源:县政府办",
        "来源：县政府办 更新时间: 2026-03-18 16:21",
        "发布时间：2026-03-20 10:00 来源：县政府办 浏览量：12",
        "归档时间：2026-03-18",
        "打印 | 关闭 | 分享到",
        "【 打印 】【 关闭 】",
        "首页 > 政务公开 > 政策文件",
        "您现在的位置：首页 > 政务公开",
        "扫一扫在手机打开当前页",
        "主办单位：青禾县人民政府 承办单位：县数据局 网站标识码：0000000000",
        "备案号：江ICP备00000000号-1",
        "江公网安备 00000000000000号",
        "版权所有：青禾县人民政府",
        "上一篇：青禾县召开会议",
        "下一篇 →",
        "（上接1版）",
        "(下转第3版)",
        "— 12 —",
        "第 3 页 共 10 页",
    ],
)
def test_lines_of_a_site_are_furniture_wherever_they_stand(line):
    text = PAPER.replace("一、主要目标", f"{line}\n一、主要目标")
    assert aside(text) == [line.strip("\n")] or aside(text) == [line]


@pytest.mark.parametrize(
    "line",
    [
        *PAPER.splitlines(),
        "来源于全县各部门的数据要及时共享；统计部门要加强审核。",
        "打印机等办公设备",
        "下载量超过1万次",
        "浏览量、阅读量等指标不得作为考核依据",
        "位置偏远的乡镇",
        "关于印发《青禾县浏览量提升方案》的通知",
        "备案审查工作",
        "编辑出版《青禾县志》",
        "首页文化广场建设",
        "1",
        "12",
        "县教育局、县财政局",
        "审核：由县财政局负责。",
        "扫一扫工程惠及群众10万人，覆盖全部乡镇，实现应扫尽扫。",
    ],
)
def test_lines_of_a_paper_are_kept(line):
    text = PAPER if line in PAPER else PAPER.replace("抄送", f"{line}\n抄送")
    assert line not in aside(text)


MENU = "登录\n注册\n首页\n政务公开\n政策文件\n青禾概况\n特产美食\n当前位置：\n首页\n>\n其他文件\n索引号\n：\n000/2026-1\n发文字号\n：\n青政办发〔2026〕3号\n发布日期\n：\n2026-03-26\n"
FOOT = "【 打印 】\n相关解读\n《方案》政策解读\n省级政府网站\n县教育局\n县财政局\n网站地图\n主办：青禾县人民政府\n2026-03-26\n121935\n"


def test_a_menu_before_and_a_footer_after_the_paper_are_set_aside():
    text = MENU + PAPER + FOOT
    kept = [line for line in text.splitlines() if line not in aside(text)]
    assert kept == ["青政办发〔2026〕3号", *(line for line in PAPER.splitlines())]


def test_a_table_of_short_lines_at_the_end_is_no_footer():
    text = (
        PAPER + "附件\n任务责任分解表\n序号\n内容\n责任单位\n1\n新建学校\n县教育局\n2\n开展家访\n县教育局\n"
    )
    assert aside(text) == []


def test_the_host_of_an_event_begins_no_footer():
    assert aside(PAPER + "附：活动安排\n主办单位：县商务局\n承办单位：县文旅局\n") == []


def test_an_annex_after_the_buttons_is_still_the_paper():
    annex = "附件1\n任务责任分解表\n序号\n内容\n1\n新建学校\n"
    assert aside(PAPER + "【 打印 】\n友情链接\n" + annex) == ["【 打印 】", "友情链接"]


def test_tables_are_never_touched():
    text = "来源：甲\n来源：乙\n"
    assert find_furniture(text, [Table(Span(0, 4), (), 1, 1)]) == (Span(5, 10),)


@pytest.mark.parametrize(
    "line",
    [
        "青政办发〔2026〕3号",
        "青政办函[2026]12号",
        "青禾县2026年重点任务方案",
        "关于做好防汛工作的通知",
        "各乡镇人民政府：",
        "二〇二六年三月二十日",
        "抄送：县委办公室",
        "附件1",
    ],
)
def test_lines_that_a_paper_is_known_by(line):
    assert is_part_of_paper(line)


CORPUS = sorted(
    p
    for folder in ("corpus", "corpus_more", "corpus_more/files")
    for p in (SHARED / folder).glob("*.*")
    if p.suffix != ".md"
)


@pytest.mark.skipif(not CORPUS, reason="../shared is not here: no real papers to look at")
@pytest.mark.parametrize("path", CORPUS or [Path("none")], ids=lambda p: p.name[:24])
def test_real_papers_lose_no_sentence_to_furniture(path):
    source = None
    with suppress(Unreadable):
        source = load(path.read_bytes(), path.name)
    if source is None:
        assert path.suffix == ".pdf"
        return
    if path.suffix == ".txt":
        assert source.text == path.open(encoding="utf-8", newline="").read()
    lines = [line for f in source.furniture for line in source.text[f.start : f.end].splitlines()]
    assert not [line for line in lines if line.rstrip().endswith("。") and len(line) > 40]
    assert not [line for line in lines if "〕" in line and line.strip().endswith("号")]
    cells = [cell.span for table in source.tables for cell in table.cells]
    assert all(a.end <= b.start for a, b in pairwise(sorted(cells)))
    assert not [c for c in cells if any(f.start < c.end and c.start < f.end for f in source.furniture)]
