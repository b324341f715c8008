"""工作专班, 领导小组, 联席会议 and who sits in them.

A force is found where it is set up (成立…工作专班, 每个行动建立工作专班) or where its name list stands; both are
one force when they carry one name.
"""

import re
from dataclasses import dataclass

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.force_roster import Seats, is_label, read_roster
from luoshi.core.plan.force_seats import read_seats
from luoshi.core.plan.model import Doubt, TaskForce
from luoshi.core.plan.paper import Paper

_STRONG = "工作专班|专班|领导小组|联席会议|指挥部|协调小组|协调组|推进小组"
_WEAK = "工作小组|攻坚组|推进组|专项组|工作组|委员会|推进机制|工作机制|协调机制"
_ORGAN = pattern(rf"{_STRONG}|{_WEAK}")
_SET_UP = pattern(r"(?:建立健全|调整成立|成立|建立|组建|设立)(?:了|起)?")
_BARE = pattern(
    rf"(?:相应|专门|专项|专题|联合|统一|若干|工作|\d+个|[一二三四五六七八九十两几]+个|组织|的)*(?:{_STRONG}|{_WEAK})$"
)
_EACH = pattern(r"((?:每[个项条]|各)[^,。;:、\n]{1,14}?)(?:都|均|分别|要|应|对应|牵头)*$")
_TITLE = pattern(
    rf"^ *(?:附件 *\d*[:.、]? *|\d+[.、] *)?(.{{2,50}}?(?:{_STRONG}|委员会|工作组))(?:的)?(?:组成)?(?:人员|成员|成员单位)?(?:组成)?(?:名单|表)?(?:如下)?:?$"
)
_NOT_A_BODY = pattern(r"办公室|召集人|成员|组长|专报|人员|负责人")
_WIDE = str.maketrans("()", "（）")
_QUOTED_END = pattern(rf"”(?!{HAN})")
_HEADING = pattern(
    r" *(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、]|附件|第.{1,3}[条章])"
)
_TELLS_SEATS = pattern(
    r"任.{0,8}(?:组长|召集人|指挥长|主任)|(?:组长|召集人|指挥长)由|成员|办公室|牵头人|总牵头"
)
_GOES_ON = pattern(
    r" *(?:主要)?(?:成员|(?:领导小组|工作专班|专班|联席会议|指挥部|协调组|小组)?(?:下设)?办公室|(?:领导小组|专班|联席会议|指挥部)(?:下设|由|组长|召集人|成员))"
)


@dataclass(slots=True)
class _Place:
    """A force being read: [start, end) in the clean text, quoted up to `quoted`,
    `body` where the words about its seats begin."""

    name: str
    organ: str
    start: int
    body: int
    quoted: int
    end: int
    seats: Seats
    weak: bool


def find_task_forces(paper: Paper) -> tuple[TaskForce, ...]:
    """Every force with a name of its own, or with a convener."""
    text = paper.clean.text
    places = _set_up(text)
    limits = [*(p.start for p in places[1:]), len(text)]
    for place, limit in zip(places, limits, strict=False):
        _fill(text, place, limit)
    forces: list[_Place] = []
    for place in sorted(places + _lists(text, places), key=lambda p: p.start):
        if place.weak and not place.seats.conveners:
            continue
        twin = next((f for f in forces if _same(f.name, place.name)), None)
        if twin:
            _merge(twin.seats, place.seats)
        else:
            forces.append(place)
    return tuple(_force(paper, f) for f in forces)


def _set_up(text: str) -> list[_Place]:
    """Places where a body is set up, in order."""
    places: list[_Place] = []
    done = 0
    for organ in _ORGAN.finditer(text):
        begin = max(done, *(text.rfind(sign, 0, organ.start()) + 1 for sign in "。;\n"))
        verb = None
        for verb in _SET_UP.finditer(text, begin, organ.start()):  # noqa: B007
            pass
        if not verb or _NOT_A_BODY.match(text, organ.end()):
            continue
        name = text[verb.end() : organ.end()]
        if len(name) > (160 if name.startswith("由") else 60) or ("," in name and not name.startswith("由")):
            continue
        name = _proper(name)
        if name.startswith("“") and _QUOTED_END.match(text, organ.end()):
            name = name[1:]
        if not name or name.count("“") != name.count("”"):
            continue
        bare = _BARE.match(name) is not None
        each = _EACH.search(text, begin, verb.start()) if bare else None
        start = each.start() if each else verb.start()
        if each:
            name = each.group(1) + name
        weak = bare or organ.group() in _WEAK.split("|")
        places.append(_Place(name, organ.group(), start, verb.end(), organ.end(), organ.end(), Seats(), weak))
        done = organ.end()
    return places


def _proper(name: str) -> str:
    """The name without what describes it: "由县长任组长的X领导小组" -> "X领导小组"."""
    at = name.rfind("的")
    while at >= 0 and name[:at].count("“") != name[:at].count("”"):
        at = name.rfind("的", 0, at)
    return name[at + 1 :]


