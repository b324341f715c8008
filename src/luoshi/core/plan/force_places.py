"""Where a task force comes into being: the words that set it up (成立…工作专班), or the title of its name list."""

import re
from collections.abc import Iterator, Sequence

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.force_roster import Seats, is_label, read_roster
from luoshi.core.plan.force_seats import read_seats
from luoshi.core.plan.subjects import after_last

STRONG = "工作专班|专班|领导小组|联席会议|指挥部|协调小组|协调组|推进小组"
WEAK = "工作小组|攻坚组|推进组|专项组|工作组|委员会|推进机制|工作机制|协调机制"
_STRONG = frozenset(STRONG.split("|"))
_TITLED = _STRONG | {"委员会", "工作组"}  # bodies that have name lists with a title
_ORGAN = pattern(rf"{STRONG}|{WEAK}")
_SET_UP = pattern(r"(?:建立健全|调整成立|调整充实|充实调整|成立|建立|组建|设立|调整)(?:了|起)?")
_BARE = pattern(
    rf"(?:相应|专门|专项|专题|联合|统一|若干|工作|推进|\d+个|[一二三四五六七八九十两几]+个|组织|的)*(?:{STRONG}|{WEAK})$"
)
_EACH = pattern(r"((?:每[个项条]|各)[^,。;:、\n]{1,14}?)(?:都|均|分别|要|应|对应|牵头)*$")
_HEADS = r"(?:双|第一|总)?(?:组长|召集人|指挥长|总指挥|班长|牵头人)"
_SAYS_WHO = pattern(rf"(?:任|为|担任){_HEADS}|由[^,。;]{{2,20}}长{HAN}{{0,4}}牵头")
# A body that has its seats named without having been set up: 产业专班由副县长任组长;民生专班由…
_SEATED = pattern(rf",?(?:由|以)[^,。;:\n]{{2,40}}?(?:任|为|担任|作为){_HEADS}|[:(]{_HEADS}(?:[:由])")
_NUMBERING = r" *(?:[一二三四五六七八九十\d]+[、.] *|\([一二三四五六七八九十\d]+\) *)*"
_NUMBERED = pattern(_NUMBERING)
_NOT_A_BODY = pattern(r"办公室|(?:推进|工作|运行|包保|攻坚)+机制|召集人|成员|组长|专报|人员|负责人")
_QUOTED_END = pattern(rf"”(?!{HAN})")
_LIST_END = r"(?:的)?(?:组成)?(?:人员|成员|成员单位)?(?:组成)?(?:名单|表)?(?:如下)?:? *"
_TITLE = pattern(rf" *(?:附件 *\d*[:.、]? *)?{_NUMBERING}(.{{0,50}}?(?:{STRONG}|委员会|工作组)){_LIST_END}$")
_TABLE_HEAD = pattern(r"[^\n]*姓 *名[^\n]*$")
# 1.项目推进组。组长:张某;副组长:…  A group below a body, with its head right behind its name.
_GROUP = pattern(r"[组班部](?:\([^()\n]{0,12}\))?[。:]?[ \n]{0,3}(?=(?:组 *长|班 *长|召集人) *[:由])")
_GROUP_NAME = pattern(rf"{_NUMBERING}(?P<name>(?:{HAN}|[“”]){{2,16}}(?:组|专班|指挥部))[。:(\n ]")


class Place:
    """A force being read: [start, end) in the clean text, quoted up to `quoted`, the words about its seats from `body`.
    `weak`: a force only if somebody stands at its head. A name is "" where only the kind of body was printed."""

    def __init__(
        self, name: str, organ: str, start: int, body: int, quoted: int, end: int, weak: bool, seats: Seats
    ) -> None:
        self.name = name
        self.organ = organ
        self.start = start
        self.body = body
        self.quoted = quoted
        self.end = end
        self.weak = weak
        self.seats = seats


def find_organs(text: str) -> list[re.Match[str]]:
    """Every word for a body (专班, 领导小组, 工作组 …)."""
    return list(_ORGAN.finditer(text))


def set_up(text: str, organs: Sequence[re.Match[str]]) -> list[Place]:
    """Places where one of the bodies is set up, in order."""
    places: list[Place] = []
    done = 0
    for organ in organs:
        begin = max(done, after_last(text, organ.start(), "。;\n"))
        seated = _seated(text, organ)
        if seated and not seated.name and places and text.find("\n", places[-1].end, organ.start()) < 0:
            seated = None  # 成立…领导小组,领导小组由县长任组长: the one just set up
        verbs = [] if seated else list(_SET_UP.finditer(text, begin, organ.start()))
        if seated:
            places.append(seated)
            done = organ.end()
        if not verbs or _NOT_A_BODY.match(text, organ.end()):
            continue
        verb = verbs[-1]
        words = text[verb.end() : organ.end()]
        if len(words) > 60 or "," in words:
            verb = next((v for v in verbs if text.startswith(("由", "以"), v.end())), verb)
            words = text[verb.end() : organ.end()]
            if len(words) > 200 or not words.startswith(("由", "以")):
                continue
        name = _proper(words)
        if name.startswith("“") and _QUOTED_END.match(text, organ.end()):
            name = name[1:]
        if not name or name.count("“") != name.count("”"):
            continue
        bare = _BARE.match(name) is not None
        each = _EACH.search(text, begin, verb.start()) if bare else None
        start = each.start() if each else verb.start()
        if each:
            name = each.group(1) + name
        first = begin > done or done == 0  # of its sentence: 由县长任组长,成立…
        body = (
            begin
            if first and begin < verb.start() and _SAYS_WHO.search(text, begin, verb.start())
            else verb.end()
        )
        weak = bare or organ.group() in WEAK.split("|")
        places.append(Place(name, organ.group(), start, body, organ.end(), organ.end(), weak, Seats()))
        done = organ.end()
    return places


