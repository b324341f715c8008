"""Lists of papers, the year's count, one number's receipt, and whether an issued paper is still what it was."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from luoshi.bulletins.models import Bulletin
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.bulletin import BULLETIN, OPEN
from luoshi.core.plan.wording import number
from luoshi.core.writing.draft import Piece, Ref
from luoshi.core.writing.facts import WORDS, Facts
from luoshi.core.writing.kinds import KINDS, counts_as_paper
from luoshi.ledger.models import Indicator, Task

CELLS = {
    "target": "目标",
    "actual": "本期完成",
    "expected": "应完成",
    "gap": "差距",
    "points": "得分",
    "place": "位次",
}


def papers(actor: Actor, kind: str = "", state: str = "", words: str = "") -> QuerySet[Bulletin]:
    """The papers to list, the newest first."""
    found = Bulletin.objects.visible_to(actor).select_related("plan").defer("facts", "draft")
    if kind in KINDS:
        found = found.filter(kind=kind)
    if state in BULLETIN.states:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
    return found


@dataclass(frozen=True, slots=True)
class YearLine:
    """How many papers a year had: those that count (文种), briefs apart."""

    year: int
    counted: int
    briefs: int


def years(actor: Actor) -> list[YearLine]:
    """Issued papers by year, in one query."""
    counted = Q(kind__in=[slug for slug in KINDS if counts_as_paper(slug)])
    rows = (
        Bulletin.objects.filter(
            government_id=actor.government_id, issued_at__isnull=False, year__isnull=False
        )
        .order_by()
        .values("year")
        .annotate(counted=Count("pk", counted), briefs=Count("pk", ~counted))
        .order_by("-year")
    )
    return [YearLine(row["year"] or 0, row["counted"], row["briefs"]) for row in rows]


def waiting(actor: Actor) -> QuerySet[Bulletin]:
    """Papers whose next step is this person's: to sign for leaders, the other steps for the office."""
    states = []
    if actor.holds("office"):
        states += ["signed", "numbered"]
    if actor.holds(*BULLETIN.moves["sign"].posts):
        states.append("reviewed")
    if not states:
        return Bulletin.objects.none()
    found = Bulletin.objects.filter(government_id=actor.government_id, state__in=states)
    return found.defer("facts", "draft")


