"""The command `luoshi`. This file only finds the command's module; nothing heavy is imported before it is known.

Commands are named as text, not imported: `luoshi read` must start as fast as the interpreter allows,
and `serve` lives in `luoshi.site`, above this room (docs/decisions/0003).
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("luoshi.cli.read", "读方案：把文件读成目标、任务、责任单位……"),
    "check": ("luoshi.cli.check", "查方案：印发前查出前后不一、无人负责、连写残损……"),
    "compare": ("luoshi.cli.compare", "对照两份方案：上下级、两年、两稿、两件、两地"),
    "serve": ("luoshi.site.serve", "启动网页服务"),
    "keep-watch": ("luoshi.site.keep_watch", "定时值守：按日程发起填报、排出职责、记逾期"),
    "demo": ("luoshi.site.seeding", "装入一份方案和一年的填报，供演示和测速"),
    "journal": ("luoshi.site.journal", "核对办理记录有没有被改动"),
    "bulletin": ("luoshi.site.bulletin", "核对已印发的公文有没有被改动"),
    "manage": ("luoshi.site.manage", "管理命令（迁移、建账号等）"),
}

USAGE = (
    "用法：luoshi <命令> [参数]\n\n"
    + "\n".join(f"  {name:12}{about}" for name, (_, about) in COMMANDS.items())
    + "\n\n查看某个命令的用法：luoshi <命令> --help"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 findings, 2 cannot be read or wrong usage, 130 stopped)."""
    _speak_chinese()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        silence()  # `luoshi read … | head`: the reader has seen enough
        return 0
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return 130


def _run(args: list[str]) -> int:
    if not args or args[0] in ("-h", "--help"):
        print(USAGE)
        return 0
    if args[0] == "--version":
        print(import_module("luoshi").__version__)
        return 0
    if args[0] not in COMMANDS:
        print(f"没有“{args[0]}”这个命令。\n{USAGE}", file=sys.stderr)
        return 2
    gc.disable()  # what is imported stays: looking through it for garbage, and keeping on looking, is wasted
    module = import_module(COMMANDS[args[0]][0])
    gc.freeze()
    gc.enable()
    return int(module.main(args[1:]) or 0)


def silence() -> None:
    """What is left in the buffer of the standard output goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_chinese() -> None:
    """Where the locale knows no Chinese (LANG=C) the two streams speak UTF-8 instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        try:
            "落实".encode(stream.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
