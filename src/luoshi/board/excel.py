"""Tables of the dashboards as workbooks: words as words, numbers as numbers, days as days, the head frozen."""

import re

import xlsxwriter

from luoshi.board.tables import Table, plain
from luoshi.ledger.excel import Sheet, workbook

LONGEST = 31
"""Characters in the name of a sheet."""


def book(table: Table, title: str) -> bytes:
    """One table with its title."""

    def fill(made: xlsxwriter.Workbook) -> None:
        name = re.sub(r"[\[\]:*?/\\']", "", table.title)[:LONGEST] or "表"
        sheet = Sheet(made, name, title, [(head.label, head.width) for head in table.heads])
        for row in table.rows:
            sheet.row([plain(value) for value in row])

    return workbook(fill)
