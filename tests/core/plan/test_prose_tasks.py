"""Tasks told in prose, in every layout of owner clauses we know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.actions import find_actions
from luoshi.core.plan.document import find_document
from luoshi.core.plan.model import Task
from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.reading import read_plan
from luoshi.core.plan.tasks import find_tasks
from luoshi.core.source.text import SourceText

HEAD = "青禾县2026年重点工作方案\n一、工作目标\n保持平稳增长。\n二、重点任务\n"


def tasks(body: str, head: str = HEAD) -> tuple[Task, ...]:
    paper = open_paper(SourceText("plan.txt", "txt", head + body))
    document = find_document(paper)
    return find_tasks(paper, find_actions(paper, document), document)


def rows(body: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    """(path, lead, units) of every task."""
    return [(t.path, "、".join(t.lead), "、".join(t.units)) for t in tasks(body, head)]


LAYOUTS = {
    "trailing bracket with duties": (
        "（一）扩大投资\n1.抓项目。开工项目26个。（县发改局牵头负责，县财政局、禾丰镇等按职责分工负责）\n",
        [("二/(一)/1", "县发改局", "县财政局、禾丰镇")],
    ),
    "trailing bracket with labels": (
        "（一）扩大投资\n1.抓项目。开工项目26个。（牵头单位：县发改局；配合单位：县财政局）\n",
        [("二/(一)/1", "县发改局", "县财政局")],
    ),
    "label on a line of its own": (
        "（一）扩大投资\n1．抓项目。开工项目26个。\n\n责任单位：县发改局、县财政局\n\n2．促消费。办活动。\n\n责任单位：县商务局\n",
        [("二/(一)/1", "", "县发改局、县财政局"), ("二/(一)/2", "", "县商务局")],
    ),
    "labels line by line": (
        "1.抓项目。开工项目26个。\n责任领导：沈亦舟\n牵头单位：县发改局\n责任单位：县财政局、\n县住建局\n完成时限：2026年6月底前\n",
        [("二/1", "县发改局", "县财政局、县住建局")],
    ),
    "labels in heavy brackets": (
        "1.抓项目。开工项目26个。\n【牵头单位】县发改局\n【责任单位】县财政局\n",
        [("二/1", "县发改局", "县财政局")],
    ),
    "label behind the last sentence": (
        "1.新增公办园学位2000个。责任单位：县教育局。\n2.建助餐点25个。责任单位：县民政局、县住建局。\n",
        [("二/1", "", "县教育局"), ("二/2", "", "县民政局、县住建局")],
    ),
    "names only": (
        "1.新增公办园学位2000个。（县教育局）\n2.建助餐点25个。（县民政局、县住建局）\n",
        [("二/1", "", "县教育局"), ("二/2", "", "县民政局、县住建局")],
    ),
    "牵头 and 配合 without 单位": (
        "1.抓项目，开工26个。牵头：县发改局；配合：县财政局\n2.促消费。\n牵头：县商务局\n",
        [("二/1", "县发改局", "县财政局"), ("二/2", "县商务局", "")],
    ),
    "主责单位 over 协办单位": (
        "1.新增学位2000个。\n主责单位：县教育局\n协办单位：县住建局，各街道\n",
        [("二/1", "县教育局", "县住建局、各街道")],
    ),
    "owners of several items below the last of them, in a sentence": (
        "（一）空间\n1.新增绿道22公里。\n2.整治小巷40条。\n3.新建公厕11座。\n以上任务由县城管局牵头，县园林中心配合。\n"
        "（二）管网\n4.更新管道18公里。（县水务局牵头）\n",
        [
            ("二/(一)/1", "县城管局", "县园林中心"),
            ("二/(一)/2", "县城管局", "县园林中心"),
            ("二/(一)/3", "县城管局", "县园林中心"),
            ("二/(二)/4", "县水务局", ""),
        ],
    ),
    "owners of the items of the last part, in a sentence": (
        "（一）管网\n1.更新管道18公里。（县水务局牵头）\n（二）空间\n2.新增绿道22公里。\n3.整治小巷40条。\n上述两项任务由县城管局负责。\n",
        [("二/(一)/1", "县水务局", ""), ("二/(二)/2", "", "县城管局"), ("二/(二)/3", "", "县城管局")],
    ),
    "owners of items given by their numbers": (
        "1.更新管道18公里。\n2.漏损率控制在8%以内。\n（1-2项责任单位：县水务局、县城投公司）\n",
        [("二/1", "", "县水务局、县城投公司"), ("二/2", "", "县水务局、县城投公司")],
    ),
    "paragraphs of a chapter that close with who does them": (
        "（一）攻坚\n工业攻坚。新增企业12户。县工信局牵头，县商务局、各镇街配合。\n消费攻坚。发放消费券。县商务局牵头，县文旅局配合。\n",
        [("二/(一)", "县工信局", "县商务局、各镇街"), ("二/(一)#2", "县商务局", "县文旅局")],
    ),
    "names cut at the end of a line": (
        "1.建设产业园1个。\n责任领导：王 斌\n责任单位：县市监局、县自然\n资源局\n完成时限：11月底\n2.办活动。\n责任单位：县商务局\n抓好落实\n",
        [("二/1", "", "县市监局、县自然资源局"), ("二/2", "", "县商务局")],
    ),
    "collective names in brackets without a duty": (
        "1.下调费率10%以上。（县商务局、县市监局，各县〈市、区〉人民政府）\n2.接待游客90万人次。（县文旅局，各乡镇；列首位的为牵头单位，下同）\n",
        [("二/1", "县商务局", "县市监局、各县〈市、区〉人民政府"), ("二/2", "县文旅局", "各乡镇")],
    ),
    "offices of a town": (
        "（一）硬化道路12公里。包抓领导：沈亦舟，责任站所：村建办、财政所，时限要求：8月底前完工。\n",
        [("二/(一)", "", "村建办、财政所")],
    ),
    "sections of an office": (
        "（一）争取资金3亿元。\n责任领导：沈亦舟\n责任科室：投资科、项目中心\n",
        [("二/(一)", "", "投资科、项目中心")],
    ),
    "units open the items": (
        "1.县应急局：排查矿山。\n2.县住建局、县公安局：更换管道。\n3.各乡镇（街道）：落实网格。\n",
        [("二/1", "", "县应急局"), ("二/2", "", "县住建局、县公安局"), ("二/3", "", "各乡镇（街道）")],
    ),
    "units open lines without numbers": (
        "县应急局：牵头排查矿山，6月底前完成。\n县住建局：更换管道。\n",
        [("二", "", "县应急局"), ("二#2", "", "县住建局")],
    ),
    "marks before the labels": (
        "1.发放稳岗资金。\n■牵头单位：县人社局\n■配合单位：县财政局\n2.开发岗位。\n■牵头单位：县人社局\n■配合单位：各乡镇\n",
        [("二/1", "县人社局", "县财政局"), ("二/2", "县人社局", "各乡镇")],
    ),
    "labels in a sentence": (
        "1.发展新业态。牵头单位为县商务局，配合单位为青禾海关、县邮政管理局。\n",
        [("二/1", "县商务局", "青禾海关、县邮政管理局")],
    ),
    "a term apart from the names": (
        "1.读书会\n时间：4月23日\n地点：禾丰广场\n责任单位：县文旅局\n2.图书漂流\n责任单位：县图书馆\n时间：全年\n",
        [("二/1", "", "县文旅局"), ("二/2", "", "县图书馆")],
    ),
    "owners between a heading and its items": (
        "（一）智能家电产业链\n链长：沈亦舟\n牵头单位：县工信局\n目标：产值60亿元。\n1.建园区。\n2.引企业。\n",
        [("二/(一)/1", "县工信局", ""), ("二/(一)/2", "县工信局", "")],
    ),
    "a line of units below each item": (
        "1.筛查100万人。\n  县卫健局、县妇联\n2.建农村公路30公里。\n  县交通运输局\n",
        [("二/1", "", "县卫健局、县妇联"), ("二/2", "", "县交通运输局")],
    ),
    "an article that only enters into force": (
        "第一条 奖励企业。（责任单位：县工信局）\n第二条 补助技改。（责任单位：县财政局）\n第三条 本措施由县工信局负责解释，自印发之日起施行。\n",
        [("第一条", "", "县工信局"), ("第二条", "", "县财政局")],
    ),
    "square brackets": (
        "1.抓项目。开工项目26个。［责任单位：县发改局、县财政局，各乡镇人民政府］\n",
        [("二/1", "", "县发改局、县财政局、各乡镇人民政府")],
    ),
    "in the sentence": (
        "1.抓项目。开工26个。（县发改局负责）\n2.促消费。办活动，由县商务局牵头、县文旅局配合。\n",
        [("二/1", "", "县发改局"), ("二/2", "县商务局", "县文旅局")],
    ),
    "one item lost its clause": (
        "1.抓项目。开工26个。（县发改局牵头）\n2.促消费。办活动。（县商务局牵头）\n3.稳外贸。保增长。\n",
        [("二/1", "县发改局", ""), ("二/2", "县商务局", ""), ("二/3", "", "")],
    ),
    "one clause for the items above it": (
        "（一）扩大投资\n1.抓项目。开工26个。\n2.争资金。争取22亿元。\n（以上由县发改局牵头，县财政局配合）\n（二）其他\n",
        [("二/(一)/1", "县发改局", "县财政局"), ("二/(一)/2", "县发改局", "县财政局")],
    ),
    "a clause in the heading": (
        "（一）扩大投资（牵头单位：县发改局）\n1.抓项目。开工26个。\n2.争资金。争取22亿元。\n（二）其他\n",
        [("二/(一)/1", "县发改局", ""), ("二/(一)/2", "县发改局", "")],
    ),
    "sub-items with clauses of their own": (
        "1.办好实事。\n（1）更新设备。配电脑170台。（牵头单位：县教育局）\n（2）稳就业。新增4600人。（牵头单位：县人社局）\n",
        [("二/1/(1)", "县教育局", ""), ("二/1/(2)", "县人社局", "")],
    ),
    "dashes": (
        "1.循环经济\n到2026年，产值达到87亿元。\n——再生资源。延链。（县科工局牵头）\n——绿色矿业。升级。（县自然资源局牵头）\n",
        [("二/1/——1", "县科工局", ""), ("二/1/——2", "县自然资源局", "")],
    ),
    "two clauses in one item": (
        "（一）算力服务。提供算力。（责任单位：县数据局）支持应用。（责任单位：县科工局）\n",
        [("二/(一)", "", "县数据局"), ("二/(一)#2", "", "县科工局")],
    ),
    "an unnumbered item under a heading": (
        "（一）扩需\n1.抓项目。开工。（县发改局牵头）\n（二）通道工程\n便利往来。简化手续。（县公安局负责）\n",
        [("二/(一)/1", "县发改局", ""), ("二/(二)", "", "县公安局")],
    ),
    "the first named leads": (
        "1.抓项目。开工。（责任单位：县发改局、县财政局。列第一位的为牵头单位，下同）\n2.促消费。办活动。（责任单位：县商务局、县文旅局）\n",
        [("二/1", "县发改局", "县财政局"), ("二/2", "县商务局", "县文旅局")],
    ),
    "a standing note": (
        "1.抓项目。开工。（责任单位：县发改局。以下均需各乡镇人民政府落实，不再列出）\n2.促消费。办活动。（责任单位：县商务局）\n",
        [("二/1", "", "县发改局"), ("二/2", "", "县商务局、各乡镇人民政府")],
    ),
    "a standing note with brackets in it": (
        "1.抓项目。开工。[责任单位：市科技局，各县（市）政府。以下均需各县（市）政府落实，不再列出]\n2.促消费。办活动。[责任单位：市商务局]\n",
        [("二/1", "", "市科技局、各县（市）政府"), ("二/2", "", "市商务局、各县（市）政府")],
    ),
    "another label ends the list": (
        "1.抓项目。开工。（负责部门：县发改局、县财政局，适用范围：青禾经开区）\n",
        [("二/1", "", "县发改局、县财政局")],
    ),
    "names on the line below the label": (
        "1.抓项目。开工。\n责任单位：\n县教育局、县财政局\n2.促消费。办。\n责任单位：\n县商务局\n",
        [("二/1", "", "县教育局、县财政局"), ("二/2", "", "县商务局")],
    ),
    "labels side by side on one line": (
        "1.抓项目。开工。\n责任领导：沈亦舟  牵头单位：县发改局  责任单位：县财政局  完成时限：2026年12月\n",
        [("二/1", "县发改局", "县财政局")],
    ),
    "labels inside the sentence": (
        "1.实施项目128个。责任领导：沈亦舟；牵头单位：县发改局；责任单位：青禾经开区、县自然资源局。\n",
        [("二/1", "县发改局", "青禾经开区、县自然资源局")],
    ),
    "a term among the names": (
        "1.抓项目。开工。（县发改局牵头，2026年6月底前完成）\n2.促消费。办。（县商务局、县文旅局；2026年底）\n",
        [("二/1", "县发改局", ""), ("二/2", "", "县商务局、县文旅局")],
    ),
    "a clause broken by the wrap of lines": (
        "1.抓项目。开工项目26个，支持经\n开区扩区。（县发改局牵头负责，县财\n政局、县住建局按职责分工负责）\n2.促消费。办。（县商务局牵头）\n",
        [("二/1", "县发改局", "县财政局、县住建局"), ("二/2", "县商务局", "")],
    ),
    "other brackets, no stop before them": (
        "1.抓项目，开工26个〔责任单位：县发改局、县财政局〕\n2.促消费，办活动40场【县商务局、县文旅局】\n",
        [("二/1", "", "县发改局、县财政局"), ("二/2", "", "县商务局、县文旅局")],
    ),
    "sentences without brackets": (
        "1.抓项目。开工26个。县发改局牵头，县财政局配合。\n2.促消费。县商务局负责，办40场。\n",
        [("二/1", "县发改局", "县财政局"), ("二/2", "", "县商务局")],
    ),
    "parts of one item": (
        "（一）抓项目。一是开工26个（县发改局负责）；二是竣工18个（县住建局负责）。\n",
        [("二/(一)", "", "县发改局"), ("二/(一)#2", "", "县住建局")],
    ),
    "circled numbers": (
        "①抓项目，开工26个。（县发改局）\n②促消费，办40场。（县商务局）\n",
        [("二/①", "", "县发改局"), ("二/②", "", "县商务局")],
    ),
    "numbers of two levels": (
        "1．1．实施项目。\n开工26个。\n责任单位：县发改局\n1．2．争取资金。\n22亿元。\n责任单位：县财政局\n",
        [("二/1.1", "", "县发改局"), ("二/1.2", "", "县财政局")],
    ),
    "a list that counts its members": (
        "1.抓项目。开工。（责任单位：县发改局等25个单位）\n",
        [("二/1", "", "县发改局")],
    ),
    "nobody is named anywhere": (
        "（一）扩大投资\n1.抓项目。开工26个。\n2.争资金。争取22亿元。\n三、保障措施\n（一）加强领导\n1.健全机制。\n",
        [("二/(一)/1", "", ""), ("二/(一)/2", "", "")],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=list(LAYOUTS))
def test_every_layout_gives_its_tasks_and_owners(layout: str) -> None:
    body, expected = LAYOUTS[layout]
    assert rows(body) == expected


def test_a_list_of_the_year_s_deeds_reads_its_chapters_as_tasks() -> None:
    head = "青禾县2026年十件民生实事实施方案\n"
    body = (
        "一、学前教育普惠提质\n新增学位2000个。\n牵头单位：县教育局\n责任单位：县发改局、县财政局\n完成时限：2026年8月底前\n"
        "二、老年助餐\n建成助餐点25个。\n牵头单位：县民政局\n责任单位：各乡镇人民政府\n完成时限：2026年11月\n"
    )
    assert [(t.path, t.lead, t.units, t.deadline) for t in tasks(body, head)] == [
        ("一", ("县教育局",), ("县发改局", "县财政局"), "2026-08-31"),
        ("二", ("县民政局",), ("各乡镇人民政府",), "2026-11-30"),
    ]


def test_a_list_of_deeds_that_names_nobody_has_a_task_a_deed() -> None:
    head = "青禾县2026年十件民生实事项目\n"
    body = (
        "一、村内基础设施提升工程\n硬化道路10万平方米，安装路灯1000盏。\n二、农村饮水工程\n维修机泵37处。\n"
        "三、供热扩建工程\n铺设管网4.3公里。\n"
    )
    plan = read_plan((head + body).encode(), "实事.txt")
    assert [(t.path, t.heading, t.owners) for t in plan.tasks] == [
        ("一", "村内基础设施提升工程", ()), ("二", "农村饮水工程", ()), ("三", "供热扩建工程", ()),
    ]  # fmt: skip
    assert plan.actions == ()
    assert [i.value for i in plan.indicators] == [10, 1000, 37, 4.3]


def test_chapters_that_charge_a_unit_lead_all_their_items() -> None:
    body = (
        "一、县发改局牵头工作（3项）\n1.固定资产投资增长7%。\n2.谋划项目100个。（配合单位：县财政局）\n3.办好论坛。（县商务局牵头）\n"
        "二、县教育局负责的任务（1项）\n1.新建幼儿园2所。\n三、保障措施（2项）\n1.加强领导。\n"
    )
    assert rows(body, head="青禾县2026年任务清单\n") == [
        ("一/1", "县发改局", ""),
        ("一/2", "县发改局", "县财政局"),
        ("一/3", "县商务局", ""),
        ("二/1", "", "县教育局"),
    ]


def test_the_last_step_below_the_owners_is_the_deadline() -> None:
    body = (
        "1.建成幼儿园4所。\n牵头单位：县教育局\n进度安排：3月底前完成选址，6月底前开工，12月底前竣工。\n"
        "2.改造小区32个。\n牵头单位：县住建局\n时间安排：全年。\n"
    )
    assert [t.deadline for t in tasks(body)] == ["2026-12-31", "2026"]


def test_a_number_right_before_a_month_is_a_number() -> None:
    body = "4.盘活土地600亩。（县自然资源局）\n5.10月底前建成公园5个。（县住建局）\n"
    assert [(t.path, t.deadline) for t in tasks(body)] == [("二/4", None), ("二/5", "2026-10-31")]


def test_headings_without_numbers_open_the_items_of_a_chapter() -> None:
    body = (
        "学前教育扩容工程\n新建幼儿园5所。\n责任单位：县教育局\n"
        "农村公路提质工程\n提质公路80公里。\n责任单位：县交通运输局\n"
    )
    assert [(t.heading, t.quote, t.units) for t in tasks(body)] == [
        ("学前教育扩容工程", "学前教育扩容工程", ("县教育局",)),
        ("农村公路提质工程", "农村公路提质工程", ("县交通运输局",)),
    ]


def test_a_paper_without_numbers_is_one_body_of_items() -> None:
    text = (
        "青禾县工业强县方案\n总体目标\n工业投资增长12%。\n重点任务\n抓企业培育。培育企业2家。\n责任单位：县工信局\n完成时限：12月底\n"
        "抓园区升级。建厂房20万平方米。\n责任单位：县经开区\n工作要求\n加强领导。\n"
    )
    assert [(t.path, t.heading, t.units) for t in tasks(text, "")] == [
        ("正文", "抓企业培育", ("县工信局",)),
        ("正文#2", "抓园区升级", ("县经开区",)),
    ]


def test_the_signature_and_the_contact_are_no_part_of_the_last_item() -> None:
    body = (
        "1.抓播种。完成42万亩。\n责任单位：县农业农村局\n2.抓农资。储备3万吨。\n责任单位：县供销社\n3.抓培训。办60场。\n\n"
        "青禾县人民政府办公室\n2026年2月20日\n（联系人：沈亦舟，电话：000000）\n"
    )
    last = tasks(body)[-1]
    assert (last.path, last.leaders, last.deadline) == ("二/3", (), None)
    assert (HEAD + body)[last.span.start : last.span.end] == "3.抓培训。办60场。"


NO_PLANS = {
    "minutes": "青禾县人民政府常务会议纪要\n一、会议听取了县发改局关于一季度经济运行情况的汇报。\n二、会议研究了用地事宜。同意由县自然资源局牵头办理，县教育局配合。\n出席：沈亦舟\n列席：县发改局、县财政局负责同志\n",
    "law": "青禾县绿化条例\n第一章 总则\n第一条 本县规划区适用本条例。县城管局负责绿化工作。县财政局按照职责做好相关工作。\n第二条 建设单位负责养护，由县城管局负责监督。\n",
    "report": "政府工作报告\n二、2026年工作安排\n（一）产业升级\n一是壮大农业，由县农业农村局负责。二是做优文旅。\n（二）改善民生\n一是由县人社局负责稳就业。二是增学位。\n",
    "news": "青禾县召开动员大会\n3月18日，青禾县召开动员大会。会上，县发改局、县商务局负责人作了发言。\n",
    "novel": "第三章 渡口\n天没亮，老周把船摇到了对岸。（这话他说了二十年。）\n镇政府说年底前要撤渡口。\n",
}


@pytest.mark.parametrize("kind", NO_PLANS)
def test_what_is_no_plan_has_no_tasks(kind: str) -> None:
    assert tasks(NO_PLANS[kind], "") == ()


def test_a_bracket_that_explains_a_facility_is_no_owner() -> None:
    body = "1.办好养老。建成养老服务综合体（社区服务中心）。\n2.办好托育。新增托位100个。（县卫健局）\n"
    assert [(t.path, t.units) for t in tasks(body)] == [("二/1", ()), ("二/2", ("县卫健局",))]


def test_a_leader_named_in_the_heading_leads_the_items_under_it() -> None:
    body = (
        "一、扩大投资（牵头领导：沈亦舟）\n1、开工26个。（牵头单位：县发改局）\n2、争取22亿元。（牵头单位：县财政局）\n"
        "二、促进消费（牵头领导：何劲松）\n3、办40场。（牵头单位：县商务局；责任领导：顾青岚）\n"
    )
    assert [t.leaders for t in tasks(body, "重点任务分解\n")] == [("沈亦舟",), ("沈亦舟",), ("顾青岚",)]


def test_chapters_headed_by_units_give_them_their_items() -> None:
    body = "一、县委农办、县农业农村局\n1.建高标准农田5万亩。\n2.创建和美乡村10个。\n二、县交通运输局\n1.新改建农村公路100公里。\n"
    assert rows(body, "青禾县任务清单\n") == [
        ("一/1", "", "县委农办、县农业农村局"),
        ("一/2", "", "县委农办、县农业农村局"),
        ("二/1", "", "县交通运输局"),
    ]


def test_a_scan_s_clause_broken_inside_its_label_is_read() -> None:
    body = (
        "1 . 推进一网通办。 新增20项。 (\n牵头单\n位：县行政审批局；责任单位：县数据局 、县市场监\n管局 )\n"
    )
    task = tasks(body)[0]
    assert (task.lead, task.units) == (("县行政审批局",), ("县数据局", "县市场监管局"))
    text = HEAD + body
    spans = [text[o.span.start : o.span.end] for o in task.owners if o.span]
    assert ["".join(span.split()) for span in spans] == ["县行政审批局", "县数据局", "县市场监管局"]


def test_a_heading_does_not_hold_its_clause() -> None:
    assert tasks("1.新增公办园学位2000个（县教育局）\n")[0].heading == "新增公办园学位2000个"


def test_duties_of_offices_are_no_tasks() -> None:
    assert (
        tasks(
            "一、任务\n（一）甲。做。\n二、部门职责\n（一）县财政局负责资金筹措。\n（二）县审计局负责监督。\n",
            "方案\n",
        )
        == ()
    )


def test_brackets_in_the_flow_of_a_sentence_are_no_owners() -> None:
    body = "1.抓项目。由分管副县长作为牵头人（含配合事项）推进，做到责任单位（股室）明确。\n"
    assert tasks(body + "三、保障措施\n由县长总牵头，主要负责人（局长）配合。\n")[0].owners == ()


def test_a_report_whose_chapters_name_nobody_has_no_tasks() -> None:
    head = "青禾县2026年政府工作报告\n二、2026年工作安排\n"
    assert (
        tasks("（一）着力扩大内需\n开展项目建设。力争完成投资96亿元。\n（二）着力改革\n深化改革。\n", head)
        == ()
    )


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("1.抓项目。开工。（县发改局牵头，县财政局配合）\n", []),
        ("1.抓项目。开工。（县发改局、县财政局负责）\n", ["lead-guessed"]),
        ("1.抓项目。开工。（县发改局牵头，各乡镇人民政府等配合）\n", ["collective", "open-ended"]),
        ("1.抓项目。开工。（县发改局牵头）\n2.争资金。争取。\n", ["no-owner"]),
        ("（一）扩大投资（牵头单位：县发改局）\n1.抓项目。开工。\n", ["inherited-owner"]),
        ("1.抓项目。开工。（县发改局牵头县财政局县住建局配合）\n", ["split-guessed"]),
    ],
)
def test_what_is_unsure_is_asked(body: str, codes: list[str]) -> None:
    assert [d.code for t in tasks(body) for d in t.doubts] == codes


def test_a_part_that_never_names_a_lead_is_asked_about_once() -> None:
    found = tasks("1.甲。办。（县发改局、县财政局负责）\n2.乙。办。（县商务局、县文旅局负责）\n")
    assert [[d.code for d in t.doubts] for t in found] == [["lead-guessed"], []]
    flat = tasks(
        "1.甲。办。（县发改局、县财政局负责）\n2.乙。办。（县商务局、县文旅局负责）\n", "青禾县若干措施\n"
    )
    assert [[d.code for d in t.doubts] for t in flat] == [["lead-guessed"], []]


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("1.推动增收减负。线下开展招聘。（县人社局牵头）\n", "推动增收减负"),
        ("1.文旅康养\n挖掘资源。（县文旅局牵头）\n", "文旅康养"),
        ("1.远程教育：依托学院，培育人才。（县教育局牵头）\n", "远程教育"),
        ("1.统筹抓好高校毕业生、农民工就业帮扶，确保零就业家庭动态清零。（县人社局牵头）\n", None),
        ("1.提升灌溉能力。（县水利局牵头）\n", "提升灌溉能力"),
    ],
)
def test_the_run_in_heading_is_taken_where_there_is_one(body: str, heading: str | None) -> None:
    assert tasks(body)[0].heading == heading


def test_a_task_spans_its_item_and_quotes_its_beginning() -> None:
    body = "1.抓项目。开工项目26个，总投资96.5亿元，支持青禾经开区扩区。\n责任单位：县发改局\n2.促消费。办。\n责任单位：县商务局\n"
    text = HEAD + body
    task = tasks(body)[0]
    assert text[task.span.start : task.span.end] == body[: body.index("\n2.")]
    assert task.quote == text[task.span.start : task.span.start + 30]


def test_people_and_the_date_beside_the_owners_are_read() -> None:
    task = tasks(
        "1.抓项目。开工。\n责任领导：县委常委、副县长沈亦舟、顾青岚\n责任单位：县发改局\n完成时限：6月底前\n"
    )[0]
    assert task.leaders == ("沈亦舟", "顾青岚")
    assert task.deadline == "2026-06-30"


def test_a_task_belongs_to_the_annex_named_after_its_action() -> None:
    head = "青禾县实施“两大行动”方案\n二、重点任务\n（一）实施消费提振行动。促消费。\n（二）实施投资攻坚行动。抓投资。\n"
    annexes = (
        "附件1\n青禾县消费提振行动方案\n一、任务\n1.办活动。四十场。（县商务局牵头）\n"
        "附件2\n青禾县投资攻坚行动方案\n一、任务\n1.抓项目。开工。（县发改局牵头）\n"
    )
    assert [(t.path, t.action) for t in tasks(annexes, head)] == [
        ("附件1/一/1", "消费提振行动"),
        ("附件2/一/1", "投资攻坚行动"),
    ]


PIECES = [
    "一、",
    "（一）",
    "1.",
    "（1）",
    "——",
    "附件1",
    "\n",
    "。",
    "；",
    "（",
    "）",
    "〔",
    "】",
    "县发改局",
    "县财政局、",
    "等",
    "牵头",
    "负责",
    "责任单位：",
    "责任领导：沈亦舟",
    "完成时限：",
    "2026年6月底前",
    "以上",
    "由",
    "抓项目",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_stands_there_tasks_lie_in_the_text_and_quote_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    for task in tasks(text, ""):
        assert 0 <= task.span.start <= task.span.end <= len(text)
        assert len(task.quote) <= 30
        assert all(text[o.span.start : o.span.end] for o in task.owners if o.span)


FACETS = {
    "numbered, with a label of duties": (
        "（一）厕所改造\n1、任务目标：改造户厕2600户。\n2、工作举措：严把质量。\n"
        "3、时间安排：3月底前完成摸底，10月底前完成改造。\n4、责任分工：县农业农村局牵头，县财政局和各乡镇配合。\n"
        "（二）污水治理\n1、任务目标：治理42个村。\n2、工作举措：专人管护。\n3、时间安排：全年推进。\n4、责任分工：县水利局牵头。\n",
        [
            ("二/(一)", "厕所改造", "县农业农村局", "县财政局、各乡镇", "", "2026-10-31"),
            ("二/(二)", "污水治理", "县水利局", "", "", "2026"),
        ],
    ),
    "numbered, each label a part": (
        "（一）厕所改造\n1.工作内容：改造户厕2600户。\n2.牵头领导：沈亦舟\n3.牵头单位：县农业农村局\n4.配合单位：县财政局\n"
        "5.完成时限：10月底前\n（二）污水治理\n1.工作内容：治理42个村。\n2.牵头领导：陆远\n3.牵头单位：县水利局\n"
        "4.配合单位：县住建局\n5.完成时限：11月底前\n",
        [
            ("二/(一)", "厕所改造", "县农业农村局", "县财政局", "沈亦舟", "2026-10-31"),
            ("二/(二)", "污水治理", "县水利局", "县住建局", "陆远", "2026-11-30"),
        ],
    ),
    "without numbers": (
        "（一）厕所改造\n目标任务：改造户厕2600户。\n工作措施：严把质量。\n责任分工：县农业农村局牵头，县财政局配合。\n"
        "（二）污水治理\n目标任务：治理42个村。\n责任分工：县水利局牵头。\n",
        [
            ("二/(一)", "厕所改造", "县农业农村局", "县财政局", "", ""),
            ("二/(二)", "污水治理", "县水利局", "", "", ""),
        ],
    ),
}


@pytest.mark.parametrize(("body", "expected"), FACETS.values(), ids=FACETS)
def test_what_is_said_of_an_item_in_parts_is_one_task(body: str, expected: list[tuple[str, ...]]) -> None:
    found = [
        (t.path, t.heading, "、".join(t.lead), "、".join(t.units), "、".join(t.leaders), t.deadline or "")
        for t in tasks(body)
    ]
    assert found == expected


def test_parts_of_which_one_has_owners_of_its_own_stay_items() -> None:
    body = (
        "（一）厕所改造\n1.工作目标：改造户厕2600户。（县农业农村局牵头）\n2.工作举措：严把质量。（县住建局牵头）\n"
        "3.责任单位：各乡镇。\n"
    )
    assert [path for path, *_ in rows(body)][:2] == ["二/(一)/1", "二/(一)/2"]


def test_groups_of_people_are_no_tasks() -> None:
    body = (
        "（一）抓开工。年内开工20个。（县发改局牵头）\n（二）抓竣工。年内竣工8个。（县住建局牵头）\n"
        "三、组织机构\n1.项目推进组。组长：黄某；牵头单位：县发改局；成员单位：县统计局。\n"
        "2.督查考核组。组长：陆远；牵头单位：县委督查室；成员单位：县统计局。\n"
    )
    assert [path for path, *_ in rows(body)] == ["二/(一)", "二/(二)"]


def test_paragraphs_without_any_number_that_close_with_who_does_them():
    body = "工业攻坚。推动企业12户达效。县工信局牵头，县商务局、各镇街配合。\n投资攻坚。6月底前开工项目32个。县发改局牵头，县住建局等部门配合。\n保障机制。每周调度。\n"
    found = tasks(body, "青禾县“双过半”方案\n为实现目标，制定本方案。\n")
    assert [(t.path, t.lead, t.units, t.deadline and t.deadline[4:]) for t in found] == [
        ("正文", ("县工信局",), ("县商务局", "各镇街"), None),
        ("正文#2", ("县发改局",), ("县住建局",), None),
    ]


@pytest.mark.parametrize(
    ("headings", "leaders"),
    [
        (("周明远县长主抓重点工作", "韩立新常务副县长主抓重点工作"), ("周明远", "韩立新")),
        (("副县长沈若兰牵头负责的任务（1项）", "县委副书记王一鸣牵头的工作"), ("沈若兰", "王一鸣")),
        (("校长带头抓好教育工作", "乡镇书记负责的工作"), (None, None)),
    ],
)
def test_leaders_whom_headings_charge_with_their_items(headings, leaders):
    body = "".join(
        f"{mark}、{heading}\n{n}.抓好第{n}件事。\n责任单位：县发改局\n"
        for n, (mark, heading) in enumerate(zip("三四", headings, strict=True), 1)
    )
    assert [t.leaders for t in tasks(body)] == [(name,) if name else () for name in leaders]


@pytest.mark.parametrize(
    "note",
    [
        "列第一位者为牵头单位，下同",
        "排名第一的责任单位为牵头单位，下同",
        "列首位的单位为牵头单位",
        "首个责任单位为牵头单位",
        "列第一位者为工作牵头单位或汇总单位，下同",
    ],
)
def test_the_first_named_leads_where_a_note_says_so(note):
    body = f"1.抓项目。\n责任单位：县发改局、县财政局（{note}）\n2.促消费。\n责任单位：县商务局、县文旅局\n"
    assert rows(body) == [("二/1", "县发改局", "县财政局"), ("二/2", "县商务局", "县文旅局")]


BODY = "（一）审批\n1.推行拿地即开工。全面实行标准地。（牵头：县审批局；配合：县住建局）\n2.优化注销服务。压缩时间。（牵头：县市监局）\n"
HEADER = "\n附件\n任务分工表\n序号|任务|牵头单位|责任单位|完成时限\n"


def test_a_table_of_the_headings_of_owned_items_adds_to_these():
    found = tasks(
        BODY
        + HEADER
        + "1|推行“拿地即开工”|县审批局|县住建局|2026年10月底\n2|优化注销服务|县人社局||2026年6月底\n"
    )
    assert [(t.path, t.lead, t.deadline) for t in found] == [
        ("二/(一)/1", ("县审批局",), "2026-10-31"),
        ("二/(一)/2", ("县市监局",), "2026-06-30"),
    ]
    assert [d.code for d in found[1].doubts] == ["owner-differs"]


def test_a_table_that_says_more_than_headings_keeps_its_rows():
    rows_ = "1|推行“拿地即开工”|县审批局|县住建局|2026年10月底\n2|优化注销服务，公告时间压缩至20天|县市监局||2026年6月底\n"
    assert [t.form for t in tasks(BODY + HEADER + rows_)] == ["prose", "prose", "table", "table"]
