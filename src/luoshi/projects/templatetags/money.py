"""Amounts on pages: {% load money %}, {{ value|money }}."""

from decimal import Decimal

from django import template

from luoshi.projects.amounts import plain

register = template.Library()


@register.filter
def money(value: object) -> str:
    """万元 with separators, no noughts at the end; "" for None and for what is no amount.

    >>> money(Decimal("12345.50")), money(None)
    ('12,345.5', '')
    """
    if not isinstance(value, Decimal):
        return ""
    whole, _, rest = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


@register.filter
def moved(places: int | None) -> str:
    """Movement since before, in words."""
    if places is None:
        return ""
    return f"↑{places}" if places > 0 else f"↓{-places}" if places < 0 else "—"
