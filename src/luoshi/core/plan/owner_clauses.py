"""Where the paper names owners outside tables: brackets, lines of their own, last sentences.

A bracket counts when it says 牵头/负责/责任单位:, or when it closes a paragraph and holds nothing but names
(…。(县发改局、县财政局)). Labels (责任单位:…, 完成时限:…) count at the head of a line or of a sentence.
"""

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.plan.owners import (
    Clause,
    Named,
    is_label_alone,
    opens_with_label,
    read_clause,
    tells_owners,
)
from luoshi.core.plan.paper import Paper
from luoshi.core.units.names import is_unit_like


class Place(NamedTuple):
    """A clause in the clean text: [start, end) with its brackets, and what it says.
    `label`: it stands on a line of its own, not in brackets."""

    start: int
    end: int
    clause: Clause
    label: bool

    def joined(self, other: "Place") -> "Place":
        """The two as one; `other` follows with nothing between."""
        a, b = self.clause, other.clause
        both = Clause(a.named + b.named, a.open_ended or b.open_ended, a.people + b.people, a.due or b.due)
        return Place(self.start, other.end, both, self.label and other.label)

    def charged_to(self, other: "Place") -> "Place":
        """This clause with the units of `other` before its own."""
        mine = {name.name for name in self.clause.named}
        first = tuple(name for name in other.clause.named if name.name not in mine)
        return self._replace(clause=self.clause._replace(named=first + self.clause.named))

    def led_by(self, other: "Place") -> "Place":
        """This clause with the people that `other` names."""
        return self._replace(clause=self.clause._replace(people=other.clause.people))


_ROUND = pattern(r"\([^()]{0,600}(?:\([^()]{0,120}\)[^()]{0,600}){0,60}\)")
_SQUARE = pattern(r"\[[^\[\]]{3,600}\]|【[^【】]{3,600}】|〔[^〔〕]{3,600}〕")
# The end of a label (…单位:, …时限】); the label's clause is read from the head of its line or sentence.
_LABEL_END = pattern(
    r"(?:单位|部门|主体|室|机构|地区|局|站所|科所|领导|人员?|同志|时限|时间|期限|节点|要求|安排|分工(?=\s*:)|牵头(?=\s*:)|链长(?=\s*:))(?:[〕\]】)]\s*:?|\s*:|为(?!主))"
)
_LABEL_REACH = 24
_BULLETS = frozenset(" ★▲●■◆◇※·•")
_NUMBER = pattern(r" *(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)]|[①-⑳])(?!\d) *")
_PROSE = frozenset("。!?")
_SENTENCE = pattern(r"[^\n。]+")
_PARAGRAPH = pattern(r"[^\n]{8,}")
_CLOSING = pattern(r"(?<=[。;])[^。;]+[。;]?$")
_ABOVE = ("以上", "上述")
# 以上任务由县城管局牵头,…配合: said of all items above it.
_SUMS_UP = pattern(
    r"(?:以上|上述)(?:各项|各条|[\d一二两三四五六七八九十]{1,3}[项条])?(?:重点|主要)?(?:任务|工作|事项|措施|内容|项目)*(?:均|都|统一)?由[^。\n]{3,160}"
)
_REST = pattern(r"[^\W\d_]{1,6}(?=\n|$)")  # a short line without a stop
_LAST_PIECE = pattern(r"[^、,;:。\s]+$")
# A sentence that opens with names and a duty: (由)县应急局牵头,县水利局配合,…
_SAID = pattern(
    r"(?:(?<=[。;\n])|^)[ ]*(?:\(?[\d一二三四五六七八九十.]{1,6}[.、)][ ]*)?(?P<who>[^。;\n]{3,160}?(?:牵头|负责(?!人))[^。;\n]{0,160})"
)
_DUTY_END = pattern(r".*(?:牵头(?:负责)?|负责|配合|协助|参与)")
_NO_NAME = pattern(r"设在|担任|组成|要|须|应(?!急)|将|把|对|的")
_NAME_LIMIT = 30

