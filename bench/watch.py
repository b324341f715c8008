"""A year of the watch: a county seeded from a real plan (80 units, 265 tasks), its rhythms confirmed as proposed, one tick a
day from 1 January to 31 December, nobody ever reports. Twice: the office closes every round on the day after; nobody closes any,
so that at the end a year of rounds lies open: `python bench/watch.py [PLAN] [--year 2026] [--month]` (--month: January alone).

Seconds of work (of this process; by the clock they depend on who else is at work), and the ratio to opening one round of the same county by hand: the year opens 50 of them where a plan says every week.
Bar: 60 seconds, for both.
"""

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.run import CORPUS, row  # noqa: E402

BAR = 60
DEMO = ROOT / "src" / "luoshi" / "demo_county"


@contextmanager
def on(day: dt.date, hour: int = 10) -> Iterator[dt.datetime]:
    """A moment of that day, which everybody takes for now."""
    timezone = import_module("django.utils.timezone")
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment


def timed(watching: Any) -> Counter[str]:
    """Seconds of work of every room, added up as the days go by."""
    spent: Counter[str] = Counter()

    def measured(name: str, chore: Callable[[dt.datetime], Any]) -> Callable[[dt.datetime], Any]:
        def run(now: dt.datetime) -> Any:
            begun = time.process_time()
            try:
                return chore(now)
            finally:
                spent[name] += time.process_time() - begun  # type: ignore[assignment]

        return run

    watching.CHORES = tuple((name, measured(name, chore)) for name, chore in watching.CHORES)
    return spent


def year(plan: Path, number: int, last: dt.date, closing: bool) -> None:
    """Seed, confirm, and let the days go by; with `closing` the office closes every round the day after."""
    county = import_module("luoshi.site.seeded_county")
    watching = import_module("luoshi.site.watching")
    proposals, naming = (import_module(f"luoshi.dispatch.queries.{m}") for m in ("proposals", "naming"))
    confirming = import_module("luoshi.dispatch.services.confirming")
    opening = import_module("luoshi.reporting.services.opening")
    keeping = import_module("luoshi.reporting.services.keeping")
    reporting, models = import_module("luoshi.reporting.models"), import_module("luoshi.dispatch.models")
    periods = import_module("luoshi.core.periods")
    place = county.settle("青禾县", plan.name, plan.read_bytes())
    first = dt.date(number, 1, 1)
    with on(first):
        begun = time.process_time()
        period = periods.period_on("年", first)
        opening.open_round(opening.Asked(place.plan, period, last), by=place.office)
        by_hand = time.process_time() - begun
        register = naming.Register(place.government.pk, place.plan)
        lines = proposals.to_confirm(place.plan, register)
        confirming.confirm(place.plan, proposals.as_proposed(lines, register), first, by=place.office)
    spent = timed(watching)
    begun, day = time.perf_counter(), first
    slowest, faults = (0.0, first), []
    while day <= last:
        with on(day) as now:
            over = reporting.Round.objects.filter(state="open", due__lt=day)
            for round in over if closing else ():  # as the office does every time
                keeping.close(round, by=place.office)
            at = time.perf_counter()
            faults += watching.run(now).faults
            slowest = max(slowest, (time.perf_counter() - at, day))
        day += dt.timedelta(days=1)
    took, worked = time.perf_counter() - begun, sum(spent.values())
    rounds = reporting.Round.objects.exclude(rhythm="年").count()
    left = reporting.Round.objects.filter(state="open").count()
    row("rounds closed the day after" if closing else f"{left} rounds left open", "nobody reports")
    row("county", f"{place.units} units", f"{place.tasks} tasks", f"{len(lines)} rhythms")
    digests = import_module("luoshi.reminders.models").Digest.objects.count()
    row("opened and laid out", f"{rounds} rounds", f"{reporting.Report.objects.count():,} reports", f"{models.Duty.objects.count()} duties", f"{digests:,} digests")  # fmt: skip
    row("one round by hand", f"{by_hand:.2f} s")
    row(
        "the year",
        f"{worked:.1f} s of work",
        f"{worked / by_hand:.0f} x one round",
        f"bar {BAR} s",
        f"{took:.1f} s by the clock",
    )
    row("of it", *(f"{name} {seconds:.1f} s" for name, seconds in spent.items()))
    row("slowest day", f"{slowest[0]:.2f} s", f"{slowest[1]}")
    with on(last) as now:
        begun = time.perf_counter()
        again = watching.run(now)
        row("run again", f"{(time.perf_counter() - begun) * 1e3:.0f} ms", f"{len(again.lines)} lines")
    print("faults:", faults or "none")
    if worked > BAR or faults or again.lines:
        raise SystemExit("a year of the watch does not hold its bar")


def main() -> None:
    """Each variant in a process and a data directory of its own, so that nothing of one is remembered in the other."""
    if not {"--closed", "--open"} & set(sys.argv):
        codes = [subprocess.run([sys.executable, *sys.argv, one], check=False).returncode for one in ("--closed", "--open")]  # fmt: skip
        raise SystemExit(max(codes))
    asked = [word for word in sys.argv[1:] if not word.startswith("-") and not word.isdecimal()]
    number = int(sys.argv[sys.argv.index("--year") + 1]) if "--year" in sys.argv else 2026
    last = dt.date(number, 1, 31) if "--month" in sys.argv else dt.date(number, 12, 31)
    real = sorted(CORPUS.glob("003*.txt"))
    plan = Path(asked[0]) if asked else (real or sorted(DEMO.glob("*总体方案*.docx")))[0]
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
        os.environ.pop("LUOSHI_DATABASE_URL", None)
        import_module("luoshi.site.home").ensure_home(Path(home))
        django.setup()
        import_module("django.core.management").call_command("migrate", verbosity=0, interactive=False)
        year(plan, number, last, closing="--closed" in sys.argv)


if __name__ == "__main__":
    main()
