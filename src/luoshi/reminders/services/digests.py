"""Making the digests of a day: who is to be told now, of what; and what goes out by other channels."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from luoshi.core.reminding.deciding import Item, Line, Told, decide, items_of, quiet_after, stage_of
from luoshi.core.reminding.rules import Rules
from luoshi.core.workdays import Workdays
from luoshi.dispatch.queries.days import workdays_of
from luoshi.reminders.duties import Book, book_of
from luoshi.reminders.models import Channel, Delivery, Digest, Escalation, Wish

REMEMBERED = dt.timedelta(days=60)
"""How far back what was told is looked up; the longest interval between two messages about one thing is shorter."""
CHUNK = 400


def last_told(government_id: int, day: dt.date) -> dict[int, dt.date]:
    """Person → the day on which they were last told something, of the last weeks; one query."""
    lately = Digest.objects.filter(government=government_id, day__gte=day - REMEMBERED).order_by()
    return dict(lately.values_list("person").annotate(last=Max("day")))


def past_of(government_id: int, day: dt.date, people: Collection[int]) -> dict[int, list[Told]]:
    """Person → what these people were told in the last weeks; one query."""
    found: dict[int, list[Told]] = defaultdict(list)
    rows = Digest.objects.filter(government=government_id, day__gte=day - REMEMBERED, person__in=people)
    for person, on, lines in rows.order_by().values_list("person", "day", "lines").iterator():
        found[person].append(Told(on, frozenset((line["key"], line["stage"]) for line in lines)))
    return found


def remind(
    government_id: int,
    now: dt.datetime,
    rules: Rules,
    asked: frozenset[str] = frozenset(),
    by: str = "",
) -> list[Digest]:
    """Make the digests that are due now in a government, and queue what goes out by other channels. With `asked` (keys that
    the office presses for) only the people who owe these are told.

    Run again it makes nothing more: a person has at most one digest a day, whoever runs it, however often.
    """
    local = timezone.localtime(now).replace(tzinfo=None)
    days, last = workdays_of(government_id), last_told(government_id, local.date())
    quiet = {person for person, day in last.items() if local.date() < quiet_after(day, rules, days)}
    book = book_of(government_id, local.date())
    concerned = {person: items for person, items in items_of(book.duties).items() if person not in quiet}
    past = past_of(government_id, local.date(), concerned)
    made = []
    for person, items in sorted(concerned.items()):
        if asked and not any(item.key in asked and item.role == "own" for item in items):
            continue
        if digest := decide(items, past.get(person, ()), local, rules, days, asked):
            told = [_told(book, person, line) for line in digest.lines]
            made.append(Digest(government_id=government_id, person_id=person, day=digest.day, lines=told, by=by, made_at=now))  # fmt: skip
    if not made:
        return []
    with transaction.atomic():
        Digest.objects.bulk_create(made, batch_size=CHUNK, ignore_conflicts=True)
        _note_escalations(government_id, made, past, Reached(book, rules, days))
        _queue(government_id, local.date(), now, [digest.person_id for digest in made])
    return made


def _told(book: Book, person: int, line: Line) -> dict[str, Any]:
    shown, whose = book.shown(person, line.item.key, line.item.role)
    return {
        "key": line.item.key,
        "role": line.item.role,
        "stage": line.stage,
        "days": line.days,
        "due": line.item.due.isoformat(),
        "what": shown.what,
        "address": shown.address,
        "button": shown.button,
        "note": shown.note,
        "unit": whose,
    }


class Reached(NamedTuple):
    """What of a group has come so far up the line that it is told with it."""

    book: Book
    rules: Rules
    days: Workdays

    def of(self, group: str, day: dt.date) -> list[str]:
        """The keys of a group that an office is told of on a day."""
        dues = {key: self.book.things[key].line.due or day for key in self.book.groups[group]}
        return [
            key for key, due in dues.items() if stage_of(Item(key, due, "office"), day, self.rules, self.days)
        ]


def _note_escalations(
    government_id: int, made: list[Digest], past: Mapping[int, list[Told]], reached: Reached
) -> None:
    """What has gone up the line for the first time: what the same person was told before was noted then. Whoever has joined
    a group since is noted when it is told again."""
    seen = {}
    for digest in made:
        before = frozenset[tuple[str, str]]().union(*(told.lines for told in past.get(digest.person_id, ())))
        for line in digest.lines:
            if line["role"] == "office" and line["key"] in reached.book.groups:
                seen.update(
                    dict.fromkeys(
                        ((key, "office") for key in reached.of(line["key"], digest.day)), digest.day
                    )
                )
            elif line["role"] != "own" and (line["key"], line["stage"]) not in before:
                seen[line["key"], line["role"]] = digest.day
    rows = [
        Escalation(government_id=government_id, key=key, role=role, day=day)
        for (key, role), day in seen.items()
    ]
    Escalation.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def _queue(government_id: int, day: dt.date, now: dt.datetime, people: list[int]) -> None:
    """E-mails for those who want them, one message to each group a day."""
    channels = list(Channel.objects.filter(government=government_id, state="on"))
    if not channels:
        return
    wishing = Wish.objects.filter(person__in=people, mail=True).exclude(address="").values("person")
    rows = []
    for channel in channels:
        if not channel.is_mail:
            rows.append(Delivery(channel=channel, day=day, next_try=now))
            continue
        for digest in Digest.objects.filter(day=day, person__in=wishing, government=government_id):
            rows.append(Delivery(channel=channel, digest=digest, day=day, next_try=now))
    Delivery.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def still_waiting(government_id: int, day: dt.date) -> set[tuple[int, str]]:
    """(person, key) of everything that still waits and has a day."""
    return {
        (person, item.key)
        for person, items in items_of(book_of(government_id, day).duties).items()
        for item in items
    }
