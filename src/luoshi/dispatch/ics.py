"""A calendar as text (RFC 5545): all-day events, lines ended by CRLF and folded at 75 octets, nothing else of the format."""

import datetime as dt
from collections.abc import Iterable, Iterator

from luoshi.dispatch.sources import Entry

FOLD = 75
PRODUCT = "-//luoshi//calendar//ZH"


def write(name: str, entries: Iterable[Entry], host: str, made: dt.datetime) -> bytes:
    """The text of a calendar. `host` makes the UIDs unique in the world; `made` stands in for a missing stamp.

    >>> day = Entry(dt.date(2026, 3, 31), "duty", "2026年3月调度", "/calendar/duties/1/", uid="rhythm-1-20260301-20260331")
    >>> text = write("日程", [day], "luoshi", dt.datetime(2026, 3, 1, tzinfo=dt.UTC)).decode()
    >>> [line for line in text.split("\\r\\n") if line.startswith("DT")]
    ['DTSTAMP:20260301T000000Z', 'DTSTART;VALUE=DATE:20260331', 'DTEND;VALUE=DATE:20260401']
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for entry in entries:
        lines.extend(_event(entry, host, made))
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, host: str, made: dt.datetime) -> Iterator[str]:
    changed = entry.stamp or made
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}@{host}"
    yield f"DTSTAMP:{changed.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"SUMMARY:{_text(entry.public or entry.what)}"
    if entry.why:
        yield f"DESCRIPTION:{_text(entry.why)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """A value of type TEXT: backslash, semicolon, comma and line breaks are escaped, other control signs left out."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in words if sign >= " " and sign != "\x7f")


def _folded(line: str) -> bytes:
    """The line in UTF-8 with its end; never more than 75 octets, never cut inside a sign."""
    parts, part, room = [], b"", FOLD
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", FOLD - 1  # the blank that begins a continued line counts
        part += octets
    parts.append(part)
    return b"\r\n ".join(parts) + b"\r\n"
