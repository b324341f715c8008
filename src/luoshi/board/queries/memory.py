"""What was just drawn is kept for a moment: many screens ask for one picture, and the picture changes only when something is done.

Whatever is done stands in the journal, so the number of its last event says whether a kept thing is still true; a minute later it
is drawn anew in any case (two changes may be written down in another order than they came about). Kept per person: what one may
see differs (docs/decisions/0193).
"""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db.models import Max

from luoshi.core.flow.actor import Actor
from luoshi.journal.models import Event

Thing = TypeVar("Thing")
SECONDS = 60
MOST = 12
"""Things kept; a picture of 265 tasks takes some megabytes."""
_kept: dict[Hashable, tuple[float, Any]] = {}
_lock = Lock()


def remembered(actor: Actor, asked: Hashable, make: Callable[[], Thing]) -> Thing:
    """What `make` gave for the same person, the same question and the same last event, at most a minute ago; one query."""
    last = Event.objects.aggregate(last=Max("pk"))["last"]
    key, now = (actor, asked, last), time.monotonic()
    with _lock:
        found = _kept.get(key)
    if found and now - found[0] < SECONDS:
        kept: Thing = found[1]
        return kept
    made = make()
    with _lock:
        _kept[key] = (now, made)
        for old in sorted(_kept, key=lambda one: _kept[one][0])[:-MOST]:
            del _kept[old]
    return made


def forget() -> None:
    """Keep nothing."""
    with _lock:
        _kept.clear()
