"""The outline of a paper: 附件n, 第一章, 一、, (一), 1., 1.1, (1), ①, —— as a tree with paths like 附件1/二/(一)/1.

A marker counts only at the head of a line outside tables. Numbers are kept as printed: a repeated one gets
`#2` behind it so that paths stay unique, a gap is left alone, `四)` without its left bracket is still (四).
2.1.1 says where it stands: its path is 2.1.1, not 2/2.1/2.1.1.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from luoshi.core.pattern import pattern
from luoshi.core.records import maker
from luoshi.core.source.clean import CleanText
from luoshi.core.source.grid import GridCell, GridTable
from luoshi.core.source.markers import (
    ANNEX,
    ARTICLE,
    CHAPTER,
    DASH,
    DECIMAL,
    FIRST,
    FOURTH,
    HEAD_SIGNS,
    PART,
    RANKS,
    ROW,
    SECOND,
    SECTION,
    STAR,
    TABLE,
    TITLED_TABLE,
    read_marker,
)
from luoshi.core.source.table_columns import roles_of

_FIGURES = str.maketrans("lIoO", "1100")  # letters a scan makes of figures
_UNFINISHED = frozenset(",、(《“第和及与照据按见")
# A table under its own title (…任务分解表) hangs on the annex, not on the chapter before it.
_TABLE_TITLE = pattern(r"(?:表|清单|台账|分工|分解)(?:\([^()\n]*\))?\s*$")
_TITLE_STOP = pattern(r"[。;:]")


class Node(NamedTuple):
    """One heading and what stands under it; offsets are into the clean text. [start, end) covers the subtree.

    `heading` is the text after the marker up to 。 or the line's end, `body` where the text after it begins.
    `rank` tells the kind of marker, `level` the depth in the tree (1 at the top).
    """

    path: str
    level: int
    marker: str
    heading: str
    start: int
    end: int
    rank: int = FIRST
    body: int = 0
    parent: int = -1


_node = maker(Node)


class Outline(NamedTuple):
    """Nodes in order of `start`; a node's subtree is nested in it."""

    nodes: tuple[Node, ...]
    starts: tuple[int, ...]

    def index_at(self, at: int) -> int:
        """Index of the innermost node that holds clean offset `at`; -1 before the first heading."""
        i = bisect_right(self.starts, at) - 1
        while i >= 0 and self.nodes[i].end <= at:
            i = self.nodes[i].parent
        return i

    def path_at(self, at: int) -> str:
        """Path of the innermost node that holds clean offset `at`; "" before the first heading."""
        i = self.index_at(at)
        return self.nodes[i].path if i >= 0 else ""

    def ancestors(self, i: int) -> list[Node]:
        """The node itself and the nodes above it, innermost first."""
        found = []
        while i >= 0:
            found.append(self.nodes[i])
            i = self.nodes[i].parent
        return found


class _Draft:
    def __init__(
        self,
        rank: int,
        label: str,
        marker: str,
        start: int,
        heading_start: int,
        announced: bool = False,
        bare: bool = False,
        stop: int | None = None,
    ) -> None:
        self.rank = rank
        self.label = label
        self.marker = marker
        self.start = start
        self.heading_start = heading_start
        self.stop = stop  # where it ends by itself (tables and their rows)
        self.announced = announced  # 附件:某某表
        self.bare = bare  # a number that only a blank sets apart: 2 重点任务


def build_outline(
    clean: CleanText, tables: Sequence[GridTable] = (), marked: Sequence[tuple[int, int]] = ()
) -> Outline:
    """Read the headings of the clean text; each table becomes the node 表, its rows 表/7 or 表/二/1.

    `marked`: (offset, depth) of lines the file itself marks as headings (## of Markdown).
    """
    text = clean.text
    drafts = _without_loose_decimals(_without_loose_annexes(_markers(text, tables)))
    drafts.extend(_marked_drafts(clean, tables, marked, {draft.start for draft in drafts}))
    drafts.extend(_table_drafts(clean, tables))
    drafts.sort(key=lambda d: (d.start, d.rank))
    return _tree(clean, drafts)


def _markers(text: str, tables: Sequence[GridTable]) -> list[_Draft]:
    """Markers at the head of lines, in order; lines of tables and of the list of annexes are passed over."""
    drafts: list[_Draft] = []
    length, begin, unfinished = len(text), 0, False
    listing = contents = False
    fences = iter([*((table.start, table.end) for table in tables), (length + 1, length + 1)])
    table_start, table_end = next(fences)
    while begin < length:
        while table_end <= begin:
            table_start, table_end = next(fences)
        if table_start <= begin:
            begin, unfinished = max(table_end, begin + 1), False
            continue
        stop = text.find("\n", begin)
        stop = length if stop < 0 else stop
        line = text[begin:stop].strip()
        if line[-1:] == "录":
            contents = text[begin:stop].replace(" ", "") == "目录"
        else:  # the lines of a table of contents end with a page
            contents = contents and (line == "" or line[-1].isdigit())
        if text[begin] in HEAD_SIGNS and not unfinished and not contents:
            marker = read_marker(text, begin, stop)
            listing = listing and _lists_annex(text, marker, begin, stop)
            if marker and not listing:
                draft = _draft(text, *marker, stop)
                listing = draft is None or draft.announced
                if draft:
                    drafts.append(draft)
        if line:
            listing = listing and text[begin] in HEAD_SIGNS
        unfinished = line != "" and line[-1] in _UNFINISHED
        begin = stop + 1
    return drafts


