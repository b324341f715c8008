"""Who answers for a task: owner clauses, owner cells, and the people named beside them.

Read: (X牵头负责,Y、Z等按职责分工负责) · (牵头单位:X,责任单位:Y) · 责任单位:X · X牵头,Y配合 · X(牵头)、Y · X会同Y.
Only printed 牵头/主办/主责 makes a lead: a plan that says just 负责 has named nobody first, and we ask.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from luoshi.core.pattern import HAN, opening, pattern
from luoshi.core.plan.model import Doubt, Owner
from luoshi.core.plan.table_people import read_people
from luoshi.core.records import maker
from luoshi.core.source.clean import CleanText
from luoshi.core.source.text import Span
from luoshi.core.units.names import find_names, is_collective

Role = Literal["lead", "units"]

_KIND = r"(?:单位|部门|主体|科室|股室|处室|机构|地区|局|站所|科所|分工)"
_UNIT_LABEL = (
    r"(?:总|共同|第一|主要|具体|直接|主体)?(?:牵头|主办|承办|协办|主责|责任|配合|协同|协助|协作|参与|参加|负责|落实|实施|支持|成员|执行|主管)"
    rf"(?:和|及|或|、)?(?:责任|配合|参与|负责|承办|落实)?(?:{_KIND}(?:及|和)?(?:责任人)?)"
)
_PEOPLE_LABEL = (
    r"(?:链长|(?:市|县|区|州|政府|党委|党组)*(?:分管|主管|责任|牵头|包联|包保|包抓|挂钩|联系(?!人)|负责|督办|推进)+(?:市|县|区)?(?:级)?"
    r"(?:领导|负责人|责任人|人员|人|同志)(?:姓名)?)"
)
_TIME_LABEL = (
    r"(?:计划|预计|拟|要求)?(?:完成|办结|整改|落实|推进|办理|时间)?(?:时限|时间|期限|节点)(?:要求|安排|节点)?"
)
_LABEL = pattern(
    rf"[〔\[【(]?(?:(?P<unit>{_UNIT_LABEL})|(?P<people>{_PEOPLE_LABEL})|(?P<time>{_TIME_LABEL}))(?:[〕\]】)]?\s*:|为(?!主)|[〕\]】])\s*"
    r"|(?P<bare>牵头|配合|责任|协办|主办|主责|承办|参与|协同|落实):\s*"
    rf"|(?<=[;,。(\s])(?P<other>{HAN}{{2,6}}):\s*",
    searched=True,
)
_LEAD_IN = pattern(
    r"(?:(?:以上|上述)(?:各项|各条|[\d一二两三四五六七八九十]{1,3}[项条])?|第?\d{1,2}(?:[-—~至到、]第?\d{1,2})+[项条款])(?:重点|主要|任务|工作|事项|措施|内容|项目)*(?:均|都|统一)?由?"
)
_LEADS_IN = frozenset("以上第123456789")
_NOTES = ("列", "排", "第一", "首位", "首个", "除")  # how a note on who leads opens
_LABEL_ALONE = pattern(rf"{_UNIT_LABEL}|{_PEOPLE_LABEL}|{_TIME_LABEL}")
_NOT_ALONE = frozenset(":,;。()")
_LABEL_CUE = pattern(rf"(?:{_UNIT_LABEL}|{_TIME_LABEL})\s*:")

_STOP = r"(?=[,;)]|[、。\s]|$)"
_HELPS = f"(?:落实|实施)?{_STOP}"
_DUTY = pattern(
    opening(
        (
            "总牵主",
            r"(?<!\(.)(?:(?<=总)牵头|(?<=牵)头|(?<=主)[办抓])(?:负责(?!人)|抓总|实施|落实|组织实施|组织|推进|协调|办理|抓)?(?!单位|部门|领导)",
        ),
        ("会", "同"),
        ("商", "(?<![工招]商)(?=[省市县区])"),
        ("负", "责(?!人)(?:落实|实施|推进|办理)?"),
        ("配", f"合{_HELPS}"),
        ("协", f"(?:[助同]|(?<!政协)办){_HELPS}"),
        ("参", f"[与加]{_HELPS}"),
        ("组", rf"(?<!\(组)织实施{_STOP}"),
        ("落", rf"(?<!\(落)实{_STOP}"),
        ("实", rf"(?<!\(实)施{_STOP}"),
        ("承", rf"(?<!\(承)办{_STOP}"),
    )
)
# What a duty makes of the names before it, by its first sign; the others (负责, 落实) leave them what they are.
_MAKES: dict[str, Role] = {
    "总": "lead", "牵": "lead", "主": "lead", "会": "lead", "商": "lead", "配": "units", "协": "units", "参": "units",
}  # fmt: skip
# What stands between the last name and its duty; no part of the name.
_MANNER = pattern(
    r"(?:(?:按照?|依据?|根据)(?:各自)?(?:职责|职能|分工)+(?:范围)?内?(?:分工)?|依法|分别|共同|联合|具体|分工|协同|密切|积极|组织|抓好|做好)+$"
)
_MANNER_REACH = 16
_MANNER_ENDS = frozenset("责能工围内法别同合体切极织好")
_MARK = pattern(
    r"\((?P<lead>总?牵头(?:单位|部门)?|主办(?:单位)?|主)\)$|\((?:配合|协办|参与|责任)(?:单位|部门)?\)$"
)
_AS = pattern(
    r"(?:作)?为(?=(?:牵头|责任|配合|主办|协办)(?:单位|部门))(?:(?P<lead>牵头|主办)|(?:责任|配合|协办))(?:单位|部门)"
)
_POST = pattern(r"(?:[省市县区州]委|政府|[省市县区州镇乡]长|主任|书记|局长|常委|成员|领导)$")
# 6月底前完成, 持续推进 among the names: a term or a manner, no unit.
_TERM = pattern(r"\d{1,2}月|年底|年内|20\d\d年?|^(?:全年|长期|持续|常年|常态化|适时|每[年月季])|完成$|推进$")
_TERM_SIGNS = frozenset("月年2期续态时季成进")  # one of them stands in every term
_LEVELS = frozenset("省市县区州旗镇乡团各")
_ROUND_SIGNS = pattern(r"[()]")
_EDGE = " \n\r,、;:。〔〕[]【】★▲●■◆◇※·•"


class Named(NamedTuple):
    """A unit of a clause (as units.names.UnitName) with its role; offsets into the text the clause was read from."""

    start: int
    end: int
    name: str
    guessed: bool
    role: Role


_named, _owner, _span = maker(Named), maker(Owner), maker(Span)


class Clause(NamedTuple):
    """What an owner clause says, in offsets of its text.

    people: the ranges behind 责任领导: and the like; due: the range behind 完成时限:, or of a term among the names.
    """

    named: tuple[Named, ...]
    open_ended: bool
    people: tuple[tuple[int, int], ...]
    due: tuple[int, int] | None


class Owners(NamedTuple):
    """A clause as items of the plan: owners with source spans, and the questions it leaves."""

    owners: tuple[Owner, ...] = ()
    open_ended: bool = False
    leaders: tuple[str, ...] = ()
    due: tuple[int, int] | None = None
    doubts: tuple[Doubt, ...] = ()


def read_clause(text: str, start: int = 0, end: int | None = None, role: Role = "units") -> Clause:
    """Read text[start:end] (folded, outer brackets may stay) as an owner clause or an owner cell.

    `role` is the role of names without any duty word (a column headed 牵头单位 gives "lead").
    """
    start, end = _inside(text, start, _before_note(text, start, len(text) if end is None else end))
    if text[start : start + 1] in _LEADS_IN and (lead_in := _LEAD_IN.match(text, start, end)):
        start = lead_in.end()
    reading = _Reading(text)
    labels = list(_LABEL.finditer(text, start, end)) if _ends_label(text[start:end]) else []
    reading.duties(start, labels[0].start() if labels else end, role)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        reading.labelled(label, following.start() if following else end)
    return Clause(tuple(reading.named), reading.open_ended, tuple(reading.people), reading.due)


def _before_note(text: str, start: int, end: int) -> int:
    """Where the names end and a note on how to read all lists begins: (列第一位的为牵头单位,下同)."""
    note = text.rfind("下同", start, end)
    if note < 0:
        opens = text.rfind("(", start, end)
        noted = opens > start and text.startswith(_NOTES, opens + 1) and text.find("牵头", opens, end) > 0
        return opens if noted else end
    opens, stop = text.rfind("(", start, note), text.rfind(";", start, note)
    if stop > opens and text.startswith(_NOTES, stop + 1):
        opens = stop
    return opens if opens > start and not text[note + 2 : end].strip("。)") else end


def opens_with_label(text: str, at: int) -> bool:
    """Whether a label of units, people or a term stands at `at`: 牵头单位:, 【责任领导】, 完成时限为."""
    label = _LABEL.match(text, at)
    if label and label.lastgroup in ("unit", "people", "time"):
        return True
    return text.startswith("牵头", at) and text.startswith(":", _past_blanks(text, at + 2))


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def is_label_alone(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a label with nothing said behind it."""
    return _NOT_ALONE.isdisjoint(text[start:end]) and _LABEL_ALONE.fullmatch(text, start, end) is not None


