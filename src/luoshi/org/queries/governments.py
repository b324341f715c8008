"""The tree of governments as one of them sees it: those above, itself, all below."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Count, Q

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.machine import Move
from luoshi.org.models import Government


class Branch(NamedTuple):
    """One line of the tree: `depth` steps below the topmost that is shown."""

    government: Government
    depth: int
    own: bool


def lineage(actor: Actor) -> list[Branch]:
    """The governments above the actor's, the own one, and everything below it, in order; one query. Neighbours are not
    shown. Each carries `unit_count` and `people_count`."""
    counted = Government.objects.annotate(
        unit_count=Count("units", Q(units__valid_to=None), distinct=True),
        people_count=Count("people", Q(people__state="current"), distinct=True),
    )
    known = {one.pk: one for one in counted.order_by("pk")}
    above: list[Government] = []
    at = known[actor.government_id].parent_id
    while at is not None:
        above.insert(0, known[at])
        at = known[at].parent_id
    branches = [Branch(one, depth, False) for depth, one in enumerate(above)]
    return [*branches, *_below(known, known[actor.government_id], len(above), True)]


def _below(known: Mapping[int, Government], one: Government, depth: int, own: bool = False) -> list[Branch]:
    children = [child for child in known.values() if child.parent_id == one.pk]
    return [
        Branch(one, depth, own),
        *(branch for child in children for branch in _below(known, child, depth + 1)),
    ]


def may_add(actor: Actor, government: Government) -> bool:
    """Whether this person may register a government below this one."""
    return isinstance(GOVERNMENT.judge(government, "add_below", actor), Move)