def _fill(text: str, place: _Place, following: int) -> None:
    """Read the sentences after a name, then the lines below that go on about it."""
    end = _paragraph_end(text, place.end)
    limit = min(end, following)
    stop = place.end
    for sentence in re.finditer(r"[^。]*(?:。|$)", text[place.end : limit]):
        if sentence.start() and not _TELLS_SEATS.search(sentence.group()):
            break
        stop = place.end + sentence.end()
    place.end = stop
    words = [text[place.body : stop]]
    lines = _lines_below(text, end, following) if stop >= end else []
    while lines:
        at, line = lines[0]
        if is_label(line):
            seats, used = read_roster([part for _, part in lines])
            _merge(place.seats, seats)
        elif line.strip() and _GOES_ON.match(line):
            words.append(line)
            used = 1
        elif not line.strip():
            lines = lines[1:]
            continue
        else:
            break
        at, line = lines[used - 1]
        place.end, lines = at + len(line), lines[used:]
    said = read_seats("\n".join(w.replace("\n", "") for w in words), place.organ)
    _merge(said, place.seats)
    place.seats = said


def _paragraph_end(text: str, at: int) -> int:
    """End of the paragraph at `at`; a line that breaks in mid sentence runs on into the next."""
    end = text.find("\n", at)
    while end >= 0:
        line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
        following = text[end + 1 : text.find("\n", end + 1) if text.find("\n", end + 1) >= 0 else len(text)]
        if (
            len(line) < 15
            or line[-1] in "。;:!?"
            or not following.strip()
            or _HEADING.match(following)
            or is_label(following)
        ):
            return end
        end = text.find("\n", end + 1)
    return len(text)


def _lines_below(text: str, at: int, limit: int) -> list[tuple[int, str]]:
    """(offset, line) of up to 120 lines after `at`."""
    lines: list[tuple[int, str]] = []
    at += 1
    while at < limit and len(lines) < 120:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        lines.append((at, text[at:end]))
        at = end + 1
    return lines


def _lists(text: str, places: list[_Place]) -> list[_Place]:
    """Name lists under a title of their own (附件1 X领导小组人员名单)."""
    found: list[_Place] = []
    taken = [(p.start, p.end) for p in places]
    for m in _LIST_HEAD.finditer(text):
        at = m.start("label")
        if any(a <= at < b for a, b in taken) or (found and at < found[-1].end):
            continue
        title = _TITLE.match(m["title"])
        if not title:
            continue
        lines = _lines_below(text, m.end("title"), len(text))
        start = m.start("title") + title.start(1)
        place = _Place(
            title.group(1).strip(), "", start, start, m.end("title"), m.end("title"), Seats(), False
        )
        organ = _ORGAN.findall(place.name)
        place.organ = organ[-1] if organ else ""
        seats, used = read_roster([line for _, line in lines])
        words = []
        for offset, line in lines[used:]:
            if line.strip() and not _GOES_ON.match(line):
                break
            words.append(line)
            used_end = offset + len(line)
            place.end = used_end
        if used:
            place.end = max(place.end, lines[used - 1][0] + len(lines[used - 1][1]))
        place.seats = seats
        _merge(place.seats, read_seats("\n".join(words), place.organ))
        found.append(place)
    return found


_LIST_HEAD = pattern(
    r"^(?P<title>[^\n]{4,60}?)[ ]*\n(?:[ ]*\n){0,3}(?P<label> *(?:组 *|召 *集 *|指 *挥 *|总 *|第 *一 *|主 *)*(?:长|人|任|指 *挥)(?: *:| {2,}))",
    re.M,
)


def _same(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short == long or (len(short) >= 7 and long.endswith(short))


def _merge(seats: Seats, more: Seats) -> None:
    """Names of a list stand in for the posts of the sentence; members of both are kept."""
    for role in ("conveners", "first_deputies", "deputies"):
        if getattr(more, role):
            setattr(seats, role, getattr(more, role))
    seats.add("members", more.members)
    seats.office = seats.office or more.office
    seats.open_ended |= more.open_ended
    seats.guessed += more.guessed


def _force(paper: Paper, place: _Place) -> TaskForce:
    printed, seats = paper.clean.printed, place.seats
    quote = re.sub(r"\s*\n\s*", "", printed[place.start : place.quoted])
    doubts = []
    if seats.open_ended:
        doubts.append(
            Doubt("open-ended", f"“{place.name}”的成员名单以“等”结尾，请确认是否还有其他成员单位。")
        )
    if seats.guessed:
        doubts.append(
            Doubt(
                "split-guessed", f"“{place.name}”的成员单位之间缺少顿号，请核对：{'、'.join(seats.guessed)}。"
            )
        )
    # Seats were read from folded text; a bracket printed full-width goes back to what it was.
    wide = "（" in printed[place.start : place.end]

    def names(found: list[str]) -> tuple[str, ...]:
        return tuple(n.translate(_WIDE) if wide else n for n in found)

    return TaskForce(
        name=place.name,
        quote=quote,
        span=paper.clean.span(place.start, place.end),
        conveners=names(seats.conveners),
        first_deputies=names(seats.first_deputies),
        deputies=names(seats.deputies),
        members=names(seats.members),
        office=names([seats.office])[0] if seats.office else None,
        doubts=tuple(doubts),
    )
