"""Zip packages (docx, xlsx, ofd) and the XML in them, opened with limits: what is in a file is not to be trusted."""

import io
import zipfile
import zlib
from functools import lru_cache

from lxml import etree

from luoshi.core.source.loaders.refusals import Refusal

MAX_ENTRIES = 10_000
MAX_TOTAL = 400 << 20  # bytes declared by all entries: a paper full of photographs stays below
MAX_PART = 64 << 20  # bytes of one part that we really unpack
MAX_RATIO = 250  # XML of long tables shrinks 30 to 80 times; a bomb 1000 times
RATIO_FROM = 4 << 20  # small parts may shrink as they like
MAX_TAGS = 4_000_000  # about 150 bytes of tree each: keeps one part under 600 MB

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError, ValueError)


class Package:
    """A zip file whose parts are unpacked one by one under the limits above."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        except DAMAGED as error:
            raise Refusal("truncated") from error
        if len(self._entries) > MAX_ENTRIES or sum(e.file_size for e in self._entries.values()) > MAX_TOTAL:
            raise Refusal("zip-bomb")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, in the order of the file."""
        return tuple(self._entries)

    def bytes_of(self, name: str) -> bytes:
        """The bytes of one part; b"" when there is no such part."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.flag_bits & 1:
            raise Refusal("encrypted")
        limit = min(MAX_PART, max(RATIO_FROM, entry.compress_size * MAX_RATIO))
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except DAMAGED as error:
            raise Refusal("damaged") from error
        if len(data) > limit:
            raise Refusal("zip-bomb")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None when there is no such part."""
        data = self.bytes_of(name)
        return parse_xml(data) if data else None


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML with entities, network and oversized trees switched off; office files carry no DTD."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refusal("entities")
    if data.count(b"<") > MAX_TAGS:
        raise Refusal("too-long")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal("entities")
    return root


@lru_cache(4096)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: etree._Element) -> str:
    """Name of an element without its namespace: transitional and strict office files differ only in that."""
    tag = element.tag
    return _bare(tag) if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Value of an attribute by its name without namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """First descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        for inner in element:
            if local(inner) == name:
                element = inner
                break
        else:
            return None
    return element
