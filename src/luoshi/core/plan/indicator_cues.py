"""Commitments without a number of their own: 清零, 破零, 不发生, 全覆盖, 高于…, 与…同步, 同比下降, 前十名, 翻番."""

from decimal import Decimal

from luoshi.core.numerals import parse_numeral
from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.indicator_mentions import Mention, Sentence
from luoshi.core.plan.indicator_names import EFFORT, JOINT, cut_lead_in, finish, read_left, strip_heads
from luoshi.core.plan.patterns import words
from luoshi.core.quantity import Op, dimension_of

REACH_BACK = 60
EVENTS = words("nouns.events")
NO_RESULT = pattern(r"(?:的|行动|攻坚|专项|机制|台账|制度|工程|格局|体系|网络|要求|目标|计划|方案|式|率)")
BY_MEANS = pattern(r"通过|推[动进行]|以|按照|围绕|加[快强大]|聚焦|持续|积极")
WORK = pattern(r"(?:工作)?(?:任务)?")
ONLY_EFFORT = pattern(r"^(?:持续|全面|进一步)?(?:强化|深化|加强)")
SIDES: dict[str, Op] = {"higher": ">", "lower": "<", "floor": ">=", "ceiling": "<="}
HAPPENING = words("nouns.happening")
CHECKS = pattern(r"排查|检查|督查|走访|监管|培训|监测|宣传|巡查|摸排|体检|筛查|检测|督导|回访|整治")
RANK_VERB = pattern(
    r"(?:进入|跻身|位居|位列|排名|排位|稳居|迈入|迈进|挤进|保持|保持在|列入|居|进|保|争|冲|列|稳定在|力争)[^,、]{0,14}$"
)
HEAD_OF_RANK = pattern(
    r"(.*)(?:争先进位|晋位升级|进入|跻身|位居|位列|排名|排位|稳居|迈入|迈进|挤进|保持在?|列入|稳定在?|(?<![稳位])居|(?<![迈挤先])进|(?<!确)保|(?<!力)争|冲|(?<!位)列)(?=[到至在]?[^,、]{0,8}$)"
)
DROPS = words("verbs.settling")
LEVEL_WITH = pattern(r"(.+?)(?:与|和|同|跟)([^与和同跟]+?)(?:保持|实现)?(基本)?(?:保持)?$")
LEVEL_ALONE = pattern(r"(.+?)(上年)?(基本)?$")
YEAR_AT_END = pattern(r"[0-9]{4}年[底末]?前?$")
PLACE = pattern(r"[0-9一二两三四五六七八九十百]+")
FURTHER = pattern(r"(?=$|[,、()])|增长|提高|提升")


def read_cue(sentence: Sentence, found: list[Mention], i: int, done: int) -> tuple[list[Draft], int]:
    """The indicators of the measuring word at `found[i]`, and how many mentions they use up."""
    mention = found[i]
    if mention.cue != "none" and _within_quotation(sentence, mention):
        return [], 1
    reader = READERS[mention.cue]
    after = found[i + 1] if i + 1 < len(found) and not found[i + 1].cue else None
    drafts = reader(sentence, mention, after, done)
    used = 2 if drafts and after is not None and drafts[-1].end >= after.end else 1
    return drafts, used


def _before(sentence: Sentence, mention: Mention, done: int) -> tuple[str, int]:
    """The words between the pause and the cue, and where they begin."""
    lo = max(sentence.clause(mention.start)[0], done, mention.start - REACH_BACK)
    return sentence.text[lo : mention.start], lo


def _behind(sentence: Sentence, mention: Mention) -> str:
    hi = min(sentence.clause(mention.start)[1], mention.end + REACH_BACK)
    return sentence.text[mention.end : hi].rstrip(",:()|—")


