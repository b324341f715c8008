"""Amounts as people write them: 万元, at most two places."""

import re
from decimal import Decimal

from luoshi.journal.moves import Refused

AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


class BadAmount(Refused):
    """Not an amount in 万元."""


def amount_of(text: str) -> Decimal | None:
    """The amount that a field or a cell says, None when it is empty. Raises BadAmount with one sentence."""
    said = text.strip().replace(",", "").replace("，", "")
    if not said:
        return None
    if not AMOUNT.fullmatch(said):
        shown = said if len(said) <= 20 else said[:20] + "…"
        raise BadAmount(f"“{shown}”不是金额，请填写数字，单位万元，最多两位小数。")
    return Decimal(said)


def plain(value: Decimal | None) -> str:
    """An amount as it is shown in a field: no noughts at the end.

    >>> plain(Decimal("1200.50")), plain(Decimal("300.00")), plain(None)
    ('1200.5', '300', '')
    """
    if value is None:
        return ""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")
