"""`luoshi read FILE…`: the reading of plans on the command line."""

import gc
import sys
from collections.abc import Iterator, Sequence
from getopt import GetoptError, gnu_getopt
from importlib import import_module
from os import fsencode, get_terminal_size, stat
from typing import BinaryIO, NamedTuple

from luoshi.cli import silence
from luoshi.cli.progress import Progress
from luoshi.core.plan.model import Plan
from luoshi.core.plan.reading import read_plan
from luoshi.core.source.loaders import MAX_MB
from luoshi.core.source.text import Unreadable

USAGE = """用法：luoshi read 文件… [--format 格式] [--kind 类别] [--output 文件]

把印发的方案读成行动、任务、指标、专班、机制、名额，每一项都带原文位置；拿不准的列为疑问。
可读：docx doc wps pdf html mht txt md xlsx xls ofd rtf。文件写 - 表示读标准输入。

  -f, --format 格式   table   对齐的表格（默认，给人看）
                      json    一个文件一行 JSON；多个文件即 JSON Lines
                      bundle  一行 JSON：读到的全文（source）加读取结果（plan），供程序使用
                      csv     UTF-8 带 BOM，Excel、WPS 可直接打开
                      xlsx    工作簿，每类一张表
  -k, --kind 类别     只要某类：任务 指标 专班 机制 名额 行动 疑问 方案；可用逗号写几类（table、csv、xlsx 有效）
  -o, --output 文件   写入文件；没写 --format 时按扩展名定格式
  -h, --help          显示本说明

结果：0 读出；2 有文件读不了（其余照读）或参数有误。"""

# Each module has chunks(plans, form, kinds, width); named as text, so that a table costs no Excel library.
WRITERS = {
    "table": "luoshi.cli.write_table",
    "json": "luoshi.cli.write_json",
    "bundle": "luoshi.cli.write_json",
    "csv": "luoshi.cli.write_csv",
    "xlsx": "luoshi.cli.write_xlsx",
}
KINDS = ("任务", "指标", "专班", "机制", "名额", "行动", "疑问", "方案")
STDIN = "标准输入"
PLAIN_WIDTH = 120  # columns, where the output is no terminal


class Misused(Exception):
    """Wrong arguments; `str(error)` is the Chinese sentence."""


class Request(NamedTuple):
    """What the arguments ask for; files are empty when help was asked."""

    files: tuple[str, ...]
    form: str
    kinds: tuple[str, ...]
    output: str | None


def main(argv: Sequence[str]) -> int:
    """Exit codes: 0 read, 2 something cannot be read or the arguments are wrong."""
    try:
        request = understand(argv)
    except Misused as error:
        print(f"{error}\n查看用法：luoshi read --help", file=sys.stderr)
        return 2
    if not request.files:
        print(USAGE)
        return 0
    collecting = gc.isenabled()
    gc.disable()  # a plan holds no cycles; walking it over and over costs a fifth of a 5 MB text
    try:
        return _run(request)
    finally:
        if collecting:
            gc.enable()


def _run(request: Request) -> int:
    failures: list[str] = []
    plans = _read_all(request.files, failures)
    writer = import_module(WRITERS[request.form])
    try:
        _deliver(writer.chunks(plans, request.form, request.kinds, _width()), request.output)
    except Misused as error:
        failures.append(str(error))
        print(error, file=sys.stderr)
    return 2 if failures else 0


