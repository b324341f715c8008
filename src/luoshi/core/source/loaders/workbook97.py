"""xls (BIFF8, [MS-XLS]): cells, merges and number formats from the records of the workbook stream."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.core.source.loaders.number_formats import BUILTIN, printed
from luoshi.core.source.loaders.ole import open_ole, stream
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import Draft, Scribe
from luoshi.core.source.loaders.sheets import FILTERED, HIDDEN, Sheet, write_sheets

BIFF8 = 0x0600
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
Record = tuple[int, int, bytes]  # type, place in the stream, body


def read(data: bytes) -> Draft:
    """Read an xls file."""
    scribe, found = sheets(data)
    write_sheets(scribe, found)
    return scribe.draft("xls")


def sheets(data: bytes) -> tuple[Scribe, list[Sheet]]:
    """Its visible sheets, each cell where it stands, and the scribe with what was noted."""
    with open_ole(data) as ole:
        if not ole.exists("Workbook"):
            raise Refusal("other-office", kind="Excel 95 或更早版本的文件", wanted="xlsx")
        records = list(_records(stream(ole, "Workbook")))
    book = _Book()
    book.globals(records)
    scribe = Scribe()
    found: list[Sheet] = []
    at = {place: i for i, (_, place, _) in enumerate(records)}
    for name, place, visible in book.places:
        if not visible:
            scribe.note("hidden-sheet", HIDDEN)
        elif place in at:
            sheet, hidden = book.sheet(name, records[at[place] :])
            found.append(sheet)
            if hidden:
                scribe.note("hidden-rows", FILTERED)
    return scribe, found


def _records(data: bytes) -> Iterator[Record]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield kind, at, data[at + 4 : at + 4 + size]
        at += 4 + size


@dataclass(slots=True)
class _Book:
    strings: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILTIN))
    styles: list[int] = field(default_factory=list)
    places: list[tuple[str, int, bool]] = field(default_factory=list)
    epoch_1904: bool = False

    def globals(self, records: list[Record]) -> None:
        """Read what holds for the whole book: strings, formats, where the sheets begin."""
        for i, (kind, _, body) in enumerate(records):
            match kind:
                case 0x809 if len(body) >= 4 and struct.unpack_from("<H", body)[0] != BIFF8:  # BOF
                    raise Refusal("other-office", kind="Excel 95 或更早版本的文件", wanted="xlsx")
                case 0x2F:  # FILEPASS
                    raise Refusal("encrypted")
                case 0x22:  # DATEMODE
                    self.epoch_1904 = body[:2] == b"\1\0"
                case 0x85 if len(body) > 8 and body[5] == 0:  # BOUNDSHEET of a worksheet
                    name = _Text([body[6:]]).string(wide_count=False)
                    self.places.append((name, struct.unpack_from("<I", body)[0], body[4] & 3 == 0))
                case 0x41E if len(body) > 5:  # FORMAT
                    self.codes[struct.unpack_from("<H", body)[0]] = _Text([body[2:]]).string()
                case 0xE0 if len(body) >= 4:  # XF
                    self.styles.append(struct.unpack_from("<H", body, 2)[0])
                case 0xFC if len(body) > 8:  # SST and the CONTINUE records behind it
                    end = i + 1
                    while end < len(records) and records[end][0] == 0x3C:
                        end += 1
                    text = _Text([body[8:], *(record[2] for record in records[i + 1 : end])])
                    for _ in range(struct.unpack_from("<I", body, 4)[0]):
                        if text.done:
                            break
                        self.strings.append(text.string())
                case 0x0A:  # EOF of the globals
                    return

    def sheet(self, name: str, records: list[Record]) -> tuple[Sheet, bool]:
        """Read one sheet, from its BOF to its EOF; and whether hidden rows with something in them were left out."""
        sheet = Sheet(name)
        hidden: set[int] = set()
        waiting: tuple[int, int] | None = None  # a formula whose text stands in the next STRING record
        for kind, _, body in records:
            if kind == 0x0A:
                break
            if kind == 0xE5 and len(body) >= 2:  # MERGEDCELLS
                for i in range(min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 8)):
                    top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * i)
                    sheet.merges.append((top, left, bottom, right))
            elif kind == 0x208 and len(body) >= 16 and body[12] & 0x20:  # ROW of no height
                hidden.add(struct.unpack_from("<H", body)[0])
            elif kind == 0x207 and waiting:  # STRING
                sheet.put(*waiting, _Text([body]).string())
                waiting = None
            elif kind == 0x06 and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 0:
                waiting = struct.unpack_from("<HH", body)
            else:
                for row, col, text in self.cells(kind, body):
                    sheet.put(row, col, text)
        gone = [place for place in sheet.cells if place[0] in hidden]
        for place in gone:
            del sheet.cells[place]
        return sheet, bool(gone)

    def cells(self, kind: int, body: bytes) -> Iterator[tuple[int, int, str]]:
        """(row, column, text as printed) of the cells in one record."""
        if len(body) < 8:
            return
        row, col, style = struct.unpack_from("<HHH", body)
        match kind:
            case 0xFD if len(body) >= 10:  # LABELSST
                index = struct.unpack_from("<I", body, 6)[0]
                yield row, col, self.strings[index] if index < len(self.strings) else ""
            case 0x204:  # LABEL
                yield row, col, _Text([body[6:]]).string()
            case 0x203 if len(body) >= 14:  # NUMBER
                yield row, col, self.number(struct.unpack_from("<d", body, 6)[0], style)
            case 0x27E if len(body) >= 10:  # RK
                yield row, col, self.number(_rk(struct.unpack_from("<I", body, 6)[0]), style)
            case 0xBD:  # MULRK
                for i in range((len(body) - 6) // 6):
                    style, value = struct.unpack_from("<HI", body, 4 + 6 * i)
                    yield row, col + i, self.number(_rk(value), style)
            case 0x06 if len(body) >= 14:  # FORMULA
                if body[12:14] != b"\xff\xff":
                    yield row, col, self.number(struct.unpack_from("<d", body, 6)[0], style)
                elif body[6] in (1, 2):
                    yield row, col, _flag(body[8], body[6] == 2)
            case 0x205:  # BOOLERR
                yield row, col, _flag(body[6], body[7] == 1)

    def number(self, value: float, style: int) -> str:
        """A number under the format of its style."""
        form = self.codes.get(self.styles[style], "") if style < len(self.styles) else ""
        return printed(repr(value), form, self.epoch_1904)


def _rk(value: int) -> float:
    number: float = struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0]
    if value & 2:
        number = float(value >> 2 if value < 1 << 31 else (value >> 2) - (1 << 30))
    # Divided, not multiplied by 0.01: 850 stands for 8.5 exactly.
    return number / 100 if value & 1 else number


def _flag(value: int, error: bool) -> str:
    return ERRORS.get(value, "#N/A") if error else ("TRUE" if value else "FALSE")


class _Text:
    """Strings in a record and its continuations; a string cut in two says its width anew in the second part."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.part = self.at = 0

    @property
    def done(self) -> bool:
        """Whether everything was read."""
        return self.part >= len(self.parts) or (
            self.part == len(self.parts) - 1 and self.at >= len(self.parts[-1])
        )

    def take(self, size: int) -> bytes:
        """The next bytes, across parts; fewer at the end."""
        taken = b""
        while size > len(taken) and self.part < len(self.parts):
            piece = self.parts[self.part][self.at : self.at + size - len(taken)]
            taken += piece
            self.at += len(piece)
            if self.at >= len(self.parts[self.part]) and self.part + 1 < len(self.parts):
                self.part, self.at = self.part + 1, 0
            elif not piece:
                break
        return taken

    def string(self, *, wide_count: bool = True) -> str:
        """XLUnicodeRichExtendedString: count, flags, rich runs and phonetics to skip, characters."""
        head = self.take(3 if wide_count else 2)
        if len(head) < (3 if wide_count else 2):
            return ""
        count, flags = int.from_bytes(head[:-1], "little"), head[-1]
        runs = int.from_bytes(self.take(2), "little") if flags & 8 else 0
        phonetic = int.from_bytes(self.take(4), "little") if flags & 4 else 0
        text = ""
        wide = flags & 1
        while len(text) < count and not self.done:
            part = self.parts[self.part]
            fit = min(count - len(text), (len(part) - self.at) >> wide)
            raw = part[self.at : self.at + (fit << wide)]
            text += raw.decode("utf-16-le" if wide else "latin-1", "replace")
            self.at += len(raw)
            if len(text) < count:
                self.part, self.at = self.part + 1, 0
                flag = self.take(1)
                wide = flag[0] & 1 if flag else wide
        if self.part + 1 < len(self.parts) and self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
        self.take(4 * runs)
        self.take(min(phonetic, 1 << 20))
        return text.replace("\r", "")
