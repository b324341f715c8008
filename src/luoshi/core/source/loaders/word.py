"""docx: paragraphs and tables in the order of the page, with the numbers that Word only computes.

Read from the XML itself (ECMA-376 part 1): python-docx knows neither automatic numbers nor tracked changes.
"""

import re
from collections.abc import Iterator

from lxml import etree

from luoshi.core.source.loaders.archive import Package, attribute, child, local
from luoshi.core.source.loaders.numbering import Numbering, read_numbering
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import CellText, Draft, Scribe, flat_rows

MAIN = re.compile(r"word/document\d*\.xml")
TRACKED = "文件带有修订痕迹，已按接受全部修订读取：删去的字不读，新增的字读入。请以正式印发稿为准。"
COMMENTED = "文件带有批注，批注没有读入。"
HIDDEN = "文件中有隐藏文字，没有读入。"
OPEN = {
    "hyperlink",
    "smartTag",
    "ins",
    "moveTo",
    "sdt",
    "sdtContent",
    "customXml",
    "fldSimple",
    "bdo",
    "dir",
    "ruby",
    "rubyBase",
    "oMath",
    "oMathPara",
}
MATH = {
    "f",
    "num",
    "den",
    "sSub",
    "sSup",
    "sSubSup",
    "e",
    "sub",
    "sup",
    "d",
    "rad",
    "deg",
    "nary",
    "func",
    "fName",
    "acc",
    "bar",
    "box",
}
SYMBOLS = {
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "□",
    0x6F: "□",
    0x52: "☑",
    0xA3: "□",
    0x6C: "●",
    0x6E: "■",
    0x75: "◆",
    0xD8: "➢",
    0xFC: "✓",
    0xB7: "·",
}


def read(data: bytes) -> Draft:
    """Read a docx file."""
    package = Package(data)
    main = next((name for name in package.names if MAIN.fullmatch(name)), "")
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise Refusal("damaged")
    return _Reader(package).read(body)


