"""A strict reader of calendars, after RFC 5545: what it does not know it refuses."""

import datetime as dt
import re

LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=[^;:\",]+)*):(?P<value>.*)", re.S)
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "DESCRIPTION", "TRANSP"}
NEEDED = {"UID", "DTSTAMP", "DTSTART"}
CALENDAR = {"VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"}


def read(data: bytes) -> list[dict[str, object]]:
    """The events of a calendar; ValueError where a rule of the format is broken."""
    lines = unfolded(data)
    if (lines[0], lines[-1]) != ("BEGIN:VCALENDAR", "END:VCALENDAR"):
        raise ValueError("no VCALENDAR")
    events: list[dict[str, object]] = []
    event: dict[str, object] | None = None
    head: dict[str, str] = {}
    for line in lines[1:-1]:
        if line == "BEGIN:VEVENT":
            if event is not None:
                raise ValueError("nested event")
            event = {}
        elif line == "END:VEVENT":
            events.append(sound(event))
            event = None
        else:
            name, params, value = parsed(line)
            if event is None:
                if name not in CALENDAR or name in head:
                    raise ValueError(f"odd property {name}")
                head[name] = value
            else:
                if name not in ONCE or name in event:
                    raise ValueError(f"odd property {name}")
                event[name] = valued(name, params, value)
    if event is not None or head.get("VERSION") != "2.0" or not head.get("PRODID"):
        raise ValueError("incomplete calendar")
    uids = [e["UID"] for e in events]
    if len(set(uids)) != len(uids):
        raise ValueError("a UID twice")
    return events


def unfolded(data: bytes) -> list[str]:
    """Content lines: CRLF ends every one, none over 75 octets, a blank carries on; each physical line is whole UTF-8."""
    if (
        not data.endswith(b"\r\n")
        or b"\n" in data.replace(b"\r\n", b"")
        or b"\r" in data.replace(b"\r\n", b"")
    ):
        raise ValueError("lines end with CRLF")
    lines: list[str] = []
    for raw in data[:-2].split(b"\r\n"):
        if len(raw) > 75:
            raise ValueError(f"{len(raw)} octets in a line")
        text = raw.decode("utf-8")
        if text.startswith(" "):
            lines[-1] += text[1:]
        elif text:
            lines.append(text)
        else:
            raise ValueError("an empty line")
    if any(re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines):
        raise ValueError("control signs")
    return lines


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    found = LINE.fullmatch(line)
    if not found:
        raise ValueError(f"no content line: {line}")
    params = dict(part.split("=", 1) for part in found["params"].split(";") if part)
    return found["name"], params, found["value"]


def valued(name: str, params: dict[str, str], value: str) -> object:
    if name in ("DTSTART", "DTEND"):
        if params != {"VALUE": "DATE"}:
            raise ValueError("an all-day event has a DATE")
        return dt.datetime.strptime(value, "%Y%m%d").date()
    if params:
        raise ValueError(f"odd parameters of {name}")
    if name == "DTSTAMP":
        return dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    if name == "SEQUENCE":
        return int(value)
    return text(value) if name in ("SUMMARY", "DESCRIPTION") else value


def text(value: str) -> str:
    """A TEXT value: a bare comma or semicolon, or an unknown escape, is wrong."""
    if re.search(r"(?<!\\)(?:\\\\)*[,;]", value) or re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value):
        raise ValueError(f"not escaped: {value}")
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def sound(event: dict[str, object] | None) -> dict[str, object]:
    if event is None or not event.keys() >= NEEDED:
        raise ValueError("an event lacks a property")
    if "DTEND" in event and event["DTEND"] <= event["DTSTART"]:  # type: ignore[operator]
        raise ValueError("ends before it begins")
    return event
