"""The calendar for tests: days gone by one by one, plans from their mechanisms alone, and an oracle that knows nothing of the product."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.dispatch.models import Duty, LocalDays, Rhythm
from luoshi.dispatch.queries.naming import Register
from luoshi.dispatch.queries.proposals import as_proposed, to_confirm
from luoshi.dispatch.services.confirming import confirm
from luoshi.dispatch.services.feeds import open_feed
from luoshi.dispatch.watch import tick
from luoshi.ledger.models import Mechanism, Plan, Task
from luoshi.org.models import Unit
from tests.people import government

DAY = dt.timedelta(days=1)


@contextmanager
def on(day: dt.date, hour: int = 8) -> Iterator[dt.datetime]:
    """A moment of that day, which everybody takes for now."""
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day of [first, last]."""
    while first <= last:
        yield first
        first += DAY


def watch(first: dt.date, last: dt.date, twice: Iterable[dt.date] = ()) -> list[str]:
    """A tick a day; the second tick of the days `twice` must do nothing. Returns all lines; nothing may go wrong."""
    lines, again = [], set(twice)
    for day in days(first, last):
        with on(day) as now:
            done = tick(now)
            assert not done.faults, (day, done.faults)
            lines += done.lines
            if day in again:
                assert tick(now) == ([], []), day
    return lines


def plan_of(mechanisms: list[dict[str, object]], unit: Unit, title: str = "青禾县行动方案") -> Plan:
    """A plan in the ledger with these mechanisms (as in gold: actor, activity, every, at_least, quote), and one task of a unit."""
    plan = Plan.objects.create(government=government(), title=title, state="adopted", created_by="刘主任")
    for order, one in enumerate(mechanisms, 1):
        Mechanism.objects.create(
            plan=plan, order=order, actor=one.get("actor") or "", activity=one["activity"], every=one.get("every") or "",
            at_least=one.get("at_least", False), quote=one.get("quote", one["activity"]), start=order * 10, end=order * 10 + 5,
        )  # fmt: skip
    task = Task.objects.create(
        plan=plan, order=1, form="prose", heading="建成公办幼儿园", text="建成公办幼儿园", quote="建成公办幼儿园", start=0, end=4
    )  # fmt: skip
    task.assignments.create(unit=unit, role="lead", accountable=True, printed=unit.full_name, order=0)
    return plan


def confirmed(plan: Plan, since: dt.date, by: Actor) -> list[Rhythm]:
    """Its rhythms, confirmed as proposed."""
    register = Register(plan.government_id, plan)
    return confirm(plan, as_proposed(to_confirm(plan, register), register), since, by=by)


# The oracle: the days off as the notices print them, and the last day of a period on which somebody works.

OFF = {
    2025: "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
    2027: "0101",
}
ON = {2025: "0126 0208 0427 0928 1011", 2026: "0104 0214 0228 0509 0920 1010", 2027: ""}


def _listed(year: int, text: str) -> Iterator[dt.date]:
    for run in text.split():
        first, _, last = run.partition("-")
        ends = [dt.date(year, int(part[:2]), int(part[2:])) for part in (first, last or first)]
        yield from days(*ends)


REST = {day for year, text in OFF.items() for day in _listed(year, text)}
WORK = {day for year, text in ON.items() for day in _listed(year, text)}


def off(day: dt.date) -> bool:
    """Whether nobody works on that day."""
    return day in REST or (day.weekday() > 4 and day not in WORK)


def periods(every: str, year: int) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of every period that ends in a year, or within a week after it."""
    months = {"月": 1, "两月": 2, "季度": 3, "半年": 6, "年": 12}
    if every in ("周", "双周"):
        length = 7 if every == "周" else 14
        sunday = dt.date(2001, 1, 1 + length - 1)
        for n in range(2000):
            end = sunday + dt.timedelta(days=length * n)
            if dt.date(year, 1, 1) <= end <= dt.date(year + 1, 1, length):
                yield end - dt.timedelta(days=length - 1), end
        return
    for month in range(1, 13):
        last = calendar.monthrange(year, month)[1]
        if every == "旬":
            for first, end in ((1, 10), (11, 20), (21, last)):
                yield dt.date(year, month, first), dt.date(year, month, end)
        elif month % months[every] == 0:
            yield dt.date(year, month - months[every] + 1, 1), dt.date(year, month, last)


def expected(every: str, year: int) -> list[dt.date]:
    """The days of a year on which a rhythm falls due by the rule: the last working day of the period, else the first one after."""
    found = []
    for first, day in periods(every, year):
        due = day
        while off(due) and due > first:
            due -= DAY
        if off(due):
            due = day
            while off(due):
                due += DAY
        if due.year == year:
            found.append(due)
    return found


def on_the_calendar(office: Actor, doer: Actor) -> dict[str, dict[str, object]]:
    """Part of an address of the calendar → its arguments, for something that stands there: a rhythm, a duty of the doer's unit,
    a day off, the feed of the doer."""
    today, home = timezone.localdate(), Unit.objects.get(pk=doer.unit_id)
    rows = [{"actor": home.full_name, "activity": "对账", "every": "月"}]
    (rhythm,) = confirmed(plan_of(rows, home, "排了日程的方案"), today, office)
    day = {"since": today, "until": today, "opens": today, "ask_on": today, "said": today, "due": today}
    duty = Duty.objects.create(government_id=office.government_id, rhythm=rhythm, unit=home, **day)
    rest = LocalDays.objects.create(
        government_id=office.government_id,
        first=today,
        last=today,
        name="县庆",
        ground="通知",
        entered_by=office.name,
    )
    feed = open_feed(by=doer)
    return {
        "rhythms": {"pk": rhythm.pk},
        "duties": {"pk": duty.pk},
        "days": {"pk": rest.pk},
        "feed": {"pk": feed.pk, "token": "0" * 64},
    }
