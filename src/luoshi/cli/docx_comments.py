"""Comments put into a .docx at places given by their words; and a bare .docx made of a text.

The file's own XML is kept: runs are cut where a comment begins and ends, nothing else is touched (ECMA-376 Part 1,
17.13.4). A place is found again by its words and by which occurrence of them it is, blanks left out, because what the
reader adds (numbers made by styles) and the file's own runs do not agree sign by sign.
"""

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"
T = "http://schemas.openxmlformats.org/package/2006/content-types"
BODY, COMMENTS = "word/document.xml", "word/comments.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class Remark(NamedTuple):
    """A comment: the words it stands at, which occurrence of them (from 0), and what it says, a paragraph each."""

    words: str
    nth: int
    paragraphs: tuple[str, ...]


class _Text:
    """The signs of a file's text, blanks and deleted text left out, each with the w:t it stands in and its place there."""

    def __init__(self, body: Any) -> None:
        self.places: list[tuple[Any, int]] = []
        signs = []
        for element in body.iter(f"{{{W}}}t"):
            deleted = any(True for _ in element.iterancestors(f"{{{W}}}del"))
            if deleted or element.getparent().tag != f"{{{W}}}r":
                continue
            for at, sign in enumerate(element.text or ""):
                if not sign.isspace():
                    self.places.append((element, at))
                    signs.append(sign)
        self.signs = "".join(signs)

    def find(self, words: str, nth: int) -> int:
        """Where the nth occurrence of the words begins, the last one before it where there are fewer, -1 where there is none."""
        at = -1
        for _ in range(nth + 1):
            following = self.signs.find(words, at + 1) if words else -1
            if following < 0:
                break
            at = following
        return at

    def run_before(self, i: int) -> tuple[Any, bool]:
        """The run that ends right before sign i, cut off if it must be; or the run that sign i opens, and True."""
        element, at = self.places[i]
        run = element.getparent()
        if at == 0 and not any(child.tag != f"{{{W}}}rPr" for child in list(run)[: list(run).index(element)]):
            return run, True
        self._cut(i)
        return run, False

    def run_after(self, i: int) -> Any:
        """The run that ends with sign i, cut off behind it if it must be."""
        element, at = self.places[i]
        run = element.getparent()
        if at + 1 < len(element.text or "") or element.getnext() is not None:
            self._cut(i + 1) if self._within(i + 1, element) else self._split(run, element, at + 1)
        return run

    def _within(self, i: int, element: Any) -> bool:
        return i < len(self.places) and self.places[i][0] is element

    def _cut(self, i: int) -> None:
        """Cut the run before sign i; the signs behind it move to the new run."""
        element, at = self.places[i]
        twin = self._split(element.getparent(), element, at)
        while self._within(i, element):
            self.places[i] = twin, self.places[i][1] - at
            i += 1

    def _split(self, run: Any, element: Any, at: int) -> Any:
        """The run in two, behind `at` signs of its w:t; returns the second half's w:t."""
        text, place = element.text or "", list(run).index(element)
        rest = deepcopy(run)
        moved = list(run)[place + 1 :]
        twins = list(rest)[place + 1 :]
        for child in moved:
            run.remove(child)
        for child in list(rest)[:place]:
            if child.tag != f"{{{W}}}rPr":
                rest.remove(child)
        for old, new in zip(
            moved, twins, strict=True
        ):  # signs of later w:t of this run must point at what stays
            rest.replace(new, old)
        twin = next(child for child in rest if child.tag == f"{{{W}}}t")
        element.text, twin.text = text[:at], text[at:]
        for piece in (element, twin):
            piece.set(SPACE, "preserve")
        run.addnext(rest)
        return twin


