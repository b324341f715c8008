"""From the bytes of a file to SourceText. The only room with document libraries.

Each format has one module with `read(data) -> Draft`; it is loaded when the first such file comes,
so that reading a plain text costs no XML library.
"""

from importlib import import_module

from luoshi.core.source.furniture import find_furniture
from luoshi.core.source.loaders.markings import marking
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import MAX_TEXT, Draft
from luoshi.core.source.loaders.sniff import BELONGS, extension, sniff
from luoshi.core.source.text import Cell, Note, Part, SourceText, Span, Table, Unreadable

try:  # hashlib loads all of OpenSSL, a fifth of what an interpreter needs to start; random.py does the same
    from _sha256 import sha256  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha256

MAX_MB = 50
READERS = {
    "txt": "plain",
    "docx": "word",
    "doc": "word97",
    "html": "web",
    "mht": "web",
    "xlsx": "workbook",
    "xls": "workbook97",
    "pdf": "portable",
    "ofd": "ofd",
    "rtf": "rich",
}


def load(data: bytes, name: str) -> SourceText:
    """Read one file; raises Unreadable with one Chinese sentence and nothing else."""
    try:
        draft = _read(data, name)
        if not draft.text.strip(" \t\r\n\u3000\u00a0\ufeff"):
            raise Refusal("empty")
        if len(draft.text) > MAX_TEXT:
            raise Refusal("too-long")
        if not any("\u3400" <= char <= "\u9fff" for char in draft.text):
            raise Refusal("not-a-plan")
        furniture = _merge((*draft.furniture, *find_furniture(draft.text, draft.tables)))
        if mark := marking(_without(draft.text, furniture), draft.marks):
            raise Refusal("classified", mark=mark)
    except Refusal as refusal:
        raise Unreadable(refusal.code, refusal.sentence(name)) from refusal
    except Exception as error:
        # The border to a dozen parsers fed with strangers' files: whatever they raise, the file is damaged.
        raise Unreadable("damaged", Refusal("damaged").sentence(name)) from error
    return SourceText(
        name=name,
        format=draft.format,
        text=draft.text,
        sha256=sha256(data).hexdigest(),
        tables=draft.tables,
        furniture=furniture,
        notes=draft.notes,
        pages=draft.pages,
    )


def _read(data: bytes, name: str) -> Draft:
    if not data:
        raise Refusal("empty")
    if len(data) > MAX_MB << 20:
        raise Refusal("too-big", size=len(data) >> 20, limit=MAX_MB)
    kind = sniff(data, name)
    if kind == "ole":
        kind = import_module("luoshi.core.source.loaders.ole").kind(data)
    draft: Draft = import_module(f"luoshi.core.source.loaders.{READERS[kind]}").read(data)
    claimed = extension(name)
    if claimed == "wps" and draft.format in ("doc", "docx"):
        return draft._replace(format="wps")
    if claimed == "md" and draft.format == "txt":
        return draft._replace(format="md")
    if claimed and claimed not in BELONGS[draft.format]:
        message = f"文件的扩展名是 .{claimed}，内容实为 {draft.format} 格式，已按内容读取。"
        return draft._replace(notes=(*draft.notes, Note("wrong-extension", message)))
    return draft


def _without(text: str, gaps: tuple[Span, ...]) -> str:
    """The text with these stretches left out."""
    starts = (0, *(gap.end for gap in gaps))
    ends = (*(gap.start for gap in gaps), len(text))
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _merge(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if span.start == span.end:
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def join(sources: tuple[SourceText, ...]) -> SourceText:
    """Several files of one plan as one text, in the given order; `parts` tell which stretch is whose.

    Raises ValueError when there is no source at all.
    """
    if not sources:
        raise ValueError("join needs at least one source")
    if len(sources) == 1:
        return sources[0]
    texts: list[str] = []
    tables: list[Table] = []
    furniture: list[Span] = []
    pages: list[int] = []
    parts: list[Part] = []
    at = 0
    for source in sources:
        text = source.text if source.text.endswith("\n") else source.text + "\n"
        texts.append(text)
        tables += (_shift_table(table, at) for table in source.tables)
        furniture += (_shift(span, at) for span in source.furniture)
        pages += (page + at for page in source.pages)
        parts.append(Part(source.name, source.sha256, Span(at, at + len(text))))
        at += len(text)
    return SourceText(
        name=sources[0].name,
        format=sources[0].format,
        text="".join(texts),
        sha256=sha256("".join(source.sha256 for source in sources).encode()).hexdigest(),
        tables=tuple(tables),
        furniture=tuple(furniture),
        notes=tuple(note for source in sources for note in source.notes),
        pages=tuple(pages),
        parts=tuple(parts),
    )


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _shift_table(table: Table, by: int) -> Table:
    cells = tuple(Cell(c.row, c.col, _shift(c.span, by), c.rowspan, c.colspan) for c in table.cells)
    return Table(_shift(table.span, by), cells, table.rows, table.cols)
