"""A comparison as one web page: no script, nothing from outside, prints on A4 across."""

from collections.abc import Iterable, Iterator
from html import escape

from luoshi.core.compare.model import SIDES, Comparison, Duty, IndicatorPair, Surplus, TaskPair
from luoshi.core.compare.sheets import (
    ordered_indicators,
    ordered_tasks,
    relation_words,
    surplus_words,
    tally,
    titles,
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
    whose,
)
from luoshi.core.plan.model import Indicator

STYLE = """
@page { size: A4 landscape; margin: 14mm 12mm; }
body { font: 14px/1.55 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a; margin: 1.5rem auto; max-width: 78rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .6rem; } h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1rem; } dt { color: #555; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; } thead { display: table-header-group; }
th, td { border: 1px solid #b8bfc8; padding: .3rem .45rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #e8eef7; } tr { break-inside: avoid; }
td:first-child { font-weight: 600; } .quote { display: block; color: #555; font-size: .86em; } .where { color: #777; }
.raised, .target { background: #fdf0e4; } .lowered { background: #e8f0f9; } .rebased { background: #fff8de; }
.narrow { width: 7.5em; } .middle { width: 15em; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.35; } th, td { padding: .15rem .35rem; } a { color: inherit; } }
"""


def page(found: Comparison, width: int) -> bytes:
    """The whole page."""
    return "\n".join(_lines(found)).encode()


def _lines(c: Comparison) -> Iterator[str]:
    sides = SIDES[c.relation]
    yield '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>方案对照</title>'
    yield f"<style>{STYLE}</style></head><body><h1>方案对照</h1>"
    yield from _facts(c)
    yield "<h2>指标</h2>"
    yield from _table(
        ("结果", "指标", *sides, "说明"), (_indicator(c, p) for p in ordered_indicators(c)), "没有读出指标。"
    )
    yield "<h2>任务</h2>"
    yield from _table(("结果", "变化", *sides), (_task(c, p) for p in ordered_tasks(c)), "没有读出任务。")
    if c.relation == "levels":
        yield "<h2>加码</h2>"
        yield from _table(("类别", "内容", *sides, "说明"), map(_surplus, c.surpluses), "没有发现加码。")
        yield "<h2>未承接</h2>"
        yield from _table(
            ("类别", "上级要求", "目标或责任单位", "说明"),
            map(_unanswered, c.unanswered),
            "上级的指标和任务下级都有对应。",
        )
    yield "<h2>比法</h2><ul>"
    yield from (f"<li>{escape(rule)}</li>" for rule in RULES)
    yield "</ul></body></html>"


def _facts(c: Comparison) -> Iterator[str]:
    rows = [
        *((s, f"{whose(p)}（{p.source.name}）") for s, p in zip(SIDES[c.relation], (c.a, c.b), strict=True)),
        ("关系", relation_words(c)),
        *(("提示", note) for note in c.notes),
        ("指标", tally(c, "指标")),
        ("任务", tally(c, "任务")),
    ]
    if c.relation == "levels":
        rows += [("加码", tally(c, "加码")), ("未承接", f"{len(c.unanswered)}项")]
    yield "<dl>"
    yield from (f"<dt>{escape(head)}</dt><dd>{escape(words)}</dd>" for head, words in rows)
    yield "</dl>"


def _table(heads: Iterable[str], rows: Iterable[str], empty: str) -> Iterator[str]:
    body = list(rows)
    if not body:
        yield f"<p>{escape(empty)}</p>"
        return
    yield "<table><thead><tr>"
    yield from (
        f'<th class="{"narrow" if n == 0 else "middle" if n == 1 else ""}">{escape(head)}</th>'
        for n, head in enumerate(heads)
    )
    yield "</tr></thead><tbody>"
    yield from body
    yield "</tbody></table>"


def _row(look: str, *cells: str) -> str:
    return f'<tr class="{look}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _indicator(c: Comparison, p: IndicatorPair) -> str:
    said = ((p.a, p.said_a), (p.b, p.said_b))
    return _row(
        p.status,
        escape(STATUS_LABELS[c.relation][p.status]),
        escape(names_of(p)),
        *(_said(i, places(promise)) for promise, i in said),
        escape(explain(p, c.relation)),
    )


def _said(i: Indicator | None, where: str) -> str:
    """The target, the quote it was read from, and its places."""
    return escape(demand(i)) + _quoted(i.quote, where) if i else "—"


def _quoted(quote: str, where: str) -> str:
    return (
        f'<span class="quote">原文：{escape(quote)}　<span class="where">出处：{escape(where)}</span></span>'
    )


def _task(c: Comparison, p: TaskPair) -> str:
    why = escape(task_words(p)) + (f'<span class="quote">{escape(p.evidence)}</span>' if p.evidence else "")
    return _row(p.status, escape(TASK_LABELS[c.relation][p.status]), why, _duties(p.a), _duties(p.b))


def _duties(duties: tuple[Duty, ...]) -> str:
    told = [
        f"<b>{escape(titles([d]))}</b><br>{escape(owners_of([d]))}{_quoted(d.first.quote, places(d))}"
        for d in duties
    ]
    return "".join(told) or "—"


def _surplus(s: Surplus) -> str:
    what, above, below, words = surplus_words(s)
    if s.indicator:
        p = s.indicator
        sides = (_said(p.said_a, places(p.a)), _said(p.said_b, places(p.b)))
    elif s.task:
        sides = (_duties(s.task.a), _duties(s.task.b))
    else:
        sides = (escape(above), escape(below))
    return _row(s.kind, EXCESS_LABELS[s.kind], escape(what), *sides, escape(words))


def _unanswered(p: IndicatorPair | TaskPair) -> str:
    if isinstance(p, IndicatorPair):
        return _row("", "指标", escape(p.name), _said(p.said_a, places(p.a)), escape(p.reason))
    return _row("", "任务", escape(titles(p.a)), _duties(p.a), "下级没有相应任务")