def _seated(text: str, organ: re.Match[str]) -> Place | None:
    """The body whose head is named right after it, where a clause opens with its name."""
    if organ.group() not in _STRONG or not _SEATED.match(text, organ.end()):
        return None
    clause = after_last(text, organ.start(), "。;:,\n")
    numbering = _NUMBERED.match(text, clause)
    begin = numbering.end() if numbering else clause
    name = text[begin : organ.end()]
    if len(name) > 40 or _SET_UP.search(name) or name.count("“") != name.count("”"):
        return None
    if is_bare(name):  # named after its annex, if it stands in one
        name = ""
    return Place(name, organ.group(), begin, organ.end(), organ.end(), organ.end(), False, Seats())


def is_bare(name: str) -> bool:
    """Whether a name says nothing but what kind of body it is: 工作专班."""
    return _BARE.match(name) is not None


def _proper(words: str) -> str:
    """The name without what describes it: "由县长任组长的X领导小组" -> "X领导小组"."""
    at = words.rfind("的")
    while at >= 0 and words[:at].count("“") != words[:at].count("”"):
        at = words.rfind("的", 0, at)
    return words[at + 1 :].removeprefix("落实")


def titles(text: str, organs: Sequence[re.Match[str]]) -> list[Place]:
    """Titles of name lists (附件1 X领导小组人员名单) on a line with one of the bodies: the next line of words opens a role."""
    places: list[Place] = []
    done = 0
    for organ in organs:
        stop = text.find("\n", organ.end())
        if organ.start() < done or stop < 0 or organ.group() not in _TITLED:
            continue
        done = stop
        begin = after_last(text, organ.start(), "\n")
        if text.find(",", begin, stop) >= 0 or text.find("。", begin, stop) >= 0:
            continue
        title = _TITLE.match(text, begin, stop)
        if not title:
            continue
        lines = [line for _, line in lines_below(text, stop, len(text), 8) if line.strip()]
        if lines and _TABLE_HEAD.match(lines[0]):
            lines = lines[1:]
        if lines and is_label(lines[0]):
            kind = _ORGAN.findall(title[1])[-1]
            start, end = title.start(1), title.end(1)
            places.append(Place(title[1].strip(), kind, start, stop + 1, end, stop, False, Seats()))
    return places


def lines_below(text: str, at: int, limit: int, most: int = 120) -> Iterator[tuple[int, str]]:
    """(offset, line) of the lines after the line end at `at`, up to `limit`."""
    at += 1
    for _ in range(most):
        if at >= limit:
            return
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, text[at:end]
        at = end + 1


def groups(text: str) -> list[Place]:
    """The groups (项目推进组, 要素保障专班) whose heads stand right behind their names, each at the head of a line."""
    places: list[Place] = []
    for head in _GROUP.finditer(text) if _may_name_heads(text) else ():
        begin = after_last(text, head.start(), "\n")
        named = _GROUP_NAME.match(text, begin, head.end())
        if not named or named.end("name") != head.start() + 1 or is_bare(named["name"]):
            continue
        end = text.find("\n", head.end())
        end = end if end >= 0 else len(text)
        place = Place(
            named["name"], "组", named.start("name"), head.end(), head.start() + 1, end, False, Seats()
        )
        if ";" in text[head.end() : end] or "。" in text[head.end() : end]:
            place.seats = read_seats(text[head.end() : end], "组")
        else:
            lines = [text[head.end() : end], *(line for _, line in lines_below(text, end, len(text)))]
            place.seats, _ = read_roster(lines)
        places.append(place)
    return places


def _may_name_heads(text: str) -> bool:
    """Whether a word for a head stands before a colon, 由 or a blank, as `_GROUP` wants it."""
    return (
        "长:" in text or "长由" in text or "长 " in text or "人:" in text or "人由" in text or "人 " in text
    )


def heads_a_group(text: str, start: int, end: int) -> bool:
    """Whether the item text[start:end] is a group with its head (1.项目推进组。组长:张某)."""
    near = min(end, start + 60)
    head = _GROUP.search(text, start, near) if _may_name_heads(text[start:near]) else None
    named = _GROUP_NAME.match(text, start, end) if head else None
    return bool(head and named and named.end("name") == head.start() + 1)
