"""What waits for everybody at once, of what has a day: the same as `waiting.lines` of each person, in a fixed number of queries.

A tick asks this for a whole government. What of an order, a round or a step waits for a desk is decided by the same rows of
core/flow, the same builders of lines; tests hold the two against each other for every desk of a county.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.milestone import UNIT as STEP_POSTS
from luoshi.core.flow.order import BEFORE, OPEN
from luoshi.core.orders.words import DAILY
from luoshi.ledger.models import Assignment, Milestone
from luoshi.ledger.queries.waiting import AHEAD, FINISHES
from luoshi.org.actors import Desk, desks_on
from luoshi.reminders import convening, rounds
from luoshi.reminders.convening import convened
from luoshi.reminders.rounds import asked
from luoshi.reminders.waiting import MOST_STEPS, Line, order_line, step_line
from luoshi.supervision.models import EVERYWHERE, Extension, Order, Review, Share
from luoshi.supervision.queries import waiting as orders


@dataclass
class Waits:
    """Orders with what hangs on them, milestones with their days, that may wait for somebody."""

    day: dt.date
    orders: list[Order] = field(default_factory=list)
    of_unit: dict[int | None, list[Order]] = field(default_factory=lambda: defaultdict(list))
    shares: dict[int, list[Share]] = field(default_factory=lambda: defaultdict(list))
    extensions: dict[int, list[Extension]] = field(default_factory=lambda: defaultdict(list))
    reviews: dict[int, dt.datetime] = field(default_factory=dict)
    steps: dict[int, list[Milestone]] = field(default_factory=lambda: defaultdict(list))


def dated_lines(government_id: int, day: dt.date) -> list[tuple[Desk, list[Line]]]:
    """Each desk of a government with the lines that wait there and have a day. Some two dozen queries, whatever there is."""
    waits, called, sheets = (
        gather(government_id, day),
        convened(government_id, day),
        asked(government_id, day),
    )
    found = []
    for desk in desks_on(government_id, day):
        actor = desk.actor
        lines = [*rounds.lines_at(actor, sheets), *lines_at(actor, waits), *convening.lines_at(actor, called)]
        found.append((desk, lines))
    return found


def gather(government_id: int, day: dt.date) -> Waits:
    """Ask the tables once."""
    waits = Waits(day)
    _orders(waits, government_id)
    _steps(waits, government_id)
    return waits


def _orders(waits: Waits, government_id: int) -> None:
    reviewed = Review.objects.filter(order__government=government_id, state="asked").order_by("-at", "-pk")
    waits.reviews = dict(reviewed.values_list("order", "at"))
    for extension in Extension.objects.filter(order__government=government_id, state="asked"):
        waits.extensions[extension.order_id].append(extension)
    live = Q(state__in=(*BEFORE, *OPEN)) | Q(pk__in=[*waits.reviews, *waits.extensions])
    shown = Order.objects.filter(live, government=government_id).select_related("unit", "task__action")
    waits.orders = list(shown)
    for order in waits.orders:
        waits.of_unit[order.unit_id].append(order)
    by_key = {order.pk: order for order in waits.orders}
    for share in Share.objects.filter(order__in=shown.values("pk")):
        waits.shares[share.order_id].append(share)
        waits.of_unit[share.unit_id].append(by_key[share.order_id])


def _steps(waits: Waits, government_id: int) -> None:
    leads = Prefetch("task__assignments", Assignment.objects.filter(accountable=True), to_attr="leading")
    steps = (
        Milestone.objects.filter(
            task__plan__government=government_id, task__plan__state="adopted", task__state="running",
            state__in=FINISHES.sources, due__lte=waits.day + dt.timedelta(days=AHEAD),
        )
        .select_related("task__plan", "task__action")
        .prefetch_related(leads)
        .order_by("due", "pk")
    )  # fmt: skip
    for step in steps:
        leading: list[Assignment] = step.task.leading  # type: ignore[attr-defined]  # prefetched
        doer = step.unit_id or next((share.unit_id for share in leading), None)
        if doer is not None:
            waits.steps[doer].append(step)


def lines_at(actor: Actor, waits: Waits) -> list[Line]:
    """What waits at one desk; no query."""
    return [*_order_lines(actor, waits), *_step_lines(actor, waits)]


def _order_lines(actor: Actor, waits: Waits) -> Iterator[Line]:
    if not set(actor.posts) & orders.TURNS.keys():
        return
    judge = actor.holds(*orders.JUDGES)
    near = waits.orders if judge else dict.fromkeys(waits.of_unit.get(actor.unit_id, ()))
    for order in near:
        has = _hanging(actor, order, waits)
        mine = any(_is_turn(actor, post, order) for post in actor.posts if post in orders.TURNS)
        if (mine or has) and _sees_order(actor, order, waits):
            turn = orders.turn(actor, order, has, waits.reviews.get(order.pk))
            if turn.due is not None:
                yield order_line(actor, turn, order.action)


def _hanging(actor: Actor, order: Order, waits: Waits) -> set[str]:
    """Which of share, extension and review wait for the actor."""
    has = set()
    if actor.holds(*orders.UNIT_POSTS) and order.state == "working":
        asked = (s for s in waits.shares.get(order.pk, ()) if s.unit_id == actor.unit_id)
        if any(share.state in ("waiting", "returned") for share in asked):
            has.add("share")
    if actor.holds(*orders.EXTENDERS) or (actor.holds("leader") and orders.leads(actor, order)):
        asking = waits.extensions.get(order.pk, ())
        if any(extension.unit_id != actor.unit_id for extension in asking):
            has.add("extension")
    if actor.holds(*orders.REVIEWERS) and order.pk in waits.reviews:
        has.add("review")
    return has


def _is_turn(actor: Actor, post: str, order: Order) -> bool:
    """Whether the state of an order waits for this post of the actor."""
    if order.state not in orders.TURNS[post]:
        return False
    if post in orders.UNIT_POSTS:
        return order.unit_id == actor.unit_id
    own_work = order.state in orders.JUDGED and order.unit_id == actor.unit_id
    if actor.unit_id is not None and own_work:
        return False
    if order.state == "pending":
        return order.drafter_id != actor.person_id and (post != "office" or order.type == DAILY)
    return True


def _sees_order(actor: Actor, order: Order, waits: Waits) -> bool:
    """Whether an order is visible (`OrderQuerySet.visible_to`)."""
    if actor.holds(*EVERYWHERE) or actor.reaches("force_office", None):
        return True
    if actor.holds("head", "clerk") and order.state not in BEFORE:
        units = {unit for unit in (actor.unit_id, *actor.below) if unit is not None}
        if order.unit_id in units or any(s.unit_id in units for s in waits.shares.get(order.pk, ())):
            return True
    mine = order.drafter_id == actor.person_id
    return actor.holds("force_office") and (mine or (bool(order.action) and order.action in actor.covers))


def _step_lines(actor: Actor, waits: Waits) -> Iterator[Line]:
    held = [slug for slug in FINISHES.posts if slug in STEP_POSTS and actor.holds(slug)]
    if not held or actor.unit_id is None:
        return
    found: dict[int, tuple[Milestone, int]] = {}
    for unit, steps in _near(actor, held, waits).items():
        for step in steps:
            action = step.task.action.name if step.task.action else ""
            if any(slug not in FINISHES.bound or actor.reaches(slug, unit, action) for slug in held):
                found[step.pk] = (step, unit)
    first = sorted(found.values(), key=lambda pair: (pair[0].due or dt.date.max, pair[0].pk))[:MOST_STEPS]
    for step, unit in first:
        yield step_line(step, unit, step.task.action.name if step.task.action else "")


def _near(actor: Actor, held: list[str], waits: Waits) -> Mapping[int, list[Milestone]]:
    """The milestones that may be the actor's: those of its units, unless a post reaches further."""
    scopes = actor.scopes or (actor.scope,) * len(actor.posts)
    wide = any(scopes[actor.posts.index(slug)] in ("government", "actions") for slug in held)
    if wide:
        return waits.steps
    return {unit: waits.steps[unit] for unit in (actor.unit_id, *actor.below) if unit in waits.steps}
