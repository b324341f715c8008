"""The indicators of one sentence: each number is given its name from the words before or behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from luoshi.core.plan.indicator_cues import read_cue
from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.indicator_filters import (
    attribute,
    directly,
    grant_from,
    no_target,
)
from luoshi.core.plan.indicator_kinds import COUNTED, kind_of
from luoshi.core.plan.indicator_mentions import Mention, Sentence, mentions
from luoshi.core.plan.indicator_names import (
    ASPECTS,
    JOINT,
    PRODUCE,
    REFER,
    SCOPE,
    STANDING,
    TAIL,
    VERBS,
    Head,
    Left,
    complete,
    cut_lead_in,
    finish,
    read_left,
    read_right,
    split_names,
    strip_heads,
)
from luoshi.core.plan.model import Doubt
from luoshi.core.plan.patterns import words
from luoshi.core.quantity import Op, dimension_of, read_op

REACH_BACK = 90
MOST_VALUES = 12
RAISED = re.compile(
    r"(?:逐步|分别|均)?(?:提高|增加|提升|扩大|增长|上升|上调|调整|下降|降低|减少|压缩|缩短|压减|压降|降|增)(到|至|为)?[^,、0-9]{0,4}"
)
NEXT_VALUE = re.compile(r"[、,]?(?:和|与|及|以及)?(?:不低于|不少于|不超过|超过|至少|约)?")
EFFORT, RESULT, RESOLVED = words("verbs.effort"), words("nouns.result"), words("verbs.resolved")


def read_sentence(sentence: Sentence) -> list[Draft]:
    """The indicators of one sentence; names reach back no further than the sentence."""
    reader = _Reader(sentence, mentions(sentence), grant_from(sentence))
    return list(reader.drafts())


@dataclass(slots=True)
class _Reader:
    """Walks the mentions of one sentence; `done` is where the last taken one ended."""

    sentence: Sentence
    all: list[Mention]
    grant: int | None
    done: int = 0
    made: bool = False
    left_of_chain: int = 0
    parts: bool = False
    last: Draft | None = None

    def drafts(self) -> Iterator[Draft]:
        i = 0
        base: Decimal | None = None
        while i < len(self.all):
            mention = self.all[i]
            if mention.cue:
                found, used = read_cue(self.sentence, self.all, i, self.done)
            elif self.grant is not None and mention.start >= self.grant:
                found, used = [], 1
            elif self._is_base(i):
                base, i = mention.value, i + 1
                continue
            else:
                found, used = self._number(i, base)
            base = None
            for draft in found:
                self.last = draft
                yield draft
            i += used

    def _points_at_list(self, mention: Mention, left: Left) -> bool:
        """落实30条措施 promises nothing about thirty; 聚焦15个问题,…确保销号 does."""
        listed = mention.unit in ("个", "条", "项") and bool(REFER.head(left.core))
        return listed and not RESOLVED.held_by(self.sentence.text[mention.end : mention.end + 4 * REACH_BACK])

    def _is_base(self, i: int) -> bool:
        """从80元提高到90元: the first number is where it starts from."""
        if i + 1 == len(self.all) or self.all[i + 1].cue:
            return False
        text, mention, after = self.sentence.text, self.all[i], self.all[i + 1]
        between = text[mention.end : after.start]
        before = text[max(0, mention.start - 8) : mention.start]
        raised = RAISED.fullmatch(between)
        return raised is not None and ("从" in before or "由" in before or raised[1] is not None)

    def _left(self, i: int, base: bool) -> Left:
        text, mention = self.sentence.text, self.all[i]
        lo = max(self.sentence.clause(mention.start)[0], self.done, mention.start - REACH_BACK)
        if not base:
            first = i - 1 if i and self._chained(i - 1) else i
            lo = max(self.left_of_chain, mention.start - REACH_BACK) if first < i else lo
            self.left_of_chain = lo
            return read_left(text[lo : self.all[first].start], lo)
        first = self.all[i - 1].start
        left = read_left(text[self.all[i - 1].end : mention.start], 0)
        cut = max(text.rfind("从", lo, first), text.rfind("由", lo, first))
        before = read_left(text[lo : cut if cut >= lo else first], lo)
        left.core, left.start, left.each = before.core, lo, left.each or before.each
        left.to = True
        return left

    def _chained(self, i: int) -> bool:
        """2万户6万人的…: two numbers back to back share the words around them."""
        first, second = self.all[i], self.all[i + 1]
        return first.end == second.start and not (first.cue or first.after or second.cue)

    def _right(self, i: int) -> tuple[str, Mention | None]:
        """What follows up to the pause, and the number that counts it when one follows without a pause."""
        text, mention = self.sentence.text, self.all[i]
        hi = min(self.sentence.clause(mention.start)[1], mention.end + REACH_BACK)
        right = text[mention.end : hi].rstrip(",:()|—")
        if i + 1 < len(self.all) and self._chained(i) and not self.all[i + 1].after:
            i += 1
            mention = self.all[i]
            right = text[mention.end : hi].rstrip(",:()|—")
        after = self.all[i + 1] if i + 1 < len(self.all) and self.all[i + 1].start < hi else None
        if after is None or after.cue or after.start == mention.end:
            return right, None
        between = text[mention.end : after.start]
        joints = [m.start() for m in JOINT.finditer(text, mention.end, after.start)]
        if joints:
            return text[mention.end : joints[-1]], None
        return between, after

    def _number(self, i: int, base: Decimal | None) -> tuple[list[Draft], int]:
        mention = self.all[i]
        left = self._left(i, base is not None)
        right, follower = self._right(i)
        noun = directly(right)
        if (noun and TAIL.tail(noun) and not finish(noun.removeprefix("的"))) or noun.removeprefix(
            "的"
        ) in TAIL:
            noun = ""
        before = self.sentence.text[max(0, mention.start - 30) : mention.start]
        if left.core in ("为", "对", "向", "给", "在"):
            left.core = ""
        if (
            no_target(mention, before, right, left.op)
            or self._points_at_list(mention, left)
            or left.core.endswith(("以", "在", "从", "于", "自", "按"))
        ):
            return [], 1
        core, cut = cut_lead_in(left.core) if len(left.core) > 6 else (left.core, 0)
        left.core, left.start = core, left.start + cut
        head = strip_heads(core)
        at_verb = (
            not head.name
            or bool(SCOPE.tail(head.name))
            or bool(VERBS.tail(core))
            or core.endswith(("等", "的"))
        )
        adjacent = (
            self.all[i - 1]
            if i and self.all[i - 1].end == mention.start and not self.all[i - 1].cue
            else None
        )
        if head.name and not at_verb and (follower is not None or PRODUCE.head(noun)) and not mention.after:
            counted = dimension_of(mention.unit) in COUNTED
            noun, follower = ("", None) if counted or PRODUCE.head(noun) else (noun, follower)
        if attribute(mention, at_verb or left.produce, noun, follower, adjacent):
            return [], 1
        if mention.spelled and mention.unit != "%" and not (PRODUCE.tail(core) or left.produce or left.op):
            return [], 1
        beside = (
            bool(noun) and not (left.up or left.down or left.to) and dimension_of(mention.unit) != "ratio"
        )
        found = None
        if (beside and at_verb) or (
            beside
            and not noun.startswith("的")
            and not VERBS.head(noun)
            and dimension_of(mention.unit) in COUNTED
        ):
            found = self._counted(mention, left, head, noun)
        if found is None:
            found = self._measured(i, left, head, noun, base)
        if not found:
            return [], 1
        self.done = found[-1].end
        used = 1
        while i + used < len(self.all) and self.all[i + used].end <= self.done:
            used += 1
        return found, used

    def _counted(self, mention: Mention, left: Left, head: Head, noun: str) -> list[Draft] | None:
        """打造1家示范区: the thing counted stands behind the number."""
        name = finish(read_right(noun))
        if not name:
            return None
        made = (
            head.verb >= 0 or bool(PRODUCE.tail(left.core)) or bool(PRODUCE.head(head.name)) or left.produce
        )
        promised = (
            made or mention.after or left.op or RESULT.held_by(noun) or RESULT.held_by(self._rest(mention))
        )
        pointed = left.core.endswith(("的", "等")) or not head.name or SCOPE.tail(head.name)
        if not promised and (EFFORT.head(left.core) or not pointed):
            return []
        if left.core.endswith("等"):
            name = head.name.removesuffix("等") + "等" + name
        elif left.core.endswith("的") and len(head.name) <= 12:
            name = head.name + name
        start = min(left.start + (head.verb if head.verb >= 0 else head.went), mention.start)
        return [self._draft(mention, left, head, name, start, mention.end + len(noun), True)]

    def _rest(self, mention: Mention) -> str:
        """What follows up to the end of the clause."""
        return self.sentence.text[mention.end : self.sentence.clause(mention.start)[1]][:REACH_BACK]

    def _measured(self, i: int, left: Left, head: Head, noun: str, base: Decimal | None) -> list[Draft]:
        """地区生产总值增长8%: the name stands before the number; A、B分别达到… takes several."""
        mention = self.all[i]
        name = finish(head.name)
        if noun.startswith("的") and name and dimension_of(mention.unit) in COUNTED:
            name += finish(read_right(noun))
        start = left.start + (head.verb if head.verb >= 0 else head.went)
        doubts: tuple[Doubt, ...] = ()
        if not name:
            name, start = self._elided(left, start)
            if not name:
                return []
            doubts = (_guessed(mention, self.sentence, name),)
        elif echo := self._echo(name, start):
            name = echo
        elif self.last is not None:
            whole = self.last.name + name if name in ASPECTS else complete(name, self.last.name)
            if whole != name:
                doubts = (_guessed(mention, self.sentence, whole),)
                name = whole
        values = self._values(i)
        names = split_names(name, len(values)) if left.each or len(values) > 1 else [name]
        if len(names) == 1 and len(values) > 1:
            values = values[:1]
        several = len(names) > 1
        if len(values) == 1:
            values = values * len(names)
        end = values[-1].end
        after = values[-1].after if several else ""
        drafts = [
            self._draft(v, left, head, n, start, end, False, after)
            for n, v in zip(names, values, strict=True)
        ]
        return [replace(d, base=base, doubts=doubts) for d in drafts]

    def _echo(self, name: str, start: int) -> str:
        """加大研发投入,投入总量达到…: a name that begins with the end of the clause before goes on from it."""
        here = self.sentence.clause(start)[0]
        lo, hi = self.sentence.clause(here - 1) if here else (0, 0)
        before = self.sentence.text[lo:hi].rstrip(",:")
        if lo < self.done or len(before) > 30 or not self.sentence.text.startswith(",", hi - 1):
            return ""
        at = before.rfind(name[:2]) if len(name) > 2 and name[2:] in STANDING else -1
        if at > 1:
            subject = before[:at]
            while verb := REFER.head(subject):
                subject = subject[len(verb) :]
            return strip_heads(subject).name + name
        alone = name.removeprefix("投入") in ASPECTS and self.last is None and len(before) <= 14
        return strip_heads(before).name + name if before and alone else ""

    def _elided(self, left: Left, start: int) -> tuple[str, int]:
        """A number with no name beside it measures what was measured last; 投入9800万元 measures the verb."""
        if self.last is not None and (left.up or left.down or left.reach):
            return self.last.name, self.last.start
        return left.verb if left.verb in ("投入", "到位", "发放", "争取") else "", start

    def _values(self, i: int) -> list[Mention]:
        """24家、49家以上: the numbers in a row."""
        row = [self.all[i]]
        for mention in self.all[i + 1 : i + MOST_VALUES]:
            if mention.cue or not NEXT_VALUE.fullmatch(self.sentence.text[row[-1].end : mention.start]):
                break
            row.append(mention)
        return row

    def _draft(
        self,
        m: Mention,
        left: Left,
        head: Head,
        name: str,
        start: int,
        end: int,
        counted: bool,
        after: str = "",
    ) -> Draft:
        aspect = head.name in ASPECTS
        joined = self.made and 0 < self.done == left.start
        self.made = counted or head.verb >= 0 or bool(PRODUCE.head(head.name)) or joined
        op: Op = read_op(None, m.after or after, m.more)
        if left.op and (op == "=" or left.op in ("<", ">", ">=")):
            op = left.op
        if head.least:
            op = ">="
        kind = kind_of(left, m.unit, name, self.made and not aspect)
        self.parts = "其中" in left.core or (self.parts and 0 < self.done == left.start)
        if self.parts and self.last is not None and self.last.unit == m.unit and kind == "new":
            kind = self.last.kind
        return Draft(name, kind, op, m.value, m.unit, start, end, m.high)


def _guessed(mention: Mention, sentence: Sentence, name: str) -> Doubt:
    words = sentence.text[mention.start : mention.end]
    return Doubt("name-guessed", f"“{words}”前面没有写全指标名称,是不是“{name}”?")
