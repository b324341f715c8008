"""The reading of a plan as a process of its own: `python -m luoshi.intake.worker FILE NAME [FILE NAME]…`.

It has a ceiling on memory and knows no Django, so that no file can hurt the server. Prints one JSON object:
{"source": …, "plan": …} with exit code 0, or {"code", "sentence", "file"} with exit code 2.
"""

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from luoshi.core.plan.export import as_json
from luoshi.core.plan.reading import read_source
from luoshi.core.source import loaders
from luoshi.core.source.clean import CleanText, clean
from luoshi.core.source.tables import GridTable, find_tables
from luoshi.core.source.text import SourceText, Unreadable

MEMORY = 1 << 30
PROCESSOR = 60
"""Seconds of processor time: the end of a reading whose server is gone and no longer stops it."""
DAMAGED = "这个文件已损坏或结构异常，读取时中断。请用 WPS 或 Word 打开并另存后重新上传。"
TOO_BIG = "这个文件展开后太大，读取时超出了内存限额。请拆成几个文件后分别上传。"


def main(argv: Sequence[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    name = ""
    try:
        sources = []
        for path, name in zip(argv[::2], argv[1::2], strict=True):
            sources.append(loaders.load(Path(path).read_bytes(), name))
        name = ""
        answer = bundle(sources[0] if len(sources) == 1 else loaders.join(tuple(sources)))
    except Unreadable as error:
        answer = {"code": error.code, "sentence": str(error), "file": name}
    except MemoryError:
        answer = {"code": "too-big", "sentence": TOO_BIG, "file": name}
    except Exception as error:
        print(repr(error), file=sys.stderr)
        answer = {"code": "damaged", "sentence": DAMAGED, "file": name}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 2 if "code" in answer else 0


def bundle(source: SourceText) -> dict[str, Any]:
    """What the intake stores: the text with its shape, and the plan read from it. Raises Unreadable: not-a-plan."""
    cleaned = clean(source)
    plan = as_json(read_source(source))
    return {
        "source": {
            "text": source.text,
            "format": source.format,
            "furniture": [[span.start, span.end] for span in source.furniture],
            "pages": list(source.pages),
            "notes": [note._asdict() for note in source.notes],
            "grids": [_grid(table, cleaned) for table in find_tables(source, cleaned)],
        },
        "plan": plan,
    }


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
    sys.exit(main(sys.argv[1:]))