def _lists_annex(text: str, marker: tuple[str, re.Match[str]] | None, begin: int, stop: int) -> bool:
    """Whether the line goes on the list of annexes: 2.某某方案, 附件2:某某方案."""
    if marker is None or stop - begin > 60:
        return False
    kind, match = marker
    if text.find("。", match.end(), stop) >= 0:
        return False
    return kind == "third" or (kind == "annex" and text[match.end() : stop].strip(" :") != "")


def _draft(text: str, kind: str, marker: re.Match[str], stop: int) -> _Draft | None:
    """The marker as a heading to be; None for `附件:1.…`, which opens the list of annexes."""
    rank, value, announced = RANKS[kind], marker[1], False
    after = marker.end()
    if rank == ANNEX:
        value = value.replace(" ", "")
        rest = text[after:stop].strip(" :")
        announced = text[after : after + 1] == ":" and rest != "" and len(value) == 2
        if (announced and rest[0].isdigit()) or (rest and _annex_follows(text, stop)):
            return None
        while after < stop and text[after] in " :":
            after += 1
    if kind == "misread":
        value = value.translate(_FIGURES)
    if kind.endswith("_sign"):  # ㈠ ⑴ ⒈: one sign for a number with its brackets or stop
        value = normalize("NFKC", value).strip("().")
    if kind == "decimal":
        rank += value.count(".") - 1
    printed, label = marker.group(), value
    if rank in (SECOND, FOURTH):
        label = f"({value})"
    elif rank == DASH:
        label = "——"
    elif rank in (PART, CHAPTER, SECTION, ARTICLE):
        label = printed.replace(" ", "")
    return _Draft(rank, label, printed.rstrip(), marker.start(), after, announced, kind == "bare")


def _annex_follows(text: str, stop: int) -> bool:
    """附件1:… with 附件2:… right under it is a list of annexes, not an annex."""
    return text[stop : stop + 400].lstrip("\n ").startswith("附件")


def _without_loose_annexes(drafts: list[_Draft]) -> list[_Draft]:
    """A bare 附件 inside a paper whose annexes are numbered belongs to the annex it stands in; 附件:某某表 only announces
    one, unless the paper has no other."""
    annexes = [d for d in drafts if d.rank == ANNEX]
    numbered = any(len(d.label) > 2 for d in annexes)
    real = any(not d.announced for d in annexes)
    return [
        d
        for d in drafts
        if d.rank != ANNEX or not ((numbered and len(d.label) == 2) or (real and d.announced))
    ]


def _without_loose_decimals(drafts: list[_Draft]) -> list[_Draft]:
    """2.1 is a heading where 2.2 follows it or it follows 1.1: a lone one, or one that counts on from none (增长\\n6.5左右), is a
    quantity. `2 重点任务` counts only in a paper with such headings, and only in order from 1."""
    seen: set[tuple[int, ...]] = set()
    kept, chapters, count = [], 0, 0
    for draft in drafts:
        if DECIMAL <= draft.rank < FOURTH:
            *above, last = map(int, draft.label.split("."))
            if last != 1 and not {(*above, last - 1), (*above, last - 2)} & seen:
                continue
            seen.add((*above, last))
            count += 1
        elif draft.bare:
            if int(draft.label) != chapters + 1:
                continue
            chapters += 1
        kept.append(draft)
    return kept if count > 1 else [d for d in kept if not (d.bare or DECIMAL <= d.rank < FOURTH)]


def _marked_drafts(
    clean: CleanText, tables: Sequence[GridTable], marked: Sequence[tuple[int, int]], numbered: set[int]
) -> list[_Draft]:
    """Marked headings without a number, their text in place of one. The only heading of the first depth is the title."""
    depths = [depth for _, depth in marked]
    if depths and depths.count(depths[0]) == 1:
        marked = marked[1:]
    order = sorted({depth for _, depth in marked})
    drafts = []
    for start, depth in marked:
        stop = clean.text.find("\n", start)
        stop = len(clean.text) if stop < 0 else stop
        within = any(table.start <= start < table.end for table in tables)
        if within or any(start <= at < stop for at in numbered):
            continue
        label = clean.printed[start:stop].strip().replace("/", "、")
        drafts.append(_Draft(min(FIRST + order.index(depth), DECIMAL), label, "", start, start))
    return drafts


