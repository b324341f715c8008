"""`luoshi keep-watch`: do now what time asks for. Once, for cron; or every so many seconds, until stopped."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from types import FrameType

import django
from django.db import DatabaseError

from luoshi.site import home

SHORTEST = 10
USAGE = (
    "定时值守：按日程发起填报、排出职责、记逾期、补校验值、清理过时文件。可以反复运行，不会重复办理。"
    "luoshi serve 运行时自带值守；另用 cron 或 systemd 时每小时运行一次即可。"
)


def main(argv: Sequence[str]) -> int:
    """Returns 0 when all was done, 1 when something could not be (it is said, and tried again next time), 2 with one
    sentence when nothing can be."""
    asked = _arguments(argv)
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
        home.ensure_home(home.data_dir())
        django.setup()
        _migrated()
        if asked.loop is None:
            return _once()
        return _stay(asked.loop)
    except home.BadSurroundings as reason:
        print(reason, file=sys.stderr)
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        print(
            f"连不上数据库（{first}）。请检查数据库是否启动、LUOSHI_DATABASE_URL 是否正确。", file=sys.stderr
        )
    return 2


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("luoshi keep-watch", description=USAGE)
    parser.add_argument(
        "--loop",
        type=_seconds,
        metavar="秒",
        help=f"每隔多少秒办一次，一直到停止（最少{SHORTEST}秒）；不写只办一次",
    )
    return parser.parse_args(argv)


def _seconds(text: str) -> int:
    if not text.isdecimal() or int(text) < SHORTEST:
        raise argparse.ArgumentTypeError(f"间隔应是{SHORTEST}以上的整数（秒），现在是“{text}”。")
    return int(text)


def _migrated() -> None:
    """The tables must be those of this version; a new data directory gets them."""
    import_module("django.core.management").call_command("migrate", verbosity=0, interactive=False)


def _once() -> int:
    done = import_module("luoshi.site.watching").run()
    for line in done.lines:
        print(line)
    if not done.lines and not done.faults:
        print("没有到期要办的事。")
    for fault in done.faults:
        print(fault, file=sys.stderr)
    sys.stdout.flush()
    return 1 if done.faults else 0


def _stay(seconds: int) -> int:
    """Until SIGTERM or Ctrl+C; what is under way is finished first."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, stop)
    print(f"值守已开始，每{seconds}秒办一次（按 Ctrl+C 停止）。", flush=True)
    watching, code = import_module("luoshi.site.watching"), 0
    while not stopped.is_set():
        done = watching.run()
        for line in (*done.lines, *done.faults):
            print(line, flush=True)
        code = 1 if done.faults else 0
        stopped.wait(seconds)
    print("值守已停止。")
    return code
