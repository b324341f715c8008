"""The programme lines of the plan: 八大行动, 七大攻坚, the chapters of a work report, or the plan's own subject.

Asked in this order: two or more sibling headings that name a programme (…行动, …攻坚, …仗, …工程) in the main paper;
annexes whose titles do; the chapters of a work report's plan for the year; the subject of a title that says a named
programme is carried out (打好经济增长主动仗工作方案, 实施消费提振行动实施方案). A title that only calls the paper a 行动方案, 行动计划 or
攻坚方案 (推动县域经济高质量发展行动方案) names none: that is its kind, and every item would get the plan's own name. A 专班 is a body.
"""

from collections.abc import Callable

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.model import Action, Document
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.prose_items import is_list_of_deeds
from luoshi.core.source.clean import FOLD
from luoshi.core.source.markers import ANNEX, FOURTH, TABLE, THIRD
from luoshi.core.source.outline import Node

_VERBS = r"(?:大力|全面|深入|扎实|持续|着力|坚决|全力|聚力|奋力|统筹|加快|积极|纵深|协同|系统|组织|推动|推进|实施|开展|打好|打赢|抓好|落实|启动|聚焦|突出|关于|的|好)*"
_PROGRAMME = r"行动|攻坚战|攻坚|主动仗|硬仗|仗|保卫战|战役|会战|战|工程|计划|专项整治|整治|提升年|活动|比武"
_NAMED = pattern(rf"{_VERBS}(?P<name>[^,。:;、!]{{2,24}}?(?:{_PROGRAMME}))”?(?=[,。:;!]|\s|$)")
_CARRY_OUT = ("实施", "开展", "打好", "打赢")
_CARRIED_OUT = pattern(
    rf"(?:实施|开展|打好|打赢)(?P<name>[^,。:;、!]{{2,22}}?(?:{_PROGRAMME}))”?(?=[,。:;!]|\s|$)"
)
_PAPER_KIND = r"(?:总体|具体|专项|实施|工作|推进|落实|三年|五年|年度|若干|任务|责任)*(?:方案|计划|意见|措施|办法|要点|细则|清单|分解表|分工|通知)"
_TITLE_TAIL = pattern(rf"{_PAPER_KIND}$")
_BRACKETS = pattern(r"(?:\([^()]*\))+$")
_TITLE_HEAD = pattern(
    rf"^(?:.{{0,40}}?关于)?(?:{HAN}{{2,12}}?(?:省|市|县|区|州|旗|镇|乡|街道|管委会|政府))?(?:20\d\d年度?)?{_VERBS}"
)
_IS_PROGRAMME = pattern(rf"(?:{_PROGRAMME})$")
_CAMPAIGN = pattern(r"(?:行动|攻坚|仗|战)”?$")
_ITSELF = pattern(r"行动(?:计划|方案)$")
_SEVERAL = pattern(r"[二三四五六七八九十][大个]")
_COUNTED = pattern(
    rf"[两二三四五六七八九十][大项个](?P<sort>{HAN}{{2}})(?=[、和及与“”\"]|行动|方案|实施|工作|专项|$)"
)
_NAME_LIMIT = 16
_REPORT = pattern(r"工作报告$")
_YEARLY = pattern(
    r"(?:20\d\d年|今年|全年|新的一年).{0,12}(?:工作|任务|安排|重点|目标)|重点工作|主要任务|工作安排|重点任务"
)
_LOOKS_BACK = pattern(r"回顾|总结|成效|过去|发展历程|总体要求|主要目标")


def find_actions(paper: Paper, document: Document) -> tuple[Action, ...]:
    """The programme lines of the plan, in order; empty when it has none."""
    title = document.title
    if title and _REPORT.search(_plain(title)):
        return _report_chapters(paper)
    return (
        _headings(paper, is_list_of_deeds(title or ""), _sorts(title or ""))
        or _annexes(paper)
        or _subject(paper, title)
    )


def actions_by_place(paper: Paper, actions: tuple[Action, ...]) -> Callable[[int], str | None]:
    """The action that a clean offset belongs to: the heading it stands under, or the annex named after it."""
    if len(actions) == 1:
        return lambda at: actions[0].name
    by_path = {action.path: action.name for action in actions}
    of_node: list[str | None] = []
    for node in paper.outline.nodes:
        if node.path in by_path:
            of_node.append(by_path[node.path])
        elif node.rank == ANNEX:
            heading = node.heading.replace("“", "").replace("”", "")
            of_node.append(max((a.name for a in actions if a.name in heading), key=len, default=None))
        else:
            of_node.append(of_node[node.parent] if node.parent >= 0 else None)
    of_node.append(None)  # before the first heading, index -1
    return lambda at: of_node[paper.outline.index_at(at)]


