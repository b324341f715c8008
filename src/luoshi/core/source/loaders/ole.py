"""OLE2 containers: which of the old office formats lies inside, and its streams."""

from io import BytesIO

import olefile

from luoshi.core.source.loaders.refusals import Refusal

STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))


def open_ole(data: bytes) -> olefile.OleFileIO:
    """Open the container; a broken one is refused."""
    try:
        return olefile.OleFileIO(BytesIO(data))
    except Exception as error:
        # olefile raises whatever its parsing of broken sectors runs into.
        raise Refusal("truncated") from error


def stream(ole: olefile.OleFileIO, name: str) -> bytes:
    """The bytes of one stream; b"" when there is none."""
    try:
        return bytes(ole.openstream(name).read()) if ole.exists(name) else b""
    except Exception as error:
        raise Refusal("truncated") from error


def kind(data: bytes) -> str:
    """doc or xls; new office files with a password lie in an OLE2 container too."""
    with open_ole(data) as ole:
        if ole.exists("EncryptedPackage"):
            raise Refusal("encrypted")
        for name, found in STREAMS:
            if ole.exists(name):
                return found
    raise Refusal("unknown-format")
