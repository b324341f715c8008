"""From the bytes of a file to SourceText. The only room with document libraries."""

from hashlib import sha256

from luoshi.core.source.text import SourceText


def load(data: bytes, name: str) -> SourceText:
    """Read one file; raises Unreadable with one Chinese sentence."""
    return SourceText(name=name, format="txt", text=data.decode("utf-8"), sha256=sha256(data).hexdigest())
