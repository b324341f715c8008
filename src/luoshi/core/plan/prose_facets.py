"""Items that are parted by what is said of them: 1.任务目标:… 2.工作举措:… 3.时间安排:… 4.责任分工:….

The parts are no tasks; the item they belong to is, with the owners and the term its parts name.
"""

from collections.abc import Sequence
from functools import reduce

from luoshi.core.pattern import pattern
from luoshi.core.plan.owner_clauses import Place
from luoshi.core.source.markers import ANNEX, TABLE
from luoshi.core.source.outline import Node

_SAID = (
    r"(?:工作|任务|主要|总体|具体|推进|年度|重点|预期|整治|建设|改革|行动|实施|完成|落实|阶段|计划)*"
    r"(?:目标|任务|内容|举措|措施|要求|步骤|进度|时限|时间|期限|节点|标准|成果|路径|方式|范围|对象|现状|依据)"
    r"(?:及|和|与)?(?:目标|任务|内容|举措|措施|要求|步骤|安排|节点|进度|计划)?"
)
_DONE_BY = (
    r"(?:(?:牵头|责任|主责|主办|承办|协办|配合|参与|实施|落实|包联|包保|包抓|分管|联系|县级)+"
    r"(?:单位|部门|领导|人|主体|科室|股室|分工)(?:及(?:责任人|分工))?|(?:任务|职责)分工)"
)
_SAY_WHO = (
    "单位",
    "部门",
    "领导",
    "人",
    "主体",
    "科室",
    "股室",
    "分工",
)  # one of them stands in every part that says who does it
_FACET = pattern(rf"\s*(?:(?P<who>{_DONE_BY})|{_SAID}|(?:进度|工作|时间)安排)\s*(?:[:：。]|$)")


def fold(nodes: Sequence[Node], children: dict[int, list[int]], clauses: dict[int, list[Place]]) -> None:
    """Take the parts out of `children` and give the clauses that stand in them to the item above, as one that ends with it.

    An item is parted when everything below it is a part, one of them says who does it, and no other part names anybody.
    """
    for parent in [i for i in children if i >= 0 and ANNEX < nodes[i].rank < TABLE]:
        below = children.get(parent, [])
        headings = "\n".join([nodes[c].heading for c in below])
        if len(below) < 2 or not any(word in headings for word in _SAY_WHO):
            continue
        kinds = [_FACET.match(nodes[c].heading) for c in below]
        if not all(kinds) or not any(kind and kind["who"] for kind in kinds):
            continue
        said = {c: _within(c, children) for c in below}
        elsewhere = [
            i for c, kind in zip(below, kinds, strict=True) if kind and not kind["who"] for i in said[c]
        ]
        if any(place.clause.named for i in elsewhere for place in clauses.get(i, ())):
            continue
        inside = [i for c in below for i in said[c]]
        places = sorted(
            [place for i in inside for place in clauses.get(i, ())], key=lambda place: place.start
        )
        if not any(place.clause.named for place in places):
            continue
        for i in inside:
            clauses.pop(i, None)
            children.pop(i, None)
        del children[parent]
        whole = reduce(Place.joined, places)
        clauses[parent] = [*clauses.get(parent, ()), whole._replace(end=nodes[parent].end)]


def _within(i: int, children: dict[int, list[int]]) -> list[int]:
    """The node and all below it."""
    return [i, *(inner for c in children.get(i, ()) for inner in _within(c, children))]
