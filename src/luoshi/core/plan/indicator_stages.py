"""How far the things counted last have come: 实施亿元以上项目36个,其中新开工18个、竣工12个."""

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.indicator_mentions import Mention, Sentence

_STAGES = (
    "(?:新|计划|力争)?(?:(?:签约|开工|竣工|投产|入库|落地|达产|开业|完工|投用|动工|复工)(?:建设|运营)?){1,2}"
)
LONGEST = 14  # signs of the longest of them
_STAGE = pattern(rf"[、,;和及]?(?:其中)?[,:]?(?P<stage>{_STAGES})")
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
