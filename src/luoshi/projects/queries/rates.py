"""四率 and 四比四提高 on any day, with the projects behind each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from luoshi.core.progress.rates import (
    FOUR_RATES,
    FOUR_RATIOS,
    OF,
    Part,
    Rate,
    four_rates,
    four_ratios,
    parts,
    signed_by,
)
from luoshi.core.progress.rounding import percent, shown
from luoshi.org.models import Government
from luoshi.projects.models import Bid, Project
from luoshi.projects.queries.standing import Standing, projects_of

UNITS = {"arrived": "万元", "won": "万元", "paid": "万元", "done": "万元"}
NAMES = FOUR_RATES | FOUR_RATIOS


def spaced(value: Fraction) -> str:
    """As printed, with separators: 195,200 or 29,353.2."""
    whole, _, rest = shown(value).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


class Card(NamedTuple):
    """One rate as it is shown: `slug` names it, `percent` is None where there is no denominator."""

    slug: str
    rate: Rate

    @property
    def percent(self) -> str:
        """The value as printed; "" where it is not computed."""
        return "" if self.rate.value is None else percent(self.rate.value)

    @property
    def top(self) -> str:
        """Above the line, with its unit."""
        return spaced(self.rate.numerator) + UNITS.get(self.slug, "个")

    @property
    def bottom(self) -> str:
        """Below the line, with its unit."""
        return spaced(self.rate.denominator) + UNITS.get(self.slug, "个")

    @property
    def width(self) -> int:
        """0 to 100, for a bar."""
        return 0 if self.rate.value is None else max(0, min(100, round(self.rate.value * 100)))


@dataclass(frozen=True)
class Rates:
    """Both fours on a day. `batches` are all there are, `chosen` those the rates are of (empty: all); `bid` is what 争资占比 is of."""

    day: dt.date
    standings: list[Standing]
    four_rates: tuple[Card, ...]
    four_ratios: tuple[Card, ...]
    batches: list[str]
    chosen: tuple[str, ...]
    bid: Bid | None
    ended: int

    @property
    def cards(self) -> tuple[Card, ...]:
        """All eight."""
        return (*self.four_rates, *self.four_ratios)


class Behind(NamedTuple):
    """A project behind a rate: what it adds above and below as printed, or why it is left out."""

    standing: Standing
    top: str
    bottom: str
    why: str


def rates(
    government: Government | int,
    day: dt.date | None = None,
    batches: Sequence[str] = (),
    only: QuerySet[Project] | None = None,
) -> Rates:
    """The rates of a government's projects (or those of `only`) on a day (today), of all batches or of those named.

    Ended projects stay in the four rates (what was signed was signed) and are left out of the four ratios.
    """
    today = day or timezone.localdate()
    everything = projects_of(government, today, only)
    known = list(dict.fromkeys(s.project.batch for s in everything if s.project.batch))
    chosen = tuple(batch for batch in known if batch in batches)
    standings = [s for s in everything if not chosen or s.project.batch in chosen]
    bid = (
        Bid.objects.filter(government=government, on__lte=today, at__date__lte=today)
        .order_by("on", "pk")
        .last()
    )
    facts, going = [s.facts for s in standings], [s.facts for s in standings if s.state != "ended"]
    ratios = four_ratios(going, today, bid.won if bid else None, bid.available if bid else None)
    return Rates(
        today,
        standings,
        tuple(map(Card, FOUR_RATES, four_rates(facts, today))),
        tuple(map(Card, FOUR_RATIOS, ratios)),
        known,
        chosen,
        bid,
        len(facts) - len(going),
    )


def behind(found: Rates, slug: str) -> list[Behind]:
    """The projects behind one of the rates; KeyError for a rate there is not, nothing for 争资占比, which has none."""
    assert OF[slug]
    if slug == "won":
        return []
    rows = [(s.facts, s) for s in found.standings if slug in FOUR_RATES or s.state != "ended"]
    if slug in FOUR_RATES:
        rows = [(facts, s) for facts, s in rows if signed_by([facts], found.day)]
    return [_row(s, part, slug) for facts, s in rows for part in parts(slug, [facts], found.day)]


def _row(standing: Standing, part: Part, slug: str) -> Behind:
    unit = UNITS.get(slug, "")
    if not unit:
        return Behind(standing, "是" if part.top else "否", "计入" if part.bottom else "", part.why)
    top, bottom = (spaced(value) + unit if not part.why else "" for value in (part.top, part.bottom))
    return Behind(standing, top, bottom, part.why)
