"""Tables of the dashboards as workbooks: words as words, numbers as numbers, days as days, the head frozen."""

import re

from luoshi.board.tables import Table, plain
from luoshi.ledger.excel import single

LONGEST = 31
"""Characters in the name of a sheet."""


def book(table: Table, title: str) -> bytes:
    """One table with its title."""

    name = re.sub(r"[\[\]:*?/\\']", "", table.title)[:LONGEST] or "表"
    head = [(one.label, one.width) for one in table.heads]
    return single(name, title, head, ([plain(value) for value in row] for row in table.rows))
