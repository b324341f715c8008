"""Names of indicators: what is one, what looks like one and is not, and what only a reader can settle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.indicators.folding import fold
from luoshi.core.indicators.known import known
from luoshi.core.indicators.names import LIKELY, POSSIBLE, bare, canonical, likely_pairs, likeness


@pytest.mark.parametrize(
    ("printed", "kind", "name"),
    [
        ("GDP", "", "地区生产总值"), ("全县地区生产总值", "", "地区生产总值"), ("地区生产总值增速", "growth", "地区生产总值"),
        ("社消零总额", "", "社会消费品零售总额"), ("限上社零", "", "限额以上消费品零售额"), ("规模工业增加值", "", "规模以上工业增加值"),
        ("我市固定资产投资(不含农户)", "", "固定资产投资"), ("一般公共预算地方收入", "", "地方一般公共预算收入"),
        ("一般公共预算总收入", "", "财政总收入"), ("农民收入", "", "农村居民人均可支配收入"),
        ("城镇居民收入", "", "城镇居民人均可支配收入"), ("高新技术企业", "new", "新增高新技术企业"),
        ("新增高企", "new", "新增高新技术企业"), ("净增高企", "new", "净增高新技术企业"), ("高企总数", "level", "高新技术企业"),
        ("规模工业企业", "new", "新增规模以上工业企业"), ("规上工业企业数", "level", "规模以上工业企业"),
        ("技术合同认定登记额度", "", "技术合同成交额"), ("“个转企”", "new", "个转企"), ("企业“上云”", "new", "企业上云"),
        ("城市最低生活保障标准", "", "城市低保标准"), ("农村低保标准", "", "农村低保标准"), ("残疾人“两项补贴”", "", "残疾人两项补贴标准"),
        ("优良天数", "", "空气质量优良天数"), ("空气优良率", "", "空气质量优良天数比率"), ("PM2.5年均浓度", "", "PM2.5平均浓度"),
        ("全社会R&D经费", "", "全社会研发经费投入"), ("研发投入占GDP的比重", "", "研发经费投入强度"), ("出栏生猪", "new", "生猪出栏量"),
        ("改造老旧小区", "new", "老旧小区改造"), ("2026年城镇新增就业人数", "new", "城镇新增就业"), ("外贸进出口总额", "", "进出口总额"),
    ],
)  # fmt: skip
def test_one_indicator_by_several_names(printed, kind, name):
    found = canonical(printed, kind)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "printed",
    ["财政收入", "企业", "投资", "项目", "外贸企业", "脱贫县居民收入", "经开区地区生产总值", "工业增加值占比", "增加值", "就业", "贷款",
     "收入", "产业总产值", "重点项目", "优良率", "", "民营企业", "中心城区规模以上工业增加值"],
)  # fmt: skip
def test_what_is_not_settled_is_not_guessed(printed):
    assert canonical(printed) is None


def test_no_name_of_the_table_stands_for_two():
    owners = {}
    for k in known():
        for name in (k.name, *k.aliases):
            owners.setdefault(fold(name), set()).add(k.name)
    assert len(owners) > 500
    assert not {name: who for name, who in owners.items() if len(who) > 1}


def test_every_name_of_the_table_finds_its_row():
    assert not [a for k in known() for a in (k.name, *k.aliases) if canonical(a) is not k]


LOOK_ALIKES = [
    ("地方一般公共预算收入", "财政总收入"), ("一般公共预算收入", "一般公共预算支出"), ("税收占比", "非税占比"),
    ("新增高新技术企业", "净增高新技术企业"), ("净增高企", "高企总数"), ("新增高企", "高企总数"),
    ("城镇居民收入", "农村居民收入"), ("全体居民人均可支配收入", "农村居民人均可支配收入"), ("居民收入", "城镇居民收入"),
    ("居民收入增速", "农村居民收入增速"), ("规模以上工业增加值", "规模以上工业增加值占地区生产总值比重"),
    ("规上工业增加值", "工业增加值占比"), ("规上工业增加值", "规上工业总产值"), ("社会消费品零售总额", "限额以上消费品零售额"),
    ("进出口", "出口"), ("出口总额", "进口总额"), ("固定资产投资", "民间固定资产投资"), ("民间投资", "民间投资占比"),
    ("工业投资", "工业技改投资"), ("工业投资", "制造业投资"), ("粮食播种面积", "粮食产量"), ("粮食产量", "粮食单产"),
    ("油菜面积", "蔬菜面积"), ("早稻播种面积", "晚稻播种面积"), ("规模以上工业企业", "规模以上服务业企业"),
    ("规模以上工业企业", "规模以上工业增加值"), ("规模以上工业企业", "规模以上农产品加工企业"),
    ("限额以上商贸流通企业", "规模以上服务业企业"), ("实有经营主体", "实有企业"), ("新登记市场主体", "新登记企业"),
    ("省级专精特新中小企业", "国家级专精特新小巨人企业"), ("专精特新中小企业", "科技型中小企业"),
    ("省级制造业单项冠军企业", "国家级单项冠军企业"), ("省级和美乡村示范村", "市级和美乡村示范村"),
    ("省级工程技术研究中心", "市级工程技术研究中心"), ("省级绿色工厂", "省级绿色园区"), ("智能产线", "智能工位"),
    ("企业上云", "企业上平台"), ("新签约过亿元项目", "新开工过亿元项目"), ("新开工过亿元项目", "竣工过亿元项目"),
    ("税收过5000万企业", "税收过500万企业"), ("十亿企业", "百亿企业"), ("过亿元项目", "过10亿元项目"),
    ("项目开工率", "项目履约率"), ("资金到位率", "资金支付率"), ("陈案总体结案率", "刑事立案5年以上陈案结案率"),
    ("空气质量优良天数", "空气质量优良天数比率"), ("空气优良率", "断面水质优良率"), ("城市低保标准", "农村低保标准"),
    ("散居孤儿", "集中养育孤儿"), ("城镇新增就业", "农村劳动力转移就业"), ("城镇调查失业率", "城镇登记失业率"),
    ("常住人口城镇化率", "户籍人口城镇化率"), ("各项存款余额", "各项贷款余额"), ("第一产业增加值", "第二产业增加值"),
    ("全社会研发经费投入", "研发经费投入强度"), ("高新技术产业增加值", "高新技术企业"), ("有效发明专利", "高价值发明专利"),
    ("三个不发生", "五个不发生"), ("“云雀计划”", "“云雀计划”学校覆盖率"), ("系统性风险", "系统性金融风险"), ("机械制造产业产值", "装备制造产业产值"), ("公办园占比", "民办园占比"),
    ("新建农村公路", "农村公路养护里程"), ("受污染耕地安全利用率", "重点建设用地安全利用率"), ("生产安全事故起数", "生产安全事故死亡人数"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), LOOK_ALIKES)
def test_look_alikes_are_told_apart(a, b):
    assert likeness(a, b).score < POSSIBLE
    assert likeness(b, a).score == likeness(a, b).score


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("地区生产总值", "GDP"), ("新增规模以上工业企业", "规模工业企业"), ("县现代农业产值", "现代农业总产值"),
        ("民间投资占全部投资的比重", "民间投资占比"), ("签约招商项目", "招商签约项目"), ("建设保障性租赁住房", "保障性租赁住房建设"),
        ("外贸实绩企业", "有进出口实绩企业"), ("省级以上科创平台", "省级及以上科创研发平台"), ("入库科技型中小企业", "科技型中小企业"),
        ("全市城镇化率", "城镇化率"), ("城乡居民收入增速", "居民收入增长"), ("新签约投资过亿元项目", "新签约过亿元项目"),
        ("省级制造业单项冠军企业", "省级及以上制造业单项冠军企业"), ("“云雀计划”", "乡村学校“云雀计划”"), ("标准化云仓", "云仓标准化"),
        ("国考、省考断面水质优良率", "国考断面水质优良率"), ("企业和群众办事纸质证照免提交率", "纸质证照免提交率"),
        ("公共停车场泊位", "公共停车场泊位数量"), ("企业参加展会", "企业参加重点展会"), ("外贸进出口总额", "进出口"),
        ("5G基站", "新建5G基站"), ("乡镇养老服务中心", "乡镇养老服务中心建设"),
    ],
)  # fmt: skip
def test_the_same_promise_by_another_name(a, b):
    assert likeness(a, b).score >= LIKELY
    assert likeness(b, a).score == likeness(a, b).score


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("示范合作社", "农民专业示范合作社"), ("农业产业化示范联合体", "产业化联合体"), ("县派科技特派员", "市派科技特派员"),
        ("城镇新增就业", "新增就业"),
    ],
)  # fmt: skip
def test_what_only_a_reader_can_settle_lies_between(a, b):
    assert POSSIBLE <= likeness(a, b).score < LIKELY


@pytest.mark.parametrize(
    ("a", "b", "evidence"),
    [
        ("茶产业产值", "茶产业产值", "名称相同"), ("社零", "社会消费品零售总额", "都是“社会消费品零售总额”的叫法"),
        ("全县茶产业产值", "茶产业总产值", "去掉不影响含义的字后都是“茶产业产值”"),
        ("城镇养老床位", "农村养老床位", "一个是“城镇”，一个是“农村”"),
        ("居民收入增速", "农村居民收入增速", "“居民收入增速”与“农村居民收入增速”是两项指标"),
        ("民营科技企业", "科技企业", "其余用字相同，只有一个写了“民营”"), ("茶园面积", "水库座数", "名称没有相同的词"),
    ],
)  # fmt: skip
def test_evidence_is_a_clause_for_a_reader(a, b, evidence):
    assert likeness(a, b).evidence == evidence


@pytest.mark.parametrize(
    ("name", "kind", "rest"),
    [
        ("地区生产总值增速", "growth", "地区生产总值"), ("地区生产总值增速", "relative", "地区生产总值增速"),
        ("新增高企", "new", "高企"), ("新增高企", "level", "新增高企"), ("净增高企", "new", "净增高企"),
        ("城镇新增就业", "new", "城镇新增就业"), ("规上工业增加值", "growth", "规上工业增加值"), ("增加值", "new", "增加值"),
    ],
)  # fmt: skip
def test_the_kind_takes_its_words_off_the_name(name, kind, rest):
    assert bare(name, kind) == rest


def test_pairs_are_those_of_a_double_loop():
    left = [name for pair in LOOK_ALIKES for name in pair][::2]
    right = [name for pair in LOOK_ALIKES for name in pair][1::2] + left[:5]
    looped = [
        (i, j, found)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (found := likeness(a, b)).score >= POSSIBLE
    ]
    assert list(likely_pairs(left, right)) == looped
    assert len(looped) > 5


SIGNS = st.text(alphabet="新增省级农村工业企业产值占比率123万亿元“”(、县全GDP的", max_size=14)


@settings(deadline=None)
@given(SIGNS, SIGNS)
def test_likeness_is_symmetric_and_bounded(a, b):
    there, back = likeness(a, b), likeness(b, a)
    assert there.score == back.score
    assert 0 <= there.score <= 1
    assert likeness(a, a).score == 1


def test_equal_names_are_a_pair_however_high_the_bar():
    assert [(i, j) for i, j, _ in likely_pairs(["促消费活动"], ["农田", "促消费活动"], 0.96)] == [(0, 1)]
