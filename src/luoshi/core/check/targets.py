"""Two numbers for one promise: other values, other bounds, another basis; parts greater than their whole; days against a share."""

from bisect import bisect_left
from calendar import isleap
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.check.statements import Statement
from luoshi.core.indicators.names import SAME
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Indicator
from luoshi.core.plan.wording import target_words
from luoshi.core.quantity import Quantity

_NET, _MEAN = pattern(r"净增"), pattern(r"年均")
_NUMBERS = pattern(r"\d+(?:\.\d+)?")
_WATER = pattern(r"水|断面")
_GROWING = frozenset(("growth", "new"))
_OF_IT = pattern(r"其中")
_SENTENCE_END = "。;\n"
_LONGEST = 600
_ENOUGH = 20
_GOOD_DAYS, _GOOD_SHARE = pattern(r"优良天数(?!比|率|占)"), pattern(r"优良(?:天数)?(?:率|比例|占比)")
_APART = 0.5  # percentage points by which days and share may differ through rounding


def conflicting_targets(proof: Proof) -> Iterator[Finding]:
    """One promise with two values, two bounds or two bases: each variant but the usual one, where it first stands."""
    others: dict[Statement, list[tuple[Statement, str]]] = {}
    for first, later, evidence in proof.same_statements:
        if not _beside(proof, first, later) and _of_one_time(proof, first, later):
            others.setdefault(first, []).append((later, evidence))
            others.setdefault(later, []).append((first, evidence))
    said: set[tuple[str, Variant]] = set()
    for promise in sorted(others, key=lambda p: p.start):
        votes = Counter(_variant(other) for other, _ in others[promise])
        votes[_variant(promise)] += 1
        for other, evidence in sorted(others[promise], key=lambda pair: pair[0].start):
            code, difference = _difference(other, promise)
            rank = votes[_variant(other)], -other.start
            if not code or rank < (votes[_variant(promise)], -promise.start):
                continue
            if (promise.name, _variant(promise)) not in said:
                said.add((promise.name, _variant(promise)))
                place = proof.other(other.start, other.end, other.indicator.path)
                quotes = f"{_quoted(promise)}与{_quoted(other)}"
                why = "" if evidence == SAME.evidence else f"（{evidence}）"
                message = f"{quotes}说的是同一项{why}，{difference}，请统一。"
                yield proof.finding(code, promise.start, promise.end, message, (place,))
            break


Variant = tuple[str, tuple[float | None, float | None, str], str, bool]


def _variant(promise: Statement) -> Variant:
    """What two statements of one promise must share to be the same."""
    i = promise.indicator
    return i.kind, promise.amount, i.op, _NET.search(i.quote) is not None


def _of_one_time(proof: Proof, a: Statement, b: Statement) -> bool:
    """Whether both speak of one year: 到2025年…到2027年 are two stages, 年均 is the mean of several years."""
    means = [_MEAN.search(p.indicator.quote) is not None for p in (a, b)]
    year = str(proof.plan.document.year or "")
    return means[0] == means[1] and (a.year or year) == (b.year or year)


def _difference(a: Statement, b: Statement) -> tuple[str, str]:
    """(code, what differs) of two statements of one promise; ("", "") when they agree or are two sides of one thing."""
    one, other = a.indicator, b.indicator
    if None in (one.value, other.value) or one.base != other.base:
        return "", ""
    if a.measure != b.measure:
        if one.kind in _GROWING and other.kind in _GROWING and "growth" in (one.kind, other.kind):
            return "target-basis", "口径不同"
        return "", ""
    if one.kind != other.kind:
        return "", ""
    net = [_NET.search(i.quote) is not None for i in (one, other)]
    if not _quantity(one).same_as(_quantity(other)) or one.value_high != other.value_high:
        if a.amount == b.amount or net[0] != net[1]:
            return "", ""
        return "target-conflict", "目标不一致"
    if net[0] != net[1] and one.kind == "new":
        return "target-loose", "一处是“新增”，一处是“净增”，口径不同"
    if one.op != other.op:
        return "target-loose", "松紧不同"
    return "", ""