def tells_owners(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] holds a duty (牵头, 负责 …) or a label of units or of a term."""
    said = text[start:end]
    if "牵头" in said or "配合" in said or "会同" in said or said.count("负责") > said.count("负责人"):
        return True
    return ":" in said and _LABEL_CUE.search(text, start, end) is not None


def _ends_label(text: str) -> bool:
    """Whether one of the signs stands in `text` that every label ends with."""
    return ":" in text or "】" in text or "]" in text or "〕" in text or "为" in text


class _Reading:
    """What has been read of a clause so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.named: list[Named] = []
        self.people: list[tuple[int, int]] = []
        self.due: tuple[int, int] | None = None
        self.open_ended = False

    def labelled(self, label: re.Match[str], stop: int) -> None:
        """What stands behind 牵头单位:, 责任领导:, 完成时限: up to `stop`."""
        start, stop = _inside(self.text, label.end(), stop)
        if label.lastgroup == "time":
            self.due = self.due or (start, stop)
        elif label.lastgroup == "people":
            self.people.append((start, stop))
        elif label.lastgroup != "other":
            lead = any(word in label.group() for word in ("牵头", "主办", "主责"))
            self.duties(start, stop, "lead" if lead else "units")

    def duties(self, start: int, end: int, role: Role) -> None:
        """Names before each duty word take its role; without any duty word they have `role`, after the last one they help."""
        start, end = _inside(self.text, start, end)
        at, duty_seen, with_object = start, False, False
        while at < end:
            duty = _DUTY.search(self.text, at, end)
            stop = duty.start() if duty else end
            named_as = _AS.search(self.text, at, stop) if self.text.find("为", at, stop) >= 0 else None
            mark = named_as or duty
            stop = mark.start() if mark else end
            first = self.text[stop] if mark else ""
            if mark is None:
                given: Role = "units" if duty_seen else role
            elif mark is named_as:
                given = "lead" if mark["lead"] else "units"
            else:
                given = _MAKES.get(first, role)
            self._names(at, self._manner(at, stop), given, with_object)
            duty_seen = mark is not None
            with_object = mark is duty is not None and first not in "会商"
            at = mark.end() if mark else end

    def _manner(self, at: int, stop: int) -> int:
        """Where the names of [at, stop) end and the manner of the duty (按职责分工) begins."""
        ends = stop > at and self.text[stop - 1] in _MANNER_ENDS
        manner = _MANNER.search(self.text, max(at, stop - _MANNER_REACH), stop) if ends else None
        return manner.start() if manner else stop

    def _names(self, at: int, stop: int, role: Role, with_object: bool) -> None:
        """Take in the names of [at, stop). Behind a duty `with_object` the first may be what the duty is about
        (牵头建设平台), no name (会同县财政局)."""
        found, open_ended = find_names(self.text, at, stop)
        self.open_ended = self.open_ended or open_ended
        for start, end, name, guessed in found:
            if with_object and start == at and name[0] not in _LEVELS:
                continue
            is_term, marked, bare = _apart(name)
            if is_term:
                self.due = self.due or (start, end)
            elif marked:
                self.named.append(_named((start, end - (len(name) - len(bare)), bare, guessed, marked)))
            else:
                self.named.append(_named((start, end, name, guessed, role)))


