"""Findings in SARIF 2.1.0 (OASIS), one run over all files: for editors and for the pipelines of software people."""

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from luoshi.cli.check import Result
from luoshi.cli.places import Places
from luoshi.core.check.findings import Finding, rules
from luoshi.core.source.text import Span

LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def chunks(results: Iterable[Result], width: int) -> Iterator[bytes]:
    """The whole log in one piece."""
    table = list(rules().values())
    order = {rule.code: n for n, rule in enumerate(table)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "luoshi",
                        "version": import_module("luoshi").__version__,
                        "language": "zh-CN",
                        "rules": [
                            {
                                "id": rule.code,
                                "name": rule.title,
                                "shortDescription": {"text": rule.title},
                                "fullDescription": {"text": rule.why},
                                "defaultConfiguration": {"level": LEVELS[rule.severity]},
                            }
                            for rule in table
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [row for result in results for row in _rows(result, order)],
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=False, indent=1).encode() + b"\n"


def _rows(result: Result, order: dict[str, int]) -> Iterator[dict[str, Any]]:
    places = Places(result.plan.source.text)
    for finding in result.findings:
        row: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": order[finding.code],
            "level": LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(result, places, finding.span, finding.quote)],
        }
        if finding.others:
            row["relatedLocations"] = [
                {**_location(result, places, o.span, o.quote), "message": {"text": o.note or "另一处"}}
                for o in finding.others
            ]
        if finding.mend is not None:
            row["fixes"] = [_fix(result, places, finding)]
        yield row


def _location(result: Result, places: Places, span: Span, quote: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(result)},
            "region": {**_region(places, span), "snippet": {"text": quote}},
        }
    }


def _uri(result: Result) -> str:
    return result.plan.source.name if result.path == "-" else result.path.replace("\\", "/")


def _region(places: Places, span: Span) -> dict[str, int]:
    (line, column), (last, stop) = places.of(span.start), places.of(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": last,
        "endColumn": stop,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _fix(result: Result, places: Places, finding: Finding) -> dict[str, Any]:
    return {
        "description": {"text": f"改为“{finding.mend}”"},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(result)},
                "replacements": [
                    {
                        "deletedRegion": _region(places, finding.span),
                        "insertedContent": {"text": finding.mend},
                    }
                ],
            }
        ],
    }
