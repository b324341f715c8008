"""Numbers that promise nothing: attributes, conditions, grants, rhythms, the past (docs/decisions/0041)."""

import re
from collections.abc import Sequence

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_mentions import Mention, Sentence
from luoshi.core.plan.indicator_names import Left, finish, strip_heads
from luoshi.core.plan.patterns import Words, words
from luoshi.core.quantity import MEASURES, dimension_of
from luoshi.core.source.outline import Outline

QUALIFIED, DURATIONS = words("nouns.qualified"), words("nouns.durations")
BODIES, PEOPLE = words("nouns.bodies"), words("nouns.people")
MADE = words("verbs.produce")
RHYTHM, PRESS, FOR_ORDER = words("nouns.rhythm"), words("nouns.press"), words("nouns.counted_for_order")
PAST = words("nouns.past")
FOR_WHOM = pattern(r"对(?![外内口接标]).|为不少于")
# A chapter that looks back. 加强基础设施建设, 夯实工业基础, 提升改革成效 look ahead.
PAST_CHAPTER = pattern(
    r"回顾|现状|背景|取得的?成[效绩]|(?:工作|主要|发展|建设|突出)成[效绩]|(?:发展|现实|工作|现有|建设)基础(?!设施|工作)"
    r"|(?:基本|发展|工作|完成|运行|进展|执行|落实|主要|总体)情况"
)
DONE = words("verbs.done")
OF_WORK = frozenset(("次", "场", "场次", "期", "批", "批次", "轮", "人次"))  # how often, not how many
COUNTED = frozenset(unit for unit, (dimension, _) in MEASURES.items() if unit == dimension)

GRANTED = "(?:总额|金额|资金)[^,]{0,4}(?:不超过|最高|上限)"
GRANT = pattern(
    rf"给予|予以(?:奖|补|资)|奖励|奖金|罚款|处以|最高不超过|最高可|最高[0-9]|可(?:获得?|享受?|申请|申领)|一次性(?:补|奖|给)|每[^,]{{0,8}}补|提供[0-9][^,]{{0,14}}元|免收|减免|贴息|资助|奖补[^,]{{0,4}}{GRANTED}|补(?:助|贴)[^,]{{0,4}}{GRANTED}|补助标准|授信额度"
)
# One of these stands in every match.
GRANT_WORDS = Words(
    (
        "给予",
        "予以",
        "奖",
        "罚款",
        "处以",
        "最高",
        "可",
        "一次性",
        "补",
        "提供",
        "免",
        "贴息",
        "资助",
        "授信额度",
    )
)
CONDITION = pattern(r"的,|^对|^凡|^符合|^新?获|^首次")
# One of these signs stands in every match of the pattern under them.
ONWARDS = pattern(r"并(?![网购轨联])")
# What happens to those who fall short.
CONSEQUENCE = pattern(r"取消|约谈|问责|追责|通报|扣减|扣除|不予|一票否决|责令|整改")
EFFECT_SIGNS, DISTANCE_SIGNS = frozenset("惠受涉辐覆"), frozenset("距限宽深径高")
EFFECT = pattern(r"(?:惠及|受益|涉及|辐射|覆盖(?:人口|居民|群众|学生))[^,、的]{0,6}$")
DISTANCE = pattern(r"(?:距离?|相距|限高|限宽|宽|深|直径|半径|净高)[^,]{0,10}$")
RULE = pattern(
    r"(?:(?:一般|原则上|通常)(?:应|需|要)?(?:不[超低少高多][过于]|控制在|为|在|约)?|门槛[^,]{0,10})$"
)
RULE_WORDS = Words(("一般", "原则上", "通常", "门槛"))
PARAMETER = pattern(r"每|单个|同一|不超过|不高于|上限|最[高多低]|额度|期限|标准|利率|按")
REACHED = pattern(r"(?:增长|提高|达到?|突破|降至|降到|下降|稳定在|控制在)[^,]{0,6}$")
PROMISE = words("verbs.promise")
SHARE = pattern(r"(?:(?<![利费税])率|占[^,]{2,20}比[例重])[^,0-9]{0,6}$")
SCORED = pattern(r"(?:满意度|评分|得分|测评|评价|均分|总分|成绩)[^,、0-9]{0,8}$")
SCORE = pattern(r"(?:扣|加|得|计|减)[0-9.]+分|满分|分值")
EVERY_TIME = pattern(
    r"(?:每|隔)(?:[0-9一二两三半]?个?)(?:天|日|周|旬|月|季度?|年|半年|次|学期|星期)[^,]{0,6}$"
)
TIMES = ("半年", "季", "季度", "月", "周", "旬")
PER_TIME = pattern(r"标准[^,]{0,6}每(?:人每)?[年月天日]$")
ORDINAL = ("第", "前", "近年来", "每")
BEFORE_THEN = ("底前", "年前", "月前", "日前", "之前", "以前", "目前", "期前")
EVERY_ONE = pattern(r"每个?(?:户|人|家|个|名|村|镇|所)[^,]{0,6}$")
YEAR_PAST = pattern(
    r"^(?:20[0-9]{2}年?(?:[0-9]{1,2}月份?|[一二三四1-4]季度|上半年)?(?:以来|至今)|(?:过去|近)(?:[一二三四五]|[0-9])年|[一二三四五六七八九十]年来|去年|上年)"
)
PAST_OPENS = frozenset("2过近一二三四五六七八九十去上").union(word[0] for word in PAST)
BULLETIN = pattern(
    r"^[^\n,。:]{0,40}(?:统计公报|决算|决算报告|(?<!计划)执行情况|完成情况的?通报|进展情况的?通报|督查情况的?通报)\s*$",
    re.MULTILINE,
)
HEAD = 600
LETTERHEAD = 3000
ISSUED = pattern(r"〔(20[0-9]{2})〕")
IN_YEAR = pattern(r"(20[0-9]{2})年(?![0-9底末前]|以[前后]|力争|确保|目标)")