def understand(argv: Sequence[str]) -> Request:
    """Arguments to a Request; raises Misused."""
    try:
        options, files = gnu_getopt(list(argv), "f:k:o:h", ["format=", "kind=", "output=", "help"])
    except GetoptError as error:
        dashes = "-" if len(error.opt) == 1 else "--"
        known = error.opt in ("f", "k", "o", "format", "kind", "output")
        raise Misused(f"参数 {dashes}{error.opt} {'后面缺少内容' if known else '不认识'}。") from error
    given = {
        {"f": "format", "k": "kind", "o": "output", "h": "help"}.get(n.strip("-"), n.strip("-")): v
        for n, v in options
    }
    if "help" in given:
        return Request((), "table", (), None)
    if not files:
        raise Misused("没有给出要读的文件。")
    output = given.get("output")
    form = given.get("format") or _form_of(output)
    if form not in WRITERS:
        raise Misused(f"没有“{form}”这种格式，可用：{'、'.join(WRITERS)}。")
    kinds = tuple(k for k in given.get("kind", "").replace("，", ",").split(",") if k)
    if unknown := [k for k in kinds if k not in KINDS]:
        raise Misused(f"没有“{unknown[0]}”这个类别，可用：{'、'.join(KINDS)}。")
    if form == "xlsx" and not output and sys.stdout.isatty():
        raise Misused("xlsx 不能显示在屏幕上，请用 --output 写入文件，例如 --output 台账.xlsx。")
    return Request(tuple(files), form, kinds, output)


def _form_of(output: str | None) -> str:
    extension = (output or "").rpartition(".")[2].lower()
    return {"xlsx": "xlsx", "csv": "csv", "json": "json", "jsonl": "json"}.get(extension, "table")


def _read_all(files: Sequence[str], failures: list[str]) -> Iterator[Plan]:
    """The plans that can be read; a sentence on stderr and in `failures` for each that cannot."""
    sizes = [_size(file) for file in files]
    progress = Progress(sum(sizes))
    for file, size in zip(files, sizes, strict=True):
        path = STDIN if file == "-" else fsencode(file).decode("utf-8", "replace")  # prints in any locale
        name = path.replace("\\", "/").rpartition("/")[2]
        progress.begin(name, size)
        try:
            plan = _read(file, path, name)
        except Unreadable as error:
            progress.end()
            failures.append(str(error))
            print(error if name in str(error) else f"{path}：{error}", file=sys.stderr)
        else:
            progress.end()
            yield plan


def _size(file: str) -> int:
    try:
        return 0 if file == "-" else stat(file).st_size
    except OSError:
        return 0


def _read(file: str, path: str, name: str) -> Plan:
    """Read one file or, for "-", the standard input; raises Unreadable."""
    if file == "-":
        data = _head(sys.stdin.buffer)
    else:
        try:
            with open(file, "rb") as stream:
                data = _head(stream)
        except OSError as error:
            raise Unreadable("no-file", _sentence(path, error)) from error
    try:
        return read_plan(data, name)
    except Unreadable:
        raise
    except Exception as error:
        # A fault of ours in one file must not cost the others theirs.
        sentence = f"读“{name}”时程序出错（{type(error).__name__}），请把这个文件发给维护人员。"
        raise Unreadable("fault", sentence) from error


def _head(stream: BinaryIO) -> bytes:
    """The whole file, or just more than the reader accepts: enough for it to say so."""
    return stream.read((MAX_MB + 1) << 20)


def _sentence(file: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"没有找到文件“{file}”，请检查路径和文件名。"
    if isinstance(error, IsADirectoryError):
        return f"“{file}”是文件夹，请给出里面的文件，例如 luoshi read {file.rstrip('/')}/*.docx。"
    if isinstance(error, PermissionError):
        return f"没有权限读取“{file}”，请检查文件权限或换一个账号。"
    return f"“{file}”打不开，请检查它是否被占用、磁盘是否完好。"


def _deliver(pieces: Iterator[bytes], output: str | None) -> None:
    """Write the pieces to the file or to the standard output; raises Misused when that fails."""
    if output is None:
        try:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            silence()
            raise Misused("结果写不出去，请检查磁盘是否已满。") from error
        return
    first = next(pieces, None)
    if first is None:
        return
    try:
        with open(output, "wb") as stream:
            stream.write(first)
            stream.writelines(pieces)
    except OSError as error:
        raise Misused(f"写不了“{output}”，请检查文件夹是否存在、是否有写入权限、磁盘是否已满。") from error


def _width() -> int:
    try:
        return get_terminal_size(sys.stdout.fileno()).columns or PLAIN_WIDTH
    except (OSError, ValueError):
        return PLAIN_WIDTH