def _sorts(title: str) -> tuple[str, ...]:
    """What else the title says the plan has several of: 三大攻坚、五项提升 has 提升."""
    several = sum(title.count(sign) for sign in "大项个") > 1  # of one sort alone the words are known
    return tuple(m["sort"] for m in _COUNTED.finditer(title.translate(FOLD))) if several else ()


def _headings(paper: Paper, deeds: bool, sorts: tuple[str, ...]) -> tuple[Action, ...]:
    """The highest group of sibling headings outside annexes of which at least two, and most, name a programme.

    An item without parts (1.实施老旧小区改造工程; in a list of `deeds` any) is a task, unless it is called a campaign (行动, 攻坚, 仗).
    """
    groups: dict[int, list[Node]] = {}
    parts = {node.parent for node in paper.outline.nodes}
    leaves = set()
    for i, node in enumerate(paper.outline.nodes):
        if node.rank == ANNEX:
            break
        if node.rank <= THIRD or (node.rank < FOURTH and i in parts):
            groups.setdefault(node.parent, []).append(node)
        if (node.rank >= THIRD or deeds) and i not in parts:
            leaves.add(node.path)
    for nodes in sorted(groups.values(), key=lambda nodes: nodes[0].rank):
        named = [
            (node, name)
            for node in nodes
            if (name := _programme(node.heading) or _sorted(node, sorts))
            and (node.path not in leaves or _CAMPAIGN.search(name))
        ]
        if len(named) >= 2 and len(named) * 2 > len(nodes):
            return tuple(_action(paper, node, name) for node, name in named)
    return ()


def _sorted(node: Node, sorts: tuple[str, ...]) -> str | None:
    """The heading, where it ends with one of the words that the title counts."""
    heading = node.heading.strip()
    return heading if sorts and heading.endswith(sorts) and len(heading) <= _NAME_LIMIT else None


def _programme(heading: str) -> str | None:
    """The programme that a heading names: its first words without verbs, or what it 实施 or 打好."""
    folded = heading.translate(FOLD)
    m = _NAMED.match(folded)
    if not m and any(word in folded for word in _CARRY_OUT):
        m = _CARRIED_OUT.search(folded)
    name = heading[m.start("name") : m.end("name")] if m else ""
    return (name if "”" in name else name.lstrip("“")) or None


def _annexes(paper: Paper) -> tuple[Action, ...]:
    """Two or more annexes whose titles, less place and kind of paper, name a programme."""
    found = [
        _action(paper, node, name)
        for node in paper.outline.nodes
        if node.rank == ANNEX and (name := _named_subject(node.heading))
    ]
    return tuple(found) if len(found) > 1 else ()


def _action(paper: Paper, node: Node, name: str) -> Action:
    clean = paper.clean
    end = clean.text.find("\n", node.start, node.end)
    end = node.end if end < 0 else end
    stop = clean.text.find("。", node.start, end)
    end = stop + 1 if stop >= 0 else end
    quote = clean.printed[node.start : end].strip()
    return Action(name, quote, clean.span(node.start, node.start + len(quote)), node.path)


def _report_chapters(paper: Paper) -> tuple[Action, ...]:
    """The (一)…(八) under the chapter of a work report that plans the year (the last such chapter)."""
    nodes = paper.outline.nodes
    for i in range(len(nodes) - 1, -1, -1):
        if (
            nodes[i].level == 1
            and _YEARLY.search(nodes[i].heading)
            and not _LOOKS_BACK.search(nodes[i].heading)
        ):
            children = [n for n in nodes if n.parent == i and n.rank < TABLE]
            if children:
                return tuple(_action(paper, n, n.heading) for n in children)
    return ()


def _plain(title: str) -> str:
    """The title without quotation marks and the brackets at its end: （2026—2028年）, （试行）."""
    return _BRACKETS.sub("", title.translate(FOLD).replace("“", "").replace("”", ""))


def _named_subject(title: str) -> str | None:
    """西部县实施消费提振行动工作方案 -> 消费提振行动; None when the rest names no programme."""
    plain = _plain(title)
    body = plain[:-2] if plain.endswith(("行动计划", "行动方案")) else _TITLE_TAIL.sub("", plain)
    body = _TITLE_HEAD.sub("", body)
    return body if 2 < len(body) <= _NAME_LIMIT and _IS_PROGRAMME.search(body) else None


def _subject(paper: Paper, title: str | None) -> tuple[Action, ...]:
    """The plan's own subject, where its title says that one named programme is carried out."""
    plain = _plain(title or "")
    body = _TITLE_TAIL.sub("", plain)
    if not title or _ITSELF.search(plain) or not any(word in body for word in _CARRY_OUT):
        return ()
    name = _named_subject(title)
    if not name or _SEVERAL.search(name):
        return ()
    squeezed = paper.clean.printed.find(title)
    start = max(squeezed, 0)
    end = start + len(title) if squeezed >= 0 else start
    return (Action(name, title, paper.clean.span(start, end)),)
