"""Every leaf item somebody must deliver on: those told in prose and those in tables, in the order of the paper."""

from collections.abc import Sequence
from importlib import import_module
from itertools import takewhile

from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Action, Document, Doubt, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.prose_tasks import QUOTE_LIMIT, find_bare_tasks, find_prose_tasks

IN_TABLES = "luoshi.core.plan.table_tasks"  # loaded for a paper with tables (docs/decisions/0056)
_BESIDE = pattern(
    r"^[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]+|[\s。，、；“”()（）]"
)  # marks and stops around a heading
_LEAD_QUESTION = "“{part}”各项都没有写明牵头单位，是否都以排在第一的单位（这一项是“{first}”）牵头？"


def find_tasks(paper: Paper, actions: tuple[Action, ...], document: Document) -> tuple[Task, ...]:
    """Tasks with an owner (or missing one beside others that have it); where no owner is named at all, the bare items."""
    year = document.year
    tasks = list(find_prose_tasks(paper, actions, year))
    if paper.tables:
        tasks = _told_once(tasks, import_module(IN_TABLES).find_table_tasks(paper, actions, year))
    tasks = tasks or list(find_bare_tasks(paper, actions, year, document.title or ""))
    return _ask_once(sorted(tasks, key=lambda task: task.span))


def _told_once(prose: list[Task], rows: Sequence[Task]) -> list[Task]:
    """The tasks of the text and of the tables. A table of nothing but the headings of items that have their owners already
    (任务分工表 at the end) shares these out once more: what its rows add, a term or leaders, goes to the items."""
    tables: dict[str, list[Task]] = {}
    for row in rows:
        tables.setdefault(row.path.partition("表")[0], []).append(row)
    told = list(prose)
    headed: dict[str, int] = {}
    for table in tables.values():
        if any(len(row.quote) >= QUOTE_LIMIT for row in table):  # a sentence, no heading
            told += table
            continue
        headed = headed or {
            _bare(task.heading): k for k, task in enumerate(prose) if task.heading and task.owners
        }
        known = list(takewhile(lambda k: k is not None, (headed.get(_bare(row.quote)) for row in table)))
        if len(table) < 2 or len(set(known)) < len(table):
            told += table
            continue
        for k, row in zip(known, table, strict=True):
            if k is not None:
                told[k] = _with_row(told[k], row)
    return told


def _bare(words: str) -> str:
    return _BESIDE.sub("", words)


def _with_row(task: Task, row: Task) -> Task:
    """The task with what the row of a table says beyond it; a question where the two name others."""
    doubts = task.doubts
    if {o.name for o in row.owners} - {o.name for o in task.owners}:
        names = "、".join(o.name for o in row.owners)
        doubts = (
            *doubts,
            Doubt("owner-differs", f"分工表里这一项写的是“{names}”，与正文不同，以哪一处为准？"),
        )
    return task._replace(
        deadline=task.deadline or row.deadline, leaders=task.leaders or row.leaders, doubts=doubts
    )


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
