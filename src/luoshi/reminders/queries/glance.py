"""Lights as a leader's page needs them: small rows, reckoned at most once in five minutes a plan for today, once a day for a day
gone by. A light of a past day does not change; one of today may be five minutes old, and the page says of when it is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.progress.lights import points
from luoshi.core.progress.rules import Look
from luoshi.ledger.models import Plan
from luoshi.supervision.queries import lights

FRESH, KEPT = 300, 24 * 3600
"""Seconds for which lights of today, and of a day gone by, are kept."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One promise and its light: `gap` in words, `said` the owner's own word, `contrary` when the two do not agree."""

    plan: int
    indicator: int | None
    task: int | None
    name: str
    unit: str
    unit_id: int | None
    tab: str
    level: str
    look: Look
    gap: str
    behind: float
    percent: int | None
    said: str
    contrary: bool
    order: tuple[int, str] | None

    @property
    def key(self) -> tuple[int | None, int | None]:
        """Tells one promise from another, on any day."""
        return (self.indicator, None if self.indicator else self.task)


@dataclass(frozen=True, slots=True)
class Seen:
    """The glances of a plan on a day, and when they were reckoned."""

    rows: tuple[Glance, ...]
    at: dt.datetime


def seen(actor: Actor, plan: Plan, day: dt.date) -> Seen:
    """The lights of a plan on a day, for somebody who sees all of its government."""
    today = timezone.localdate()
    key = f"glance:{plan.pk}:{day.isoformat()}:{today.isoformat()}"
    known: Seen | None = cache.get(key)
    if known is None:
        rows = tuple(_glance(plan, line) for line in lights.lines_of(actor, plan, day))
        known = Seen(rows, timezone.now())
        cache.set(key, known, FRESH if day >= today else KEPT)
    return known


def _glance(plan: Plan, line: lights.Line) -> Glance:
    light, said = line.light, line.said
    quiet = light.gap is None or (line.goal is not None and line.goal.kind == "zero")
    words = ""
    if light.gap and not quiet:
        words = f"{'低' if light.gap < 0 else '高'}{points(abs(light.gap)).lstrip('+')}{light.gap_unit}"
    return Glance(
        plan=plan.pk,
        indicator=line.indicator.pk if line.indicator else None,
        task=line.task.pk if line.task else None,
        name=line.name,
        unit=str(line.unit.unit) if line.unit else "",
        unit_id=line.unit.unit_id if line.unit else None,
        tab=line.tab,
        level=light.level,
        look=light.look,
        gap=words,
        behind=float(light.gap or 0),
        percent=said.percent if said else None,
        said=(said.blocker or said.done) if said else "",
        contrary=line.contrary,
        order=(line.order.pk, line.order.number) if line.order else None,
    )


def stale_reds(rows: Iterable[Glance]) -> int:
    """How many are red by figures of long ago: they stand in another column than the red ones."""
    return sum(row.tab == "stale" and row.level in ("bad", "late") for row in rows)


def reds(rows: Iterable[Glance]) -> list[Glance]:
    """What is red, the furthest behind first."""
    return sorted((row for row in rows if row.tab == "bad"), key=lambda row: (row.behind, row.name))
