"""The indicators of one sentence: each number is given its name from the words before or behind it."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_around import Around, without_each
from luoshi.core.plan.indicator_cues import read_cue
from luoshi.core.plan.indicator_doubts import doubts_of
from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.indicator_filters import attribute, directly, grant_from, granted, no_target
from luoshi.core.plan.indicator_kinds import COUNTED, kind_of
from luoshi.core.plan.indicator_mentions import Mention, Sentence, full_units, mentions
from luoshi.core.plan.indicator_names import (
    ASPECTS,
    DECREASE,
    EFFORT,
    JOINT,
    JOINT_SIGNS,
    PRODUCE,
    REFER,
    SCOPE,
    STANDING,
    TAIL,
    TRIMMED,
    VERBS,
    Left,
    complete,
    cut_lead_in,
    finish,
    read_left,
    read_right,
    split_names,
    split_rates,
    strip_heads,
    unsplit_names,
)
from luoshi.core.plan.indicator_stages import at_stage, of_those, without_result
from luoshi.core.plan.patterns import words
from luoshi.core.quantity import Op, dimension_of, read_op

RESULT, RESOLVED, INVESTED = words("nouns.result"), words("verbs.resolved"), words("verbs.invested")
RATES, GROWTH = words("nouns.rates"), words("nouns.growth")
TOWARDS = frozenset("对将把给向")
ALL_OF = pattern(rf"[{''.join(sorted(TOWARDS))}](?:全[县市区省州镇乡域]|辖区内?|现有|已有)的?")
# Said of what was or is, inside a sentence that goes on to what will be.
PAST_CLAUSE = pattern(
    r"(?:去年|上年|目前|现有|[^,]{0,12}(?:下辖|辖(?!区)|连续[两三四五六七八九十]+年))(?![^,]*基础上)"
)
REACH_BACK = 90  # characters a name may lie before or behind its number
MOST_VALUES = 12  # numbers one list of names may share out
# At most nine signs, the first of them one of these.
RAISE_OPENS = frozenset("逐分均提增扩上调缩精减下降压整合归优")
RAISED = pattern(
    r"(?:逐步|分别|均)?(?:提高|增加|提升|扩大|增长|上升|上调|调整|缩减|精简|减|下降|降低|减少|压缩|缩短|压减|压降|整合|合并|归并|优化|精简|降|增)(到|至|为)?[^,、0-9]{0,4}"
)
# At most six signs.
NEXT_VALUE = pattern(r"[、,]?(?:和|与|及|以及)?(?:不低于|不少于|不超过|超过|至少|约)?")
ALSO = pattern(r"[、和及与,]?(?:共计?|合计|总计|约)?")
PREPOSITIONS = ("为", "对", "向", "给")
SORTS = ("类", "型")
PLACED = ("以", "在", "从", "于", "自", "按")


def read_sentence(sentence: Sentence) -> list[Draft]:
    """The indicators of one sentence; names reach back no further than the sentence."""
    found = mentions(sentence)
    return list(_Reader(sentence, found, grant_from(sentence)).drafts()) if found else []


class _Reader:
    """Walks the mentions of one sentence.

    done    where the last indicator ended: names do not reach back over it
    made    the last one was made by a verb (新增 A 2家、B 3家 share it)
    whole   what the last one was part of (其中…), "" when of nothing: it measures as the whole does
    """

    def __init__(self, sentence: Sentence, all: list[Mention], grant: int | None) -> None:
        self.sentence = sentence
        self.all = all
        self.grant = grant
        self.done = 0
        self.made = False
        self.whole = ""
        self.chain_start = 0
        self.last: Draft | None = None
        self.names: list[str] = []
        # 2万户6万人的…: numbers that another one follows back to back share the words around them with it.
        self.chained = {
            i
            for i, (first, second) in enumerate(pairwise(all))
            if first.end == second.start and not (first.cue or first.after or second.cue)
        }

    def drafts(self) -> Iterator[Draft]:
        i, base = 0, None
        while i < len(self.all):
            mention, used = self.all[i], 1
            found: list[Draft] = []
            if mention.cue:
                found, used = read_cue(self.sentence, self.all, i, self.done)
                found = [self._named_in_full(draft) for draft in found]
            elif mention.after and (
                among := of_those(self.sentence, self.done, self.all[i : i + 2], self.last)
            ):
                found, used, self.done = [among], 2, among.end
            elif self.grant is not None and mention.start >= self.grant and granted(self.sentence, mention):
                pass
            elif self._is_base(i):
                base, i = mention.value, i + 1
                continue
            else:
                found = self._number(i, base)
                while found and i + used < len(self.all) and self.all[i + used].end <= self.done:
                    used += 1
            base = None
            for draft in found:
                self.last = draft
                self.names.append(draft.name)
                yield draft
            i += used

    def _named_in_full(self, draft: Draft) -> Draft:
        """制造业贷款增长18%,增速高于各项贷款: 增速 is that of the indicator before."""
        if self.last is None:
            return draft
        if draft.name not in GROWTH:
            return draft._replace(name=complete(draft.name, self.last.name))
        return draft._replace(name=self.last.name.removesuffix(GROWTH.tail(self.last.name)) + draft.name)

    def _is_base(self, i: int) -> bool:
        """从80元提高到90元: the first number is where it starts from."""
        if i + 1 == len(self.all) or self.all[i + 1].cue:
            return False
        text, mention, after = self.sentence.text, self.all[i], self.all[i + 1]
        if after.start - mention.end > 9 or text[mention.end] not in RAISE_OPENS:
            return False
        raised = RAISED.fullmatch(text, mention.end, after.start)
        before = text[max(0, mention.start - 8) : mention.start]
        return raised is not None and ("从" in before or "由" in before or raised[1] is not None)

    def _left(self, i: int, after_base: bool, clause: int) -> Left:
        """The words before the number, back to the pause at `clause`, the last indicator, or 从 of its base."""
        text, mention = self.sentence.text, self.all[i]
        lo = max(clause, self.done, mention.start - REACH_BACK)
        if not after_base:
            first = mention
            if i - 1 in self.chained:
                first, lo = self.all[i - 1], max(self.chain_start, mention.start - REACH_BACK)
            self.chain_start = lo
            words = text[lo : first.start]
            return read_left(without_each(words, mention) if "每" in words else words, lo)
        start = self.all[i - 1].start
        left = read_left(text[self.all[i - 1].end : mention.start], 0)
        cut = max(text.rfind("从", lo, start), text.rfind("由", lo, start))
        before = read_left(without_each(text[lo : cut if cut >= lo else start], mention), lo)
        left.core, left.start, left.each, left.to = before.core, lo, left.each or before.each, True
        return left

    def _right(self, i: int, hi: int) -> tuple[str, int, Mention | None]:
        """What follows up to the pause at `hi`, where it ends, and the number that counts it without a pause between."""
        text = self.sentence.text
        if i in self.chained and not self.all[i + 1].after:
            i += 1
        mention = self.all[i]
        right = text[mention.end : min(hi, mention.end + REACH_BACK)].rstrip(",:()|—")
        after = self.all[i + 1] if i + 1 < len(self.all) and self.all[i + 1].start < hi else None
        if after is None or after.cue or after.start == mention.end:
            return right, mention.end + len(right), None
        between = text[mention.end : after.start]
        joined = not JOINT_SIGNS.isdisjoint(between)
        joints = [m.start() for m in JOINT.finditer(text, mention.end, after.start)] if joined else []
        if joints:
            return text[mention.end : joints[-1]], joints[-1], None
        return text[mention.end : after.start], after.start, after

    def _around(self, i: int, base: Decimal | None) -> Around | None:
        """The words around the number, None when they make it something else than a target."""
        mention = self.all[i]
        clause, clause_end = self.sentence.clause(mention.start)
        left = self._left(i, base is not None, clause)
        right, right_end, follower = self._right(i, clause_end)
        noun = directly(right)
        if noun.removeprefix("的") in TAIL:
            noun = ""
        if left.core in PREPOSITIONS:
            left.core = ""
        before = self.sentence.text[max(0, mention.start - 30) : mention.start]
        if PAST_CLAUSE.match(self.sentence.text, clause, mention.start):
            return None
        if no_target(mention, left, before, right) or self._points_at_list(mention, left):
            return None
        if len(left.core) > 6:
            left.core, cut = cut_lead_in(left.core)
            left.start += cut
        head = strip_heads(left.core, joined=0 < self.done == left.start)
        if (less := DECREASE.head(head.name)) and len(less) > 1 and len(head.name) > len(less) + 1:
            head, left.down = head._replace(name=head.name[len(less) :]), True
        if head.name.startswith(("将", "把")) and len(head.name) > 4 and (left.up or left.down or left.to):
            head = head._replace(name=head.name[1:], went=head.went + 1)
        at_verb = (
            not head.name
            or left.core.endswith(("等", "的"))
            or bool(SCOPE.tail(head.name) or VERBS.tail(left.core))
        )
        if ("减" in head.name or "简" in head.name or "缩" in head.name) and (
            trimmed := TRIMMED.fullmatch(head.name)
        ):
            head, left.down = head._replace(name=self._trimmed(trimmed[1], trimmed[2])), True
        around = Around(mention, left, head, noun, right_end, follower, at_verb)
        if head.name and not at_verb and not mention.after and noun:
            lost_pause = PRODUCE.head(noun) or (follower is not None and around.counted)
            around.noun, around.follower = ("", None) if lost_pause else (noun, follower)
        adjacent = i > 0 and self.all[i - 1].end == mention.start and not self.all[i - 1].cue
        if attribute(mention, at_verb or left.produce, around.noun, around.follower, adjacent):
            return None
        if around.acts:
            self.done, self.made = mention.end, True
            return None
        return around

    def _trimmed(self, whose: str, what: str) -> str:
        """一件事平均减时间70%、减材料60%: 减 stands before what becomes less."""
        if whose or self.last is None or self.last.kind != "decrease":
            return whose + what
        return self.last.name[: -len(what)] + what

    def _points_at_list(self, mention: Mention, left: Left) -> bool:
        """落实30条措施 and 以10件实事为引领 promise nothing about the number; 聚焦15个问题,…确保销号 does."""
        if left.core.endswith(PLACED) or (left.core[:1] in TOWARDS and ALL_OF.fullmatch(left.core)):
            return True
        listed = mention.unit in ("个", "条", "项", "种", "类") and bool(REFER.head(left.core))
        return listed and not RESOLVED.held_by(self.sentence.text[mention.end : mention.end + 4 * REACH_BACK])

    def _number(self, i: int, base: Decimal | None) -> list[Draft]:
        around = self._around(i, base)
        if around is None:
            return []
        mention, left = around.mention, around.left
        if mention.spelled and mention.unit != "%" and not around.told:
            return []
        if "其中" in left.core:
            self.whole = self.last.name if self.last is not None else ""
        elif self.done != left.start:
            self.whole = ""
        found = self._counted(around) if around.named_behind else None
        if found is None:
            found = self._measured(i, around, base)
        if found:
            self.done = mention.end if i in self.chained else found[-1].end
        return found

    def _counted(self, around: Around) -> list[Draft] | None:
        """打造1家示范区; [] when the words promise only effort, None when nothing is named behind."""
        mention, left, head, noun = around.mention, around.left, around.head, around.noun
        name = finish(read_right(noun))
        if not name or name in RESULT:
            return None
        made = head.verb >= 0 or left.produce or bool(PRODUCE.tail(left.core) or PRODUCE.head(head.name))
        clause_end = self.sentence.clause(mention.start)[1]
        rest = self.sentence.text[mention.end : min(clause_end, mention.end + REACH_BACK)]
        promised = made or mention.after or left.op or left.up or left.down or RESULT.held_by(rest)
        pointed = left.core.endswith(("的", "等")) or not head.name or SCOPE.tail(head.name)
        if not promised and (EFFORT.head(left.core) or not pointed):
            return []
        if left.core.endswith("等"):
            name = head.name.removesuffix("等") + "等" + name
        elif left.core.endswith("的") and len(head.name) <= 12:
            name = head.name + name
        start = min(left.start + (head.verb if head.verb >= 0 else head.went), mention.start)
        return [self._draft(mention, around, name, start, around.noun_end, counted=True)]

    def _measured(self, i: int, around: Around, base: Decimal | None) -> list[Draft]:
        """地区生产总值增长8%: the name stands before the number; A、B分别达到… takes several."""
        left, head = around.left, around.head
        name = finish(head.name)
        start = left.start + (head.verb if head.verb >= 0 else head.went)
        if head.verb >= 0 and left.core.startswith("新", head.verb) and self._measures(around, name):
            name = finish(left.core[head.verb :])
        if around.noun.startswith("的") and name and around.counted:
            name += finish(read_right(around.noun))
        name, start, guessed = self._whole_name(name, start, left, head.verb)
        if not name and self.last is not None and self._counts_again(around.mention):
            name, start = self.last.name, self.last.start
        carried = not name and self.last is not None and left.op and around.mention.unit == self.last.unit
        if carried and self.last is not None:  # 一季度增长8%,全年不低于9%
            name, start, guessed = self.last.name, left.start, True
        name = at_stage(self.sentence, self.done, around.mention, self.last) or name
        if not name:
            return []
        values = full_units(self._values(i))
        if guessed and left.each and not finish(head.name) and 1 < len(values) <= len(self.names):
            return self._paired(values, around, start)
        several = len(values) > 1
        if left.each or several:
            names = split_names(name, len(values))
        elif left.up and not left.to and not around.counted:
            names = split_rates(name)
        else:
            names = [name]
        if left.each and len(names) == 1 and several:
            names, guessed = unsplit_names(name, len(values)), True
        after = ""
        if len(names) > 1:
            values = values[: len(names)] if several else values * len(names)
            after = values[-1].after
            guessed = guessed or any(n not in name for n in names)
        elif several:
            values = values[:1]
        end = values[-1].end
        found = [
            self._draft(v, around, n, start, end, after=after, base=base, guessed=guessed)
            for n, v in zip(names, values, strict=True)
        ]
        return [draft._replace(kind=self.last.kind) for draft in found] if carried and self.last else found

    def _measures(self, around: Around, name: str) -> bool:
        """新建商品住房去化周期控制在18个月: of a rate or a duration 新建 is no verb."""
        dimension = dimension_of(around.mention.unit)
        return bool(RATES.tail(name)) or (dimension in ("time", "ratio") and around.left.reach)

    def _counts_again(self, mention: Mention) -> bool:
        """老旧小区31个、5200户: the same thing in another unit."""
        between = self.sentence.text[self.done : mention.start]
        last = self.last.unit if self.last is not None else None
        return last in COUNTED and mention.unit != last and ALSO.fullmatch(between) is not None

    def _paired(self, values: list[Mention], around: Around, start: int) -> list[Draft]:
        """游客500万人次,收入50亿元,分别增长15%、18%: the numbers go to the names before, in order."""
        names, end = self.names[-len(values) :], values[-1].end
        pairs = zip(names, values, strict=True)
        after = values[-1].after
        return [self._draft(v, around, n, start, end, after=after, guessed=True) for n, v in pairs]

    def _whole_name(self, name: str, start: int, left: Left, made: int) -> tuple[str, int, bool]:
        """The name with what it leaves unsaid, and whether that was guessed."""
        if not name:
            more = left.verb in ("新增", "净增")
            if self.last is not None and (left.up or left.down or left.reach or more):
                near = start - self.last.start <= REACH_BACK
                return self.last.name, self.last.start if near else start, True
            return (left.verb if left.verb in INVESTED else ""), start, True
        if echo := self._echo(name, start):
            return echo, start, True
        if self.last is None:
            return name, start, False
        if self.whole and name.endswith(SORTS):
            return name + self.whole.removesuffix(STANDING.tail(self.whole)), start, False
        bare = (name in ASPECTS and made < 0) or name in GROWTH
        before = self.last.name
        whole = (
            before.removesuffix(ASPECTS.tail(before) or GROWTH.tail(before)) + name
            if bare
            else complete(name, before)
        )
        return whole, start, whole != name

    def _echo(self, name: str, start: int) -> str:
        """加大研发投入,投入总量达到…: a name that begins with words of the clause before goes on from it."""
        goes_on = len(name) > 2 and name[2:] in STANDING and name[:2] in STANDING
        alone = self.last is None and name.removeprefix("投入") in ASPECTS
        here = self.sentence.clause(start)[0] if goes_on or alone else 0
        if not here:
            return ""
        lo, hi = self.sentence.clause(here - 1)
        before = self.sentence.text[lo:hi].rstrip(",:")
        if lo < self.done or len(before) > 30 or not self.sentence.text.startswith(",", hi - 1):
            return ""
        at = before.rfind(name[:2]) if goes_on else -1
        if at > 1:
            subject = before[:at]
            while verb := REFER.head(subject):
                subject = subject[len(verb) :]
            return strip_heads(subject).name + name
        return without_result(strip_heads(before).name) + name if alone and 0 < len(before) <= 14 else ""

    def _values(self, i: int) -> list[Mention]:
        """24家、49家以上: the numbers in a row."""
        row = [self.all[i]]
        for mention in self.all[i + 1 : i + MOST_VALUES]:
            end, start = row[-1].end, mention.start
            if mention.cue or start - end > 6 or not NEXT_VALUE.fullmatch(self.sentence.text, end, start):
                break
            row.append(mention)
        return row

    def _draft(
        self,
        m: Mention,
        around: Around,
        name: str,
        start: int,
        end: int,
        *,
        counted: bool = False,
        after: str = "",
        base: Decimal | None = None,
        guessed: bool = False,
    ) -> Draft:
        left, head = around.left, around.head
        joined = 0 < self.done == left.start
        self.made = counted or head.verb >= 0 or bool(PRODUCE.head(head.name)) or (self.made and joined)
        op: Op = read_op(None, m.after or after, m.more)
        if left.op and (op == "=" or left.op in ("<", ">", ">=")):
            op = left.op
        if head.least:
            op = ">="
        kind = kind_of(
            left, m.unit, name, self.made and base is None and (head.verb >= 0 or head.name not in ASPECTS)
        )
        silent = not (left.up or left.down or left.reach or left.produce)
        if (
            (self.whole or (guessed and silent))
            and kind in ("new", "level")
            and self.last is not None
            and self.last.unit == m.unit
        ):
            kind = self.last.kind
        doubts = doubts_of(name, kind, m, self.sentence.printed[start:end], guessed)
        return Draft(name, kind, op, m.value, m.unit, start, end, m.high, base, None, doubts)
