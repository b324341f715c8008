"""A finding, and the catalogue of all kinds of findings (docs/findings.md is made from it).

Severities follow how sure a sharp reader would be: error 错误 is wrong whoever looks, warning 警告 is probably wrong or
will cause trouble, hint 提示 is worth knowing before the paper is issued.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from luoshi.core.source.text import Span

Severity = Literal["error", "warning", "hint"]
SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "hint": "提示"}
KINDS: dict[str, str] = {
    "conflict": "前后不一",
    "duplicate": "重复",
    "missing-owner": "无人承接",
    "run-on-units": "单位连写",
    "garbled": "文字残损",
    "numbering": "编号错乱",
    "unclear": "不便考核",
    "pending": "待下达",
    "burden": "违反减负规定",
}


class Other(NamedTuple):
    """Another place a finding points at: what it conflicts with, where it stands again."""

    span: Span
    quote: str
    note: str = ""


class Finding(NamedTuple):
    """One finding. `code` is a key of the catalogue, `quote` the words at `span` (at most 60 characters), `message` one full
    Chinese sentence, `path` the outline path, `mend` what could stand at `span` instead (None: only a person can say)."""

    code: str
    severity: Severity
    span: Span
    quote: str
    message: str
    path: str = ""
    others: tuple[Other, ...] = ()
    mend: str | None = None


class Rule(NamedTuple):
    """One kind of finding: what it is called, how grave, why it matters, where the rule comes from, and two small plans:
    `bad` has the finding, `good` is how it should have been written (both are tests)."""

    code: str
    title: str
    severity: Severity
    kind: str
    why: str
    bad: str
    good: str
    source: str = ""


@cache
def rules() -> dict[str, Rule]:
    """The catalogue by code, in its own order (rules.toml)."""
    table = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
    return {code: Rule(code=code, **row) for code, row in table.items()}
