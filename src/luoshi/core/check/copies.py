"""One thing said twice in words that are nearly the same: a phrase with one sign changed, a table's row beside its prose."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.numerals import parse_numeral
from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.columns import layout_of

_RUN = pattern(rf"{HAN}(?<!{HAN}.){HAN}{{8,}}")  # asked only where a run begins
_CONTEXTS = ((6, 2), (3, 4))  # signs before and after the one that differs
_FREE = frozenset(
    "和与及、等大个的了各在于一二三四五六七八九十百千万省市县区乡镇村上下左右前后东南西北男女新老旧内外进出增减"
)
_CLAUSE = pattern(r"[^,。;:\n|]{9,}")
_HEAD = pattern(
    r"^[ ]*(?:\(?[\d一二三四五六七八九十]+[).、]+|[一二三四五六七八九十]是)?(?:其中|并|同时)?(?:力争|努力|积极|大力|深入|扎实|全面|全力|稳步|持续|进一步|加快|推动|推进|组织|开展|完成|实施|落实|指导|支持|全县|全市|全区)*"
)
_NUMBER = pattern(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千]{2,}")
_SHINGLE = 4
_ALIKE = 0.75
_LEAST_SHARED = 0.35
_MOST_CHANGED = 6
_COMMON = 60  # clauses that share four signs: of more the first are looked at


def near_copies(proof: Proof) -> Iterator[Finding]:
    """A phrase that stands elsewhere with one other sign in the middle (应用水源, 应急水源)."""
    seen: set[int] = set()
    for before, after in _CONTEXTS:
        for rare, usual in _one_sign_apart(proof.text, before, after):
            start, end = rare - before, rare + 1 + after
            if rare in seen or _FREE & {proof.text[rare], proof.text[usual]}:
                continue
            seen.update((rare, usual))
            other = proof.other(usual - before, usual + 1 + after, "几乎相同")
            message = f"“{proof.text[start:end]}”与别处“{other.quote}”只差一个字，请核对哪一个对。"
            yield proof.finding("near-copy", start, end, message, (other,))


def _one_sign_apart(text: str, before: int, after: int) -> Iterator[tuple[int, int]]:
    """(place of the sign in the rarer or later phrase, in the other) for contexts that hold exactly two signs."""
    runs: dict[
        str, tuple[int, int]
    ] = {}  # (place, times): what overview, annex and table repeat is read once
    for run in _RUN.finditer(text):
        place, times = runs.get(run.group(), (run.start(), 0))
        runs[run.group()] = place, times + 1
    first: dict[str, tuple[int, int]] = {}  # context -> where it stands first, how often its run does
    rivals: dict[str, dict[str, tuple[int, int]]] = {}
    for words, (start, times) in runs.items():
        for i in range(before, len(words) - after):
            context, here = words[i - before : i] + words[i + 1 : i + 1 + after], (start + i, times)
            known = first.setdefault(context, here)
            if known is not here and (text[known[0]] != words[i] or context in rivals):
                signs = rivals.setdefault(context, {text[known[0]]: known})
                place, count = signs.get(words[i], (start + i, 0))
                signs[words[i]] = place, count + times
    for signs in rivals.values():
        if len(signs) == 2:
            (_, late), (_, early) = sorted((count, -place) for place, count in signs.values())
            yield -late, -early


class _Clause(NamedTuple):
    """A clause without its lead-in: its place and words."""

    start: int
    words: str


def rows_beside_prose(proof: Proof) -> Iterator[Finding]:
    """A table's row that says a sentence of the prose again with another number, or with a few other signs."""
    rows, prose = _clauses(proof)
    if not rows or not prose:
        return
    exact = {clause.words: clause for clause in reversed(prose)}
    prose = list(exact.values())
    index: dict[str, list[int]] = defaultdict(list)
    for k, clause in enumerate(prose):
        for shingle in {clause.words[i : i + _SHINGLE] for i in range(len(clause.words) - _SHINGLE + 1)}:
            index[shingle].append(k)
    for row in rows:
        if row.words in exact:
            continue
        shingles = {row.words[i : i + _SHINGLE] for i in range(len(row.words) - _SHINGLE + 1)}
        shared = Counter(k for shingle in shingles for k in index.get(shingle, ())[:_COMMON])
        if not shared:
            continue
        k, count = max(shared.items(), key=lambda pair: (pair[1], -pair[0]))
        if count >= _LEAST_SHARED * len(shingles):
            yield from _compared(proof, row, prose[k])


def _clauses(proof: Proof) -> tuple[list[_Clause], list[_Clause]]:
    """Clauses of the content cells of tables of tasks, and clauses of the prose outside tables."""
    rows: list[_Clause] = []
    spans = []
    for table in proof.paper.tables:
        spans.append((table.start, table.end))
        layout = layout_of(table, proof.text)
        for cell in dict.fromkeys(row.cells[layout.text] for row in table.rows) if layout else ():
            rows += [_clause(m) for m in _CLAUSE.finditer(proof.text, cell.start, cell.end)]
    prose: list[_Clause] = []
    at = 0
    for start, end in (*sorted(spans), (len(proof.text), len(proof.text))):
        prose += [_clause(m) for m in _CLAUSE.finditer(proof.text, at, start)]
        at = end
    return [c for c in rows if len(c.words) >= 8], [c for c in prose if len(c.words) >= 8]


def _clause(m: re.Match[str]) -> _Clause:
    head = _HEAD.match(m.group())
    went = head.end() if head else 0
    return _Clause(m.start() + went, m.group()[went:].rstrip())


def _compared(proof: Proof, row: _Clause, said: _Clause) -> Iterator[Finding]:
    """What the row changed, unless it only has more words before or after."""
    matcher = SequenceMatcher(None, row.words, said.words, autojunk=False)
    changes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    inner = [
        op for op in changes if op[1] > 0 and op[2] < len(row.words) and op[3] > 0 and op[4] < len(said.words)
    ]
    size = sum(max(b - a, d - c) for _, a, b, c, d in inner)
    if not inner or len(inner) > 2 or size > _MOST_CHANGED or matcher.ratio() < _ALIKE:
        return
    mine, theirs = _numbers(row.words), _numbers(said.words)
    other = proof.other(said.start, said.start + len(said.words), "正文")
    place = row.start, row.start + len(row.words)
    if mine != theirs:
        if len(mine) == len(theirs) and sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1:
            message = f"表中是“{row.words}”，正文是“{other.quote}”，数字不一致，请核对。"
            yield proof.finding("row-number", *place, message, (other,))
        return
    _, a, b, c, d = inner[0]
    message = (
        f"表中“{row.words[a:b] or '（无）'}”，正文为“{said.words[c:d] or '（无）'}”，写法不一致，请核对。"
    )
    yield proof.finding("row-words", *place, message, (other,))


def _numbers(words: str) -> list[Decimal | None]:
    """The numbers of a clause; 五百 is 500."""
    return [parse_numeral(m) for m in _NUMBER.findall(words)]
