"""Tasks told in prose: the items of the outline that carry an owner clause, and those beside them that lack one.

An item's clause closes it; several clauses in one item make several tasks. A clause in a heading serves the items under
it, a clause on a line of its own after the last of several bare items serves them all (both with a question). An item
without a clause among siblings that have one has lost its owner: it is a task, and we ask.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from luoshi.core.pattern import pattern
from luoshi.core.plan.actions import action_at
from luoshi.core.plan.deadlines import find_deadline, read_due
from luoshi.core.plan.model import Action, Doubt, Owner, Task
from luoshi.core.plan.owner_clauses import Place, find_clauses, said_in_sentence
from luoshi.core.plan.owners import NO_OWNERS, Owners, as_owners
from luoshi.core.plan.paper import Paper
from luoshi.core.source.outline import SECOND, TABLE, THIRD, Node
from luoshi.core.units.names import read_list

_NO_TASKS = pattern(
    r"组织(?:领导|实施|保障)|保障(?:措施|机制)|(?:工作|有关|相关)要求|(?:推进|工作|攻坚|保障)机制|总体要求|目标|指导思想|基本原则|职责(?:分工|任务)?$|基本情况|附则|适用范围|背景"
)
_TASK_CHAPTER = pattern(r"任务|举措|重点工作|重点项目|实事|政策|(?<!保障)(?<!组织)措施")
_FIRST_LEADS = pattern(r"(?:列|排)[在名]?(?:第一位|首位|第一|最前)的?(?:单位|部门)?(?:为|是|作为)?牵头")
_STANDING = pattern(r"以下(?:各项)?均?[需由应]([^。;,()]{3,60}?)(?:负责|落实|参与|配合)")
_SHARED = pattern(r"以上|上述")
_HEADING_LIMIT = 40
_QUOTE_LIMIT = 30
_EDGE = " \n\r;。"


@dataclass(slots=True)
class _Item:
    """A task before its details: node, range and clause in the clean text."""

    node: Node
    start: int
    end: int
    place: Place | None
    nth: int = 0
    inherited: bool = False


def find_prose_tasks(paper: Paper, actions: tuple[Action, ...], year: int | None) -> tuple[Task, ...]:
    """Items with owners (or missing theirs), in the order of the paper."""
    items = _owned_items(paper)
    tasks = [_task(paper, actions, year, item) for item in sorted(items, key=lambda i: i.start)]
    return tuple(_with_standing_notes(paper, tasks))


def find_bare_tasks(paper: Paper, actions: tuple[Action, ...], year: int | None) -> tuple[Task, ...]:
    """For a paper that names no owner anywhere: the numbered items (1., (1)) of its chapters of tasks."""
    nodes = paper.outline.nodes
    parents = {node.parent for node in nodes}
    items = []
    for i, node in enumerate(nodes):
        if i in parents or not THIRD <= node.rank < TABLE:
            continue
        top = paper.outline.ancestors(i)
        if any(_TASK_CHAPTER.search(above.heading) for above in top[1:]) and not _is_frame(top):
            items.append(_Item(node, node.start, node.end, None))
    return tuple(_task(paper, actions, year, item) for item in items)


def _is_frame(nodes: Iterable[Node]) -> bool:
    """Whether one of the headings opens a part that frames the tasks: goals, mechanisms, requirements."""
    return any(_NO_TASKS.search(node.heading) for node in nodes)


def _owned_items(paper: Paper) -> list[_Item]:
    """Every item with a clause, its own or an inherited one, and the items beside them that have none."""
    outline = paper.outline
    children: dict[int, list[int]] = {}
    for i, node in enumerate(outline.nodes):
        children.setdefault(node.parent, []).append(i)
    clauses: dict[int, list[Place]] = {}
    for place in find_clauses(paper):
        clauses.setdefault(outline.index_at(place.start), []).append(place)
    items: list[_Item] = []
    for i in clauses:
        if i >= 0:
            items.extend(_own_items(paper, i, clauses, children))
    if not items:
        items.extend(_said_items(paper, children))
    return [*items, *_bare_items(paper, items, clauses, children)]


def _said_items(paper: Paper, children: dict[int, list[int]]) -> Iterator[_Item]:
    """In a paper without clauses: the items whose sentences say who does them (县应急局牵头,县水利局配合,…)."""
    text, outline = paper.clean.text, paper.outline
    for i, node in enumerate(outline.nodes):
        if i in children or node.rank >= TABLE:
            continue
        if any(text.find(word, node.start, node.end) >= 0 for word in ("牵头", "负责")):
            place = said_in_sentence(text, node.start, node.end)
            if place and not _is_frame(outline.ancestors(i)):
                yield _Item(node, _begin(paper, i, children), node.end, place)


def _bare_items(
    paper: Paper, items: list[_Item], clauses: dict[int, list[Place]], children: dict[int, list[int]]
) -> Iterator[_Item]:
    """Items without a clause of their own beside items that have one."""
    nodes, text = paper.outline.nodes, paper.clean.text
    taken = {item.node.path for item in items}
    for below in children.values():
        leaves = [i for i in below if i not in children and nodes[i].rank < TABLE]
        owned = [i for i in leaves if nodes[i].path in taken]
        ranks = {nodes[i].rank for i in owned}
        bare = [i for i in leaves if nodes[i].path not in taken and nodes[i].rank in ranks]
        if not bare or not owned:
            continue
        shared = _shared(text, nodes, clauses, leaves, owned)
        if shared is None and len(owned) < len(bare):
            continue
        for i in bare:
            if not _is_frame(paper.outline.ancestors(i)):
                found = shared or said_in_sentence(text, nodes[i].start, nodes[i].end)
                yield _Item(nodes[i], nodes[i].start, nodes[i].end, found, 0, shared is not None)


def _shared(
    text: str, nodes: tuple[Node, ...], clauses: dict[int, list[Place]], leaves: list[int], owned: list[int]
) -> Place | None:
    """The clause after the last of several bare siblings that is meant for all of them."""
    last = leaves[-1]
    if owned != [last] or len(leaves) < 2 or nodes[last].parent < 0:
        return None
    place = clauses[last][-1] if last in clauses else None
    if place and (
        _SHARED.search(text, max(place.start - 2, 0), place.end) or (place.label and len(leaves) > 1)
    ):
        return place
    return None


def _own_items(
    paper: Paper, i: int, clauses: dict[int, list[Place]], children: dict[int, list[int]]
) -> list[_Item]:
    """The tasks that a node's own clauses make."""
    node, places = paper.outline.nodes[i], clauses[i]
    below = [c for c in children.get(i, ()) if paper.outline.nodes[c].rank < TABLE]
    if below and len(places) == 1 and not any(_has_clause(paper, c, clauses, children) for c in below):
        bare = places[0].start - node.start < _HEADING_LIMIT + 20 and not _says_more(paper, node, places[0])
        if not bare:
            return [_Item(node, node.start, node.end, places[0])]
    if below and len(places) == 1 and not _says_more(paper, node, places[0]):
        return [
            _Item(leaf, leaf.start, leaf.end, places[0], 0, True)
            for c in _leaves(paper, i, children)
            if c not in clauses and (leaf := paper.outline.nodes[c])
        ]
    begin = _begin(paper, i, children)
    items = []
    for nth, place in enumerate(places):
        items.append(_Item(node, begin, place.end, place, nth))
        begin = place.end
        while begin < node.end and paper.clean.text[begin] in _EDGE:
            begin += 1
    return items


