"""A whole year (2026, its real holidays) of `keep-watch` in a county seeded from a real plan, day by day: two units report every
round on its day, the office closes two rounds of three, the third lies open to the end; nobody else ever reports."""

import datetime as dt
import warnings
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from luoshi.core.periods import LENGTHS
from luoshi.core.workdays import national
from luoshi.dispatch.models import Duty, Occasion, Rhythm
from luoshi.ledger.models import Indicator, Plan
from luoshi.org.models import Post, Unit
from luoshi.reminders.models import Digest, Escalation
from luoshi.reporting.models import Report, Round
from luoshi.reporting.services import filling, keeping, reviewing, sending
from luoshi.reporting.services.opening import first_asked, shares_of, tasks_asked
from luoshi.site import watching
from luoshi.site.seeded_county import Place, settle
from luoshi.supervision.queries.lights import lines_of_task
from tests.dispatch import DAY, confirmed, days, expected, off, on
from tests.reporting import lines

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
YEAR = 2026
FIRST, LAST = dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)
STUCK = dt.date(YEAR, 4, 1), dt.date(YEAR, 7, 1)
"""Between these days the indicator does not move."""
TWICE = {dt.date(YEAR, month, day) for month, day in ((1, 4), (2, 13), (2, 17), (2, 24), (5, 9), (6, 30), (10, 1), (10, 8), (12, 31))}  # fmt: skip
QUIET = 3
"""Working days between two messages, as the rules of the system have it."""


@dataclass
class County:
    """The county, who reports there, the indicator that falls behind, its light on the due day of every round."""

    place: Place
    indicator: Indicator
    reporting: list[Unit]
    due: list[Round] = field(default_factory=list)
    levels: dict[dt.date, str] = field(default_factory=dict)


def county_of(name: str) -> County:
    """Seeded, its rhythms confirmed as proposed; whoever reports has little to fill in."""
    path = CORPUS / f"{name}.txt"
    if not path.exists():
        warnings.warn(f"NOT TESTED: plan {name} is not on this machine", stacklevel=1)
        pytest.skip(f"plan {name} is not on this machine")
    place = settle("青禾县", path.name, path.read_bytes())
    Plan.objects.filter(pk=place.plan.pk).update(year=YEAR)  # as if it were issued for this year
    place.plan.refresh_from_db()
    confirmed(place.plan, FIRST, place.office)
    shares = shares_of(tasks_asked(place.plan), {})
    load: dict[int, int] = defaultdict(int)
    for share in shares:
        load[share.unit_id] += 1
    asked = [
        (load[unit], row.pk, unit)
        for (_, unit), rows in first_asked(shares).items()
        for row in rows
        if row.kind == "new" and row.op in ("=", ">=") and row.base is None and (row.value or 0) >= 100 and unit in place.clerks
        and row.target == "set" and not row.task.deadline_day
    ]  # fmt: skip
    _, indicator, home = min(asked)
    others = sorted((n, unit) for unit, n in load.items() if unit != home and unit in place.clerks)
    units = [home, *(unit for _, unit in others[:1])]
    return County(place, Indicator.objects.get(pk=indicator), [Unit.objects.get(pk=unit) for unit in units])


