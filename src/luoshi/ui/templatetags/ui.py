"""Small pieces every page is made of."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Links to the pages of a Paginator page, keeping the filters of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}
