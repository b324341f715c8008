"""Leaders whom a heading charges with what stands below it: 一、周某某区长主抓重点工作, 二、副县长李某某牵头负责的任务(5项)."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from luoshi.core.pattern import pattern
from luoshi.core.plan.owner_clauses import Place
from luoshi.core.plan.owners import Clause
from luoshi.core.plan.table_people import read_people
from luoshi.core.source.outline import Node

_LONGEST_NAME = 4
_POSTS = ("长", "书记", "主任", "主席", "常委", "同志")  # one of them stands beside every name
_CHARGE = pattern(
    r"(?:主抓|牵头|负责|分管|领衔|包抓|包联|主管|挂帅|督办)(?:负责|推进|落实|抓总|抓)?的?(?:重点|主要)?(?:工作|任务|事项|项目)*(?:\(?共?\d{1,3}[项条件个]\)?)?$"
)


def leader_in_heading(text: str, node: Node) -> Place | None:
    """The one leader, named with a post, whom the heading of `node` charges with its items, as a clause of people."""
    if not any(post in node.heading for post in _POSTS):
        return None
    start = node.start + len(node.marker)
    charge = _CHARGE.search(text, start, start + len(node.heading))
    if charge is None:
        return None
    said = text[start : charge.start()].strip()
    people = read_people(said)
    if len(people) != 1 or people[0] == said or len(people[0]) > _LONGEST_NAME or people[0].endswith(_POSTS):
        return None
    return Place(start, charge.end(), Clause((), False, ((start, charge.start()),), None), True)


def heading_over(led: Sequence[tuple[Node, Place]]) -> Callable[[int], Place | None]:
    """For an offset, the clause of the innermost node of `led` (nodes nest) that begins before it and holds it."""
    ordered = sorted(led, key=lambda pair: (pair[0].start, -pair[0].end))
    starts = [node.start for node, _ in ordered]
    above: list[int] = []
    open_: list[int] = []
    for k, (node, _) in enumerate(ordered):
        while open_ and ordered[open_[-1]][0].end <= node.start:
            open_.pop()
        above.append(open_[-1] if open_ else -1)
        open_.append(k)

    def over(at: int) -> Place | None:
        k = bisect_left(starts, at) - 1
        while k >= 0 and ordered[k][0].end <= at:
            k = above[k]
        return ordered[k][1] if k >= 0 else None

    return over
