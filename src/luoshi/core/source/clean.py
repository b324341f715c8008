"""Clean text with a way back: every position maps to its place in the source.

Two strings of one length. `printed` keeps the file's own glyphs (names and quotes are cut from it);
`text` has full-width digits, letters and ，：；（）％ folded one to one to their ASCII twins, so that every
pattern is written once, in half-width.  。、“”《》〔〕 stay as they are.

Cleaning only ever leaves characters out (docs/decisions/0011): furniture, line ends inside a sentence, blanks
that are layout (通  知), marks without width.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.records import maker
from luoshi.core.source.text import SourceText, Span

_COMMON = dict(
    zip("，：；（）％．－？！［］\u3000\u00a0\u2002\u2003\t\r", ",:;()%.-?![]     \n", strict=True)
)
_WIDE = {
    chr(c): chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
FOLD = str.maketrans({**_COMMON, **_WIDE})

BLANK = " \u3000\u00a0\u2002\u2003\u2009"
_GONE = f"[{BLANK}\u00ad\u200b-\u200f\u2060\ufeff]"
_BLANKS = pattern(f"{_GONE}{_GONE}*")  # not {_GONE}+, in which a search knows no first sign
_BLANK_SIGNS = BLANK + "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CRLF = pattern("\r(?=\n)")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_HUGGING = "、，。；：《》〈〉“”‘’【】〔〕"  # a blank beside these is layout
_ENDS = "。！？；：…!?;:.）)】〕》〉|"  # a line that ends so is finished
_HEAD = pattern(
    r"[一二三四五六七八九十百]{1,4}[、.．，,]|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,3}(?:[.．、)）](?!\d)|\s(?! ?(?:[万亿元亩户家吨%％]|公里|人次|平方))|$)|[lI][\dOolI]?[.．、](?=[^\W\d_])|序[ \u3000]?号\s+\S|第[一二三四五六七八九十百\d]{1,4}[章节条部]"
    r"|[①-⑳•●■◆▪★※]|—|附[件表录]|(?:责任|牵头|配合|主办|协办|承办|参与|实施)[单部科]|完成时[限间]|抄[送报]|[一二三四五六七八九十]{1,2}是|[（(](?:责任|牵头|负责)"
)
_LABELS = frozenset(("责任", "牵头", "配合", "主办", "协办", "承办", "完成", "分管", "包抓", "包保"))
_LABEL = pattern(r"..(?:单位|部门|领导|人|时[限间])[^:：\n]{0,4}[:：]")
_span = maker(Span)
_CLOSING = "”》）)〕】"
_MARKDOWN = pattern(
    r"^#{1,6}[ \t]+|\*\*|^>[ \t]?|^[ \t]*[-*+][ \t]+(?=\S)|^\*(?=[^\s*][^*\n]*\*$)|(?<=[^\s*])\*$", re.M
)
_MARKDOWN_HEAD = pattern(r"^(?P<marks>#{1,6})[ \t]+(?=\S)|^\*\*(?=[^*\n。;；:：]{2,40}\*\*$)", re.M)


class CleanText(NamedTuple):
    """`starts[i]` in the clean text lies at `origins[i]` in the source; pieces run on one to one."""

    printed: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, at: int) -> int:
        """Source offset of clean offset `at` (0 <= at < len)."""
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]

    def shift(self, start: int, end: int) -> int | None:
        """How far the clean range [start, end) is from its place in the source; None where something was set aside in it."""
        following = bisect_right(self.starts, start)
        if following and (following == len(self.starts) or end <= self.starts[following]):
            return self.origins[following - 1] - self.starts[following - 1]
        return None

    def span(self, start: int, end: int) -> Span:
        """Source span of the clean range [start, end); covers whatever was set aside in between."""
        if end <= start:
            if not self.text:
                return Span(0, 0)
            at = self.origin(start) if start < len(self.text) else self.origin(len(self.text) - 1) + 1
            return Span(at, at)
        starts = self.starts
        following = bisect_right(starts, start)
        at = self.origins[following - 1] + start - starts[following - 1]
        if following == len(starts) or end <= starts[following]:
            return _span((at, at + end - start))  # all in one piece, as most are
        return Span(at, self.origin(end - 1) + 1)


def fold(printed: str) -> str:
    """Full-width digits, letters and punctuation as their ASCII twins, one to one.

    `str.translate` with the same table gives the same text at ten times the cost.
    """
    for wide, narrow in _COMMON.items():
        printed = printed.replace(wide, narrow)
    # All of them begin with the byte FF, which hardly any other sign holds: asked of the bytes that takes no time.
    if b"\xff" in printed.encode("utf-16-be", "surrogatepass"):
        for wide, narrow in _WIDE.items():
            printed = printed.replace(wide, narrow)
    return printed


def clean(source: SourceText) -> CleanText:
    """Set the furniture aside, join lines that were only wrapped, take out blanks that are layout, fold."""
    cuts = sorted(
        [
            *((gap.start, gap.end) for gap in source.furniture),
            *_blank_cuts(source.text),
            *_wrap_cuts(source),
            *((match.span() for match in _MARKDOWN.finditer(source.text)) if source.format == "md" else ()),
        ]
    )
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = length = 0
    for start, end in (*cuts, (len(source.text), len(source.text))):
        if start > at:
            piece = source.text[at:start]
            pieces.append(piece)
            starts.append(length)
            origins.append(at)
            length += len(piece)
        at = max(at, end)
    printed = "".join(pieces).replace("\r", "\n")
    return CleanText(printed, fold(printed), tuple(starts), tuple(origins))


def marked_heads(source: SourceText, cleaned: CleanText) -> list[tuple[int, int]]:
    """(clean offset, depth) of the headings that Markdown marks: depth 1 for #, 6 for ######, 7 for a line all bold."""
    heads: list[tuple[int, int]] = []
    for m in _MARKDOWN_HEAD.finditer(source.text) if source.format == "md" else ():
        piece = bisect_right(cleaned.origins, m.end() - 1)
        if piece < len(cleaned.origins):
            heads.append((cleaned.starts[piece], len(m["marks"] or "#######")))
    return heads


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _blank_cuts(text: str) -> Iterator[tuple[int, int]]:
    """Runs of blanks that carry nothing: 通  知, 2024 年, 建设 、运营; and marks without width."""
    end_of_text = len(text)
    if "\r" in text:
        yield from (match.span() for match in _CRLF.finditer(text))
    chain: list[tuple[int, int]] = []
    for match in _BLANKS.finditer(text) if any(sign in text for sign in _BLANK_SIGNS) else ():
        start, end = match.span()
        run = text[start:end]
        seen = run.translate(_UNSEEN) if run[0] not in BLANK or run[-1] not in BLANK else run
        if not seen:
            yield start, end
            continue
        if not start or end == end_of_text or text[start - 1] in "\n\t" or text[end] in "\n\t":
            continue
        before, after = text[start - 1], text[end]
        if _han(before) and _han(after):
            alone = not (start > 1 and _han(text[start - 2])) and not (
                end + 1 < end_of_text and _han(text[end + 1])
            )
            if alone:
                if chain and chain[-1][1] != start - 1:
                    yield from _even(chain)
                    chain = []
                chain.append((start, end))
        elif len(seen) == 1 and seen != "\u3000" and _is_layout(text, start, before, after):
            yield start, end
    yield from _even(chain)


