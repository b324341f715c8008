"""Deadlines as printed ("2024", "2024-Q3", "2024-08", "2024-08-31") and the last day they mean."""

import calendar
import datetime as dt
import re

FORM = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{1,2})(?:-(\d{1,2}))?)?")
TYPED = re.compile(
    r"(?P<year>20\d{2})(?:年|[-./])?(?:第?(?P<quarter>[一二三四1-4])季度|[Qq](?P<q>[1-4])|(?P<half>上半年|下半年)"
    r"|(?P<month>\d{1,2})(?:(?:月|[-./])(?:(?P<day>\d{1,2})日?)?)?)?[底末前]*"
)


def last_day(deadline: str | None) -> dt.date | None:
    """The last day on which the deadline is still kept; None when it names none.

    >>> last_day("2024-Q3"), last_day("2024"), last_day("2024-02"), last_day("年底")
    (datetime.date(2024, 9, 30), datetime.date(2024, 12, 31), datetime.date(2024, 2, 29), None)
    """
    found = FORM.fullmatch(deadline or "")
    if not found:
        return None
    year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
    month = quarter * 3 or month or 12
    try:
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def printed(deadline: str) -> str:
    """How a deadline reads on a page.

    >>> printed("2024-Q3"), printed("2024"), printed("2024-08-31"), printed("2024-08")
    ('2024年三季度', '2024年', '2024年8月31日', '2024年8月')
    """
    found = FORM.fullmatch(deadline or "")
    if not found:
        return deadline
    year, quarter, month, day = found.groups()
    words = f"{year}年"
    if quarter:
        words += f"{'一二三四'[int(quarter) - 1]}季度"
    if month:
        words += f"{int(month)}月"
    if day:
        words += f"{int(day)}日"
    return words


def typed(words: str) -> str | None:
    """The deadline that a person wrote, as it is stored; None when it cannot be read.

    >>> typed("2026年三季度"), typed("2026-9-30"), typed("2026年9月底前"), typed("2026年底"), typed("尽快")
    ('2026-Q3', '2026-09-30', '2026-09', '2026', None)
    >>> typed("2026年上半年"), typed("2026-Q2"), typed("2026-02-30")
    ('2026-06', '2026-Q2', None)
    """
    found = TYPED.fullmatch("".join(words.split()))
    if not found:
        return None
    year, said = found["year"], found.groupdict()
    if quarter := said["quarter"] or said["q"]:
        deadline = f"{year}-Q{'一二三四'.find(quarter) + 1 or quarter}"
    elif said["half"]:
        deadline = f"{year}-06" if said["half"] == "上半年" else year
    else:
        parts = [year, *(f"{int(said[name]):02d}" for name in ("month", "day") if said[name])]
        deadline = "-".join(parts)
    return deadline if last_day(deadline) else None
