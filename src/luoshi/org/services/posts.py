"""Giving, changing, ending and handing over posts. Every change is judged by core/flow/post.py and leaves one event.

Whatever waits in the ledger waits for a post in a unit, never for a person: a hand-over moves nothing else.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS, Actor
from luoshi.core.flow.post import DEFAULT_SCOPE, POST, clashing, fits, verb_for
from luoshi.journal.moves import Refused, Stale, demand, record
from luoshi.org.models import Delegation, Person, Post, Unit, overlapping


class BadPost(Refused):
    """The post cannot be given so: it excludes another, reaches too far, or its days do not fit."""


class Terms(NamedTuple):
    """How a post is held: `scope` "" stands for what the post usually has; days None for today and for no end."""

    title: str = ""
    scope: str = ""
    covers: Sequence[str] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


USUAL = Terms()


@transaction.atomic
def give_post(
    person: Person, slug: str, unit: Unit | None, terms: Terms = USUAL, *, by: Actor, note: str = ""
) -> Post:
    """Give a person a post. Raises BadPost, Denied (business posts: the office; 三员: the security administrator)."""
    demand(POST, Post(person=person, slug=slug, unit=unit), verb_for(slug, "give"), by)
    post = Post(person=person, slug=slug, unit=unit, **_held(slug, terms))
    _refuse_unsound(post)
    if post.state == "ended":
        raise BadPost("离任日期已经过去，不必再登记这个岗位，请核对日期。")
    post.save()
    record(post, verb_for(slug, "give"), by, {**_facts(post), "title": [None, post.title]}, note)
    return post


@transaction.atomic
def change_post(post: Post, terms: Terms, *, by: Actor) -> bool:
    """Set title, scope, actions and days of a post right; False when nothing differs. Raises BadPost, Denied.

    Without a first day it keeps the one it has.
    """
    asked = _held(post.slug, terms)
    asked["valid_from"] = terms.valid_from or post.valid_from
    changes = {
        field: [_said(getattr(post, field)), _said(value)]
        for field, value in asked.items()
        if getattr(post, field) != value
    }
    if not changes:
        return False
    record(post, verb_for(post.slug, "change"), by, {"slug": [None, POSTS[post.slug]], **changes})
    for field, value in asked.items():
        setattr(post, field, value)
    _refuse_unsound(post)
    post.save()
    return True


@transaction.atomic
def end_post(post: Post, day: dt.date | None = None, *, by: Actor, note: str = "") -> None:
    """From `day` (today) the post is no longer held. Raises BadPost, Denied."""
    day = day or timezone.localdate()
    _refuse_early(post, day)
    record(post, verb_for(post.slug, "end"), by, {**_facts(post), "valid_to": [None, day.isoformat()]}, note)
    close_post(post, day)


@transaction.atomic
def transfer(post: Post, unit: Unit, day: dt.date | None = None, *, by: Actor, note: str = "") -> Post:
    """From `day` (today) the same person holds the same post in another unit. Raises BadPost, Denied."""
    day = day or timezone.localdate()
    if unit.pk == post.unit_id:
        raise BadPost(f"{post.person.name}已经在{unit.full_name}，请选择另一个单位。")
    return _succeed(post, post.person, unit, day, "transfer", by, note)


@transaction.atomic
def hand_over(post: Post, person: Person, day: dt.date | None = None, *, by: Actor, note: str = "") -> Post:
    """From `day` (today) another person holds the post; whatever waits for it is theirs. Raises BadPost, Denied."""
    day = day or timezone.localdate()
    if person.pk == post.person_id:
        raise BadPost(f"{person.name}就是现在的{POSTS[post.slug]}，请选择接任的人。")
    return _succeed(post, person, post.unit, day, verb_for(post.slug, "hand_over"), by, note)


def close_post(post: Post, day: dt.date) -> None:
    """Let a post end on a day, if its end is still what was seen. Raises Stale: of two who hand it over, one does."""
    if not Post.objects.filter(pk=post.pk, valid_to=post.valid_to).update(valid_to=day):
        raise Stale
    post.valid_to = day


def _succeed(
    post: Post, person: Person, unit: Unit | None, day: dt.date, verb: str, by: Actor, note: str
) -> Post:
    """End a post on a day and let another begin on it that continues it; both tell of it."""
    if post.slug in SYSTEM_POSTS:
        raise BadPost(f"{POSTS[post.slug]}不能移交或调任，请由安全管理员收回后重新授予。")
    demand(POST, post, verb, by)
    _refuse_early(post, day)
    if post.valid_to and day >= post.valid_to:
        raise BadPost(f"这个岗位到{post.valid_to}为止，日期请早于这一天。")
    went_on = Post(
        person=person,
        slug=post.slug,
        title=post.title if person.pk == post.person_id else "",
        unit=unit,
        scope=post.scope,
        covers=post.covers,
        valid_from=day,
        valid_to=post.valid_to,
        follows=post,
    )
    changes: dict[str, Any] = {"slug": [None, POSTS[post.slug]], "valid_from": [None, day.isoformat()]}
    if person.pk != post.person_id:
        changes["person"] = [post.person.name, person.name]
    if unit != post.unit:
        changes["unit"] = [str(post.unit or ""), str(unit or "")]
    record(post, verb, by, changes, note)
    close_post(post, day)
    _refuse_unsound(went_on)
    went_on.save()
    record(went_on, verb, by, changes, note)
    return went_on


def _held(slug: str, terms: Terms) -> dict[str, Any]:
    scope = terms.scope or DEFAULT_SCOPE[slug]
    return {
        "title": terms.title.strip(),
        "scope": scope,
        "covers": list(terms.covers) if scope == "actions" else [],
        "valid_from": terms.valid_from or timezone.localdate(),
        "valid_to": terms.valid_to,
    }


def _refuse_unsound(post: Post) -> None:
    """What no table knows: scopes that do not fit, days in the wrong order, posts that exclude each other. Raises BadPost."""
    person = post.person
    if person.state != "current":
        raise BadPost(f"{person.name}已登记离开，请先恢复在册。")
    if post.unit and (post.unit.government_id != person.government_id or post.unit.valid_to):
        raise BadPost("所在单位必须是本地区在用的单位，请重新选择。")
    if post.unit and post.unit.is_collective:
        raise BadPost(f"“{post.unit.full_name}”是统称，请选择具体单位。")
    if post.unit is None and post.scope in ("unit", "subtree"):
        raise BadPost(f"{POSTS[post.slug]}要写明所在单位，请选择单位。")
    if not fits(post.slug, post.scope):
        raise BadPost(f"{POSTS[post.slug]}的范围不能是“{post.get_scope_display()}”，请重新选择。")
    if post.scope == "actions" and not post.covers:
        raise BadPost("范围是“分管的行动”的，请写明是哪几项行动。")
    if post.valid_to and post.valid_from and post.valid_to <= post.valid_from:
        raise BadPost("离任日期要晚于任职日期，请核对。")
    days = overlapping(post.valid_from, post.valid_to)
    held = person.posts.filter(days).exclude(pk=post.pk)
    if held.filter(slug=post.slug, unit=post.unit).exists():
        where = f"在{post.unit.full_name}" if post.unit else ""
        raise BadPost(f"{person.name}这段时间已经{where}担任{POSTS[post.slug]}，不必重复登记。")
    acted_in = Delegation.objects.filter(days, delegate=person).values_list("post__slug", flat=True)
    if reason := clashing(post.slug, [*held.values_list("slug", flat=True), *acted_in]):
        raise BadPost(reason)


def _refuse_early(post: Post, day: dt.date) -> None:
    if post.valid_from and day < post.valid_from:
        raise BadPost(f"日期不能早于任职日期{post.valid_from}，请核对。")


def _facts(post: Post) -> dict[str, Any]:
    """What an event says of a post besides what changed."""
    return {
        "slug": [None, POSTS[post.slug]],
        "unit": [None, str(post.unit or "")],
        "scope": [None, post.reach_in_words],
        "valid_from": [None, _said(post.valid_from)],
    }


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
