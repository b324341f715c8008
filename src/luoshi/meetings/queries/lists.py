"""Meetings and decisions as lists, in a fixed number of queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.decision import OPEN, TRACKED
from luoshi.core.flow.meeting import BEFORE
from luoshi.meetings.models import KINDS, Decision, DecisionQuerySet, Meeting, MeetingQuerySet
from luoshi.org.models import Unit
from luoshi.org.requests import whole

GROUPS = {"ahead": "要开的", "over": "开过的", "cancelled": "取消的"}
TABS = {
    "late": "逾期未办",
    "open": "办理中",
    "answered": "待确认",
    "ordered": "已转督办",
    "done": "已办结",
    "all": "全部",
}


def find_meetings(actor: Actor, group: str, kind: str = "") -> MeetingQuerySet:
    """Visible meetings of a tab, with how many decisions each has and how many of them are open or late."""
    today = timezone.localdate()
    rows = Meeting.objects.visible_to(actor).select_related("programme")
    states = {"ahead": (*BEFORE, "held"), "over": ("closed",), "cancelled": ("cancelled",)}[group]
    rows = rows.filter(state__in=states)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    seen = Q(decisions__in=Decision.objects.visible_to(actor).tracked().values("pk"))
    left = seen & Q(decisions__state__in=OPEN)
    late = seen & Q(decisions__state="open", decisions__due__lt=today)
    rows = rows.annotate(
        n=Count("decisions", seen, distinct=True),
        left=Count("decisions", left, distinct=True),
        late=Count("decisions", late, distinct=True),
    )
    return rows.order_by("day", "pk") if group == "ahead" else rows.order_by("-day", "-pk")


def counts(actor: Actor) -> dict[str, int]:
    """How many meetings stand on each tab, in one query."""
    rows = Meeting.objects.visible_to(actor)
    return rows.aggregate(
        ahead=Count("pk", Q(state__in=(*BEFORE, "held"))),
        over=Count("pk", Q(state="closed")),
        cancelled=Count("pk", Q(state="cancelled")),
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list of decisions asks for; unknown values count as none."""

    tab: str = "late"
    words: str = ""
    unit: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], tab: str) -> "Filters":
        """From an address, with the tab to begin with."""
        unit = query.get("unit", "")
        asked = query.get("tab", "")
        return cls(
            tab=asked if asked in TABS else tab,
            words=query.get("q", "").replace("\0", "").strip()[:50],
            unit=unit if whole(unit) is not None else "",
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab is asked."""
        return bool(self.words or self.unit)


def of_tab(tab: str, today: dt.date) -> Q:
    """The decisions of one tab."""
    late = Q(state="open", due__lt=today)
    if tab == "late":
        return late
    if tab == "open":
        return Q(state="open") & ~late
    return Q(state__in=TRACKED) if tab == "all" else Q(state=tab)


def find_decisions(actor: Actor, filters: Filters) -> DecisionQuerySet:
    """Visible tracked decisions of a tab: what is due first at the top, without a day last."""
    rows = Decision.objects.visible_to(actor).tracked().filter(of_tab(filters.tab, timezone.localdate()))
    for word in filters.words.split():
        rows = rows.filter(
            Q(text__icontains=word) | Q(unit__full_name__icontains=word) | Q(meeting__title__icontains=word)
        )
    if filters.unit:
        rows = rows.filter(Q(unit=int(filters.unit)) | Q(helpers=int(filters.unit))).distinct()
    undated = Case(When(due=None, then=Value(1)), default=Value(0))
    rows = rows.select_related("unit", "meeting__programme", "order").prefetch_related("answers", "helpers")
    if filters.tab in ("done", "all"):
        return rows.order_by("-meeting__day", "pk")
    return rows.order_by(undated, "due", "pk")


def decision_counts(actor: Actor) -> dict[str, int]:
    """How many decisions stand on each tab, in one query."""
    today = timezone.localdate()
    rows = Decision.objects.visible_to(actor).tracked()
    return rows.aggregate(**{tab: Count("pk", of_tab(tab, today)) for tab in TABS})


def units_asked(actor: Actor) -> list[Unit]:
    """The units that visible decisions were given to, for a filter."""
    asked = Decision.objects.visible_to(actor).tracked().filter(unit__isnull=False).values("unit")
    return list(Unit.objects.filter(pk__in=asked).order_by("rank", "pk"))
