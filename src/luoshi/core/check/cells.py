"""What lists and tables lost: names in a name list, owners left in a content cell, titles cut by their column."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.columns import layout_of
from luoshi.core.plan.force_people import looks_like_seat
from luoshi.core.units.names import is_unit_like

_FEW = 300  # titles a table may have for each to be looked for in the whole text
_SEAT = pattern(
    rf"[ ]*(?:(?P<label>{HAN}{{1,6}})[ ]*:)?[ ]*(?P<name>{HAN}{{2,4}})[ ]{{2,}}(?P<post>\S{{3,30}})[ ]*$"
)
_POST_ONLY = pattern(r"[ ]{2,}(?P<post>\S{4,30})[ ]*$")


def missing_names(proof: Proof) -> Iterator[Finding]:
    """Lines of a name list that hold a post and no person, where the lines beside them hold both; a label cut to 长:."""
    run: list[tuple[int, re.Match[str] | None, str]] = []
    at = 0
    for line in (*proof.text.split("\n"), "。"):
        seat = _SEAT.match(line)
        alone = None if seat else _POST_ONLY.match(line)
        if seat and not looks_like_seat(seat["post"]):
            seat = None
        if seat or (alone and run):
            run.append((at, seat, "" if seat else alone["post"] if alone else ""))
        elif line.strip():
            yield from _nameless(proof, run)
            run = []
        at += len(line) + 1


def _nameless(proof: Proof, run: list[tuple[int, re.Match[str] | None, str]]) -> Iterator[Finding]:
    """The findings of one name list: `run` holds (place, seat or None, post without a name) of its lines."""
    posts = {seat["post"].split("、")[0] for _, seat, _ in run if seat}
    if sum(1 for _, seat, _ in run if seat) < 3:
        return
    for at, seat, post in run:
        if seat and seat["label"] == "长":
            message = "职务只剩“长”字，前面像是少了“组”字，请补全。"
            yield proof.finding("word-missing", at + seat.start("label"), at + seat.end("name"), message)
        elif post and post.split("、")[0] in posts:
            start = proof.text.index(post, at)
            message = f"名单中这一行只有职务“{post}”，没有姓名，请补上。"
            yield proof.finding("name-missing", start, start + len(post), message)


def stray_cells(proof: Proof) -> Iterator[Finding]:
    """A bracket with nothing but units left at the end of a content cell; a title cell that lost its end."""
    for table in proof.paper.tables:
        layout = layout_of(table, proof.text)
        if layout is None:
            continue
        titles: Counter[str] = Counter()
        places: dict[str, tuple[int, int]] = {}
        for row in table.rows:
            cell = row.cells[layout.text]
            words = proof.text[cell.start : cell.end]
            m = re.search(r"\(([^()]{3,40})\)\s*$", words)
            if m and layout.owners and all(is_unit_like(x) for x in re.split("[、,]", m[1])):
                message = f"内容栏末尾还留着责任单位“{m.group().strip()}”，请移到责任单位一栏。"
                yield proof.finding("stray-owner", cell.start + m.start(), cell.start + m.end(), message)
            for column in layout.headings:
                title = row.cells[column]
                said = "".join(proof.text[title.start : title.end].split())
                if len(said) >= 4:
                    titles[said] += 1
                    places.setdefault(said, (title.start, title.end))
        order = sorted(titles)
        for said, place in places.items():
            whole = _longer(said, order) or (_goes_on_elsewhere(proof, said) if len(order) <= _FEW else "")
            if whole:
                message = f"标题“{said}”像是没有写完，别处作“{whole}”，请补全。"
                yield proof.finding("title-cut", *place, message, mend=whole)


def _longer(said: str, order: list[str]) -> str:
    """Another title that is this one and one or two signs more; `order` holds all titles sorted."""
    at = bisect_right(order, said)
    following = order[at] if at < len(order) else ""
    return following if following.startswith(said) and len(following) - len(said) <= 2 else ""


def _goes_on_elsewhere(proof: Proof, said: str) -> str:
    """The whole of a title cut by one sign: wherever its last two signs stand, one and the same sign follows."""
    following = Counter(m[1] for m in re.finditer(re.escape(said[-2:]) + r"(.)", proof.text, re.DOTALL))
    following["\n"] -= 1  # the title's own line
    sign, count = following.most_common(1)[0]
    return said + sign if count >= 2 and count == +following.total() and re.match(HAN, sign) else ""
