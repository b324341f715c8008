"""Seats of a task force in running text: 由A任召集人, B、C任副召集人, 成员单位包括…等, 办公室设在X."""

import re

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.force_people import clauses_of, holders, looks_like_seat
from luoshi.core.plan.force_roster import ROLE, Seats, members_in, seat_of
from luoshi.core.units.names import is_unit_like, read_list

_BODY = r"(?:工作专班|专班|领导小组|联席会议|指挥部|协调组|协调小组|工作小组|小组|委员会)"
_ALSO = rf"(?:(?:、|兼|兼任|并兼任)[^,。;:、任为由]{{0,10}}?{ROLE}(?=[,。;)\n]|$))?"
_EVENTS = pattern(
    # The signs an event can open with, looked at first: most places in a text are none.
    r"(?=[分共担兼任作为是第笫常执联轮总双副行技组召指牵班主会链负领工专协小委成等参相有各单部地和\d])(?:"
    rf"(?:分别|共同)?(?:担任|兼任|任|作为|为|是)(?P<of>{_BODY})?(?P<held>{ROLE}(?:[、和]{ROLE})*){_ALSO}"
    rf"|(?:(?<=[,;。:\n])|(?<=^))(?P<body>{_BODY})?(?P<by>{ROLE})由"
    rf"|(?P<label>{ROLE}|成员单位|成员)(?::|(?={HAN}{{2,3}}\())"
    r"|(?P<members>(?:主要)?成员(?:单位)?(?:主要)?(?:包括|包含|有|为|由|是))"
    r"|(?:作为|担任|任|为)(?P<seated>成员(?:单位)?|组员|委员)"
    r"|(?P<composed>等?(?:\d+个)?(?:相关|有关|各)?(?:单位|部门|地区|和)*(?:负责人|负责同志)?(?:共同)?(?:组成|参加|参与))"
    r"|(?P<led>(?:总牵头|牵头抓总|总负责|牵头(?!单位|部门))))"
)
_OFFICE = pattern(
    r"(?:(?:办公室|办公地点)(?:日常工作)?(?:\([^()设]*\))?[,(]?下?(?:设|挂靠)(?:在|于|置在|立在)?|下设办公室[在于])([^,。;:\n]{2,40})"
    r"|日常(?:具体)?工作由([^,。;:\n]{2,30}?)(?:具体)?(?:承担|负责|组织)"
)
_NO_LIST = (
    "成立", "组建", "建立", "设在", "办公室设", "下设", "承担", "确定", "明确", "统筹", "牵头", "实行", "召集", "任组长", "协调",
    "抓好", "研究",
)  # fmt: skip


def read_seats(text: str, organ: str) -> Seats:
    """Read the sentences about one force (folded text); `organ` is its kind of body (专班, 领导小组 …)."""
    seats, at, seen = Seats(), 0, 0
    while event := _EVENTS.search(text, max(at, seen)):
        seen = event.end()
        before, kind = text[at : event.start()], event.lastgroup
        body = event["of"] or event["body"]
        if (body and not organ.endswith(body[-2:])) or _of_the_office(text, event):
            at = event.end() if event["held"] else at
            continue  # a seat in a body below this one
        if event["held"]:
            _hold(event["held"], before, event.group().startswith("分别"), seats)
            at = event.end()
        elif event["by"]:
            at = _until(text, event.end(), r"担任|兼任|(?<!主)任(?![务职])|[,;。\n]")
            seats.add(seat_of(event["by"]), holders(text[event.end() : at]))
        elif event["label"]:
            at = _label(text, event, seats)
        elif event["members"]:
            at = _list_end(text, event.end())
            listed = text[event.end() : at]
            if listed.endswith("组成"):  # A、B等共同组成
                listed = listed.removesuffix("组成").removesuffix("共同").removesuffix("等")
            members_in(listed, seats)
        elif event["seated"]:
            members_in(_last_list(before), seats)
            at = event.end()
        elif event["composed"]:
            by = before.rfind("由")
            listed = before[by + 1 :] if by >= 0 else before.rpartition(",")[2]
            if "、" in listed and _is_list(listed):
                members_in(listed + ("等" if event["composed"].startswith("等") else ""), seats)
                at = event.end()
        elif kind == "led" and not seats.conveners:
            _lead(before, seats)
            at = event.end()
    office = _OFFICE.search(text)
    if office:
        seats.office = _office(office[1] or office[2])
    return seats


