"""The words that tell two indicators apart though all other words are the same: 城镇 and 农村, 新增 and 净增, 签约 and 开工.

Words of one axis exclude each other. `CLASH` is the most a pair may score whose values on an axis have nothing in
common; the factor beside a word is what is left of the score when only one of the two names has it. The figures are
ours: 0.9 and more are words that writers put in or leave out for the same thing, 0.6 and less change what is counted.
"""

from collections.abc import Mapping
from typing import NamedTuple

from luoshi.core.pattern import pattern

CLASH: Mapping[str, float] = {
    "level": 0.2,
    "count": 0.3,
    "measure": 0.2,
    "area": 0.2,
    "trade": 0.15,
    "order": 0.1,
    "stage": 0.2,
    "owner": 0.2,
    "sector": 0.2,
    "place": 0.2,
    "act": 0.45,
    "size": 0.3,
    "number": 0.2,
    "floor": 0.9,
}


class Mark(NamedTuple):
    """One value on an axis: the words it is printed with (a pattern, tried in the order of the table), and its factor."""

    axis: str
    value: str
    words: str
    factor: float


# Levels stand beside each other (国、省考断面), thresholds carry their own number: both are read by hand below.
_LEVEL_WORDS = r"(?P<level>(?:国家?|省|市|县|区)+(?=级|考|控)|[省市县区](?=重点[建项])|国家(?!税|统计|标准)|(?:国|省|市){2,3}(?=资金)|乡?[镇村](?=级))(?:级|考|控)?"
_NUMBER_WORDS = r"(?P<number>(?<![A-Z.\d])\d+(?:\.\d+)?[万亿]*(?:[人年岁级]|强)?(?![A-Z.\d])|亿(?!吨)|[一二两三四五六七八九十]+(?=[个项类大期批](?!转)))"
LEVEL_FACTOR, NUMBER_FACTOR = 0.8, 0.5
MARKS = (
    Mark("trade", "进出口", "进出口(?!实绩)", 0.5), Mark("trade", "出口", "出口", 0.5), Mark("trade", "进口", "进口", 0.5),
    Mark("count", "净增", "净增", 0.6), Mark("count", "新增", "新增", 0.88), Mark("count", "累计", "累计", 0.85),
    Mark("count", "总数", "存量|保有量|拥有量|实有", 0.92),
    Mark("measure", "营业收入", "营业收入|营收|主营业务收入", 0.7), Mark("measure", "收入", "人均可支配收入|可支配收入|收入", 0.6),
    Mark("measure", "支出", "支出", 0.5), Mark("measure", "增加值", "增加值", 0.5), Mark("measure", "产值", "产值", 0.85),
    Mark("measure", "单产", "单产", 0.4), Mark("measure", "产量", "产量", 0.85),
    Mark("measure", "面积", "(?:播种|种植|建成)?面积", 0.85), Mark("measure", "天数", "天数", 0.5),
    Mark("measure", "浓度", "浓度", 0.6), Mark("measure", "标准", "标准(?!化)", 0.85), Mark("measure", "里程", "里程", 0.9),
    Mark("measure", "死亡人数", "死亡人数|亡人数", 0.4), Mark("measure", "人数", "人[数次]", 0.9), Mark("measure", "起数", "起数", 0.9),
    Mark("measure", "税收", "税收", 0.5), Mark("measure", "投资", "投资(?!环境|基金)", 0.85), Mark("measure", "用电量", "用电量", 0.6),
    Mark("measure", "用水量", "用水量", 0.6), Mark("measure", "存款", "存款", 0.4), Mark("measure", "贷款", "贷款", 0.6),
    Mark("measure", "零售额", "零售额", 0.7), Mark("measure", "成交额", "成交额", 0.85), Mark("measure", "余额", "余额", 0.9),
    Mark("measure", "利率", "利率", 0.5), Mark("measure", "费率", "费率", 0.7), Mark("measure", "占比", "占比率?", 0.25),
    Mark("measure", "增速", "增速|增长率|增幅|涨幅|增长$", 0.3), Mark("measure", "强度", "强度", 0.25),
    Mark("measure", "完成率", "完成率", 0.3), Mark("measure", "率", "(?<!效)率$", 0.3),
    Mark("area", "中心城区", "中心城区", 0.4), Mark("area", "城乡", "城乡", 0.8), Mark("area", "脱贫", "脱贫[县人口地区]*", 0.4),
    Mark("area", "城镇", "城镇(?!化)|城市(?!更新|群|圈|管理|建设|体检)", 0.6), Mark("area", "农村", "农村(?!商|信用)|乡村(?!振兴)", 0.6),
    Mark("order", "一产", "第一产业|一产", 0.4), Mark("order", "二产", "第二产业|二产", 0.4), Mark("order", "三产", "第三产业|三产", 0.4),
    Mark("stage", "签约", "签约(?!人)", 0.8), Mark("stage", "开工", "开工", 0.8), Mark("stage", "竣工", "竣工|完工", 0.8),
    Mark("stage", "投产", "投产|达产", 0.8), Mark("stage", "履约", "履约", 0.8), Mark("stage", "到位", "到位|到资", 0.8),
    Mark("stage", "支付", "支付", 0.8), Mark("stage", "结案", "结案", 0.8), Mark("stage", "入库", "评价入库|入库|入统|入规", 0.9),
    Mark("stage", "授权", "授权", 0.6), Mark("stage", "申请", "申请|申报", 0.6), Mark("stage", "挂牌", "挂牌", 0.7),
    Mark("owner", "民营", "民营|民间", 0.5), Mark("owner", "国有", "国有|国资(?!委)", 0.5), Mark("owner", "外商", "外商投资|外商|外资(?!金)", 0.5),
    Mark("owner", "公办", "公办", 0.6), Mark("owner", "民办", "民办", 0.6),
    Mark("sector", "制造业", "制造业", 0.6), Mark("sector", "建筑业", "建筑业", 0.6), Mark("sector", "生产性服务业", "生产性服务业", 0.5),
    Mark("sector", "服务业", "服务业", 0.6), Mark("sector", "工业", "工业(?!园)", 0.6), Mark("sector", "商贸", "商贸(?:流通)?|批零住餐", 0.6),
    Mark("sector", "房地产", "房地产(?:开发)?", 0.6), Mark("sector", "农产品加工", "农产品加工业?", 0.6), Mark("sector", "外贸", "外贸", 0.7),
    Mark("sector", "文旅", "文旅|旅游", 0.6), Mark("sector", "金融", "金融", 0.7),
    Mark("place", "境内", "境内|国内", 0.7), Mark("place", "境外", "境外|国外", 0.7), Mark("place", "省内", "省内", 0.7),
    Mark("place", "省外", "省外", 0.7),
    Mark("act", "新建", "新建", 0.92), Mark("act", "改造", "提质改造|升级改造|改造|提质|提升", 0.92), Mark("act", "整治", "整治", 0.92),
    Mark("act", "修复", "修复", 0.92), Mark("act", "救助", "救助", 0.9),
    Mark("size", "规上", "规上", 0.6), Mark("size", "限上", "限上", 0.6), Mark("size", "小微", "小微", 0.6),
    Mark("size", "小巨人", "小巨人", 0.4), Mark("size", "中小", "中小(?=企业)", 0.9),
    Mark("floor", "以上", "以上", 0.95),
)  # fmt: skip
_FACTORS = {(m.axis, m.value): m.factor for m in MARKS}
_MARK = pattern(
    "|".join((_LEVEL_WORDS, _NUMBER_WORDS, *(f"(?P<m{i}>{m.words})" for i, m in enumerate(MARKS))))
)
_LEVELS = pattern("国家?|省|市|县|区|[乡镇]+|村")
_SAME_LEVEL = {"国家": "国", "区": "县"}


