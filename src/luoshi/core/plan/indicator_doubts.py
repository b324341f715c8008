"""What a clerk should look at: each doubt is one question she can answer from the paper."""

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_mentions import Mention
from luoshi.core.plan.model import Doubt, Kind

LONG_NAME = 24
MISREAD = pattern(
    r"(?<![A-Za-z0-9])[lI][0-9O万家个座处条项所]|[0-9][lIOo][0-9]|(?<![A-Za-z])[0-9][lIO](?=[^A-Za-z0-9])"
)
STEEP = 60  # per cent: a growth target above it has more often lost its decimal point


def doubts_of(name: str, kind: Kind, mention: Mention, quote: str, guessed: bool) -> tuple[Doubt, ...]:
    """The doubts about one indicator; `guessed`: the name was completed from elsewhere in the sentence."""
    found: list[Doubt] = []
    if ("l" in quote or "I" in quote or "O" in quote or "o" in quote) and MISREAD.search(quote):
        found.append(Doubt("damaged-number", f"“{quote}”里的数字混有字母，原文是多少？"))
    if guessed:
        found.append(Doubt("name-guessed", f"“{quote}”没有把指标名称写全，是不是“{name}”？"))
    elif len(name) > LONG_NAME:
        found.append(Doubt("name-guessed", f"指标名称“{name}”较长，是否需要缩短？"))
    if question := _damaged(kind, mention):
        found.append(Doubt("damaged-number", f"“{quote}”{question}"))
    if mention.high is not None:
        found.append(Doubt("range", f"“{quote}”是一个区间，按下限还是按上限考核？"))
    return tuple(found)


def _damaged(kind: Kind, mention: Mention) -> str:
    """What looks wrong with a number, "" when nothing does."""
    value, unit = mention.value, mention.unit
    if value is None:
        return ""
    if kind == "growth" and unit == "%" and value > STEEP and value == int(value):
        return "增幅偏大，原文是否漏了小数点？"
    if kind == "share" and unit == "%" and value > 100:
        return "超过100%，原文数字是否有误？"
    if unit in ("个", "家", "项") and 20_000 <= value < 21_000 and value == int(value):
        return "的数字像是年份和数量连在一起，原文是多少？"
    return ""
