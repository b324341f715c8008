"""Findings for a terminal: place, severity, the line with the spot marked, the other place, a mend."""

import sys
from collections.abc import Iterable, Iterator

from luoshi.cli.check import Result
from luoshi.cli.places import Places
from luoshi.cli.write_table import columns_of
from luoshi.core.check.export import counted
from luoshi.core.check.findings import SEVERITIES, Finding, rules
from luoshi.core.source.text import Span

MARGIN = 7  # columns of the line number and the bar beside a line
COLOURS = {"error": "31;1", "warning": "33;1", "hint": "36"}
OTHERS = 3


def chunks(results: Iterable[Result], width: int) -> Iterator[bytes]:
    """One file after the other; colours only on a terminal."""
    coloured = sys.stdout.isatty()
    for result in results:
        yield ("\n".join(_report(result, width, coloured)) + "\n\n").encode()


def _report(result: Result, width: int, coloured: bool) -> Iterator[str]:
    places = Places(result.plan.source.text)
    for finding in result.findings:
        yield from _finding(result, finding, places, width, coloured)
        yield ""
    counts = counted(result.findings)
    told = "，".join(f"{word}{counts[slug]}处" for slug, word in SEVERITIES.items())
    yield (
        f"【{result.plan.source.name}】{told}。"
        if result.findings
        else f"【{result.plan.source.name}】没有发现问题。"
    )


def _finding(result: Result, finding: Finding, places: Places, width: int, coloured: bool) -> Iterator[str]:
    line, column = places.of(finding.span.start)
    word = SEVERITIES[finding.severity]
    if coloured:
        word = f"\x1b[{COLOURS[finding.severity]}m{word}\x1b[0m"
    where = f"　{finding.path}" if finding.path else ""
    yield f"{result.plan.source.name}:{line}:{column} {word} {rules()[finding.code].title}（{finding.code}）{where}"
    yield from _marked(finding.span, places, width)
    yield f"  {finding.message}"
    if finding.mend:
        yield f"  建议改为：{finding.mend}"
    for other in finding.others[:OTHERS]:
        at, _ = places.of(other.span.start)
        yield f"  另见第{at}行：{other.quote}" + (f"（{other.note}）" if other.note else "")
    if len(finding.others) > OTHERS:
        yield f"  另见……共{len(finding.others)}处"


def _marked(span: Span, places: Places, width: int) -> Iterator[str]:
    """The line of the spot, cut to the width around it, and carets under the spot."""
    line, column = places.of(span.start)
    words = places.line(line)
    begin, stop = column - 1, min(column - 1 + span.end - span.start, len(words))
    room = max(width - MARGIN, 40)
    left = begin
    while left > 0 and columns_of(words[left - 1 : stop]) < room // 2:
        left -= 1
    right = left
    while right < len(words) and columns_of(words[left : right + 1]) <= room - 4:
        right += 1
    head, tail = "…" if words[:left].strip() else "", "…" if right < len(words) else ""
    shown = words[left:right].replace("\t", " ")
    before = columns_of(head + words[left:begin].replace("\t", " "))
    marks = max(1, columns_of(words[begin : min(stop, right)]))
    yield f"{line:5}│ {head}{shown}{tail}"
    yield f"{'':5}│ {' ' * before}{'^' * marks}"