def find_marks(folded: str) -> tuple[str, dict[str, frozenset[str]]]:
    """The folded name without its marks, and the marks by axis.

    >>> find_marks("省级以上科创平台")
    ('科创平台', {'level': frozenset({'省级'}), 'floor': frozenset({'以上'})})
    >>> find_marks("税收过1000万企业")[1]["number"]
    frozenset({'1000万'})
    """
    found: dict[str, set[str]] = {}
    for m in _MARK.finditer(folded):
        kind = m.lastgroup or ""
        if kind == "level":
            levels = (_SAME_LEVEL.get(word, word) + "级" for word in _LEVELS.findall(m["level"]))
            found.setdefault("level", set()).update(levels)
        elif kind == "number":
            found.setdefault("number", set()).add(m["number"])
        else:
            mark = MARKS[int(kind[1:])]
            found.setdefault(mark.axis, set()).add(mark.value)
    core = _MARK.sub("", folded) if found else folded
    return core, {axis: frozenset(values) for axis, values in found.items()}


class Difference(NamedTuple):
    """How the marks of two names differ: `cap` is the most they may score, `factor` what is left of the score,
    `apart` the two values that exclude each other, `more` the words only one of the two has."""

    cap: float = 1.0
    factor: float = 1.0
    apart: tuple[str, str] | None = None
    more: tuple[str, ...] = ()


SAME = Difference()


def differ(a: Mapping[str, frozenset[str]], b: Mapping[str, frozenset[str]]) -> Difference:
    """Compare the marks of two names, axis by axis."""
    if a == b:
        return SAME
    cap, factor = 1.0, 1.0
    apart: tuple[str, str] | None = None
    more: list[str] = []
    for axis in sorted(a.keys() | b.keys()):
        one, other = a.get(axis, frozenset()), b.get(axis, frozenset())
        if one == other:
            continue
        if one and other and not one & other:
            if CLASH[axis] < cap:
                cap, apart = CLASH[axis], ("、".join(sorted(one)), "、".join(sorted(other)))
            continue
        for value in sorted(one ^ other):
            factor *= _factor(axis, value)
            more.append(value)
    return Difference(cap, factor, apart, tuple(more))


def _factor(axis: str, value: str) -> float:
    if axis == "level":
        return LEVEL_FACTOR
    return NUMBER_FACTOR if axis == "number" else _FACTORS[axis, value]