def live_through(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every day of the year: the watch at ten, then the people."""
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)  # the test's own
    for day in days(FIRST, LAST):
        with on(day, 10) as now:
            assert watching.run(now).faults == [], day
            if day in TWICE:
                before = rows()
                assert watching.run(now) == ([], []), day
                assert rows() == before
            people_do(county, day)


def rows() -> list[int]:
    """How much there is of everything the watch makes."""
    return [model.objects.count() for model in (Occasion, Duty, Round, Report, Digest, Escalation)]


def people_do(county: County, day: dt.date) -> None:
    """The units report what is due today, the office takes it; on the day after it closes two rounds of three."""
    office = county.place.office
    for round in Round.objects.filter(due=day, state="open"):
        county.due.append(round)
        for unit in county.reporting:
            report(county, round, unit)
        sent = Report.objects.filter(round=round, state="submitted")
        reviewing.accept(list(sent), by=office)
        (line,) = [one for one in lines_of_task(county.indicator.task, day) if one.indicator == county.indicator]  # fmt: skip
        county.levels[day] = line.light.level
    for round in Round.objects.filter(due=day - DAY, state="open"):
        if county.due.index(round) % 3:
            keeping.close(round, by=office)


def report(county: County, round: Round, unit: Unit) -> None:
    """A unit fills in its sheet and sends it; a number that looks odd is confirmed."""
    clerk = county.place.clerks[unit.pk]
    for line in lines(round, unit, clerk):
        said = line.shown
        said.words |= {"percent": "10", "done": "已按计划推进。"}
        for cell in line.cells:
            said.numbers[cell.figure.pk] |= {"value": "", "absent": "数据还没有发布"}
            if cell.figure.indicator_id == county.indicator.pk:
                said.numbers[cell.figure.pk] |= {"value": reached(county.indicator, round.until), "absent": ""}  # fmt: skip
        filling.fill(line.report, said, line.report.version, by=clerk)
    for line in lines(round, unit, clerk):
        said, odd = line.shown, [cell.figure for cell in line.cells if cell.figure.value is not None]
        for figure in odd:
            said.numbers[figure.pk]["sure"] = "1"
        if odd:
            filling.fill(line.report, said, line.report.version, by=clerk)
    found = lines(round, unit, clerk)
    assert sending.submit(sending.ready(found, clerk), by=clerk) == len(found) > 0


def reached(indicator: Indicator, until: dt.date) -> str:
    """Where the indicator is at the end of a period: a little ahead of the year, but for the months in which it is stuck."""
    at = min(STUCK[0], until) if until < STUCK[1] else min(until, LAST)
    part = Decimal((at - FIRST).days + 1) / 365 * Decimal("1.08") + Decimal("0.05")
    return str(int((indicator.value or 0) * min(part, Decimal(1))))


def check_rhythms(county: County, asks: str) -> None:
    """Every rhythm of the plan on its days and on no others, all year."""
    rhythms = Rhythm.objects.filter(plan=county.place.plan)
    for rhythm in rhythms:
        assert (rhythm.becomes != "none") == (rhythm.every in LENGTHS)
        if rhythm.becomes != "none":
            made = Occasion if rhythm.becomes == "round" else Duty
            found = made.objects.filter(rhythm=rhythm, due__year=YEAR).values_list("due", flat=True)
            assert sorted(set(found)) == expected(rhythm.every, YEAR), str(rhythm)
    assert {rhythm.every for rhythm in rhythms if rhythm.becomes == "round"} == {asks}
    assert [round.due for round in county.due] == expected(asks, YEAR)
    assert not Occasion.objects.filter(rhythm__plan=county.place.plan, round=None).exists()


def check_messages(county: County) -> None:
    """At most one message a person a working day, none on a day off; those who report are not pressed, the others are."""
    told: dict[int, list[dt.date]] = defaultdict(list)
    late: dict[int, int] = defaultdict(int)
    for person, day, found in Digest.objects.order_by("person", "day").values_list("person", "day", "lines"):
        told[person].append(day)
        late[person] += sum(one["stage"] == "late" and one["key"].startswith("report:") for one in found)
    assert not any(off(day) for found in told.values() for day in found)
    gaps = [national().between(a, b) for found in told.values() for a, b in pairwise(found)]
    assert min(gaps) >= QUIET
    busy = {county.place.clerks[unit.pk].person_id for unit in county.reporting}
    office = county.place.office.person_id
    clerks = set(Post.objects.filter(slug="clerk", unit__in=Report.objects.values("unit")).values_list("person", flat=True))  # fmt: skip
    assert {person for person in busy if late[person]} == set()
    assert {person for person in clerks - busy if not late[person]} == set()
    assert told[office]
    assert set(Escalation.objects.values_list("role", flat=True)) == {"head", "office"}


def check_lights(county: County) -> None:
    """The warning comes while the indicator is stuck, first yellow and then red, and goes when it has caught up."""
    warned = {day: level for day, level in county.levels.items() if level in ("behind", "bad")}
    assert warned, county.levels
    assert STUCK[0] < min(warned) < max(warned) < STUCK[1] + 15 * DAY
    assert list(dict.fromkeys(warned.values())) == ["behind", "bad"]
    after = [level for day, level in county.levels.items() if day > max(warned)]
    assert set(after) <= {"ok", "done"}
    assert len(after) > 10
    before = [level for day, level in county.levels.items() if dt.date(YEAR, 2, 1) < day < min(warned)]
    assert set(before) == {"ok"}


def check_year(name: str, asks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it."""
    with on(FIRST):
        county = county_of(name)
    live_through(county, monkeypatch)
    check_rhythms(county, asks)
    check_messages(county)
    check_lights(county)
