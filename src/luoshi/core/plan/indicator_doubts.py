"""What a clerk should look at: each doubt is one question she can answer from the paper."""

from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.model import Doubt

LONG_NAME = 24
STEEP = 60  # per cent: a growth target above it has more often lost its decimal point


def doubts_of(draft: Draft, text: str, guessed: bool) -> tuple[Doubt, ...]:
    """The doubts about one indicator of the sentence `text`."""
    quote = text[draft.start : draft.end]
    found: list[Doubt] = []
    if guessed:
        found.append(Doubt("name-guessed", f"“{quote}”没有把指标名称写全，是不是“{draft.name}”？"))
    elif len(draft.name) > LONG_NAME:
        found.append(Doubt("name-guessed", f"指标名称“{draft.name}”较长，是否需要缩短？"))
    if draft.value is None:
        return tuple(found)
    if (
        draft.kind == "growth"
        and draft.unit == "%"
        and draft.value > STEEP
        and draft.value == int(draft.value)
    ):
        found.append(Doubt("damaged-number", f"“{quote}”增幅偏大，原文是否漏了小数点？"))
    if draft.kind == "share" and draft.unit == "%" and draft.value > 100:
        found.append(Doubt("damaged-number", f"“{quote}”超过100%，原文数字是否有误？"))
    if (
        len(str(int(draft.value))) >= 5
        and str(draft.value).startswith("20")
        and draft.unit in ("个", "家", "项", "年")
    ):
        found.append(Doubt("damaged-number", f"“{quote}”的数字像是年份和数量连在一起，原文是多少？"))
    if draft.high is not None:
        found.append(Doubt("range", f"“{quote}”是一个区间，按下限还是按上限考核？"))
    return tuple(found)
