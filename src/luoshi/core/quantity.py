"""Quantities as plans print them: number, unit of measure, comparator. 1.1亿元 and 11000万元 are the same."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from luoshi.core.measures import COUNTED, DIMENSIONS
from luoshi.core.numerals import SCALES, parse_numeral, scale_of
from luoshi.core.pattern import choice, pattern

Op = Literal["=", ">=", ">", "<=", "<", "~"]


# unit -> (dimension, factor to the dimension's first unit)
MEASURES = {unit: (unit, Decimal(1)) for unit in COUNTED.split()} | {
    unit: (dimension, Decimal(factor))
    for dimension, units in DIMENSIONS.items()
    for unit, factor in units.items()
}
SAME = Decimal("1e-9")  # 15亩 and 1公顷 differ in the tenth place only because a 亩 is 2000/3 square metres
SCALE = "(?:[十百千]?万亿?|[十百千]?亿|[百千](?=[吨亩米人户元套]))"
PER = (
    "(?:/(?:万车|立方米|平方米|平方公里|公里|千瓦时|公斤|学期|学年|公顷|[万千]人|小时|[人年月日天亩户次生件吨头升位床家村])"
    "(?:[·./](?:人|年|月|日|天|户|次|学期))?)"
)
_LONGER = choice(u for u in MEASURES if len(u) > 1)
_SINGLE = "".join(u for u in MEASURES if len(u) == 1 and u != "分")
_LONGEST_FIRST = f"{_LONGER}|分(?![别类级批布钟])|[{_SINGLE}]"
UNIT = f"(?:(?:{SCALE}[余多]?)?(?:{_LONGEST_FIRST})(?:\\((?:次|户|套|件|处|个|人|台|间|家|座|宗)\\))?{PER}?|/(?:10万|十万)|万亿|[万亿](?=以上|以下|左右|以内|[,、;:)。]|$))"
DIGITS_AFTER_FIRST = r"(?:[0-9]{0,2}(?:,[0-9]{3})++(?![0-9])|[0-9]*+)(?:\.[0-9]++)?"
NUMBER = "[0-9]" + DIGITS_AFTER_FIRST

# The comparators of the language. Before the number and after it; the longer word first.
BEFORE: dict[str, Op] = {
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "不得低于": ">=", "不得少于": ">=", "至少": ">=", "最低": ">=",
    "不亚于": ">=", "不超过": "<=", "不高于": "<=", "不多于": "<=", "不大于": "<=", "不得超过": "<=", "不突破": "<=",
    "不得高于": "<=", "最多": "<=", "最高": "<=", "至多": "<=", "不到": "<", "低于": "<", "小于": "<", "少于": "<",
    "超过": ">", "突破": ">", "高于": ">", "大于": ">", "多于": ">", "高出": ">", "逾": ">", "超": ">", "过": ">",
    "大约": "~", "约": "~", "接近": "~", "将近": "~", "近": "~",
    "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", ">": ">", "＞": ">", "<": "<", "＜": "<",
}  # fmt: skip
AFTER: dict[str, Op] = {
    "及以上": ">=", "或以上": ">=", "以上": ">=", "之上": ">=", "及以下": "<=", "以下": "<=", "以内": "<=", "之内": "<=",
    "左右": "~", "上下": "~",
}  # fmt: skip

_WHOLE = pattern(
    f"(?P<before>{'|'.join(BEFORE)})?(?P<number>{NUMBER}|百分之[零一二两三四五六七八九十百点]+|[零〇一二两三四五六七八九十百千半点]+)"
    f"(?P<more>[余多])?(?:%?[-—–~至](?P<high>{NUMBER}))?(?P<unit>{UNIT})?(?P<after>{'|'.join(AFTER)})?"
)


class Quantity(NamedTuple):
    """`value` (and `value_high`, the upper end of a range) in `unit` as printed; `op` says which side is promised."""

    value: Decimal
    unit: str
    op: Op = "="
    value_high: Decimal | None = None

    @property
    def dimension(self) -> str:
        """money, area, time, ratio …; a counted thing is its own dimension; "" for a unit not in the table."""
        return _resolve(self.unit)[0]

    @property
    def in_base(self) -> Decimal:
        """The value in the dimension's first unit (1.1亿元 -> 110000000)."""
        return self.value * _resolve(self.unit)[1]

    def same_as(self, other: "Quantity") -> bool:
        """Equal after conversion: 1.1亿元 is 11000万元; 5家 is never 5个; comparators are not compared.

        >>> parse_quantity("1.1亿元").same_as(parse_quantity("11000万元"))
        True
        """
        return self.dimension == other.dimension and abs(self.in_base - other.in_base) <= SAME * abs(
            self.in_base
        )


@lru_cache(maxsize=512)
def _resolve(unit: str) -> tuple[str, Decimal]:
    base, slash, per = unit.partition("/") if unit not in MEASURES else (unit, "", "")
    base = base.partition("(")[0]
    bare = base
    while bare not in MEASURES and bare[:1] in SCALES:
        bare = bare[1:]
    scale = Decimal(scale_of(base[: len(base) - len(bare)]))
    dimension, factor = MEASURES.get(bare, ("", Decimal(1)))
    return dimension + slash + per, factor * scale


@lru_cache(maxsize=512)  # asked four times for every number
def dimension_of(unit: str) -> str:
    """The dimension of a unit as printed, without its 每…: 万元/亩 -> money.

    >>> dimension_of("万元/亩"), dimension_of("亿元"), dimension_of("家"), dimension_of("万")
    ('money', 'money', '家', '')
    """
    return _resolve(unit)[0].partition("/")[0]


def parse_quantity(text: str) -> Quantity:
    """Read one isolated quantity. Raises ValueError when `text` is none.

    >>> parse_quantity("不低于740元/月")
    Quantity(value=Decimal('740'), unit='元/月', op='>=', value_high=None)
    >>> parse_quantity("百分之六点五左右").unit, parse_quantity("1-2名").value_high
    ('%', Decimal('2'))
    """
    m = _WHOLE.fullmatch(text)
    if not m:
        raise ValueError(f"不是数量:{text}")
    number, unit = m["number"], (m["unit"] or "").replace("余", "").replace("多", "")
    if number.startswith("百分之"):
        number, unit = number.removeprefix("百分之"), "%"
    value = parse_numeral(number)
    if value is None:
        raise ValueError(f"不是数量:{text}")
    high = parse_numeral(m["high"]) if m["high"] else None
    return Quantity(value, unit, read_op(m["before"], m["after"], bool(m["more"])), high)


def read_op(before: str | None, after: str | None, more: bool = False) -> Op:
    """The comparator of words before and after a number; the word before wins (控制在…以内 agrees anyway).

    >>> read_op("超过", "以上"), read_op(None, "以内"), read_op("达到", None)
    ('>', '<=', '=')
    """
    if before in BEFORE:
        return BEFORE[before]
    if after in AFTER:
        return AFTER[after]
    return ">" if more else "="
