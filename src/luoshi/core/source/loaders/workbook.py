"""xlsx: sheets with their number formats. Read from the XML itself: calamine gives 0.085 for a cell that prints 8.5%."""

import re
from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.source.loaders.archive import Package, attribute, child, local
from luoshi.core.source.loaders.number_formats import BUILTIN, printed
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import Draft, Scribe
from luoshi.core.source.loaders.sheets import FILTERED, HIDDEN, Sheet, write_sheets

UNCOUNTED = "表中有没有算出结果的公式，这些单元格读成了空白。请用 WPS 或 Excel 打开保存一次后再读。"
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
BOOLEANS = {"1": "TRUE", "0": "FALSE"}


def read(data: bytes) -> Draft:
    """Read an xlsx file."""
    scribe, found = sheets(data)
    write_sheets(scribe, found)
    return scribe.draft("xlsx")


def sheets(data: bytes) -> tuple[Scribe, list[Sheet]]:
    """Its visible sheets, each cell where it stands, and the scribe with what was noted."""
    package = Package(data)
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise Refusal("damaged")
    epoch_1904 = attribute(child(book, "workbookPr"), "date1904") in ("1", "true")
    reader = _Reader(
        package,
        _shared(package.xml("xl/sharedStrings.xml")),
        _formats(package.xml("xl/styles.xml")),
        epoch_1904,
    )
    targets = {
        attribute(rel, "Id"): (attribute(rel, "Target") or "").lstrip("/")
        for rel in _children(package.xml("xl/_rels/workbook.xml.rels"))
    }
    found: list[Sheet] = []
    for element in _children(child(book, "sheets")):
        if attribute(element, "state") in ("hidden", "veryHidden"):
            reader.scribe.note("hidden-sheet", HIDDEN)
            continue
        target = targets.get(next((v for k, v in element.attrib.items() if k.endswith("}id")), ""), "")
        part = package.xml(target if target.startswith("xl/") else f"xl/{target}")
        if part is not None:
            found.append(reader.sheet(attribute(element, "name") or "", part))
    return reader.scribe, found


def _children(element: etree._Element | None) -> list[etree._Element]:
    return list(element) if element is not None else []


def _shared(root: etree._Element | None) -> list[str]:
    return [_rich(item) for item in _children(root) if local(item) == "si"]


def _rich(item: etree._Element) -> str:
    """Text of a string item: its runs, without the phonetic ones."""
    texts: list[str] = []
    for part in item:
        if local(part) == "t":
            texts.append(part.text or "")
        elif local(part) == "r":
            texts += (t.text or "" for t in part if local(t) == "t")
    return "".join(texts).replace("_x000D_", "").replace("\r", "")


def _formats(root: etree._Element | None) -> list[str]:
    """Number format of each cell style, by its index."""
    codes = dict(BUILTIN)
    for form in _children(child(root, "numFmts")):
        key = attribute(form, "numFmtId") or ""
        if key.isdigit():
            codes[int(key)] = attribute(form, "formatCode") or ""
    ids = (attribute(style, "numFmtId") or "0" for style in _children(child(root, "cellXfs")))
    return [codes.get(int(key), "") if key.isdigit() else "" for key in ids]


@dataclass(slots=True)
class _Reader:
    package: Package
    shared: list[str]
    formats: list[str]
    epoch_1904: bool
    scribe: Scribe = field(default_factory=Scribe)

    def sheet(self, name: str, root: etree._Element) -> Sheet:
        sheet = Sheet(name)
        row = -1
        for tr in _children(child(root, "sheetData")):
            number = attribute(tr, "r") or ""
            row = int(number) - 1 if number.isdigit() else row + 1
            hidden = attribute(tr, "hidden") in ("1", "true")
            col = -1
            for cell in tr:
                place = REFERENCE.match(attribute(cell, "r") or "")
                col = _column(place[1]) if place else col + 1
                text = self.text(cell)
                if not hidden:
                    sheet.put(row, col, text)
                elif text.strip():
                    self.scribe.note("hidden-rows", FILTERED)
        for merge in _children(child(root, "mergeCells")):
            corners = [REFERENCE.match(corner) for corner in (attribute(merge, "ref") or "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                top, left = int(corners[0][2]) - 1, _column(corners[0][1])
                sheet.merges.append((top, left, int(corners[1][2]) - 1, _column(corners[1][1])))
        return sheet

    def text(self, cell: etree._Element) -> str:
        """A cell as printed."""
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _rich(inline) if inline is not None else ""
        stored = child(cell, "v")
        value = (stored.text or "") if stored is not None else ""
        if not value:
            if child(cell, "f") is not None:
                self.scribe.note("uncounted-formula", UNCOUNTED)
            return ""
        if kind == "s":
            return self.shared[int(value)] if value.isdigit() and int(value) < len(self.shared) else ""
        if kind == "b":
            return BOOLEANS.get(value, value)
        if kind != "n":
            return value
        style = attribute(cell, "s") or "0"
        index = int(style) if style.isdigit() else 0
        form = self.formats[index] if index < len(self.formats) else ""
        return printed(value, form, self.epoch_1904)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
