"""What a leader answers for: the whole county, or the tasks that name them and the actions they are in charge of."""

from dataclasses import dataclass

from django.db.models import Q

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Assignment
from luoshi.reminders.duties import scope_of


@dataclass(frozen=True)
class Scope:
    """What a leader answers for: everything (`tasks` None), or these tasks and the units that lead them."""

    tasks: frozenset[int] | None
    units: frozenset[int]

    def has(self, task: int | None) -> bool:
        """Whether a task lies in it."""
        return self.tasks is None or task in self.tasks


def scope(actor: Actor) -> Scope:
    """One query for a leader with a part of the county, none for the main one."""
    if scope_of(actor, "leader") == "government":
        return Scope(None, frozenset())
    mine = Q(task__leaders__name=actor.holder_name) | Q(task__action__name__in=actor.covers)
    rows = Assignment.objects.visible_to(actor).filter(mine, task__plan__state="adopted", accountable=True)
    pairs = list(rows.values_list("task", "unit").distinct())
    return Scope(frozenset(task for task, _ in pairs), frozenset(unit for _, unit in pairs))
