"""Plain text and Markdown: the file's own characters, decoded and nothing else."""

import re

from luoshi.core.pattern import pattern
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import Draft
from luoshi.core.source.text import Cell, Note, Span, Table

CONTROL = pattern(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
FORMS = pattern(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u2000-\u206f\s\x21-\x7e]+")
PIPED = pattern(
    r"^[ \t]*\|[^\n]*\|[ \t]*\r?\n[ \t]*\|[ \t:|-]*-[ \t:|-]*\|[ \t]*\r?(?:\n[ \t]*\|[^\n]*\|[ \t]*\r?)*$",
    re.M,
)
RULE = pattern(r"\|[ \t:|-]+\|")
FIELD = pattern(r"\|([^|\n\r]*)(?=\|)")
SAMPLE = 4000  # characters looked at, at either end
LOST = 500  # one broken character in so many is a slip of the file, more is another encoding


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of the bytes and the encoding's name, or None when characters were lost on the way.

    UTF-8 keeps a byte order mark as U+FEFF, as Python's "utf-8" does; "utf-16" drops it, as Python does.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), "utf-16"
    if 0 in data[:SAMPLE]:  # no other encoding of writing has bytes of zero
        shares = {name: _share(data[:SAMPLE].decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
        best = max(shares, key=lambda name: shares[name])
        if shares[best] > 0.9:
            return data.decode(best, "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
        return min(texts, key=lambda text: text.count("\ufffd")), None


def is_text(text: str, encoding: str | None) -> bool:
    """Whether decoded bytes are writing at all, and not a program or a picture."""
    sample = text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + text[-SAMPLE:]
    if (len(CONTROL.findall(sample)) + sample.count("\ufffd")) * LOST > len(sample) + LOST:
        return False
    # Hardly any bytes but writing are valid UTF-8; gb18030 accepts almost everything.
    return encoding == "utf-8" or _share(sample) >= 0.8


def _share(sample: str) -> float:
    """Share of characters that Chinese writing is made of."""
    return sum(map(len, FORMS.findall(sample))) / max(1, len(sample))


def read(data: bytes) -> Draft:
    """Read .txt or .md; `text` is exactly the decoded file, newlines and all."""
    text, encoding = decode(data)
    if not is_text(text, encoding):
        raise Refusal("unknown-format")
    notes = (
        ()
        if encoding
        else (Note("damaged-text", "文件中有个别字符已经损坏，读成了“\ufffd”，请对照原件核对。"),)
    )
    return Draft("txt", text, _pipe_tables(text), notes=notes)


def _pipe_tables(text: str) -> tuple[Table, ...]:
    """Tables of Markdown: rows between upright strokes under a rule of hyphens. The strokes stay in the text."""
    tables: list[Table] = []
    for match in PIPED.finditer(text) if "|-" in text or "| -" in text or "|:" in text else ():
        cells: list[Cell] = []
        row, at = 0, match.start()
        for line in match[0].splitlines(keepends=True):
            if RULE.fullmatch(line.strip()):
                at += len(line)
                continue
            for col, place in enumerate(FIELD.finditer(line)):
                inner = place[1].strip()
                start = at + place.start(1) + (place[1].index(inner) if inner else 0)
                cells.append(Cell(row, col, Span(start, start + len(inner))))
            row, at = row + 1, at + len(line)
        if len(cells) > 1:
            span = Span(cells[0].span.start, max(cell.span.end for cell in cells))
            tables.append(Table(span, tuple(cells), row, max(cell.col for cell in cells) + 1))
    return tuple(tables)
