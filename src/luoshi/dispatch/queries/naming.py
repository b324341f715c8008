"""Who is meant by the words of a plan: 市长, 各牵头副市长, 各工作专班, 综合协调组, 区发改局; posts and units of this county."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils import timezone

from luoshi.core.rhythms import is_leader
from luoshi.core.units.matching import KIND, Entry, match
from luoshi.core.units.names import is_collective, split_units
from luoshi.dispatch.models import Bearer
from luoshi.ledger.models import Assignment, Plan
from luoshi.org.models import Post, Unit, on
from luoshi.org.queries.units import register

_CHIEF = re.compile(r"(?<![副])[省市县区州旗镇乡]长")
_DEPUTY = re.compile(r"副[省市县区州旗镇乡]长")
_FIRST = "常务副"
_OFFICE = re.compile(
    r"综合协调组|领导小组办公室|政府办|^(?:[省市县区州]委?)?(?:人民政府)?办公室$|攻坚办|协调办|指挥部办公室|^领导小组$"
)
_LEADS = re.compile(r"各?牵头(?:单位|部门)$")
_AND = re.compile(r"(?:[、，,；;]|(?<=[组班办局委会])[和与及](?=\S{2}))(?![^（(]*[)）])")
_TITLED = re.compile(r"(?P<name>[^（(]+)[（(].*[)）]$")


class Named(NamedTuple):
    """Who was found: `units` and `posts` by key with what they are called, and the words nobody answers to."""

    units: dict[int, str]
    posts: dict[int, str]
    unknown: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of them, as a clerk would list them."""
        return "、".join([*self.units.values(), *self.posts.values()])

    def bearers(self) -> Iterator[Bearer]:
        """Rows still to be tied to a rhythm."""
        yield from (Bearer(unit_id=unit) for unit in self.units)
        yield from (Bearer(post_id=post) for post in self.posts)


class Register:
    """Units and posts in force in one county, read once for a page, in five queries."""

    def __init__(self, government_id: int, plan: Plan | None = None) -> None:
        everybody = register(government_id)
        rows = [row for row in everybody if not row.collective]
        self._members = _members_of([row.unit_id for row in everybody if row.collective])
        self._collective = {name: row.unit_id for row in everybody if row.collective for name in row.names}
        self._entries = [Entry(row.unit_id, row.names) for row in rows]
        self._full = {row.unit_id: row.names[0] for row in rows}
        self._exact = {name: row.unit_id for row in rows for name in row.names}
        held = Post.objects.filter(
            on(timezone.localdate()),
            person__government=government_id,
            slug__in=("leader", "office", "force_office"),
        )
        posts = list(held.select_related("person", "unit").order_by("pk"))
        self._leaders = [post for post in posts if post.slug == "leader"]
        self._forces = _first_of_each(post for post in posts if post.slug == "force_office")
        self._office = next((post.unit for post in posts if post.slug == "office" and post.unit), None)
        self._plan = plan

    @property
    def office(self) -> Unit | None:
        """Where the county office sits; it answers where nobody else is named."""
        return self._office

    def named(self, text: str, within: str = "") -> Named:
        """The units and posts that the words of a plan, or of a clerk, stand for; 专班 alone is that of the action `within`."""
        units: dict[int, str] = {}
        posts: dict[int, str] = {}
        unknown = []
        for part in self._parts(text):
            found_posts = self._posts(part, within)
            found_units = [] if found_posts else self._units(part)
            posts |= {post.pk: _called(post) for post in found_posts}
            units |= {unit: self._full[unit] for unit in found_units}
            if not found_posts and not found_units:
                unknown.append(part)
        return Named(units, posts, tuple(unknown))

    def choices(self) -> list[str]:
        """What a clerk may write: every unit by its full name, every leader and office of a task force."""
        return [*self._full.values(), *map(_called, (*self._leaders, *self._forces))]

    def _parts(self, text: str) -> Iterator[str]:
        """The single names in a list; a name known as a whole is not cut."""
        for piece in filter(None, (one.strip() for one in _AND.split(text))):
            if (
                piece in self._exact
                or piece in self._collective
                or self._posts(piece)
                or _OFFICE.search(piece)
            ):
                yield piece
                continue
            names = [one.name for one in split_units(piece)]
            yield from names or [piece]

    def _posts(self, part: str, within: str = "") -> list[Post]:
        if "专班" in part:
            if within:
                return [post for post in self._forces if within in post.covers]
            mine = [post for post in self._forces if any(_short(action) in part for action in post.covers)]
            return mine or (self._forces if re.search(r"^各?(?:个|工作)*专班|各专班", part) else [])
        bare = m["name"].strip() if (m := _TITLED.match(part)) else part
        if by_name := [post for post in (*self._leaders, *self._forces) if post.person.name == bare]:
            return by_name[:1]
        return self._by_title(part) if is_leader(part) else []

    def _by_title(self, part: str) -> list[Post]:
        if _FIRST in part:
            return [post for post in self._leaders if _FIRST in post.title]
        if _DEPUTY.search(part):
            return [p for p in self._leaders if _DEPUTY.search(p.title) and _FIRST not in p.title]
        if _CHIEF.search(part):
            return [post for post in self._leaders if _CHIEF.search(post.title)]
        return []

    def _units(self, part: str) -> list[int]:
        if part in self._exact:
            return [self._exact[part]]
        if part in self._collective:
            return [unit for unit in self._members[self._collective[part]] if unit in self._full]
        if _OFFICE.search(part):
            return [self._office.pk] if self._office and self._office.pk in self._full else []
        if _LEADS.search(part):
            return self._leading()
        if is_collective(part) or is_leader(part):
            return []
        found = match(part, self._entries)
        sure = [one for one in found if one.score >= KIND]
        return [int(str(sure[0].key))] if sure and (len(sure) == 1 or sure[0].score > sure[1].score) else []

    def _leading(self) -> list[int]:
        if self._plan is None:
            return []
        rows = Assignment.objects.filter(task__plan=self._plan, accountable=True).values_list(
            "unit", flat=True
        )
        return [unit for unit in sorted(set(rows.order_by())) if unit in self._full]


def _members_of(collectives: list[int]) -> dict[int, list[int]]:
    """Collective name → the units it stands for, in the order of the register."""
    found: dict[int, list[int]] = {pk: [] for pk in collectives}
    rows = Unit.objects.filter(pk__in=collectives, members__isnull=False).order_by(
        "members__rank", "members__pk"
    )
    for collective, member in rows.values_list("pk", "members"):
        found[collective].append(member)
    return found


def _first_of_each(posts: Iterable[Post]) -> list[Post]:
    """One post for each task force: whoever holds the first with these actions."""
    found: dict[tuple[str, ...], Post] = {}
    for post in posts:
        found.setdefault(tuple(post.covers) or (str(post.pk),), post)
    return list(found.values())


def _short(action: str) -> str:
    return re.sub(r"(?:攻坚)?(?:行动|攻坚战?|工程)$", "", action) or action


def _called(post: Post) -> str:
    return f"{post.person.name}（{post}）"
