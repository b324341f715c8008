"""Findings -> JSON: the `defects` of gold/SCHEMA.md with code, severity, place, the other places and a mend."""

from collections.abc import Iterable
from typing import Any

from luoshi.core.check.findings import SEVERITIES, Finding, rules


def as_defects(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """One object a finding; `kind` is the schema's word, `note` the sentence, start/end offsets into the text as read."""
    table = rules()
    return [
        {
            "kind": table[f.code].kind,
            "code": f.code,
            "severity": f.severity,
            "title": table[f.code].title,
            "quote": f.quote,
            "note": f.message,
            "path": f.path,
            "start": f.span.start,
            "end": f.span.end,
            "mend": f.mend,
            "others": [
                {"quote": o.quote, "note": o.note, "start": o.span.start, "end": o.span.end} for o in f.others
            ],
        }
        for f in findings
    ]


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity: {"error": 3, "warning": 5, "hint": 8}."""
    found = [f.severity for f in findings]
    return {severity: found.count(severity) for severity in SEVERITIES}