def _has_clause(
    paper: Paper, i: int, clauses: dict[int, list[Place]], children: dict[int, list[int]]
) -> bool:
    return i in clauses or any(_has_clause(paper, c, clauses, children) for c in children.get(i, ()))


def _leaves(paper: Paper, i: int, children: dict[int, list[int]]) -> list[int]:
    below = [c for c in children.get(i, ()) if paper.outline.nodes[c].rank < TABLE]
    return [leaf for c in below for leaf in _leaves(paper, c, children)] if below else [i]


def _says_more(paper: Paper, node: Node, place: Place) -> bool:
    """Whether the node's own text says more than its heading and the clause."""
    said = paper.clean.text[node.body : place.start] if place.start > node.body else ""
    return len(said.strip()) > 4


def _begin(paper: Paper, i: int, children: dict[int, list[int]]) -> int:
    """Where an item begins: at its marker, but at its text where the heading (二、, (一)) stands on a line of its own
    and its siblings divide further, so that the text is an item that only lacks a number."""
    node = paper.outline.nodes[i]
    alone = "\n" in paper.clean.text[max(node.body - 1, node.start) : node.body]
    if not alone or node.rank > SECOND or i in children:
        return node.start
    if any(s in children for s in children[node.parent]):
        at = node.body
        while at < node.end and paper.clean.text[at] in " \n\r":
            at += 1
        return at
    return node.start


