"""Invented plans of 青禾县, 白露县 and their city 云岭市, and a short way to read them."""

from luoshi.core.plan.model import Indicator, Plan
from luoshi.core.plan.reading import read_source
from luoshi.core.source.text import SourceText, Span

CITY = """云岭市人民政府办公室关于印发《云岭市2026年稳增长工作方案》的通知
各县区人民政府:
现将《云岭市2026年稳增长工作方案》印发给你们,请认真组织实施。
云岭市人民政府办公室
2026年2月10日
云岭市2026年稳增长工作方案
一、主要目标
全市地区生产总值增长6%左右,规模工业增加值增长7%,社会消费品零售总额增长7%以上,城镇调查失业率控制在5.5%以内,新增规模以上工业企业80家,茶叶总产量达到4万吨,城镇新增就业3万人。
二、重点任务
1.壮大茶叶产业。建设绿色防控茶园,培育茶叶加工龙头企业,打响云岭毛尖区域公用品牌,12月底前建成茶叶交易中心。(市农业农村局牵头,市发改委、市市场监管局按职责分工负责)
2.整治黑臭水体。完成城区黑臭水体排查整治,实施雨污分流改造,健全河长制巡查机制。(市住建局牵头,市水利局、市生态环境局配合)
3.办好老年食堂。新建社区老年食堂,推行助餐补贴,引入社会餐饮企业参与运营。(市民政局牵头,市财政局配合)
"""
COUNTY = """青禾县人民政府办公室关于印发《青禾县2026年稳增长工作方案》的通知
各乡镇人民政府:
现将《青禾县2026年稳增长工作方案》印发给你们,请认真组织实施。
青禾县人民政府办公室
2026年3月5日
青禾县2026年稳增长工作方案
根据云岭市部署,制定本方案。
一、主要目标
全县GDP增长6%,规模工业增加值增长8.5%,社会消费品零售总额增长7%以上,城镇调查失业率控制在5%以内,新增规模以上工业企业9户,茶叶产量达到0.5万吨,新建5G基站60个。
完成市定城镇新增就业任务。
二、重点任务
1.做强茶叶产业。建设绿色防控茶园,培育茶叶加工龙头企业,打响云岭毛尖区域公用品牌,10月底前建成茶叶交易中心。(县农业农村局牵头,县发改局、县供销社按职责分工负责)
2.整治黑臭水体。完成城区黑臭水体排查整治,实施雨污分流改造,健全河长制巡查机制。(县住建局牵头,县水利局、云岭市生态环境局青禾分局配合)
3.推广秸秆还田。组织农机合作社开展秸秆粉碎还田作业,建设收储运点。(县农业农村局牵头)
"""


def read(text: str, name: str = "方案.txt") -> Plan:
    return read_source(SourceText(name, "txt", text))


def promise(
    name: str, kind: str, op: str, value: float | None, unit: str | None = "%", **more: object
) -> Indicator:
    """One indicator as if read: `at` is its place."""
    at = int(str(more.pop("at", 0)))
    return Indicator(
        quote=str(more.pop("quote", name)),
        span=Span(at, at + 10),
        name=name,
        kind=kind,
        op=op,
        value=value,
        unit=unit,
        **more,
    )  # type: ignore[arg-type]
