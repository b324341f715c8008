"""A server killed -9 fifty times while reports are being sent loses none that it acknowledged, and leaves none half sent.

A real `luoshi serve`, real HTTP, several senders at once; on the database that the tests run on."""

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]
KILLS, SENDERS, LONGEST = 50, 4, 90


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A data folder and a database of its own, of the kind that this run of the tests uses."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    kept |= {
        "LUOSHI_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "luoshi.site.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    url = os.environ.get("LUOSHI_DATABASE_URL")
    if not url:
        yield kept
        return
    psycopg = pytest.importorskip("psycopg")
    parts, name = urlsplit(url), f"luoshi_killed_{os.getpid()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {**kept, "LUOSHI_DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(program: str, surroundings: dict[str, str]) -> dict:
    command = [sys.executable, str(Path(__file__).with_name(program))]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@dataclass
class Sender:
    """Sends rows one by one, and remembers those that were acknowledged."""

    port: int
    round: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    acknowledged: dict[int, str] = field(default_factory=dict)

    def ask(self, method: str, address: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as wire:
            headers = {
                "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items()),
                "Content-Type": "application/x-www-form-urlencoded",
            }
            wire.request(
                method, address, urlencode({**(sent or {}), "csrfmiddlewaretoken": self.token}), headers
            )
            answer = wire.getresponse()
            html = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = line.partition(";")[0].partition("=")
                if name != "messages":
                    self.cookies[name] = value
            if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html):
                self.token = found[1]
            return answer.status, html

    def log_in(self) -> None:
        self.ask("GET", "/login/")
        assert self.ask("POST", "/login/", {"username": "liu", "password": "qinghe-2026"})[0] == 302
        self.ask("GET", "/")

    def work(self, rows: Queue, over: threading.Event) -> None:
        while not over.is_set():
            with contextlib.suppress(Empty, OSError, http.client.HTTPException):
                pk, unit = rows.get(timeout=0.2)
                words = f"第{pk}项办妥"
                sent = {f"r{pk}-version": "1", f"r{pk}-done": words, "do": "submit"}
                status, _ = self.ask("POST", f"/reporting/rounds/{self.round}/units/{unit}/", sent)
                if status == 302:
                    self.acknowledged[pk] = words


def worker_of(server: int) -> int | None:
    """The worker of the server: the process that answers."""
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{server}/task/{server}/children").read_text().split()[0])
    return None


def wait_for(port: int, until: float) -> None:
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not start")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="NOT TESTED: needs /proc to find the worker")
def test_no_acknowledged_report_is_lost(surroundings: dict[str, str]) -> None:
    place = run("setting.py", surroundings)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "luoshi", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, time.monotonic() + 30)
        acknowledged, kills = beset(place, port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)
    left = run("left.py", surroundings)
    sent = {int(pk): words for pk, words in left["sent"].items()}
    assert kills == KILLS
    assert len(acknowledged) > KILLS
    assert {pk: sent.get(pk) for pk in acknowledged} == acknowledged
    assert sorted(sent) == left["events"]  # whatever was sent, acknowledged or not, was sent whole
    assert (left["half"], left["faults"], left["unsealed"], left["typed"]) == ([], [], 0, len(sent))


def beset(place: dict, port: int, server: int) -> tuple[dict[int, str], int]:
    """Send from several sides while the worker is killed again and again; what was acknowledged, and how many died."""
    rows: Queue = Queue()
    for row in place["rows"]:
        rows.put(row)
    first = Sender(port, place["round"])
    first.log_in()
    senders = [Sender(port, place["round"], dict(first.cookies), first.token) for _ in range(SENDERS)]
    over = threading.Event()
    threads = [threading.Thread(target=sender.work, args=(rows, over)) for sender in senders]
    for thread in threads:
        thread.start()
    chance, dead, until = random.Random(7), set(), time.monotonic() + LONGEST
    while len(dead) < KILLS and time.monotonic() < until and not rows.empty():
        before = sum(len(sender.acknowledged) for sender in senders)
        pause = time.monotonic() + 2
        while sum(len(sender.acknowledged) for sender in senders) == before and time.monotonic() < pause:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.08))
        worker = worker_of(server)
        if worker and worker not in dead:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                dead.add(worker)
    over.set()
    for thread in threads:
        thread.join()
    return {pk: words for sender in senders for pk, words in sender.acknowledged.items()}, len(dead)
