"""What a printed name says once the words that carry nothing are taken off, and the words by which names differ.

`fold` takes off blanks, quotes, brackets, the level of the writer (全县, 我市), the year, and the tails that only
count (企业数, 主体总量), and writes each common word in its shortest form (规模以上 -> 规上). `parts` then lifts the
words that tell one indicator from another (新增, 农村, 省级, 占比, 过5000万) out of the folded name.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.indicators.marks import find_marks
from luoshi.core.pattern import pattern
from luoshi.core.source.clean import FOLD

_SILENT = pattern(r"[\s“”‘’\"'《》〈〉、·,;:。\-—]+|\([^()]*\)|的(?![士])|20\d\d年?(?:度|末|底)?")
_SCOPE = pattern(
    r"全[县市区省州旗盟镇乡]|我[县市区省州旗]|本[县市区省州旗](?!级)|(?:全|当|本|今)年度?(?!龄)|^(?:到|至)?年[度末底内]"
)
# 县现代农业产值 -> 现代农业产值; not 县级, 市政, 区域, 市重点建设项目, 省市联合.
_LEVEL = pattern(r"^[县市区省](?![城域级派属道委长中直管镇乡场政容民际定考控内外区市县块间位划分段重])(?=..)")
_WORDS = (
    ("规模以上", "规上"), ("规模(?=工业|服务业|农产品|建筑业|企业)", "规上"), ("限额以上", "限上"),
    ("高新技术企业", "高企"), ("(?:地区|国内)?生产总值", "GDP"), ("市场主体", "经营主体"), ("比重|比例|比率", "占比"),
    ("研究与试验发展", "研发"), ("R&D", "研发"), ("研发(?:经费)?投入", "研发经费"), ("交易总?额|成交总额|成交金额", "成交额"),
    ("及以上", "以上"), ("五百强", "500强"), ("千万元?", "1000万"), ("百亿元?", "100亿"), ("十亿元?", "10亿"),
    ("(?<=[万亿])元", ""), ("总(?=产[值量]|面积|里程|规模|投资|户数)", ""), ("有?进出口实绩", "外贸实绩"), ("外商法人", "外商投资"),
    ("文化旅游", "文旅"), ("工业固定资产投资", "工业投资"), ("生态环境", "环境"), ("科技创新", "科创"),
    ("新(?=签约|开工|竣工|投产)", ""), ("(?<!通)[过超](?=[\\d亿千百十])", ""), ("技术改造", "技改"), ("水平$", "率"),
)  # fmt: skip
_WORD = pattern("|".join(f"(?P<w{i}>{long})" for i, (long, _) in enumerate(_WORDS)))
_COUNT_TAIL = pattern(
    r"(?:(?<=..[业目体站台心户园村所店校点品才位队])(?:总?数量?|个数|户数|家数|总量)|(?<=..)(?:情况|工作|任务|建设))$"
)
_COUNTS = ("数", "量", "情况", "工作", "任务", "建设")  # one of these ends what _COUNT_TAIL takes away
_STOCK = pattern(r"总数|总量|户数")
_QUOTED = pattern(r"“([^“”]{3,})”")


class Parts(NamedTuple):
    """A name taken apart.

    whole   the folded name, marks in it
    core    the folded name without its marks
    marks   axis -> the values on it (level -> {省级}, area -> {农村})
    pairs   the pairs of neighbouring signs in `whole`: names that share none are strangers
    bag     the signs of `core`, a second 业 apart from the first, so that common signs are counted by intersection
    quoted  what stands in quotes, folded
    """

    whole: str
    core: str
    marks: dict[str, frozenset[str]]
    pairs: frozenset[str]
    bag: frozenset[tuple[str, int]]
    quoted: str


def fold(name: str) -> str:
    """The name in its shortest form; names that differ only in what carries nothing fold alike.

    >>> fold("全县规模以上工业企业数"), fold("规模工业企业"), fold("县现代农业总产值")
    ('规上工业企业', '规上工业企业', '现代农业产值')
    >>> fold("民间投资占全部投资的比重"), fold("新增5G基站"), fold("城镇调查失业率")
    ('民间投资占全部投资占比', '新增5G基站', '城镇调查失业率')
    """
    return _without_count(_worded(name))


def _without_count(worded: str) -> str:
    return _COUNT_TAIL.sub("", worded) if worded.endswith(_COUNTS) else worded


@lru_cache(maxsize=8192)
def _worded(name: str) -> str:
    text = _SILENT.sub("", name.translate(FOLD).upper())
    bare = _LEVEL.sub("", _SCOPE.sub("", text)) or text
    return _WORD.sub(lambda m: _WORDS[int((m.lastgroup or "w0")[1:])][1], bare)


def bag_of(text: str) -> frozenset[tuple[str, int]]:
    """The signs of a text as a set that remembers how often each stands there.

    >>> sorted(bag_of("工业企业"))
    [('业', 0), ('业', 1), ('企', 0), ('工', 0)]
    """
    return frozenset((sign, text.count(sign, 0, at)) for at, sign in enumerate(text))


@lru_cache(maxsize=8192)
def parts(name: str) -> Parts:
    """Fold a name and lift its marks out."""
    worded = _worded(name)
    whole = _without_count(worded)
    core, marks = find_marks(whole)
    if _STOCK.search(worded[len(whole) - 1 :]):
        marks = {**marks, "count": marks.get("count", frozenset()) | {"总数"}}
    quoted = _QUOTED.search(name)
    return Parts(
        whole,
        core,
        marks,
        frozenset(map("".join, pairwise(whole))),
        bag_of(core),
        fold(quoted[1]) if quoted else "",
    )
