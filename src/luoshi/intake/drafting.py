"""New items out of a stretch of the source text: what a person selected, or half of an item that was split."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from luoshi.core.plan.export import as_json
from luoshi.core.plan.reading import read_source
from luoshi.core.source.text import SourceText

log = logging.getLogger(__name__)
PLURAL = {
    "action": "actions",
    "task": "tasks",
    "indicator": "indicators",
    "task_force": "task_forces",
    "mechanism": "mechanisms",
    "quota": "quotas",
}
BLANK: dict[str, dict[str, Any]] = {
    "action": {},
    "task": {"action": None, "form": "prose", "owners": [], "open_ended": False, "leaders": [], "deadline": None},
    "indicator": {
        "kind": "level", "op": "=", "value": None, "unit": None, "value_high": None, "base": None, "reference": None
    },
    "task_force": {"conveners": [], "first_deputies": [], "deputies": [], "members": [], "office": None},
    "mechanism": {"actor": None, "every": None, "at_least": False},
    "quota": {"who": None, "at_least": 1, "per": None},
}  # fmt: skip
LABEL = {
    "action": "name", "task": "heading", "indicator": "name", "task_force": "name", "mechanism": "activity", "quota": "what"
}  # fmt: skip
QUOTE = {"task": 30}
SENTENCE_END = re.compile(r"[。；;\n]\s*")
FRAGMENT = 5000


def quote_of(text: str, start: int, end: int, kind: str) -> str:
    """The words of the place: first printed line, a task's cut to 30 characters."""
    lines = (line.strip() for line in text[start:end].splitlines())
    return next((line for line in lines if line), "")[: QUOTE.get(kind, 300)]


def drafted(text: str, start: int, end: int, kind: str, path: str = "") -> dict[str, Any]:
    """The data of a new item of `kind`: read by the machine as far as it can, else blank with the words as label."""
    quote = quote_of(text, start, end, kind)
    blank = {**BLANK[kind], "quote": quote, "path": path, LABEL[kind]: quote[:60]}
    read = next(_read(text[start : min(end, start + FRAGMENT)], kind), None)
    if read is None:
        return blank
    for gone in ("start", "end", "doubts", "lead", "units"):
        read.pop(gone, None)
    for owner in read.get("owners", []):
        owner["start"] = owner["end"] = None
    return {**blank, **read, "quote": quote, "path": path}


def _read(fragment: str, kind: str) -> Iterator[dict[str, Any]]:
    try:
        plan = as_json(read_source(SourceText(name="", format="txt", text=fragment)))
    except Exception:  # a sentence the reader stumbles over must not keep a person from adding it by hand
        log.exception("reading a selected passage")
        return
    yield from plan[PLURAL[kind]]


def sentence_starts(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Where the sentences of [start, end) after the first begin, with their first words: the places to split at."""
    found = []
    for stop in SENTENCE_END.finditer(text, start, end):
        words = text[stop.end() : min(end, stop.end() + 40)].strip()
        if words:
            found.append((stop.end(), words.splitlines()[0]))
    return found


def path_at(outline: list[dict[str, Any]], at: int) -> str:
    """Path of the innermost section that holds offset `at`."""
    path = ""
    for section in outline:
        if section["start"] > at:
            break
        if at < section["end"]:
            path = section["path"]
    return path
