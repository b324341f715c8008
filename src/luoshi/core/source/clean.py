"""Clean text with a way back: every position maps to its place in the source.

Two strings of one length. `printed` keeps the file's own glyphs (names and quotes are cut from it);
`text` has full-width digits, letters and ，：；（）％ folded one to one to their ASCII twins, so that every
pattern is written once, in half-width.  。、“”《》〔〕 stay as they are.
"""

from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.source.text import SourceText, Span

FOLD = str.maketrans(
    "，：；（）％．－？！［］"
    + "".join(chr(c) for c in range(0xFF10, 0xFF1A))
    + "".join(chr(c) for c in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
    + "\u3000\u00a0\u2002\u2003\t",
    ",:;()%.-?![]" + "0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "     ",
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """`starts[i]` in the clean text lies at `origins[i]` in the source; pieces run on one to one."""

    printed: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, at: int) -> int:
        """Source offset of clean offset `at` (0 <= at < len)."""
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """Source span of the clean range [start, end); covers whatever was set aside in between."""
        if end <= start:
            at = self.origin(start) if start < len(self.text) else self.origin(len(self.text) - 1) + 1
            return Span(at, at)
        return Span(self.origin(start), self.origin(end - 1) + 1)


def clean(source: SourceText) -> CleanText:
    """Set the furniture aside and fold; lines stay lines (one "\\n" each)."""
    kept: list[tuple[int, int]] = []
    at = 0
    for gap in sorted(source.furniture):
        if gap.start > at:
            kept.append((at, gap.start))
        at = max(at, gap.end)
    kept.append((at, len(source.text)))
    printed, starts, origins, length = [], [], [], 0
    for start, end in kept:
        piece = source.text[start:end].replace("\r", " ")
        if piece:
            printed.append(piece)
            starts.append(length)
            origins.append(start)
            length += len(piece)
    whole = "".join(printed)
    return CleanText(whole, whole.translate(FOLD), tuple(starts), tuple(origins))
