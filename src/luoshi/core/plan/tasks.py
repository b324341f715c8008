"""Every leaf item somebody must deliver on: those told in prose and those in tables, in the order of the paper."""

from importlib import import_module

from luoshi.core.plan.model import Action, Document, Doubt, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.prose_tasks import find_bare_tasks, find_prose_tasks

IN_TABLES = "luoshi.core.plan.table_tasks"  # loaded for a paper with tables (docs/decisions/0056)
_LEAD_QUESTION = "“{part}”各项都没有写明牵头单位，是否都以排在第一的单位（这一项是“{first}”）牵头？"


def find_tasks(paper: Paper, actions: tuple[Action, ...], document: Document) -> tuple[Task, ...]:
    """Tasks with an owner (or missing one beside others that have it); where no owner is named at all, the bare items."""
    year = document.year
    tasks = list(find_prose_tasks(paper, actions, year))
    if paper.tables:
        tasks += import_module(IN_TABLES).find_table_tasks(paper, actions, year)
    tasks = tasks or list(find_bare_tasks(paper, actions, year, document.title or ""))
    return _ask_once(sorted(tasks, key=lambda task: task.span))


def _ask_once(tasks: list[Task]) -> tuple[Task, ...]:
    """A part of the paper (an annex, a chapter, its table) that never names a lead is asked about once, at its first task."""
    parts = [_part(task) for task in tasks]
    led = {part for part, task in zip(parts, tasks, strict=True) if task.lead}
    asked: set[str] = set()
    out = []
    for part, task in zip(parts, tasks, strict=True):
        if part not in led and len(task.owners) > 1 and any(d.code == "lead-guessed" for d in task.doubts):
            others = tuple(d for d in task.doubts if d.code != "lead-guessed")
            if part not in asked:
                asked.add(part)
                others = (
                    *others,
                    Doubt("lead-guessed", _LEAD_QUESTION.format(part=part, first=task.owners[0].name)),
                )
            task = task._replace(doubts=others)
        out.append(task)
    return tuple(out)


def _part(task: Task) -> str:
    """The part of the paper a task stands in: its annex (and whether in the table), its chapter, else the whole paper."""
    head = task.path.split("/")
    if len(head) == 1:
        return "全文"
    return "/".join(head[:2]) if head[0].startswith("附件") else head[0]
