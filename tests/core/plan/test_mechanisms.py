"""Who must do what how often."""

import pytest

from luoshi.core.plan.mechanisms import find_mechanisms
from luoshi.core.plan.model import Owner, Task
from luoshi.core.plan.paper import open_paper
from luoshi.core.source.text import SourceText, Span


def mechanisms(text, tasks=()):
    return find_mechanisms(open_paper(SourceText("方案.txt", "txt", text)), tasks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县长至少半年调度一次。", [("县长", "调度", "半年", True)]),
        ("常务副县长至少每个季度调度一次。", [("常务副县长", "调度", "季度", True)]),
        ("原则上县长每月调度一次。", [("县长", "调度", "月", False)]),
        (
            "各工作专班围绕主要目标,落实“一周一调度,一月一小结,两月一讲评”要求。",
            [
                ("各工作专班", "调度", "周", False),
                ("各工作专班", "小结", "月", False),
                ("各工作专班", "讲评", "两月", False),
            ],
        ),
        (
            "要切实发挥综合协调组作用,实行“旬调度、月通报、季讲评”。",
            [
                ("综合协调组", "调度", "旬", False),
                ("综合协调组", "通报", "月", False),
                ("综合协调组", "讲评", "季度", False),
            ],
        ),
        (
            "实行“每周调度、双周通报、双周对账”机制。",
            [(None, "调度", "周", False), (None, "通报", "双周", False), (None, "对账", "双周", False)],
        ),
        (
            "各级各部门要把任务纳入年度计划,主要领导定期调度。",
            [("各级各部门主要领导", "调度", "定期", False)],
        ),
        (
            "各牵头单位要高度负责,定期研究解决困难和问题。",
            [("各牵头单位", "研究解决困难和问题", "定期", False)],
        ),
        (
            "县政府督查室开展定期专项督查和适时靶向督查。",
            [("县政府督查室", "专项督查", "定期", False), ("县政府督查室", "靶向督查", "适时", False)],
        ),
        (
            "各责任单位于每季度末月20日前将“民生实事”完成情况书面报县政府督查室。",
            [("各责任单位", "将“民生实事”完成情况书面报县政府督查室", "季度", False)],
        ),
        (
            "各责任单位于每季度末月20日前将完成情况书面报县政府督查室308室(联系电话:5550123)。",
            [("各责任单位", "将完成情况书面报县政府督查室308室", "季度", False)],
        ),
        (
            "各牵头单位要在每个季度第1个月的20日前，将完成情况报县政府督查室。",
            [("各牵头单位", "将完成情况报县政府督查室", "季度", False)],
        ),
        (
            "各单位要在每季度末（分别在6月、9月和12月底），将进展情况报县督查组。",
            [("各单位", "将进展情况报县督查组", "季度", False)],
        ),
        (
            "采取“月抽查、年末考评”等措施。",
            [(None, "抽查", "月", False), (None, "考评", "年", False)],
        ),
        (
            "县政府办公室实行“年初建账、逐月查账、年底交账”。",
            [
                ("县政府办公室", "建账", "年", False),
                ("县政府办公室", "查账", "月", False),
                ("县政府办公室", "交账", "年", False),
            ],
        ),
        ("各专班每半月外出招商1次以上。", [("各专班", "外出招商", "双周", True)]),
        ("包村干部每周四下午进村入户。", [("包村干部", "进村入户", "周", False)]),
        (
            "县发改局逐月通报、逐季排名。",
            [("县发改局", "通报", "月", False), ("县发改局", "排名", "季度", False)],
        ),
        (
            "坚持“日跟踪、周碰头、月汇总”。",
            [(None, "跟踪", "日", False), (None, "碰头", "周", False), (None, "汇总", "月", False)],
        ),
        ("县级领导每人联系2家企业,每月走访不少于1次。", [("县级领导", "走访", "月", True)]),
        ("县财政每年安排专项资金支持园区。", []),
        ("居民收入逐年提高。", []),
        ("县委督查室不定期开展暗访。", [("县委督查室", "暗访", "不定期", False)]),
        ("县发改局按季度归集并公开指标情况。", [("县发改局", "归集并公开指标情况", "季度", False)]),
        (
            "县发改局牵头按月调度、按季通报。",
            [("县发改局", "调度", "月", False), ("县发改局", "通报", "季度", False)],
        ),
        (
            "各专班每月25日前向县政府办报送工作进展。",
            [("各专班", "向县政府办报送工作进展", "月", False)],
        ),
        (
            "各乡镇人民政府、街道办事处每两个月报告一次。",
            [("各乡镇人民政府、街道办事处", "报告", "两月", False)],
        ),
        ("建成监测点30处,每年组织2次以上实战演练。", [(None, "组织实战演练", "年", True)]),
        ("推行定期发布政策信息的制度。", [(None, "发布政策信息", "定期", False)]),
        ("县政府常务会议每季度专题研究一次。", [("县政府常务会议", "专题研究", "季度", False)]),
        ("县政府办每月定期通报进度。", [("县政府办", "通报进度", "月", False)]),
        ("各乡镇每周五前报送进展。", [("各乡镇", "报送进展", "周", False)]),
        ("联席会议每半年不少于1次。", [("联席会议", "召开联席会议", "半年", True)]),
        ("领导小组每季度至少召开1次会议。", [("领导小组", "会议", "季度", True)]),
        ("县人大常委会每年听取一次专项报告。", [("县人大常委会", "听取专项报告", "年", False)]),
        ("副县长每月至少2次深入一线督导。", [("副县长", "深入一线督导", "月", True)]),
        ("坚持月月有活动、周周有督查。", [(None, "活动", "月", False), (None, "督查", "周", False)]),
        ("抓实评标专家“一项目一考评”制度。", [(None, "评标专家考评", "每个项目", False)]),
        ("抓实代理机构“一代理一评价”。", [(None, "代理机构评价", "每次代理", False)]),
        ("落实“7x24小时”网上巡控。", [(None, "网上巡控", "7x24小时", False)]),
        ("建立专报报送制度。", [(None, "报送专报", None, False)]),
        ("执行月报制度。", [(None, "月报制度", "月", False)]),
        ("根据市级每季度组织开展的监测,补齐短板。", [(None, "监测", "季度", False)]),
        ("定期开展“回头看”,分类处置。", [(None, "“回头看”", "定期", False)]),
        ("对连续两个月排名末位的单位进行约谈。", []),
        ("每半年开展一次评估。", [(None, "评估", "半年", False)]),
        ("每周五下午召开工作例会。", [(None, "工作例会", "周", False)]),
    ],
)
def test_a_sentence(text, expected):
    found = mechanisms(text)
    assert [(m.actor, m.activity, m.every, m.at_least) for m in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "每万人高价值发明专利拥有量达1.3件。",
        "每年增长5%以上。",
        "每个行动建立工作专班。",
        "每年给予最高200万元补助。",
        "每人每月发放500元。",
        "每年新建高标准农田2万亩。",
        "每年举办招聘会20场。",
        "各单位每季度报送不少于2条信息。",
        "适时发布有关信息。",
        "签订固定期限合同,办理定期存款。",
        "一季度末完成签约,上半年总结经验。",
        "推行一企一策、一项目一专班。",
    ],
)
def test_what_is_no_recurring_duty(text):
    assert mechanisms(text) == ()


def test_an_announcement_gives_way_to_the_dates_that_follow_it():
    text = "建立联席会议制度和定期工作调度机制,县长每半年调度一次。"
    assert [(m.actor, m.every) for m in mechanisms(text)] == [("县长", "半年")]


def test_the_lead_of_the_task_is_the_actor_where_the_sentence_names_none():
    text = "1.优化金融服务。定期组织政银企对接会。(县科工局、县财政局负责)"
    task = Task(
        "一/1", None, "prose", "优化金融服务", text[:9], Span(0, len(text)),
        owners=(Owner("县科工局", "units"), Owner("县财政局", "units")),
    )  # fmt: skip
    (found,) = mechanisms(text, [task])
    assert (found.actor, found.doubts) == ("县科工局、县财政局", ())


def test_nobody_named_is_a_question():
    (found,) = mechanisms("实行月调度。")
    assert found.actor is None
    assert [d.code for d in found.doubts] == ["no-actor"]


def test_quote_and_span_hold_actor_and_duty():
    text = "一是抓统筹。常务副县长每两周调度一次,及时解决问题。"
    (found,) = mechanisms(text)
    assert found.quote == text[found.span.start : found.span.end] == "常务副县长每两周调度一次"