def commented(data: bytes, remarks: Sequence[Remark], author: str, when: str) -> tuple[bytes, int]:
    """The file with its comments, and how many of them found their place; the others stand at its first paragraph.

    `when` is an ISO time. Raises KeyError or etree.XMLSyntaxError for what is no .docx.
    """
    parts = _parts(data)
    body = etree.fromstring(parts[BODY], PARSER)
    known = etree.fromstring(parts[COMMENTS], PARSER) if COMMENTS in parts else None
    comments = known if known is not None else etree.Element(f"{{{W}}}comments", nsmap={"w": W})
    number = 1 + max((int(c.get(f"{{{W}}}id", "0")) for c in comments), default=-1)
    text = _Text(body)
    placed = 0
    for remark in remarks:
        placed += _mark(body, text, remark, str(number))
        comments.append(_comment(remark, str(number), author, when))
        number += 1
    parts[BODY] = _bytes(body)
    parts[COMMENTS] = _bytes(comments)
    if known is None:
        _announce(parts)
    return _zipped(parts), placed


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _bytes(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _announce(parts: dict[str, bytes]) -> None:
    """Tell the package of its new part."""
    relations = etree.fromstring(parts[RELATIONS], PARSER)
    taken = {r.get("Id") for r in relations}
    free = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(
        relations, f"{{{R}}}Relationship", Id=free, Type=COMMENTS_RELATION, Target="comments.xml"
    )
    parts[RELATIONS] = _bytes(relations)
    types = etree.fromstring(parts[TYPES], PARSER)
    etree.SubElement(types, f"{{{T}}}Override", PartName=f"/{COMMENTS}", ContentType=COMMENTS_TYPE)
    parts[TYPES] = _bytes(types)


def _comment(remark: Remark, number: str, author: str, when: str) -> Any:
    comment = etree.Element(f"{{{W}}}comment")
    for name, value in (("id", number), ("author", author), ("date", when), ("initials", "查")):
        comment.set(f"{{{W}}}{name}", value)
    for words in remark.paragraphs:
        run = etree.SubElement(etree.SubElement(comment, f"{{{W}}}p"), f"{{{W}}}r")
        text = etree.SubElement(run, f"{{{W}}}t")
        text.text = words
        text.set(SPACE, "preserve")
    return comment


def _mark(body: Any, text: _Text, remark: Remark, number: str) -> bool:
    """Put the two ends of the comment into the text; at the first paragraph when its words are not found."""
    words = "".join(remark.words.split()).rstrip("…")
    at = text.find(words, remark.nth)
    if at < 0:
        first = next(body.iter(f"{{{W}}}p"), None)
        if first is not None:
            first.extend(
                (_end("commentRangeStart", number), _end("commentRangeEnd", number), _reference(number))
            )
        return False
    last = text.run_after(at + len(words) - 1)
    last.addnext(_reference(number))
    last.addnext(_end("commentRangeEnd", number))
    run, opens = text.run_before(at)
    (run.addprevious if opens else run.addnext)(_end("commentRangeStart", number))
    return True


def _end(name: str, number: str) -> Any:
    mark = etree.Element(f"{{{W}}}{name}")
    mark.set(f"{{{W}}}id", number)
    return mark


def _reference(number: str) -> Any:
    run = etree.Element(f"{{{W}}}r")
    etree.SubElement(run, f"{{{W}}}commentReference").set(f"{{{W}}}id", number)
    return run


def bare_docx(text: str) -> bytes:
    """A .docx that holds a text, a paragraph a line."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_printable(line))}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
    body = f'<w:document xmlns:w="{W}"><w:body>{lines}<w:sectPr/></w:body></w:document>'
    types = (
        f'<Types xmlns="{T}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    root = f'<Relationships xmlns="{R}"><Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>'
    return _zipped(
        {
            TYPES: types.encode(),
            "_rels/.rels": root.encode(),
            BODY: body.encode(),
            RELATIONS: f'<Relationships xmlns="{R}"/>'.encode(),
        }
    )


def _printable(line: str) -> str:
    """The line without signs that XML cannot hold."""
    return "".join(sign for sign in line if sign == "\t" or sign >= " ")