def looks_back(text: str, outline: Outline) -> list[tuple[int, int]]:
    """Clean ranges that tell what was done (a 统计公报, a chapter 工作回顾), not what will be."""
    head = text[:HEAD]
    if any(
        word in head for word in ("公报", "决算", "执行情况", "情况的通报", "情况通报")
    ) and BULLETIN.search(text, 0, HEAD):
        return [(0, len(text))]
    return [
        (n.start, n.end)
        for n in outline.nodes
        if n.level <= 1 and len(n.heading) <= 40 and PAST_CHAPTER.search(n.heading) and not _ahead(n.heading)
    ]


def _ahead(heading: str) -> bool:
    return any(word in heading for word in ("目标", "安排", "任务", "要求", "打算", "主要考虑", "措施"))


def year_of(text: str) -> str:
    """The year in the paper's own number, "" when it has none."""
    m = ISSUED.search(text, 0, LETTERHEAD)
    return m[1] if m else ""


def tells_past(sentence: Sentence, issued: str) -> bool:
    """去年…, 截至目前…, 2025年… in a paper of 2026: a sentence about what has been."""
    text = sentence.text
    if text.startswith("20") and (year := IN_YEAR.match(text)) and year[1] < issued:
        return True
    if text[0] in PAST_OPENS and (YEAR_PAST.match(text) or PAST.head(text)):
        return not text.startswith("前期项目")
    if text.find("截至目前", 0, 24) >= 0:
        return True
    ended = text[0] == "“" and text.startswith("“十四五”" if issued > "2025" else "“十三五”")
    return ended and text.startswith(("期间", "以来", "时期"), 5)


def grant_from(sentence: Sentence) -> int | None:
    """Where the sentence turns into a parameter of a policy; its conditions stand before that place."""
    text = sentence.text
    if "分" in text and SCORE.search(text):
        return 0
    m = GRANT.search(text) if GRANT_WORDS.held_by(text) else None
    if not m:
        return None
    return 0 if CONDITION.search(sentence.text[: m.start()]) else sentence.clause(m.start())[0]


def granted(sentence: Sentence, mention: Mention) -> bool:
    """Is the number behind a grant its parameter? Not in a clause of its own that promises what will be made or reached:
    给予补助,实施技改项目50个."""
    start, end = sentence.clause(mention.start)
    said = sentence.text[start : mention.end]
    if not GRANT.search(sentence.text, 0, start) or GRANT.search(said) or PARAMETER.search(said):
        return True
    if CONDITION.search(sentence.text[start:end]):
        return True
    before = sentence.text[start : mention.start]
    promised = PROMISE.head(before) or PROMISE.head(strip_heads(before).name) or SHARE.search(before)
    return not (promised or (REACHED.search(before) and dimension_of(mention.unit) != "money"))


