"""`luoshi check FILE…`: what a sharp reader would find in a plan, before it is issued."""

import sys
from collections.abc import Iterator, Sequence
from getopt import GetoptError, gnu_getopt
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from luoshi.cli.files import Misused, deliver, read_with_data, width
from luoshi.core.check.checking import check_plan
from luoshi.core.check.choosing import FILE, BadChoice, Choice, choose, read_choices
from luoshi.core.check.findings import SEVERITIES, Finding, Severity
from luoshi.core.plan.model import Plan
from luoshi.core.uncollected import uncollected
from luoshi.core.units.matching import Entry

USAGE = """用法：luoshi check 文件… [--format 格式] [--least 级别] [--output 文件]

印发之前查一遍方案：目标前后不一、任务没人牵头、单位连写、编号跳号、句子断裂、目标无人承接、违反减负规定……
每一处都指到原文，说明为什么，能改的给出改法。

  -f, --format 格式   text    像校对稿一样逐条列出（默认）
                      json    一个文件一行 JSON
                      sarif   SARIF 2.1.0，供编辑器和流水线使用
                      html    一个可以打印的网页文件
                      docx    原文件加批注（txt、html、pdf 等先转成 Word 再加批注）
  -l, --least 级别    只列这个级别以上的：错误 警告 提示（默认 提示，即全部）
  -r, --register 文件 单位名录（一行一个单位，全称在前，简称用顿号隔开），查名录之外的单位
  -c, --config 文件   规则配置；不写时用方案所在文件夹里的 luoshi.toml
  -o, --output 文件   写入文件；没写 --format 时按扩展名定格式
  -h, --help          显示本说明

结果：0 没有“错误”级的问题；1 有；2 有文件读不了或参数有误。规则一览见 docs/findings.md。"""

# Each module has chunks(results, width); named as text, so that none costs the others its libraries.
WRITERS = {
    "text": "luoshi.cli.check_text",
    "json": "luoshi.cli.check_json",
    "sarif": "luoshi.cli.check_sarif",
    "html": "luoshi.cli.check_html",
    "docx": "luoshi.cli.check_docx",
}
LEAST: dict[str, Severity] = {word: slug for slug, word in SEVERITIES.items()}
LONG = ("format=", "least=", "register=", "config=", "output=", "help")


class Result(NamedTuple):
    """One plan checked: its file as given, its bytes, what was read and what was found."""

    path: str
    data: bytes
    plan: Plan
    findings: tuple[Finding, ...]


class Request(NamedTuple):
    """What the arguments ask for; files are empty when help was asked."""

    files: tuple[str, ...] = ()
    form: str = "text"
    least: Severity = "hint"
    register: str | None = None
    config: str | None = None
    output: str | None = None


def main(argv: Sequence[str]) -> int:
    """Exit codes: 0 nothing at error level, 1 errors found, 2 something cannot be read or the arguments are wrong."""
    try:
        request = understand(argv)
        if not request.files:
            print(USAGE)
            return 0
        return _run(request)
    except (Misused, BadChoice) as error:
        print(f"{error}\n查看用法：luoshi check --help", file=sys.stderr)
        return 2


@uncollected
def _run(request: Request) -> int:
    failures: list[str] = []
    errors: list[str] = []
    results = _results(request, failures, errors)
    deliver(import_module(WRITERS[request.form]).chunks(results, width()), request.output)
    return 2 if failures else 1 if errors else 0


def _results(request: Request, failures: list[str], errors: list[str]) -> Iterator[Result]:
    """Each file checked; the names of those with errors go into `errors`."""
    register = _register(request.register) if request.register else ()
    order = list(SEVERITIES)
    names = iter(request.files)
    for plan, data in read_with_data(request.files, failures):
        path = next(name for name in names if name == "-" or Path(name).name == plan.source.name)
        findings = choose(check_plan(plan, register), _choices(request.config, path))
        if any(f.severity == "error" for f in findings):
            errors.append(path)
        shown = tuple(f for f in findings if order.index(f.severity) <= order.index(request.least))
        yield Result(path, data, plan, shown)


def understand(argv: Sequence[str]) -> Request:
    """Arguments to a Request; raises Misused."""
    try:
        options, files = gnu_getopt(list(argv), "f:l:r:c:o:h", list(LONG))
    except GetoptError as error:
        dashes = "-" if len(error.opt) == 1 else "--"
        known = error.opt in "flrcoh" or any(name.startswith(error.opt) for name in LONG)
        raise Misused(f"参数 {dashes}{error.opt} {'后面缺少内容' if known else '不认识'}。") from error
    given = {name.lstrip("-")[0]: value for name, value in options}
    if "h" in given:
        return Request()
    if not files:
        raise Misused("没有给出要查的文件。")
    output = given.get("o")
    extension = (output or "").rpartition(".")[2].lower()
    form = given.get("f") or (extension if extension in WRITERS else "text")
    if form not in WRITERS:
        raise Misused(f"没有“{form}”这种格式，可用：{'、'.join(WRITERS)}。")
    least = given.get("l", "提示")
    if least not in LEAST:
        raise Misused(f"没有“{least}”这个级别，可用：{'、'.join(LEAST)}。")
    if form == "docx" and len(files) > 1:
        raise Misused("批注稿一次只做一个文件，请分开执行。")
    if form == "docx" and not output:
        raise Misused("批注稿不能显示在屏幕上，请用 --output 写入文件，例如 --output 方案（批注）.docx。")
    return Request(tuple(files), form, LEAST[least], given.get("r"), given.get("c"), output)


def _register(path: str) -> tuple[Entry, ...]:
    """The units of a text file, one a line: full name, then its short names."""
    rows = (line.replace(",", "、").split("、") for line in _text(path).splitlines() if line.strip())
    return tuple(Entry(n, tuple(name.strip() for name in row if name.strip())) for n, row in enumerate(rows))


def _choices(config: str | None, path: str) -> dict[str, Choice]:
    """The decisions of the file given, else of the folder the plan lies in."""
    if config:
        return read_choices(_text(config), config)
    beside = Path(path).parent / FILE if path != "-" else Path(FILE)
    return read_choices(_text(str(beside)), str(beside)) if beside.is_file() else {}


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(f"“{path}”打不开或不是 UTF-8 文本，请检查路径并另存为 UTF-8。") from error
