"""What is measured: the words beside a number, without verb, comparator and lead-in.

`read_left` takes the words before a number apart from their end (新增 高新技术企业 | 分别 达到 不低于), because what
stands next to the number says how it is measured. `read_right` takes the thing counted from behind it.
"""

import re
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.plan.patterns import Words, words
from luoshi.core.quantity import BEFORE, Op

INCREASE, DECREASE, REACH = words("verbs.increase"), words("verbs.decrease"), words("verbs.reach")
EFFORT, LIGHT, ASPECTS = words("verbs.effort"), words("verbs.light"), words("nouns.aspects")
RATES = words("nouns.rates")
PRODUCE = words("verbs.produce").without(EFFORT)
FILL, SCOPE, NOMINAL, INNER = (
    words("verbs.fill"),
    words("verbs.scope"),
    words("verbs.nominal"),
    words("verbs.inner"),
)
AFTER_SUBJECT, STAGES, REFER = words("verbs.after_subject"), words("nouns.stages"), words("verbs.refer")
ACTS = words("verbs.produce").joined(EFFORT, INNER)
STANDING = words("nouns.stock").joined(ASPECTS)
SETTLED, ONWARD = words("verbs.settled"), words("nouns.onward")
TAIL, RESULT, WHOLE, GRADES = (
    words("nouns.tail"),
    words("nouns.result"),
    words("nouns.whole"),
    words("nouns.grades"),
)
OPS = Words(BEFORE)
NEXT_TO_NUMBER = OPS.joined(INCREASE, DECREASE, REACH, FILL, AFTER_SUBJECT)
VERBS = PRODUCE.joined(EFFORT, LIGHT)
OPENS = frozenset(
    [word[0] for word in LIGHT | SCOPE]
)  # signs that what comes off the head of a name begins with

TIME = pattern(
    r"(?:(?:力争|确保)?(?:到|至|在|截至|用)?(?:(?:[0-9]{1,2}|[一二两三四五])(?:年|个月)(?=内|左右)|20[0-9]{2}年?(?:[-—至到]20[0-9]{2}年)?|[“\"]十[四五六七]五[”\"]|[0-9]{1,2}月|[一二三四]季度|本年|每年|全年)"
    r"(?:[0-9]{1,2}月)?(?:上半年|下半年)?(?:底|末|年底|年末|初)?(?:前|以前|之前|内|间|期间|期末|时|起|左右)?)+(?:全(?![员民社国县市区省州镇乡域街辖])|将|要)?"
)
TIME_OPENS = frozenset('到至在截用0123456789一二两三四五本每全“"')
# 创新平台3家 is something counted; 培育企业3家 is something done
COMPOUND = pattern(
    r"(?:创新|孵化|研发|检测|监测|培训|救助|转化|示范|试点|服务|保障)(?:平台|中心|站|点|基地|机构|团队|联合体|综合体|载体)|新增就业|并[网购]"
)
BUILT_UP = pattern(r"建成区(?!域)")  # a part of the town, not something built
SINCE = pattern(r"[比较][“]?[^,、]{1,10}?[”]?(?:末|年|底|期|度|初)$")
GRADE = pattern(r"(?:国家|省|市|县|区|州|部|世界)级(?:(?:及)?以上)?")
INNER_VERB = pattern("|".join(sorted(INNER)))
TRIMMED = pattern(
    r"(.*?)(?:再|平均)?(?:减|压减|精简|压缩)(时间|材料|环节|跑动|费用|成本|要件|表单|次数|时限|证明)"
)
JOINT_SIGNS = frozenset("、并以和与及")
JOINT = pattern(
    r"、|(?<![合撤兼归])并(?![网购轨联])|(?<=.)(?:以及|[和与及](?![美谐平睦解时格以]))(?<![参普涉以]及)(?<!参与)(?<!给与)"
)
SERIES = pattern(
    r"(?:等)?[两二三四五六七八九2-9]?[项类个]?(?:指标|项目指标|任务|方面)$|[两二三四五六七八九2-9]项$"
)
PAUSE = frozenset('、”")')  # and blanks
NOUN_ENDS = frozenset(
    ["通过", "经过", "得到", "找到", "附近", "签约", "节约", "集约", "公约", "条约", "预约", "倍增", "但是"]
)
LEAD = PAUSE.union("和与及以")


class Left:
    """What stands before a number. `core` is the name in the making; the rest is how it is measured."""

    def __init__(self, core: str, start: int) -> None:
        self.core = core
        self.start = start
        self.op: Op | None = None
        self.up = False
        self.down = False
        self.to = False
        self.produce = False
        self.each = False
        self.reach = False
        self.verb = ""


