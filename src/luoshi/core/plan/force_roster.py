"""Name lists of a task force, one seat a line:

组  长：张某  县委副书记、县长
副组长：李某  县委常委
        王某  副县长
"""

import re
from collections.abc import Iterator

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.force_people import holders, looks_like_seat, name_in, spread
from luoshi.core.units.names import is_unit_like, read_list

ROLE = (
    r"(?:(?:第[一二三]|[笫]一|常务|执行|联席|轮值|总|双|副|行政|技术)*"
    r"(?:组长|召集人|指挥长|总指挥|指挥|牵头人|总牵头|班长|链长|政委|主任|主任委员|会长|总负责人|负责人))"
)
_LABEL = pattern(
    r" *((?:第 *[一二三] *|常 *务 *|执 *行 *|总 *|副 *|双 *)*(?:组 *长|召 *集 *人|指 *挥 *长|指 *挥|班 *长|主 *任|牵 *头 *人|政 *委)"
    rf"|成 *员 *单 *位|成 *员|组 *员|委 *员|长(?= *:))(?: *:| {{2,}}(?={HAN})| (?={HAN}{{2,4}}(?: |$))| *$) *"
)
_OTHER = pattern(
    r" *(?:办公室(?:副|常务副)?主任|联络员|(?:副)?秘书长?|顾问|监督员|工作人员|专职副主任)(?: *:| {2,})"
)
_NEXT_ROLE = pattern(
    r";(?= *(?:第一|常务|执行)?副?(?:组长|召集人|指挥长|班长|主任|成员单位|成员|组员)[:为])|。(?=(?:专班|领导小组)?办公室设在)"
)
_OFFICE_AT = pattern(r"(?:专班|领导小组)?办公室设在([^,。;]+)")
_SECOND = pattern(r"[第笫]一副|常务|执行")
_CHARGES = ("负责人", "负责同志", "领导")
_ENDING = pattern(rf"(?:党政)?(?:主要|分管|有关|相关)?(?:{'|'.join(_CHARGES)})$")
_AFTER_MORE = pattern(
    r"(?<=等)(?:\d+[个家])?(?:单位|部门|相关|有关|的)*(?:党政)?(?:主要|分管|相关|有关)?(?:负责人|负责同志|领导)?$"
)


class Seats:
    """Who sits where; a name stands once in a role, in printed order."""

    def __init__(self) -> None:
        self.conveners: list[str] = []
        self.first_deputies: list[str] = []
        self.deputies: list[str] = []
        self.members: list[str] = []
        self.office: str | None = None
        self.open_ended = False
        self.guessed: list[str] = []

    def add(self, role: str, names: tuple[str, ...] | list[str]) -> None:
        seats = getattr(self, role)
        seats.extend(n for n in names if n not in seats)

    def __bool__(self) -> bool:
        return bool(self.conveners or self.first_deputies or self.deputies or self.members or self.office)


def seat_of(role: str) -> str:
    """The seat a printed role word stands for.

    >>> [seat_of(r) for r in ("第一组长", "常务副组长", "执行指挥长", "副召集人", "成员")]
    ['conveners', 'first_deputies', 'first_deputies', 'deputies', 'members']
    """
    if "员" in role and "主任委员" not in role:
        return "members"
    if _SECOND.match(role):
        return "first_deputies"
    return "deputies" if "副" in role else "conveners"


def members_in(text: str, seats: Seats) -> None:
    """Add the members of a list of units or posts. What follows 等 speaks of the list as a whole ("县发改局等分管
    负责人"); an ending of the last name is said for all ("县发改局、县财政局主要负责人")."""
    text = text.strip(" ,、:;。").replace("以及", "、")
    if text.count(")") > text.count("("):
        text = text.removesuffix(")")
    if "等" in text[:-1]:
        text = _AFTER_MORE.sub("", text)
    ending = _ENDING.search(text) if text.rstrip("\n").endswith(_CHARGES) else None
    units = read_list(text[: ending.start()] if ending else text)
    seats.open_ended |= units.open_ended or text.endswith("等")
    names = [u.name for u in units.units]
    if names and ending:
        names[-1] += ending.group()
    seats.add("members", [name_in(n) or n for n in spread(names)])
    seats.guessed += [u.name for u in units.units if u.guessed]


def is_label(line: str) -> bool:
    """Whether a line opens a role of a name list."""
    return _LABEL.match(line) is not None


def read_roster(lines: list[str]) -> tuple[Seats, int]:
    """Seats of the name list at the head of `lines` (folded text) and how many lines it takes."""
    seats, role, posts = Seats(), "", Seats()
    used, flat, named = 0, False, False
    for number, line in _roles_apart(lines):
        if not line.strip():
            continue
        label = _LABEL.match(line)
        if role and (at := _OFFICE_AT.match(line)):
            seats.office = at[1]
            continue
        if label:
            role = seat_of(label.group(1).replace(" ", ""))
            line = line[label.end() :]
            flat = not line  # one cell a line: 组长, 张某, 县长
        elif role and _OTHER.match(line):
            role = "office"  # 办公室主任 and the like: no seat of the force itself
        elif not role or not (_goes_on(line, role) or (flat and _is_cell(line))):
            break
        used = number + 1
        title = named and flat and name_in(line) is None  # the cell after a name
        named = name_in(line) is not None
        if line and role != "office" and not title:
            _take(line, role, seats, posts)
    for role in ("conveners", "first_deputies", "deputies"):
        if not getattr(seats, role):
            seats.add(role, getattr(posts, role))
    return seats, used


def _roles_apart(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(index, line), a line that names several roles in pieces: 召集人:…;副召集人:…;成员单位:…"""
    for number, line in enumerate(lines):
        begin = 0
        for stop in _NEXT_ROLE.finditer(line) if is_label(line) else ():
            yield number, line[begin : stop.start()]
            begin = stop.end()
        yield number, line[begin:]


def _is_cell(line: str) -> bool:
    """A person, a post or a unit alone on its line."""
    text = line.strip()
    return len(text) <= 30 and all(looks_like_seat(p) or is_unit_like(p) for p in text.split("、"))


def _take(line: str, role: str, seats: Seats, posts: Seats) -> None:
    """One line's worth: the person named, else the posts, else (members) the units."""
    several = [n for part in re.split(r"  +", line.strip()) if (n := name_in(part)) and "(" in part]
    if len(several) > 1:  # 赵某(县发改局局长)  钱某(县财政局局长)
        seats.add(role, several)
        return
    person = name_in(line)
    if person and "、" not in line.split(" ")[0]:
        seats.add(role, [person])
    elif role == "members" and not all(looks_like_seat(p) for p in line.split("、")):
        members_in(line.rstrip("。 "), seats)
    else:
        found = holders(line.strip())
        named = any(name_in(p) for p in re.split("[、,]", line))
        (seats if named or role == "members" else posts).add(role, found)


def _goes_on(line: str, role: str) -> bool:
    """Whether a line without a label still belongs to the role above it: a name and a title, or a title alone."""
    text = line.strip()
    if len(text) > 60 or re.search(
        r"[。;!?]|^[一二三四五六七八九十]+、|^\(|^\d|^附件|^成员(?!单位)[为有包由]", text
    ):
        return False
    head, _, title = text.partition(" ")
    if title and name_in(text) and (name_in(head) or len(head) == 1):
        return True
    indented = line.startswith("  ")
    return indented and (
        looks_like_seat(text) or (role == "members" and all(map(is_unit_like, text.strip("、").split("、"))))
    )
