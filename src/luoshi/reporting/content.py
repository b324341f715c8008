"""What stands in the fields of one row of a sheet: out of the database, out of a form, and whether the two are the same.

Everything is compared as the words that a field shows, so that a row which nobody touched is known as such, whoever
sends the whole page. Field names: r<report>-percent …, f<figure>-value ….
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from luoshi.core.plan.wording import number
from luoshi.reporting.models import CAUSES, Figure, Report

WORDS = ("percent", "done", "cause", "blocker", "needs", "next_step")
NUMBERS = ("value", "absent", "source", "as_of", "sure")
LABELS = {
    "percent": "完成进度",
    "done": "工作进展",
    "cause": "问题原因",
    "blocker": "存在问题",
    "needs": "需要谁协调",
    "next_step": "下一步",
    "value": "数值",
    "absent": "没有数的原因",
    "source": "来源",
    "as_of": "截至日期",
    "sure": "已确认无误",
}
LONGEST = {"done": 2000, "blocker": 1000, "next_step": 1000, "needs": 100, "absent": 200}
LARGEST = Decimal(10) ** 14
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－％，", "0123456789.-%,")
_CAUSES, _SOURCES = {slug for slug, _ in CAUSES}, {slug for slug, _ in Figure.SOURCES}


@dataclass
class Content:
    """The fields of one row: `words` of the report, `numbers` by figure; `errors` by field name, in full sentences."""

    words: dict[str, str]
    numbers: dict[int, dict[str, str]]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Twelve hex digits that tell whether two rows say the same."""
        said = json.dumps([self.words, sorted(self.numbers.items())], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def of_report(report: Report) -> dict[str, str]:
    """The words of a report as its fields show them."""
    said = {name: getattr(report, name) for name in WORDS}
    return {name: "" if value is None else str(value) for name, value in said.items()}


def of_figure(figure: Figure) -> dict[str, str]:
    """A figure as its fields show it."""
    return {
        "value": "" if figure.value is None else number(figure.value),
        "absent": figure.absent,
        "source": figure.source,
        "as_of": figure.as_of.isoformat(),
        "sure": "1" if figure.sure else "",
    }


def stored(report: Report, figures: Iterable[Figure]) -> Content:
    """A row as it is in the database."""
    return Content(of_report(report), {figure.pk: of_figure(figure) for figure in figures})


def carried(figure: Figure, value: Decimal | None, source: str | None) -> dict[str, str]:
    """An untouched figure as its fields show it: the last value and its source, to be confirmed or replaced."""
    last = {"value": number(value), "source": source or figure.source} if value is not None else {}
    return {**of_figure(figure), **last}


def posted(data: Mapping[str, Any], report: Report, figures: Iterable[Figure]) -> Content:
    """A row as a form sends it. A field that is not sent keeps what is stored."""
    content = Content(of_report(report), {})
    for name in WORDS:
        if (key := f"r{report.pk}-{name}") in data:
            content.words[name] = _read(content, key, name, str(data[key]))
    for figure in figures:
        said = of_figure(figure)
        if f"f{figure.pk}-value" in data:
            said["sure"] = ""  # a box that is not ticked is not sent
        for name in NUMBERS:
            if (key := f"f{figure.pk}-{name}") in data:
                said[name] = _read(content, key, name, str(data[key]), figure)
        content.numbers[figure.pk] = said
    return content


def _read(content: Content, key: str, name: str, text: str, figure: Figure | None = None) -> str:
    """One field in its canonical words; what is wrong with it goes into the errors, and the words stay as typed."""
    said = " ".join(text.split()) if name in ("needs", "absent") else text.strip().replace("\r\n", "\n")
    try:
        if name == "percent":
            return _percent(said)
        if name == "value":
            return _value(said)
        if name == "as_of" and figure:
            return _day(said, figure)
    except ValueError as wrong:
        content.errors[key] = str(wrong)
        return said
    if name == "cause" and said not in _CAUSES:
        return ""
    if name == "source" and said not in _SOURCES:
        return "self"
    if name == "sure":
        return "1" if said else ""
    if len(said) > LONGEST.get(name, 10**6):
        content.errors[key] = f"“{LABELS[name]}”有{len(said)}个字，请压缩到{LONGEST[name]}个字以内。"
    return said


def _percent(text: str) -> str:
    said = text.translate(_FULL_WIDTH).rstrip("%").strip()
    if not said:
        return ""
    if not said.isdecimal() or int(said[:5]) > 100:
        raise ValueError(f"“完成进度”应为0到100的整数，现在是“{text[:20]}”。")
    return str(int(said))


def _value(text: str) -> str:
    said = text.translate(_FULL_WIDTH).replace(",", "").replace(" ", "").rstrip("%")
    if not said:
        return ""
    try:
        value = Decimal(said)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(f"应为数字，现在是“{text[:20]}”。没有数时请留空，并写明原因。")
    if abs(value) >= LARGEST:
        raise ValueError("数字太大，请核对计量单位。")
    return number(round(value, 6))


def _date(text: str) -> dt.date:
    """2026-03-31, or as Excel turns it: 2026/3/31, 2026年3月31日. Raises ValueError."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?", text)
    if not found:
        raise ValueError(text)
    return dt.date(*(int(part) for part in found.groups()))


def _day(text: str, figure: Figure) -> str:
    try:
        day = _date(text) if text else figure.until
    except ValueError:
        raise ValueError(f"“截至日期”应写成2026-03-31这样的日期，现在是“{text[:20]}”。") from None
    if not figure.since <= day <= figure.until + dt.timedelta(days=366):
        raise ValueError(f"“截至日期”应在{figure.since:%Y-%m-%d}以后，请核对。")
    return day.isoformat()


def columns_of_words(words: Mapping[str, str]) -> dict[str, Any]:
    """The words as columns of Report."""
    return {**words, "percent": int(words["percent"]) if words["percent"] else None}


def columns_of_number(said: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a figure as columns of Figure."""
    return {
        "value": Decimal(said["value"]) if said["value"] else None,
        "absent": said["absent"],
        "source": said["source"],
        "as_of": dt.date.fromisoformat(said["as_of"]),
        "sure": bool(said["sure"]),
    }


def in_words(name: str, value: str) -> str:
    """A field's content as a person reads it."""
    if name == "cause":
        return dict(CAUSES).get(value, "") or "（空）"
    if name == "source":
        return dict(Figure.SOURCES).get(value, value)
    if name == "sure":
        return "是" if value else "否"
    return value or "（空）"
