"""The county's own days off and days worked, and a year's official arrangement entered before the next release brings it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import HOLIDAY
from luoshi.dispatch.models import LocalDays, Rhythm
from luoshi.dispatch.queries.days import workdays_of
from luoshi.journal.moves import Refused, demand, move, record

MOST = 31
"""Days in one entry; a longer rest is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Entered:
    """[first, last], off or worked, what it is called, by which paper; `publishes` the year it makes official."""

    first: dt.date
    last: dt.date
    works: bool
    name: str
    ground: str
    publishes: int | None = None


@transaction.atomic
def enter(entered: Entered, *, by: Actor) -> LocalDays:
    """登记. Raises Refused for days that make no sense or are there already, Denied."""
    row = LocalDays(
        government_id=by.government_id,
        first=entered.first,
        last=entered.last,
        works=entered.works,
        name=entered.name,
        ground=entered.ground,
        publishes=entered.publishes,
        entered_by=by.name,
    )
    demand(HOLIDAY, row, "enter", by)
    if entered.last < entered.first:
        raise Refused("结束日期早于起始日期，请核对。")
    if (entered.last - entered.first).days >= MOST:
        raise Refused(f"一次最多登记{MOST}天，请核对日期，或分几次登记。")
    if entered.publishes not in (None, entered.first.year, entered.last.year):
        raise Refused(f"登记的日期不在{entered.publishes}年，请核对公布年度。")
    same = LocalDays.objects.filter(
        government=by.government_id, state="in_force", first__lte=entered.last, last__gte=entered.first
    ).first()
    if same:
        raise Refused(
            f"{same.first}至{same.last}已登记为“{same.name}”，日期重叠。请先撤销那一条，或只登记其余的日子。"
        )
    row.save()
    _refuse_endless_rest(row)
    said = {"first": [None, entered.first.isoformat()], "last": [None, entered.last.isoformat()], "name": [None, entered.name]}  # fmt: skip
    record(row, "enter", by, said, entered.ground)
    look_again(by.government_id)
    return row


def _refuse_endless_rest(row: LocalDays) -> None:
    """Somebody has to work some day; what would leave weeks without is a slip of the pen, and is not kept."""
    days = workdays_of(row.government_id)
    try:
        days.on_or_after(row.first)
        days.on_or_before(row.last)
    except ValueError as error:
        raise Refused(str(error)) from error


@transaction.atomic
def withdraw(row: LocalDays, reason: str, *, by: Actor) -> None:
    """撤销. Raises Denied."""
    move(row, "withdraw", by, reason)
    look_again(by.government_id)


def look_again(government_id: int) -> None:
    """Have the watch look at every rhythm at its next turn: days may have moved."""
    today = timezone.localdate()
    Rhythm.objects.filter(government=government_id, next_on__gt=today).update(next_on=today)
