"""The header of a table flattened to lines: column titles on consecutive lines, long ones cut over two or three."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern
from luoshi.core.source.table_cells import is_mark, kind_of
from luoshi.core.source.table_columns import LONGEST_TITLE, OWNERS, TEXTS, role_of

# Every anchor holds one of these words, which are found much sooner.
_WORD = pattern("序|编|单位|部门|主体|领导|责任人|时限|时间|期限")
_ANCHOR = pattern(
    r" *(?:序 *(?:号)?|编 *号|[^\n、,。;:]{0,40}(?:单位|部门|主体|领导|责任人|时限|时间|期限)(?:\([^()\n]{1,12}\))?|"
    r"[^\n、,。;: ]+ [^\n、,。;:]*(?:单位|部门|领导|责任人)[^\n、,。;:]{0,30}) *$",
)

_LINE = pattern(r"[^\n]+")
_ODD = pattern(HAN + "{2,8}$")


class Header(NamedTuple):
    """Column titles found on consecutive lines; [start, end) covers them. `one_line`: on one line, parted by blanks."""

    start: int
    end: int
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    one_line: bool = False


def find_headers(text: str, start: int, end: int) -> Iterator[Header]:
    """Runs of column titles with a number or an owner column among three or more."""
    at = start
    while anchor := _find_anchor(text, at, end):
        words = anchor.group().split()
        if len(words) > 1 and max(map(len, words)) > 2:
            header, at = _one_line(text, anchor), anchor.end()
        else:
            header, at = _header_around(text, anchor, start, end)
        if header:
            yield header
            start = at


def may_hold_header(text: str) -> bool:
    """Whether a line of the text could be a title, so that it pays to look for headers."""
    return _find_anchor(text, 0, len(text)) is not None


def _find_anchor(text: str, at: int, end: int) -> re.Match[str] | None:
    """The next line that may be a title or hold titles, as a match of the line."""
    while word := _WORD.search(text, at, end):
        begin, stop = text.rfind("\n", 0, word.start()) + 1, text.find("\n", word.end(), end)
        stop = end if stop < 0 else stop
        if begin >= at and not _says_more(text[begin:stop]) and (anchor := _ANCHOR.match(text, begin, stop)):
            return anchor
        at = stop
    return None


def _says_more(line: str) -> bool:
    """Whether a line is more than titles: there are stops in it outside brackets."""
    titles = line.partition("(")[0]
    return "、" in titles or "," in titles or "。" in titles or ";" in titles or ":" in titles


def _one_line(text: str, line: re.Match[str]) -> Header | None:
    """A header whose titles stand on one line with single blanks between; scraps of a title (责任 领导) are joined."""
    words = line.group().split()
    titles = tuple(words)
    roles = tuple(map(role_of, titles))
    if not all(roles):
        run = _runs(words)[0]
        if run.stop == len(words) and not run.forced:
            titles = tuple("".join(words[i:j]) for i, j in run.pieces)
            roles = tuple(map(role_of, titles))
    return (
        Header(line.start(), line.end(), titles, roles, one_line=True)
        if all(roles) and _is_header(roles)
        else None
    )


def _header_around(text: str, anchor: re.Match[str], start: int, end: int) -> tuple[Header | None, int]:
    """The longest run of titles that holds the anchor's line, and where to look on."""
    here = anchor.start()
    before = list(_written(text, max(start, here - 120), here))[-5:]
    lines = [*before, *list(_written(text, here, min(end, here + 400)))[:24]]
    runs = _runs([text[a:b].strip() for a, b in lines])
    best: Header | None = None
    least = 0
    for first, run in enumerate(runs[: len(before) + 1]):
        if not run.pieces or run.stop <= len(before):
            continue
        titles = tuple("".join(text[a:b] for a, b in lines[i:j]).replace(" ", "") for i, j in run.pieces)
        roles = tuple(map(role_of, titles))
        better = best is None or (len(titles), -run.forced) > (len(best.titles), -least)
        if better and _is_header(roles):
            best, least = Header(lines[first][0], lines[run.stop - 1][1], titles, roles), run.forced
    if best:
        return best, best.end
    last = runs[len(before)].stop
    return None, max(anchor.end(), lines[last - 1][1])


def _written(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines that are not blank."""
    for m in _LINE.finditer(text, start, end):
        if not m.group().isspace():
            yield m.start(), m.end()


class _Run(NamedTuple):
    """Titles from some line on: where they end, how many were joined to a title complete in itself (bad), how many
    were put together from scraps (good), and the ranges of lines they take. Compared in this order."""

    stop: int
    forced: int
    mended: int
    pieces: tuple[tuple[int, int], ...]


def _runs(words: list[str]) -> list[_Run]:
    """For each line the best run of titles that begins there: titles of one to three lines each, as far as that goes."""
    runs = [_Run(i, 0, 0, ()) for i in range(len(words) + 1)]
    for i in range(len(words) - 1, -1, -1):
        options = [runs[i]]
        for k in (1, 2, 3):
            if i + k <= len(words) and (fit := _fit(words[i : i + k])):
                after = runs[i + k]
                pieces = ((i, i + k), *after.pieces)
                options.append(_Run(after.stop, after.forced + fit.forced, after.mended + fit.mended, pieces))
        if runs[i + 1].pieces and _ODD.match(words[i]) and kind_of(words[i]) == "short":
            after = runs[i + 1]
            options.append(_Run(after.stop, after.forced + 2, after.mended, ((i, i + 1), *after.pieces)))
        runs[i] = max(options, key=lambda run: (run.stop, -run.forced, run.mended, len(run.pieces)))
    return runs


def _fit(words: list[str]) -> _Run | None:
    """One line that is a title, or lines that are one only together (县政府|分管领导, 责任|单位, 任务|内容)."""
    if max(map(len, words)) > LONGEST_TITLE or not role_of("".join(words)):
        return None
    *opening, last = words
    if not opening:
        return None if is_mark(last) else _Run(0, 0, 0, ())
    if role_of(last) and kind_of(opening[0]) == "date":  # 全年|类别: the last cell of the page before
        return None
    if all(len(w) <= 2 for w in words):
        meant = role_of("".join(words))
        apart = any(role_of(w) in ("number", "heading") and role_of(w) != meant for w in words)
        return None if apart else _Run(0, 0, 1, ())  # 类别|序号|任务 are three
    if any(role_of(w) or len(w) > 5 or _is_office(w) for w in opening):
        return None
    return _Run(0, 1 if role_of(last) else 0, 0, ())


def _is_office(word: str) -> bool:
    """县发改局 fills a cell; 县政府 and 县委 also open titles (县政府|分管领导)."""
    return kind_of(word) == "units" and not word.endswith("政府") and word[1:] != "委"


def _is_header(roles: tuple[str, ...]) -> bool:
    """At most one title between the others may say nothing to us (县级备案号)."""
    if not roles[0] or roles.count("") > 1:
        return False
    roles = tuple(filter(None, roles))
    kinds = set(roles)
    texts = kinds & (TEXTS | {"heading"})
    return len(roles) >= 3 and bool(texts) and bool(kinds & (OWNERS | {"number", "leader", "person"}))
