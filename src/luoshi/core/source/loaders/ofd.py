"""OFD (GB/T 33190): glyphs and strokes of its pages, put together as those of a PDF."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from luoshi.core.source.loaders.archive import Package, attribute, child, local
from luoshi.core.source.loaders.layout import Glyph, PrintPage, character, compose
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.ruled import Ruling
from luoshi.core.source.loaders.scribe import Draft, Scribe

POINTS = 72 / 25.4  # OFD counts in millimetres, `layout` in points
MAX_PAGES = 3000
MAX_GLYPHS = 2_000_000
A4 = (0.0, 0.0, 210.0, 297.0)
COMMAND = re.compile(r"([MLCQBAS])|(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)")


def read(data: bytes) -> Draft:
    """Read an OFD file; one that only holds images is refused."""
    package = Package(data)
    pages = [page for document in _documents(package) for page in _pages(package, document)]
    if not any(page.glyphs for page in pages):
        raise Refusal("no-text")
    scribe = Scribe()
    compose(pages, scribe)
    return scribe.draft("ofd")


def _documents(package: Package) -> Iterator[str]:
    root = package.xml("OFD.xml")
    if root is None:
        raise Refusal("damaged")
    for body in root.iter("{*}DocRoot"):
        yield _place("", (body.text or "").strip())


def _place(base: str, name: str) -> str:
    """A part's name in the package: names are relative to the part that gives them, or absolute."""
    return name.lstrip("/") if name.startswith("/") else normpath(join(dirname(base), name))


def _pages(package: Package, document: str) -> Iterator[PrintPage]:
    root = package.xml(document)
    if root is None:
        raise Refusal("damaged")
    common = child(root, "CommonData")
    box = _numbers(_text(child(common, "PageArea", "PhysicalBox")))
    templates = {
        attribute(element, "ID"): _place(document, attribute(element, "BaseLoc") or "")
        for element in (common if common is not None else ())
        if local(element) == "TemplatePage"
    }
    count = 0
    listed = child(root, "Pages")
    for number, element in enumerate(listed if listed is not None else ()):
        if number >= MAX_PAGES:
            raise Refusal("too-long")
        part = package.xml(_place(document, attribute(element, "BaseLoc") or ""))
        if part is None:
            continue
        own = _numbers(_text(child(part, "Area", "PhysicalBox"))) or box or list(A4)
        page = (
            PrintPage(own[2] * POINTS, own[3] * POINTS)
            if len(own) == 4
            else PrintPage(A4[2] * POINTS, A4[3] * POINTS)
        )
        for template in part.iter("{*}Template"):
            below = package.xml(templates.get(attribute(template, "TemplateID"), ""))
            if below is not None:
                _fill(page, below)
        _fill(page, part)
        count += len(page.glyphs)
        if count > MAX_GLYPHS:
            raise Refusal("too-long")
        yield page


def _text(element: etree._Element | None) -> str:
    return (element.text or "") if element is not None else ""


def _numbers(text: str | None) -> list[float]:
    """The numbers of a list; empty when something in it is none."""
    try:
        return [float(word) for word in (text or "").split()]
    except ValueError:
        return []


def _fill(page: PrintPage, part: etree._Element) -> None:
    for element in part.iter("{*}TextObject", "{*}PathObject"):
        boundary = _numbers(attribute(element, "Boundary"))
        if len(boundary) != 4 or attribute(element, "Visible") == "false":
            continue
        matrix = _numbers(attribute(element, "CTM"))
        if len(matrix) != 6:
            matrix = [1, 0, 0, 1, 0, 0]
        if local(element) == "TextObject":
            page.glyphs += _glyphs(element, boundary, matrix)
        else:
            page.rulings += _rulings(element, boundary, matrix)


def _glyphs(element: etree._Element, boundary: list[float], matrix: list[float]) -> Iterator[Glyph]:
    a, b, c, d, e, f = matrix
    size = (_numbers(attribute(element, "Size")) or [4.2])[0]
    tall = size * (abs(d) or 1.0) * POINTS
    wide = size * (abs(a) or 1.0) * POINTS
    for code in element.iter("{*}TextCode"):
        text = code.text or ""
        x, y = (_numbers(attribute(code, "X")) or [0.0])[0], (_numbers(attribute(code, "Y")) or [0.0])[0]
        across, down = _deltas(attribute(code, "DeltaX")), _deltas(attribute(code, "DeltaY"))
        for i, char in enumerate(text):
            if i:
                x += next(
                    across,
                    size * (0.5 if text[i - 1].isascii() else 1.0) if not attribute(code, "DeltaX") else 0.0,
                )
                y += next(down, 0.0)
            if char.isspace():
                continue
            left = (boundary[0] + a * x + c * y + e) * POINTS
            base = (boundary[1] + b * x + d * y + f) * POINTS
            width = wide * (0.5 if char.isascii() else 1.0)
            yield Glyph(character(char), left, left + width, base - 0.36 * tall, tall)


def _deltas(text: str | None) -> Iterator[float]:
    """Steps between glyphs; "g 3 4.2" stands for three times 4.2 (GB/T 33190 §11.3)."""
    words = iter((text or "").split())
    for word in words:
        try:
            if word == "g":
                times, step = int(next(words, "0")), float(next(words, "0"))
                yield from (step for _ in range(min(times, MAX_GLYPHS)))
            else:
                yield float(word)
        except ValueError:
            return


def _rulings(element: etree._Element, boundary: list[float], matrix: list[float]) -> Iterator[Ruling]:
    a, b, c, d, e, f = matrix
    data = child(element, "AbbreviatedData")
    at: tuple[float, float] | None = None
    command, values = "", list[float]()
    for match in COMMAND.finditer(_text(data)):
        if match[1]:
            command, values = match[1], []
            continue
        values.append(float(match[2]))
        if len(values) < 2 or command not in "ML":
            continue
        x, y = values
        point = ((boundary[0] + a * x + c * y + e) * POINTS, (boundary[1] + b * x + d * y + f) * POINTS)
        values = []
        if command == "L" and at is not None and (abs(at[0] - point[0]) < 0.5 or abs(at[1] - point[1]) < 0.5):
            yield Ruling(
                min(at[0], point[0]), min(at[1], point[1]), max(at[0], point[0]), max(at[1], point[1])
            )
        at = point
