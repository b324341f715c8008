"""How two plans are related, read off the documents: 上下级, 两年, 两稿, 两件 (two papers of one place), or 两地
(two places of one level).

Places come from issuer and title, years from the reading. Where a place is not printed, the level it speaks from
(全市, 市委 …) stands in. A county-level city looks like a city: it is taken for the upper level only when the other
plan names it.
"""

from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from luoshi.core.compare.model import Relation
from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.model import Plan

_PLACE = pattern(
    rf"(?:中共)?(?P<name>(?!关于|印发|推进|加快|促进|全面|实施|开展|落实|深化|打[好造赢]|20){HAN}{{2,7}}?)"
    r"(?P<level>自治[区州县]|省|市|县|区|州|旗|镇|街道)(?!级|委政法|域|长|场|容|民)"
)
_DRAFT = pattern(r"征求意见稿|送审稿|讨论稿|草案|草稿|初稿|修改稿|审议稿")
_COMMITTEE = pattern(r"(?<!国家)(?<!发改)(?P<level>[省市州县区旗])委(?!员|托|派|会|办法)")
_SCOPE = pattern(r"[全我](?P<level>[省市州县区旗镇乡])")
_RANK = {
    "省": 4, "自治区": 4, "市": 3, "州": 3, "自治州": 3, "县": 2, "区": 2, "旗": 2, "自治县": 2, "镇": 1,
    "乡": 1, "街道": 1,
}  # fmt: skip
_LEVEL = {5: "国家级", 4: "省级", 3: "市级", 2: "县级", 1: "乡镇级"}
_SAME_TITLE = 0.8
_COPIED = 0.5  # so many items word for word in both make two drafts of one paper


class Guess(NamedTuple):
    """The relation, one Chinese sentence saying from what, and a warning when the order looks wrong."""

    relation: Relation
    basis: str
    warning: str = ""


class Place(NamedTuple):
    """Who speaks: the place's name without its level ("" when not printed), and the rank of the level (0 unknown)."""

    name: str
    rank: int
    printed: str


def guess_relation(a: Plan, b: Plan) -> Guess:
    """The likeliest relation of two plans; every answer says what it stands on."""
    one, other = place_of(a), place_of(b)
    same_place = bool(one.name) and (one.name, one.rank) == (other.name, other.rank)
    years = a.document.year, b.document.year
    if same_place or _copied(a, b) >= _COPIED:
        whose = f"都是{one.printed}的" if same_place else "大段文字相同的"
        if years[0] and years[1] and years[0] != years[1]:
            warning = "前一份的年度比后一份晚，请确认两份文件的次序。" if years[0] > years[1] else ""
            return Guess("years", f"{whose}文件，年度分别为{years[0]}年、{years[1]}年", warning)
        draft = "，其中有标明的稿子" if _DRAFT.search(_names(a) + _names(b)) else ""
        if same_place and not draft and _apart(a, b):
            return Guess("papers", f"{whose}同一年度文件，文号和标题不同")
        return Guess("versions", f"{whose}同一年度文件{draft}")
    if one.rank and other.rank and one.rank != other.rank:
        upper, lower, upper_plan, lower_plan = (
            (one, other, a, b) if one.rank > other.rank else (other, one, b, a)
        )
        if not upper.name or upper.name in lower_plan.source.text:
            warning = "" if upper_plan is a else "后一份看来是上级文件，请把两份文件调换次序再比。"
            words = f"{upper.printed or _LEVEL[upper.rank] + '文件'}在上，{lower.printed or _LEVEL[lower.rank] + '文件'}在下"
            return Guess("levels", words, warning)
    places = "、".join(p.printed or "地名不详" for p in (one, other))
    far = "，年度不同" if years[0] != years[1] else ""
    return Guess("peers", f"两地文件（{places}）{far}，看不出上下级关系")


def _apart(a: Plan, b: Plan) -> bool:
    """Whether two papers of one place and year are two papers, not two drafts of one: other numbers, other titles."""
    one, other = a.document, b.document
    if not (one.number and other.number and one.title and other.title) or one.number == other.number:
        return False
    return SequenceMatcher(None, one.title, other.title).ratio() < _SAME_TITLE


def place_of(plan: Plan) -> Place:
    """The place a plan speaks for, from issuer, then title; else only a level: the lowest committee it names is its
    own (a city's report names 省委 and 市委, never 县委), else the level it calls 全 or 我."""
    if (plan.document.issuer or "").startswith("国务院"):
        return Place("", 5, "国务院")
    for said in (plan.document.issuer, plan.document.title):
        places = _chain(said or "")
        if places:
            name, level = places[-1]
            return Place(name, _RANK[level], "".join(n + x for n, x in places))
    text = plan.source.text
    if committees := {m["level"] for m in _COMMITTEE.finditer(text)}:
        return Place("", min(_RANK[level] for level in committees), "")
    scopes = Counter(m["level"] for m in _SCOPE.finditer(text))
    return Place("", _RANK[max(scopes, key=lambda x: (scopes[x], x))] if scopes else 0, "")


def _chain(said: str) -> list[tuple[str, str]]:
    """云岭市青禾县人民政府 -> 云岭|市, 青禾|县."""
    found, at = [], 0
    while m := _PLACE.match(said, at):
        found.append((m["name"], m["level"]))
        at = m.end()
    return found


def _names(plan: Plan) -> str:
    return f"{plan.document.title or ''}{plan.source.name}{plan.source.text[:200]}"


def _copied(a: Plan, b: Plan) -> float:
    """The share of the smaller plan's items that the other prints in the same words."""
    one, other = (
        {q for q in (*(i.quote for i in p.indicators), *(t.quote for t in p.tasks)) if len(q) >= 8}
        for p in (a, b)
    )
    return len(one & other) / (min(len(one), len(other)) or 1)
