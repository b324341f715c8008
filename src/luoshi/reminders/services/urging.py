"""催报: the office presses for a sheet. It is a reminder like any other: one a day, never within the quiet gap."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.round import ROUND
from luoshi.core.reminding.deciding import may_send, quiet_after
from luoshi.core.reminding.rules import Rules
from luoshi.core.workdays import Workdays
from luoshi.dispatch.queries.days import workdays_of
from luoshi.journal.models import Event
from luoshi.journal.moves import Refused, demand
from luoshi.reminders.duties import book_of
from luoshi.reminders.forms import hours
from luoshi.reminders.queries.rules import rules_of
from luoshi.reminders.services.digests import last_told, remind
from luoshi.reporting.models import Round
from luoshi.reporting.services import keeping

KINDS = ("fill", "returned")


class Urged(NamedTuple):
    """How many units were pressed, how many were left in peace and until when."""

    units: int
    left: int
    until: dt.date | None


@transaction.atomic
def urge(round: Round, units: Sequence[int], *, by: Actor) -> Urged:
    """Press these units for their sheets of a round. Raises Denied, Refused: nobody owes anything, the wrong hour, or all of
    them were reminded within the gap."""
    demand(ROUND, round, "remind", by)
    now = timezone.now()
    local = timezone.localtime(now).replace(tzinfo=None)
    rules = rules_of(by.government_id, local.date())
    days_here = workdays_of(by.government_id)
    if not may_send(local, rules, days_here):
        days = "每天" if rules.days_off else "工作日"
        raise Refused(f"提醒只在{days}{hours(rules)}发，现在不打扰，请到时再催。")
    quiet = _quiet(round, units, local.date(), rules, days_here)
    free = [unit for unit in units if unit not in quiet]
    until = max(quiet.values(), default=None)
    if until and not free:
        raise Refused(
            f"选中的单位在静默期内（{rules.gap}个工作日）已经提醒过，{until.month}月{until.day}日起可以再催。"
        )
    n = keeping.remind(round, free, by=by)
    keys = frozenset(key for unit in free for key in _keys(round, unit))
    remind(by.government_id, now, rules, keys, by.name)
    return Urged(n, len(quiet), until)


def _keys(round: Round, unit: int) -> list[str]:
    """What a unit owes of a round may be called: by itself, or among the rounds left behind of its series."""
    kinds = [f"report:{kind}:{round.pk}:{unit}" for kind in KINDS]
    return [*kinds, f"report:fill:{round.series}:{unit}"]


def _quiet(
    round: Round, units: Sequence[int], day: dt.date, rules: Rules, days: Workdays
) -> dict[int, dt.date]:
    """The units that are to be left in peace, and until when: whoever would be told heard something within the gap, or the
    office has pressed this unit for this round."""
    book, last = book_of(round.government_id, day), last_told(round.government_id, day)
    pressed = _pressed(round)
    found = {}
    for unit in units:
        things = [thing for key in _keys(round, unit) if (thing := book.things.get(key))]
        people = {person for thing in things for person in thing.doers or thing.heads or thing.above}
        heard = [quiet_after(last[person], rules, days) if person in last else day for person in people]
        ends = [min(heard)] if heard else []
        if unit in pressed:
            ends.append(days.add(pressed[unit], rules.gap))
        if ends and (until := max(ends)) > day:
            found[unit] = until
    return found


def _pressed(round: Round) -> dict[int, dt.date]:
    """Unit → the last day on which the office pressed it for this round, from the journal."""
    names = dict(round.sheets.values_list("unit__full_name", "unit"))
    events = Event.objects.filter(subject_type="reporting.round", subject_id=round.pk, verb="remind")
    found: dict[int, dt.date] = {}
    for at, data in events.order_by("pk").values_list("at", "data"):
        for name in data.get("units", ()):
            if name in names:
                found[names[name]] = timezone.localtime(at).date()
    return found
