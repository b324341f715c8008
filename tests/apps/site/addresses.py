"""Every address of the product, taken from its routes."""

import re
from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


def addresses(
    known: Callable[[str, str], object] = lambda room, name: 1,
    patterns: list[URLPattern | URLResolver] | None = None,
    before: str = "/",
) -> Iterator[str]:
    """Every address; `known(address before the argument's route, argument)` gives what stands for each argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        regex = pattern.pattern.regex.pattern
        form, arguments = normalize(regex)[0]
        said = {name: known(before + form, name) for name in arguments}
        for name, choices in re.findall(r"\(\?P<(\w+)>([a-z|]+)\)", regex):
            said[name] = choices.split("|")[0]
        address = before + form % said
        if isinstance(pattern, URLResolver):
            yield from addresses(known, pattern.url_patterns, address)
        else:
            yield address
