"""Named tuples that are made by the thousand, made at half the cost."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

Record = TypeVar("Record", bound=tuple[Any, ...])


def maker(kind: type[Record]) -> Callable[[tuple[Any, ...]], Record]:
    """`maker(Span)((3, 5))` is `Span(3, 5)` without the call of a function written in Python (docs/decisions/0057).

    The values come in the order of the fields, all of them: nothing is checked and there are no defaults.

    >>> from luoshi.core.source.text import Span
    >>> maker(Span)((3, 5))
    Span(start=3, end=5)
    """
    return cast(Callable[[tuple[Any, ...]], Record], partial(tuple.__new__, kind))
