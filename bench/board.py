"""What the wall chart costs in the browser: `python bench/board.py [PLAN]`.

A county seeded around the plan (36 rounds, `luoshi demo`) is served as `luoshi serve` does; Chromium opens the chart with all tasks,
by month and by 旬, and tells its navigation timing: first byte (the server), the document read, everything shown. The first visit
is cold (nothing was reckoned yet), the others are warm. Bar: 265 tasks shown within a second, warm. Beside the clock stand
milliseconds of processor of the server: on a busy machine they hold, and the clock does not. The sheets of paper are timed too.
"""

import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.run import CORPUS, row  # noqa: E402
from tests.browser.conftest import CHROMIUM, QUIET  # noqa: E402

DEMO = ROOT / "src" / "luoshi" / "demo_county"
PORT, BAR, VISITS = 8199, 1000, 5
TIMING = """() => { const n = performance.getEntriesByType('navigation')[0];
  return [n.responseStart, n.responseEnd, n.domContentLoadedEventEnd, n.loadEventEnd, n.decodedBodySize,
          document.querySelectorAll('tr.first').length, document.querySelectorAll('*').length]; }"""


def seed(plan: Path, surroundings: dict[str, str]) -> str:
    """The county around the plan, reported to the end of November of the plan's year; the account of its office."""
    year = re.search(r"20\d\d", plan.name)
    until = dt.date(int(year[0]), 12, 5) if year else dt.date.today()
    command = [sys.executable, "-m", "luoshi", "demo", "--plan", str(plan), "--rounds", "36", "--until", until.isoformat()]  # fmt: skip
    run = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
    return re.search(r"综合协调组 (\w+)", run.stdout)[1]


def spent(server: subprocess.Popen[str]) -> float:
    """Milliseconds of processor of the server and its workers."""
    pids = [str(server.pid), *(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())]
    ticks = sum(
        sum(map(int, Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13])) for pid in pids
    )
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


class Desk:
    """The page, and the server behind it."""

    def __init__(self, page: Page, server: "subprocess.Popen[str]") -> None:
        self.page, self.server = page, server

    def visit(self, address: str) -> list[float]:
        before = spent(self.server)
        self.page.goto(f"http://127.0.0.1:{PORT}{address}", wait_until="load")
        self.page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        return [*self.page.evaluate(TIMING), spent(self.server) - before]

    def measure(self, name: str, address: str) -> None:
        times = [self.visit(address) for _ in range(VISITS)]
        cold, warm = times[0], [median(column) for column in zip(*times[1:], strict=True)]
        for kind, (first, _, _, shown, size, tasks, nodes, cpu) in (("cold", cold), ("warm", warm)):
            row(
                f"{name}, {kind}, {tasks:.0f} tasks, {size / 1024:.0f} KB",
                f"first {first:.0f} ms",
                f"shown {shown:.0f} ms",
                f"server {cpu:.0f} ms of processor; {nodes:.0f} nodes"
                + (f"; bar {BAR} shown" if name == "by month" else ""),
            )


def papers(page: Page, query: str) -> None:
    for size in ("a3", "a0"):
        begun = time.monotonic()
        answer = page.context.request.get(
            f"http://127.0.0.1:{PORT}/board/wall/{size}.pdf{query}", timeout=120_000
        )
        row(f"{size.upper()} PDF", f"{time.monotonic() - begun:.1f} s", f"{len(answer.body()) / 1024:.0f} KB")


def main() -> None:
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    real = sorted(CORPUS.glob("003*.txt"))
    plan = Path(asked[0]) if asked else (real or sorted(DEMO.glob("*总体方案*.docx")))[0]
    with tempfile.TemporaryDirectory() as home:
        surroundings = os.environ | {"LUOSHI_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        surroundings.pop("LUOSHI_DATABASE_URL", None)
        account = seed(plan, surroundings)
        command = [sys.executable, "-u", "-m", "luoshi", "serve", "--port", str(PORT)]
        server = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
        try:
            next(line for line in server.stdout if "http://" in line)
            time.sleep(3)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.goto(f"http://127.0.0.1:{PORT}/login/")
                page.fill("#id_username", account)
                page.fill("#id_password", "luoshi2026")
                page.click("button.primary")
                page.wait_for_selector("nav[aria-label=栏目]")
                desk = Desk(page, server)
                year = re.search(r"20\d\d", plan.name)
                query = f"?day={year[0]}-11-29" if year else ""
                desk.measure("by month", f"/board/wall/{query}")
                desk.measure("by 旬", f"/board/wall/{query}{'&' if query else '?'}by=dekad")
                desk.measure("overview", f"/board/{query}")
                papers(page, query)
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    main()
