"""Findings as one page of HTML that stands alone and prints on A4: no script, nothing from elsewhere."""

from collections.abc import Iterable, Iterator
from html import escape

from luoshi.cli.check import Result
from luoshi.cli.places import Places
from luoshi.core.check.export import counted
from luoshi.core.check.findings import SEVERITIES, Finding, rules

AROUND = 36  # signs shown before and after a spot
STYLE = """
@page { size: A4; margin: 18mm 16mm }
body { font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1f2933; max-width: 60em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.4em; margin: 0 0 .2em } h2 { font-size: 1.1em; border-bottom: 1px solid #cbd2d9; margin: 1.6em 0 .4em; padding-bottom: .2em }
.sum { color: #52606d } article { border-left: 4px solid #9aa5b1; padding: .2em 0 .2em .8em; margin: .8em 0; break-inside: avoid }
article.error { border-color: #b42318 } article.warning { border-color: #b54708 } article.hint { border-color: #2f5d9b }
h3 { font-size: 1em; margin: 0 } .word { font-weight: 700 } .error .word { color: #b42318 } .warning .word { color: #b54708 } .hint .word { color: #2f5d9b }
.where, .other, .why { color: #52606d; font-size: .92em } blockquote { margin: .3em 0; padding: .3em .6em; background: #f5f7fa }
mark { background: #fde9c8; padding: 0 .1em } .mend { color: #1f6f43 } p { margin: .2em 0 }
"""


def chunks(results: Iterable[Result], width: int) -> Iterator[bytes]:
    """The head, one section a file, the end."""
    head = f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>方案检查</title><style>{STYLE}</style></head><body>\n'
    yield head.encode()
    for result in results:
        yield "\n".join(_section(result)).encode()
    yield b"</body></html>\n"


def _section(result: Result) -> Iterator[str]:
    source = result.plan.source
    counts = counted(result.findings)
    told = "，".join(f"{word}{counts[slug]}处" for slug, word in SEVERITIES.items())
    yield f"<h1>{escape(result.plan.document.title or source.name)}</h1>"
    yield f'<p class="sum">{escape(source.name)}：{told}。</p>'
    places = Places(source.text)
    for slug, word in SEVERITIES.items():
        found = [f for f in result.findings if f.severity == slug]
        if found:
            yield f"<h2>{word}（{len(found)}处）</h2>"
            for finding in found:
                yield from _article(source.text, finding, places)


def _article(text: str, finding: Finding, places: Places) -> Iterator[str]:
    rule = rules()[finding.code]
    line, _ = places.of(finding.span.start)
    where = f"第{line}行" + (f"　{finding.path}" if finding.path else "")
    yield f'<article class="{finding.severity}"><h3><span class="word">{SEVERITIES[finding.severity]}</span> {escape(rule.title)}</h3>'
    yield f'<p class="where">{escape(where)}　{finding.code}</p>'
    yield f"<blockquote>{_marked(text, finding)}</blockquote><p>{escape(finding.message)}</p>"
    if finding.mend:
        yield f'<p class="mend">建议改为：{escape(finding.mend)}</p>'
    for other in finding.others:
        at, _ = places.of(other.span.start)
        note = f"（{escape(other.note)}）" if other.note else ""
        yield f'<p class="other">另见第{at}行：{escape(other.quote)}{note}</p>'
    source = f"依据：{rule.source}" if rule.source else ""
    yield f'<p class="why">{escape(rule.why)}{escape(source)}</p></article>'


def _marked(text: str, finding: Finding) -> str:
    """The spot with what stands around it on its line."""
    start, end = finding.span
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    left, right = max(line, start - AROUND), min(end + AROUND, stop if stop >= 0 else len(text))
    head, tail = "…" if left > line else "", "…" if stop < 0 or right < stop else ""
    spot = text[start:end] if end - start <= 400 else text[start : start + 399] + "…"
    return f"{head}{escape(text[left:start])}<mark>{escape(spot)}</mark>{escape(text[end:right])}{tail}"
