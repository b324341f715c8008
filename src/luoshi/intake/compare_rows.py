"""Two plans set side by side apart from Django: what the worker tells of a comparison, row by row, in the words of the page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from luoshi.core.compare.comparing import compare
from luoshi.core.compare.model import (
    RELATION_LABELS,
    Comparison,
    Duty,
    IndicatorPair,
    Promise,
    Relation,
    TaskPair,
)
from luoshi.core.compare.sheets import ordered_indicators, ordered_tasks, sheets
from luoshi.core.compare.targets import demand
from luoshi.core.compare.wording import (
    EXCESS_LABELS,
    RULES,
    STATUS_LABELS,
    TASK_LABELS,
    explain,
    names_of,
    owners_of,
    places,
    task_words,
    title_of,
)
from luoshi.core.plan.model import Indicator, Plan, Task
from luoshi.core.plan.restore import restore
from luoshi.core.plan.spreadsheet import Sheet
from luoshi.core.source.text import SourceText, Span
from luoshi.ledger.deadlines import printed

Row = dict[str, Any]
MOST_PLACES = 8
"""Places of one promise or duty that a row leads to; the one compared comes first."""
CUT = 28
"""A quote of a task of so many signs is only its beginning."""
UNANSWERED = {"indicator": "指标", "task": "任务"}


def compared(a: Mapping[str, Any], b: Mapping[str, Any], relation: Relation | None) -> dict[str, Any]:
    """The answer of the worker. A paper is {name, format, sha256, text, plan: as export.as_json tells it}.

    {relation, guessed, basis, standing, notes, actions: [[a, b]], tabs: [{slug, label, results: [[slug, label, n]], rows}],
    rules, sheets: [[title, [[head, width]], rows]]}; a row is described at `row`.
    """
    c = compare(_plan(a), _plan(b), relation)
    return {
        "relation": c.relation,
        "guessed": c.guessed,
        "basis": c.basis,
        "standing": standing(c),
        "notes": list(c.notes),
        "actions": [[p.a.name, p.b.name] for p in c.actions if p.a and p.b],
        "tabs": list(_tabs(c)),
        "rules": list(RULES),
        "sheets": [_sheet(c, s) for s in sheets(c)],
    }


def _plan(paper: Mapping[str, Any]) -> Plan:
    source = SourceText(paper["name"], paper["format"], paper["text"], paper["sha256"])
    return restore(paper["plan"], source)


def _sheet(c: Comparison, s: Sheet) -> list[Any]:
    """A sheet as `luoshi compare` writes it; only what it says of the command line is said of the page instead."""
    words = f"{RELATION_LABELS[c.relation]}（{_source(c, '使用人')}）"
    rows = [(row[0], words) if s.title == "说明" and row[0] == "关系" else row for row in s.rows]
    return [s.title, [[column.head, column.width] for column in s.columns], rows]


def _source(c: Comparison, whoever: str) -> str:
    return f"由文件推断：{c.basis}" if c.guessed else f"由{whoever}选定"


def standing(c: Comparison) -> str:
    """How the two stand, and what the relation rests on, in one sentence."""
    words = _standing_of_levels(c) if c.relation == "levels" else _standing(c)
    return f"按{RELATION_LABELS[c.relation]}对照，{words}（关系{_source(c, '您')}）。"


def _standing_of_levels(c: Comparison) -> str:
    kinds = Counter(EXCESS_LABELS[s.kind] for s in c.surpluses)
    more = "、".join(f"{label}{n}项" for label, n in kinds.items())
    surplus = f"下级加码{len(c.surpluses)}项（{more}）" if more else "下级没有加码"
    open_ = f"上级有{len(c.unanswered)}项没有承接" if c.unanswered else "上级的要求都有承接"
    return f"{surplus}，{open_}；{_both(c)}"


def _standing(c: Comparison) -> str:
    labels, found = STATUS_LABELS[c.relation], Counter(p.status for p in c.indicators)
    moved = [f"{labels[s]}{found[s]}项" for s in ("raised", "lowered") if found[s]]
    alone = [f"{labels[s]}{found[s]}项" for s in ("dropped", "new") if found[s]]
    words = _both(c) + "".join(f"、{m}" for m in moved)
    return words + (f"；{'、'.join(alone)}" if alone else "")


def _both(c: Comparison) -> str:
    """How many indicators both plans have, how many of them alike; the same for tasks where they were compared."""
    found = Counter(p.status for p in c.indicators)
    both = len(c.indicators) - found["new"] - found["dropped"]
    label = STATUS_LABELS[c.relation]["same"]
    words = f"两份都有的指标{both}项，其中{label}{found['same']}项" if both else "没有两份都有的指标"
    tasks = sum(1 for p in c.tasks if p.a and p.b)
    return f"对应的任务{tasks}组，{words}" if c.tasks else words


def _tabs(c: Comparison) -> Iterator[dict[str, Any]]:
    indicators = [_indicator(c, p) for p in ordered_indicators(c)]
    yield _tab("indicator", "指标", STATUS_LABELS[c.relation], indicators)
    yield _tab("task", "任务", TASK_LABELS[c.relation], [_task(c, p) for p in ordered_tasks(c)])
    if c.relation == "levels":
        yield _tab("surplus", "加码", EXCESS_LABELS, list(_surpluses(c)))
        yield _tab("unanswered", "未承接", UNANSWERED, [_unanswered(c, p) for p in c.unanswered])


def _tab(slug: str, label: str, labels: Mapping[Any, str], rows: Sequence[Row]) -> dict[str, Any]:
    found = Counter(row["result"] for row in rows)
    results = [[result, words, found[result]] for result, words in labels.items() if found[result]]
    return {"slug": slug, "label": label, "results": results, "rows": rows}


def row(
    result: tuple[str, str],
    name: str,
    words: str,
    a: Iterable[Row],
    b: Iterable[Row],
    why: Sequence[str] = (),
) -> Row:
    """One line of a tab: `result` (slug, label), `name` ("" for tasks), the difference in words, what each plan says,
    why the two were found to be one (score and evidence)."""
    return {
        "result": result[0], "label": result[1], "name": name, "words": words, "a": list(a), "b": list(b),
        "why": [w for w in why if w],
    }  # fmt: skip


def _indicator(c: Comparison, p: IndicatorPair) -> Row:
    result = (p.status, STATUS_LABELS[c.relation][p.status])
    return row(result, names_of(p), explain(p, c.relation), *_promises(c, p), _why(p))


def _why(p: IndicatorPair) -> tuple[str, ...]:
    return (p.evidence, f"名称相近度{p.score:.2f}") if p.a and p.b else ()


def _promises(c: Comparison, p: IndicatorPair) -> tuple[list[Row], list[Row]]:
    """What each plan says; for a promise alone, what the other plan says instead (`loose`)."""
    sides = [_promise(p.a, p.said_a), _promise(p.b, p.said_b)]
    alone = 1 if p.status == "dropped" else 0
    if p.near:
        said = p.near.said
        told = _said(f"{said.name}{demand(said)}", "", said.quote, said.path or "正文", [said.span])
    elif p.mention:
        text = (c.a, c.b)[alone].source.text
        told = _said(text[slice(*p.mention)], "", text[slice(*p.mention)], "", [p.mention])
    else:
        return sides[0], sides[1]
    sides[alone] = [{**told, "loose": True}]
    return sides[0], sides[1]


def _promise(promise: Promise | None, said: Indicator | None) -> list[Row]:
    if promise is None or said is None:
        return []
    return [_said(demand(said), "", said.quote, places(promise), _spans(said, promise.statements))]


def _task(c: Comparison, p: TaskPair) -> Row:
    return row((p.status, TASK_LABELS[c.relation][p.status]), "", task_words(p), *_duties(p), [p.evidence])


def _duties(p: TaskPair) -> tuple[list[Row], list[Row]]:
    return [_duty(d) for d in p.a], [_duty(d) for d in p.b]


def _duty(duty: Duty) -> Row:
    term = f"时限：{printed(duty.deadline)}" if duty.deadline else ""
    detail = "；".join(part for part in (owners_of([duty]), term) if part)
    quote, title = duty.first.quote, title_of(duty)
    told = f"{quote}……" if len(quote) >= CUT else quote
    spans = _spans(duty.first, duty.statements)
    return _said("" if title.rstrip("…") in quote else title, detail, told, places(duty), spans)


def _spans(compared_: Indicator | Task, statements: Iterable[Indicator | Task]) -> list[Span]:
    return list(dict.fromkeys([compared_.span, *(s.span for s in statements)]))


def _said(title: str, detail: str, quote: str, where: str, spans: Sequence[Span]) -> Row:
    """What one plan says: target or title ("" where the quote says it), owners and term, the quote, its outline paths, its
    places."""
    return {
        "title": title, "detail": detail, "quote": quote, "where": where, "places": [list(s) for s in spans[:MOST_PLACES]],
    }  # fmt: skip


def _surpluses(c: Comparison) -> Iterator[Row]:
    for s in c.surpluses:
        result = (s.kind, EXCESS_LABELS[s.kind])
        if s.indicator:
            yield row(result, names_of(s.indicator), s.words, *_promises(c, s.indicator), _why(s.indicator))
        elif s.task:
            yield row(result, "", s.words, *_duties(s.task), [s.task.evidence])


def _unanswered(c: Comparison, p: IndicatorPair | TaskPair) -> Row:
    if isinstance(p, IndicatorPair):
        return row(("indicator", UNANSWERED["indicator"]), p.name, p.reason, *_promises(c, p))
    return row(("task", UNANSWERED["task"]), "", "下级没有相应任务", *_duties(p))
