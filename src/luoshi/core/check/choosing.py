"""What a house has decided about the rules: turned off or of another severity, each with a reason (luoshi.toml)."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from luoshi.core.check.findings import SEVERITIES, Finding, Severity, rules

FILE = "luoshi.toml"
OFF = "关闭"
_WORDS: dict[str, Severity | None] = {
    OFF: None,
    "off": None,
    **{word: slug for slug, word in SEVERITIES.items()},
    **{slug: slug for slug in SEVERITIES},
}
EXAMPLE = '[rules.open-ended]\nseverity = "关闭"\nreason = "本县各方案统一由专班办公室补全名单"'


class BadChoice(Exception):
    """The file cannot be followed; `str(error)` says in Chinese what and where."""


class Choice(NamedTuple):
    """A decision about one rule: its severity here (None: off) and why."""

    severity: Severity | None
    reason: str


def read_choices(text: str, name: str = FILE) -> dict[str, Choice]:
    """The decisions written in a file, by code. Raises BadChoice.

    >>> read_choices('[rules.open-ended]\\nseverity = "关闭"\\nreason = "由专班办公室补全"')["open-ended"].severity is None
    True
    """
    try:
        table = tomllib.loads(text).get("rules", {})
    except tomllib.TOMLDecodeError as error:
        raise BadChoice(f"配置文件“{name}”写法有误（{error}），请照这个样子写：\n{EXAMPLE}") from error
    if not isinstance(table, Mapping):
        raise BadChoice(f"配置文件“{name}”中“rules”应分条写，例如：\n{EXAMPLE}")
    return {code: _choice(code, row, name) for code, row in table.items()}


def _choice(code: str, row: object, name: str) -> Choice:
    if code not in rules():
        raise BadChoice(f"配置文件“{name}”中的“{code}”不是规则代码，代码见 docs/findings.md。")
    if not isinstance(row, Mapping):
        raise BadChoice(
            f"配置文件“{name}”中“{code}”应写 severity（级别）和 reason（理由），例如：\n{EXAMPLE}"
        )
    word, reason = str(row.get("severity", "")), str(row.get("reason", "")).strip()
    if word not in _WORDS:
        raise BadChoice(f"配置文件“{name}”中“{code}”的级别“{word}”不认识，可写：关闭、错误、警告、提示。")
    if not reason:
        raise BadChoice(f"配置文件“{name}”中“{code}”没有写理由，请补上 reason 一行。")
    return Choice(_WORDS[word], reason)


def choose(findings: Iterable[Finding], choices: Mapping[str, Choice]) -> tuple[Finding, ...]:
    """The findings as this house wants them."""
    kept = []
    for finding in findings:
        choice = choices.get(finding.code)
        if choice is None:
            kept.append(finding)
        elif choice.severity is not None:
            kept.append(finding._replace(severity=choice.severity))
    return tuple(kept)