def _even(chain: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Of a row of single characters only the narrowest gaps close: 王 五  李 六 stays two names."""
    narrow = min((end - start for start, end in chain), default=0)
    return [gap for gap in chain if gap[1] - gap[0] == narrow]


def _is_layout(text: str, start: int, before: str, after: str) -> bool:
    """One narrow blank between a Chinese character and a digit, or beside Chinese punctuation."""
    if before in _HUGGING or after in _HUGGING:
        return True
    if _han(before):
        return after.isdecimal()
    if not before.isdecimal() or not (_han(after) or after in "%％"):
        return False
    # A number at the beginning of its line is a mark (1 推动…), not a quantity.
    head = start - 1
    while head >= 0 and (text[head].isdecimal() or text[head] in "．.,，"):
        head -= 1
    while head >= 0 and text[head] in BLANK:
        head -= 1
    return head >= 0 and text[head] not in "\n\t"


# A line with writing: its place, its text without margins, its indent, and whether it follows on the line before.
_Line = tuple[int, str, int, bool]


def _wrap_cuts(source: SourceText) -> Iterator[tuple[int, int]]:
    """Line ends inside a sentence: the end of a column, or every line of a text that was wrapped to a width."""
    if source.format not in ("txt", "md", "html", "rtf"):
        return
    begins = [part.span.start for part in source.parts[1:]]
    lines = _lines(source)
    full = _full_line([line for _, line, _, _ in lines])
    edge = 0 if full else _edge(lines)
    for (start, line, _, _), (below, after, indent, follows) in pairwise(lines):
        if line[-1] in _ENDS:
            continue
        if full and (columns(line) >= full[0] or len(line) >= full[1]):
            titled = columns(line) < full[2] and "。" not in line and _HEAD.match(line)
            wrapped = follows and indent < 2 and not (titled or _HEAD.match(after))
        elif edge and follows and columns(line) >= edge:
            wrapped = indent < 2 and not _HEAD.match(after)
        else:
            wrapped = "。" in line and _continues(line, after)
        end = start + len(line)
        apart = not follows and wrapped and source.text.count("\n", end, below) > 3
        if wrapped and not apart and not any(end < begin <= below for begin in begins):
            yield end, below


def _lines(source: SourceText) -> list[_Line]:
    """Lines with writing in them, without furniture and tables. Furniture between two lines does not part them."""
    lines: list[_Line] = []
    beyond = len(source.text) + 1
    gaps = iter(
        [
            *sorted(
                [
                    *((gap, True) for gap in source.furniture),
                    *((table.span, False) for table in source.tables),
                ]
            ),
            (Span(beyond, beyond), False),
        ]
    )
    (gap_start, gap_end), passed_over = next(gaps)
    at, follows = 0, False
    for raw in source.text.split("\n"):
        end = at + len(raw)
        while gap_end <= at:
            (gap_start, gap_end), passed_over = next(gaps)
        if gap_start < end or gap_start <= at:
            follows = follows and passed_over
        elif raw and (line := raw.strip()):
            indent = 0 if raw[0] == line[0] else raw.index(line[0])
            lines.append((at + indent, line, indent, follows))
            follows = True
        else:
            follows = False
        at = end + 1
    return lines


def columns(line: str) -> int:
    """Width of a line where a Chinese character takes two columns: its length in GBK."""
    return len(line.encode("gbk", "replace"))


def _continues(line: str, following: str) -> bool:
    """Whether prose that stops without an end goes on in the next line, also prose."""
    if following[0] in _CLOSING:
        return True
    return (
        following[-1] in "。；！？”"
        and "。" in following
        and not _HEAD.match(following)
        and not _HEAD.match(line[-1:])
    )


def _edge(lines: list[_Line]) -> int:
    """Columns from which a line was wrapped in a text of short lines (labels, headings) with wrapped ones between; 0 when
    nothing tells: the longest lines are of one length, and most go on in a line that ends their sentence. Labels with their
    colon (牵头单位:…) tell such a text from a flattened table."""
    labels = sum(1 for _, line, _, _ in lines if line[:2] in _LABELS and _LABEL.match(line))
    if labels < 3 or len(lines) < 12:
        return 0
    widest = max(columns(line) for _, line, _, _ in lines)
    if not 40 <= widest <= 100:
        return 0
    edge = widest - 8
    longest = ends = wrapped = 0
    for (_, line, _, _), (_, after, indent, follows) in pairwise(lines):
        if columns(line) >= edge:
            longest += 1
            if follows and indent < 2 and line[-1] not in _ENDS and not _HEAD.match(after):
                wrapped += 1
                ends += after[-1] in _ENDS or columns(after) >= edge
    return edge if wrapped >= 4 and wrapped * 5 >= longest * 3 and ends * 3 >= wrapped * 2 else 0


def _full_line(lines: list[str]) -> tuple[int, int, int] | None:
    """(columns, characters) from which a line is full in a text wrapped to a width, and the columns from which even a
    heading is; None when lines are paragraphs. Scanned lines that lost or won blanks are ragged at the edge."""
    if len(lines) < 12:
        return None
    longest = sorted(map(len, lines))[-len(lines) // 10]
    if not 20 <= longest <= 90:
        return None
    widths = sorted(map(columns, lines))
    width = widths[-max(1, len(widths) // 50)]
    if not 40 <= width <= 130:
        return None
    for edge, share in ((width - 4, 2), (width * 3 // 4, 3), (width * 3 // 5, 5)):
        full = [line for line in lines if columns(line) >= edge]
        unfinished = sum(1 for line in full if line[-1] not in _ENDS)
        if len(full) * 5 >= len(lines) * 2 and unfinished * share >= len(full) * (share - 1):
            return edge, longest, width - 4
    return None