def _name(text: str, start: int) -> tuple[str, int]:
    """The name at the end of the words before a cue, and where its clause begins."""
    while word := DROPS.tail(text):
        text = text[: -len(word)]
    text, cut = cut_lead_in(text) if len(text) > 6 else (text, 0)
    head = strip_heads(text)
    name = head.name
    if name in EFFORT or name.removeprefix(EFFORT.head(name)) in EFFORT:
        name = ""
    return finish(name), start + cut + (head.verb if head.verb >= 0 else head.went)


def _quoted(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """The quotation marks around the cue, when it stands inside a longer quotation (“三个不发生”)."""
    text = sentence.text
    start = text.rfind("“", max(0, mention.start - 30), mention.start)
    if start < 0 or text.find("”", start, mention.start) >= 0:
        return None
    end = text.find("”", mention.end - 1)
    return (start, end + 1) if 0 <= end <= mention.end + 30 else None


def _within_quotation(sentence: Sentence, mention: Mention) -> bool:
    """Part of a longer quotation (“两个高于、两个缩小”), not a quotation of its own (“清零”)."""
    return sentence.text[mention.start] != "“" and _quoted(sentence, mention) is not None


def _zero(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """清零 is = 0, 破零 is > 0."""
    text, lo = _before(sentence, mention, done)
    behind = _behind(sentence, mention)
    end = mention.end + len(m[0]) if (m := WORK.match(behind)) else mention.end
    if NO_RESULT.match(behind) or (ONLY_EFFORT.match(text) and not text.endswith(("实现", "动态"))):
        return []
    name, start = _name(text, lo)
    op: Op = ">" if mention.cue == "break" else "="
    return [Draft(name, "zero", op, Decimal(0), None, start, end)] if name else []


def _all(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """全覆盖 is 100 %."""
    text, lo = _before(sentence, mention, done)
    behind = _behind(sentence, mention)
    if NO_RESULT.match(behind):
        return []
    name, start = _covered(text, lo)
    end = mention.end if sentence.text.startswith(("全", "“"), mention.start) else mention.end + len(behind)
    if CHECKS.match(behind) and not name:
        name, end = behind, mention.end + len(behind)
    return [Draft(name, "share", "=", Decimal(100), "%", start, end)] if name else []


def _covered(text: str, lo: int) -> tuple[str, int]:
    """县域医共体实现乡镇|全覆盖 is about 县域医共体乡镇."""
    whose, _, what = text.partition("实现")
    name, start = _name(whose, lo)
    if len(name) < 2 or not what or BY_MEANS.match(whose):
        return _name(text, lo)
    return name + finish(what), start


def _every(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """实现村村通动力电 and 低空飞行“县县通” are a share of 100 %."""
    if NO_RESULT.match(_behind(sentence, mention)):
        return []
    text, lo = _before(sentence, mention, done)
    since = text.rfind("”") + 1
    name, start = _name(YEAR_AT_END.sub("", text[since:]), lo + since)
    reached = sentence.text[mention.start : mention.end].removeprefix("实现")
    name = name + reached if reached.startswith("“") else name or reached
    return [Draft(name, "share", "=", Decimal(100), "%", start, mention.end)]


def _none(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """不发生…, 杜绝…事故: one for each thing named."""
    text = sentence.text
    if quoted := _quoted(sentence, mention):
        return [Draft(text[quoted[0] : quoted[1]], "zero", "=", Decimal(0), None, *quoted)]
    word = text[mention.start : mention.end]
    behind = _behind(sentence, mention)
    drafts: list[Draft] = []
    at = mention.end
    for joint in (*JOINT.finditer(behind), None):
        part = behind[at - mention.end : joint.start() if joint else None]
        if joint and joint[0] != "、" and not EVENTS.tail(part):
            continue
        name = finish(part)
        if name and word.endswith("新增"):
            name = "新增" + name
        if len(name) >= 2 and (word != "杜绝" or EVENTS.tail(name)):
            start = mention.start if not drafts else at
            drafts.append(Draft(name, "zero", "=", Decimal(0), None, start, at + len(part)))
        at += len(part) + (len(joint[0]) if joint else 0)
    return drafts


def _nil(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """零事故."""
    text, lo = _before(sentence, mention, done)
    name, start = _name(text, lo)
    thing = sentence.text[mention.start : mention.end].strip('“”"').removeprefix("零")
    if thing in HAPPENING:
        thing = ""
    return [Draft(name + thing, "zero", "=", Decimal(0), None, start, mention.end)] if name or thing else []


def _above(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """高于经济增速: relative to something named; 高于5% is left to the number."""
    op = SIDES[mention.cue]
    text, lo = _before(sentence, mention, done)
    behind = _behind(sentence, mention)
    left = read_left(text, lo)
    name, start = _name(left.core, lo)
    end = mention.end + len(behind)
    value, unit = None, None
    if after is not None and after.start < end:
        behind = sentence.text[mention.end : after.start]
        if dimension_of(after.unit) not in ("points", "ratio") or not finish(behind):
            return []
        value, unit, end = after.value, after.unit, after.end
    reference = finish(behind)
    if not name or len(reference) < 2 or any(c.isdigit() for c in reference):
        return []
    return [Draft(name, "relative", op, value, unit, start, end, reference=reference)]


def _level(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """与经济增长同步."""
    text, lo = _before(sentence, mention, done)
    behind = _behind(sentence, mention)
    m = LEVEL_WITH.match(text)
    if (
        not m
        and mention.end - mention.start == 2
        and sentence.text.startswith("持平", mention.start)
        and text
    ):
        m = LEVEL_ALONE.match(text)
    if not m or not FURTHER.match(behind):
        return []
    name, start = _name(m[1], lo)
    op: Op = "~" if m[3] or text.endswith("基本") else "="
    return (
        [
            Draft(
                name,
                "relative",
                op,
                None,
                None,
                start,
                mention.end,
                reference=(m[2] or "上年").removesuffix("保持"),
            )
        ]
        if name
        else []
    )


def _than(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """同比下降 without a number: relative to the year before."""
    if after is not None and after.start - mention.end <= 6:
        return []
    text, lo = _before(sentence, mention, done)
    name, start = _name(text, lo)
    op: Op = "<" if sentence.text[mention.end - 2 : mention.end] in ("下降", "减少", "降低") else ">"
    return [Draft(name, "relative", op, None, None, start, mention.end, reference="上年同期")] if name else []


def _rank(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """进入全省前10名 is <= 10; 第一方阵 has no number."""
    text, lo = _before(sentence, mention, done)
    if not RANK_VERB.search(text):
        return []
    word = sentence.text[mention.start : mention.end]
    verb = HEAD_OF_RANK.match(text)
    whose = verb[1] if verb else text
    name, start = _name(whose.removesuffix("中") if whose.endswith(("评中", "核中")) else whose, lo)
    m = PLACE.search(word)
    if word.startswith("第一") and word.endswith(("方阵", "梯队")):
        return [Draft(name or "综合排名", "rank", "=", Decimal(1), word[2:], start, mention.end)]
    value = parse_numeral(m[0]) if m else None
    if value is None or not name:
        return []
    op: Op = "<=" if word.startswith("前") else "="
    return [Draft(name, "rank", op, value, word[-1] if word[-1] in "%位" else "名", start, mention.end)]


def _double(sentence: Sentence, mention: Mention, after: Mention | None, done: int) -> list[Draft]:
    """翻一番 is growth of 100 %, 翻两番 of 300 %."""
    text, lo = _before(sentence, mention, done)
    name, start = _name(read_left(text, lo).core, lo)
    twice = any(c in sentence.text[mention.start : mention.end] for c in "两2")
    return (
        [Draft(name, "growth", "=", Decimal(300 if twice else 100), "%", start, mention.end)] if name else []
    )


READERS = {
    "zero": _zero,
    "break": _zero,
    "all": _all,
    "every": _every,
    "none": _none,
    "nil": _nil,
    "higher": _above,
    "lower": _above,
    "floor": _above,
    "ceiling": _above,
    "level": _level,
    "than": _than,
    "rank": _rank,
    "double": _double,
}
