"""Which items of the outline are tasks, and which owner clause is theirs.

An item's clause closes it; several clauses in one item make several. A clause in a heading serves the items under it, a
clause on a line of its own after the last of several bare items serves them all. An item without a clause among
siblings that have one has lost its owner. In a paper without clauses, items say it in their last sentence (由县住建局牵头), open with
it (县应急局:排查矿山), close with a line of units or stand under chapters headed by units alone (一、县财政局). A chapter that a unit leads
(二、县发改局牵头工作(5项)) charges it with all its items, whoever else they name. No item reaches over the signature of the paper.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.plan.force_places import heads_a_group
from luoshi.core.plan.owner_clauses import Place, find_clauses, said_in_sentence, said_paragraphs, sums_up
from luoshi.core.plan.owners import read_clause
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.prose_facets import fold
from luoshi.core.plan.prose_heads import heading_over, leader_in_heading
from luoshi.core.plan.signature import closing_signature, lines_between
from luoshi.core.source.markers import ARTICLE, SECOND, TABLE, THIRD
from luoshi.core.source.outline import Node
from luoshi.core.units.names import is_collective

_FRAME = pattern(
    r"组织(?:领导|实施|保障|机构|架构)|保障(?:措施|机制)|(?:工作|有关|相关)要求|(?:推进|工作|攻坚|保障)机制|总体要求|目标|指导思想|基本原则"
    r"|职责(?:分工|任务)?$|基本情况|附则|适用范围|背景"
    r"|^(?:加强|强化|严格|严肃|压实)(?:工作|组织|统筹|日常)?(?:领导|调度|督导|督查|督办|考核|问责|纪律|责任)"
)
_TASK_CHAPTER = pattern(r"任务|举措|重点工作|重点项目|实事|政策|(?<!保障)(?<!组织)措施")
_DEEDS = pattern(r"(?:民生|民心|民盼|惠民|利民|为民(?:办)?)实事|实事项目")
_OFFICES = pattern(
    r"(?:[省市县区州旗]|团[省市县区]委|各)[^,;:。()]{1,14}?(?:局|委|办|厅|部|中心|政府|法院|检察院|联|会|大队|公司)$"
)
# What a heading says of the unit it opens with: 县发改局牵头工作(5项), 县教育局负责的任务, 县住建局(8项).
_CHARGED = pattern(
    r"(?P<duty>牵头|主办|主抓|负责|承担|承办)?(?:负责|抓总|推进|落实|办理|承担|承办)?的?(?:重点)?(?:工作|任务|事项|项目)*(?P<count>\(?共?\d{1,3}[项条件个]\)?)?$"
)
_CHARGES = (
    "牵头",
    "主办",
    "主抓",
    "负责",
    "承担",
    "承办",
    "工作",
    "任务",
    "事项",
    "项",
    "条",
    "件",
    "个",
)  # one is in it
_OPENS = pattern(r"[ ]*(?P<who>[^:。;,\n]{3,60}):(?=[^\n]{4})")
_LABEL_LINE = pattern(r"[^。:,;]{2,8}:[^。:;]{2,30}")
_HEADING_LIMIT = 25
_OWN_HEADING = pattern(rf"[^,;:。]{{4,{_HEADING_LIMIT}}}(?<!方案|清单|通知|要点|计划)")
_CHAPTER = pattern(r"[^,;:。]{0,4}(?:任务|举措|措施|要求|目标|机制|组织领导|组织实施|步骤|方案|清单|通知)")
_LEGAL = pattern(r"负责解释|之日起(?:施行|实施|执行)")
_LAST = pattern(r"[^。]*。?\s*$")
_SHARED = pattern(r"以上|上述|\d[项条款]")
_BARE_HEADING = 60  # signs within which the clause of a heading stands
_EDGE = frozenset(" \n\r;。")


class Item(NamedTuple):
    """A task to be: its node, its range and its clause in the clean text; `nth` counts the tasks within one node."""

    node: Node
    start: int
    end: int
    place: Place | None
    nth: int = 0
    inherited: bool = False


def find_items(paper: Paper) -> list[Item]:
    """Every item with owners, its own or inherited, and the items beside them that lack theirs, in order."""
    return sorted(_Search(paper).items(), key=lambda item: item.start)


def find_unowned_items(paper: Paper, title: str) -> list[Item]:
    """For a paper that names no owner anywhere: the numbered items (1., (1)) of its chapters of tasks; of a list of deeds (十件
    民生实事), which has no chapters, every item that tells more than its name."""
    search = _Search(paper)
    if is_list_of_deeds(title) and len(search.children) == 1:
        return [Item(n, n.start, n.end, None) for n in search.nodes if n.rank < TABLE and n.body < n.end]
    return [
        Item(node, node.start, node.end, None)
        for i, node in enumerate(paper.outline.nodes)
        if i not in search.children
        and THIRD <= node.rank < TABLE
        and _among_tasks(paper.outline.ancestors(i))
    ]


def is_list_of_deeds(title: str) -> bool:
    """Whether the title calls the paper a list of the deeds of a year (民生实事)."""
    return _DEEDS.search(title) is not None


def _among_tasks(nodes: list[Node]) -> bool:
    return any(_TASK_CHAPTER.search(above.heading) for above in nodes[1:]) and not _is_frame(nodes)


def _is_frame(nodes: Iterable[Node]) -> bool:
    """Whether one of the headings opens a part that frames the tasks: goals, mechanisms, requirements, duties."""
    return any(_FRAME.search(node.heading) for node in nodes)


class _Search:
    """The outline with its clauses: node index -> children, node index -> clauses in its own text."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.nodes = paper.outline.nodes
        self.children: dict[int, list[int]] = {}
        self.clauses: dict[int, list[Place]] = {}
        for i, node in enumerate(self.nodes):
            self.children.setdefault(node.parent, []).append(i)

    def items(self) -> list[Item]:
        places = find_clauses(self.paper)
        for place in places:
            i = self.paper.outline.index_at(place.start)
            if i >= 0:
                self.clauses.setdefault(i, []).append(place)
        for i in [below[-1] for below in self.children.values() if below[-1] not in self.children]:
            node = self.nodes[i]
            if i not in self.clauses and (whole := sums_up(self.paper.clean.text, node.start, node.end)):
                self.clauses[i] = [whole]
        if not self.clauses and len(places) > 1:
            self._take_as_one(places)
        if not places and all(node.rank >= TABLE for node in self.nodes):
            said = [
                place for _, place in said_paragraphs(self.paper.clean.text, 0, len(self.paper.clean.text))
            ]
            if len(said) > 1:
                self._take_as_one(said)
        fold(self.nodes, self.children, self.clauses)
        items = [item for i in list(self.clauses) for item in self._own(i) if not self._is_group(i)]
        for way in (self._said, self._opened, self._listed, self._under_offices):
            items = items or _several(way())
        items = self._under_charged(items)
        items += self._beside(items)
        return self._signed_off(self._with_leaders(items))

    def _is_group(self, i: int) -> bool:
        """Whether the node names the people of a group that carries the work on (1.项目推进组。组长:…), no task."""
        node = self.nodes[i]
        return heads_a_group(self.paper.clean.text, node.start, node.end) and _is_frame(
            self.paper.outline.ancestors(i)
        )

    def _take_as_one(self, places: list[Place]) -> None:
        """A paper without numbers is one body of items, from the paragraph of its first clause on."""
        text, at = self.paper.clean.text, places[0].start
        lines = lines_between(text, 0, at)
        begin = lines[-1].start if lines else at
        above = lines[-2].text if len(lines) > 2 else ""
        if _OWN_HEADING.fullmatch(above) and not _CHAPTER.fullmatch(above):
            begin = lines[-2].start
        self.nodes = (Node("正文", 1, "", "", begin, len(text), body=begin),)
        self.children, self.clauses = {-1: [0]}, {0: places}

    # --- own clauses ------------------------------------------------------------------------------------

    def _own(self, i: int) -> list[Item]:
        """The tasks that a node's own clauses make."""
        node, places = self.nodes[i], _whole(self.clauses[i])
        if len(places) == 1 and self._below(i):
            place = places[0]
            heads = place.start - node.start < _BARE_HEADING and not self._says_more(node, place)
            if heads:
                leaves = [c for c in self._leaves(i) if c not in self.clauses] if place.clause.named else []
                return [
                    Item(self.nodes[c], self.nodes[c].start, self.nodes[c].end, place, 0, True)
                    for c in leaves
                ]
            if not any(self._has_clause(c) for c in self._below(i)):
                return [Item(node, node.start, node.end, place)]
        begin, items = self._begin(i, len(places) > 1), []
        for nth, place in enumerate(places):
            items.append(Item(node, begin, place.end, place, nth))
            begin = self._next_words(place.end, node.end)
        return items

    def _next_words(self, at: int, end: int) -> int:
        """Where the next item begins, past blanks and past the heading of the next chapter (保障措施)."""
        text = self.paper.clean.text
        while True:
            while at < end and text[at] in _EDGE:
                at += 1
            stop = text.find("\n", at, end)
            if not (0 < stop - at <= _HEADING_LIMIT and _CHAPTER.fullmatch(text, at, stop)):
                return at
            at = stop

    def _below(self, i: int) -> list[int]:
        return [c for c in self.children.get(i, ()) if self.nodes[c].rank < TABLE]

    def _leaves(self, i: int) -> list[int]:
        below = self._below(i)
        return [leaf for c in below for leaf in self._leaves(c)] if below else [i]

    def _has_clause(self, i: int) -> bool:
        return i in self.clauses or any(self._has_clause(c) for c in self.children.get(i, ()))

    def _says_more(self, node: Node, place: Place) -> bool:
        """Whether the node's own text says more than its heading, the clause and other labels (链长:某某)."""
        lines = lines_between(self.paper.clean.text, node.body, max(place.start, node.body))
        return sum(len(line.text) for line in lines if not _LABEL_LINE.fullmatch(line.text)) > 4

    def _begin(self, i: int, several: bool = False) -> int:
        """Where an item begins: at its marker, but at its text where the heading (二、, (一)) stands on a line of its own
        and its text is `several` items, or its siblings divide further: then the text is an item that only lacks a number."""
        node, text = self.nodes[i], self.paper.clean.text
        alone = "\n" in text[max(node.body - 1, node.start) : node.body]
        if not alone or node.rank > SECOND or i in self.children:
            return node.start
        if not several and not any(s in self.children for s in self.children[node.parent]):
            return node.start
        at = node.body
        while at < node.end and text[at] in " \n\r":
            at += 1
        return at

    # --- no clause of their own -------------------------------------------------------------------------

    def _said(self) -> Iterator[Item]:
        """In a paper without clauses: the items whose last sentence says who does them (县应急局牵头,县水利局配合,…)."""
        text = self.paper.clean.text
        for i, node in enumerate(self.nodes):
            if i in self.children or node.rank >= TABLE or node.rank == ARTICLE:
                continue
            if any(text.find(word, node.start, node.end) >= 0 for word in ("牵头", "负责")):
                said = said_paragraphs(text, node.start, node.end)
                if len(said) > 1 and not _is_frame(self.paper.outline.ancestors(i)):
                    begins = [self._begin(i, True), *[place.end for _, place in said]]
                    for nth, (end, place) in enumerate(said):
                        yield Item(node, self._next_words(begins[nth], end), end, place, nth)
                    continue
                sole = said_in_sentence(text, node.start, node.end)
                last = sole and _LAST.match(text, sole.end, node.end)
                if last and not _is_frame(self.paper.outline.ancestors(i)):
                    yield Item(node, self._begin(i), node.end, sole)

    def _opened(self) -> Iterator[Item]:
        """In a paper without clauses: lines that open with who does them (县应急局:排查矿山), each with what follows it."""
        text = self.paper.clean.text
        for i, node in enumerate(self.nodes):
            if i in self.children or node.rank >= TABLE or _is_frame(self.paper.outline.ancestors(i)):
                continue
            heads: list[tuple[int, Place]] = []
            at = node.start
            while 0 <= at < node.end:
                head = at + len(node.marker) if at == node.start else at
                place = self._opens(head, node.end)
                if place:
                    heads.append((at, place))
                at = text.find("\n", head, node.end) + 1 or node.end
            ends = [*(start for start, _ in heads[1:]), node.end]
            for nth, ((start, place), end) in enumerate(zip(heads, ends, strict=False)):
                yield Item(node, start, end, place, nth)

    def _opens(self, at: int, end: int) -> Place | None:
        m = _OPENS.match(self.paper.clean.text, at, end)
        return self._offices(m.start("who"), m.end("who")) if m else None

    def _listed(self) -> Iterator[Item]:
        """In a paper without clauses: items whose last line is a list of units and nothing else."""
        for i, node in enumerate(self.nodes):
            if i in self.children or node.rank >= TABLE:
                continue
            *above, last = lines_between(self.paper.clean.text, node.start, node.end)
            place = self._offices(last.start, last.end) if above else None
            if place:
                yield Item(node, node.start, node.end, place)

    def _offices(self, start: int, end: int) -> Place | None:
        """The range as a clause, when it names offices and nothing else."""
        clause = read_clause(self.paper.clean.text, start, end)
        names = [n.name for n in clause.named]
        offices = names and all(_OFFICES.match(name) or is_collective(name) for name in names)
        return Place(start, end, clause, True) if offices else None

    def _under_offices(self) -> Iterator[Item]:
        """Items of chapters that are headed by units: 一、县农业农村局、县财政局."""
        headed = {i: place for i in self.children if i >= 0 and (place := self._office_heading(i))}
        if len(headed) < 2:
            return
        for i, place in headed.items():
            for c in self._leaves(i):
                yield Item(self.nodes[c], self.nodes[c].start, self.nodes[c].end, place)

    def _office_heading(self, i: int) -> Place | None:
        node = self.nodes[i]
        if node.rank > SECOND or not self._below(i):
            return None
        start = node.start + len(node.marker)
        return self._offices(start, start + len(node.heading))

    def _under_charged(self, items: list[Item]) -> list[Item]:
        """The items of chapters whose headings charge a unit with them: those that name others keep these beside it."""
        headed = {i: place for i in self.children if i >= 0 and (place := self._charged(i))}
        if len(headed) < 2:
            return items
        charged = {self.nodes[c].path: (c, place) for i, place in headed.items() for c in self._leaves(i)}
        found = []
        for item in items:
            _, place = charged.get(item.node.path, (0, None))
            own = item.place
            if place and own and not any(name.role == "lead" for name in own.clause.named):
                item = item._replace(place=own.charged_to(place))
            found.append(item)
        for path in charged.keys() - {item.node.path for item in items}:
            c, place = charged[path]
            found.append(Item(self.nodes[c], self.nodes[c].start, self.nodes[c].end, place))
        return found

    def _charged(self, i: int) -> Place | None:
        """The heading as a clause, when it says that a unit (and nobody else) has these items to do."""
        node = self.nodes[i]
        start = node.start + len(node.marker)
        if node.rank > THIRD or not self._below(i) or not any(word in node.heading for word in _CHARGES):
            return None
        said = _CHARGED.search(self.paper.clean.text, start, start + len(node.heading))
        if not said or not said.group():
            return None
        place = self._offices(start, said.start())
        if place and said["duty"] in ("牵头", "主办"):
            named = tuple(name._replace(role="lead") for name in place.clause.named)
            place = place._replace(clause=place.clause._replace(named=named))
        return place

    def _beside(self, items: list[Item]) -> Iterator[Item]:
        """Items without a clause of their own beside items that have one."""
        taken = {item.node.path for item in items}
        for below in self.children.values():
            leaves = [i for i in below if i not in self.children and self.nodes[i].rank < TABLE]
            owned = [i for i in leaves if self.nodes[i].path in taken]
            ranks = {self.nodes[i].rank for i in owned}
            bare = [i for i in leaves if self.nodes[i].path not in taken and self.nodes[i].rank in ranks]
            shared = self._shared(leaves, owned) if bare and owned else None
            if not owned or (shared is None and len(owned) < len(bare)):
                continue
            for i in bare:
                node = self.nodes[i]
                text = self.paper.clean.text[node.start : node.end]
                if not _is_frame(self.paper.outline.ancestors(i)) and not _LEGAL.search(text):
                    place = shared or said_in_sentence(self.paper.clean.text, node.start, node.end)
                    yield Item(node, node.start, node.end, place, 0, shared is not None)

    def _shared(self, leaves: list[int], owned: list[int]) -> Place | None:
        """The clause after the last of several bare siblings that is meant for all of them."""
        last = leaves[-1]
        place = self.clauses[last][-1] if last in self.clauses else None
        if place is None or owned != [last] or self.nodes[last].parent < 0:
            return None
        said = _SHARED.search(self.paper.clean.text, max(place.start - 2, 0), place.end)
        return place if said or place.label else None

    # --- leaders in headings ----------------------------------------------------------------------------

    def _with_leaders(self, items: list[Item]) -> list[Item]:
        """一、扩大投资(牵头领导:某某): the items under the heading have its leader, unless they name their own."""
        led = [
            (self.nodes[i], place)
            for i, places in self.clauses.items()
            for place in places
            if place.clause.people and not place.clause.named and self._below(i)
        ]
        text = self.paper.clean.text
        heads = [(self.nodes[i], leader_in_heading(text, self.nodes[i])) for i in self.children if i >= 0]
        charged = [(node, place) for node, place in heads if place]
        led += charged if len(charged) > 1 else []
        if not led:
            return items
        above = heading_over(led)
        return [
            item._replace(place=item.place.led_by(heading))
            if item.place and not item.place.clause.people and (heading := above(item.start))
            else item
            for item in items
        ]

    # --- the end of the paper ---------------------------------------------------------------------------

    def _signed_off(self, items: list[Item]) -> list[Item]:
        """The items without the signature, contacts and imprint behind the last of them."""
        signature = closing_signature(self.paper)
        stop = signature.start if signature else len(self.paper.clean.text)
        return [item._replace(end=stop) if item.start < stop < item.end else item for item in items]


def _whole(places: list[Place]) -> list[Place]:
    """The clauses of a node; a term apart from the names (时间:4月23日, 地点:…, 责任单位:…) goes to the clause after it, else before."""
    whole: list[Place] = []
    due: tuple[int, int] | None = None
    for place in places:
        clause = place.clause
        if clause.named or clause.people:
            if due and not clause.due:
                place = place._replace(clause=clause._replace(due=due))
            whole.append(place)
            due = None
        elif whole and due is None and place is places[-1]:
            last = whole.pop()
            term = last.clause.due or clause.due
            whole.append(last._replace(end=place.end, clause=last.clause._replace(due=term)))
        else:
            due = due or clause.due
    return whole or places


def _several(found: Iterable[Item]) -> list[Item]:
    """The items, where there are more than one: one alone is a way of speaking, not the way of the paper."""
    items = list(found)
    return items if len(items) > 1 else []
