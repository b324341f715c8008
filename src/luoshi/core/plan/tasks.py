"""Every leaf item somebody must deliver on."""

from luoshi.core.plan.model import Action, Task
from luoshi.core.plan.paper import Paper


def find_tasks(paper: Paper, actions: tuple[Action, ...]) -> tuple[Task, ...]:
    """Every leaf item somebody must deliver on."""
    return ()
