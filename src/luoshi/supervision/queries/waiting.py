"""What waits for a person among the orders: asked of the tables, never stored, in one query."""

import datetime as dt
from collections.abc import Set
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.orders.clocks import REVIEW_DAYS
from luoshi.core.orders.words import DAILY
from luoshi.supervision.models import Extension, Order, OrderQuerySet, Review, Share

TURNS = {
    "leader": {"pending": "审批立项", "blocked": "研究“做不到”"},
    "office": {
        "pending": "审批立项", "approved": "交办", "refused": "处理拒收", "blocked": "研究“做不到”", "replied": "核验", "verified": "销号",
    },
    "inspector": {"approved": "交办", "refused": "处理拒收", "replied": "核验"},
    "force_office": {"approved": "交办", "refused": "处理拒收", "replied": "核验"},
    "head": {"sent": "签收", "working": "办理"},
    "clerk": {"sent": "签收", "working": "办理"},
}  # fmt: skip
"""Which states of an order wait for which post, and what for. A unit's posts only for what its own unit answers for."""
UNIT_POSTS = ("head", "clerk")
JUDGES = tuple(post for post in TURNS if post not in UNIT_POSTS)
JUDGED = ("replied", "verified")
EXTENDERS = ("office", "inspector")
REVIEWERS = ("office", "leader")


class Turn(NamedTuple):
    """Something that waits for a person: the order, what to do, by when."""

    order: Order
    what: str
    due: dt.date | None


def _mine(actor: Actor, post: str) -> Q:
    """The orders whose state waits for this post of the actor."""
    mine = Q(state__in=list(TURNS[post]))
    if post in UNIT_POSTS:
        return mine & Q(unit=actor.unit_id)
    if actor.unit_id is not None:  # nobody judges the work of their own unit
        mine &= ~Q(state__in=JUDGED, unit=actor.unit_id)
    if post == "office":  # what a leader alone approves does not wait for the office
        mine &= ~Q(state="pending") | Q(type=DAILY)
    return mine & ~Q(state="pending", drafter=actor.person_id)


def _asked(actor: Actor) -> dict[str, QuerySet[Share] | QuerySet[Extension] | QuerySet[Review]]:
    """What hangs on an order and waits for the actor, apart from its state."""
    found: dict[str, QuerySet[Share] | QuerySet[Extension] | QuerySet[Review]] = {}
    here = OuterRef("pk")
    if actor.holds(*UNIT_POSTS):
        asked = Share.objects.filter(order=here, unit=actor.unit_id, state__in=("waiting", "returned"))
        found["share"] = asked.filter(order__state="working")
    if actor.holds(*EXTENDERS, "leader"):
        open_ = Extension.objects.filter(order=here, state="asked").exclude(unit=actor.unit_id)
        found["extension"] = open_ if actor.holds(*EXTENDERS) else open_.filter(_led(actor))
    if actor.holds(*REVIEWERS):
        found["review"] = Review.objects.filter(order=here, state="asked")
    return found


def _led(actor: Actor) -> Q:
    """The extensions in which the word is this leader's: of what leaders alone approve (条例 art. 11), of what names them, of what a
    leader's instruction began that names nobody."""
    free = Q(order__origin="instruction", order__leader="")
    return ~Q(order__type=DAILY) | Q(order__leader=actor.holder_name) | free


def leads(actor: Actor, order: Order) -> bool:
    """`_led` of one order at hand."""
    free = order.origin == "instruction" and not order.leader
    return order.type != DAILY or order.leader == actor.holder_name or free


def waiting_orders(actor: Actor) -> OrderQuerySet:
    """The orders on which something waits for the actor; `share`, `extension`, `review` say whether it hangs on one of these."""
    if not set(actor.posts) & TURNS.keys():
        return Order.objects.none()
    wanted = Q(pk__in=[])
    for post in actor.posts:
        if post in TURNS:
            wanted |= _mine(actor, post)
    rows = Order.objects.visible_to(actor)
    for name, asked in _asked(actor).items():
        rows = rows.alias(**{name: Exists(asked)})
        wanted |= Q(**{name: True})
    return rows.filter(wanted)


def turns(actor: Actor) -> list[Turn]:
    """What waits, one line an order, by due day and undated last; in one query."""
    if not set(actor.posts) & TURNS.keys():
        return []
    asked = _asked(actor)
    rows = waiting_orders(actor).annotate(
        asked_on=Subquery(Review.objects.filter(order=OuterRef("pk"), state="asked").values("at")[:1]),
        **{f"has_{name}": Exists(found) for name, found in asked.items()},
    )
    found = []
    for order in rows.select_related("unit"):
        has = {name for name in asked if getattr(order, f"has_{name}")}
        found.append(turn(actor, order, has, order.asked_on))  # type: ignore[attr-defined]  # annotated
    return sorted(found, key=lambda t: (t.due is None, t.due or dt.date.max, t.order.pk))


def turn(actor: Actor, order: Order, has: Set[str], asked_on: dt.datetime | None) -> Turn:
    """What of an order that waits for the actor is to be done; `has` says which of `share`, `extension`, `review` hang on it
    for them, `asked_on` when the review was asked."""
    due = order.deadline
    words = []
    for post in actor.posts:
        word = TURNS.get(post, {}).get(order.state)
        if word and (post not in UNIT_POSTS or order.unit_id == actor.unit_id):
            words.append(word)
    if "share" in has:
        words.append("报送配合情况")
    if "extension" in has:
        words.append("答复延期申请")
    if "review" in has and asked_on:
        words.append("复核督查结论")
        due = timezone.localtime(asked_on).date() + dt.timedelta(days=REVIEW_DAYS)
    return Turn(order, "、".join(dict.fromkeys(words)), due)
