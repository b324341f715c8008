"""`luoshi serve`: from nothing to a page. Makes the data directory and the database, then answers until stopped."""

import argparse
import logging
import os
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connections
from gunicorn.app.base import BaseApplication

from luoshi.site import home

EVERY = 300
"""Seconds between two rounds of the watch."""
log = logging.getLogger(__name__)


class CannotServe(Exception):
    """The server cannot start; the text is one sentence that says why and what to do."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn from inside this process: one worker with threads, no configuration file."""

    def __init__(self, application: Any, address: str, threads: int, watch: bool = False) -> None:
        self.application = application
        self.chosen = {
            "bind": address,
            "worker_class": "gthread",
            "workers": 1,
            "threads": threads,
            "timeout": 120,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        if watch:
            self.chosen["post_worker_init"] = keep_watch
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application


def keep_watch(worker: Any) -> None:
    """Do what time asks for beside the requests, in a thread of the worker: it begins with the worker and ends with it.
    Another server, or `luoshi keep-watch`, may do the same at the same time: nothing is done twice."""
    watching = import_module("luoshi.site.watching")

    def stay() -> None:
        rest = threading.Event()
        while worker.alive:
            try:
                done = watching.run()
                for line in (*done.lines, *done.faults):
                    print(line, flush=True)
            except Exception:
                log.exception("keep watch")
            rest.wait(EVERY)

    threading.Thread(target=stay, name="keep-watch", daemon=True).start()


def main(argv: Sequence[str]) -> int:
    """Run the command; returns 0 after a clean stop, 2 with one sentence when it cannot start."""
    asked = _arguments(argv)
    try:
        _prepare(asked.host, asked.port)
        if asked.demo:
            for line in import_module("luoshi.site.demo").load():
                print(line)
    except CannotServe as reason:
        print(reason, file=sys.stderr)
        return 2
    for line in _advice(asked):
        print(line)
    import_module("luoshi.site.watching")
    import_module(settings.ROOT_URLCONF)  # once, before workers are forked: a new one answers at once
    connections.close_all()
    print(f"落实已启动：http://{asked.host}:{asked.port}/　（按 Ctrl+C 停止）", flush=True)
    application = import_module("luoshi.site.wsgi").application
    Server(application, f"{asked.host}:{asked.port}", asked.threads, not asked.no_watch).run()
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "luoshi serve", description="启动网页服务。数据放在 LUOSHI_HOME（默认 ./var）。"
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只供本机访问")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--threads", type=int, default=8, help="同时办理的请求数，默认 8")
    parser.add_argument(
        "--no-watch", action="store_true", help="不带定时值守（另用 luoshi keep-watch 或多台服务器时）"
    )
    parser.add_argument("--demo", action="store_true", help="首次启动时装入演示县青禾县")
    return parser.parse_args(argv)


def _prepare(host: str, port: int) -> None:
    """Data directory, database, and a free port; raises CannotServe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    try:
        home.ensure_home(home.data_dir())
        _check_port(host, port)
        django.setup()
        settings.ALLOWED_HOSTS.append(host)
        call_command("migrate", verbosity=0, interactive=False)
        import_module("luoshi.intake.services.receiving").sweep()
    except home.BadSurroundings as error:
        raise CannotServe(str(error)) from error
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        raise CannotServe(
            f"连不上数据库（{first}）。请检查数据库是否启动、LUOSHI_DATABASE_URL 是否正确。"
        ) from error


def _advice(asked: argparse.Namespace) -> Iterator[str]:
    """What the keeper of a new server still has to do."""
    if asked.host not in settings.ALLOWED_HOSTS[:3] and not os.environ.get("LUOSHI_HOSTS"):
        yield "要让其他电脑访问，请用环境变量 LUOSHI_HOSTS 写明它们访问时用的域名或地址（多个用逗号分开）。"
    if not get_user_model().objects.exists():
        yield (
            "还没有账号。请先运行：luoshi manage create_account 账号 姓名 --government 青禾县 "
            "--unit 青禾县人民政府办公室"
        )


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"{host} 的 {port} 端口不能使用（可能已有程序占用）。请先停掉它，或换一个端口：luoshi serve --port {port + 1}"
            ) from error
