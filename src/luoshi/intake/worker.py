"""The reading and checking of a plan as a process of its own: `python -m luoshi.intake.worker < job.json`.

The job is {"register": [[key, [name, …]], …]} with one of "files": [[path, name], …] (read and check them; with "unchecked"
only read), "stored": the text and shape of a plan read before (check it again), "compare": {a, b, relation} (set two readings
side by side). It has a ceiling on memory and knows no Django, so that no file can hurt the server. Prints one JSON object:
{"source", "plan", "check"}, {"check"} or compare_rows.compared with exit code 0, or {"code", "sentence", "file"} with exit
code 2.
"""

import gc
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from luoshi.core.plan.export import as_json
from luoshi.core.plan.model import Plan
from luoshi.core.plan.paper import Paper, open_paper
from luoshi.core.plan.reading import read_source
from luoshi.core.source import loaders
from luoshi.core.source.clean import CleanText
from luoshi.core.source.tables import GridTable
from luoshi.core.source.text import SourceText, Unreadable
from luoshi.core.units.matching import Entry
from luoshi.intake.compare_rows import compared
from luoshi.intake.proofreading import checked, entries, lengths, restored, shape

MEMORY = 1 << 30
PROCESSOR = 60
"""Seconds of processor time: the end of a reading whose server is gone and no longer stops it."""
DAMAGED = "这个文件已损坏或结构异常，读取时中断。请用 WPS 或 Word 打开并另存后重新上传。"
TOO_BIG = "这个文件展开后太大，读取时超出了内存限额。请拆成几个文件后分别上传。"


class Reading:
    """One job at work; `name` is the file being loaded, "" when it is the plan as a whole."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.name = ""

    def answer(self) -> dict[str, Any]:
        """What the job asks for. Raises Unreadable."""
        if "compare" in self.job:
            return compared(**self.job["compare"])
        register = entries(self.job["register"])
        if "stored" in self.job:
            source = restored(self.job["stored"])
            return {"check": _checked(read_source(source), open_paper(source), register)}
        sources = []
        for path, name in self.job["files"]:
            self.name = name
            sources.append(loaders.load(Path(path).read_bytes(), name))
        self.name = ""
        source = loaders.join(tuple(sources))
        return reading(source) if "unchecked" in self.job else bundle(source, register)


def main() -> int:
    """Exit codes: 0 read, 2 not readable."""
    gc.disable()  # as in `luoshi read`: a plan holds no cycles, and the process ends with its one job
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    reading = Reading(json.load(sys.stdin.buffer))
    try:
        answer = reading.answer()
    except Unreadable as error:
        answer = {"code": error.code, "sentence": str(error), "file": reading.name}
    except MemoryError:
        answer = {"code": "too-big", "sentence": TOO_BIG, "file": reading.name}
    except Exception as error:
        print(repr(error), file=sys.stderr)
        answer = {"code": "damaged", "sentence": DAMAGED, "file": reading.name}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 2 if "code" in answer else 0


def bundle(source: SourceText, register: Sequence[Entry] = ()) -> dict[str, Any]:
    """What the intake stores: the text with its shape, the plan read from it, what was found in it. Raises Unreadable:
    not-a-plan."""
    plan, paper = read_source(source), open_paper(source)
    check = {**_checked(plan, paper, register), "shape": shape(source)}
    return {"source": _source(source, paper), "plan": as_json(plan), "check": check}


def reading(source: SourceText) -> dict[str, Any]:
    """The same without the checks: what comparing needs of a file that is not stored. Raises Unreadable: not-a-plan."""
    plan = read_source(source)
    named = {"name": source.name, "sha256": source.sha256}
    return {"source": {**_source(source, open_paper(source)), **named}, "plan": as_json(plan)}


def _source(source: SourceText, paper: Paper) -> dict[str, Any]:
    return {
        "text": source.text,
        "format": source.format,
        "furniture": [[span.start, span.end] for span in source.furniture],
        "pages": list(source.pages),
        "notes": [note._asdict() for note in source.notes],
        "grids": [_grid(table, paper.clean) for table in paper.tables],
    }


def _checked(plan: Plan, paper: Paper, register: Sequence[Entry]) -> dict[str, Any]:
    """The findings, or that the checks were not finished: a check that fails must not cost a reading."""
    try:
        return {**lengths(paper), "complete": True, **checked(plan, register)}
    except Exception as error:
        print(f"check: {error!r}", file=sys.stderr)
        none = {"findings": [], "left_out": 0, "knows_units": False}
        return {**lengths(paper), "complete": False, **none}


def _grid(table: GridTable, cleaned: CleanText) -> dict[str, Any]:
    """A table with its cells in source offsets, for showing it as printed."""

    def place(start: int, end: int) -> list[int]:
        span = cleaned.span(start, end)
        return [span.start, span.end]

    return {
        "start": place(table.start, table.end)[0],
        "end": place(table.start, table.end)[1],
        "header": list(table.header),
        "rows": [
            {"group": list(row.group), "cells": [place(cell.start, cell.end) for cell in row.cells]}
            for row in table.rows
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
