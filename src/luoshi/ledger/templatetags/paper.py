"""The smallest pieces of a laid-out paper. A tag and not a template: a plan has thousands of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from luoshi.ledger.paper import Piece

register = template.Library()


@register.simple_tag
def pieces(found: Iterable[Piece]) -> SafeString:
    """Each piece as a span that knows its place in the source (data-s), what claims it (data-i) and what that says (title,
    and data-word where it begins)."""
    return mark_safe("".join(map(_span, found)))  # every part is escaped in _span


def _span(piece: Piece) -> str:
    mark = f' class="m {escape(piece.kinds)}" data-i="{escape(piece.keys)}"' if piece.keys else ""
    anchor = f' id="s{piece.start}"' if piece.anchor else ""
    told = f' title="{escape(piece.told)}"' if piece.told else ""
    word = f' data-word="{escape(piece.opens)}"' if piece.opens else ""
    return f'<span{mark} data-s="{piece.start}"{anchor}{told}{word}>{escape(piece.text)}</span>'
