"""Days that other rooms put on a person's calendar: rooms above this one say theirs by registering (site does it at start)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from luoshi.core.flow.actor import Actor

KINDS = {
    "round": "填报",
    "duty": "会议调度",
    "paper": "简报通报",
    "order": "督办",
    "meeting": "会议",
}
"""What an entry is, and what it is called on the calendar."""


class Entry(NamedTuple):
    """One thing on one day. `kind` is one of KINDS; `word` how it stands; `why` says why the day is not another.

    For a calendar that is subscribed to: `uid` stays the same while the thing is the same, `sequence` only grows, `stamp`
    is when it last changed; `public` is what may be told there (no names of matters), `what` without one.
    """

    day: dt.date
    kind: str
    what: str
    address: str
    word: str = ""
    who: str = ""
    why: str = ""
    mine: bool = False
    uid: str = ""
    sequence: int = 0
    stamp: dt.datetime | None = None
    public: str = ""

    @property
    def called(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]


Source = Callable[[Actor, dt.date, dt.date], Iterable[Entry]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Have a room's days on everybody's own calendar: `source(actor, first, last)` yields those of that person only."""
    if source not in SOURCES:
        SOURCES.append(source)
