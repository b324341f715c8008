"""对照 on the web: which two papers, and what the worker finds between them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.machine import Denial
from luoshi.intake.borrowed import Borrowed, fetch
from luoshi.intake.drafting import BLANK, PLURAL
from luoshi.intake.models import DraftItem
from luoshi.intake.reader import Received, UnreadableFile, compare_papers, read_unchecked
from luoshi.intake.services.receiving import refuse_endless
from luoshi.journal.moves import Refused
from luoshi.ledger.deadlines import last_day
from luoshi.ledger.models import Plan, SourceFile, SourceText
from luoshi.org.requests import whole

SHOWN = ("review", "adopted", "closed")
MONTH = re.compile(r"\d{4}-\d{1,2}")
NO_DOCUMENT = {"title": None, "number": None, "issuer": None, "date": None, "year": None, "doubts": []}
TOO_SLOW = "这两份方案太长，30秒内没有比完，已停止。请各按章节拆开后再对照。"
BROKEN = "对照时程序意外中断，没有得出结果。请稍后再试，仍不行请把两份方案的名称告诉系统管理员。"
NOT_YOURS = (
    "方案对照由经办方案的岗位使用，系统管理员、安全管理员和审计员不能查看方案，如有需要请与综合协调组联系。"
)


def may_compare(actor: Actor) -> Denial | None:
    """Why this person may not compare; None for every post that sees plans."""
    return None if actor.holds(*BUSINESS_POSTS) else Denial("not_you", NOT_YOURS)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two papers: a stored plan, or a borrowed one. `key` names it in the address."""

    key: str
    title: str
    source: SourceText
    plan: Plan | None = None
    borrowed: Borrowed | None = None

    @property
    def facts(self) -> list[str]:
        """Number, issuer and year, as far as known."""
        if self.plan:
            number, issuer, year = self.plan.number, self.plan.issuer, self.plan.year
        else:
            told = self.borrowed.reading["plan"]["document"] if self.borrowed else {}
            number, issuer, year = (told.get(name) for name in ("number", "issuer", "year"))
        return [word for word in (number, issuer, f"{year}年度" if year else "") if word]


def plans_to_compare(actor: Actor) -> QuerySet[Plan]:
    """Plans from review on."""
    return Plan.objects.visible_to(actor).filter(state__in=SHOWN)


def find_sides(actor: Actor, keys: Sequence[str]) -> list[Side]:
    """The papers that the address names, in one query. Raises Plan.DoesNotExist, and Gone for a borrowed one."""
    numbers = {key: whole(key) for key in keys}
    wanted = [pk for pk in numbers.values() if pk is not None]
    known = plans_to_compare(actor).select_related("source").filter(pk__in=wanted)
    plans = {plan.pk: plan for plan in known} if wanted else {}
    found = []
    for key, pk in numbers.items():
        if pk is None:
            found.append(_borrowed_side(fetch(key, actor)))
        elif pk in plans:
            found.append(Side(key, plans[pk].title, plans[pk].source, plan=plans[pk]))
        else:
            raise Plan.DoesNotExist
    return found


def _borrowed_side(borrowed: Borrowed) -> Side:
    source, outline = borrowed.reading["source"], borrowed.reading["plan"]["outline"]
    text = SourceText(
        text=source["text"], outline=outline, furniture=source["furniture"], grids=source["grids"]
    )
    return Side(borrowed.token, borrowed.title, text, borrowed=borrowed)


def read_paper(files: Sequence[Received]) -> dict[str, Any]:
    """Read files for comparing only; nothing is kept. Raises UnreadableFile."""
    reading = read_unchecked(files)
    refuse_endless(reading)
    return reading


def comparison(sides: Sequence[Side], relation: str) -> Mapping[str, Any]:
    """What compare_rows.compared tells of the two; `relation` "" asks to guess. Raises Refused when it takes too long."""
    papers = [*_papers(sides), relation or None]
    return _compared(json.dumps(papers, ensure_ascii=False))


@lru_cache(maxsize=4)
def _compared(told: str) -> dict[str, Any]:
    """The worker's answer, kept by the words of the question: filters, tabs and the workbook ask it again."""
    try:
        return compare_papers(*json.loads(told))
    except UnreadableFile as error:
        raise Refused(TOO_SLOW if error.code in ("too-slow", "too-big") else BROKEN) from error


def _papers(sides: Sequence[Side]) -> list[dict[str, Any]]:
    """Both papers as the worker wants them; stored plans out of their items, corrections included, in two queries."""
    plans = [side.plan for side in sides if side.plan]
    items: dict[int, list[DraftItem]] = {plan.pk: [] for plan in plans}
    files: dict[int, list[SourceFile]] = {plan.pk: [] for plan in plans}
    if plans:
        for item in DraftItem.objects.filter(plan__in=plans).exclude(status="deleted"):
            items[item.plan_id].append(item)
        for file in SourceFile.objects.filter(plan__in=plans):
            files[file.plan_id].append(file)
    return [
        _stored(side.plan, items[side.plan.pk], files[side.plan.pk]) if side.plan else _lent(side.borrowed)
        for side in sides
    ]


def _lent(borrowed: Borrowed | None) -> dict[str, Any]:
    if borrowed is None:
        raise ValueError("a side without a plan is a borrowed one")
    source = borrowed.reading["source"]
    named = {name: source[name] for name in ("name", "format", "sha256", "text")}
    return {**named, "plan": borrowed.reading["plan"]}


def _stored(plan: Plan, items: Sequence[DraftItem], files: Sequence[SourceFile]) -> dict[str, Any]:
    """A stored plan as core.plan.export would tell it now; name and hash as loaders.join gives them."""
    told: dict[str, Any] = {plural: [] for plural in PLURAL.values()}
    told |= {"document": {**NO_DOCUMENT, "title": plan.title}, "outline": plan.source.outline}
    for item in items:
        if item.kind == "document":
            told["document"] = {**NO_DOCUMENT, **item.data}
        else:
            told[PLURAL[item.kind]].append(_item(item))
    hashes = [file.sha256 for file in files]
    joined = hashes[0] if len(hashes) == 1 else sha256("".join(hashes).encode()).hexdigest()
    named = (
        {"name": files[0].name, "format": files[0].format} if files else {"name": plan.title, "format": "txt"}
    )
    return {**named, "sha256": joined, "text": plan.source.text, "plan": told}


def _item(item: DraftItem) -> dict[str, Any]:
    """One item in the form of core.plan.export. A term that a person wrote as a month is its last day, as the reader
    writes it."""
    data = {**BLANK[item.kind], "heading": None, "path": "", "quote": "", **item.data}
    term = data.get("deadline") or ""
    if MONTH.fullmatch(term) and (day := last_day(term)):
        data["deadline"] = day.isoformat()
    return {**data, "start": item.start, "end": item.end, "doubts": item.open_doubts}
