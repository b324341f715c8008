"""xls: values and merges from calamine, number formats from the records themselves (BIFF8)."""

import struct
from io import BytesIO

import python_calamine

from luoshi.core.source.loaders.number_formats import BUILTIN, printed
from luoshi.core.source.loaders.ole import open_ole, stream
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import Draft, Scribe
from luoshi.core.source.loaders.sheets import MAX_CELLS, Sheet, write_sheets
from luoshi.core.source.loaders.workbook import HIDDEN

FILEPASS, BOUNDSHEET, FORMAT, XF, DATEMODE = 0x2F, 0x85, 0x41E, 0xE0, 0x22
NUMBER, RK, MULRK, FORMULA = 0x203, 0x27E, 0xBD, 0x06
BOF = 0x809


def read(data: bytes) -> Draft:
    """Read an xls file."""
    with open_ole(data) as ole:
        records = stream(ole, "Workbook") or stream(ole, "Book")
    forms = _Forms(records)
    scribe = Scribe()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = []
        for position, meta in enumerate(book.sheets_metadata):
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                scribe.note("hidden-sheet", HIDDEN)
                continue
            sheets.append(
                _sheet(book, meta.name, forms.sheets[position] if position < len(forms.sheets) else {})
            )
    except (Exception, BaseException) as error:
        # calamine is Rust: a broken file may raise pyo3's PanicException, which is no Exception.
        if isinstance(error, Refusal | KeyboardInterrupt | SystemExit):
            raise
        raise Refusal("damaged") from None
    write_sheets(scribe, sheets)
    return scribe.draft("xls")


def _sheet(book: python_calamine.CalamineWorkbook, name: str, forms: dict[tuple[int, int], str]) -> Sheet:
    source = book.get_sheet_by_name(name)
    sheet = Sheet(name)
    if source.height * source.width > 10 * MAX_CELLS:
        raise Refusal("too-long")
    for row, values in enumerate(source.to_python(skip_empty_area=False)):
        for col, value in enumerate(values):
            text = _text(value, forms.get((row, col), ""))
            if text.strip():
                sheet.cells[row, col] = text.strip(" \n\t")
    sheet.merges = [(*first, *last) for first, last in source.merged_cell_ranges or ()]
    return sheet


def _text(value: object, form: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return printed(repr(value), form)
    if isinstance(value, str):
        return value.replace("\r", "")
    moment = getattr(value, "strftime", None)
    if moment is None:
        return str(value)
    day = f"{value.year}年{value.month}月{value.day}日" if hasattr(value, "year") else ""  # type: ignore[attr-defined]
    clock = moment(" %H:%M") if hasattr(value, "hour") and moment("%H%M%S") != "000000" else ""
    return f"{day}{clock}".strip()


class _Forms:
    """Number formats of the cells that hold numbers, sheet by sheet, by (row, column)."""

    def __init__(self, records: bytes) -> None:
        self.sheets: list[dict[tuple[int, int], str]] = []
        self._codes = dict(BUILTIN)
        self._styles: list[int] = []
        at = depth = 0
        while at + 4 <= len(records):
            kind, size = struct.unpack_from("<HH", records, at)
            body = records[at + 4 : at + 4 + size]
            at += 4 + size
            if kind == FILEPASS:
                raise Refusal("encrypted")
            if kind == BOF:
                depth += 1
                if len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] == 0x10:
                    self.sheets.append({})
            elif kind == FORMAT and len(body) > 5:
                self._codes[struct.unpack_from("<H", body)[0]] = _unicode(body[2:])
            elif kind == XF and len(body) >= 4:
                self._styles.append(struct.unpack_from("<H", body, 2)[0])
            elif self.sheets:
                self._cell(kind, body)

    def _cell(self, kind: int, body: bytes) -> None:
        if kind in (NUMBER, RK, FORMULA) and len(body) >= 6:
            row, col, style = struct.unpack_from("<HHH", body)
            self._put(row, col, style)
        elif kind == MULRK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for i in range((len(body) - 6) // 6):
                self._put(row, first + i, struct.unpack_from("<H", body, 4 + 6 * i)[0])

    def _put(self, row: int, col: int, style: int) -> None:
        if style < len(self._styles) and (form := self._codes.get(self._styles[style])):
            self.sheets[-1][row, col] = form


def _unicode(body: bytes) -> str:
    """XLUnicodeString: length, flag, characters of one or two bytes."""
    length, flag = struct.unpack_from("<HB", body)
    return (
        body[3 : 3 + 2 * length].decode("utf-16-le", "replace")
        if flag & 1
        else body[3 : 3 + length].decode("latin-1")
    )
