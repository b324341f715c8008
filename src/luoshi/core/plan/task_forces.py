"""工作专班, 领导小组, 联席会议 and who sits in them.

A force is found where it is set up (成立…工作专班, 每个行动建立工作专班) or where its name list stands; both are
one force when they carry one name.
"""

from bisect import bisect_right

from luoshi.core.pattern import pattern
from luoshi.core.plan.force_places import Place, find_organs, groups, is_bare, lines_below, set_up, titles
from luoshi.core.plan.force_roster import Seats, is_label, read_roster
from luoshi.core.plan.force_seats import read_seats
from luoshi.core.plan.force_tables import in_tables
from luoshi.core.plan.model import Doubt, TaskForce
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.subjects import after_last, unwrapped
from luoshi.core.source.markers import ANNEX

_HEADING = pattern(
    r" *(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、]|附件|第.{1,3}[条章])"
)
_TELLS_SEATS = pattern(
    r"任.{0,8}(?:组长|召集人|指挥长|主任)|(?:组长|召集人|指挥长)由|成员|办公室|下设|牵头人|总牵头|日常工作|单位.{0,4}组成"
)
_GOES_ON = pattern(
    r" *(?:主要)?(?:成员|(?:领导小组|工作专班|专班|联席会议|指挥部|协调组|小组)?(?:下设)?办公室|(?:领导小组|专班|联席会议|指挥部)(?:下设|由|组长|召集人|成员))"
)
_LIST_HEADING = pattern(
    r" *(?:[一二三1-3][、.]|\([一二三]\))? *(?:领导小组|工作专班|专班|指挥部)?(?:组成人员|人员组成|成员名单|组织机构|人员名单|组织架构)[^\n。]{0,6}$"
    r"|[^\n]*姓 *名[^\n。]*$"
)
_MATTER = pattern(r"(.{2,30}?)(?:工作)?(?:实施|工作|专项|推进)*方案$")
_TELLING = 7  # characters at the end of a name that may tell one force from another
_WIDE = str.maketrans("()", "（）")


def find_task_forces(paper: Paper) -> tuple[TaskForce, ...]:
    """Every force with a name of its own, or with a convener."""
    text = paper.clean.text
    organs = find_organs(text)
    places = set_up(text, organs)
    limits = [*(p.start for p in places[1:]), len(text)]
    for place, limit in zip(places, limits, strict=False):
        _read_sentences(text, place, limit)
    starts = [p.start for p in places]
    ends = [p.end for p in places]
    for title in titles(text, organs):
        at = bisect_right(starts, title.start) - 1
        if at < 0 or ends[at] <= title.start:
            listed, words = _read_below(text, title, len(text))
            title.seats = read_seats("\n".join(words), title.organ)
            _merge(title.seats, listed)
            places.append(title)
    places += in_tables(paper)
    places += groups(text)
    forces: list[Place] = []
    named: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda p: p.start):
        if not place.name or is_bare(place.name):
            matter = _of_annex(paper, place.start)
            if not matter and not place.name:
                continue
            place.name = matter + (place.name or place.organ)
        if place.weak and not place.seats.conveners:
            continue
        alike = named.setdefault(place.name[-_TELLING:], [])
        twin = next((f for f in alike if _same(f.name, place.name)), None)
        if twin:
            _merge(twin.seats, place.seats)
        else:
            forces.append(place)
            alike.append(place)
    return tuple(_force(paper, f) for f in forces)


def _read_sentences(text: str, place: Place, limit: int) -> None:
    """Read the sentences after a name while they tell of seats, then the lines below that go on about them."""
    end = _paragraph_end(text, place.end)
    stop = place.end
    reach = min(end, limit)
    while stop < reach:
        full = text.find("。", stop, reach)
        following = full + 1 if full >= 0 else reach
        if stop > place.end and not _TELLS_SEATS.search(text, stop, following):
            break
        stop = following
    place.end = stop
    words = text[place.body : stop].replace("\n", "")
    listed, more = _read_below(text, place, limit) if stop >= end else (Seats(), [])
    place.seats = read_seats("\n".join((words, *more)), place.organ)
    _merge(place.seats, listed)


def _read_below(text: str, place: Place, limit: int) -> tuple[Seats, list[str]]:
    """Seats of the name lists right below a place, and the other lines there that speak of seats."""
    listed = Seats()
    words: list[str] = []
    lines = lines_below(text, place.end, limit)
    while below := next(lines, None):
        at, line = below
        last = line
        if is_label(line):
            rest = [below, *lines]
            seats, used = read_roster([part for _, part in rest])
            _merge(listed, seats)
            at, last = rest[used - 1]
            lines = iter(rest[used:])
        elif _GOES_ON.match(line):
            words.append(line)
        elif line.strip() and not (_LIST_HEADING.match(line) and not listed):
            break
        if line.strip():
            place.end = at + len(last)
    return listed, words


def _paragraph_end(text: str, at: int) -> int:
    """End of the paragraph at `at`; a line that breaks in mid sentence runs on into the next."""
    end = text.find("\n", at)
    while end >= 0:
        line = text[after_last(text, end, "\n") : end].rstrip()
        below = text.find("\n", end + 1)
        following = text[end + 1 : below if below >= 0 else len(text)]
        ended = len(line) < 15 or line[-1] in "。;:!?"
        if ended or not following.strip() or _HEADING.match(following) or is_label(following):
            return end
        end = below
    return len(text)


def _of_annex(paper: Paper, at: int) -> str:
    """What the annex is about in which 工作专班 stands without a name (开放招商提升行动), "" in the body."""
    above = paper.outline.ancestors(paper.outline.index_at(at))
    annex = next((node for node in above if node.rank == ANNEX), None)
    matter = _MATTER.match(annex.heading) if annex else None
    return matter[1] if matter else ""


def _same(a: str, b: str) -> bool:
    """Whether two names are one: equal, or one is the other without its place (X领导小组, 青禾县X领导小组)."""
    short, long = sorted((a, b), key=len)
    return short == long or (len(short) >= _TELLING and long.endswith(short))


def _merge(seats: Seats, more: Seats) -> None:
    """Names of a list stand in for the posts of the sentence; members of both are kept."""
    for role in ("conveners", "first_deputies", "deputies"):
        if getattr(more, role):
            setattr(seats, role, getattr(more, role))
    seats.add("members", more.members)
    seats.office = seats.office or more.office
    seats.open_ended |= more.open_ended
    seats.guessed += more.guessed


def _force(paper: Paper, place: Place) -> TaskForce:
    printed, seats = paper.clean.printed, place.seats
    doubts = []
    if seats.open_ended:
        question = f"“{place.name}”的成员名单以“等”结尾，请确认是否还有其他成员单位。"
        doubts.append(Doubt("open-ended", question))
    if seats.guessed:
        question = f"“{place.name}”的成员单位之间缺少顿号，请核对：{'、'.join(seats.guessed)}。"
        doubts.append(Doubt("split-guessed", question))
    # Seats were read from folded text; a bracket printed full-width goes back to what it was.
    wide = "（" in printed[place.start : place.end]

    def names(found: list[str]) -> tuple[str, ...]:
        return tuple([n.translate(_WIDE) for n in found] if wide else found)

    return TaskForce(
        name=place.name,
        quote=unwrapped(printed[place.start : place.quoted]),
        span=paper.clean.span(place.start, place.end),
        conveners=names(seats.conveners),
        first_deputies=names(seats.first_deputies),
        deputies=names(seats.deputies),
        members=names(seats.members),
        office=names([seats.office])[0] if seats.office else None,
        doubts=tuple(doubts),
    )