def _table_drafts(clean: CleanText, tables: Sequence[GridTable]) -> list[_Draft]:
    drafts = []
    for table in tables:
        rank = (
            TITLED_TABLE if _TABLE_TITLE.search(clean.text, max(0, table.start - 120), table.start) else TABLE
        )
        drafts.append(_Draft(rank, "表", "表", table.start, table.start, stop=table.end))
        labels = _row_labels(clean, table)
        seen: frozenset[GridCell] = frozenset()
        for row, label in zip(table.rows, labels, strict=True):
            filled = frozenset([cell for cell in row.cells if cell.start < cell.end])
            own = filled - seen or filled
            if label and own:
                start = min([cell.start for cell in own])
                drafts.append(_Draft(ROW, label, "", start, start, stop=table.end))
            seen = filled if label else seen | filled
    return drafts


def _row_labels(clean: CleanText, table: GridTable) -> list[str]:
    """What each row is called, as its task is: by its number (else its place), rows that share one as 4/1, 4/2; "" where
    a row only goes on with the one above or is empty."""
    number = next((c for c, role in enumerate(roles_of(table.header)) if role == "number"), None)
    names: list[str] = []
    for count, row in enumerate(table.rows, 1):
        cell = None if number is None else row.cells[number]
        own = clean.text[cell.start : cell.end].strip("(). 、\n") if cell else ""
        empty = row.continues or not any(row.cells)
        names.append("" if empty else "/".join((*_group_labels(row.group), own or str(count))))
    labels: list[str] = []
    for name, same in groupby(names):
        rows = len(list(same))
        labels += [f"{name}/{part}" for part in range(1, rows + 1)] if name and rows > 1 else [name] * rows
    return labels


@lru_cache(maxsize=256)  # a heading stands over row after row
def _group_labels(group: tuple[str, ...]) -> tuple[str, ...]:
    """一、任务清单 -> 一; headings without a marker stand whole, and only where none has a marker."""
    marked = []
    for heading in group:
        marker = read_marker(heading, 0, len(heading))
        draft = _draft(heading, *marker, len(heading)) if marker else None
        if draft:
            marked.append(draft.label)
    return tuple(marked) or group


def _tree(clean: CleanText, drafts: list[_Draft]) -> Outline:
    """Nest by rank, close every subtree where the next node of its rank or above begins."""
    parents: list[int] = []
    ends = [len(clean.text)] * len(drafts)
    paths: list[str] = []
    levels: list[int] = []
    used: dict[str, int] = {}
    dashes: dict[int, int] = {}
    stack: list[int] = []
    for i, draft in enumerate(drafts):
        while stack:
            above = drafts[stack[-1]]
            if above.rank < draft.rank and (above.stop is None or above.stop > draft.start):
                break  # only what is of a lower rank and begins before its end belongs under it
            ends[stack.pop()] = min(draft.start, above.stop or draft.start)
        parent = stack[-1] if stack else -1
        label = draft.label
        if draft.rank in (DASH, STAR):
            dashes[parent] = dashes.get(parent, 0) + 1
            label = f"{label}{dashes[parent]}"
        whole = parent
        while whole >= 0 and label.startswith(drafts[whole].label + "."):
            whole = parents[whole]
        path = f"{paths[whole]}/{label}" if whole >= 0 else label
        used[path] = nth = used.get(path, 0) + 1
        parents.append(parent)
        paths.append(path if nth == 1 else f"{path}#{nth}")
        levels.append(levels[parent] + 1 if parent >= 0 else 1)
        stack.append(i)
    for i in stack:
        ends[i] = drafts[i].stop or ends[i]
    nodes = []
    for i, draft in enumerate(drafts):
        heading, body = _heading(clean, draft, ends[i])
        nodes.append(
            _node(
                (
                    paths[i],
                    levels[i],
                    draft.marker,
                    heading,
                    draft.start,
                    ends[i],
                    draft.rank,
                    body,
                    parents[i],
                )
            )
        )
    return Outline(tuple(nodes), tuple([node.start for node in nodes]))


def _heading(clean: CleanText, draft: _Draft, end: int) -> tuple[str, int]:
    """Text after the marker up to 。 or the line's end, and where the body begins; an annex takes the next lines."""
    text = clean.text
    if draft.rank in (TABLE, TITLED_TABLE, ROW):
        return "", draft.start
    start = draft.heading_start
    stop = text.find("\n", start, end)
    stop = end if stop < 0 else stop
    if draft.rank == ANNEX:
        return _annex_title(clean, start, end)
    full = text.find("。", start, stop)
    if full >= 0:
        return clean.printed[start:full].strip(), full + 1
    return clean.printed[start:stop].strip(), min(stop + 1, end)


def _annex_title(clean: CleanText, start: int, end: int) -> tuple[str, int]:
    """The lines under 附件1 up to the first sentence or numbered line, joined: a title printed in one to three lines."""
    text, at = clean.text, start
    lines: list[str] = []
    while at < end and len(lines) < 3:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop].strip()
        if line:
            if _TITLE_STOP.search(line) or len(line) > 45 or (lines and read_marker(text, at, stop)):
                break
            if lines and lines[-1].endswith(("方案", "表", "名单", "清单", "计划", "措施", "办法", "分工")):
                break
            lines.append(clean.printed[at:stop].strip())
        at = stop + 1
    return "".join(lines), min(at, end)
