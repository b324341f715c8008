"""Figures as a page shows them."""

from decimal import Decimal

from django import template

from luoshi.core.plan.wording import number

register = template.Library()


@register.filter
def plain(value: Decimal | None) -> str:
    """A number without needless noughts: 12.500000 → 12.5."""
    return "" if value is None else number(value)
