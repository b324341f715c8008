"""The calendar: what falls due when, for a person or for the county; what is there, and what the rhythms bring next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import KEEPERS, UNIT
from luoshi.core.occasions import Occasion as Dated
from luoshi.core.periods import Period
from luoshi.core.rhythms import in_days, why_moved
from luoshi.core.workdays import Workdays
from luoshi.dispatch import sources
from luoshi.dispatch.models import Bearer, Duty, Occasion, Rhythm
from luoshi.dispatch.queries.days import workdays_of
from luoshi.dispatch.sources import Entry
from luoshi.ledger.models import Assignment
from luoshi.reporting.models import Round, Sheet

Key = tuple[int, dt.date, dt.date]
"""A mechanism and a period of it: the same for the rows that carry each other on."""
ORDER = list(sources.KINDS)


class Calendar(NamedTuple):
    """Entries in order of day; `caveat` says when days lean on a year that is not published; `days` the calendar itself."""

    entries: list[Entry]
    days: Workdays
    caveat: str


def calendar_of(actor: Actor, first: dt.date, last: dt.date, mine: bool) -> Calendar:
    """What falls due in [first, last]: for this person (`mine`), or for the whole county. The number of queries does not
    depend on how much there is."""
    days = workdays_of(actor.government_id)
    rhythms = _rhythms(actor)
    known = _known(rhythms, first, last)
    duties = _duties(actor, first, last, mine)
    if mine:
        found = [
            *_rounds(actor, first, last, _sheets(actor, first, last)),
            *_own(duties),
            *_planned(_borne(actor, rhythms), known, duties, first, last, days),
            *(entry for source in sources.SOURCES for entry in source(actor, first, last)),
        ]
    else:
        found = [
            *_rounds(actor, first, last, None),
            *_skipped(rhythms, known, first, last),
            *_county(rhythms, known, duties, first, last, days, actor.holds(*KEEPERS)),
        ]
    found.sort(key=lambda one: (one.day, ORDER.index(one.kind), one.what))
    return Calendar(found, days, days.caveat(first, last))


def _rhythms(actor: Actor) -> list[Rhythm]:
    bearers = Bearer.objects.select_related("unit", "post__person")
    rows = Rhythm.objects.visible_to(actor).timed().select_related("plan", "mechanism")
    return list(rows.prefetch_related(Prefetch("bearers", bearers)).order_by("mechanism__order", "pk"))


def _known(rhythms: Sequence[Rhythm], first: dt.date, last: dt.date) -> dict[Key, Occasion]:
    """What became of the rounds of the rhythms, a year around the days asked for."""
    year = dt.timedelta(days=366)
    mechanisms = {rhythm.mechanism_id for rhythm in rhythms if rhythm.becomes == "round"}
    rows = Occasion.objects.filter(
        rhythm__mechanism__in=mechanisms, until__gte=first - year, until__lte=last + year
    )
    return {(row.rhythm.mechanism_id, row.since, row.until): row for row in rows.select_related("rhythm")}


def _duties(actor: Actor, first: dt.date, last: dt.date, mine: bool) -> list[Duty]:
    rows = Duty.objects.borne(actor) if mine else Duty.objects.visible_to(actor)
    rows = rows.filter(due__gte=first, due__lte=last).exclude(state="void")
    return list(rows.select_related("rhythm", "unit", "person"))


def _units(actor: Actor) -> list[int]:
    return [unit for unit in (actor.unit_id, *actor.below) if unit is not None]


def _sheets(actor: Actor, first: dt.date, last: dt.date) -> dict[int, int]:
    """Round → the own unit that fills it in; the office has to do with all of them."""
    if not actor.holds(*UNIT):
        return {}
    rows = Sheet.objects.filter(
        unit__in=_units(actor), round__due__gte=first, round__due__lte=last
    ).values_list("round", "unit")
    return dict(rows)


def _rounds(actor: Actor, first: dt.date, last: dt.date, sheets: dict[int, int] | None) -> Iterator[Entry]:
    rows = Round.objects.visible_to(actor).filter(due__gte=first, due__lte=last)
    office = actor.holds(*KEEPERS)
    if sheets is not None and not office:
        rows = rows.filter(pk__in=sheets)
    for round in rows.select_related("programme"):
        address = reverse("reporting:round", args=[round.pk])
        if sheets and round.pk in sheets:
            address = reverse("reporting:sheet", args=[round.pk, sheets[round.pk]])
        scope = f"（{round.programme}）" if round.programme else ""
        yield Entry(
            round.due,
            "round",
            f"{short(round.period)}填报{scope}截止",
            address,
            word=round.get_state_display(),
            mine=sheets is not None,
            uid=f"round-{round.pk}",
            sequence=(round.due - round.since).days,
            stamp=_midnight(round.opens),
        )


def short(period: Period) -> str:
    """The label of a period where its year is plain from the page: 11月下旬, 第48周."""
    return (
        period.label.replace(f"{period.start.year}年", "").replace(f"{period.end.year}年", "") or period.label
    )


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _own(duties: Sequence[Duty]) -> Iterator[Entry]:
    for duty in duties:
        yield Entry(
            duty.due,
            kind_of(duty.rhythm),
            f"{duty.rhythm.activity}（{short(duty.period)}）",
            reverse("dispatch:duty", args=[duty.pk]),
            word=duty.word(),
            who=duty.who,
            why=duty.why,
            mine=True,
            uid=uid_of(duty.rhythm, duty.period),
            sequence=duty.moved,
            stamp=duty.changed_at,
        )


def kind_of(rhythm: Rhythm) -> str:
    """A key of sources.KINDS."""
    return rhythm.becomes


def uid_of(rhythm: Rhythm, period: Period) -> str:
    """The same before a duty is laid out and after, and whichever row of the rhythm it comes from."""
    return f"rhythm-{rhythm.mechanism_id}-{period.start:%Y%m%d}-{period.end:%Y%m%d}"


def _borne(actor: Actor, rhythms: Sequence[Rhythm]) -> list[Rhythm]:
    """The rhythms that will ask something of this person: as a bearer, or as a unit that reports on the plan."""
    person = actor.principal.person_id if actor.principal else actor.person_id
    units = set(_units(actor)) if actor.holds(*UNIT) else set()
    asked = {rhythm.plan_id for rhythm in rhythms if rhythm.becomes == "round"}
    shares = Assignment.objects.filter(
        Q(unit__in=units) | Q(unit__members__in=units), task__plan__in=asked, task__state="running"
    )
    reports = set(shares.values_list("task__plan", flat=True).distinct()) if units else set()
    return [
        rhythm
        for rhythm in rhythms
        if (rhythm.becomes == "round" and (rhythm.plan_id in reports or actor.holds(*KEEPERS)))
        or any(b.unit_id in units or (b.post and b.post.person_id == person) for b in rhythm.bearers.all())
    ]


def _planned(
    rhythms: Sequence[Rhythm],
    known: dict[Key, Occasion],
    duties: Sequence[Duty],
    first: dt.date,
    last: dt.date,
    days: Workdays,
) -> Iterator[Entry]:
    """What will come of these rhythms and is not there yet."""
    there = {(d.rhythm.mechanism_id, d.since, d.until) for d in duties} | known.keys()
    today = timezone.localdate()
    for rhythm in rhythms:
        for one in occasions_in(rhythm, max(first, today), last, days):
            if (rhythm.mechanism_id, *one.period[:2]) not in there:
                yield _ahead(rhythm, one, mine=True)


def occasions_in(rhythm: Rhythm, first: dt.date, last: dt.date, days: Workdays) -> Iterator[Dated]:
    """The occasions of a confirmed row that are due within [first, last]."""
    for one in in_days(rhythm.dated, first, last, days):
        if rhythm.covers(one.period) and (rhythm.follows_id or one.due >= rhythm.valid_from):
            yield one


def _ahead(rhythm: Rhythm, one: Dated, mine: bool, word: str = "", who: str = "") -> Entry:
    what = f"{rhythm.activity}（{short(one.period)}）"
    if rhythm.becomes == "round":
        what = f"{short(one.period)}填报截止"
    elif not mine:
        what = rhythm.who + what
    return Entry(
        one.due,
        kind_of(rhythm),
        what,
        reverse("dispatch:rhythm", args=[rhythm.pk]),
        word=word or "未到期",
        who=who,
        why=why_moved(one),
        mine=mine,
        uid=uid_of(rhythm, one.period),
        stamp=rhythm.confirmed_at,
    )


def _skipped(
    rhythms: Sequence[Rhythm], known: dict[Key, Occasion], first: dt.date, last: dt.date
) -> Iterator[Entry]:
    """Rounds that were not opened."""
    shown = {rhythm.pk: rhythm for rhythm in rhythms}
    for row in known.values():
        if row.round_id is None and first <= row.due <= last and row.rhythm_id in shown:
            address = reverse("dispatch:rhythm", args=[row.rhythm_id])
            label = short(row.period)
            yield Entry(row.due, "round", f"{label}填报", address, word="未发起", why=row.sentence)


def _county(
    rhythms: Sequence[Rhythm],
    known: dict[Key, Occasion],
    duties: Sequence[Duty],
    first: dt.date,
    last: dt.date,
    days: Workdays,
    office: bool,
) -> Iterator[Entry]:
    """One entry a rhythm and period; how many have kept it is told to the office alone."""
    kept: dict[Key, list[Duty]] = defaultdict(list)
    for duty in duties:
        kept[duty.rhythm.mechanism_id, duty.since, duty.until].append(duty)
    today = timezone.localdate()
    for rhythm in rhythms:
        who = _who(rhythm)
        for one in occasions_in(rhythm, first, last, days):
            key = (rhythm.mechanism_id, *one.period[:2])
            if rhythm.becomes == "round" and (key in known or one.due < today):
                continue
            word = _count(kept[key], today) if office and kept[key] else "已过期限" if one.due < today else ""
            yield _ahead(rhythm, one, mine=False, word=word, who=who)


def _count(duties: Sequence[Duty], today: dt.date) -> str:
    done = sum(duty.state == "kept" for duty in duties)
    if len(duties) == 1:
        return duties[0].word(today)
    return "已完成" if done == len(duties) else f"完成{done}/{len(duties)}"


def _who(rhythm: Rhythm) -> str:
    """Who bears it, short: names up to three."""
    names = [b.post.person.name if b.post else str(b.unit) for b in rhythm.bearers.all()]
    return "、".join(names[:3]) + (f"等{len(names)}个" if len(names) > 3 else "")
