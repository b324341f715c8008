"""What waits for everybody at once, of what has a day: the same as `waiting.lines` of each person, in a fixed number of queries.

A tick asks this for a whole government. What of an order, a round or a step waits for a desk is decided by the same rows of
core/flow, the same builders of lines; tests hold the two against each other for every desk of a county.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.milestone import UNIT as STEP_POSTS
from luoshi.core.flow.order import BEFORE, OPEN
from luoshi.core.flow.report import FILLABLE, REPORT
from luoshi.core.orders.words import DAILY
from luoshi.ledger.models import Assignment, Milestone
from luoshi.ledger.queries.waiting import AHEAD, FINISHES
from luoshi.org.actors import Desk, desks_on
from luoshi.org.models import Unit
from luoshi.reminders import convening
from luoshi.reminders.convening import convened
from luoshi.reminders.waiting import MOST_STEPS, Line, order_line, report_line, step_line
from luoshi.reporting.models import Report, Round, Sheet
from luoshi.reporting.queries import waiting as rounds
from luoshi.reporting.queries.sheets import head_signs
from luoshi.supervision.models import EVERYWHERE, Extension, Order, Review, Share
from luoshi.supervision.queries import waiting as orders

Row = dict[str, Any]
SEEN, SHARED = REPORT.moves["see"], REPORT.moves["see_shared"]
FILLS, ACCEPTS, COLLATES = REPORT.moves["fill"], REPORT.moves["accept"], REPORT.moves["collate"]
FREE = tuple(slug for slug in SEEN.posts if slug not in SEEN.bound)
WORDS = ("round", "unit", "sheet__reminded", "task__action__name")
ROUND = tuple(word.removeprefix("round__") for word in rounds.ROUND)
Sight = tuple[int, str, str, int | None]
"""What it depends on who sees a report: its unit, state, action and lead unit."""


@dataclass
class Waits:
    """Everything of a government that may wait for somebody: reports counted by what tells their handlers apart, orders with
    what hangs on them, milestones with their days.

    words       round → its words as rows of reporting have them
    fillable    unit → what is to be filled, by who sees it; years of open rounds make this long
    rows        what others handle, also by unit and by lead
    filled      sheets of a unit in lines, for those who see the same of it
    """

    day: dt.date
    head_signs: bool = False
    words: dict[int, Row] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    fillable: dict[int, dict[Sight, list[Row]]] = field(default_factory=lambda: defaultdict(dict))
    rows: list[Row] = field(default_factory=list)
    by_unit: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_lead: dict[int | None, list[Row]] = field(default_factory=lambda: defaultdict(list))
    orders: list[Order] = field(default_factory=list)
    of_unit: dict[int | None, list[Order]] = field(default_factory=lambda: defaultdict(list))
    shares: dict[int, list[Share]] = field(default_factory=lambda: defaultdict(list))
    extensions: dict[int, list[Extension]] = field(default_factory=lambda: defaultdict(list))
    reviews: dict[int, dt.datetime] = field(default_factory=dict)
    steps: dict[int, list[Milestone]] = field(default_factory=lambda: defaultdict(list))
    accepted: list[Line] | None = None
    filled: dict[tuple[bool, frozenset[Sight]], list[Line]] = field(default_factory=dict)


def dated_lines(government_id: int, day: dt.date) -> list[tuple[Desk, list[Line]]]:
    """Each desk of a government with the lines that wait there and have a day. Some two dozen queries, whatever there is."""
    waits, called = gather(government_id, day), convened(government_id, day)
    return [
        (desk, [*lines_at(desk.actor, waits), *convening.lines_at(desk.actor, called)])
        for desk in desks_on(government_id, day)
    ]


def gather(government_id: int, day: dt.date) -> Waits:
    """Ask the tables once."""
    waits = Waits(day)
    _reports(waits, government_id)
    _orders(waits, government_id)
    _steps(waits, government_id)
    return waits


def _reports(waits: Waits, government_id: int) -> None:
    again = dict(Sheet.objects.filter(round__government=government_id, reopened=True).values_list("pk", "round"))  # fmt: skip
    asked = Round.objects.filter(Q(state="open") | Q(pk__in=set(again.values())), government=government_id)
    opened = []
    for row in asked.order_by().values("pk", "state", *ROUND):
        waits.words[row["pk"]] = {f"round__{word}": row[word] for word in ROUND}
        if row["state"] == "open":
            opened.append(row["pk"])
    if not waits.words:
        return
    waits.head_signs = head_signs(government_id)
    waits.names = dict(Unit.objects.filter(government=government_id).values_list("pk", "full_name"))
    live = Report.objects.filter(
        Q(round__in=opened) | Q(sheet__in=again), government=government_id
    ).order_by()
    drafts = live.filter(state="draft").values(*WORDS).annotate(n=Count("pk"))
    for row in drafts:  # whose lead is nobody's matter yet, and there are many
        _keep(waits, {**row, "state": "draft", "lead_unit": None})
    for row in live.exclude(state__in=("draft", "accepted")).values(*WORDS, "state", "lead_unit").annotate(n=Count("pk")):  # fmt: skip
        _keep(waits, row)


def _keep(waits: Waits, row: Row) -> None:
    """Put a row where it is looked for."""
    if row["state"] in FILLABLE:
        waits.fillable[row["unit"]].setdefault(_sight(row), []).append(row)
    else:
        waits.rows.append(row)
        waits.by_unit[row["unit"]].append(row)
        waits.by_lead[row["lead_unit"]].append(row)


def _sight(row: Row) -> Sight:
    return row["unit"], row["state"], row["task__action__name"] or "", row["lead_unit"]


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
    return [*_report_lines(actor, waits), *_order_lines(actor, waits), *_step_lines(actor, waits)]


def _report_lines(actor: Actor, waits: Waits) -> Iterator[Line]:
    units = () if actor.unit_id is None else (actor.unit_id, *actor.below)
    if actor.holds(*FILLS.posts):
        for unit in units:
            yield from _fill_lines(actor, unit, waits)
    office = actor.holds(*ACCEPTS.posts)
    lead = actor.holds(*COLLATES.posts) and actor.unit_id is not None
    if office and not lead and actor.holds(*FREE):  # all offices see all: reckoned once
        if waits.accepted is None:
            waits.accepted = [report_line(one) for one in rounds.to_handle(actor, _to_handle(actor, waits))]
        yield from waits.accepted
    elif office or lead:
        yield from map(report_line, rounds.to_handle(actor, _to_handle(actor, waits)))


def sees(actor: Actor, sight: Sight) -> bool:
    """Whether a report is visible, as core/flow/report.py says."""
    if actor.holds(*FREE):
        return True
    unit, state, action, lead = sight
    shared = state in SHARED.sources
    return any(
        (slug in SEEN.posts and actor.reaches(slug, unit, action))
        or (shared and slug in SHARED.posts and actor.reaches(slug, lead, action))
        for slug in actor.posts
    )


def _fill_lines(actor: Actor, unit: int, waits: Waits) -> list[Line]:
    """The sheets of a unit that wait to be filled, in lines; those at one desk's side who see the same share them."""
    rows = waits.fillable.get(unit, {})
    seen = frozenset(sight for sight in rows if sees(actor, sight))
    key = (unit == actor.unit_id, seen)
    if key not in waits.filled:
        sheets = _sheets(waits, (row for sight in rows if sight in seen for row in rows[sight]))
        waits.filled[key] = [report_line(one) for one in rounds.to_fill(actor, sheets)]
    return waits.filled[key]