def read_left(text: str, start: int) -> Left:
    """Take the words next to the number off the end of text (which begins at `start` in its sentence)."""
    left = Left(text, start)
    while left.core:
        if (left.up or left.down) and ("比" in left.core or "较" in left.core):
            left.core = SINCE.sub("", left.core)
        word = NEXT_TO_NUMBER.tail(left.core)
        if not word:
            break
        rest = left.core[: -len(word)]
        if _part_of_noun(rest, word):
            break
        _note(left, word)
        left.core = rest
    return left


def _part_of_noun(rest: str, word: str) -> bool:
    """通过, 不到…: the last character of a longer word is no verb."""
    if len(word) > 1:
        return (word == "完成" and rest.endswith(("未", "率"))) or (word == "投入" and rest.endswith("均"))
    if word == "均":
        return rest.endswith(("人", "户", "亩", "地"))
    return rest[-1:] + word in NOUN_ENDS or (word in "为至是有占" and not rest)


def _note(left: Left, word: str) -> None:
    if word in BEFORE:
        left.op = left.op or BEFORE[word]
        left.reach = left.reach or word in ("超过", "突破", "超", "过", "高于", "大于")
    if word in INCREASE:
        left.up = True
    elif word in DECREASE:
        left.down = True
    elif word in AFTER_SUBJECT and word not in ("达到", "累计", "拥有", "实现", "突破"):
        left.produce = True
        left.verb = word
    if word in REACH and (word not in OPS or word in ("超过", "突破", "超", "过")):
        left.reach = True
        left.to = left.to or word[-1] in "到至为" or word in ("达", "控制在")
        left.down = left.down or bool(DECREASE.head(word))
        left.up = left.up or bool(INCREASE.head(word))
        if word in ("控制在", "控制") and left.op is None:
            left.op = "<="
    left.each = left.each or word in ("均", "各", "分别", "分别力争", "双双")


class Head(NamedTuple):
    """What came off the head of a name: `went` characters, the first verb of making at `verb` (-1: none)."""

    name: str
    went: int
    verb: int = -1
    least: bool = False


def strip_heads(name: str, joined: bool = False) -> Head:
    """Take time, light verbs and a scope before a verb off the head of a name; `joined`: a list goes on here."""
    went, verb, least = 0, -1, False
    while True:
        at, signs = went, LEAD if joined or went else PAUSE
        while (name[at : at + 1] in signs and not name.startswith("和美", at)) or name[at : at + 1].isspace():
            at += 1
        sign = name[at : at + 1]
        if sign in "力确":  # 力争到2026年底 may be a time, 力争新增 cannot
            sign = name[at + 2 : at + 3]
        if sign in TIME_OPENS and (time := TIME.match(name, at)):
            at = time.end()
        if at == went and name[at : at + 1] not in OPENS:
            return Head(name[went:], went, verb, least)
        word = LIGHT.head(name, at)
        if COMPOUND.match(name, at) or (
            word in ACTS
            and (
                NOMINAL.head(name, at + len(word))
                or BUILT_UP.match(name, at)
                or (word in ("投入", "计划") and name[at + len(word) :] in ASPECTS)
            )
        ):
            word = ""
        if not word and (scope := SCOPE.head(name, at)) and VERBS.head(name, at + len(scope)):
            word = "" if COMPOUND.match(name, at + len(scope)) else scope
        if word in PRODUCE and word not in ("实现", "突破") and verb < 0:
            verb = at
        least = least or word == "至少"
        at += len(word)
        if at == went:
            return Head(name[went:], went, verb, least)
        went = at


def strip_time(name: str) -> str:
    """2026年新增就业 -> 新增就业."""
    time = TIME.match(name) if name[:1] in TIME_OPENS else None
    return name[time.end() :] if time else name


def cut_lead_in(name: str) -> tuple[str, int]:
    """Cut after the last plain verb inside a long name (县属企业全年完成投资 -> 投资); how many characters went."""
    best = 0
    if name[0] in "在对为将给向":
        best = next((at for at in range(3, len(name) - 3) if len(PRODUCE.head(name, at)) > 1), 0)
    for m in INNER_VERB.finditer(name, 2):
        at, after = m.span()
        if (
            len(name) - after >= 2
            and name[after:] not in STANDING
            and not (NOMINAL.head(name, after) or BUILT_UP.match(name, at))
            and name[at - 1] not in "、和及未已占"
        ):
            best = max(best, at)
    at = len(name)
    while (at := name.rfind("、", 1, at)) > 0:
        if INNER.head(name, at + 1) or EFFORT.head(name, at + 1) or SETTLED.tail(name[:at]):
            best = max(best, at + 1)
            break
    return name[best:], best


