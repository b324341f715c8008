"""Who acts, and what is acted on, as the rules of a life see them. No database, no clock, no parsing."""

from dataclasses import dataclass
from typing import Literal, Protocol

Scope = Literal["government", "actions", "subtree", "unit", "system"]

POSTS: dict[str, str] = {
    "office": "综合协调组（政府办）",
    "force_office": "专班办公室",
    "head": "单位负责人",
    "clerk": "联络员",
    "leader": "分管或主要领导",
    "inspector": "督查人员",
    "assessor": "考核人员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "auditor": "审计员",
}
"""Slug of every post → what it is called. 三员 (the last three) keep the system, and never touch its business."""

SYSTEM_POSTS = ("system_admin", "security_admin", "auditor")
BUSINESS_POSTS = tuple(slug for slug in POSTS if slug not in SYSTEM_POSTS)


@dataclass(frozen=True, slots=True)
class Principal:
    """On whose behalf somebody acts (代办)."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work in one unit, with the posts in force there today.

    `scope` says how far the widest post reaches: all of the government, the actions it covers, its own unit with the
    units below it, its own unit, or only the system itself (三员). `scopes` says the same of each post, in the order
    of `posts`; empty means that all reach as far as `scope`. `covers` are the actions of scope "actions", `below` the
    units of scope "subtree". With a `principal` the posts are that person's, and this one acts for them.
    """

    person_id: int
    name: str
    posts: tuple[str, ...]
    unit_id: int | None
    unit_name: str
    government_id: int
    scope: Scope
    scopes: tuple[Scope, ...] = ()
    covers: tuple[str, ...] = ()
    below: tuple[int, ...] = ()
    principal: Principal | None = None

    @property
    def post(self) -> str:
        """The first (most important) post; "" for somebody without one."""
        return self.posts[0] if self.posts else ""

    @property
    def holder_name(self) -> str:
        """Whose posts these are, as plans name them: the principal's name, else the own."""
        return self.principal.name if self.principal else self.name

    def holds(self, *slugs: str) -> bool:
        """Whether any of these posts is held."""
        return not set(slugs).isdisjoint(self.posts)

    def post_among(self, slugs: tuple[str, ...]) -> str:
        """The post in which something is done that these posts may do, as written into events."""
        return next((slug for slug in self.posts if slug in slugs), self.post)

    def reaches(self, slug: str, unit_id: int | None, action: str = "") -> bool:
        """Whether the post `slug` reaches what belongs to this unit (and to this action, as printed in the plan)."""
        if slug not in self.posts:
            return False
        scope = self.scopes[self.posts.index(slug)] if self.scopes else self.scope
        if scope in ("unit", "subtree"):
            own = unit_id is not None and unit_id == self.unit_id
            return own or (scope == "subtree" and unit_id in self.below)
        return scope == "government" or (scope == "actions" and action in self.covers)


class Case(Protocol):
    """What a machine judges: something of one government, in one state of its life.

    Rows with `own` also ask for its `person_id`, rows with `bound` for its `unit_id` (or what `of` names) and, where it
    has one, `action` (whose text is the action as printed). A case with a `lock` (a full sentence that says why and until when) lets nothing happen to it.
    """

    @property
    def state(self) -> str: ...

    @property
    def government_id(self) -> int: ...