@lru_cache(maxsize=2048)  # names come again as their lists do (units.names)
def _apart(name: str) -> tuple[bool, Role | None, str]:
    """Whether a name is a term, the role in a bracket behind it, and what is left: of 县发改局(牵头) the bracket is a role."""
    mark = _MARK.search(name) if name.endswith(")") else None
    is_term = not _TERM_SIGNS.isdisjoint(name) and _TERM.search(name) is not None
    if mark is None:
        return is_term, None, name
    return is_term, "lead" if mark["lead"] else "units", name[: mark.start()]


def _belongs(text: str, a: int, b: int) -> bool:
    """Whether the last sign of [a, b) closes a bracket of the name: 各村〔社区〕."""
    return text[b - 1] == "〕" and text.count("〔", a, b) >= text.count("〕", a, b)


def _inside(text: str, a: int, b: int) -> tuple[int, int]:
    """[a, b) without edges and without brackets that hold all of it."""
    while True:
        while a < b and text[a] in _EDGE:
            a += 1
        while a < b and text[b - 1] in _EDGE and not _belongs(text, a, b):
            b -= 1
        if b - a >= 2 and text[a] == "(" and _closes(text, a, b) == b - 1:
            a, b = a + 1, b - 1
        elif b > a and text[b - 1] == ")" and text.count("(", a, b) < text.count(")", a, b):
            b -= 1
        elif b > a and text[a] == "(" and text.count("(", a, b) > text.count(")", a, b):
            a += 1
        else:
            return a, b


