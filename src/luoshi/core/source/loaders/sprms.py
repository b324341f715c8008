"""The tables of a Word 97-2003 file ([MS-DOC] 2.5, 2.8, 2.9): pieces, paragraph and character properties, lists."""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from luoshi.core.source.loaders.borders import ACROSS, DOWN
from luoshi.core.source.loaders.numbering import Level, Numbering
from luoshi.core.source.loaders.refusals import Refusal

WORD97 = 0x00C1
MAX_CHARACTERS = 5_000_000
PAGE = 512
TABLE = 0xD608  # sprmTDefTable: the only one here with a length of two bytes
OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes by the three top bits; 6 carries its own length
NUMBER_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting",
    14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 31: "ideographZodiac",
    33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fib:
    """The head of the file: where everything lies."""

    table: str
    counts: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, main: bytes) -> "Fib":
        """Parse the first 900 bytes of the WordDocument stream."""
        if len(main) < 0x2F2 or struct.unpack_from("<H", main)[0] != 0xA5EC:
            raise Refusal("damaged")
        version, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, 0x0A)[0]
        if flags & 0x0100:
            raise Refusal("encrypted")
        if version < WORD97:
            raise Refusal("other-office", kind="Word 95 或更早版本的文件", wanted="docx")
        counts = struct.unpack_from("<8i", main, 0x4C)
        if any(count < 0 for count in counts) or sum(counts) > MAX_CHARACTERS:
            raise Refusal("damaged")
        pairs = tuple(struct.unpack_from("<II", main, 0x9A + 8 * i) for i in range(75))
        return cls("1Table" if flags & 0x0200 else "0Table", counts, pairs)

    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Character ranges of main text, footnotes, headers, comments, endnotes, text boxes."""
        text, footnotes, headers, _, comments, endnotes, boxes, _ = self.counts
        at, ranges = 0, []
        for count in (text, footnotes, headers, comments, endnotes, boxes):
            ranges.append((at, at + count))
            at += count
        return tuple(ranges)

    def part(self, stream: bytes, index: int) -> bytes:
        """The bytes of structure `index` (its position in FibRgFcLcb97) in the table stream."""
        start, size = self.offsets[index]
        return stream[start : start + size]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: first character, place in the stream, bytes a character, the text itself."""

    start: int
    offset: int
    width: int
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """What matters of a paragraph's or a run's properties. `borders`: column borders in twips; `merges`: flags a cell."""

    in_table: bool = False
    cell_end: bool = False
    row_end: bool = False
    list: int = 0
    level: int = 0
    borders: tuple[int, ...] = ()
    merges: tuple[int, ...] = ()
    deleted: bool = False
    hidden: bool = False


