"""The projects that come from a task, on the task's own page."""

from typing import NamedTuple

from luoshi.core.flow.actor import Actor
from luoshi.ledger.beside import Panel, register
from luoshi.ledger.models import Task
from luoshi.projects.models import Project
from luoshi.projects.queries.lists import READERS, visible
from luoshi.projects.services.listing import may_keep

PLACE, MOST = 30, 50


class Sprung(NamedTuple):
    """The projects that name the task as where they come from; `may_list`: one more may be taken on from it."""

    projects: list[Project]
    may_list: bool


def sprung_from(actor: Actor, task: Task) -> Sprung:
    """What this person may see of them; one query for those who have to do with projects, else none."""
    if not actor.holds(*READERS):
        return Sprung([], False)
    found = visible(actor).filter(task=task).select_related("unit")
    return Sprung(list(found[:MOST]), may_keep(actor) and task.list_kind == "project")


def _panel(actor: Actor, task: Task) -> Panel | None:
    said = sprung_from(actor, task)
    return Panel("projects/_beside.html", said) if said.projects or said.may_list else None


register(PLACE, _panel)
