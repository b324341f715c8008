"""Every measurable commitment, once per place it is stated (docs/decisions/0040)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from luoshi.core.plan.indicator_drafts import Draft
from luoshi.core.plan.indicator_filters import drop, looks_back, tells_past, year_of
from luoshi.core.plan.indicator_mentions import Sentence, sentences
from luoshi.core.plan.indicator_names import RATES, STANDING
from luoshi.core.plan.indicator_sentences import read_sentence
from luoshi.core.plan.indicator_tables import by_cell, target_cells
from luoshi.core.plan.matrix_tables import Subject, matrix_of, shares, subjects
from luoshi.core.plan.model import Indicator
from luoshi.core.plan.paper import Paper
from luoshi.core.source.clean import CleanText
from luoshi.core.source.text import Span

SHORT = 3  # signs: 完工率 lacks whose it is, 护理型床位占比 does not


def find_indicators(paper: Paper) -> tuple[Indicator, ...]:
    """All indicators in the order of the text."""
    past = looks_back(paper.clean.text, paper.outline)
    issued = year_of(paper.clean.text)
    told = [s for s in sentences(paper.clean) if not (past and drop(s, past)) and not tells_past(s, issued)]
    read: dict[
        tuple[str, str], list[Draft]
    ] = {}  # overview, annex and table say one sentence in the same words
    found = []
    projects = subjects(paper)
    matrices = [matrix_of(paper, table) for table in paper.tables]
    if any(table.rebuilt for table in paper.tables):
        told = by_cell(paper, told)
    targets = target_cells(paper, [t for t, matrix in zip(paper.tables, matrices, strict=True) if not matrix])
    for sentence in (*told, *targets):
        words = sentence.text, sentence.printed
        if words not in read:
            read[words] = read_sentence(sentence)
        about = _whose(projects, sentence.at[0]) if projects else None
        for draft in read[words]:
            found.append(_indicator(paper, sentence, _of(about, draft) if about else draft))
    for share in shares(paper, matrices):
        for draft in read_sentence(share.sentence)[:1]:
            found.append(_indicator(paper, share.sentence, draft._replace(name=share.name)))
    return tuple(sorted(found, key=lambda i: i.span))


def _whose(projects: Sequence[Subject], at: int) -> Subject | None:
    """The project in whose row clean offset `at` lies, None outside project lists."""
    i = bisect_right(projects, at, key=lambda p: p.start) - 1
    return projects[i] if i >= 0 and at < projects[i].end else None


def _of(project: Subject, draft: Draft) -> Draft:
    """The investment of a project is called after it, unless its name says so already."""
    bare = draft.name in STANDING or (len(draft.name) <= SHORT and RATES.tail(draft.name))
    lacks = project.invests or bare
    return (
        draft._replace(name=project.whose + draft.name)
        if lacks and project.whose[:4] not in draft.name
        else draft
    )


def not_listed(indicators: Sequence[Indicator], elsewhere: Sequence[Span]) -> tuple[Indicator, ...]:
    """Those whose number is not part of a rhythm or a quota already listed (每月外出招商不少于2次)."""
    ordered = sorted(elsewhere)
    starts = [span.start for span in ordered]
    reached = [0, *accumulate((span.end for span in ordered), max)]  # how far the first n of them reach
    return tuple(i for i in indicators if reached[bisect_left(starts, i.span.end)] <= i.span.start)


def _line_of_number(clean: CleanText, places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The part of a quote on the line that holds its number: a quote never crosses a line."""
    number = next((at for at in reversed(places) if clean.text[at].isdigit()), start)
    after = clean.printed.find("\n", number, end)
    return clean.printed.rfind("\n", start, number) + 1 or start, end if after < 0 else after


def _indicator(paper: Paper, sentence: Sentence, draft: Draft) -> Indicator:
    printed = paper.clean.printed
    start, end = sentence.extent(draft.start, draft.end)
    if "\n" in printed[start:end]:
        start, end = _line_of_number(paper.clean, sentence.at[draft.start : draft.end], start, end)
    return Indicator(
        quote=printed[start:end],
        span=paper.clean.span(start, end),
        name=draft.name,
        kind=draft.kind,
        op=draft.op,
        value=None if draft.value is None else float(draft.value),
        unit=draft.unit or None,
        value_high=None if draft.high is None else float(draft.high),
        base=None if draft.base is None else float(draft.base),
        reference=draft.reference,
        path=paper.outline.path_at(start),
        doubts=draft.doubts,
    )
