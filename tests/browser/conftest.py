"""A real browser in front of a real `luoshi serve --demo`: own data directory, own port, nothing stubbed."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright import sync_api

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = "NO BROWSER: there is no Chromium on this machine, no page has been looked at"
DESKTOP = {"width": 1440, "height": 900}


@dataclass(frozen=True, slots=True)
class Served:
    """The running product: where it answers, and what it printed when it started."""

    url: str
    printed: str

    @property
    def accounts(self) -> dict[str, str]:
        """Account → post, as printed for whoever tries the demo."""
        return dict(re.findall(r"^  (\S+)\s+\S+　(.+)$", self.printed, re.M))

    @property
    def password(self) -> str:
        return re.search(r"密码都是 (\S+?）)", self.printed).group(1).rstrip("）")


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's browser window, and everything it complained about or asked of strangers."""

    page: sync_api.Page
    served: Served
    complaints: list[str]

    def open(self, address: str) -> None:
        self.page.goto(self.served.url + address)

    def upload(self, file: Path) -> None:
        """Hand in a plan; ends on its review page."""
        self.open("/plans/upload/")
        self.page.set_input_files("#files", file)
        self.page.click("#send")
        self.page.wait_for_url(re.compile(r"/plans/\d+/(\?|#|$)"), timeout=60_000)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo county, served as `make run` serves it."""
    place = tmp_path_factory.mktemp("served")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = os.environ | {"LUOSHI_HOME": str(place / "var"), "PYTHONPATH": str(ROOT / "src")}
    surroundings.pop("LUOSHI_DATABASE_URL", None)
    command = [sys.executable, "-u", "-m", "luoshi", "serve", "--demo", "--port", str(port)]
    log = place / "log"
    with log.open("w") as complaints:
        server = subprocess.Popen(
            command, cwd=place, env=surroundings, stdout=subprocess.PIPE, stderr=complaints, text=True
        )
    try:
        printed = "".join(_until_started(server.stdout))
        address = re.search(r"http://([\d.]+):(\d+)", printed)
        if not address or not _answers(address[1], int(address[2])):
            pytest.fail(f"luoshi serve --demo did not start: {printed}\n{log.read_text()[-2000:]}")
        yield Served(address[0], printed)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _until_started(lines: Iterable[str]) -> Iterator[str]:
    """What is printed up to the address; all of it when the server gave up."""
    for line in lines:
        yield line
        if "http://" in line:
            return


def _answers(host: str, port: int) -> bool:
    """The address is printed just before the listening starts."""
    for _ in range(100):
        with closing(socket.socket()) as probe:
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="session")
def chromium() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        warnings.warn(NO_BROWSER, stacklevel=1)  # a skip alone is a letter in a row of dots
        pytest.skip(NO_BROWSER)
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def sit(chromium, served: Served) -> Iterator[Callable[..., Desk]]:
    """`sit("xuwenlan")`: a window of one's own, logged in; `sit("xuwenlan", java_script_enabled=False)`."""
    contexts = []

    def sit_down(account: str, **options: object) -> Desk:
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        desk = Desk(page, served, [])
        page.on("pageerror", lambda error: desk.complaints.append(f"script: {error}"))
        page.on(
            "console", lambda line: line.type == "error" and desk.complaints.append(f"console: {line.text}")
        )
        context.on(
            "request",
            lambda asked: (
                asked.url.startswith((served.url, "data:", "blob:"))
                or desk.complaints.append(f"asked of a stranger: {asked.url}")
            ),
        )
        desk.open("/login/")
        page.fill("#id_username", account)
        page.fill("#id_password", served.password)
        page.click("button.primary")
        page.wait_for_selector("nav[aria-label=栏目]")
        return desk

    yield sit_down
    for context in contexts:
        context.close()
