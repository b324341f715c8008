"""What rooms above the ledger do when a unit contests its share in a task, when that is decided, when the share goes to another.

A room adds itself with `register(...)` in a module that its AppConfig.ready imports, as with beside.py. It is told within the
transaction in which the share changes.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Task
from luoshi.org.models import Unit

Verb = Literal["contest", "retract", "uphold", "reassign"]


class Turn(NamedTuple):
    """What was done about the share that `unit` had in a task; `heir` has it now where it was given away."""

    verb: Verb
    task: Task
    unit: Unit
    heir: Unit | None = None


Follow = Callable[[Turn, Actor], None]
_ROOMS: list[Follow] = []


def register(follow: Follow) -> None:
    """Have a room told of every turn."""
    if follow not in _ROOMS:
        _ROOMS.append(follow)


def tell(turn: Turn, by: Actor) -> None:
    """Tell every room."""
    for follow in _ROOMS:
        follow(turn, by)
