"""Set phrases of the language of plans, and where a text has one with a sign too few, too many or wrong."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from luoshi.core.pattern import places

# No place, person or enterprise: phrases every plan in the country may use.
_PHRASES = """
山水林田湖草沙 专精特新 高效办成一件事 一件事一次办 放管服改革 绿水青山就是金山银山 基本公共服务均等化
一网通办 一窗受理 个体工商户 规模以上工业 人均可支配收入 社会消费品零售总额 固定资产投资 一般公共预算收入
地区生产总值 义务教育优质均衡 学前教育普及普惠 残疾人两项补贴 事实无人抚养儿童 城镇老旧小区改造
保障性租赁住房 农村人居环境整治 扫黑除恶常态化 安全生产治本攻坚 生态环境保护督察 国土空间规划 应急管理体系
乡村振兴战略 巩固拓展脱贫攻坚成果 中华民族共同体意识 三管三必须 不忘初心 牢记使命 获得感幸福感安全感
稳中求进工作总基调 供给侧结构性改革 招商引资 创新驱动发展战略 京津冀协同发展 长江经济带 粤港澳大湾区
长三角一体化 一带一路 优胜劣汰 污水处理设施 生活垃圾分类 河湖长制 耕地保护 永久基本农田 粮食安全党政同责
集体经济组织 新型农业经营主体 矛盾纠纷多元化解 信访问题源头治理 知识产权保护 科技成果转化 战略性新兴产业
现代服务业 全国统一大市场 高水平对外开放 跨境电子商务
"""
# Look like slips and are none: 限上社会消费品零售额 is a figure of its own.
_RIGHT = ("社会消费品零售额",)
_LEAST = 5  # signs a phrase has before one left out can be told from another word


class Slip(NamedTuple):
    """A wrong spelling of a phrase, and the half of the phrase that is intact in it."""

    spelt: str
    phrase: str


@cache
def _slips() -> tuple[dict[str, list[Slip]], dict[str, list[Slip]]]:
    """Wrong spellings by their intact first half, and by their intact second half: a sign doubled, left out or swapped."""
    heads: dict[str, list[Slip]] = {}
    tails: dict[str, list[Slip]] = {}
    phrases = _PHRASES.split()
    for phrase in phrases:
        half = len(phrase) // 2
        for k, spelt in _wrong(phrase):
            if any(spelt in right for right in (*phrases, *_RIGHT)):
                continue
            part, slips = (phrase[:half], heads) if k >= half else (phrase[half:], tails)
            slips.setdefault(part, []).append(Slip(spelt, phrase))
    return heads, tails


def _wrong(phrase: str) -> Iterator[tuple[int, str]]:
    """(place of the slip, the phrase with it)."""
    last = len(phrase) - 1
    for k in range(len(phrase)):
        yield k, phrase[: k + 1] + phrase[k:]
        if last >= _LEAST - 1 and 0 < k < last:
            yield k, phrase[:k] + phrase[k + 1 :]
        if last >= _LEAST - 1 and 0 < k < last - 1 and k + 1 != len(phrase) // 2:
            yield k, phrase[:k] + phrase[k + 1] + phrase[k] + phrase[k + 2 :]


def near_misses(text: str) -> list[tuple[int, int, str]]:
    """(start, end, the phrase meant) of every set phrase with a sign doubled, left out or swapped.

    >>> near_misses("统筹山水田湖草沙系统治理")
    [(2, 8, '山水林田湖草沙')]
    """
    heads, tails = _slips()
    found: dict[tuple[int, int], str] = {}
    for part, slips in heads.items():
        for at in places(text, part):
            for slip in slips:
                if text.startswith(slip.spelt, at):
                    found[at, at + len(slip.spelt)] = slip.phrase
    for part, slips in tails.items():
        for at in places(text, part):
            for slip in slips:
                start = at + len(part) - len(slip.spelt)
                if start >= 0 and text.startswith(slip.spelt, start):
                    found[start, start + len(slip.spelt)] = slip.phrase
    return [(start, end, phrase) for (start, end), phrase in sorted(found.items())]
