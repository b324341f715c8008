"""Names of leaders in a table cell: without their posts, across blanks and wraps, damaged ones by the rest of the column."""

from collections.abc import Collection
from functools import lru_cache

from luoshi.core.pattern import HAN, pattern

_HAN = pattern(HAN)
_CUT = pattern(r"[\s、,;/]+")
_POST = r"(?:[县市区州旗镇乡]长|书记|主任|局长|常委|领导|主席|秘书长|部长|同志|委员|专员|负责人)"
_BEFORE = pattern(rf"(?:{HAN}|、)*{_POST}[(:]?(?P<name>{HAN}{{2,4}})\)?$")
_AFTER = pattern(rf"(?P<name>{HAN}{{2,3}})(?:\([^()]*\)|(?:常务)?副?{_POST})$")
_NOBODY = pattern(
    r"[省市县区州旗镇乡](?:委|政|人大)|相关|有关|分管|各|常务|主要|联系|包联|牵头|县级|市级|区级|副$"
)
_NAME = pattern(rf"{HAN}{{2,4}}$|{HAN}{{2,8}}·{HAN}{{2,8}}$")
# Posts that stand apart from the name they belong to: 县委常委、副县长 张三; 张三 副县长.
_POSTS = rf"(?:{HAN}{{0,14}}{_POST}、)*{HAN}{{0,14}}{_POST}"
_ONE = rf"{HAN}{{2,3}}(?!{HAN})|{HAN}\s+{HAN}(?!{HAN})"
_POST_APART = pattern(rf"(?:(?<=[、,;/\s])|^)(?!相关|有关|各|分管){_POSTS}\s+(?!{_POSTS})(?={_ONE})")
_POST_BEHIND = pattern(
    rf"(?:(?<=[、,;/\s])|^)(?!{_POSTS})(?P<name>{HAN}{{2,3}})[ ]+(?=[省市县区州镇乡党副常政人]){_POSTS}(?=$|[、,;/\s])"
)


_POST_BELOW = pattern(rf"(?:(?<=[、,;/\s])|^)(?!{_POSTS}\n)(?P<name>{HAN}{{2,3}})\n{_POSTS}$")
# A post in brackets behind its name, on the next line of the cell or on the same: 张三(县委常委、副县长).
_POST_IN_BRACKETS = pattern(rf"(?<={HAN})\s*\((?:{HAN}|[、, ])*{_POST}\)")


@lru_cache(maxsize=1024)  # the same few leaders stand in row after row
def read_people(text: str) -> tuple[str, ...]:
    """Names (or posts that stand for a person, 相关副县长) in printed order; a name that lost characters stays as it is."""
    people: list[str] = []
    single = ""
    if "(" in text:
        text = _POST_IN_BRACKETS.sub("", text)
    if any(sign in text for sign in " \n"):
        text = _POST_BELOW.sub(r"\g<name>", _POST_BEHIND.sub(r"\g<name>", _POST_APART.sub("", text)))
    for piece in filter(None, _CUT.split(text)):
        if len(piece) == 1:
            if single:
                people.append(single + piece)
                single = ""
            else:
                single = piece
            continue
        if single:
            people.append(single)
            single = ""
        people.append(_bare(piece))
    if (
        single
        and people
        and len(people[-1]) == 2
        and _NAME.match(people[-1])
        and text.endswith(f"{people[-1]} {single}")
    ):
        people[-1] += single  # 张海 涛: a blank of a scan inside the name
    elif single:
        people.append(single)
    return tuple(p for p in people if _HAN.match(p))


def _bare(piece: str) -> str:
    for form in (_BEFORE, _AFTER):
        if (m := form.match(piece)) and not _NOBODY.search(m["name"]):
            return m["name"]
    return piece.strip("()")


def parted(name: str, known: Collection[str]) -> list[str]:
    """A run of characters as the known names it consists of (张三李四 where both stand alone elsewhere), else as it is."""
    for cut in range(1, len(name)):
        if min(cut, len(name) - cut) > 1 and name[:cut] in known and name[cut:] in known:
            return [name[:cut], name[cut:]]
    return [name]


def is_damaged(name: str) -> bool:
    """Whether nothing but one character of a name is left."""
    return len(name) == 1


def restored(name: str, known: Collection[str]) -> str | None:
    """The one known name that holds what is left of a damaged one, None when there is none or more than one."""
    found = {k for k in known if _NAME.match(k) and name in k}
    return found.pop() if len(found) == 1 else None
