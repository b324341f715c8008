"""Sealing: events get their place in the chain of their government after they are committed.

Writers never wait for each other: an event is appended without a place, and sealed a moment later in a short
transaction of its own. Who loses the race for the head of the chain leaves the work to the winner's next turn.
A sealed event cannot be changed, moved or removed without `verify` naming the place.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from django.db import models, transaction

from luoshi.journal.models import ChainHead, Event

GENESIS = "0" * 64
SEALED = [
    "government_id",
    "person_id",
    "person_name",
    "post",
    "unit_id",
    "unit_name",
    "verb",
    "subject_type",
    "subject_id",
    "from_state",
    "to_state",
    "data",
    "note",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold: the event (None where one is missing), its place, and what is wrong."""

    government_id: int
    position: int
    event_id: int | None
    sentence: str


def digest(event: Event, position: int, prev_hash: str) -> str:
    """SHA-256 (hex) over everything an event says, its place and the hash before it."""
    said = {name: getattr(event, name) for name in SEALED}
    said |= {"at": event.at.astimezone(UTC).isoformat(), "position": position, "prev": prev_hash}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal(government_id: int) -> int:
    """Give every event without a place the next one; returns how many were sealed (0 when another was faster)."""
    waiting = Event.objects.filter(government_id=government_id, position__isnull=True)
    if not waiting.exists():
        return 0
    rows: models.QuerySet[Event] = models.QuerySet(Event)
    with transaction.atomic():
        head, _ = ChainHead.objects.get_or_create(government_id=government_id)
        position, prev_hash = head.position, head.hash
        events = list(waiting.order_by("pk"))
        links = []
        for event in events:
            position += 1
            links.append((event.pk, position, prev_hash, digest(event, position, prev_hash)))
            prev_hash = links[-1][-1]
        won = ChainHead.objects.filter(government_id=government_id, position=head.position).update(
            position=position, hash=prev_hash
        )
        if not won:
            return 0
        for pk, place, before, own in links:
            rows.filter(pk=pk).update(position=place, prev_hash=before, hash=own)
    return len(links)


def append_sealed(government_id: int, events: Sequence[Event], batch: int = 400) -> None:
    """Append many events of the past, in this order and sealed at once: for a seeded year, where nobody else writes."""
    seal(government_id)
    with transaction.atomic():
        head, _ = ChainHead.objects.get_or_create(government_id=government_id)
        place, prev_hash = head.position, head.hash
        for event in events:
            place += 1
            event.position, event.prev_hash = place, prev_hash
            event.hash = prev_hash = digest(event, place, prev_hash)
        Event.objects.bulk_create(events, batch_size=batch)
        ChainHead.objects.filter(government_id=government_id).update(position=place, hash=prev_hash)


def verify(government_id: int) -> Iterator[Fault]:
    """Walk a chain from its first event and yield every place where it does not hold."""
    prev_hash, expected = GENESIS, 1
    sealed = Event.objects.filter(government_id=government_id, position__isnull=False).order_by("position")
    for event in sealed.iterator():
        place = event.position or 0
        for missing in range(expected, place):
            yield Fault(government_id, missing, None, "这一条记录不见了。")
        if place == expected and event.prev_hash != prev_hash:
            yield Fault(government_id, place, event.pk, "与上一条记录接不上。")
        if event.hash != digest(event, place, event.prev_hash):
            yield Fault(government_id, place, event.pk, "内容被改动过。")
        prev_hash, expected = event.hash, place + 1
    head = head_of(government_id)
    if head and head.position >= expected:
        for missing in range(expected, head.position + 1):
            yield Fault(government_id, missing, None, "这一条记录不见了。")
    elif expected > 1 and (head is None or head.hash != prev_hash):
        yield Fault(government_id, expected - 1, None, "链尾与登记的不一致。")


def governments() -> set[int]:
    """Every government that has events, or had some when its chain was last sealed."""
    return {
        *Event.objects.values_list("government_id", flat=True).distinct(),
        *ChainHead.objects.values_list("government_id", flat=True),
    }


def head_of(government_id: int) -> ChainHead | None:
    """Place and hash of the last sealed event."""
    return ChainHead.objects.filter(government_id=government_id).first()


def hash_at(government_id: int, position: int) -> str | None:
    """The hash of the event at a place of a chain (from 1); None where there is none."""
    found = Event.objects.filter(government_id=government_id, position=position).values_list(
        "hash", flat=True
    )
    return found.first()