_FACILITIES = ("中心", "站", "所", "馆", "园", "社", "基地")  # a unit or a thing that is built
_OF_A_LEVEL = ("省", "市", "县", "区", "州", "旗", "镇", "乡", "各")


def find_clauses(paper: Paper) -> list[Place]:
    """All owner clauses in order, outside tables; clauses with nothing between them are one."""
    text = paper.clean.text
    ranges = [(m.start(), m.end(), False) for m in _ROUND.finditer(text)]
    if any(opens in text for opens in "[【〔"):
        ranges += [(m.start(), m.end(), False) for m in _SQUARE.finditer(text)]
    ranges += [(a, b, True) for a, b in _labelled(text)]
    starts = [table.start for table in paper.tables]
    merged: list[Place] = []
    for start, end, label in sorted(ranges, key=itemgetter(0, 2)):
        t = bisect_right(starts, start) - 1
        last = merged[-1] if merged else None
        if (t >= 0 and start < paper.tables[t].end) or (last and start < last.end):
            continue
        place = (
            Place(start, end, read_clause(text, start, end), True) if label else _bracket(text, start, end)
        )
        if place is None:
            continue
        if last and place.start - last.end < 8 and _is_pause(text[last.end : place.start]):
            merged[-1] = last.joined(place)
        else:
            merged.append(place)
    return merged


