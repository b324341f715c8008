"""`luoshi serve` as a person meets it: from nothing to a page, and what it says when it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "luoshi", *arguments]


def surroundings(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    return {**kept, "LUOSHI_HOME": str(place), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(address: str) -> str | None:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return None


@contextmanager
def serving(place: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    process = subprocess.Popen(
        command("serve", "--port", str(port), *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(place),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while page(f"{address}/health/") != "ok" and process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        yield address, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_from_nothing_to_the_demo_county(tmp_path: Path) -> None:
    place = tmp_path / "new" / "var"
    with serving(place, "--demo") as (address, process):
        assert "登录" in (page(f"{address}/login/") or "")
        assert "--accent" in (page(f"{address}/static/ui/luoshi.css") or "")
    told = process.communicate()[0]
    assert "已装入演示县青禾县" in told
    assert "qinghe2026" in told
    assert f"落实已启动：{address}/" in told
    assert (place / "luoshi.sqlite3").exists()
    with serving(place, "--demo") as (address, process):
        assert page(f"{address}/health/") == "ok"
    again = process.communicate()[0]
    assert "已装入演示县青禾县" not in again
    assert "演示账号" in again


def test_without_demo_it_says_how_to_make_the_first_account(tmp_path: Path) -> None:
    with serving(tmp_path) as (address, process):
        assert page(f"{address}/health/") == "ok"
    told = process.communicate()[0]
    assert "还没有账号。请先运行：luoshi manage create_account" in told
    assert "qinghe2026" not in told


def refused(place: Path, *arguments: str) -> str:
    done = subprocess.run(
        command("serve", *arguments),
        capture_output=True,
        text=True,
        env=surroundings(place),
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        told = refused(tmp_path, "--port", str(port))
    assert f"127.0.0.1 的 {port} 端口不能使用" in told
    assert f"luoshi serve --port {port + 1}" in told


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    told = refused(blocked / "var", "--port", str(free_port()))
    assert f"数据目录 {blocked / 'var'} 不能写入" in told
    assert "LUOSHI_HOME" in told


def test_a_database_that_cannot_be(tmp_path: Path) -> None:
    done = subprocess.run(
        command("serve", "--port", str(free_port())),
        capture_output=True,
        text=True,
        env={**surroundings(tmp_path), "LUOSHI_DATABASE_URL": "mysql://x/y"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "LUOSHI_DATABASE_URL 应以 postgresql:// 开头，现在是 mysql://。\n"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "luoshi.sqlite3").write_text("这不是数据库" * 200)
    assert "连不上数据库" in refused(tmp_path, "--port", str(free_port()))


def test_account_from_the_command_line(tmp_path: Path) -> None:
    def manage(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command("manage", *arguments),
            input=said,
            capture_output=True,
            text=True,
            env=surroundings(tmp_path),
            timeout=60,
            check=False,
        )

    assert manage("migrate", "-v0").returncode == 0
    who = (
        "create_account",
        "zhang",
        "张主任",
        "--government",
        "青禾县",
        "--unit",
        "青禾县人民政府办公室",
        "--password-stdin",
    )
    assert "密码至少8位" in manage(*who, said="12345678\n").stderr
    made = manage(*who, said="Qinghe-2026\n")
    assert made.stdout == "已建立账号“zhang”：张主任，青禾县人民政府办公室，综合协调组（政府办）。\n"
    assert "账号“zhang”已经有了" in manage(*who, said="Qinghe-2026\n").stderr
