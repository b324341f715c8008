"""Findings as JSON: one object for one file, one a line for several."""

import json
from collections.abc import Iterable, Iterator

from luoshi.cli.check import Result
from luoshi.cli.places import Places
from luoshi.core.check.export import as_defects, counted


def chunks(results: Iterable[Result], width: int) -> Iterator[bytes]:
    """{"source", "counts", "findings": as_defects with line and column}."""
    for result in results:
        places = Places(result.plan.source.text)
        findings = as_defects(result.findings)
        for row in findings:
            row["line"], row["column"] = places.of(row["start"])
        shape = {
            "source": result.plan.source.name,
            "counts": counted(result.findings),
            "findings": findings,
        }
        yield json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
