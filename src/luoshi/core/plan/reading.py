"""read_plan: the line-up of the steps from a file to a Plan; reads as a table of contents."""

from pathlib import Path

from luoshi.core.plan.model import Document, Plan
from luoshi.core.source.text import SourceText


def read_source(source: SourceText) -> Plan:
    """Read a text already loaded. Pure: same source, same plan."""
    return Plan(source=source, document=Document())


def read_plan(file: str | Path | bytes, name: str | None = None) -> Plan:
    """Read one file (path, or bytes with its name). Raises Unreadable with one Chinese sentence."""
    raise NotImplementedError
