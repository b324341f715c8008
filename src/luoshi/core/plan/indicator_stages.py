"""How far the things counted last have come: 实施亿元以上项目36个,其中新开工18个、竣工12个."""

from collections.abc import Sequence

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.indicator_mentions import Mention, Sentence
from luoshi.core.plan.patterns import words
from luoshi.core.quantity import read_op

RESULT = words("nouns.result")

_STAGES = (
    "(?:新|计划|力争)?(?:(?:签约|开工|竣工|投产|入库|落地|达产|开业|完工|投用|动工|复工)(?:建设|运营)?){1,2}"
)
LONGEST = 14  # signs of the longest of them
_STAGE = pattern(rf"[、,;和及]?(?:其中)?[,:]?(?P<stage>{_STAGES})")
# What may stand before a number that says which of the things counted last, and what said so of these.
_AMONG = pattern(r"[、,;]?(?:其中)?[,:]?")
_AMOUNT = pattern(r"^[^,、]{0,8}?(?:[0-9.十百千]{0,6}[万亿]元?|[0-9.]+元)及?(?:以上)?")
_STAGE_HEAD = pattern(rf"^(?:{_STAGES})")


def at_stage(sentence: Sentence, done: int, mention: Mention, last: Draft | None) -> str:
    """The name of the number at `mention`, where nothing but a stage stands between the last indicator (which ended at `done`)
    and it: the stage and the things counted last, in the same unit. "" where it says something else."""
    if last is None or last.kind != "new" or mention.unit != last.unit:
        return ""
    at = _STAGE.fullmatch(sentence.text, done, mention.start) if mention.start - done <= LONGEST else None
    if at is None:
        return ""
    things = _STAGE_HEAD.sub("", last.name)
    return at["stage"] + things if things else ""


def of_those(sentence: Sentence, done: int, numbers: Sequence[Mention], last: Draft | None) -> Draft | None:
    """亿元以上项目86个,其中|10亿元以上|15个: a number that says which of the things counted last, and how many they are."""
    m, n = numbers[0], numbers[-1]
    if n is m or n.cue or m.end != n.start or last is None or n.unit != last.unit:
        return None
    if not _AMONG.fullmatch(sentence.text, done, m.start):
        return None
    name = sentence.text[m.start : m.end] + _AMOUNT.sub("", last.name)
    return Draft(
        name,
        last.kind,
        read_op(None, n.after, n.more),
        n.value,
        n.unit,
        m.start,
        n.end,
        n.high,
        None,
        None,
        (),
    )


def without_result(name: str) -> str:
    """县医院迁建项目主体完工 -> 县医院迁建项目: whose the number in the next clause is."""
    while (became := RESULT.tail(name)) and len(name) > len(became) + 2:
        name = name[: -len(became)].removesuffix("主体")
    return name