def _closes(text: str, a: int, b: int) -> int:
    """Where the bracket opened at `a` closes, or -1."""
    depth = 0
    for sign in _ROUND_SIGNS.finditer(text, a, b):
        depth += 1 if sign.group() == "(" else -1
        if depth == 0:
            return sign.start()
    return -1


def read_owners(clean: CleanText, start: int, end: int, role: Role = "units") -> Owners:
    """Read the clean range [start, end) as an owner clause or cell, names as printed."""
    return as_owners(clean, read_clause(clean.text, start, end, role))


def as_owners(clean: CleanText, clause: Clause, alone: bool = True) -> Owners:
    """Names from the printed text, spans in the source, doubts as questions; a unit named twice in a role stays once.
    `alone`: no other clause answers for the task, so that it can be asked who leads."""
    owners: dict[tuple[str, Role], Owner] = {}
    guessed: list[str] = []
    printed, named = clean.printed, clause.named
    shift = clean.shift(named[0].start, named[-1].end) if named else None
    for start, end, name, uncertain, role in named:
        if printed[start:end] != name:
            name = "".join(printed[start:end].split())
        if uncertain:
            guessed.append(name)
        if name and (name, role) not in owners:
            span = clean.span(start, end) if shift is None else _span((start + shift, end + shift))
            owners[name, role] = _owner((name, role, span))
    found = tuple(owners.values())
    leaders = tuple(dict.fromkeys([name for a, b in clause.people for name in _leaders(clean.text[a:b])]))
    doubts = _questions(found, guessed, clause.open_ended)
    if alone:
        doubts += who_leads(found)
    return Owners(found, clause.open_ended, leaders, clause.due, tuple(doubts))


def _leaders(text: str) -> tuple[str, ...]:
    """The persons named; posts (分管副县长) only where nobody is named."""
    people = read_people(text)
    return tuple(person for person in people if not _POST.search(person)) or people


def _questions(owners: tuple[Owner, ...], guessed: list[str], open_ended: bool) -> list[Doubt]:
    doubts = []
    if guessed:
        question = f"“{''.join(guessed)}”中间缺少顿号，已拆成{'、'.join(guessed)}，对吗？"
        doubts.append(Doubt("split-guessed", question))
    collective = [o.name for o in owners if is_collective(o.name)]
    if collective:
        doubts.append(Doubt("collective", f"“{'”“'.join(collective)}”是统称，具体包括哪些单位？"))
    if open_ended:
        doubts.append(Doubt("open-ended", "责任单位名单以“等”结尾，还有哪些单位？"))
    return doubts


def who_leads(owners: Sequence[Owner]) -> list[Doubt]:
    """The question that owners leave of whom none leads, or more than one."""
    leads = [o.name for o in owners if o.role == "lead"]
    if not leads and len(owners) > 1:
        return [Doubt("lead-guessed", f"没有写明牵头单位，是否以排在第一的“{owners[0].name}”牵头？")]
    if len(leads) > 1:
        return [Doubt("lead-guessed", f"写了{len(leads)}个牵头单位，是否以排在第一的“{leads[0]}”为主？")]
    return []


NO_OWNERS = Owners()
