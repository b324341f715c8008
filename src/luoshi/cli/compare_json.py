"""A comparison as one line of JSON, always UTF-8."""

import json

from luoshi.core.compare.export import as_json
from luoshi.core.compare.model import Comparison


def page(found: Comparison, width: int) -> bytes:
    """The object of core/compare/export.py."""
    return json.dumps(as_json(found), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
