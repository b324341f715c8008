"""Tables of a paper: fixed widths, a head that repeats, rows that stay whole."""

from luoshi.core.writing.docx.xml import paragraph, run
from luoshi.core.writing.paper import Group, Table


def table(it: Table, width: int) -> str:
    """A table as wide as `width` twips, under its caption."""
    total = sum(it.widths) or 1
    columns = [round(width * share / total) for share in it.widths]
    columns[-1] += width - sum(columns)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    size = "Small" if it.small else ""
    rows = "".join(_row(row, columns, it.left, size) for row in it.rows)
    caption = paragraph("Caption", run(it.caption)) if it.caption else ""
    return (
        f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="Ledger"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:val="0020"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_head(it.head, columns, size)}{rows}</w:tbl>"
    )


def _head(words: tuple[str, ...], columns: list[int], size: str) -> str:
    cells = "".join(
        _cell(paragraph(f"TableHead{size}", run(word)), wide)
        for word, wide in zip(words, columns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: tuple[str, ...] | Group, columns: list[int], left: tuple[int, ...], size: str) -> str:
    if isinstance(row, Group):
        span = f'<w:gridSpan w:val="{len(columns)}"/>'
        cells = _cell(
            paragraph(f"TableGroup{size}", run(row.text), props="<w:keepNext/>"), sum(columns), span
        )
    else:
        cells = "".join(
            _cell(
                paragraph(
                    f"TableText{size}", run(text), props="" if at in left else '<w:jc w:val="center"/>'
                ),
                wide,
            )
            for at, (text, wide) in enumerate(zip(row, columns, strict=True))
        )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(inside: str, width: int, span: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
