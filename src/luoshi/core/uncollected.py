"""Work that makes no cycles, done without the garbage collector walking over what has been made so far."""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def uncollected(work: Callable[P, T]) -> Callable[P, T]:
    """The same function with the collector off while it runs; where it was off already it stays off.

    Reading a plan makes tens of thousands of tuples that live as long as the plan, and no cycle: the collector would go
    over them again and again and find nothing (docs/decisions/0055, 0057).
    """

    @wraps(work)
    def run(*args: P.args, **named: P.kwargs) -> T:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return work(*args, **named)
        finally:
            if collecting:
                gc.enable()

    return run
