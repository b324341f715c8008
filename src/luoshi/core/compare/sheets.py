"""A comparison as sheets of rows for people: Excel and the terminal show the same columns."""

from collections import Counter
from collections.abc import Iterable, Iterator

from luoshi.core.compare.model import (
    RELATION_LABELS,
    SIDES,
    Comparison,
    Duty,
    IndicatorPair,
    Surplus,
    TaskPair,
)
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
    whose,
)
from luoshi.core.plan.model import Indicator
from luoshi.core.plan.spreadsheet import Column, Sheet, Value

NOT_LEVELS = "两份文件不按上下级对照，这一项不列。"


def sheets(c: Comparison) -> tuple[Sheet, ...]:
    """指标, 任务, 加码, 未承接, 说明; rows in the order of their weight, inside that in the order of the text."""
    return (
        Sheet("指标", _indicator_columns(c), tuple(_indicator(c, p) for p in ordered_indicators(c))),
        Sheet("任务", _task_columns(c), tuple(_task(c, p) for p in ordered_tasks(c))),
        Sheet("加码", _surplus_columns(c), tuple(_surpluses(c))),
        Sheet("未承接", _unanswered_columns(), tuple(_unanswered(c))),
        Sheet("说明", (Column("项目", 12), Column("内容", 70)), tuple(_notes(c))),
    )


def ordered_indicators(c: Comparison) -> list[IndicatorPair]:
    weight = {status: n for n, status in enumerate(STATUS_LABELS[c.relation])}
    return sorted(c.indicators, key=lambda p: weight[p.status])


def ordered_tasks(c: Comparison) -> list[TaskPair]:
    weight = {status: n for n, status in enumerate(TASK_LABELS[c.relation])}
    return sorted(c.tasks, key=lambda p: weight[p.status])


def _sources(c: Comparison) -> tuple[Column, ...]:
    """Where both plans say so: all places, the quote compared, its offsets."""
    return tuple(
        Column(side + head, width, False)
        for side in SIDES[c.relation]
        for head, width in (("出处", 16), ("原文", 36), ("起", 7), ("止", 7))
    )


def _indicator_columns(c: Comparison) -> tuple[Column, ...]:
    a, b = SIDES[c.relation]
    return (
        Column("结果", 8), Column("指标", 24), Column(a, 14), Column(b, 14), Column("说明", 36),
        Column("相近度", 6, False), *_sources(c),
    )  # fmt: skip


def _indicator(c: Comparison, p: IndicatorPair) -> tuple[Value, ...]:
    return (
        STATUS_LABELS[c.relation][p.status],
        names_of(p),
        demand(p.said_a),
        demand(p.said_b),
        explain(p, c.relation),
        p.score or None,
        *_said(places(p.a), p.said_a),
        *_said(places(p.b), p.said_b),
    )


def _said(where: str, i: Indicator | None) -> tuple[Value, ...]:
    return (where, i.quote, i.span.start, i.span.end) if i else ("", "", None, None)


def _task_columns(c: Comparison) -> tuple[Column, ...]:
    a, b = SIDES[c.relation]
    return (
        Column("结果", 10), Column(f"{a}任务", 22), Column(f"{b}任务", 22), Column(f"{a}单位", 24), Column(f"{b}单位", 24),
        Column("变化", 30), Column("对应依据", 16, False), *_sources(c),
    )  # fmt: skip


def _task(c: Comparison, p: TaskPair) -> tuple[Value, ...]:
    return (
        TASK_LABELS[c.relation][p.status],
        titles(p.a),
        titles(p.b),
        owners_of(p.a),
        owners_of(p.b),
        task_words(p),
        p.evidence,
        *_told(p.a),
        *_told(p.b),
    )


def titles(duties: Iterable[Duty]) -> str:
    return "\n".join(title_of(d) for d in duties)


def _told(duties: tuple[Duty, ...]) -> tuple[Value, ...]:
    if not duties:
        return "", "", None, None
    quotes = "\n".join(d.first.quote for d in duties)
    return "\n".join(map(places, duties)), quotes, duties[0].first.span.start, duties[0].first.span.end


