"""One page for a leader: what needs me, my duties, what is red, what moved since I last looked. Only within the leader's scope:
the whole county for whoever leads it, else the tasks that name them and the actions they are in charge of."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import REPORT
from luoshi.core.orders.words import CAUSES
from luoshi.ledger.models import Amendment, Plan
from luoshi.reminders.models import Look
from luoshi.reminders.queries.glance import Glance, seen
from luoshi.reminders.queries.scopes import Scope
from luoshi.reminders.waiting import Line
from luoshi.reporting.models import Report, Round
from luoshi.supervision.models import Order, OrderQuerySet

MOST = 5
"""Items of one section; the rest is a line that leads to them."""
PLANS = 3
"""Plans whose lights are looked at: the newest."""
MONTH = dt.timedelta(days=30)
RANK = {"bad": 0, "stale": 1, "silent": 1, "behind": 2, "good": 3}
"""Tabs from worse to better; what is not due has no place among them."""


def own_lines(lines: Sequence[Line], actor: Actor, within: Scope) -> list[Line]:
    """What waits for this leader to decide, the dated first. A leader with a part of the county is not shown orders that lie
    wholly elsewhere."""
    if within.tasks is None or not lines:
        return list(lines)
    keys = [int(line.key.split(":")[1]) for line in lines if line.key.startswith("order:")]
    mine = set(_mine(Order.objects.filter(pk__in=keys), actor, within).values_list("pk", flat=True))
    return [
        line for line in lines if not line.key.startswith("order:") or int(line.key.split(":")[1]) in mine
    ]


def _mine(orders: OrderQuerySet, actor: Actor, within: Scope) -> OrderQuerySet:
    """Orders of a leader with a part of the county: on their tasks, of the units that lead these, or naming them. Those
    that name nobody and hang on no task are everybody's to see to."""
    if within.tasks is None:
        return orders
    free = Q(leader="", task=None)
    return orders.filter(
        free | Q(task__in=within.tasks) | Q(unit__in=within.units) | Q(leader=actor.holder_name)
    )


@dataclass(frozen=True, slots=True)
class Red:
    """A red light with both words beside it: the owner's, and what the office has made of it so far."""

    row: Glance
    office: str

    @property
    def address(self) -> str:
        """Its receipt."""
        if self.row.indicator:
            return reverse("lights:receipt", args=[self.row.indicator])
        return reverse("ledger:task", args=[self.row.task])


def with_second_opinion(actor: Actor, rows: Sequence[Glance]) -> list[Red]:
    """Beside each light what became of the owner's last report; one query."""
    tasks = [row.task for row in rows if row.task]
    reports = Report.objects.visible_to(actor).filter(task__in=tasks).order_by("until", "pk")
    columns = ("task", "unit", "state", "answer")
    last = {(task, unit): (state, answer) for task, unit, state, answer in reports.values_list(*columns)}
    return [Red(row, _office(row, *last.get((row.task, row.unit_id), ("", "")))) for row in rows]


def _office(row: Glance, state: str, answer: str) -> str:
    if row.order:
        return f"已督办（{row.order[1] or '未编号'}）"
    if state == "returned":
        return f"已退回：{answer}" if answer else "已退回"
    if state == "draft":
        return "还没有收到这一轮的填报"
    word = {"accepted": "已采用", "": "没有收到过填报"}.get(state, REPORT.label(state) if state else "")
    return f"{word}，自报与计算不一致，请核实" if row.contrary else word


class Change(NamedTuple):
    """Something that moved since the day: how (a word and its badge), what, where."""

    word: str
    slug: str
    what: str
    note: str
    address: str


def since(actor: Actor) -> tuple[dt.date, bool]:
    """From which day on changes are told, and whether the leader said so: the day they last pressed 看过了, else the day the
    last round was closed, else a month ago."""
    look = Look.objects.filter(person=actor.person_id).values_list("day", flat=True).first()
    if look:
        return look, True
    closed = Round.objects.filter(government=actor.government_id, state="closed")
    last = closed.aggregate(last=Max("closed_at"))["last"]
    return (timezone.localtime(last).date() if last else timezone.localdate() - MONTH), False


