"""What the pages read of confirmed rhythms: those of a plan, one with its history and its occasions, a person's duties."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.rhythm import LIVE
from luoshi.core.occasions import Occasion as Dated
from luoshi.core.rhythms import why_moved
from luoshi.core.workdays import Workdays
from luoshi.dispatch.models import Bearer, Duty, DutyQuerySet, Occasion, Rhythm
from luoshi.dispatch.queries.calendar import occasions_in
from luoshi.ledger.models import Plan
from luoshi.reporting.models import Round


class Time(NamedTuple):
    """One occasion of a rhythm as it went or will go: the round, or the duties that the actor may see."""

    one: Dated
    row: Rhythm
    occasion: Occasion | None
    duties: list[Duty]

    @property
    def why(self) -> str:
        """Why the day is another than said."""
        return why_moved(self.one)

    @property
    def kept(self) -> int:
        """How many have kept it."""
        return sum(duty.state == "kept" for duty in self.duties)


def with_all(actor: Actor) -> QuerySet[Rhythm]:
    """Rhythms the actor may see, with what a page shows of them."""
    bearers = Bearer.objects.select_related("unit", "post__person")
    rows = Rhythm.objects.visible_to(actor).select_related("plan", "mechanism", "follows", "followed_by")
    return rows.prefetch_related(Prefetch("bearers", bearers), "also")


def of_plan(actor: Actor, plan: Plan) -> list[Rhythm]:
    """The rows in force or stopped last, one a mechanism, in the order of the plan."""
    rows = with_all(actor).filter(plan=plan, followed_by__isnull=True)
    return list(rows.order_by("mechanism__order", "pk"))


def line_of(actor: Actor, rhythm: Rhythm) -> list[Rhythm]:
    """All rows that carry each other on, the latest first."""
    return list(with_all(actor).filter(mechanism=rhythm.mechanism_id).order_by("-valid_from", "-pk"))


def times(actor: Actor, rows: list[Rhythm], first: dt.date, last: dt.date, days: Workdays) -> list[Time]:
    """The occasions of a rhythm within [first, last], in order of day; in two queries."""
    mechanisms = {row.mechanism_id for row in rows}
    asked = Occasion.objects.filter(rhythm__mechanism__in=mechanisms).select_related("round")
    known = {(one.since, one.until): one for one in asked}
    duties: dict[tuple[dt.date, dt.date], list[Duty]] = {}
    mine = Duty.objects.visible_to(actor).filter(rhythm__mechanism__in=mechanisms)
    for duty in mine.exclude(state="void").select_related("rhythm", "unit", "person").order_by("due", "pk"):
        duties.setdefault((duty.since, duty.until), []).append(duty)
    found = [
        Time(one, row, known.get(one.period[:2]), duties.get(one.period[:2], []))
        for row in rows
        if row.becomes != "none"
        for one in occasions_in(row, first, last, days)
    ]
    return sorted(found, key=lambda time: time.one.due)


def duties_of(actor: Actor) -> DutyQuerySet:
    """What the actor may see, with what a line shows."""
    return Duty.objects.visible_to(actor).select_related(
        "rhythm__plan", "rhythm__mechanism", "unit", "person"
    )


def keeping(actor: Actor) -> QuerySet[Duty]:
    """What the actor, or their unit, has still to keep and is asked for by now."""
    if not actor.holds(*BUSINESS_POSTS):
        return Duty.objects.none()
    rows = Duty.objects.borne(actor).filter(state__in=LIVE, ask_on__lte=timezone.localdate())
    return rows.filter(rhythm__plan__state="adopted")


def to_keep(actor: Actor) -> list[Duty]:
    """All of that, the nearest day first, in one query."""
    return list(keeping(actor).select_related("rhythm", "unit", "person").order_by("due", "pk"))


def kept_by(actor: Actor) -> QuerySet[Duty]:
    """What the actor, or their unit, has kept, the latest first."""
    mine = Duty.objects.borne(actor).filter(state="kept").select_related("rhythm", "unit", "person")
    return mine.order_by("-due", "-pk")


def drawn_from(duty: Duty) -> Round | None:
    """The round whose numbers a paper or a meeting of this period uses: the latest of the plan that ends within it or before."""
    rows = Round.objects.filter(plan=duty.rhythm.plan_id, programme=None, until__lte=duty.until)
    return rows.order_by("-until", "-pk").first()


def plans_with_rhythms(actor: Actor) -> QuerySet[Plan]:
    """Plans that have a calendar, in one query."""
    rows = Plan.objects.visible_to(actor).filter(Exists(Rhythm.objects.filter(plan=OuterRef("pk"))))
    return rows.order_by("-date", "-pk")
