"""The request as views meet it behind the entrance: somebody is logged in, htmx says what it wants."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from luoshi.org.models import Account

MOST_DIGITS = 15


def whole(value: str) -> int | None:
    """The number that a field or an address says; None when it says none, or one that no row can have."""
    return int(value) if value.isdecimal() and len(value) <= MOST_DIGITS else None


class Request(HttpRequest):
    """For annotations only; the middleware puts these on."""

    user: Account
    htmx: HtmxDetails
    waiting_lines: list[Any]