def _is_pause(between: str) -> bool:
    return all(sign.isspace() or sign in "。;," for sign in between)


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of clauses that a label opens at the head of a line or of a sentence."""
    stop = 0
    for label in _LABEL_END.finditer(text):
        if label.start() < stop:
            continue
        reach = max(stop, label.start() - _LABEL_REACH)
        head = max(text.rfind(sign, reach, label.start()) for sign in "\n。;") + 1
        if head > 0 or reach == 0:
            if (head == 0 or text[head - 1] == "\n") and (marked := _NUMBER.match(text, head)):
                head = marked.end()
            end = _labelled_end(text, head)
            if end:
                yield head, end
                stop = end


def _labelled_end(text: str, at: int) -> int:
    """Where the clause ends that a label opens at `at`, 0 when none does. It goes on in the next line behind 、 and the
    like, and in the next sentence when that opens with a label too."""
    while text[at : at + 1] in _BULLETS:
        at += 1
    if not opens_with_label(text, at):
        return 0
    sentence = _SENTENCE.match(text, at)
    while sentence:
        at = sentence.end()
        sentence = None
        if text.startswith("\n", at) and (text[at - 1] in "、,及和:" or _cut_name(text, at)):
            sentence = _SENTENCE.match(text, at + 1)
        elif text.startswith("。", at):
            begin = at + 1
            while text.startswith(" ", begin):
                begin += 1
            if opens_with_label(text, begin):
                sentence = _SENTENCE.match(text, at + 1)
    return at + text.startswith("。", at)


def _cut_name(text: str, at: int) -> bool:
    """Whether the line end at `at` cuts a name: 责任单位:…、县自然⏎资源局."""
    rest = _REST.match(text, at + 1)
    head = _LAST_PIECE.search(text, max(0, at - _NAME_LIMIT), at) if rest else None
    if rest is None or head is None or is_unit_like(head.group()) or len(head.group()) < 2:
        return False
    return is_unit_like(head.group() + rest.group())


def _bracket(text: str, start: int, end: int) -> Place | None:
    """The bracket as a clause, if it is one; a note behind 。 inside it is not read."""
    a, b = start + 1, end - 1
    if b - a < 3 or text.find("\n\n", a, b) >= 0 or is_label_alone(text, a, b):
        return None
    note = text.find("。", a, b)
    stop = note if note > 0 else b
    if tells_owners(text, a, stop):
        clause = _read_unwrapped(text, a, stop)
        names = [n.name for n in clause.named]
        if not (names or clause.people) or max(map(len, names), default=0) > _NAME_LIMIT:
            return None
        if names and ":" not in text[a:stop] and not any(map(is_unit_like, names)):
            return None
        return Place(start, end, clause, False)
    if not _closes_line(text, end) or not _PROSE.isdisjoint(text[a:b]) or _names_a_body(text, start):
        return None
    clause = _read_unwrapped(text, a, b)
    return (
        Place(start, end, clause, False)
        if _all_units(clause) and not _explains(text, start, clause)
        else None
    )


def _explains(text: str, start: int, clause: Clause) -> bool:
    """Whether the bracket says in other words what stands before it: 建成服务综合体(社区服务中心)."""
    name = clause.named[0].name
    facility = len(clause.named) == 1 and name.endswith(_FACILITIES) and not name.startswith(_OF_A_LEVEL)
    return facility and text[start - 1] not in "。;!"


def _closes_line(text: str, at: int) -> bool:
    """Whether nothing but stops stands from `at` to the end of the line."""
    stop = text.find("\n", at)
    return not text[at : stop if stop >= 0 else len(text)].strip(" 。;")


def _read_unwrapped(text: str, start: int, end: int) -> Clause:
    """The clause of a bracket; where lines wrap inside it (牵头单/位:…) it is read without its blanks."""
    if text.find("\n", start, end) < 0:
        return read_clause(text, start, end)
    kept = [i for i in range(start, end) if not text[i].isspace()]
    clause = read_clause("".join(text[i] for i in kept))

    def back(a: int, b: int) -> tuple[int, int]:
        return (kept[a], kept[b - 1] + 1) if a < b else (start, start)

    named = [Named(*back(a, b), name, guessed, role) for a, b, name, guessed, role in clause.named]
    people = tuple(back(a, b) for a, b in clause.people)
    return Clause(tuple(named), clause.open_ended, people, back(*clause.due) if clause.due else None)


def _names_a_body(text: str, start: int) -> bool:
    """Whether the bracket belongs to a name: 县商务局(招商服务中心), or a heading of a few signs stands before it."""
    line = text.rfind("\n", 0, start) + 1
    before = _LAST_PIECE.search(text, max(line, start - 40), start)
    body = before.group() if before else ""
    return start - line < 8 or (is_unit_like(body) and not any(map(str.isdigit, body)))


def _all_units(clause: Clause) -> bool:
    """Whether the clause names at least one unit and nothing that looks like anything else."""
    names = [n.name for n in clause.named]
    return bool(names) and all(is_unit_like(name) and 3 <= len(name) <= _NAME_LIMIT for name in names)


def said_in_sentence(text: str, start: int, end: int) -> Place | None:
    """The last sentence of an item that says who does it without brackets: (由)县住建局牵头,县财政局配合."""
    found = None
    for m in _SAID.finditer(text, start, end):
        by = text.rfind("由", m.start("who"), m.end("who"))
        duties = _DUTY_END.match(text, by if by >= 0 else m.start("who"), m.end("who"))
        if duties is None:
            continue
        clause = read_clause(text, duties.start(), duties.end())
        if _all_units(clause) and not any(_NO_NAME.search(n.name) for n in clause.named):
            found = Place(duties.start(), duties.end(), clause, False)
    return found


def sums_up(text: str, start: int, end: int) -> Place | None:
    """The last line of text[start:end] as the clause of all items above it: 以上任务由县城管局牵头,县园林中心配合。"""
    while end > start and text[end - 1].isspace():
        end -= 1
    line = text.rfind("\n", start, end) + 1
    m = _SUMS_UP.match(text, line, end) if text.startswith(_ABOVE, line) and line > start else None
    if m is None or not ("牵头" in m[0] or "负责" in m[0]):
        return None
    return Place(line, m.end(), read_clause(text, line, m.end()), True)


def said_paragraphs(text: str, start: int, end: int) -> list[tuple[int, Place]]:
    """Paragraphs that close with a sentence which only says who does them (…。县工信局牵头,县商务局配合。), each with its end."""
    found = []
    for m in _PARAGRAPH.finditer(text, start, end):
        last = _CLOSING.search(m.group())
        if last and ("牵头" in last.group() or "负责" in last.group()):
            begin = m.start() + last.start()
            place = said_in_sentence(text, begin, m.end())
            opens = place is not None and not text[begin : place.start].strip("。; 由")
            if place and opens and not text[place.end : m.end()].strip("。; "):
                found.append((m.end(), place))
    return found