class _Reader:
    """One pass over the body; numbers run on from paragraph to paragraph."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.scribe = Scribe()
        self.numbering: Numbering = read_numbering(package.xml("word/numbering.xml"))
        styles = package.xml("word/styles.xml")
        self.styles = _style_numbers(styles)
        self.contents = _contents_styles(styles)
        self.boxes: list[str] = []
        self.notes_seen: list[tuple[str, str]] = []
        self.carry = ""

    def read(self, body: etree._Element) -> Draft:
        self.blocks(body)
        self.flush()
        self.footnotes()
        for name in self.package.names:
            if re.fullmatch(r"word/header\d*\.xml", name) and (part := self.package.xml(name)) is not None:
                for paragraph in part.iter("{*}p"):
                    self.scribe.mark("".join(paragraph.itertext()))
        return self.scribe.draft("docx")

    def blocks(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables right under `parent`."""
        for block in parent:
            match local(block):
                case "p":
                    style = attribute(child(block, "pPr", "pStyle"), "val") or ""
                    for line in self.paragraph(block):
                        self.scribe.line(line, furniture=style in self.contents)
                    self.flush_boxes()
                case "tbl":
                    self.flush()
                    self.scribe.table(self.cells(block))
                    self.flush_boxes()
                case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                    self.blocks(block)
                case "del" | "moveFrom":
                    self.scribe.note("tracked-changes", TRACKED)

    def flush(self) -> None:
        if self.carry:
            self.scribe.line(self.carry)
            self.carry = ""

    def flush_boxes(self) -> None:
        for line in self.boxes:
            self.scribe.line(line)
        self.boxes.clear()

    def paragraph(self, p: etree._Element) -> list[str]:
        """Lines of a paragraph (soft breaks end a line); empty when its mark was deleted: it runs on into the next."""
        text = self.carry + self.label(p) + self.inline(p)
        self.carry = ""
        if child(p, "pPr", "rPr", "del") is not None:
            self.scribe.note("tracked-changes", TRACKED)
            self.carry = text
            return []
        return text.split("\n")

    def label(self, p: etree._Element) -> str:
        properties = child(p, "pPr")
        num, depth = self.styles.get(attribute(child(properties, "pStyle"), "val") or "", ("", 0))
        own = child(properties, "numPr")
        if own is not None:
            num = attribute(child(own, "numId"), "val") or num
            depth = _whole(attribute(child(own, "ilvl"), "val"), depth)
        label = self.numbering.label(num, depth) if num else ""
        # A bare number or letter needs something between it and the words; 一、 （一） 1. do not.
        return label + " " if label and (label[-1].isalnum() or label == "•") and len(p) > 1 else label

    def inline(self, parent: etree._Element) -> str:
        return "".join(self.runs(parent))

    def runs(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "r":
                yield from self.run(element)
            elif name in OPEN or name in MATH:
                if name in ("ins", "moveTo"):
                    self.scribe.note("tracked-changes", TRACKED)
                yield from self.runs(element)
            elif name in ("del", "moveFrom"):
                self.scribe.note("tracked-changes", TRACKED)
            elif name == "AlternateContent":
                yield from self.runs(_choice(element))
            elif name in ("commentRangeStart", "commentReference"):
                self.scribe.note("comments", COMMENTED)

    def run(self, r: etree._Element) -> Iterator[str]:
        vanish = child(r, "rPr", "vanish")
        if vanish is not None and attribute(vanish, "val") not in ("0", "false"):
            self.scribe.note("hidden-text", HIDDEN)
            return
        for element in r:
            match local(element):
                case "t":
                    yield (element.text or "").replace("\n", " ")
                case "tab" | "ptab":
                    yield "\t"
                case "br" | "cr":
                    yield "\n"
                case "noBreakHyphen":
                    yield "-"
                case "sym":
                    yield _symbol(attribute(element, "char"))
                case "footnoteReference" | "endnoteReference" as reference:
                    self.notes_seen.append((reference[:-9], attribute(element, "id") or ""))
                case "commentReference":
                    self.scribe.note("comments", COMMENTED)
                case "ruby" | "rubyBase":
                    yield from self.runs(element)
                case "AlternateContent":
                    self.text_boxes(_choice(element))
                case "drawing" | "pict" | "object":
                    self.text_boxes(element)

    def text_boxes(self, drawing: etree._Element) -> None:
        for box in drawing.iter("{*}txbxContent"):
            if any(local(above) == "txbxContent" for above in box.iterancestors()):
                continue
            kept, self.carry, lines = self.carry, "", []
            for block in box:
                lines += self.cell_lines(block)
            self.boxes += lines
            self.carry = kept

    def cells(self, table: etree._Element) -> list[CellText]:
        """The grid of a table; vertical merges become one cell."""
        cells: list[CellText] = []
        open_above: dict[int, CellText] = {}
        row = 0
        for tr in _descend(table, "tr"):
            if child(tr, "trPr", "del") is not None:
                self.scribe.note("tracked-changes", TRACKED)
                continue
            col = _whole(attribute(child(tr, "trPr", "gridBefore"), "val"), 0)
            for tc in _descend(tr, "tc"):
                properties = child(tc, "tcPr")
                width = max(1, _whole(attribute(child(properties, "gridSpan"), "val"), 1))
                merge = child(properties, "vMerge")
                above = open_above.get(col)
                lines = [line for block in tc for line in self.cell_lines(block)]
                if self.carry:
                    lines.append(self.carry)
                    self.carry = ""
                if merge is not None and attribute(merge, "val") in (None, "continue") and above is not None:
                    above.rowspan = row - above.row + 1
                else:
                    cell = CellText(row, col, lines, 1, width)
                    cells.append(cell)
                    open_above[col] = cell
                    if merge is None:
                        del open_above[col]
                col += width
            row += 1
        return cells

    def cell_lines(self, block: etree._Element) -> list[str]:
        """Lines of one block inside a cell; a table inside a cell is flattened into lines."""
        match local(block):
            case "p":
                return self.paragraph(block)
            case "tbl":
                return flat_rows(self.cells(block))
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                return [line for inner in block for line in self.cell_lines(inner)]
        return []

    def footnotes(self) -> None:
        """Footnotes and endnotes stand after the text, in the order in which they are called."""
        parts = {kind: self.package.xml(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
        texts: dict[tuple[str, str], etree._Element] = {}
        for kind, part in parts.items():
            for note in part if part is not None else ():
                texts[kind, attribute(note, "id") or ""] = note
        for count, key in enumerate(list(self.notes_seen), 1):
            note = texts.get(key)
            if note is not None:
                words = " ".join(self.inline(p).strip() for p in note if local(p) == "p")
                self.scribe.line(f"〔注{count}〕{words}")


def _descend(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children called `name`, also through content controls and tracked insertions."""
    for element in parent:
        tag = local(element)
        if tag == name:
            yield element
        elif tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _descend(element, name)


def _choice(alternate: etree._Element) -> etree._Element:
    """The first of several renderings of one thing (mc:AlternateContent); reading all would double the text."""
    return next((part for part in alternate if local(part) in ("Choice", "Fallback")), alternate)


def _symbol(code: str | None) -> str:
    try:
        point = int(code or "0", 16)
    except ValueError:
        return ""
    if 0xF000 <= point <= 0xF0FF:
        return SYMBOLS.get(point - 0xF000, "□")
    return chr(point) if 0x20 <= point < 0xD800 else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 5 else default


def _contents_styles(root: etree._Element | None) -> set[str]:
    """Ids of the styles of a table of contents (toc 1 … toc 9)."""
    named = (
        (style, attribute(child(style, "name"), "val") or "")
        for style in (root if root is not None else ())
        if local(style) == "style"
    )
    return {attribute(style, "styleId") or "" for style, name in named if name.lower().startswith("toc ")}


def _style_numbers(root: etree._Element | None) -> dict[str, tuple[str, int]]:
    """Style id → (list id, level) for styles that carry a number, through basedOn."""
    own: dict[str, tuple[str | None, str | None, str | None]] = {}
    for style in root if root is not None else ():
        if local(style) == "style":
            num = child(style, "pPr", "numPr")
            own[attribute(style, "styleId") or ""] = (
                attribute(child(num, "numId"), "val"),
                attribute(child(num, "ilvl"), "val"),
                attribute(child(style, "basedOn"), "val"),
            )
    found: dict[str, tuple[str, int]] = {}
    for name in own:
        num_id: str | None = None
        depth: str | None = None
        at: str | None = name
        for _ in range(12):
            if at is None or at not in own or num_id is not None:
                break
            num_id, level, base = own[at]
            depth = depth if depth is not None else level
            at = base
        if num_id and num_id != "0":
            found[name] = (num_id, _whole(depth, 0))
    return found
