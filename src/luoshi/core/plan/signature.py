"""Who signed a paper and when: offices over, or in front of, the 成文日期, whole or damaged."""

from datetime import date
from typing import NamedTuple

from luoshi.core.numerals import parse_numeral
from luoshi.core.pattern import pattern
from luoshi.core.plan.paper import Paper
from luoshi.core.source.markers import ANNEX

OFFICE = pattern(
    r"^[^,;:。\d《》“”]{2,40}?(?:人民政府|政府|办公室|办公厅|管理委员会|管委会|委员会|工作委员会|办事处|领导小组|指挥部|国务院|[局委厅办部院署会社]|公司|中心)$"
)
DATE_FORM = r"(?P<y>20\d\d|19\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
DATE = pattern(DATE_FORM)
_ENDS_DATED = pattern(DATE_FORM + "$")
_HAN_DATE = pattern(
    r"(?P<y>[二一][〇零○O0oОo九一二三四五六七八]{3})\s*年\s*(?P<m>[一二三四五六七八九十]{1,2})\s*月\s*(?P<d>[一二三四五六七八九十]{1,3})\s*日"
)
_RUN_DATE = pattern(r"(?P<y>20\d\d)(?P<rest>\d{2,4})日?$")
# Digits as a scanner misreads them: 〔2O26〕l2号.
GLYPHS = str.maketrans("OoОо〇○Il|", "000000111")
_ZERO = pattern(r"[○O0oО]")


class Line(NamedTuple):
    """A line of the head, blanks taken out; offsets into the clean text. `parts`: what blanks set apart on it."""

    start: int
    end: int
    text: str
    parts: tuple[str, ...] = ()

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices that sign on this line: several where blanks part whole names, else the line."""
        apart = len(self.parts) > 1 and all(len(p) > 5 and OFFICE.match(p) for p in self.parts)
        return self.parts if apart else (self.text,)


class Signature(NamedTuple):
    """Who signed, the day as ISO text (None when it cannot be), whether the print of the day was damaged, and where it begins."""

    issuers: tuple[str, ...]
    day: str | None
    damaged: bool
    start: int


def find_signature(lines: list[Line]) -> Signature | None:
    """The first date that stands alone, with the offices above it."""
    for i, line in enumerate(lines):
        office, day, damaged = _dated(line.text)
        if day is None:
            continue
        issuers: list[str] = [office] if office else []
        j = i - 1
        while j >= 0 and len(issuers) < 12 and OFFICE.match(lines[j].text) and len(lines[j].text) <= 32:
            issuers.extend(reversed(lines[j].offices))
            j -= 1
        if issuers:
            return Signature(tuple(reversed(issuers)), day, damaged, lines[min(j + 1, i)].start)
    return None


def lines_between(text: str, start: int, stop: int) -> list[Line]:
    """The lines of text[start:stop] that hold writing."""
    lines: list[Line] = []
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        parts = text[start:end].split()
        if parts:
            lines.append(Line(start, end, "".join(parts), tuple(parts)))
        start = end + 1
    return lines


def closing_signature(paper: Paper) -> Signature | None:
    """A signature at the end of the body: before the first annex or at the very end, an office over a date."""
    text = paper.clean.text
    annex = next((n.start for n in paper.outline.nodes if n.rank == ANNEX), len(text))
    for stop in dict.fromkeys((annex, len(text))):
        found = find_signature(lines_between(text, max(0, stop - 1500), stop)[-25:])
        if found:
            return found
    return None


def _dated(text: str) -> tuple[str, str | None, bool]:
    """An office in front of the date on its line (often none), the date, and whether its 年月日 were lost."""
    day, damaged = lone_date(text)
    if (
        day is None
        and len(text) <= 45
        and text.endswith("日")
        and (m := _ENDS_DATED.search(text))
        and OFFICE.match(text[: m.start()])
    ):
        return text[: m.start()], day_of(m["y"], m["m"], m["d"]), False
    return "", day, damaged


def lone_date(text: str) -> tuple[str | None, bool]:
    """A line that is a date and nothing else; the second value tells that its 年月日 were lost or its digits misread."""
    if len(text) > 14:
        return None, False
    if "年" in text and text.endswith("日"):
        for form, printed in ((DATE, text), (_HAN_DATE, text), (DATE, text.translate(GLYPHS))):
            m = form.fullmatch(printed)
            if m:
                return day_of(m["y"], m["m"], m["d"]), form is DATE and printed != text
    m = _RUN_DATE.fullmatch(text) if text.startswith("20") else None
    if m:
        return _split_day(m["y"], m["rest"]), True
    return None, False


def _split_day(year: str, rest: str) -> str | None:
    """318 -> 3月18日; of several readings the one with the shorter month, which is how months were printed most."""
    readings = [day_of(year, rest[:k], rest[k:]) for k in (1, 2) if rest[k:] and not rest[k:].startswith("0")]
    return next((r for r in readings if r), None)


def day_of(year: str, month: str, day: str) -> str | None:
    try:
        return date(_int(year), _int(month), _int(day)).isoformat()
    except ValueError:
        return None


def _int(text: str) -> int:
    if text.isdigit():
        return int(text)
    value = parse_numeral(_ZERO.sub("〇", text))
    return int(value) if value is not None else 0