def _quoted(statement: Statement) -> str:
    """The words of a statement; with its own target where they hold several."""
    i = statement.indicator
    several = len(_NUMBERS.findall(i.quote)) > 1
    return f"“{i.quote}”" + (f"（{i.name}{_words(i)}）" if several else "")


def _quantity(indicator: Indicator) -> Quantity:
    return Quantity(Decimal(str(indicator.value)), indicator.unit or "")


def _beside(proof: Proof, a: Statement, b: Statement) -> bool:
    """Whether the two stand in one sentence, or in sister items of one list: then they speak of different things."""
    between = proof.text[a.end : b.start]
    if not any(sign in between for sign in _SENTENCE_END):
        return True
    if a.task and b.task and a.task is not b.task and a.task.form == b.task.form:
        return a.task.path.rpartition("/")[0] == b.task.path.rpartition("/")[0]
    return a.task is not None and a.task is b.task


def _words(i: Indicator) -> str:
    return target_words(i.kind, i.op, i.value, i.unit, i.value_high, i.base, i.reference, i.name)


def parts_of_wholes(proof: Proof) -> Iterator[Finding]:
    """新开工项目各10个以上,其中…12个: a part that is greater than its whole, or another number for one of the things named."""
    found = [p for p in proof.statements if p.indicator.value is not None]
    starts = [p.start for p in found]
    for m in _OF_IT.finditer(proof.text):
        begin, stop = _sentence(proof.text, m.start(), m.end())
        first, here, last = (bisect_left(starts, at) for at in (begin, m.start(), stop))
        wholes = [p for p in found[first:here] if p.end <= m.start()]
        whole = wholes[-1] if wholes else None
        part = next((p for p in found[here:last] if whole and _exceeds(p, whole)), None)
        if whole and part:
            other = proof.other(whole.start, whole.end, "总数")
            message = (
                f"“其中”的“{part.indicator.quote}”比前面的“{whole.indicator.quote}”还多，请核对两个数字。"
            )
            yield proof.finding("part-exceeds", whole.start, part.end, message, (other,))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place."""
    begin = max(text.rfind(sign, 0, start) for sign in _SENTENCE_END) + 1
    stops = [at for sign in _SENTENCE_END if (at := text.find(sign, end, end + _LONGEST)) >= 0]
    return begin, min(stops, default=min(end + _LONGEST, len(text)))


def _exceeds(part: Statement, whole: Statement) -> bool:
    """Whether one counts the same kind of thing as the other, and more of it."""
    alike = part.measure == whole.measure not in ("ratio", "") and part.indicator.kind == whole.indicator.kind
    return alike and part.name[-2:] == whole.name[-2:] and _base(part.indicator) > _base(whole.indicator)


def _base(indicator: Indicator) -> float:
    return float(_quantity(indicator).in_base)


def days_and_shares(proof: Proof) -> Iterator[Finding]:
    """优良天数330天 beside 优良率95%: the days make another share."""
    found = proof.statements
    days = [p for p in found if p.indicator.unit == "天" and _GOOD_DAYS.search(p.indicator.name)]
    shares = [
        p
        for p in found
        if p.indicator.unit == "%"
        and _GOOD_SHARE.search(p.indicator.name)
        and not _WATER.search(p.indicator.name)
    ]
    year = 366 if isleap(proof.plan.document.year or 1) else 365
    pairs: dict[tuple[float, float], tuple[Statement, Statement]] = {}
    for day in days[:_ENOUGH]:
        for share in shares[:_ENOUGH]:
            amounts = day.indicator.value or 0, share.indicator.value or 0
            known = pairs.get(amounts)
            if known is None or abs(day.start - share.start) < abs(known[0].start - known[1].start):
                pairs[amounts] = day, share
    for (count, promised), (day, share) in pairs.items():
        actual = 100 * count / year
        if abs(actual - promised) <= _APART:
            continue
        first, last = sorted((day, share), key=lambda p: p.start)
        end = last.end if "\n" not in proof.text[first.start : last.end] else first.end
        message = f"优良天数{count:g}天折合{actual:.1f}%，与优良率{promised:g}%（须{promised * year / 100:.0f}天）不一致，请核对。"
        yield proof.finding(
            "share-against-days", first.start, end, message, (proof.other(last.start, last.end),)
        )
