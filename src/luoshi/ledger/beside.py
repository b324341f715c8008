"""What the rooms above the ledger show on a task's own page: its reports, its lights, its orders.

A room adds its panels with `register(...)` in a module that its AppConfig.ready imports, as with found.py. The ledger knows
neither what they say nor where it comes from.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Task


class Panel(NamedTuple):
    """One section of the page: the template that draws it, and what the template asks for (as `panel`)."""

    template: str
    said: Any


Beside = Callable[[Actor, Task], Panel | None]
_ROOMS: dict[int, Beside] = {}


def register(place: int, ask: Beside) -> None:
    """Ask `ask` for a panel on every task's page; the panels stand in the order of their places. Each place once."""
    if _ROOMS.setdefault(place, ask) is not ask:
        raise ValueError(f"place {place} is taken")


def panels(actor: Actor, task: Task) -> list[Panel]:
    """What every room has to say of the task to this person, in a fixed number of queries."""
    asked = (_ROOMS[place](actor, task) for place in sorted(_ROOMS))
    return [panel for panel in asked if panel is not None]
