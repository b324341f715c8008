"""Small pieces every page is made of. Built into all templates; nothing to load."""

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any]) -> dict[str, Any]:
    """Links to the pages of a paginator, keeping the filters of the address: {% pages page %}."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}


@register.simple_tag(takes_context=True)
def excel(context: dict[str, Any], route: str, *args: Any, look: str = "within") -> SafeString:
    """The link that takes the rows of a page away as a workbook, by the filters of its address: {% excel "org:units_export" %}."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    address = reverse(route, args=args) + (f"?{query.urlencode()}" if query else "")
    return format_html('<a class="{}" href="{}">导出 Excel</a>', look, address)


@register.inclusion_tag("ui/_empty.html")
def empty(title: str, sentence: str = "", address: str = "", label: str = "") -> dict[str, Any]:
    """A list with nothing in it: what that means, and the next step as a button."""
    return {"title": title, "sentence": sentence, "address": address, "label": label}


@register.inclusion_tag("ui/_field.html")
def field(field: BoundField) -> dict[str, Any]:
    """A form field with label, help and errors, tied together for screen readers."""
    if field.errors:
        field.field.widget.attrs["aria-invalid"] = "true"
    return {"field": field}


@register.inclusion_tag("ui/_history.html")
def history(events: Any) -> dict[str, Any]:
    """What happened to a thing, newest first."""
    return {"events": events}


@register.simple_tag
def doubt(n: int, word: str = "处疑问") -> SafeString:
    """How many questions wait: nothing at zero."""
    return format_html('<span class="doubt">{}{}</span>', n, word) if n else SafeString("")


@register.filter
def day(value: dt.date | None) -> str:
    """3月25日(周二), with the year when it is not this one."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    year = "" if value.year == timezone.localdate().year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日(周{WEEKDAYS[value.weekday()]})"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """3月25日(周二) 10:42"""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else ""
