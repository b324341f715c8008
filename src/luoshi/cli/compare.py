"""`luoshi compare A B`: two plans side by side on the command line."""

import sys
from collections.abc import Sequence
from getopt import GetoptError, gnu_getopt
from importlib import import_module
from typing import NamedTuple

from luoshi.cli.files import Misused, deliver, read_all, width
from luoshi.core.compare.comparing import compare
from luoshi.core.compare.model import RELATION_LABELS, Relation

USAGE = """用法：luoshi compare 前一份 后一份 [--relation 关系] [--format 格式] [--output 文件]

把两份方案逐项对照：指标提高还是降低、口径变没变、任务换没换单位、时限早晚；上下级之间另列加码和未承接。
每一行都带两份文件的原文和出处。

  -r, --relation 关系 上下级  前一份是上级文件，后一份是下级文件
                      两年    前一份是上年的，后一份是本年的
                      两稿    前一份是前稿，后一份是后稿或印发稿
                      两件    同一个地方的两份不同文件，看同一件事说得是否一致
                      两地    两个地方的同类文件
                      不写就由文件推断，并说明依据
  -f, --format 格式   text    对齐的表格（默认，给人看）
                      json    一行 JSON，供程序使用
                      xlsx    工作簿：指标、任务、加码、未承接、说明
                      html    一个网页文件，可用 A4 打印
  -o, --output 文件   写入文件；没写 --format 时按扩展名定格式
  -h, --help          显示本说明

结果：0 已对照；2 有文件读不了、结果写不了或参数有误。"""

# Each module has page(comparison, width) -> bytes; named as text, so that a table costs no Excel library.
WRITERS = {
    "text": "luoshi.cli.compare_text",
    "json": "luoshi.cli.compare_json",
    "xlsx": "luoshi.cli.compare_xlsx",
    "html": "luoshi.cli.compare_html",
}
RELATIONS: dict[str, Relation] = {label: relation for relation, label in RELATION_LABELS.items()}
_LONG = {"r": "relation", "f": "format", "o": "output", "h": "help"}


class Request(NamedTuple):
    """What the arguments ask for; files are empty when help was asked."""

    files: tuple[str, ...]
    relation: Relation | None
    form: str
    output: str | None


def main(argv: Sequence[str]) -> int:
    """Exit codes: 0 compared, 2 something cannot be read or written or the arguments are wrong."""
    try:
        request = understand(argv)
    except Misused as error:
        print(f"{error}\n查看用法：luoshi compare --help", file=sys.stderr)
        return 2
    if not request.files:
        print(USAGE)
        return 0
    failures: list[str] = []
    plans = list(read_all(request.files, failures))
    if failures:
        return 2
    found = compare(plans[0], plans[1], request.relation)
    try:
        deliver(iter([import_module(WRITERS[request.form]).page(found, width())]), request.output)
    except Misused as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def understand(argv: Sequence[str]) -> Request:
    """Arguments to a Request; raises Misused."""
    try:
        options, files = gnu_getopt(list(argv), "r:f:o:h", ["relation=", "format=", "output=", "help"])
    except GetoptError as error:
        dashes = "-" if len(error.opt) == 1 else "--"
        known = error.opt in (*_LONG, *_LONG.values())
        raise Misused(f"参数 {dashes}{error.opt} {'后面缺少内容' if known else '不认识'}。") from error
    given = {_LONG.get(name.strip("-"), name.strip("-")): value for name, value in options}
    if "help" in given:
        return Request((), None, "text", None)
    if len(files) != 2:
        raise Misused(f"要给出两个文件，前一份在前、后一份在后；现在给出了{len(files)}个。")
    output = given.get("output")
    form = given.get("format") or _form_of(output)
    if form not in WRITERS:
        raise Misused(f"没有“{form}”这种格式，可用：{'、'.join(WRITERS)}。")
    relation = given.get("relation")
    if relation is not None and relation not in RELATIONS:
        raise Misused(f"没有“{relation}”这种关系，可用：{'、'.join(RELATIONS)}。")
    if form == "xlsx" and not output and sys.stdout.isatty():
        raise Misused("xlsx 不能显示在屏幕上，请用 --output 写入文件，例如 --output 对照.xlsx。")
    return Request(tuple(files), RELATIONS[relation] if relation else None, form, output)


def _form_of(output: str | None) -> str:
    extension = (output or "").rpartition(".")[2].lower()
    return {"xlsx": "xlsx", "json": "json", "html": "html", "htm": "html"}.get(extension, "text")