OF_INDICATORS = (
    "经济指标",
    "主要指标",
    "各项指标",
    "其他指标",
)  # without the last word they would say something else


def finish(name: str) -> str:
    """Take what is no part of the name off its end."""
    if "(" in name and name.count("(") > name.count(")"):
        name = name[: name.rfind("(")]
    name = name.strip("、的 -—“" if "“" in name and name.count("“") > name.count("”") else "、的 -—")
    while (word := TAIL.tail(name)) and len(name) > len(word):
        if word == "指标" and name.endswith(OF_INDICATORS):
            break
        name = name[: -len(word)]
    name = name.removesuffix("约") if name.endswith(("长约", "度约", "积约")) else name
    for verb in ("实现", "完成"):
        at = name.find(verb)
        if at >= 2 and name[at + 2 :] in STANDING:
            name = name[:at] + name[at + 2 :]
    return name.removesuffix("的").removesuffix("等")


def read_right(text: str) -> str:
    """The thing counted, from behind the number: up to what became of it (2所学校|建成投用)."""
    name = text.lstrip("的")
    if ONWARD.held_by(name):
        name = name[: next((at for at in range(2, len(name) - 1) if ONWARD.head(name, at)), len(name))]
    while (word := RESULT.tail(name)) and len(name) - len(word) >= 2:
        name = name[: -len(word)]
    return name


def split_names(core: str, count: int) -> list[str]:
    """A、B和C into names, the shared head given back to the shorter ones; [core] when it does not come apart.

    >>> split_names("城镇、农村居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> split_names("进出口、进口、出口三项指标", 3)
    ['进出口', '进口', '出口']
    """
    core = SERIES.sub("", core)
    parts = _pieces(core)
    if count and len(parts) > count:
        commas = _pieces(core, "、")
        parts = commas if len(commas) == count else parts
    if len(parts) < 2 or (count > 1 and len(parts) != count):
        return [core]
    return [_with_head(part, parts[-1]) for part in parts]


def split_rates(core: str) -> list[str]:
    """A、B增长8%: each grows at that rate, where each is said in full; [core] of 国、省、市资金 or 小麦、玉米产量."""
    if "、" not in core:
        return [core]
    parts = _pieces(core)
    return parts if len(parts) > 1 and all(len(part) > 3 or part in WHOLE for part in parts) else [core]


def unsplit_names(name: str, count: int) -> list[str]:
    """One name for several numbers: 城乡 is 城镇 and 农村; otherwise the same name again, for a person to tell apart."""
    if name.startswith("城乡") and count == 2:
        return ["城镇" + name[2:], "农村" + name[2:]]
    return [name] * count


def _pieces(core: str, joint: str = "") -> list[str]:
    """Split outside quotes and brackets."""
    pieces, start = [], 0
    for m in re.finditer(joint, core) if joint else JOINT.finditer(core):
        head = core[: m.start()]
        if m[0] and head.count("“") == head.count("”") and head.count("(") == head.count(")"):
            pieces.append(core[start : m.start()])
            start = m.end()
    return [p for p in (*pieces, core[start:]) if p]


def _with_head(part: str, last: str) -> str:
    """散居 beside 集中养育孤儿补贴标准 lacks its head: the modifier of the last name is taken to be as long."""
    if part == last or part in WHOLE or RATES.tail(part) or part.isascii() or part[-2:] == last[-2:]:
        return part
    stage = STAGES.head(last)
    if part in STAGES and stage:
        return part + last[len(stage) :]
    if len(part) <= 4 and len(last) >= len(part) + 2:
        return part + last[len(part) :]
    return part


def complete(name: str, previous: str) -> str:
    """Give an elided name the words it shares with the one before: 市级 after 省级示范村, 过500万企业 after 税收过1000万企业,
    制造业类 after 消费类市场主体."""
    grade = ("级" in name and GRADE.fullmatch(name)) or name in GRADES
    before = GRADE.match(previous) if "级" in previous else None
    if grade:
        return name + previous[before.end() if before else 0 :]
    if name in ("人均", "户均", "亩均", "地均") and not previous.startswith(name):
        return name + previous
    if name.startswith("占") and not previous.startswith("占"):
        return previous.partition("占")[0] + name
    if name[-1] in "类型" and (at := previous.find(name[-1], 1)) > 0:
        return name + previous[at + 1 :]
    if name.startswith(("过", "超")) and not previous.startswith(("过", "超")):
        at = next((i for i, c in enumerate(previous) if c in "过超"), 0)
        kind = previous.rpartition("的")[2] if "的" in previous[at:] and "的" not in name else ""
        return previous[:at] + name + ("的" + kind if kind else "") if at > 0 else name
    return name
