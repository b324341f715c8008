"""What the pages of rounds cost as a ratio to a bare authenticated page, and how that grows with the history:
`python bench/pages.py [--full] [PLAN]`.

A seeded year (36 rounds of one plan) is 1×; the same rows are copied ten and, with --full, a hundred times into earlier
years, by SQL, on SQLite. Seconds differ between machines and hours; the ratios hold. Bar: from 1× to 100× no list
takes more than 1.5 times as long, and no page asks more queries.
"""

import os
import subprocess
import sys
import tempfile
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import django.db

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.run import CORPUS, clock, row  # noqa: E402

BAR, OFFSET = 1.5, 10_000_000
DEMO = ROOT / "src" / "luoshi" / "demo_county"
BARE, STILL = "/password/", "/login/"
"""The bare page has the rail with its counts; the still one is for strangers and asks no table that grows: growth is told
against it, so that a busy moment of the machine is not taken for growth."""
MOVED = {
    "reporting_round": {"since": "day", "until": "day", "opens": "day", "due": "day", "state": "'closed'", "closed_at": "closed_at"},
    "reporting_sheet": {"round_id": "key"},
    "reporting_report": {"round_id": "key", "sheet_id": "key", "until": "day", "sent": "'{}'", "state": "CASE state WHEN 'draft' THEN 'draft' ELSE 'accepted' END"},
    "reporting_figure": {"report_id": "key", "since": "day", "until": "day", "as_of": "day"},
    "reporting_burden": {"month": "day"},
}  # fmt: skip
"""Table → what becomes of a column in a copy; keys are moved by OFFSET, days by a year, for every copy."""


def seed(plan: Path, home: str) -> None:
    """A year of reports in a data folder of its own."""
    surroundings = os.environ | {"LUOSHI_HOME": home, "PYTHONPATH": str(ROOT / "src")}
    surroundings.pop("LUOSHI_DATABASE_URL", None)
    command = [sys.executable, "-m", "luoshi", "demo", "--plan", str(plan), "--rounds", "36"]
    subprocess.run(command, env=surroundings, check=True)


def grow(copies: range) -> None:
    """Copy the seeded rows into earlier years, `copies` years back."""
    with django.db.connection.cursor() as cursor:
        for table, moved in MOVED.items():
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name=%s AND sql NOT NULL",
                [table],
            )
            indexes = cursor.fetchall()
            for name, _ in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
            cursor.execute(f"PRAGMA table_info({table})")
            columns = [f'"{line[1]}"' for line in cursor.fetchall()]
            for n in copies:
                said = ", ".join(
                    become(name, {"id": "key", **moved}.get(name.strip(chr(34))), n) for name in columns
                )
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {said} FROM {table} WHERE id < {OFFSET}"
                )
            for _, sql in indexes:
                cursor.execute(sql)
        cursor.execute("ANALYZE")


def become(name: str, rule: str | None, n: int) -> str:
    """A column of the n-th copy."""
    forms = {"key": f"{name} + {n * OFFSET}", "day": f"date({name}, '-{n} years')", None: name}
    return forms.get(rule, rule or name)


def pages() -> dict[str, tuple[str, str]]:
    """What is measured: name → account and address."""
    org, reporting = import_module("luoshi.org.models"), import_module("luoshi.reporting.models")
    rounds = reporting.Round.objects.filter(pk__lt=OFFSET)
    now, before = rounds.get(state="open"), rounds.filter(state="closed").first()
    owing = reporting.Report.objects.filter(round=now, filled_at=None).first()
    clerk = org.Account.objects.get(person__posts__unit=owing.unit_id, person__posts__slug="clerk").username
    office = org.Account.objects.get(person__posts__slug="office").username
    return {
        "home of a clerk": (clerk, "/"),
        "home of the office": (office, "/"),
        "rounds": (office, "/reporting/"),
        "one round": (office, f"/reporting/rounds/{now.pk}/"),
        "a sheet to fill": (clerk, f"/reporting/rounds/{now.pk}/units/{owing.unit_id}/"),
        "a sheet of a closed round": (clerk, f"/reporting/rounds/{before.pk}/units/{owing.unit_id}/"),
        "review, 50 a page": (office, f"/reporting/rounds/{now.pk}/review/"),
        "burden of a month": (office, f"/reporting/burden/?month={now.opens:%Y-%m}"),
        "burden of one unit": (clerk, "/reporting/burden/"),
    }


def measure(size: int, first: dict[str, tuple[float, int]]) -> dict[str, tuple[float, int]]:
    """Print every page against the bare one and against 1×; returns (cost, queries) by page."""
    testing, accounts = import_module("django.test"), import_module("luoshi.org.models").Account.objects
    reports = import_module("luoshi.reporting.models").Report.objects
    print(f"\n== {size}x: {reports.count():,} reports")
    clients: dict[str, Any] = {}
    found = {}
    for name, (account, address) in pages().items():
        if account not in clients:
            clients[account] = testing.Client(HTTP_HOST="localhost")
            clients[account].force_login(accounts.get(username=account))
        client = clients[account]
        with testing.utils.CaptureQueriesContext(django.db.connection) as queries:
            assert client.get(address).status_code == 200, address
        still, bare, mine = clock(
            partial(testing.Client(HTTP_HOST="localhost").get, STILL), partial(client.get, BARE), partial(client.get, address), seconds=2, least=9
        )  # fmt: skip
        found[name] = mine / still, len(queries)
        then, asked = first.get(name, found[name])
        grown = "" if asked == len(queries) else f"QUERIES {asked} -> {len(queries)}"
        row(
            name,
            f"{mine * 1e3:.0f} ms",
            f"{mine / bare:.1f} x bare",
            f"{mine / still / then:.2f} of 1x",
            grown or f"{len(queries)} queries",
        )
    return found


def main() -> None:
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    real = sorted(CORPUS.glob("003*.txt"))
    plan = Path(asked[0]) if asked else (real or sorted(DEMO.glob("*总体方案*.docx")))[0]
    with tempfile.TemporaryDirectory() as home:
        seed(plan, home)
        os.environ |= {"LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
        django.setup()
        first = measure(1, {})
        last, sizes = 1, (10, 100) if "--full" in sys.argv else (10,)
        for size in sizes:
            grow(range(last, size))
            last = size
            found = measure(size, first)
        worst = max(first, key=lambda name: found[name][0] / first[name][0])
        print(f"\nslowest growth: {worst}, {found[worst][0] / first[worst][0]:.2f} (bar {BAR})")


if __name__ == "__main__":
    main()
