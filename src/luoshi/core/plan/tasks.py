"""Every leaf item somebody must deliver on: those told in prose and those in tables, in the order of the paper."""

from luoshi.core.plan.document import find_document
from luoshi.core.plan.model import Action, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.prose_tasks import find_bare_tasks, find_prose_tasks
from luoshi.core.plan.table_tasks import find_table_tasks


def find_tasks(paper: Paper, actions: tuple[Action, ...]) -> tuple[Task, ...]:
    """Tasks with an owner (or missing one beside others that have it); where no owner is named at all, the bare items."""
    year = find_document(paper).year
    tasks = (*find_prose_tasks(paper, actions, year), *find_table_tasks(paper, actions))
    tasks = tasks or find_bare_tasks(paper, actions, year)
    return tuple(sorted(tasks, key=lambda task: task.span))
