"""Acting for somebody from day to day. Judged by core/flow/delegation.py; ends by itself, or is recalled."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS, Actor
from luoshi.core.flow.delegation import DELEGATION, LONGEST_DAYS
from luoshi.core.flow.post import clashing
from luoshi.journal.moves import Refused, demand, record
from luoshi.org.models import Delegation, Person, Post, overlapping

ONE_DAY = dt.timedelta(days=1)


class BadDelegation(Refused):
    """The post, the person or the days do not suit acting for somebody."""


@transaction.atomic
def delegate(
    post: Post, person: Person, first: dt.date, last: dt.date, *, by: Actor, reason: str
) -> Delegation:
    """From the first to the last day, both included, `person` may act in the post on behalf of its holder.

    Raises BadDelegation, Denied (the holder themself or the office).
    """
    day = timezone.localdate()
    case = Delegation(post=post, valid_from=day, valid_to=day + ONE_DAY)
    demand(DELEGATION, case, "delegate", by, reason)
    acting = Delegation(
        post=post, delegate=person, reason=reason.strip(), valid_from=first, valid_to=last + ONE_DAY
    )
    _refuse_unsound(acting)
    acting.save()
    changes = {
        "post": [None, f"{post.person.name}的{POSTS[post.slug]}"],
        "delegate": [None, person.name],
        "valid_from": [None, first.isoformat()],
        "valid_to": [None, last.isoformat()],
    }
    record(acting, "delegate", by, changes, reason)
    return acting


@transaction.atomic
def recall(acting: Delegation, *, by: Actor) -> None:
    """From now on nobody acts in the post any more. Raises Denied."""
    record(acting, "recall", by, {"delegate": [acting.delegate.name, None]})
    acting.valid_to = max(timezone.localdate(), acting.valid_from)
    acting.save()


def _refuse_unsound(acting: Delegation) -> None:
    """What no table knows: who, and on which days. Raises BadDelegation."""
    post, person, first, last = acting.post, acting.delegate, acting.valid_from, acting.last_day
    if post.slug in SYSTEM_POSTS:
        raise BadDelegation(f"{POSTS[post.slug]}不能委托他人代办，确需换人的请由安全管理员收回后重新授予。")
    if person.pk == post.person_id or person.state != "current":
        raise BadDelegation("请选择一位在册的其他人员代办。")
    if person.government_id != post.government_id:
        raise BadDelegation("只能委托本地区的人员代办，请重新选择。")
    if last < first or last < timezone.localdate():
        raise BadDelegation("结束日期不能早于开始日期，也不能早于今天，请核对。")
    if (last - first).days >= LONGEST_DAYS:
        raise BadDelegation(f"代办一次最长{LONGEST_DAYS}天。时间更长的，请办理岗位移交。")
    if (post.valid_from and first < post.valid_from) or (post.valid_to and acting.valid_to > post.valid_to):
        raise BadDelegation("代办的日期超出了这个岗位的任期，请核对。")
    days = overlapping(acting.valid_from, acting.valid_to)
    if Delegation.objects.filter(days, post=post).exclude(pk=acting.pk).exists():
        raise BadDelegation("这段时间这个岗位已经有人代办，请先收回原来的委托。")
    if reason := clashing(post.slug, person.posts.filter(days).values_list("slug", flat=True)):
        raise BadDelegation(reason)
