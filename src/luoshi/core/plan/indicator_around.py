"""A number in its sentence: the words before it, the noun behind it, and what the two say about it."""

from luoshi.core.pattern import pattern
from luoshi.core.plan.indicator_kinds import COUNTED
from luoshi.core.plan.indicator_mentions import Mention
from luoshi.core.plan.indicator_names import PRODUCE, VERBS, Head, Left
from luoshi.core.quantity import dimension_of

DOES = pattern(r"[^,]{2,20}?(?:完成|实现)(?!率)")
EACH = pattern(r"(?:每(?:人|户|亩|生|名|床|例|吨|平方米|立方米|年|月|天|日|学期)){1,2}$")
MEASURED = ("money", "mass", "energy", "volume")
SMALL = 10  # below it a numeral in characters is mostly an article (三项机制)


class Around:
    """A number and the words around it. `noun` follows it without a pause and ends at `noun_end`."""

    def __init__(
        self,
        mention: Mention,
        left: Left,
        head: Head,
        noun: str,
        noun_end: int,
        follower: Mention | None,
        at_verb: bool,
    ) -> None:
        self.mention = mention
        self.left = left
        self.head = head
        self.noun = noun
        self.noun_end = noun_end
        self.follower = follower
        self.at_verb = at_verb

    @property
    def counted(self) -> bool:
        return dimension_of(self.mention.unit) in COUNTED

    @property
    def told(self) -> bool:
        """Whether a word before the number says what becomes of it; three items of a “slogan” are no number."""
        left = self.left
        slogan = self.noun.startswith("“") and self.noun.endswith("”")
        said = left.produce or left.op or left.to or left.up or left.down or left.reach
        if not self.noun and (self.mention.value or 0) >= SMALL:  # 城镇新增就业两千八百人
            return True
        ends = not self.noun and (self.head.verb >= 0 or PRODUCE.head(self.head.name))  # 改造危桥九座
        return not slogan and bool(said or ends or PRODUCE.tail(left.core))

    @property
    def acts(self) -> bool:
        """全县150个重点项目完成投资120亿元: the number only says how many of them do it."""
        left = self.left
        if not self.follower or not self.counted or self.head.verb >= 0 or self.mention.after:
            return False
        return not (left.produce or left.op or left.reach) and DOES.match(self.noun) is not None

    @property
    def named_behind(self) -> bool:
        """打造1家示范区, 新建A、B等4条支路: the thing counted stands behind the number."""
        moved = self.left.to or ((self.left.up or self.left.down) and not self.counted)
        if not self.noun or moved:
            return False
        if dimension_of(self.mention.unit) == "ratio":
            return self.noun.startswith("的") and not self.head.name
        return self.at_verb or (self.counted and not self.noun.startswith("的") and not VERBS.head(self.noun))


def without_each(text: str, mention: Mention) -> str:
    """提高到每人每月|760元: a measure said before its number is no part of the name."""
    each = EACH.search(text) if "每" in text and dimension_of(mention.unit) in MEASURED else None
    return text[: each.start()] if each else text