def _task(paper: Paper, actions: tuple[Action, ...], year: int | None, item: _Item) -> Task:
    """The item with its words, owners, deadline and questions."""
    clean, text = paper.clean, paper.clean.text
    end = item.end
    while end > item.start and text[end - 1] in " \n\r":
        end -= 1
    place = item.place
    owners = as_owners(clean, place.clause) if place else NO_OWNERS
    said_to = place.start if place and item.start <= place.start < end else end
    due = read_due(text, *owners.due, year) if owners.due else None
    due = due or find_deadline(text, item.start, end, year)
    line = clean.printed[item.start : end].split("\n", 1)[0]
    return Task(
        path=item.node.path if item.nth == 0 else f"{item.node.path}#{item.nth + 1}",
        action=action_at(paper, actions, item.start),
        form="prose",
        heading=_heading(paper, item, said_to),
        quote=line[:_QUOTE_LIMIT].strip(),
        span=clean.span(item.start, end),
        owners=owners.owners,
        open_ended=owners.open_ended,
        leaders=owners.leaders,
        deadline=due.value if due else None,
        doubts=_doubts(item, owners),
    )


def _doubts(item: _Item, owners: Owners) -> tuple[Doubt, ...]:
    if not owners.owners and not owners.leaders:
        return (*owners.doubts, Doubt("no-owner", "这一项没有写责任单位，由谁负责？"))
    if item.inherited:
        names = "、".join(owner.name for owner in owners.owners)
        return (*owners.doubts, Doubt("inherited-owner", f"责任单位“{names}”写在别处，由这一项沿用，对吗？"))
    return owners.doubts


def _heading(paper: Paper, item: _Item, said_to: int) -> str | None:
    """The run-in heading: the first sentence when it is short and more follows, or the heading's own line."""
    heading = item.node.heading
    if item.start > item.node.start and item.nth == 0:
        heading = _first_sentence(paper, item.start, said_to) or heading
    short, colon, _ = heading.replace(":", "：").partition("：")
    if colon and len(short) <= 16:
        return short
    heading = heading.strip("。:： ")
    if not heading or len(heading) > _HEADING_LIMIT:
        return None
    after = paper.clean.text[item.node.body : said_to].strip() if item.start == item.node.start else "…"
    return heading if after or ("," not in heading.replace("，", ",") and len(heading) <= 25) else None


def _first_sentence(paper: Paper, start: int, stop: int) -> str | None:
    end = paper.clean.text.find("。", start, stop)
    return paper.clean.printed[start:end] if 0 <= end - start <= _HEADING_LIMIT // 2 else None


def _with_standing_notes(paper: Paper, tasks: list[Task]) -> list[Task]:
    """列第一位的为牵头单位: the first named leads. 以下均需各区政府落实: it answers for the tasks that follow."""
    text = paper.clean.text
    if _FIRST_LEADS.search(text):
        tasks = [_first_leads(task) for task in tasks]
    note = _STANDING.search(text)
    if note is None:
        return tasks
    names = [paper.clean.printed[u.start : u.end] for u in read_list(text, note.start(1), note.end(1)).units]
    at = paper.clean.span(note.start(), note.end()).end
    return [_with_names(task, names) if task.span.start >= at else task for task in tasks]


def _first_leads(task: Task) -> Task:
    if task.lead or not task.owners:
        return task
    owners = (replace(task.owners[0], role="lead"), *task.owners[1:])
    return replace(task, owners=owners, doubts=tuple(d for d in task.doubts if d.code != "lead-guessed"))


def _with_names(task: Task, names: list[str]) -> Task:
    missing = [name for name in names if name not in task.lead + task.units]
    if not missing:
        return task
    question = f"前文写明以下各项均由“{'、'.join(missing)}”落实，已补入这一项，对吗？"
    return replace(
        task,
        owners=(*task.owners, *(Owner(name, "units") for name in missing)),
        doubts=(*task.doubts, Doubt("inherited-owner", question)),
    )