def changes(
    actor: Actor, within: Scope, day: dt.date, before: Iterable[Glance], now: Iterable[Glance]
) -> list[Change]:
    """What moved since a day: lights that turned red, what was done, orders ended, what was amended, lights that recovered."""
    return [*_lights(before, now), *_ended(actor, within, day), *_amended(actor, within, day)]


def _lights(before: Iterable[Glance], now: Iterable[Glance]) -> list[Change]:
    old = {row.key: row for row in before}
    worse, done, better = [], [], []
    for row in now:
        was = old.get(row.key)
        if was is None or was.level == row.level:
            continue
        address = Red(row, "").address
        note = f"原为{was.look.word}"
        if row.tab == "bad" and was.tab != "bad":
            worse.append(Change("新变红", "bad", row.name, f"{row.unit}，{note}".strip("，"), address))
        elif row.level == "done":
            done.append(Change("完成", "good", row.name, f"{row.unit}，{note}".strip("，"), address))
        elif was.tab == "bad" and RANK.get(row.tab, 0) > RANK["stale"]:
            better.append(Change("转好", "good", row.name, f"{row.unit}，现在{row.look.word}", address))
    return [*worse, *done, *better]


def _ended(actor: Actor, within: Scope, day: dt.date) -> list[Change]:
    rows = Order.objects.filter(
        government=actor.government_id, ended_on__gt=day, state__in=("closed", "dropped")
    )
    shown = _mine(rows, actor, within).select_related("unit").order_by("-ended_on", "-pk")
    return [
        Change("销号" if order.state == "closed" else "终止", "good" if order.state == "closed" else "waiting", order.title,
               f"{order.number}，{order.unit}", reverse("supervision:order", args=[order.pk]))
        for order in shown[: 4 * MOST]
    ]  # fmt: skip


def _amended(actor: Actor, within: Scope, day: dt.date) -> list[Change]:
    rows = Amendment.objects.filter(
        plan__government=actor.government_id, at__date__gt=day, task__isnull=False
    )
    if within.tasks is not None:
        rows = rows.filter(task__in=within.tasks)
    found = []
    for one in rows.select_related("task").order_by("-pk")[: 4 * MOST]:
        address = reverse("ledger:task", args=[one.task_id])
        found.append(
            Change(f"改{one.get_what_display()}", "plain", str(one.task), f"{one.old} → {one.new}", address)
        )
    return found


def tally(actor: Actor, within: Scope) -> list[tuple[str, str, int]]:
    """Why things cannot be done, in the leader's scope this year: (slug, words, orders), the most frequent first."""
    rows = Order.objects.visible_to(actor).filter(year=timezone.localdate().year).exclude(cause="")
    counts: dict[str, int] = {}
    for cause in _mine(rows, actor, within).values_list("cause", flat=True):
        counts[cause] = counts.get(cause, 0) + 1
    return sorted(
        ((slug, CAUSES.get(slug, slug), n) for slug, n in counts.items()), key=lambda one: (-one[2], one[0])
    )


def plans_of(actor: Actor) -> list[Plan]:
    """The plans whose lights are shown."""
    return list(Plan.objects.visible_to(actor).filter(state="adopted").order_by("-adopted_at", "-pk")[:PLANS])


def glances(
    actor: Actor, plans: Sequence[Plan], within: Scope, day: dt.date
) -> tuple[list[Glance], dt.datetime]:
    """Everything in scope on a day, and since when the oldest of it is known."""
    found = [seen(actor, plan, day) for plan in plans]
    rows = [row for one in found for row in one.rows if within.has(row.task)]
    return rows, min((one.at for one in found), default=timezone.now())
