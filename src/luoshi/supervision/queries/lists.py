"""Orders as lists: filtered, counted, tallied, and what waits for a person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import BEFORE, OPEN
from luoshi.core.orders.clocks import Standing
from luoshi.core.orders.sampling import drawn
from luoshi.core.orders.words import CAUSES, ORIGINS, TYPES
from luoshi.core.periods import period_on
from luoshi.core.workdays import national
from luoshi.org.models import Unit
from luoshi.org.requests import whole
from luoshi.supervision.models import UNTIMED, Order, OrderQuerySet, Share

NEAR_DAYS = 3
DRAWN_PER_CENT = 20
YEAR = dt.timedelta(days=365)
GROUPS = {
    "open": "在办",
    "late": "超期",
    "near": "临期",
    "before": "立项中",
    "closed": "已销号",
    "ended": "终止和撤销",
    "all": "全部",
}
ENDED = ("dropped", "cancelled")
TIMED = tuple(state for state in OPEN if state not in UNTIMED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; unknown values count as none."""

    group: str = "open"
    words: str = ""
    unit: str = ""
    origin: str = ""
    type: str = ""
    cause: str = ""
    mark: str = ""
    look: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        """From an address."""
        unit = query.get("unit", "")

        def known(name: str, words: Mapping[str, str]) -> str:
            return query[name] if query.get(name) in words else ""

        return cls(
            group=known("group", GROUPS) or "open",
            words=query.get("q", "").strip()[:50],
            unit=unit if whole(unit) is not None else "",
            origin=known("origin", ORIGINS),
            type=known("type", TYPES),
            cause=known("cause", CAUSES),
            mark=known("mark", MARKS),
            look=known("look", LOOKS),
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the group is asked."""
        return any((self.words, self.unit, self.origin, self.type, self.cause, self.mark, self.look))


LOOKS = {"none": "还没有回头看", "drawn": "本季度抽中回头看"}
MARKS = {"hung": "挂牌督办", "blue": "蓝单", "orange": "橙单", "red": "红单", "moved": "延过期"}


class Line(NamedTuple):
    """One order in a list, with how it stands today."""

    order: Order
    standing: Standing


def grouped(rows: OrderQuerySet, group: str, today: dt.date) -> OrderQuerySet:
    """The orders of one tab."""
    timed = rows.filter(state__in=TIMED)
    match group:
        case "open":
            return rows.filter(state__in=OPEN)
        case "late":
            return timed.filter(deadline__lt=today)
        case "near":
            return timed.filter(deadline__gte=today, deadline__lte=national().add(today, NEAR_DAYS))
        case "before":
            return rows.filter(state__in=BEFORE)
        case "closed":
            return rows.filter(state="closed")
        case "ended":
            return rows.filter(state__in=ENDED)
    return rows


def find_orders(actor: Actor, filters: Filters) -> OrderQuerySet:
    """The visible orders that the filters ask for: what is over its time first, then by deadline."""
    today = timezone.localdate()
    rows = grouped(Order.objects.visible_to(actor), filters.group, today)
    for word in filters.words.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(number__icontains=word) | Q(matter__icontains=word) | Q(unit__full_name__icontains=word) | Q(ground__icontains=word)
        )  # fmt: skip
    if filters.unit:
        helps = Share.objects.filter(order=OuterRef("pk"), unit=int(filters.unit))
        rows = rows.filter(Q(unit=int(filters.unit)) | Exists(helps))
    for name in ("origin", "type", "cause"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.mark == "hung":
        rows = rows.filter(hung=True)
    elif filters.mark == "moved":
        rows = rows.filter(moved__gt=0)
    elif filters.mark:
        rows = rows.filter(colour=filters.mark)
    if filters.look:
        rows = rows.filter(state="closed", rechecks=None)
    if filters.look == "drawn":
        rows = rows.filter(pk__in=to_look_back(actor, today))
    ended = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
    undated = Case(When(deadline=None, then=Value(1)), default=Value(0))
    return rows.select_related("unit").order_by(ended, undated, "deadline", "-pk")


def to_look_back(actor: Actor, today: dt.date) -> tuple[int, ...]:
    """This quarter's draw among all that was closed before it began: a fifth, the same for everybody who may see it."""
    quarter = period_on("季度", today)
    closed = Order.objects.filter(
        government_id=actor.government_id, state="closed", ended_on__lt=quarter.start, ended_on__gte=quarter.start - YEAR
    )  # fmt: skip
    return drawn(closed.values_list("pk", flat=True), DRAWN_PER_CENT, quarter.label)


def counts(actor: Actor) -> dict[str, int]:
    """How many orders stand on each tab, in one query."""
    rows, today = Order.objects.visible_to(actor), timezone.localdate()
    soon = national().add(today, NEAR_DAYS)
    timed = Q(state__in=TIMED)
    return rows.aggregate(
        open=Count("pk", Q(state__in=OPEN)),
        late=Count("pk", timed & Q(deadline__lt=today)),
        near=Count("pk", timed & Q(deadline__gte=today, deadline__lte=soon)),
        before=Count("pk", Q(state__in=BEFORE)),
        closed=Count("pk", Q(state="closed")),
        ended=Count("pk", Q(state__in=ENDED)),
        all=Count("pk"),
    )


def causes(actor: Actor) -> list[tuple[str, str, int]]:
    """Why things cannot be done, tallied: (slug, words, orders of this year), the most frequent first."""
    rows = Order.objects.visible_to(actor).filter(year=timezone.localdate().year).exclude(cause="")
    tally = rows.values_list("cause").annotate(n=Count("pk")).order_by("-n", "cause")
    return [(slug, CAUSES.get(slug, slug), n) for slug, n in tally]


def units_asked(actor: Actor) -> QuerySet[Unit]:
    """The units that visible orders were given to, for a filter."""
    asked = Order.objects.visible_to(actor).filter(unit__isnull=False).values("unit")
    return Unit.objects.filter(pk__in=asked).order_by("rank", "pk")


def asked_this_year(unit: Unit, year: int) -> int:
    """How often the unit was asked this year (本年已对该单位督办n件)."""
    rows = Order.objects.filter(unit=unit, year=year).exclude(state__in=(*BEFORE, "cancelled"))
    return rows.count()
