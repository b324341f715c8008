"""Who acts, and what is acted on, as the rules of a life see them. No database, no clock, no parsing."""

from dataclasses import dataclass
from typing import Literal, Protocol

Scope = Literal["government", "actions", "unit", "system"]

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


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work, with the posts in force today.

    `scope` says how far the widest post reaches: all of the government, the actions it covers, its own unit, or
    only the system itself (三员).
    """

    person_id: int
    name: str
    posts: tuple[str, ...]
    unit_id: int | None
    unit_name: str
    government_id: int
    scope: Scope

    @property
    def post(self) -> str:
        """The first (most important) post, as written into events; "" for somebody without one."""
        return self.posts[0] if self.posts else ""

    def holds(self, *slugs: str) -> bool:
        """Whether any of these posts is held."""
        return not set(slugs).isdisjoint(self.posts)


class Case(Protocol):
    """What a machine judges: something of one government, in one state of its life."""

    @property
    def state(self) -> str: ...

    @property
    def government_id(self) -> int: ...