PLAIN = Format()


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats by place in the stream: `formats[i]` holds from `starts[i]` to `starts[i + 1]`."""

    starts: list[int]
    formats: list[Format]

    def at(self, place: int) -> Format:
        """The format at a place; plain where nothing is said."""
        i = bisect_right(self.starts, place) - 1
        return self.formats[i] if i >= 0 else PLAIN

    def until(self, place: int) -> tuple[int, Format]:
        """Where the format at a place ends, and the format."""
        i = bisect_right(self.starts, place)
        end = self.starts[i] if i < len(self.starts) else 1 << 62
        return end, self.formats[i - 1] if i else PLAIN


def pieces(fib: Fib, main: bytes, table: bytes) -> list[Piece]:
    """The piece table (Clx): the text in reading order."""
    clx = fib.part(table, 33)
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise Refusal("damaged")
    plc = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(plc) - 4) // 12
    found: list[Piece] = []
    length = 0
    for i in range(count):
        start, end = struct.unpack_from("<II", plc, 4 * i)
        code = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * i + 2)[0]
        narrow = bool(code & 0x40000000)
        width, offset = (1, (code & 0x3FFFFFFF) // 2) if narrow else (2, code & 0x3FFFFFFF)
        size = end - start
        if size <= 0 or start != length or length + size > MAX_CHARACTERS:
            raise Refusal("damaged")
        raw = main[offset : offset + size * width]
        if len(raw) < size * width:
            raise Refusal("truncated")
        text = raw.decode("cp1252", "replace") if narrow else _units(raw)
        found.append(Piece(start, offset, width, text))
        length += size
    return found


def _units(raw: bytes) -> str:
    """UTF-16 with one character a unit, so that offsets hold; the halves of rare characters become U+FFFD."""
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) * 2 == len(raw):
        return text.translate(LONE) if any("\ud800" <= c <= "\udfff" for c in text) else text
    return "".join(chr(u) if not 0xD800 <= u < 0xE000 else "\ufffd" for (u,) in struct.iter_unpack("<H", raw))


LONE = dict.fromkeys(range(55296, 57344), "�")


def _sprms(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 <= len(grpprl):
        code = struct.unpack_from("<H", grpprl, at)[0]
        at += 2
        if code == TABLE:
            size = struct.unpack_from("<H", grpprl, at)[0] + 1 if at + 2 <= len(grpprl) else 0
        elif code >> 13 == 6:
            size = grpprl[at] + 1 if at < len(grpprl) else 0
        else:
            size = OPERAND[code >> 13]
        yield code, grpprl[at : at + size]
        at += size


def _runs(
    fib: Fib, index: int, main: bytes, table: bytes, grpprl: Callable[[bytes, int], bytes], entry: int
) -> Formats:
    """All runs of the formatted disk pages listed in structure `index`; `entry` = bytes an entry after the places."""
    plc = fib.part(table, index)
    count = max(0, (len(plc) - 4) // 8)
    found: dict[int, Format] = {}
    cache: dict[bytes, Format] = {}
    for i in range(count):
        number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * i)[0] & 0x3FFFFF
        page = main[number * PAGE : (number + 1) * PAGE]
        if len(page) < PAGE:
            continue
        runs = page[-1]
        if 4 * (runs + 1) + entry * runs > PAGE:
            continue
        places = struct.unpack_from(f"<{runs + 1}I", page)
        for j in range(runs):
            properties = grpprl(page, page[4 * (runs + 1) + entry * j] * 2)
            if properties not in cache:
                cache[properties] = _format(properties)
            found[places[j]] = cache[properties]
            found.setdefault(places[j + 1], PLAIN)
    starts = sorted(found)
    return Formats(starts, [found[start] for start in starts])


def paragraph_formats(fib: Fib, main: bytes, table: bytes) -> Formats:
    """Formats of paragraphs, by the place of their end mark."""

    def papx(page: bytes, at: int) -> bytes:
        if not 0 < at < PAGE - 1:
            return b""
        size, start = (2 * page[at + 1], at + 2) if page[at] == 0 else (2 * page[at] - 1, at + 1)
        return page[start + 2 : start + size]  # the first two bytes are the style

    return _runs(fib, 13, main, table, papx, 13)


def character_formats(fib: Fib, main: bytes, table: bytes) -> Formats:
    """Formats of runs of characters."""

    def chpx(page: bytes, at: int) -> bytes:
        return page[at + 1 : at + 1 + page[at]] if 0 < at < PAGE - 1 else b""

    return _runs(fib, 12, main, table, chpx, 1)


def _format(grpprl: bytes) -> Format:
    form = PLAIN
    for code, operand in _sprms(grpprl):
        value = int.from_bytes(operand[:4], "little")
        match code:
            case 0x2416:  # sprmPFInTable
                form = replace(form, in_table=bool(value))
            case 0x2417:  # sprmPFTtp
                form = replace(form, row_end=bool(value))
            case 0x460B:  # sprmPIlfo
                form = replace(form, list=value if value < 0xF800 else 0)
            case 0x260A:  # sprmPIlvl
                form = replace(form, level=value)
            case 0x0800:  # sprmCFRMarkDel
                form = replace(form, deleted=value == 1)
            case 0x083C:  # sprmCFVanish
                form = replace(form, hidden=value == 1)
            case 0xD608:  # sprmTDefTable
                borders, merges = _definition(operand)
                form = replace(form, borders=borders, merges=merges)
    return form


def _definition(operand: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """sprmTDefTable: borders of the columns, and for each cell the flags of its merges."""
    if len(operand) < 3:
        return (), ()
    count = operand[2]
    if len(operand) < 3 + 2 * (count + 1):
        return (), ()
    borders = struct.unpack_from(f"<{count + 1}h", operand, 3)
    cells = operand[3 + 2 * (count + 1) :]
    flags = (struct.unpack_from("<H", cells, 20 * i)[0] for i in range(min(count, len(cells) // 20)))
    merges = tuple(
        (ACROSS if flag & 0x03 == 1 else 0) | (DOWN if flag & 0x60 == 0x20 else 0) for flag in flags
    )
    return borders, merges


def number_lists(fib: Fib, table: bytes) -> Numbering:
    """Lists (PlfLst with the levels behind it) and their overrides (PlfLfo), in the terms of `numbering`."""
    numbering = Numbering()
    start, size = fib.offsets[73]
    heads = table[start : start + size]
    if len(heads) < 2:
        return numbering
    order: list[tuple[str, int]] = []
    for i in range(min(struct.unpack_from("<H", heads)[0], (len(heads) - 2) // 28)):
        identity = struct.unpack_from("<i", heads, 2 + 28 * i)[0]
        order.append((str(identity), 1 if heads[2 + 28 * i + 26] & 1 else 9))
    at = start + size
    for identity, levels in order:
        found: dict[int, Level] = {}
        for depth in range(levels):
            if at + 30 > len(table):
                break
            found[depth], at = _level(table, at, depth)
        numbering.lists[identity] = found
    overrides = fib.part(table, 74)
    for i in range(
        min(struct.unpack_from("<I", overrides)[0] if len(overrides) >= 4 else 0, (len(overrides) - 4) // 16)
    ):
        identity = struct.unpack_from("<i", overrides, 4 + 16 * i)[0]
        numbering.nums[str(i + 1)] = (str(identity), {}, {})
    return numbering


def _level(table: bytes, at: int, depth: int) -> tuple[Level, int]:
    first, form, flags = struct.unpack_from("<iBB", table, at)
    after = at + 28 + table[at + 24] + table[at + 25]
    length = struct.unpack_from("<H", table, after)[0] if after + 2 <= len(table) else 0
    raw = table[after + 2 : after + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in raw)
    return Level(
        first, NUMBER_FORMS.get(form, "decimal"), text, bool(flags & 4), depth
    ), after + 2 + 2 * length