@dataclass(frozen=True, slots=True)
class Source:
    """One row behind a number: its words, where they stand in the plan, how it was judged, what was reported."""

    text: str
    quote: str
    word: str
    said: str
    plan_id: int
    task_id: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a number came from, in words, with the rows."""

    name: str
    text: str
    drafted: str
    reason: str
    how: str
    sources: tuple[Source, ...]
    cells: tuple[str, ...] = ()


def receipt(bulletin: Bulletin, piece: Piece) -> Receipt:
    """The receipt of one number: two queries."""
    assert piece.ref is not None
    rows = tuple(_sources(bulletin.plan_id, piece.ref.rows, _stood(bulletin.known)))
    cells = tuple(_cells(bulletin.known, piece.ref))
    how = _scored(bulletin.known, piece.ref) if cells else _how(piece)
    name = CELLS.get(piece.ref.name, piece.ref.name)
    return Receipt(name, piece.text, piece.drafted, piece.reason, how, rows, cells)


def _cells(facts: Facts, ref: Ref) -> Iterator[str]:
    """The lines of the score sheet behind a number, each with the cell it is read from."""
    letter = facts.sheet.letters.get
    for row in facts.scores:
        if row.key in ref.rows:
            head = "等次" if ref.rule.startswith("scored ") else "单位" if ref.rule == "scored" else "得分"
            group = f"{row.group}，" if row.group else ""
            said = f"{group}{row.unit}，{number(row.points)}分" + (f"，{row.grade}" if row.grade else "")
            yield f"第{row.row}行（{letter(head, '')}{row.row}格）：{said}"


def _scored(facts: Facts, ref: Ref) -> str:
    """How a number of an assessment came about."""
    many = len(ref.rows)
    sheet = f"得分表《{facts.sheet.name}》"
    word, _, rule = ref.rule.partition(" ")
    return {
        "scored": f"数出来的：{sheet}里{f'等次是“{rule}”' if rule else ''}的单位，共{many}个。",
        "mean": f"算出来的：{sheet}里这{many}个单位得分的平均数，四舍五入到两位小数。",
        "groups": f"数出来的：{sheet}里不同的组别。",
    }.get(
        word,
        f"算出来的：按{sheet}同组各单位得分由高到低排，得分相同的并列。"
        if rule == "place"
        else f"取自{sheet}这一格。",
    )


def _stood(facts: Facts) -> dict[str, tuple[str, str]]:
    """How each row stood when the paper was drafted, by key: its word, and what its unit had reported."""
    made = {}
    for task in facts.tasks:
        made[task.key] = (
            WORDS[task.state],
            "；".join(filter(None, (task.progress.rstrip("。；"), task.gap, task.reason))),
        )
    for row in facts.indicators:
        if row.actual is None:
            said = ""
        else:
            said = f"完成{number(row.actual)}{row.unit}" + (f"（{row.source}）" if row.source else "")
        made[row.key] = WORDS[row.state], said
    return made


def _how(piece: Piece) -> str:
    assert piece.ref is not None
    word, _, rule = piece.ref.rule.partition(" ")
    rule = rule.removeprefix("indicators ")
    said = "、".join(WORDS.get(state, "全部") for state in rule.split("+"))
    if word == "count":
        return f"数出来的：{'全部各项' if rule == 'all' else f'评价为“{said}”的各项'}，共{len(piece.ref.rows)}项。"
    if word == "share":
        return f"算出来的：评价为“{said}”的{len(piece.ref.rows)}项占总数的比例，各项占比之和为100%。"
    return f"取自台账这一行的“{CELLS.get(rule, rule)}”。"


def _sources(plan_id: int, keys: tuple[str, ...], stood: dict[str, tuple[str, str]]) -> list[Source]:
    wanted: dict[str, list[int]] = {"task": [], "indicator": []}
    for key in keys:
        kind, _, pk = key.partition(":")
        if kind in wanted:
            wanted[kind].append(int(pk))
    tasks: QuerySet[Task] = QuerySet(Task).filter(plan=plan_id, pk__in=wanted["task"]).order_by("order")
    indicators: QuerySet[Indicator] = (
        QuerySet(Indicator).filter(plan=plan_id, pk__in=wanted["indicator"]).order_by("order")
    )
    made = []
    for task in tasks:
        word, said = stood.get(f"task:{task.pk}", ("", ""))
        made.append(Source(str(task), task.quote, word, said, plan_id, task.pk, task.start, task.end))
    for row in indicators:
        word, said = stood.get(f"indicator:{row.pk}", ("", ""))
        made.append(Source(str(row), row.quote, word, said, plan_id, row.task_id, row.start, row.end))
    return made


def altered(bulletin: Bulletin) -> str:
    """What is no longer as it was issued, in one sentence; "" when all is."""
    name = f"{bulletin.number}《{bulletin.title}》"
    try:
        with bulletin.file.open("rb") as held:
            file_hash = hashlib.sha256(held.read()).hexdigest()
    except (OSError, ValueError):
        return f"{name}的文件找不到了。"
    if file_hash != bulletin.file_hash:
        return f"{name}的文件与印发时不同。"
    if bulletin.sealed(file_hash) != bulletin.digest:
        return f"{name}的事实、文稿或要素与印发时不同。"
    if sheet := bulletin.known.sheet.sha256:
        try:
            with bulletin.score_file.open("rb") as held:
                same = hashlib.sha256(held.read()).hexdigest() == sheet
        except (OSError, ValueError):
            return f"{name}的得分表找不到了。"
        if not same:
            return f"{name}的得分表与起草时不同。"
    return ""


def frozen() -> QuerySet[Bulletin]:
    """Everything that was ever issued."""
    return Bulletin.objects.exclude(issued_at=None).order_by("pk")


__all__ = ["OPEN", "Receipt", "altered", "frozen", "papers", "receipt", "waiting", "years"]
