"""rtf: control words to text and tables; what is not text (pictures, fonts, styles, comments) is skipped."""

import re

from luoshi.core.source.loaders.borders import ACROSS, DOWN, BorderedRow, grid
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import Draft, Scribe
from luoshi.core.source.loaders.word import COMMENTED, HIDDEN, TRACKED

TOKEN = re.compile(
    rb"\\([a-z]+)(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf generator listtable"
    b" listoverridetable revtbl rsidtbl themedata colorschememapping latentstyles datastore xmlnstbl filetbl fldinst bkmkstart"
    b" bkmkend pgptbl mmathPr userprops nonshppict shpinst".split()
)
SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002",
}  # fmt: skip
MERGES = {b"clmrg": ACROSS, b"clvmrg": DOWN}
MAX_DEPTH = 2000
CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "big5", 65001: "utf-8", 932: "cp932", 1252: "cp1252"}


def read(data: bytes) -> Draft:
    """Read an rtf file."""
    reader = _Reader()
    reader.run(data)
    return reader.scribe.draft("rtf")


class _Reader:
    def __init__(self) -> None:
        self.scribe = Scribe()
        self.encoding = "gb18030"
        self.bytes = bytearray()
        self.text: list[str] = []
        self.lines: list[str] = []
        self.row = BorderedRow()
        self.rows: list[BorderedRow] = []
        self.borders: list[int] = []
        self.merges: list[int] = []
        self.merge = 0
        self.listed = False
        self.in_table = False
        self.skip = False
        self.hidden = False
        self.unicode_skip = 1
        self.to_skip = 0
        self.groups: list[tuple[bool, int, bool]] = []

    def run(self, data: bytes) -> None:
        for match in TOKEN.finditer(data):
            word, number, code, symbol, brace, plain = match.groups()
            if brace == b"{":
                self.flush_bytes()
                if len(self.groups) >= MAX_DEPTH:
                    raise Refusal("damaged")
                self.groups.append((self.skip, self.unicode_skip, self.hidden))
            elif brace:
                self.flush_bytes()
                if self.groups:
                    self.skip, self.unicode_skip, self.hidden = self.groups.pop()
            elif word:
                self.word(word, int(number) if number else None)
            elif symbol == b"*":
                self.skip = True
            elif not self.skip:
                self.plain(bytes([int(code, 16)]) if code else plain or b"", symbol)
        self.flush_bytes()
        if self.text or self.lines:
            self.in_table = False
            self.paragraph()
        self.table()

    def plain(self, raw: bytes, symbol: bytes | None) -> None:
        if symbol:
            self.say(
                {b"~": "\xa0", b"_": "-"}.get(symbol, symbol.decode("latin-1") if symbol in b"\\{}" else "")
            )
            return
        skipped = min(self.to_skip, len(raw))
        self.to_skip -= skipped
        self.bytes += raw[skipped:]

    def word(self, word: bytes, number: int | None) -> None:
        self.flush_bytes()
        if word in SKIPPED or (word == b"deleted" and number != 0):
            if word == b"deleted":
                self.scribe.note("tracked-changes", TRACKED)
            self.skip = True
        elif word == b"annotation":
            self.scribe.note("comments", COMMENTED)
            self.skip = True
        elif word == b"ansicpg":
            self.encoding = CODEPAGES.get(number or 0, self.encoding)
        elif word == b"uc":
            self.unicode_skip = number if number is not None else 1
        elif self.skip:
            return
        elif word in (b"v", b"plain"):
            self.hidden = word == b"v" and number != 0
        elif word == b"u" and number is not None:
            self.say(chr(number % 65536) if not 0xD800 <= number % 65536 < 0xE000 else "\ufffd")
            self.to_skip = self.unicode_skip
        elif word in (b"par", b"sect", b"page"):
            self.paragraph()
        elif word in (b"cell", b"nestcell"):
            self.end_text()
            if word == b"cell":
                self.row.cells.append(self.lines)
                self.lines = []
        elif word == b"row":
            self.row.borders, self.row.merges = tuple(self.borders), tuple(self.merges)
            self.rows.append(self.row)
            self.row = BorderedRow()
        else:
            self.layout(word, number)

    def layout(self, word: bytes, number: int | None) -> None:
        """Control words that say how a paragraph or a row is set."""
        if word == b"trowd":
            self.borders, self.merges = [0], []
        elif word == b"trleft" and self.borders:
            self.borders[0] = number or 0
        elif word in MERGES:
            self.merge |= MERGES[word]
        elif word == b"cellx":
            self.borders.append(number or 0)
            self.merges.append(self.merge)
            self.merge = 0
        elif word == b"listtext":
            self.listed = True
        elif word == b"pard":
            self.in_table = False
        elif word == b"intbl":
            self.in_table = True
        elif word in SIGNS:
            self.say(SIGNS[word])

    def say(self, text: str) -> None:
        if self.hidden:
            self.scribe.note("hidden-text", HIDDEN)
        else:
            self.text.append(text)

    def flush_bytes(self) -> None:
        if self.bytes:
            self.say(self.bytes.decode(self.encoding, "replace"))
            self.bytes.clear()

    def end_text(self) -> None:
        self.flush_bytes()
        text = "".join(self.text)
        if self.listed:
            text = re.sub(r"^\s*(\S{1,8})\t", r"\1", text)
        self.lines += text.split("\n")
        self.text.clear()
        self.listed = False

    def paragraph(self) -> None:
        self.end_text()
        if not self.in_table:
            self.table()
            for line in self.lines:
                self.scribe.line(line)
            self.lines = []

    def table(self) -> None:
        if self.rows:
            self.scribe.table(grid(self.rows))
            self.rows = []