def no_target(mention: Mention, left: Left, before: str, right: str) -> bool:
    """A number that its own surroundings make something else than a target.

    `left` is what was read off before the number, `before` the plain text there, `right` what follows.
    """
    dimension = dimension_of(mention.unit)
    if (
        mention.high is not None
        and mention.unit in ("项", "条")
        and right.startswith(("责任", "牵头", "任务", "由"))
    ):
        return True  # 3-4项责任单位:…: which items, not how many
    if mention.unit == "分" and not SCORED.search(before):
        return True
    if mention.unit in ("位", "名") and before.endswith(("后", "末", "倒数")):
        return True
    if "已" in left.core and DONE.held_by(left.core):
        return True
    compared = bool(left.op or mention.after)
    if compared and FOR_WHOM.match(left.core):
        return True  # 对可用场地5000平方米以上、…的基地: whom a policy is for
    if dimension == "time" and not (DURATIONS.tail(left.core) or left.down):
        return True
    if (
        right.startswith(("的,", "的)"))
        or right == "的"
        or right.endswith(("包括", "如下", "分别是", "分别为", "有"))
    ):
        return True
    if (
        _every_time(before[-16:])
        and not _each_year(mention, left, before)
        and not (dimension == "money" and (left.to or PER_TIME.search(before)))
    ) or (
        "每" in before
        and not (compared or left.produce or left.to or MADE.tail(left.core))
        and EVERY_ONE.search(before[-12:])
    ):
        return True
    if before.endswith(ORDINAL) and not before.endswith(BEFORE_THEN):
        return True
    if RULE_WORDS.held_by(before) and RULE.search(before):
        return True
    if not EFFECT_SIGNS.isdisjoint(before[-12:]) and EFFECT.search(before[-12:]):
        return True
    if dimension == "length" and not DISTANCE_SIGNS.isdisjoint(before) and DISTANCE.search(before):
        return True
    if left.op and right.startswith("的") and dimension == "ratio" and CONSEQUENCE.search(right):
        return True  # 成活率低于85%的乡镇取消评优资格
    return _of_another_list(mention, before, right) or (not compared and _only_orders(mention, right))


def _every_time(before: str) -> bool:
    """每月召开, 隔周, 每半年至少: what follows is a rhythm."""
    if before.removesuffix("至少").endswith(TIMES):
        return True
    return ("每" in before or "隔" in before) and EVERY_TIME.search(before) is not None


def _each_year(mention: Mention, left: Left, before: str) -> bool:
    """每年新增200户, 每年不少于10个: so many things a year, no rhythm of somebody's work."""
    if "每年" not in before[-16:] or mention.unit not in COUNTED or mention.unit in OF_WORK:
        return False
    doing = before[before.rfind("每年") + 2 :]
    return left.produce or left.op is not None or bool(MADE.tail(left.core) or MADE.head(doing))


def _of_another_list(mention: Mention, before: str, right: str) -> bool:
    """Rhythms (每月调度1次), papers for the press and bodies are listed elsewhere."""
    near = before[-14:] + right[:10]
    if mention.unit == "次" and RHYTHM.held_by(near):
        return True
    if mention.unit in ("篇", "条", "期") and (
        PRESS.tail(right[:12]) or (mention.unit == "篇" and PRESS.held_by(near))
    ):
        return True
    return mention.unit == "个" and bool(BODIES.head(right))


def _only_orders(mention: Mention, right: str) -> bool:
    """三个方面, 30条措施: counted to be listed."""
    if mention.unit not in ("个", "项", "条", "件", "类", "批", "批次", "种"):
        return False
    return right.endswith("指标") or bool(FOR_ORDER.tail(finish(right)))


def attribute(
    mention: Mention, left_is_verb: bool, noun: str, follower: Mention | None, adjacent: bool
) -> bool:
    """500人以上安置点, 税收过5000万元楼宇6栋: the number only says which things are meant.

    `noun` follows the number directly; `follower` is a number that counts that noun; `adjacent`: a number ends
    where this one begins.
    """
    if not noun:
        return False
    counted = dimension_of(mention.unit) in COUNTED
    if follower is not None and (not counted or mention.after):
        return True
    if follower is not None and mention.unit in ("类", "级", "代", "期"):
        return True
    if adjacent and mention.after:
        return True
    if mention.unit in ("人", "户") and mention.after and not PEOPLE.held_by(noun[:10]):
        return True
    if not counted and mention.unit not in ("%",):
        return bool(not left_is_verb or ((mention.after or follower) and QUALIFIED.head(noun)))
    return not left_is_verb and bool(mention.after)


def directly(right: str) -> str:
    """The noun that follows without a pause, "" when a mark, the end or a verb joined on (并投入运营) follows."""
    if right.startswith("并") and ONWARDS.match(right):
        return ""
    return right if right[:1].isalnum() or right[:1] in ("_", "“") else ""


def drop(sentence: Sentence, ranges: Sequence[tuple[int, int]]) -> bool:
    """Does the sentence stand in one of the ranges?"""
    at = sentence.at[0]
    return any(start <= at < end for start, end in ranges)