def _sheets(waits: Waits, rows: Iterable[Row]) -> Iterator[Row]:
    """What is to be filled, added up by sheet."""
    counts: dict[tuple[int, int], Counter[str]] = {}
    first: dict[tuple[int, int], Row] = {}
    for row in rows:
        key = (row["round"], row["unit"])
        counts.setdefault(key, Counter())[row["state"]] += row["n"]
        first.setdefault(key, row)
    for key, row in first.items():
        words = {**waits.words[row["round"]], "unit__full_name": waits.names.get(row["unit"], "")}
        yield {**row, **words, "draft": counts[key]["draft"], "back": counts[key]["returned"]}


def _to_handle(actor: Actor, waits: Waits) -> Iterator[Row]:
    """What others sent, added up by round."""
    office = actor.holds(*ACCEPTS.posts)
    lead = actor.holds(*COLLATES.posts) and actor.unit_id is not None
    signs = actor.holds("head") and waits.head_signs
    counts: dict[int, Counter[str]] = {}
    first: dict[int, Row] = {}

    def add(kind: str, row: Row) -> None:
        if sees(actor, _sight(row)):
            counts.setdefault(row["round"], Counter())[kind] += row["n"]
            first.setdefault(row["round"], row)

    for row in waits.rows if office else ():
        if row["state"] in rounds.WAITING:
            add("accept", row)
    for row in waits.by_lead.get(actor.unit_id, ()) if lead else ():
        if row["state"] in ("submitted", "signed") and row["unit"] != actor.unit_id:
            add("collate", row)
    for row in waits.by_unit.get(actor.unit_id or 0, ()) if signs and (office or lead) else ():
        if row["state"] == "submitted":
            add("sign", row)
    for key, row in first.items():
        kinds = {kind: counts[key][kind] for kind in ("accept", "collate", "sign")}
        yield {**row, **waits.words[key], **kinds}


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
    if actor.holds(*orders.EXTENDERS):
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
