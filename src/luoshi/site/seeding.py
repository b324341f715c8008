"""`luoshi demo --plan FILE --rounds N`: a county for any plan, with units, accounts and N rounds of believable reports.

The same file, seed and day give the same rows. Everything that is written comes through the same models; events are
chained as they would have been.
"""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import django

from luoshi.core.periods import LENGTHS
from luoshi.site import home

LARGEST = 200
USAGE = "装入一个虚构的演示地区：读方案、建单位和账号、建账，再补出若干轮填报。数据放在 LUOSHI_HOME。"


class CannotSeed(Exception):
    """The year cannot be seeded; the text is one sentence that says why and what to do."""


def main(argv: Sequence[str]) -> int:
    """Returns 0, or 2 with one sentence."""
    asked = _arguments(argv)
    begun = time.monotonic()
    try:
        for line in _seed(asked):
            print(line, flush=True)
    except (CannotSeed, home.BadSurroundings) as reason:
        print(reason, file=sys.stderr)
        return 2
    print(f"用时{time.monotonic() - begun:.0f}秒。")
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("luoshi demo", description=USAGE)
    parser.add_argument("--plan", required=True, metavar="文件", help="要读的方案")
    parser.add_argument("--rounds", type=int, default=36, help=f"补出几轮填报，默认36，最多{LARGEST}")
    parser.add_argument(
        "--rhythm",
        default="旬",
        choices=[length for length in LENGTHS if length != "日"],
        help="频次，默认旬",
    )
    parser.add_argument("--county", default="演示县", help="演示地区的名称，默认“演示县”")
    parser.add_argument("--until", metavar="日期", help="最后一轮所报时段不晚于这一天，默认今天")
    parser.add_argument("--seed", type=int, default=1, help="随机数种子，默认1")
    return parser.parse_args(argv)


def _seed(asked: argparse.Namespace) -> Iterator[str]:
    if not 1 <= asked.rounds <= LARGEST:
        raise CannotSeed(f"轮数应在1到{LARGEST}之间，现在是{asked.rounds}。")
    path = Path(asked.plan)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotSeed(f"打不开方案文件：{path}（{error.strerror}）。") from error
    until = _day(asked.until)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    home.ensure_home(home.data_dir())
    django.setup()
    import_module("django.core.management").call_command("migrate", verbosity=0, interactive=False)
    refused = import_module("luoshi.journal.moves").Refused
    county = import_module("luoshi.site.seeded_county")
    year = import_module("luoshi.site.seeded_year")
    try:
        place = county.settle(asked.county, path.name, data)
        yield f"《{place.plan.title[:60]}》已建账：{place.units}个单位、{place.tasks}项任务。"
        yield from year.report(place, asked.rhythm, asked.rounds, until, asked.seed)
    except refused as reason:
        raise CannotSeed(reason.sentence) from reason
    yield f"账号（密码都是 {county.PASSWORD}）：综合协调组 {place.office_login}；联络员如 {place.clerk_login}。"


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CannotSeed(f"日期应写成2026-03-31这样，现在是“{text}”。") from None
