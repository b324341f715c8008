"""`luoshi read FILE…`: the reading of plans on the command line."""

import sys
from collections.abc import Sequence
from getopt import GetoptError, gnu_getopt
from importlib import import_module
from typing import NamedTuple

from luoshi.cli.files import Misused, deliver, read_all, width
from luoshi.core.uncollected import uncollected

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
    return _run(request)


@uncollected
def _run(request: Request) -> int:
    failures: list[str] = []
    plans = read_all(request.files, failures)
    writer = import_module(WRITERS[request.form])
    try:
        deliver(writer.chunks(plans, request.form, request.kinds, width()), request.output)
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