def _surplus_columns(c: Comparison) -> tuple[Column, ...]:
    return (
        Column("类别", 8), Column("内容", 28), Column("上级", 20), Column("下级", 20), Column("说明", 34), *_sources(c),
    )  # fmt: skip


def _surpluses(c: Comparison) -> Iterator[tuple[Value, ...]]:
    for s in c.surpluses:
        yield EXCESS_LABELS[s.kind], *surplus_words(s), *_where(s)
    if c.relation != "levels":
        yield "", NOT_LEVELS, *[""] * (len(_surplus_columns(c)) - 2)


def surplus_words(s: Surplus) -> tuple[str, str, str, str]:
    """(what, the upper plan's word, the lower plan's word, why)."""
    if s.indicator:
        p = s.indicator
        return names_of(p), demand(p.said_a), demand(p.said_b), s.words
    pair = s.task
    if pair is None:
        return "", "", "", s.words
    return titles(pair.b) or titles(pair.a), owners_of(pair.a), owners_of(pair.b), s.words


def _where(s: Surplus) -> tuple[Value, ...]:
    if s.indicator:
        p = s.indicator
        return *_said(places(p.a), p.said_a), *_said(places(p.b), p.said_b)
    return (*_told(s.task.a), *_told(s.task.b)) if s.task else ("", "", None, None) * 2


def _unanswered_columns() -> tuple[Column, ...]:
    return (
        Column("类别", 6), Column("上级要求", 30), Column("目标或责任单位", 30), Column("说明", 30), Column("出处", 14),
        Column("原文", 36, False), Column("起", 7, False), Column("止", 7, False),
    )  # fmt: skip


def _unanswered(c: Comparison) -> Iterator[tuple[Value, ...]]:
    for p in c.unanswered:
        if isinstance(p, IndicatorPair):
            where, quote, start, end = _said(places(p.a), p.said_a)
            yield "指标", p.name, demand(p.said_a), p.reason, where, quote, start, end
        else:
            where, quote, start, end = _told(p.a)
            yield "任务", titles(p.a), owners_of(p.a), "下级没有相应任务", where, quote, start, end
    if c.relation != "levels":
        yield "", NOT_LEVELS, "", "", "", "", None, None


def _notes(c: Comparison) -> Iterator[tuple[Value, ...]]:
    a, b = SIDES[c.relation]
    yield a, f"{whose(c.a)}（{c.a.source.name}）"
    yield b, f"{whose(c.b)}（{c.b.source.name}）"
    yield "关系", relation_words(c)
    for note in c.notes:
        yield "提示", note
    yield "指标", tally(c, "指标")
    yield "任务", tally(c, "任务")
    if c.relation == "levels":
        yield "加码", tally(c, "加码")
        yield "未承接", f"{len(c.unanswered)}项"
    for pair in c.actions:
        if pair.a and pair.b:
            yield "行动对应", f"{pair.a.name} ↔ {pair.b.name}"
    for rule in RULES:
        yield "比法", rule
    for plan in (c.a, c.b):
        yield "文件校验", f"{plan.source.name}　SHA256 {plan.source.sha256}"


def relation_words(c: Comparison) -> str:
    """The relation and where it comes from."""
    label = RELATION_LABELS[c.relation]
    if c.guessed:
        return f"{label}（由文件推断：{c.basis}；不对请用 --relation 指定）"
    return f"{label}（由命令指定）"


def tally(c: Comparison, title: str) -> str:
    """How many of each result, in the order of weight: 要求高于上级 2、与上级一致 6."""
    if title == "加码":
        kinds = Counter(EXCESS_LABELS[s.kind] for s in c.surpluses)
        return "、".join(f"{label} {n}" for label, n in kinds.items()) or "没有"
    labels: list[str] = (
        [STATUS_LABELS[c.relation][p.status] for p in ordered_indicators(c)]
        if title == "指标"
        else [TASK_LABELS[c.relation][p.status] for p in ordered_tasks(c)]
    )
    return "、".join(f"{label} {n}" for label, n in Counter(labels).items()) or "没有"