def _of_the_office(text: str, event: re.Match[str]) -> bool:
    """Whether it is the office that the seat is in: …下设办公室,办公室设在县财政局,主任由县财政局局长兼任."""
    role = event["held"] or event["by"] or ""
    return role.endswith("主任") and "办公室" in text[text.rfind("。", 0, event.start()) + 1 : event.start()]


def _hold(roles: str, before: str, in_turn: bool, seats: Seats) -> None:
    """A任组长; A、B分别任组长、副组长."""
    names, words = holders(before), re.split("[、和]", roles)
    if len(words) > 1 and (in_turn or len(names) == len(words)):
        for word, name in zip(words, names, strict=False):
            seats.add(seat_of(word), [name])
    else:
        seats.add(seat_of(words[0]), names)


def _label(text: str, event: re.Match[str], seats: Seats) -> int:
    """组长:县长张某;成员单位:…"""
    role = seat_of(event["label"])
    if role == "members":
        end = _list_end(text, event.end())
        members_in(text[event.end() : end], seats)
    else:
        end = _until(text, event.end(), rf"[;。\n]|[,、]?{ROLE}(?::|{HAN}{{2,3}}\()|,?成员")
        seats.add(role, holders(text[event.end() : end]))
    return end


def _lead(before: str, seats: Seats) -> None:
    """由市长总牵头: a post or a person, never a unit (由县发改局牵头 names an office's work)."""
    clause = before.rpartition(",")[2].rpartition("。")[2]
    by = clause.rfind("由")
    if by >= 0 and (names := holders(clause[by:])):
        seats.add("conveners", names)


def _until(text: str, at: int, stop: str) -> int:
    found = pattern(stop).search(text, at)
    return found.start() if found else len(text)


def _first_of(text: str, at: int, signs: str) -> int:
    """Where the first of the signs stands from `at` on, else the end."""
    end = len(text)
    for sign in signs:
        found = text.find(sign, at, end)
        end = found if found >= 0 else end
    return end


def _list_end(text: str, at: int) -> int:
    """Where a list of members that begins at `at` ends: at a full stop, or at the first clause that is no list."""
    end = _first_of(text, at, "。;\n")
    comma = text.find(",", at, end)
    while comma >= 0:
        following = _first_of(text, comma + 1, ",。;\n")
        if not _is_list(text[comma + 1 : following]):
            return comma
        comma = text.find(",", comma + 1, end)
    return end


def _is_list(text: str) -> bool:
    in_charge = text.count("负责") > text.count("负责人") + text.count("负责同志")
    if not text or in_charge or any(word in text for word in _NO_LIST):
        return False
    listed = re.sub(r"(?:为|任|作为)成员(?:单位)?$", "", text) if "成员" in text else text
    names = [u.name for u in read_list(listed).units]
    return bool(names) and all(len(n) <= 24 and (is_unit_like(n) or looks_like_seat(n)) for n in names)


def _last_list(before: str) -> str:
    """The trailing clauses of `before` that are lists ("…任副召集人,县发改局、县财政局等为成员")."""
    kept: list[str] = []
    for clause in reversed(clauses_of(before)):
        more = clause.find("等", max(0, len(clause) - 9))  # 等 and up to eight signs
        if not clause.strip() or (kept and not _is_list(clause[:more] if more >= 0 else clause)):
            break
        bare = clause.removeprefix("并")
        kept.insert(0, bare[1:] if bare.startswith(("由", "以")) else clause)
    return "、".join(kept)


def _office(printed: str) -> str | None:
    """The unit an office stands in: brackets that belong to its name stay, an unpaired one goes."""
    ends = [at for word in ("负责", "承担", "具体", "并由") if (at := printed.find(word)) >= 0]
    name = printed[: min(ends, default=len(printed))].strip()
    if name.count(")") > name.count("("):
        name = name.rpartition(")")[0]
    return name or None
