"""PDF with a text layer, through pypdfium2: glyphs by place, strokes for tables (docs/decisions/0010)."""

import ctypes
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from luoshi.core.source.loaders.layout import Glyph, PrintPage, character, compose
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.ruled import MAX_RULINGS, Ruling
from luoshi.core.source.loaders.scribe import Draft, Scribe
from luoshi.core.source.loaders.word import SYMBOLS

MAX_PAGES = 3000
MAX_GLYPHS = 2_000_000
MAX_UNPACKED = 300 << 20  # bytes of all packed streams together, once unpacked
CHUNK = 1 << 16
STREAM = re.compile(rb"stream\r?\n")
MIDDLE = 0.36  # of its size: how far the middle of a character stands above the base line
THIN = 3.0  # points: a filled box so thin is a line
MAX_SEGMENTS = 200  # a path of more is a drawing


def read(data: bytes) -> Draft:
    """Read a PDF; a scan without text is refused."""
    _refuse_bombs(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refusal("encrypted") from error
        raise Refusal("damaged" if b"%%EOF" in data[-2048:] else "truncated") from error
    with closing(document):
        return _read(document)


def _refuse_bombs(data: bytes) -> None:
    """PDFium unpacks whole streams in memory and ends the process when that is too much: measure them first."""
    room = MAX_UNPACKED
    for match in STREAM.finditer(data):
        packed = memoryview(data)[match.end() :]
        if len(packed) < 2 or packed[0] & 15 != 8 or (packed[0] << 8 | packed[1]) % 31:
            continue
        unpacker = zlib.decompressobj()
        at = 0
        try:
            while not unpacker.eof and at < len(packed):
                feed = unpacker.unconsumed_tail or bytes(packed[at : at + CHUNK])
                at += 0 if unpacker.unconsumed_tail else CHUNK
                room -= len(unpacker.decompress(feed, CHUNK * 16))
                if room < 0:
                    raise Refusal("zip-bomb")
        except zlib.error:
            continue


def _read(document: pdfium.PdfDocument) -> Draft:
    if len(document) > MAX_PAGES:
        raise Refusal("too-long")
    pages: list[PrintPage] = []
    silent: list[int] = []
    count = lost = 0
    for number in range(len(document)):
        try:
            page = _page(document, number)
        except pdfium.PdfiumError:
            page = PrintPage(595.0, 842.0)
        count += len(page.glyphs)
        lost += sum(1 for glyph in page.glyphs if glyph.char == "\ufffd")
        if count > MAX_GLYPHS:
            raise Refusal("too-long")
        if not page.glyphs:
            silent.append(number + 1)
        pages.append(page)
    if not count or lost * 3 > count or (len(silent) * 5 > len(pages) * 4 and count < 60 * len(pages)):
        raise Refusal("no-text")
    scribe = Scribe()
    if silent:
        which = "、".join(map(str, silent[:10])) + ("等" if len(silent) > 10 else "")
        scribe.note("page-without-text", f"第{which}页没有可读的文字，可能是图片或空白页，没有读入。")
    if lost:
        scribe.note("damaged-text", "有个别文字的编码已经损坏，读成了“\ufffd”，请对照原件核对。")
    compose(pages, scribe)
    return scribe.draft("pdf")


def _page(document: pdfium.PdfDocument, number: int) -> PrintPage:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        width, height = page.get_size()
        turn = _turner(page)
        return PrintPage(width, height, list(_glyphs(text, turn)), list(_rulings(page, turn)))


class _Turn:
    """From the page's own coordinates (origin below left, unrotated) to those of `layout`."""

    def __init__(self, left: float, bottom: float, width: float, height: float, rotation: int) -> None:
        self.left, self.bottom, self.width, self.height, self.rotation = left, bottom, width, height, rotation

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        match self.rotation:
            case 90:
                return y, x
            case 180:
                return self.width - x, y
            case 270:
                return self.width - y, self.height - x
        return x, self.height - y


def _turner(page: pdfium.PdfPage) -> _Turn:
    left, bottom, _, _ = page.get_cropbox() or page.get_mediabox()
    width, height = page.get_size()
    return _Turn(left, bottom, width, height, page.get_rotation())


def _glyphs(text: pdfium.PdfTextPage, turn: _Turn) -> Iterator[Glyph]:
    box, across, up = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        if (
            code <= 32
            or raw.FPDFText_IsGenerated(text, i) == 1
            or not raw.FPDFText_GetLooseCharBox(text, i, box)
        ):
            continue
        char = _meant(code)
        if char.isspace():
            continue
        (x0, y0), (x1, y1) = turn(box.left, box.bottom), turn(box.right, box.top)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        # Boxes are as high as their font likes; the width of a Chinese character is its size in every font.
        size = wide if char > "\u2e7f" and 0.5 * high < wide < 1.5 * high else high / 1.15
        raw.FPDFText_GetCharOrigin(text, i, across, up)
        _, base = turn(across.value, up.value)
        if size > 0:
            yield Glyph(char, min(x0, x1), max(x0, x1), base - MIDDLE * size, size)


def _meant(code: int) -> str:
    """The character a code stands for; U+FFFD for codes that mean something only in their own font."""
    if 0xF000 <= code <= 0xF0FF and code - 0xF000 in SYMBOLS:
        return SYMBOLS[code - 0xF000]
    lost = code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xF900 or code > 0x10FFFF
    return "\ufffd" if lost else character(chr(code))


def _rulings(page: pdfium.PdfPage, turn: _Turn) -> Iterator[Ruling]:
    count = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for ruling in _path_rulings(item, turn):
            count += 1
            if count > MAX_RULINGS:
                return
            yield ruling


def _path_rulings(item: pdfium.PdfObject, turn: _Turn) -> Iterator[Ruling]:
    segments = raw.FPDFPath_CountSegments(item)
    if not 2 <= segments <= MAX_SEGMENTS:
        return
    matrices = [item.get_matrix()]
    around = item.container
    while around is not None:  # a drawing placed as a whole carries its own scale
        matrices.append(around.get_matrix())
        around = around.container
    points: list[tuple[float, float, bool]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(segments):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        place = (x.value, y.value)
        for matrix in matrices:
            place = matrix.on_point(*place)
        px, py = turn(*place)
        points.append((px, py, raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO))
        if raw.FPDFPathSegment_GetClose(segment):
            start = max((j for j in range(len(points)) if points[j][2]), default=0)
            points.append((points[start][0], points[start][1], False))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(xs) - min(xs) < THIN or max(ys) - min(ys) < THIN:
        across, down = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        if max(xs) - min(xs) < max(ys) - min(ys):
            yield Ruling(across, min(ys), across, max(ys))
        else:
            yield Ruling(min(xs), down, max(xs), down)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value:
        return  # shading behind a cell
    for (x0, y0, _), (x1, y1, move) in pairwise(points):
        if not move and (abs(x0 - x1) < 0.5 or abs(y0 - y1) < 0.5) and (x0, y0) != (x1, y1):
            yield Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
