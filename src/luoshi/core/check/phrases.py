"""Set phrases of the language of plans, and where a text has one with a sign too few, too many or wrong."""

import re
from collections.abc import Iterator
from functools import cache

# No place, person or enterprise: phrases every plan in the country may use.
PHRASES = (
    "山水林田湖草沙 专精特新 高效办成一件事 一件事一次办 放管服改革 绿水青山就是金山银山 基本公共服务均等化 一网通办 一窗受理 "
    "个体工商户 规模以上工业 人均可支配收入 社会消费品零售总额 固定资产投资 一般公共预算收入 地区生产总值 "
    "义务教育优质均衡 学前教育普及普惠 残疾人两项补贴 事实无人抚养儿童 城镇老旧小区改造 保障性租赁住房 农村人居环境整治 "
    "扫黑除恶常态化 安全生产治本攻坚 生态环境保护督察 国土空间规划 应急管理体系 乡村振兴战略 巩固拓展脱贫攻坚成果 "
    "中华民族共同体意识 三管三必须 不忘初心 牢记使命 获得感幸福感安全感 稳中求进工作总基调 供给侧结构性改革 "
    "招商引资 创新驱动发展战略 京津冀协同发展 长江经济带 粤港澳大湾区 长三角一体化 一带一路 优胜劣汰 "
    "污水处理设施 生活垃圾分类 河湖长制 耕地保护 永久基本农田 粮食安全党政同责 集体经济组织 新型农业经营主体 "
    "矛盾纠纷多元化解 信访问题源头治理 知识产权保护 科技成果转化 "
    "战略性新兴产业 现代服务业 全国统一大市场 高水平对外开放 跨境电子商务 "
).split()
_LEAST = 5  # signs a phrase has before a wrong sign in it can be told from another word


@cache
def _variants() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all spellings with a sign doubled or (in longer phrases) left out, and what each should be."""
    wrong: dict[str, str] = {}
    for phrase in PHRASES:
        for k in range(len(phrase)):
            wrong.setdefault(phrase[: k + 1] + phrase[k:], phrase)
        if len(phrase) >= _LEAST:
            for k in range(1, len(phrase) - 1):
                wrong.setdefault(phrase[:k] + phrase[k + 1 :], phrase)
            for k in range(1, len(phrase) - 2):
                wrong.setdefault(phrase[:k] + phrase[k + 1] + phrase[k] + phrase[k + 2 :], phrase)
    right = set(PHRASES)
    wrong = {spelt: phrase for spelt, phrase in wrong.items() if not any(spelt in other for other in right)}
    longest_first = sorted(wrong, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), wrong


def near_misses(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, the phrase meant) of every set phrase with a sign doubled, left out or swapped.

    >>> list(near_misses("统筹山水田湖草沙系统治理"))
    [(2, 8, '山水林田湖草沙')]
    """
    pattern, wrong = _variants()
    for m in pattern.finditer(text):
        yield m.start(), m.end(), wrong[m.group()]
